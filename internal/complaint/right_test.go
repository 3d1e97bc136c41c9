package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

const aDay = 24 * time.Hour

// answered is a desk whose complaint has its answer, with its complainant.
func answered(t *testing.T) (*desk, func(workflow.Action, ...string) error) {
	d := newDesk(t)
	return d, d.own(d.toReplied())
}

func (d *desk) toReplied() complaint.Receipt {
	d.t.Helper()
	receipt := d.File(d.t, complainttest.Intake())
	d.number = receipt.Number
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	return receipt
}

// own does what a complainant may, whenever they come back.
func (d *desk) own(receipt complaint.Receipt) func(workflow.Action, ...string) error {
	return func(action workflow.Action, pairs ...string) error {
		var visitor key.Secret = d.open(receipt)
		a := workflow.Answers{}
		for i := 0; i < len(pairs); i += 2 {
			a[pairs[i]] = []string{pairs[i+1]}
		}
		_, err := d.Portal.MoveOwn(d.t.Context(), visitor, d.number, action, complainttest.Token(), a)
		return err
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func refused(t *testing.T, err error, words string) {
	t.Helper()
	if !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), words) {
		t.Errorf("want %q, got %v", words, err)
	}
}

// 信访工作条例 35: thirty days from the answer, whatever the office does meanwhile.
func TestClosingTakesNoRightAway(t *testing.T) {
	d, own := answered(t)
	if err := own(complaint.Rate, "rating", "dissatisfied", "solved", "unsolved"); err != nil {
		t.Fatal(err)
	}
	_, err := d.try(staff.Supervisor, complaint.Close, "note", "已办结归档")
	refused(t, err, "先回访")
	d.do(staff.Supervisor, complaint.FollowUp, "public", "电话问过，利息还没有付，已经催财政局。")
	d.do(staff.Leader, complaint.Close, "note", "已回访，归档")
	d.Wait(29 * aDay)
	if err := own(complaint.Contest, "note", "利息没有付。"); err != nil {
		t.Fatalf("contested on the 29th day after it was closed: %v", err)
	}
	closed, err := pg.One[bool](t.Context(), d.DB.Owner, `SELECT closed_at IS NOT NULL OR phase = 3 FROM matter WHERE number = @n`, pg.Args{"n": d.number})
	if err != nil || closed || d.state() != "review_requested" {
		t.Errorf("contested, it is %s, closed %v, %v", d.state(), closed, err)
	}
	d.do(staff.Leader, complaint.Uphold, "public", "利息已经在答复里写明。")
	refused(t, own(complaint.Contest, "note", "再查一次。"), "复核")
	d.verifyChain()
}

func TestTheTermOfARightEndsOnItsDay(t *testing.T) {
	d, own := answered(t)
	if err := own(complaint.Rate, "rating", "satisfied", "solved", "solved"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, complaint.Close, "note", "满意")
	d.Wait(31 * aDay)
	refused(t, own(complaint.Contest, "note", "晚了。"), "2026年4月1日，已经过了")
}

