package admin

import (
	"context"
	"net"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
)

// serve puts the desk behind a real listener.
func (w *workplace) serve(t *testing.T) string {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	site := "http://" + ln.Addr().String()
	twin := w.twin()
	app := twin.App(web.Config{URL: site})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- app.ServeListener(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return site
}

// sits opens a tab for somebody new at the desk.
func (w *workplace) sits(t *testing.T, b *browser.Browser, site string, width int, login, name string, role staff.Role, unit string) *browser.Tab {
	t.Helper()
	if _, err := w.desk.Staff.Add(t.Context(), staff.Account{Login: login, Name: name, Role: role, Unit: unit}, goodPassword); err != nil {
		t.Fatal(err)
	}
	tab := b.Person(t, width)
	tab.Open(site + "/login")
	tab.Fill("login", login)
	tab.Fill("password", goodPassword)
	tab.Press("登录")
	w.known[login] = tab.Attribute("[data-totp-secret]", "data-totp-secret")
	code, err := totp.GenerateCode(w.known[login], w.Now())
	if err != nil {
		t.Fatal(err)
	}
	tab.Fill("otp", code)
	tab.Press("绑定并进入工作台")
	return tab
}

func TestTheMatterAndItsAnswerStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	site, people := w.serve(t), browser.New(t)
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		number := w.File(t, complainttest.Intake()).Number
		desk := w.sits(t, people, site, width, "desk"+suffix, "何敏", staff.Supervisor, complainttest.DeskUnit)
		unit := w.sits(t, people, site, width, "unit"+suffix, "陆远", staff.Handler, complainttest.Finance)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot(name)
		}
		desk.Open(site + "/register")
		check(desk, "register-who")
		desk.Press("企业")
		desk.Fill("organisation", "青禾路桥工程有限公司")
		desk.Fill("name", "王建国")
		check(desk, "register")
		desk.Choose("complainant_kind", "citizen") // the script changes the fields, and nothing else
		desk.Await("#register-contact", "先前填的单位全称“青禾路桥工程有限公司”这里不用")
		if desk.Value("name") != "王建国" || desk.Has("input[type=text][name=organisation]") {
			t.Error("the fields of a citizen are not in place")
		}
		check(desk, "register-changed")
		desk.Press("登记")
		check(desk, "register-wrong")
		desk.Fill("unit_name", "东岭")
		desk.Press("查找单位")
		check(desk, "register-found")
		desk.Open(site + "/complaints/" + number)
		check(desk, "matter-new")
		desk.Press("register")
		check(desk, "matter-registered")
		desk.Press("accept")
		check(desk, "matter-wrong")
		desk.Choose("nature", "RED")
		desk.Press("accept")
		check(desk, "matter-dispatch")
		desk.Choose("lead", complainttest.DeskUnit)
		desk.Press("dispatch")
		check(desk, "dispatch-doubt")
		desk.Choose("lead", complainttest.Finance)
		desk.Press("dispatch")
		check(desk, "matter-dispatched")
		unit.Open(site + "/complaints/" + number)
		unit.Press("sign")
		check(unit, "matter-unit")
		unit.Open(site + "/complaints/" + number + "/draft_answer")
		check(unit, "draft")
		team[staff.Handler].does(number, complaint.DraftAnswer, draftOf("该工程2024年8月20日验收合格，合同价款 2,186,500.00 元，已付 900,000.00 元，尚欠 1,286,500.00 元。")...)
		team[staff.UnitHead].does(number, complaint.ApproveAnswer)
		team[staff.Supervisor].does(number, complaint.SendBack, "note", "合同有没有约定以审计结果作为结算依据？")
		team[staff.Handler].does(number, complaint.DraftAnswer, draftOf("该工程2024年8月20日验收合格，合同价款 2,186,500.00 元，已付 900,000.00 元，尚欠 1,286,500.00 元。合同第九条没有约定以审计结果作为结算依据。")...)
		team[staff.UnitHead].does(number, complaint.ApproveAnswer)
		team[staff.Handler].does(number, complaint.Note, "note", "镇里报来的付款计划只到 80 万元，剩余部分说要等审计。")
		desk.Open(site + "/complaints/" + number)
		check(desk, "matter")
		prints := func(what string, inside ...string) {
			t.Helper()
			printed := desk.Printed()
			for _, words := range inside {
				if strings.Contains(printed, words) {
					t.Errorf("%s prints %q", what, words)
				}
			}
			if !strings.Contains(printed, "打印") || !strings.Contains(printed, number) {
				t.Errorf("%s prints no foot: %s", what, printed)
			}
		}
		prints("the matter", "付款计划", "以审计结果作为结算依据？", "现在您可以")
		desk.Open(site + "/complaints/" + number + "/answer")
		check(desk, "answer")
		if desk.Has("del") {
			t.Error("the answer opens with what was struck out of it")
		}
		prints("the answer", "逐条核对", "请留意", "送出以后")
		desk.Open(site + "/complaints/" + number + "/answer?as=changes")
		check(desk, "answer-changes")
		if !desk.Has("ins") {
			t.Error("nothing is marked in the comparison")
		}
		prints("the comparison", "加上：", "删去：", "逐条核对")
		desk.Open(site + "/complaints/" + number + "/answer?as=seen")
		check(desk, "answer-seen")
		desk.Open(site + "/complaints/" + number)
		desk.Click("要打开，先写理由")
		desk.Within(".sealed").Fill("public", "要电话核实验收日期")
		desk.Press("open_identity")
		check(desk, "identity")
		if printed := desk.Printed(); !strings.Contains(printed, "投诉人身份不打印") || strings.Contains(printed, "手机") {
			t.Errorf("the identity prints: %s", printed)
		}
		team[staff.Leader].does(number, complaint.Reply)
		if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'rated' WHERE number = $1`, number); err != nil {
			t.Fatal(err)
		}
		if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE complaint SET rating = 'dissatisfied', solved = 'unsolved' WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`, number); err != nil {
			t.Fatal(err)
		}
		desk.Open(site + "/complaints/" + number)
		check(desk, "matter-unheard")
	}
}
