package clock_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
)

func TestADateReadsAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	d := date(t, "2026-11-30")
	got := []string{d.String(), d.Chinese(), d.Short(), d.Long(), clock.Date{}.String()}
	want := []string{"2026-11-30", "11月30日（星期一）", "11月30日", "2026年11月30日", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestADayThatDoesNotExistIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "11月30日", "2026-11-30T00:00:00Z"} {
		if d, err := clock.ParseDate(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
}

func TestAMomentFallsOnTheDayInShanghai(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-22T15:59:59Z": "2026-11-22",
		"2026-11-22T16:00:00Z": "2026-11-23",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock.On(moment); got.String() != want {
			t.Errorf("%s: got %s, want %s", at, got, want)
		}
	}
}

func TestMonthsGoToTheCorrespondingDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-11-15", 2, "2027-01-15"},
		{"2026-03-31", -1, "2026-02-28"},
	} {
		if got := date(t, c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s + %d months: got %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestADateSurvivesJSON(t *testing.T) {
	t.Parallel()
	type pair struct{ Set, Unset clock.Date }
	in := pair{Set: date(t, "2026-02-28")}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out pair
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"Set":"2026-02-30"}`), &out); err == nil {
		t.Error("30 February was read from JSON")
	}
}
