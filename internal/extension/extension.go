package extension

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Request is what a unit has asked for and nobody has decided.
type Request struct {
	Seq        int64
	Kind       clock.SpanKind // Extend or Pause
	Rule       clock.Code
	Count      int
	UntilOn    clock.Date
	Ground     string // its code
	GroundWord string
	Document   string
	Reason     string
	Name       string // who asked
}

// OpenSQL reads the open requests of one matter; its id, as an expression, follows it.
var OpenSQL = strings.Replace(openSQL, `SELECT FROM`, `SELECT q.seq, q.kind, q.rule, q.count, q.until_on, coalesce(q.ground, '') AS ground,
		coalesce((SELECT g.title FROM pause_ground g WHERE g.code = q.ground), '') AS ground_word, q.document, q.reason,
		(SELECT e.actor_name FROM event e WHERE e.matter_id = q.matter_id AND e.seq = q.seq) AS name
	FROM`, 1) + ` AND q.matter_id = `

// Into takes the rows of OpenSQL.
func Into(list *[]Request) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Request])
		return err
	}
}

// Known is what the form of a decision begins with: what was asked for.
func Known(list []Request, a workflow.Action) workflow.Answers {
	for _, q := range list {
		switch {
		case a == Grant && q.Kind == clock.Extend:
			return workflow.Answers{"count": {strconv.Itoa(q.Count)}}
		case a == GrantPause && q.Kind == clock.Pause:
			return workflow.Answers{"until_year": {strconv.Itoa(q.UntilOn.Year)}, "until_month": {strconv.Itoa(int(q.UntilOn.Month))}, "until_day": {strconv.Itoa(q.UntilOn.Day)}}
		}
	}
	return nil
}

// Words are a request as who decides on it reads it, title being that of its term.
func (q Request) Words(title string) string {
	if q.Kind == clock.Pause {
		return fmt.Sprintf("%s申请暂停计时，最迟到%s。情形：%s。文书：%s。理由：%s", q.Name, q.UntilOn.Long(), q.GroundWord, q.Document, q.Reason)
	}
	return fmt.Sprintf("%s申请“%s”延长 %d 天。理由：%s", q.Name, title, q.Count, q.Reason)
}

// Terms are the terms of a matter that may still be extended at a time, to choose from.
func Terms(table clock.Table, clocks []workflow.Clock, over func(workflow.Clock) bool) (options []workflow.Option) {
	for _, c := range clocks {
		if due := table.Kept(c.Row); c.Running() && c.More > 0 && !over(c) {
			options = append(options, workflow.Option{Value: string(c.Rule),
				Label: fmt.Sprintf("%s：现在最迟%s，最多再延长 %s（%s）", due.Title, due.On.Long(), due.Unit.Count(c.More), due.Basis)})
		}
	}
	return options
}

// Grounds are those on which a matter may stand still on a day, to choose from.
func Grounds(table clock.Table, clocks []workflow.Clock, on clock.Date) (options []workflow.Option) {
	var running []clock.Code
	for _, c := range clocks {
		if c.Running() {
			running = append(running, c.Rule)
		}
	}
	for _, g := range table.GroundsFor(running, on) {
		options = append(options, workflow.Option{Value: g.Code, Label: fmt.Sprintf("%s（最长 %d 天，%s）", g.Title, g.Longest, g.Basis)})
	}
	return options
}

// deeds are what the moves of a Course write.
var deeds = map[workflow.Action]workflow.Deed{
	Ask: ask, Grant: grant, Refuse: refuse(clock.Extend), AskPause: askPause, GrantPause: grantPause, RefusePause: refuse(clock.Pause), RunOn: runOn,
}

func wrong(field, sentence string, args ...any) error {
	return fault.Fields([]fault.Field{{Name: field, Sentence: fmt.Sprintf(sentence, args...)}})
}

// count reads how many days somebody wrote, of at most so many.
func count(a workflow.Answers, most int, why string) (int, error) {
	typed := strings.TrimRight(form.Folded(a.Get("count")), "天日个工作自然 ")
	n, ok := form.ReadOrdinal(typed)
	switch {
	case !ok || strings.ContainsAny(typed, "-–—−~.·/"): // 3-5, 1.5
		return 0, wrong("count", "请只写数字，例如 15")
	case n > most:
		return 0, wrong("count", "%s，最多 %d 天", why, most)
	}
	return n, nil
}

