package unit

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Refusal is a line of a file that was not taken over, and why.
type Refusal struct {
	Line   int
	Code   string
	Reason string
}

// Outcome says what became of a file.
type Outcome struct {
	Added   int
	Changed int
	Same    int
	Refused []Refusal
	Doubts  []Refusal // lines that came in and should be looked at again
	Done    []Done    // those that came in, in the order of the file
}

// Done is a line that came in.
type Done struct {
	Line  int
	Words string // what it corrects; empty for a new unit
}

// Intake takes units over from a file.
type Intake struct {
	Now time.Time
	// Confirmed says that the county vouches for names and codes.
	Confirmed bool
	By        int64  // 0 is the operator at the machine
	Reason    string // what the record of each unit says of why
}

var codePattern = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{1,31}$`)

// prefixPattern is what the column's CHECK has.
var prefixPattern = regexp.MustCompile(`^([一-龥]{1,11})?$`)

// nameLimit is well above the longest full name of a county's body.
const nameLimit = 60

// Take adds the rows that are new, corrects those that changed, and refuses
// each bad one by itself; all the others come in, in one transaction. Their
// order does not matter: a parent may stand below its children.
func (in Intake) Take(ctx context.Context, q pg.Beginner, rows []Row) (Outcome, error) {
	var out Outcome
	err := pg.Tx(ctx, q, func(tx pgx.Tx) error {
		list, err := Read(ctx, tx, in.Now)
		if err != nil {
			return err
		}
		t := taking{Intake: in, tx: tx, list: list}
		if err := t.all(ctx, rows); err != nil {
			return err
		}
		out = t.out
		return nil
	})
	return out, err
}

type taking struct {
	Intake
	tx    pgx.Tx
	list  List
	names *called
	fresh List // new units that are not written yet
	out   Outcome
}

// named is likeNamed over all that has come in by now. Its index is made anew where a
// county comes or goes, by which names are shortened.
func (t *taking) named(u Unit) (Unit, bool) {
	old, _ := t.list.ByCode(u.Code)
	if t.names == nil || u.Kind == CountyGovernment || old.Kind == CountyGovernment {
		t.names = t.list.called(slices.Concat(t.list, List{u}).counties())
	}
	code, same := t.names.like(u)
	other, _ := t.list.ByCode(code)
	return other, same
}

// all takes what has its parent already, again and again, until nothing moves;
// what is left then names a parent that is nowhere.
func (t *taking) all(ctx context.Context, rows []Row) error {
	seen := map[string]int{}
	var waiting []Row
	for _, row := range rows {
		reason := row.fault()
		if first, twice := seen[row.Code]; twice && reason == "" {
			reason = fmt.Sprintf("代码与第 %d 行相同", first)
		}
		if reason != "" {
			t.refuse(row, reason)
			continue
		}
		seen[row.Code] = row.Line
		if code, _ := form.USCC(row.USCC); code != "" {
			if doubt := form.USCCDoubt(code); doubt.Sentence != "" {
				t.out.Doubts = append(t.out.Doubts, Refusal{row.Line, row.Code, doubt.Fact})
			}
		}
		waiting = append(waiting, row)
	}
	for len(waiting) > 0 {
		var later []Row
		for _, row := range waiting {
			if _, ok := t.list.ByCode(row.Parent); row.Parent != "" && !ok {
				later = append(later, row)
				continue
			}
			if err := t.one(ctx, row); err != nil {
				return err
			}
		}
		if len(later) == len(waiting) {
			for _, row := range later {
				t.refuse(row, "没有上级单位 "+row.Parent)
			}
			break
		}
		waiting = later
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	slices.SortFunc(t.out.Refused, func(a, b Refusal) int { return a.Line - b.Line })
	slices.SortFunc(t.out.Done, func(a, b Done) int { return a.Line - b.Line })
	return nil
}

func (t *taking) refuse(row Row, reason string) {
	t.out.Refused = append(t.out.Refused, Refusal{row.Line, row.Code, reason})
}

// faults are what is wrong with a row by itself, by the names of its columns.
func (row Row) faults() (all []fault.Field) {
	add := func(name, sentence string) {
		if sentence != "" {
			all = append(all, fault.Field{Name: name, Sentence: sentence})
		}
	}
	if !codePattern.MatchString(row.Code) {
		add("code", "代码用 2 到 32 个大写字母、数字或横线")
	}
	add("name", nameFault(row.Name))
	for _, alias := range row.Alias {
		if said := nameFault(alias); said != "" {
			add("alias", said)
			break
		}
	}
	if row.Prefix != nil && !prefixPattern.MatchString(*row.Prefix) {
		add("document_prefix", "机关代字用 1 到 11 个汉字，例如 郏财函；不要写年份和括号")
	}
	if _, ok := ParseKind(row.Kind); !ok {
		add("kind", "没有类别“"+row.Kind+"”")
	}
	if row.Parent != "" && row.Parent == row.Code {
		add("parent", "上级单位是它自己")
	}
	if row.USCC != "" {
		_, wrong := form.USCC(row.USCC)
		add("uscc", wrong)
	}
	if row.Mailbox != nil && form.Line(*row.Mailbox) != "" {
		_, wrong := form.Email(*row.Mailbox)
		add("mailbox", wrong)
	}
	return all
}

func nameFault(name string) string {
	if name == "" {
		return "没有名称"
	}
	said := form.LineFault(name)
	if said == "" {
		said = form.TooLong(name, nameLimit)
	}
	if said != "" {
		return "名称" + said
	}
	return ""
}

// fault is the first thing that is wrong with a row by itself.
func (row Row) fault() string {
	if faults := row.faults(); len(faults) > 0 {
		return faults[0].Sentence
	}
	return ""
}

// Over leaves what a line says nothing of as it stands: a table that lacks a column does not
// empty it.
func (row Row) Over(u Unit) Row {
	if len(row.Alias) == 0 {
		row.Alias = u.Alias
	}
	if row.Parent == "" {
		row.Parent = u.Parent
	}
	if row.USCC == "" {
		row.USCC = u.USCC
	}
	if row.Complainable == nil {
		row.Complainable = &u.Complainable
	}
	if row.Handles == nil {
		row.Handles = &u.Handles
	}
	return row
}

// unit is the row as it would stand in the table.
func (row Row) unit(confirmed bool) Unit {
	kind, _ := ParseKind(row.Kind)
	u := Unit{
		Code: row.Code, Name: form.Line(row.Name), Alias: []string{}, Kind: kind, Parent: row.Parent,
		Complainable: row.Complainable == nil || *row.Complainable, Handles: row.Handles == nil || *row.Handles,
		Confirmed: confirmed, Current: true,
	}
	for _, a := range row.Alias {
		u.Alias = append(u.Alias, form.Line(a))
	}
	if row.USCC != "" {
		u.USCC, _ = form.USCC(row.USCC)
	}
	if row.Prefix != nil {
		u.Prefix = *row.Prefix
	}
	if row.Mailbox != nil {
		u.Mailbox, _ = form.Email(*row.Mailbox)
	}
	return u
}

func (t *taking) one(ctx context.Context, row Row) error {
	u := row.unit(t.Confirmed)
	old, exists := t.list.ByCode(u.Code)
	if exists {
		u.Current, u.Successor, u.From, u.Until = old.Current, old.Successor, old.From, old.Until
		if row.Prefix == nil {
			u.Prefix = old.Prefix
		}
		if row.Mailbox == nil {
			u.Mailbox = old.Mailbox
		}
		switch {
		case !old.Current && !old.Until.IsZero() && !old.same(u):
			t.refuse(row, "“"+old.Name+"”已经撤销，不能再改。现在的单位请用新代码")
			return nil
		case old.same(u):
			t.out.Same++
			return nil
		case old.Confirmed && old.Name != u.Name:
			t.refuse(row, "“"+old.Name+"”已经确认，不能改名：过去的投诉写着它。改革后的单位请用新代码")
			return nil
		case slices.Contains(t.list.Line(u.Parent), u.Code):
			t.refuse(row, "上级单位在它自己下面")
			return nil
		}
		u.Confirmed = u.Confirmed || old.Confirmed
	}
	if other, same := t.named(u); same {
		t.refuse(row, fmt.Sprintf("“%s”和 %s“%s”是同一个名称，投诉时分不出是哪一个。改了代码的，先把原来的单位停用", u.Name, other.Code, other.Name))
		return nil
	}
	if !exists {
		t.fresh, t.list = append(t.fresh, u), append(t.list, u)
		t.names.add(u)
		t.out.Added++
		t.out.Done = append(t.out.Done, Done{Line: row.Line})
		return nil
	}
	if err := t.flush(ctx); err != nil { // the unit above it may be new
		return err
	}
	err := pg.Tx(ctx, t.tx, func(tx pgx.Tx) error { return correct(ctx, tx, u) })
	if pg.Code(err) == "ZX001" { // the routing guard of the unit tree
		t.refuse(row, "改了上级单位，正在办理的投诉就到了被投诉单位手里，没有改")
		return nil
	}
	if err != nil {
		return fmt.Errorf("unit %s: %w", u.Code, err)
	}
	words := strings.Join(u.differs(old, t.list), "；")
	t.names.drop(old)
	t.names.add(u)
	t.out.Changed++
	t.out.Done = append(t.out.Done, Done{row.Line, words})
	t.list[slices.IndexFunc(t.list, func(v Unit) bool { return v.Code == u.Code })] = u
	return t.record(ctx, Step{Code: u.Code, Words: []string{words}})
}

// flush writes the new units that wait, all in one statement: a file may have some thousand.
func (t *taking) flush(ctx context.Context) error {
	if len(t.fresh) == 0 {
		return nil
	}
	if err := add(ctx, t.tx, t.fresh); err != nil {
		return fmt.Errorf("new units: %w", err)
	}
	var steps []Step
	for _, u := range t.fresh {
		steps = append(steps, Step{Code: u.Code, Words: []string{"新增" + u.under(t.list)}})
	}
	t.fresh = nil
	return t.record(ctx, steps...)
}

// record notes what came in, where it is said why.
func (t *taking) record(ctx context.Context, steps ...Step) error {
	if t.Reason == "" {
		return nil
	}
	return note(ctx, t.tx, t.Now, t.By, Change{Kind: ActImport, Since: clock.On(t.Now), Reason: t.Reason}, steps...)
}

// likeNamed is another unit of today that goes by the name of this one, or this one by
// its: who is complained about could not be told from the name. Names that look alike
// are the same, as where they are searched (bare), and with or without the county before
// them. Aliases alone may be shared: a search then shows both.
func (l List) likeNamed(u Unit) (Unit, bool) {
	code, same := l.called(slices.Concat(l, List{u}).counties()).like(u)
	other, _ := l.ByCode(code)
	return other, same
}

// called is an index of what units of today are called, without the county before it.
type called struct {
	counties []string
	own, all map[string][]string // to their codes
}

func (l List) called(counties []string) *called {
	c := &called{counties, map[string][]string{}, map[string][]string{}}
	for _, u := range l {
		c.add(u)
	}
	return c
}

func (c *called) add(u Unit) {
	if !u.Current {
		return
	}
	for i, name := range u.names() {
		core := within(name, c.counties)
		if c.all[core] = append(c.all[core], u.Code); i == 0 {
			c.own[core] = append(c.own[core], u.Code)
		}
	}
}

// drop forgets what a unit was called.
func (c *called) drop(u Unit) {
	for _, name := range u.names() {
		core := within(name, c.counties)
		for _, index := range []map[string][]string{c.own, c.all} {
			index[core] = slices.DeleteFunc(index[core], func(code string) bool { return code == u.Code })
		}
	}
}

// like is the first of the others that goes by the name of a unit, or the unit by its.
func (c *called) like(u Unit) (code string, same bool) {
	if !u.Current {
		return "", false
	}
	var found []string
	for i, name := range u.names() {
		core := within(name, c.counties)
		found = append(found, c.own[core]...)
		if i == 0 {
			found = append(found, c.all[core]...)
		}
	}
	found = slices.DeleteFunc(found, func(code string) bool { return code == u.Code })
	if len(found) == 0 {
		return "", false
	}
	return slices.Min(found), true
}

func (u Unit) same(v Unit) bool {
	return u.Name == v.Name && slices.Equal(u.Alias, v.Alias) && u.Kind == v.Kind && u.Parent == v.Parent && u.USCC == v.USCC &&
		u.Complainable == v.Complainable && u.Handles == v.Handles && u.Prefix == v.Prefix && u.Mailbox == v.Mailbox && (u.Confirmed || !v.Confirmed)
}

// add adds units, of which one may hang below another. Adding does not touch the tree of who
// is barred from what, which an upsert would have worked out anew.
func add(ctx context.Context, q pg.Queryer, units List) error {
	type line struct {
		Code, Name, Kind, Parent, USCC, Prefix, Mailbox string
		Alias                                           []string
		Complainable, Handles, Confirmed                bool
		From                                            any
	}
	var lines []line
	for _, u := range units {
		lines = append(lines, line{u.Code, u.Name, string(u.Kind), u.Parent, u.USCC, u.Prefix, u.Mailbox, u.Alias,
			u.Complainable, u.Handles, u.Confirmed, dayOrNone(u.From)})
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO unit (code, name, alias, kind, parent, uscc, complainable, handles, confirmed, document_prefix, mailbox, valid_from)
		SELECT "Code", "Name", "Alias", "Kind", nullif("Parent", ''), nullif("USCC", ''), "Complainable", "Handles", "Confirmed", "Prefix", "Mailbox",
			coalesce("From", '2000-01-01')
		FROM jsonb_to_recordset(@units::jsonb) AS u ("Code" text, "Name" text, "Alias" text[], "Kind" text, "Parent" text, "USCC" text,
			"Complainable" boolean, "Handles" boolean, "Confirmed" boolean, "Prefix" text, "Mailbox" text, "From" date)`, pg.Args{"units": lines})
	return err
}

// correct replaces what stands of a unit.
func correct(ctx context.Context, q pg.Queryer, u Unit) error {
	_, err := pg.Exec(ctx, q, `
		UPDATE unit SET name = @name, alias = @alias, kind = @kind, parent = nullif(@parent, ''), uscc = nullif(@uscc, ''),
			complainable = @complainable, handles = @handles, confirmed = @confirmed, document_prefix = @prefix, mailbox = @mailbox
		WHERE code = @code`, pg.Args{"code": u.Code, "name": u.Name, "alias": u.Alias, "kind": string(u.Kind), "parent": u.Parent, "uscc": u.USCC,
		"complainable": u.Complainable, "handles": u.Handles, "confirmed": u.Confirmed, "prefix": u.Prefix, "mailbox": u.Mailbox})
	return err
}
