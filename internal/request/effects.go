package request

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// OfSQL reads the requests of one matter for a reader of the unit @unit, who sees what their
// unit proposed, or with none for the desk; the matter's id, as an expression,
// follows it.
const OfSQL = `SELECT ` + columns + `
	FROM request q JOIN event asked ON asked.matter_id = q.matter_id AND asked.seq = q.seq
		LEFT JOIN request_put p ON p.matter_id = q.matter_id AND p.no = q.no
		LEFT JOIN event put ON put.matter_id = p.matter_id AND put.seq = p.seq
		LEFT JOIN request_end d ON d.matter_id = q.matter_id AND d.no = q.no
		LEFT JOIN event ended ON ended.matter_id = d.matter_id AND ended.seq = d.seq
	WHERE (@unit = '' OR q.by_unit = @unit) AND q.matter_id = `

// ItemsSQL are the words of what is asked of a matter m, for searches. What one unit asks is
// not another's to find: they are the desk's.
const ItemsSQL = `ARRAY(SELECT i.words FROM request_item i WHERE i.matter_id = m.id ORDER BY i.no, i.item)`

// Order ends a statement that begins with OfSQL.
const Order = ` ORDER BY q.no`

const columns = `q.no, q.kind, coalesce(q.by_unit, '') AS by_unit, coalesce((SELECT u.name FROM unit u WHERE u.code = q.by_unit), '') AS by_name,
	asked.at AS asked_at, put.at AS put_at,
	coalesce((SELECT k.due_on FROM clock k WHERE k.matter_id = q.matter_id AND k.started_at = put.at
		AND k.rule = CASE q.kind WHEN 'supplement' THEN 'PF-SUP' WHEN 'assist' THEN 'PF-ASSIST' WHEN 'consult' THEN 'PF-CONSULT' ELSE 'PF-ASK' END
		ORDER BY k.id DESC LIMIT 1), p.last_on) AS last_on,
	coalesce(d.how, '') AS ended, ended.at AS ended_at,
	(SELECT json_agg(json_build_object('No', i.item, 'Words', i.words, 'Seq', coalesce(r.seq, 0), 'Guarded', coalesce(r.guarded, false),
			'Answered', (SELECT e.at FROM event e WHERE e.matter_id = r.matter_id AND e.seq = r.seq),
			'Waived', (SELECT e.at FROM event e WHERE e.matter_id = w.matter_id AND e.seq = w.seq)) ORDER BY i.item)
		FROM request_item i
			LEFT JOIN request_answer r ON r.matter_id = i.matter_id AND r.no = i.no AND r.item = i.item AND (@unit = '' OR NOT r.guarded)
			LEFT JOIN request_waiver w ON w.matter_id = i.matter_id AND w.no = i.no AND w.item = i.item
		WHERE i.matter_id = q.matter_id AND i.no = q.no) AS items`

// Into takes the rows of OfSQL.
func Into(list *List) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Request])
		*list = found
		return err
	}
}

// under are the requests of the matter, under the lock of a move.
func under(ctx context.Context, s *workflow.Step) (List, error) {
	all, err := pg.All[Request](ctx, s.Conn, OfSQL+`@id`+Order, pg.Args{"id": s.Matter.ID, "unit": ""})
	if err != nil {
		return nil, fmt.Errorf("requests: %w", err)
	}
	return all, nil
}

func wrong(field, sentence string) error {
	return fault.Fields([]fault.Field{{Name: field, Sentence: sentence}})
}

// add keeps a new request of the matter and its items.
func add(s *workflow.Step, list List, r Request, items []string) Request {
	r.No = 1
	for _, other := range list {
		r.No = max(r.No, other.No+1)
	}
	r.AskedAt = s.At
	s.Queue(`INSERT INTO request (matter_id, no, seq, kind, by_unit) VALUES (@id, @no, @seq, @kind, nullif(@by, ''))`,
		pg.Args{"id": s.Matter.ID, "no": r.No, "seq": s.Seq, "kind": string(r.Kind), "by": r.ByUnit})
	s.Queue(`INSERT INTO request_item (matter_id, no, item, words) SELECT @id, @no, i.item, i.words FROM unnest(@items::text[]) WITH ORDINALITY i (words, item)`,
		pg.Args{"id": s.Matter.ID, "no": r.No, "items": items})
	for i, words := range items {
		r.Items = append(r.Items, Item{No: i + 1, Words: words})
	}
	return r
}

