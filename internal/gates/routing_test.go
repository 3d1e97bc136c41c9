package gates

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
)

// tree is the model of who may not have a complaint: from the accused to those
// it bars, the other way round than the database goes.
type tree struct {
	units             []string
	parent, successor map[string]string
	conflicts         [][2]string
}

// bars are all units that may not have a complaint that names these: they and
// whatever they were or became, whoever is in conflict with one of those, and
// all below any of them, whatever it was or became.
func (m tree) bars(named ...string) []string {
	barred := m.grown(named, m.kin)
	for _, at := range slices.Clone(barred) {
		for _, c := range m.conflicts {
			if c[0] == at {
				barred = append(barred, c[1])
			} else if c[1] == at {
				barred = append(barred, c[0])
			}
		}
	}
	return m.grown(barred, func(unit, at string) bool { return m.kin(unit, at) || m.parent[unit] == at })
}

// kin says that one came from the other.
func (m tree) kin(a, b string) bool { return m.successor[a] == b || m.successor[b] == a }

// grown adds every unit that joins says belongs to one that is in already.
func (m tree) grown(from []string, joins func(unit, at string) bool) []string {
	in := slices.Clone(from)
	for i := 0; i < len(in); i++ {
		for _, unit := range m.units {
			if joins(unit, in[i]) && !slices.Contains(in, unit) {
				in = append(in, unit)
			}
		}
	}
	return in
}

// forest is a random tree of units in a database, with its model.
type forest struct {
	tree
	*pgtest.DB
	t      *testing.T
	random *rand.Rand
	held   map[int64][]string // every unit that was named on each matter
	with   map[int64]string   // which unit has it, after a dispatch
}

func newForest(t *testing.T, db *pgtest.DB, random *rand.Rand, name string) *forest {
	f := &forest{tree: tree{parent: map[string]string{}, successor: map[string]string{}}, DB: db, t: t, random: random,
		held: map[int64][]string{}, with: map[int64]string{}}
	for i := range 8 {
		unit := fmt.Sprintf("%s-%d", name, i)
		if i > 0 && random.IntN(3) > 0 {
			f.parent[unit] = f.any()
		}
		f.units = append(f.units, unit)
		f.mustAdmin(`INSERT INTO unit (code, name, kind, parent) VALUES (@unit, @unit, 'department', nullif(@parent, ''))`,
			pg.Args{"unit": unit, "parent": f.parent[unit]})
	}
	for range random.IntN(4) {
		f.follow(f.any(), f.any())
	}
	for range random.IntN(3) {
		f.conflict(f.any(), f.any())
	}
	return f
}

func (f *forest) any() string { return f.units[f.random.IntN(len(f.units))] }

func (f *forest) admin(sql string, args pg.Args) error {
	_, err := pg.Exec(f.t.Context(), f.Admin, sql, args)
	return err
}

func (f *forest) mustAdmin(sql string, args pg.Args) {
	f.t.Helper()
	if err := f.admin(sql, args); err != nil {
		f.t.Fatal(err)
	}
}

// end takes complaints away from their units, which only a move may do
// otherwise.
func (f *forest) end(of string, args pg.Args) {
	f.t.Helper()
	if _, err := pg.Exec(f.t.Context(), f.Owner, `UPDATE assignment SET ended_at = now() WHERE ended_at IS NULL`+of, args); err != nil {
		f.t.Fatal(err)
	}
}

// allowed says whether the model lets every complaint stay where it is.
func (f *forest) allowed() bool {
	for id, unit := range f.with {
		if slices.Contains(f.bars(f.held[id]...), unit) {
			return false
		}
	}
	return true
}

// agree holds the database's answer to the model's; change has been made in the
// model and undo takes it back there when the database refused.
func (f *forest) agree(what string, err error, undo func()) {
	f.t.Helper()
	refused := pg.Code(err) == "ZX001"
	if err != nil && !refused {
		f.t.Fatalf("%s: %v", what, err)
	}
	if refused == f.allowed() {
		f.t.Fatalf("%s: refused %t, the model says %t\n%+v\nabout %v, with %v", what, refused, !f.allowed(), f.tree, f.held, f.with)
	}
	if refused {
		undo()
	}
}

