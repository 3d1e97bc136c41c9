package people

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// manyForm is the id of the form that the tick boxes of the list belong to.
const manyForm = "many"

// manyAct is what may be done to several accounts, one after the other: each is a
// transaction of its own, with its own act and its own line of what became of it.
type manyAct struct {
	kind   staff.ActKind
	Path   string
	Label  string
	verb   string // of who leaves; empty asks nothing
	effect string
	done   string
	weight view.ButtonKind
	leaves func(staff.Role) bool // whether its role is left by it
}

var manyActs = []manyAct{
	{kind: staff.ActReassign, Path: "unit", Label: "调到另一个单位", verb: "调走", done: "已经调动", effect: "角色不变，只换单位。他们的登录马上全部退出，再登录就按新单位看件、办件。",
		leaves: func(r staff.Role) bool { return r == staff.Handler || r == staff.UnitHead }},
	{kind: staff.ActSetPassword, Path: "password", Label: "换新密码", done: "换了新密码", effect: "旧密码和所有登录马上作废。新密码只显示一次，打印出来当面交给本人，72 小时内有效。"},
	{kind: staff.ActDisable, Path: "disable", Label: "停用", verb: "停用", done: "已经停用", effect: "他们的登录马上全部退出，不能再登录。办过的事都留着，以后可以再启用。", weight: view.Hard,
		leaves: func(staff.Role) bool { return true }},
}

func manyActOf(path string) (manyAct, error) {
	for _, a := range manyActs {
		if a.Path == path {
			return a, nil
		}
	}
	return manyAct{}, fault.New(fault.NotFound, "")
}

// manyView is the form for what was chosen, or what became of it.
type manyView struct {
	Frame   desk.Frame
	Errors  view.ErrorSummary
	Said    *view.Banner
	Title   string
	URL     string // empty: there is nothing to do
	Effect  string
	Button  view.Button
	Fields  templ.Component
	Chosen  []staff.Chosen
	Groups  []desk.HandedGroup
	Buttons []view.Button
}

func chosenIDs(typed []string) (ids []int64) {
	for _, one := range typed {
		if id, err := strconv.ParseInt(one, 10, 64); err == nil && !slices.Contains(ids, id) && len(ids) < staff.MostAtOnce {
			ids = append(ids, id)
		}
	}
	return ids
}

func (d *Pages) showMany(c *fiber.Ctx) error {
	act, err := manyActOf(c.Query("do"))
	if err != nil {
		return err
	}
	var typed []string
	for _, raw := range c.Context().QueryArgs().PeekMulti("account") {
		typed = append(typed, string(raw))
	}
	return d.manyPage(c, act, chosenIDs(typed), nil, nil)
}

// manyPage shows the chosen accounts, what nobody would do any more without them, and what
// the act asks for, once.
func (d *Pages) manyPage(c *fiber.Ctx, act manyAct, ids []int64, before []desk.HandedGroup, errs view.Errors) error {
	chosen, err := d.Staff.Several(c.UserContext(), ids)
	if err != nil {
		return err
	}
	typed := web.Form(c)
	v := manyView{Title: act.Label + "：选中的 " + view.N(len(chosen), "个账号"), Effect: act.effect, Groups: before}
	v.Frame = d.Frame(c, act.Label, "staff")
	v.Frame.HasErrors = errs.Wrong()
	v.Errors = view.ErrorSummary{Errors: errs, Resend: act.Label}
	var can, cannot []desk.HandedRow
	for i, m := range chosen {
		line := accountLine(i+1, m)
		if why := act.whyNot(m, desk.Person(c)); why != "" {
			line.Status, line.Says = view.StatusTag{Word: "不办", Shape: view.ShapeDiamond, Tone: view.Amber}, why
			cannot = append(cannot, line)
			continue
		}
		line.Status = view.StatusTag{Word: "要办", Shape: view.ShapeCircle, Tone: view.Slate}
		if act.asks(m) {
			id := strconv.FormatInt(m.ID, 10)
			line.Status, line.Says = desk.HandedAsk, m.Left(act.verb)
			line.Sure = view.CheckField{Name: "sure", ID: "sure-" + id, Value: id, Label: "知道了，照样办", Checked: slices.Contains(typed.All("sure"), id)}
		}
		can, v.Chosen = append(can, line), append(v.Chosen, m)
	}
	v.Groups = append(v.Groups, slices.Concat(desk.HandedLines("要办的", "一个一个地办，一个办不成，别的照样办", false, "个", can), desk.HandedLines("现在不能办的", "", false, "个", cannot))...)
	v.Buttons = []view.Button{{Label: "回到人员", Href: "/staff"}}
	switch {
	case len(chosen) == 0:
		v.Said = &view.Banner{Kind: view.Warn, Title: "一个也没有选", Text: "在“人员”里勾选，再按要办的那一步。"}
	case len(can) > 0:
		v.URL, v.Button = "/staff/many/"+act.Path, view.Button{Label: act.Label + " " + view.N(len(can), "个账号"), Kind: act.weight}
		if act.weight == 0 {
			v.Button.Kind = view.Go
		}
		fields := []templ.Component{view.TextArea{Name: "reason", Label: "理由", Hint: "最多 500 个字，记在每个账号上，审计员看得到。不要写投诉的内容。", Rows: 2, Value: typed.Get("reason"), Error: errs.For("reason")}}
		if act.kind == staff.ActReassign {
			units, err := d.unitChoices(c.UserContext(), "")
			if err != nil {
				return err
			}
			fields = append([]templ.Component{view.SelectField{Name: "unit", Label: "调到哪个单位", Value: typed.Get("unit"), Error: errs.For("unit"), Empty: "请选单位", Options: units, Width: view.Width28}}, fields...)
		}
		v.Fields, v.Buttons = templ.Join(fields...), nil
	}
	return view.Show(c, manyPage(v))
}

