package filing_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/complaint"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal/portaltest"
	"zhengxin/portal/site"
)

const anotherOne = "/complaints/new?d=new"

// told are the answers of the second step with another title.
func told(title string) url.Values {
	fields := values(storyFields...)
	fields.Set("title", title)
	return fields
}

// beside begins a draft beside those that the browser has, up to its title.
func beside(t *testing.T, v *webtest.Client, title string) *webtest.Page {
	t.Helper()
	story := v.Get(t, anotherOne).Want(t, 200).Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	saved := story.Submit(t, "#filing", values("title", title, "do", "later")).Want(t, 200)
	if saved.Text("h1") != "已经保存" {
		t.Fatalf("%s is at %s: %s", title, saved.Path, saved.Text("main"))
	}
	return saved
}

// listed are the titles on the first page.
func listed(t *testing.T, v *webtest.Client) string {
	t.Helper()
	return strings.Join(v.Get(t, "/").All(".drafts li p"), "，")
}

func TestTwoComplaintsAreWrittenSideBySide(t *testing.T) {
	t.Parallel()
	for _, addresses := range [][2]string{{"/complaints/new", "/complaints/new"}, {"/complaints/new", anotherOne}, {anotherOne, anotherOne}} {
		for name, open := range map[string]func(s *fixture) *webtest.Client{
			"ordinary": func(s *fixture) *webtest.Client { return s.Visitor() },
			"elder":    func(s *fixture) *webtest.Client { return s.elder(t) },
		} {
			s := newSite(t)
			v := open(s)
			// Both pages are open before anything is begun.
			tabs := [2]*webtest.Page{v.Get(t, addresses[0]).Want(t, 200), v.Get(t, addresses[1]).Want(t, 200)}
			titles := [2]string{"财政局的事", "东岭乡的事"}
			for range 40 {
				for i := range tabs {
					if tabs[i].Text("h1") == "核对您的投诉，再提交" {
						continue
					}
					fields := together(values(whoFields...), told(titles[i]), values(contractFields...), values(contactFields...), values("do", "next"))
					fields.Set("unit", [2]string{"FIN", "TOWN"}[i])
					tabs[i] = tabs[i].Submit(t, "#filing", shownOf(tabs[i], fields)).Want(t, 200)
				}
			}
			for i, tab := range tabs {
				if said := tab.Text("main"); !strings.Contains(said, titles[i]) || strings.Contains(said, titles[1-i]+"\n") || tab.Text(".summary") == "" {
					t.Fatalf("%s: window %d is at %s: %s", name, i, tab.Path, said)
				}
			}
			second := tabs[1].Submit(t, form, values("captcha_solution", s.Digits(t, tabs[1]), "pledge", "yes")).Want(t, 200)
			first := tabs[0].Submit(t, form, values("captcha_solution", s.Digits(t, tabs[0]), "pledge", "yes")).Want(t, 200)
			for i, receipt := range []*webtest.Page{first, second} {
				number := receipt.Text("[data-receipt-number]")
				got, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT title FROM matter WHERE number = @n`, pg.Args{"n": number})
				if err != nil || got != titles[i] {
					t.Errorf("%s: %s is %q, %v", name, number, got, err)
				}
				// Loaded anew each gives its own receipt.
				if again := tabs[i].Submit(t, form, nil).Want(t, 200); again.Text("[data-receipt-number]") != number {
					t.Errorf("%s: sent again it gives %s, not %s", name, again.Text("[data-receipt-number]"), number)
				}
			}
			if s.Count(t, "complaint") != 2 || s.Count(t, "draft") != 0 || listed(t, v) != "" {
				t.Errorf("%s: %d complaints, %d drafts, listed %s", name, s.Count(t, "complaint"), s.Count(t, "draft"), listed(t, v))
			}
		}
	}
}

// together are all fields of several forms, and shownOf those of them that a page has.
func shownOf(page *webtest.Page, all url.Values) url.Values {
	fields := url.Values{}
	for name, list := range all {
		if page.Has(`#filing [name="` + name + `"]`) {
			fields[name] = list
		}
	}
	return fields
}

func TestTheFirstPagesListTheDraftsAndClearEach(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/start", "/complaints/new", "/complaints/new/resume"} {
		s := newSite(t)
		v := s.Visitor()
		half(t, v, "第一件")
		second := beside(t, v, "第二件")
		page := v.Get(t, path).Want(t, 200)
		if said := page.Text(".drafts li:last-child"); !strings.Contains(said, "第二件") || !strings.Contains(said, "接着填（第 2 步）") {
			t.Errorf("%s says of the second: %s", path, said)
		}
		if on := page.Follow(t, `.drafts li:last-child a`); on.Attr("[name=title]", "value") != "第二件" {
			t.Errorf("%s leads on to %q", path, on.Attr("[name=title]", "value"))
		}
		if got := second.Follow(t, `main a.button-go`).Attr("[name=title]", "value"); got != "第二件" {
			t.Errorf("the page of the saved one leads on to %q", got)
		}
		gone := page.Submit(t, `.drafts li:last-child [value=discard]`, nil).Want(t, 200)
		if gone.Text("h1") != "草稿已经清除" || !strings.Contains(gone.Text(".drafts"), "第一件") || listed(t, v) != "第一件" || s.Count(t, "draft") != 1 {
			t.Errorf("%s: after clearing one is left %q: %s", path, listed(t, v), gone.Text("main"))
		}
	}
}

