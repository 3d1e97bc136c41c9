package deputy

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// loginView is the page that asks for the mailbox.
type loginView struct {
	Frame  site.Frame
	Errors view.Errors
	Notice string
	Sent   []string // what was typed for what could not be done
	Email  string
}

// showLogin leads home who is logged in already.
func (p *Pages) showLogin(c *fiber.Ctx) error {
	f, err := p.FrameFor(c, "", "")
	if err != nil {
		return err
	}
	if f.Member.Kind != "" {
		return web.SeeOther(c, site.MemberHome)
	}
	return p.undoneLogin(c)
}

// undoneLogin asks for the mailbox with what was typed.
func (p *Pages) undoneLogin(c *fiber.Ctx) error {
	return p.login(c, loginView{Email: web.Form(c).Get("email")})
}

func (p *Pages) login(c *fiber.Ctx, v loginView) error {
	v.Frame = p.frame(c, "代表委员和记者登录")
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, loginPage(v))
}

// submitLogin has a letter sent, if the mailbox is that of an account, and says the same
// where it is nobody's.
func (p *Pages) submitLogin(c *fiber.Ctx) error {
	typed := web.Form(c).Get("email")
	mailbox, sentence := form.Email(typed)
	if sentence != "" {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.login(c, loginView{Email: typed, Errors: view.Errors{{Name: "email", Sentence: sentence}}})
	}
	if err := p.door.Ask(c.UserContext(), mailbox); err != nil {
		return err
	}
	return web.SeeOther(c, sentPath)
}

func (p *Pages) showSent(c *fiber.Ctx) error {
	return view.Show(c, sentPage(p.frame(c, "信已经发出")))
}

// linkView is the page of a link: a button, and the second factor.
type linkView struct {
	Frame  site.Frame
	Errors view.Errors
	Link   string
	Factor member.Factor
}

// showLink shows what a link leads to and uses nothing up, however often: mail servers
// open every link before anybody has read the letter.
func (p *Pages) showLink(c *fiber.Ctx) error { return p.link(c, linkView{Link: c.Params("link")}) }

// undoneEnter shows the link's page again where its form was not acted on.
func (p *Pages) undoneEnter(c *fiber.Ctx) error {
	return p.link(c, linkView{Link: web.Form(c).Get("link")})
}

func (p *Pages) link(c *fiber.Ctx, v linkView) error {
	secret, ok := key.ParseSecret(v.Link)
	if ok {
		var err error
		if v.Factor, ok, err = p.door.Live(c.UserContext(), secret); err != nil {
			return err
		}
	}
	if !ok {
		return p.orLogin(c, member.ErrGone)
	}
	v.Frame = p.frame(c, v.title())
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, linkPage(v))
}

func (v linkView) title() string {
	if v.Factor == member.ByOTP {
		return "输入验证码"
	}
	return "输入登录码"
}

// submitEnter uses the link up and begins a session. The browser need not be the one that
// asked: letters are read on the telephone. What cannot be a code is said, and counts for
// nothing.
func (p *Pages) submitEnter(c *fiber.Ctx) error {
	sent := web.Form(c)
	v := linkView{Link: sent.Get("link")}
	secret, ok := key.ParseSecret(v.Link)
	if !ok {
		return p.orLogin(c, member.ErrGone)
	}
	var err error
	if v.Factor, ok, err = p.door.Live(c.UserContext(), secret); err != nil {
		return err
	}
	field, read, enter := "login_code", readLoginCode, p.door.Enter
	if v.Factor == member.ByOTP {
		field, read, enter = "otp", member.ReadOTP, p.door.EnterOTP
	}
	if ok && !sent.Has(field) { // they have changed it since the page was drawn
		c.Status(fiber.StatusConflict)
		return p.link(c, v)
	}
	code, sentence := read(sent.Get(field))
	if sentence != "" {
		v.Errors = view.Errors{{Name: field, Sentence: sentence}}
		c.Status(fiber.StatusUnprocessableEntity)
		return p.link(c, v)
	}
	session, err := enter(c.UserContext(), secret, code)
	switch {
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.TooMany):
		v.Errors = view.Errors{{Name: field, Sentence: fault.SentenceOf(err)}}
		web.Refuse(c, err)
		return p.link(c, v)
	case err != nil:
		return p.orLogin(c, err)
	}
	return p.entered(c, session)
}

