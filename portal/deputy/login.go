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

func (p *Pages) showLogin(c *fiber.Ctx) error {
	return p.login(c, loginView{Email: web.Form(c).Get("email")})
}

func (p *Pages) login(c *fiber.Ctx, v loginView) error {
	v.Frame = p.frame(c, "代表委员登录")
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
		if ok, err = p.door.Live(c.UserContext(), secret); err != nil {
			return err
		}
	}
	if !ok {
		return p.orLogin(c, member.ErrGone)
	}
	v.Frame = p.frame(c, "输入登录码")
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, linkPage(v))
}

// submitEnter uses the link up and begins a session. The browser need not be the one that
// asked: letters are read on the telephone. A code that cannot be one is said, and counts
// for nothing.
func (p *Pages) submitEnter(c *fiber.Ctx) error {
	v := linkView{Link: web.Form(c).Get("link")}
	secret, ok := key.ParseSecret(v.Link)
	if !ok {
		return p.orLogin(c, member.ErrGone)
	}
	code, ok := form.ParseCode(web.Form(c).Get("login_code"))
	if !ok {
		v.Errors = view.Errors{{Name: "login_code", Sentence: "登录码是 16 位字母和数字，没有数字 0 和 1，也没有字母 O 和 I，请照那张纸检查。没有去核对，也不算试错"}}
		c.Status(fiber.StatusUnprocessableEntity)
		return p.link(c, v)
	}
	session, err := p.door.Enter(c.UserContext(), secret, code)
	if fault.Is(err, fault.NotFound) {
		v.Errors = view.Errors{{Name: "login_code", Sentence: fault.SentenceOf(err)}}
		web.Refuse(c, err)
		return p.link(c, v)
	}
	if err != nil {
		return p.orLogin(c, err)
	}
	p.Cookies().Set(c, site.MemberCookie, session.Cookie(), member.SessionCookieLife)
	return web.SeeOther(c, proposalsPath)
}

// submitLeave ends the session: the next person at this computer sees nothing.
func (p *Pages) submitLeave(c *fiber.Ctx) error {
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
