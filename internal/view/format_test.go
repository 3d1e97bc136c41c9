package view_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"zhengxin/internal/view"
)

func TestDatesAreChineseTime(t *testing.T) {
	t.Parallel()
	// Late evening in UTC is the next morning in China.
	utc := time.Date(2026, 11, 29, 18, 5, 0, 0, time.UTC)
	for got, want := range map[string]string{
		view.Day(utc):        "11月30日",
		view.DayFull(utc):    "2026年11月30日",
		view.DayWeek(utc):    "11月30日（星期一）",
		view.Clock(utc):      "02:05",
		view.MomentText(utc): "11月30日 02:05",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAMomentCarriesItsFullDate(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := view.Moment(now).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want := `<time datetime="2026-11-23T14:05:00+08:00" title="2026年11月23日 14:05"><span class="year">2026年</span>11月23日 14:05</time>`
	if got := b.String(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestNumbersAndTheirMeasureWords(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		view.N(7, "天"):             "7\u00a0天",
		view.Count(-1234567):       "-1,234,567",
		view.Count(0):              "0",
		view.UpTo(1000, 1000, "件"): "1,000\u00a0件以上",
		view.UpTo(999, 1000, "件"):  "999\u00a0件",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, money string }{
		{"1286500", "1,286,500.00\u00a0元"},
		{"1286500.5", "1,286,500.50\u00a0元"},
		{"0", "0.00\u00a0元"},
		{"0.05", "0.05\u00a0元"},
		{"10000.01", "10,000.01\u00a0元"},
		{"1234.50", "1,234.50\u00a0元"},
		{"100000000", "100,000,000.00\u00a0元"},
		{"100010001", "100,010,001.00\u00a0元"},
		{"10020.30", "10,020.30\u00a0元"},
		{"007", "7.00\u00a0元"},
		{"一百", "一百"},
		{"1e9", "1e9"},
		{"-1", "-1"},
		{"1.234", "1.234"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := view.Money(tt.typed); got != tt.money {
			t.Errorf("Money(%q) = %q, want %q", tt.typed, got, tt.money)
		}
	}
}

func TestADateInASentenceStaysOnOneLine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := view.Sentence("<于>2026年12月9日前，或11月30日，最迟 "+view.PaperYear(2027)+"1月8日（星期五）。").Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want := `&lt;于&gt;<span class="nobreak">2026年12月9日</span>前，或<span class="nobreak">11月30日</span>，最迟 <span class="nobreak"><span class="year">2027年</span>1月8日</span>（星期五）。`
	if got := b.String(); got != want {
		t.Errorf("got %s", got)
	}
}

// What a printed page says is read years later: its dates have their year, on the screen
// they need none.
func TestAPrintedMomentAndAPrintedHeadHaveTheirYear(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	for want, shown := range map[string]templ.Component{
		`<span class="nobreak"><span class="year">2026年</span>11月23日</span> 14:05`: view.Sentence(view.MomentPaper(at)),
		`应在 <span class="nobreak"><span class="year">2026年</span>11月23日</span>前`:   view.Banner{Kind: view.Wrong, Title: "应在 " + view.DayPaper(at) + "前"},
	} {
		var b bytes.Buffer
		if err := shown.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestABoldPieceAddsNoSpace(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, strong, want string }{
		{"照走。要写明。看不到。", "要写明。", "<p>照走。<em>要写明。</em>看不到。</p>"},
		{"照走。", "没有的", "<p>照走。</p>"},
		{"照走。", "", "<p>照走。</p>"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		if err := (view.Note{Text: tt.text, Strong: tt.strong}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.want) {
			t.Errorf("got %s, want %s", b.String(), tt.want)
		}
	}
}
