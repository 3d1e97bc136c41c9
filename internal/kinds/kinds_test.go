package kinds_test

import (
	"strings"
	"testing"

	"zhengxin/internal/kinds"
	"zhengxin/internal/workflow"
)

// TestStaffReadSentencesAsTheirReader: what a law says to an outsider is said to staff of
// them, and what somebody typed into it stays word for word.
func TestStaffReadSentencesAsTheirReader(t *testing.T) {
	t.Parallel()
	const typed = "请您某日到窗口。{public}您好"
	for _, k := range kinds.All() {
		for _, m := range k.Law.Moves {
			said := m.Public
			for _, name := range []string{"public", "lead", "co", "unit", "category", "before", "ground", "basis", "nature", "rating", "solved", "until", "changes"} {
				said = strings.ReplaceAll(said, "{"+name+"}", typed)
			}
			got := k.Law.ForStaff(m.Action, said)
			if own := strings.ReplaceAll(got, typed, ""); strings.Contains(own, "您") || strings.Contains(own, "看到的是") {
				t.Errorf("%s: staff read %q", m.Action, got)
			}
			if strings.Count(got, typed) != strings.Count(said, typed) {
				t.Errorf("%s: what was typed is read as %q", m.Action, got)
			}
		}
	}
	law := kinds.All()[0].Law
	for said, want := range map[string]string{
		"您催办了这件投诉。": "投诉人催办了这件投诉。",
		"":          "",
		"承办单位已经签收。": "承办单位已经签收。",
		"您按过去的说法催办过这件。": "投诉人看到的是：“您按过去的说法催办过这件。”",
	} {
		if got := law.ForStaff(workflow.Action("urge"), said); got != want {
			t.Errorf("%q is read as %q, want %q", said, got, want)
		}
	}
	if got := law.ForStaff("rate", "您的评价：满意，您说解决了。"); got != "投诉人的评价：满意，您说解决了。" {
		t.Errorf("a filled sentence is read as %q", got)
	}
}
