package staff

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/otp"
	"zhengxin/internal/pg"
)

// Attempt is somebody at the door.
type Attempt struct {
	Login    string
	Password string
	From     Browser
	Before   *key.Secret // the session that this browser had, which ends now
}

// wrongPassword is one sentence for every way of being wrong, so that nobody
// learns who works here.
var wrongPassword = []fault.Field{{Name: "login", Sentence: "登录名或者密码不对，请再试一次"}}

// account is what a login needs to know.
type account struct {
	ID       int64
	Hash     string // empty when it was set by somebody else and not used in time
	Enrolled bool
}

// Login checks a password and opens a half session, which Enrol or
// SecondFactor makes whole. The first login draws the secret to be enrolled.
func (r *Register) Login(ctx context.Context, a Attempt) (key.Secret, error) {
	login := foldLogin(a.Login)
	who, err := pg.One[account](ctx, r.Pool, `
		SELECT id, CASE WHEN password_until <= @now THEN '' ELSE password_hash END AS hash, totp_sealed IS NOT NULL AS enrolled
		FROM staff WHERE login = @login AND disabled_at IS NULL`, pg.Args{"login": login, "now": r.Now()})
	if err != nil && !pg.IsNoRows(err) {
		return key.Secret{}, err
	}
	g, err := r.guesser(ctx, who.ID, login, a.From)
	if err != nil {
		return key.Secret{}, err
	}
	right, err := r.check(ctx, g, a.Password, who.Hash)
	if err != nil {
		return key.Secret{}, err
	}
	if !right {
		r.note(ctx, "login refused", who.ID)
		return key.Secret{}, fault.Fields(wrongPassword)
	}
	secret, err := r.openHalf(ctx, who, a)
	if err != nil {
		return key.Secret{}, err
	}
	r.note(ctx, "password accepted", who.ID)
	return secret, nil
}

// openHalf refuses when the account was closed or its password changed while
// the old one was being hashed. It locks the account for sharing: a change that
// is under way is waited for, and one that comes later ends this session too.
func (r *Register) openHalf(ctx context.Context, who account, a Attempt) (key.Secret, error) {
	secret, err := key.NewSecret(r.Random)
	if err != nil {
		return key.Secret{}, err
	}
	life, pending := halfLimit, []byte(nil)
	if !who.Enrolled {
		life = enrolLimit
		if pending, err = r.drawSecret(who.ID); err != nil {
			return key.Secret{}, err
		}
	}
	var before []byte
	if a.Before != nil {
		before = sessionID(*a.Before)
	}
	now := r.Now()
	n, err := pg.Exec(ctx, r.Pool, `
		WITH ended AS (
			UPDATE staff_session SET revoked_at = @now WHERE token_hash = @before AND revoked_at IS NULL)
		INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at, device, totp_pending)
		SELECT @hash, p.id, @now, @now, @expires, @device, @pending
		FROM staff p WHERE p.id = @id AND p.password_hash = @password AND p.disabled_at IS NULL FOR SHARE`,
		pg.Args{"hash": sessionID(secret), "id": who.ID, "now": now, "expires": now.Add(life), "before": before,
			"device": clip(a.From.Name, nameRunes), "pending": pending, "password": who.Hash})
	if err != nil {
		return key.Secret{}, err
	}
	if n == 0 {
		return key.Secret{}, fault.Fields(wrongPassword)
	}
	return secret, nil
}

func (r *Register) drawSecret(staffID int64) ([]byte, error) {
	secret, err := otp.New(r.Random)
	if err != nil {
		return nil, err
	}
	return r.Key.SealSecret(totpPlace(staffID), secret)
}

const (
	otpIssuer   = "诚信监督工作台"
	otpTryLimit = 5 // wrong codes that one half session has
)

// totpPlace binds a sealed secret to its person.
func totpPlace(staffID int64) key.Place {
	return key.Place{Table: "staff", ID: strconv.FormatInt(staffID, 10), Column: "totp"}
}

