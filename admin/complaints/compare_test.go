package complaints

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
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
