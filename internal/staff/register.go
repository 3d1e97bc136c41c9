package staff

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Register keeps the accounts and their sessions.
type Register struct {
	Pool    *pgxpool.Pool
	Key     *key.Office
	Now     func() time.Time
	Random  io.Reader
	Hashing *Hashing
	Log     *slog.Logger // told staff ids and events, nothing else; may be nil

	bars barBook
}

// Account is what a new account is made of.
type Account struct {
	Login string
	Name  string
	Role  Role
	Unit  string // code; only handlers and unit heads must have one
}

// Member is an account as a list of the staff shows it.
type Member struct {
	ID         int64
	Login      string
	Name       string
	Role       Role
	Unit       string // code, may be empty
	UnitName   string
	Enrolled   bool // has a second factor
	CreatedAt  time.Time
	DisabledAt *time.Time
}

const nameLimit = 50

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

// Add makes an account and gives its id. Its second factor is enrolled at the
// first login.
func (r *Register) Add(ctx context.Context, a Account, password string) (int64, error) {
	a.Login, a.Name, a.Unit = foldLogin(a.Login), strings.TrimSpace(a.Name), strings.TrimSpace(a.Unit)
	if err := fault.Fields(a.faults(password)); err != nil {
		return 0, err
	}
	hash, err := r.Hashing.Hash(ctx, password)
	if err != nil {
		return 0, err
	}
	id, err := pg.One[int64](ctx, r.Pool, `
		INSERT INTO staff (login, name, role, unit, password_hash, created_at)
		VALUES (@login, @name, @role, nullif(@unit, ''), @hash, @now)
		RETURNING id`,
		pg.Args{"login": a.Login, "name": a.Name, "role": string(a.Role), "unit": a.Unit, "hash": hash, "now": r.Now()})
	switch {
	case pg.IsUnique(err, "staff_login_key"):
		return 0, fault.Fields([]fault.Field{{Name: "login", Sentence: "登录名“" + a.Login + "”已经有人用，请换一个"}})
	case pg.Code(err) == foreignKey:
		return 0, fault.Fields([]fault.Field{noSuchUnit(a.Unit)})
	case err != nil:
		return 0, err
	}
	r.note(ctx, "account added", id)
	return id, nil
}

const foreignKey = "23503"

func noSuchUnit(code string) fault.Field {
	return fault.Field{Name: "unit", Sentence: "没有代码是“" + code + "”的单位"}
}

func (a Account) faults(password string) []fault.Field {
	var all []fault.Field
	add := func(name, sentence string) {
		if sentence != "" {
			all = append(all, fault.Field{Name: name, Sentence: sentence})
		}
	}
	if !loginPattern.MatchString(a.Login) {
		add("login", "登录名用 2 到 32 个小写字母、数字、点、横线，第一个是字母或数字")
	}
	switch {
	case a.Name == "":
		add("name", "请写姓名")
	case utf8.RuneCountInString(a.Name) > nameLimit:
		add("name", "姓名最多 50 个字")
	}
	add("role", roleFault(a.Role))
	add("unit", unitFault(a.Role, a.Unit))
	add("password", passwordFault(password, a.Login))
	return all
}

func roleFault(role Role) string {
	if slices.Contains(Roles(), role) {
		return ""
	}
	return "没有“" + string(role) + "”这个角色"
}

func unitFault(role Role, unit string) string {
	if unit == "" && (role == Handler || role == UnitHead) {
		return role.Title() + "要写明是哪个单位的"
	}
	return ""
}

