package staff

import (
	"context"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// How long a session lasts (ASVS 7.3).
const (
	IdleLimit  = 30 * time.Minute
	TotalLimit = 12 * time.Hour
	halfLimit  = 10 * time.Minute
	// enrolLimit leaves time to put an authenticator on a telephone.
	enrolLimit = IdleLimit

	touchEvery = time.Minute
	nameRunes  = 60 // of a browser's name
)

// Session is one signed-in browser.
type Session struct {
	ID        int64
	StaffID   int64
	Half      bool // the password was right, the second factor is to come
	Enrolled  bool // the person has a second factor
	Device    string
	CreatedAt time.Time
	SeenAt    time.Time // to the minute
	ExpiresAt time.Time
}

// sessionID is what the database keeps of a session's secret.
func sessionID(s key.Secret) []byte { return s.ID("staff session") }

// ErrNoSession says that a cookie opens nothing: unknown, over, ended, or of
// an account that was closed. Which of them is nobody's business.
var ErrNoSession = fault.New(fault.Expired, "登录已过期，请重新登录。")

// Current is who holds this secret, with the units whose matters they may not
// know of. One round trip, which also notes the use once a minute.
func (r *Register) Current(ctx context.Context, secret key.Secret) (Person, Session, error) {
	now := r.Now()
	type flat struct {
		ID, SessionID                int64
		Login, Name, Unit, Device    string
		Role                         Role
		Half, Enrolled               bool
		CreatedAt, SeenAt, ExpiresAt time.Time
		Office, Near                 bool
		Bars                         []string
		Stands                       []Stand
		Loose                        []int64
	}
	f, err := pg.One[flat](ctx, r.Pool, `
		WITH found AS (
			SELECT p.id, s.id AS session_id, p.login, p.name, coalesce(p.unit, '') AS unit, s.device, p.role,
				s.second_factor_at IS NULL AS half, p.totp_sealed IS NOT NULL AS enrolled,
				s.created_at, s.seen_at, s.expires_at
			FROM staff_session s
			JOIN staff p ON p.id = s.staff_id
			WHERE s.token_hash = @hash AND s.revoked_at IS NULL AND p.disabled_at IS NULL
				AND s.expires_at > @now AND s.seen_at > @idle
		), touched AS (
			UPDATE staff_session s SET seen_at = @now
			FROM found WHERE s.id = found.session_id AND s.seen_at <= @stale AND s.revoked_at IS NULL
		), gone AS (SELECT * FROM away(@today::date))
		SELECT found.*, found.unit = '' OR found.unit = ANY (o.offices) AS office, b.bars, b.bars && o.offices AS near, `+standsSQL+`
		FROM found, (SELECT supervising_offices() AS offices) o,
			LATERAL (SELECT ARRAY(
				SELECT unit FROM staff_bar WHERE staff_id = found.id AND bars_still(until) ORDER BY unit) AS bars) b`,
		pg.Args{"hash": sessionID(secret), "now": now, "idle": now.Add(-IdleLimit), "stale": now.Add(-touchEvery), "today": clock.On(now).String()})
	if pg.IsNoRows(err) {
		return Person{}, Session{}, ErrNoSession
	}
	if err != nil {
		return Person{}, Session{}, err
	}
	p := Person{ID: f.ID, Login: f.Login, Name: f.Name, Role: f.Role, Unit: f.Unit, Office: f.Office, Near: f.Near, Bars: f.Bars, Stands: f.Stands, Loose: f.Loose}
	return p,
		Session{ID: f.SessionID, StaffID: f.ID, Half: f.Half, Enrolled: f.Enrolled, Device: f.Device,
			CreatedAt: f.CreatedAt, SeenAt: f.SeenAt, ExpiresAt: f.ExpiresAt}, nil
}

// Sessions are a person's live sessions, the last used first.
func (r *Register) Sessions(ctx context.Context, staffID int64) ([]Session, error) {
	now := r.Now()
	return pg.All[Session](ctx, r.Pool, `
		SELECT s.id, s.staff_id, false AS half, true AS enrolled, s.device, s.created_at, s.seen_at, s.expires_at
		FROM staff_session s
		WHERE s.staff_id = @staff AND s.revoked_at IS NULL AND s.second_factor_at IS NOT NULL
			AND s.expires_at > @now AND s.seen_at > @idle
		ORDER BY s.seen_at DESC, s.id DESC`,
		pg.Args{"staff": staffID, "now": now, "idle": now.Add(-IdleLimit)})
}

// Revoke ends one session of a person; NotFound when it is not theirs.
func (r *Register) Revoke(ctx context.Context, staffID, sessionID int64) error {
	n, err := pg.Exec(ctx, r.Pool, `
		UPDATE staff_session SET revoked_at = @now
		WHERE id = @id AND staff_id = @staff AND revoked_at IS NULL`,
		pg.Args{"id": sessionID, "staff": staffID, "now": r.Now()})
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "没有这个登录，可能已经退出。")
	}
	r.note(ctx, "session ended", staffID)
	return nil
}

// RevokeOthers ends every session of a person but this one and says how many.
func (r *Register) RevokeOthers(ctx context.Context, keep Session) (int64, error) {
	n, err := pg.Exec(ctx, r.Pool, `
		UPDATE staff_session SET revoked_at = @now
		WHERE staff_id = @staff AND id <> @keep AND revoked_at IS NULL`,
		pg.Args{"staff": keep.StaffID, "keep": keep.ID, "now": r.Now()})
	if err != nil {
		return 0, err
	}
	r.note(ctx, "other sessions ended", keep.StaffID)
	return n, nil
}

// endAll ends every session of an account, half ones too.
func endAll(ctx context.Context, q pg.Queryer, staffID int64, now time.Time) error {
	_, err := pg.Exec(ctx, q, `
		UPDATE staff_session SET revoked_at = @now WHERE staff_id = @staff AND revoked_at IS NULL`,
		pg.Args{"staff": staffID, "now": now})
	return err
}
