package units

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/ask"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

func unitURL(code string) string { return "/units/" + code }

// unitView is one unit: what it is, what is with it, what was done to it, and for a
// sysadmin what can be.
type unitView struct {
	Frame     desk.Frame
	Errors    view.ErrorSummary
	Said      view.Banner
	Unit      unit.Unit
	Parent    unit.Unit
	Heir      unit.Unit
	From      []unit.Unit // those that it goes on for
	Below     []unit.Unit
	Conflicts []conflictLine
	Acts      []unit.Act
	Keeps     bool
	Moves     desk.Moves
	Held      []heldLine
	HeldAt    bool       // the reader is shown what the unit has in hand
	Ways      []view.Ref // of an ended unit: what is done with all that it leads, and all that it helps with
}

// conflictLine is a declared conflict as the page of one of the two shows it.
type conflictLine struct {
	With   unit.Unit
	Reason string
	Since  time.Time
}

type heldLine struct {
	register.Held
	Href, Noun, Word string
	Way              view.Ref // out of the hands of a unit that has ended
}

// heldShown is how many matters in a unit's hands the page lists: as many as one act takes.
const heldShown = register.MostAtOnce

// refusal is a change that was not made: which, why, and what was typed.
type refusal struct {
	kind  unit.ActKind
	typed web.Values
	errs  view.Errors
}

func (d *Pages) showUnit(c *fiber.Ctx) error {
	v := unitView{}
	if kind := unit.ActKind(c.Query("said")); kind.Label() != "" {
		v.Said = view.Banner{Kind: view.Done, Title: "已经办好：" + kind.Label() + "。", Text: "各页几秒钟以后照新的来。改了什么，见下面的记录。"}
		if left, err := strconv.Atoi(c.Query("left")); err == nil && left > 0 {
			v.Said.Kind, v.Said.Text = view.Warn, "有 "+view.N(left, "个账号")+"没有转过去，仍在原来的单位；自己的账号请另一位系统管理员办。"
		}
	}
	return d.unitPage(c, c.Params("code"), v, nil)
}

func (d *Pages) unitPage(c *fiber.Ctx, code string, v unitView, no *refusal) error {
	d.Office.Units.Forget() // the page says how it stands now
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	var ok bool
	if v.Unit, ok = all.ByCode(code); !ok {
		return fault.New(fault.NotFound, "")
	}
	v.Parent, _ = all.ByCode(v.Unit.Parent)
	v.Heir, _ = all.ByCode(v.Unit.Successor)
	for _, u := range all {
		if u.Successor == code {
			v.From = append(v.From, u)
		}
		if u.Parent == code && (u.Current || u.Until.IsZero()) {
			v.Below = append(v.Below, u)
		}
	}
	if err := d.conflictsOf(c, &v, all); err != nil {
		return err
	}
	v.Frame = d.Frame(c, v.Unit.Name, key)
	v.Frame.HasErrors = no != nil && no.errs.Wrong()
	v.Keeps = d.Reaches(desk.Person(c).Role, "units/new")
	if v.Acts, err = d.keeper.Acts(c.UserContext(), d.Office.Pool, code, desk.RecordPage); err != nil {
		return err
	}
	if v.Keeps && !v.over() {
		v.Moves = d.moves(v, all, no)
	}
	if err := d.heldBy(c, &v); err != nil {
		return err
	}
	return view.Show(c, unitPage(v))
}

// over says that the unit has ended.
func (v unitView) over() bool { return !v.Unit.Current && !v.Unit.Until.IsZero() }

func (d *Pages) conflictsOf(c *fiber.Ctx, v *unitView, all unit.List) error {
	found, err := unit.Conflicts(c.UserContext(), d.Office.Pool)
	for _, one := range found {
		with := one.Other
		if with == v.Unit.Code {
			with = one.Unit
		} else if one.Unit != v.Unit.Code {
			continue
		}
		other, _ := all.ByCode(with)
		v.Conflicts = append(v.Conflicts, conflictLine{other, one.Reason, one.DeclaredAt})
	}
	return err
}

