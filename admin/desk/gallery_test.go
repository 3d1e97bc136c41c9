package desk_test

import (
	"strings"
	"testing"
	"time"
	"zhengxin/admin/desk"
	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

// The pages are written with few words for what they are put together of.
var (
	now           = viewtest.Now
	day, moment   = viewtest.Day, viewtest.Moment
	with, el, raw = viewtest.With, viewtest.El, viewtest.Raw
)

// rendered is a page of the gallery as a browser reads it.
func rendered(t *testing.T, name string) *goquery.Document {
	t.Helper()
	return viewtest.Draw(t, name, gallery()[name])
}

func TestEveryPageIsSoundHTML(t *testing.T) {
	t.Parallel()
	for name := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			viewtest.Sound(t, rendered(t, name))
		})
	}
}

// gallery is every component of the desk at least once, in pages like those of look.md.
func gallery() map[string]templ.Component {
	return map[string]templ.Component{
		"desk-home": galleryDeskHome(), "desk-list": galleryDeskList(), "desk-matter": galleryDeskMatter(),
		"desk-states": galleryDeskStates(), "desk-case": galleryDeskCase(), "desk-login": galleryLogin(), "problem": galleryProblem(),
	}
}

func onDesk(title, current string, children ...templ.Component) templ.Component {
	counts := map[string]int{"home": 10, "complaints": 2607, "cases": 7, "notices": 2, "mail": 18}
	return with(desk.Page(desk.Frame{
		Title: title, Current: current, Person: "何敏", Role: "督办员", CSRF: "t",
		Nav: deskNav(counts), Search: "/complaints",
		Keys: []desk.Key{{Keys: []string{"J", "K"}, Label: "上下"}, {Keys: []string{"Enter"}, Label: "打开"}, {Keys: []string{"/"}, Label: "搜索"}},
	}), children...)
}

// deskNav is a navigation as the desk makes it.
func deskNav(counts map[string]int) []desk.NavGroup {
	return []desk.NavGroup{
		{Items: []desk.NavItem{
			{Key: "home", Label: "我的工作", Href: "/", Count: counts["home"]}, {Key: "complaints", Label: "全部投诉", Href: "/complaints", Count: counts["complaints"]},
			{Key: "register", Label: "手工登记", Href: "/register"},
		}},
		{Title: "专项", Items: []desk.NavItem{{Key: "cases", Label: "失信案件", Href: "/cases", Count: counts["cases"]}}},
		{Title: "公开与基础", Items: []desk.NavItem{{Key: "notices", Label: "公示公告", Href: "/notices"}, {Key: "units", Label: "单位", Href: "/units"}}},
	}
}

func galleryProblem() templ.Component {
	return viewtest.Page("没有这一页", desk.Problem{Title: "这一步没有办成，没有保存", Lines: []string{"请再交一次。记下下面的号，打电话时有用。"}, Trace: "8F3C-21AD", Buttons: []view.Button{{Label: "回到首页", Href: "/"}}})
}

func galleryLogin() templ.Component {
	return with(desk.Page(desk.Frame{Title: "登录"}), raw("<h1>登录</h1>"), el("form", "",
		view.CSRF("t"), view.FormToken("f"),
		view.TextField{Name: "login", Label: "登录名", Autocomplete: "username"},
		view.TextField{Name: "password", Label: "密码", Type: "password", Autocomplete: "current-password"},
		el("div", "buttons", view.Button{Label: "登录", Kind: view.Go})))
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
	doc.Find(`form.move[action$="/return"]`).Find("summary, textarea, button").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "summary textarea button" {
		t.Errorf("with fields: %s", got)
	}
	doc.Find("form.move:has(textarea, select, input[type=radio])").Each(func(_ int, s *goquery.Selection) {
		if s.Find("button[type=submit]").Length() != s.Find("details button[type=submit]").Length() {
			t.Errorf("%s sends what nobody has seen", s.AttrOr("action", ""))
		}
	})
	order = nil
	doc.Find(`form.move[action$="/approve"]`).Children().Not("input").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "button p" {
		t.Errorf("without: %s", got)
	}
}

func TestDueWordsCountCivilDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		due   time.Time
		words string
		state desk.DeadlineState
	}{
		{day(11, 30), "剩 7\u00a0天", desk.InTime},
		{moment(11, 23, 0, 1), "今天到期", desk.DueToday},
		{moment(11, 22, 23, 59), "逾期 1\u00a0天", desk.Late},
	}
	for _, tt := range tests {
		if words, state := desk.DueWords(tt.due, now); words != tt.words || state != tt.state {
			t.Errorf("due %v: %s %v, want %s %v", tt.due, words, state, tt.words, tt.state)
		}
	}
}
