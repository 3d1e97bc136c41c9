package admin

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/backup"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/daybook"
	"zhengxin/internal/heads"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/verify"
)

// How the office is kept is read at the desk, from what is noted where it is done.
func TestHowTheOfficeIsKeptIsReadAtTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sum, failed := verify.Sum{Chains: audit.Summary{Matters: 7, Events: 40}, Office: daybook.Summary{Events: 2}, Heads: heads.Compared{Days: 3}}, error(nil)
	var waits []func()
	w.desk.Verify = func(context.Context) (verify.Sum, error) { return sum, failed }
	w.desk.Behind = func(work func()) { waits = append(waits, work) }
	sys, auditor := w.signIn(t, "sys", "柯维安", staff.Sysadmin, ""), w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	over := w.signIn(t, "super", "何青", staff.Supervisor, complainttest.DeskUnit)
	state := func(set string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE backup_state SET `+set+` WHERE @now::timestamptz IS NOT NULL`, pg.Args{"now": w.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	kept := func(m member) string { return m.Get(t, "/watch").Want(t, 200).Text("#kept") }
	if got := kept(sys); !strings.Contains(got, "还没有做过") || !strings.Contains(got, "还没有练过") || !strings.Contains(got, "还没有核对过") || !strings.Contains(got, "还没有存过，或者用的是已有的数据库") || strings.Contains(got, "停了") {
		t.Errorf("before anything: %s", got)
	}
	state(`made_at = @now::timestamptz, kept_at = @now::timestamptz - interval '31 minutes', apart = false`)
	if err := backup.NoteDrill(t.Context(), w.DB.Owner, w.Now().Add(-time.Hour), 0, true, w.Now()); err != nil {
		t.Fatal(err)
	}
	if got := kept(sys); !strings.Contains(got, "和数据在同一块磁盘上") || !strings.Contains(got, "停了") || !strings.Contains(got, "练的是") {
		t.Errorf("the log lies about: %s", got)
	}
	if got := sys.Get(t, "/").Want(t, 200).Text("main"); !strings.Contains(got, "日志段没有存下来") {
		t.Errorf("nobody is told: %s", got)
	}
	state(`kept_at = @now::timestamptz, apart = true`)
	if got := kept(sys); strings.Contains(got, "停了") || !strings.Contains(got, "不在同一块磁盘") {
		t.Errorf("mended: %s", got)
	}

	page := over.Get(t, "/watch").Want(t, 200)
	if page.Has("[data-action=verify]") {
		t.Error("a supervisor may have it verified")
	}
	over.Post(t, "/watch/verify", url.Values{"_csrf": {over.Get(t, "/account").Attr("[name=_csrf]", "value")}}).Want(t, 404)
	begun := auditor.Get(t, "/watch").Submit(t, "#kept form", nil).Want(t, 200)
	if !strings.Contains(begun.Text(".banner-done"), "开始核对") || !begun.Has("[data-action=verify][disabled]") || !strings.Contains(begun.Text("#kept"), "孙静正在核对") {
		t.Errorf("begun: %s", begun.Text("main"))
	}
	waits[0]()
	if got := kept(over); !strings.Contains(got, "没有发现改动") || !strings.Contains(got, "核对了 7 件、42 条记录，对照了 3 天") {
		t.Errorf("whole: %s", got)
	}
	sum.Chains.Broken = 2
	sys.Get(t, "/watch").Submit(t, "#kept form", nil).Want(t, 200)
	waits[1]()
	if got := kept(sys); !strings.Contains(got, "2 处对不上") {
		t.Errorf("broken: %s", got)
	}
	for name, m := range map[string]member{"sysadmin": sys, "auditor": auditor} {
		if got := m.Get(t, "/").Want(t, 200).Text("main"); !strings.Contains(got, "核对签名有 2") {
			t.Errorf("the %s is not told: %s", name, got)
		}
	}
	failed = errors.New("x")
	sys.Get(t, "/watch").Submit(t, "#kept form", nil)
	waits[2]()
	sys.Get(t, "/watch").Submit(t, "#kept form", nil)
	sys.Get(t, "/watch") // this one never ends
	w.Wait(2 * time.Hour)
	sys2 := w.signIn(t, "sysb", "郑同", staff.Sysadmin, "")
	if got := kept(sys2); !strings.Contains(got, "没有核对成") || !strings.Contains(got, "中断了") || sys2.Get(t, "/watch").Has("[data-action=verify][disabled]") {
		t.Errorf("broken off: %s", got)
	}
	if strings.Contains(w.log.String(), "柯维安") {
		t.Error("a name is in the log")
	}
}
