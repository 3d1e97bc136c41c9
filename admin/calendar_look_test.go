package admin

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestTheCalendarAndItsAlarmStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.until(2027, time.December, 17)
	w.File(t, complainttest.Intake())
	site, people := w.serve(t), browser.New(t)
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		sys := w.sits(t, people, site, width, "sys"+suffix, "柯维安", staff.Sysadmin, complainttest.DeskUnit)
		desk := w.sits(t, people, site, width, "reg"+suffix, "苏晓禾", staff.Registrar, complainttest.DeskUnit)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name + suffix)
		}
		desk.Open(site + "/")
		check(desk, "home-alarm")
		sys.Open(site + "/")
		check(sys, "home-alarm-sys")
		sys.Open(site + "/calendar")
		check(sys, "calendar")
		sys.Open(site + "/calendar/import")
		check(sys, "calendar-import")
		sys.Fill("text", "日期,安排\n2028-01-01,放假\n2028-01-04,上班\n元旦放假三天\n")
		sys.Press("看会改什么")
		check(sys, "calendar-wrong")
		text := year2028
		if suffix == "-small" { // another version than the wide one's, whichever comes first
			text = strings.Replace(text, "2028/1/8", "2028/1/15", 1)
		}
		sys.Fill("text", text)
		sys.Press("看会改什么")
		check(sys, "calendar-plan")
		if suffix == "-wide" {
			sys.Press("导入")
			check(sys, "calendar-done")
		}
		sys.Quiet(t)
		desk.Quiet(t)
	}
}