// heldBy lists what the unit has in hand, to whoever answers for all matters. Of an ended
// unit the desk takes back what it leads, to give it to whoever took over (信访工作条例24);
// where it only helps, the helper changes and the unit that leads goes on.
func (d *Pages) heldBy(c *fiber.Ctx, v *unitView) error {
	p := desk.Person(c)
	if !slices.Contains([]staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor}, p.Role) {
		return nil
	}
	found, err := register.HeldBy(c.UserContext(), d.Office.Pool, p.Scope(), v.Unit.Code, heldShown)
	if err != nil {
		return err
	}
	v.HeldAt = true
	type together struct {
		kind    *register.Kind
		part    string
		numbers []string
	}
	var all []together
	for _, h := range found {
		at, ok := d.RoomOf(h.Kind)
		if !ok {
			continue
		}
		kind := at.Kind()
		line := heldLine{Held: h, Href: desk.MatterURL(kind, h.Number), Noun: kind.Law.Noun, Word: kind.Law.State(h.State).Word}
		if v.out(p.Role, kind, h) {
			line.Way = v.way(kind, h.Part, h.Number)
			same := slices.IndexFunc(all, func(t together) bool { return t.kind == kind && t.part == h.Part })
			if same < 0 {
				same, all = len(all), append(all, together{kind: kind, part: h.Part})
			}
			all[same].numbers = append(all[same].numbers, h.Number)
		}
		v.Held = append(v.Held, line)
	}
	for _, t := range all {
		v.Ways = append(v.Ways, v.way(t.kind, t.part, t.numbers...))
	}
	return nil
}

// recall is what the laws of all registers call it when a unit that leads has a matter no more.
const recall = complaint.Recall

// wayOf is the move by which a matter leaves a unit that has that part in it.
func wayOf(part string) workflow.Action {
	if part == leads {
		return recall
	}
	return workflow.ChangeCo
}

// out says that whoever reads may take a matter out of the hands of this unit, which has ended.
func (v unitView) out(role staff.Role, k *register.Kind, h register.Held) bool {
	row, may := k.Law.RowOf(role, wayOf(h.Part))
	return v.over() && may && row.Many && slices.Contains(row.From, h.State)
}

// way is the page on which that is done to some matters; the successor stands in its form,
// and is read before anybody presses.
func (v unitView) way(k *register.Kind, part string, numbers ...string) view.Ref {
	known, label := map[string]string{}, "收回它牵头的 "+view.N(len(numbers), "件")+k.Law.Noun+"，另派单位"
	if part != leads {
		label = "它配合的 " + view.N(len(numbers), "件") + k.Law.Noun + "，换掉它，牵头的不动"
		known[workflow.CoOut], known["co"] = v.Unit.Code, v.Heir.Code
	}
	return view.Ref{Label: label, Href: matter.ManyURL(k, wayOf(part), known, numbers...)}
}

// unitAct is a form of the page of a unit.
type unitAct struct {
	kind   unit.ActKind
	effect string
	weight view.ButtonKind
	fields func(f fields) templ.Component
}

var unitActs = []unitAct{
	{unit.ActCorrect, "别名、种类、邮箱、机关代字、可以被投诉、可以承办。写错了的、变了的都在这里改。", view.Plain, correctFields},
	{unit.ActRename, "单位改了名，职责没变。用新的代码接着办，旧名留着，人们照旧名也找得到它。", view.Plain, renameFields},
	{unit.ActMove, "换到另一个上级单位下面。上级变了，回避哪些投诉也跟着变。", view.Plain, moveFields},
	{unit.ActConflict, "和另一个单位有利害关系，互相不办投诉对方的件。", view.Plain, conflictFields},
	{unit.ActRelease, "利害关系没有了。", view.Plain, releaseFields},
	{unit.ActMerge, "这个单位不再有，职责归另一个单位。手里的件由监督办公室收回来另派。", view.Hard, mergeFields},
	{unit.ActSplit, "这个单位不再有，分成几个新的。第一个接着办原来的事，其余的和它有利害关系。", view.Hard, splitFields},
	{unit.ActEnd, "这个单位不再有，也没有哪个单位接替。", view.Hard, noFields},
}

// fields are what the fields of a form are drawn from: what stands, or what was typed.
type fields struct {
	kind    unit.ActKind
	unit    unit.Unit
	with    []conflictLine
	typed   web.Values
	again   bool // what was typed is shown
	errs    view.Errors
	parents []view.Option
	others  []view.Option
}

// id is the id of a field: several forms of the page have one of that name.
func (f fields) id(name string) string { return string(f.kind) + "-" + name }

// value is what stands in a field.
func (f fields) value(name, stands string) string {
	if f.again {
		return f.typed.Get(name)
	}
	return stands
}

// ticked says whether a box is.
func (f fields) ticked(name string, stands bool) bool {
	if f.again {
		return f.typed.Get(name) == "yes"
	}
	return stands
}

func (f fields) text(name, label, hint, stands string, optional bool, width view.Width) view.TextField {
	return view.TextField{Name: name, ID: f.id(name), Label: label, Hint: hint, Value: f.value(name, stands), Error: f.errs.For(name), Optional: optional, Width: width}
}

