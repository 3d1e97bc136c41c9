package complaint_test

import (
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestAnAnonymousIdentityStaysShutEvenWithAMailbox(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Who = complaint.Who{Kind: "citizen", Anonymous: "yes"}
	in.Contact = complaint.Contact{Email: "quiet@example.com", EDelivery: true, Confidential: "yes"}
	order := workflow.Order{Number: o.File(t, in).Number, By: o.People[staff.Supervisor], Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {"想知道是谁"}}}
	opened, err := o.Desk.OpenIdentity(t.Context(), order, o.Keys.Office)
	if !fault.Is(err, fault.Forbidden) || opened.Person.Email != "" {
		t.Errorf("opened: %v", err)
	}
}
