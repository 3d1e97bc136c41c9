package complaint_test

import (
	"net/url"
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

func TestAUnitThatIsWrittenOutIsTakenAtItsWord(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for _, c := range []struct{ chosen, written, unit, field string }{
		{"", "县财政局", complainttest.Finance, ""},
		{"", "　财政局 ", complainttest.Finance, ""},
		{complaint.UnknownUnit, "财政局。", complainttest.Finance, ""},
		{complainttest.Town, "东岭", complainttest.Town, ""},
		{complainttest.Town, "东岭镇政府的人", complainttest.Town, ""},
		{complainttest.Town, "东领镇", complainttest.Town, ""},
		{complainttest.Town, "dlz", complainttest.Town, ""},
		{complainttest.Town, "财政局", complainttest.Town, "unit"}, // which of them is asked
		{complainttest.Town, "财政局的人", complainttest.Town, "unit"},
		{complainttest.Town, "东龄乡", complainttest.Town, "unit"}, // near it, and maybe another body
		{complainttest.Town, "西岭镇", complainttest.Town, "unit"},
		{complainttest.Finance, "邮政局", complainttest.Finance, "unit"},
		{complainttest.Finance, "家政公司", complainttest.Finance, "unit"},
		{complainttest.Finance, "财务局", complainttest.Finance, "unit"},
		{complainttest.Finance, "县财政厅", complainttest.Finance, "unit"},
		{complainttest.Finance, "财政", complainttest.Finance, ""},
		{complainttest.Finance, "财局", complainttest.Finance, ""},
		{complainttest.Finance, "才政局", complainttest.Finance, ""},
		{complainttest.Finance, "czj", complainttest.Finance, ""},
		{complainttest.Finance, "县财政局采购办", complainttest.Finance, ""},
		{complainttest.Town, "那个所", complainttest.Town, "unit"},
		{complaint.UnknownUnit, "财政局的王局长", complaint.UnknownUnit, ""},
		{complaint.UnknownUnit, "县政务诚信监督办公室", complaint.UnknownUnit, ""}, // a complaint may not name it here
		{complaint.UnknownUnit, "", complaint.UnknownUnit, "unit_name"},
		{"", "财政", "", "unit"},
		{"", "", "", "unit"},
		{"NOPE", "财政局", "NOPE", "unit"},
	} {
		f := complaint.ReadForm(url.Values{"unit": {c.chosen}, "unit_name": {c.written}, "category": {"C03"}, "title": {"欠款"}, "request": {"付清"}, "facts": {"没有付清"}}).Story
		story, faults, err := o.Portal.Story(t.Context(), f, complaint.Web)
		if err != nil {
			t.Fatal(err)
		}
		var field string
		if len(faults) > 0 {
			field = faults[0].Name
		}
		if story.Unit != c.unit || field != c.field || len(faults) > 1 {
			t.Errorf("chosen %q, written %q: unit %q, faults %v", c.chosen, c.written, story.Unit, faults)
		}
	}
}

// What was typed goes with the complaint wherever it says more or other than the name
// of what was chosen; not once somebody ticked that it does not count.
func TestTheWordsBesideAChosenUnitGoWithIt(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for _, c := range []struct{ written, sure, said string }{
		{"财政局采购办", "", "财政局采购办"},
		{"财政", "", "财政"},
		{"邮政局", "", "邮政局"},
		{"县财政局", "", ""},
		{"　", "", ""},
		{"邮政局", complainttest.Finance + " 邮政局", ""},
		{"邮政局", complainttest.Finance + " 家政局", "邮政局"}, // the tick was of other words
	} {
		f := complaint.StoryForm{Unit: complainttest.Finance, UnitName: c.written, UnitSure: c.sure, Category: "C03", Title: "欠款", Request: "付清", Facts: "没有付清"}
		story, _, err := o.Portal.Story(t.Context(), f, complaint.Web)
		if err != nil || story.UnitSaid != c.said || story.Unit != complainttest.Finance {
			t.Errorf("written %q, sure %q: said %q of %s, %v", c.written, c.sure, story.UnitSaid, story.Unit, err)
		}
	}
}

// Whoever files, and whether or not a page settled it before.
func TestFilingSettlesAUnitThatIsWrittenOut(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Unit, in.Story.UnitSaid = complaint.UnknownUnit, "司法局"
	receipt := o.File(t, in)
	type row struct {
		Unit, UnitSaid string
		Flags          []string
	}
	got, err := pg.One[row](t.Context(), o.DB.Owner, `
		SELECT coalesce(m.unit, '') AS unit, c.unit_said, m.flags FROM matter m JOIN complaint c ON c.matter_id = m.id`, nil)
	if err != nil || got.Unit != complainttest.Justice || got.UnitSaid != "司法局" || slices.Contains(got.Flags, complaint.UnitUnsettled) {
		t.Errorf("filed as %+v, %v", got, err)
	}
	if receipt.UnitName != "县司法局" {
		t.Errorf("the receipt names %q", receipt.UnitName)
	}
}

func TestSentencesSpeakToWhoeverFillsTheFormIn(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	empty := complaint.ReadForm(url.Values{"unit": {complaint.UnknownUnit}})
	for through, want := range map[complaint.Channel]map[string]string{
		complaint.Web:     {"complainant_kind": "请选您是谁", "unit_name": "请写您怎么叫这个单位，以后好核对", "request": "请写您要求怎么办，例如：付清剩余工程款"},
		complaint.Hotline: {"complainant_kind": "请选投诉人是谁", "unit_name": "请写投诉人怎么叫这个单位，以后好核对", "request": "请写投诉人要求怎么办，例如：付清剩余工程款"},
	} {
		in, faults, err := o.Portal.Intake(t.Context(), empty, through)
		if err != nil {
			t.Fatal(err)
		}
		for name, sentence := range want {
			if !says(faults, name, sentence) {
				t.Errorf("%s: beside %s stands none like %q: %v", through, name, sentence, faults)
			}
		}
		if !says(in.Faults(), "request", want["request"]) {
			t.Errorf("%s: filing says it otherwise: %v", through, in.Faults())
		}
	}
}

func says(faults []fault.Field, name, sentence string) bool {
	return slices.ContainsFunc(faults, func(f fault.Field) bool { return f.Name == name && f.Sentence == sentence })
}

// By name or by choice: the accused office never reads it, another body does.
func TestAComplaintAboutTheOfficeIsReadOutsideIt(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE unit SET complainable = true WHERE code = 'DESK'`); err != nil {
		t.Fatal(err)
	}
	outside := o.Hire(t, "outside", staff.Registrar, complainttest.Justice)
	for _, story := range []complaint.Story{{Unit: complainttest.DeskUnit}, {Unit: complaint.UnknownUnit, UnitSaid: "政务诚信监督办公室"}} {
		in := complainttest.Intake()
		in.Story.Unit, in.Story.UnitSaid = story.Unit, story.UnitSaid
		number := o.File(t, in).Number
		for _, role := range staff.Roles() {
			if _, err := o.Desk.Read(t.Context(), o.People[role], number); !fault.Is(err, fault.NotFound) {
				t.Errorf("%q: the office's own %s: %v", story.UnitSaid, role, err)
			}
		}
		if _, err := o.Desk.Read(t.Context(), outside, number); err != nil {
			t.Errorf("%q: outside: %v", story.UnitSaid, err)
		}
	}
}
