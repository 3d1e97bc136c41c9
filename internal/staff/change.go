package staff

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Order is who wants something done to an account, and why.
type Order struct {
	By     int64 // 0 is the operator at the machine, who has no account
	Reason string
	Seen   int64 // the newest act on the account that By's page showed
	Sure   bool  // that nobody else is left for the role was asked, and answered
}

const reasonLimit = 500

// cleaned is the order with its reason as it is kept, or what is wrong with it.
func (o Order) cleaned() (Order, []fault.Field) {
	o.Reason = form.Text(o.Reason)
	sentence := form.TextFault(o.Reason)
	switch long := form.TooLong(o.Reason, reasonLimit); {
	case o.Reason == "":
		sentence = "请写理由"
	case long != "":
		sentence = long
	}
	if sentence == "" {
		return o, nil
	}
	return o, []fault.Field{{Name: "reason", Sentence: sentence}}
}

// Faults are what is wrong with the order itself, whomever it is for.
func (o Order) Faults() []fault.Field {
	_, faults := o.cleaned()
	return faults
}

var (
	errNobody = fault.New(fault.NotFound, "没有这个账号。")
	errOwn    = fault.New(fault.Forbidden, "没有办。这是您自己的账号，要由另一位系统管理员办。")
	errStale  = fault.New(fault.Conflict, "这一次没有办。您打开这一页以后，这个账号已经有人动过，见下面的记录。请看清楚再决定。")
	errLast   = fault.New(fault.Conflict, "没有停用。这是最后一个在用的系统管理员账号，停用以后没有人能管账号。请先添加或者启用另一个。")
)

// Disable closes an account and ends its sessions; what the person did stays.
func (r *Register) Disable(ctx context.Context, id int64, o Order) error {
	return r.carry(ctx, id, o, ActDisable, func(tx pgx.Tx, a held) (string, error) {
		switch {
		case a.Disabled:
			return "", fault.New(fault.Conflict, "没有办。这个账号已经停用。")
		case a.Last:
			return "", errLast
		}
		if err := a.leaves(o, "停用"); err != nil {
			return "", err
		}
		_, err := pg.Exec(ctx, tx, `UPDATE staff SET disabled_at = @now WHERE id = @id`, pg.Args{"id": id, "now": r.Now()})
		return "", err
	})
}

// Enable opens a closed account again, with the password and the second factor
// that it had.
func (r *Register) Enable(ctx context.Context, id int64, o Order) error {
	return r.carry(ctx, id, o, ActEnable, func(tx pgx.Tx, a held) (string, error) {
		if !a.Disabled {
			return "", fault.New(fault.Conflict, "没有办。这个账号没有停用。")
		}
		_, err := pg.Exec(ctx, tx, `UPDATE staff SET disabled_at = NULL WHERE id = @id`, pg.Args{"id": id})
		return "", err
	})
}

// ResetSecondFactor forgets a lost telephone: the next login enrols a new one,
// within PasswordLife.
func (r *Register) ResetSecondFactor(ctx context.Context, id int64, o Order) error {
	return r.carry(ctx, id, o, ActResetSecondFactor, func(tx pgx.Tx, a held) (string, error) {
		if !a.Enrolled {
			return "", fault.New(fault.Conflict, "没有办。这个账号还没有绑定第二步验证，不用重设。")
		}
		_, err := pg.Exec(ctx, tx, `UPDATE staff SET totp_sealed = NULL, totp_step = 0, password_until = @until WHERE id = @id`,
			pg.Args{"id": id, "until": r.Now().Add(PasswordLife)})
		return "", err
	})
}

// PasswordLife is how long a password that somebody else set waits to be used, for
// it lies about on paper or in a message; and any password after the second factor
// was reset, for it alone binds a new telephone.
const PasswordLife = 72 * time.Hour

// NewPassword draws a password for a person and gives it, this once.
func (r *Register) NewPassword(ctx context.Context, id int64, o Order) (string, error) {
	password, err := RandomPassword(r.Random)
	if err != nil {
		return "", err
	}
	return password, r.SetPassword(ctx, id, password, o)
}

// SetPassword gives a person the password that somebody chose for them.
func (r *Register) SetPassword(ctx context.Context, id int64, password string, o Order) error {
	hash, err := r.hashFor(ctx, id, "password", password)
	if err != nil {
		return err
	}
	return r.carry(ctx, id, o, ActSetPassword, func(tx pgx.Tx, _ held) (string, error) {
		_, err := pg.Exec(ctx, tx, `UPDATE staff SET password_hash = @hash, password_until = @until WHERE id = @id`,
			pg.Args{"id": id, "hash": hash, "until": r.Now().Add(PasswordLife)})
		return "", err
	})
}

