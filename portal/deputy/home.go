package deputy

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/otp"
	"zhengxin/internal/proposal"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// homeView is where a member is after a login.
type homeView struct {
	Frame    site.Frame
	Home     member.Home
	Waits    site.ActionList
	Sections site.ActionList
}

func (p *Pages) showHome(c *fiber.Ctx) error {
	session, h, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := homeView{Frame: p.MemberFrame(c, "我的主页", "home", h.Kind), Home: h}
	if v.Waits, err = p.waits(c, session); err != nil {
		return p.orLogin(c, err)
	}
	for _, s := range site.MemberSections(h.Kind) {
		v.Sections.Items = append(v.Sections.Items, site.ActionLink{Label: s.Label, Href: s.Href, Note: s.Says})
	}
	v.Sections.Items = append(v.Sections.Items, site.ActionLink{Label: "账号", Href: site.MemberAccount, Note: "怎样登录、什么时候登录过、登记的办公室动过什么"})
	return view.Show(c, homePage(v))
}

// lastLogin says when somebody was logged in before: a stranger's login is noticed by it.
func lastLogin(h member.Home) string {
	said, since := "90 天里没有别的登录。", "这以前有 "
	if before, ok := h.Before(); ok {
		said, since = "上次登录："+view.MomentFull(before.At)+"，用"+before.Word()+"。", "那以后有 "
	}
	if h.Wrong > 0 {
		said += since + view.N(h.Wrong, "次") + "第二步没有输对。"
	}
	return said
}

// loggedInBy is how somebody came in, and whether they are in by it now.
func loggedInBy(l member.Login) string {
	if l.This {
		return l.Word() + "（这一次）"
	}
	return l.Word()
}

// newsOf tells of what was done to an account, by its newest change.
func newsOf(news []member.Change) view.Banner {
	b := view.Banner{Kind: view.Warn, Title: view.MomentFull(news[0].At) + "，" + news[0].Says(), Text: "不是您办的，也不是您要求的，请马上告诉登记员。"}
	if more := len(news) - 1; more > 0 {
		b.Text = "这以前还动过 " + view.N(more, "次") + "，“账号”一页都有。" + b.Text
	}
	return b
}

// accountView is how somebody comes in, and what was done to their account.
type accountView struct {
	Frame  site.Frame
	Done   view.Banner
	Home   member.Home
	Online *onlineView // of whoever has proposals
}

func (p *Pages) showAccount(c *fiber.Ctx) error { return p.account(c, accountView{Done: said(c)}) }

// said is what was done before this page.
func said(c *fiber.Ctx) view.Banner {
	switch c.Query("said") {
	case "factor":
		return view.Banner{Kind: view.Done, Title: "登录方式已经换了", Text: "别的浏览器里的登录都已经退出。"}
	case "online":
		return view.Banner{Kind: view.Done, Title: "答复怎样送到，已经记下"}
	case "others":
		return view.Banner{Kind: view.Done, Title: "别处的登录都已经退出"}
	}
	return view.Banner{}
}

func (p *Pages) account(c *fiber.Ctx, v accountView) error {
	session, h, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	v.Frame, v.Home = p.MemberFrame(c, "账号", "account", h.Kind), h
	if slices.Contains(proposal.Kind.Members, h.Kind) {
		bench, err := proposal.OwnList(c.UserContext(), p.door, session)
		if err != nil {
			return p.orLogin(c, err)
		}
		v.Online = &onlineView{CSRF: v.Frame.CSRF, Agrees: bench.Online}
	}
	return view.Show(c, accountPage(v))
}

func (v accountView) facts() view.Facts {
	rows := []view.Fact{{Label: "身份", Text: v.Home.Who()}}
	switch {
	case !v.Home.Until.IsZero():
		rows = append(rows, view.Fact{Label: "任期", Text: "到" + v.Home.Until.Long() + "，过了这一天账号自动关上"})
	case v.Home.Session != "":
		rows = append(rows, view.Fact{Label: "任期", Text: "名册里还没有写届满日"})
	}
	return view.Facts{Rows: append(rows, view.Fact{Label: "第二步", Text: way(v.Home.Factor)}, view.Fact{Label: "以前的登录", Text: lastLogin(v.Home)})}
}

