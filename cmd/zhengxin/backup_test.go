package main

import (
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	number := o.File(t, complainttest.Intake()).Number
	from, empty := on(t, o.DB, ""), pgtest.Empty(t)
	dir := filepath.Join(t.TempDir(), "today")

	if out, faults, code := from.command(t, "", "backup", dir); code != 0 || !strings.Contains(out, "密钥不在里面") {
		t.Fatalf("backup: code %d, says %s%s", code, out, faults)
	}
	private(t, filepath.Join(dir, dumpName))
	if _, faults, code := from.command(t, "", "backup", dir); code != 1 || !strings.Contains(faults, "不会覆盖") {
		t.Errorf("backup over a backup: code %d, says %s", code, faults)
	}
	if _, faults, code := from.command(t, "", "restore", dir); code != 1 || !strings.Contains(faults, "已有数据") {
		t.Errorf("restore over an office: code %d, says %s", code, faults)
	}
	for name, to := range map[string]surroundings{"an existing server": on(t, empty, ""), "a private one": newOffice(t)} {
		to = to.holding(t, o.Keys.Dir, "office.key", "portal.key")
		if out, faults, code := to.command(t, "", "restore", dir); code != 0 {
			t.Fatalf("restore into %s: code %d, says %s%s", name, code, out, faults)
		}
		if out, faults, code := to.command(t, "", "verify"); code != 0 || !strings.Contains(out, "核对了 1 件、1 条") {
			t.Errorf("verify in %s: code %d, says %s%s", name, code, out, faults)
		}
	}
	if n, err := pg.One[string](t.Context(), empty.Owner, `SELECT number FROM matter`, nil); err != nil || n != number {
		t.Errorf("restored %q: %v", n, err)
	}
	before, err1 := pg.Schema(t.Context(), o.DB.URL(""))
	after, err2 := pg.Schema(t.Context(), empty.URL(""))
	if diff := cmp.Diff(before, after); diff != "" || err1 != nil || err2 != nil {
		t.Errorf("the schema is another: %v %v\n%s", err1, err2, diff)
	}
}

// R9: who restores gets an office that works, not tables.
func TestARestoredOfficeOnANewServerHasEveryRightAndItsJobsRun(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	dir := filepath.Join(t.TempDir(), "today")
	if out, faults, code := on(t, o.DB, "").command(t, "", "backup", dir); code != 0 {
		t.Fatalf("backup: code %d, says %s%s", code, out, faults)
	}
	to := newOffice(t).withKeys(t, "office.key", "portal.key")
	if out, faults, code := to.command(t, "", "restore", dir); code != 0 {
		t.Fatalf("restore: code %d, says %s%s", code, out, faults)
	}
	worker := to.start(t, "worker")
	worker.says(t, "已经启动")
	as := to.private(t)

	migrated, err1 := pg.Rights(t.Context(), o.DB.Owner)
	restored, err2 := pg.Rights(t.Context(), as(pg.Owner))
	if diff := cmp.Diff(migrated, restored); diff != "" || err1 != nil || err2 != nil || len(migrated) < 1000 {
		t.Errorf("%d rights of the migrated database (-) and %d of the restored one (+): %v %v\n%s", len(migrated), len(restored), err1, err2, diff)
	}

	keys, err := key.LoadPortal(to["ZHENGXIN_KEY_DIR"])
	if err != nil {
		t.Fatal(err)
	}
	p := &program{now: time.Now, random: rand.Reader, log: slog.New(slog.DiscardHandler)}
	portal := as(pg.RolePortal)
	in := complainttest.Intake()
	in.Contact.Email = "somebody@example.org"
	if _, err := p.complaints(portal, clock.NewBook(portal, p.now), keys.EventKey(), keys.Codes(), keys).File(t.Context(), complaint.Filing{Intake: in, By: complainttest.Complainant, Token: complainttest.Token(), Draft: []byte("none")}); err != nil {
		t.Fatal(err)
	}
	for what, sql := range map[string]string{
		"the receipt's letter":   `SELECT count(*) FROM letter WHERE state = 'kept'`,
		"the new text's index":   `SELECT count(*) FROM river_job WHERE kind = 'index_text' AND state = 'completed'`,
		"the job of every 5 min": `SELECT count(*) FROM river_job WHERE kind = 'sweep' AND state = 'completed'`,
	} {
		worker.await(t, what+" is done", func() bool {
			n, err := pg.One[int](t.Context(), as(pg.Owner), sql, nil)
			return err == nil && n == 1
		})
	}
	if code := worker.interrupt(t); code != 0 || strings.Contains(worker.faults.String(), "level=ERROR") {
		t.Errorf("ends with %d:\n%s", code, worker.faults.String())
	}
}

// private gives pools on an office's running private server, by login.
func (s surroundings) private(t *testing.T) func(role string) *pgxpool.Pool {
	t.Helper()
	server, err := pg.Locate(filepath.Join(s["ZHENGXIN_DATA_DIR"], "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	pools := map[string]*pgxpool.Pool{}
	return func(role string) *pgxpool.Pool {
		t.Helper()
		if pools[role] == nil {
			pool, err := pg.Open(t.Context(), server.URL(role, databaseName), pg.Options{MaxConns: 4})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(pool.Close)
			pools[role] = pool
		}
		return pools[role]
	}
}
