package pg

import (
	"errors"
	"math"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"zhengxin/internal/fault"
)

func TestAFullDiskHasNoRoom(t *testing.T) {
	t.Parallel()
	if err := Room(t.TempDir()); err != nil {
		t.Errorf("an ordinary disk: %v", err)
	}
	if err := room(t.TempDir(), math.MaxUint64); err == nil {
		t.Error("a disk with less than is needed has room")
	}
	if err := Room("/nowhere/at/all"); err == nil {
		t.Error("a folder that is not there has room")
	}
}

func TestADatabaseThatIsAwayOrFullIsToldFromAMistake(t *testing.T) {
	t.Parallel()
	for code, away := range map[string]bool{"53100": true, "53300": true, "57P01": true, "57P03": true, "23505": false, "42501": false, "57014": false} {
		if got := errors.Is(Safe(&pgconn.PgError{Code: code}), fault.ErrUnreachable); got != away {
			t.Errorf("%s: away %t", code, got)
		}
	}
	if _, err := pgx.Connect(t.Context(), "postgres://x@/x?host=/nowhere/at/all"); !errors.Is(Safe(err), fault.ErrUnreachable) {
		t.Error("no connection is not away")
	}
}
