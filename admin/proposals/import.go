package proposals

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/proposal"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Routes are these pages and who may use each.
func (p *Pages) Routes() []desk.Route {
	clerks, reporters := desk.Only(clerkRoles...), desk.Only(reporterRoles...)
	handing := p.handing()
	own := []desk.Route{
		desk.Get(reportPath, reporters, p.showReport),
		desk.Get(reportPath+".csv", reporters, p.sendReport),
		desk.Post(reportPath+"/publish", desk.Only(staff.Publisher), p.publish).Or(p.showReport),
		desk.Post(reportPath+"/take-down", desk.Only(staff.Publisher), p.takeDown).Or(p.undoneTakeDown),
		desk.Get(importPath, clerks, handing.Show),
		desk.HandedFile(desk.Post(importPath, clerks, handing.Read)).Or(handing.Show),
		desk.Get(importPath+"/template", clerks, p.sendTemplate),
		desk.HandedOn(desk.Post(importPath+"/run", clerks, handing.Take)).Or(handing.Undone),
	}
	return append(own, p.Pages.Routes()...)
}

// Who registers and hands over, and who answers for how the year was handled or publishes
// that.
var (
	clerkRoles    = []staff.Role{staff.Registrar, staff.Supervisor}
	reporterRoles = []staff.Role{staff.Supervisor, staff.Leader, staff.Publisher}
)

const importPath = "/proposals/import"

// offers are the buttons beside the list.
func offers(by staff.Person) []view.Button {
	var buttons []view.Button
	if slices.Contains(clerkRoles, by.Role) {
		buttons = append(buttons, view.Button{Label: "整批交办", Href: importPath})
	}
	if slices.Contains(reporterRoles, by.Role) {
		buttons = append(buttons, view.Button{Label: "办理情况报告", Href: reportPath})
	}
	return buttons
}

func (p *Pages) sendTemplate(c *fiber.Ctx) error {
	raw, err := spreadsheet.Template("交办清单", proposal.Columns, []float64{12, 8, 6, 8, 32, 48, 48, 22, 22, 22, 10, 24},
		[]string{"代表建议", "十六", "三", "1", "（例）关于限期付清村道工程款的建议", "（例）几个村的道路验收两年，工程款没有付清。", "列出拖欠清单\n没有预算不开工", "张某某、李某某", "县财政局", "", "3 个月", ""})
	if err != nil {
		return err
	}
	return desk.SendFile(c, "交办清单模板.xlsx", spreadsheet.WorkbookType, raw)
}

