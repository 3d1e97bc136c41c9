package web

import "time"

// HurryUp makes the connection deadlines short enough for a test.
func HurryUp(a *App, d time.Duration) { a.fiber.Server().ReadTimeout = d }

// Drain puts the site in the state that it has while it goes away.
func Drain(a *App) { a.draining.Store(true) }

// Held is how many addresses a limiter remembers.
func Held(l *Limiter) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.seen)
}

// MaxAddresses is the bound on Held.
const MaxAddresses = maxAddresses
