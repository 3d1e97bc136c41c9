package filing_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/view"
	"zhengxin/internal/web/webtest"
)

// filed is the receipt of a complaint, with its number and code.
func filed(t *testing.T, s *fixture, v *webtest.Client) (receipt *webtest.Page, number, code string) {
	t.Helper()
	page := toCheck(t, v)
	receipt = page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	number, code = receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if number == "" || code == "" {
		t.Fatalf("number %q, code %q", number, code)
	}
	return receipt, number, code
}

// forms by what they are for.
const (
	saveForm  = `form[action="/complaints/new/receipt"]`
	trackForm = `main form[action="/track"]`
)

func TestTheReceiptLeadsToTrackingWithoutTyping(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, number, code := filed(t, s, s.Visitor())
	own := receipt.Submit(t, trackForm, values()).Want(t, 200)
	if own.Path != "/complaints/mine" || !strings.Contains(own.Text("main"), number) {
		t.Errorf("at %s: %s", own.Path, own.Text("h1"))
	}
	if at := strings.NewReplacer("-", "").Replace(own.Path + s.Log.String()); strings.Contains(at, strings.ReplaceAll(code, "-", "")) {
		t.Error("the code stands in an address or in the log")
	}
}

func TestTheReceiptsQRCodeBringsTheNumberAndNotTheCode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, number, code := filed(t, s, s.Visitor())
	const address = "http://portal.test/track"
	var b bytes.Buffer
	if err := (view.QR{Text: address + "?number=" + number}).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if d := receipt.Attr(".receipt svg.qr path", "d"); d == "" || d != want.Find("path").AttrOr("d", "") {
		t.Error("the code to scan does not say the address with the number alone")
	}
	if got := receipt.Text(".receipt-track"); got != address {
		t.Errorf("the slip says the address %q", got)
	}
	page := s.Visitor().Get(t, "/track?number="+number).Want(t, 200)
	if page.Attr("main [name=number]", "value") != number || page.Attr("main [name=query_code]", "value") != "" || !page.Has("meta[name=robots][content=noindex]") {
		t.Errorf("filled in: number %q, code %q", page.Attr("main [name=number]", "value"), page.Attr("main [name=query_code]", "value"))
	}
	if own := page.Submit(t, trackForm, values("query_code", code)).Want(t, 200); own.Path != "/complaints/mine" {
		t.Errorf("ends at %s", own.Path)
	}
}

func TestAnAddressFillsInNothingButANumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	for _, junk := range []string{"", "abc", "JX2026", "7KQM-4XTN-P2RD-W9HC", "%3Cscript%3E", "%E8%AF%B7%E6%89%93%E7%94%B5%E8%AF%9D", "JX2026000000012"} {
		page := v.Get(t, "/track?number="+junk+"&query_code=7KQM4XTNP2RDW9HC").Want(t, 200)
		if number, code := page.Attr("main [name=number]", "value"), page.Attr("main [name=query_code]", "value"); number != "" || code != "" {
			t.Errorf("%q fills in %q and %q", junk, number, code)
		}
	}
}

func TestTheReceiptIsGivenAsAFileForADay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	receipt, number, code := filed(t, s, v)
	file := receipt.Submit(t, saveForm, values()).Want(t, 200)
	for _, line := range []string{"投诉编号　" + number, "查询码　　" + code, "被投诉单位　东岭镇人民政府", "查询网址　http://portal.test/track", "2026年"} {
		if !strings.Contains(file.Body, line) {
			t.Errorf("the file does not say %q:\n%s", line, file.Body)
		}
	}
	if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="receipt.txt"; filename*=UTF-8''`+url.PathEscape("回执")+".txt" || !strings.HasPrefix(file.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("it comes as %q, %q", got, file.Header.Get("Content-Type"))
	}
	if !strings.HasPrefix(file.Body, "\ufeff") || strings.Count(file.Body, "\n") != strings.Count(file.Body, "\r\n") {
		t.Error("the editor of older Windows garbles it")
	}
	s.Wait(24*time.Hour + time.Minute)
	if late := receipt.Submit(t, saveForm, values()).Want(t, 410); strings.Contains(late.Body, code) {
		t.Error("a day later it is given still")
	}
	for _, token := range []string{"", "x", "AAAAAAAAAAAAAAAAAAAAAA"} {
		page := receipt.Forge(t, saveForm, values("form_token", token))
		if page.Status != 422 && page.Status != 404 || strings.Contains(page.Body, number) {
			t.Errorf("token %q: status %d", token, page.Status)
		}
	}
	if s.Count(t, "complaint") != 1 {
		t.Error("asking for the file filed something")
	}
}
