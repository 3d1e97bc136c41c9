package people

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// columns are those of a table of accounts that is handed in; columnFields are what the
// faults of an account call them.
var (
	columns = []spreadsheet.Column{
		{Name: "登录名", Also: []string{"login", "账号"}, Needed: true}, {Name: "姓名", Also: []string{"name", "名字"}, Needed: true},
		{Name: "角色", Also: []string{"role", "岗位"}, Needed: true}, {Name: "单位", Also: []string{"unit", "单位名称", "单位代码"}},
	}
	columnFields = []string{"login", "name", "role", "unit"}
)

func (d *Pages) sendTemplate(c *fiber.Ctx) error {
	raw, err := spreadsheet.Template("人员", columns, []float64{18, 14, 20, 32},
		[]string{"zhangsan", "（例）张某某", staff.Handler.Title(), "县财政局"}, []string{"lisi", "（例）李某某", staff.Registrar.Title(), ""})
	if err != nil {
		return err
	}
	return desk.SendFile(c, "人员模板.xlsx", spreadsheet.WorkbookType, raw)
}

// handing is how a table of accounts is handed in.
func (d *Pages) handing() desk.Handing {
	return desk.Handing{
		Frame: d.Frame, Columns: columns, Most: staff.MostAtOnce, Key: "staff", Title: "按表添加账号", List: view.Ref{Label: "人员", Href: "/staff"},
		Lead: "一行有错，就一行也不添加。已经有的账号不动，所以整份表可以再交。添加以后，每人的初始密码只显示一次，打印出来当面交给本人。",
		URL:  "/staff/import", Template: "/staff/template", Hint: fmt.Sprintf("Excel（.xlsx）或者 CSV，一行一个人，最多 %d 行。先看会怎样，看过了再添加", staff.MostAtOnce),
		Plan: func(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error {
			return d.planPage(c, t, sure, planView{})
		}, Confirm: d.addMany,
	}
}

func typedLines(t spreadsheet.Table) []staff.Typed {
	lines := make([]staff.Typed, len(t.Rows))
	for i, row := range t.Rows {
		c := row.Cells
		lines[i] = staff.Typed{Line: row.Line, Fault: row.Fault}
		if row.Fault == "" {
			lines[i].Login, lines[i].Name, lines[i].Role, lines[i].Unit = c[0], c[1], c[2], c[3]
		}
	}
	return lines
}

// planView shows what will become of the lines of a table, before it does.
type planView struct {
	Frame  desk.Frame
	Said   *view.Banner
	Errors view.Errors
	Reason string
	Table  string // all of it, carried on
	Shown  string
	Groups []desk.HandedGroup
	Adds   int // those in doubt among them
	Wrongs int
}

func shownPlan(plan []staff.Planned) string {
	s := web.NewShown("")
	var all strings.Builder
	for _, p := range plan {
		fmt.Fprintf(&all, "%d\x00%s\x00%s\x00%+v\x00", p.Line, p.What, p.Says, p.Account)
	}
	s.Add("人员", all.String())
	return s.String()
}

var planTags = map[staff.What]view.StatusTag{staff.New: desk.HandedNew, staff.Ask: desk.HandedAsk, staff.Same: desk.HandedSame, staff.Wrong: desk.HandedWrong}

func (d *Pages) planPage(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool, v planView) error {
	plan, err := d.Staff.Plan(c.UserContext(), typedLines(t))
	if err != nil {
		return err
	}
	v.Frame, v.Table, v.Shown, v.Reason = d.Frame(c, "核对人员", "staff"), t.Carried(), shownPlan(plan), web.Form(c).Get("reason")
	v.Frame.HasErrors = v.Errors.Wrong()
	groups := map[staff.What][]desk.HandedRow{}
	for i, p := range plan {
		groups[p.What] = append(groups[p.What], planRow(t, t.Rows[i], p, sure))
	}
	v.Wrongs, v.Adds = len(groups[staff.Wrong]), len(groups[staff.New])+len(groups[staff.Ask])
	for _, g := range []struct {
		what        staff.What
		title, note string
	}{{staff.Wrong, "有错", "改好再交一次；一行有错，就一行也不添加"}, {staff.Ask, "要您看", "勾了才能添加；是同一个人，请从表里去掉"}, {staff.New, "要添加", ""}, {staff.Same, "已经有了", "不动"}} {
		v.Groups = append(v.Groups, desk.HandedLines(g.title, g.note, len(groups[g.what]) > 50 && g.what != staff.Wrong && g.what != staff.Ask, "行", groups[g.what])...)
	}
	return view.Show(c, planPage(v))
}

func planRow(t spreadsheet.Table, row spreadsheet.Row, p staff.Planned, sure map[int]bool) desk.HandedRow {
	one := desk.HandedRow{Line: p.Line, Title: cmp.Or(p.Account.Name, p.Account.Login), Status: planTags[p.What], Says: p.Says}
	if p.Typed.Fault != "" {
		return one
	}
	one.Aside = strings.Join(slices.DeleteFunc([]string{p.Account.Login, cmp.Or(p.Account.Role.Title(), string(p.Account.Role)), p.Typed.Unit}, func(s string) bool { return s == "" }), "，")
	for _, f := range p.Faults {
		i := slices.Index(columnFields, f.Name)
		one.Cells = append(one.Cells, desk.HandedCell{Column: t.Columns[i].Name, Typed: row.Cells[i], Fault: f.Sentence})
	}
	if line := strconv.Itoa(p.Line); p.What == staff.Ask {
		one.Sure = view.CheckField{Name: "sure", ID: "sure-" + line, Value: line, Label: "是另一个人，照写添加", Checked: sure[p.Line]}
	}
	return one
}

// addMany adds what its page showed, all of it or nothing, and answers with the first
// passwords, which stand nowhere else.
func (d *Pages) addMany(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error {
	typed := web.Form(c)
	plan, err := d.Staff.Plan(c.UserContext(), typedLines(t))
	if err != nil {
		return err
	}
	wrong, doubtful := map[int]string{}, 0
	var accounts []staff.Account
	for _, p := range plan {
		switch p.What {
		case staff.Wrong:
			wrong[p.Line] = desk.AllWrong(p.Says, p.Faults)
		case staff.Ask, staff.New:
			accounts = append(accounts, p.Account)
			if p.What == staff.Ask && !sure[p.Line] {
				doubtful++
			}
		}
	}
	switch {
	case typed.Get("do") == "wrong":
		return desk.SendWrong(c, "人员里有错的行", t, wrong)
	case len(wrong) > 0 || len(accounts) == 0 || shownPlan(plan) != typed.Get(web.ShownField):
		c.Status(fiber.StatusConflict)
		return d.planPage(c, t, sure, planView{Said: &view.Banner{Kind: view.Warn, Title: "没有添加：和您看到的不一样了。", Text: "下面是按现在的账号重新比出来的，请看过再按。已经有了的人没有拿到初始密码的，在“人员”里勾选，换新密码。"}})
	case doubtful > 0:
		c.Status(fiber.StatusUnprocessableEntity)
		return d.planPage(c, t, sure, planView{Said: &view.Banner{Kind: view.Warn, Title: "还没有添加：有 " + view.N(doubtful, "行") + "要您看。", Text: "是另一个人，请勾选；是同一个人，请从表里去掉再交。"}})
	}
	out, err := d.Staff.AddMany(c.UserContext(), accounts, staff.Order{By: desk.Person(c).ID, Reason: typed.Get("reason")})
	switch {
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		return d.planPage(c, t, sure, planView{Said: &view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)}})
	case len(fault.FieldsOf(err)) > 0:
		c.Status(fiber.StatusUnprocessableEntity)
		return d.planPage(c, t, sure, planView{Errors: fault.FieldsOf(err)})
	case err != nil:
		return err
	}
	return d.handoutPage(c, "添加了 "+view.N(len(out), "个账号"), out, nil)
}

