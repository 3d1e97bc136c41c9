package complaint_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
)

func TestADraftBeyondItsTableIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	drafts := &complaint.Drafts{Pool: o.DB.Portal, Now: o.Now}
	visitor, err := key.NewSecret(strings.NewReader(strings.Repeat("visitor ", 16)))
	if err != nil {
		t.Fatal(err)
	}
	for size, fits := range map[int]bool{250 << 10: true, 250<<10 + 1: false} {
		_, err := drafts.Save(t.Context(), visitor, make([]byte, size))
		var said *fault.Error
		if fits != (err == nil) || !fits && (!errors.As(err, &said) || said.Kind != fault.TooLarge) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// TestASaveThatWasOvertakenReplacesNothing: what the script saves may arrive after the step
// itself, and knows less than it.
func TestASaveThatWasOvertakenReplacesNothing(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	drafts := &complaint.Drafts{Pool: o.DB.Portal, Now: o.Now}
	visitor, err := key.NewSecret(strings.NewReader(strings.Repeat("visitor ", 16)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drafts.Save(t.Context(), visitor, []byte("typed")); err != nil {
		t.Fatal(err)
	}
	read := func() complaint.Saved {
		t.Helper()
		saved, err := drafts.Load(t.Context(), visitor)
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
	was := read()
	if _, there, err := drafts.Update(t.Context(), visitor, []byte("sent"), time.Time{}); err != nil || !there {
		t.Fatal(there, err)
	}
	if _, there, err := drafts.Replace(t.Context(), visitor, was, []byte("typed, and more"), time.Time{}); err != nil || there {
		t.Errorf("a save that came late was taken: %v", err)
	}
	if now := read(); string(now.Content) != "sent" {
		t.Errorf("the draft holds %q", now.Content)
	}
	if _, there, err := drafts.Replace(t.Context(), visitor, read(), []byte("sent, then typed"), time.Time{}); err != nil || !there {
		t.Errorf("a save in time is refused: %v", err)
	}
	if now := read(); string(now.Content) != "sent, then typed" {
		t.Errorf("the draft holds %q", now.Content)
	}
}
