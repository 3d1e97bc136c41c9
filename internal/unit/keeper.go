package unit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Keeper changes the directory. A change is first tried and taken back: what it would do is
// read from the database itself, which also says whether it may.
type Keeper struct {
	Pool    pg.Beginner
	Daybook *daybook.Book
	Now     func() time.Time
}

// Step is what becomes of one unit: what was and what is now, in words.
type Step struct {
	Code, Name string
	New        bool
	Words      []string
}

// Account is a person of a unit that ends.
type Account struct {
	ID          int64
	Login, Name string
}

// Plan is what a change does.
type Plan struct {
	Steps    []Step
	Ended    []string  // codes of what ends
	Heir     Unit      // who takes over; zero where nobody does
	Accounts []Account // of what ends, that can log in
	Barred   int       // how many people would keep away from other units than before
	About    int       // matters under way about what ends or begins
	With     int       // and those in the hands of what ends
}

// Says is the plan as its page shows it, apart from numbers that change with everyday work.
func (p Plan) Says() string {
	return fmt.Sprintf("%+v\x00%v\x00%s\x00%+v", p.Steps, p.Ended, p.Heir.Code, p.Accounts)
}

// ErrBarred is what the database says of a change that would leave a complaint with whom it
// is about. It does not say which: that is not for everybody to know.
var ErrBarred = fault.New(fault.Conflict, "不能这样改：改了以后，有正在办理的投诉会落到被投诉单位、它的上下级或者有利害关系的单位手里（《信访工作条例》第三十条）。请督办员先把它收回来另派，再来改。")

// ErrOtherwise is the answer to a change that would do something else by now than was seen.
var ErrOtherwise = fault.New(fault.Conflict, "没有改：单位刚才有人改过，和您看到的不一样了。")

// Try says what a change would do, and does nothing.
func (k *Keeper) Try(ctx context.Context, c Change) (Plan, error) {
	var plan Plan
	err := pg.Try(ctx, k.Pool, func(tx pgx.Tx) (err error) {
		plan, err = k.carry(ctx, tx, 0, c)
		return err
	})
	return plan, barred(err)
}

// Do carries a change out, if it still does what seen has seen of it.
func (k *Keeper) Do(ctx context.Context, by int64, c Change, seen func(Plan) bool) (Plan, error) {
	var plan Plan
	err := k.Daybook.Tx(ctx, k.Pool, daybook.Act{Action: "unit_" + string(c.Kind), By: by}, func(tx pgx.Tx) (err error) {
		if plan, err = k.carry(ctx, tx, by, c); err == nil && !seen(plan) {
			return ErrOtherwise
		}
		return err
	})
	return plan, barred(err)
}

func barred(err error) error {
	if pg.Code(err) == "ZX001" {
		return ErrBarred
	}
	return err
}

// treeLock keeps two changes apart, and every dispatch from a tree that is being changed.
const treeLock = `UPDATE unit SET parent = parent WHERE false`

func (k *Keeper) carry(ctx context.Context, tx pgx.Tx, by int64, c Change) (Plan, error) {
	today := clock.On(k.Now())
	c, faults := c.cleaned(today)
	if _, err := pg.Exec(ctx, tx, treeLock, nil); err != nil { // a statement's trigger takes the lock
		return Plan{}, err
	}
	before, err := k.stands(ctx, tx)
	if err != nil {
		return Plan{}, err
	}
	work := &carrying{Change: c, list: before.units, stood: before.units}
	if err := work.work(); err != nil || len(faults) > 0 {
		if more := fault.FieldsOf(err); err == nil || len(more) > 0 {
			return Plan{}, fault.Fields(append(more, faults...))
		}
		return Plan{}, err
	}
	if err := work.write(ctx, tx); err != nil {
		return Plan{}, err
	}
	after, err := k.stands(ctx, tx)
	if err != nil {
		return Plan{}, err
	}
	plan := before.to(after)
	if len(plan.Steps) == 0 {
		return plan, fault.New(fault.Conflict, "没有要改的，现在就是这样。")
	}
	for _, u := range work.ends {
		plan.Ended = append(plan.Ended, u.Code)
		plan.Heir, _ = after.units.ByCode(u.Successor)
	}
	if err := plan.touches(ctx, tx, c); err != nil {
		return Plan{}, err
	}
	return plan, note(ctx, tx, k.Now(), by, c, plan.Steps...)
}

