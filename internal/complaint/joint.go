package complaint

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done where several complain of one thing: one complaint is answered for all, and
// each keeps its own number, terms and rights.
const (
	Join         workflow.Action = "join"
	Part         workflow.Action = "part"
	AnswerJoined workflow.Action = "answer_joined"
	PartByItself workflow.Action = "part_by_itself"
)

// The facts by which the system goes on with a joined complaint.
const (
	mainAnswered = "main_answered"
	mainGone     = "main_gone"
)

// unled is what an answer that was another's leaves to be known of this complaint: it was
// in no unit's hands.
const unled = "unled"

// jointFlags say why it bars a move.
var jointFlags = map[string]string{
	unled: "这一件是和别的一起答复的，没有派给过单位，不能交回。要重新办理的，用“换单位重新办理”。",
}

// jointShared is who made an answer there that was this one's, too: Table.Shared. Who may
// decide on it again follows from it as from what was done here, stand-ins and all.
var jointShared = `
	SELECT je.at, je.seq, je.action, je.staff_id FROM joint j JOIN event ja ON ja.matter_id = j.matter_id AND ja.seq = j.ended_seq AND ja.action = '` + string(AnswerJoined) + `'
		JOIN event je ON je.matter_id = j.main_id AND je.at <= ja.at AND je.action IN ('` + string(DraftAnswer) + `', '` + string(ApproveAnswer) + `', '` + string(Reply) + `')
	WHERE j.matter_id = `

// jointFacts ask the complaint that is answered for it.
var jointFacts = map[string]string{
	unled: `NOT EXISTS (SELECT FROM assignment ul WHERE ul.matter_id = m.id AND ul.part = 'lead' AND ul.ended_at IS NULL)`,
	mainAnswered: `EXISTS (SELECT FROM joint j JOIN answer a ON a.matter_id = j.main_id AND a.sent_at >= (SELECT e.at FROM event e WHERE e.matter_id = j.matter_id AND e.seq = j.seq)
		WHERE j.matter_id = m.id AND j.ended_seq IS NULL)`,
	// No answer can come of it any more, whichever way it ended.
	mainGone: `EXISTS (SELECT FROM joint j JOIN matter o ON o.id = j.main_id
		WHERE j.matter_id = m.id AND j.ended_seq IS NULL AND (o.phase = 3 OR o.state = 'split') AND NOT EXISTS (
			SELECT FROM answer a WHERE a.matter_id = j.main_id AND a.sent_at >= (SELECT e.at FROM event e WHERE e.matter_id = j.matter_id AND e.seq = j.seq)))`,
}

// answeredFor is, in the terms of register.Report.Led, the unit that answered for one that was joined.
const answeredFor = `(SELECT xl.unit FROM joint xj JOIN assignment xl ON xl.matter_id = xj.main_id AND xl.part = 'lead' AND xl.started_at <= x.at AND coalesce(xl.ended_at >= x.at, true)
	WHERE xj.matter_id = m.id AND xj.ended_seq = x.seq ORDER BY xl.started_at DESC LIMIT 1)`

// leading are the states in which a complaint may be answered for others.
var leading = []workflow.State{Accepted, Dispatched, Objected, Handling, ResultSubmitted, UnderReview}

// Leads says whether a complaint in a state may be answered for others.
func Leads(s workflow.State) bool { return slices.Contains(leading, s) }

func jointMoves() []workflow.Move {
	joined, system := []workflow.State{Joined}, []workflow.Role{staff.System}
	return []workflow.Move{
		{
			Action: Join, Many: true, Aside: true, Label: "并案", Done: "已经并案", Heading: "和同样的一起办", From: []workflow.State{Accepted}, To: Joined, By: desk, Never: []string{Accusation, UnitUnsettled, staff.ReaderMeant},
			Effect: "同一个单位的同一件事，不止一个人反映的：并到一件里办，编号、期限、评价和申请复查的权利各是各的。那一件的答复送出时，同样送给这一件的投诉人。投诉人看不到那一件。",
			Needs: []workflow.Need{
				{Name: "main", Label: "并到哪一件", Hint: "写那一件的编号。要先受理，还没有答复。", Kind: workflow.AskLine, Max: 30, Ask: "请写并到哪一件的编号"},
				{Name: "speaks", Label: "是不是推选的代表", Hint: "多人走访的，代表最多 5 人（《信访工作条例》第二十条）。", Kind: workflow.AskChoice, Optional: true, Options: []workflow.Option{{Value: "yes", Label: "是推选的代表"}}},
			},
			Stops: slices.Concat(given, request.Clocks), Tells: toComplainant("joined"), Public: "同样的事不止一件，您的投诉和另外的一起办。答复同样送给您，期限、评价和申请复查的权利不变。",
		},
		{
			Action: Part, Aside: true, Label: "恢复单独办理", Done: "已经恢复单独办理", Heading: "改为单独办理", From: joined, To: Accepted, By: desk,
			Effect: "其实不是一件事，或者要另外办的。期限照走，接着派单。投诉人看得到。",
			Needs:  []workflow.Need{words("为什么单独办", "请写为什么单独办", 1000)}, Public: "您的投诉改为单独办理。",
		},
		{
			Action: AnswerJoined, Label: "答复同样送出", Heading: "书面答复", From: joined, To: Replied, By: system, Hidden: true, Writes: true, Sign: workflow.Met, News: "并案的答复送出了",
			Timed: workflow.Timed{Fact: mainAnswered, Effect: answerJoined},
			Stops: append(slices.Clone(ofAnswer), clock.Pausing), Sets: []string{register.Answered}, Clears: append([]string{extension.Paused}, ladder.Waiting...), Starts: []clock.Code{clock.PetitionReview},
			Tells: toComplainant("replied"), Public: "已经书面答复。同样的几件一起办，答复是同一份。",
		},
		{
			Action: PartByItself, Label: "恢复单独办理", Heading: "改为单独办理", From: joined, To: Accepted, By: system, Hidden: true, Sign: workflow.Asking, News: "并案的那一件不办了，要单独办",
			Timed: workflow.Timed{Fact: mainGone}, Public: "一起办的那一件不再办理，您的投诉改为单独办理。",
		},
	}
}

