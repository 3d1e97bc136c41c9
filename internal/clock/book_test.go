package clock_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhengxin/internal/clock"
)

// wall is a clock that a test moves by hand.
type wall struct{ at atomic.Int64 }

func (w *wall) now() time.Time          { return time.Unix(0, w.at.Load()) }
func (w *wall) forward(d time.Duration) { w.at.Add(int64(d)) }

func table(t testing.TB) clock.Table {
	t.Helper()
	first := promise("accepted", 30, clock.NaturalDays)
	first.ValidFrom, first.ValidTo = date(t, "2024-01-01"), date(t, "2026-06-30")
	second := promise("accepted", 20, clock.NaturalDays)
	second.Version, second.ValidFrom = 2, date(t, "2026-07-01")
	return clock.Table{Rules: []clock.Rule{second, first}, Calendar: calendar(t)}
}

func TestATermFollowsTheVersionInForceWhenItStarts(t *testing.T) {
	t.Parallel()
	for started, version := range map[string]int{
		"2024-01-01 00:00": 1, "2026-06-30 23:59": 1, "2026-07-01 00:00": 2, "2026-11-23 09:00": 2,
	} {
		d, ok := table(t).Due(clock.PlatformAnswer, moment(t, started))
		if !ok || d.Version != version {
			t.Errorf("%s: version %d, %v; want %d", started, d.Version, ok, version)
		}
	}
	for code, started := range map[clock.Code]string{
		clock.PlatformAnswer: "2023-12-31 09:00", clock.PetitionObject: "2026-11-23 09:00",
	} {
		if d, ok := table(t).Due(code, moment(t, started)); ok {
			t.Errorf("%s on %s: counted to %s without a rule", code, started, d.On)
		}
	}
}

func TestTheBookLoadsOnceUntilItsTimeIsUp(t *testing.T) {
	t.Parallel()
	var loads atomic.Int32
	w := new(wall)
	book := &clock.Book{
		Load: func(context.Context) (clock.Table, error) { loads.Add(1); return table(t), nil },
		Now:  w.now, TTL: time.Minute,
	}
	ask := func() {
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := book.Table(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	ask()
	w.forward(59 * time.Second)
	ask()
	if n := loads.Load(); n != 1 {
		t.Errorf("%d loads within the time", n)
	}
	w.forward(time.Second)
	ask()
	if n := loads.Load(); n != 2 {
		t.Errorf("%d loads after it", n)
	}
}

func TestOthersGoOnWithTheOldTableWhileOneLoads(t *testing.T) {
	t.Parallel()
	w, started, release := new(wall), make(chan struct{}), make(chan struct{})
	first := true
	book := &clock.Book{Now: w.now, TTL: time.Minute, Load: func(context.Context) (clock.Table, error) {
		if first {
			first = false
			return table(t), nil
		}
		close(started)
		<-release
		return clock.Table{}, nil
	}}
	if _, err := book.Table(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.forward(90 * time.Second)
	var loader sync.WaitGroup
	loader.Go(func() {
		if _, err := book.Table(t.Context()); err != nil {
			t.Error(err)
		}
	})
	<-started
	if old, err := book.Table(t.Context()); err != nil || len(old.Rules) != 2 {
		t.Errorf("%d rules, %v", len(old.Rules), err)
	}
	close(release)
	loader.Wait()
	if fresh, err := book.Table(t.Context()); err != nil || len(fresh.Rules) != 0 {
		t.Errorf("%d rules after the load, %v", len(fresh.Rules), err)
	}
}

func TestAFailedLoadIsToldAndTriedAgain(t *testing.T) {
	t.Parallel()
	broken := errors.New("no database")
	fail := true
	book := &clock.Book{Now: new(wall).now, TTL: time.Minute, Load: func(context.Context) (clock.Table, error) {
		if fail {
			return clock.Table{}, broken
		}
		return table(t), nil
	}}
	if _, err := book.Table(t.Context()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	fail = false
	if _, err := book.Calendar(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAStoredClockKeepsWhatItPromised(t *testing.T) {
	t.Parallel()
	old := table(t)
	d, err := old.Rules[1].Due(old.Calendar, moment(t, "2026-06-30 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	row := clock.Row{
		Rule: d.Rule, Version: d.Version, StartedAt: d.Started, DueOn: d.On, DueAt: d.At,
		Provisional: d.Provisional, Derivation: d.Derivation,
	}
	if got := old.Kept(row); got != d {
		t.Errorf("got %+v, want %+v", got, d)
	}
	row.Version = 9 // of another process
	if got := old.Kept(row); got.On != d.On || got.At != d.At || got.Derivation != d.Derivation {
		t.Errorf("a version not yet read lost its promise: %+v", got)
	}
}

// A machine's clock that was set wrong and back must not keep a table for years.
func TestAClockThatJumpedBackIsNoticed(t *testing.T) {
	t.Parallel()
	var loads atomic.Int32
	w := new(wall)
	book := &clock.Book{
		Load: func(context.Context) (clock.Table, error) { loads.Add(1); return table(t), nil },
		Now:  w.now, TTL: time.Minute,
	}
	for _, jump := range []time.Duration{0, 5 * 365 * 24 * time.Hour, -5 * 365 * 24 * time.Hour} {
		w.forward(jump)
		if _, err := book.Table(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := loads.Load(); n != 3 {
		t.Errorf("%d loads in three times", n)
	}
}
