package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// The commands for the operator, when nobody can log in to do it at the desk.
// What they do is on the same record, without a staff member's name.
type (
	staffCommands struct {
		Add               staffAddCommand      `cmd:"" help:"添加账号，从标准输入读密码"`
		List              staffListCommand     `cmd:"" help:"列出全部账号"`
		Disable           staffDisableCommand  `cmd:"" help:"停用账号，马上退出它的全部登录"`
		Enable            staffEnableCommand   `cmd:"" help:"启用停用的账号"`
		ResetSecondFactor staffResetCommand    `cmd:"" help:"重设第二步验证，下次登录重新绑定"`
		SetPassword       staffPasswordCommand `cmd:"" help:"换密码，从标准输入读新密码"`
		Reassign          staffReassignCommand `cmd:"" help:"调整岗位：换角色或者单位，马上退出它的全部登录"`
	}
	staffAddCommand struct {
		Login string `required:"" help:"登录名"`
		Name  string `required:"" help:"姓名"`
		Role  string `required:"" help:"角色：${roles}"`
		Unit  string `help:"单位代码；承办人和承办单位负责人必须有"`
	}
	staffListCommand struct{}
	staffTarget      struct {
		Login  string `required:"" help:"登录名"`
		Reason string `required:"" help:"理由，最多 500 个字；记下来，审计员看得到"`
	}
	staffDisableCommand  struct{ staffTarget }
	staffEnableCommand   struct{ staffTarget }
	staffResetCommand    struct{ staffTarget }
	staffPasswordCommand struct{ staffTarget }
	staffReassignCommand struct {
		staffTarget
		Role string `required:"" help:"新角色：${roles}"`
		Unit string `help:"新单位的代码；不写就不属于哪个单位"`
	}
)

// Run adds an account.
func (c staffAddCommand) Run(ctx context.Context, p *program) error {
	password, err := p.readPassword()
	if err != nil {
		return err
	}
	return p.withAccounts(ctx, func(accounts *staff.Register) error {
		account := staff.Account{Login: c.Login, Name: c.Name, Role: staff.Role(c.Role), Unit: c.Unit}
		if _, err := accounts.Add(ctx, account, password); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "已添加账号 %s（%s）。第一次登录时绑定动态口令。\n", c.Login, account.Role.Title())
		return nil
	})
}

// Run prints one line an account, those who left last.
func (staffListCommand) Run(ctx context.Context, p *program) error {
	return p.withAccounts(ctx, func(accounts *staff.Register) error {
		all, err := accounts.List(ctx)
		if err != nil {
			return err
		}
		for _, m := range all {
			seen, factor, state := "还没有登录过", "还没有绑定第二步验证", "在用"
			if m.SeenAt != nil {
				seen = "最近使用 " + clock.Local(*m.SeenAt).Format("2006-01-02 15:04")
			}
			if m.Enrolled {
				factor = "已绑定第二步验证"
			}
			if m.DisabledAt != nil {
				state = clock.Local(*m.DisabledAt).Format("2006-01-02") + " 起停用"
			}
			fmt.Fprintf(p.out, "%-16s %-18s %-12s %s（%s），%s，%s，%s\n", m.Login, m.Role, m.Unit, m.Name, m.Role.Title(), factor, seen, state)
		}
		return nil
	})
}

// Run closes an account.
func (c staffDisableCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, "已停用", func(r *staff.Register, id int64, o staff.Order) error { return r.Disable(ctx, id, o) })
}

// Run opens a closed account again.
func (c staffEnableCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, "已启用", func(r *staff.Register, id int64, o staff.Order) error { return r.Enable(ctx, id, o) })
}

// Run forgets a lost telephone.
func (c staffResetCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, "已重设第二步验证，下次登录重新绑定", func(r *staff.Register, id int64, o staff.Order) error { return r.ResetSecondFactor(ctx, id, o) })
}

// Run gives an account another password.
func (c staffPasswordCommand) Run(ctx context.Context, p *program) error {
	password, err := p.readPassword()
	if err != nil {
		return err
	}
	return c.act(ctx, p, "已换密码", func(r *staff.Register, id int64, o staff.Order) error { return r.SetPassword(ctx, id, password, o) })
}

// Run gives an account another role or unit.
func (c staffReassignCommand) Run(ctx context.Context, p *program) error {
	to := staff.Job{Role: staff.Role(c.Role), Unit: c.Unit}
	return c.act(ctx, p, "已调整岗位，现在是"+to.Role.Title(), func(r *staff.Register, id int64, o staff.Order) error { return r.Reassign(ctx, id, to, o) })
}

// act finds the account, does it as the operator and says so.
func (t staffTarget) act(ctx context.Context, p *program, done string, do func(*staff.Register, int64, staff.Order) error) error {
	return p.withAccounts(ctx, func(accounts *staff.Register) error {
		m, err := accounts.ByLogin(ctx, t.Login)
		if err != nil {
			return err
		}
		if err := do(accounts, m.ID, staff.Order{Reason: t.Reason}); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s（%s）：%s。原来的登录已全部退出，审计员看得到这一条。\n", m.Login, m.Name, done)
		return nil
	})
}

// withAccounts opens the register for one command, with the desk's rights.
func (p *program) withAccounts(ctx context.Context, do func(*staff.Register) error) (err error) {
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	office, err := p.officeIfHere()
	if err != nil {
		return err
	}
	accounts, err := p.accounts(pool, nil)
	if err != nil {
		return err
	}
	accounts.Daybook = p.daybook(office)
	return do(accounts)
}

// readPassword takes a line of standard input, so that the password stands in
// no command line.
func (p *program) readPassword() (string, error) { return p.readLine("请输入密码：") }

// readLine asks where a person sits.
func (p *program) readLine(ask string) (string, error) {
	if f, ok := p.in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			fmt.Fprint(os.Stderr, ask)
		}
	}
	line, err := bufio.NewReader(p.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// roleCodes are the roles for the help text.
func roleCodes() string {
	var all []string
	for _, role := range staff.Roles() {
		all = append(all, fmt.Sprintf("%s（%s）", role, role.Title()))
	}
	return strings.Join(all, "、")
}
