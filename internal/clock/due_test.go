package clock_test

import (
	"testing"
	"time"

	"zhengxin/internal/clock"
)

// rule is a statutory rule counted from the true day.
func rule(n int, unit clock.Unit) clock.Rule {
	return clock.Rule{
		Code: "XF-DO", Version: 1, Title: "办结", StartEvent: "accepted", EndEvent: "concluded",
		Limit: n, Unit: unit, Basis: "《信访工作条例》第三十四条", Confidence: clock.High,
	}
}

// promise is one of the platform's own rules.
func promise(start string, n int, unit clock.Unit) clock.Rule {
	r := rule(n, unit)
	r.Code, r.Title, r.StartEvent = "PF-DO", "答复", start
	r.Basis, r.Confidence = "本平台承诺", clock.Design
	return r
}

func due(t testing.TB, r clock.Rule, cal clock.Calendar, started string) clock.Due {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", started, clock.Local(time.Now()).Location())
	if err != nil {
		t.Fatal(err)
	}
	d, err := r.Due(cal, at)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheVectorsOfTheLawAreCountedExactly(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		start string
		n     int
		unit  clock.Unit
		want  string
	}{
		{"2026-02-10", 5, clock.WorkingDays, "2026-02-24"},
		{"2026-09-18", 10, clock.WorkingDays, "2026-10-09"},
		{"2026-04-30", 1, clock.WorkingDays, "2026-05-06"},
		{"2025-09-26", 10, clock.WorkingDays, "2025-10-16"},
		{"2024-02-08", 3, clock.WorkingDays, "2024-02-19"},
		{"2026-09-30", 10, clock.WorkingDays, "2026-10-20"},
		{"2026-02-05", 15, clock.NaturalDays, "2026-02-24"},
		{"2026-09-10", 15, clock.NaturalDays, "2026-09-28"},
		{"2026-08-03", 60, clock.NaturalDays, "2026-10-08"},
		{"2026-05-02", 60, clock.NaturalDays, "2026-07-01"},
	} {
		got := due(t, rule(c.n, c.unit), cal, c.start+" 10:00")
		if got.On.String() != c.want {
			t.Errorf("%s + %d %s: got %s, want %s", c.start, c.n, c.unit, got.On, c.want)
		}
		if !got.At.Equal(got.On.AddDays(1).Begins()) {
			t.Errorf("%s: ends at %s, not at 24:00", got.On, got.At)
		}
	}
}