// handing is how the list of a handing-over meeting is handed in.
func (p *Pages) handing() desk.Handing {
	return desk.Handing{
		Frame: p.Frame, Columns: proposal.Columns, Most: proposal.MostLines, Key: p.Kind().Path, Title: "整批交办", List: view.Ref{Label: "建议提案", Href: "/proposals"},
		Lead: "交办会上交的，一次登记并交办。一行有错，别的行照样办；改好错的那几行，再交一次就行，已经办过的不会办第二次。",
		URL:  importPath, Template: importPath + "/template",
		Hint: fmt.Sprintf("Excel（.xlsx）或者 CSV，一行一件，最多 %d 行；建议各点在一格里分行写。先看会怎样，看过了再交办", proposal.MostLines),
		Plan: func(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error {
			return p.planPage(c, t, planView{sure: sure})
		}, Confirm: p.run,
	}
}

// planView shows what will become of the lines, before it does, or what became of them.
type planView struct {
	Frame   desk.Frame
	Said    *view.Banner
	Title   string
	Lead    string
	Table   string // all of it, carried on
	Token   string
	Shown   string
	Groups  []desk.HandedGroup
	Buttons []view.Button
	sure    map[int]bool
}

func (v *planView) group(title, note string, folded bool, rows []desk.HandedRow) {
	v.Groups = append(v.Groups, desk.HandedLines(title, note, folded, "件", rows)...)
}

// shownPlan is what a page shows of a plan.
func shownPlan(lines []proposal.Line) string {
	s := web.NewShown("")
	var all strings.Builder
	for _, l := range lines {
		all.WriteString(l.Showed() + "\x00")
	}
	s.Add("清单", all.String())
	return s.String()
}

var tags = map[proposal.What]view.StatusTag{
	proposal.IsNew: {Word: "要交办", Shape: view.ShapeCircle, Tone: view.Slate}, proposal.IsFiled: {Word: "只交办", Shape: view.ShapeCircle, Tone: view.Slate},
	proposal.IsAsked: desk.HandedAsk, proposal.IsStands: stood, proposal.IsWrong: desk.HandedWrong,
}

var stood = view.StatusTag{Word: "原来办过", Shape: view.ShapeTick, Tone: view.Pine}

func (p *Pages) planPage(c *fiber.Ctx, t spreadsheet.Table, v planView) error {
	lines, err := p.proposals.Plan(c.UserContext(), desk.Person(c), t)
	if err != nil {
		return err
	}
	v.Frame, v.Title, v.Lead = p.Frame(c, "核对交办清单", p.Kind().Path), "核对交办清单", "还没有登记，也没有交办。请看过再按。"
	v.Table, v.Shown = t.Carried(), shownPlan(lines)
	if v.Token == "" {
		if v.Token, err = p.NewToken(); err != nil {
			return err
		}
	}
	of := map[proposal.What][]desk.HandedRow{}
	for i, l := range lines {
		of[l.What] = append(of[l.What], handedRow(t, t.Rows[i], l, v.sure))
	}
	v.group("有错，不办", "别的照样办；改好这几行再交一次", false, of[proposal.IsWrong])
	v.group("要您看", "勾了才办", false, of[proposal.IsAsked])
	v.group("要登记并交办", "", false, of[proposal.IsNew])
	v.group("已经登记，只交办", "", false, of[proposal.IsFiled])
	v.group("原来就办过", "不再办", true, of[proposal.IsStands])
	ready := len(of[proposal.IsNew]) + len(of[proposal.IsFiled])
	switch {
	case ready > 0:
		v.Buttons = append(v.Buttons, view.Button{Label: "登记并交办 " + view.N(ready, "件"), Kind: view.Go, Name: "do", Value: "run"})
	case len(of[proposal.IsAsked]) > 0:
		v.Buttons = append(v.Buttons, view.Button{Label: "登记并交办勾了的", Kind: view.Go, Name: "do", Value: "run"})
	}
	if len(of[proposal.IsWrong]) > 0 {
		v.Buttons = append(v.Buttons, wrongButton)
	}
	v.Buttons = append(v.Buttons, view.Button{Label: "不办了", Href: "/proposals"})
	return view.Show(c, planPage(v))
}

var wrongButton = view.Button{Label: "下载有错的行", Name: "do", Value: "wrong"}

func handedRow(t spreadsheet.Table, row spreadsheet.Row, l proposal.Line, sure map[int]bool) desk.HandedRow {
	one := desk.HandedRow{Line: l.No, Title: l.Title, Status: tags[l.What], Says: l.Says,
		Aside: strings.Join([]string{t.Cell(row, "种类"), t.Cell(row, "届") + " 届", t.Cell(row, "次") + " 次", t.Cell(row, "号") + " 号", t.Cell(row, "提的人")}, "，")}
	if one.Title == "" {
		one.Title = "（没有题目）"
	}
	if l.LeadBy != "" {
		one.Aside += "，主办：" + l.LeadBy
	}
	if l.Stands != "" {
		one.Link = view.Ref{Label: l.Stands, Href: "/proposals/" + l.Stands}
	}
	for _, f := range l.Faults {
		if i := proposal.ColumnOf(f.Name); i >= 0 {
			one.Cells = append(one.Cells, desk.HandedCell{Column: t.Columns[i].Name, Typed: short(row.Cells[i]), Fault: f.Sentence})
		} else {
			one.Says = strings.TrimPrefix(one.Says+"；"+f.Sentence, "；")
		}
	}
	if l.What == proposal.IsAsked {
		no, label := strconv.Itoa(l.No), "看过了，照写的登记并交办"
		if l.Stands != "" {
			label = "看过了，按登记的交办"
		}
		one.Sure = view.CheckField{Name: "sure", ID: "sure-" + no, Value: no, Label: label, Checked: sure[l.No]}
	}
	return one
}

// short is the beginning of a long cell: the whole stands in the file.
func short(cell string) string {
	if runes := []rune(cell); len(runes) > 60 {
		return string(runes[:60]) + "……"
	}
	return cell
}

// run registers and hands over what its page showed, and says what became of each.
// The answer is this page itself: sent again, it is the same one.
func (p *Pages) run(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error {
	typed := web.Form(c)
	token, err := desk.ReadToken(typed)
	if err != nil {
		return err
	}
	lines, err := p.proposals.Plan(c.UserContext(), desk.Person(c), t)
	if err != nil {
		return err
	}
	if typed.Get("do") == "wrong" {
		return desk.SendWrong(c, "交办清单里有错的行", t, wrongLines(lines))
	}
	if shownPlan(lines) != typed.Get(web.ShownField) {
		c.Status(fiber.StatusConflict)
		return p.planPage(c, t, planView{sure: sure, Said: &view.Banner{Kind: view.Warn, Title: "还没有办：名册、单位或者清单刚才变了，和您看到的不一样了。", Text: "下面是现在重新读出来的，请看过再按。"}})
	}
	return p.resultPage(c, t, planView{Token: typed.Get("form_token"), Shown: typed.Get(web.ShownField), Table: typed.Get("table"), sure: sure},
		p.proposals.HandOverAll(c.UserContext(), desk.Person(c), token, lines, sure))
}

// resultPage says what became of each line. A run that was cut off is gone on with from here.
func (p *Pages) resultPage(c *fiber.Ctx, t spreadsheet.Table, v planView, out []proposal.Outcome) error {
	v.Frame, v.Title = p.Frame(c, "交办的结果", p.Kind().Path), "交办的结果"
	var given, filed, refused, left, before []desk.HandedRow
	wrong := false
	for i, o := range out {
		row := handedRow(t, t.Rows[i], o.Line, nil)
		row.Sure = view.CheckField{}
		if o.Number != "" {
			row.Link = view.Ref{Label: o.Number, Href: "/proposals/" + o.Number}
		}
		switch {
		case o.Given:
			row.Status, row.Says = view.StatusTag{Word: "已交办", Shape: view.ShapeArrow, Tone: view.Slate}, ""
			given = append(given, row)
		case o.Stood:
			before = append(before, row)
		case o.Left:
			row.Status = view.StatusTag{Word: "还没有办", Shape: view.ShapePause, Tone: view.Slate}
			left = append(left, row)
		case o.Number != "":
			row.Status, row.Says = view.StatusTag{Word: "没有交办", Shape: view.ShapeDiamond, Tone: view.Amber}, o.Refused+"。请打开这一件，在那里交办"
			filed = append(filed, row)
		default:
			row.Status, row.Says = desk.HandedWrong, o.Refused
			wrong = wrong || o.What == proposal.IsWrong
			refused = append(refused, row)
		}
	}
	v.group("没有登记", "", false, refused)
	v.group("登记了，没有交办", "", false, filed)
	v.group("中断了，还没有办", "再按一次接着办，办过的不会办第二次", false, left)
	v.group("已经交办", "", false, given)
	v.group("原来就办过", "这次没有动", false, before)
	v.Said = &view.Banner{Kind: view.Done, Title: "交办了 " + view.N(len(given), "件") + "。"}
	if len(given) == 0 && len(before) > 0 {
		v.Said.Title = "没有新交办的，" + view.N(len(before), "件") + "原来就办过。"
	} else if len(before) > 0 {
		v.Said.Text = "另有 " + view.N(len(before), "件") + "原来就办过，这次没有动。"
	}
	switch {
	case len(left) > 0:
		v.Said = &view.Banner{Kind: view.Warn, Title: "办到一半中断了，交办了 " + view.N(len(given), "件") + "，还有 " + view.N(len(left), "件") + "没有办。", Text: "再按一次接着办，办过的不会办第二次。"}
		v.Buttons = append(v.Buttons, view.Button{Label: "接着办", Kind: view.Go, Name: "do", Value: "run"})
	case len(refused)+len(filed) > 0:
		v.Said.Kind, v.Said.Text = view.Warn, v.Said.Text+"另有 "+view.N(len(refused)+len(filed), "件")+"没有交办，原因在下面。"
	}
	if wrong {
		v.Buttons = append(v.Buttons, wrongButton)
	}
	v.Buttons = append(v.Buttons, view.Button{Label: "回到建议提案", Href: "/proposals"})
	return view.Show(c, planPage(v))
}

// wrongLines are those that cannot be registered, each with all that is wrong with it.
func wrongLines(lines []proposal.Line) map[int]string {
	wrong := map[int]string{}
	for _, l := range lines {
		if l.What != proposal.IsWrong {
			continue
		}
		wrong[l.No] = desk.AllWrong(l.Says, l.Faults)
	}
	return wrong
}
