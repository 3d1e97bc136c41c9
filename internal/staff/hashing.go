package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// Hashing makes and checks password hashes, only so many at once: a flood of
// logins would otherwise take every core and gigabytes of memory.
type Hashing struct {
	slots chan struct{}
	// familiar is the lane of browsers that are known, which no flood of
	// strangers stands in.
	familiar chan struct{}
	cost     argon2id.Params
	decoy    string
}

// NewHashing is argon2id at OWASP's second choice (19 MB, 2 passes, 44 ms
// here) on all cores but one.
func NewHashing() (*Hashing, error) {
	return newHashing(max(1, runtime.NumCPU()-1), argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// NewQuickHashing is for tests: right, but worth nothing against a guesser.
func NewQuickHashing() (*Hashing, error) {
	return newHashing(2, argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

func newHashing(slots int, cost argon2id.Params) (*Hashing, error) {
	// What compares a password with it works as hard as with a real one; to make a
	// real one would take as long again at every start.
	noise := make([]byte, cost.SaltLength+cost.KeyLength)
	if _, err := rand.Read(noise); err != nil {
		return nil, fmt.Errorf("staff: hash: %w", err)
	}
	text := base64.RawStdEncoding.EncodeToString
	decoy := fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", cost.Memory, cost.Iterations, cost.Parallelism, text(noise[:cost.SaltLength]), text(noise[cost.SaltLength:]))
	return &Hashing{slots: make(chan struct{}, slots), familiar: make(chan struct{}, 1), cost: cost, decoy: decoy}, nil
}

// Hash is what the database keeps of a password, without what stands around it.
func (h *Hashing) Hash(ctx context.Context, password string) (string, error) {
	password = barePassword(password)
	leave, err := h.enter(ctx, false)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(password, &h.cost)
	if err != nil {
		return "", fmt.Errorf("staff: hash: %w", err)
	}
	return hash, nil
}

// compare checks a password for one who has entered. An empty hash, of somebody
// we do not know, costs the same and never matches.
func (h *Hashing) compare(password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = h.decoy
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("staff: hash: %w", err)
	}
	return ok && known, nil
}

// enter waits for a slot, no longer than the request lives.
func (h *Hashing) enter(ctx context.Context, familiar bool) (leave func(), err error) {
	lane := h.slots
	if familiar {
		lane = h.familiar
	}
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("staff: too many logins at once: %w", ctx.Err())
	}
}
