package staff

import (
	"bytes"
	"context"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// How many guesses one guesser has in a window. The window does not grow by
// trying on, so nobody waits longer than a quarter of an hour, and who guesses
// at a person's password from elsewhere does not make that person wait.
const (
	guessWindow  = 15 * time.Minute
	pairLimit    = 5  // at one login from one address
	addressLimit = 12 // at any logins from one address
	otpLimit     = 10 // at one person's codes, by whoever has the password
)

// counter is one thing that is counted, and how far.
type counter struct {
	key   []byte
	limit int
}

// attempts are the guesses that were counted since a time.
type attempts struct {
	Key   []byte
	Tries int
	Since time.Time
}

// check compares a password and counts the guess. Counting begins only when it
// is its turn for the hash: a whole office that logs in at nine behind one
// address must not look like as many guesses.
func (r *Register) check(ctx context.Context, counters []counter, password, hash string) (bool, error) {
	if err := r.refused(ctx, counters); err != nil {
		return false, err
	}
	leave, err := r.Hashing.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	if err := r.reserve(ctx, counters); err != nil {
		return false, err
	}
	right, err := r.Hashing.compare(password, hash)
	if err != nil || !right {
		return false, err
	}
	return true, r.forgive(ctx, counters)
}

// guesser counts an attempt at a password.
func (r *Register) guesser(login string, from netip.Addr) []counter {
	at := network(from).String()
	return []counter{
		{r.attemptKey("pair", login, at), pairLimit},
		{r.attemptKey("address", at), addressLimit},
	}
}

// otpGuesser counts by person: whoever guesses codes knows the password, and
// could come from anywhere.
func (r *Register) otpGuesser(id int64) []counter {
	return []counter{{r.attemptKey("otp", strconv.FormatInt(id, 10)), otpLimit}}
}

// attemptKey is a keyed hash, so that the table holds no login and no address.
// No query code contains a space or a small letter, so the code key's lookups
// and these can never meet.
func (r *Register) attemptKey(parts ...string) []byte {
	text := "login attempt"
	for _, p := range parts {
		text += " " + strconv.Itoa(len(p)) + ":" + p
	}
	return r.Key.Codes().MAC(text)
}

// reserve counts a guess before it is looked at, so that a hundred at once are
// a hundred; forgive takes it back when it was right.
func (r *Register) reserve(ctx context.Context, counters []counter) error {
	now := r.Now()
	rows, err := pg.All[attempts](ctx, r.Pool, `
		INSERT INTO login_attempt AS a (key, tries, since)
		SELECT k, 1, @now FROM unnest(@keys::bytea[]) AS k ORDER BY k
		ON CONFLICT (key) DO UPDATE SET
			tries = CASE WHEN a.since <= @over THEN 1 ELSE least(a.tries + 1, 1000000) END,
			since = CASE WHEN a.since <= @over THEN excluded.since ELSE a.since END
		RETURNING key, tries, since`,
		pg.Args{"keys": keysOf(counters), "now": now, "over": now.Add(-guessWindow)})
	if err != nil {
		return err
	}
	return refusal(counters, rows, 0, now)
}

// refused is reserve without counting: who is over the limit already must not
// stand in the queue for the hash.
func (r *Register) refused(ctx context.Context, counters []counter) error {
	now := r.Now()
	rows, err := pg.All[attempts](ctx, r.Pool, `
		SELECT key, tries, since FROM login_attempt WHERE key = ANY (@keys::bytea[]) AND since > @over`,
		pg.Args{"keys": keysOf(counters), "over": now.Add(-guessWindow)})
	if err != nil {
		return err
	}
	return refusal(counters, rows, 1, now)
}

// refusal says how long to wait when the counts and some more are beyond the
// limits.
func refusal(counters []counter, rows []attempts, more int, now time.Time) error {
	var wait time.Duration
	for _, got := range rows {
		i := slices.IndexFunc(counters, func(c counter) bool { return bytes.Equal(c.key, got.Key) })
		if got.Tries+more > counters[i].limit {
			wait = max(wait, got.Since.Add(guessWindow).Sub(now))
		}
	}
	if wait <= 0 {
		return nil
	}
	return fault.Later(wait, "试错的次数太多了，这一次没有处理。请 %d 分钟后再试。", fault.Minutes(wait))
}

// forgive clears what was counted against the one who turned out right: all of
// the first counter, one guess of the others.
func (r *Register) forgive(ctx context.Context, counters []counter) error {
	_, err := pg.Exec(ctx, r.Pool, `
		WITH mine AS MATERIALIZED ( -- in reserve's order, or the two could wait for each other
			SELECT key FROM login_attempt WHERE key = ANY (@keys::bytea[]) ORDER BY key FOR UPDATE)
		UPDATE login_attempt a
		SET tries = CASE WHEN a.key = @first THEN 0 ELSE greatest(a.tries - 1, 0) END
		FROM mine WHERE a.key = mine.key`,
		pg.Args{"keys": keysOf(counters), "first": counters[0].key})
	return err
}

func keysOf(counters []counter) [][]byte {
	keys := make([][]byte, len(counters))
	for i, c := range counters {
		keys[i] = c.key
	}
	return keys
}

// network is who counts as one guesser: an IPv4 address, or the /64 in which
// one IPv6 subscriber may change addresses.
func network(addr netip.Addr) netip.Addr {
	addr = addr.Unmap()
	if p, err := addr.Prefix(64); err == nil && addr.Is6() {
		return p.Addr()
	}
	return addr
}
