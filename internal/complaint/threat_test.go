package complaint

import (
	"testing"

	"zhengxin/internal/workflow"
)

func TestWordsOfSomebodyWhoIsPressedAreToldToTheSupervisingDesk(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"他们威胁我说再告就不给活干": true, "有人上门找我谈话": true, "昨晚被打了": true, "我很害怕": true, "怕他们报复": true, "威 胁 我": true, "威\u200b胁": true, "恐·吓": true, "叫我小心点": true,
		"他扬言要砸车": true, "村干部到我家来": true, "问是谁告的，知道是我告的": true, "要取消低保": true, "让我撤诉": true, "不敢出门": true, "找人跟踪我": true, "被逼写了收条": true, "请保护我": true,
		"再补一张合同": false, "验收单在附件里": false, "上门": true, "": false, "工程款一共三笔，去年五月付过一笔": false, "请尽快办理": false,
	} {
		if got := tellsOfThreats(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
		for told, apart := range map[string]bool{"": want, "all": false, toldDesk: true} {
			if got := confides(workflow.Answers{"note": {text}, "told": {told}}); got != apart {
				t.Errorf("%q told to %q is confided: %t", text, told, got)
			}
		}
	}
}
