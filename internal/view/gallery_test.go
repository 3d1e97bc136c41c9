package view_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
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

func desk(title, current string, children ...templ.Component) templ.Component {
	counts := map[string]int{"home": 10, "complaints": 2607, "cases": 7, "notices": 2, "mail": 18}
	return with(view.DeskPage(view.DeskFrame{
		Title: title, Current: current, Person: "何敏", Role: "督办员", CSRF: "t",
		Nav: deskNav(counts), Search: "/complaints",
		Keys: []view.Key{{Keys: []string{"J", "K"}, Label: "上下"}, {Keys: []string{"Enter"}, Label: "打开"}, {Keys: []string{"/"}, Label: "搜索"}},
	}), children...)
}

// gallery is every component at least once, in pages like those of look.md.
func gallery() map[string]templ.Component {
	return map[string]templ.Component{
		"choices":   galleryChoices(),
		"desk-home": galleryDeskHome(), "desk-list": galleryDeskList(), "desk-matter": galleryDeskMatter(),
		"desk-states": galleryDeskStates(), "desk-case": galleryDeskCase(), "desk-login": galleryLogin(), "problem": galleryProblem(),
	}
}

func galleryChoices() templ.Component {
	return viewtest.Page("事情经过", raw("<h1>事情经过</h1>"),
		el("form", "",
			view.RadioField{Name: "category", Label: "哪一类", Narrow: "输入几个字，找类别", Value: "C03", Options: []view.Option{
				{Value: "C01", Label: "政策承诺不兑现", Hint: "会议纪要、招商协议里答应的"}, {Value: "C03", Label: "拖欠账款"}}},
			view.SelectField{Name: "unit", Label: "投诉哪个单位", Empty: "请选择", Value: "DL", Width: view.Width20, Error: "请写投诉哪个单位。不知道全名，写您叫它的名字，再从下面选",
				Options: []view.Option{{Value: "DL", Label: "东岭镇人民政府", Group: "乡镇"}, {Value: "CZ", Label: "县财政局", Group: "部门"}}},
			view.FileField{Name: "file", Label: "文件", Hint: "CSV 或者文本", Optional: true, Accept: ".csv,.txt"},
			view.TextArea{Name: "facts", Label: "经过", Hint: "什么时候、在哪里、发生了什么", Value: "第一行\n第二行", Rows: 6, Echo: "写了 7 个字，最多 5,000 个"},
			view.ChecksField{Name: "elsewhere", Label: "还向哪里反映过", Optional: true, Values: []string{"court"}, Options: []view.Option{{Value: "hotline", Label: "热线"}, {Value: "court", Label: "法院"}}},
			view.RadioField{Name: "satisfied", Label: "办理的单位", Tiles: true, Value: "b", Error: "请选一个", Options: []view.Option{{Value: "a", Label: "满意"}, {Value: "b", Label: "基本满意"}, {Value: "c", Label: "不满意"}}},
			view.CheckField{Name: "consent", Label: "同意用电子方式送达", Hint: "不同意也可以，会寄到您写的地址", Error: "请打勾"},
			view.Buttons{Items: []view.Button{{Label: "保存并继续", Kind: view.Go}, {Label: "提请签发", WhyNot: "证据清单第 3 项还没有核对"}}}))
}

// deskNav is a navigation as the desk makes it.
func deskNav(counts map[string]int) []view.NavGroup {
	return []view.NavGroup{
		{Items: []view.NavItem{
			{Key: "home", Label: "我的工作", Href: "/", Count: counts["home"]}, {Key: "complaints", Label: "全部投诉", Href: "/complaints", Count: counts["complaints"]},
			{Key: "register", Label: "手工登记", Href: "/register"},
		}},
		{Title: "专项", Items: []view.NavItem{{Key: "cases", Label: "失信案件", Href: "/cases", Count: counts["cases"]}}},
		{Title: "公开与基础", Items: []view.NavItem{{Key: "notices", Label: "公示公告", Href: "/notices"}, {Key: "units", Label: "单位", Href: "/units"}}},
	}
}
