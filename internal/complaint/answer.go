package complaint

import (
	"context"
	"fmt"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Must is what an answer has to change before anybody approves or sends it: a
// machine can see it. Whether an answer is right stays with people.
type Must struct {
	Part     string // facts, opinion, basis; empty for the whole
	Sentence string
}

// Unwritten says that a part of the answer has no words.
func (d Draft) Unwritten() bool {
	return d.Finding == "" || d.Decision == "" || form.Wordless(d.Facts) || form.Wordless(d.Opinion) || form.Wordless(d.Basis)
}

// Personal names the kinds of a person's own details that stand in the answer for sure.
func (d Draft) Personal() string {
	return form.PersonalKinds(form.Finding.Bars, d.Facts, d.Opinion, d.Basis, d.Demand, d.Promise)
}

// Contacts names what may be somebody's or an office's, or no detail of anybody: an
// answer may well say whom to call, and a person looks whether it does.
func (d Draft) Contacts() string {
	return form.PersonalKinds(func(f form.Finding) bool { return !f.Bars() && f.Kind != form.FirmName }, d.Facts, d.Opinion, d.Basis, d.Demand, d.Promise)
}

// Same says that nothing was changed since the draft before.
func (d Draft) Same(before Draft) bool {
	return d.Finding == before.Finding && d.Decision == before.Decision && d.Facts == before.Facts && d.Opinion == before.Opinion &&
		d.Basis == before.Basis && d.Demand == before.Demand && d.Promise == before.Promise && d.PromisedOn == before.PromisedOn
}

// Musts are all that must be changed; before is the draft that was sent back, nil
// when this is the first.
func (d Draft) Musts(before *Draft) []Must {
	var out []Must
	if d.Unwritten() {
		out = append(out, Must{"facts", "还有没写的部分"})
	}
	if kinds := d.Personal(); kinds != "" {
		out = append(out, Must{"facts", "出现了" + kinds + "，请删去"})
	}
	if before != nil && d.Same(*before) {
		out = append(out, Must{"", "和上一稿一字不差，退回时要改的还没有改"})
	}
	return out
}

// unfit is the sentence that bars an answer from being approved or sent; empty
// when nothing does.
func unfit(drafts []Draft) string {
	if len(drafts) == 0 {
		return ""
	}
	var before *Draft
	if len(drafts) > 1 {
		before = &drafts[1]
	}
	var said []string
	for _, must := range drafts[0].Musts(before) {
		said = append(said, must.Sentence)
	}
	if len(said) == 0 {
		return ""
	}
	return "答复稿要改：" + strings.Join(said, "；") + "。请退回，改好再办这一步。"
}

// fit is the answer to decide on; one that a machine can see is not fit to go on is
// refused.
func fit(ctx context.Context, s *workflow.Step) (Draft, error) {
	drafts, err := pg.All[Draft](ctx, s.Conn, `
		SELECT a.version, e.at, a.drafted_by AS drafter_id, '' AS drafter, a.unit, a.finding, a.decision, a.facts, a.opinion, a.basis, a.demand, a.sent_at, `+law.CitedSQL("a")+`, `+linesSQL+`
		FROM answer a JOIN event e ON e.matter_id = a.matter_id AND e.seq = a.seq
		WHERE a.matter_id = @id ORDER BY a.version DESC LIMIT 2`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return Draft{}, fmt.Errorf("answer to decide on: %w", err)
	}
	if len(drafts) == 0 {
		return Draft{}, fmt.Errorf("matter %d is in review without an answer", s.Matter.ID)
	}
	if said := unfit(drafts); said != "" {
		return Draft{}, fault.New(fault.Forbidden, "%s", said)
	}
	return drafts[0], drafts[0].overdue(clock.On(s.At))
}
