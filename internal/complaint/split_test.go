package complaint_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// parts answer the form of a split into a redress and an accusation.
var parts = []string{
	"nature_1", "RED", "title_1", "工程款没有付清", "unit_1", complainttest.Town, "category_1", "C03", "request_1", "付清剩余工程款。", "facts_1", "8月完工验收，至今只付了一部分。", "papers_1", "yes",
	"nature_2", "ACC", "title_2", "经办人要好处", "unit_2", complainttest.TownRoads, "category_2", "C03", "request_2", "查处经办人。", "facts_2", "经办人说不给好处就不付。",
}

// kin are the parts of a whole, by nature.
func (d *desk) kin() map[string]*desk {
	d.t.Helper()
	found := map[string]*desk{}
	for _, k := range d.read(d.People[staff.Supervisor]).Kin {
		if !k.Whole && k.State != complaint.Missplit {
			found[k.Nature] = d.at(k.Number)
		}
	}
	return found
}

// began is when a term of the matter began that runs.
func (d *desk) began(rule string) time.Time {
	d.t.Helper()
	at, err := pg.One[time.Time](d.t.Context(), d.DB.Owner, `
		SELECT k.started_at FROM clock k JOIN matter m ON m.id = k.matter_id WHERE m.number = @n AND k.rule = @rule AND k.stopped_at IS NULL`, pg.Args{"n": d.number, "rule": rule})
	if err != nil {
		d.t.Fatalf("%s of %s: %v", rule, d.number, err)
	}
	return at
}

