package staff

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Stand is somebody who is away and for whom somebody else stands in. Who stands in acts
// under their own name and has the other's moves of that unit beside their own; what the
// other is barred from is not opened by it.
type Stand struct {
	ID     int64
	Name   string
	Role   Role
	Unit   string
	Near   bool     // as Person.Near
	Others []string // who else of the unit has the role, and is there
}

// Flag is that of a matter in which whoever reads it stands in for them: they may know of
// it themselves.
func (s Stand) Flag() string { return fmt.Sprintf("stands_in_%d", s.ID) }

// SQL is the condition under which they may know of a matter m that their unit has. Who
// stands in is of the same unit; theirs alone are the bars, read anew each time.
func (s Stand) SQL() string {
	bars := fmt.Sprintf(`ARRAY(SELECT b.unit FROM staff_bar b WHERE b.staff_id = %d AND bars_still(b.until))`, s.ID)
	near := `false`
	if s.Near {
		near = `'office_meant' = ANY (m.flags)`
	}
	return fmt.Sprintf(`(NOT (m.named || m.meant) && %s AND %d <> ALL (m.persons) AND NOT %s)`, bars, s.ID, near)
}

// Lends says that standing in for them gives rights that a role has not by itself.
func (s Stand) Lends(role Role) bool { return s.Role.OfUnit() && s.Role != role }

// stood is an expression of the flags of a matter m in which a person may act for those
// for whom they stand in; empty where they stand in for nobody whose rights they lack.
func (p Person) stood() string {
	sql := ``
	for _, s := range p.Stands {
		if s.Lends(p.Role) {
			sql += ` || CASE WHEN ` + s.SQL() + ` THEN '{` + s.Flag() + `}'::text[] ELSE '{}' END`
		}
	}
	return sql
}

// Roles are those in which a person acts today, their own first.
func (p Person) Roles() []Role {
	roles := []Role{p.Role}
	for _, s := range p.Stands {
		if s.Lends(p.Role) && !slices.Contains(roles, s.Role) {
			roles = append(roles, s.Role)
		}
	}
	return roles
}

// Hands are whose matters wait for a person as their own do: theirs, those of whom they
// stand in for, and what lies in the hand of a colleague who is away with nobody for them.
func (p Person) Hands() []int64 {
	hands := append([]int64{p.ID}, p.Loose...)
	for _, s := range p.Stands {
		hands = append(hands, s.ID)
	}
	return hands
}

// standsSQL are, for somebody of found, those whom they stand in for on @today, as JSON, and
// the colleagues of their unit for whom nobody does.
const standsSQL = `
	coalesce((SELECT jsonb_agg(jsonb_build_object('ID', a.id, 'Name', a.name, 'Role', a.role, 'Unit', coalesce(a.unit, ''),
			'Near', EXISTS (SELECT FROM staff_bar b WHERE b.staff_id = a.id AND bars_still(b.until) AND b.unit = ANY (o.offices)),
			'Others', coalesce((SELECT jsonb_agg(c.name ORDER BY c.id) FROM staff c WHERE c.role = a.role AND c.unit = a.unit AND may_come_in(c)
				AND c.id NOT IN (found.id, a.id) AND c.id NOT IN (SELECT g.staff_id FROM gone g)), '[]')) ORDER BY a.id)
		FROM gone w JOIN staff a ON a.id = w.staff_id WHERE w.stand_in = found.id), '[]') AS stands,
	ARRAY(SELECT a.id FROM gone w JOIN staff a ON a.id = w.staff_id WHERE w.stand_in IS NULL AND a.unit = found.unit ORDER BY a.id) AS loose`

// Absence is that somebody is away, as a list shows it.
type Absence struct {
	ID       int64
	StaffID  int64
	Name     string
	FromOn   clock.Date
	ToOn     clock.Date
	StandIn  int64
	StandBy  string // the name of who stands in; empty: nobody was named
	ByName   string
	Running  bool // today is one of its days
	Covered  bool // of a running one: whoever was named is there
	EndedOn  clock.Date
	UnitName string
}