// join notes by which complaint this one is answered. It must be of the same unit, under
// way, and one that the person may know of.
func join(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	wrong := func(sentence string) error { return fault.Fields([]fault.Field{{Name: "main", Sentence: sentence}}) }
	number, ok := form.ParseNumber(a.Get("main"))
	if !ok {
		return wrong("这不是编号，请照抄那一件的编号，例如 " + s.Matter.Number)
	}
	type row struct {
		ID    int64
		State workflow.State
		Unit  string
		Apart bool
	}
	scope := s.Act.Scope
	main, err := pg.One[row](ctx, s.Conn, `
		SELECT m.id, m.state, coalesce(m.unit, '') AS unit, 'accusation' = ANY (m.flags) AS apart
		FROM matter m WHERE m.number = @number AND m.kind = 'complaint' AND (`+scope.SQL+`)`, scope.With(pg.Args{"number": number}))
	switch {
	case pg.IsNoRows(err):
		return wrong("没有这个编号的投诉，或者不归您看，请核对")
	case err != nil:
		return fmt.Errorf("complaint to join: %w", err)
	case main.ID == s.Matter.ID:
		return wrong("这就是它自己，请写另一件的编号")
	case main.State == Joined:
		return wrong("那一件自己并在别的一件里，请写主要的那一件")
	case !slices.Contains(leading, main.State) || main.Apart:
		return wrong("那一件现在是“" + Law.State(main.State).Word + "”，不能并进去")
	case main.Unit != s.Matter.Unit:
		return wrong("那一件投诉的是另一个单位，不能并案")
	}
	// No unit works on it any more that could use an answer.
	if err := request.EndAll(ctx, s, request.Over, everyRequest); err != nil {
		return err
	}
	s.Act.Note = "并到 " + number
	s.Queue(`INSERT INTO joint (matter_id, seq, main_id, representative) VALUES (@id, @seq, @main, @speaks)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "main": main.ID, "speaks": a.Get("speaks") == "yes"})
	return nil
}

// answerJoined takes over what the answer found; the event itself brings the answer.
func answerJoined(ctx context.Context, s *workflow.Step) error {
	finding, err := pg.One[string](ctx, s.Conn, `
		SELECT a.finding FROM joint j JOIN answer a ON a.matter_id = j.main_id AND a.sent_at IS NOT NULL
		WHERE j.matter_id = @id AND j.ended_seq IS NULL ORDER BY a.version DESC LIMIT 1`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("answer for all: %w", err)
	}
	if foundTrue(finding) {
		s.Flag(Substantiated)
	}
	return nil
}

// foundTrue says that an inquiry found it true, wholly or in part.
func foundTrue(finding string) bool {
	return finding == "substantiated" || finding == "mostly" || finding == "partially"
}

// Joint is another complaint of the same thing. Number is empty where the reader may not
// know of it.
type Joint struct {
	Number string
	Title  string
	State  workflow.State
	Main   bool // this one is answered by it; else it by this one
	Speaks bool // its complainant speaks for the others
	Runs   bool // it waits for the answer
}

// joints reads those that it is answered with, as far as the reader may know of them.
func (d *Dossier) joints(p staff.Person) func(*register.Reading) {
	scope := p.Scope()
	return func(q *register.Reading) {
		q.Queue(`
			SELECT coalesce(o.number, ''), coalesce(o.title, ''), coalesce(o.state, ''), j.main, j.representative, j.runs
			FROM (SELECT j.main_id AS other, true AS main, j.representative, true AS runs FROM joint j WHERE j.matter_id = `+register.This+` AND j.ended_seq IS NULL
				UNION ALL SELECT j.matter_id, false, j.representative, j.ended_seq IS NULL FROM joint j WHERE j.main_id = `+register.This+` AND (j.ended_seq IS NULL
					OR EXISTS (SELECT FROM event e WHERE e.matter_id = j.matter_id AND e.seq = j.ended_seq AND e.action = 'answer_joined'))) j
			LEFT JOIN LATERAL (SELECT m.number, m.title, m.state FROM matter m WHERE m.id = j.other AND (`+scope.SQL+`)) o ON true
			ORDER BY j.main DESC, j.other`, scope.Args).Query(func(rows pgx.Rows) (err error) {
			d.Joints, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Joint])
			return err
		})
	}
}
