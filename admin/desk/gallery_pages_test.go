package desk_test

import (
	"github.com/a-h/templ"

	"zhengxin/admin/desk"
	"zhengxin/internal/view"
)

// stateTag shows a state as its move table would have it.
func stateTag(word string) view.StatusTag {
	return view.StatusTag{Word: word, Sign: map[string]string{
		"待登记": "begin", "待派单": "begin", "待受理": "begin", "待签收": "begin", "办理中": "work", "待审核": "work", "复查中": "work", "听取申辩": "work",
		"待补正": "ask", "退办待核": "ask", "已答复": "met", "公示中": "shown", "已办结": "closed", "不予受理": "refused", "已转送": "handed",
	}[word]}
}

func deskRows() []desk.MatterRow {
	late := desk.Deadline{Words: "逾期 7 天", Date: "11月16日", State: desk.Late, Share: 1.3}
	today := desk.Deadline{Words: "今天到期", Date: "11月23日", State: desk.DueToday, Share: 1}
	ahead := desk.Deadline{Words: "剩 7 天", Date: "11月30日", Share: 0.78}
	row := func(title, number, category, unit, state, holder string, d desk.Deadline) desk.MatterRow {
		return desk.MatterRow{Href: "/complaints/" + number, Title: title, Number: number, Category: category, Todo: "审核答复", Unit: unit,
			Status: stateTag(state), Holder: holder, Deadline: d, Tick: number}
	}
	return []desk.MatterRow{
		row("招商协议约定的土地平整三年没有做", "JX2026000003290", "招商引资失信", "河湾镇人民政府", "待审核", "县发改委 ・ 何敏", late),
		row("垫资修的桥，结算审了一年还没有审完", "JX2026000004020", "变相拖延支付", "石桥乡人民政府", "待派单", "何敏", today),
		row("设备采购中标后被要求改合同价", "JX2026000003770", "采购失信", "县第二人民医院", "暂停计时", "投诉人", desk.Deadline{Words: "暂停", Date: "补正到 11月28日", State: desk.Stopped, Share: 0.45}),
		row("村道硬化工程验收两年，工程款一直没有付清", "JX2026000003888", "拖欠账款", "东岭镇人民政府", "待审核", "县财政局 ・ 何敏", ahead),
		row("换届以后，原来签的补充协议不认了", "JX2026000003910", "新官不理旧账", "石桥乡人民政府", "退办待核", "何敏", ahead),
		row("应收账款确权申请四十天没有回音", "JX2026000003620", "拒不确权", "县交通运输局", "已答复", "等投诉人评价", desk.Deadline{Words: "按期", Date: "11月18日", State: desk.Met, Share: 1}),
	}
}

func withoutTicks(rows []desk.MatterRow) []desk.MatterRow {
	out := append([]desk.MatterRow(nil), rows...)
	for i := range out {
		out[i].Tick = ""
	}
	return out
}

