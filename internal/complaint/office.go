package complaint

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/workflow"
)

// askSupplement asks for what is written, one item a line.
func askSupplement(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	return request.Ask(ctx, s, a, "public", clock.Supplementing)
}

// endAsked ends the requests that nobody waits for any more, of which so says it.
func endAsked(how request.End, so func(request.Request) bool) register.Effect {
	return func(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
		return request.EndAll(ctx, s, how, so)
	}
}

func everyRequest(request.Request) bool { return true }

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
func correctNature(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	nature := a.Get("nature")
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
	s.Stop(clock.PetitionConclude)
	accept(s, nature, was.Accepted)
	return nil
}

func draftAnswer(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Queue(`
		INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, demand)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @unit, @finding, @decision, @facts, @opinion, @basis, @demand
		FROM answer WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit,
			"finding": a.Get("finding"), "decision": a.Get("decision"), "facts": form.Text(a.Get("facts")),
			"opinion": form.Text(a.Get("opinion")), "basis": form.Text(a.Get("basis")), "demand": form.Text(a.Get("demand"))})
	return nil
}

// reply sends the newest draft and takes its finding over.
func reply(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	draft, err := fit(ctx, s)
	if err != nil {
		return err
	}
	if err := request.EndAll(ctx, s, request.Over, everyRequest); err != nil {
		return err
	}
	args := pg.Args{"id": s.Matter.ID, "version": draft.Version}
	s.Queue(`UPDATE answer SET sent_at = @at WHERE matter_id = @id AND version = @version`, pg.Args{"id": s.Matter.ID, "version": draft.Version, "at": s.At})
	s.Queue(`
		UPDATE complaint c SET finding = a.finding, decision = a.decision
		FROM answer a WHERE c.matter_id = @id AND a.matter_id = @id AND a.version = @version`, args)
	if foundTrue(draft.Finding) {
		s.Flag(Substantiated)
	}
	return nil
}
