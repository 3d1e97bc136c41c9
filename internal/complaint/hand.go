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
	Left error // why it is not registered yet; NotFound where whoever took it down may not open it
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
	return Entered{receipt, err}, nil
}