func galleryDeskHome() templ.Component {
	side := templ.Join(
		desk.CountPanel{Title: "本科室", Link: view.Ref{Label: "全部", Href: "/complaints"}, Rows: []desk.CountRow{
			{Label: "待登记", Count: 4, Href: "/complaints?state=a"}, {Label: "待受理", Count: 7, Href: "/complaints?state=b"}, {Label: "逾期未答复", Count: 9, Href: "/complaints?late=1", Late: true}}},
		desk.AttentionPanel{Items: []desk.AttentionItem{
			{Before: "2027 年放假安排还没有公布，", Link: view.Ref{Label: "4 件的到期日是暂定的", Href: "/calendar"}},
			{Urgent: true, Before: "“我被为难了”有 ", Link: view.Ref{Label: "1 条新的", Href: "/mail"}, After: "，只有您和保管员看得到"}}},
		desk.CountPanel{Title: "系统", Rows: []desk.CountRow{{Label: "期限检查", Text: "14:04 正常"}, {Label: "信件发送", Text: "14:03 正常"}}})
	rows := withoutTicks(deskRows())
	return onDesk("我的工作", "home",
		with(desk.PageTitle{Title: "我的工作"}, raw("<p>11月23日 星期一 14:05</p>")),
		with(view.Columns{Side: side, Desk: true},
			desk.FirstThing{Number: "JX2026000003290", Title: "招商协议约定的土地平整三年没有做", Late: true, Words: "逾期 7 天", Facts: []string{"到期 11月16日", "县发改委 11月20日才送审"},
				Button: view.Button{Label: "审核答复", Kind: view.Go, Href: "/complaints/JX2026000003290"}, Foot: "今天满逾期 5 个工作日。17:30 前不办，发督办函，报分管领导。"},
			with(desk.Group{Title: "已逾期", Count: "另 1 件"}, desk.MatterTable{Caption: "已逾期", Work: true, Rows: rows[:1]}),
			with(desk.Group{Title: "今天到期", Count: "1 件"}, desk.MatterTable{Caption: "今天到期", Work: true, Bare: true, Rows: rows[1:2]}),
			with(desk.Group{Title: "本周和下周一", Count: "2 件"}, desk.MatterTable{Caption: "本周和下周一", Work: true, Bare: true, Rows: rows[3:5]})))
}

func galleryDeskList() templ.Component {
	return onDesk("投诉", "complaints",
		with(desk.PageTitle{Title: "投诉"}, view.Buttons{Items: []view.Button{{Label: "手工登记", Href: "/register", Key: "C"}, {Label: "导出", Kind: view.Quiet}}}),
		desk.Views{Label: "视图", Items: []desk.View{{Label: "在办", Count: "143", Href: "/complaints", Current: true}, {Label: "逾期", Count: "9", Href: "/complaints?view=late"}, {Label: "等我", Count: "10", Href: "/complaints?view=mine"}, {Label: "办结", Href: "/complaints?view=closed"}}},
		with(desk.Filters{Action: "/complaints", Applied: 2},
			view.TextField{Name: "text", Label: "标题、正文", Value: "工程款", Width: view.Width12},
			view.SelectField{Name: "state", Label: "状态", Empty: "全部在办"},
			view.SelectField{Name: "category", Label: "类别", Empty: "全部", Value: "C", Options: []view.Option{{Value: "C", Label: "C 政策承诺和合同"}}}),
		desk.Chips{Items: []desk.Chip{{Label: "含“工程款”", Href: "/a"}, {Label: "类别：C", Href: "/b"}}, Clear: "/complaints", Sorted: "按最近的期限排，先到期的在前"},
		desk.MatterTable{Caption: "投诉列表", Unit: "被投诉单位", Rows: deskRows()},
		view.Pager{Text: "第 1 至 10 件，共 143 件", Prev: "/p", Next: "/n"})
}