// file and dispatch put a complaint with a unit.
func (f *forest) dispatch(accused, unit string) {
	f.t.Helper()
	id, err := pg.One[int64](f.t.Context(), f.Admin, `
		INSERT INTO matter (kind, number, state, unit, title, opened_at, seq, head)
		VALUES ('complaint', gen_random_uuid(), 'accepted', @unit, '', now(), 1, '') RETURNING id`, pg.Args{"unit": accused})
	if err != nil {
		f.t.Fatal(err)
	}
	f.held[id], f.with[id] = []string{accused}, unit
	f.sees(id, accused, unit)
	err = f.admin(`INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@id, @unit, 'lead', now())`, pg.Args{"id": id, "unit": unit})
	f.agree(fmt.Sprintf("complaint about %s to %s", accused, unit), err, func() { delete(f.with, id) })
}

// sees holds what a registrar of the unit may know of to the same model.
func (f *forest) sees(id int64, accused, unit string) {
	f.t.Helper()
	bars, err := pg.One[[]string](f.t.Context(), f.Admin, `SELECT unit_bars(@unit)`, pg.Args{"unit": unit})
	if err != nil {
		f.t.Fatal(err)
	}
	scope := staff.Person{ID: -1, Role: staff.Registrar, Unit: unit, Bars: bars}.Scope()
	n, err := pg.One[int](f.t.Context(), f.Admin, `SELECT count(*) FROM matter m WHERE m.id = @id AND `+scope.SQL, scope.With(pg.Args{"id": id}))
	if err != nil || (n == 0) != slices.Contains(f.bars(accused), unit) {
		f.t.Fatalf("staff of %s see %d of the complaint about %s: %v\n%+v", unit, n, accused, err, f.tree)
	}
}

func (f *forest) accuse(id int64, unit string) {
	was := f.held[id]
	f.held[id] = append(slices.Clone(was), unit)
	f.agree(fmt.Sprintf("matter %d is about %s after all", id, unit),
		f.admin(`UPDATE matter SET unit = @unit WHERE id = @id`, pg.Args{"id": id, "unit": unit}), func() { f.held[id] = was })
}

func (f *forest) follow(unit, successor string) {
	if unit == successor {
		return
	}
	was := f.successor[unit]
	f.successor[unit] = successor
	f.agree(unit+" becomes "+successor,
		f.admin(`UPDATE unit SET successor = @to WHERE code = @unit`, pg.Args{"unit": unit, "to": successor}), func() { f.successor[unit] = was })
}

func (f *forest) place(unit, parent string) {
	for at := parent; at != ""; at = f.parent[at] {
		if at == unit {
			return // no circles
		}
	}
	was := f.parent[unit]
	f.parent[unit] = parent
	f.agree(unit+" under "+parent,
		f.admin(`UPDATE unit SET parent = @to WHERE code = @unit`, pg.Args{"unit": unit, "to": parent}), func() { f.parent[unit] = was })
}

func (f *forest) conflict(a, b string) {
	if a == b || slices.Contains(f.conflicts, [2]string{a, b}) {
		return
	}
	f.conflicts = append(f.conflicts, [2]string{a, b})
	f.agree("conflict of "+a+" and "+b,
		f.admin(`INSERT INTO unit_conflict (unit, other, reason) VALUES (@a, @b, 'x')`, pg.Args{"a": a, "b": b}),
		func() { f.conflicts = f.conflicts[:len(f.conflicts)-1] })
}

// reopen takes a complaint away from its unit, lets it be about another one
// meanwhile, and gives it back.
func (f *forest) reopen(id int64, accused string) {
	f.t.Helper()
	unit := f.with[id]
	f.end(` AND matter_id = @id`, pg.Args{"id": id})
	delete(f.with, id)
	f.accuse(id, accused)
	f.with[id] = unit
	f.agree(fmt.Sprintf("matter %d goes back to %s", id, unit),
		f.admin(`INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@id, @unit, 'lead', now())`, pg.Args{"id": id, "unit": unit}),
		func() { delete(f.with, id) })
}