// Each nature has its own course, and no day is taken from anybody (domain-facts 1.1).
func TestAMixedComplaintIsSplitIntoParts(t *testing.T) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d = d.at(receipt.Number)
	d.do(staff.Registrar, complaint.EnterRegister)
	filed := d.began("PF-ACC")
	d.Wait(26 * time.Hour)
	_, err := d.try(staff.Registrar, complaint.SplitUp, parts[:14]...)
	if fields := fault.FieldsOf(err); len(fields) == 0 {
		t.Errorf("split into one: %v", err)
	}
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	kin := d.kin()
	red, acc := kin["RED"], kin["ACC"]
	if d.state() != "split" || len(kin) != 2 || red.state() != "registered" || d.letters("split") != 1 {
		t.Fatalf("%s with %v", d.state(), kin)
	}
	if !red.began("PF-ACC").Equal(filed) || !acc.began("XF-NOTICE").Equal(filed) {
		t.Error("its terms begin with the split, and not with the filing")
	}
	running, err := pg.One[int](t.Context(), d.DB.Owner, `SELECT count(*)::int FROM clock k JOIN matter m ON m.id = k.matter_id WHERE m.number = @n AND k.stopped_at IS NULL`, pg.Args{"n": d.number})
	if err != nil || running != 0 {
		t.Errorf("%d terms of the whole still run: %v", running, err)
	}
	// Who works on the redress learns of no accusation, and of no whole.
	red.do(staff.Registrar, complaint.Accept, "nature", "RED")
	red.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	red.do(staff.Handler, complaint.Sign)
	handler := d.People[staff.Handler]
	read := red.read(handler)
	if len(read.Kin)+len(read.Waiting) != 0 || !read.Said.Received.IsZero() || read.Identity.Present {
		t.Errorf("the unit reads %+v", read)
	}
	for _, e := range read.Events {
		if e.Action == complaint.EnterPart || strings.Contains(e.Public, "分") {
			t.Errorf("the unit reads that it was split: %+v", e)
		}
	}
	for _, other := range []*desk{d, acc} {
		if _, err := d.Desk.Read(t.Context(), handler, other.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("the unit reads %s: %v", other.number, err)
		}
	}
	if alike := must(d.Desk.Alike(t.Context(), handler, read.Likely())); len(alike) != 0 {
		t.Errorf("the unit is shown %+v", alike)
	}
	// A part shows the desk its whole and no other part.
	if kin := red.read(d.People[staff.Supervisor]).Kin; len(kin) != 1 || !kin[0].Whole {
		t.Errorf("a part shows %+v", kin)
	}
	// The accusation goes to no unit, whatever nature the whole had.
	acc.do(staff.Registrar, complaint.Accept, "nature", "ACC")
	_, err = acc.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	refused(t, err, "检举控告不能派给单位")
	// Whom one part names is kept from all: the office below the town from the whole, too.
	named, err := pg.One[int](t.Context(), d.DB.Owner, `SELECT count(*)::int FROM matter WHERE named @> '{TOWN,TOWN-ROADS}'`, nil)
	if err != nil || named != 3 {
		t.Errorf("%d of three have the bars of all: %v", named, err)
	}
	// Whoever complained opens each with the one code, and learns what became of it.
	visitor := d.open(receipt)
	own := must(d.Portal.Own(t.Context(), visitor, d.number))
	if len(own.Kin) != 2 || own.Matter.State != complaint.Split {
		t.Fatalf("they see %+v", own.Kin)
	}
	if err := d.Portal.Turn(t.Context(), visitor, acc.number); err != nil {
		t.Fatal(err)
	}
	if own := must(d.Portal.Own(t.Context(), visitor, "")); own.Matter.Number != acc.number || own.Filed.Facts != "经办人说不给好处就不付。" || len(own.Kin) != 2 {
		t.Errorf("turned to %s, they see %+v", acc.number, own)
	}
	stranger := d.File(t, complainttest.Intake())
	if err := d.Portal.Turn(t.Context(), visitor, stranger.Number); !fault.Is(err, fault.Expired) {
		t.Errorf("turned to another's: %v", err)
	}
	if err := d.Portal.Unlock(t.Context(), red.number, receipt.Code, must(key.NewSecret(rand.Reader)), []byte("one")); err != nil {
		t.Errorf("the code does not open a part: %v", err)
	}
	// The identity is the one of the whole, opened with the whole's number.
	if !red.read(d.People[staff.Supervisor]).Identity.Present {
		t.Error("the desk does not read that a part has an identity")
	}
	opened, err := d.Desk.OpenIdentity(t.Context(), workflow.Order{Number: red.number, By: d.People[staff.Supervisor], Token: complainttest.Token(), Answers: workflow.Answers{"public": {"要核实"}}}, d.Keys.Office)
	if err != nil || opened.Person.Name != "王建国" {
		t.Errorf("of a part was opened %v: %v", opened.Person.Name != "", err)
	}
	// What is added to the whole waits for the desk, goes to a part, and the whole ends with its parts.
	if err := d.Portal.Turn(t.Context(), visitor, d.number); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Portal.MoveOwn(t.Context(), visitor, d.number, complaint.Supplement, complainttest.Token(), workflow.Answers{"note": {"又想起一笔。"}, "told": {"all"}}); err != nil {
		t.Fatal(err)
	}
	waits := red.read(d.People[staff.Registrar])
	if len(waits.Waiting) != 1 || !waits.Offers(d.People[staff.Registrar], complaint.TakePart) {
		t.Fatalf("it does not wait: %+v", waits.Waiting)
	}
	red.do(staff.Registrar, complaint.TakePart, "addition", waits.Offered["addition"][0].Value, "words", "又想起一笔。")
	if i := slices.IndexFunc(red.read(handler).Events, func(e register.Happening) bool {
		return e.Words == "又想起一笔。" && !strings.Contains(e.Public, "原件")
	}); i < 0 {
		t.Error("the unit does not read what was passed on")
	}
	red.do(staff.Handler, complaint.DraftAnswer, draft...)
	red.do(staff.UnitHead, complaint.ApproveAnswer)
	red.do(staff.Supervisor, complaint.Reply)
	acc.do(staff.Registrar, complaint.ReferDiscipline, "note", "移送")
	d.sweep()
	if d.state() != "split" {
		t.Error("the whole ends while a right still runs")
	}
	for range 4 { // they are reminded, and then it lapses
		d.Wait(9 * 24 * time.Hour)
		must(d.worker().RunTimed(t.Context(), complaint.Law))
	}
	must(d.worker().RunTimed(t.Context(), complaint.Law)) // the parts first, then the whole
	if d.state() != "parts_ended" || red.state() != "closed" {
		t.Errorf("the whole is %s, the redress %s", d.state(), red.state())
	}
}

