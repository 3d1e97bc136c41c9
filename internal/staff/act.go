package staff

import (
	"context"
	"time"

	"zhengxin/internal/pg"
)

// ActKind is what can be done to an account; the same words stand in the table
// `staff_act`.
type ActKind string

// The acts. A change of one's own password is none: it took the old one. Binding a
// second factor is one, although its by is the person: whoever had the password did it.
const (
	ActAdd               ActKind = "add"
	ActDisable           ActKind = "disable"
	ActEnable            ActKind = "enable"
	ActResetSecondFactor ActKind = "reset_second_factor"
	ActSetPassword       ActKind = "set_password"
	ActReassign          ActKind = "reassign"
	ActEnrol             ActKind = "enrol"
	ActAway              ActKind = "away"
	ActBack              ActKind = "back"
)

var actKinds = map[ActKind]struct{ label, past, event string }{
	ActAdd:               {"添加账号", "添加了您的账号", "account added"},
	ActDisable:           {"停用", "停用了您的账号", "account disabled"},
	ActEnable:            {"启用", "启用了您的账号", "account enabled"},
	ActResetSecondFactor: {"重设第二步验证", "重设了您的第二步验证", "second factor reset"},
	ActSetPassword:       {"换新密码", "换了您的密码", "password set"},
	ActReassign:          {"调整岗位", "调整了您的岗位", "account reassigned"},
	ActEnrol:             {"绑定第二步验证", "在您的账号上绑定了验证器", "second factor enrolled"},
	ActAway:              {"登记请假", "给您登记了请假", "absence entered"},
	ActBack:              {"结束请假", "提前结束了您的请假", "absence ended"},
}

// Label is the act as a button and a record name it.
func (k ActKind) Label() string { return actKinds[k].label }

// Absent says that it is about being away: the person themselves may do it, and gives no reason.
func (k ActKind) Absent() bool { return k == ActAway || k == ActBack }

// Past is the act as the person is told of it.
func (k ActKind) Past() string { return actKinds[k].past }

// Act is one thing that was done to an account. Acts are added and read, never
// changed, by everybody but the owner of the database.
type Act struct {
	ID      int64
	At      time.Time
	By      string // who did it, empty for the operator at the machine
	ByLogin string
	StaffID int64 // to whom
	Name    string
	Login   string
	Kind    ActKind
	Change  string // what was and what is now; empty where the kind says it
	Reason  string
}

const actsSQL = `
	SELECT a.id, a.at, coalesce(b.name, '') AS by, coalesce(b.login, '') AS by_login,
		a.staff_id, p.name, p.login, a.act AS kind, a.change, a.reason
	FROM staff_act a
	JOIN staff p ON p.id = a.staff_id
	LEFT JOIN staff b ON b.id = a.by_id`

// Acts are what was done to all accounts, the newest first, before an act when
// that is not 0.
func (r *Register) Acts(ctx context.Context, before int64, limit int) ([]Act, error) {
	return pg.All[Act](ctx, r.Pool, actsSQL+`
		WHERE @before = 0 OR a.id < @before ORDER BY a.id DESC LIMIT @limit`, pg.Args{"before": before, "limit": limit})
}

// ActsOn are what was done to one account, the newest first.
func (r *Register) ActsOn(ctx context.Context, staffID int64, limit int) ([]Act, error) {
	return pg.All[Act](ctx, r.Pool, actsSQL+`
		WHERE a.staff_id = @staff ORDER BY a.id DESC LIMIT @limit`, pg.Args{"staff": staffID, "limit": limit})
}

// How long a person is told of what was done to their account. A session is
// kept for a month after its last use, so what is older cannot be dated by one.
const (
	newsLife  = 7 * 24 * time.Hour
	newsLimit = 30 * 24 * time.Hour
)

// News is what a person is told at their desk: every act on their account, from
// their first whole login after it for seven days, but the first telephone, which
// they bind as they come in, and what they said of their own absence. Nothing puts it away: whoever
// took an account over could do that too.
func (r *Register) News(ctx context.Context, staffID int64) ([]Act, error) {
	now := r.Now()
	return pg.All[Act](ctx, r.Pool, actsSQL+`
		WHERE a.staff_id = @staff AND a.act <> 'add' AND a.at > @oldest AND NOT (a.act IN ('away', 'back') AND a.by_id = a.staff_id)
			AND (a.act <> 'enrol' OR EXISTS (SELECT FROM staff_act e WHERE e.staff_id = a.staff_id AND e.act = 'enrol' AND e.id < a.id)) AND NOT EXISTS (
			SELECT FROM staff_session s
			WHERE s.staff_id = a.staff_id AND s.second_factor_at <= @told
				AND (s.second_factor_at > a.at OR a.act = 'enrol' AND s.second_factor_at = a.at))
		ORDER BY a.id DESC`,
		pg.Args{"staff": staffID, "oldest": now.Add(-newsLimit), "told": now.Add(-newsLife)})
}

// record writes an act; the caller's transaction makes the change, and says it
// where the kind does not.
func (r *Register) record(ctx context.Context, q pg.Queryer, staffID int64, o Order, kind ActKind, change string) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO staff_act (at, by_id, staff_id, act, change, reason) VALUES (@at, nullif(@by::bigint, 0), @staff, @kind, @change, @reason)`,
		pg.Args{"at": r.Now(), "by": o.By, "staff": staffID, "kind": string(kind), "change": change, "reason": o.Reason})
	return err
}
