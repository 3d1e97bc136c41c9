package complaint

import (
	"context"

	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// sendAgain writes the letters that did not go out down once more. The matter is locked,
// so what somebody else has sent again meanwhile is not sent twice.
func sendAgain(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	lost, err := letter.Lost(ctx, s.Conn, s.Matter.ID)
	if err != nil {
		return err
	}
	if len(lost) == 0 {
		return fault.New(fault.Conflict, "这件投诉没有要再发的信：都发成了，或者正在发。")
	}
	for _, l := range lost {
		s.Tell(workflow.Tell{Template: l.Template, To: l.Recipient})
	}
	return nil
}