// Enrolment is the secret that this half session drew; Conflict when the
// person has a second factor by now.
func (r *Register) Enrolment(ctx context.Context, s Session) (otp.Enrolment, error) {
	type row struct {
		Login   string
		Pending []byte
	}
	found, err := pg.One[row](ctx, r.Pool, `
		SELECT p.login, s.totp_pending AS pending
		FROM staff_session s JOIN staff p ON p.id = s.staff_id
		WHERE s.id = @id AND s.totp_pending IS NOT NULL AND p.totp_sealed IS NULL`, pg.Args{"id": s.ID})
	if pg.IsNoRows(err) {
		return otp.Enrolment{}, errEnrolled
	}
	if err != nil {
		return otp.Enrolment{}, err
	}
	plain, err := r.Key.OpenSecret(totpPlace(s.StaffID), found.Pending)
	if err != nil {
		return otp.Enrolment{}, err
	}
	return otp.Secret(plain).Enrolment(otpIssuer, found.Login)
}

var errEnrolled = fault.New(fault.Conflict, "这个账号已经绑定了验证器，请直接输入验证码。")

// Enrol takes the first code of a new telephone and makes the session whole
// under a new secret.
func (r *Register) Enrol(ctx context.Context, s Session, typed string, from Browser) (Entry, error) {
	return r.finish(ctx, s, typed, from, true)
}

// SecondFactor takes a code and makes the session whole under a new secret.
func (r *Register) SecondFactor(ctx context.Context, s Session, typed string, from Browser) (Entry, error) {
	return r.finish(ctx, s, typed, from, false)
}

func (r *Register) finish(ctx context.Context, s Session, typed string, from Browser, enrolling bool) (Entry, error) {
	code := form.DigitsOnly(typed)
	if !otp.IsCode(code) {
		return Entry{}, otpFault("请写验证器上显示的 6 位数字")
	}
	counters, err := r.otpGuesser(ctx, s.StaffID, from)
	if err != nil {
		return Entry{}, err
	}
	if err := r.reserve(ctx, counters); err != nil {
		return Entry{}, err
	}
	session, err := r.takeCode(ctx, s, code, enrolling)
	if err != nil {
		return Entry{}, err
	}
	if err := r.forgive(ctx, counters); err != nil {
		return Entry{}, err
	}
	device, err := r.remember(ctx, s.StaffID, from)
	if err != nil {
		return Entry{}, err
	}
	event := "signed in"
	if enrolling {
		event = "second factor enrolled"
	}
	r.note(ctx, event, s.StaffID)
	return Entry{Session: session, Device: device}, nil
}

// takeCode makes the session whole when the code is right and was never used.
func (r *Register) takeCode(ctx context.Context, s Session, code string, enrolling bool) (key.Secret, error) {
	try, err := r.takeTry(ctx, s, enrolling)
	if err != nil {
		return key.Secret{}, err
	}
	plain, err := r.Key.OpenSecret(totpPlace(s.StaffID), try.Sealed)
	if err != nil {
		return key.Secret{}, err
	}
	step, err := otp.Secret(plain).Step(code, r.Now())
	if err != nil {
		return key.Secret{}, err
	}
	if step == 0 {
		return key.Secret{}, r.wrongCode(ctx, s, try.Tries, "验证码不对。请看准手机上现在显示的 6 位数字，并核对手机的时间")
	}
	secret, err := r.makeWhole(ctx, s, try.Sealed, step, enrolling)
	if pg.IsNoRows(err) {
		return key.Secret{}, r.wrongCode(ctx, s, try.Tries, "这个验证码已经用过了。请等手机上换出下一个（最多 30 秒）再试")
	}
	return secret, err
}

func otpFault(sentence string) error {
	return fault.Fields([]fault.Field{{Name: "otp", Sentence: sentence}})
}

type try struct {
	Tries  int
	Sealed []byte
}

// takeTry counts the try before the code is looked at; five at once are five.
func (r *Register) takeTry(ctx context.Context, s Session, enrolling bool) (try, error) {
	got, err := pg.One[try](ctx, r.Pool, `
		UPDATE staff_session s SET otp_tries = s.otp_tries + 1
		FROM staff p
		WHERE s.id = @id AND p.id = s.staff_id AND s.second_factor_at IS NULL AND s.revoked_at IS NULL
			AND s.expires_at > @now AND s.otp_tries < @limit AND p.disabled_at IS NULL
			AND (p.totp_sealed IS NULL) = @enrolling AND (NOT @enrolling OR s.totp_pending IS NOT NULL)
		RETURNING s.otp_tries AS tries, CASE WHEN @enrolling THEN s.totp_pending ELSE p.totp_sealed END AS sealed`,
		pg.Args{"id": s.ID, "now": r.Now(), "limit": otpTryLimit, "enrolling": enrolling})
	if pg.IsNoRows(err) {
		return try{}, ErrNoSession
	}
	return got, err
}

