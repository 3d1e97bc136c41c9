package complaint

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about publishing an answered complaint, written anew so that nobody is known
// by it. How far that has come is the newest of these events (release_stage) and no state:
// the complaint goes its own way meanwhile, and what becomes of it takes the text down.
const (
	AllowRelease    workflow.Action = "allow_release"
	EndRelease      workflow.Action = "end_release"
	DeclineRelease  workflow.Action = "decline_release"
	WriteRelease    workflow.Action = "write_release"
	ReturnRelease   workflow.Action = "return_release"
	ApproveRelease  workflow.Action = "approve_release"
	AgreeRelease    workflow.Action = "agree_release"
	RefuseRelease   workflow.Action = "refuse_release"
	PublishRelease  workflow.Action = "publish_release"
	TakeDownRelease workflow.Action = "take_down_release"
)

// Facts about it.
const (
	releaseOpen     = "release_open" // whoever complained wants it published, as it stands
	releaseWritten  = "release_written"
	releaseApproved = "release_approved" // its complainant looks at the text
	releaseAgreed   = "release_agreed"   // and has said yes to it
	releaseShown    = "release_shown"
	releaseNever    = "release_never"
	releaseFew      = "release_few"
	releaseOld      = "release_old" // the text is of another answer, unit or category, or what it tells of was contested since
)

var releaseFacts = map[string]string{
	releaseOpen:     `coalesce(release_stage(m.id) NOT IN ('end_release', 'decline_release'), false)`,
	releaseWritten:  `release_stage(m.id) = 'write_release'`,
	releaseApproved: `coalesce(release_stage(m.id) = 'approve_release', false)`,
	releaseAgreed:   `coalesce(release_stage(m.id) = 'agree_release', false)`,
	releaseShown:    `release_stage(m.id) = 'publish_release'`,
	releaseNever:    `release_never(m.id, m.flags, m.category, m.unit)`,
	releaseOld:      `release_stale(m.id)`,
	releaseFew:      `CASE WHEN coalesce(release_stage(m.id) NOT IN ('end_release', 'decline_release'), false) THEN release_few(m.id) ELSE false END`,
}

var releaseFlags = map[string]string{
	releaseOpen:           "已经同意公开了。",
	"!" + releaseOpen:     "投诉人没有同意公开。",
	"!" + releaseWritten:  "没有等着核对的公开稿。",
	"!" + releaseApproved: "没有核对过、等投诉人看的公开稿。",
	"!" + releaseAgreed:   "投诉人没有同意照这一稿公开。",
	releaseShown:          "已经公开，要改先撤下。",
	"!" + releaseShown:    "没有公开。",
	releaseNever:          "这一件不能公开：检举控告、移送或者立案的、说到打击报复的、有话只说给监督人员听的、和别人一起办的、分开办的、单位没有确定的、旧档，都不公开。",
	releaseOld:            "公开稿写好以后又有变化：送过新的答复，改过单位、类别，或者投诉人不服、说没有办到。请重写。",
	releaseFew:            "这个单位前后一年里的投诉太少，公开了猜得出是谁。请选“不公开”，告诉投诉人。",
}

// releasable is where a complaint stands that may be published: answered, and not under way
// again.
var releasable = []workflow.State{Replied, Rated, Closed, Rechecked}

// releaseText is which text stands: what is approved and published is what was read.
const releaseText = `coalesce((SELECT encode(sha256(convert_to(concat_ws(E'\x1f', t.version, t.answered, t.title, t.question, t.answer, t.category, t.unit, m.category, m.unit), 'UTF8')), 'hex')
	FROM release_text t WHERE t.matter_id = m.id ORDER BY t.version DESC LIMIT 1), '')`

var releaseSeen = workflow.Seen{SQL: releaseText, Changed: "没有办。公开稿或者单位、类别刚才改过，和您看的不一样了，请看过现在的再办。"}