// ask keeps that a unit asks for more time.
func ask(_ context.Context, s *workflow.Step, a workflow.Answers) error {
	code := clock.Code(a.Get("rule"))
	term := s.Matter.Terms[code]
	if !slices.Contains(s.Move.Extends, code) || !term.Running || term.More == 0 || !term.Due.After(s.At) {
		return wrong("rule", "这个期限不能延长，请从列出的里面选")
	}
	n, err := count(a, term.More, "这个期限还能延长")
	if err != nil {
		return err
	}
	s.Queue(requestSQL, pg.Args{"id": s.Matter.ID, "seq": s.Seq, "rule": string(code), "unit": s.Act.By.Unit, "kind": string(clock.Extend), "count": n,
		"until": nil, "ground": nil, "document": "", "reason": form.Text(a.Get("note"))})
	return nil
}

const requestSQL = `
	INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, count, until_on, ground, document, reason)
	SELECT @id, @seq, k.rule, k.started_seq, @unit, @kind, @count, @until::date, @ground, @document, @reason
	FROM clock k WHERE k.matter_id = @id AND k.rule = @rule AND k.stopped_at IS NULL`

// open is the request of a kind that is to be decided.
func open(ctx context.Context, s *workflow.Step, kind clock.SpanKind) (Request, error) {
	all, err := pg.All[Request](ctx, s.Conn, OpenSQL+`@id AND q.kind = @kind ORDER BY q.seq DESC LIMIT 1`, pg.Args{"id": s.Matter.ID, "kind": string(kind)})
	switch {
	case err != nil:
		return Request{}, fmt.Errorf("open request: %w", err)
	case len(all) == 0: // the row wants one: it was decided or has ended since
		return Request{}, fault.New(fault.Conflict, "没有等着决定的申请了。")
	}
	return all[0], nil
}

func decide(s *workflow.Step, q Request, granted bool) {
	s.Queue(`INSERT INTO term_decision (matter_id, asked, seq, granted) VALUES (@id, @asked, @seq, @granted)`,
		pg.Args{"id": s.Matter.ID, "asked": q.Seq, "seq": s.Seq, "granted": granted})
}

// grant makes the term longer that was asked for, by what is granted.
func grant(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	q, err := open(ctx, s, clock.Extend)
	if err != nil {
		return err
	}
	if decider := deciders[s.Approver(q.Rule)]; decider != s.Act.By.Role && s.Act.By.Role != staff.Leader { // whose row says where it comes to them
		return fault.New(fault.Forbidden, "这个期限的延长不由您决定。")
	}
	switch term := s.Matter.Terms[q.Rule]; {
	case !term.Due.After(s.At):
		return fault.New(fault.Forbidden, "申请延长的期限到%s，已经过了，不能再同意。请按“不同意延期”，写明没有来得及。", term.On.Long())
	case term.More < q.Count:
		q.Count = term.More
	}
	n, err := count(a, q.Count, "同意的不能多于申请的和规定的")
	if err != nil {
		return err
	}
	moved, err := s.Extend(ctx, q.Rule, n)
	if err != nil {
		return err
	}
	s.Word("count", moved.Now.Unit.Count(n))
	s.Word("changes", changes(moved))
	s.Word("others", s.RunsOn([]clock.Code{q.Rule}, "延长"))
	decide(s, q, true)
	return nil
}

func refuse(kind clock.SpanKind) func(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	return func(ctx context.Context, s *workflow.Step, _ workflow.Answers) error {
		q, err := open(ctx, s, kind)
		if err != nil {
			return err
		}
		decide(s, q, false)
		return nil
	}
}

// paused are the terms of the matter that a ground has stand still now.
func paused(s *workflow.Step, g clock.Ground) (codes []clock.Code) {
	for _, code := range s.Move.Pauses {
		if term := s.Matter.Terms[code]; slices.Contains(g.Rules, code) && term.Running && term.Due.After(s.At) {
			codes = append(codes, code)
		}
	}
	return codes
}

// ground is that of a code, in force today.
func ground(s *workflow.Step, code string) (clock.Ground, bool) {
	for _, g := range s.Grounds(s.Move.Pauses) {
		if g.Code == code {
			return g, true
		}
	}
	return clock.Ground{}, false
}