// A part that was split off by mistake gives its words back, and nothing is lost.
func TestAPartIsTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	since := d.began("PF-DO")
	d.Wait(50 * time.Hour)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	kin := d.kin()
	red, acc := kin["RED"], kin["ACC"]
	if red.state() != "accepted" || !red.began("PF-DO").Equal(since) || !red.began("XF-DO").Equal(since) {
		t.Errorf("split off what was accepted it is %s", red.state())
	}
	_, err := red.try(staff.Registrar, complaint.SplitUp, parts...)
	refused(t, err, "不能再拆")
	_, err = d.try(staff.Registrar, complaint.Rejoin)
	refused(t, err, "还有没有并回来的件")
	acc.do(staff.Registrar, complaint.TakeBack, "public", "看错了")
	if acc.state() != "missplit" || acc.letters("part_back") != 1 {
		t.Errorf("taken back it is %s", acc.state())
	}
	d.sweep()
	waiting := d.read(d.People[staff.Registrar])
	if len(waiting.Waiting) != 1 || !strings.Contains(waiting.Waiting[0].Words, "不给好处") {
		t.Fatalf("its words wait not: %+v", waiting.Waiting)
	}
	// They go into another part, once.
	from := waiting.Offered["addition"][0].Value
	d.do(staff.Registrar, complaint.SplitMore, "nature", "SUG", "title", "建议", "unit", complainttest.Town, "category", "C03", "request", "改进。", "facts", "经办人说不给好处就不付。", "addition", from)
	_, err = d.try(staff.Registrar, complaint.LeavePart, "addition", from, "public", "不用")
	refused(t, err, "没有等着转的话")
	sug := d.kin()["SUG"]
	if sug == nil || !sug.began("PF-DO").Equal(since) {
		t.Fatal("the new part is not there or begins anew")
	}
	// All taken back, it goes on as one, from where it stood.
	red.do(staff.Registrar, complaint.TakeBack, "public", "其实是一件")
	sug.do(staff.Registrar, complaint.TakeBack, "public", "其实是一件")
	d.sweep()
	d.do(staff.Registrar, complaint.Rejoin)
	if d.state() != "accepted" || !d.began("PF-DO").Equal(since) {
		t.Errorf("as one it is %s, since %s", d.state(), d.began("PF-DO"))
	}
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
}

// A new part cannot name a unit that works on another part.
func TestAPartNamesNobodyWhoHasAnother(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	red := d.kin()["RED"]
	red.do(staff.Registrar, complaint.Accept, "nature", "RED")
	red.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	_, err := d.try(staff.Registrar, complaint.SplitMore, "nature", "RED", "title", "另一笔", "unit", complainttest.Finance, "category", "C03", "request", "付。", "facts", "财政局没有拨。")
	refused(t, err, "正在办同一件投诉里的另一件")
	if len(d.kin()) != 2 {
		t.Error("refused, it was split all the same")
	}
}