// SetPassword gives a person a new password and ends all their sessions.
func (r *Register) SetPassword(ctx context.Context, id int64, password string) error {
	login, err := pg.One[string](ctx, r.Pool, `SELECT login FROM staff WHERE id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return errNobody
	}
	if err != nil {
		return err
	}
	if sentence := passwordFault(password, login); sentence != "" {
		return fault.Fields([]fault.Field{{Name: "new_password", Sentence: sentence}})
	}
	hash, err := r.Hashing.Hash(ctx, password)
	if err != nil {
		return err
	}
	return r.change(ctx, "password changed", id,
		`UPDATE staff SET password_hash = @hash WHERE id = @id`, pg.Args{"id": id, "hash": hash})
}

// Disable closes an account and ends its sessions; what the person did stays.
func (r *Register) Disable(ctx context.Context, id int64) error {
	return r.change(ctx, "account disabled", id,
		`UPDATE staff SET disabled_at = coalesce(disabled_at, @now) WHERE id = @id`, pg.Args{"id": id, "now": r.Now()})
}

// Reassign gives a person another role or unit and ends their sessions, so
// that no page opened under the old one can still be used.
func (r *Register) Reassign(ctx context.Context, id int64, role Role, unit string) error {
	var faults []fault.Field
	for _, f := range []fault.Field{{Name: "role", Sentence: roleFault(role)}, {Name: "unit", Sentence: unitFault(role, unit)}} {
		if f.Sentence != "" {
			faults = append(faults, f)
		}
	}
	if err := fault.Fields(faults); err != nil {
		return err
	}
	err := r.change(ctx, "account reassigned", id,
		`UPDATE staff SET role = @role, unit = nullif(@unit, '') WHERE id = @id`, pg.Args{"id": id, "role": string(role), "unit": unit})
	if pg.Code(err) == foreignKey {
		return fault.Fields([]fault.Field{noSuchUnit(unit)})
	}
	return err
}

// ResetSecondFactor forgets a lost telephone: the next login enrols a new one.
// Who may ask for it is the desk's table of routes.
func (r *Register) ResetSecondFactor(ctx context.Context, id int64) error {
	return r.change(ctx, "second factor reset", id,
		`UPDATE staff SET totp_sealed = NULL, totp_step = 0 WHERE id = @id`, pg.Args{"id": id})
}

var errNobody = fault.New(fault.NotFound, "没有这个账号。")

// change alters one account and ends its sessions, both or neither.
func (r *Register) change(ctx context.Context, event string, id int64, sql string, args pg.Args) error {
	err := pg.Tx(ctx, r.Pool, func(tx pgx.Tx) error {
		n, err := pg.Exec(ctx, tx, sql, args)
		if err != nil {
			return err
		}
		if n == 0 {
			return errNobody
		}
		return endAll(ctx, tx, id, r.Now())
	})
	if err != nil {
		return err
	}
	r.note(ctx, event, id)
	return nil
}

// List is every account, those who left last.
func (r *Register) List(ctx context.Context) ([]Member, error) {
	return pg.All[Member](ctx, r.Pool, `
		SELECT p.id, p.login, p.name, p.role, coalesce(p.unit, '') AS unit, coalesce(u.name, '') AS unit_name,
			p.totp_sealed IS NOT NULL AS enrolled, p.created_at, p.disabled_at
		FROM staff p
		JOIN role r ON r.code = p.role
		LEFT JOIN unit u ON u.code = p.unit
		ORDER BY p.disabled_at IS NOT NULL, r.sort, p.login`, nil)
}

// Sweep deletes what has no use any more: guesses after an hour, sessions a
// month after their end. It is the worker's, who alone may delete sessions.
func (r *Register) Sweep(ctx context.Context) error {
	now := r.Now()
	_, attempts := pg.Exec(ctx, r.Pool, `DELETE FROM login_attempt WHERE since < @until`, pg.Args{"until": now.Add(-time.Hour)})
	_, sessions := pg.Exec(ctx, r.Pool, `DELETE FROM staff_session WHERE seen_at < @until`, pg.Args{"until": now.AddDate(0, 0, -30)})
	return errors.Join(attempts, sessions)
}

// note logs who and what, never a login, a name or an address.
func (r *Register) note(ctx context.Context, event string, id int64) {
	if r.Log != nil {
		r.Log.LogAttrs(ctx, slog.LevelInfo, event, slog.Int64("staff", id))
	}
}

// foldLogin forgives capitals, spaces around and full-width letters.
func foldLogin(typed string) string {
	return strings.ToLower(strings.TrimSpace(strings.Map(func(c rune) rune {
		if c >= '！' && c <= '～' {
			return c - '！' + '!'
		}
		return c
	}, typed)))
}
