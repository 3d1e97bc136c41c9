package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// came is a complaint as it comes in through a channel, from a firm, of a category.
func came(through complaint.Channel, category string) complaint.Intake {
	in := complainttest.Intake()
	in.Channel, in.Story.Category = through, category
	return in
}

// enter takes a complaint down by hand, which registers it.
func (d *desk) enter(in complaint.Intake) {
	d.t.Helper()
	out := must(d.Desk.Enter(d.t.Context(), in, d.People[staff.Registrar], complainttest.Token()))
	if out.Left != nil {
		d.t.Fatal(out.Left)
	}
	d.number = out.Number
}

// running are the clocks of the track's own rules that run, with their last days.
func (d *desk) running() map[clock.Code]string {
	d.t.Helper()
	type row struct {
		Rule clock.Code
		On   clock.Date
	}
	all := map[clock.Code]string{}
	for _, r := range must(pg.All[row](d.t.Context(), d.DB.Owner, `SELECT k.rule, k.due_on AS on FROM clock k JOIN matter m ON m.id = k.matter_id
		WHERE m.number = @n AND k.stopped_at IS NULL AND k.rule ~ '^(SME|BE|HL|XF-DO)'`, pg.Args{"n": d.number})) {
		all[r.Rule] = r.On.String()
	}
	return all
}

func (d *desk) runs(want map[clock.Code]string) {
	d.t.Helper()
	got := d.running()
	for code, on := range want {
		if got[code] != on {
			d.t.Errorf("%s runs to %q, want %s", code, got[code], on)
		}
	}
	if len(got) != len(want) {
		d.t.Errorf("got %v, want %v", got, want)
	}
}

func TestATrackIsProposedFromHowItCameFromWhomAndAboutWhat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		through        complaint.Channel
		kind, category string
		want           string
	}{
		{complaint.Hotline, "citizen", "C03", complaint.Hotline345},
		{complaint.OtherBody, "enterprise", "C03", complaint.SMEPayment},
		{complaint.OtherBody, "citizen", "C03", complaint.Petition},
		{complaint.Web, "enterprise", "C03", complaint.Petition}, // no receiving department of the regulation
		{complaint.Web, "enterprise", "C01", complaint.BizEnv},
		{complaint.Web, "citizen", "C01", complaint.Petition},
		{complaint.Web, "enterprise", "", complaint.Petition},
	} {
		if got, why := complaint.ProposeTrack(c.through, c.kind, c.category); got != c.want || why == "" {
			t.Errorf("%s, %s, %s: %s, %q", c.through, c.kind, c.category, got, why)
		}
	}
}

// Every row of the table is of an action of the law, which may start what it chooses, and
// every track and nature is one that there is.
func TestEveryChosenTermMayStartWhereItIsChosen(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	table := must(clock.Read(t.Context(), o.DB.Owner))
	if len(table.Choices) == 0 {
		t.Fatal("nothing is chosen")
	}
	for _, c := range table.Choices {
		may := false
		for _, m := range complaint.Law.Moves {
			may = may || string(m.Action) == c.At && slices.Contains(m.MayStart, c.Rule)
		}
		rule, ok := table.Rule(c.Rule, clock.On(o.Now()))
		if !may || !ok || c.Track != "" && complaint.TrackWord(c.Track) == "" || rule.Track != c.Track && c.Rule != clock.PetitionConclude {
			t.Errorf("%+v: started by the law %v, rule %v of track %q", c, may, ok, rule.Track)
		}
	}
}