func TestAClearedDraftTakesNoOtherWithIt(t *testing.T) {
	t.Parallel()
	for name, clears := range map[string]int{"the first": 0, "the second": 1} {
		s := newSite(t)
		v := s.Visitor()
		tabs := [2]*webtest.Page{}
		for i, path := range []string{"/complaints/new", anotherOne} {
			tabs[i] = v.Get(t, path).Submit(t, "#filing", values(whoFields...)).Want(t, 200)
		}
		fresh := v.Get(t, anotherOne).Want(t, 200)
		tabs[clears].Submit(t, "#filing", values("do", "later")).Submit(t, "[value=discard]", nil).Want(t, 200)
		if next := tabs[1-clears].Submit(t, "#filing", told("留下的")).Want(t, 200); !strings.HasPrefix(next.Path, "/complaints/new/contract") {
			t.Errorf("%s cleared, the other is led to %s", name, next.Path)
		}
		fresh.Submit(t, "#filing", values(whoFields...)).Want(t, 200) // nor a page that was not begun
		// What is sent from its page is shown again and then kept as one of its own, or kept
		// so at once where it is said to lie beside another.
		late := tabs[clears].Submit(t, "#filing", told("清除的"))
		switch {
		case late.Status == 403 && late.Attr("[name=title]", "value") == "清除的" && strings.Contains(late.Text(".banner"), "还没有交"):
			late.Submit(t, "#filing", nil).Want(t, 200)
		case late.Status != 200 || !strings.Contains(late.Text(".banner"), "已经不在这个浏览器里"):
			t.Errorf("%s: what is sent from a cleared one is answered with %d, %q", name, late.Status, late.Text(".banner"))
		}
		if got := listed(t, v); !strings.Contains(got, "留下的") || !strings.Contains(got, "清除的") {
			t.Errorf("%s cleared, there are %s", name, got)
		}
	}
}

// A page of a draft that was filed does not write into the one that was begun in its place.
func TestAnOldPageDoesNotWriteIntoTheNextDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	page := toCheck(t, v)
	old := v.Get(t, "/complaints/new/story").Want(t, 200)
	page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	half(t, v, "新的一件")
	if said := autosavesNamed(t, v, old, "title", "旧的一件"); said.Status != 409 {
		t.Errorf("the script is answered with %d", said.Status)
	}
	after := old.Submit(t, "#filing", told("旧的一件")).Want(t, 200)
	if !strings.Contains(after.Text(".banner"), "已经不在这个浏览器里") || listed(t, v) != "新的一件，旧的一件" {
		t.Errorf("says %q, has %s", after.Text(".banner"), listed(t, v))
	}
	if again := page.Submit(t, form, nil).Want(t, 200); again.Text("[data-receipt-number]") == "" || s.Count(t, "complaint") != 1 {
		t.Error("the receipt of the first is not given again")
	}
}

// autosavesNamed sends what the script sends of a page that says which draft it is of.
func autosavesNamed(t *testing.T, v *webtest.Client, page *webtest.Page, pairs ...string) *webtest.Page {
	t.Helper()
	return autosaves(t, v, page, append(pairs, "draft", page.Attr("#filing [name=draft]", "value"))...)
}

func TestAPageThatWasNotBegunIsKeptOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "第一件")
	fresh := v.Get(t, anotherOne).Want(t, 200)
	autosavesNamed(t, v, fresh, "complainant_kind", "citizen").Want(t, 200)
	fresh.Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	fresh.Submit(t, "#filing", values(whoFields...)).Want(t, 200) // pressed twice
	if got := listed(t, v); !strings.HasPrefix(got, "第一件，还没有写标题（第 ") {
		t.Errorf("there are %s", got)
	}
	if again := v.Get(t, fresh.Path).Want(t, 200); !again.Has("[name=complainant_kind][value=enterprise][checked]") {
		t.Error("loaded anew the page is another's")
	}
}

func TestNobodysNameOpensADraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := s.Visitor(), s.Visitor()
	half(t, mine, "我的第一件")
	saved := beside(t, mine, "我的第二件")
	half(t, theirs, "别人的")
	name := saved.Attr("main [name=draft]", "value")
	sealed := func() string {
		rows, err := pg.All[string](t.Context(), s.DB.Owner, `SELECT encode(sealed, 'hex') FROM draft ORDER BY id`, nil)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(rows, " ")
	}
	before := sealed()
	for _, path := range []string{"", "/story", "/check", "/saved", "/contact"} {
		for _, d := range []string{name, "aaaaaaaa"} {
			page := theirs.Get(t, "/complaints/new"+path+"?d="+d).Want(t, 200)
			if strings.Contains(page.Body, "我的") || page.Text("h1") != "您是谁" {
				t.Errorf("%s of %s shows %s", path, d, page.Text("h1"))
			}
			if said := page.Text(".banner"); path != "" && path != "/saved" && !strings.Contains(said, "没有那一份草稿") {
				t.Errorf("%s of %s says %q", path, d, said)
			}
		}
	}
	for _, d := range []string{"x", "AAAAAAAA", "../../etc", strings.Repeat("a", 9), "aaaaaaa\u200b"} { // names of nothing
		theirs.Get(t, "/complaints/new?d="+url.QueryEscape(d)).Want(t, 200)
	}
	if sealed() != before {
		t.Error("looking changed something")
	}
	// What is typed into a page of another's draft is kept beside one's own.
	story := theirs.Get(t, "/complaints/new/story").Want(t, 200)
	fields := told("打在这里的")
	fields.Set("draft", name)
	fields.Set("saves", "3")
	after := story.Forge(t, "#filing", fields).Want(t, 200)
	if !strings.Contains(after.Text(".banner"), "已经不在这个浏览器里") || listed(t, theirs) != "别人的，打在这里的" || listed(t, mine) != "我的第一件，我的第二件" {
		t.Errorf("says %q; they have %s, I have %s", after.Text(".banner"), listed(t, theirs), listed(t, mine))
	}
	clear := theirs.Get(t, "/").Find(".drafts form").First()
	theirs.Post(t, "/complaints/new", values("_csrf", clear.Find("[name=_csrf]").AttrOr("value", ""), "draft", "bbbbbbbb", "do", "discard")).Want(t, 200)
	theirs.Post(t, "/complaints/new/story", values("_csrf", clear.Find("[name=_csrf]").AttrOr("value", ""), "draft", clear.Find("[name=draft]").AttrOr("value", ""), "clear", name, "do", "later")).Want(t, 200)
	if listed(t, mine) != "我的第一件，我的第二件" {
		t.Errorf("cleared by another: %s", listed(t, mine))
	}
}

func TestABrowserHoldsThreeDraftsAndSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "第一件")
	fourth := v.Get(t, anotherOne).Want(t, 200) // opened while there was room
	beside(t, v, "第二件")
	if !v.Get(t, "/").Has(`main a[href="` + anotherOne + `"]`) {
		t.Error("the first page offers no other")
	}
	beside(t, v, "第三件")
	if page := v.Get(t, "/"); page.Has(`main a[href="`+anotherOne+`"]`) || !strings.Contains(page.Text("main"), "最多放 3 份") {
		t.Error("the first page still offers another")
	}
	for _, path := range []string{anotherOne, "/complaints/new?unit=FIN&d=new"} {
		if page := v.Get(t, path).Want(t, 200); page.Has("#filing") || page.Find(".drafts li").Length() != 3 || !strings.Contains(page.Text("h1"), "先填完或者清除一份") {
			t.Errorf("%s shows %s", path, page.Text("h1"))
		}
	}
	if said := autosavesNamed(t, v, fourth, "complainant_kind", "media"); said.Status != 409 || !strings.Contains(said.Body, "已经有 3 份") {
		t.Errorf("the script is told %d, %s", said.Status, said.Body)
	}
	kept := fourth.Submit(t, "#filing", values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 409)
	if !kept.Has("[name=complainant_kind][value=media][checked]") || !strings.Contains(kept.Text(".banner"), "还没有保存") || s.Count(t, "draft") != 3 {
		t.Errorf("says %q, %d drafts", kept.Text(".banner"), s.Count(t, "draft"))
	}
	next := kept.Submit(t, `#filing [name=clear]:contains("第二件")`, nil).Want(t, 200)
	if !strings.HasPrefix(next.Path, "/complaints/new/story") || !strings.HasPrefix(listed(t, v), "第一件，第三件，还没有写标题（第 2 步，") {
		t.Errorf("at %s with %s", next.Path, listed(t, v))
	}
	s.Wait(25 * time.Hour) // what has lapsed takes no room
	for i := range 20 {
		beside(t, v, fmt.Sprint("再一件", i))
		v.Get(t, "/").Submit(t, ".drafts [value=discard]", nil).Want(t, 200)
		s.Wait(time.Second)
	}
}

// TestADraftIsGivenUpOnlyForOneThatIsKept: whoever has to wait has lost neither.
func TestADraftIsGivenUpOnlyForOneThatIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.From(portaltest.Village)
	half(t, v, "第一件")
	fourth := v.Get(t, anotherOne).Want(t, 200)
	beside(t, v, "第二件")
	beside(t, v, "第三件")
	kept := fourth.Submit(t, "#filing", values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 409)
	for range 117 {
		s.From(portaltest.Village).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	}
	const clear = `#filing [name=clear]:contains("第二件")`
	kept.Submit(t, clear, nil).Want(t, 429)
	if got := listed(t, v); got != "第一件，第二件，第三件" {
		t.Errorf("of those who have to wait there are %s", got)
	}
	s.Wait(5 * time.Second)
	kept.Submit(t, clear, nil).Want(t, 200)
	if got := listed(t, v); !strings.HasPrefix(got, "第一件，第三件，还没有写标题") {
		t.Errorf("after the wait there are %s", got)
	}
}

// TestDraftsThatAreCalledAlikeAreToldApart: a button beside each may clear it away.
func TestDraftsThatAreCalledAlikeAreToldApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "同一件")
	fourth := v.Get(t, anotherOne).Want(t, 200)
	s.Wait(2 * time.Minute)
	beside(t, v, "同一件")
	s.Wait(2 * time.Minute)
	v.Get(t, anotherOne).Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	kept := fourth.Submit(t, "#filing", values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 409)
	want := "同一件（第 2 步，3月2日 10:00存的），同一件（第 2 步，3月2日 10:02存的），还没有写标题（第 2 步，3月2日 10:04存的）"
	if got := listed(t, v); got != want {
		t.Errorf("there are %s", got)
	}
	if got := strings.Join(kept.All("#filing [name=clear]"), " "); !strings.Contains(got, "清除“同一件（第 2 步，3月2日 10:02存的）”，保存这一页") {
		t.Errorf("the buttons are %s", got)
	}
}

// Places of drafts that were filed are given up, the oldest first, and none that holds one.
func TestPlacesOfFiledDraftsAreGivenUp(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "一直留着")
	for i := range 12 {
		beside(t, v, fmt.Sprint("第", i))
		v.Get(t, "/").Follow(t, ".drafts li:last-child a").Submit(t, "#filing", told(fmt.Sprint("第", i))).Want(t, 200).
			Submit(t, "#filing", values(contractFields...)).Submit(t, "#filing", values("do", "next")).Submit(t, "#filing", values(contactFields...)).Want(t, 200)
		page := v.Get(t, "/").Follow(t, ".drafts li:last-child a").Want(t, 200)
		page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
		if page.Submit(t, form, nil).Want(t, 200).Text("[data-receipt-number]") == "" {
			t.Fatalf("%d: the receipt is not given again", i)
		}
	}
	if s.Count(t, "complaint") != 12 || listed(t, v) != "一直留着" || title(t, v) != "一直留着" {
		t.Errorf("%d complaints, and %s", s.Count(t, "complaint"), listed(t, v))
	}
}

func TestASecondDraftThatLapsedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "第一件")
	story := v.Get(t, anotherOne).Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	s.Wait(20 * time.Hour)
	v.Get(t, "/complaints/new/story").Submit(t, "#filing", values("title", "第一件", "do", "later")).Want(t, 200)
	s.Wait(5 * time.Hour)
	after := story.Submit(t, "#filing", told("第二件")).Want(t, 200)
	if !strings.Contains(after.Text(".banner"), "放到了期") || !strings.Contains(after.Text(".banner"), "您刚才填的这一页还在") || listed(t, v) != "第一件，第二件" {
		t.Errorf("says %q, has %s", after.Text(".banner"), listed(t, v))
	}
}

// Another draft changes nothing of what is confirmed.
func TestTheCheckIsOfItsOwnDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	check := toCheck(t, v)
	beside(t, v, "完全是另一件事")
	receipt := check.Submit(t, form, values("captcha_solution", s.Digits(t, check), "pledge", "yes")).Want(t, 200)
	filed, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT title FROM matter`, nil)
	if !receipt.Has("[data-receipt-number]") || err != nil || filed != "村道硬化工程款没有付清" || listed(t, v) != "完全是另一件事" {
		t.Errorf("filed %q, left %s, %v", filed, listed(t, v), err)
	}
	// With faults, another picture, the elder mode and every way back it stays in its own.
	second := v.Get(t, "/").Follow(t, ".drafts a").Want(t, 200).Submit(t, "#filing", told("完全是另一件事")).
		Submit(t, "#filing", values(contractFields...)).Submit(t, "#filing", values("do", "next")).Submit(t, "#filing", values(contactFields...)).Want(t, 200)
	beside(t, v, "第三件")
	faulty := second.Submit(t, form, values("captcha_solution", "")).Want(t, 422)
	renewed := faulty.Submit(t, "[name=captcha_do]", nil).Want(t, 200)
	elder := renewed.Submit(t, ".elder-switch button", nil).Want(t, 200)
	for name, page := range map[string]*webtest.Page{"with faults": faulty, "with another picture": renewed, "in the elder mode": elder, "a step back": elder.Follow(t, "form .buttons a")} {
		if page.Path == "/complaints/new/check" || !strings.Contains(page.Text("main"), "完全是另一件事") {
			t.Errorf("%s it is at %s", name, page.Path)
		}
	}
	elder.Find("main a, .steps a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); strings.HasPrefix(href, "/complaints/new") && !strings.Contains(href, "d=") {
			t.Errorf("%s leads into another draft", href)
		}
	})
}

// Whoever is filing while the site is made new has one cookie, a draft without a name and
// a page that says nothing of either.
func TestADraftOfBeforeGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	half(t, v, "升级以前")
	secret, _ := key.ParseSecret(v.Cookie("zx_draft"))
	drafts := &complaint.Drafts{Pool: s.DB.Portal, Now: s.Now}
	saved, err := drafts.Load(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]any{}
	if err := json.Unmarshal(saved.Content, &held); err != nil {
		t.Fatal(err)
	}
	delete(held, "Name")
	content, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drafts.Save(t.Context(), secret, content); err != nil {
		t.Fatal(err)
	}
	story := v.Get(t, "/complaints/new/story").Want(t, 200)
	fields := told("升级以后")
	fields.Set("_csrf", story.Attr("#filing [name=_csrf]", "value"))
	if next := v.Post(t, "/complaints/new/story", fields).Want(t, 200); next.Path != "/complaints/new/contract" {
		t.Errorf("led to %s", next.Path)
	}
	if again := story.Submit(t, "#filing", told("升级以后")).Want(t, 200); again.Path != "/complaints/new/contract" || listed(t, v) != "升级以后" {
		t.Errorf("at %s with %s", again.Path, listed(t, v))
	}
	beside(t, v, "另外一件")
	if got := listed(t, v); got != "升级以后，另外一件" {
		t.Errorf("there are %s", got)
	}
}

// The button of another unit's page begins another complaint, that of the same one does not.
func TestAnotherUnitBeginsAnotherComplaint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	v.Get(t, "/complaints/new").Submit(t, "#filing", values(whoFields...)).Submit(t, "#filing", told("东岭乡的事")).Want(t, 200)
	if same := v.Get(t, "/complaints/new?unit=TOWN").Want(t, 200); strings.Contains(same.Path, "d=") {
		t.Errorf("the same unit leads to %s", same.Path)
	}
	other := v.Get(t, "/complaints/new?unit=FIN").Want(t, 200)
	if !strings.Contains(other.Path, "d=") || !strings.Contains(other.Text(".drafts"), "东岭乡的事") || other.Attr("[name=unit]", "value") != "FIN" {
		t.Fatalf("another unit leads to %s: %s", other.Path, other.Text(".drafts"))
	}
	story := other.Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	if !story.Has("[name=unit][value=FIN][checked]") || !strings.HasPrefix(listed(t, v), "东岭乡的事，还没有写标题（第 ") {
		t.Errorf("the second has another unit, or there are %s", listed(t, v))
	}
	// Who chooses another unit after all and goes back is still in their own.
	chosen := told("还是东岭乡的事")
	chosen.Set("unit", "TOWN")
	story.Submit(t, "#filing", chosen).Want(t, 200)
	back := v.Get(t, other.Path).Want(t, 200)
	if back.Path != other.Path || back.Attr("[name=unit]", "value") != "TOWN" {
		t.Errorf("going back leads to %s with %s", back.Path, back.Attr("[name=unit]", "value"))
	}
}

// A browser may bring any cookies: its first page asks once, for no more than it can have
// been given, opens nothing twice and nothing beyond what one may have begun.
func TestManyDraftCookiesAreLittleWork(t *testing.T) {
	t.Parallel()
	asked := 0
	s := &fixture{portaltest.New(t, func(over *site.Site) {
		over.Drafts.Now = func() time.Time { asked++; return over.Now() }
	})}
	v := s.Visitor()
	half(t, v, "第一件")
	for i := range 12 {
		v.SetCookie(fmt.Sprintf("zx_draft_%caaaaaaa", 'a'+i), v.Cookie("zx_draft"))
	}
	if got := listed(t, v); got != "第一件" {
		t.Errorf("one draft is listed as %s", got)
	}
	secrets := map[int]string{}
	for i := range 12 {
		other := s.Visitor()
		half(t, other, fmt.Sprint("第", i))
		secrets[i] = other.Cookie("zx_draft")
		v.SetCookie(fmt.Sprintf("zx_draft_%caaaaaaa", 'a'+i), secrets[i])
	}
	last, _ := key.ParseSecret(secrets[11]) // what is not opened may be anything
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE draft SET sealed = 'torn' WHERE id = $1`, complaint.DraftID(last)); err != nil {
		t.Fatal(err)
	}
	asked = 0
	if home := v.Get(t, "/").Want(t, 200); home.Find(".drafts li").Length() != 3 || asked != 1 {
		t.Errorf("%d are listed after %d queries", home.Find(".drafts li").Length(), asked)
	}
}

