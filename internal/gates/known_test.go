package gates

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
)

// someone is a member of staff in a random office, as a session knows them.
type someone struct {
	staff.Person
	disabled bool
}

// told is a random matter: whom it names and whom its words may mean.
type told struct {
	id           int64
	unit         string
	named, meant []string
	persons      []int64
	office       bool // its words may mean the supervising office
}

// accused is whoever is of a unit that was named, or may not know of it.
func (m told) accused(p someone) bool { return meet(p.Bars, m.named) }

// doubt is whoever the words may mean.
func (m told) doubt(p someone) bool {
	return meet(p.Bars, m.meant) || slices.Contains(m.persons, p.ID) || m.office && p.Near
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// What the law says of who may know of a matter, in any office (信访工作条例 28,
// 30); see staff.Scope.
func TestWhoKnowsOfAMatterInAnyOffice(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for n := range 40 {
		seed := rand.Uint64()
		random := rand.New(rand.NewPCG(seed, 1))
		if _, err := db.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now(); UPDATE unit SET kind = 'department' WHERE kind = 'office'`); err != nil {
			t.Fatal(err)
		}
		people, units := randomOffice(t, db, random, n)
		for range 12 {
			m := randomMatter(t, db, random, people, units)
			holdsTheLaw(t, db, people, m, fmt.Sprintf("seed %d: %+v", seed, m))
		}
	}
}

// randomOffice has one supervising office, a department below nobody with one
// below it, one more, and three to nine people.
func randomOffice(t *testing.T, db *pgtest.DB, random *rand.Rand, n int) (people []someone, units []string) {
	t.Helper()
	name := func(s string) string { return fmt.Sprintf("K%d-%s", n, s) }
	units = []string{name("OFFICE"), name("A"), name("A-SUB"), name("B")}
	if _, err := pg.Exec(t.Context(), db.Owner, `
		INSERT INTO unit (code, name, kind, parent) VALUES (@o, @o, 'office', NULL), (@a, @a, 'department', NULL), (@s, @s, 'department', @a), (@b, @b, 'department', NULL)`,
		pg.Args{"o": units[0], "a": units[1], "s": units[2], "b": units[3]}); err != nil {
		t.Fatal(err)
	}
	if random.IntN(4) == 0 {
		if _, err := pg.Exec(t.Context(), db.Owner, `INSERT INTO unit_conflict (unit, other, reason) VALUES (@b, @o, 'x')`, pg.Args{"o": units[0], "b": units[3]}); err != nil {
			t.Fatal(err)
		}
	}
	roles := []staff.Role{staff.Registrar, staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor}
	for i := range 3 + random.IntN(7) {
		type row struct {
			ID   int64
			Bars []string
			Near bool
		}
		unit := append(units, units[0], "")[random.IntN(len(units)+2)]
		p := someone{Person: staff.Person{Role: roles[random.IntN(len(roles))], Unit: unit, Login: fmt.Sprintf("k%d-%d", n, i)}, disabled: random.IntN(6) == 0}
		r, err := pg.One[row](t.Context(), db.Owner, `
			INSERT INTO staff (login, name, role, unit, password_hash, created_at, disabled_at)
			VALUES (@login, @login, @role, nullif(@unit, ''), 'x', now(), CASE WHEN @gone THEN now() END)
			RETURNING id, CASE WHEN unit IS NULL THEN unit_bars(@office) ELSE unit_bars(unit) END AS bars, unit IS NULL OR unit_bars(unit) && supervising_offices() AS near`,
			pg.Args{"login": p.Login, "role": string(p.Role), "unit": unit, "gone": p.disabled, "office": units[0]})
		if err != nil {
			t.Fatal(err)
		}
		p.ID, p.Bars, p.Near, p.Office = r.ID, r.Bars, r.Near, unit == "" || unit == units[0]
		people = append(people, p)
	}
	return people, units
}

func randomMatter(t *testing.T, db *pgtest.DB, random *rand.Rand, people []someone, units []string) told {
	t.Helper()
	some := func(odds int) (out []string) {
		for _, u := range units {
			if random.IntN(odds) == 0 {
				out = append(out, u)
			}
		}
		return out
	}
	m := told{named: some(4), meant: some(4)}
	if len(m.named) > 0 && random.IntN(3) > 0 {
		m.unit = m.named[0]
	}
	m.office = m.unit == "" && random.IntN(2) == 0
	for _, p := range people {
		if random.IntN(5) == 0 {
			m.persons = append(m.persons, p.ID)
		}
	}
	flags := []string{}
	if m.office {
		flags = append(flags, "unit_unsettled", "office_meant")
	}
	var err error
	m.id, err = pg.One[int64](t.Context(), db.Owner, `
		INSERT INTO matter (kind, number, state, unit, title, flags, named, meant, persons, opened_at, seq, head)
		VALUES ('complaint', gen_random_uuid(), 'submitted', nullif(@unit, ''), '', @flags, @named, @meant, @persons, now(), 1, '') RETURNING id`,
		pg.Args{"unit": m.unit, "flags": flags, "named": append([]string{}, m.named...), "meant": append([]string{}, m.meant...), "persons": append([]int64{}, m.persons...)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func holdsTheLaw(t *testing.T, db *pgtest.DB, people []someone, m told, where string) {
	t.Helper()
	var free, freeOfOffice, unnamed, notAccused, readBySettler bool
	for _, p := range people {
		if p.disabled || !p.Role.Settles() || m.accused(p) {
			continue
		}
		notAccused = true
		unnamed = unnamed || !slices.Contains(m.persons, p.ID)
		free = free || !m.doubt(p)
		freeOfOffice = freeOfOffice || !m.doubt(p) && p.Office
	}
	for _, p := range people {
		scope := p.Scope()
		reads, err := pg.One[bool](t.Context(), db.Admin, `SELECT EXISTS (SELECT FROM matter m WHERE m.id = @id AND `+scope.SQL+`)`, scope.With(pg.Args{"id": m.id}))
		if err != nil {
			t.Fatal(err)
		}
		readBySettler = readBySettler || reads && p.Role.Settles() && !p.disabled
		for wrong, is := range map[string]bool{
			"the accused reads it": reads && m.accused(p),
			"whom the words may mean reads it, though somebody is free of doubt":       reads && m.doubt(p) && free,
			"whom the words name reads it, though somebody else could":                 reads && slices.Contains(m.persons, p.ID) && unnamed,
			"another unit reads what is not settled, though the office has somebody":   reads && m.unit == "" && !p.Office && freeOfOffice,
			"another unit's leader or auditor reads what is not settled and settled":   reads && m.unit == "" && !p.Office && !p.Role.Settles() && free,
			"nobody's doubt keeps the office's own from what is not settled":           !reads && m.unit == "" && p.Office && !m.accused(p) && !m.doubt(p),
			"a matter whose unit is settled is kept from a desk that it does not mean": !reads && m.unit != "" && !m.accused(p) && !m.doubt(p),
		} {
			if is {
				t.Fatalf("%s: %s (%s of %q, bars %v)\n%s", wrong, p.Login, p.Role, p.Unit, p.Bars, where)
			}
		}
	}
	if notAccused && !readBySettler {
		t.Fatalf("it is hidden from all who settle\n%s", where)
	}
}

// A register whose unit works on its own matters: the unit reads and gets them, no
// other unit does, and nothing has to be settled first. The same unit is barred
// from what is about it.
func TestAnOwnersRegisterIsForItsUnit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, sql := range []string{
		`INSERT INTO matter_kind (kind, relation) VALUES ('toy', 'owner'), ('loose', 'none')`,
		`INSERT INTO matter_state (kind, state, phase) VALUES ('toy', 'open', 1), ('loose', 'open', 1)`,
		`INSERT INTO matter (kind, number, state, unit, title, opened_at, seq, head) VALUES
			('toy', 'TOY', 'open', 'FIN', '', now(), 1, ''), ('loose', 'LOOSE', 'open', NULL, '', now(), 1, '')`,
		`INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, 'JUS', 'lead', now() FROM matter WHERE kind = 'loose'`,
		`INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, 'FIN', 'lead', now() FROM matter WHERE kind = 'toy'`,
		`UPDATE assignment SET ended_at = now() WHERE unit = 'FIN'`,
	} {
		if _, err := b.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%v by %s", err, sql)
		}
	}
	for _, c := range []struct {
		who  staff.Person
		want string
	}{
		{b.People[staff.Handler], "TOY"}, {b.OtherHandler, "LOOSE"}, {b.People[staff.Supervisor], "LOOSE TOY"},
		{b.Hire(t, "fin-leader", staff.Leader, complainttest.Finance), "LOOSE TOY"},
	} {
		scope := b.now(c.who).Scope()
		numbers, err := pg.All[string](t.Context(), b.DB.Admin, `SELECT m.number FROM matter m WHERE `+scope.SQL+` ORDER BY m.number`, scope.With(nil))
		if err != nil || strings.Join(numbers, " ") != c.want {
			t.Errorf("%s reads %v, not %s: %v", c.who.Login, numbers, c.want, err)
		}
	}
	if _, err := b.DB.Owner.Exec(t.Context(), `INSERT INTO matter (kind, number, state, title, opened_at, seq, head) VALUES ('toy', 'X', 'closed', '', now(), 1, '')`); err == nil {
		t.Error("a matter is in a state that its kind does not have")
	}
}