// Received on Monday, 2 March 2026. Days are counted by hand.
func TestEachTrackHasItsOwnTerms(t *testing.T) {
	d := newDesk(t)
	d.enter(came(complaint.OtherBody, "C03"))
	d.runs(map[clock.Code]string{clock.PaymentExamine: "2026-03-16"}) // ten working days
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	// 30 days from the receipt, 60 from the acceptance (1 to 5 May are off), 10 working days.
	d.runs(map[clock.Code]string{clock.PaymentAnswer: "2026-04-01", clock.PetitionConclude: "2026-05-06", clock.PaymentTransfer: "2026-03-16"})
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.runs(map[clock.Code]string{clock.PaymentAnswer: "2026-04-01", clock.PetitionConclude: "2026-05-06"})

	d.enter(came(complaint.Visit, "C01"))
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-09"}) // the fifth day is a Saturday
	d.do(staff.Registrar, complaint.Accept, "nature", "SUG")
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-09", clock.BusinessAnswer: "2026-04-01"})
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.runs(map[clock.Code]string{clock.BusinessAnswer: "2026-04-01"})

	d.enter(came(complaint.Hotline, "C03"))
	d.runs(nil)
	d.do(staff.Registrar, complaint.Accept, "nature", "HLP")
	d.runs(map[clock.Code]string{clock.HotlineGive: "2026-03-03"})
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.runs(map[clock.Code]string{clock.HotlineSign: "2026-03-03"})
	d.do(staff.Handler, complaint.Sign)
	d.runs(map[clock.Code]string{clock.HotlineHelp: "2026-03-09"})
	nearest := must(pg.One[time.Time](t.Context(), d.DB.Owner, `SELECT due_at FROM matter WHERE number = @n`, pg.Args{"n": d.number}))
	if on := clock.On(nearest.Add(-time.Second)); on.String() != "2026-03-09" {
		t.Errorf("the earlier of two terms holds: %s", on)
	}
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	d.runs(nil)
	d.verifyChain()
}

func TestARegistrarChoosesAnotherTrackThanIsProposed(t *testing.T) {
	d := newDesk(t)
	d.enter(came(complaint.Visit, "C01"))
	_, err := d.try(staff.Registrar, complaint.Accept, "nature", "RED", "track", "court")
	wrongField(t, err, "track", "请从列出的里面选")
	d.do(staff.Registrar, complaint.Accept, "nature", "RED", "track", complaint.Petition)
	d.runs(map[clock.Code]string{clock.PetitionConclude: "2026-05-06"})
	d.verifyChain()
}

func TestAnotherCategoryProposesAnotherTrackUntilOneIsChosen(t *testing.T) {
	d := newDesk(t)
	d.enter(came(complaint.Visit, "C03"))
	d.runs(nil)
	settle := func(category string) {
		d.do(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Town, "category", category)
	}
	settle("C01")
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-09"})
	settle("C03")
	d.runs(nil)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	settle("C01")
	d.runs(map[clock.Code]string{clock.PetitionConclude: "2026-05-06"})
	d.verifyChain()
}

// What was granted of a term stays with it, whatever the complaint was called meanwhile; a
// term of another law begins without.
func TestACorrectedNatureOrTrackKeepsWhatATermWasExtendedBy(t *testing.T) {
	d := handled(t)
	extended := func(n string) {
		t.Helper()
		if _, err := d.try(staff.Handler, extension.Ask, "rule", "XF-DO", "count", n, "note", "还要鉴定"); err != nil {
			t.Fatal(err)
		}
		d.do(staff.UnitHead, extension.Grant, "count", n, "public", "还要鉴定")
	}
	extended("20")
	const law = "2026-05-21" // the 80th day
	d.runs(map[clock.Code]string{clock.PetitionConclude: law})
	d.do(staff.Registrar, complaint.Recall, "note", "换个单位")
	correct := func(pairs ...string) {
		d.Wait(time.Minute)
		d.do(staff.Registrar, complaint.CorrectNature, append(pairs, "note", "看错了")...)
	}
	correct("nature", "RED", "track", complaint.BizEnv)
	d.runs(map[clock.Code]string{clock.PetitionConclude: law, clock.BusinessAnswer: "2026-04-01"}) // to whom it goes was done once
	correct("nature", "HLP", "track", complaint.Petition)
	d.runs(nil)
	correct("nature", "RED")
	d.runs(map[clock.Code]string{clock.PetitionConclude: law})
	_, err := d.try(staff.Registrar, complaint.CorrectNature, "nature", "RED", "track", complaint.Petition, "note", "再改")
	wrongField(t, err, "nature", "不用更正")
	if k := d.kept(clock.PetitionConclude); !strings.Contains(k.Derivation, "加上延长的") || !k.NearestAsItShould {
		t.Errorf("%+v", k)
	}
	d.Wait(time.Minute)
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.do(staff.Handler, complaint.Sign)
	_, err = d.try(staff.Handler, extension.Ask, "rule", "XF-DO", "count", "5", "note", "还要鉴定")
	wrongField(t, err, "rule", "不能延长") // once, and that was used
	d.verifyChain()
}

