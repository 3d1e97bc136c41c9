// Package expiry removes what has run out: captchas, drafts of the portal and
// of the desk, who has seen what, unlocked browsers, links and sessions of
// deputies, the count of wrong guesses and sessions of the
// portal's role that hold on to something. What law or an event points at never
// runs out here.
package expiry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhengxin/internal/pg"
)

// guessesKept is how long a wrong guess counts against the one who made it.
const guessesKept = time.Hour

// looksKept is how long it is known who has seen what of a matter that they do not open
// any more.
const looksKept = 2 * 365 * 24 * time.Hour

// loginsKept is longer than a link of a deputy lives.
const loginsKept = 24 * time.Hour

// loginsShown is how far back members are shown their own logins, and told of wrong guesses
// at their second factor.
const loginsShown = 90 * 24 * time.Hour

// sweeps are one statement for each table, so that one that fails keeps none of
// the others from being done. The worker may read only the times.
var sweeps = []struct {
	table, sql string
	kept       time.Duration // after the time in its column
}{
	{"captcha", `DELETE FROM captcha WHERE expires_at < @before`, 0},
	{"draft", `DELETE FROM draft WHERE expires_at < @before`, 0},
	{"desk_draft", `DELETE FROM desk_draft WHERE expires_at < @before`, 0},
	{"unlock", `DELETE FROM unlock WHERE expires_at < @before`, 0},
	{"matter_look", `DELETE FROM matter_look WHERE at < @before`, looksKept},
	{"member_login", `DELETE FROM member_login WHERE asked_at < @before`, loginsKept},
	{"member_session", `DELETE FROM member_session WHERE created_at < @before`, loginsShown},
	{"member_guess", `DELETE FROM member_guess WHERE at < @before`, loginsShown},
	{"member_guess", `DELETE FROM member_guess WHERE at < @before AND member_id IS NULL`, loginsKept}, // at what is nobody's
	{"unlock_attempt", `DELETE FROM unlock_attempt WHERE since < @before`, guessesKept},
}

// Sweep removes everything that ran out before now; doing it twice does no harm.
func Sweep(ctx context.Context, q pg.Queryer, now time.Time) error {
	var faults []error
	for _, s := range sweeps {
		if _, err := pg.Exec(ctx, q, s.sql, pg.Args{"before": now.Add(-s.kept)}); err != nil {
			faults = append(faults, fmt.Errorf("sweep %s: %w", s.table, err))
		}
	}
	return errors.Join(faults...)
}

// longestMove is far beyond what any transaction of the portal takes.
const longestMove = time.Minute

// Hold keeps the database's roles within their limits: what a role has set for
// itself is taken back, and sessions of the portal's role whose transaction is
// older than a minute are ended. Whoever runs SQL as the portal could otherwise
// keep a matter's row, and the room of deleted rows, for as long as they like.
func Hold(ctx context.Context, q pg.Queryer) error {
	_, err := pg.Exec(ctx, q, `SELECT limit_roles(), end_stale_portal_sessions(@older)`, pg.Args{"older": longestMove})
	if err != nil {
		return fmt.Errorf("hold the roles to their limits: %w", err)
	}
	return nil
}