// way says how somebody comes in by a factor.
func way(f member.Factor) string {
	if f == member.ByOTP {
		return "验证器。登录链接加验证码，或者登录码加验证码"
	}
	return "登录码。登录链接加登录码"
}

// factorView is the page that changes the second factor to the other one.
type factorView struct {
	Frame  site.Frame
	Errors view.Errors
	Said   view.Banner
	Home   member.Home
	Enrol  otp.Enrolment // where an authenticator is set up
}

// to is what the page changes to.
func (v factorView) to() member.Factor {
	if v.Home.Factor == member.ByOTP {
		return member.ByCode
	}
	return member.ByOTP
}

func (v factorView) title() string {
	if v.to() == member.ByOTP {
		return "设置验证器"
	}
	return "换回登录码"
}

// seen is which change of the factor the page knew last: one that has grown old does nothing.
func (v factorView) seen() string { return strconv.FormatInt(v.Home.FactorID, 10) }

func (p *Pages) showFactor(c *fiber.Ctx) error {
	session, h, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	return p.factor(c, session, factorView{Home: h})
}

func (p *Pages) factor(c *fiber.Ctx, session key.Secret, v factorView) (err error) {
	v.Frame = p.MemberFrame(c, v.title(), "account", v.Home.Kind)
	v.Frame.HasErrors = len(v.Errors) > 0
	if v.to() == member.ByOTP {
		if v.Enrol, err = p.door.Enrolment(session, v.Home); err != nil {
			return err
		}
	}
	return view.Show(c, factorPage(v))
}

// submitFactor changes the second factor. Both are shown, whichever is the present one.
func (p *Pages) submitFactor(c *fiber.Ctx) error {
	session, h, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := factorView{Home: h}
	login, code, faults := twoCodes(c)
	if v.Errors = faults; len(faults) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.factor(c, session, v)
	}
	refused := member.ErrChosen
	if web.Form(c).Get("seen") == v.seen() {
		refused = p.door.Choose(c.UserContext(), session, v.to(), h, login, code)
	}
	if refused == nil {
		return web.SeeOther(c, site.MemberAccount+"?said=factor")
	}
	return p.notChosen(c, session, v, refused)
}

// notChosen shows the page as it is by now, with why nothing was changed.
func (p *Pages) notChosen(c *fiber.Ctx, session key.Secret, v factorView, refused error) (err error) {
	if v.Home, err = p.door.Home(c.UserContext(), session); err != nil {
		return p.orLogin(c, err)
	}
	switch v.Errors = view.ErrorsOf(refused); {
	case len(v.Errors) > 0:
	case fault.Is(refused, fault.Conflict), fault.Is(refused, fault.TooMany):
		v.Said = view.Banner{Kind: view.Warn, Title: fault.SentenceOf(refused)}
	default:
		return p.orLogin(c, refused)
	}
	web.Refuse(c, refused)
	return p.factor(c, session, v)
}

// submitOthers ends what other browsers have opened.
func (p *Pages) submitOthers(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err == nil {
		err = p.door.LeaveOthers(c.UserContext(), session)
	}
	if err != nil {
		return p.orLogin(c, err)
	}
	return web.SeeOther(c, site.MemberAccount+"?said=others")
}

// onlineView is whether somebody agrees that answers are served on these pages.
type onlineView struct {
	CSRF   string
	Agrees bool
}

// submitOnline notes what they say of it. A form that says nothing changes nothing.
func (p *Pages) submitOnline(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	agrees := web.Form(c).Get("do")
	if agrees != "agree" && agrees != "end" {
		return p.showAccount(c)
	}
	if err := p.door.ServeOnline(c.UserContext(), session, agrees == "agree"); err != nil {
		return p.orLogin(c, err)
	}
	return web.SeeOther(c, site.MemberAccount+"?said=online")
}
