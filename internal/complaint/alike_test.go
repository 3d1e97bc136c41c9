package complaint_test

import (
	"fmt"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

const longStory = "2019年8月我们与县水利局签订了清水河便民桥施工合同，约定完工后六十日内付清工程款。桥在第二年三月通过验收，有验收单和结算审核书可以证明。此后我们多次找到局里，财务室先说等审计，后来说换了领导要重新研究。"

// filed files what a change makes of a complaint, and has it indexed.
func filed(t *testing.T, o *complainttest.Office, change func(*complaint.Intake)) string {
	t.Helper()
	in := complainttest.Intake()
	in.Contract.ContractNo, in.Contract.ContractAmount, in.Contract.UnpaidAmount = "", nil, nil
	change(&in)
	number := o.File(t, in).Number
	ids, err := pg.All[int64](t.Context(), o.DB.Owner, `SELECT id FROM matter WHERE number = @number`, pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), ids); err != nil {
		t.Fatal(err)
	}
	return number
}

// likeIt are the numbers of what is like a complaint, with why, as somebody is told.
func likeIt(t *testing.T, o *complainttest.Office, by staff.Person, number string) map[string]string {
	t.Helper()
	d, err := o.Desk.Read(t.Context(), o.People[staff.Supervisor], number)
	if err != nil {
		t.Fatal(err)
	}
	all, err := o.Desk.Alike(t.Context(), by, d.Likely())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, a := range all {
		out[a.Number] = a.Why()
	}
	return out
}

func TestWhatIsAlikeIsSaidWithTheReason(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	sum := form.Amount(1234500)
	first := filed(t, o, func(in *complaint.Intake) { in.Story.Facts = longStory })
	again := filed(t, o, func(in *complaint.Intake) {
		in.Story.Facts, in.Story.Unit = longStory+"请尽快处理。", complainttest.Finance
	})
	contract := filed(t, o, func(in *complaint.Intake) {
		in.Story.Facts, in.Story.Request, in.Contract.ContractNo = "送货没有付钱。", "付钱", "青合字（2024）第16号"
	})
	sameContract := filed(t, o, func(in *complaint.Intake) {
		in.Story.Facts, in.Story.Request, in.Contract.ContractNo, in.Contract.UnpaidAmount = "货款没有到账。", "请付清", "青合字(2024) 第16号", &sum
	})
	sameSum := filed(t, o, func(in *complaint.Intake) {
		in.Story.Facts, in.Story.Request, in.Contract.UnpaidAmount = "工资拖着。", "发工资", &sum
	})
	elsewhere := filed(t, o, func(in *complaint.Intake) {
		in.Story.Facts, in.Story.Request, in.Contract.UnpaidAmount, in.Story.Unit = "租金拖着。", "付租金", &sum, complainttest.Finance
	})
	desk := o.People[staff.Supervisor]
	for number, want := range map[string]map[string]string{
		first:        {again: "文字大部分相同（100%）"},
		contract:     {sameContract: "同一单位、合同编号相同"},
		sameContract: {contract: "同一单位、合同编号相同", sameSum: "同一单位、欠的数相同"},
		elsewhere:    {}, // the same sum at another unit is no likeness
	} {
		got := likeIt(t, o, desk, number)
		if len(got) != len(want) {
			t.Errorf("%s is like %v, want %v", number, got, want)
		}
		for other, why := range want {
			if !strings.HasPrefix(got[other], why) {
				t.Errorf("%s is like %s because %q, want %q", number, other, got[other], why)
			}
		}
	}
}

