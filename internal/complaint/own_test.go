package complaint_test

import (
	"crypto/rand"
	"fmt"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// open shows the code of a receipt, as a browser does.
func (d *desk) open(r complaint.Receipt) key.Secret {
	d.t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.Portal.Unlock(d.t.Context(), r.Number, r.Code, visitor, []byte(r.Number)); err != nil {
		d.t.Fatal(err)
	}
	return visitor
}

func TestTheComplainantReadsTheirWholeMatterAndNoOther(t *testing.T) {
	d := newDesk(t)
	other := d.number
	receipt := d.File(t, complainttest.Intake())
	d.number = receipt.Number
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	visitor := d.open(receipt)

	own, err := d.Portal.Own(t.Context(), visitor, receipt.Number)
	if err != nil {
		t.Fatal(err)
	}
	if own.UnitName != "东岭镇人民政府" || own.Category == "" || own.Filed.Request != complainttest.Intake().Story.Request || own.Answer != nil {
		t.Errorf("about %q, %q: %q, answer %v", own.UnitName, own.Category, own.Filed.Request, own.Answer)
	}
	if len(own.Hands) != 2 || own.Hands[0].Unit != "县财政局" || own.Hands[0].Part != "lead" || own.Hands[0].Signed == nil || own.Hands[1].Signed != nil {
		t.Errorf("hands %+v", own.Hands)
	}
	if len(own.Events) == 0 || own.Events[len(own.Events)-1].Action != complaint.File || own.Events[0].Text == "" || !own.Events[0].At.Equal(d.Now()) {
		t.Errorf("events %+v", own.Events)
	}
	var rules []clock.Code
	for _, k := range own.Clocks {
		rules = append(rules, k.Rule)
		if k.DueOn.IsZero() || k.DueAt.IsZero() || k.StartedAt.IsZero() || k.Derivation == "" {
			t.Errorf("clock %+v", k)
		}
	}
	if len(rules) < 3 || own.Clocks[0].Rule != clock.PlatformRegister || own.Clocks[0].Running() {
		t.Errorf("clocks %v", rules)
	}

	d.do(staff.Supervisor, complaint.Reply)
	if own, err = d.Portal.Own(t.Context(), visitor, receipt.Number); err != nil {
		t.Fatal(err)
	}
	if a := own.Answer; a == nil || a.Unit != "县财政局" || a.Finding != "substantiated" || a.SentAt == nil || !a.SentAt.Equal(d.Now()) {
		t.Errorf("answer %+v", a)
	}

	if _, err := d.Portal.Own(t.Context(), visitor, other); !fault.Is(err, fault.Expired) {
		t.Errorf("another's matter: %v", err)
	}
	for _, conn := range d.DB.Portal.AcquireAllIdle(t.Context()) {
		left, err := pg.One[string](t.Context(), conn, `SELECT coalesce(current_setting('zhengxin.unlock', true), '')`, nil)
		if err != nil || left != "" {
			t.Errorf("a connection still has %q open, %v", left, err)
		}
		conn.Release()
	}
}

// What is said against an answer and in the words of a rating is told to whom its writer
// chose; where they did not, what tells of threats is read by no unit.
func TestWordsAreReadByWhomTheyAreToldTo(t *testing.T) {
	const calm, pressed = "利息没有算", "他们上门威胁我，叫我写满意"
	for _, c := range []struct {
		words, told string
		read        bool
	}{
		{calm, "", true}, {calm, "all", true}, {calm, "desk", false},
		{pressed, "", false}, {pressed, "all", true}, {pressed, "desk", false},
	} {
		t.Run(fmt.Sprintf("%s told to %q", c.words, c.told), func(t *testing.T) {
			d := newDesk(t)
			receipt := d.toReplied()
			own := d.own(receipt)
			if err := own(complaint.Rate, "rating", "dissatisfied", "solved", "unsolved", "rating_words", c.words, "told", c.told); err != nil {
				t.Fatal(err)
			}
			if err := own(complaint.Contest, "note", c.words, "told", c.told); err != nil {
				t.Fatal(err)
			}
			for _, role := range []staff.Role{staff.Handler, staff.UnitHead, staff.Registrar, staff.Supervisor} {
				found, err := d.Desk.Read(t.Context(), d.People[role], d.number)
				if err != nil {
					t.Fatal(err)
				}
				desk := role == staff.Registrar || role == staff.Supervisor
				want, apart := "", desk && !c.read
				if c.read || desk {
					want = c.words
				}
				e, o := found.Events[0], found.Outcome
				if o.RatingWords != want || e.Action != complaint.Contest || e.Words != want {
					t.Errorf("a %s reads the rating %q and the contest %q", role, o.RatingWords, e.Words)
				}
				if o.RatingApart != apart || e.Apart != apart {
					t.Errorf("a %s is told that no unit reads the rating: %t, and the contest: %t", role, o.RatingApart, e.Apart)
				}
			}
		})
	}
}