// releaseMoves are withheld from handling units as a whole: whoever wants what they complained of
// published, and what they say to it, is nothing that the unit has to know.
func releaseMoves() []workflow.Move {
	publisher, checkers := []workflow.Role{staff.Publisher}, []workflow.Role{staff.Publisher, staff.Supervisor, staff.Leader}
	unfit := []string{releaseNever, releaseFew, staff.ReaderMeant}
	row := workflow.Move{Withheld: workflow.WithheldWhole, Aside: true, Quiet: true, Sign: workflow.Asking}
	allow, end, decline, write, back, approve, agree, refuse, publish, down := row, row, row, row, row, row, row, row, row, row

	allow.Action, allow.From, allow.By, allow.Hidden, allow.Never = AllowRelease, releasable, citizen, true, []string{releaseOpen, releaseNever}
	allow.Label, allow.Heading, allow.Done = "同意改写以后公开", "您同意改写以后公开", "已经同意。写好先给您看，您同意那几句话才公开，随时可以收回。"
	allow.Effect, allow.Public = "写好先给您看，您同意那几句话才公开，随时可以收回。", "您同意把这件投诉改写以后公开。"
	allow.Often = workflow.Often{Most: 5, Said: "今天已经同意了 5 次，请明天再办。"}

	end.Action, end.From, end.By, end.Hidden, end.Only = EndRelease, allStates(), citizen, true, []string{releaseOpen}
	end.Label, end.Heading, end.Done = "收回同意，不公开", "您收回了公开的同意", "已经收回。公开了的，马上撤下。"
	end.Effect, end.Public = "公开了的马上撤下，没公开的不再公开。", "您收回了公开的同意，这件不公开。"

	decline.Action, decline.From, decline.By, decline.Only, decline.Never = DeclineRelease, allStates(), checkers, []string{releaseOpen}, []string{releaseShown}
	decline.Label, decline.Done, decline.Heading = "不公开", "已经决定不公开", "这件不公开"
	decline.Effect = "投诉人看得到为什么。他以后可以再同意一次。"
	decline.Needs = []workflow.Need{{Name: "why", Label: "为什么不公开", Kind: workflow.AskChoice, Ask: "请选为什么不公开", Options: []workflow.Option{
		{Value: "known", Label: "怎么改写都可能认得出是谁"}, {Value: "little", Label: "对别人的参考不大"}, {Value: "again", Label: "还在办，或者不宜公开"}}}}
	decline.Public = "谢谢您同意公开。这件不公开：{why}。"

	write.Action, write.From, write.By, write.Only, write.Never = WriteRelease, releasable, publisher, []string{releaseOpen}, append([]string{releaseShown}, unfit...)
	write.Over, write.Label, write.Done, write.Heading = "release", "写公开稿", "公开稿写好了，等另一个人核对", "公开的文字在写"
	write.Effect = "重新写，不照抄：谁也认不出是谁。写好由另一个人逐字核对，再给投诉人看，他说同意才公开。"
	write.Needs = []workflow.Need{
		{Name: "title", Label: "公开的标题", Kind: workflow.AskLine, Max: 60, Ask: "请写一句话的标题"},
		{Name: "question", Label: "问的是什么", Hint: "用您自己的话写，不抄原文。姓名、电话、地址、日子、准确的金额和合同编号都不写。", Kind: workflow.AskText, Max: 2000, Ask: "请写问的是什么"},
		{Name: "reply", Label: "答复了什么", Hint: "写怎么查的、结果怎样、依据哪一条。不写是谁办的。", Kind: workflow.AskText, Max: 4000, Ask: "请写答复了什么"},
		{Name: "found", Label: "留着的有几处", Hint: "每一处都看过、谁也认不出来的，写有几处，例如 2。改掉了的不用写。", Kind: workflow.AskLine, Max: 3, Optional: true, Doubt: true},
	}

	approve.Action, approve.From, approve.By, approve.Only, approve.Never = ApproveRelease, releasable, checkers, []string{releaseWritten}, append([]string{releaseOld}, unfit...)
	approve.NotBy, approve.Seen = []workflow.Action{WriteRelease}, "release"
	approve.Label, approve.Done, approve.Heading = "核对过，给投诉人看", "已经给投诉人看", "请您看要公开的文字"
	approve.Effect = "逐字看过上面的公开稿，谁也认不出是谁。投诉人看得到全文，他说同意照这样公开，才能公开；不说就不公开。"
	approve.Tells, approve.Public = toComplainant("release_asked"), "要公开的文字写好了，请您看。您同意照这样公开，才公开；不理会就不公开。"

	back.Action, back.From, back.By, back.Only, back.Over = ReturnRelease, allStates(), checkers, []string{releaseWritten}, "release"
	back.Label, back.Done = "退回改写", "公开稿已经退回"
	back.Effect = "回到公开员重写。投诉人看不到。"
	back.Needs = []workflow.Need{words("要改哪里", "请写明要改哪里", 1000)}

	// What is published is what its complainant read and said yes to: silence publishes nothing.
	agree.Action, agree.From, agree.By, agree.Only, agree.Never, agree.Over = AgreeRelease, releasable, citizen, []string{releaseApproved}, []string{releaseNever}, "release"
	agree.Label, agree.Heading, agree.Done = "同意照这样公开", "您同意照这样公开", "记下了。公开员公开以后，您在这里看得到；随时可以收回。"
	agree.Effect, agree.Public = "公开的就是您看到的这些字。", "您看过，同意照这样公开。"

	refuse.Action, refuse.From, refuse.By, refuse.Only = RefuseRelease, allStates(), citizen, []string{releaseApproved}
	refuse.Label, refuse.Heading, refuse.Done = "不愿意这样公开", "您不愿意这样公开", "记下了，不这样公开。改写以后再给您看。"
	refuse.Effect = "改写以后再给您看。"
	refuse.Needs = []workflow.Need{{Name: "why", Label: "哪里不合适", Kind: workflow.AskChoice, Ask: "请选哪里不合适", Options: []workflow.Option{
		{Value: "known", Label: "有的地方认得出是我"}, {Value: "wrong", Label: "意思写得不对"}, {Value: "other", Label: "别的原因"}}}}
	refuse.Public = "您不愿意这样公开：{why}。"

	publish.Action, publish.From, publish.By, publish.Only, publish.Never = PublishRelease, releasable, publisher, []string{releaseAgreed}, append([]string{releaseOld}, unfit...)
	publish.Seen = "release"
	publish.Sign, publish.Label, publish.Done, publish.Heading = workflow.Shown, "公开这件", "已经公开", "已经公开"
	publish.Effect, publish.Public = "门户网站上谁都看得到上面的公开稿，看不到是哪一件投诉。", "照您看过的文字公开了。随时可以收回同意，马上撤下。"

	down.Action, down.From, down.By, down.Only = TakeDownRelease, allStates(), checkers, []string{releaseShown}
	down.Label, down.Done, down.Heading = "撤下公开的案例", "已经撤下", "公开的已经撤下"
	down.Effect = "门户网站上马上看不到。理由只有监督人员看得到。"
	down.Needs, down.Public = []workflow.Need{words("为什么撤下", "请写为什么撤下", 1000)}, "公开的文字已经撤下。"

	return []workflow.Move{allow, end, agree, refuse, write, approve, back, publish, down, decline}
}

