// Package deputies is the desk's pages of the accounts that deputies, committee members
// and journalists have on the public site.
package deputies

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

const title = "代表委员和记者账号"

// Pages are these pages.
type Pages struct{ *desk.Desk }

var (
	admits = desk.Only(staff.Registrar, staff.Supervisor)
	reads  = desk.Only(staff.Registrar, staff.Supervisor, staff.Auditor)
)

// Routes are these pages and who may use each.
func (d *Pages) Routes() []desk.Route {
	routes := []desk.Route{desk.Get("/deputies", reads, d.showList), desk.Get("/members/:id/account", reads, d.showAccount)}
	for _, a := range acts {
		routes = append(routes, desk.Post("/members/:id/account/"+string(a.kind), admits, d.submit(a)).Or(d.undone(a)))
	}
	return routes
}

func (d *Pages) accounts() *member.Accounts {
	return &member.Accounts{Pool: d.Staff.Pool, Codes: d.Staff.Key.Codes(), Sealer: d.Staff.Key, Daybook: d.Daybook, Now: d.Now, Random: d.Staff.Random}
}

// act is a form of the page.
type act struct {
	kind    member.ActKind
	weight  view.ButtonKind
	effect  string
	offered func(member.Entry) bool
	mailbox bool
	said    view.Banner // empty where the answer is a slip
}

func opened(e member.Entry) bool { return e.Admitted && e.ClosedAt == nil }
func shut(e member.Entry) bool   { return !opened(e) }

var acts = []act{
	{kind: member.Admit, weight: view.Go, offered: shut, mailbox: true,
		effect: "当面或者由工作机构核对身份以后办；记者的记者证，在中国记者网核对。登录码只显示这一次，打印出来交给本人。名册上记了资格终止，过了那一天账号就自动关上。"},
	{kind: member.NewCode, offered: opened, effect: "登录码丢了、被人看了，办这一步。旧的马上作废，他的登录全部退出。"},
	{kind: member.Mailbox, offered: opened, mailbox: true, effect: "他的登录全部退出，以前发出的登录链接作废。", said: view.Banner{Kind: view.Done, Title: "邮箱已经换了", Text: "登录码不变。"}},
	{kind: member.Reset, offered: func(e member.Entry) bool { return opened(e) && e.Factor == member.ByOTP },
		effect: "本人的手机丢了、换了，办这一步。验证器马上作废，他的登录全部退出；以后打开登录链接，填登录码。", said: view.Banner{Kind: view.Done, Title: "已经改回登录码", Text: "登录码、邮箱不变。本人下次登录会看到这件事。"}},
	{kind: member.Close, weight: view.Hard, offered: opened, effect: "他的登录马上全部退出，不能再登录。办过的事都留着，以后可以再开通。", said: view.Banner{Kind: view.Done, Title: "账号已经关闭"}},
}

func accountURL(id int64) string { return "/members/" + strconv.FormatInt(id, 10) + "/account" }

// stateOf says how an account stands.
func stateOf(e member.Entry, today clock.Date) string {
	switch {
	case !e.Admitted:
		return "没有开通"
	case e.ClosedAt != nil:
		return "已关闭"
	case e.Over(today):
		return "不在任期，自动关上"
	}
	return "在用"
}

// term is what is known of a term: often nothing.
func term(e member.Entry) string {
	from, to := "", ""
	if e.From != member.Always {
		from = e.From.Long() + "起"
	}
	if !e.To.IsZero() {
		to = "到" + e.To.Long() + "终止"
	}
	return strings.Trim(from+"，"+to, "，")
}

// standing is as what somebody is on the roster.
func standing(e member.Entry) string { return e.Session + e.Outlet + e.Kind.Word() }

// roster is where the roster has them.
func roster(id int64) string { return "/members/" + strconv.FormatInt(id, 10) }

func (d *Pages) showList(c *fiber.Ctx) error {
	all, err := d.accounts().List(c.UserContext())
	if err != nil {
		return err
	}
	return view.Show(c, listPage(d.Frame(c, title, "deputies"), all, clock.On(d.Now())))
}

// accountView is one account: how it stands, what may be done to it, and what was.
type accountView struct {
	Frame  desk.Frame
	Errors view.ErrorSummary
	Said   templ.Component // nil says nothing
	Entry  member.Entry
	Today  clock.Date
	Moves  desk.Moves
	Acts   []member.Act
}

// refusal is an act that was not done: which, what was typed, and why.
type refusal struct {
	kind  member.ActKind
	typed web.Values
	errs  view.Errors
}

func idOf(c *fiber.Ctx) (int64, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, fault.New(fault.NotFound, "")
	}
	return id, nil
}

func (d *Pages) showAccount(c *fiber.Ctx) error {
	v := accountView{}
	for _, a := range acts {
		if c.Query("said") == string(a.kind) && a.said.Title != "" {
			v.Said = a.said
		}
	}
	return d.page(c, v, nil)
}

