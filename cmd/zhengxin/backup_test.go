package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
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
		to = to.withKeys(t, "office.key") // another office's: the signatures are not its to check
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
