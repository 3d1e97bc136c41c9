package pgtest

import (
	"testing"

	"zhengxin/internal/pg"
)

func TestEveryTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	a, b := New(t), New(t)
	if a.Name == b.Name {
		t.Fatalf("both are %s", a.Name)
	}
	if _, err := pg.Exec(t.Context(), a.Owner, `CREATE TABLE only_here ()`, nil); err != nil {
		t.Fatal(err)
	}
	there, err := pg.One[bool](t.Context(), b.Owner, `SELECT to_regclass('only_here') IS NOT NULL`, nil)
	if err != nil || there {
		t.Errorf("a table of one test is seen by another: %v, %v", there, err)
	}
}

func TestEveryPoolHasItsRole(t *testing.T) {
	t.Parallel()
	db := New(t)
	for role, pool := range map[string]pg.Queryer{
		pg.RolePortal: db.Portal, pg.RoleAdmin: db.Admin, pg.RoleWorker: db.Worker,
	} {
		got, err := pg.One[string](t.Context(), pool, `SELECT current_user::text`, nil)
		if err != nil || got != role {
			t.Errorf("the pool of %s is %q: %v", role, got, err)
		}
	}
	super, err := pg.One[bool](t.Context(), db.Owner, `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`, nil)
	if err != nil || super {
		t.Errorf("the owner is a superuser: %v, %v; a customer's will not be", super, err)
	}
}
