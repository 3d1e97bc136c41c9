package inquiry

import (
	"context"
	"fmt"
	"strings"

	"zhengxin/internal/binding"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/workflow"
)

var doubted = register.Doubted("里面像有个人信息")

// checkAnswer holds what a unit answers against what would tell who complained: another
// unit may read it.
var checkAnswer = register.Unnamed("承办单位可能看得到", "note")

// newInquiry is what an inquiry adds to its opening. Its request is put when it is sent.
const newInquiry = `,
	new_inquiry AS (INSERT INTO inquiry (matter_id, sort, words, facts, shared, proposed) SELECT n.id, @sort, @words, @facts, @shared, nullif(@proposed, 0) FROM n),
	new_request AS (INSERT INTO request (matter_id, no, seq, kind) SELECT n.id, 1, 1, @sort FROM n),
	new_items AS (INSERT INTO request_item (matter_id, no, item, words)
		SELECT n.id, 1, i.item, i.words FROM n, unnest(@items::text[]) WITH ORDINALITY AS i (words, item))`

// OpenFrom opens an inquiry from a complaint: it is written and waits to be sent. Both matters
// move in one transaction.
func (r *Register) OpenFrom(ctx context.Context, o workflow.Order) (workflow.Done, error) {
	o.Action = complaint.OpenInquiry
	complaints := &register.Register{Office: r.Office, Kind: complaint.Kind}
	return r.Register.OpenFrom(ctx, complaints, o, func(ctx context.Context, s *workflow.Step) (register.Opening, error) {
		return opening(ctx, s, o.Answers)
	})
}

func opening(ctx context.Context, s *workflow.Step, a workflow.Answers) (register.Opening, error) {
	sort := request.Kind(a.Get("sort"))
	items, sentence := request.ReadItems(a.Get("asked"))
	if sentence != "" {
		return register.Opening{}, fault.Fields([]fault.Field{{Name: "asked", Sentence: sentence}})
	}
	no, err := request.Take(ctx, s, a)
	if err != nil {
		return register.Opening{}, err
	}
	what := "请有关单位协查"
	if sort == request.Consult {
		what = "征求有关单位的意见"
	}
	s.Word("what", what)
	args := pg.Args{"sort": string(sort), "words": form.Text(a.Get("words")), "facts": form.Text(a.Get("facts")),
		"shared": no > 0 || a.Get("shared") == "yes", "proposed": no}
	said := binding.Saying{}
	row := pg.Args{"sort": args["sort"], "words": args["words"], "facts": args["facts"], "shared": args["shared"], "proposed": nil}
	if no > 0 {
		row["proposed"] = no
	}
	said.Row("inquiry", row)
	said.Row("request", pg.Args{"no": 1, "seq": 1, "kind": string(sort), "by_unit": nil})
	for i, words := range items {
		said.Row("request_item", pg.Args{"no": 1, "item": i + 1, "words": words})
	}
	args["items"] = items
	flag := assists
	if sort == request.Consult {
		flag = consults
	}
	return register.Opening{
		New: workflow.New{Flags: []string{flag}, Title: form.Line(a.Get("title")), Act: workflow.Act{Action: Open, By: s.Act.By}},
		SQL: newInquiry, Args: args, Said: said.Said,
	}, said.Fault
}

// send puts it to the unit that was chosen. Whoever leads the complaint works on it anyway.
func send(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	leads, err := pg.One[bool](ctx, s.Conn, `
		SELECT EXISTS (SELECT FROM matter i JOIN assignment l ON l.matter_id = i.follows WHERE i.id = @id AND l.part = 'lead' AND l.ended_at IS NULL AND l.unit = @unit)`,
		pg.Args{"id": s.Matter.ID, "unit": a.Get("lead")})
	if err != nil {
		return fmt.Errorf("who leads what an inquiry follows: %w", err)
	}
	if leads {
		return fault.Fields([]fault.Field{{Name: "lead", Sentence: "这件投诉就是它在办，不用另外请它，请选别的单位"}})
	}
	return request.Put(ctx, s, rule)
}

// answer notes which items are answered, and ends it once all are.
func answer(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	return settle(ctx, s, a, request.Answers)
}

func waive(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	return settle(ctx, s, a, request.WaivedNeed.Name)
}

func settle(ctx context.Context, s *workflow.Step, a workflow.Answers, field string) error {
	_, open, err := request.AnswerChosen(ctx, s, a, field)
	if err != nil || open {
		return err
	}
	s.Lead(Answered)
	for _, code := range terms {
		s.Stop(code)
	}
	return nil
}

// extend makes the term of the unit longer, once.
func extend(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	for _, code := range terms {
		term := s.Matter.Terms[code]
		if !term.Running || term.More == 0 {
			continue
		}
		n, ok := form.ReadOrdinal(strings.TrimRight(form.Folded(a.Get("count")), "个工作日天 "))
		switch {
		case !ok || strings.ContainsAny(a.Get("count"), "-–—~.·/"):
			return fault.Fields([]fault.Field{{Name: "count", Sentence: "请只写数字，例如 5"}})
		case n > term.More:
			return fault.Fields([]fault.Field{{Name: "count", Sentence: fmt.Sprintf("最多延长 %d 个工作日", term.More)}})
		}
		_, err := s.Extend(ctx, code, n)
		return err
	}
	return fault.New(fault.Conflict, "没有可以延长的期限了。")
}

// end keeps that nobody waits for the unit any more.
func end(how request.End) register.Effect {
	return func(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
		return request.EndAll(ctx, s, how, func(request.Request) bool { return true })
	}
}