// readLoginCode is a login code as it was typed; a sentence where it cannot be one.
func readLoginCode(typed string) (code, sentence string) {
	code, ok := form.ParseCode(typed)
	if !ok {
		return "", "登录码是 16 位字母和数字，没有数字 0 和 1，也没有字母 O 和 I，请照那张纸检查。没有去核对，也不算试错"
	}
	return code, ""
}

// entered leads somebody to their home. The session that this browser had ends.
func (p *Pages) entered(c *fiber.Ctx, session key.Secret) error {
	if before, ok := p.Visitor(c, site.MemberCookie); ok {
		if err := p.door.Leave(c.UserContext(), before); err != nil {
			return err
		}
	}
	p.Cookies().Set(c, site.MemberCookie, session.Cookie(), member.SessionCookieLife)
	return web.SeeOther(c, site.MemberHome)
}

// bothView is the page that asks for login code and authenticator, and for no letter.
type bothView struct {
	Frame  site.Frame
	Errors view.Errors
}

func (p *Pages) showBoth(c *fiber.Ctx) error { return p.both(c, bothView{}) }

func (p *Pages) both(c *fiber.Ctx, v bothView) error {
	v.Frame = p.frame(c, "用登录码和验证器登录")
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, bothPage(v))
}

// twoCodes are what stands in the fields of login code and authenticator.
func twoCodes(c *fiber.Ctx) (login, code string, faults view.Errors) {
	login, wrong := readLoginCode(web.Form(c).Get("login_code"))
	if wrong != "" {
		faults = append(faults, fault.Field{Name: "login_code", Sentence: wrong})
	}
	if code, wrong = member.ReadOTP(web.Form(c).Get("otp")); wrong != "" {
		faults = append(faults, fault.Field{Name: "otp", Sentence: wrong})
	}
	return login, code, faults
}

// submitBoth begins a session without a letter. Whatever is wrong has one answer.
func (p *Pages) submitBoth(c *fiber.Ctx) error {
	login, code, faults := twoCodes(c)
	if len(faults) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.both(c, bothView{Errors: faults})
	}
	session, err := p.door.EnterBoth(c.UserContext(), login, code)
	if fault.Is(err, fault.NotFound) {
		web.Refuse(c, err)
		return p.both(c, bothView{Errors: view.Errors{{Name: "login_code", Sentence: fault.SentenceOf(err)}}})
	}
	if err != nil {
		return err
	}
	return p.entered(c, session)
}

// submitLeave ends the session, and what was opened under it: the next person at this
// computer sees nothing.
func (p *Pages) submitLeave(c *fiber.Ctx) error {
	if secret, ok := p.Visitor(c, site.UnlockCookie); ok {
		if err := p.Complaints.Lock(c.UserContext(), secret); err != nil {
			return err
		}
	}
	p.Cookies().Clear(c, site.UnlockCookie)
	if secret, ok := p.Visitor(c, site.MemberCookie); ok {
		if err := p.door.Leave(c.UserContext(), secret); err != nil {
			return err
		}
	}
	p.Cookies().Clear(c, site.MemberCookie)
	return web.SeeOther(c, loginPath)
}

// undoneLeave has nothing to do where nobody is logged in any more.
func (p *Pages) undoneLeave(c *fiber.Ctx) error {
	if _, ok := p.Visitor(c, site.MemberCookie); !ok {
		return web.SeeOther(c, loginPath)
	}
	return fault.New(fault.Conflict, "")
}
