package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// on is an office on an existing server, with the login of a role ("" is the
// owner).
func on(t *testing.T, db *pgtest.DB, role string) surroundings {
	t.Helper()
	return newOffice(t).with("ZHENGXIN_DATABASE_URL", db.URL(role))
}

// withKeys gives an office one of two new key files, or both.
func (s surroundings) withKeys(t *testing.T, names ...string) surroundings {
	t.Helper()
	return s.holding(t, newKeys(t), names...)
}

// newKeys is a folder with the files of a new office.
func newKeys(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	return dir
}

// holding gives an office some of the files in a folder.
func (s surroundings) holding(t *testing.T, dir string, names ...string) surroundings {
	t.Helper()
	kept := t.TempDir()
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(kept, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s.with("ZHENGXIN_KEY_DIR", kept)
}

func TestEachProcessAloneReadsItsOwnKeyAndNoOther(t *testing.T) {
	t.Parallel()
	db, keys := pgtest.New(t), newKeys(t)
	for _, c := range []struct{ process, role, own, other, addr string }{
		{"portal", pg.RolePortal, "portal.key", "office.key", "ZHENGXIN_PORTAL_ADDR"},
		{"admin", pg.RoleAdmin, "office.key", "portal.key", "ZHENGXIN_ADMIN_ADDR"},
		{"worker", pg.RoleWorker, "office.key", "portal.key", ""},
	} {
		office := on(t, db, c.role)
		_, faults, code := office.holding(t, keys, c.other).command(t, "", c.process)
		if code != 1 || !strings.Contains(faults, c.own) {
			t.Errorf("%s with %s alone: code %d, says %s", c.process, c.other, code, faults)
		}
		p := office.holding(t, keys, c.own).start(t, c.process)
		p.says(t, "已经启动")
		if c.addr != "" {
			p.ready(t, office[c.addr])
		}
		if strings.Contains(p.faults.String(), "SET ROLE") {
			t.Errorf("%s with its own login takes on a role", c.process)
		}
		if code := p.interrupt(t); code != 0 {
			t.Errorf("%s ends with %d:\n%s", c.process, code, p.faults.String())
		}
	}
}

func TestAProcessAloneRefusesAnUnmigratedDatabaseAndLeavesItAlone(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	for _, process := range []string{"portal", "admin", "worker"} {
		_, faults, code := on(t, db, "").withKeys(t, "portal.key", "office.key").command(t, "", process)
		if code != 1 || !strings.Contains(faults, "zhengxin migrate") {
			t.Errorf("%s: code %d, says %s", process, code, faults)
		}
	}
	private := newOffice(t).withKeys(t, "portal.key")
	if _, faults, code := private.command(t, "", "portal"); code != 1 || !strings.Contains(faults, "zhengxin migrate") {
		t.Errorf("private: code %d, says %s", code, faults)
	}
	tables, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`, nil)
	if err != nil || tables != 0 {
		t.Errorf("%d tables were made: %v", tables, err)
	}
}

func TestALoginWithAnotherProcessesRightsIsRefused(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	_, faults, code := on(t, db, pg.RolePortal).withKeys(t, "office.key").command(t, "", "admin")
	if code != 1 || !strings.Contains(faults, "不能使用角色 "+pg.RoleAdmin) {
		t.Errorf("code %d, says %s", code, faults)
	}
}

func TestTheOwnersURLServesAllAndEachPartTakesItsRole(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	office := on(t, db, "")
	p := office.start(t, "all")
	p.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	p.says(t, "按 Ctrl-C 停止")
	for _, role := range []string{pg.RolePortal, pg.RoleAdmin, pg.RoleWorker} {
		if !strings.Contains(p.faults.String(), "role="+role) {
			t.Errorf("nothing is said about %s:\n%s", role, p.faults.String())
		}
	}
	if _, err := os.Stat(filepath.Join(office["ZHENGXIN_DATA_DIR"], "postgres")); err == nil {
		t.Error("a private server was made beside the existing one")
	}
	if code := p.interrupt(t); code != 0 {
		t.Errorf("ends with %d:\n%s", code, p.faults.String())
	}
	if out, faults, code := office.command(t, "", "verify"); code != 0 || !strings.Contains(out, "核对了 0 件") {
		t.Errorf("verify: code %d, says %s%s", code, out, faults)
	}
}

func TestTheWorkerSweepsWhatRanOutAndPublishesWhatIsOver(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	_, err := db.Owner.Exec(t.Context(), `
		INSERT INTO captcha (id, digits, expires_at) VALUES ('old', '\x01', now() - interval '1 minute'), ('new', '\x01', now() + interval '10 minutes')`)
	if err != nil {
		t.Fatal(err)
	}
	p := on(t, db, pg.RoleWorker).withKeys(t, "office.key").start(t, "worker")
	p.await(t, "the old captcha is gone", func() bool {
		n, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM captcha WHERE id = 'old'`, nil)
		return err == nil && n == 0
	})
	p.await(t, "its job is done", func() bool {
		n, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM river_job WHERE kind = 'sweep' AND state = 'completed'`, nil)
		return err == nil && n == 1
	})
	if n, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM captcha`, nil); err != nil || n != 1 {
		t.Errorf("%d captchas are left: %v", n, err)
	}
	if published, err := pg.One[bool](t.Context(), db.Owner, `SELECT EXISTS (SELECT FROM county_day) AND EXISTS (SELECT FROM figure_quarter)`, nil); err != nil || !published {
		t.Errorf("no figures are published: %v", err)
	}
	if code := p.interrupt(t); code != 0 {
		t.Errorf("ends with %d:\n%s", code, p.faults.String())
	}
	if said := p.faults.String(); strings.Contains(said, "level=ERROR") || strings.Contains(said, "job failed") {
		t.Errorf("it complains:\n%s", said)
	}
}

