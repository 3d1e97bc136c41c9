package people

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/otp"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// What /login?said=… says above the form; any other word says nothing.
const (
	saidOut      = "out"
	saidPassword = "password"
)

var saids = map[string]view.Banner{
	desk.SaidExpired: {Kind: view.Warn, Title: "登录已过期，请重新登录", Text: "30 分钟不操作，或者满 12 小时，会自动退出。"},
	saidOut:          {Kind: view.Done, Title: "已退出"},
	saidPassword:     {Kind: view.Done, Title: "密码已改，请用新密码登录", Text: "所有设备上的登录都已退出。"},
}

// carriedBanner says at each step of a login that a form is carried through it.
var carriedBanner = view.Banner{Kind: view.Warn, Title: "登录已过期，刚才这一步没有办", Text: "填的都带着，登录以后接着办：先给您看一遍，您按了才办。"}

var otherAccount = view.Button{Label: "换一个账号登录", Kind: view.Quiet, Href: "/login"}

// loginView is the first page of a login; the password is never shown again.
type loginView struct {
	Login   string
	Said    templ.Component // nil says nothing
	Carried view.Carried    // the form that the login leads back to
}

// atDoor answers a form of somebody whose session has gone: the next page of the login,
// which carries the form on. Who only wanted to leave has left.
func (d *Pages) atDoor(c *fiber.Ctx) error {
	if c.Path() == logoutPath {
		return d.left(c)
	}
	v, err := d.Visit(c)
	if err != nil {
		return err
	}
	if v.State == desk.Halfway {
		return d.nextPage(c)
	}
	return view.Show(c, loginPage(d.Frame(c, "登录", ""), loginView{Said: carriedBanner, Carried: view.Carried(web.Sent(c))}))
}

// nextPage is the second page of a login, shown without a redirect.
func (d *Pages) nextPage(c *fiber.Ctx) error {
	if desk.Session(c).Enrolled {
		return d.secondFactorPage(c, otpView{})
	}
	return d.enrolAgain(c, otpView{})
}

// undoneLogin shows the login where its form was not acted on.
func (d *Pages) undoneLogin(c *fiber.Ctx) error {
	return view.Show(c, loginPage(d.Frame(c, "登录", ""), loginView{Login: web.Form(c).Get("login"), Carried: view.Carried(web.Sent(c))}))
}

func (d *Pages) showLogin(c *fiber.Ctx) error {
	v, err := d.Visit(c)
	if err != nil {
		return err
	}
	if v.State == desk.Whole {
		return web.SeeOther(c, "/")
	}
	page := loginView{}
	if said, ok := saids[c.Query("said")]; ok {
		page.Said = said
	}
	return view.Show(c, loginPage(d.Frame(c, "登录", ""), page))
}

func (d *Pages) submitLogin(c *fiber.Ctx) error {
	v, err := d.Visit(c)
	if err != nil {
		return err
	}
	f := web.Form(c)
	if f.Get("do") == desk.DoOther {
		return d.undoneLogin(c)
	}
	secret, err := d.Staff.Login(c.UserContext(), staff.Attempt{
		Login: f.Get("login"), Password: f.Get("password"), From: d.Browser(c), Before: v.Secret,
	})
	if err != nil {
		return d.loginAgain(c, f.Get("login"), err)
	}
	d.Keep(c, secret)
	if _, ok := web.GoesOn(c); ok {
		if err := d.Become(c, secret); err != nil {
			return err
		}
		return d.nextPage(c)
	}
	// Which of the two pages is next the half session itself knows.
	return web.SeeOther(c, "/login/second-factor")
}

// loginAgain shows the first page with what went wrong; other errors go on.
func (d *Pages) loginAgain(c *fiber.Ctx, login string, err error) error {
	said := view.Banner{Kind: view.Wrong, Title: fault.SentenceOf(err)}
	switch fault.KindOf(err) {
	case fault.Invalid:
		said.Title, said.Text = fault.FieldsOf(err)[0].Sentence, "密码要重新输入。"
	case fault.TooMany, fault.Expired:
	default:
		return err
	}
	web.Refuse(c, err)
	f := d.Frame(c, "登录", "")
	f.HasErrors = true
	return view.Show(c, loginPage(f, loginView{Login: login, Said: said, Carried: view.Carried(web.Sent(c))}))
}