// put notes that a request reaches whom it is to with this move, and until when it is
// waited for.
func put(s *workflow.Step, r Request, rule clock.Code) Request {
	s.Word("until", "")
	var last any
	if due, ok := s.Due(rule); ok {
		r.LastOn, last = due.On, due.On
		s.Word("until", "在"+due.On.Long()+"以前")
	}
	r.PutAt = &s.At
	s.Queue(`INSERT INTO request_put (matter_id, no, seq, last_on) VALUES (@id, @no, @seq, @last::date)`,
		pg.Args{"id": s.Matter.ID, "no": r.No, "seq": s.Seq, "last": last})
	return r
}

// Ask asks whoever the matter is from with this move, which starts the clock of the rule, to
// supplement what stands in a field of it, one item a line. The move's sentence may say
// until when, and the words with their numbers.
func Ask(ctx context.Context, s *workflow.Step, a workflow.Answers, field string, rule clock.Code) error {
	items, sentence := ReadItems(a.Get(field))
	if sentence != "" {
		return wrong(field, sentence)
	}
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	r := put(s, add(s, list, Request{Kind: Supplement}, items), rule)
	if len(items) > 1 {
		s.Word(field, r.Words())
	}
	return nil
}

// propose keeps that a unit wants something asked.
func propose(kind func(workflow.Answers) Kind) workflow.Deed {
	return func(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
		return proposeOf(ctx, s, a, kind(a))
	}
}

func proposeOf(ctx context.Context, s *workflow.Step, a workflow.Answers, kind Kind) error {
	items, sentence := ReadItems(a.Get(itemsField))
	if sentence != "" {
		return wrong(itemsField, sentence)
	}
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	add(s, list, Request{Kind: kind, ByUnit: s.Act.By.Unit}, items)
	return nil
}