func TestTheTermOfAPaymentIsExtendedToNinetyDaysInAllAndNoFurther(t *testing.T) {
	d := newDesk(t)
	d.enter(came(complaint.OtherBody, "C03"))
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.do(staff.Handler, complaint.Sign)
	more := func(n string) error {
		_, err := d.try(staff.Handler, extension.Ask, "rule", "SME-DO", "count", n, "note", "还要鉴定")
		if err == nil {
			d.do(staff.UnitHead, extension.Grant, "count", n, "public", "还要鉴定")
		}
		return err
	}
	wrongField(t, more("61"), "count", "最多 60 天")
	for n, on := range map[string]string{"40": "2026-05-11"} { // the 70th day
		if err := more(n); err != nil || d.running()[clock.PaymentAnswer] != on {
			t.Errorf("%s more: %v, %v", n, err, d.running())
		}
	}
	wrongField(t, more("21"), "count", "最多 20 天")
	if err := more("20"); err != nil || d.running()[clock.PaymentAnswer] != "2026-06-01" { // 31 May, the 90th, is a Sunday
		t.Errorf("%v, %v", err, d.running())
	}
	if err := more("1"); err == nil {
		t.Error("a ninety-first day")
	}
	d.verifyChain()
}

func TestAGroundOfOneTrackIsNoGroundOfAnother(t *testing.T) {
	d := newDesk(t)
	for through, grounds := range map[complaint.Channel]map[string]bool{
		complaint.Visit:     {"REJECT_NOT_PROC": false, "REJECT_12345": false, "REJECT_NO_CONTRACT": true},
		complaint.OtherBody: {"REJECT_NOT_PROC": true, "REJECT_12345": false},
		complaint.Hotline:   {"REJECT_NOT_PROC": false, "REJECT_12345": true},
	} {
		for ground, may := range grounds {
			d.enter(came(through, "C03"))
			_, err := d.try(staff.Registrar, complaint.Reject, "ground", ground, "public", "请向法院起诉", "articles", "XF-31")
			if may != (err == nil) {
				t.Errorf("%s, %s: %v", through, ground, err)
			}
			if !may {
				wrongField(t, err, "ground", "这件不能选这一项")
			}
		}
	}
}

// A complaint that a complainant completes begins its examination anew, on the portal.
func TestAnExaminationBeginsAnewWithWhatWasMissing(t *testing.T) {
	d := newDesk(t)
	in := complainttest.Intake()
	in.Story.Category = "C01"
	receipt := d.File(t, in)
	d.number = receipt.Number
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-09"})
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "请补合同")
	d.runs(nil)
	d.Wait(4 * aDay)
	if err := d.own(receipt)(complaint.Supplement, "note", "合同在这里"); err != nil {
		t.Fatal(err)
	}
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-11"})
	d.do(staff.Registrar, complaint.Accept, "nature", "SUG")
	d.runs(map[clock.Code]string{clock.BusinessGive: "2026-03-11", clock.BusinessAnswer: "2026-04-07"}) // 5 and 6 April are off
	d.verifyChain()
}
