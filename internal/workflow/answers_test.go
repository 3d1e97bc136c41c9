package workflow_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/workflow"
)

// TestADayFarAheadIsAQuestion: asked once, and taken by whoever says that it is the day.
func TestADayFarAheadIsAQuestion(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 4, 0, 0, 0, time.UTC)
	day := func(year string) workflow.Answers {
		return workflow.Answers{"by_year": {year}, "by_month": {"11"}, "by_day": {"1"}}
	}
	move := func(reach int) workflow.Move {
		return workflow.Move{Needs: []workflow.Need{{Name: "by", Kind: workflow.AskDate, Day: workflow.ToCome, Reach: reach}}}
	}
	if faults := move(0).Faults(day("2027"), now); len(faults) != 0 {
		t.Errorf("within a year: %+v", faults)
	}
	far := move(0).Faults(day("2036"), now)
	if len(far) != 1 || !strings.Contains(far[0].Sentence, "2036年11月1日离今天很远") || len(far[0].Readings) != 1 {
		t.Fatalf("far ahead: %+v", far)
	}
	sure := day("2036")
	sure["by_sure"] = []string{far[0].Readings[0].Value}
	if faults := move(0).Faults(sure, now); len(faults) != 0 {
		t.Errorf("confirmed: %+v", faults)
	}
	if r, ok := sure.Sure("by"); !ok || r.Words != "2036年11月1日" {
		t.Errorf("not kept as confirmed: %+v", r)
	}
	sure["by_year"] = []string{"2037"} // another day than the one that was confirmed
	if faults := move(0).Faults(sure, now); len(faults) != 1 {
		t.Errorf("another day: %+v", faults)
	}
	if faults := move(36).Faults(day("2029"), now); len(faults) != 0 {
		t.Errorf("where days may be far: %+v", faults)
	}
}