// Job is what somebody is here: a role, and the unit that they act for.
type Job struct {
	Role Role
	Unit string
}

func (j Job) faults() []fault.Field {
	var all []fault.Field
	for _, f := range []fault.Field{{Name: "role", Sentence: roleFault(j.Role)}, {Name: "unit", Sentence: unitFault(j.Role, j.Unit)}} {
		if f.Sentence != "" {
			all = append(all, f)
		}
	}
	return all
}

// Reassign gives a person another role or unit. Their sessions end, so that no
// page opened under the old one can still be used.
func (r *Register) Reassign(ctx context.Context, id int64, to Job, o Order) error {
	to.Unit = form.Line(to.Unit)
	_, faults := o.cleaned()
	if err := fault.Fields(append(to.faults(), faults...)); err != nil {
		return err
	}
	err := r.carry(ctx, id, o, ActReassign, func(tx pgx.Tx, a held) (string, error) {
		switch {
		case a.Role == to.Role && a.Unit == to.Unit:
			return "", fault.New(fault.Conflict, "没有办。他现在就是这个角色、这个单位。")
		case a.Last && to.Role != Sysadmin:
			return "", fault.New(fault.Conflict, "没有办。这是最后一个在用的系统管理员账号，换了角色就没有人能管账号。请先添加或者启用另一个。")
		}
		a.Settler = a.Settler && !to.Role.Settles()
		if to.Role != a.Role || a.Role.OfUnit() && to.Unit != a.Unit {
			if err := a.leaves(o, "调走"); err != nil {
				return "", err
			}
		}
		if to.Unit != a.Unit {
			if err := r.inForce(ctx, tx, to.Unit); err != nil {
				return "", err
			}
		}
		name, err := pg.One[string](ctx, tx, `
			UPDATE staff SET role = @role, unit = nullif(@unit, '') WHERE id = @id
			RETURNING coalesce((SELECT name FROM unit WHERE code = @unit), '')`, pg.Args{"id": id, "role": string(to.Role), "unit": to.Unit})
		return a.Role.at(a.UnitName) + " → " + to.Role.at(name), err
	})
	return err
}

// inForce refuses a unit that is not there, or not today: who is put into one
// that has ended would be barred from it alone, and not from its successor.
func (r *Register) inForce(ctx context.Context, q pg.Queryer, unit string) error {
	if unit == "" {
		return nil
	}
	ok, err := pg.One[bool](ctx, q, `
		SELECT valid_from <= @today::date AND coalesce(valid_to >= @today::date, true) FROM unit WHERE code = @unit`,
		pg.Args{"unit": unit, "today": clock.On(r.Now()).String()})
	switch {
	case pg.IsNoRows(err):
		return fault.Fields([]fault.Field{noSuchUnit(unit)})
	case err == nil && !ok:
		return fault.Fields([]fault.Field{{Name: "unit", Sentence: "代码是“" + unit + "”的单位现在没有，请选它并入或者改成的单位"}})
	}
	return err
}

// at is a role with its unit, as a record names them.
func (r Role) at(unitName string) string {
	if unitName == "" {
		return r.Title()
	}
	return r.Title() + "（" + unitName + "）"
}

