package admin

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// spell writes a comparison with + and - around what was added and removed.
func spell(lines [][]mark) []string {
	var out []string
	for _, line := range lines {
		text := ""
		for _, m := range line {
			text += [...]string{m.Text, "+" + m.Text + "+", "-" + m.Text + "-"}[m.Kind]
		}
		out = append(out, text)
	}
	return out
}

func TestTwoDraftsAreSetAgainstEachOther(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after string
		want          []string
	}{
		"the same":             {"甲。\n乙。", "甲。\n乙。", []string{"甲。", "乙。"}},
		"a paragraph added":    {"甲。\n丙。", "甲。\n乙。\n丙。", []string{"甲。", "+乙。+", "丙。"}},
		"one taken out":        {"甲。\n乙。\n丙。", "甲。\n丙。", []string{"甲。", "-乙。-", "丙。"}},
		"a middle changed":     {"建议镇政府研究解决。", "建议县政府研究解决。", []string{"建议-镇-+县+政府研究解决。"}},
		"words put at the end": {"尚欠工程款。", "尚欠工程款。利息另算。", []string{"尚欠工程款。+利息另算。+"}},
		"nothing before":       {"", "甲。", []string{"+甲。+"}},
		"nothing after":        {"甲。", "", []string{"-甲。-"}},
		"rare characters":      {"𠮷村的账", "𡈽村的账", []string{"-𠮷-+𡈽+村的账"}},
		"two places":           {"十五日内提出申辩，逾期视为放弃。", "十日内提出申辩，逾期未提出的，视为放弃。", []string{"十-五-日内提出申辩，逾期+未提出的，+视为放弃。"}},
		"a number":             {"2026年12月1日前付清。", "2027年1月1日前付清。", []string{"-2026年12-+2027年1+月1日前付清。"}},
		"written anew":         {"经查，你反映的工程款已经付清，我们的意见是不予支持。", "镇政府认为，合同的尾款应当分两次支付，对方的账目不清楚。", []string{"-经查，你反映的工程款已经付清，我们的意见是不予支持-+镇政府认为，合同的尾款应当分两次支付，对方的账目不清楚+。"}},
		"blank lines apart":    {"甲。\n\n乙。", "甲。\n乙。\n", []string{"甲。", "乙。"}},
	} {
		if diff := cmp.Diff(c.want, spell(compare(c.before, c.after))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestAComparisonLosesNoWord reads both drafts out of their comparison again.
func TestAComparisonLosesNoWord(t *testing.T) {
	t.Parallel()
	words := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙的，。2a𠮷\n")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, after := words.Draw(t, "before"), words.Draw(t, "after")
		var old, now string
		for _, line := range compare(before, after) {
			for i, m := range line {
				if m.Text == "" || i > 0 && m.Kind == line[i-1].Kind {
					t.Errorf("an empty mark, or one that is cut in two: %v", line)
				}
				if m.Kind != added {
					old += m.Text
				}
				if m.Kind != removed {
					now += m.Text
				}
			}
		}
		if diff := cmp.Diff([]string{strings.Join(paragraphs(before), ""), strings.Join(paragraphs(after), "")}, []string{old, now}); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAParagraphTooLongIsNotCompared: two of a hundred thousand characters would
// keep the desk busy for minutes.
func TestAParagraphTooLongIsNotCompared(t *testing.T) {
	t.Parallel()
	half := strings.Repeat("甲", mostUnits/2-1)
	for end, want := range map[string]string{
		"":  half + "-乙-+丙+",
		"丁": "-" + half + "乙-+" + half + "丙丁+",
	} {
		if diff := cmp.Diff([]string{want}, spell(compare(half+"乙", half+"丙"+end))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAMachineSeesWhatAPersonMayMiss(t *testing.T) {
	t.Parallel()
	good := complaint.Draft{Finding: "unsubstantiated", Decision: "explain", Facts: "经查没有欠款。", Opinion: "作解释。",
		Basis: "《保障中小企业款项支付条例》第九条", Demand: "12月31日前书面说明。"}
	if got := complaints(machineChecks(good, nil)); len(got) != 0 {
		t.Errorf("a good draft is blamed: %v", got)
	}
	for _, demand := range []string{"一个月内付清。", "30 日内付清。", "十五个工作日内付清。", "两周内付清。"} {
		draft := good
		draft.Demand = demand
		if got := complaints(machineChecks(draft, nil)); len(got) != 0 {
			t.Errorf("%q is blamed: %v", demand, got)
		}
	}
	for want, change := range map[string]func(*complaint.Draft){
		"第几条":    func(a *complaint.Draft) { a.Basis = "有关规定" },
		"手机号码":   func(a *complaint.Draft) { a.Facts += "打 13800138000 问过。" },
		"身份证号":   func(a *complaint.Draft) { a.Opinion += "身份证 11010519491231002X。" },
		"什么时候做完": func(a *complaint.Draft) { a.Demand = "尽快研究。" },
		"却支持了请求": func(a *complaint.Draft) { a.Decision = "support" },
		"立案":     func(a *complaint.Draft) { a.Finding = "partially" },
		"还有没写的":  func(a *complaint.Draft) { a.Opinion = "" },
	} {
		draft := good
		change(&draft)
		if got := strings.Join(complaints(machineChecks(draft, nil)), " "); !strings.Contains(got, want) {
			t.Errorf("want a word of %s, got %q", want, got)
		}
	}
	if got := strings.Join(complaints(machineChecks(good, &good)), " "); !strings.Contains(got, "一字不差") {
		t.Errorf("an unchanged draft passes: %q", got)
	}
}

func complaints(list []check) []string {
	var out []string
	for _, c := range list {
		if c.State != passed {
			out = append(out, c.Text)
		}
	}
	return out
}

func TestADrafterCannotApproveAndReadsWhy(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, team[staff.UnitHead].ID)
	team[staff.UnitHead].does(number, complaint.DraftAnswer, draftOf("合同属实。")...)
	page := team[staff.UnitHead].Get(t, "/complaints/"+number+"/answer").Want(t, 200)
	if why := page.Text("#why-approve_answer"); !strings.Contains(why, "这一步要由另一个人做") {
		t.Errorf("the drafter reads %q", why)
	}
}

func TestAWrongDraftComesBackWhole(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, handler.ID)
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	back := pressOn(t, page, complaint.DraftAnswer, "facts", "查到一半\n第二段", "basis", "").Want(t, 422)
	if got := back.Find("#draft_answer-facts").Text(); strings.TrimSpace(got) != "查到一半\n第二段" {
		t.Errorf("kept %q", got)
	}
	if got := back.Attr(".error-list a", "href"); got != "#draft_answer-basis" || !back.Has(got) {
		t.Errorf("the summary leads to %q", got)
	}
	if w.state(t, number) != complaint.Handling {
		t.Error("it was sent all the same")
	}
	pressOn(t, back, complaint.DraftAnswer, "basis", "《保障中小企业款项支付条例》第九条").Want(t, 200)
	if w.state(t, number) != complaint.ResultSubmitted {
		t.Error("corrected, it was not sent")
	}
}

func TestNobodyElsesMoveIsReportedAsMine(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	for _, query := range []string{"?done=2", "?again=2", "?done=1", "?done=99", "?done=<b>", "?done=-1"} {
		if page := team[staff.Supervisor].Get(t, "/complaints/"+number+query).Want(t, 200); page.Has(".banner") {
			t.Errorf("%s: %s", query, page.Text(".banner"))
		}
	}
}

func TestOneOpenMoveHasAnAddressOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	page := team[staff.Registrar].Get(t, "/complaints/"+number+"/settle_unit").Want(t, 200)
	if !page.Has("details[open] #settle_unit-unit") || page.Attr("#settle_unit-unit option[selected]", "value") != complainttest.Town {
		t.Error("the move does not stand open with what is known")
	}
	if page = team[staff.Registrar].Get(t, "/complaints/"+number+"/reply").Want(t, 200); page.Path != "/complaints/"+number {
		t.Errorf("a move that is not to be had leads to %s", page.Path)
	}
	team[staff.Registrar].Get(t, "/complaints/"+number+"/nonsense").Want(t, 404)
}
