package site_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/portal/site"
)

// drawnRuler is a ruler as a browser reads it.
func drawnRuler(t *testing.T, r site.Ruler) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := r.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestTheRulerStandsWhereItSays: bar and posts of each day that is special, each
// post with its label at its foot, which hangs to the right (|label) or to the left
// (label|) of it.
func TestTheRulerStandsWhereItSays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		start, due time.Time
		elapsed    string // from and how wide
		labels     string
	}{
		{"day before", day(11, 24), day(12, 2), "100 0", "100|今天11月23日 100|起算11月24日 到期12月2日|1000"},
		{"start on the next working day", day(11, 26), day(12, 2), "300 0", "100|今天11月23日 300|起算11月26日 到期12月2日|1000"},
		{"start far ahead", day(12, 1), day(12, 2), "800 0", "100|今天11月23日 起算12月1日|800 到期12月2日|1000"},
		{"first day", day(11, 23), day(12, 2), "0 100", "0|起算11月23日 100|今天，第1天11月23日 到期12月2日|1000"},
		{"half of it", day(11, 19), day(11, 28), "0 500", "0|起算11月19日 500|今天，第5天11月23日 到期11月28日|1000"},
		{"more than half", day(11, 18), day(11, 27), "0 600", "0|起算11月18日 今天，第6天11月23日|600 到期11月27日|1000"},
		{"last day but one", day(11, 15), day(11, 24), "0 900", "0|起算11月15日 今天，第9天11月23日|900 到期11月24日|1000"},
		{"last day", day(11, 14), day(11, 23), "0 1000", "0|起算11月14日 到期11月23日今天到期|1000"},
		{"only day", day(11, 23), day(11, 23), "0 1000", "0|起算11月23日 到期11月23日今天到期|1000"},
		{"a day late", day(11, 14), day(11, 22), "0 900", "0|起算11月14日 到期11月22日|900 今天逾期1天|1000"},
		{"long late", day(11, 14), day(11, 15), "0 200", "0|起算11月14日 200|到期11月15日 今天逾期8天|1000"},
	} {
		doc := drawnRuler(t, site.Ruler{Start: tt.start, Today: now, Due: tt.due})
		bar := doc.Find(".elapsed")
		if got := bar.AttrOr("x", "") + " " + bar.AttrOr("width", ""); got != tt.elapsed {
			t.Errorf("%s: elapsed %s, want %s", tt.name, got, tt.elapsed)
		}
		var labels []string
		doc.Find(".ruler-labels > li").Each(func(i int, li *goquery.Selection) {
			flag := li.Find(".flag")
			flag.Find(".year").Remove()
			words := strings.Join(strings.Fields(flag.Text()), "")
			class, _ := strings.CutPrefix(strings.TrimPrefix(flag.AttrOr("class", ""), "flag "), "flag-left ")
			x := doc.Find("line."+strings.ReplaceAll(class, " ", ".")).AttrOr("x1", "")
			at, err := strconv.ParseFloat(x, 64)
			if err != nil {
				t.Fatalf("%s: label %d has no post %q", tt.name, i, class)
			}
			space, text := at, x+"|"+words
			if flag.HasClass("flag-left") {
				space, text = 1000-at, words+"|"+x
			}
			if got := li.Find("svg").First().AttrOr("width", ""); flag.HasClass("flag-left") && li.Find("svg").Last().AttrOr("width", "") != percent(space) || !flag.HasClass("flag-left") && got != percent(space) {
				t.Errorf("%s: %s stands at %s, its post at %s", tt.name, words, got, x)
			}
			labels = append(labels, text)
		})
		if got := strings.Join(labels, " "); got != tt.labels {
			t.Errorf("%s: labels\n%s\nwant\n%s", tt.name, got, tt.labels)
		}
	}
}

func percent(of1000 float64) string { return strconv.FormatFloat(of1000/10, 'f', -1, 64) + "%" }

// Labels are at most 22 % of a wide line. Whatever the three days are, no two of one
// row meet, and no post of the lower row goes through the words of the upper one.
func TestLabelsOfARulerNeverMeet(t *testing.T) {
	t.Parallel()
	const width = 220.0
	for start := -60; start <= 20; start += 4 {
		for due := max(start, -30); due <= start+70; due += 3 {
			r := site.Ruler{Start: now.AddDate(0, 0, start), Today: now, Due: now.AddDate(0, 0, due)}
			doc := drawnRuler(t, r)
			type label struct {
				post, from, to float64
				low            bool
			}
			var all []label
			doc.Find(".ruler-labels > li").Each(func(_ int, li *goquery.Selection) {
				flag := li.Find(".flag")
				class, _ := strings.CutPrefix(strings.TrimPrefix(flag.AttrOr("class", ""), "flag "), "flag-left ")
				at, _ := strconv.ParseFloat(doc.Find("line."+class).AttrOr("x1", ""), 64)
				l := label{at, at, at + width, li.HasClass("low")}
				if flag.HasClass("flag-left") {
					l.from, l.to = at-width, at
				}
				all = append(all, l)
			})
			for i, a := range all {
				if a.from < 0 || a.to > 1000 {
					t.Errorf("start %d, due %d: label %d leaves the page", start, due, i)
				}
				for j, b := range all {
					meet := a.from < b.to && b.from < a.to
					if i < j && meet && a.low == b.low {
						t.Errorf("start %d, due %d: labels %d and %d meet", start, due, i, j)
					}
					if a.low && !b.low && a.post > b.from && a.post < b.to {
						t.Errorf("start %d, due %d: the post of label %d goes through label %d", start, due, i, j)
					}
				}
			}
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
