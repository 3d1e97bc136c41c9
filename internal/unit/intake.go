package unit

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

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
}

// Intake takes units over from a file.
type Intake struct {
	Now time.Time
	// Confirmed says that the county vouches for names and codes.
	Confirmed bool
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
	tx   pgx.Tx
	list List
	out  Outcome
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
	slices.SortFunc(t.out.Refused, func(a, b Refusal) int { return a.Line - b.Line })
	return nil
}

func (t *taking) refuse(row Row, reason string) {
	t.out.Refused = append(t.out.Refused, Refusal{row.Line, row.Code, reason})
}

// fault is what is wrong with a row by itself.
func (row Row) fault() string {
	if !codePattern.MatchString(row.Code) {
		return "代码用 2 到 32 个大写字母、数字或横线"
	}
	for _, name := range append([]string{row.Name}, row.Alias...) {
		if name == "" {
			return "没有名称"
		}
		if s := form.LineFault(name); s != "" {
			return "名称" + s
		}
		if s := form.TooLong(name, nameLimit); s != "" {
			return "名称" + s
		}
	}
	if row.Prefix != nil && !prefixPattern.MatchString(*row.Prefix) {
		return "机关代字用 1 到 11 个汉字，例如 郏财函；不要写年份和括号"
	}
	if _, ok := ParseKind(row.Kind); !ok {
		return "没有类别“" + row.Kind + "”"
	}
	if row.Parent == row.Code {
		return "上级单位是它自己"
	}
	if row.USCC != "" {
		if _, wrong := form.USCC(row.USCC); wrong != "" {
			return wrong
		}
	}
	return ""
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
	return u
}

func (t *taking) one(ctx context.Context, row Row) error {
	u := row.unit(t.Confirmed)
	old, exists := t.list.ByCode(u.Code)
	if exists {
		u.Current, u.Successor = old.Current, old.Successor
		if row.Prefix == nil {
			u.Prefix = old.Prefix
		}
		switch {
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
	if other, same := t.list.likeNamed(u); same {
		t.refuse(row, fmt.Sprintf("“%s”和 %s“%s”是同一个名称，投诉时分不出是哪一个。改了代码的，先把原来的单位停用", u.Name, other.Code, other.Name))
		return nil
	}
	err := pg.Tx(ctx, t.tx, func(tx pgx.Tx) error { return write(ctx, tx, u) })
	if pg.Code(err) == "ZX001" { // the routing guard of the unit tree
		t.refuse(row, "改了上级单位，正在办理的投诉就到了被投诉单位手里，没有改")
		return nil
	}
	if err != nil {
		return fmt.Errorf("unit %s: %w", u.Code, err)
	}
	if exists {
		t.out.Changed++
		t.list[slices.IndexFunc(t.list, func(v Unit) bool { return v.Code == u.Code })] = u
	} else {
		t.out.Added++
		t.list = append(t.list, u)
	}
	return nil
}

// likeNamed is another unit of today that goes by the name of this one, or this one by
// its: who is complained about could not be told from the name. Names that look alike
// are the same, as where they are searched (bare), and with or without the county before
// them. Aliases alone may be shared: a search then shows both.
func (l List) likeNamed(u Unit) (Unit, bool) {
	counties := slices.Concat(l, List{u}).counties()
	core := func(name string) string { return within(name, counties) }
	for _, other := range l {
		if other.Code == u.Code || !other.Current || !u.Current {
			continue
		}
		mine, theirs := u.names(), other.names()
		if slices.ContainsFunc(theirs, func(name string) bool { return core(name) == core(mine[0]) }) ||
			slices.ContainsFunc(mine, func(name string) bool { return core(name) == core(theirs[0]) }) {
			return other, true
		}
	}
	return Unit{}, false
}

func (u Unit) same(v Unit) bool {
	return u.Name == v.Name && slices.Equal(u.Alias, v.Alias) && u.Kind == v.Kind && u.Parent == v.Parent && u.USCC == v.USCC &&
		u.Complainable == v.Complainable && u.Handles == v.Handles && u.Prefix == v.Prefix && (u.Confirmed || !v.Confirmed)
}

func write(ctx context.Context, q pg.Queryer, u Unit) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO unit (code, name, alias, kind, parent, uscc, complainable, handles, confirmed, document_prefix)
		VALUES (@code, @name, @alias, @kind, nullif(@parent, ''), nullif(@uscc, ''), @complainable, @handles, @confirmed, @prefix)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, alias = excluded.alias, kind = excluded.kind,
			parent = excluded.parent, uscc = excluded.uscc, complainable = excluded.complainable, handles = excluded.handles,
			confirmed = excluded.confirmed, document_prefix = excluded.document_prefix`,
		pg.Args{"code": u.Code, "name": u.Name, "alias": u.Alias, "kind": string(u.Kind), "parent": u.Parent, "uscc": u.USCC,
			"complainable": u.Complainable, "handles": u.Handles, "confirmed": u.Confirmed, "prefix": u.Prefix})
	return err
}