// Whoever may not know of a complaint is not told that another is like it.
func TestNobodyLearnsOfWhatTheyMayNotKnowByItsLikeness(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	first := filed(t, o, func(in *complaint.Intake) { in.Story.Facts = longStory })
	again := filed(t, o, func(in *complaint.Intake) { in.Story.Facts = longStory })
	insider := o.Hire(t, "insider", staff.Registrar, complainttest.Town) // of the accused
	for _, c := range []struct {
		who  staff.Person
		want int
	}{{o.People[staff.Registrar], 1}, {insider, 0}, {o.People[staff.Handler], 0}, {o.People[staff.Sysadmin], 0}} {
		if got := likeIt(t, o, c.who, first); len(got) != c.want {
			t.Errorf("%s is told of %v", c.who.Login, got)
		}
	}
	number := again
	for _, step := range []workflow.Order{
		{Action: complaint.EnterRegister}, {Action: complaint.Accept, Answers: workflow.Answers{"nature": {"RED"}}}, {Action: complaint.Dispatch, Answers: workflow.Answers{"lead": {complainttest.Finance}}},
	} {
		step.Number, step.By, step.Token = number, o.People[staff.Registrar], complainttest.Token()
		if _, err := o.Desk.Move(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
	if got := likeIt(t, o, o.People[staff.Handler], first); len(got) != 1 || got[again] == "" {
		t.Errorf("a unit that has it in hand is told of %v", got)
	}
	if got := likeIt(t, o, o.OtherHandler, first); len(got) != 0 {
		t.Errorf("another unit is told of %v", got)
	}
}

func TestUnitAndCategoryAreSuggestedByWhatWasDecided(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	registrar := o.People[staff.Registrar]
	ask := func(by staff.Person, facts string) complaint.Suggestions {
		t.Helper()
		o.Wait(3 * 60e9) // what was learnt is kept for a minute
		got, err := o.Desk.Suggest(t.Context(), by, complaint.Telling{Facts: facts})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	facts := "我给学校食堂送菜，总务处说财政没有拨款，菜钱一直没有付。"
	if got := ask(registrar, facts); len(got.Units)+len(got.Categories) != 0 {
		t.Errorf("an office that has decided nothing suggests %+v", got)
	}
	for i := range 4 {
		number := filed(t, o, func(in *complaint.Intake) {
			in.Story.Title, in.Story.Facts = "食堂菜钱没有付", fmt.Sprintf("给学校食堂送菜第%d年，总务处一直不付菜钱，说财政没有拨款。", i)
		})
		if i == 3 {
			continue // filed, and nothing decided
		}
		if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: number, Action: complaint.SettleUnit, By: registrar, Token: complainttest.Token(),
			Answers: workflow.Answers{"unit": {complainttest.Justice}, "category": {"C01"}}}); err != nil {
			t.Fatal(err)
		}
	}
	got := ask(registrar, facts)
	if len(got.Units) != 1 || got.Units[0].Value != complainttest.Justice || got.Units[0].Why != "最像的 3\u00a0件都是它" {
		t.Errorf("the unit may be %+v", got.Units)
	}
	if len(got.Categories) != 1 || got.Categories[0].Value != "C01" {
		t.Errorf("the category may be %+v", got.Categories)
	}
	if got := ask(registrar, facts+"我找过县财政局。"); got.Units[0].Value != complainttest.Finance || got.Units[0].Why != "文中写了“县财政局”" || len(got.Units) != 1 {
		t.Errorf("with a unit in the text it may be %+v", got.Units)
	}
	if got := ask(o.Hire(t, "insider", staff.Registrar, complainttest.Justice), facts); len(got.Units)+len(got.Categories) != 0 {
		t.Errorf("somebody who may not know of them is told %+v", got)
	}
	if got := ask(registrar, "路灯不亮已经半个月，晚上走路看不清，希望早点修好，谢谢。"); len(got.Categories) != 0 {
		t.Errorf("something else is suggested %+v", got)
	}
}

// Whatever there is in the register, the index of the marks is asked, and nothing is walked.
func TestWhatIsAlikeIsFoundByTheIndex(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 600)
	for _, sql := range []string{
		`INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts, reasons)
			SELECT id, 'web', 'citizen', false, true, false, '请付清', '没有付', '' FROM matter`,
		`INSERT INTO likeness (matter_id, part, marks) SELECT id, 'story', ARRAY(SELECT (random() * 9e15)::bigint FROM generate_series(1, 16) WHERE m.id > 0) FROM matter m`,
		`ANALYZE matter`, `ANALYZE likeness`, `ANALYZE complaint`,
	} {
		if _, err := o.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	sum := form.Amount(100)
	for _, role := range []staff.Role{staff.Registrar, staff.Handler} {
		sql, args := complaint.AlikeSQL(o.People[role].Scope(), complaint.Likely{Facts: longStory, ContractNo: "青合字16号", UnpaidAmount: &sum, Unit: complainttest.Town})
		plan := explain(t, o, sql, args, false)
		if !strings.Contains(plan, "likeness_marks") || strings.Contains(plan, "Seq Scan on matter m ") || strings.Contains(plan, "Seq Scan on likeness") || strings.Contains(plan, "Seq Scan on complaint") {
			t.Errorf("%s: %s", role, plan)
		}
	}
}