// What waits for an outsider ends without them, told before.
func TestNothingWaitsForEverOnAComplainant(t *testing.T) {
	d, own := answered(t)
	run := func() (n int) {
		t.Helper()
		for range 2 { // the second time does nothing
			did, err := d.worker().RunTimed(t.Context(), complaint.Law)
			if err != nil {
				t.Fatal(err)
			}
			n += did
		}
		return n
	}
	letters := func(template string) int {
		return int(must(pg.One[int64](t.Context(), d.DB.Owner, `SELECT count(*) FROM letter WHERE template = @t`, pg.Args{"t": template})))
	}
	if run() != 0 {
		t.Error("something is due on the first day")
	}
	d.Wait(26 * aDay)
	if run() == 0 || letters("rating_reminder") != 1 { // the office is late with another, too
		t.Errorf("five days before the end nobody is reminded: %d", letters("rating_reminder"))
	}
	d.Wait(6 * aDay)
	if run(); d.state() != "closed" || letters("closed_unrated") != 1 {
		t.Errorf("after the term it is %s", d.state())
	}
	refused(t, own(complaint.Contest, "note", "晚了。"), "已经过了")
	if rated := must(pg.One[bool](t.Context(), d.DB.Owner, `SELECT rating IS NOT NULL FROM complaint JOIN matter m ON m.id = matter_id WHERE m.number = @n`, pg.Args{"n": d.number})); rated {
		t.Error("nobody has rated it, and it has a rating")
	}

	// Nobody is closed without having been told, however long the worker stood still.
	d.toReplied()
	d.Wait(60 * aDay)
	if run() != 1 || d.state() != "replied" {
		t.Errorf("closed at once: %s", d.state())
	}
	d.Wait(4 * aDay)
	if run() != 0 {
		t.Error("closed on the fourth day after it was told")
	}
	d.Wait(aDay)
	if run() != 1 || d.state() != "closed" {
		t.Errorf("five days after it was told it is %s", d.state())
	}

	d.number = d.File(t, complainttest.Intake()).Number
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "请补合同。")
	_, err := d.try(staff.Registrar, complaint.EndUnsupplemented, "public", "没有补来。")
	refused(t, err, "还没有过")
	d.Wait(13 * aDay)
	if did := run(); did != 1 || letters("supplement_reminder") != 1 {
		t.Error("nobody is reminded of what was asked for")
	}
	d.Wait(6 * aDay)
	d.do(staff.Registrar, complaint.EndUnsupplemented, "public", "没有补来，补齐了可以另外投诉。")
	d.verifyChain()
}

// 信访工作条例 35: a review is by others. Where a unit has nobody else, another leads.
func TestAReviewIsByOthers(t *testing.T) {
	d, own := answered(t)
	if err := own(complaint.Contest, "note", "不同意。"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Leader, complaint.Reopen, "note", "要重办")
	_, err := d.try(staff.Handler, complaint.DraftAnswer, draft...)
	refused(t, err, "另外的人")
	_, err = d.try(staff.UnitHead, complaint.DraftAnswer, draft...)
	refused(t, err, "另外的人")
	second, head := d.Hire(t, "second", staff.Handler, complainttest.Finance), d.Hire(t, "second-head", staff.UnitHead, complainttest.Finance)
	again := append(slices.Clone(draft), "demand", "付清利息")
	d.doAs(second, complaint.DraftAnswer, again...)
	_, err = d.try(staff.UnitHead, complaint.ApproveAnswer)
	refused(t, err, "另外的人")
	d.doAs(head, complaint.ApproveAnswer)
	_, err = d.try(staff.Supervisor, complaint.Reply)
	refused(t, err, "另外的人")
	d.do(staff.Leader, complaint.Reply)

	if err := own(complaint.Contest, "note", "还是不同意。"); err != nil {
		t.Fatal(err)
	}
	d.doAs(d.Hire(t, "leader-2", staff.Leader, complainttest.DeskUnit), complaint.ReopenElsewhere, "note", "换单位")
	_, err = d.try(staff.Registrar, complaint.CorrectNature, "nature", "SUG", "note", "改一下")
	refused(t, err, "已经按原来的")
	_, err = d.try(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03")
	refused(t, err, "已经按原来的")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	d.doAs(d.OtherHandler, complaint.Sign)
	d.doAs(d.OtherHandler, complaint.DraftAnswer, draft...)
}

// 信访工作条例 23: five working days from receipt, which is the signing, or the
// working day after the dispatch at the latest.
func TestAUnitObjectsWithinFiveWorkingDaysOfReceipt(t *testing.T) {
	for name, c := range map[string]struct {
		signAfter time.Duration // 0: never
		last      string
	}{
		"signed at once":            {time.Minute, "2026-03-09"},
		"never signed":              {0, "2026-03-10"},
		"signed a week later":       {7 * aDay, "2026-03-10"},
		"signed the next day":       {aDay, "2026-03-10"},
		"signed the day after that": {2 * aDay, "2026-03-10"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.do(staff.Registrar, complaint.EnterRegister)
			d.do(staff.Registrar, complaint.Accept, "nature", "RED")
			d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
			if c.signAfter > 0 {
				d.Wait(c.signAfter)
				d.do(staff.Handler, complaint.Sign)
			}
			last := must(pg.One[string](t.Context(), d.DB.Owner, `SELECT max(due_on)::text FROM clock WHERE rule = 'XF-OBJ' AND stopped_at IS NULL`, nil))
			running := must(pg.One[int64](t.Context(), d.DB.Owner, `SELECT count(*) FROM clock WHERE rule = 'XF-OBJ' AND stopped_at IS NULL`, nil))
			if last != c.last || running != 1 {
				t.Errorf("%s: until %s, %d clocks", name, last, running)
			}
			d.Wait(complainttest.Monday.AddDate(0, 0, 9).Sub(d.Now()))
			_, err := d.try(staff.Handler, complaint.Object, "note", "不归本单位管")
			refused(t, err, "已经过了")
			for _, choice := range d.read(d.People[staff.Handler]).Choices(d.People[staff.Handler]) {
				if choice.Action == complaint.Object && !strings.Contains(choice.Why, "已经过了") {
					t.Errorf("%s: the button says %q", name, choice.Why)
				}
			}
		})
	}
}

