package site_test

import (
	"github.com/a-h/templ"

	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

func galleryCheck() templ.Component {
	return portal("核对您的投诉", "complain", with(site.Filing{Steps: gallerySteps(5)},
		site.PageHead{Title: "核对您的投诉，再提交", Quiet: "还没有提交。现在改，不用从头再来。"},
		site.SummaryList{Title: "事情经过", Rows: []site.SummaryRow{
			{Label: "投诉谁", Value: "东岭镇人民政府", Href: "/a"},
			{Label: "哪一类", Value: "拖欠账款", Aside: "依据《保障中小企业款项支付条例》第九条", Href: "/a"},
			{Label: "标题", Value: "村道硬化工程验收两年，工程款一直没有付清", Href: "/a"},
			{Label: "经过", Value: "2024年5月与镇政府签订合同，硬化三条村道，合同价 2,186,500 元。2024年8月完工，8月20日验收合格。\n到今天只付了 900,000 元。多次去要，先说等审计，后来说换了领导，要重新研究。", Href: "/a"},
		}},
		site.SummaryList{Title: "合同与金额", Rows: []site.SummaryRow{
			{Label: "合同编号", Value: "DL-2024-016", Href: "/a"},
			{Label: "还欠", Value: view.Money("1286500"), Aside: "壹佰贰拾捌万陆仟伍佰元整", Href: "/a"},
		}},
		site.SummaryList{Title: "您是谁、怎么联系", Note: "封存，承办单位看不到", Sealed: true, Rows: []site.SummaryRow{
			{Label: "身份", Value: "企业，由经办人填写", Href: "/a"}, {Label: "手机", Value: "138 **** 0000", Href: "/a"},
		}},
		el("form", "section",
			site.CaptchaField{ID: "x", ImageURL: "/captcha/x.png", AudioURL: "/captcha/x.wav"},
			view.CheckField{Name: "pledge", Label: "我保证以上内容是真实的。", Strong: true, Hint: "记错了可以更正，不会追究。故意编造、诬告要承担法律责任（《信访工作条例》第十九条）。"},
			view.Note{Text: "提交以后：马上得到编号和查询码；11月24日前登记；11月30日前告诉您是否受理。"},
			el("div", "buttons", view.Button{Label: "确认提交投诉", Kind: view.Go, Big: true}),
			site.SavedLine{Text: "已保存 14:05，可保留到 11月24日 14:05"})))
}

// galleryRulers are the days on which the ruler is special.
func galleryRulers() templ.Component {
	page := []templ.Component{site.PageHead{Title: "期限"}}
	for _, one := range []struct {
		title string
		ruler site.Ruler
	}{
		{"还没有起算", site.Ruler{Start: day(11, 24), Due: day(12, 23)}}, {"第一天", site.Ruler{Start: day(11, 23), Due: day(12, 22)}},
		{"只有一天", site.Ruler{Start: day(11, 23), Due: day(11, 23)}}, {"最后一天", site.Ruler{Start: day(10, 25), Due: day(11, 23)}},
		{"晚了一天", site.Ruler{Start: day(10, 24), Due: day(11, 22)}}, {"快到了", site.Ruler{Start: day(10, 26), Due: day(11, 24)}},
		{"一百多天", site.Ruler{Start: day(9, 1), Due: day(12, 31), Provisional: true}}, {"暂停", site.Ruler{Start: day(11, 1), Due: day(11, 30), Paused: true}},
	} {
		one.ruler.Today = now
		page = append(page, el("section", "section", view.SectionHead{Title: one.title}, one.ruler))
	}
	return portal("期限", "track", page...)
}

func galleryReceipt() templ.Component {
	side := templ.Join(
		raw(`<section><h2>查询码丢了怎么办</h2><p>`+site.LostCode+`</p></section>`),
		raw(`<section><h2>有人打听、为难您</h2><p>打击报复投诉人要受处分。用编号和查询码进来，按“我被为难了”，直接送监督人员，不经过承办单位。</p></section>`))
	return portal("投诉已收到", "complain", with(view.Columns{Side: side},
		site.PageHead{Title: "投诉已收到", Lead: "请把这一页打印出来，或者抄下来。"},
		view.Receipt{Number: "JX2026000004175", Code: "7KQM-4XTN-P2RD-W9HC", Unit: "东岭镇人民政府", At: now},
		el("div", "buttons", view.Button{Label: "打印回执", Kind: view.Go, Does: "print"}, view.Button{Label: "复制编号和查询码", Kind: view.Quiet, Does: "copy"}),
		raw(`<p class="quiet">编号和查询码不会发到您的手机或邮箱，免得被别人看到。</p>`),
		el("section", "section", view.SectionHead{Title: "接下来"},
			view.Timeline{Items: []view.TimelineItem{
				{Title: "登记", When: "最迟 11月24日（星期二）。", State: view.Future},
				{Title: "告诉您是否受理", When: "承诺 11月30日（星期一），法定最迟 12月8日。", State: view.Future},
				{Title: "书面答复", When: "受理之日起 30 天，法定上限 60 天。", State: view.Future},
			}})))
}

func galleryTrack() templ.Component {
	side := templ.Join(
		el("section", "", raw(`<h2>您可以</h2>`), site.ActionList{Items: []site.ActionLink{
			{Label: "补充材料或说明", Href: "#supplement"}, {Label: "催办", Href: "#urge", Note: "还没有到期，催办会记下来，送到审核人"},
			{Label: "我被为难了", Href: "#harassed"}, {Label: "撤回投诉", Href: "#withdraw"}}}),
		raw(`<section><h2>对方看到了什么</h2><p>被投诉单位还没有看到这件投诉。需要它说明情况时，给它的是去掉您身份的摘要。</p></section>`),
		view.Buttons{Items: []view.Button{{Label: "打印本页", Kind: view.Quiet, Does: "print"}, {Label: "退出查询", Kind: view.Quiet}}})
	return portal("查询进度", "track", with(view.Columns{Side: side},
		view.MatterHead{Number: "JX2026000003888", Status: view.StatusTag{Word: "办理中", Sign: "work"}, Title: "村道硬化工程验收两年，工程款一直没有付清"},
		raw(`<p class="due-line">最迟 11月30日（星期一）答复您，还有 7 天。</p>`),
		site.Ruler{Start: day(10, 31), Today: now, Due: day(11, 30), Why: "10月30日受理，第二天起算。平台承诺 30 天，第 30 天是 11月29日（星期日），顺延到下一个工作日。法定上限 60 天，即 12月29日（《信访工作条例》第三十四条）。"},
		el("section", "section", view.SectionHead{Title: "现在在谁手里"}, view.Facts{Rows: []view.Fact{
			{Label: "牵头承办", Text: "县财政局，11月3日签收"}, {Label: "配合", Text: "县农业农村局，11月3日签收"}, {Label: "正在做", Text: "承办人写好了答复稿，等另一个人审核"}}}),
		el("section", "section", view.SectionHead{Title: "办理经过"}, view.Timeline{Items: []view.TimelineItem{
			{Title: "书面答复", When: "最迟 11月30日", State: view.Future},
			{Title: "答复稿送审", Text: "承办单位已写好答复稿，由另一名人员审核。", At: moment(11, 20, 16, 40), Who: "县财政局", State: view.Now},
			{Title: "您补充了 2 份材料", Text: "结算书、付款记录，已转给承办单位（遮住了姓名和电话）。", At: moment(11, 16, 9, 12), Who: "您"},
			{Title: "受理", Text: "属于本平台受理范围。", Link: view.Ref{Label: "受理告知书（PDF，1 页）", Href: "/d"}, At: moment(10, 30, 15, 30), Who: "登记员"},
			{Title: "收到您的投诉", At: moment(10, 26, 9, 40)},
		}})))
}

func galleryAnswered() templ.Component {
	return portal("查询进度", "track", with(view.Columns{},
		view.MatterHead{Number: "JX2026000003520", Status: view.StatusTag{Word: "已答复", Sign: "met"}, Title: "便民服务中心装修款拖了十四个月"},
		view.AnswerBox{Title: "答复意见", Rows: []view.Fact{
			{Label: "查下来", Body: raw("<em>属实</em>")}, {Label: "您的要求", Body: raw("<em>支持</em>")},
			{Label: "要对方做", Text: "东岭镇人民政府 12月31日前付清 36.20 万元，并付逾期利息"}, {Label: "文书", Body: view.Link("/d", "答复意见书〔2026〕198 号")},
			{Label: "答复时间", Text: "11月10日，按期，用了 26 天"}}},
		el("section", "section", view.SectionHead{Title: "评价这个答复"},
			el("form", "", view.RadioField{Name: "office", Label: "办理的单位（县财政局）", Tiles: true, Value: "b", Options: []view.Option{{Value: "a", Label: "满意"}, {Value: "b", Label: "基本满意"}, {Value: "c", Label: "不满意"}}},
				view.TextArea{Name: "words", Label: "想说的话", Optional: true}, el("div", "buttons", view.Button{Label: "提交评价", Kind: view.Go}))),
		el("section", "section", view.SectionHead{Title: "期限已经过了"}, site.Ruler{Start: day(10, 21), Today: now, Due: day(11, 20)})))
}

func galleryNotice() templ.Component {
	side := templ.Join(view.StatusTag{Word: "公示中", Wash: true},
		raw(`<section><h2>公示至 2027年2月9日</h2><p>期满当天自动撤下，只留撤下的日期，不留内容。</p></section><section><h2>单位整改</h2><p>付清款项、公开作出信用承诺后，可以申请提前结束公示。公示最短 3 个月。</p></section>`),
		view.Buttons{Items: []view.Button{{Label: "打印", Kind: view.Quiet, Does: "print"}}})
	return portal("对东岭镇人民政府予以书面警示", "notices", view.Breadcrumbs{Items: []view.Ref{{Label: "公示公告", Href: "/notices"}}},
		with(view.Columns{Side: side}, view.Paper{
			Issuer: "县政务诚信监督办公室", Number: "〔2026〕3 号", Date: "2026年11月9日", Title: []string{"关于对东岭镇人民政府", "予以书面警示的公示"}, Addressee: "东岭镇人民政府",
			Parts: []view.PaperPart{{Text: "经查，你单位于2023年3月6日与施工企业签订水渠维修工程合同，合同价款86.40万元，同年6月12日验收合格，至今尚欠52.30万元未付。你单位以等待审计、负责人变更为由拖延支付，合同未约定以审计结果作为结算依据。"},
				{Text: "上述行为违反《保障中小企业款项支付条例》第九条、第十一条的规定，属于拖欠账款。你单位陈述申辩称财政困难，不影响事实认定。"},
				{Text: "现决定予以书面警示，并要求："}, {Text: "一、自收到之日起三十日内付清无争议款项；"}, {Text: "二、逐项列明争议部分，于2026年12月9日前书面报告。"}, {Text: "逾期不改正的，将约谈主要负责人。"}},
			Signer: "县政务诚信监督办公室", SignedOn: "2026年11月9日"}))
}
