package portal_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"zhengxin/internal/browser"
	"zhengxin/portal/site"
	"zhengxin/static"
)

// Every kind of day, with a clock whose last day is provisional too: its label is the
// longest.
func TestLabelsOfRulersDoNotLieOnEachOther(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.FixedZone("", 8*3600))
	var rulers []templ.Component
	for _, days := range [][2]int{
		{1, 30}, {3, 8}, {5, 6}, {1, 1}, {0, 29}, {0, 0}, {-1, 28}, {-3, 4}, {-10, 20}, {-14, 15}, {-15, 15}, {-20, 10}, {-28, 1}, {-29, 0}, {-30, -1}, {-40, -20}, {-45, -44}, {-90, 60},
	} {
		rulers = append(rulers, templ.Raw("<h2>"+fmt.Sprint(days)+"</h2>"),
			site.Ruler{Start: now.AddDate(0, 0, days[0]), Today: now, Due: now.AddDate(0, 0, days[1]), Provisional: true})
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, is := strings.CutPrefix(r.URL.Path, static.Prefix); is {
			if file, ok := static.Open(name); ok {
				w.Header().Set("Content-Type", file.Type)
				_, _ = w.Write(file.Body)
			}
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page := site.Page(site.Frame{Title: "期限", Elder: r.URL.Path == "/elder"})
		if err := page.Render(templ.WithChildren(r.Context(), templ.Join(rulers...)), w); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	tab := browser.New(t).Person(t, browser.Phone)
	for _, mode := range []string{"/", "/elder"} {
		tab.Open(server.URL + mode)
		for _, width := range []int{320, browser.Phone, 641, 1024, browser.Desktop} {
			tab.Resize(width)
			tab.NoOverlap(t, ".flag, h2")
			tab.NoSidewaysScroll(t)
			tab.Screenshot("rulers" + strings.ReplaceAll(mode, "/", "-"))
		}
	}
	tab.Quiet(t)
}
