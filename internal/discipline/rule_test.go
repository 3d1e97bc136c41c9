package discipline_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"

	"github.com/google/go-cmp/cmp"
)

func TestTheDrafterDoesNotSign(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	officer := b.People[staff.DisciplineOfficer]
	wantFault(t, b.tryAs(officer, discipline.Sign, "version", "1"), fault.Forbidden, "不由您来办")
	officer.Role = staff.Leader // promoted the next day
	wantFault(t, b.tryAs(officer, discipline.Sign, "version", "1"), fault.Forbidden, "“起草书面警示”是您做的")
	for _, choice := range b.wantState(discipline.Drafted).Choices(officer) {
		if choice.Action == discipline.Sign && !strings.Contains(choice.Why, "另一个人") {
			t.Errorf("the button says %q", choice.Why)
		}
	}
	b.do(staff.Leader, discipline.Sign, "version", "1")
}

func TestSigningIsRefusedUntilAPrefixIsSet(t *testing.T) {
	b := newBench(t)
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	wantFault(t, b.try(staff.Leader, discipline.Sign, "version", "1"), fault.Forbidden, "还没有配置发文字号的机关代字")
	b.set("document_prefix", "演示")
	wantFault(t, b.try(staff.Leader, discipline.Sign, "version", "1"), fault.Forbidden, "还没有配置发文机关的名称")
	for _, choice := range b.wantState(discipline.Drafted).Choices(b.People[staff.Leader]) {
		if choice.Action == discipline.Sign && choice.Why == "" {
			t.Error("the button is offered")
		}
	}
	taken, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM document_counter`, nil)
	if err != nil || taken != 0 {
		t.Errorf("%d numbers were taken, %v", taken, err)
	}
	b.set("issuer", "县政务诚信监督办公室")
	b.do(staff.Leader, discipline.Sign, "version", "1")
	if got := b.wantState(discipline.Signed).Signed().Number; got != "演示〔2026〕1号" {
		t.Errorf("the first number is %s", got)
	}
}

// The signed paper prints its deadline for good. In a year of which no calendar
// is known nobody can say on which days the unit works; a provisional one will
// do, since the statutory days of it are known.
func TestADeadlineInAYearWithoutACalendarIsNotSigned(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("deadline_year", "2028")...)
	wantFault(t, b.try(staff.Leader, discipline.Sign, "version", "1"), fault.Forbidden, "还没有 2028 年的工作日历，文书里的期限 2028年4月9日 是不是工作日说不准")
	for _, choice := range b.wantState(discipline.Drafted).Choices(b.People[staff.Leader]) {
		if choice.Action == discipline.Sign && !strings.Contains(choice.Why, "2028") {
			t.Errorf("the button says %q", choice.Why)
		}
	}
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("deadline_year", "2027")...)
	b.do(staff.Leader, discipline.Sign, "version", "2")
	b.wantState(discipline.Signed)
}

func TestOnlyTheDraftThatWasReadIsSigned(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("demand", "马上付清。")...)
	for _, seen := range []string{"1", "", "3"} {
		wantFault(t, b.try(staff.Leader, discipline.Sign, "version", seen), fault.Conflict, "现在是第 2 稿")
	}
	b.do(staff.Leader, discipline.Sign, "version", "2")
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Serve, append(servedToday, "digest", "00")...), fault.Conflict, "不是同一份")
}

func TestOfTwoWhoSignOneWins(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	leaders := []staff.Person{b.People[staff.Leader], b.Hire(t, "leader2", staff.Leader, complainttest.DeskUnit)}
	errs := make([]error, len(leaders))
	var wg sync.WaitGroup
	for i, by := range leaders {
		wg.Go(func() { errs[i] = b.tryAs(by, discipline.Sign, "version", "1") })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("%v, %v", errs[0], errs[1])
	}
	for _, err := range errs {
		if err != nil {
			wantFault(t, err, fault.Conflict, "已“签发”")
		}
	}
	if n := len(b.wantState(discipline.Signed).Documents); n != 1 {
		t.Errorf("%d documents", n)
	}
}

func TestACaseIsOpenedOnceAndOnlyFromATrueComplaint(t *testing.T) {
	b := newBench(t)
	officer := b.People[staff.DisciplineOfficer]
	fresh := b.File(t, complainttest.Intake()).Number
	_, err := b.cases.OpenFrom(t.Context(), b.order(officer, fresh, complaint.OpenCase, nil))
	wantFault(t, err, fault.NotFound, "") // not found true: the officer does not even see it
	_, err = b.cases.OpenFrom(t.Context(), b.order(b.People[staff.Supervisor], b.complaint, complaint.OpenCase, nil))
	wantFault(t, err, fault.Forbidden, "不由您来办")
	_, err = b.Desk.Move(t.Context(), b.order(officer, b.complaint, complaint.OpenCase, nil))
	wantFault(t, err, fault.NotFound, "") // the complaint alone must not say that a case is open

	o := b.order(officer, b.complaint, complaint.OpenCase, []string{"title", "东岭镇人民政府拖欠村道款"})
	first, err := b.cases.OpenFrom(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := form.ParseNumber(first.Number); !ok {
		t.Errorf("the number is %q", first.Number)
	}
	again, err := b.cases.OpenFrom(t.Context(), o)
	if err != nil || !again.Repeated || again.Number != first.Number {
		t.Errorf("the same form gives %+v, %v", again, err)
	}
	_, err = b.cases.OpenFrom(t.Context(), b.order(officer, b.complaint, complaint.OpenCase, nil))
	wantFault(t, err, fault.Forbidden, "已经立过案了")
	b.number = first.Number
	if c := b.wantState(discipline.Opened); c.Matter.Title != "东岭镇人民政府拖欠村道款" || c.Complaint != b.complaint || c.Matter.Unit != complainttest.Town {
		t.Errorf("%+v", c)
	}
	b.verifyChains()
}

func TestADraftIsHeldAgainstItsRules(t *testing.T) {
	b := newBench(t)
	b.open()
	for name, one := range map[string]struct {
		pairs []string
		says  string
	}{
		"no facts":        {[]string{"facts", " \n"}, "facts: 请写查明的事实"},
		"no deadline":     {[]string{"deadline_year", "", "deadline_month", "", "deadline_day", ""}, "deadline: 请写改正的期限"},
		"today":           {[]string{"deadline_month", "3", "deadline_day", "2"}, "不在今天以后"},
		"no such day":     {[]string{"deadline_month", "4", "deadline_day", "31"}, "4月没有31日"},
		"unknown tier":    {[]string{"tier", "worst"}, "tier: 请从列出的里面选一项"},
		"general, 2":      {[]string{"months", "2"}, "“一般”的公示期是 3 到 12 个月"},
		"general, 13":     {[]string{"months", "13"}, "3 到 12"},
		"severe, 11":      {[]string{"tier", "severe", "months", "11"}, "12 到 36"},
		"severe, 37":      {[]string{"tier", "severe", "months", "37"}, "12 到 36"},
		"minor, 4":        {[]string{"tier", "minor", "months", "4"}, "0 到 3"},
		"no number":       {[]string{"months", "三"}, "请只写数字"},
		"negative":        {[]string{"months", "-1"}, "请只写数字"},
		"no months":       {[]string{"months", ""}, "months: 请写公示几个月"},
		"the complaint":   {[]string{"facts", "据投诉 " + b.complaint[:6] + "-" + strings.ToLower(b.complaint[6:]) + "，尚欠款。"}, "facts: 写了投诉编号"},
		"hidden controls": {[]string{"articles", "KX-9", "basis", "条例\u202e第九条"}, "方向控制符"},
		"too long":        {[]string{"consequences", strings.Repeat("款", 1001)}, "最多 1,000 个"},
	} {
		t.Run(name, func(t *testing.T) {
			wantFault(t, b.try(staff.DisciplineOfficer, discipline.DraftWarning, warning(one.pairs...)...), fault.Invalid, one.says)
		})
	}
	b.wantState(discipline.Opened)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("months", "12")...)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("tier", "severe", "months", "36")...)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("tier", "minor", "months", "0")...)
}

func TestAServiceIsNeitherInTheFutureNorBeforeTheSigning(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.do(staff.Leader, discipline.Sign, "version", "1")
	digest := b.wantState(discipline.Signed).Signed().Digest
	on := func(day string) []string {
		return []string{"how", "post", "digest", digest, "served_on_year", "2026", "served_on_month", "3", "served_on_day", day}
	}
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Serve, on("3")...), fault.Invalid, "2026年3月3日还没有到")
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Serve, on("1")...), fault.Invalid, "2026年3月2日才签发")
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Serve, on("2")[2:]...), fault.Invalid, "how: 请选送达方式")
	b.Wait(24 * time.Hour)
	b.do(staff.DisciplineOfficer, discipline.Serve, on("3")...)
	if got := b.wantState(discipline.Served).Signed(); got.ServedHow != "post" || got.ServedOn.String() != "2026-03-03" {
		t.Errorf("served %s on %s", got.ServedHow, got.ServedOn)
	}
}

func TestMinorDishonestyIsNotPublicWithoutAReason(t *testing.T) {
	b := newBench(t)
	b.toServed(warning("tier", "minor", "months", "2"))
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Publish), fault.Invalid, "轻微失信原则不公示")
	b.do(staff.DisciplineOfficer, discipline.Publish, "note", "两年内第三次拖欠，群众关注")
	b.wantState(discipline.Published)
}

func TestWithoutATermThereIsNoPublication(t *testing.T) {
	b := newBench(t)
	b.toServed(warning("tier", "minor", "months", "0"))
	wantFault(t, b.try(staff.Publisher, discipline.Publish, "note", "想公示"), fault.Forbidden, "没有定公示期")
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Conclude), fault.Invalid, "请写改正的情况")
	b.do(staff.DisciplineOfficer, discipline.Conclude, "note", "款已付清，附银行回单。")
	b.wantState(discipline.Ended)
	b.do(staff.DisciplineOfficer, discipline.Note, "note", "归档。")
	published, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM notice`, nil)
	if err != nil || published != 0 {
		t.Errorf("%d notices, %v", published, err)
	}
}

