package units

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// newView is the form of a new unit.
type newView struct {
	Frame  desk.Frame
	Errors view.ErrorSummary
	Fields fields
	Today  clock.Date
}

func (d *Pages) showNew(c *fiber.Ctx) error {
	return d.newPage(c, fields{kind: unit.ActAdd, unit: unit.Unit{Complainable: true, Handles: true, Confirmed: true, Parent: c.Query("parent")}})
}

func (d *Pages) newPage(c *fiber.Ctx, f fields) error {
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	f.parents = options(all, "")
	v := newView{Frame: d.Frame(c, "添加单位", key), Fields: f, Today: clock.On(d.Now()), Errors: summary(unit.ActAdd, f.errs)}
	v.Frame.HasErrors = f.errs.Wrong()
	return view.Show(c, newPage(v))
}

// summary leads to the fields of the form of an act.
func summary(kind unit.ActKind, errs view.Errors) view.ErrorSummary {
	s := view.ErrorSummary{Resend: seeLabel}
	for _, f := range errs {
		f.Name = string(kind) + "-" + f.Name
		s.Errors = append(s.Errors, f)
	}
	return s
}

const seeLabel = "看会改什么"

// changeOf is the change that a form asks for; a day that cannot be read is its fault.
func changeOf(typed web.Values, now time.Time) (unit.Change, []fault.Field) {
	c := unit.Change{Kind: unit.ActKind(typed.Get("act")), Code: typed.Get("unit"), Reason: typed.Get("reason"), Parent: typed.Get("parent"), Other: typed.Get("other"),
		Vouch: typed.Get("vouch") == "yes"}
	boxes, _ := dateOf(typed)
	var faults []fault.Field
	if !boxes.Empty() {
		read, wrong := boxes.Ask("since", form.DateRule{Now: now})
		if wrong.Sentence != "" {
			faults = append(faults, wrong)
		} else {
			c.Since = clock.NewDate(read.Year, time.Month(read.Month), read.Day)
		}
	}
	switch c.Kind {
	case unit.ActAdd, unit.ActCorrect:
		if c.Kind == unit.ActAdd {
			c.Code = strings.ToUpper(form.Line(typed.Get("code")))
		}
		c.Row = rowOf(typed)
	case unit.ActRename:
		c.Parts = []unit.Part{{Code: strings.ToUpper(typed.Get("code")), Name: typed.Get("name")}}
	case unit.ActSplit:
		for i := range mostParts {
			n := strconv.Itoa(i + 1)
			c.Parts = append(c.Parts, unit.Part{Code: strings.ToUpper(typed.Get("code" + n)), Name: typed.Get("name" + n)})
		}
	}
	return c, faults
}

func rowOf(typed web.Values) unit.Row {
	complains, handles := typed.Get("complainable") == "yes", typed.Get("handles") == "yes"
	prefix, mailbox := form.Line(typed.Get("document_prefix")), form.Line(typed.Get("mailbox"))
	return unit.Row{Name: form.Line(typed.Get("name")), Alias: aliases(typed.Get("alias")), Kind: typed.Get("kind"), Parent: typed.Get("parent"),
		USCC: form.Line(typed.Get("uscc")), Complainable: &complains, Handles: &handles, Prefix: &prefix, Mailbox: &mailbox}
}

func aliases(typed string) (all []string) {
	for _, a := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("|、；;，,\n", r) }) {
		if a = form.Line(a); a != "" {
			all = append(all, a)
		}
	}
	return all
}

// planView is what a change would do, before it is done.
type planView struct {
	Frame   desk.Frame
	Changed *view.Banner
	Change  unit.Change
	Plan    unit.Plan
	Carried [][2]string
	Shown   string
	Back    view.Ref
	Own     bool // who asks is one of the accounts
}

// submitChange shows what a change would do, and does nothing.
func (d *Pages) submitChange(c *fiber.Ctx) error {
	change, faults := changeOf(web.Form(c), d.Now())
	if change.Kind != unit.ActAdd && change.Kind.Label() != "" {
		if stale, err := d.stale(c, change); stale != nil || err != nil {
			if err != nil {
				return err
			}
			c.Status(fiber.StatusConflict)
			return d.unitPage(c, change.Code, unitView{Said: *stale}, &refusal{kind: change.Kind, typed: web.Form(c)})
		}
	}
	return d.planned(c, change, faults, nil)
}