func galleryDeskMatter() templ.Component {
	side := templ.Join(
		desk.ClockPanel{Link: view.Ref{Label: "怎么算的", Href: "#why"}, Items: []desk.PanelClock{
			{Name: "答复", Words: "剩 7 天", Share: 0.78, Note: "11月30日到期。10月30日受理 + 30 天 = 11月29日（星期日），顺延。法定上限 12月29日"},
			{Name: "审核", Words: "今天 17:30", State: desk.DueToday, Share: 0.9, Note: "送审次日起 1 个工作日"},
			{Name: "受理决定", Status: view.StatusTag{Word: "按期"}, NoBar: true, Note: "第 4 个工作日，承诺 5 个"}}},
		desk.Panel{Title: "单位", Link: view.Ref{Label: "改派", Href: "#r"}, Rows: []desk.PanelRow{
			{Label: "牵头", Text: "县财政局", Aside: "陆远，11月3日签收"}, {Label: "配合", Text: "县农业农村局", Aside: "意见已回，11月17日"}, {Label: "排除", Text: "东岭镇人民政府及下属 6 个单位"}}},
		desk.Panel{Title: "文书", Rows: []desk.PanelRow{{Label: "草稿", Text: "答复意见书", Href: "/d"}, {Label: "〔2026〕214", Text: "受理告知书", Href: "/d", Aside: "10月30日送达"}}},
		with(desk.SealedPanel{Text: "实名，要求保密。办理本件用不着打开。打开要写理由，记入经过，并告诉投诉人。"},
			el("form", "", el("div", "buttons", view.Button{Label: "申请打开", Kind: view.Quiet}))))
	return onDesk("村道硬化工程", "complaints",
		view.MatterHead{Back: view.Ref{Label: "投诉", Href: "/complaints"}, Number: "JX2026000003888", Status: stateTag("待审核"), Place: "第 6 件，共 143 件", Prev: "/p", Next: "/n",
			Title:    "村道硬化工程验收两年，工程款一直没有付清",
			FactList: []templ.Component{raw(`被投诉：<a href="/units/DL">东岭镇人民政府</a>`), view.Text("拖欠账款 C03"), view.Text("欠 " + view.Money("1286500")), view.Text("网上，10月26日 09:40"), view.Text("企业，实名")}},
		with(view.Columns{Side: side, Desk: true},
			desk.Moves{CSRF: "t", FormToken: "f", AbsentTitle: "为什么没有“办结”", Absent: "要先送出答复。", Items: []desk.Move{
				{Action: "approve", URL: "/complaints/1/approve", Label: "同意并送出答复", Kind: view.Go, Consequence: "答复期限停表。生成答复意见书，投诉人看到“已答复”，30 天内可申请复查。要写审核意见。", Strong: "答复期限停表。"},
				{Action: "return", URL: "/complaints/1/return", Label: "退回修改", Consequence: "回到县财政局陆远，期限照走。要写明改哪里。投诉人看不到。", Strong: "要写明改哪里。", Open: true,
					Fields: view.TextArea{ID: "return-note", Name: "note", Label: "改哪里", Error: "请写明改哪里"}, Inputs: []desk.HiddenInput{{Name: "draft", Value: "2"}}},
				{Action: "extend", URL: "/complaints/1/extend", Label: "延长期限", Consequence: "要法定理由和负责人批准，最长 30 天。", Fields: view.TextArea{ID: "extend-note", Name: "note", Label: "理由"}},
				{Action: "sign", URL: "/complaints/1/sign", Label: "提请签发", WhyNot: "申辩期到 11月25日；证据清单第 3 项还没有核对。"},
				{Action: "refer", URL: "/complaints/1/refer", Label: "移送纪检监察", Kind: view.Hard, Consequence: "本件转为只读封存，知悉范围缩到您和分管领导。"}}},
			el("section", "section", view.SectionHead{Title: "诉求和事实", Note: "已去掉身份信息，承办单位看到的就是这一份"},
				view.Paragraphs("要求付清剩余工程款 1,286,500.00 元，按合同付逾期利息。\n2024年5月与镇政府签订合同，硬化三条村道，合同价 2,186,500 元。8月20日验收合格。到今天只付了 900,000 元。")),
			el("section", "section", view.SectionHead{Title: "经过", Link: view.Ref{Label: "全部 14 条", Href: "#all"}}, view.Timeline{Desk: true, Reader: "投诉人", Items: []view.TimelineItem{
				{Title: "答复稿送审", Who: "县财政局 陆远，送何敏审核", At: moment(11, 20, 16, 40), State: view.Now, SeenBy: view.Public},
				{Title: "说明", Who: "县财政局 陆远", Quote: "镇里报来的付款计划只到 80 万元，剩余部分说要等审计。合同第九条没有约定审计结算，建议答复中写明。", At: moment(11, 18, 10, 20), Shape: view.ShapeDiamond, SeenBy: view.Inside},
				{Title: "派单", Text: "何敏。东岭镇人民政府及其下属单位已自动排除", At: moment(11, 2, 15, 2), Shape: view.ShapeArrow, SeenBy: view.Public},
				{Title: "受理", Text: "周宁。", Link: view.Ref{Label: "受理告知书〔2026〕214 号", Href: "/d"}, At: moment(10, 30, 15, 30), SeenBy: view.Public}}}),
			el("form", "section", view.TextArea{Name: "note", Label: "写一条内部说明", Key: "N"}, el("div", "buttons", view.Button{Label: "记下"}, raw(`<span class="small">只有办理本件的人看得到，记下后不能改</span>`)))))
}

