package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/proposal"
)

const meetingHead = "种类,届,次,号,题目,案由,建议各点,提的人,主办单位,会办单位,答复期限\n"

// meetingFile has a good line, one without points, one whose unit is misspelt, one by
// somebody who is not on the roster, and the first number again.
const meetingFile = meetingHead +
	"代表建议,16,3,41,关于修桥的建议,桥断了。,\"1. 列入计划\n2. 先修便桥\",陈河,县财政局,司法局,3 个月\n" +
	"代表建议,16,3,42,关于修路的建议,路坏了。,,陈河,县财政局,,3 个月\n" +
	"代表建议,16,3,43,关于水渠的建议,水渠堵了。,清淤,陈河,财正局,,3 个月\n" +
	"代表建议,16,3,44,关于电费的建议,电费没付。,付清,钱多,县财政局,,6 个月\n" +
	"代表建议,16,3,41,关于别的建议,别的。,别的,陈河,县财政局,,3 个月\n"

func TestAMeetingHandsProposalsOverAtOnce(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	a.handler.Get(t, "/proposals/import").Want(t, 404)
	form := a.registrar.Get(t, "/proposals").Want(t, 200).Follow(t, `a[href="/proposals/import"]`).Want(t, 200)
	if got := form.Follow(t, `a[href="/proposals/import/template"]`).Want(t, 200); !strings.HasPrefix(got.Body, "PK") {
		t.Error("the template is no workbook")
	}
	for content, says := range map[string]string{"": "空文件", "姓名,证号\n陈河,1\n": "没有找到列名", meetingHead: "一行也没有", "种类,届\n1,2\n": "没有“号”“题目”",
		meetingHead + strings.Repeat("代表建议,16,3,1,a,b,c,d,e,f,3\n", 50_000): "一次最多 200 行"} {
		if page := handsIn(t, form, "x.csv", content).Want(t, 422); !strings.Contains(page.Text(".error-summary"), says) {
			t.Errorf("%.20q: says %q", content, page.Text(".error-summary"))
		}
	}
	plan := handsIn(t, form, "清单.csv", meetingFile).Want(t, 200)
	for line, says := range map[string]string{"2": "要交办", "4": "请把建议写成几点", "5": "是不是县财政局", "6": "钱多不在这一届的名册里", "7": "和第 2 行是同一号"} {
		if got := plan.Text(`tr[data-line="` + line + `"]`); !strings.Contains(got, says) {
			t.Errorf("line %s: %q", line, got)
		}
	}
	if got := a.registrar.Get(t, "/proposals").Want(t, 200).Text("main"); strings.Contains(got, "修桥") {
		t.Error("a preview has written")
	}
	if file := plan.Submit(t, "button[value=wrong]", nil).Want(t, 200); strings.Count(file.Body, "同一号") != 1 || strings.Contains(file.Body, "修桥") || !strings.Contains(file.Body, "水渠") {
		t.Errorf("the wrong lines are %q", file.Body)
	}
	sure := url.Values{"sure": {"6"}}
	done := plan.Submit(t, "button[value=run]", sure).Want(t, 200)
	if got := done.Text("main"); !strings.Contains(done.Text(".banner"), "交办了 2 件") || !strings.Contains(got, "请把建议写成几点") {
		t.Errorf("says %q", got)
	}
	numbers := done.All(`a[href^="/proposals/TA"]`)
	again := plan.Submit(t, "button[value=run]", sure).Want(t, 200)
	if len(numbers) != 2 || strings.Join(again.All(`a[href^="/proposals/TA"]`), " ") != strings.Join(numbers, " ") {
		t.Errorf("sent twice: %q, then %q", numbers, again.All(`a[href^="/proposals/TA"]`))
	}
	done.Submit(t, "button[value=wrong]", nil).Want(t, 200)
	page := a.handler.Get(t, "/proposals/"+numbers[0]).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "先修便桥") || !strings.Contains(got, "3 个月内答复") {
		t.Errorf("handed over: %q", got)
	}
	// The wrong lines, mended, come by themselves; what is there is not done again.
	mended := handsIn(t, form, "清单.csv", meetingHead+"代表建议,16,3,42,关于修路的建议,路坏了。,修好,陈河,县财政局,,3 个月\n"+
		"代表建议,16,3,41,关于修桥的建议,桥断了。,列入计划,陈河,县财政局,,3 个月\n").Want(t, 200)
	if got := mended.Text(`tr[data-line="3"]`); !strings.Contains(got, "现在是“待签收”，在县财政局") || !strings.Contains(got, "“建议各点”和登记的不一样") {
		t.Errorf("what is there: %q", got)
	}
	for range 2 {
		mend := mended.Submit(t, "button[value=run]", nil).Want(t, 200)
		if got := mend.Text(".banner"); !strings.Contains(got, "交办了 1 件") || !strings.Contains(got, "另有 1 件原来就办过") {
			t.Errorf("what was there is said to be done: %q", got)
		}
		if got := mend.Text(`tr[data-line="3"]`); !strings.Contains(got, "原来办过") || !strings.Contains(got, numbers[0]) || strings.Contains(got, "已交办") {
			t.Errorf("what was there: %q", got)
		}
	}
	// The roster changes meanwhile: it is shown anew.
	other := handsIn(t, form, "清单.csv", meetingHead+"代表建议,16,3,45,关于灯的建议,灯坏了。,修好,李山,县财政局,,3 个月\n").Want(t, 200)
	stale := other.Forge(t, "button[value=run]", url.Values{"shown": {"x"}}).Want(t, 409)
	stale.Submit(t, "button[value=run]", nil).Want(t, 200)
	other.Forge(t, "button[value=run]", url.Values{"table": {"[]"}}).Want(t, 422)
	// One that was registered by hand is only handed over.
	number := a.enters(t, "serial", "46", "title", "关于井的建议")
	filed := handsIn(t, form, "清单.csv", meetingHead+"代表建议,16,3,46,关于井的建议,井坏了。,修好,陈河,县财政局,,3 个月\n").Want(t, 200)
	if got := filed.Submit(t, "button[value=run]", nil).Want(t, 200).Text("main"); !strings.Contains(got, "没有交办") || !strings.Contains(got, "“案由”“建议各点”“提的人”和登记的不一样") {
		t.Errorf("by hand, and not as the list has it: %q", got)
	}
	if got := filed.Submit(t, "button[value=run]", url.Values{"sure": {"2"}}).Want(t, 200).Text("table"); !strings.Contains(got, number) || !strings.Contains(got, "已交办") {
		t.Errorf("by hand: %q", got)
	}
	a.does(t, a.handler, number, proposal.Sign)
	// All that is left are questions.
	asked := handsIn(t, form, "清单.csv", meetingHead+"代表建议,16,3,47,关于沟的建议,沟堵了。,清淤,钱多,县财政局,,3 个月\n").Want(t, 200)
	if got := asked.Submit(t, "button[value=run]", nil).Want(t, 200).Text(".banner"); !strings.Contains(got, "另有 1 件没有交办") {
		t.Errorf("a question unanswered: %q", got)
	}
}
