package people

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// accountView is a person's own page. Passwords are never shown again.
type accountView struct {
	Person   staff.Person
	Here     int64 // the session that asks
	Sessions []staff.Session
	Absences []staff.Absence // of today and to come
	Said     templ.Component // nil says nothing
	Errors   view.Errors
}

var sessionTable = view.Table{
	Caption: "登录着的设备", Stack: true,
	Columns: []view.Column{{Label: "设备"}, {Label: "登录时间"}, {Label: "最近使用"}, {Label: "退出", Hidden: true}},
}

const (
	saidEnded = "ended"
	saidKeys  = "keys"
)

func (d *Pages) showAccount(c *fiber.Ctx) error {
	v := accountView{}
	switch c.Query("said") {
	case saidEnded:
		v.Said = view.Banner{Kind: view.Done, Title: "已退出", Text: "那台设备上再操作，要重新登录。"}
	case saidKeys:
		v.Said = view.Banner{Kind: view.Done, Title: map[bool]string{true: "按键已关掉", false: "按键已打开"}[d.KeysOff(c)], Text: "只管这台设备上的这个浏览器。"}
	}
	return d.accountPage(c, v)
}

func (d *Pages) accountPage(c *fiber.Ctx, v accountView) error {
	var err error
	v.Person, v.Here = desk.Person(c), desk.Session(c).ID
	if v.Sessions, err = d.Staff.Sessions(c.UserContext(), v.Person.ID); err != nil {
		return err
	}
	absences, err := d.Staff.AbsencesOf(c.UserContext(), v.Person.ID)
	if err != nil {
		return err
	}
	today := clock.On(d.Now())
	v.Absences = slices.DeleteFunc(absences, func(a staff.Absence) bool { return a.Over(today) })
	f := d.Frame(c, "我的账号", "account")
	f.HasErrors = len(v.Errors) > 0
	return view.Show(c, accountPage(f, v))
}

func (d *Pages) submitPassword(c *fiber.Ctx) error {
	f := web.Form(c)
	err := d.changePassword(c, f.Get("old_password"), f.Get("new_password"), f.Get("new_password_again"))
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooMany:
		web.Refuse(c, err)
		said := view.Banner{Kind: view.Wrong, Title: "密码没有改", Text: "三个格子都要重新填。"}
		if fault.Is(err, fault.TooMany) {
			said.Text = fault.SentenceOf(err)
		}
		return d.accountPage(c, accountView{Said: said, Errors: view.ErrorsOf(err)})
	}
	if err != nil {
		return err
	}
	d.Forget(c)
	return web.SeeOther(c, "/login?said="+saidPassword)
}

func (d *Pages) changePassword(c *fiber.Ctx, old, new, again string) error {
	if new != again {
		return fault.Fields([]fault.Field{{Name: "new_password_again", Sentence: "两次填的新密码不一样"}})
	}
	return d.Staff.ChangePassword(c.UserContext(), desk.Person(c), d.Browser(c), old, new)
}

func (d *Pages) submitEndSession(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := d.Staff.Revoke(c.UserContext(), desk.Person(c).ID, id); err != nil {
		return err
	}
	if id == desk.Session(c).ID {
		d.Forget(c)
		return web.SeeOther(c, "/login?said="+saidOut)
	}
	return web.SeeOther(c, "/account?said="+saidEnded)
}

func (d *Pages) submitEndOthers(c *fiber.Ctx) error {
	if _, err := d.Staff.RevokeOthers(c.UserContext(), desk.Session(c)); err != nil {
		return err
	}
	return web.SeeOther(c, "/account?said="+saidEnded)
}
