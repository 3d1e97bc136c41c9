package complaint

import (
	"slices"
	"testing"

	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestWordsOfSomebodyWhoIsPressedAreToldToTheSupervisingDesk(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"他们威胁我说再告就不给活干": true, "有人上门找我谈话": true, "昨晚被打了": true, "我很害怕": true, "怕他们报复": true, "威 胁 我": true, "威\u200b胁": true, "恐·吓": true, "叫我小心点": true,
		"他扬言要砸车": true, "村干部到我家来": true, "问是谁告的，知道是我告的": true, "要取消低保": true, "让我撤诉": true, "不敢出门": true, "找人跟踪我": true, "被逼写了收条": true, "请保护我": true,
		"他們威脅我": true, "恐嚇電話": true, "怕報復": true, "怕報複": true, "打擊我": true, "有人跟蹤": true, "半夜騷擾": true, "被毆打": true, "堵門": true, "讓我撤訴": true, "開除我": true, "誰也不準說，不許說": true, "我很害怕，請保護我": true,
		"他们要搞我": true, "村主任说要弄我": true, "天天找我麻烦": true, "天天找我麻煩": true, "说要给我好看": true, "說要給我好看": true, "让我吃不了兜着走": true, "讓我吃不了兜著走": true, "怕对我不利": true, "怕對我不利": true, "砸了我家玻璃": true,
		"说要秋后算账": true, "骂我全家": true, "把我推倒在地": true, "有人尾随": true, "装了摄像头监视": true, "说我在村里混不下去": true, "要把我抓起来": true, "打 我": true,
		"复查后仍不同意，請再查一次": false, "合同第三條說得很清楚，對方沒有付款": false, "辦公室在二樓，門口有牌子": false,
		"再补一张合同": false, "验收单在附件里": false, "上门": true, "": false, "工程款一共三笔，去年五月付过一笔": false, "请尽快办理": false,
	} {
		if got := tellsOfThreats(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
		for box, action := range map[string]workflow.Action{"supplement": Supplement, "contest": Contest, "rating": Rate} {
			m, name := Law.Rows(action)[0], "note"
			if action == Rate {
				name = "rating_words"
			}
			for told, apart := range map[string]bool{"": want, "all": false, toldDesk: true} {
				if got := guarded(m, workflow.Answers{name: {text}, "told": {told}}); got != apart {
					t.Errorf("%s: %q told to %q is for the supervising desk alone: %t", box, text, told, got)
				}
			}
		}
	}
}

// Every box of the complainant's has the choice of readers, or is the supervising desk's
// whatever is chosen: a box that comes later cannot forget it.
func TestEveryBoxOfTheComplainantsSaysWhoReadsIt(t *testing.T) {
	t.Parallel()
	for _, m := range Law.Moves {
		if m.By[0] != staff.Complainant || m.Action == File || !slices.ContainsFunc(m.Needs, func(n workflow.Need) bool { return n.Kind == workflow.AskText }) {
			continue
		}
		always := guarded(m, workflow.Answers{"note": {"再补一张合同"}, "told": {toldAll}})
		if always != (m.Action == Withdraw || m.Action == Confide) {
			t.Errorf("%s told to all is guarded: %t", m.Action, always)
		}
		if !always && !m.Asks(toldField) {
			t.Errorf("%s does not ask who reads its words", m.Action)
		}
		if !guarded(m, workflow.Answers{"note": {"再补一张合同"}, "told": {toldDesk}}) {
			t.Errorf("%s told to the supervising desk is read by units", m.Action)
		}
	}
}