// Over says that it is past, or was ended.
func (a Absence) Over(today clock.Date) bool { return !a.EndedOn.IsZero() || a.ToOn.Before(today) }

const absencesSQL = `
	SELECT a.id, a.staff_id, p.name, a.from_on, a.to_on, coalesce(a.stand_in, 0) AS stand_in, coalesce(s.name, '') AS stand_by, b.name AS by_name,
		w.absence IS NOT NULL AS running, w.stand_in IS NOT NULL AS covered, (e.at AT TIME ZONE 'Asia/Shanghai')::date AS ended_on, coalesce(u.name, '') AS unit_name
	FROM absence a JOIN staff p ON p.id = a.staff_id JOIN staff b ON b.id = a.by_id LEFT JOIN staff s ON s.id = a.stand_in
		LEFT JOIN unit u ON u.code = p.unit LEFT JOIN absence_end e ON e.absence_id = a.id LEFT JOIN away(@today::date) w ON w.absence = a.id
	WHERE `

// absencesShown is how many absences of one person are read back.
const absencesShown = 50

// AbsencesOf are the absences of one person, the newest first.
func (r *Register) AbsencesOf(ctx context.Context, id int64) ([]Absence, error) {
	return pg.All[Absence](ctx, r.Pool, absencesSQL+`a.staff_id = @id ORDER BY a.from_on DESC, a.id DESC LIMIT @most`,
		pg.Args{"id": id, "today": r.today().String(), "most": absencesShown})
}

// Absences are those of today and to come that somebody looks after: a sysadmin all, the
// head of a unit its own, others their own.
func (r *Register) Absences(ctx context.Context, by Person) ([]Absence, error) {
	return pg.All[Absence](ctx, r.Pool, absencesSQL+`a.to_on >= @today::date AND e.absence_id IS NULL AND `+looksAfterSQL+` ORDER BY a.from_on, a.id`,
		looksAfter(by, pg.Args{"today": r.today().String()}))
}

// looksAfterSQL are the people p whose absences somebody enters.
const looksAfterSQL = `(p.id = @me OR @sysadmin OR @head AND p.unit = nullif(@unit, '') AND p.role IN ('handler', 'unit_head'))`

func looksAfter(by Person, args pg.Args) pg.Args {
	args["me"], args["sysadmin"], args["head"], args["unit"] = by.ID, by.Role == Sysadmin, by.Role == UnitHead, by.Unit
	return args
}

// Charge are the people whose absences somebody enters, themselves first. None but their own
// for whoever has neither office nor unit to look after.
func (r *Register) Charge(ctx context.Context, by Person) ([]Listed, error) {
	return pg.All[Listed](ctx, r.Pool, membersSQL+` WHERE p.disabled_at IS NULL AND `+looksAfterSQL+` ORDER BY p.id <> @me, r.sort, p.login`, looksAfter(by, pg.Args{}))
}

// InCharge is one of them; NotFound for anybody else.
func (r *Register) InCharge(ctx context.Context, by Person, id int64) (Listed, error) {
	m, err := pg.One[Listed](ctx, r.Pool, membersSQL+` WHERE p.disabled_at IS NULL AND p.id = @id AND `+looksAfterSQL, looksAfter(by, pg.Args{"id": id}))
	if pg.IsNoRows(err) {
		return Listed{}, errNobody
	}
	return m, err
}

// StandIns are who may stand in for somebody.
func (r *Register) StandIns(ctx context.Context, id int64) ([]Listed, error) {
	return pg.All[Listed](ctx, r.Pool, membersSQL+`, staff w WHERE w.id = @id AND may_stand_in(p, w) AND may_come_in(p) ORDER BY r.sort, p.name, p.id`, pg.Args{"id": id})
}

// Leave is an absence as it is entered.
type Leave struct {
	StaffID  int64
	From, To clock.Date
	StandIn  int64 // 0: nobody
	Sure     bool  // what was asked is answered
}

