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

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
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
	Log     *slog.Logger  // told staff ids and events, nothing else; may be nil
	Daybook *daybook.Book // what is done to accounts; nil without office.key
}

// Account is what a new account is made of.
type Account struct {
	Login string
	Name  string
	Role  Role
	Unit  string // code; only handlers and unit heads must have one
	Demo  bool   // its first password waits for ever: a demonstration is looked at any day
}

// Listed is an account as a list of the staff shows it.
type Listed struct {
	ID         int64
	Login      string
	Name       string
	Role       Role
	Unit       string // code, may be empty
	UnitName   string
	Enrolled   bool // has a second factor
	CreatedAt  time.Time
	Unused     *time.Time // until when a password that somebody else set may be used the first time; nil when it was
	SeenAt     *time.Time // last use; nil when there was none
	DisabledAt *time.Time
}

// Idle says that an account in use was not logged into for so many days.
func (m Listed) Idle(days int, now time.Time) bool {
	last := m.CreatedAt
	if m.SeenAt != nil {
		last = *m.SeenAt
	}
	return m.DisabledAt == nil && now.Sub(last) > time.Duration(days)*24*time.Hour
}

const nameLimit = 50

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

// Add makes an account for the operator and gives its id. Its second factor is
// enrolled at the first login.
func (r *Register) Add(ctx context.Context, a Account, password string) (int64, error) {
	a = a.cleaned()
	if err := fault.Fields(append(a.faults(), a.passwordFaults(password)...)); err != nil {
		return 0, err
	}
	return r.add(ctx, a, password, Order{})
}

// AddBy makes an account for a sysadmin and gives its id and its first
// password, this once.
func (r *Register) AddBy(ctx context.Context, a Account, o Order) (int64, string, error) {
	a = a.cleaned()
	o, faults := o.cleaned()
	if err := fault.Fields(append(a.faults(), faults...)); err != nil {
		return 0, "", err
	}
	password, err := RandomPassword(r.Random)
	if err != nil {
		return 0, "", err
	}
	id, err := r.add(ctx, a, password, o)
	return id, password, err
}

func (r *Register) add(ctx context.Context, a Account, password string, o Order) (id int64, err error) {
	hash, err := r.Hashing.Hash(ctx, password)
	if err != nil {
		return 0, err
	}
	err = r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: string(ActAdd), By: o.By}, func(tx pgx.Tx) error {
		if err := queue(ctx, tx, o.By); err != nil {
			return err
		}
		id, err = r.insert(ctx, tx, a, hash, o)
		return err
	})
	switch {
	case pg.IsUnique(err, "staff_login_key"):
		return 0, fault.Fields([]fault.Field{{Name: "login", Sentence: "登录名“" + a.Login + "”已经有人用，请换一个。就是刚才添加的这个人，不用再添加，给他换新密码"}})
	case err != nil:
		return 0, err
	}
	r.noteAct(ctx, ActAdd, id, o)
	return id, nil
}

// insert adds an account and says so.
func (r *Register) insert(ctx context.Context, tx pgx.Tx, a Account, hash string, o Order) (int64, error) {
	if err := r.inForce(ctx, tx, a.Unit); err != nil {
		return 0, err
	}
	id, err := pg.One[int64](ctx, tx, `
		INSERT INTO staff (login, name, role, unit, password_hash, created_at, password_until)
		VALUES (@login, @name, @role, nullif(@unit, ''), @hash, @now, CASE WHEN NOT @demo THEN @until::timestamptz END)
		RETURNING id`,
		pg.Args{"login": a.Login, "name": a.Name, "role": string(a.Role), "unit": a.Unit, "hash": hash, "now": r.Now(),
			"until": r.Now().Add(PasswordLife), "demo": a.Demo})
	if err != nil {
		return 0, err
	}
	return id, r.record(ctx, tx, id, o, ActAdd, "")
}

func noSuchUnit(code string) fault.Field {
	return fault.Field{Name: "unit", Sentence: "没有代码是“" + code + "”的单位"}
}

func (a Account) cleaned() Account {
	a.Login, a.Name, a.Unit = foldLogin(a.Login), form.Line(a.Name), form.Line(a.Unit)
	return a
}