// chosen is the request that a field chooses of those that are so.
func chosen(ctx context.Context, s *workflow.Step, a workflow.Answers, field string, so func(Request) bool) (List, *Request, error) {
	list, err := under(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(list, func(r Request) bool { return strconv.Itoa(r.No) == a.Get(field) && so(r) })
	if i < 0 {
		return nil, nil, wrong(field, "这一号已经有人办了，或者不由您办，请从列出的里面选")
	}
	return list, &list[i], nil
}

// pass puts what a unit proposed to whoever the matter is from.
func pass(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	list, r, err := chosen(ctx, s, a, proposed, func(r Request) bool { return r.Proposed() && !r.Kind.ToUnit() })
	if err != nil {
		return err
	}
	*r = put(s, *r, clock.QuestionPut)
	s.Word("items", r.Words())
	follow(s, list)
	return nil
}

func refuse(field string) workflow.Deed {
	return func(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
		_, r, err := chosen(ctx, s, a, field, func(r Request) bool { return r.Proposed() && r.Kind.ToUnit() == (field == ToUnit) })
		if err != nil {
			return err
		}
		end(s, r, Refused)
		return nil
	}
}

// end keeps that nobody waits for a request any more.
func end(s *workflow.Step, r *Request, how End) {
	r.Ended, r.EndedAt = how, &s.At
	s.Queue(`INSERT INTO request_end (matter_id, no, seq, how) VALUES (@id, @no, @seq, @how)`,
		pg.Args{"id": s.Matter.ID, "no": r.No, "seq": s.Seq, "how": string(how)})
}

func (c Course) withdraw(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	unit := s.Act.By.Unit
	if s.Move.Unit == workflow.AnyUnit {
		unit = ""
	}
	list, r, err := chosen(ctx, s, a, standing, func(r Request) bool { return r.out() && (unit == "" || r.ByUnit == unit) })
	if err != nil {
		return err
	}
	s.Word("what", r.Kind.Word()+"的"+r.Number())
	end(s, r, Withdrawn)
	follow(s, list)
	c.goOn(s, list)
	return nil
}

func (c Course) waive(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	values := a.Chosen(waived)
	if len(values) == 0 {
		return wrong(waived, s.Move.Need(waived).Ask)
	}
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	what, ok := list.settle(values, func(r Request, i Item) bool { return r.out() && i.unsettled() }, func(r Request, i *Item) {
		i.Waived = &s.At
		s.Queue(`INSERT INTO request_waiver (matter_id, no, item, seq) VALUES (@id, @no, @item, @seq)`,
			pg.Args{"id": s.Matter.ID, "no": r.No, "item": i.No, "seq": s.Seq})
	})
	if !ok {
		return wrong(waived, "选的里面有已经补了，或者不用再补的，请从列出的里面选")
	}
	s.Word("what", what)
	follow(s, list)
	c.goOn(s, list)
	return nil
}

// settle does something to the items of these values, and says which they are; false where
// one is none that is so.
func (l List) settle(values []string, so func(Request, Item) bool, do func(Request, *Item)) (what string, ok bool) {
	var named []string
	for _, r := range l {
		for i := range r.Items {
			if one := &r.Items[i]; slices.Contains(values, r.value(*one)) && so(r, *one) {
				do(r, one)
				named = append(named, r.Number()+"第 "+strconv.Itoa(one.No)+" 项")
			}
		}
	}
	return strings.Join(named, "、"), len(named) == len(values)
}

// Answer notes which items what is said with this move answers: those that were chosen,
// else, where all is set, everything that is open. guarded is what the desk alone is told.
// It gives what stands then.
func Answer(ctx context.Context, s *workflow.Step, values []string, guarded, all bool) (List, error) {
	if len(values) == 0 && !all {
		return nil, nil
	}
	list, err := under(ctx, s)
	if err != nil {
		return nil, err
	}
	open := func(r Request, i Item) bool { return r.Open() && i.Open() }
	if len(values) == 0 {
		for _, r := range list {
			for _, i := range r.Items {
				if open(r, i) {
					values = append(values, r.value(i))
				}
			}
		}
	}
	if _, ok := list.settle(values, open, func(r Request, i *Item) {
		i.Answered, i.Guarded = &s.At, guarded
		s.Queue(`INSERT INTO request_answer (matter_id, no, item, seq, guarded) VALUES (@id, @no, @item, @seq, @guarded)`,
			pg.Args{"id": s.Matter.ID, "no": r.No, "item": i.No, "seq": s.Seq, "guarded": guarded})
	}); !ok {
		return nil, fault.New(fault.Conflict, "还没有交。您选的里面，有的已经补过了，有的不再等了。请看现在还要补哪几项，再交一次。您写的内容还在下面，没有丢。")
	}
	follow(s, list)
	return list, nil
}

// Supplemented leads a matter on that waited to be supplemented once nothing of it is open,
// as what was said with this move left it, and says how.
func (c Course) Supplemented(s *workflow.Step, list List) {
	open, items := list.Open().those(func(r Request) bool { return r.Kind == Supplement }), 0
	for _, r := range open {
		for _, i := range r.Items {
			if i.Open() {
				items++
			}
		}
	}
	s.Word("rest", "，重新计算受理期限")
	if items > 0 {
		s.Word("rest", fmt.Sprintf("，还有 %d 项没有补", items))
	}
	c.goOn(s, list)
}

// goOn leads back a matter that waited to be supplemented, once nothing is open.
func (c Course) goOn(s *workflow.Step, list List) {
	if s.Matter.State != c.Waiting || slices.ContainsFunc(list, func(r Request) bool { return r.Kind == Supplement && r.Open() }) {
		return
	}
	s.Lead(c.Back)
	s.Stop(clock.Supplementing)
	for _, code := range c.Restarts {
		s.Start(code, s.At)
	}
}

// lapse ends those whose last day the clock has come to, and has it run on to the next.
func lapse(ctx context.Context, s *workflow.Step) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	var named []string
	on := s.Matter.Terms[clock.QuestionPut].On
	for i := range list {
		if r := &list[i]; r.Kind == Question && r.out() && !r.LastOn.IsZero() && !r.LastOn.After(on) {
			named = append(named, r.Number())
			end(s, r, Lapsed)
		}
	}
	follow(s, list)
	s.Word("what", strings.Join(named, "、"))
	return nil
}

// EndAll ends what is asked and not answered, of the requests of which so says it, where the
// matter goes on without it or its last day has passed.
func EndAll(ctx context.Context, s *workflow.Step, how End, so func(Request) bool) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	for i := range list {
		if r := &list[i]; (r.out() || r.Proposed()) && so(*r) {
			end(s, r, how)
		}
	}
	follow(s, list)
	return nil
}

// follow has the clock run to the last day of the question that was put first of those that
// are out; stopped where none is. As a unit sees it: a clock that stops would tell
// it of an answer that it is not to know of.
func follow(s *workflow.Step, list List) {
	term, next := s.Matter.Terms[clock.QuestionPut], (*Request)(nil)
	for i := range list {
		if r := &list[i]; r.Kind == Question && r.out() && (next == nil || r.PutAt.Before(*next.PutAt)) {
			next = r
		}
	}
	if term.Running && next != nil && next.PutAt.Equal(term.Started) {
		return
	}
	if term.Running {
		s.Stop(clock.QuestionPut)
	}
	if next != nil {
		s.Start(clock.QuestionPut, *next.PutAt)
	}
}
