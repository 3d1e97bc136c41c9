package invitation_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/invitation"
	"zhengxin/internal/workflow"
)

// model is what an invitee's part becomes by each move, and from which it may be done; of
// these the first three are done until it is held, the others after.
var model = map[workflow.Action]struct {
	from   []invitation.What
	to     invitation.What
	before bool
	with   []string
}{
	invitation.Accept:       {[]invitation.What{"asked", "declined", "withdrawn"}, "accepted", true, []string{"how", "phone"}},
	invitation.Decline:      {[]invitation.What{"asked"}, "declined", true, []string{"how", "phone"}},
	invitation.Withdraw:     {[]invitation.What{"accepted"}, "withdrawn", true, []string{"how", "phone", "public", "出差"}},
	invitation.Attend:       {[]invitation.What{"asked", "accepted", "declined", "withdrawn"}, "came", false, nil},
	invitation.ReportSeen:   {[]invitation.What{"came", "reported"}, "reported", false, []string{"how", "paper", "seen", "看到"}},
	invitation.AnswerReport: {[]invitation.What{"reported"}, "answered", false, []string{"outcome", "adopted", "public", "照办"}},
}

// Whatever is tried in whichever order, each invitee's part is what the model has, and
// nothing of one moves another; a new date makes all of them asked.
func TestEachInviteesPartIsTheirOwn(t *testing.T) {
	b := newBench(t)
	b.invite(asking("held_on", "2026-3-2", "reply_by", "2026-3-2"))
	parts, held := map[string]invitation.What{"1": "asked", "2": "asked", "3": "asked"}, false
	actions := []workflow.Action{invitation.Accept, invitation.Decline, invitation.Withdraw, invitation.Attend, invitation.ReportSeen, invitation.AnswerReport}
	random := rand.New(rand.NewPCG(8, 2))
	needs := map[workflow.Action]string{invitation.Attend: "came", invitation.AnswerReport: "reporter"}
	for i := range 160 {
		who, action := []string{"1", "2", "3"}[random.IntN(3)], actions[random.IntN(len(actions))]
		switch {
		case i == 50:
			b.do(invitation.Postpone, "held_on", "2026-3-2", "hour", "九点", "place", "大厅", "reply_by", "2026-3-2", "report_by", "2026-4-3", "public", "装修")
			parts = map[string]invitation.What{"1": "asked", "2": "asked", "3": "asked"}
		case i == 100:
			b.do(invitation.Hold, "came", "2", "public", "看了")
			parts["2"], held = "came", true
		}
		row, need := model[action], needs[action]
		if need == "" {
			need = "who"
		}
		may := row.before != held
		for _, from := range row.from {
			if may && from == parts[who] {
				parts[who], may = row.to, true
				break
			} else if from == row.from[len(row.from)-1] {
				may = false
			}
		}
		err := b.try(action, append([]string{need, who}, row.with...)...)
		if (err == nil) != may || err != nil && fault.KindOf(err) == fault.Internal {
			t.Fatalf("step %d: %s of %s: %v, and by the model %v", i, action, who, err, may)
		}
		b.Wait(time.Second)
		p, err := b.invitations.Read(t.Context(), b.People["supervisor"], b.number)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range p.Invitees {
			if want := parts[string(rune('0'+one.No))]; one.Part != want {
				t.Fatalf("step %d, %s of %s: %s is %q, by the model %q", i, action, who, one.Name, one.Part, want)
			}
		}
	}
	b.verify()
}
