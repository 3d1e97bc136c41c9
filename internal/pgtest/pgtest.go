// Package pgtest gives every test its own PostgreSQL database with the real
// schema, the real roles and a pool for each. It is for tests only.
//
// The server is one private cluster for all test programs of this machine and
// user, under the system's temporary folder; the first to need it starts it,
// and it stays for the next run, which saves every package its start. `go run
// ./internal/pgtest/stop` removes it. With ZHENGXIN_TEST_DATABASE_URL, the URL
// of an owner who may create databases and roles, that server is used instead.
package pgtest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pg"
	"zhengxin/internal/witness"
	"zhengxin/migrations"
)

// DB is one test's database.
type DB struct {
	Name string
	// Owner made the schema and is asked only for what the roles may not do.
	Owner *pgxpool.Pool
	// Portal, Admin and Worker hold the rights of the three processes.
	Portal, Admin, Worker *pgxpool.Pool

	urls map[string]string
}

// URL is the database's address for a role (pg.RolePortal …); for the owner
// with an empty role.
func (db *DB) URL(role string) string { return db.urls[role] }

// cloned numbers the databases of this process.
var cloned atomic.Int64

// New clones the migrated template, hands out pools and drops the clone at the
// end of the test. Without a database the test fails: it never skips.
func New(t testing.TB) *DB {
	t.Helper()
	return newFrom(t, source)
}

// Empty is a database of the test's own without a schema, for what concerns
// the migrations themselves; only Owner is set.
func Empty(t testing.TB) *DB {
	t.Helper()
	b, err := source.base()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	db := &DB{Name: b.cloneName()}
	create := func(ctx context.Context) error {
		return b.exec(ctx, `CREATE DATABASE `+db.Name+` TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' STRATEGY FILE_COPY`)
	}
	if err := create(context.Background()); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { b.drop(t, db.Name) })
	db.urls = map[string]string{"": b.url("", db.Name)}
	db.Owner = open(t, db.URL(""), "")
	return db
}

func newFrom(t testing.TB, from *templates) *DB {
	t.Helper()
	b, err := from.base()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	db := &DB{Name: b.cloneName(), urls: map[string]string{}}
	if err := b.clone(context.Background(), db.Name); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { b.drop(t, db.Name) })
	for role, pool := range map[string]**pgxpool.Pool{
		"": &db.Owner, pg.RolePortal: &db.Portal, pg.RoleAdmin: &db.Admin, pg.RoleWorker: &db.Worker,
	} {
		db.urls[role] = b.url(role, db.Name)
		*pool = open(t, db.urls[role], role)
	}
	t.Cleanup(func() {
		if err := moved(&book, witness.Folder(), db.Owner); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return db
}

// open makes a small pool that connects when first used; most tests use one or
// two of the four.
func open(t testing.TB, url, role string) *pgxpool.Pool {
	t.Helper()
	pool, err := pg.Open(context.Background(), url, pg.Options{AppName: "pgtest", MaxConns: 6, Lazy: true, Tracer: listener(role), Generic: role == pg.RolePortal})
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { closePool(t, pool) })
	return pool
}

// closePool would wait for ever for a connection that a test did not give back.
func closePool(t testing.TB, pool *pgxpool.Pool) {
	closed := make(chan struct{})
	go func() { pool.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Errorf("pgtest: %d connections were not given back: close the rows, end the transaction", pool.Stat().AcquiredConns())
	}
}

// source is the template over the real migrations, shared by the process.
var source = &templates{files: migrations.Files}

// cloneName names the backend that keeps this process's lock, by which another
// process sees whether the clone is still wanted.
func (b *base) cloneName() string {
	return fmt.Sprintf("%s%d_%d_%d", clonePrefix, b.keeperPID, b.born, cloned.Add(1))
}

func (b *base) drop(t testing.TB, name string) {
	if err := b.exec(context.Background(), `DROP DATABASE IF EXISTS `+pgx.Identifier{name}.Sanitize()+` WITH (FORCE)`); err != nil {
		t.Errorf("pgtest: %v", err)
	}
}

// like makes a LIKE pattern of a prefix.
func like(prefix string) string { return strings.ReplaceAll(prefix, "_", `\_`) + "%" }
