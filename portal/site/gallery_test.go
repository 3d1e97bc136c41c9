package site_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
	"zhengxin/portal/site"
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

// gallery is every component of the public site at least once, in pages like those
// that people see.
func gallery() map[string]templ.Component {
	return map[string]templ.Component{
		"portal-home": galleryHome(), "portal-home-elder": galleryElder("县财政局"), "portal-home-elder-unset": galleryElder(""), "filing-facts-error": galleryFacts(),
		"filing-check": galleryCheck(), "receipt": galleryReceipt(),
		"track": galleryTrack(), "rulers": galleryRulers(), "track-answered": galleryAnswered(), "notice": galleryNotice(),
	}
}

func portal(title, current string, children ...templ.Component) templ.Component {
	return with(site.Page(site.Frame{
		Title: title, Current: current, Demo: true, CSRF: "t", Path: "/", PrintFoot: "打印时间 2026年11月23日 14:05", Settings: site.Settings{Host: "县财政局"},
	}), children...)
}

func galleryHome() templ.Component {
	return portal("", "",
		el("div", "home-top",
			el("div", "", raw(`<h1>政府欠账不还、承诺不兑现，请在这里投诉。</h1><p class="lead">谁收到、谁在办、哪天到期，您都看得见。可以不留姓名；留下的姓名和电话会封存，承办单位看不到。</p>`),
				el("div", "start", view.Button{Label: "开始投诉", Kind: view.Go, Big: true, Href: "/start"}, raw(`<p>大约需要 15 分钟。中途离开，24 小时内可以接着填。</p>`))),
			el("form", "query", raw(`<h2>查询进度</h2>`),
				view.TextField{Name: "number", Label: "投诉编号", Code: true},
				view.TextField{Name: "query_code", Label: "查询码", Code: true, Autocomplete: "off"},
				el("div", "buttons", view.Button{Label: "查询"}, view.Link("/help#code", "查询码丢了")))),
		el("section", "section",
			view.SectionHead{Title: "一件投诉怎么走，最迟几天", Link: view.Ref{Label: "各步骤的法律依据", Href: "/policies"}},
			site.Way{Steps: []site.WayStep{
				{Title: "登记", Limit: "1 个工作日", Note: "我们收下投诉，给您编号和查询码。", Ticks: 4},
				{Title: "决定是否受理", Limit: "5 个工作日", Note: "法定上限 15 天。不受理会写明理由和该去哪里。", Ticks: 8},
				{Title: "交承办单位", Limit: "当日", Note: "不会交给被投诉的单位，也不会交给它的下属。", Ticks: 4},
				{Title: "书面答复", Limit: "30 天", Note: "法定上限 60 天，最多延一次。逾期会公开。", Ticks: 12},
				{Title: "您来评价", Limit: "30 天内", Note: "不满意，可以申请复查。没有解决的，不会写成“已解决”。", Ticks: 6},
			}}),
		el("section", "section pair",
			el("div", "", view.SectionHead{Title: "这里管"}, raw(`<ul class="rows"><li>拖欠工程款、货款、服务费，或者拖延验收结算</li><li>招商、补贴、会议纪要里答应的事没有兑现</li><li>违规借债、违规担保、承诺替别人还债</li><li>换了领导就不认旧账</li><li>法院判了、仲裁裁了，单位不履行</li></ul>`)),
			el("div", "", view.SectionHead{Title: "这里不管，该去哪里"}, raw(`<ul class="rows"><li>正在打官司、仲裁、复议的事：<a href="/help#a">等候该程序的结果</a></li><li>干部个人收钱、贪污：<a href="/help#b">向纪检监察机关举报</a></li><li>单位之间没有公家参与的欠款：<a href="/help#c">法院起诉或调解</a></li><li>水电气热、道路噪声等日常事：<a href="/help#d">政务服务热线</a></li></ul>`))),
		el("section", "section",
			view.SectionHead{Title: "今年 1 月至 10 月", Link: view.Ref{Label: "全部统计和数据下载", Href: "/statistics"}},
			site.Figures{Items: []site.Figure{
				{Number: "412", Unit: "件", Label: "收到投诉", Href: "/statistics#in"}, {Number: "87.4", Unit: "%", Label: "按期答复", Href: "/statistics#rate"},
				{Number: "169", Unit: "件", Label: "查实或基本查实", Href: "/statistics#true"}, {Number: "9", Unit: "件", Label: "眼下逾期未答复", Href: "/statistics#late"},
			}}),
		el("section", "section",
			view.SectionHead{Title: "最近公示", Link: view.Ref{Label: "全部公示公告", Href: "/notices"}},
			site.Entries{Items: []site.Entry{
				{On: day(11, 9), Title: "对东岭镇人民政府予以书面警示", Href: "/notices/3", Status: view.StatusTag{Word: "公示至 2027年2月9日", Shape: view.ShapeTick, Tone: view.Azurite}},
				{On: day(10, 28), Title: "第三季度各单位投诉办理情况通报", Href: "/notices/2", Status: view.StatusTag{Word: "通报", Shape: view.ShapePaper}},
				{On: day(9, 30), Title: "受理范围和办理期限（2026 年修订）", Href: "/notices/1", Status: view.StatusTag{Word: "政策", Shape: view.ShapePaper}},
			}}))
}

