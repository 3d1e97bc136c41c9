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
// trying on, so nobody waits longer than a quarter of an hour.
//
// A whole office stands behind one address, so an address is a poor name for a
// guesser: counting by it alone lets whoever guesses in the office's network
// shut everybody in it out. Three things keep the right people apart from them:
//
//   - A browser in which the person has logged in before, with both factors,
//     has counters of its own for that person (staff_device). What strangers do
//     behind the same address, or any other, never makes it wait; nor at the
//     hash, where it has a lane of its own. Its cookie opens nothing: with it a
//     password is still guessed at five times a window.
//   - What is left are new browsers. Behind an address that has used up its
//     guesses, a person who logged in from there before is still looked at, a
//     few times (the reserve): what guesses in an office's network is mostly a
//     program that tries admin and root, and these have never logged in.
//   - A guesser who knows who works behind the address can use up the reserve,
//     and one who is after a single person that pair of login and address. Then a
//     new browser there waits until the window ends, at most: the password
//     cannot be looked at without giving the guesser that look too.
//
// Address and reserve together are the twelve that an address always had, so
// nobody without a device gained a guess; beyond the address's own, a wrong
// guess is answered as if it had not been looked at, or the answers would tell
// who logs in from here. What a guesser behind the same address can still learn
// of that, by the time an answer takes, the telephone list on the wall says too.
const (
	guessWindow  = 15 * time.Minute
	deviceLimit  = 5  // at one login from one browser that is known for it
	pairLimit    = 5  // at one login from one address, by strangers
	addressLimit = 9  // at any logins from one address, by strangers
	reserveLimit = 3  // beyond these, at logins that came from that address before
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

// guesser is what a guess at a password counts against.
type guesser struct {
	counters []counter
	reserve  []counter // counts instead when the others are used up; mostly none
	familiar bool      // a browser that is known for this login
}

// check compares a password and counts the guess. Counting begins only when it
// is its turn for the hash: a whole office that logs in at nine behind one
// address must not look like as many guesses.
func (r *Register) check(ctx context.Context, g guesser, password, hash string) (bool, error) {
	counters, spent, err := r.admit(ctx, g)
	if err != nil {
		return false, err
	}
	leave, err := r.Hashing.enter(ctx, g.familiar)
	if err != nil {
		return false, err
	}
	defer leave()
	if err := r.reserve(ctx, counters); err != nil {
		return false, err
	}
	right, err := r.Hashing.compare(barePassword(password), hash)
	if err == nil && !right && password != barePassword(password) {
		right, err = r.Hashing.compare(password, hash) // set before passwords were bare
	}
	if err != nil {
		return false, err
	}
	if !right {
		return false, spent
	}
	return true, r.forgive(ctx, counters)
}

// admit says by what a guess is counted: who is over the limit already must not
// stand in the queue for the hash. spent is what a wrong guess out of the
// reserve is told.
func (r *Register) admit(ctx context.Context, g guesser) (counters []counter, spent, err error) {
	spent = r.refused(ctx, g.counters)
	if !fault.Is(spent, fault.TooMany) || g.reserve == nil {
		return g.counters, nil, spent
	}
	if err := r.refused(ctx, g.reserve); err != nil {
		if fault.Is(err, fault.TooMany) {
			err = spent
		}
		return nil, nil, err
	}
	return g.reserve, spent, nil
}

// guesser is whoever tries a password at a login; id is 0 when nobody has it.
func (r *Register) guesser(ctx context.Context, id int64, login string, from Browser) (guesser, error) {
	is, err := r.known(ctx, id, from)
	if err != nil {
		return guesser{}, err
	}
	if is.Device != "" {
		return guesser{familiar: true, counters: []counter{{r.attemptKey("device", is.Device), deviceLimit}}}, nil
	}
	at := network(from.Address).String()
	pair := counter{r.attemptKey("pair", login, at), pairLimit}
	g := guesser{counters: []counter{pair, {r.attemptKey("address", at), addressLimit}}}
	if is.Place {
		g.reserve = []counter{pair, {r.attemptKey("reserve", at), reserveLimit}}
	}
	return g, nil
}

// otpGuesser counts by person: whoever guesses codes knows the password, and
// could come from anywhere. The person's own browsers are counted apart, so that
// a stolen password does not keep its owner out.
func (r *Register) otpGuesser(ctx context.Context, id int64, from Browser) ([]counter, error) {
	is, err := r.known(ctx, id, from)
	if err != nil {
		return nil, err
	}
	if is.Device != "" {
		return []counter{{r.attemptKey("otp device", is.Device), otpLimit}}, nil
	}
	return []counter{{r.attemptKey("otp", strconv.FormatInt(id, 10)), otpLimit}}, nil
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

// clockSlack is how far the clocks of two machines may be apart. What was counted
// later than that was counted by a clock that was set back since, and is void: it
// would lock people out until the clock had come there again.
const clockSlack = time.Minute

// reserve counts a guess before it is looked at, so that a hundred at once are
// a hundred; forgive takes it back when it was right.
func (r *Register) reserve(ctx context.Context, counters []counter) error {
	now := r.Now()
	rows, err := pg.All[attempts](ctx, r.Pool, `
		INSERT INTO login_attempt AS a (key, tries, since)
		SELECT k, 1, @now FROM unnest(@keys::bytea[]) AS k ORDER BY k
		ON CONFLICT (key) DO UPDATE SET
			tries = CASE WHEN a.since <= @over OR a.since > @ahead THEN 1 ELSE least(a.tries + 1, 1000000) END,
			since = CASE WHEN a.since <= @over OR a.since > @ahead THEN excluded.since ELSE a.since END
		RETURNING key, tries, since`,
		pg.Args{"keys": keysOf(counters), "now": now, "over": now.Add(-guessWindow), "ahead": now.Add(clockSlack)})
	if err != nil {
		return err
	}
	return refusal(counters, rows, 0, now)
}

// refused is reserve without counting.
func (r *Register) refused(ctx context.Context, counters []counter) error {
	now := r.Now()
	rows, err := pg.All[attempts](ctx, r.Pool, `
		SELECT key, tries, since FROM login_attempt WHERE key = ANY (@keys::bytea[]) AND since > @over AND since <= @ahead`,
		pg.Args{"keys": keysOf(counters), "over": now.Add(-guessWindow), "ahead": now.Add(clockSlack)})
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
