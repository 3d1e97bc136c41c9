package site_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/portal/site"
)

// TestTheRulerStandsWhereItSays: posts, bar and labels of each day that is
// special.
func TestTheRulerStandsWhereItSays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name               string
		start, due         time.Time
		elapsed, today, at string
		labels             string
	}{
		{"day before", day(11, 24), day(12, 3), "0", "0", "1000", "今天11月23日 起算11月24日 到期12月3日"},
		{"first day", day(11, 23), day(12, 2), "100", "100", "1000", "起算11月23日 今天，第 1\u00a0天11月23日 到期12月2日"},
		{"last day", day(11, 14), day(11, 23), "1000", "1000", "1000", "起算11月14日 到期 11月23日 今天到期"},
		{"only day", day(11, 23), day(11, 23), "1000", "1000", "1000", "起算11月23日 到期 11月23日 今天到期"},
		{"a day late", day(11, 14), day(11, 22), "900", "1000", "900", "起算11月14日 到期11月22日 今天 逾期 1\u00a0天"},
	} {
		var b bytes.Buffer
		if err := (site.Ruler{Start: tt.start, Today: now, Due: tt.due}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{doc.Find(".elapsed").AttrOr("width", ""), doc.Find(".today").AttrOr("x1", ""), doc.Find(".due").AttrOr("x1", "")}
		if want := []string{tt.elapsed, tt.today, tt.at}; !slices.Equal(got, want) {
			t.Errorf("%s: elapsed, today, due at %v, want %v", tt.name, got, want)
		}
		var labels []string
		doc.Find(".ruler-labels > div").Each(func(_ int, s *goquery.Selection) {
			labels = append(labels, strings.Join(strings.Split(strings.TrimSpace(s.Text()), "\n"), ""))
		})
		if got := strings.Join(labels, " "); got != tt.labels {
			t.Errorf("%s: labels %q, want %q", tt.name, got, tt.labels)
		}
	}
}

func TestTheRulerSaysWhatItShows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		ruler site.Ruler
		says  string
		left  int
	}{
		{"in time", site.Ruler{Start: day(10, 31), Today: now, Due: day(11, 30)}, "10月31日起算，11月30日到期，共 31\u00a0天。今天 11月23日，是第 24\u00a0天，还有 7\u00a0天。", 7},
		{"last day", site.Ruler{Start: day(10, 31), Today: now, Due: day(11, 23)}, "今天到期。", 0},
		{"late", site.Ruler{Start: day(10, 21), Today: now, Due: day(11, 20)}, "已经晚了 3\u00a0天。", -3},
		{"paused", site.Ruler{Start: day(3, 1), Today: now, Due: day(12, 20), Paused: true}, "现在暂停计时。", 27},
		{"day before", site.Ruler{Start: day(11, 24), Today: now, Due: day(11, 30)}, "共 7\u00a0天。今天 11月23日，还没有起算，还有 7\u00a0天。", 7},
		{"not begun", site.Ruler{Start: day(11, 25), Today: now, Due: day(11, 30)}, "今天 11月23日，还没有起算，还有 7\u00a0天。", 7},
		{"first day", site.Ruler{Start: day(11, 23), Today: now, Due: day(11, 30)}, "共 8\u00a0天。今天 11月23日，是第 1\u00a0天，还有 7\u00a0天。", 7},
		{"only day", site.Ruler{Start: day(11, 23), Today: now, Due: day(11, 23)}, "共 1\u00a0天。今天 11月23日，今天到期。", 0},
		{"a day late", site.Ruler{Start: day(11, 20), Today: now, Due: day(11, 22)}, "已经晚了 1\u00a0天。", -1},
		{"provisional", site.Ruler{Start: day(11, 20), Today: now, Due: day(12, 22), Provisional: true}, "12月22日到期（暂定），共 33\u00a0天。", 29},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		if err := tt.ruler.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.says) {
			t.Errorf("%s: %q is not said", tt.name, tt.says)
		}
		if got := tt.ruler.Left(); got != tt.left {
			t.Errorf("%s: %d days left, want %d", tt.name, got, tt.left)
		}
		if ticks := strings.Count(b.String(), `class="tick"`) + strings.Count(b.String(), `class="fifth"`); ticks > 91 {
			t.Errorf("%s: %d ticks", tt.name, ticks)
		}
		if late := strings.Contains(b.String(), `class="late"`); late != (tt.left < 0) {
			t.Errorf("%s: late part drawn: %v", tt.name, late)
		}
	}
}
