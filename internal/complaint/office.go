package complaint

import (
	"context"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/workflow"
)

// askSupplement asks for what is written, one item a line.
func askSupplement(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	return request.Ask(ctx, s, a, "public", clock.Supplementing)
}

// reject says by which opinion it was finally rechecked, where that is the ground.
func reject(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Word("which", "")
	if a.Get("ground") != "REJECT_FINAL" {
		return nil
	}
	opinion := form.Line(a.Get("opinion"))
	if opinion == "" && a.Get("no_opinion") != "yes" {
		return fault.Fields([]fault.Field{{Name: "no_opinion", Sentence: "复核终结的，要写复核意见的文号，投诉人好核对", Asked: true}})
	}
	if opinion != "" {
		s.Word("which", "（复核意见"+opinion+"）")
	}
	return nil
}

// endAsked ends the requests that nobody waits for any more, of which so says it.
func endAsked(how request.End, so func(request.Request) bool) register.Effect {
	return func(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
		return request.EndAll(ctx, s, how, so)
	}
}

func everyRequest(request.Request) bool { return true }

func draftAnswer(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	keepPromise(s, a)
	s.Queue(`
		INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, demand)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @unit, @finding, @decision, @facts, @opinion, @basis, @demand
		FROM answer WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit,
			"finding": a.Get("finding"), "decision": a.Get("decision"), "facts": form.Text(a.Get("facts")),
			"opinion": form.Text(a.Get("opinion")), "basis": s.Act.Words[law.Basis], "demand": form.Text(a.Get("demand"))})
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
	if err := promiseOf(ctx, s, draft); err != nil {
		return err
	}
	if err := overAgreement(ctx, nil, s, nil); err != nil {
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