func (a manyAct) asks(m staff.Chosen) bool { return a.leaves != nil && m.Alone && a.leaves(m.Role) }

func (a manyAct) whyNot(m staff.Chosen, by staff.Person) string {
	switch {
	case m.ID == by.ID:
		return "这是您自己的账号，要由另一位系统管理员办"
	case a.kind == staff.ActDisable && m.DisabledAt != nil:
		return "已经停用"
	}
	return ""
}

func accountLine(no int, m staff.Chosen) desk.HandedRow {
	return desk.HandedRow{Line: no, Title: m.Name, Aside: m.Login + "，" + m.Role.Title() + "，" + unitOf(m.Listed), Link: view.Ref{Label: "看这个账号", Href: memberURL(m.ID)}}
}

// submitMany does it to each and says what became of each. The form says which act its page
// knew last of every account: sent again, nothing is done twice.
func (d *Pages) submitMany(c *fiber.Ctx) error {
	act, err := manyActOf(c.Params("act"))
	if err != nil {
		return err
	}
	typed, ctx := web.Form(c), c.UserContext()
	ids := chosenIDs(typed.All("account"))
	chosen, err := d.Staff.Several(ctx, ids)
	if err != nil {
		return err
	}
	order := staff.Order{By: desk.Person(c).ID, Reason: typed.Get("reason")}
	errs := view.Errors(order.Faults())
	to := typed.Get("unit")
	if act.kind == staff.ActReassign && to == "" {
		errs = append(view.Errors{{Name: "unit", Sentence: "请选调到哪个单位"}}, errs...)
	}
	if len(errs) > 0 || len(chosen) == 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.manyPage(c, act, ids, nil, errs)
	}
	var slips []staff.Handout
	var done, refused, left []desk.HandedRow
	var doubts []int64
	for i, m := range chosen {
		line, id := accountLine(i+1, m), strconv.FormatInt(m.ID, 10)
		one := order
		one.Sure = slices.Contains(typed.All("sure"), id)
		if one.Seen, err = strconv.ParseInt(typed.Get("over-"+id), 10, 64); err != nil {
			one.Seen = -1 // no page of ours
		}
		password, err := d.oneOfMany(ctx, act, m, to, one)
		switch fields := view.ErrorsOf(err); {
		case err == nil:
			if password != "" {
				slips = append(slips, staff.Handout{ID: m.ID, Account: staff.Account{Login: m.Login, Name: m.Name, Role: m.Role, Unit: m.Unit}, Password: password})
			}
			line.Status = view.StatusTag{Word: act.done, Shape: view.ShapeTick, Tone: view.Pine}
			done = append(done, line)
		case fields.Asks("sure"):
			doubts = append(doubts, m.ID)
		case len(fields) > 0:
			line.Status, line.Says = desk.HandedWrong, fields[0].Sentence
			refused = append(refused, line)
		case fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound):
			line.Status, line.Says = desk.HandedWrong, fault.SentenceOf(err)
			refused = append(refused, line)
		case len(done) == 0:
			return err
		default: // what is done is said, or its passwords would be lost
			d.Log.ErrorContext(ctx, "acts on accounts broken off", "staff", order.By)
			line.Status, line.Says = desk.HandedWrong, "中断了，没有办，请再办一次"
			left = append(left, line)
		}
	}
	groups := slices.Concat(desk.HandedLines("没有办", "原因写在每一个后面", false, "个", refused), desk.HandedLines("中断了，还没有办", "", false, "个", left), desk.HandedLines("办好了", "", false, "个", done))
	if len(slips) > 0 {
		return d.handoutPage(c, "给 "+view.N(len(slips), "个账号")+"换了新密码", slips, groups)
	}
	if len(doubts) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.manyPage(c, act, doubts, groups, view.Errors{{Name: "sure-" + strconv.FormatInt(doubts[0], 10), Sentence: "有的角色会一个人也没有，请看过再勾选", Asked: true}})
	}
	v := manyView{Frame: d.Frame(c, act.Label, "staff"), Title: act.Label, Groups: groups, Buttons: []view.Button{{Label: "回到人员", Href: "/staff", Kind: view.Go}}}
	v.Said = &view.Banner{Kind: view.Done, Title: act.done + "：" + view.N(len(done), "个账号")}
	if len(refused)+len(left) > 0 {
		v.Said.Kind, v.Said.Text = view.Warn, "另有 "+view.N(len(refused)+len(left), "个")+"没有办，原因在下面。"
	}
	return view.Show(c, manyPage(v))
}

func (d *Pages) oneOfMany(ctx context.Context, act manyAct, m staff.Chosen, to string, o staff.Order) (password string, err error) {
	switch act.kind {
	case staff.ActDisable:
		return "", d.Staff.Disable(ctx, m.ID, o)
	case staff.ActReassign:
		return "", d.Staff.Reassign(ctx, m.ID, staff.Job{Role: m.Role, Unit: to}, o)
	}
	return d.Staff.NewPassword(ctx, m.ID, o)
}

// undoneMany shows the form as it was filled in.
func (d *Pages) undoneMany(c *fiber.Ctx) error {
	act, err := manyActOf(c.Params("act"))
	if err != nil {
		return err
	}
	return d.manyPage(c, act, chosenIDs(web.Form(c).All("account")), nil, nil)
}