// wrongCode ends the half session after the last try.
func (r *Register) wrongCode(ctx context.Context, s Session, tries int, sentence string) error {
	r.note(ctx, "code refused", s.StaffID)
	if tries < otpTryLimit {
		return otpFault(sentence)
	}
	if err := r.Revoke(ctx, s.StaffID, s.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return fault.New(fault.Expired, "验证码错了 %d 次，这次登录已经结束。请重新输入登录名和密码。", otpTryLimit)
}

// makeWhole uses a step up and rotates the session's secret, both or neither:
// of two that bring the same code at once, one finds the step used. A step that
// lies far ahead was used while the clock was wrong, and bars nobody. The password
// has now been used, and binding a telephone leaves an act.
func (r *Register) makeWhole(ctx context.Context, s Session, sealed []byte, step int64, enrolling bool) (key.Secret, error) {
	secret, err := key.NewSecret(r.Random)
	if err != nil {
		return key.Secret{}, err
	}
	now := r.Now()
	whole := func(q pg.Queryer) error {
		_, err := pg.One[int64](ctx, q, `
		WITH used AS (
			UPDATE staff SET totp_step = @step, totp_sealed = @sealed, password_until = NULL, last_login_at = @now
			WHERE id = @staff AND (totp_step < @step OR totp_step > @ahead) AND disabled_at IS NULL
				AND CASE WHEN @enrolling THEN totp_sealed IS NULL ELSE totp_sealed = @sealed END
			RETURNING id
		), noted AS (
			INSERT INTO staff_act (at, by_id, staff_id, act, reason) SELECT @now, id, id, @act, '' FROM used WHERE @enrolling)
		UPDATE staff_session s
		SET token_hash = @hash, second_factor_at = @now, seen_at = @now, expires_at = @expires, totp_pending = NULL
		FROM used
		WHERE s.id = @id AND s.staff_id = used.id AND s.second_factor_at IS NULL AND s.revoked_at IS NULL
		RETURNING s.id`,
			pg.Args{"hash": sessionID(secret), "id": s.ID, "staff": s.StaffID, "step": step, "sealed": sealed, "ahead": otp.Ahead(now),
				"enrolling": enrolling, "act": string(ActEnrol), "now": now, "expires": now.Add(TotalLimit)})
		return err
	}
	if !enrolling {
		return secret, whole(r.Pool) // changes nothing that the daybook keeps
	}
	return secret, r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: string(ActEnrol), By: s.StaffID}, func(tx pgx.Tx) error { return whole(tx) })
}

// ChangePassword is a person's own: it asks for the old one, and ends all
// their sessions, this one too.
func (r *Register) ChangePassword(ctx context.Context, p Person, from Browser, old, new string) error {
	hash, err := pg.One[string](ctx, r.Pool, `SELECT password_hash FROM staff WHERE id = @id AND disabled_at IS NULL`, pg.Args{"id": p.ID})
	if err != nil {
		return err
	}
	g, err := r.guesser(ctx, p.ID, p.Login, from)
	if err != nil {
		return err
	}
	right, err := r.check(ctx, g, old, hash)
	if err != nil {
		return err
	}
	if !right {
		return fault.Fields([]fault.Field{{Name: "old_password", Sentence: "现在的密码不对"}})
	}
	if barePassword(old) == barePassword(new) {
		return fault.Fields([]fault.Field{{Name: "new_password", Sentence: "新密码和现在的一样，请换一个"}})
	}
	if hash, err = r.hashFor(ctx, p.ID, "new_password", new); err != nil {
		return err
	}
	return r.change(ctx, "password changed", p.ID,
		`UPDATE staff SET password_hash = @hash, password_until = NULL WHERE id = @id`, pg.Args{"id": p.ID, "hash": hash})
}

func clip(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:limit])
	}
	return s
}
