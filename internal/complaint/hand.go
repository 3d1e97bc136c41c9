package complaint

import (
	"context"

	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Entered is what became of a complaint that the office took down by hand.
type Entered struct {
	Receipt
	Left  error  // why it is not registered yet; NotFound where whoever took it down may not open it
	Into  string // with which one it is answered
	Apart error  // why it was not joined to that, though it was to be
}

// Enter files what did not come over the web and registers it at once: whoever takes it
// down has it before them, and a step that only says so helps nobody. It is filed first,
// so that nothing that fails afterwards loses it, and what is about somebody's own office
// is left to others to register.
func (r *Register) Enter(ctx context.Context, in Intake, by staff.Person, token []byte) (Entered, error) {
	receipt, err := r.File(ctx, Filing{Intake: in, By: workflow.ActorOf(by), Token: token})
	if err != nil {
		return Entered{}, err
	}
	_, err = r.Move(ctx, workflow.Order{Number: receipt.Number, Action: EnterRegister, By: by})
	if fault.Is(err, fault.Conflict) && receipt.Repeated {
		err = nil // it was registered the first time
	}
	return Entered{Receipt: receipt, Left: err}, nil
}

// EnterInto is Enter of what says the same as another, which is under way: it is accepted as
// that one was and joined to it. What cannot be is left where it stands, registered.
func (r *Register) EnterInto(ctx context.Context, in Intake, by staff.Person, token []byte, main string) (Entered, error) {
	entered, err := r.Enter(ctx, in, by, token)
	if err != nil || entered.Left != nil || main == "" {
		return entered, err
	}
	entered.Into, entered.Apart = main, r.joinAs(ctx, by, entered, main)
	return entered, nil
}

func (r *Register) joinAs(ctx context.Context, by staff.Person, entered Entered, main string) error {
	like, err := r.Read(ctx, by, main)
	if err != nil {
		return err
	}
	if !Leads(like.Matter.State) || like.Outcome.Nature == "" {
		return fault.New(fault.Conflict, "那一件现在是“%s”，不能并进去。", Law.State(like.Matter.State).Word)
	}
	for _, step := range []struct {
		action  workflow.Action
		answers workflow.Answers
	}{
		{Accept, workflow.Answers{"nature": {like.Outcome.Nature}, "track": {like.Matter.Class.Track}}},
		{Join, workflow.Answers{"main": {main}}},
	} {
		_, err := r.Move(ctx, workflow.Order{Number: entered.Number, Action: step.action, By: by, Answers: step.answers})
		if err != nil && !(entered.Repeated && fault.Is(err, fault.Conflict)) {
			return err
		}
	}
	return nil
}
