package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// MostAtOnce is how many accounts one file adds, or one press of a button changes: each
// costs a hash, and each first password is printed and handed over.
const MostAtOnce = 200

// Typed is a line of a table of new accounts. The role is its title or its code, the unit
// its name or its code.
type Typed struct {
	Line                    int
	Fault                   string // of the line as a whole, which cannot be read
	Login, Name, Role, Unit string
}

// What becomes of a line.
type What string

// The whats.
const (
	New   What = "new"
	Same  What = "same" // this very account is there
	Ask   What = "ask"  // a doubt: somebody of this name is there
	Wrong What = "wrong"
)

// Planned is a line with what will become of it.
type Planned struct {
	Typed
	Account
	What   What
	Says   string
	Faults []fault.Field // by the names of a new account's form
}

// Plan says what would become of lines, and does nothing.
func (r *Register) Plan(ctx context.Context, lines []Typed) ([]Planned, error) {
	known, err := r.List(ctx)
	if err != nil {
		return nil, err
	}
	type named struct{ Code, Name string }
	units, err := pg.All[named](ctx, r.Pool, `SELECT code, name FROM unit WHERE valid_from <= @today::date AND coalesce(valid_to >= @today::date, true)`,
		pg.Args{"today": clock.On(r.Now()).String()})
	if err != nil {
		return nil, err
	}
	logins, names := map[string]int{}, map[string]string{}
	plan := make([]Planned, len(lines))
	for i, l := range lines {
		p := &plan[i]
		*p = Planned{Typed: l, Account: Account{Login: l.Login, Name: l.Name, Role: roleCalled(l.Role), Unit: form.Line(l.Unit)}.cleaned(), What: New}
		if l.Fault != "" {
			p.What, p.Says = Wrong, l.Fault
			continue
		}
		var called []named
		for _, u := range units {
			if u.Code == p.Account.Unit || u.Name == p.Account.Unit {
				called = append(called, u)
			}
		}
		p.Faults = p.faults()
		switch {
		case p.Account.Unit == "":
		case len(called) == 1:
			p.Account.Unit = called[0].Code
		case len(called) > 1:
			p.Faults = append(p.Faults, fault.Field{Name: "unit", Sentence: "有几个单位都叫“" + p.Account.Unit + "”，请写单位代码"})
		default:
			p.Faults = append(p.Faults, fault.Field{Name: "unit", Sentence: "现在没有叫“" + p.Account.Unit + "”的单位，也没有这个代码"})
		}
		if first, twice := logins[p.Account.Login]; twice {
			p.Faults = append(p.Faults, fault.Field{Name: "login", Sentence: fmt.Sprintf("和第 %d 行的登录名一样", first)})
		}
		logins[p.Account.Login] = l.Line
		p.against(known, names)
		if len(p.Faults) > 0 {
			p.What = Wrong
		}
	}
	return plan, nil
}

// against holds a line against the accounts that are there, and the names of the lines
// before it: one person has one account (§4 of the design), but two may have one name.
func (p *Planned) against(known []Listed, names map[string]string) {
	at := slices.IndexFunc(known, func(m Listed) bool { return m.Login == p.Account.Login })
	if at >= 0 {
		m := known[at]
		if m.Name == p.Account.Name && m.Role == p.Account.Role && m.Unit == p.Account.Unit && m.DisabledAt == nil {
			p.What, p.Says = Same, "已经有这个账号，不动"
			return
		}
		says := "登录名已经有人用：" + m.Name + "，" + m.Role.at(m.UnitName)
		if m.DisabledAt != nil {
			says += "，已停用"
		}
		p.Faults = append(p.Faults, fault.Field{Name: "login", Sentence: says})
		return
	}
	here := p.Account.Name + "\x00" + p.Account.Unit
	if before := names[here]; before != "" {
		p.What, p.Says = Ask, "这张表里同一个单位还有一位叫这个名字："+before+"。一人一个账号；确实是两个人，请勾选"
	}
	names[here] = p.Account.Login
	for _, m := range known {
		if m.Name == p.Account.Name && m.Unit == p.Account.Unit && m.DisabledAt == nil {
			p.What, p.Says = Ask, "同一个单位已经有叫这个名字的账号："+m.Login+"，"+m.Role.Title()+"。一人一个账号；确实是另一个人，请勾选"
		}
	}
}

// roleCalled is the role of a title or a code; what is neither stays as it was typed.
func roleCalled(typed string) Role {
	typed = form.Line(typed)
	for _, role := range Roles() {
		if role.Title() == typed || string(role) == strings.ToLower(typed) {
			return role
		}
	}
	return Role(typed)
}

// Handout is an account with the password to be handed over, this once.
type Handout struct {
	ID int64
	Account
	Password string
}

// AddMany adds accounts, all or none, and gives their first passwords, this once. The
// passwords are hashed before anything is locked.
func (r *Register) AddMany(ctx context.Context, accounts []Account, o Order) ([]Handout, error) {
	o, faults := o.cleaned()
	if err := fault.Fields(faults); err != nil {
		return nil, err
	}
	out, hashes := make([]Handout, len(accounts)), make([]string, len(accounts))
	for i, a := range accounts {
		out[i].Account = a.cleaned()
		err := fault.Fields(out[i].faults())
		if err == nil {
			out[i].Password, err = RandomPassword(r.Random)
		}
		if err == nil {
			hashes[i], err = r.Hashing.Hash(ctx, out[i].Password)
		}
		if err != nil {
			return nil, err
		}
	}
	err := r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "add_many", By: o.By}, func(tx pgx.Tx) error {
		if err := queue(ctx, tx, o.By); err != nil {
			return err
		}
		for i := range out {
			var err error
			if out[i].ID, err = r.insert(ctx, tx, out[i].Account, hashes[i], o); err != nil {
				return err
			}
		}
		return nil
	})
	if pg.IsUnique(err, "staff_login_key") {
		return nil, fault.New(fault.Conflict, "一个也没有添加：刚才有人用了表里的一个登录名。请看过再按。")
	}
	if err != nil {
		return nil, err
	}
	for _, h := range out {
		r.noteAct(ctx, ActAdd, h.ID, o)
	}
	return out, nil
}

// Chosen is one of several accounts to which something is to be done.
type Chosen struct {
	Listed
	Newest int64 // the newest act on it
	Alone  bool  // with all that are chosen gone, nobody who can log in has its role
}

// Several are the accounts of ids, in the order of the list of staff.
func (r *Register) Several(ctx context.Context, ids []int64) ([]Chosen, error) {
	return pg.All[Chosen](ctx, r.Pool, `
		SELECT m.*, coalesce((SELECT max(a.id) FROM staff_act a WHERE a.staff_id = m.id), 0) AS newest,
			p.disabled_at IS NULL AND NOT EXISTS (`+others+` AND s.id <> ALL (@ids) AND (p.role NOT IN ('handler', 'unit_head') OR s.unit = p.unit)) AS alone
		FROM (`+membersSQL+`) m JOIN staff p ON p.id = m.id JOIN role r ON r.code = p.role
		WHERE m.id = ANY (@ids) ORDER BY r.sort, m.login`, pg.Args{"ids": ids, "now": r.Now()})
}

// Left says what stands still once nobody is left in the role of an account.
func (c Chosen) Left(verb string) string { return left(c.Role, c.UnitName, verb) }

func left(role Role, unitName, verb string) string {
	who := role.Title()
	if role.OfUnit() {
		who = unitName + "的" + who
	}
	return "能登录的" + who + "一个也没有了。" + verb + "以后，" + strings.ReplaceAll(unstaffed[role], "{unit}", unitName)
}