// hashFor checks a new password of an account and hashes it; field is the name
// of the box that it was typed into.
func (r *Register) hashFor(ctx context.Context, id int64, field, password string) (string, error) {
	login, err := pg.One[string](ctx, r.Pool, `SELECT login FROM staff WHERE id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return "", errNobody
	}
	if err != nil {
		return "", err
	}
	if sentence := passwordFault(password, login); sentence != "" {
		return "", fault.Fields([]fault.Field{{Name: field, Sentence: sentence}})
	}
	return r.Hashing.Hash(ctx, password)
}

// held is an account under the lock.
type held struct {
	Enrolled, Disabled bool
	Last               bool // nobody else is a sysadmin who can log in
	Alone              bool // in use, and nobody else who can log in has the role, in the unit where the role is a unit's
	Settler            bool // alone, and nobody else who can log in settles whom a complaint is about
	Role               Role
	Unit, UnitName     string
	Newest             int64
}

// carry changes one account, ends its sessions and records the act: all or
// nothing.
func (r *Register) carry(ctx context.Context, id int64, o Order, kind ActKind, do func(pgx.Tx, held) (change string, err error)) error {
	o, faults := o.cleaned()
	if err := fault.Fields(faults); err != nil {
		return err
	}
	err := r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: string(kind), By: o.By}, func(tx pgx.Tx) error {
		a, err := r.hold(ctx, tx, id, o)
		if err != nil {
			return err
		}
		change, err := do(tx, a)
		if err != nil {
			return err
		}
		if err := endAll(ctx, tx, id, r.Now()); err != nil {
			return err
		}
		return r.record(ctx, tx, id, o, kind, change)
	})
	if err != nil {
		return err
	}
	r.noteAct(ctx, kind, id, o)
	return nil
}

// others are those of an account's role who can log in: an account whose first password
// has run out opens nothing.
const others = `SELECT FROM staff s WHERE s.role = p.role AND s.disabled_at IS NULL AND s.id <> p.id AND coalesce(s.password_until > @now, true)`

// leaves asks whether the role may be left without anybody; the last who settles whom a
// complaint is about does not leave, or new complaints lie unread. The operator at the
// machine is not asked: they act when something is on fire.
func (a held) leaves(o Order, verb string) error {
	if !a.Alone || o.By == 0 || o.Sure && !a.Settler {
		return nil
	}
	if a.Settler {
		return fault.New(fault.Conflict, "没有办。他是最后一个能登录的登记员、督办员，%s以后没有人能受理投诉、认定投诉的是谁。请先添加或者启用另一个。", verb)
	}
	who := a.Role.Title()
	if a.Role.OfUnit() {
		who = a.UnitName + "的" + who
	}
	return fault.Fields([]fault.Field{{Name: "sure", Sentence: "他是最后一个能登录的" + who + "。" + verb + "以后，" + strings.ReplaceAll(unstaffed[a.Role], "{unit}", a.UnitName) + "。可以先添加或者启用另一个；就要" + verb + "的，请勾选", Asked: true}})
}

// hold locks an account and says how it stands.
func (r *Register) hold(ctx context.Context, tx pgx.Tx, id int64, o Order) (held, error) {
	if err := queue(ctx, tx, o.By); err != nil {
		return held{}, err
	}
	if o.By == id {
		return held{}, errOwn
	}
	a, err := pg.One[held](ctx, tx, `
		SELECT p.totp_sealed IS NOT NULL AS enrolled, p.disabled_at IS NOT NULL AS disabled,
			p.disabled_at IS NULL AND p.role = ANY (@settlers) AND NOT EXISTS (
				SELECT FROM staff s WHERE s.role = ANY (@settlers) AND s.disabled_at IS NULL AND s.id <> p.id AND coalesce(s.password_until > @now, true)) AS settler,
			p.role = 'sysadmin' AND NOT EXISTS (`+others+`) AS last,
			p.disabled_at IS NULL AND NOT EXISTS (`+others+` AND (p.role NOT IN ('handler', 'unit_head') OR s.unit = p.unit)) AS alone,
			p.role, coalesce(p.unit, '') AS unit, coalesce((SELECT u.name FROM unit u WHERE u.code = p.unit), '') AS unit_name,
			coalesce((SELECT max(a.id) FROM staff_act a WHERE a.staff_id = p.id), 0) AS newest
		FROM staff p WHERE p.id = @id FOR NO KEY UPDATE OF p`, pg.Args{"id": id, "now": r.Now(), "settlers": Settling()})
	switch {
	case pg.IsNoRows(err):
		return held{}, errNobody
	case err == nil && o.By != 0 && a.Newest != o.Seen:
		return held{}, errStale
	}
	return a, err
}

// queue lets one act go on at a time, by locking the enabled sysadmins, and
// refuses whoever is not one of them any more: of two who disable each other at
// once, the second finds the own account closed. Statements after this one see
// what the first wrote.
func queue(ctx context.Context, tx pgx.Tx, by int64) error {
	enabled, err := pg.All[int64](ctx, tx, `
		SELECT id FROM staff WHERE role = 'sysadmin' AND disabled_at IS NULL ORDER BY id FOR NO KEY UPDATE`, nil)
	if err != nil {
		return err
	}
	if by != 0 && !slices.Contains(enabled, by) {
		return ErrNoSession
	}
	return nil
}

// noteAct logs who did what to whom, by numbers; the reason stays out.
func (r *Register) noteAct(ctx context.Context, kind ActKind, id int64, o Order) {
	if r.Log != nil {
		r.Log.LogAttrs(ctx, slog.LevelInfo, actKinds[kind].event, slog.Int64("staff", id), slog.Int64("by", o.By))
	}
}
