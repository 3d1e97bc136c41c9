package complaint

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Order is one staff member doing one thing to one complaint.
type Order struct {
	Number  string
	Action  workflow.Action
	By      staff.Person
	Token   []byte
	Answers Answers
}

// actor is a staff member as the engine records them.
func actor(p staff.Person) workflow.Actor {
	return workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}
}

// Move carries out a staff move of the table, all but opening an identity and
// opening a case (discipline.Register.OpenFrom).
func (r *Register) Move(ctx context.Context, o Order) (workflow.Done, error) {
	rows := Law.Rows(o.Action)
	if len(rows) == 0 || o.Action == OpenIdentity || o.Action == OpenCase {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	if err := fault.Fields(Faults(rows[0], o.Answers)); err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{
		Number: o.Number, Action: o.Action, By: actor(o.By), Scope: o.By.Scope(), Token: o.Token,
		Note: form.Text(o.Answers.Get("note")), Words: map[string]string{"public": form.Text(o.Answers.Get("public"))},
	}
	if err := r.words(ctx, rows[0], o.Answers, act.Words); err != nil {
		return workflow.Done{}, err
	}
	return r.Engine.Do(ctx, Law, act, func(ctx context.Context, s *workflow.Step) error {
		return r.effect(ctx, s, o.Answers)
	})
}

// words are what a move's public sentence is filled with; a unit or a category
// that does not exist is a fault of its field.
func (r *Register) words(ctx context.Context, m workflow.Move, a Answers, into map[string]string) error {
	var faults []fault.Field
	for _, need := range m.Needs {
		switch {
		case need.Kind == workflow.AskUnit || need.Kind == workflow.AskUnits:
			names, err := r.unitNames(ctx, need, a[need.Name])
			if err != nil {
				return err
			}
			if len(names) < len(chosen(a[need.Name])) {
				faults = append(faults, fault.Field{Name: need.Name, Sentence: "没有这个单位，请从列出的里面选"})
			}
			into[need.Name] = strings.Join(names, "、")
		case need.Name == "category":
			category, ok, err := r.Categories.ByCode(ctx, a.Get("category"))
			if err != nil {
				return err
			}
			if !ok {
				faults = append(faults, fault.Field{Name: "category", Sentence: "没有这一类，请从列出的里面选"})
			}
			into["category"] = category.Title
		case len(need.Options) > 0:
			into[need.Name] = word(need.Options, a.Get(need.Name))
		}
	}
	if co := into["co"]; co != "" {
		into["co"] = "，" + co + "配合"
	}
	return fault.Fields(faults)
}

// unitNames are the names of those units that the form of the need lists: the
// accused must be one that a complaint may name, or no desk would see it again,
// and whoever is to answer must be one that handles.
func (r *Register) unitNames(ctx context.Context, need workflow.Need, codes []string) ([]string, error) {
	listed := r.Units.Handling
	if need.Name == "unit" {
		listed = r.Units.Complainable
	}
	units, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, code := range chosen(codes) {
		if u, ok := units.ByCode(code); ok {
			names = append(names, u.Name)
		}
	}
	return names, nil
}

// chosen are the values that are not empty, each once.
func chosen(values []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// effect is what each move writes besides its event, clocks and letters.
func (r *Register) effect(ctx context.Context, s *workflow.Step, a Answers) error {
	switch s.Act.Action {
	case Accept:
		accept(s, a.Get("nature"), s.At)
	case SettleUnit:
		if err := r.settle(ctx, s, a.Get("unit")); err != nil {
			return err
		}
		s.SetCategory(a.Get("category"))
	case Dispatch:
		units, err := r.Units.All(ctx)
		if err != nil {
			return err
		}
		if err := staffed(ctx, s, a, func(code string) string { u, _ := units.ByCode(code); return u.Name }); err != nil {
			return err
		}
		dispatch(s, a)
	case Sign, CoSign:
		s.Queue(`UPDATE assignment SET signed_at = coalesce(signed_at, @at), signed_by = coalesce(signed_by, @by)
			WHERE matter_id = @id AND unit = @unit AND ended_at IS NULL`,
			pg.Args{"id": s.Matter.ID, "at": s.At, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit})
	case CoOpinion:
		s.Queue(`UPDATE assignment SET opinion_at = coalesce(opinion_at, @at) WHERE matter_id = @id AND unit = @unit AND ended_at IS NULL`,
			pg.Args{"id": s.Matter.ID, "at": s.At, "unit": s.Act.By.Unit})
	case AskSupplement:
		s.Word("until", "")
		if due, ok := s.Due(clock.Supplementing); ok {
			s.Word("until", "在"+due.On.Long()+"以前")
		}
	case CorrectNature:
		return correctNature(ctx, s, a.Get("nature"))
	case AgreeReturn, Recall, ReopenElsewhere, Transfer, ReferDiscipline:
		s.Queue(`UPDATE assignment SET ended_at = @at WHERE matter_id = @id AND ended_at IS NULL`,
			pg.Args{"id": s.Matter.ID, "at": s.At})
	case DraftAnswer:
		draftAnswer(s, a)
	case ApproveAnswer:
		_, err := fit(ctx, s)
		return err
	case Reply:
		return reply(ctx, s)
	case workflow.ReleaseBar:
		return workflow.Release(ctx, s, a.Get("bar"))
	}
	return nil
}

// accept starts the statutory clock where the nature has one, from the acceptance.
func accept(s *workflow.Step, nature string, accepted time.Time) {
	s.Queue(`UPDATE complaint SET nature = @nature WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID, "nature": nature})
	switch nature {
	case "RED":
		s.Start(clock.PetitionConclude, accepted)
	case "ACC":
		s.Flag(Accusation)
	}
}

// correctNature takes a wrong nature back. The statutory term has run from the
// acceptance, whatever it was called (信访工作条例 34).
func correctNature(ctx context.Context, s *workflow.Step, nature string) error {
	type row struct {
		Nature   string
		Accepted time.Time
	}
	was, err := pg.One[row](ctx, s.Conn, `
		SELECT coalesce(c.nature, '') AS nature, (SELECT max(e.at) FROM event e WHERE e.matter_id = c.matter_id AND e.action = @accept) AS accepted
		FROM complaint c WHERE c.matter_id = @id`, pg.Args{"id": s.Matter.ID, "accept": string(Accept)})
	if err != nil {
		return fmt.Errorf("nature to correct: %w", err)
	}
	if was.Nature == nature {
		return fault.Fields([]fault.Field{{Name: "nature", Sentence: "和现在的一样，不用更正"}})
	}
	s.Queue(`UPDATE clock SET stopped_seq = @seq, stopped_at = @at WHERE matter_id = @id AND rule = @rule AND stopped_at IS NULL`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "at": s.At, "rule": string(clock.PetitionConclude)})
	accept(s, nature, was.Accepted)
	return nil
}

func dispatch(s *workflow.Step, a Answers) {
	const insert = `INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@id, @unit, @part, @at)`
	lead := a.Get("lead")
	s.Queue(insert, pg.Args{"id": s.Matter.ID, "unit": lead, "part": "lead", "at": s.At})
	for _, co := range chosen(a["co"]) {
		if co != lead {
			s.Queue(insert, pg.Args{"id": s.Matter.ID, "unit": co, "part": "co", "at": s.At})
		}
	}
}

func draftAnswer(s *workflow.Step, a Answers) {
	s.Queue(`
		INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, demand)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @unit, @finding, @decision, @facts, @opinion, @basis, @demand
		FROM answer WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit,
			"finding": a.Get("finding"), "decision": a.Get("decision"), "facts": form.Text(a.Get("facts")),
			"opinion": form.Text(a.Get("opinion")), "basis": form.Text(a.Get("basis")), "demand": form.Text(a.Get("demand"))})
}

// reply sends the newest draft and takes its finding over.
func reply(ctx context.Context, s *workflow.Step) error {
	draft, err := fit(ctx, s)
	if err != nil {
		return err
	}
	args := pg.Args{"id": s.Matter.ID, "version": draft.Version}
	s.Queue(`UPDATE answer SET sent_at = @at WHERE matter_id = @id AND version = @version`, pg.Args{"id": s.Matter.ID, "version": draft.Version, "at": s.At})
	s.Queue(`
		UPDATE complaint c SET finding = a.finding, decision = a.decision
		FROM answer a WHERE c.matter_id = @id AND a.matter_id = @id AND a.version = @version`, args)
	switch draft.Finding {
	case "substantiated", "mostly", "partially":
		s.Flag(Substantiated)
	}
	return nil
}
