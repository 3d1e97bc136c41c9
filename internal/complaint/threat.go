package complaint

import (
	"slices"
	"strings"

	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// threats are the words of somebody who is pressed or afraid, as they stand in
// complaints about it. One too many costs nothing: the supervising desk reads it all.
var threats = []string{
	"威胁", "恐吓", "恫吓", "吓唬", "报复", "打击", "胁迫", "要挟", "逼迫", "逼我", "逼着", "被逼", "强迫", "扬言", "放狠话", "放话", "警告我", "让我小心", "叫我小心", "给我小心", "走着瞧", "等着瞧",
	"被打", "打我", "打人", "打了我", "打伤", "打死", "打断", "挨打", "殴打", "动手", "弄死", "整死", "整我", "收拾我", "收拾你", "教训我", "砸", "泼油漆", "断水", "断电", "堵门", "堵我", "拦住", "围住", "扣押",
	"上门", "找到家", "到我家", "来我家", "找到我家", "跟踪", "盯梢", "盯着我", "骚扰", "半夜", "电话轰炸", "查是谁", "查出是谁", "知道是我", "知道我告", "追问是谁", "打听是谁",
	"害怕", "很怕", "怕他", "怕被", "不敢", "恐惧", "担惊受怕", "人身安全", "安全受", "保护我", "求保护", "封口", "噤声", "闭嘴", "不许说", "不准说", "不让说", "不让告", "不准告",
	"搞我", "弄我", "修理我", "找我麻烦", "找麻烦", "找茬", "找碴", "给我好看", "要我好看", "让我好看", "吃不了兜着走", "没好果子", "对我不利", "对我们不利", "秋后算账", "小心点", "当心点", "别想好过", "不得好过", "没好日子", "混不下去", "待不下去",
	"要我命", "要我的命", "杀我", "弄残", "打残", "放火", "烧我", "毁我", "抓我", "抓起来", "关起来", "推倒", "推搡", "辱骂", "骂我", "寄花圈", "锁眼", "堵路", "蹲守", "尾随", "监视", "偷拍", "打电话骂",
	"穿小鞋", "刁难", "使绊子", "卡我", "开除", "辞退", "停我", "停职", "取消低保", "取消资格", "拉黑", "列入黑名单", "撤诉", "让我撤", "叫我撤", "逼撤",
}

// plainer are the traditional signs of those words.
var plainer = strings.NewReplacer("脅", "胁", "嚇", "吓", "報", "报", "復", "复", "複", "复", "擊", "击", "強", "强", "揚", "扬", "話", "话", "讓", "让", "給", "给", "著", "着",
	"傷", "伤", "斷", "断", "毆", "殴", "動", "动", "訓", "训", "潑", "泼", "電", "电", "門", "门", "攔", "拦", "圍", "围", "來", "来", "蹤", "踪", "騷", "骚", "擾", "扰", "轟", "轰", "誰", "谁", "問", "问",
	"聽", "听", "懼", "惧", "擔", "担", "驚", "惊", "護", "护", "說", "说", "許", "许", "準", "准", "難", "难", "絆", "绊", "開", "开", "辭", "辞", "職", "职", "資", "资", "單", "单", "訴", "诉",
	"辦", "办", "煩", "烦", "對", "对", "們", "们", "後", "后", "賬", "账", "帳", "账", "負", "负", "點", "点", "當", "当", "別", "别", "過", "过", "沒", "没", "殺", "杀", "殘", "残", "燒", "烧", "毀", "毁", "關", "关",
	"綁", "绑", "罵", "骂", "鎖", "锁", "隨", "随", "監", "监", "視", "视", "頭", "头", "內", "内")

// tellsOfThreats says that a text may be for the supervising desk alone.
func tellsOfThreats(text string) bool {
	together := plainer.Replace(form.Together(text))
	for _, word := range threats {
		if strings.Contains(together, word) {
			return true
		}
	}
	return false
}

// guarded says that no handling unit reads what is written with a move: because its
// writer says so, or tells of threats and does not say that all may read it. Why somebody
// withdraws may tell who pressed for it, and whoever presses may stand beside them: there
// is no choice.
func guarded(m workflow.Move, a workflow.Answers) bool {
	switch {
	case m.Action == Withdraw || m.Action == Confide:
		return true
	case !m.Asks(toldField):
		return false
	}
	var texts []string
	for _, n := range m.Needs {
		if n.Kind == workflow.AskText {
			texts = append(texts, a.Get(n.Name))
		}
	}
	return toldApart(a.Get(toldField), texts...)
}

// toldApart says that texts which were told to somebody are for the supervising desk alone.
func toldApart(to string, texts ...string) bool {
	return to == toldDesk || to != toldAll && slices.ContainsFunc(texts, tellsOfThreats)
}
