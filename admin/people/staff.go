package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// peopleView is the accounts, or those that want looking at.
type peopleView struct {
	Views  desk.Views
	People []staff.Listed
	Now    time.Time
}

func (d *Pages) showPeople(c *fiber.Ctx) error {
	people, err := d.Staff.List(c.UserContext())
	if err != nil {
		return err
	}
	v, days := peopleView{Now: d.Now()}, d.Settings.Read(c.UserContext()).Idle()
	for i, of := range []struct {
		label, show string
		has         func(staff.Listed) bool
	}{
		{"全部", "", always},
		{fmt.Sprintf("%d 天没有登录", days), "idle", func(m staff.Listed) bool { return m.Idle(days, v.Now) }},
		{"没有第二步验证", "bare", func(m staff.Listed) bool { return enabled(m) && !m.Enrolled }},
		{"已停用", "disabled", disabled},
	} {
		one := desk.View{Label: of.label, Href: "/staff", Current: c.Query("show") == of.show}
		var found []staff.Listed
		for _, m := range people {
			if of.has(m) {
				found = append(found, m)
			}
		}
		if i > 0 {
			one.Href, one.Label = "/staff?show="+of.show, of.label+" "+view.Count(len(found))
		}
		if one.Current {
			v.People = found
		}
		v.Views.Items = append(v.Views.Items, one)
	}
	if !slices.ContainsFunc(v.Views.Items, func(i desk.View) bool { return i.Current }) {
		v.People, v.Views.Items[0].Current = people, true
	}
	v.Views.Label = "哪些账号"
	return view.Show(c, peoplePage(d.Frame(c, "人员", "staff"), v))
}

// memberView is one account: how it stands, what may be done to it, and what
// was.
type memberView struct {
	Frame  desk.Frame
	Errors view.ErrorSummary
	Said   templ.Component // nil says nothing
	Member staff.Listed
	Own    bool
	Now    time.Time
	Moves  desk.Moves
	Acts   []staff.Act
}

// memberAct is a form of the page. Whose account it is for, offered says; whyNot
// is empty when it can be done.
type memberAct struct {
	kind    staff.ActKind
	Path    string
	effect  string
	weight  view.ButtonKind
	offered func(staff.Listed) bool
	whyNot  func(staff.Listed) string
	said    view.Banner
}

func always(staff.Listed) bool     { return true }
func disabled(m staff.Listed) bool { return m.DisabledAt != nil }
func enabled(m staff.Listed) bool  { return m.DisabledAt == nil }
func never(staff.Listed) string    { return "" }

var memberActs = []memberAct{
	{kind: staff.ActEnable, Path: "enable", weight: view.Go, offered: disabled, whyNot: never,
		effect: "他可以用原来的密码和第二步验证登录。", said: view.Banner{Kind: view.Done, Title: "已启用", Text: "他现在可以登录。"}},
	{kind: staff.ActResetSecondFactor, Path: "second-factor", offered: always, whyNot: notEnrolled,
		effect: "手机丢了或者换了，办这一步。他的登录马上全部退出，72 小时内再登录时在新手机上重新绑定；过了时间要换新密码。",
		said:   view.Banner{Kind: view.Done, Title: "第二步验证已重设", Text: "他的登录已全部退出。请他在 72 小时内登录，输完密码重新绑定；过了时间要换新密码。"}},
	{kind: staff.ActReassign, Path: "job", offered: always, whyNot: never,
		effect: "换了角色或者单位，办这一步。他的登录马上全部退出，再登录就按新岗位看件、办件。",
		said:   view.Banner{Kind: view.Done, Title: "岗位已调整", Text: "他的登录已全部退出。再登录就是新岗位。"}},
	{kind: staff.ActSetPassword, Path: "password", offered: always, whyNot: never,
		effect: "密码忘了，办这一步。旧密码和所有登录马上作废，新密码只显示一次、72 小时内有效，请当面或者打电话告诉他。"},
	{kind: staff.ActDisable, Path: "disable", weight: view.Hard, offered: enabled, whyNot: never,
		effect: "他的登录马上全部退出，不能再登录。办过的事都留着，以后可以再启用。",
		said:   view.Banner{Kind: view.Done, Title: "已停用", Text: "他的登录已全部退出。"}},
}

func notEnrolled(m staff.Listed) string {
	if m.Enrolled {
		return ""
	}
	return "还没有绑定，不用重设。"
}

// firstPassword says how a password stands that somebody else set and the person
// has not used.
func firstPassword(m staff.Listed, now time.Time) string {
	if !now.Before(*m.Unused) {
		return "初始密码已过期，72 小时里没有登录过；要登录，请再换一次新密码"
	}
	return "还没有用初始密码或者重设后登录过，" + view.MomentText(*m.Unused) + " 作废"
}

func memberURL(id int64) string { return "/staff/" + strconv.FormatInt(id, 10) }

func memberID(c *fiber.Ctx) (int64, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, fault.New(fault.NotFound, "")
	}
	return id, nil
}