// A part that was taken back loses nothing of what was said to it, and what was said to the
// desk alone stays so wherever it is passed on.
func TestNothingSaidToAPartIsLostOrTold(t *testing.T) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d = d.at(receipt.Number)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	red, acc := d.kin()["RED"], d.kin()["ACC"]
	visitor := d.open(receipt)
	says := func(to *desk, action workflow.Action, words string) {
		t.Helper()
		if err := d.Portal.Turn(t.Context(), visitor, to.number); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Portal.MoveOwn(t.Context(), visitor, to.number, action, complainttest.Token(), workflow.Answers{"note": {words}}); err != nil {
			t.Fatal(err)
		}
	}
	says(acc, complaint.Supplement, "经办人的电话我有。")
	says(d, complaint.Supplement, "还有一张收据。")
	says(d, complaint.Confide, "昨晚有人来我家。")
	waits := func(words string) string {
		t.Helper()
		whole := d.read(d.People[staff.Registrar])
		for i, w := range whole.Waiting {
			if strings.Contains(w.Words, words) {
				return whole.Offered["addition"][i].Value
			}
		}
		return ""
	}
	acc.do(staff.Registrar, complaint.TakePart, "addition", waits("收据"), "words", "还有一张收据。")
	if waits("收据") != "" {
		t.Error("what a part has waits still")
	}
	acc.do(staff.Registrar, complaint.TakeBack, "public", "看错了")
	for _, words := range []string{"收据", "电话我有", "不给好处", "来我家"} {
		if waits(words) == "" {
			t.Errorf("%q is lost with the part that was taken back", words)
		}
	}
	more := []string{"nature", "SUG", "title", "建议", "unit", complainttest.Town, "category", "C03", "request", "改进。", "facts", "有人来我家。"}
	_, err := d.try(staff.Registrar, complaint.SplitMore, append(slices.Clone(more), "addition", waits("来我家"))...)
	wrongField(t, err, "addition", "只说给监督人员听")
	red.do(staff.Registrar, complaint.Accept, "nature", "RED")
	red.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	red.do(staff.Handler, complaint.Sign)
	handler := d.People[staff.Handler]
	before := len(red.read(handler).Events)
	red.do(staff.Registrar, complaint.TakePart, "addition", waits("来我家"), "words", "昨晚有人来我家。")
	if read := red.read(handler); len(read.Events) != before {
		t.Errorf("the unit hears that something was confided: %+v", read.Events[0])
	}
	if said := red.told(complaint.TakePart); !strings.Contains(said, "承办单位看不到") {
		t.Errorf("whoever complained is told %q", said)
	}
	// The course of a part reads to its unit as that of any complaint.
	whole := d.at(d.File(t, complainttest.Intake()).Number)
	whole.do(staff.Registrar, complaint.EnterRegister)
	whole.do(staff.Registrar, complaint.Accept, "nature", "RED")
	whole.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	whole.do(staff.Handler, complaint.Sign)
	course := func(of *desk) (all []workflow.Action) {
		for _, e := range of.read(handler).Events {
			all = append(all, e.Action)
		}
		return all
	}
	if part, any := course(red), course(whole); !slices.Equal(part, any) {
		t.Errorf("a part reads %v, another complaint %v", part, any)
	}
}

// What came back from another body is split with the terms that run, not with those of the
// course that ended; and the whole waits for a part that is with another body.
func TestAPartRunsByTheTermsThatRun(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	away := []string{"body", "市住房公积金中心", "document", "转送函", "public", "归它管", "new_body", "yes"}
	d.do(staff.Registrar, complaint.Transfer, away...)
	d.Wait(40 * aDay)
	d.do(staff.Registrar, complaint.HandedBack, "public", "退回")
	back := d.Now()
	d.Wait(aDay)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	red, acc := d.kin()["RED"], d.kin()["ACC"]
	if got := red.began("PF-ACC"); got.Before(back) {
		t.Errorf("its term began on %s, before what ended on %s", got, back)
	}
	acc.do(staff.Registrar, complaint.TakeBack, "public", "看错了")
	red.do(staff.Registrar, complaint.Transfer, away...)
	red.Wait(400 * aDay)
	d.sweep()
	if d.state() != "split" {
		t.Errorf("with a part at another body the whole is %s", d.state())
	}
	red.do(staff.Registrar, complaint.HandedBack, "public", "又退回")
	if red.state() == "transferred" {
		t.Error("it does not come back")
	}
}

// No part loses days that were granted or answers that were given.
func TestWhatHasAnAnswerOrOtherDaysIsNotSplit(t *testing.T) {
	d := handled(t)
	must(0, d.ask("5"))
	d.do(staff.UnitHead, extension.Grant, "count", "5", "public", "要核账")
	d.do(staff.Registrar, complaint.Recall, "note", "另派")
	_, err := d.try(staff.Registrar, complaint.SplitUp, parts...)
	refused(t, err, "期限延长过")
}

// A complaint whose parts were all taken back is withdrawn by its complainant; one with a part
// that somebody works on is not.
func TestAWholeIsWithdrawnOnceEveryPartIsBack(t *testing.T) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d = d.at(receipt.Number)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	withdraw := func() error {
		_, err := d.Portal.MoveOwn(t.Context(), d.open(receipt), d.number, complaint.Withdraw, complainttest.Token(), workflow.Answers{})
		return err
	}
	for _, part := range d.kin() {
		if err := withdraw(); err == nil {
			t.Fatal("withdrawn while a part is worked on")
		}
		part.do(staff.Registrar, complaint.TakeBack, "public", "看错了")
	}
	if err := withdraw(); err != nil || d.state() != "withdrawn" {
		t.Errorf("it is %s: %v", d.state(), err)
	}
}