// otpView is either page that asks for a code.
type otpView struct {
	Typed  string
	Errors view.Errors
	Wait   string // the throttle's sentence
	Enrol  otp.Enrolment

	Carried view.Carried // the form that the login leads back to
}

// buttons of either page: another account is a form of its own while one is carried.
func (v otpView) buttons(on string) []view.Button {
	list := []view.Button{{Label: on, Kind: view.Go}}
	if v.Carried.To == "" {
		list = append(list, otherAccount)
	}
	return list
}

// secondFactorPage asks for the code of a telephone that is known.
func (d *Pages) secondFactorPage(c *fiber.Ctx, v otpView) error {
	f := d.Frame(c, "输入验证码", "")
	f.HasErrors = len(v.Errors) > 0 || v.Wait != ""
	v.Carried = view.Carried(web.Sent(c))
	return view.Show(c, secondFactorPage(f, v))
}

func (d *Pages) showSecondFactor(c *fiber.Ctx) error {
	if !desk.Session(c).Enrolled {
		return web.SeeOther(c, "/login/enrol")
	}
	return d.secondFactorPage(c, otpView{})
}

func (d *Pages) submitSecondFactor(c *fiber.Ctx) error {
	typed := web.Form(c).Get("otp")
	entry, err := d.Staff.SecondFactor(c.UserContext(), desk.Session(c), typed, d.Browser(c))
	if err == nil {
		return d.LetIn(c, entry)
	}
	v, err := d.otpAgain(c, typed, err)
	if err != nil {
		return err
	}
	return d.secondFactorPage(c, v)
}

func (d *Pages) showEnrol(c *fiber.Ctx) error {
	if desk.Session(c).Enrolled {
		return web.SeeOther(c, "/login/second-factor")
	}
	return d.enrolAgain(c, otpView{})
}

func (d *Pages) submitEnrol(c *fiber.Ctx) error {
	if desk.Session(c).Enrolled {
		return web.SeeOther(c, "/login/second-factor") // another browser was first
	}
	typed := web.Form(c).Get("otp")
	entry, err := d.Staff.Enrol(c.UserContext(), desk.Session(c), typed, d.Browser(c))
	if err == nil {
		return d.LetIn(c, entry)
	}
	v, err := d.otpAgain(c, typed, err)
	if err != nil {
		return err
	}
	return d.enrolAgain(c, v)
}

func (d *Pages) enrolAgain(c *fiber.Ctx, v otpView) error {
	e, err := d.Staff.Enrolment(c.UserContext(), desk.Session(c))
	if fault.Is(err, fault.Conflict) {
		return web.SeeOther(c, "/login/second-factor")
	}
	if err != nil {
		return err
	}
	v.Enrol, v.Carried = e, view.Carried(web.Sent(c))
	f := d.Frame(c, "绑定验证器", "")
	f.HasErrors = len(v.Errors) > 0 || v.Wait != ""
	return view.Show(c, enrolPage(f, v))
}

// otpAgain sets the status and says what to show; an error that no page of a
// code can show goes on. A half session that is over has its own page.
func (d *Pages) otpAgain(c *fiber.Ctx, typed string, err error) (otpView, error) {
	switch fault.KindOf(err) {
	case fault.Invalid:
		web.Refuse(c, err)
		return otpView{Typed: typed, Errors: view.ErrorsOf(err)}, nil
	case fault.TooMany:
		web.Refuse(c, err)
		return otpView{Typed: typed, Wait: fault.SentenceOf(err)}, nil
	}
	if desk.IsOver(err) {
		d.Forget(c)
	}
	return otpView{}, err
}

func (d *Pages) submitLogout(c *fiber.Ctx) error {
	err := d.Staff.Revoke(c.UserContext(), desk.Person(c).ID, desk.Session(c).ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return d.left(c)
}

// left is where somebody is who has logged out, or had been already.
func (d *Pages) left(c *fiber.Ctx) error {
	d.Forget(c)
	return web.SeeOther(c, "/login?said="+saidOut)
}