// since is the day from which a change holds.
func (f fields) since(today clock.Date) templ.Component {
	boxes := form.DateBoxes{Year: strconv.Itoa(today.Year), Month: strconv.Itoa(int(today.Month)), Day: strconv.Itoa(today.Day)}
	sure := ""
	if f.again {
		boxes, sure = dateOf(f.typed)
	}
	return view.DateField{Name: "since", ID: f.id("since"), Label: "从哪一天起", Year: boxes.Year, Month: boxes.Month, Day: boxes.Day,
		Error: f.errs.For("since"), Doubt: f.errs.Doubt("since", sure)}
}

func (f fields) reason() templ.Component {
	return view.TextArea{Name: "reason", ID: f.id("reason"), Label: "依据", Hint: "批文的名称和文号，或者为什么改。最多 500 个字，大家都看得到", Rows: 2, Value: f.value("reason", ""), Error: f.errs.For("reason")}
}

func dateOf(typed web.Values) (form.DateBoxes, string) {
	sure := typed.Get("since_sure")
	return form.DateBoxes{Year: typed.Get("since_year"), Month: typed.Get("since_month"), Day: typed.Get("since_day")}.Chosen(sure), sure
}

func kindOptions() (all []view.Option) {
	for _, k := range unit.Kinds() {
		all = append(all, view.Option{Value: string(k), Label: k.Word()})
	}
	return all
}

func (f fields) parent(stands string) templ.Component {
	return view.SelectField{Name: "parent", ID: f.id("parent"), Label: "上级单位", Value: f.value("parent", stands), Error: f.errs.For("parent"), Empty: "没有上级", Options: f.parents, Optional: true, Width: view.Width28}
}

// described are the fields of what a unit is.
func (f fields) described(u unit.Unit) templ.Component {
	return templ.Join(
		f.text("name", "名称", "", u.Name, false, view.Width28),
		f.text("alias", "别名", "人们平常怎么叫它，用顿号隔开", strings.Join(u.Alias, "、"), true, view.Width28),
		view.SelectField{Name: "kind", ID: f.id("kind"), Label: "种类", Value: f.value("kind", string(u.Kind)), Error: f.errs.For("kind"), Empty: "请选", Options: kindOptions(), Width: view.Width20},
		f.text("uscc", "统一社会信用代码", "", u.USCC, true, view.Width20),
		f.text("document_prefix", "机关代字", "自己的文书用的，例如 郏财函；没有的用监督办公室的", u.Prefix, true, view.Width12),
		f.text("mailbox", "邮箱", "派单、催办的信寄到这里；没有的存在发件箱", u.Mailbox, true, view.Width28),
		view.CheckField{Name: "complainable", ID: f.id("complainable"), Label: "可以被投诉", Checked: f.ticked("complainable", u.Complainable)},
		view.CheckField{Name: "handles", ID: f.id("handles"), Label: "可以承办", Checked: f.ticked("handles", u.Handles)},
		view.CheckField{Name: "vouch", ID: f.id("vouch"), Label: "名称和代码已经确认", Hint: "确认以后名称不能再改，只能改名", Checked: f.ticked("vouch", u.Confirmed)},
	)
}

func correctFields(f fields) templ.Component { return f.described(f.unit) }

func renameFields(f fields) templ.Component {
	return templ.Join(f.text("code", "新的代码", "大写字母、数字、横线", nextCode(f.unit.Code), false, view.Width12), f.text("name", "新的名称", "", "", false, view.Width28))
}

// nextCode is a code that says which it goes on for.
func nextCode(code string) string {
	const longest = 32
	at := strings.LastIndex(code, "-")
	if n, err := strconv.Atoi(code[at+1:]); at > 0 && err == nil && n < 99 {
		return code[:at+1] + strconv.Itoa(n+1)
	}
	if len(code)+2 > longest {
		return ""
	}
	return code + "-2"
}

func moveFields(f fields) templ.Component { return f.parent(f.unit.Parent) }

func (f fields) other(label string, options []view.Option) templ.Component {
	return view.SelectField{Name: "other", ID: f.id("other"), Label: label, Value: f.value("other", ""), Error: f.errs.For("other"), Empty: "请选", Options: options, Width: view.Width28}
}

func mergeFields(f fields) templ.Component    { return f.other("并入哪个单位", f.others) }
func conflictFields(f fields) templ.Component { return f.other("和哪个单位", f.others) }
func noFields(fields) templ.Component         { return templ.NopComponent }

func releaseFields(f fields) templ.Component {
	var options []view.Option
	for _, c := range f.with {
		options = append(options, view.Option{Value: c.With.Code, Label: c.With.Name})
	}
	return f.other("和哪个单位", options)
}

// mostParts is into how many a unit is split at once.
const mostParts = 4