func (d *Pages) page(c *fiber.Ctx, v accountView, no *refusal) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if v.Entry, err = d.accounts().Read(c.UserContext(), id); err != nil {
		return err
	}
	if v.Acts, err = d.accounts().Acts(c.UserContext(), id); err != nil {
		return err
	}
	v.Today = clock.On(d.Now())
	v.Frame = d.Frame(c, v.Entry.Name+"的账号", "deputies")
	v.Frame.HasErrors = no != nil
	if desk.Person(c).Role != staff.Auditor {
		v.Moves = v.moves(no)
	}
	return view.Show(c, accountPage(v))
}

// moves are the forms. Each says which act the page knew last, so that a page that has
// grown old does nothing, nor a second press of the same button.
func (v accountView) moves(no *refusal) desk.Moves {
	seen := "0"
	if len(v.Acts) > 0 {
		seen = strconv.FormatInt(v.Acts[0].ID, 10)
	}
	out := desk.Moves{CSRF: v.Frame.CSRF}
	for _, a := range acts {
		if !a.offered(v.Entry) {
			continue
		}
		here := no != nil && no.kind == a.kind
		name := func(field string) string { return string(a.kind) + "-" + field }
		reason := view.TextArea{Name: "reason", ID: name("reason"), Label: "理由", Hint: "例如谁核对的身份。最多 500 个字，审计员看得到。", Rows: 2}
		mailbox := view.TextField{Name: "mailbox", ID: name("mailbox"), Label: "本人的邮箱", Hint: "登录链接发到这里。存下以后封存，谁也看不到", Type: "email", Width: view.Width28}
		again := view.TextField{Name: "mailbox_again", ID: name("mailbox_again"), Label: "邮箱再写一遍", Type: "email", Width: view.Width28}
		if here {
			reason.Value, reason.Error = no.typed.Get("reason"), no.errs.For("reason")
			mailbox.Value, mailbox.Error = no.typed.Get("mailbox"), no.errs.For("mailbox")
			again.Value, again.Error = no.typed.Get("mailbox_again"), no.errs.For("mailbox_again")
		}
		fields := templ.Component(reason)
		if a.mailbox {
			fields = templ.Join(mailbox, again, reason)
		}
		if here && no.errs.For("sure") != "" || here && no.typed.Has("sure") {
			fields = templ.Join(fields, view.CheckField{Name: "sure", ID: name("sure"), Label: "在中国记者网核对过，证号就是这样", Error: no.errs.For("sure"), Asked: true, Checked: no.typed.Has("sure")})
		}
		why := ""
		if a.kind != member.Close && v.Entry.Over(v.Today) {
			why = "不在任期里。名册写错了的，请先改名册。"
		}
		out.Items = append(out.Items, desk.Move{
			Action: string(a.kind), URL: accountURL(v.Entry.ID) + "/" + string(a.kind), Label: a.kind.Label(), Kind: a.weight, Consequence: a.effect,
			WhyNot: why, Fields: fields, Open: here, Inputs: []desk.HiddenInput{{Name: "seen", Value: seen}},
		})
	}
	return out
}

// submit carries an act out. A login code stands in this one answer and nowhere else.
func (d *Pages) submit(a act) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := idOf(c)
		if err != nil {
			return err
		}
		typed := web.Form(c)
		seen, err := strconv.ParseInt(typed.Get("seen"), 10, 64)
		if err != nil {
			seen = -1 // no page of ours
		}
		code, err := d.accounts().Do(c.UserContext(), id, a.kind, member.Order{
			By: desk.Person(c).ID, Reason: typed.Get("reason"), Mailbox: typed.Get("mailbox"), Again: typed.Get("mailbox_again"), Seen: seen, Sure: typed.Get("sure") == "yes"})
		switch {
		case err != nil:
			return d.again(c, a, err)
		case code == "":
			return web.SeeOther(c, accountURL(id)+"?said="+string(a.kind))
		}
		entry, err := d.accounts().Read(c.UserContext(), id)
		if err != nil {
			return err
		}
		return view.Show(c, slipPage(d.Frame(c, "登录码", "deputies"), entry, form.GroupCode(code), d.Public+"/member/login"))
	}
}

// again shows the account with what went wrong and what was typed; other errors go on.
func (d *Pages) again(c *fiber.Ctx, a act, err error) error {
	v, no := accountView{}, &refusal{kind: a.kind, typed: web.Form(c), errs: view.ErrorsOf(err)}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Errors.Resend = a.kind.Label()
		for _, f := range no.errs {
			v.Errors.Errors = append(v.Errors.Errors, fault.Field{Name: string(a.kind) + "-" + f.Name, Sentence: f.Sentence})
		}
	case fault.Conflict, fault.Forbidden:
		v.Said = view.Banner{Kind: view.Wrong, Title: fault.SentenceOf(err)}
	default:
		return err
	}
	c.Status(web.StatusOf(err))
	return d.page(c, v, no)
}

// undone shows the account with what was typed into a form that was not acted on.
func (d *Pages) undone(a act) fiber.Handler {
	return func(c *fiber.Ctx) error { return d.page(c, accountView{}, &refusal{kind: a.kind, typed: web.Form(c)}) }
}
