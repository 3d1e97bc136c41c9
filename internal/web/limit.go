package web

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
)

// maxAddresses bounds a limiter's memory; beyond it newcomers are let through,
// because a limit that shuts a village out is worse than none.
const maxAddresses = 50_000

// Limiter slows one address down. It is a soft limit: one process, in memory,
// several visitors may share an address; so it only ever asks to wait a little
// and is never the only defence. It keeps no address, only a hash under a key
// of this process, and nothing for longer than an hour.
type Limiter struct {
	burst float64
	every time.Duration // for one token to come back
	now   func() time.Time
	seed  maphash.Seed

	mu    sync.Mutex
	seen  map[uint64]bucket
	swept time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

// NewLimiter allows burst requests at once and one more each time every has
// passed. Refilling an empty bucket must take less than an hour.
func NewLimiter(burst int, every time.Duration, now func() time.Time) *Limiter {
	if burst < 1 || every <= 0 || time.Duration(burst)*every >= time.Hour {
		panic("web: a limiter must refill within an hour")
	}
	return &Limiter{burst: float64(burst), every: every, now: now,
		seed: maphash.MakeSeed(), seen: make(map[uint64]bucket), swept: now()}
}

// Take uses up one token of an address. The answer is 0, or how long to wait.
func (l *Limiter) Take(addr netip.Addr) time.Duration {
	key := maphash.Comparable(l.seed, Network(addr))
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	idle := now.Sub(l.swept)
	// When it is full, looking through all of it for every newcomer would cost
	// more than the flood itself.
	if idle >= time.Minute || idle >= time.Second && len(l.seen) >= maxAddresses {
		l.sweep(now)
	}
	b, known := l.seen[key]
	if !known {
		if len(l.seen) >= maxAddresses {
			return 0
		}
		b = bucket{tokens: l.burst, at: now}
	}
	b.tokens = min(l.burst, b.tokens+float64(now.Sub(b.at))/float64(l.every))
	b.at = now
	if b.tokens < 1 {
		l.seen[key] = b
		return time.Duration((1 - b.tokens) * float64(l.every))
	}
	b.tokens--
	l.seen[key] = b
	return 0
}

// Forget drops every bucket that is full again; Serve calls it each minute, so
// that nothing outlives the hour on a quiet night either.
func (l *Limiter) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(l.now())
}

func (l *Limiter) sweep(now time.Time) {
	full := time.Duration(l.burst * float64(l.every))
	for key, b := range l.seen {
		if now.Sub(b.at) >= full {
			delete(l.seen, key)
		}
	}
	l.swept = now
}

// Network is who shares a limit: an IPv4 address, or the /64 that one IPv6
// subscriber may change addresses in.
func Network(addr netip.Addr) netip.Addr {
	if addr.Is4() {
		return addr
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return addr
	}
	return p.Addr()
}

// Limiter is NewLimiter for a handler that asks it by itself; the site lets it
// forget in time.
func (a *App) Limiter(burst int, every time.Duration) *Limiter {
	l := NewLimiter(burst, every, a.cfg.Now)
	a.limiters = append(a.limiters, l)
	return l
}

func (a *App) slowDown(l *Limiter) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if after := l.Take(Address(c)); after > 0 {
			return fault.Later(after, "同一个网络短时间内试的次数太多，这一次没有处理，也没有保存。请稍等一会儿再试。")
		}
		return c.Next()
	}
}