func splitFields(f fields) templ.Component {
	var all []templ.Component
	for i := range mostParts {
		n := strconv.Itoa(i + 1)
		label, optional := "第 "+n+" 个", i > 1
		code, name := f.text("code"+n, label+"的代码", "", "", optional, view.Width12), f.text("name"+n, label+"的名称", "", "", optional, view.Width28)
		if i == 0 {
			code.ID, code.Error = f.id("parts"), f.errs.For("parts")
			name.Hint = "原来的事由它接着办"
		}
		all = append(all, code, name)
	}
	return templ.Join(all...)
}

// moves are the forms for a unit that stands.
func (d *Pages) moves(v unitView, all unit.List, no *refusal) desk.Moves {
	today, shown := clock.On(d.Now()), shownUnit(v.Unit, all).String()
	out := desk.Moves{CSRF: v.Frame.CSRF}
	for _, a := range unitActs {
		if a.kind == unit.ActRelease && len(v.Conflicts) == 0 {
			continue
		}
		f := fields{kind: a.kind, unit: v.Unit, with: v.Conflicts, parents: options(all, v.Unit.Code), others: options(all, v.Unit.Code)}
		if no != nil && no.kind == a.kind {
			f.again, f.typed, f.errs = true, no.typed, no.errs
		}
		out.Items = append(out.Items, desk.Move{Action: string(a.kind), URL: "/units/change", Label: a.kind.Label(), Kind: a.weight, Consequence: a.effect,
			Open: f.again, Fields: templ.Join(a.fields(f), f.since(today), f.reason()),
			Inputs: []desk.HiddenInput{{Name: "act", Value: string(a.kind)}, {Name: "unit", Value: v.Unit.Code}, {Name: web.ShownField, Value: shown}}})
	}
	return out
}

// options are the units of today but the one itself.
func options(all unit.List, but string) []view.Option {
	var current unit.List
	for _, u := range all {
		if u.Current && u.Code != but {
			current = append(current, u)
		}
	}
	return ask.Options(register.UnitOptions(current))
}

// shownUnit is what the page of a unit showed of it.
func shownUnit(u unit.Unit, all unit.List) *web.Shown {
	parent, _ := all.ByCode(u.Parent)
	s := web.NewShown("")
	for _, row := range [][2]string{{"名称", u.Name}, {"别名", strings.Join(u.Alias, "、")}, {"种类", u.Kind.Word()}, {"上级单位", parent.Name},
		{"统一社会信用代码", u.USCC}, {"机关代字", u.Prefix}, {"邮箱", u.Mailbox}, {"可以被投诉", yesNo(u.Complainable)}, {"可以承办", yesNo(u.Handles)},
		{"名称已确认", yesNo(u.Confirmed)}, {"最后一天", lastDay(u)}} {
		s.Add(row[0], row[1])
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func lastDay(u unit.Unit) string {
	if u.Until.IsZero() {
		return ""
	}
	return u.Until.Long()
}

// facts are what the page says of a unit.
func (v unitView) facts() []view.Fact {
	rows := []view.Fact{{Label: "代码", Text: v.Unit.Code}, {Label: "种类", Text: v.Unit.Kind.Word()}}
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, view.Fact{Label: label, Text: text})
		}
	}
	if mark := v.Unit.Mark(); mark != "" {
		add("名称", v.Unit.Name+"（"+mark+"）")
	}
	add("别名", strings.Join(v.Unit.Alias, "、"))
	if v.Parent.Code != "" {
		rows = append(rows, view.Fact{Label: "上级单位", Body: linkTo(v.Parent)})
	}
	add("用处", cmp.Or(unitLine{Unit: v.Unit}.roles(), "不能被投诉，也不承办"))
	add("统一社会信用代码", v.Unit.USCC)
	add("机关代字", v.Unit.Prefix)
	add("邮箱", v.Unit.Mailbox)
	if v.Unit.From.After(clock.NewDate(2000, time.January, 1)) {
		add("从哪一天起", v.Unit.From.Long())
	}
	add("最后一天", lastDay(v.Unit))
	return rows
}

// by is who made a change, as a record names them.
func by(a unit.Act) string {
	if a.By == "" {
		return "操作员（服务器上的命令）"
	}
	return a.By + "（" + a.ByLogin + "）"
}

// leads is the part of the unit that leads.
const leads = "lead"

// partWord says what part a unit has in a matter.
func partWord(part string) string {
	if part == leads {
		return "牵头"
	}
	return "配合"
}

// outWord is how one matter gets out of the hands of a unit that has ended.
func outWord(part string) string {
	if part == leads {
		return "收回，另派"
	}
	return "换配合单位"
}

func (v unitView) wayButtons() (all []view.Button) {
	for _, w := range v.Ways {
		all = append(all, view.Button{Label: w.Label, Href: w.Href})
	}
	return all
}