func galleryElder(host string) templ.Component {
	return with(site.Page(site.Frame{Elder: true, Demo: true, Settings: site.Settings{Host: host}}),
		raw(`<h1>有事要投诉？三个办法</h1>`),
		site.BigRows{Items: []site.BigRow{
			{Icon: view.ShapePen, Title: "我要投诉", Text: "一步一步填，不会填可以念给家人填", Href: "/start"},
			{Icon: view.ShapeSearch, Title: "查我的投诉", Text: "要用回执上的编号和查询码", Href: "/track"},
			{Icon: view.ShapePeople, Title: "请人帮忙", Text: "打电话、当面说，都可以登记", Href: "/help"},
		}},
		el("section", "section prose", raw(`<h2>您放心</h2><p>可以不留姓名。留下的姓名电话会锁起来，被投诉的单位看不到。</p><p>最迟 30 天给您书面答复。逾期会公开。</p><p>投诉不收一分钱。有人要钱，就是骗子。</p>`)))
}

func gallerySteps(here int) site.Steps {
	labels := []string{"您是谁", "事情经过", "合同与金额", "证据材料", "联系与保密", "核对并提交"}
	var s site.Steps
	for i, label := range labels {
		state := site.Ahead
		switch {
		case i < here:
			state = site.Filled
		case i == here:
			state = site.Here
		}
		s.Items = append(s.Items, site.Step{Label: label, Href: "/complaints/new?step=1", State: state})
	}
	return s
}

func galleryFacts() templ.Component {
	faults := view.Errors{
		{Name: "due_on", Sentence: "2062年3月31日还没有到。请写合同约定的付款日；没有约定就留空"},
		{Name: "unpaid_amount", Sentence: "“一百二十八万”不能当数字用。请只写数字，单位是元，例如 1286500.00"},
	}
	page := with(site.Filing{Steps: gallerySteps(2)},
		view.ErrorSummary{Errors: faults, Resend: "保存并继续"},
		site.PageHead{Title: "合同与金额", Quiet: "手头没有合同也可以继续。写您记得的，承办人会核对。"},
		el("form", "",
			view.TextField{Name: "contract_no", Label: "合同编号", Optional: true, Hint: "在合同首页右上角，没有就不填", Value: "DL-2024-016", Width: view.Width20},
			view.DateField{Name: "contract_date", Label: "合同签订日期", Optional: true, Year: "2024", Month: "5", Day: "12"},
			view.DateField{Name: "due_on", Label: "约定付款日期", Optional: true, Year: "2062", Month: "3", Day: "31", Error: faults.For("due_on")},
			view.MoneyField{Name: "unpaid_amount", Label: "还欠多少钱", Hint: "只写没有付的部分。有争议的部分也算，后面可以说明", Value: "一百二十八万", Error: faults.For("unpaid_amount")},
			view.RadioField{Name: "in_litigation", Label: "这件事有没有起诉或者仲裁", Hint: "正在起诉或仲裁的，要等那边的结果，我们会告诉您怎么做", Value: "no",
				Options: []view.Option{{Value: "no", Label: "没有"}, {Value: "pending", Label: "有，还没有结果"}, {Value: "decided", Label: "有，判了或裁了，对方没有履行"}}},
			el("div", "buttons", view.Button{Label: "保存并继续", Kind: view.Go}, view.Button{Label: "保存，以后再填", Kind: view.Quiet, Name: "do", Value: "save"}),
			site.SavedLine{Text: "本页还没有保存，要先改 2 处。前面两步在 14:05 已保存。", Late: true}))
	return with(site.Page(site.Frame{Title: "合同与金额", Current: "complain", Demo: true, HasErrors: true, NoIndex: true, Settings: site.Settings{Host: "县财政局"}}), page)
}
