package staff

import (
	"context"
	"net/netip"
	"strconv"
	"time"

	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// DeviceLife is how long a browser is known after its last complete login, and
// how long its cookie lasts.
const DeviceLife = 180 * 24 * time.Hour

// Browser is what stands at the door.
type Browser struct {
	Address netip.Addr
	Name    string      // a few words on it, for the list of sessions
	Device  *key.Secret // from the cookie that a complete login left; nil without one
}

// Entry is what a browser gets when its login is complete: the secret of the
// session, and the one by which it is known again. The second opens nothing
// and names nobody: it is random, and the database keeps a hash of it.
type Entry struct {
	Session key.Secret
	Device  key.Secret
}

// known is what a login has to do with the browser that asks for it. Both ways
// a person has shown both factors: on this browser, or in this network.
type known struct {
	Device string // what guesses from this browser at the person are counted under; empty for a stranger's
	Place  bool
}

func deviceID(s key.Secret) []byte { return s.ID("staff device") }

func (b Browser) deviceID() []byte {
	if b.Device == nil {
		return nil
	}
	return deviceID(*b.Device)
}

func (r *Register) place(staffID int64, addr netip.Addr) []byte {
	return r.attemptKey("place", strconv.FormatInt(staffID, 10), network(addr).String())
}

// known looks the browser up for one person; another's browser is a stranger's.
func (r *Register) known(ctx context.Context, staffID int64, b Browser) (known, error) {
	return pg.One[known](ctx, r.Pool, `
		SELECT coalesce(max(browser::text) FILTER (WHERE token_hash = @device), '') AS device, coalesce(bool_or(place = @place), false) AS place
		FROM staff_device
		WHERE staff_id = @staff AND seen_at > @since`,
		pg.Args{"staff": staffID, "device": b.deviceID(), "place": r.place(staffID, b.Address), "since": r.Now().Add(-DeviceLife)})
}

// remember gives the browser a new secret, for everybody who has logged in on
// it: people share the computer at the window. A new one each time, so that a
// cookie that somebody read or planted is worth nothing after the next login.
func (r *Register) remember(ctx context.Context, staffID int64, b Browser) (key.Secret, error) {
	secret, err := key.NewSecret(r.Random)
	if err != nil {
		return key.Secret{}, err
	}
	_, err = pg.Exec(ctx, r.Pool, `
		WITH moved AS (
			UPDATE staff_device SET token_hash = @hash,
				place = CASE WHEN staff_id = @staff THEN @place ELSE place END,
				seen_at = CASE WHEN staff_id = @staff THEN @now ELSE seen_at END
			WHERE token_hash = @before
			RETURNING staff_id)
		INSERT INTO staff_device (token_hash, staff_id, place, seen_at)
		SELECT @hash, @staff, @place, @now WHERE NOT EXISTS (SELECT 1 FROM moved WHERE staff_id = @staff)`,
		pg.Args{"hash": deviceID(secret), "before": b.deviceID(), "staff": staffID, "place": r.place(staffID, b.Address), "now": r.Now()})
	return secret, err
}
