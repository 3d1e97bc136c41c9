package viewtest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Sound fails the test where a page is no sound HTML: ids, labels, headings,
// landmarks, and nothing inline.
func Sound(t *testing.T, doc *goquery.Document) {
	t.Helper()
	checkIDs(t, doc)
	checkLabels(t, doc)
	checkHeadings(t, doc)
	checkNothingInline(t, doc)
	checkLandmarks(t, doc)
}

// checkIDs: ids are unique, and every reference leads to one.
func checkIDs(t *testing.T, doc *goquery.Document) {
	t.Helper()
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if id == "" || ids[id] {
			t.Errorf("id %q is empty or stands twice", id)
		}
		ids[id] = true
	})
	for _, attr := range []string{"aria-describedby", "aria-labelledby", "for"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for id := range strings.FieldsSeq(s.AttrOr(attr, "")) {
				if !ids[id] {
					t.Errorf("%s=%q leads nowhere", attr, id)
				}
			}
		})
	}
	doc.Find(".error-summary a").Each(func(_ int, s *goquery.Selection) {
		if id := strings.TrimPrefix(s.AttrOr("href", ""), "#"); !ids[id] {
			t.Errorf("the error summary links to %q, which is not there", id)
		}
	})
}

func checkLabels(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") == "hidden" || s.AttrOr("aria-label", "") != "" {
			return
		}
		id := s.AttrOr("id", "")
		if doc.Find(`label[for="`+id+`"]`).Length() != 1 {
			t.Errorf("control %q (%q) has no label of its own", s.AttrOr("name", ""), id)
		}
	})
	doc.Find("button, a").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" {
			html, _ := goquery.OuterHtml(s)
			t.Errorf("nothing to read on %s", html)
		}
	})
	doc.Find("svg").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("aria-hidden", "") != "true" && (s.AttrOr("role", "") != "img" || s.AttrOr("aria-label", "") == "") {
			t.Error("a drawing is neither hidden nor described")
		}
	})
	doc.Find("[disabled]").Each(func(_ int, s *goquery.Selection) {
		words := s.Text() + doc.Find(`label[for="`+s.AttrOr("id", "none")+`"]`).Text()
		choice := s.Is("option, input") && strings.HasSuffix(words, "）") // there is no room for more than its own words
		if !choice && s.AttrOr("aria-describedby", "") == "" {
			t.Errorf("%q cannot be pressed and does not say why", words)
		}
	})
}

func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1 on the page, want 1", n)
	}
	last := 0
	doc.Find("main").Find("h1, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
		level := int(goquery.NodeName(s)[1] - '0')
		if last > 0 && level > last+1 {
			t.Errorf("heading %q jumps from h%d to h%d", s.Text(), last, level)
		}
		last = level
	})
}

// checkNothingInline: the content policy of the sites allows no inline style,
// script or handler, and nothing from elsewhere.
func checkNothingInline(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("inline %s=%q on %s", a.Key, a.Val, goquery.NodeName(s))
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.Contains(a.Val, "//") {
				t.Errorf("%s leads elsewhere: %s", a.Key, a.Val)
			}
		}
	})
	if strings.Contains(doc.Text(), "@") {
		t.Error("a component was not drawn but written out")
	}
	if doc.Find("style").Length() > 0 || strings.TrimSpace(doc.Find("script").Text()) != "" {
		t.Error("inline style or script")
	}
}

func checkLandmarks(t *testing.T, doc *goquery.Document) {
	t.Helper()
	for _, sel := range []string{`html[lang="zh-CN"]`, "main#main", "header", `a.skip[href="#main"]`, "head title"} {
		if n := doc.Find(sel).Length(); n != 1 {
			t.Errorf("%d of %s, want 1", n, sel)
		}
	}
	if n := doc.Find(`nav ul a[aria-current="page"]`).Length(); n > 2+doc.Find(".views [aria-current]").Length() {
		t.Errorf("%d entries of the navigation are current", n)
	}
}