func (d *Pages) showMember(c *fiber.Ctx) error {
	id, err := memberID(c)
	if err != nil {
		return err
	}
	v := memberView{}
	for _, a := range memberActs {
		if c.Query("said") == a.Path && a.said.Title != "" {
			v.Said = a.said
		}
	}
	return d.memberPage(c, id, v, nil)
}

// refusal is an act that was not done: which, why, and what was typed.
type refusal struct {
	kind  staff.ActKind
	typed web.Values
	errs  view.Errors
}

func (d *Pages) memberPage(c *fiber.Ctx, id int64, v memberView, no *refusal) error {
	var err error
	if v.Member, err = d.Staff.Member(c.UserContext(), id); err != nil {
		return err
	}
	if v.Acts, err = d.Staff.ActsOn(c.UserContext(), id, desk.RecordPage); err != nil {
		return err
	}
	v.Now = d.Now()
	v.Frame = d.Frame(c, v.Member.Name, "staff")
	v.Frame.HasErrors = no != nil && (len(no.errs) == 0 || no.errs.Wrong())
	v.Own = id == desk.Person(c).ID
	if !v.Own {
		units, err := d.unitChoices(c.UserContext(), v.Member.Unit)
		if err != nil {
			return err
		}
		v.Moves = v.moves(no, units)
	}
	return view.Show(c, memberPage(v))
}

// moves are the forms. Each says which act the page knew last, so that a page
// that has grown old does nothing, nor a second press of the same button.
func (v memberView) moves(no *refusal, units []view.Option) desk.Moves {
	seen := "0"
	if len(v.Acts) > 0 {
		seen = strconv.FormatInt(v.Acts[0].ID, 10)
	}
	out := desk.Moves{CSRF: v.Frame.CSRF}
	for _, a := range memberActs {
		if !a.offered(v.Member) {
			continue
		}
		reason := view.TextArea{Name: "reason", ID: a.Path + "-reason", Label: "理由", Hint: "最多 500 个字，审计员看得到。不要写投诉的内容。", Rows: 2}
		here := no != nil && no.kind == a.kind
		if here {
			reason.Value, reason.Error = no.typed.Get("reason"), no.errs.For("reason")
		}
		fields := templ.Component(reason)
		if a.kind == staff.ActReassign {
			role := view.SelectField{Name: "role", ID: a.Path + "-role", Label: "角色", Value: string(v.Member.Role), Options: roleChoices(), Width: view.Width20}
			unit := view.SelectField{Name: "unit", ID: a.Path + "-unit", Label: "单位", Hint: unitHint, Value: v.Member.Unit, Empty: noUnit, Options: units, Optional: true, Width: view.Width28}
			if here {
				role.Value, role.Error = no.typed.Get("role"), no.errs.For("role")
				unit.Value, unit.Error = no.typed.Get("unit"), no.errs.For("unit")
			}
			fields = templ.Join(role, unit, reason)
		}
		if here && (no.errs.For("sure") != "" || no.typed.Get("sure") != "") {
			sure := view.CheckField{Name: "sure", ID: a.Path + "-sure", Label: "知道了，照样办", Error: no.errs.For("sure"), Asked: no.errs.Asks("sure"), Checked: no.typed.Get("sure") == "yes"}
			fields = templ.Join(sure, fields)
		}
		out.Items = append(out.Items, desk.Move{
			Action: string(a.kind), URL: memberURL(v.Member.ID) + "/" + a.Path, Label: a.kind.Label(), Kind: a.weight, Consequence: a.effect,
			WhyNot: a.whyNot(v.Member), Fields: fields, Open: here, Inputs: []desk.HiddenInput{{Name: "seen", Value: seen}},
		})
	}
	return out
}

// submitAct carries out what needs nothing but a reason.
func (d *Pages) submitAct(kind staff.ActKind, do func(*staff.Register, context.Context, int64, staff.Order) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := memberID(c)
		if err != nil {
			return err
		}
		if err := do(d.Staff, c.UserContext(), id, actOrder(c)); err != nil {
			return d.memberAgain(c, id, kind, err)
		}
		return web.SeeOther(c, memberURL(id)+"?said="+pathOf(kind))
	}
}

// submitJob gives the person another role or unit.
func (d *Pages) submitJob(c *fiber.Ctx) error {
	to := staff.Job{Role: staff.Role(web.Form(c).Get("role")), Unit: web.Form(c).Get("unit")}
	return d.submitAct(staff.ActReassign, func(r *staff.Register, ctx context.Context, id int64, o staff.Order) error {
		return r.Reassign(ctx, id, to, o)
	})(c)
}

// submitNewPassword answers the form itself: the password stands in this one
// answer and nowhere else.
func (d *Pages) submitNewPassword(c *fiber.Ctx) error {
	id, err := memberID(c)
	if err != nil {
		return err
	}
	password, err := d.Staff.NewPassword(c.UserContext(), id, actOrder(c))
	if err != nil {
		return d.memberAgain(c, id, staff.ActSetPassword, err)
	}
	return d.passwordPage(c, id, password)
}

