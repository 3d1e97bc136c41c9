// Package proposals is the pages of the register of 建议提案: what only a proposal shows,
// its points with what was answered to each, who signed it, and what they say of it.
package proposals

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Pages are the pages of the register of proposals.
type Pages struct {
	matter.Pages[*proposal.Proposal]
	proposals *proposal.Register
}

// New are the pages of the proposals of an office.
func New(d *desk.Desk) *Pages {
	r := proposal.New(d.Office)
	p := &Pages{proposals: r}
	p.Desk = d
	p.Face = matter.Face[*proposal.Proposal]{
		Register: &r.Register, Read: r.Read,
		It: "本件", Unit: "主办单位", Course: "经过", Offers: offers,
		Named: named, Outcome: outcome, Facts: facts, Hint: about, Known: (*proposal.Proposal).Known, Draft: draftOf,
		Body: func(_ *fiber.Ctx, m *proposal.Proposal) templ.Component { return body(m) },
		Sheets: map[workflow.Action]matter.Sheet[*proposal.Proposal]{proposal.DraftAnswer: {
			Title: "写答复", Note: "逐点答复；B 类写明哪一天以前办到", Submit: "送负责人签发",
			Paper: func(m *proposal.Proposal, typed workflow.Answers) (document.Paper, []string) {
				answer := proposal.AnswerOf(&m.Matter, typed, d.Now())
				if table, err := d.Office.Laws.Table(context.Background()); err == nil { // kept a while; without it no basis is shown
					answer.Basis = table.Said(typed)
				}
				return m.Preview(answer), nil
			},
		}},
	}
	return p
}

// own is what a list shows of a proposal beside what it shows of any matter.
func own(r register.Row) (of proposal.Row) {
	if json.Unmarshal(r.Own, &of) != nil {
		return proposal.Row{}
	}
	return of
}

// named is what it is called officially.
func named(r register.Row) string { return own(r).Designation }

// outcome is what came of one that is over.
func outcome(r register.Row) string {
	of := own(r)
	var said []string
	if of.Class != "" {
		said = append(said, of.Class+" 类")
	}
	if word := workflow.Word(proposal.Opinions, of.Result); word != "" {
		said = append(said, word)
	}
	return strings.Join(said, "，")
}

func facts(m *proposal.Proposal) []templ.Component {
	list := []templ.Component{view.Text(m.Designation)}
	if m.PartOf != "" {
		list = append(list, partLink(m.PartOf))
	}
	unit := m.UnitName
	if unit == "" {
		unit = "还没有交办"
	}
	list = append(list, view.Text("主办："+unit), view.Text(names(m)))
	if m.Matter.Has(proposal.Key) {
		list = append(list, view.Text("重点督办"))
	}
	return append(list, view.Text("登记 "+view.MomentText(m.OpenedAt)))
}

// names are who signed it, the lead first.
func names(m *proposal.Proposal) string {
	var there, left []string
	for _, s := range m.Signers {
		switch {
		case s.Left:
			left = append(left, s.Name)
		case s.Member == 0:
			there = append(there, s.Name+"（名册里对不上）")
		default:
			there = append(there, s.Name)
		}
	}
	said := m.Source.People() + "：" + strings.Join(there, "、")
	if len(left) > 0 {
		said += "；已退出：" + strings.Join(left, "、")
	}
	return said
}

// about is the point that a need is of: what is answered stands beside what is asked.
func about(m *proposal.Proposal, n workflow.Need) string {
	name, no, ok := strings.Cut(n.Name, "_")
	if !ok || name != "class" && name != "unit" {
		return ""
	}
	for _, point := range m.Points {
		if proposal.No(no) == point.No {
			return point.Said
		}
	}
	return ""
}

// draftOf is the newest draft of the answer.
func draftOf(m *proposal.Proposal) *matter.Draft {
	if m.Answer.Version == 0 {
		return nil
	}
	return &matter.Draft{Name: "答复稿", Version: m.Answer.Version, By: m.Answer.By, At: m.Answer.At, Paper: m.Preview(m.Answer)}
}

// point is a point with what the newest answer says to it.
type point struct {
	proposal.Point
	Reply    *proposal.PointReply
	Promises promise.List // the newest first
	Now      time.Time
}

func pointsOf(m *proposal.Proposal) []point {
	all := make([]point, len(m.Points))
	for i, one := range m.Points {
		all[i].Point, all[i].Promises, all[i].Now = one, m.Promises.Of(one.No), m.Now
		for j := range m.Answer.Replies {
			if m.Answer.Replies[j].No == one.No {
				all[i].Reply = &m.Answer.Replies[j]
			}
		}
	}
	return all
}

func pointRows(m *proposal.Proposal) (f view.Facts) {
	for _, one := range pointsOf(m) {
		f.Rows = append(f.Rows, view.Fact{Label: proposal.Nth(one.No), Body: pointBody(one)})
	}
	return f
}

var standingSigns = map[promise.Standing]workflow.Sign{
	promise.Running: workflow.AtWork, promise.Kept: workflow.Met, promise.KeptLate: workflow.Met, promise.Broken: workflow.Asking,
	promise.Replaced: workflow.HandedOn, promise.Ended: workflow.Refused, promise.Void: workflow.Refused,
}

// standing is how a promise stands, with how long it still has.
func standing(p promise.Promise, now time.Time) view.StatusTag {
	how := p.Standing(now)
	tag := view.StatusTag{Word: how.Word(), Sign: string(standingSigns[how])}
	left := p.DueOn.Since(clock.On(now))
	switch {
	case how == promise.Running && left == 0:
		tag.Word = "今天到期"
	case how == promise.Running:
		tag.Word = "剩 " + view.N(left, "天")
	case how == promise.Broken && p.Open():
		tag.Word += "，逾期 " + view.N(-left, "天")
	}
	return tag
}

// madeBy says who promised what for when.
func madeBy(p promise.Promise) string {
	said := p.UnitName + "承诺 " + p.DueOn.Long() + "以前办到"
	if p.Nth > 1 {
		said += "（第 " + view.N(p.Nth, "次承诺") + "）"
	}
	return said
}

// became says what became of it.
func became(p promise.Promise) string {
	switch p.Outcome {
	case promise.OutcomeKept:
		return p.DoneOn.Long() + "办到，" + clock.On(*p.SettledAt).Long() + "记下。" + p.Words + "\n凭据：" + p.Evidence
	case promise.OutcomeEnded:
		return p.Words
	}
	return ""
}

// sent says that the newest answer is no draft any more.
func sent(m *proposal.Proposal) bool {
	signed := m.Signed()
	return signed != nil && !m.Answer.At.After(signed.SignedAt)
}

func answerNote(m *proposal.Proposal) string {
	if sent(m) {
		return "已经签发"
	}
	return "第 " + view.N(m.Answer.Version, "稿") + "，还没有签发"
}

func feedbackFacts(m *proposal.Proposal) (f view.Facts) {
	for _, row := range [][2]string{
		{"对办理态度", workflow.Word(proposal.Opinions, m.Feedback.Attitude)}, {"对办理结果", workflow.Word(proposal.Opinions, m.Feedback.Result)},
		{"能不能公开", workflow.Word(proposal.Consents, m.Feedback.Consent)},
	} {
		f.Rows = append(f.Rows, view.Fact{Label: row[0], Text: row[1]})
	}
	if m.Feedback.Words != "" {
		f.Rows = append(f.Rows, view.Fact{Label: m.Source.People() + "的话", Body: view.Paragraphs(m.Feedback.Words)})
	}
	return f
}
