package main

import (
	"bytes"
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
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

// TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse also holds that it
// is private and never written over.
func TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	number := o.File(t, complainttest.Intake()).Number
	from, empty := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir), pgtest.Empty(t)
	dir := filepath.Join(t.TempDir(), "today")

	if out, faults, code := from.command(t, "", "backup", dir); code != 0 || !strings.Contains(out, "密钥不在里面") || !strings.Contains(out, filepath.Join(o.Keys.Dir, "backup.key")) {
		t.Fatalf("backup: code %d, says %s%s", code, out, faults)
	}
	private(t, filepath.Join(dir, "database.dump.age"))
	private(t, filepath.Join(dir, "manifest.age"))
	private(t, filepath.Join(o.Keys.Dir, "backup.key"))
	if _, faults, code := from.command(t, "", "backup", dir); code != 1 || !strings.Contains(faults, "不会覆盖") {
		t.Errorf("backup over a backup: code %d, says %s", code, faults)
	}
	if _, faults, code := from.command(t, "", "restore", dir); code != 1 || !strings.Contains(faults, "已有数据") {
		t.Errorf("restore over an office: code %d, says %s", code, faults)
	}
	for name, to := range map[string]surroundings{"an existing server": on(t, empty, ""), "a private one": newOffice(t)} {
		to = to.with("ZHENGXIN_KEY_DIR", o.Keys.Dir)
		if out, faults, code := to.command(t, "", "restore", dir); code != 0 || !strings.Contains(out, "行数与备份时相同") || !strings.Contains(out, "签名是本单位") {
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

// A backup that is lost surrenders nothing, and what is wrong with one is told
// before anything is restored.
func TestABackupSurrendersNothingWithoutItsKey(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Title, in.Story.Facts, in.Contact.Name = "金丝雀的题目", "金丝雀的经过"+in.Story.Facts, "王金丝雀"
	receipt := o.File(t, in)
	dir, further := filepath.Join(t.TempDir(), "today"), filepath.Join(t.TempDir(), "further")
	from := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir)
	for _, to := range []string{dir, further} {
		if _, faults, code := from.command(t, "", "backup", to); code != 0 {
			t.Fatalf("backup: %s", faults)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(raw, []byte("age-encryption.org/v1\n")) {
			t.Errorf("%s is not encrypted", f.Name())
		}
		for _, word := range []string{"金丝雀", receipt.Number, "matter", "zhengxin", "PGDMP"} {
			if bytes.Contains(raw, []byte(word)) {
				t.Errorf("%s stands in %s", word, f.Name())
			}
		}
	}
	key := filepath.Join(o.Keys.Dir, "backup.key")
	restore := func(dir, key, want string) {
		t.Helper()
		to := newOffice(t)
		_, faults, code := to.command(t, "", "restore", dir, "--key", key)
		if code != 1 || !strings.Contains(faults, want) {
			t.Errorf("code %d and not %s: %s", code, want, faults)
		}
		if _, err := os.Stat(filepath.Join(to["ZHENGXIN_DATA_DIR"], "postgres")); err == nil {
			t.Error("a database was made all the same")
		}
	}
	restore(dir, filepath.Join(o.Keys.Dir, "lost.key"), "找不到备份私钥")
	other := newKeys(t)
	if _, faults, code := on(t, pgtest.New(t), "").with("ZHENGXIN_KEY_DIR", other).command(t, "", "backup", filepath.Join(t.TempDir(), "x")); code != 0 {
		t.Fatalf("another office's backup: %s", faults)
	}
	restore(dir, filepath.Join(other, "backup.key"), "打不开")
	if _, faults, code := newOffice(t).with("ZHENGXIN_KEY_DIR", other).command(t, "", "restore", dir, "--key", key); code != 1 || !strings.Contains(faults, "签名与这里的 office.key 不符") {
		t.Errorf("beside another office's keys: code %d, says %s", code, faults)
	}

	// With its key and without office.key it is what a dump is: texts, no identity.
	thief := pgtest.Empty(t)
	if out, faults, code := on(t, thief, "").command(t, "", "restore", dir, "--key", key); code != 0 || !strings.Contains(out, "没有核对备份的签名") {
		t.Fatalf("with the key alone: code %d, says %s%s", code, out, faults)
	}
	var stolen bytes.Buffer
	if err := pg.Dump(t.Context(), thief.URL(""), "", &stolen, "--format=plain"); err != nil {
		t.Fatal(err)
	}
	if text := stolen.String(); !strings.Contains(text, "金丝雀的经过") || strings.Contains(text, "王金丝雀") || strings.Contains(text, receipt.Code) {
		t.Error("the identity or the code is among what the backup key alone opens")
	}

	dump := filepath.Join(dir, "database.dump.age")
	whole, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	older, err := os.ReadFile(filepath.Join(further, "database.dump.age"))
	if err != nil {
		t.Fatal(err)
	}
	turned := bytes.Clone(whole)
	turned[len(turned)/2] ^= 1
	for what, raw := range map[string][]byte{"cut": whole[:len(whole)-1], "turned": turned, "of another backup": older} {
		if err := os.WriteFile(dump, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Log(what)
		restore(dir, key, "损坏、不完整或被改过")
	}
	if err := os.WriteFile(dump, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	restore(dir, key, "chmod 600")
}

// Without office.key a restored database is what a thief of a dump has: texts,
// and no identity. The drill says what it could not check.
func TestADrillSaysHowLongItTookWhatItSawAndWhatWasNotAsItWas(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	receipt := o.File(t, complainttest.Intake())
	dir := filepath.Join(t.TempDir(), "today")
	from := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir)
	if _, faults, code := from.command(t, "", "backup", dir); code != 0 {
		t.Fatalf("backup: %s", faults)
	}
	out, faults, code := from.command(t, receipt.Code+"\n", "drill", dir, "--number", receipt.Number)
	for _, want := range []string{"秒  合计", "行，都相同", "两个密钥文件都是本平台的", "1 件、1 条，0 处对不上，0 条没有密钥", "打得开", "核对查询码：对", "查过的都对"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("code %d and no %q in %s%s", code, want, out, faults)
		}
	}
	if strings.Contains(out, complainttest.Intake().Contact.Name) || strings.Contains(out, receipt.Code) {
		t.Error("the drill shows what it opened")
	}
	left, err := filepath.Glob(filepath.Join(from["ZHENGXIN_DATA_DIR"], "drill-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}

	without := newOffice(t)
	out, faults, code = without.command(t, "", "drill", dir, "--key", filepath.Join(o.Keys.Dir, "backup.key"))
	for _, want := range []string{"没有核对备份的签名", "这里没有密钥文件", "1 条没有密钥可核对", "没有打开"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("without keys: code %d and no %q in %s%s", code, want, out, faults)
		}
	}

	if _, err := o.DB.Owner.Exec(t.Context(), `ALTER TABLE event DISABLE TRIGGER USER; UPDATE event SET public_text = 'x'; GRANT SELECT ON identity TO zhengxin_portal`); err != nil {
		t.Fatal(err)
	}
	tampered := filepath.Join(t.TempDir(), "tampered")
	if _, faults, code := from.command(t, "", "backup", tampered); code != 0 {
		t.Fatalf("backup: %s", faults)
	}
	out, faults, code = from.command(t, "AAAA-AAAA-AAAA-AAAA\n", "drill", tampered, "--number", receipt.Number)
	for _, want := range []string{"少了 relation public.identity", "1 处对不上", "核对查询码：不对"} {
		if code != 1 || !strings.Contains(out, want) {
			t.Errorf("tampered: code %d and no %q in %s%s", code, want, out, faults)
		}
	}
}

// R9: who restores gets an office that works, not tables.
func TestARestoredOfficeOnANewServerHasEveryRightAndItsJobsRun(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	dir := filepath.Join(t.TempDir(), "today")
	if out, faults, code := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir).command(t, "", "backup", dir); code != 0 {
		t.Fatalf("backup: code %d, says %s%s", code, out, faults)
	}
	to := newOffice(t).with("ZHENGXIN_KEY_DIR", o.Keys.Dir)
	if out, faults, code := to.command(t, "", "restore", dir); code != 0 {
		t.Fatalf("restore: code %d, says %s%s", code, out, faults)
	}
	worker := to.start(t, "worker")
	worker.says(t, "已经启动")
	as := to.private(t)

	// The limits of roles are the program's to set, and a test's database has none.
	limits := func(line string) bool {
		return strings.HasPrefix(line, "setting of zhengxin_") || strings.HasPrefix(line, "role zhengxin_")
	}
	migrated, err1 := pg.Rights(t.Context(), o.DB.Owner)
	restored, err2 := pg.Rights(t.Context(), as(pg.Owner))
	if !slices.ContainsFunc(restored, func(line string) bool { return strings.HasPrefix(line, "setting of zhengxin_portal here") }) {
		t.Error("the restored database has no limits")
	}
	migrated, restored = slices.DeleteFunc(migrated, limits), slices.DeleteFunc(restored, limits)
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

// A private server's day: the dump, and a base with the log since.
func TestThePrivateServersOwnBackupComesBackElsewhere(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	first := office.start(t, "all")
	first.says(t, "备份私钥还在这台机器上")
	first.says(t, "按 Ctrl-C 停止")
	if _, faults, code := office.command(t, "", "backup"); code != 1 || !strings.Contains(faults, "另写一个新文件夹") {
		t.Errorf("beside all: code %d, says %s", code, faults)
	}
	if code := first.interrupt(t); code != 0 {
		t.Fatalf("ends with %d:\n%s", code, first.faults.String())
	}
	if out, faults, code := office.command(t, "", "backup"); code != 0 {
		t.Fatalf("backup: code %d, says %s%s", code, out, faults)
	}
	kept := filepath.Join(office["ZHENGXIN_DATA_DIR"], "backup")
	archives, err := filepath.Glob(filepath.Join(kept, "wal-*"))
	if err != nil || len(archives) != 1 {
		t.Fatalf("archives %v: %v", archives, err)
	}
	elsewhere := newOffice(t).with("ZHENGXIN_KEY_DIR", filepath.Join(office["ZHENGXIN_DATA_DIR"], "keys"))
	if out, faults, code := elsewhere.command(t, "", "drill", archives[0]); code != 0 || !strings.Contains(out, "查过的都对") {
		t.Errorf("drill: code %d, says %s%s", code, out, faults)
	}
	if out, faults, code := elsewhere.command(t, "", "restore", archives[0]); code != 0 || !strings.Contains(out, "段日志恢复") {
		t.Fatalf("restore: code %d, says %s%s", code, out, faults)
	}
	if out, faults, code := elsewhere.command(t, "", "staff", "list"); code != 0 || !strings.Contains(out, "registrar") {
		t.Errorf("the restored office: code %d, says %s%s", code, out, faults)
	}
	if _, faults, code := elsewhere.command(t, "", "restore", archives[0]); code != 1 || !strings.Contains(faults, "不会覆盖") {
		t.Errorf("over an office: code %d, says %s", code, faults)
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
