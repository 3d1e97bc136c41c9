package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/heads"
	"zhengxin/internal/pg"
)

// TestVerifySaysOfAnOfficeWhatItHolds: matters, the daybook from the desk's first
// start, and the lists outside the database; each fault in a sentence, and the end is 1.
func TestVerifySaysOfAnOfficeWhatItHolds(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	number := o.File(t, complainttest.Intake()).Number
	office := on(t, o.DB, "").with("ZHENGXIN_KEY_DIR", o.Keys.Dir)
	says := func(code int, args []string, want ...string) {
		t.Helper()
		out, faults, got := office.command(t, "", append([]string{"verify"}, args...)...)
		for _, w := range want {
			if !strings.Contains(out+faults, w) {
				t.Errorf("verify does not say %q:\n%s%s", w, out, faults)
			}
		}
		if got != code {
			t.Errorf("verify ends with %d:\n%s%s", got, out, faults)
		}
	}
	says(0, nil, "核对了 1 件、1 条记录。", "机构日志还没有开始", "里没有每日清单", "没有发现改动")

	desk := on(t, o.DB, pg.RoleAdmin).holding(t, o.Keys.Dir, "office.key").start(t, "admin")
	desk.says(t, "已经启动")
	if code := desk.interrupt(t); code != 0 {
		t.Errorf("the desk ends with %d", code)
	}
	dir := filepath.Join(t.TempDir(), "carried")
	if err := heads.Keep(t.Context(), o.DB.Worker, dir, o.Keys.Office.EventKey(), o.Now()); err != nil {
		t.Fatal(err)
	}
	disable := []string{"staff", "disable", "--login", "leader", "--reason", "离职"}
	if out, faults, code := on(t, o.DB, pg.RoleAdmin).with("ZHENGXIN_KEY_DIR", t.TempDir()).command(t, "", disable...); code != 1 || !strings.Contains(faults, "office.key") {
		t.Errorf("without the key: %d, %s%s", code, out, faults)
	}
	if out, faults, code := office.command(t, "", disable...); code != 0 {
		t.Errorf("with the key: %d, %s%s", code, out, faults)
	}
	says(0, []string{"--heads", dir}, "核对了机构日志 2 条", "对照了 1 天的每日清单，最新的是 2026-03-02", "没有发现改动")

	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = NULL; UPDATE complaint SET facts = 'x'; UPDATE access_code SET mac = 'x'`); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "2026-03-02.gz")); err != nil {
		t.Fatal(err)
	}
	says(1, []string{"--heads", dir}, number+" 的投诉的内容和第 1 条", number+" 的查询码和第 1 条", "账号 leader 和机构日志第 2 条", "2026-03-02 的每日清单不在了", "有 4 处对不上")
}