// A wrong unit, a wrong nature, a unit with nobody: each is taken back.
func TestWhatNothingWasDecidedOnIsTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "ACC")
	if _, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an accusation is dispatched: %v", err)
	}
	if _, err := d.try(staff.Registrar, complaint.CorrectNature, "nature", "ACC", "note", "再点一次"); !fault.Is(err, fault.Invalid) {
		t.Errorf("corrected to what it is: %v", err)
	}
	d.do(staff.Registrar, complaint.CorrectNature, "nature", "RED", "note", "点错了")
	d.do(staff.Registrar, complaint.CorrectNature, "nature", "ACC", "note", "没有点错")
	if _, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance); !fault.Is(err, fault.Forbidden) {
		t.Errorf("what was corrected to an accusation is dispatched: %v", err)
	}
	d.do(staff.Registrar, complaint.CorrectNature, "nature", "RED", "note", "点错了")
	d.Wait(aDay)
	d.do(staff.Registrar, complaint.CorrectNature, "nature", "SUG", "note", "是建议")
	d.do(staff.Registrar, complaint.CorrectNature, "nature", "RED", "note", "还是求决")
	if n := must(pg.One[int64](t.Context(), d.DB.Owner, `SELECT count(*) FROM clock WHERE rule = 'XF-DO' AND stopped_at IS NULL AND started_at = '2026-03-02 02:00+00'`, nil)); n != 1 {
		t.Errorf("%d statutory clocks run from the acceptance", n)
	}
	_, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.DeskUnit, "co", complainttest.Justice)
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "anyway" || !strings.Contains(fields[0].Sentence, "没有人能办") {
		t.Fatalf("given to a unit where nobody is: %v", err)
	}
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.DeskUnit, "anyway", "yes")
	d.do(staff.Registrar, complaint.Recall, "note", "那里没有人")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.do(staff.Handler, complaint.Sign)
	d.do(staff.Registrar, complaint.Recall, "note", "由司法局办更合适")
	if _, err := d.tryAs(d.People[staff.Handler], complaint.DraftAnswer, draft...); !fault.Is(err, fault.NotFound) {
		t.Errorf("recalled, the unit still works on it: %v", err)
	}
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	d.doAs(d.OtherHandler, complaint.Sign)
	d.verifyChain()
}