// stale says what has changed of a unit since its page was opened; nil while nothing has.
func (d *Pages) stale(c *fiber.Ctx, change unit.Change) (*view.Banner, error) {
	d.Office.Units.Forget()
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return nil, err
	}
	u, ok := all.ByCode(change.Code)
	if !ok {
		return nil, fault.New(fault.NotFound, "")
	}
	names, same := shownUnit(u, all).Changed(web.Form(c).Get(web.ShownField))
	if same {
		return nil, nil
	}
	b := &view.Banner{Kind: view.Warn, Title: "没有改：您打开这一页以后，有人改过这个单位", Text: "现在的样子在上面，您填的还在下面。请看过再办。"}
	if len(names) > 0 {
		b.Text = "变了的是：" + strings.Join(names, "、") + "。" + b.Text
	}
	return b, nil
}

func (d *Pages) planned(c *fiber.Ctx, change unit.Change, faults []fault.Field, changed *view.Banner) error {
	plan, err := d.keeper.Try(c.UserContext(), change)
	if err != nil || len(faults) > 0 {
		return d.unplanned(c, change, faults, err)
	}
	v := planView{Frame: d.Frame(c, "核对："+change.Kind.Label(), key), Changed: changed, Change: change, Plan: plan, Shown: shownPlan(plan), Back: view.Ref{Label: "单位", Href: "/units"}}
	if change.Kind != unit.ActAdd {
		v.Back = view.Ref{Label: nameIn(plan, change.Code), Href: unitURL(change.Code)}
	}
	for name, values := range web.Form(c).Map() {
		for _, value := range values {
			if name != web.ShownField && name != "do" && name != "accounts" {
				v.Carried = append(v.Carried, [2]string{name, value})
			}
		}
	}
	slices.SortFunc(v.Carried, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	for _, a := range plan.Accounts {
		v.Own = v.Own || a.ID == desk.Person(c).ID
	}
	return view.Show(c, planPage(v))
}

// nameIn is what a plan calls a unit.
func nameIn(plan unit.Plan, code string) string {
	for _, s := range plan.Steps {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

// shownPlan is what the page of a plan shows.
func shownPlan(plan unit.Plan) string {
	s := web.NewShown("")
	s.Add("要改的", plan.Says())
	return s.String()
}

// unplanned shows the form again with what is wrong and all that was typed.
func (d *Pages) unplanned(c *fiber.Ctx, change unit.Change, faults []fault.Field, err error) error {
	typed := web.Form(c)
	errs := view.Errors(faults)
	for _, f := range fault.FieldsOf(err) {
		if errs.For(f.Name) == "" {
			errs = append(errs, f)
		}
	}
	said := view.Banner{}
	switch {
	case len(errs) > 0:
		c.Status(fiber.StatusUnprocessableEntity)
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		said = view.Banner{Kind: view.Wrong, Title: fault.SentenceOf(err)}
		if errors.Is(err, unit.ErrBarred) {
			if said.Text, err = d.whereBarred(c, change); err != nil {
				return err
			}
		}
	default:
		return err
	}
	if change.Kind == unit.ActAdd {
		return d.newPage(c, fields{kind: unit.ActAdd, typed: typed, again: true, errs: errs})
	}
	return d.unitPage(c, change.Code, unitView{Said: said, Errors: summary(change.Kind, errs)}, &refusal{kind: change.Kind, typed: typed, errs: errs})
}

// whereBarred says where whoever may know of them finds the matters that keep a unit from
// being changed: it names none, since whoever changes units is to know of none.
func (d *Pages) whereBarred(c *fiber.Ctx, change unit.Change) (string, error) {
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return "", err
	}
	var names []string
	for _, code := range []string{change.Code, change.Other, change.Parent} {
		if u, ok := all.ByCode(code); ok {
			names = append(names, "“"+u.Name+"”")
		}
	}
	return "是哪几件，系统管理员不能知道。请把这句话告诉督办员：在投诉列表的“更多条件”里，按承办单位" + strings.Join(names, "、") + "各看一遍，被投诉单位是另一个、它的上级或者下级的，就是要收回的。", nil
}

// undoneChange shows the form again as it was filled in.
func (d *Pages) undoneChange(c *fiber.Ctx) error {
	change, _ := changeOf(web.Form(c), d.Now())
	if change.Kind == unit.ActAdd {
		return d.newPage(c, fields{kind: unit.ActAdd, typed: web.Form(c), again: true})
	}
	return d.unitPage(c, change.Code, unitView{}, &refusal{kind: change.Kind, typed: web.Form(c)})
}

// submitCarry carries out what the page before showed, and nothing else.
func (d *Pages) submitCarry(c *fiber.Ctx) error {
	typed := web.Form(c)
	if typed.Get("do") == "edit" {
		return d.undoneChange(c)
	}
	change, faults := changeOf(typed, d.Now())
	if len(faults) > 0 {
		return d.unplanned(c, change, faults, nil)
	}
	plan, err := d.keeper.Do(c.UserContext(), desk.Person(c).ID, change, func(p unit.Plan) bool { return shownPlan(p) == typed.Get(web.ShownField) })
	if errors.Is(err, unit.ErrOtherwise) {
		c.Status(fiber.StatusConflict)
		return d.planned(c, change, nil, &view.Banner{Kind: view.Warn, Title: "还没有改：刚才有人改过，和您看到的不一样了。", Text: "下面是按现在的样子重新算出来的，请看过再按。"})
	}
	if err != nil {
		return d.unplanned(c, change, nil, err)
	}
	d.Office.Units.Forget()
	d.Log.InfoContext(c.UserContext(), "unit changed", "staff", desk.Person(c).ID, "act", string(change.Kind), "unit", change.Code)
	to := unitURL(change.Code) + "?said=" + string(change.Kind)
	if left := d.follow(c, change, plan); left > 0 {
		to += "&left=" + strconv.Itoa(left)
	}
	return web.SeeOther(c, to)
}

// follow takes the accounts of what ended to who took over, each by an act of its own, and
// says how many stayed behind.
func (d *Pages) follow(c *fiber.Ctx, change unit.Change, plan unit.Plan) (left int) {
	if plan.Heir.Code == "" || web.Form(c).Get("accounts") != "yes" {
		return 0
	}
	for _, a := range plan.Accounts {
		if err := d.reassign(c, a.ID, plan.Heir.Code, change); err != nil {
			d.Log.WarnContext(c.UserContext(), "account not taken along", "staff", a.ID, "error", err)
			left++
		}
	}
	return left
}

func (d *Pages) reassign(c *fiber.Ctx, id int64, to string, change unit.Change) error {
	ctx := c.UserContext()
	m, err := d.Staff.Member(ctx, id)
	if err != nil {
		return err
	}
	acts, err := d.Staff.ActsOn(ctx, id, 1)
	if err != nil {
		return err
	}
	o := staff.Order{By: desk.Person(c).ID, Reason: change.Kind.Label() + "：" + form.Text(change.Reason), Sure: true}
	if r := []rune(o.Reason); len(r) > 500 {
		o.Reason = string(r[:500])
	}
	if len(acts) > 0 {
		o.Seen = acts[0].ID
	}
	return d.Staff.Reassign(ctx, id, staff.Job{Role: m.Role, Unit: to}, o)
}

// roughly is a number of matters for somebody who may know of none: one more or less must
// not show.
func roughly(n int) string {
	if n < 10 {
		return "没有，或者不到 " + view.N(10, "件")
	}
	return "大约 " + view.N((n+9)/10*10, "件")
}

// weight is that of the button that carries the change out.
func (v planView) weight() view.ButtonKind {
	if len(v.Plan.Ended) > 0 {
		return view.Hard
	}
	return view.Go
}

func (v planView) accountsHint() string {
	if v.Own {
		return "他们的登录马上退出，再登录就是新单位的。您自己的账号不在内，请另一位系统管理员办"
	}
	return "他们的登录马上退出，再登录就是新单位的"
}

// afterwards says what becomes of what an ended unit has in hand.
func (v planView) afterwards() string {
	if len(v.Plan.Ended) == 0 {
		return ""
	}
	return "改了以后由登记员、督办员在这个单位的页面上看清楚，收回来另派；每天夜里也会查还剩几件"
}

func (v planView) accounts() string {
	var all []string
	for _, a := range v.Plan.Accounts {
		all = append(all, a.Name+"（"+a.Login+"）")
	}
	if len(all) == 0 {
		return "没有"
	}
	return strings.Join(all, "、")
}

func people(n int) string {
	if n == 0 {
		return "没有"
	}
	return view.N(n, "人")
}
