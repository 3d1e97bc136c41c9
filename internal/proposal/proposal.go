// Package proposal is the 代表建议 and 政协提案: what deputies of the people's congress
// and members of the political consultative committee propose, from the handing over
// to a unit to the answer, what they say of it, and what is published.
//
// A proposal may be asked about point by point, so that an answer cannot pass over one,
// and each point that is promised for a day is kept with that day.
package proposal

import (
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/member"
	"zhengxin/internal/notice"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Register holds the proposals of one process.
type Register struct{ register.Register }

// New is the register of proposals of an office.
func New(o register.Office) *Register { return &Register{register.Register{Office: o, Kind: Kind}} }

// Kind declares the register.
var Kind = &register.Kind{
	Law:     Law,
	Path:    "proposals",
	Letters: "TA",
	Reads:   []register.Reader{{Role: staff.Auditor}, {Role: staff.Publisher}},
	Views: append([]register.View{
		{Name: "to_hand_over", Label: "待交办", State: Filed}, {Name: "handling", Label: "办理中", State: Handling},
		{Name: "unheard", Label: "等反馈", State: Served}, {Name: "again", Label: "不满意", State: Dissatisfied},
		{Name: "promised", Label: "承诺跟踪", Where: promise.Facts[promise.Promised]}, {Name: "owed", Label: "承诺没办到", Where: promise.Facts[promise.Owed]},
		{Name: "kept", Label: "承诺办到过", Where: `EXISTS (SELECT FROM promise_result po WHERE po.matter_id = m.id AND po.outcome = 'kept')`},
		{Name: "key", Label: "重点督办", Where: `'` + Key + `' = ANY (m.flags)`},
	}, register.Pressed...),
	Row: `(SELECT jsonb_build_object('Designation', o.designation, 'Class', (
			SELECT max(x.class) FROM proposal_answer_point x WHERE x.matter_id = p.id AND x.seq = (SELECT max(a.seq) FROM proposal_answer a
				WHERE a.matter_id = p.id AND a.seq < (SELECT max(d.seq) FROM document d WHERE d.matter_id = p.id AND d.served_on IS NOT NULL))),
			'Result', (SELECT f.result FROM proposal_feedback f WHERE f.matter_id = p.id ORDER BY f.seq DESC LIMIT 1))
		FROM proposal o WHERE o.matter_id = p.id)`,
	Texts:     texts,
	Given:     true,
	Promises:  true,
	Members:   []member.Kind{member.Deputy, member.Committee},
	Opens:     enter,
	Papers:    map[document.Kind]register.Paper{document.DeputyReply: answerPaper, document.CommitteeReply: answerPaper},
	Publicity: register.Publicity{Kind: notice.Proposal, Endless: true},
	Figures:   figures,
	// Each part of a divided proposal is one of its own.
	Report: &register.Report{
		Replies: []workflow.Action{Serve, ServeOnline}, Terms: answering, Apart: `m.state = '` + string(Divided) + `'`,
		Opinion: `(SELECT f.result FROM proposal_feedback f WHERE f.matter_id = m.id ORDER BY f.seq DESC LIMIT 1)`,
	},
	Checks: map[workflow.Action]register.Check{Enter: checkEntry, DraftAnswer: checkAnswer, Disagree: checkDisagreement},
	Effects: map[workflow.Action]register.Effect{
		HandOver: handOver, Divide: divide, Recall: takenBack, AgreeReturn: takenBack, Lengthen: lengthen, CoOpinion: coOpinion, Consult: consult,
		DraftAnswer: draftAnswer, Reply: promised, VoidPaper: void, Withdraw: withdraw, Serve: serve, ServeOnline: serveOnline, Agree: feedback, Disagree: feedback, Publish: publish, TakeDown: takeDown, Leave: leave,
	},
}

// texts are where a proposal's words stand: all of them are the unit's to read.
var texts = search.Texts{
	Called: "官方编号、案由、各点、提的人、答复",
	All: []search.Text{
		{Label: "官方编号", SQL: of(`ARRAY[o.designation]`)},
		{Label: "案由", SQL: of(`ARRAY[o.content]`)},
		{Label: "建议", SQL: `ARRAY(SELECT p.said FROM proposal_point p WHERE p.matter_id = m.id ORDER BY p.no)`},
		{Label: "提的人", SQL: `ARRAY(SELECT s.name FROM proposal_signer s WHERE s.matter_id = m.id ORDER BY s.no)`},
		{Label: "答复", SQL: `(SELECT a.summary || ARRAY(SELECT x.reply FROM proposal_answer_point x WHERE x.matter_id = m.id AND x.seq = a.seq ORDER BY x.no)
			FROM proposal_answer a WHERE a.matter_id = m.id ORDER BY a.version DESC LIMIT 1)`},
	},
}

func of(texts string) string {
	return `(SELECT ` + texts + ` FROM proposal o WHERE o.matter_id = m.id)`
}

// Row is what a list shows of a proposal beside what it shows of any matter.
type Row struct {
	Designation string
	Class       string // of the newest answer that was served
	Result      string
}

// Source is whose proposal it is.
type Source string

// The sources; the table's CHECK has the same.
const (
	OfDeputies Source = "npc"
	BetweenTwo Source = "npc_interim" // deputies', while the congress is not in session
	OfMembers  Source = "cppcc"
)

// Sources are all sources, with their words.
var Sources = []workflow.Option{
	{Value: string(OfDeputies), Label: "人大代表建议（会议期间）"}, {Value: string(BetweenTwo), Label: "人大代表建议（闭会期间）"}, {Value: string(OfMembers), Label: "政协提案"},
}

// Word is what one of that source is called.
func (s Source) Word() string {
	if s == OfMembers {
		return "提案"
	}
	return "建议"
}

// People are what those are called who sign one.
func (s Source) People() string {
	if s == OfMembers {
		return "委员"
	}
	return "代表"
}

// roster is the kind of member that signs one.
func (s Source) roster() member.Kind {
	if s == OfMembers {
		return member.Committee
	}
	return member.Deputy
}

// flag marks it among matters.
func (s Source) flag() string {
	if s == OfMembers {
		return Committee
	}
	return Deputies
}

// answersIn is the clock of its answer.
func (s Source) answersIn(hard bool) clock.Code {
	switch {
	case s == OfMembers && hard:
		return clock.CommitteeAnswerHard
	case s == OfMembers:
		return clock.CommitteeAnswer
	case hard:
		return clock.DeputyAnswerHard
	}
	return clock.DeputyAnswer
}

// sourceOf is the source of a matter by its flags, as far as its clocks ask.
func sourceOf(m *workflow.Matter) Source {
	if m.Has(Committee) {
		return OfMembers
	}
	return OfDeputies
}

// Point is one thing that a proposal asks for.
type Point struct {
	No   int
	Said string
}

// PointReply is what an answer says to a point.
type PointReply struct {
	No         int
	Class      string
	Reply      string
	PromisedOn clock.Date // of class B, the day by which
}

// Signer is one of those who propose.
type Signer struct {
	No     int
	Name   string
	Member int64 // on the roster; 0 for a name that it has not
	Left   bool  // has withdrawn since
}

// Answer is an answer as it was drafted.
type Answer struct {
	Version int
	Summary string
	Contact string
	Replies []PointReply
	Basis   string // on what it stands, as people read it; empty: it names nothing

	Articles []string // of the table of laws, that it cites
	Other    string   // what it stands on beside them

	By string // who wrote it
	At time.Time
}

// Class is that of the whole answer: the worst of its points, so that one which stays
// unsolved does not hide behind others.
func (a Answer) Class() (worst string) {
	for _, r := range a.Replies {
		worst = max(worst, r.Class)
	}
	return worst
}

// points are those of a matter, by its flags.
func points(m *workflow.Matter) (numbers []int) {
	for no := 1; no <= MostPoints; no++ {
		if m.Has(pointFlag(no)) {
			numbers = append(numbers, no)
		}
	}
	return numbers
}

// No is the number of a point in the name of a field; 0 when it is none.
func No(typed string) int {
	no, err := strconv.Atoi(typed)
	if err != nil || no < 1 || no > MostPoints {
		return 0
	}
	return no
}

// Nth is how a point is called.
func Nth(no int) string { return "第 " + strconv.Itoa(no) + " 点" }