// until reads the last day of a pause, which no ground lets be later than its longest.
func until(s *workflow.Step, a workflow.Answers, g clock.Ground) (clock.Date, error) {
	on := a.Date(s.Move.Need("until"), s.At)
	if last := clock.On(s.At).AddDays(g.Longest); on.After(last) {
		return on, wrong("until", "这种情形一次最长暂停 %d 天，到%s为止；还没有结束的，到时候再申请", g.Longest, last.Long())
	}
	return on, nil
}

// askPause keeps that a unit asks for a term to stand still.
func askPause(_ context.Context, s *workflow.Step, a workflow.Answers) error {
	g, ok := ground(s, a.Get("ground"))
	codes := paused(s, g)
	if !ok || len(codes) == 0 {
		return wrong("ground", "没有这种情形，或者现在的期限不能因此暂停，请从列出的里面选")
	}
	on, err := until(s, a, g)
	if err != nil {
		return err
	}
	s.Queue(requestSQL, pg.Args{"id": s.Matter.ID, "seq": s.Seq, "rule": string(codes[0]), "unit": s.Act.By.Unit, "kind": string(clock.Pause), "count": 0,
		"until": on, "ground": g.Code, "document": form.Line(a.Get("document")), "reason": form.Text(a.Get("note"))})
	return nil
}

// grantPause has the terms stand still that the ground of the request pauses, and says of
// those that run on that they do.
func grantPause(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	q, err := open(ctx, s, clock.Pause)
	if err != nil {
		return err
	}
	g, ok := ground(s, q.Ground)
	codes := paused(s, g)
	if !ok || len(codes) == 0 {
		return fault.New(fault.Forbidden, "申请暂停的期限已经过了，或者这种情形不再能暂停，不能同意。请按“不同意暂停计时”，写明为什么。")
	}
	on, err := until(s, a, g)
	if err != nil {
		return err
	}
	var all []workflow.Moved
	for _, code := range codes {
		moved, err := s.Pause(ctx, code, g, on, q.Document)
		if err != nil {
			return err
		}
		all = append(all, moved)
	}
	s.StartOn(clock.Pausing, on)
	s.Word("ground", g.Title)
	s.Word("document", q.Document)
	s.Word("until", on.Long())
	s.Word("changes", changes(all...))
	s.Word("others", s.RunsOn(codes, "暂停"))
	decide(s, q, true)
	return nil
}

// Standing has the terms stand still at once that a ground pauses, with a document and until
// a day: where whoever decides need not be asked first.
func Standing(code string) workflow.Deed {
	return func(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
		g, ok := ground(s, code)
		if !ok {
			return fault.New(fault.Forbidden, "没有办。这种情形现在不能暂停计时。")
		}
		on, err := until(s, a, g)
		if err != nil {
			return err
		}
		var all []workflow.Moved
		for _, rule := range paused(s, g) {
			moved, err := s.Pause(ctx, rule, g, on, form.Line(a.Get("document")))
			if err != nil {
				return err
			}
			all = append(all, moved)
		}
		s.StartOn(clock.Pausing, on)
		s.Word("document", form.Line(a.Get("document")))
		s.Word("until", on.Long())
		s.Word("changes", changes(all...))
		return nil
	}
}

// runOn ends a pause before its day.
func runOn(ctx context.Context, s *workflow.Step, _ workflow.Answers) error {
	codes, err := pg.All[clock.Code](ctx, s.Conn, `
		SELECT DISTINCT s.rule FROM clock_span s
			JOIN clock k ON k.matter_id = s.matter_id AND k.rule = s.rule AND k.started_seq = s.started_seq AND k.stopped_at IS NULL
			JOIN clock p ON p.matter_id = s.matter_id AND p.rule = 'PF-PAUSE' AND p.started_seq = s.seq AND p.stopped_at IS NULL
		WHERE s.matter_id = @id AND s.kind = 'pause' ORDER BY s.rule`, pg.Args{"id": s.Matter.ID})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("paused clocks: %w", err)
	}
	var all []workflow.Moved
	for _, code := range codes {
		moved, err := s.RunOn(ctx, code)
		if err != nil {
			return err
		}
		all = append(all, moved)
	}
	s.Word("changes", changes(all...))
	return nil
}

// changes say of each term which day it ended on and which it ends on.
func changes(all ...workflow.Moved) string {
	var said []string
	for _, m := range all {
		said = append(said, m.Said())
	}
	return strings.Join(said, "；")
}