func (a Account) faults() []fault.Field {
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
	case form.Length(a.Name) > nameLimit:
		add("name", "姓名最多 50 个字")
	default:
		add("name", form.LineFault(a.Name))
	}
	return append(all, Job{a.Role, a.Unit}.faults()...)
}

func (a Account) passwordFaults(password string) []fault.Field {
	if sentence := passwordFault(password, a.Login); sentence != "" {
		return []fault.Field{{Name: "password", Sentence: sentence}}
	}
	return nil
}

func roleFault(role Role) string {
	switch {
	case slices.Contains(Roles(), role):
		return ""
	case role == "":
		return "请选角色"
	}
	return "没有“" + string(role) + "”这个角色"
}

func unitFault(role Role, unit string) string {
	if unit == "" && role.OfUnit() {
		return role.Title() + "要写明是哪个单位的"
	}
	return ""
}

// change alters one account and ends its sessions, both or neither; it is for
// what no order is asked for.
func (r *Register) change(ctx context.Context, event string, id int64, sql string, args pg.Args) error {
	err := r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "own_password", By: id}, func(tx pgx.Tx) error {
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

const membersSQL = `
	SELECT p.id, p.login, p.name, p.role, coalesce(p.unit, '') AS unit, coalesce(u.name, '') AS unit_name,
		p.totp_sealed IS NOT NULL AS enrolled, p.created_at, p.password_until AS unused, p.disabled_at,
		greatest(p.last_login_at, (SELECT max(s.seen_at) FROM staff_session s WHERE s.staff_id = p.id AND s.second_factor_at IS NOT NULL)) AS seen_at
	FROM staff p
	JOIN role r ON r.code = p.role
	LEFT JOIN unit u ON u.code = p.unit`

// List is every account, those who left last.
func (r *Register) List(ctx context.Context) ([]Listed, error) {
	return pg.All[Listed](ctx, r.Pool, membersSQL+`
		ORDER BY p.disabled_at IS NOT NULL, r.sort, p.login`, nil)
}

// Member is one account; NotFound when there is none.
func (r *Register) Member(ctx context.Context, id int64) (Listed, error) {
	m, err := pg.One[Listed](ctx, r.Pool, membersSQL+` WHERE p.id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return Listed{}, errNobody
	}
	return m, err
}

// ByLogin is the account of a login; NotFound when there is none.
func (r *Register) ByLogin(ctx context.Context, login string) (Listed, error) {
	login = foldLogin(login)
	m, err := pg.One[Listed](ctx, r.Pool, membersSQL+` WHERE p.login = @login`, pg.Args{"login": login})
	if pg.IsNoRows(err) {
		return Listed{}, fault.New(fault.NotFound, "没有登录名是“%s”的账号。", login)
	}
	return m, err
}

// Sweep deletes what has no use any more: guesses after an hour, sessions a
// month after their end, browsers when they are not known any more. It is the
// worker's, who alone may delete sessions and browsers.
func (r *Register) Sweep(ctx context.Context) error {
	now := r.Now()
	_, attempts := pg.Exec(ctx, r.Pool, `DELETE FROM login_attempt WHERE since < @until`, pg.Args{"until": now.Add(-time.Hour)})
	_, sessions := pg.Exec(ctx, r.Pool, `DELETE FROM staff_session WHERE seen_at < @until`, pg.Args{"until": now.AddDate(0, 0, -30)})
	_, devices := pg.Exec(ctx, r.Pool, `DELETE FROM staff_device WHERE seen_at <= @until`, pg.Args{"until": now.Add(-DeviceLife)})
	return errors.Join(attempts, sessions, devices)
}

// note logs who and what, never a login, a name or an address.
func (r *Register) note(ctx context.Context, event string, id int64) {
	if r.Log != nil {
		r.Log.LogAttrs(ctx, slog.LevelInfo, event, slog.Int64("staff", id))
	}
}

// foldLogin forgives capitals, spaces around, full-width letters and what pasting brings.
func foldLogin(typed string) string { return strings.ToLower(form.Folded(typed)) }
