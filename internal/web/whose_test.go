package web_test

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/web/webtest"
)

// labelled opens for the name that it was closed up for.
type labelled struct{}

func (labelled) Seal(whose string, plain []byte) ([]byte, error) {
	return append([]byte(whose+"|"), plain...), nil
}

func (labelled) Open(whose string, sealed []byte) ([]byte, error) {
	plain, mine := bytes.CutPrefix(sealed, []byte(whose+"|"))
	if !mine {
		return nil, errors.New("another's")
	}
	return plain, nil
}

// A form goes through the door closed up, and is shown to whom it was drawn for and to
// nobody else, whichever way they came in; the other one may hand it on.
func TestACarriedFormIsShownToNobodyButItsWriter(t *testing.T) {
	t.Parallel()
	const words = "镇里来人威胁过我，我叫王建国"
	for name, c := range map[string]struct{ drawnFor, comesIn string }{
		"the writer": {"li", "li"}, "another": {"li", "wang"}, "of a page from before forms said whose they are": {"", "wang"},
	} {
		d := newDoorsOf(t, true)
		visitor := webtest.New(d.app, here)
		if c.drawnFor != "" {
			visitor.SetCookie("zx_staff", c.drawnFor)
		}
		token := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
		if c.drawnFor == "" {
			token = "of-an-old-page"
		}
		visitor.SetCookie("zx_staff", "")
		page := visitor.Post(t, "/note", url.Values{"_csrf": {token}, "note": {words}}).Want(t, 403)
		if page.Text("h1") != "登录" || strings.Contains(page.Body, "威胁") {
			t.Errorf("%s: the door reads %s", name, page.Body)
		}
		page = page.Submit(t, "form", url.Values{"as": {c.comesIn}})
		shown := c.drawnFor != "li" || c.comesIn == "li"
		if shown != (len(d.shown) == 1 && d.shown[0] == words) || strings.Contains(page.Body, "威胁") || len(d.done) != 0 {
			t.Errorf("%s: shown %q, acted on %q, reads %s", name, d.shown, d.done, page.Body)
		}
		if shown {
			continue
		}
		if page.Status != 403 || d.page.Title != "这份没有提交的内容是另一位同事写的" || !d.page.Others || d.page.Resend != "" || len(d.page.Sent.Words()) != 0 || strings.Contains(d.page.What, "草稿") {
			t.Errorf("%s: %d says %+v", name, page.Status, d.page)
		}
		if page.Submit(t, "form", url.Values{"as": {"li"}}).Want(t, 200); len(d.shown) != 1 || d.shown[0] != words {
			t.Errorf("its writer, who comes in after that, is shown %q", d.shown)
		}
	}
}

// In a browser in which somebody else has logged in since, the page of the first is shown
// to nobody once more, either.
func TestAPageOfWhoWasSignedInBeforeIsNotShownToWhoIsNow(t *testing.T) {
	t.Parallel()
	d := newDoorsOf(t, true)
	visitor := webtest.New(d.app, here)
	visitor.SetCookie("zx_staff", "li")
	token := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	visitor.SetCookie("zx_staff", "wang")
	page := visitor.Post(t, "/note", url.Values{"_csrf": {token}, "note": {"我是王建国"}}).Want(t, 403)
	if len(d.shown) != 0 || len(d.done) != 0 || !d.page.Others || strings.Contains(page.Body, "王建国") {
		t.Errorf("shown %q, acted on %q: %s", d.shown, d.done, page.Body)
	}
	// Beside what is closed up nothing else is believed.
	bare := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	page = visitor.Post(t, "/login", url.Values{"_csrf": {bare}, "carried_to": {"/note"}, "carried.note": {"话"}, "carried_sealed": {"bGl8e30"}}).Want(t, 429)
	if len(d.shown) != 0 || strings.Contains(page.Body, "话") || len(d.page.Sent.Words()) != 0 {
		t.Errorf("shown %q, carried on %q: %s", d.shown, d.page.Sent.Words(), page.Body)
	}
}

// A login page of before the upgrade carries the form open: its words are shown and not
// acted on, and closed up where the login is not over yet.
func TestALoginPageFromBeforeFormsWereClosedUpLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDoorsOf(t, true)
	visitor := webtest.New(d.app, here)
	old := url.Values{"_csrf": {visitor.Get(t, "/form").Attr("[name=_csrf]", "value")}, "carried_to": {"/note"}, "carried.note": {"我是王建国"}}
	page := visitor.Post(t, "/login", old).Want(t, 429)
	if strings.Contains(page.Body, "王建国") || page.Attr("[name=carried_sealed]", "value") == "" {
		t.Errorf("the second page of the login carries %s", page.Body)
	}
	old.Set("as", "li")
	if visitor.Post(t, "/login", old).Want(t, 200); len(d.shown) != 1 || d.shown[0] != "我是王建国" || len(d.done) != 0 {
		t.Errorf("shown %q, acted on %q", d.shown, d.done)
	}
}

// A form that does not say whose it is opens for anybody, for a day.
func TestAFormOfNobodyLapses(t *testing.T) {
	t.Parallel()
	for wait, shown := range map[time.Duration]int{24*time.Hour - time.Minute: 1, 24 * time.Hour: 0} {
		d := newDoorsOf(t, true)
		visitor := webtest.New(d.app, here)
		visitor.Get(t, "/form")
		page := visitor.Post(t, "/note", url.Values{"_csrf": {"of-an-old-page"}, "note": {"我是王建国"}}).Want(t, 403)
		d.later += wait
		if page.Submit(t, "form", url.Values{"as": {"wang"}}); len(d.shown) != shown || len(d.done) != 0 {
			t.Errorf("after %v shown %q, acted on %q", wait, d.shown, d.done)
		}
	}
}

type keyless struct{ labelled }

func (keyless) Seal(string, []byte) ([]byte, error) { return nil, errors.New("no key") }

// What cannot be closed up goes through no door: neither open, nor without a word.
func TestWhatCannotBeClosedUpIsNotCarriedOpen(t *testing.T) {
	t.Parallel()
	d := newDoorsOf(t, true, keyless{})
	visitor := webtest.New(d.app, here)
	visitor.SetCookie("zx_staff", "li")
	token := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	visitor.SetCookie("zx_staff", "")
	page := visitor.Post(t, "/note", url.Values{"_csrf": {token}, "note": {"我是王建国"}}).Want(t, 403)
	if strings.Contains(page.Body, "王建国") || !d.door.Lost || len(d.door.Fields) != 0 {
		t.Errorf("the door carries %+v: %s", d.door, page.Body)
	}
}