func TestRoutingFollowsTheModelInAnyTree(t *testing.T) {
	t.Parallel()
	const trees = 120
	db := pgtest.New(t)
	for n := range trees {
		seed := rand.Uint64()
		f := newForest(t, db, rand.New(rand.NewPCG(seed, 0)), fmt.Sprintf("T%d", n))
		for range 6 {
			f.dispatch(f.any(), f.any())
		}
		for range 8 {
			switch f.random.IntN(5) {
			case 0:
				f.place(f.any(), f.any())
			case 1:
				f.follow(f.any(), f.any())
			case 2:
				f.conflict(f.any(), f.any())
			default:
				for id := range f.with {
					if f.random.IntN(2) == 0 {
						f.accuse(id, f.any())
					} else {
						f.reopen(id, f.any())
					}
					break
				}
			}
		}
		f.end("", nil) // the next tree is alone
	}
}

// While a complaint is on its way to a unit the tree changes so that it may
// not have it. Whoever comes second must see the other.
func TestADispatchAndAChangeOfTheTreeNeverPassEachOther(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	dispatch := `INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, @to, 'lead', now() FROM matter WHERE number = @number`
	for i, change := range []string{
		`UPDATE unit SET parent = @accused WHERE code = @to`,
		`UPDATE unit SET parent = @accused WHERE code = @above`,
		`UPDATE unit SET successor = @to WHERE code = @accused`,
		`UPDATE unit SET successor = @to WHERE code = @later`,
		`INSERT INTO unit_conflict (unit, other, reason) VALUES (@to, @accused, 'x')`,
		`INSERT INTO unit_conflict (unit, other, reason) VALUES (@later, @above, 'x')`,
		`UPDATE matter SET unit = @to WHERE number = @number`,
	} {
		for n := range 40 {
			pass := func(s string) string { return fmt.Sprintf("P%d-%d-%s", i, n, s) }
			args := pgx.NamedArgs{"accused": pass("AA"), "later": pass("LL"), "to": pass("UU"), "above": pass("OO"), "number": pass("N")}
			for _, unit := range []string{"later", "accused", "above", "to"} {
				sql := `INSERT INTO unit (code, name, kind, successor, parent) VALUES (@code, 'x', 'department', nullif(@successor, ''), nullif(@parent, ''))`
				own := pg.Args{"code": args[unit], "successor": "", "parent": ""}
				switch unit {
				case "accused":
					own["successor"] = args["later"]
				case "to":
					own["parent"] = args["above"]
				}
				if _, err := pg.Exec(t.Context(), db.Owner, sql, own); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := db.Owner.Exec(t.Context(), `
				INSERT INTO matter (kind, number, state, unit, title, opened_at, seq, head)
				VALUES ('complaint', @number, 'accepted', @accused, '', now(), 1, '')`, args); err != nil {
				t.Fatal(err)
			}
			race(t, db, n, args, dispatch, change)
			bad, err := pg.One[int](t.Context(), db.Owner, `
				SELECT count(*) FROM assignment a JOIN matter m ON m.id = a.matter_id
				WHERE a.ended_at IS NULL AND m.number = @number AND unit_bars(a.unit) && m.named`, pg.Args{"number": args["number"]})
			if err != nil || bad > 0 {
				t.Fatalf("try %d: the complaint is with a barred unit: %d, %v: %s", n, bad, err, change)
			}
		}
	}
}

// race runs two statements in two transactions: one begins, the other runs
// against it, both commit. n says who begins, or that both go at once.
func race(t *testing.T, db *pgtest.DB, n int, args pgx.NamedArgs, one, two string) {
	t.Helper()
	if n%3 == 1 {
		one, two = two, one
	}
	began := make(chan struct{})
	var both sync.WaitGroup
	run := func(sql string, first bool) {
		err := pgx.BeginFunc(t.Context(), db.Admin, func(tx pgx.Tx) error {
			if n%3 != 2 && !first {
				<-began
			}
			_, err := tx.Exec(t.Context(), sql, args)
			if first {
				close(began)
				if n%3 != 2 {
					waitOrDone(t.Context(), db)
				}
			}
			return err
		})
		if c := pg.Code(err); err != nil && c != "ZX001" && c != "40P01" {
			t.Error(err)
		}
	}
	both.Go(func() { run(one, true) })
	both.Go(func() { run(two, false) })
	both.Wait()
}

// waitOrDone gives the other transaction the time to run into the first, or
// past it.
func waitOrDone(ctx context.Context, db *pgtest.DB) {
	_, _ = db.Owner.Exec(ctx, `SELECT pg_sleep(0.005)`)
}

// Whoever dispatches shares the tree with the others who do, and with who only
// adds a unit; who changes it waits for them.
func TestADispatchHoldsTheTreeAndStopsNobodyWhoOnlyAddsToIt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if _, err := db.Owner.Exec(t.Context(), `
		INSERT INTO unit (code, name, kind) VALUES ('AA', 'x', 'department'), ('UU', 'x', 'department');
		INSERT INTO matter (kind, number, state, unit, title, opened_at, seq, head)
		SELECT 'complaint', 'N' || n, 'accepted', 'AA', '', now(), 1, '' FROM generate_series(1, 2) AS n`); err != nil {
		t.Fatal(err)
	}
	begin := func() pgx.Tx {
		tx, err := db.Admin.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), `SET LOCAL lock_timeout = '1ms'`); err != nil {
			t.Fatal(err)
		}
		return tx
	}
	dispatch := `INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, 'UU', 'lead', now() FROM matter WHERE number = `
	held := begin()
	defer held.Rollback(context.Background())
	if _, err := held.Exec(t.Context(), dispatch+`'N1'`); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]string{
		dispatch + `'N2'`: "",
		`INSERT INTO unit (code, name, kind) VALUES ('NN', 'x', 'department')`:     "",
		`UPDATE unit SET parent = 'AA' WHERE code = 'UU'`:                          "55P03", // lock_not_available
		`INSERT INTO unit_conflict (unit, other, reason) VALUES ('AA', 'UU', 'x')`: "55P03",
	} {
		beside := begin()
		if _, err := beside.Exec(t.Context(), sql); pg.Code(err) != want {
			t.Errorf("code %q (%v): %s", pg.Code(err), err, sql)
		}
		if err := beside.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Two who have both dispatched and now both change the tree would wait for each
// other for ever: one of them is refused.
func TestOfTwoWhoDispatchAndThenChangeTheTreeOneGoesThrough(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if _, err := db.Owner.Exec(t.Context(), `
		INSERT INTO unit (code, name, kind) VALUES ('AA', 'x', 'department'), ('UU', 'x', 'department'), ('T1', 'x', 'department'), ('T2', 'x', 'department');
		INSERT INTO matter (kind, number, state, unit, title, opened_at, seq, head)
		SELECT 'complaint', 'N' || n, 'accepted', 'AA', '', now(), 1, '' FROM generate_series(1, 2) AS n`); err != nil {
		t.Fatal(err)
	}
	var ready, both sync.WaitGroup
	ready.Add(2)
	faults := make([]error, 2)
	for i, names := range []pgx.NamedArgs{{"number": "N1", "unit": "T1"}, {"number": "N2", "unit": "T2"}} {
		both.Go(func() {
			faults[i] = pgx.BeginFunc(t.Context(), db.Admin, func(tx pgx.Tx) error {
				_, err := tx.Exec(t.Context(), `INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, 'UU', 'lead', now() FROM matter WHERE number = @number`, names)
				ready.Done()
				if err != nil {
					return err
				}
				ready.Wait()
				_, err = tx.Exec(t.Context(), `UPDATE unit SET parent = 'UU' WHERE code = @unit`, names)
				return err
			})
		})
	}
	both.Wait()
	through := 0
	for _, err := range faults {
		switch pg.Code(err) {
		case "":
			through++
		case "40P01": // deadlock_detected
		default:
			t.Error(err)
		}
	}
	if through != 1 {
		t.Errorf("%d go through: %v", through, faults)
	}
}
