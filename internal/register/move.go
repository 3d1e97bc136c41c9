package register

import (
	"context"
	"fmt"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/textblock"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Move carries out a staff move of the law: what its row says, then the effect that
// the kind has for it. Moves that are carried out apart are not among them.
func (r *Register) Move(ctx context.Context, o workflow.Order) (workflow.Done, error) {
	if rows := r.Kind.Law.Rows(o.Action); len(rows) == 0 || rows[0].Apart {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	act, err := r.Act(ctx, o)
	if err != nil {
		return workflow.Done{}, err
	}
	return r.do(ctx, act)
}

// do carries an act out with what its row and its kind say.
func (r *Register) do(ctx context.Context, act workflow.Act) (workflow.Done, error) {
	return r.Engine.Do(ctx, r.Kind.Law, act, func(ctx context.Context, s *workflow.Step) error {
		if s.Move.Stands() {
			basis, err := law.Cite(ctx, s, act.Answers)
			if err != nil {
				return err
			}
			s.Word(law.Basis, basis)
		}
		if s.Move.Gives {
			if err := r.give(ctx, s, act.Answers); err != nil {
				return err
			}
		}
		if s.Move.Does != nil {
			return s.Move.Does(ctx, s, act.Answers)
		}
		if effect := r.Kind.Effects[act.Action]; effect != nil {
			if err := effect(ctx, r, s, act.Answers); err != nil {
				return err
			}
		}
		if s.Move.Issues != "" {
			return r.sign(ctx, s, act.Answers)
		}
		return nil
	})
}

// Act is an order as the engine takes it; what is wrong with its answers is a
// fault of their fields.
func (r *Register) Act(ctx context.Context, o workflow.Order) (workflow.Act, error) {
	act := workflow.Act{Number: o.Number, Action: o.Action, By: workflow.ActorOf(o.By), Scope: o.By.Scope(), Token: o.Token, Answers: o.Answers}
	return act, r.answer(ctx, &act, r.row(o))
}

// row is the row by whose needs an order is read: the first for its role, or the first of
// all, whose guard then says what bars it.
func (r *Register) row(o workflow.Order) workflow.Move {
	for _, role := range o.By.Roles() {
		if row, ok := r.Kind.Law.RowOf(role, o.Action); ok {
			return row
		}
	}
	return r.Kind.Law.Rows(o.Action)[0]
}

// answer reads what an act answers to its row.
func (r *Register) answer(ctx context.Context, act *workflow.Act, row workflow.Move) error {
	a := act.Answers
	act.Note = form.Text(a.Get("note"))
	faults := row.Faults(a, r.Engine.Now())
	if check := r.Kind.Checks[act.Action]; check != nil {
		faults = append(faults, check(a, r.Engine.Now())...)
	}
	if act.By.StaffID != 0 {
		for _, n := range row.Spoken() {
			if said := textblock.LeftBlank(a.Get(n.Name)); said != "" {
				faults = append(faults, fault.Field{Name: n.Name, Sentence: said})
			}
		}
	}
	if len(faults) > 0 {
		return fault.Fields(faults)
	}
	words, err := r.Words(ctx, row, a)
	if err != nil {
		return err
	}
	words["public"] = form.Text(a.Get("public")) // this text is for the complainant
	act.Words = words
	return nil
}

// Words are what the answers to a move are called in its public sentence. Free text is
// not among them. What cannot be chosen is a fault of its field.
func (r *Register) Words(ctx context.Context, row workflow.Move, a workflow.Answers) (map[string]string, error) {
	words := map[string]string{}
	var faults []fault.Field
	for _, need := range row.Needs {
		word, sentence, err := r.word(ctx, need, a)
		if err != nil {
			return nil, err
		}
		if sentence != "" {
			faults = append(faults, fault.Field{Name: need.Name, Sentence: sentence})
		}
		if word != "" && need.Said != "" {
			word = strings.ReplaceAll(need.Said, "{}", word)
		}
		words[need.Name] = word
	}
	return words, fault.Fields(faults)
}

// word is what an answer is called in the public sentence of its move; what cannot
// be chosen is said.
func (r *Register) word(ctx context.Context, need workflow.Need, a workflow.Answers) (word, sentence string, err error) {
	switch need.From {
	case workflow.FromHandling, workflow.FromComplainable, workflow.FromHelpers:
		// The accused must be one that a complaint may name, or no desk would see it
		// again, and whoever is to answer must be one that handles.
		units, err := r.Choosable(ctx, need.From)
		if err != nil {
			return "", "", err
		}
		var names []string
		for _, code := range a.Chosen(need.Name) {
			if u, ok := units.ByCode(code); ok {
				names = append(names, u.Name)
			}
		}
		if len(names) < len(a.Chosen(need.Name)) {
			if sentence, err = r.gone(ctx, units, a.Chosen(need.Name)); err != nil {
				return "", "", err
			}
		}
		return strings.Join(names, "、"), sentence, nil
	case workflow.FromArticles:
		table, err := r.Laws.Table(ctx)
		var of law.List
		for _, code := range a.Chosen(need.Name) {
			if one := table.Articles.ByCode(code); one != nil {
				of = append(of, one)
			}
		}
		if err == nil && len(of) < len(a.Chosen(need.Name)) {
			sentence = "没有这一条，请从列出的里面选"
		}
		return of.Basis(), sentence, err
	case workflow.FromCategories:
		one, ok, err := r.Categories.ByCode(ctx, a.Get(need.Name))
		if err == nil && !ok && !(need.Optional && a.Get(need.Name) == "") {
			sentence = "没有这一类，请从列出的里面选"
		}
		return one.Title, sentence, err
	}
	return workflow.Word(need.Options, a.Get(need.Name)), "", nil
}

// Choosable are the units of a source.
func (r *Register) Choosable(ctx context.Context, from workflow.Source) (unit.List, error) {
	switch from {
	case workflow.FromHelpers: // also one that has ended
		return r.Units.All(ctx)
	case workflow.FromHandling:
		return r.Units.Handling(ctx)
	case workflow.FromComplainable:
		return r.Units.Complainable(ctx)
	}
	return nil, fmt.Errorf("%q is no source of units", from)
}

// gone says of what was chosen and is not offered why it is not: a unit that has ended since,
// and by what it was followed.
func (r *Register) gone(ctx context.Context, offered unit.List, codes []string) (string, error) {
	all, err := r.Units.All(ctx)
	if err != nil {
		return "", err
	}
	for _, code := range codes {
		if _, ok := offered.ByCode(code); ok {
			continue
		}
		u, known := all.ByCode(code)
		if !known || u.Current || u.Until.IsZero() {
			continue
		}
		sentence := "“" + u.Name + "”到" + u.Until.Long() + "为止，已经撤销"
		if next, ok := all.ByCode(u.Successor); ok {
			sentence += "，由“" + next.Name + "”接替"
		}
		return sentence + "，请重新选", nil
	}
	return "没有这个单位，请从列出的里面选", nil
}
