package invitation_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/invitation"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// bench is an office with a roster and one invitation.
type bench struct {
	*complainttest.Office
	t           *testing.T
	invitations *invitation.Register
	number      string
}

func newBench(t *testing.T) *bench {
	t.Parallel()
	b := &bench{Office: complainttest.New(t), t: t}
	b.invitations = invitation.New(b.Desk.Office)
	if _, err := b.DB.Owner.Exec(t.Context(), `
		INSERT INTO member (kind, name, congress_session, credential_number, valid_to) VALUES
			('npc_deputy', '陈河', '第十六届', 'RD-001', NULL), ('npc_deputy', '李山', '第十六届', 'RD-002', NULL),
			('npc_deputy', '王强', '第十六届', 'RD-003', NULL), ('cppcc_member', '王强', '第十届', 'ZX-004', NULL),
			('npc_deputy', '周退', '第十六届', 'RD-005', '2025-12-31'), ('npc_deputy', '陈河', '第十五届', 'RD-006', '2025-12-31'),
			('cppcc_member', '林溪', '第十届', 'ZX-001', NULL)`); err != nil {
		t.Fatal(err)
	}
	return b
}

// with is a with some answers replaced; an empty one is taken away, and a day is written
// 2026-3-20.
func with(a workflow.Answers, pairs ...string) workflow.Answers {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		day := strings.Split(value, "-")
		switch {
		case len(day) == 3 && strings.Count(value, "-") == 2 && len(day[0]) == 4:
			a[name+"_year"], a[name+"_month"], a[name+"_day"] = day[:1], day[1:2], day[2:]
		case value == "":
			delete(a, name)
		case slices.Contains(pairs[:i], name) && i > 0:
			a[name] = append(a[name], value)
		default:
			a[name] = []string{value}
		}
	}
	return a
}

// asking is an invitation of three to an inspection; the office's clock is at 2 March 2026.
func asking(pairs ...string) workflow.Answers {
	return with(with(workflow.Answers{}, "sort", "inspection", "title", "视察窗口服务", "asked", "看承诺的时限有没有公开，办事要不要重复交材料。", "units", complainttest.Finance,
		"held_on", "2026-3-20", "hour", "上午 9 点", "place", "政务服务大厅门口", "reply_by", "2026-3-12", "report_by", "2026-4-3",
		"invitees", "陈河、李山\n林溪"), pairs...)
}

func (b *bench) begin(a workflow.Answers) (workflow.Done, error) {
	b.t.Helper()
	return b.invitations.Begin(b.t.Context(), workflow.Order{Action: invitation.Invite, By: b.People[staff.Registrar], Token: complainttest.Token(), Answers: a})
}

// invite writes an invitation and sends it.
func (b *bench) invite(a workflow.Answers) {
	b.t.Helper()
	b.write(a)
	b.do(invitation.Send)
}

func (b *bench) write(a workflow.Answers) {
	b.t.Helper()
	done, err := b.begin(a)
	if err != nil {
		b.t.Fatal(err, fault.FieldsOf(err))
	}
	b.number = done.Number
}

func (b *bench) try(action workflow.Action, pairs ...string) error {
	b.t.Helper()
	_, err := b.invitations.Move(b.t.Context(), workflow.Order{Number: b.number, Action: action, By: b.People[staff.Supervisor], Token: complainttest.Token(), Answers: with(workflow.Answers{}, pairs...)})
	return err
}