// What is given up for a page is what its button was shown with: a draft that was written on
// since stays, and is asked about again.
func TestADraftThatGrewIsNotGivenUpUnasked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v, other := s.Visitor(), s.Visitor()
	half(t, v, "第一件")
	resume(t, other, lend(t, v)).Want(t, 200)
	fourth := v.Get(t, anotherOne).Want(t, 200)
	beside(t, v, "第二件")
	beside(t, v, "第三件")
	full := fourth.Submit(t, "#filing", values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 409)
	first, second := full.Text(`[name=clear]:contains("第一件")`), full.Text(`[name=clear]:contains("第二件")`)
	if !strings.Contains(first, "续填码也作废") || strings.Contains(second, "续填码") {
		t.Errorf("the buttons say %q and %q", first, second)
	}
	s.Wait(time.Minute)
	other.Get(t, "/complaints/new/story").Submit(t, "#filing", values("title", "第一件", "facts", "后来又写的", "do", "later")).Want(t, 200)
	again := full.Submit(t, `#filing [name=clear]:contains("第一件")`, nil).Want(t, 409)
	if said := again.Text(".banner"); !strings.Contains(said, "没有清除") || listed(t, v) != "第一件，第二件，第三件" || s.Count(t, "draft") != 4 {
		t.Errorf("it says %q, there are %s", said, listed(t, v))
	}
	if !again.Has("[name=complainant_kind][value=media][checked]") {
		t.Error("what was typed is lost")
	}
	again.Submit(t, `#filing [name=clear]:contains("第一件")`, nil).Want(t, 200)
	if got := listed(t, v); strings.Contains(got, "第一件") || s.Count(t, "draft") != 3 {
		t.Errorf("there are %s, %d rows", got, s.Count(t, "draft"))
	}
}
