package proposal_test

import (
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
)

// A proposal whose unit has nobody who can act is told of as a complaint is, once, and it
// ends by itself when somebody is there again.
func TestAProposalWithNobodyInItsUnitIsToldOf(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	everybody := func(sql string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), b.DB.Owner, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	everybody(`UPDATE staff SET disabled_at = now() WHERE role IN ('handler', 'unit_head')`)
	b.until(clock.On(b.Now()).AddDays(1))
	if n := b.did(ladder.Idle); n != 1 {
		t.Errorf("told %d times", n)
	}
	everybody(`UPDATE staff SET disabled_at = NULL`)
	b.until(clock.On(b.Now()).AddDays(1))
	if idle, manned := b.did(ladder.Idle), b.did(ladder.Manned); idle != 1 || manned != 1 {
		t.Errorf("somebody is there again: told %d and %d times", idle, manned)
	}
}