func (d *Pages) passwordPage(c *fiber.Ctx, id int64, password string) error {
	m, err := d.Staff.Member(c.UserContext(), id)
	if err != nil {
		return err
	}
	return view.Show(c, passwordPage(d.Frame(c, "新密码", "staff"), m, password))
}

// memberAgain shows the account with what went wrong and what was typed; other
// errors go on.
func (d *Pages) memberAgain(c *fiber.Ctx, id int64, kind staff.ActKind, err error) error {
	v, no := memberView{}, &refusal{kind: kind, typed: web.Form(c), errs: view.ErrorsOf(err)}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Errors.Resend = kind.Label()
		for _, f := range no.errs {
			v.Errors.Errors = append(v.Errors.Errors, fault.Field{Name: pathOf(kind) + "-" + f.Name, Sentence: f.Sentence})
		}
	case fault.Conflict, fault.Forbidden:
		v.Said = view.Banner{Kind: view.Wrong, Title: fault.SentenceOf(err)}
	default:
		return err
	}
	c.Status(web.StatusOf(err))
	return d.memberPage(c, id, v, no)
}

// undoneAct shows the account with what was typed into the form of an act.
func (d *Pages) undoneAct(kind staff.ActKind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := memberID(c)
		if err != nil {
			return err
		}
		return d.memberPage(c, id, memberView{}, &refusal{kind: kind, typed: web.Form(c)})
	}
}

func pathOf(kind staff.ActKind) string {
	for _, a := range memberActs {
		if a.kind == kind {
			return a.Path
		}
	}
	return ""
}

// actOrder is what a form asks for in the name of who is signed in.
func actOrder(c *fiber.Ctx) staff.Order {
	seen, err := strconv.ParseInt(web.Form(c).Get("seen"), 10, 64)
	if err != nil {
		seen = -1 // no page of ours
	}
	return staff.Order{By: desk.Person(c).ID, Reason: web.Form(c).Get("reason"), Seen: seen, Sure: web.Form(c).Get("sure") == "yes"}
}

// newMemberView is the form of a new account.
type newMemberView struct {
	Frame  desk.Frame
	Errors view.ErrorSummary
	F      web.Values
	Roles  []view.Option
	Units  []view.Option
}

func (d *Pages) showNewMember(c *fiber.Ctx) error { return d.newMemberPage(c, nil) }

func (d *Pages) newMemberPage(c *fiber.Ctx, errs view.Errors) error {
	v := newMemberView{Frame: d.Frame(c, "添加账号", "staff"), F: web.Form(c), Errors: view.ErrorSummary{Errors: errs, Resend: "添加账号"}}
	v.Frame.HasErrors = errs.Wrong()
	v.Roles = roleChoices()
	var err error
	if v.Units, err = d.unitChoices(c.UserContext(), ""); err != nil {
		return err
	}
	return view.Show(c, newMemberPage(v))
}

func roleChoices() []view.Option {
	var out []view.Option
	for _, role := range staff.Roles() {
		out = append(out, view.Option{Value: string(role), Label: role.Title()})
	}
	return out
}

// unitChoices are the units that somebody may be of today, and the one that they
// are of: left out because it has ended, it would be taken from them unseen, and
// with it what they are barred from.
func (d *Pages) unitChoices(ctx context.Context, own string) ([]view.Option, error) {
	all, err := d.Office.Units.All(ctx)
	if err != nil {
		return nil, err
	}
	var current unit.List
	for _, u := range all {
		if u.Current || u.Code == own {
			current = append(current, u)
		}
	}
	return ask.Options(register.UnitOptions(current)), nil
}

// submitNewMember answers with the first password, which stands nowhere else.
func (d *Pages) submitNewMember(c *fiber.Ctx) error {
	f := web.Form(c)
	account := staff.Account{Login: f.Get("login"), Name: f.Get("name"), Role: staff.Role(f.Get("role")), Unit: f.Get("unit")}
	id, password, err := d.Staff.AddBy(c.UserContext(), account, actOrder(c))
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.newMemberPage(c, errs)
	}
	if err != nil {
		return err
	}
	return d.passwordPage(c, id, password)
}

const (
	noUnit   = "不属于哪个单位"
	unitHint = "承办人和承办单位负责人一定要选。选了单位的人，看不到投诉这个单位的件"
)

func unitOf(m staff.Listed) string {
	return cmp.Or(m.UnitName, noUnit)
}

// actor is who did it, as a record names them.
func actor(a staff.Act) string {
	if a.By == "" {
		return "操作员（服务器上的命令）"
	}
	return a.By + "（" + a.ByLogin + "）"
}

func (d *Pages) showStaffAudit(c *fiber.Ctx) error {
	found, err := d.Staff.Acts(c.UserContext(), desk.Before(c), desk.RecordPage+1)
	if err != nil {
		return err
	}
	acts, more := desk.CutRecords(found)
	older := ""
	if more {
		older = fmt.Sprintf("/audit/staff?before=%d", acts[desk.RecordPage-1].ID)
	}
	return view.Show(c, staffAuditPage(d.Frame(c, "账号的操作记录", "audit"), acts, older))
}