// write writes what begins before what ends, which names it.
func (c *carrying) write(ctx context.Context, tx pgx.Tx) error {
	for _, u := range c.rows {
		var err error
		if _, exists := c.stood.ByCode(u.Code); exists {
			err = correct(ctx, tx, u)
		} else {
			err = add(ctx, tx, List{u})
		}
		if err != nil {
			return fmt.Errorf("unit %s: %w", u.Code, err)
		}
	}
	for _, u := range c.ends {
		if _, err := pg.Exec(ctx, tx, `UPDATE unit SET valid_to = @until, successor = nullif(@successor, '') WHERE code = @code`,
			pg.Args{"code": u.Code, "until": u.Until, "successor": u.Successor}); err != nil {
			return fmt.Errorf("unit %s: %w", u.Code, err)
		}
	}
	for _, p := range c.pairs {
		if _, err := pg.Exec(ctx, tx, `
			INSERT INTO unit_conflict (unit, other, reason)
			SELECT @unit, @other, @reason WHERE NOT EXISTS (SELECT FROM unit_conflict WHERE unit = @other AND other = @unit) ON CONFLICT DO NOTHING`,
			pg.Args{"unit": p[0], "other": p[1], "reason": c.Reason}); err != nil {
			return fmt.Errorf("conflict: %w", err)
		}
	}
	for _, p := range c.gone {
		if _, err := pg.Exec(ctx, tx, `DELETE FROM unit_conflict WHERE unit = @unit AND other = @other`, pg.Args{"unit": p[0], "other": p[1]}); err != nil {
			return fmt.Errorf("conflict: %w", err)
		}
	}
	return nil
}

// Conflict is a declared conflict of interest between two units.
type Conflict struct {
	Unit, Other, Reason string
	DeclaredAt          time.Time
}

// Conflicts are all that are declared.
func Conflicts(ctx context.Context, q pg.Queryer) ([]Conflict, error) {
	return pg.All[Conflict](ctx, q, `SELECT unit, other, reason, declared_at FROM unit_conflict ORDER BY declared_at, unit, other`, nil)
}

// standing is all of the directory at one moment.
type standing struct {
	units     List
	conflicts []Conflict
	bars      map[int64]string
}

func (k *Keeper) stands(ctx context.Context, tx pgx.Tx) (s standing, err error) {
	if s.units, err = Read(ctx, tx, k.Now()); err != nil {
		return s, err
	}
	if s.conflicts, err = Conflicts(ctx, tx); err != nil {
		return s, err
	}
	type bar struct {
		ID    int64
		Units string
	}
	all, err := pg.All[bar](ctx, tx, `SELECT staff_id AS id, string_agg(unit, ' ' ORDER BY unit) AS units FROM staff_bar WHERE bars_still(until) GROUP BY staff_id`, nil)
	s.bars = map[int64]string{}
	for _, b := range all {
		s.bars[b.ID] = b.Units
	}
	return s, err
}

// to says what has become of each unit.
func (s standing) to(now standing) (plan Plan) {
	for _, u := range now.units {
		old, was := s.units.ByCode(u.Code)
		step := Step{Code: u.Code, Name: u.Name, New: !was}
		if step.Words = u.differs(old, now.units); !was {
			step.Words = []string{"新增，从" + u.From.Long() + "起" + u.under(now.units)}
		}
		step.Words = append(step.Words, s.conflictWords(u, now)...)
		if len(step.Words) > 0 {
			plan.Steps = append(plan.Steps, step)
		}
	}
	for id, units := range now.bars {
		if s.bars[id] != units {
			plan.Barred++
		}
	}
	for id := range s.bars {
		if _, still := now.bars[id]; !still {
			plan.Barred++
		}
	}
	return plan
}

func (u Unit) under(all List) string {
	if p, ok := all.ByCode(u.Parent); ok {
		return "，在“" + p.Name + "”下面"
	}
	return ""
}