func (b *bench) do(action workflow.Action, pairs ...string) {
	b.t.Helper()
	if err := b.try(action, pairs...); err != nil {
		b.t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

func (b *bench) wantState(want workflow.State) *invitation.Invitation {
	b.t.Helper()
	p, err := b.invitations.Read(b.t.Context(), b.People[staff.Supervisor], b.number)
	if err != nil {
		b.t.Fatal(err)
	}
	if p.Matter.State != want {
		b.t.Fatalf("the invitation is %s, not %s", p.Matter.State, want)
	}
	return p
}

// until lets the days pass and the worker do what is due.
func (b *bench) until(year int, month time.Month, day int) {
	b.t.Helper()
	b.Wait(clock.NewDate(year, month, day).Begins().Add(10 * time.Hour).Sub(b.Now()))
	if _, err := (&workflow.Engine{Pool: b.DB.Worker, Key: b.Keys.Office.EventKey(), Clocks: clock.NewBook(b.DB.Worker, b.Now), Now: b.Now, Random: rand.Reader}).RunTimed(b.t.Context(), invitation.Law); err != nil {
		b.t.Fatal(err)
	}
}

// runs are the last days of the clocks that run.
func runs(p *invitation.Invitation) map[clock.Code]clock.Date {
	all := map[clock.Code]clock.Date{}
	for code, term := range p.Matter.Terms {
		if term.Running {
			all[code] = term.On
		}
	}
	return all
}

func wantFault(t *testing.T, err error, says string) {
	t.Helper()
	sentence := fault.SentenceOf(err)
	for _, f := range fault.FieldsOf(err) {
		sentence += "\n" + f.Name + ": " + f.Sentence
	}
	if err == nil || fault.KindOf(err) == fault.Internal || !strings.Contains(sentence, says) {
		t.Errorf("%v: %s\nwant %q", err, sentence, says)
	}
}

// verify walks every chain of the office.
func (b *bench) verify() {
	b.t.Helper()
	if _, err := audit.Walk(b.t.Context(), b.DB.Owner, key.NewEventKeys(b.Keys.Office, b.Keys.Portal), kinds.Lawful, func(f chain.Finding) {
		b.t.Errorf("chain: %s", f.Sentence)
	}); err != nil {
		b.t.Error(err)
	}
}

func standings(p *invitation.Invitation) (all []string) {
	for _, i := range p.Invitees {
		all = append(all, i.Name+p.Standing(i, p.Matter.State))
	}
	return all
}

func TestAnInvitationGoesFromTheLetterToTheAnsweredReports(t *testing.T) {
	b := newBench(t)
	b.invite(asking())
	p := b.wantState(invitation.Inviting)
	if len(p.Invitees) != 3 || p.Invitees[0].Member == 0 || p.About() != "县财政局" || p.Events[0].Public != "邀请视察：2026年3月20日上午 9 点，政务服务大厅门口。请在2026年3月12日以前（含当日）答复来不来。" {
		t.Errorf("%+v %s %s", p.Invitees, p.About(), p.Events[0].Public)
	}
	if got := runs(p); len(got) != 2 || got[clock.InviteReply] != clock.NewDate(2026, 3, 12) || got[clock.InviteDay] != clock.NewDate(2026, 3, 20) {
		t.Errorf("clocks %v", got)
	}
	b.do(invitation.Accept, "who", "1", "how", "phone")
	wantFault(t, b.try(invitation.Accept, "who", "1", "how", "phone"), "陈河现在是“接受”")
	wantFault(t, b.try(invitation.Decline, "who", "1", "how", "phone"), "陈河现在是“接受”")
	wantFault(t, b.try(invitation.Withdraw, "who", "1", "how", "phone"), "请写为什么来不了")
	wantFault(t, b.try(invitation.Withdraw, "who", "2", "how", "phone", "public", "出差"), "李山现在是“等答复”")
	wantFault(t, b.try(invitation.Accept, "who", "9", "how", "phone"), "没有这一位")
	b.do(invitation.Decline, "who", "2", "how", "paper", "public", "那天开会")
	wantFault(t, b.try(invitation.Hold, "came", "1", "public", "看了窗口"), "到那一天才能办")
	b.until(2026, 3, 13)
	p = b.wantState(invitation.Ready)
	if got := standings(p); !slices.Equal(got, []string{"陈河接受", "李山谢绝", "林溪未答复"}) {
		t.Errorf("after the day: %q", got)
	}
	b.do(invitation.Accept, "who", "3", "how", "visit") // late is not too late
	b.do(invitation.AddInvitee, "invitees", "王强 RD-003")
	if got := standings(b.wantState(invitation.Ready)); got[2] != "林溪接受" || got[3] != "王强等答复" {
		t.Errorf("late: %q", got)
	}
	b.until(2026, 3, 20)
	b.do(invitation.Hold, "came", "1", "came", "4", "public", "看了六个窗口，问了十位办事的人。")
	if got := runs(b.wantState(invitation.Held)); len(got) != 1 || got[clock.InviteReport] != clock.NewDate(2026, 4, 3) {
		t.Errorf("clocks %v", got)
	}
	wantFault(t, b.try(invitation.ReportSeen, "who", "3", "how", "paper", "seen", "排队"), "林溪现在是“接受”")
	b.do(invitation.Attend, "came", "3")
	b.do(invitation.ReportSeen, "who", "1", "how", "paper", "seen", "时限公开了。", "suggests", "材料清单贴出来")
	b.do(invitation.ReportSeen, "who", "1", "how", "phone", "seen", "时限公开了，有两个窗口没有。")
	wantFault(t, b.try(invitation.AnswerReport, "reporter", "4", "outcome", "adopted", "public", "照办"), "王强现在是“来了”")
	seen := b.wantState(invitation.Held).Matter.Seen["reports"]
	b.do(invitation.ReportSeen, "who", "3", "how", "paper", "seen", "重复交材料。", "suggests", "一次交清")
	wantFault(t, b.try(invitation.AnswerReport, "reporter", "1", "outcome", "adopted", "public", "照办", "reports", seen), "又来了报告")
	b.do(invitation.AnswerReport, "reporter", "1", "outcome", "partly", "public", "两个窗口月底以前补上。")
	wantFault(t, b.try(invitation.ReportSeen, "who", "1", "how", "paper", "seen", "还有"), "陈河现在是“报告已经答复”")
	b.until(2026, 4, 4)
	b.wantState(invitation.Reporting)
	b.do(invitation.ReportSeen, "who", "4", "how", "paper", "seen", "没有发现问题。") // after its day
	wantFault(t, b.try(invitation.Close), "还有报告没有答复")
	b.do(invitation.AnswerReport, "reporter", "3", "outcome", "refused", "public", "要等省里的系统。")
	b.do(invitation.AnswerReport, "reporter", "4", "outcome", "adopted", "public", "谢谢。")
	b.do(invitation.Close)
	b.wantState(invitation.Closed)
	b.verify()
}

func TestWhenAllHaveReportedNobodyWaitsForTheDay(t *testing.T) {
	b := newBench(t)
	b.invite(asking("sort", "third_party", "organisations", "某某大学法学院\n某某会计师事务所", "invitees", ""))
	b.until(2026, 3, 20)
	b.do(invitation.Hold, "came", "1", "public", "查了账")
	b.until(2026, 3, 21)
	b.wantState(invitation.Held)
	b.do(invitation.ReportSeen, "who", "1", "how", "paper", "seen", "账实相符。")
	b.until(2026, 3, 22)
	b.wantState(invitation.Reporting)
	b.verify()
}

// A new day asks everybody anew, also those who had accepted.
func TestAPostponedDayIsAnsweredAnew(t *testing.T) {
	b := newBench(t)
	b.invite(asking())
	b.do(invitation.Accept, "who", "1", "how", "phone")
	b.do(invitation.Withdraw, "who", "1", "how", "phone", "public", "出差")
	b.until(2026, 3, 13)
	b.do(invitation.Postpone, "held_on", "2026-4-20", "hour", "下午 3 点", "place", "镇政府", "reply_by", "2026-4-10", "report_by", "2026-5-3", "public", "大厅在装修")
	p := b.wantState(invitation.Inviting)
	if got := standings(p); !slices.Equal(got, []string{"陈河等答复", "李山等答复", "林溪等答复"}) {
		t.Errorf("%q", got)
	}
	if got := runs(p); got[clock.InviteReply] != clock.NewDate(2026, 4, 10) || got[clock.InviteDay] != clock.NewDate(2026, 4, 20) {
		t.Errorf("clocks %v", got)
	}
	b.do(invitation.Cancel, "public", "改为书面征求意见")
	b.wantState(invitation.Cancelled)
	b.verify()
}

func TestWhatAnInvitationMayNotSay(t *testing.T) {
	b := newBench(t)
	for says, pairs := range map[string][]string{
		"已经过了":             {"held_on", "2026-3-1"},
		"以前，或者当天":          {"reply_by", "2026-3-21"},
		"请写那以后的日子":         {"report_by", "2026-3-20"},
		"写了两遍":             {"invitees", "陈河、陈河"},
		"已经在受邀的人里":         {"invitees", "李山、李山 RD-002"},
		"没有“某某”":           {"invitees", "某某"},
		"终止，不能邀请":          {"invitees", "周退"},
		"同名的：王强":           {"invitees", "王强"},
		"请写邀请谁":            {"invitees", ""},
		"只有第三方评估":          {"organisations", "某某大学"},
		"哪个地方、哪个项目":        {"units", ""},
		"就知道有人投诉":          {"asked", "看看 " + form.NewNumber(2026, rand.Reader) + " 说的事"},
		"手机号码":             {"asked", "打 13800138000 问"},
		"是投诉人的请删去":         {"asked", "本人叫张三，住在镇上"},
		"没有这个单位":           {"units", "NOBODY"},
		"organisations: “": {"sort", "third_party", "organisations", "某某大学\n某某大学"},
	} {
		_, err := b.begin(asking(pairs...))
		wantFault(t, err, says)
	}
	b.invite(asking("asked", "本人叫张三，住在镇上", "personal", "yes", "held_on", "2026-3-2", "reply_by", "2026-3-2"))
	wantFault(t, b.try(invitation.AddInvitee, "invitees", "陈河"), "已经在受邀的人里")
	wantFault(t, b.try(invitation.Postpone, "held_on", "2026-3-20", "hour", "九点", "place", "大厅", "reply_by", "2026-3-21", "report_by", "2026-4-3", "public", "装修"), "以前，或者当天")
}

// What nobody has seen yet may be changed or dropped; it goes out as its page showed it.
func TestAnInvitationIsReadBeforeItGoesOut(t *testing.T) {
	b := newBench(t)
	b.write(asking())
	b.do(invitation.Drop)
	b.wantState(invitation.Cancelled)
	b.write(asking())
	seen := b.wantState(invitation.Drafted).Matter.Seen["whom"]
	if got := runs(b.wantState(invitation.Drafted)); len(got) != 0 {
		t.Errorf("clocks %v before it went out", got)
	}
	b.do(invitation.AddInvitee, "invitees", "王强 RD-003")
	wantFault(t, b.try(invitation.Send, "whom", seen), "受邀的人改过")
	wantFault(t, b.try(invitation.Accept, "who", "1", "how", "phone"), "现在是“待发出”")
	b.until(2026, 3, 13)
	wantFault(t, b.try(invitation.Send), "已经过了，请先改日子")
	b.do(invitation.Redate, "held_on", "2026-3-20", "hour", "九点", "place", "大厅", "reply_by", "2026-3-15", "report_by", "2026-4-3")
	b.do(invitation.Send)
	b.wantState(invitation.Inviting)
	b.verify()
}

// A unit that it is about is kept from it, and so is whoever comes from it.
func TestAnInspectionIsHiddenFromWhomItIsAbout(t *testing.T) {
	b := newBench(t)
	b.invite(with(asking("units", complainttest.Justice), "units", complainttest.Justice, "units", complainttest.Finance))
	for _, p := range []staff.Person{b.People[staff.Handler], b.People[staff.UnitHead], b.OtherHandler} {
		if _, err := b.invitations.Read(t.Context(), p, b.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads it: %v", p.Name, err)
		}
	}
	for _, unit := range []string{complainttest.Finance, complainttest.Justice} {
		from := b.People[staff.Supervisor]
		from.Bars = []string{unit}
		if _, err := b.invitations.Read(t.Context(), from, b.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("who comes from %s reads it: %v", unit, err)
		}
	}
}
