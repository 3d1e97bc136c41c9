package clock_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhengxin/internal/clock"
)

func TestWhatIsLeftIsSaidInPlainWords(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	answer := due(t, promise("accepted", 30, clock.NaturalDays), cal, "2026-10-30 15:30") // to 30 November
	decide := due(t, promise("accepted", 5, clock.WorkingDays), cal, "2026-11-20 09:00")  // to 27 November
	sign := due(t, rule(24, clock.Hours), cal, "2026-11-23 14:00")
	for _, c := range []struct {
		due          clock.Due
		now          string
		words, short string
		late, today  bool
	}{
		{answer, "2026-11-23 10:00", "还有 7 天", "剩 7 天", false, false},
		{answer, "2026-11-29 23:59", "还有 1 天", "剩 1 天", false, false},
		{answer, "2026-11-30 00:00", "今天到期", "今天到期", false, true},
		{answer, "2026-11-30 23:59", "今天到期", "今天到期", false, true},
		{answer, "2026-12-01 00:00", "已经晚了 1 天", "逾期 1 天", true, false},
		{answer, "2026-12-03 09:00", "已经晚了 3 天", "逾期 3 天", true, false},
		{decide, "2026-11-23 09:00", "还有 4 个工作日", "剩 4 个工作日", false, false},
		{decide, "2026-11-21 09:00", "还有 5 个工作日", "剩 5 个工作日", false, false},
		{decide, "2026-11-27 09:00", "今天到期", "今天到期", false, true},
		{decide, "2026-11-30 09:00", "已经晚了 3 天", "逾期 3 天", true, false},
		{sign, "2026-11-23 16:30", "还有 21 小时", "剩 21 小时", false, false},
		{sign, "2026-11-24 13:20", "还有 40 分钟", "剩 40 分钟", false, true},
		{sign, "2026-11-24 14:00", "已经晚了 1 分钟", "逾期 1 分钟", true, true},
		{sign, "2026-11-24 17:10", "已经晚了 3 小时", "逾期 3 小时", true, true},
		{sign, "2026-11-28 14:00", "已经晚了 4 天", "逾期 4 天", true, false},
	} {
		r := cal.Remaining(c.due, moment(t, c.now))
		words, short := strings.ReplaceAll(r.Words, "\u00a0", " "), strings.ReplaceAll(r.Short, "\u00a0", " ")
		if words != c.words || short != c.short || r.Late != c.late || r.Today != c.today {
			t.Errorf("%s: %s, %s, late %v, today %v", c.now, words, short, r.Late, r.Today)
		}
	}
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, clock.Local(time.Now()).Location())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTheRulerStandsWhereTheDayIs(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	answer := due(t, promise("accepted", 30, clock.NaturalDays), cal, "2026-10-30 15:30")
	got := cal.Remaining(answer, moment(t, "2026-11-23 10:00"))
	want := clock.Remaining{Words: "还有 7\u00a0天", Short: "剩 7\u00a0天", Day: 24, Days: 31, Elapsed: 24.0 / 31}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	if over := cal.Remaining(answer, moment(t, "2026-12-20 10:00")); over.Elapsed != 1 || over.Day != 51 {
		t.Errorf("after the term: day %d, elapsed %v", over.Day, over.Elapsed)
	}
	if first := cal.Remaining(answer, moment(t, "2026-10-30 16:00")); first.Elapsed != 0 || first.Day != 0 {
		t.Errorf("on its first day: day %d, elapsed %v", first.Day, first.Elapsed)
	}
	sign := due(t, rule(24, clock.Hours), cal, "2026-11-23 14:00")
	if half := cal.Remaining(sign, moment(t, "2026-11-24 02:00")); math.Abs(half.Elapsed-0.5) > 1e-9 {
		t.Errorf("half of 24 hours is %v", half.Elapsed)
	}

	ticks := cal.Ticks(answer)
	if len(ticks) != 31 || ticks[0].Day.String() != "2026-10-31" || ticks[30].Day != answer.On {
		t.Fatalf("%d ticks from %s to %s", len(ticks), ticks[0].Day, ticks[len(ticks)-1].Day)
	}
	off := 0
	for _, tick := range ticks {
		if !tick.Working {
			off++
		}
	}
	if off != 10 {
		t.Errorf("%d days off, want the 10 of five weekends", off)
	}
}

func TestWhatIsLeftIsCountedWithoutACalendar(t *testing.T) {
	t.Parallel()
	decide := due(t, promise("accepted", 5, clock.WorkingDays), calendar(t), "2026-11-20 09:00")
	var empty clock.Calendar
	if got := empty.Remaining(decide, moment(t, "2026-11-23 09:00")).Words; got != "还有 4\u00a0个工作日" {
		t.Errorf("got %q", got)
	}
	if got := len(empty.Ticks(decide)); got != 7 {
		t.Errorf("%d ticks", got)
	}
}
