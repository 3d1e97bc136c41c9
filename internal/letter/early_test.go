package letter_test

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// urge has the complainant of a receipt urge, and gives the letter that it causes.
func urge(t *testing.T, o *complainttest.Office, receipt complaint.Receipt) string {
	t.Helper()
	visitor, err := key.NewSecret(o.Portal.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Portal.Unlock(t.Context(), receipt.Number, receipt.Code, visitor, []byte(receipt.Number)); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Portal.MoveOwn(t.Context(), visitor, receipt.Number, complaint.Urge, complainttest.Token(), nil); err != nil {
		t.Fatal(err)
	}
	message, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT message_id FROM letter ORDER BY id DESC LIMIT 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

// What an office's mailbox gets tells the day on which somebody without a name did
// something, and not the minute: not by its Date, nor by when it comes, nor by what it
// stands between on the desk.
func TestALetterOfTheNamelessGoesWhenTheDayIsOver(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	s.post.Desk = func(context.Context) string { return "desk@office.example" }
	nameless := complainttest.Intake()
	nameless.Who, nameless.Contact = complaint.Who{Kind: "citizen", Anonymous: "yes"}, complaint.Contact{Confidential: "yes"}
	quiet, quieter := s.File(t, nameless), s.File(t, nameless)
	today := clock.On(s.Now())
	s.Wait(17 * time.Minute)
	before := urge(t, s.Office, s.receipt) // by who gave a name: at once
	s.Wait(3 * time.Minute)
	first := urge(t, s.Office, quiet)
	s.Wait(2 * time.Minute)
	second := urge(t, s.Office, quieter)
	s.Wait(5 * time.Minute)
	named := s.File(t, complainttest.Intake())
	after := urge(t, s.Office, named)

	var early letter.Early
	for _, message := range []string{first, second} {
		if err := s.post.Send(t.Context(), message, false); !errors.As(err, &early) || !s.Now().Add(early.By).Equal(today.Ends().Add(-time.Second)) {
			t.Errorf("at once: %v, %v", err, early)
		}
	}
	for _, message := range []string{before, after} {
		if err := s.post.Send(t.Context(), message, false); err != nil {
			t.Errorf("who gave a name: %v", err)
		}
	}
	if n := len(server.Taken()); n != 2 {
		t.Fatalf("%d letters", n)
	}
	// On the desk it stands at once, and beside no minute.
	box, err := letter.Outbox(t.Context(), s.DB.Admin, s.People[staff.Supervisor].Scope(), letter.Filter{Limit: 10})
	if err != nil || len(box) < 4 || !box[0].Coarse || !box[1].Coarse || box[2].Coarse || box[3].Coarse {
		t.Errorf("%+v, %v", box, err)
	}
	rest, err := letter.Outbox(t.Context(), s.DB.Admin, s.People[staff.Supervisor].Scope(), letter.Filter{Limit: 10, Before: box[1].ID})
	if err != nil || len(rest) != len(box)-2 || rest[0].ID != box[2].ID {
		t.Errorf("the next page: %+v, %v", rest, err)
	}

	s.Wait(today.Ends().Sub(s.Now()))
	for _, message := range []string{first, second} {
		if err := s.post.Send(t.Context(), message, false); err != nil {
			t.Errorf("when the day is over: %v", err)
		}
	}
	taken := server.Taken()
	if len(taken) != 4 {
		t.Fatalf("%d letters", len(taken))
	}
	for _, raw := range taken[2:] {
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if at, err := m.Header.Date(); err != nil || !at.Equal(today.Ends().Add(-time.Second)) {
			t.Errorf("Date: %s", m.Header.Get("Date"))
		}
	}
}
