package complaint_test

import (
	"errors"
	"strings"
	"testing"

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