func TestAnAccountIsAddedWithAPasswordFromStandardInput(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	office := on(t, db, pg.RoleAdmin)
	units := "code,name,kind\nJX-A1,某某局,department\nbad,某某,department\n"
	out, faults, code := office.command(t, units, "import", "units", "-")
	if code != 0 || !strings.Contains(out, "新增 1 个") || !strings.Contains(out, "第 3 行 bad") {
		t.Errorf("import: code %d, says %s%s", code, out, faults)
	}
	// A code that breaks the rule is asked about and comes in; a check takes nothing.
	asked := "code,name,kind,uscc\nJX-A2,某某二局,department,91350203M0001QKT19\n"
	for _, args := range [][]string{{"--check"}, nil} {
		out, faults, code := office.command(t, asked, append([]string{"import", "units", "-"}, args...)...)
		if code != 0 || !strings.Contains(out, "第 2 行 JX-A2：统一社会信用代码的最后一位（校验码）和规则对不上，可能有一位写错了。照收") || !strings.Contains(out, "新增 1 个，更改 0 个，没有变化 0 个，没有收下 0 行") ||
			strings.Contains(out, "只是检查") != (args != nil) {
			t.Errorf("import %v: code %d, says %s%s", args, code, out, faults)
		}
	}
	add := func(password string, args ...string) (string, int) {
		_, faults, code := office.command(t, password+"\n", append([]string{"staff", "add"}, args...)...)
		return faults, code
	}
	if faults, code := add("correct horse battery", "--login", "wang", "--name", "王某", "--role", "handler", "--unit", "JX-A1"); code != 0 {
		t.Errorf("code %d, says %s", code, faults)
	}
	if faults, code := add("correct horse battery", "--login", "wang", "--name", "王某", "--role", "handler", "--unit", "JX-A1"); code != 1 || !strings.Contains(faults, "已经有人用") {
		t.Errorf("twice: code %d, says %s", code, faults)
	}
	if faults, code := add("", "--login", "li", "--name", "李某", "--role", "mayor"); code != 1 || !strings.Contains(faults, "mayor") || !strings.Contains(faults, "密码") {
		t.Errorf("bad: code %d, says %s", code, faults)
	}
	if faults, code := add("correct horse battery", "--login", "li"); code == 0 || !strings.Contains(faults, "--name") {
		t.Errorf("incomplete: code %d, says %s", code, faults)
	}
}

func TestConfigGivesTheDatabaseInFullAndMasksTheRest(t *testing.T) {
	t.Parallel()
	office := newOffice(t).with("ZHENGXIN_SMTP_URL", "smtps://xf:geheim@mail.example.org:465", "ZHENGXIN_MAIL_FROM", "xf@example.org",
		"ZHENGXIN_PORTAL_ADRR", "127.0.0.1:1")
	out, faults, code := office.command(t, "", "config")
	if code != 0 {
		t.Fatalf("code %d, says %s", code, faults)
	}
	for _, want := range []string{
		"database_url=postgres://zhengxin@/zhengxin?host=", "smtp_url=smtps://xf:***@mail.example.org:465\n",
		"portal_url=http://" + office["ZHENGXIN_PORTAL_ADDR"] + "\n", "key_dir=" + office["ZHENGXIN_DATA_DIR"] + "/keys\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out+faults, "geheim") {
		t.Error("the mail password is shown")
	}
	if !strings.Contains(faults, "ZHENGXIN_PORTAL_ADRR") {
		t.Errorf("a misspelt variable is not told: %s", faults)
	}
	existing := office.with("ZHENGXIN_DATABASE_URL", "postgres://u:pw@db.example.org/zx")
	if out, _, _ := existing.command(t, "", "config"); !strings.Contains(out, "database_url=postgres://u:pw@db.example.org/zx\n") {
		t.Errorf("an existing server is not given in full:\n%s", out)
	}
}

func TestTheURLThatConfigGivesIsTheRunningDatabases(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	if _, faults, code := office.command(t, "", "migrate"); code != 0 {
		t.Fatalf("migrate: %s", faults)
	}
	worker := office.with("ZHENGXIN_KEY_DIR", office.withKeys(t, "office.key")["ZHENGXIN_KEY_DIR"]).start(t, "worker")
	worker.says(t, "已经启动")
	out, _, _ := office.command(t, "", "config")
	_, url, _ := strings.Cut(out, "database_url=")
	url, _, _ = strings.Cut(url, "\n")
	pool, err := pg.Open(t.Context(), url, pg.Options{MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if v, err := pg.SchemaVersion(t.Context(), pool); err != nil || v == 0 {
		t.Errorf("version %d: %v", v, err)
	}
}

func TestAllWrongSettingsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	office := newOffice(t).with("ZHENGXIN_PORTAL_ADDR", "here", "ZHENGXIN_LOG_FORMAT", "xml")
	_, faults, code := office.command(t, "", "all")
	if code != 1 || !strings.Contains(faults, "ZHENGXIN_PORTAL_ADDR") || !strings.Contains(faults, "ZHENGXIN_LOG_FORMAT") {
		t.Errorf("code %d, says %s", code, faults)
	}
}

func TestTheSchemaIsPrintedWithoutADatabaseAtHand(t *testing.T) {
	t.Parallel()
	out, faults, code := newOffice(t).command(t, "", "schema")
	if code != 0 || !strings.Contains(out, "CREATE TABLE public.matter") {
		t.Errorf("code %d, says %s%s", code, out, faults)
	}
}
