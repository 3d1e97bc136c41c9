package complaint_test

import (
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
)

// Two complaints a minute apart, one without a name: whoever reads them learns
// the day, and the complainant the minute.
func TestTheMinuteOfAnAnonymousSenderIsTheirsAlone(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.Wait(83 * time.Second)
	in := complainttest.Intake()
	in.Who = complaint.Who{Kind: "citizen", Anonymous: "yes"}
	in.Contact = complaint.Contact{Email: "quiet@example.com", EDelivery: true, Confidential: "yes"}
	receipt := o.File(t, in)
	named := o.File(t, complainttest.Intake())
	visitor, err := key.NewSecret(o.Portal.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Portal.Unlock(t.Context(), receipt.Number, receipt.Code, visitor, []byte("x")); err != nil {
		t.Fatal(err)
	}
	o.Wait(time.Hour)
	if _, err := o.Portal.MoveOwn(t.Context(), visitor, receipt.Number, complaint.Urge, complainttest.Token(), nil); err != nil {
		t.Fatal(err)
	}
	read := func(number string, by staff.Role) *complaint.Dossier {
		d, err := o.Desk.Read(t.Context(), o.People[by], number)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	today := clock.On(o.Now()).Begins()
	for _, by := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor} {
		d := read(receipt.Number, by)
		times := []time.Time{d.OpenedAt}
		for _, e := range d.Events {
			times = append(times, e.At)
		}
		for _, l := range d.Letters {
			times = append(times, l.CreatedAt)
		}
		for _, at := range times {
			if !at.Equal(today) {
				t.Errorf("%s reads %v", by, at)
			}
		}
		outbox, err := letter.Outbox(t.Context(), o.DB.Admin, o.People[by].Scope(), letter.Filter{Number: receipt.Number, Limit: 10})
		if err != nil || len(outbox) == 0 {
			t.Fatalf("%d letters, %v", len(outbox), err)
		}
		for _, l := range outbox {
			if !l.CreatedAt.Equal(today) || !l.Coarse {
				t.Errorf("%s reads in the outbox %v", by, l.CreatedAt)
			}
		}
	}
	if d := read(named.Number, staff.Registrar); d.Coarse || d.OpenedAt.Equal(today) {
		t.Errorf("who gave a name: %v", d.OpenedAt)
	}
	own, err := o.Portal.Own(t.Context(), visitor, receipt.Number)
	if err != nil || !own.OpenedAt.Equal(complainttest.Monday.Add(83*time.Second)) {
		t.Errorf("the complainant reads %v, %v", own.OpenedAt, err)
	}
}

// A unit that saw the minute of some and of others not would know who has no name.
func TestAUnitReadsTheDayOfWhatAnyComplainantDid(t *testing.T) {
	d := newDesk(t)
	d.Wait(time.Hour)
	d.toHandling()
	got := d.read(d.People[staff.Handler])
	for _, e := range got.Events {
		if e.Role == staff.Complainant && (!e.Coarse || !e.At.Equal(clock.On(e.At).Begins())) {
			t.Errorf("%s at %v", e.Action, e.At)
		}
	}
	if !got.Coarse || !got.OpenedAt.Equal(clock.On(d.Now()).Begins()) {
		t.Errorf("opened at %v", got.OpenedAt)
	}
}
