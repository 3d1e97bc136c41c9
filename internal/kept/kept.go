// Package kept keeps the answer to one question for a short time, so that a
// public page asks the database nothing and a thousand readers at once cost one
// round trip.
package kept

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Value is one answer. While one caller asks anew the others go on with the
// last answer for as long again as it lives, and then wait with him: what
// nobody asked for since yesterday is never shown today.
type Value[T any] struct {
	Life time.Duration
	Now  func() time.Time
	Read func(context.Context) (T, error)

	reading sync.Mutex
	last    atomic.Pointer[answer[T]]
}

type answer[T any] struct {
	value     T
	at        time.Time
	forgotten bool // it is no longer given, but still known
}

// Get is the answer, at most twice its life old.
func (v *Value[T]) Get(ctx context.Context) (T, error) {
	last := v.last.Load()
	if v.young(last, v.Life) {
		return last.value, nil
	}
	if !v.young(last, 2*v.Life) {
		v.reading.Lock()
	} else if !v.reading.TryLock() {
		return last.value, nil
	}
	defer v.reading.Unlock()
	if now := v.last.Load(); v.young(now, v.Life) {
		return now.value, nil // somebody asked while we waited
	}
	at := v.Now()
	value, err := v.Read(ctx)
	if err != nil {
		var none T
		return none, err
	}
	v.last.Store(&answer[T]{value: value, at: at})
	return value, nil
}

// Last is the last answer that there was, however old, for who must say something
// when asking fails; false when there was none.
func (v *Value[T]) Last() (value T, ok bool) {
	if last := v.last.Load(); last != nil {
		return last.value, true
	}
	return value, false
}

// Forget makes the next caller ask anew, after a change by this process.
func (v *Value[T]) Forget() {
	if last := v.last.Load(); last != nil {
		v.last.Store(&answer[T]{value: last.value, forgotten: true})
	}
}

func (v *Value[T]) young(a *answer[T], life time.Duration) bool {
	if a == nil || a.forgotten {
		return false
	}
	age := v.Now().Sub(a.at)
	return age >= 0 && age < life // a clock set back must not keep an answer for ever
}

// Values are the answers to one question about many things, at most Most of
// them: whoever asks for more, as a guesser of numbers does, empties the lot.
type Values[K comparable, T any] struct {
	Life time.Duration
	Most int
	Now  func() time.Time
	Read func(context.Context, K) (T, error)

	mu  sync.Mutex
	all map[K]*Value[T]
}

// Get is the answer about one thing.
func (v *Values[K, T]) Get(ctx context.Context, key K) (T, error) {
	v.mu.Lock()
	one := v.all[key]
	if one == nil {
		if v.all == nil || len(v.all) >= v.Most {
			v.all = map[K]*Value[T]{}
		}
		one = &Value[T]{Life: v.Life, Now: v.Now, Read: func(ctx context.Context) (T, error) { return v.Read(ctx, key) }}
		v.all[key] = one
	}
	v.mu.Unlock()
	return one.Get(ctx)
}