// differs says what of a unit is not as it was.
func (u Unit) differs(old Unit, all List) (words []string) {
	said := func(label, was, is string) {
		if was != is {
			words = append(words, label+"："+orNone(was)+" → "+orNone(is))
		}
	}
	name := func(code string) string {
		p, _ := all.ByCode(code)
		return p.Name
	}
	yes := func(b bool) string {
		if b {
			return "是"
		}
		return "否"
	}
	said("名称", old.Name, u.Name)
	said("别名", strings.Join(old.Alias, "、"), strings.Join(u.Alias, "、"))
	said("种类", old.Kind.Word(), u.Kind.Word())
	said("上级单位", name(old.Parent), name(u.Parent))
	said("统一社会信用代码", old.USCC, u.USCC)
	said("可以被投诉", yes(old.Complainable), yes(u.Complainable))
	said("可以承办", yes(old.Handles), yes(u.Handles))
	said("名称已确认", yes(old.Confirmed), yes(u.Confirmed))
	said("机关代字", old.Prefix, u.Prefix)
	said("邮箱", old.Mailbox, u.Mailbox)
	if u.Until != old.Until {
		ended := "撤销，最后一天是" + u.Until.Long()
		if u.Successor != "" {
			ended += "，由“" + name(u.Successor) + "”接替"
		}
		words = append(words, ended)
	}
	return words
}

func orNone(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// conflictWords are told of the unit that a conflict is declared of, not of the other again.
func (s standing) conflictWords(u Unit, now standing) (words []string) {
	tell := func(before, after []Conflict, said string) {
		for _, c := range after {
			if c.Unit != u.Code || slices.ContainsFunc(before, func(o Conflict) bool { return o.Unit == c.Unit && o.Other == c.Other }) {
				continue
			}
			other, _ := now.units.ByCode(c.Other)
			words = append(words, said+"“"+other.Name+"”有利害关系，互相不办投诉对方的件")
		}
	}
	tell(s.conflicts, now.conflicts, "和")
	tell(now.conflicts, s.conflicts, "不再和")
	return words
}

// touches counts what the change reaches beside the directory.
func (p *Plan) touches(ctx context.Context, tx pgx.Tx, c Change) (err error) {
	units := p.Ended
	if len(units) == 0 && c.Kind != ActAdd {
		units = []string{c.Code}
	}
	if p.Accounts, err = pg.All[Account](ctx, tx, `
		SELECT id, login, name FROM staff WHERE unit = ANY (@units) AND disabled_at IS NULL ORDER BY login`, pg.Args{"units": units}); err != nil {
		return fmt.Errorf("accounts: %w", err)
	}
	type reach struct{ About, With int }
	n, err := pg.One[reach](ctx, tx, `
		SELECT (SELECT count(*) FROM matter m WHERE m.unit = ANY (@units) AND m.phase <> 3) AS about,
			(SELECT count(DISTINCT a.matter_id) FROM assignment a WHERE a.unit = ANY (@units) AND a.ended_at IS NULL AND a.phase <> 3) AS "with"`, pg.Args{"units": units})
	p.About, p.With = n.About, n.With
	return err
}

// Act is one thing that was done to a unit. Acts are added and read, never changed.
type Act struct {
	ID      int64
	At      time.Time
	By      string // empty for the operator at the machine
	ByLogin string
	Kind    ActKind
	Since   clock.Date
	Change  string
	Reason  string
}

// Acts are what was done to a unit, the newest first.
func (k *Keeper) Acts(ctx context.Context, q pg.Queryer, code string, limit int) ([]Act, error) {
	return pg.All[Act](ctx, q, `
		SELECT a.id, a.at, coalesce(s.name, '') AS by, coalesce(s.login, '') AS by_login, a.act AS kind, a.since, a.change, a.reason
		FROM unit_act a LEFT JOIN staff s ON s.id = a.by_id WHERE a.unit = @code ORDER BY a.id DESC LIMIT @limit`, pg.Args{"code": code, "limit": limit})
}

func note(ctx context.Context, tx pgx.Tx, now time.Time, by int64, c Change, steps ...Step) error {
	var units, changes []string
	for _, s := range steps {
		units, changes = append(units, s.Code), append(changes, strings.Join(s.Words, "；"))
	}
	_, err := pg.Exec(ctx, tx, `
		INSERT INTO unit_act (at, by_id, unit, act, since, change, reason)
		SELECT @at, nullif(@by::bigint, 0), s.unit, @act, @since, s.change, @reason
		FROM unnest(@units::text[], @changes::text[]) WITH ORDINALITY AS s (unit, change, place) ORDER BY s.place`,
		pg.Args{"at": now, "by": by, "units": units, "act": string(c.Kind), "since": c.Since, "changes": changes, "reason": c.Reason})
	if err != nil {
		return fmt.Errorf("acts on units: %w", err)
	}
	return nil
}

// dayOrNone is a day as a parameter; none for the zero day.
func dayOrNone(d clock.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}
