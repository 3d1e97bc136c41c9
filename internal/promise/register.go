package promise

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// OfSQL reads the promises of one matter; its id, as an expression, follows it.
const OfSQL = `
	SELECT p.matter_id AS matter, p.seq, p.no, p.what, p.due_on, p.unit, u.name AS unit_name, e.at AS made_at, coalesce(o.outcome, '') AS outcome, o.done_on,
		coalesce(o.words, '') AS words, coalesce(o.evidence, '') AS evidence, s.at AS settled_at, 0 AS nth, NULL::timestamptz AS followed,
		` + ToldSQL + ` AS told,
		coalesce((SELECT CASE WHEN EXISTS (SELECT FROM promise_outcome f WHERE f.matter_id = d.matter_id AND f.promised = d.promised AND f.no = d.no AND f.seq > d.seq) THEN 'over' ELSE 'open' END
			FROM promise_doubt d WHERE o.outcome = 'kept' AND d.matter_id = p.matter_id AND d.promised = p.seq AND d.no = p.no AND d.seq > o.seq ORDER BY d.seq DESC LIMIT 1), '') AS doubt
	FROM promise p JOIN event e ON e.matter_id = p.matter_id AND e.seq = p.seq JOIN unit u ON u.code = p.unit
		LEFT JOIN promise_result o ON o.matter_id = p.matter_id AND o.promised = p.seq AND o.no = p.no
		LEFT JOIN event s ON s.matter_id = o.matter_id AND s.seq = o.seq
	WHERE p.matter_id = `

// Into takes the rows of OfSQL.
func Into(list *List) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Promise])
		*list = List(found).Settle()
		return err
	}
}

// Of are the promises of many matters, by matter.
func Of(ctx context.Context, q pg.Queryer, matters []int64) (map[int64]List, error) {
	all, err := pg.All[Promise](ctx, q, OfSQL+`ANY (@matters)`, pg.Args{"matters": matters})
	if err != nil {
		return nil, fmt.Errorf("promises: %w", err)
	}
	of := map[int64]List{}
	for _, p := range all {
		of[p.Matter] = append(of[p.Matter], p)
	}
	for matter, list := range of {
		of[matter] = list.Settle()
	}
	return of, nil
}

// under are the promises of the matter, under the lock of a move.
func under(ctx context.Context, s *workflow.Step) (List, error) {
	all, err := pg.All[Promise](ctx, s.Conn, OfSQL+`@id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return nil, fmt.Errorf("promises: %w", err)
	}
	return List(all).Settle(), nil
}

// Make keeps what is promised with this move. A day that has come is none: nobody can
// promise it.
func Make(ctx context.Context, s *workflow.Step, given []Given) error {
	if len(given) == 0 {
		return nil
	}
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	last := Answered // what is a thing of its own is never the place of an answer
	for _, p := range list {
		last = max(last, p.No)
	}
	for _, g := range given {
		if g.No == 0 {
			last++
			g.No = last
		}
		p := Promise{Seq: s.Seq, No: g.No, What: g.What, DueOn: g.On, Unit: g.Unit, MadeAt: s.At}
		if p.Unit == "" {
			p.Unit = promiser(s)
		}
		if !g.On.After(clock.On(s.At)) {
			return fault.New(fault.Forbidden, "%s答应%s以前办到，已经到了，不能再这样承诺。", p.Called(), g.On.Long())
		}
		queue(s, p)
		list = append(list, p)
	}
	follow(s, list.Settle())
	return nil
}

// Answered is the point of what the answer to a matter promises, where it has no points: what
// a new answer promises takes the place of what the one before did.
const Answered = 1

// queue writes a promise down.
func queue(s *workflow.Step, p Promise) {
	s.Queue(`INSERT INTO promise (matter_id, seq, no, unit, due_on, what) VALUES (@id, @seq, @no, @unit, @on, @what)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": p.No, "unit": p.Unit, "on": p.DueOn, "what": p.What})
}

// promiser is who promises: the unit that leads the matter. Where that is accused of it,
// the unit of the matter is another.
func promiser(s *workflow.Step) string {
	for _, a := range s.Matter.Assignments {
		if a.Part == "lead" {
			return a.Unit
		}
	}
	return s.Matter.Unit
}

// follow has the clock run to the next of those that are open.
func follow(s *workflow.Step, list List) {
	next, term := list.next(), s.Matter.Terms[clock.Promise]
	if term.Running && term.On == next {
		return
	}
	if term.Running {
		s.Stop(clock.Promise)
	}
	if !next.IsZero() {
		s.StartOn(clock.Promise, next)
	}
}

// broken tells of those whose day the clock has come to, and has it run on to the next.
func broken(ctx context.Context, s *workflow.Step) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Told = list[i].Told || list[i].DueOn == s.Matter.Terms[clock.Promise].On
	}
	follow(s, list)
	return nil
}

// owed says since which day something is owed: the clock may have run on to another.
func owed(ctx context.Context, s *workflow.Step) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	told := slices.DeleteFunc(list.Open(), func(p Promise) bool { return !p.Told })
	s.Word("day", told.next().Long())
	return nil
}

// settled keeps what becomes of a promise with this move.
func settled(s *workflow.Step, list List, p Promise, outcome Outcome, done clock.Date, words, evidence string) {
	var on any
	if !done.IsZero() {
		on = done
	}
	s.Queue(`
		INSERT INTO promise_outcome (matter_id, promised, no, seq, outcome, done_on, words, evidence)
		VALUES (@id, @promised, @no, @seq, @outcome, @on, @words, @evidence)`,
		pg.Args{"id": s.Matter.ID, "promised": p.Seq, "no": p.No, "seq": s.Seq, "outcome": string(outcome), "on": on, "words": words, "evidence": evidence})
	for i := range list {
		if list[i].Seq == p.Seq && list[i].No == p.No {
			list[i].Outcome, list[i].SettledAt = outcome, &s.At
		}
	}
}