// Of what somebody's words name, the unit is asked about without them.
func TestAUnitWhoseOnlyHandlerIsNamedCannotLead(t *testing.T) {
	d := newDesk(t)
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE staff SET name = '郑板桥' WHERE id = $1`, d.People[staff.Handler].ID); err != nil {
		t.Fatal(err)
	}
	in := complainttest.Intake()
	in.Story.Facts = "郑板桥答应过三次。"
	d.number = d.File(t, in).Number
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	_, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	if fields := fault.FieldsOf(err); len(fields) != 1 || !strings.Contains(fields[0].Sentence, "只有一个人") {
		t.Errorf("given to a unit whose handler is named: %v", err)
	}
}

// The co-handling unit is heard until the answer is sent.
func TestAnOpinionIsTakenUntilTheAnswerIsSent(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.doAs(d.OtherHandler, complaint.CoOpinion, "note", "合同有效。")
}

// What a machine sees must be changed: nobody lets it go on.
func TestWhatMustBeChangedIsNotSent(t *testing.T) {
	d := newDesk(t)
	d.tampered = true
	d.toHandling()
	for _, dots := range []string{"。", "……", "　", "-"} {
		if _, err := d.try(staff.Handler, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", dots, "opinion", dots, "basis", dots); len(fault.FieldsOf(err)) != 3 {
			t.Errorf("%q in every field: %v", dots, err)
		}
	}
	for _, with := range [][2]string{{"facts", "请联系 13800138000 王某。"}, {"opinion", "身份证 410425199003074512"}} {
		a := slices.Clone(draft)
		for i := range a {
			if a[i] == with[0] {
				a[i+1] = with[1]
			}
		}
		d.do(staff.Handler, complaint.DraftAnswer, append(a, "demand", with[1])...)
		_, err := d.try(staff.UnitHead, complaint.ApproveAnswer)
		refused(t, err, "请删去")
		if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'under_review' WHERE number = $1`, d.number); err != nil {
			t.Fatal(err)
		}
		_, err = d.try(staff.Supervisor, complaint.Reply)
		refused(t, err, "请删去")
		if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'handling' WHERE number = $1`, d.number); err != nil {
			t.Fatal(err)
		}
	}
}

// What was handed on takes its result, and every state takes a note.
func TestWhatWasHandedOnTakesItsResult(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉及职务违法")
	d.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "收到书面告知")
	d.do(staff.DisciplineOfficer, complaint.RecordResult, "public", "县纪委监委3月20日书面告知：已经受理。")
	d.do(staff.DisciplineOfficer, complaint.Note, "note", "回执在卷。")
	for _, state := range complaint.Law.States {
		if !slices.ContainsFunc(complaint.Law.Rows(complaint.Note), func(m workflow.Move) bool { return slices.Contains(m.From, state.State) }) {
			t.Errorf("%s takes no note", state.State)
		}
	}
}

// The term of a right is over on its day and by nothing else, so that no sweep, recount
// or page has it running once it is; what still waits for its end keeps it.
func TestTheTermOfARightRunsNoLongerThanItsDay(t *testing.T) {
	d, own := answered(t)
	closed := d.number
	if err := own(complaint.Rate, "rating", "satisfied", "solved", "solved"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, complaint.Close, "note", "满意")
	d.toReplied()
	replied := d.number
	d.number = d.File(t, complainttest.Intake()).Number
	asked := d.number
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "请补合同。")
	d.number = d.File(t, complainttest.Intake()).Number
	handling := d.number
	d.toHandling()
	lapse := func() int {
		t.Helper()
		return must(d.worker().LapseRights(t.Context(), complaint.Law))
	}
	type right struct {
		Number, Rule  string
		Lapsed, Moved bool
	}
	rights := func() map[string]right {
		t.Helper()
		found := map[string]right{}
		for _, r := range must(pg.All[right](t.Context(), d.DB.Owner, `
			SELECT m.number, c.rule, coalesce(c.stopped_at = c.due_at AND c.stopped_seq IS NULL, false) AS lapsed, c.stopped_seq IS NOT NULL AS moved
			FROM clock c JOIN matter m ON m.id = c.matter_id WHERE c.right_only ORDER BY c.id`, nil)) { // the newest stays
			found[r.Number+" "+r.Rule] = r
		}
		return found
	}
	if n := lapse(); n != 0 {
		t.Errorf("%d lapsed on the first day", n)
	}
	d.Wait(31 * aDay)
	if n := lapse(); n != 2 { // the review of what is closed, the objection of who is at work
		t.Errorf("%d lapsed, %+v", n, rights())
	}
	if n := lapse(); n != 0 {
		t.Errorf("%d lapsed again", n)
	}
	got := rights()
	for what, want := range map[string]bool{closed + " XF-RVAPP": true, handling + " XF-OBJ": true, replied + " XF-RVAPP": false, asked + " PF-SUP": false} {
		if got[what].Lapsed != want || got[what].Moved {
			t.Errorf("%s: %+v", what, got[what])
		}
	}
	d.number = closed
	refused(t, own(complaint.Contest, "note", "晚了。"), "2026年4月1日，已经过了") // not: has been used
	d.verifyChain()
	d.number = handling
	_, err := d.try(staff.Handler, complaint.Object, "note", "不该我们办。")
	refused(t, err, "已经过了")
	d.number = asked
	d.do(staff.Registrar, complaint.EndUnsupplemented, "public", "没有补来，补齐了可以另外投诉。")
	d.number = replied
	for range 2 { // reminded, then closed
		if _, err := d.worker().RunTimed(t.Context(), complaint.Law); err != nil {
			t.Fatal(err)
		}
		d.Wait(6 * aDay)
	}
	if d.state() != "closed" || lapse() != 1 {
		t.Errorf("%s: %+v", d.state(), rights()[replied+" XF-RVAPP"])
	}
}

// No process ends a right before its day, nor a promise by calling it a right.
func TestNobodyEndsATermThatIsNoRightOrNotOver(t *testing.T) {
	d, _ := answered(t)
	d.tampered = true
	if _, err := d.DB.Owner.Exec(t.Context(), `
		UPDATE present SET within = '10 minutes';
		ALTER TABLE clock DISABLE TRIGGER clock_move_guard;
		UPDATE clock SET due_at = now() + interval '1 day' WHERE rule = 'XF-RVAPP'`); err != nil {
		t.Fatal(err)
	}
	running := `UPDATE clock SET stopped_at = due_at WHERE stopped_at IS NULL AND rule = @rule`
	d.number = d.File(t, complainttest.Intake()).Number
	for name, c := range map[string]struct {
		pool pg.Queryer
		sql  string
		rule string
	}{
		"a right before its day":   {d.DB.Worker, running, "XF-RVAPP"},
		"the same by the desk":     {d.DB.Admin, running, "XF-RVAPP"},
		"a promise":                {d.DB.Worker, running, "PF-REG"},
		"a promise at another day": {d.DB.Worker, `UPDATE clock SET stopped_at = now() WHERE stopped_at IS NULL AND rule = @rule`, "PF-REG"},
		"with an event of before":  {d.DB.Worker, `UPDATE clock SET stopped_at = due_at, stopped_seq = 1 WHERE stopped_at IS NULL AND rule = @rule`, "PF-REG"},
	} {
		if n, err := pg.Exec(t.Context(), c.pool, c.sql, pg.Args{"rule": c.rule}); pg.Code(err) != "ZX080" {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
	// Not even a right's, while a calendar may move its day.
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE clock SET due_at = now() - interval '2 days', provisional = true WHERE rule = 'XF-RVAPP'`); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(t.Context(), d.DB.Worker, running, pg.Args{"rule": "XF-RVAPP"}); pg.Code(err) != "ZX080" {
		t.Errorf("a provisional one: %v", err)
	}
}