// longLeave is from how many days on an absence is asked about: a year mistyped gives
// somebody another's rights for as long.
const longLeave = 92

func (r *Register) today() clock.Date { return clock.On(r.Now()) }

// GoAway enters that somebody is away. The same once more changes nothing.
func (r *Register) GoAway(ctx context.Context, by Person, l Leave) error {
	today := r.today()
	switch {
	case l.From.Before(today):
		return fault.Fields([]fault.Field{{Name: "from", Sentence: "已经过了的日子不用登记，请从今天或者以后的一天写起"}})
	case l.To.Before(l.From):
		return fault.Fields([]fault.Field{{Name: "to", Sentence: "最后一天在第一天以前，请核对"}})
	}
	return r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: string(ActAway), By: by.ID}, func(tx pgx.Tx) error {
		who, err := r.lockLeave(ctx, tx, by, l)
		if err != nil || who.Same {
			return err
		}
		if err := who.refused(l); err != nil {
			return err
		}
		if _, err := pg.Exec(ctx, tx, `
			INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) VALUES (@staff, @from::date, @to::date, nullif(@stand::bigint, 0), @by, @now)`,
			pg.Args{"staff": l.StaffID, "from": l.From.String(), "to": l.To.String(), "stand": l.StandIn, "by": by.ID, "now": r.Now()}); err != nil {
			return err
		}
		change := l.From.Long() + "到" + l.To.Long() + "，没有写由谁代办"
		if l.StandIn != 0 {
			change = l.From.Long() + "到" + l.To.Long() + "，由" + who.StandName + "代办"
		}
		return r.record(ctx, tx, l.StaffID, Order{By: by.ID}, ActAway, change)
	})
}

// leaver is who goes away, and what stands against it.
type leaver struct {
	Role                Role
	UnitName            string
	StandName           string
	Fits                bool     // whoever is to stand in may
	Same                bool     // it is entered already, just so
	Overlaps, StandGone []string // days
	Serves              []string // for whom they stand in on these days themselves
	Alone               bool     // nobody else of the role is there, in the unit where it is a unit's
}

// lockLeave locks both people, so that of two absences entered at once the second sees the first.
func (r *Register) lockLeave(ctx context.Context, tx pgx.Tx, by Person, l Leave) (leaver, error) {
	if _, err := pg.All[int64](ctx, tx, `SELECT id FROM staff WHERE id IN (@id, @stand) ORDER BY id FOR NO KEY UPDATE`, pg.Args{"id": l.StaffID, "stand": l.StandIn}); err != nil {
		return leaver{}, err
	}
	who, err := pg.One[leaver](ctx, tx, `
		WITH taken AS (
			SELECT a.*, to_char(a.from_on, 'FMMM"月"FMDD"日到"') || to_char(a.to_on, 'FMMM"月"FMDD"日"') AS days FROM absence a
			WHERE a.from_on <= @to::date AND a.to_on >= @from::date AND NOT EXISTS (SELECT FROM absence_end e WHERE e.absence_id = a.id)
		)
		SELECT p.role, coalesce(u.name, '') AS unit_name, coalesce(s.name, '') AS stand_name, coalesce(may_come_in(s) AND may_stand_in(s, p), false) AS fits,
			EXISTS (SELECT FROM taken t WHERE t.staff_id = p.id AND t.from_on = @from::date AND t.to_on = @to::date AND coalesce(t.stand_in, 0) = @stand) AS same,
			ARRAY(SELECT t.days FROM taken t WHERE t.staff_id = p.id ORDER BY t.from_on) AS overlaps,
			ARRAY(SELECT t.days FROM taken t WHERE t.staff_id = s.id ORDER BY t.from_on) AS stand_gone,
			ARRAY(SELECT o.name FROM taken t JOIN staff o ON o.id = t.staff_id WHERE t.stand_in = p.id ORDER BY t.from_on) AS serves,
			NOT EXISTS (SELECT FROM staff o WHERE o.role = p.role AND o.id <> p.id AND may_come_in(o) AND (p.role NOT IN ('handler', 'unit_head') OR o.unit = p.unit)
				AND o.id NOT IN (SELECT t.staff_id FROM taken t)) AS alone
		FROM staff p LEFT JOIN staff s ON s.id = @stand LEFT JOIN unit u ON u.code = p.unit
		WHERE p.id = @id AND p.disabled_at IS NULL AND `+looksAfterSQL,
		looksAfter(by, pg.Args{"id": l.StaffID, "stand": l.StandIn, "from": l.From.String(), "to": l.To.String()}))
	if pg.IsNoRows(err) {
		return who, errNobody
	}
	return who, err
}

