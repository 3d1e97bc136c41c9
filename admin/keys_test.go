package admin

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// TestEveryKeyDoesWhatItsPageSays walks list, matter, home and cases by keys
// alone.
func TestEveryKeyDoesWhatItsPageSays(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	numbers := []string{c.File(t, complainttest.Intake()).Number, c.File(t, complainttest.Intake()).Number, c.File(t, complainttest.Intake()).Number}
	c.put(t, numbers[0], complaint.UnderReview, c.officer.ID)
	site := c.serve(t)
	tab := c.sits(t, browser.New(t), site, browser.Desktop, "hemin-keys", "何敏", staff.Supervisor, complainttest.DeskUnit)
	at := func(key, want string) {
		t.Helper()
		if got := strings.TrimPrefix(tab.URL(), site); got != want {
			t.Errorf("%s leads to %s, want %s", key, got, want)
		}
	}
	focused := func(key, css string) {
		t.Helper()
		if !tab.Has(css + ":focus") {
			t.Errorf("%s does not stand on %s but on %q", key, css, tab.Texts(":focus"))
		}
	}
	row := func(n string) string { return "[data-row]:nth-child(" + n + ") [data-open]" }

	tab.Open(site + "/complaints?view=all")
	for _, step := range []struct{ key, css string }{
		{"j", row("1")}, {"j", row("2")}, {"J", row("3")}, {"k", row("2")}, {"/", "[data-key='/']"},
	} {
		tab.Key(step.key)
		focused(step.key, step.css)
	}
	tab.Key("jf/?")
	// The browser is sent the sign apart from the key, so that the first / comes too.
	if got := tab.Value("q"); got != "/jf/?" {
		t.Errorf("keys work while typing: the box holds %q", got)
	}
	tab.Key("\u001b")
	if tab.Has("[data-key='/']:focus") {
		t.Error("Esc does not leave the box")
	}
	tab.Key("f")
	focused("F", "#filter-text")
	tab.Key("\u001b")
	tab.KeyWithControl("j")
	if tab.Has("[data-open]:focus") {
		t.Error("J works with Ctrl")
	}
	tab.Key("g")
	tab.Key("j")
	focused("J after a G", row("1"))
	tab.Key("j")
	second := site + tab.Attribute(row("2"), "href")
	tab.Follow("o")
	at("O", strings.TrimPrefix(second, site))
	tab.Follow("]")
	third := tab.URL()
	tab.Follow("[")
	at("[", strings.TrimPrefix(second, site))
	tab.Follow("]")
	at("]", strings.TrimPrefix(third, site))
	tab.Follow("u")
	at("U", "/complaints?view=all")
	tab.Key("k")
	tab.Follow("\r")
	if !strings.HasPrefix(tab.URL(), site+"/complaints/JX") {
		t.Errorf("Enter leads to %s", tab.URL())
	}
	tab.Follow("c")
	at("C", "/register")

	tab.Open(site + "/complaints/" + numbers[0])
	tab.Screenshot("matter-keys")
	for _, step := range []struct{ key, css string }{
		{"2", "[data-unfold=send_back]"}, {"\r", "#send_back-note"}, {"\u001b2", "[data-action=send_back]"},
		{"3", "[data-unfold=" + tab.Attribute(".moves > li:nth-child(3) summary", "data-unfold") + "]"},
	} {
		tab.Key(step.key)
		if step.key == "\r" { // the page opens first and moves the focus then
			tab.Await("details:has("+step.css+":focus) > summary", "退回修改")
		}
		focused(strconv.Quote(step.key), step.css)
	}
	if got := tab.URL(); c.state(t, numbers[0]) != complaint.UnderReview || got != site+"/complaints/"+numbers[0] {
		t.Errorf("a digit presses the move, or Return sends a form that nobody saw: %s", got)
	}
	tab.Reload()
	tab.Key("n")
	focused("N", "#note-note")
	tab.Key("12n")
	if got := tab.Within("form:has(#note-note)").Value("note"); got != "n12n" {
		t.Errorf("the note holds %q", got)
	}
	tab.Key("\u001b")
	tab.Key("g")
	tab.Follow("m")
	at("G M", "/")
	tab.Key("j")
	focused("J at home", "[data-open]")
	tab.Key("g")
	tab.Follow("l")
	at("G L", "/complaints")
	tab.Key("g")
	tab.Follow("d")
	at("G D", "/cases")
	tab.Key("j")
	tab.Follow("o")
	at("O on a case", "/cases/"+c.number+"?view=open")
	tab.Screenshot("case-keys")
	tab.Follow("u")
	at("U on a case", "/cases")
	tab.Follow("?")
	at("?", "/keys")
	tab.Quiet(t)
}

func TestKeysCanBeSwitchedOffForOneBrowser(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	m := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	page := m.Get(t, "/account").Want(t, 200)
	if !m.Get(t, "/complaints").Has(".keys") {
		t.Error("the list does not show its keys")
	}
	page = page.Submit(t, "form[action='/account/keys']", nil).Want(t, 200)
	if page.Text(".banner-done h2") != "按键已关掉" || !page.Has("body[data-keys=off]") {
		t.Errorf("switched off: %q", page.Text(".banner"))
	}
	if list := m.Get(t, "/complaints"); list.Has(".keys") || !list.Has("body[data-keys=off]") {
		t.Error("the list still has its keys")
	}
	page = page.Submit(t, "form[action='/account/keys']", nil).Want(t, 200)
	if page.Text(".banner-done h2") != "按键已打开" || page.Has("body[data-keys=off]") {
		t.Errorf("switched on again: %q", page.Text(".banner"))
	}
	m.Post(t, "/account/keys", url.Values{"keys": {"off"}}).Want(t, 403)
}

func TestAKeyThatIsOffDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.File(t, complainttest.Intake())
	site := w.serve(t)
	tab := w.sits(t, browser.New(t), site, browser.Desktop, "hemin-off", "何敏", staff.Supervisor, complainttest.DeskUnit)
	tab.Open(site + "/account")
	tab.Screenshot("account-keys")
	tab.Press("关掉按键")
	tab.Open(site + "/complaints")
	tab.Key("j")
	tab.Key("/")
	if tab.Has("[data-open]:focus") || tab.Has("[data-key='/']:focus") {
		t.Error("a key that was switched off works")
	}
}
