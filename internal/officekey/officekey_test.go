package officekey_test

import (
	"crypto/rand"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/officekey"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

type set struct {
	office *key.Office
	portal *key.Portal
}

func newSet(t *testing.T) set {
	t.Helper()
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	office, portal, err := key.LoadBoth(dir)
	if err != nil {
		t.Fatal(err)
	}
	return set{office, portal}
}

func TestOfTwoFirstStartsWithDifferentKeysOneIsRefused(t *testing.T) {
	t.Parallel()
	for range 5 {
		db := pgtest.New(t)
		sets := []set{newSet(t), newSet(t)}
		errs := make([]error, len(sets))
		var both sync.WaitGroup
		for i, s := range sets {
			both.Go(func() {
				pool := []*pgxpool.Pool{db.Admin, db.Worker}[i]
				errs[i] = officekey.Recognise(t.Context(), pool, s.office, nil)
			})
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errs[0], fault.Conflict) && !fault.Is(errs[1], fault.Conflict) {
			t.Errorf("both, or neither: %v, %v", errs[0], errs[1])
		}
	}
}

// A stolen portal process learns nothing of the keys and adds none.
func TestThePortalsRoleCannotMakeAForeignKeyTheOffices(t *testing.T) {
	t.Parallel()
	db, own, foreign := pgtest.New(t), newSet(t), newSet(t)
	if err := officekey.Recognise(t.Context(), db.Owner, own.office, own.portal); err != nil {
		t.Fatal(err)
	}
	if err := officekey.Recognise(t.Context(), db.Portal, foreign.office, foreign.portal); !fault.Is(err, fault.Conflict) {
		t.Errorf("a foreign set: %v", err)
	}
	if _, err := officekey.Accept(t.Context(), db.Portal, foreign.office, foreign.portal); err == nil {
		t.Error("a foreign set is accepted")
	}
	for _, sql := range []string{`SELECT count(*)::text FROM office_key`, `INSERT INTO office_key (purpose, id, mark) VALUES ('code', '00000000', sha256('')) RETURNING id`} {
		if _, err := pg.One[string](t.Context(), db.Portal, sql, nil); pg.Code(err) != "42501" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if err := officekey.Recognise(t.Context(), db.Portal, nil, own.portal); err != nil {
		t.Errorf("its own: %v", err)
	}
}
