package kept_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhengxin/internal/kept"
)

// hands is a clock that is moved by hand.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.at }

func (h *hands) wait(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.at = h.at.Add(d) }

func TestManyCallersAtOnceAskOnce(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Unix(0, 0)}
	var asked atomic.Int64
	v := kept.Value[int64]{Life: time.Second, Now: clock.now, Read: func(context.Context) (int64, error) { return asked.Add(1), nil }}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if got, err := v.Get(t.Context()); got != 1 || err != nil {
				t.Errorf("got %d, %v", got, err)
			}
		})
	}
	all.Wait()
	clock.wait(time.Second)
	if got, _ := v.Get(t.Context()); got != 2 {
		t.Errorf("after its life: %d", got)
	}
	clock.wait(-time.Hour)
	if got, _ := v.Get(t.Context()); got != 3 {
		t.Errorf("after the clock went back: %d", got)
	}
}

func TestOthersGoOnWithTheLastAnswerButNotForLong(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Unix(0, 0)}
	var asked atomic.Int64
	slow, begun := make(chan struct{}), make(chan struct{}, 2)
	v := kept.Value[int64]{Life: time.Second, Now: clock.now, Read: func(context.Context) (int64, error) {
		n := asked.Add(1)
		if n > 1 {
			begun <- struct{}{}
			<-slow
		}
		return n, nil
	}}
	if _, err := v.Get(t.Context()); err != nil {
		t.Fatal(err)
	}
	clock.wait(1500 * time.Millisecond)
	got := make(chan int64, 2)
	go func() { n, _ := v.Get(context.Background()); got <- n }()
	<-begun
	if n, _ := v.Get(t.Context()); n != 1 {
		t.Errorf("while another asks: %d", n)
	}
	clock.wait(time.Hour)
	go func() { n, _ := v.Get(context.Background()); got <- n }()
	close(slow)
	for range 2 {
		if n := <-got; n < 2 {
			t.Errorf("an answer of an hour ago was shown")
		}
	}
}

func TestAFaultIsNotKept(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Unix(0, 0)}
	fails := true
	v := kept.Value[string]{Life: time.Second, Now: clock.now, Read: func(context.Context) (string, error) {
		if fails {
			return "half", errors.New("away")
		}
		return "whole", nil
	}}
	if got, err := v.Get(t.Context()); err == nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
	if last, ok := v.Last(); ok {
		t.Errorf("a fault is the last answer: %q", last)
	}
	fails = false
	if got, err := v.Get(t.Context()); got != "whole" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	fails = true
	v.Forget()
	if got, err := v.Get(t.Context()); err == nil {
		t.Errorf("what was forgotten is given: %q", got)
	}
	if last, ok := v.Last(); last != "whole" || !ok {
		t.Errorf("the last answer is %q, %v", last, ok)
	}
}

func TestAGuesserOfNumbersFillsNoMemory(t *testing.T) {
	t.Parallel()
	clock := &hands{at: time.Unix(0, 0)}
	asked := map[int]int{}
	v := kept.Values[int, int]{Life: time.Minute, Most: 10, Now: clock.now, Read: func(_ context.Context, n int) (int, error) {
		asked[n]++
		return n, nil
	}}
	for n := range 10 {
		for range 2 {
			if got, err := v.Get(t.Context(), n); got != n || err != nil {
				t.Fatalf("got %d, %v", got, err)
			}
		}
	}
	for n, times := range asked {
		if times != 1 {
			t.Errorf("%d was asked for %d times", n, times)
		}
	}
	for n := range 11 {
		if _, err := v.Get(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := v.Get(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if asked[0] != 2 {
		t.Errorf("0 was asked for %d times, want 2: the eleventh empties the ten", asked[0])
	}
}