// buttons are those of the plan: with a bad line there is none to add by.
func (v planView) buttons() (all []view.Button) {
	if v.Wrongs > 0 {
		all = append(all, view.Button{Label: "下载有错的行", Name: "do", Value: "wrong"})
	} else if v.Adds > 0 {
		all = append(all, view.Button{Label: "添加 " + view.N(v.Adds, "个账号"), Kind: view.Go, Name: "do", Value: "add"})
	}
	return append(all, view.Button{Label: "不添加了", Href: "/staff"})
}

// slip is what one person is handed on paper.
type slip struct {
	Name, Login, Post, Password string
}

type handoutView struct {
	Frame  desk.Frame
	Said   view.Banner
	Slips  []slip
	Groups []desk.HandedGroup // those that got none, and why
	Site   string
}

// handoutPage is the one answer in which passwords stand: one slip for each person.
func (d *Pages) handoutPage(c *fiber.Ctx, said string, out []staff.Handout, groups []desk.HandedGroup) error {
	v := handoutView{Frame: d.Frame(c, "初始密码", "staff"), Groups: groups, Site: c.BaseURL() + "/login",
		Said: view.Banner{Kind: view.Warn, Title: said + "，初始密码只显示这一次", Text: "请打印出来，裁开，当面交给本人。离开这一页就不再显示，您也查不出来；没有打印，就在“人员”里勾选他们，换新密码。"}}
	units, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, h := range out {
		s := slip{Name: h.Name, Login: h.Login, Post: h.Role.Title(), Password: h.Password}
		if u, ok := units.ByCode(h.Unit); ok {
			s.Post = u.Name + "，" + s.Post
		}
		v.Slips = append(v.Slips, s)
	}
	return view.Show(c, handoutPage(v))
}
