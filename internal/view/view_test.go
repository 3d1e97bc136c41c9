package view_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/view"
	"zhengxin/static"
)

// rendered draws a gallery page; with ZHENGXIN_GALLERY set it also writes it
// there, to be looked at.
func rendered(t *testing.T, name string) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := gallery()[name].Render(t.Context(), &b); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if dir := os.Getenv("ZHENGXIN_GALLERY"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".html"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		writeAssets(t, dir)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func writeAssets(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"portal.css", "desk.css", "site.js", "desk.js", "favicon.svg"} {
		hashed := strings.TrimPrefix(static.URL(name), static.Prefix)
		file, ok := static.Open(hashed)
		if !ok {
			t.Fatalf("%s is not served", hashed)
		}
		if err := os.WriteFile(filepath.Join(dir, "static", hashed), file.Body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryPageIsSoundHTML(t *testing.T) {
	t.Parallel()
	for name := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := rendered(t, name)
			checkIDs(t, doc)
			checkLabels(t, doc)
			checkHeadings(t, doc)
			checkNothingInline(t, doc)
			checkLandmarks(t, doc)
		})
	}
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
		if s.AttrOr("aria-describedby", "") == "" {
			t.Errorf("%q cannot be pressed and does not say why", s.Text())
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

func TestAFaultStandsBeforeItsControl(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "filing-facts-error")
	if got := doc.Find("title").Text(); !strings.HasPrefix(got, "有错误：合同与金额") {
		t.Errorf("title %q", got)
	}
	first := doc.Find("main .filing > div").Eq(1).Children().First()
	if !first.HasClass("error-summary") || first.AttrOr("role", "") != "alert" || first.AttrOr("tabindex", "") != "-1" {
		t.Error("the summary is not the first thing, or cannot take the focus")
	}
	amount := doc.Find("#unpaid_amount")
	if amount.AttrOr("aria-invalid", "") != "true" || amount.AttrOr("aria-describedby", "") != "unpaid_amount-hint unpaid_amount-error unpaid_amount-echo" {
		t.Errorf("the amount is described by %q", amount.AttrOr("aria-describedby", ""))
	}
	var order []string
	amount.Closest(".field").Children().Each(func(_ int, s *goquery.Selection) { order = append(order, s.AttrOr("class", "")) })
	if got := strings.Join(order, " "); got != "label hint field-error control echo" {
		t.Errorf("order %q", got)
	}
	summary := doc.Find(".error-summary li").Eq(1).Text()
	if beside := strings.TrimPrefix(strings.TrimSpace(amount.Closest(".field").Find(".field-error").Text()), "错误："); beside != summary {
		t.Errorf("summary says %q, field says %q", summary, beside)
	}
	if got := doc.Find(`[aria-current="step"]`).Text(); !strings.Contains(got, "正在填") {
		t.Errorf("current step %q", got)
	}
}

func TestWhatWasTypedComesBackUnchanged(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "\n第一行空", "<b>&\"'</b>", "𠮷\u202e倒"} {
		var b bytes.Buffer
		if err := (view.TextArea{Name: "facts", Label: "经过", Value: typed}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("textarea").Text(); got != typed {
			t.Errorf("typed %q, came back %q", typed, got)
		}
	}
}

func TestMovesCarryTheirAction(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "desk-matter")
	move := doc.Find(`form.move button[data-action="return"]`).Closest("form")
	if move.AttrOr("action", "") != "/complaints/1/return" || move.AttrOr("method", "") != "post" {
		t.Error("the move does not post to its address")
	}
	for _, name := range []string{"_csrf", "form_token", "draft", "note"} {
		if move.Find(`[name="`+name+`"]`).Length() != 1 {
			t.Errorf("the move does not send %s", name)
		}
	}
	if n := doc.Find(`button[data-action="sign"][disabled]`).Length(); n != 1 {
		t.Error("the nearly possible move can be pressed")
	}
	if n := doc.Find(".button-go[data-action]").Length(); n != 1 {
		t.Errorf("%d filled moves, want 1", n)
	}
}

func TestTheButtonOfAMoveFollowsItsFields(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "desk-matter")
	var order []string
	doc.Find(`form.move[action$="/return"]`).Children().Not("input").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "p details button" {
		t.Errorf("with fields: %s", got)
	}
	order = nil
	doc.Find(`form.move[action$="/approve"]`).Children().Not("input").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "button p" {
		t.Errorf("without: %s", got)
	}
}

func TestElderModeLosesNoFunction(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "portal-home-elder")
	if !doc.Find("html").HasClass("elder") || doc.Find(".elder-switch button").Text() != "返回普通版" {
		t.Error("not in elder mode, or no way back")
	}
	for _, href := range []string{"/complaints/new", "/track", "/units", "/notices", "/policies", "/help", "/accessibility"} {
		if doc.Find(`a[href="`+href+`"]`).Length() == 0 {
			t.Errorf("no way to %s", href)
		}
	}
}

func TestUnsetSettingsSayTheyWait(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "portal-home")
	if got := doc.Find(".footer .unset").Length(); got != 3 {
		t.Errorf("%d unset settings shown, want 3", got)
	}
	if got := rendered(t, "portal-home-elder-unset").Find(".masthead .unset").Text(); got != "待配置" {
		t.Errorf("without a host the masthead says %q", got)
	}
}

func TestReturnInTheCaptchaBoxSubmitsTheForm(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "filing-check")
	first := doc.Find("form:has(#captcha_solution) button[type=submit]").First()
	if first.AttrOr("name", "") != "" {
		t.Errorf("the first button of the form sends %s", first.AttrOr("name", ""))
	}
	if doc.Find(`button[name="captcha_do"][value="renew"]`).Length() != 1 {
		t.Error("no way to another picture")
	}
}
