package demo

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

// The units of the demonstration that people work at.
const (
	Desk      = "JX-CXB"
	Finance   = "JX-CZJ"
	Justice   = "JX-SFJ"
	Housing   = "JX-ZJJ"
	Town      = "410425101"
	Petitions = "JX-XFJ"
)

// people are one account for each role at the desk, handlers and heads of four
// units, of one two each, since an answer that is contested is written and approved
// by others; and a second registrar at the petitions office: a complaint about the
// desk itself waits there, where nobody of the desk sees it.
var people = []staff.Account{
	{Login: "registrar", Name: "苏晓禾", Role: staff.Registrar, Unit: Desk},
	{Login: "supervisor", Name: "高望川", Role: staff.Supervisor, Unit: Desk},
	{Login: "discipline", Name: "严立舟", Role: staff.DisciplineOfficer, Unit: Desk},
	{Login: "leader", Name: "方致远", Role: staff.Leader, Unit: Desk},
	{Login: "leader-2", Name: "罗明川", Role: staff.Leader, Unit: Desk}, // rechecks what the others answered and reviewed
	{Login: "custodian", Name: "宁守一", Role: staff.Custodian, Unit: Desk},
	{Login: "publisher", Name: "郑明澈", Role: staff.Publisher, Unit: Desk},
	{Login: "auditor", Name: "史清源", Role: staff.Auditor, Unit: Desk},
	{Login: "sysadmin", Name: "柯维安", Role: staff.Sysadmin, Unit: Desk},
	{Login: "handler", Name: "田知秋", Role: staff.Handler, Unit: Finance},
	{Login: "head", Name: "郭承谨", Role: staff.UnitHead, Unit: Finance},
	{Login: "handler-2", Name: "许砚田", Role: staff.Handler, Unit: Finance},
	{Login: "head-2", Name: "沈秉正", Role: staff.UnitHead, Unit: Finance},
	{Login: "handler-sfj", Name: "陆明法", Role: staff.Handler, Unit: Justice},
	{Login: "head-sfj", Name: "秦正言", Role: staff.UnitHead, Unit: Justice},
	{Login: "handler-zjj", Name: "梁筑新", Role: staff.Handler, Unit: Housing},
	{Login: "head-zjj", Name: "董安居", Role: staff.UnitHead, Unit: Housing},
	{Login: "handler-ztz", Name: "马春耕", Role: staff.Handler, Unit: Town},
	{Login: "head-ztz", Name: "韩岭南", Role: staff.UnitHead, Unit: Town},
	{Login: "registrar-xfj", Name: "贺听雨", Role: staff.Registrar, Unit: Petitions},
}

// largeDebts is a list that the supervisor keeps for everybody, with columns of its own.
var largeDebts = url.Values{"unpaid_from": {"500000.00"}, "columns": {"unit.state.holder.left.complainant.unpaid"}}

// hire adds the accounts of those who are there since the office opened, each with
// a password of its own.
func (o Office) hire(ctx context.Context, opened time.Time) ([]Login, error) {
	hashing, err := staff.NewHashing()
	if err != nil {
		return nil, err
	}
	units, err := unit.Read(ctx, o.Pool, o.Now())
	if err != nil {
		return nil, err
	}
	register := &staff.Register{Pool: o.Pool, Now: func() time.Time { return opened }, Random: o.Random, Hashing: hashing, Daybook: o.Daybook}
	var logins []Login
	for _, account := range people {
		password, err := staff.RandomPassword(o.Random)
		if err != nil {
			return nil, err
		}
		account.Demo = true
		id, err := register.Add(ctx, account, password)
		if err != nil {
			return nil, fmt.Errorf("account %s: %w", account.Login, err)
		}
		if account.Role == staff.Supervisor {
			if err := register.SaveView(ctx, staff.Person{ID: id, Role: account.Role, Unit: account.Unit}, string(complaint.Kind.Law.Kind), "大额欠款", largeDebts.Encode(), staff.ForAll); err != nil {
				return nil, err
			}
		}
		at, _ := units.ByCode(account.Unit)
		logins = append(logins, Login{account, at.Name, password})
	}
	return logins, nil
}

// leave has two people be away from the day on which the demonstration is looked at: a handler
// whose colleague stands in, and a head whose handler is the deputy.
func (w *walk) leave(ctx context.Context) error {
	register := &staff.Register{Pool: w.desk.Pool, Now: func() time.Time { return w.today }, Random: w.office.Random, Daybook: w.office.Daybook}
	today := clock.On(w.today)
	for _, one := range [][2]string{{"handler", "handler-2"}, {"head-sfj", "handler-sfj"}} {
		who := w.people[one[0]]
		if err := register.GoAway(ctx, who, staff.Leave{StaffID: who.ID, From: today, To: today.AddDays(6), StandIn: w.people[one[1]].ID}); err != nil {
			return fmt.Errorf("absence of %s: %w", one[0], err)
		}
	}
	return nil
}

// Table is the logins as they are printed and kept.
func Table(logins []Login) string {
	var b strings.Builder
	for _, l := range logins {
		fmt.Fprintf(&b, "  %-14s %-16s  %s %s %s\n", l.Login, l.Password, l.Role.Title(), l.UnitName, l.Name)
	}
	return b.String()
}

// File is where the logins are kept.
func (o Office) File() string { return filepath.Join(o.Dir, "demo-accounts.txt") }

// keep writes the logins into a file.
func keep(path string, logins []Login) error {
	return keepText(path, "演示账号：登录名、密码、角色、单位、姓名。姓名都是虚构的；第一次登录时绑定动态口令。\n"+Table(logins))
}

// addTold adds what else is told under a heading to the logins, once; not where
// somebody has put the file away.
func addTold(path, heading, lines string) error {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil || strings.Contains(string(text), heading):
		return err
	}
	return keepText(path, string(text)+"\n"+heading+"\n"+lines)
}

// keepText writes a file for its owner's eyes only, whole or not at all.
func keepText(path, text string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".demo-accounts-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
