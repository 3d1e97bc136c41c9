package member

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Caller is who is logged in.
type Caller struct {
	Kind    Kind
	Name    string
	Session string // 第十六届; a journalist has none
	Outlet  string // of a journalist
}

// Who is a member with what makes them one: 陈河，第十六届人大代表.
func (c Caller) Who() string { return c.Name + "，" + c.Outlet + c.Session + c.Kind.Word() }

// Home is who is logged in, how they come in, and what was done to their account.
type Home struct {
	Caller
	Until clock.Date // zero while no end of the term is known

	Factor   Factor
	FactorID int64 // of the newest change; 0 where there was none
	Others   int   // sessions in other browsers
	Wrong    int   // second factors that did not fit, since the login before this one
	Logins   []Login
	Changes  []Change
}

// Login is a login of the last weeks, the newest first.
type Login struct {
	At   time.Time
	Way  string // link, or code
	This bool   // the present one
}

// Word is how somebody came in.
func (l Login) Word() string {
	if l.Way == "code" {
		return "登录码和验证器"
	}
	return "登录链接"
}

// Change is what was done to the account, the newest first.
type Change struct {
	At   time.Time
	What string // an ActKind of the desk, or the Factor that its member chose
	Own  bool
	News bool // they are told of it, for a week from their first login after it
}

// Says is the change in words.
func (c Change) Says() string {
	if c.Own {
		return "您把第二步换成了" + Factor(c.What).Word()
	}
	return "登记的办公室办理：" + ActKind(c.What).Label()
}

// News are the changes of which their member is told.
func (h Home) News() (news []Change) {
	for _, c := range h.Changes {
		if c.News {
			news = append(news, c)
		}
	}
	return news
}

// Before is the login before the present one; false where none is known.
func (h Home) Before() (Login, bool) {
	for i, l := range h.Logins {
		if l.This && i+1 < len(h.Logins) {
			return h.Logins[i+1], true
		}
	}
	return Login{}, false
}

// Home is that of a session. ErrNoSession where it opens nothing.
func (d *Door) Home(ctx context.Context, session key.Secret) (Home, error) {
	var h Home
	err := d.read(ctx, `SELECT member_home(@session)`, pg.Args{"session": SessionID(session)}, &h)
	return h, err
}

// All reads into found what they have of their own in every section, by its name; null where
// a section is not theirs. It is one question, asked by the functions of the sections.
func (d *Door) All(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `
		SELECT jsonb_build_object('Proposals', member_matters(@session), 'Invitations', member_invitations(@session, ''), 'Bundles', member_bundles(@session),
			'Complaints', nullif(member_complaints(@session, @keys), 'false'), 'Leads', nullif(member_leads(@session), 'false'))`, d.shelf(session, nil), found)
}

// LeaveOthers ends all sessions of the member but this one.
func (d *Door) LeaveOthers(ctx context.Context, session key.Secret) error {
	in, err := pg.One[bool](ctx, d.Pool, `SELECT member_leave_others(@session)`, pg.Args{"session": SessionID(session)})
	if err != nil {
		return fmt.Errorf("leave elsewhere: %w", err)
	}
	if !in {
		return ErrNoSession
	}
	return nil
}