func TestACaseIsDroppedWithAReason(t *testing.T) {
	b := newBench(t)
	b.open()
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Drop), fault.Invalid, "请写不予认定的理由")
	b.do(staff.DisciplineOfficer, discipline.Drop, "note", "单位已经付清并道歉。")
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.DraftWarning, warning()...), fault.Conflict, "不予认定")
	b.wantState(discipline.Dropped)
}

// TestTheAccusedUnitSeesNothingOfTheCase covers reading, lists, counts and
// moves, also for people of the unit below the accused one and for a role that
// would otherwise see everything.
func TestTheAccusedUnitSeesNothingOfTheCase(t *testing.T) {
	b := newBench(t)
	b.open()
	for _, who := range []staff.Person{
		b.Hire(t, "town", staff.Handler, complainttest.Town),
		b.Hire(t, "town-head", staff.UnitHead, complainttest.TownRoads),
		b.Hire(t, "town-leader", staff.Leader, complainttest.Town),
		b.Hire(t, "town-officer", staff.DisciplineOfficer, complainttest.TownRoads),
		b.People[staff.Handler], // of the unit that handled the complaint
		b.People[staff.Sysadmin],
	} {
		if _, err := b.cases.Read(t.Context(), who, b.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the case: %v", who.Login, err)
		}
		if n := len(b.list(who, register.ViewAll).Rows); n != 0 {
			t.Errorf("%s lists %d cases", who.Login, n)
		}
		counts, err := b.cases.Count(t.Context(), who.Scope(), []register.Filter{{}, {View: "to_draft"}})
		if err != nil || counts[0]+counts[1] != 0 {
			t.Errorf("%s counts %v, %v", who.Login, counts, err)
		}
		if n := len(b.list(who, register.ViewMine).Rows); n != 0 {
			t.Errorf("%d cases wait for %s", n, who.Login)
		}
		for _, action := range []workflow.Action{discipline.Drop, discipline.Note} {
			wantFault(t, b.tryAs(who, action, "note", "撤了吧"), fault.NotFound, "")
		}
	}
	for role, want := range map[staff.Role]int{staff.DisciplineOfficer: 1, staff.Leader: 0, staff.Registrar: 0, staff.Publisher: 0} {
		if n := len(b.list(b.People[role], register.ViewMine).Rows); n != want {
			t.Errorf("%d cases wait for %s, want %d", n, role, want)
		}
	}
}

// list is the first page of a view.
func (b *bench) list(who staff.Person, view string) register.Page {
	b.t.Helper()
	page, err := b.cases.List(b.t.Context(), who.Scope(), register.Filter{View: view, Person: who}, register.Cursor{})
	if err != nil {
		b.t.Fatal(err)
	}
	return page
}

// What was read and what was signed, served, stand in the events for good, by their
// digests.
func TestTheEventsOfAPaperHoldItsDigest(t *testing.T) {
	b := newBench(t)
	b.toServed(warning())
	c := b.wantState(discipline.Served)
	for action, want := range map[workflow.Action]map[string]string{
		discipline.DraftWarning: {"text": c.Draft.Digest()},
		discipline.Sign:         {"draft": "1", "document": c.Signed().Digest},
		discipline.Serve:        {"document": c.Signed().Digest},
	} {
		data, err := pg.One[string](t.Context(), b.DB.Owner, `SELECT data FROM event WHERE action = @action AND data LIKE '{%' ORDER BY at DESC LIMIT 1`, pg.Args{"action": string(action)})
		if err != nil {
			t.Fatalf("%s: %v", action, err)
		}
		got := map[string]string{}
		if err := json.Unmarshal([]byte(data), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", action, diff)
		}
	}
}
