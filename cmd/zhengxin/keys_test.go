package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// Whatever uses a key file, with whose login.
var keyed = []struct {
	role, file string
	args       []string
}{
	{pg.RolePortal, "portal.key", []string{"portal"}},
	{pg.RoleAdmin, "office.key", []string{"admin"}},
	{pg.RoleWorker, "office.key", []string{"worker"}},
	{pg.RoleAdmin, "office.key", []string{"verify"}},
	{pg.RoleAdmin, "portal.key", []string{"verify"}},
	{pg.RoleAdmin, "office.key", []string{"import", "complaints", "-"}},
}

// refused expects every process and command to name the file that is not this
// office's.
func refused(t *testing.T, db *pgtest.DB, dir string) {
	t.Helper()
	for _, c := range keyed {
		_, faults, code := on(t, db, c.role).holding(t, dir, c.file).command(t, "", c.args...)
		if code != 1 || !strings.Contains(faults, "密钥文件 "+c.file+" 不是本平台的") {
			t.Errorf("%v with another office's %s: code %d, says %s", c.args, c.file, code, faults)
		}
	}
	_, faults, code := on(t, db, "").with("ZHENGXIN_KEY_DIR", dir).command(t, "", "all")
	if code != 1 || !strings.Contains(faults, "不是本平台的") {
		t.Errorf("all with another office's keys: code %d, says %s", code, faults)
	}
	_, faults, code = on(t, db, "").with("ZHENGXIN_KEY_DIR", dir).command(t, "", "keys", "accept")
	if code != 1 || !strings.Contains(faults, "不是本平台的") {
		t.Errorf("another office's keys are accepted: code %d, says %s", code, faults)
	}
}

func TestAnotherOfficesKeysAreRefusedByEveryStart(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for _, c := range keyed[:3] {
		p := on(t, o.DB, c.role).holding(t, o.Keys.Dir, c.file).start(t, c.args...)
		p.says(t, "已经启动")
		if code := p.interrupt(t); code != 0 {
			t.Errorf("%s: ends with %d:\n%s", c.args, code, p.faults.String())
		}
	}
	refused(t, o.DB, newKeys(t))
}

// An office older than the list of keys: what it has sealed says whose it is.
func TestWhereSomethingIsSealedAlreadyAForeignSetIsNotTakenForTheFirst(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	foreign := newKeys(t)
	for _, process := range []string{"portal", "verify"} {
		_, faults, code := on(t, o.DB, "").holding(t, foreign, "portal.key").command(t, "", process)
		if code != 1 || !strings.Contains(faults, "portal.key 不是本平台的") || !strings.Contains(faults, "身份密钥") {
			t.Errorf("%s: code %d, says %s", process, code, faults)
		}
	}
	known, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*) FROM office_key`, nil)
	if err != nil || known != 0 {
		t.Errorf("%d keys of a foreign set were taken: %v", known, err)
	}
	if out, faults, code := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir).command(t, "", "verify"); code != 0 {
		t.Errorf("its own: code %d, says %s%s", code, out, faults)
	}
	refused(t, o.DB, foreign)
}

func TestHalfAForeignSetIsRefused(t *testing.T) {
	t.Parallel()
	db, own := pgtest.New(t), newKeys(t)
	first := on(t, db, pg.RolePortal).holding(t, own, "portal.key").start(t, "portal")
	first.says(t, "已经启动")
	_, faults, code := on(t, db, pg.RoleAdmin).holding(t, newKeys(t), "office.key").command(t, "", "admin")
	if code != 1 || !strings.Contains(faults, "office.key 不是本平台的") {
		t.Errorf("code %d, says %s", code, faults)
	}
	left, err := pg.One[string](t.Context(), db.Owner, `SELECT string_agg(purpose, ', ' ORDER BY purpose) FROM office_key`, nil)
	if err != nil || left != "code, identity, portal event" {
		t.Errorf("known are %s: %v", left, err)
	}
}

// A rotation puts a new key in front of the old one; only the command makes it
// the office's.
func TestANewKeyIsTakenByCommandAndTheOldFileIsRefusedThen(t *testing.T) {
	t.Parallel()
	db, old, further, renewed := pgtest.New(t), newKeys(t), newKeys(t), t.TempDir()
	office := func(dir string) surroundings { return on(t, db, "").with("ZHENGXIN_KEY_DIR", dir) }
	if _, faults, code := office(old).command(t, "", "verify"); code != 0 {
		t.Fatalf("verify: %s", faults)
	}
	for _, name := range []string{"office.key", "portal.key"} {
		inFront(t, further, old, renewed, name)
	}
	if _, faults, code := office(renewed).command(t, "", "verify"); code != 1 || !strings.Contains(faults, "不认识") || !strings.Contains(faults, "keys accept") {
		t.Errorf("before it is accepted: code %d, says %s", code, faults)
	}
	if out, faults, code := office(renewed).command(t, "", "keys", "accept"); code != 0 || !strings.Contains(out, "新登记 5 把") {
		t.Errorf("accept: code %d, says %s%s", code, out, faults)
	}
	if _, faults, code := office(renewed).command(t, "", "verify"); code != 0 {
		t.Errorf("after it: code %d, says %s", code, faults)
	}
	if _, faults, code := office(old).command(t, "", "verify"); code != 1 || !strings.Contains(faults, "缺少") {
		t.Errorf("the old file: code %d, says %s", code, faults)
	}
}

// inFront writes a key file with the keys of two, purpose by purpose.
func inFront(t *testing.T, first, second, into, name string) {
	t.Helper()
	read := func(dir string) map[string]any {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := json.Unmarshal(raw, &file); err != nil {
			t.Fatal(err)
		}
		return file
	}
	a, b := read(first), read(second)
	for purpose, keys := range a {
		if list, ok := keys.([]any); ok {
			a[purpose] = append(list, b[purpose].([]any)...)
		}
	}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(into, name), raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