// original is what was said and answered, of which nothing is published as it stands.
type original struct {
	Title, Request, Facts, Reasons, ContractNo, Elsewhere string
	Added                                                 []string // what was added to it
	Answered                                              int
	Answer                                                []string
	People                                                []string
}

// Replied is the answer as one text.
func (o original) Replied() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(o.Answer), func(s string) bool { return s == "" }), "\n")
}

const originalSQL = `
	SELECT m.title, c.request, c.facts, c.reasons, c.contract_no, c.elsewhere, ARRAY(SELECT s.body FROM supplement s WHERE s.matter_id = m.id ORDER BY s.seq) AS added, coalesce(a.version, 0) AS answered,
		ARRAY[coalesce(a.facts, ''), coalesce(a.opinion, ''), coalesce(a.demand, '')] AS answer,
		ARRAY(SELECT DISTINCT e.actor_name FROM event e WHERE e.matter_id = m.id AND e.actor = 'staff' AND e.actor_name <> '' ORDER BY 1) AS people
	FROM matter m JOIN complaint c ON c.matter_id = m.id
		LEFT JOIN LATERAL (SELECT * FROM answer s WHERE s.matter_id = m.id AND s.sent_at IS NOT NULL ORDER BY s.version DESC LIMIT 1) a ON true
	WHERE m.id = `

// writeRelease keeps what a publisher wrote. What surely tells who somebody is has to go;
// what may is counted by whoever wrote it, so that one more is asked about again.
func writeRelease(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	from, err := pg.One[original](ctx, s.Conn, originalSQL+`@id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("what is to be published of: %w", err)
	}
	if from.Answered == 0 {
		return fault.New(fault.Forbidden, "还没有送出的答复，不能公开。")
	}
	t := ReleaseText{Title: form.Line(a.Get("title")), Question: form.Text(a.Get("question")), Answer: form.Text(a.Get("reply"))}
	var wrong faults
	doubts := 0
	for _, part := range []struct{ name, text string }{{"title", t.Title}, {"question", t.Question}, {"reply", t.Answer}} {
		var sure []string
		for _, f := range from.find(part.text) {
			if f.Sure {
				sure = append(sure, f.Words())
			} else {
				doubts++
			}
		}
		if len(sure) > 0 {
			wrong.say(part.name, "这些认得出是谁，请改写："+strings.Join(sure, "、"))
		}
	}
	if said := form.Line(a.Get("found")); doubts > 0 && form.Folded(said) != strconv.Itoa(doubts) {
		wrong.ask("found", fmt.Sprintf("有 %d 处可能认得出是谁：%s。请改写，或者每一处都看过，写上留着几处", doubts, doubtWords(from.Doubts(t))))
	}
	if len(wrong) > 0 {
		return fault.Fields(wrong)
	}
	s.Queue(`INSERT INTO release_text (matter_id, version, seq, written_by, answered, category, unit, title, question, answer)
		SELECT @id, coalesce(max(version), 0) + 1, @seq, @by, @answered, @category, @of_unit, @title, @question, @answer FROM release_text WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "answered": from.Answered, "category": s.Matter.Category, "of_unit": s.Matter.Unit, "title": t.Title, "question": t.Question, "answer": t.Answer})
	return nil
}