// TakeBack takes back what a paper promised that nobody got. What it took the place of holds
// again.
func TakeBack(ctx context.Context, s *workflow.Step) error {
	list, err := under(ctx, s)
	if err != nil || len(list) == 0 {
		return err
	}
	made, err := pg.One[int64](ctx, s.Conn, `SELECT coalesce(max(seq), 0) FROM document WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("the paper that is made void: %w", err)
	}
	for _, p := range list {
		if p.Seq == made && p.Outcome == "" {
			settled(s, list, p, OutcomeVoid, clock.Date{}, "", "")
		}
	}
	follow(s, list.Settle())
	return nil
}

// EndAll ends what a matter promises with the matter, or what one event of it promised, though
// it was promised anew since; zero is every event.
func EndAll(ctx context.Context, s *workflow.Step, by int64, why string) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	made := map[int]bool{}
	for _, p := range list {
		made[p.No] = made[p.No] || by == 0 || p.Seq == by
	}
	for _, p := range list.Open() {
		if made[p.No] {
			settled(s, list, p, OutcomeEnded, clock.Date{}, why, "")
		}
	}
	follow(s, list.Settle())
	return nil
}

// Deny says that what the unit says is kept is not, in the words of whoever it was promised
// to: no is its point.
func Deny(ctx context.Context, s *workflow.Step, no string) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(p Promise) bool { return p.Outcome == OutcomeKept && p.Doubt == "" && strconv.Itoa(p.No) == no })
	if i < 0 {
		return fault.Fields([]fault.Field{{Name: Denied, Sentence: "请从列出的里面选是哪一件没有办到"}})
	}
	s.Word(Denied, list[i].Called())
	s.Queue(`INSERT INTO promise_doubt (matter_id, seq, promised, no) VALUES (@id, @seq, @promised, @no)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "promised": list[i].Seq, "no": list[i].No})
	return nil
}

// find is what the office found of what is doubted. What was not kept is owed again, and the
// clock runs to its day, which may be over: then it is told as what is broken is.
func find(outcome Outcome) workflow.Deed {
	return func(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
		list, err := under(ctx, s)
		if err != nil {
			return err
		}
		p, ok := list.Doubted()
		if !ok {
			return fault.New(fault.Conflict, "已经有人核实过了，不用再办。")
		}
		s.Word(Denied, p.Called())
		settled(s, list, p, outcome, clock.Date{}, form.Text(a.Get("public")), "")
		if outcome == outcomeUnkept {
			for i := range list {
				if list[i].Seq == p.Seq && list[i].No == p.No {
					list[i].Outcome = ""
				}
			}
			follow(s, list.Settle())
		}
		return nil
	}
}

// deeds are what the moves of a Course write.
var deeds = map[workflow.Action]workflow.Deed{
	Keep: keep, Anew: anew, End: end, Unkept: find(outcomeUnkept), Uphold: find(outcomeUpheld),
}

// chosen is the promise that a move is about, of all that there are.
func chosen(ctx context.Context, s *workflow.Step, a workflow.Answers) (List, Promise, error) {
	list, err := under(ctx, s)
	if err != nil {
		return nil, Promise{}, err
	}
	p, ok := list.point(a.Get("point"))
	if !ok {
		return nil, p, fault.Fields([]fault.Field{{Name: "point", Sentence: "这一点没有答应了还没办到的事，请从列出的里面选"}})
	}
	s.Word("point", p.Called())
	return list, p, nil
}

func keep(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	list, p, err := chosen(ctx, s, a)
	if err != nil {
		return err
	}
	done := a.Date(s.Move.Need("done_on"), s.At)
	s.Word("done_on", done.Long())
	settled(s, list, p, OutcomeKept, done, form.Text(a.Get("public")), form.Text(a.Get("evidence")))
	return goOn(ctx, s, list)
}

func end(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	list, p, err := chosen(ctx, s, a)
	if err != nil {
		return err
	}
	settled(s, list, p, OutcomeEnded, clock.Date{}, form.Text(a.Get("public")), "")
	return goOn(ctx, s, list)
}

// anew promises another day for what is broken; what is not is not put off.
func anew(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	list, p, err := chosen(ctx, s, a)
	if err != nil {
		return err
	}
	if !p.Late(s.At) {
		return fault.Fields([]fault.Field{{Name: "point", Sentence: "这一点答应的是" + p.DueOn.Long() + "以前，还没有过，不能改期"}})
	}
	on := a.Date(s.Move.Need("by"), s.At)
	s.Word("by", on.Long())
	s.Word("nth", fmt.Sprintf("第 %d 次", p.Nth+1))
	next := Promise{Seq: s.Seq, No: p.No, What: p.What, DueOn: on, Unit: s.Act.By.Unit, MadeAt: s.At}
	queue(s, next)
	list = append(list, next)
	return goOn(ctx, s, list.Settle())
}

// goOn has the clock run on and, once nothing is owed, leads a matter that was taken up
// again back to where it stood.
func goOn(ctx context.Context, s *workflow.Step, list List) error {
	follow(s, list)
	if len(s.Move.MayLead) == 0 {
		return nil
	}
	for _, p := range list {
		if p.Late(s.At) {
			return nil
		}
	}
	stood, err := pg.One[workflow.State](ctx, s.Conn, `
		SELECT from_state FROM event WHERE matter_id = @id AND to_state = @here AND from_state <> to_state ORDER BY seq DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "here": string(s.Matter.State)})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("where it stood: %w", err)
	}
	s.Lead(stood)
	return nil
}