func galleryDeskStates() templ.Component {
	var tags []templ.Component
	for _, w := range []string{"待登记", "办理中", "即将到期", "已逾期", "待补正", "暂停计时", "已答复", "公示中", "已办结", "不予受理", "已转送", "封存", "没见过的状态"} {
		tag := stateTag(w)
		tag.Wash = len(tags)%2 == 0
		tags = append(tags, tag, raw(" "))
	}
	return onDesk("状态一览", "home", with(desk.PageTitle{Title: "状态一览"}),
		with(view.Banner{Kind: view.Warn, Title: "这一步没有做成，周宁先办了", Text: "周宁 14:02 已受理本件，现在是“待派单”。您写的意见还在下面，没有丢。", Buttons: []view.Button{{Label: "看周宁办了什么", Href: "/a"}, {Label: "把意见记为内部说明", Kind: view.Quiet}}}),
		view.Banner{Kind: view.Wrong, Title: "没有保存，网络断了", Text: "您写的 312 个字还在这个页面上，请不要关闭。"},
		with(view.Banner{Kind: view.Done, Title: "答复已送出"}, raw(`<p>下一件：<a href="/n">垫资修的桥</a></p>`)),
		with(view.Empty{Title: "眼下没有等您办的事。", Text: "最早到期的一件在别人手里。"}),
		el("div", "section", tags...),
		with(view.Note{Quiet: true}, view.Text("说明")), view.Icon{Name: view.ShapeSearch}, desk.Bar{Share: 1.4}, desk.Deadline{Words: "剩 7 天", Date: "11月30日", Share: 0.5})
}

func galleryDeskCase() templ.Component {
	return onDesk("失信案件", "cases",
		view.MatterHead{Back: view.Ref{Label: "失信案件", Href: "/cases"}, Number: "SX2026000000071", Status: stateTag("听取申辩"), Title: "石桥乡人民政府拖欠校舍维修款"},
		view.SectionHead{Title: "措施", Note: "跳级要写理由，降级要写减轻情形"},
		desk.Ladder{Steps: []view.Fact{{Label: "书面警示", Text: "拟作出"}, {Label: "约谈告诫", Text: "警示期满未改"}, {Label: "责令整改"}, {Label: "通报"}, {Label: "选择性限制", Text: "须有清单依据"}, {Label: "线索移送", Text: "涉职务违法"}}},
		with(view.Table{Caption: "认定的事实和证据", Stack: true, Columns: []view.Column{{Label: "序"}, {Label: "事实"}, {Label: "金额", Number: true}}},
			raw(`<tr role="row"><td role="cell">1</td><td role="cell" data-label="事实">2023年7月3日签订合同</td><td role="cell" class="number" data-label="金额">745,000.00</td></tr>`)),
		el("div", "section paper-ground", with(view.Paper{Level: 2, Issuer: "县政务诚信监督办公室", Prefix: "演示", Number: "〔2026〕— 号", Date: "草稿", Title: []string{"答复意见书"}, Parts: []view.PaperPart{{Text: "一、你的请求", Head: true}, {Text: "付清剩余工程款。"}}},
			raw(`<p>予以支持。<del><span class="hidden">删去：</span>建议研究解决</del><ins><span class="hidden">加上：</span>责成付清</ins></p>`))))
}
