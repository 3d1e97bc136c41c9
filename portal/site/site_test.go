package site_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

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

func TestElderModeLosesNoFunction(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "portal-home-elder")
	if !doc.Find("html").HasClass("elder") || doc.Find(".elder-switch button").Text() != "返回普通版" {
		t.Error("not in elder mode, or no way back")
	}
	for _, href := range []string{"/start", "/track", "/units", "/notices", "/policies", "/help", "/accessibility"} {
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