// refused says what keeps an absence from being entered, or what is to be asked first: a
// right to be away no rule of ours takes from anybody, so the last one is warned.
func (w leaver) refused(l Leave) error {
	wrong := func(field, sentence string) error {
		return fault.Fields([]fault.Field{{Name: field, Sentence: sentence}})
	}
	switch {
	case len(w.Overlaps) > 0:
		return wrong("from", "和已经登记的请假（"+w.Overlaps[0]+"）重叠，请改日子，或者先结束那一次")
	case l.StandIn != 0 && !w.Fits:
		return wrong("stand_in", "这个人不能代办，请从列出的里面选")
	case len(w.StandGone) > 0:
		return wrong("stand_in", w.StandName+"在这些日子里也请假（"+w.StandGone[0]+"），请另选一个人")
	}
	var asked string
	if l.StandIn == 0 && w.Alone {
		role := w.Role.Title()
		if w.Role.OfUnit() {
			role = w.UnitName + "的" + role
		}
		asked += "这些日子里没有别的" + role + "，也没有写由谁代办，该他办的会停下来。"
	}
	for _, name := range w.Serves {
		asked += "这些日子里他正替" + name + "代办，他请假以后" + name + "的事没有人代。"
	}
	if days := l.To.Since(l.From) + 1; days > longLeave {
		asked += fmt.Sprintf("一共 %d 天，请核对年份。", days)
	}
	if asked != "" && !l.Sure {
		return fault.Fields([]fault.Field{{Name: "sure", Sentence: asked + "就这样登记的，请勾选", Asked: true}})
	}
	return nil
}

// ComeBack ends an absence before its last day, at once. Once more changes nothing.
func (r *Register) ComeBack(ctx context.Context, by Person, id int64) error {
	return r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: string(ActBack), By: by.ID}, func(tx pgx.Tx) error {
		type row struct {
			StaffID      int64
			FromOn, ToOn clock.Date
			Ended        bool
		}
		a, err := pg.One[row](ctx, tx, `
			SELECT a.staff_id, a.from_on, a.to_on, EXISTS (SELECT FROM absence_end e WHERE e.absence_id = a.id) AS ended
			FROM absence a JOIN staff p ON p.id = a.staff_id WHERE a.id = @id AND `+looksAfterSQL+` FOR NO KEY UPDATE OF p`, looksAfter(by, pg.Args{"id": id}))
		switch {
		case pg.IsNoRows(err):
			return fault.New(fault.NotFound, "没有这一次请假。")
		case err != nil || a.Ended:
			return err
		case a.ToOn.Before(r.today()):
			return fault.New(fault.Conflict, "没有办：这一次请假到%s已经结束了。", a.ToOn.Long())
		}
		ended, err := pg.Exec(ctx, tx, `INSERT INTO absence_end (absence_id, by_id, at) VALUES (@id, @by, @now) ON CONFLICT DO NOTHING`,
			pg.Args{"id": id, "by": by.ID, "now": r.Now()})
		if err != nil || ended == 0 {
			return err
		}
		return r.record(ctx, tx, a.StaffID, Order{By: by.ID}, ActBack, "提前结束 "+a.FromOn.Long()+"到"+a.ToOn.Long()+" 的请假")
	})
}
