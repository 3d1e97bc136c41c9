package members

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/member"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// table are the columns of a roster that is handed in; fields are what its faults call them.
var (
	table = []spreadsheet.Column{
		{Name: "种类", Also: []string{"类别"}, Needed: true}, {Name: "姓名", Also: []string{"名字"}, Needed: true}, {Name: "届", Also: []string{"届次", "第几届"}},
		{Name: "证号", Also: []string{"代表证号", "委员证号", "记者证号"}, Needed: true}, {Name: "代表团或界别", Also: []string{"代表团", "界别"}}, {Name: "媒体", Also: []string{"单位", "媒体名称"}},
	}
	fields = []string{"kind", "name", "session", "credential", "delegation", "outlet"}
)

// mostRows is how many lines one file may have: a county's congress and committee together
// have some five hundred.
const mostRows = 2000

func (d *Pages) sendTemplate(c *fiber.Ctx) error {
	raw, err := spreadsheet.Template("名册", table, []float64{12, 12, 12, 18, 22, 22},
		[]string{"人大代表", "（例）张某某", "第十六届", "RD-0001", "冢头代表团", ""}, []string{"记者", "（例）李某某", "", "JZ-0001", "", "某某日报社"})
	if err != nil {
		return err
	}
	return desk.SendFile(c, "名册模板.xlsx", spreadsheet.WorkbookType, raw)
}

// handing is how a roster is handed in.
func (d *Pages) handing() desk.Handing {
	return desk.Handing{
		Frame: d.Frame, Columns: table, Most: mostRows, Key: key, Title: "导入名册", List: view.Ref{Label: "名册", Href: "/members"},
		Lead: "一行有错，就一行也不添加。已经在名册里的不会添加第二次，所以整份名册可以再交。",
		URL:  "/members/import", Template: "/members/template", Hint: fmt.Sprintf("Excel（.xlsx）或者 CSV，一行一位，最多 %d 行。先看会怎样，看过了再添加", mostRows),
		Plan: func(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error { return d.planPage(c, t, sure, nil) }, Confirm: d.add,
	}
}

func rowsOf(t spreadsheet.Table) []member.Row {
	rows := make([]member.Row, len(t.Rows))
	for i, row := range t.Rows {
		c := row.Cells
		rows[i] = member.Row{Line: row.Line, Fault: row.Fault, Typed: member.Typed{Kind: c[0], Name: c[1], Session: c[2], Credential: c[3], Delegation: c[4], Outlet: c[5]}}
	}
	return rows
}

// planView shows what will become of the lines of a file, before it does.
type planView struct {
	Frame   desk.Frame
	Changed *view.Banner
	Table   string // all of it, carried on
	Shown   string
	Groups  []desk.HandedGroup
	Adds    int
	Asks    int
	Wrongs  int
}

// shownPlan is what a page shows of a plan.
func shownPlan(plan []member.Planned) string {
	s := web.NewShown("")
	var all strings.Builder
	for _, p := range plan {
		fmt.Fprintf(&all, "%d\x00%s\x00%s\x00%+v\x00", p.Line, p.What, p.Says, p.Member)
	}
	s.Add("名册", all.String())
	return s.String()
}

func (d *Pages) planPage(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool, changed *view.Banner) error {
	plan, err := d.roster.Plan(c.UserContext(), rowsOf(t))
	if err != nil {
		return err
	}
	v := planView{Frame: d.Frame(c, "核对名册", key), Changed: changed, Table: t.Carried(), Shown: shownPlan(plan)}
	groups := map[string][]desk.HandedRow{}
	for i, p := range plan {
		group := string(p.What)
		if p.Refused() {
			group = string(member.Wrong)
		}
		groups[group] = append(groups[group], handedRow(t, t.Rows[i], p, sure))
	}
	v.Wrongs, v.Asks, v.Adds = len(groups["wrong"]), len(groups["ask"]), len(groups["new"])
	for _, g := range []struct {
		what, title, note string
		folded            bool
	}{
		{"wrong", "有错", "改好再交一次；一行有错，就一行也不添加", false}, {"ask", "要您看", "勾了才添加", false},
		{"new", "要添加", "", v.Adds > 50}, {"same", "已经有了", "不再添加", true},
	} {
		v.Groups = append(v.Groups, desk.HandedLines(g.title, g.note, g.folded, "行", groups[g.what])...)
	}
	return view.Show(c, planPage(v))
}

var tags = map[member.What]view.StatusTag{
	member.New: desk.HandedNew, member.Ask: desk.HandedAsk, member.Same: desk.HandedSame, member.Other: desk.HandedWrong, member.Wrong: desk.HandedWrong,
}

func handedRow(t spreadsheet.Table, row spreadsheet.Row, p member.Planned, sure map[int]bool) desk.HandedRow {
	one := desk.HandedRow{Line: p.Line, Title: p.Name, Aside: strings.Join(slices.DeleteFunc([]string{p.Kind, p.Session, p.Credential, p.Delegation, p.Outlet}, func(s string) bool { return s == "" }), "，"),
		Status: tags[p.What], Says: p.Says}
	for _, f := range p.Faults {
		i := slices.Index(fields, f.Name)
		one.Cells = append(one.Cells, desk.HandedCell{Column: t.Columns[i].Name, Typed: row.Cells[i], Fault: f.Sentence})
	}
	if p.What == member.Ask {
		line := strconv.Itoa(p.Line)
		one.Sure = view.CheckField{Name: "sure", ID: "sure-" + line, Value: line, Label: "是另一位，照写添加", Checked: sure[p.Line]}
	}
	return one
}

// add adds what its page showed, and nothing else.
func (d *Pages) add(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error {
	typed := web.Form(c)
	plan, err := d.roster.Plan(c.UserContext(), rowsOf(t))
	if err != nil {
		return err
	}
	if typed.Get("do") == "wrong" {
		return desk.SendWrong(c, "名册里有错的行", t, wrongLines(plan))
	}
	if len(wrongLines(plan)) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.planPage(c, t, sure, nil)
	}
	if shownPlan(plan) != typed.Get(web.ShownField) {
		c.Status(fiber.StatusConflict)
		return d.planPage(c, t, sure, &view.Banner{Kind: view.Warn, Title: "还没有添加：名册刚才变了，和您看到的不一样了。", Text: "下面是按现在的名册重新比出来的，请看过再按。"})
	}
	added, err := d.roster.Take(c.UserContext(), desk.Person(c).ID, rowsOf(t), sure)
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/members?added="+strconv.Itoa(added))
}

// wrongLines are those that cannot be added, each with all that is wrong with it.
func wrongLines(plan []member.Planned) map[int]string {
	wrong := map[int]string{}
	for _, p := range plan {
		if !p.Refused() {
			continue
		}
		wrong[p.Line] = desk.AllWrong(p.Says, p.Faults)
	}
	return wrong
}

// buttons are those of the plan: where nothing can be added, or a line is wrong, there is none for it.
func (v planView) buttons() (buttons []view.Button) {
	switch {
	case v.Wrongs > 0: // all or nothing: half a roster would be taken for the whole
	case v.Adds > 0:
		buttons = append(buttons, view.Button{Label: "添加 " + view.N(v.Adds, "位"), Kind: view.Go, Name: "do", Value: "add"})
	case v.Asks > 0:
		buttons = append(buttons, view.Button{Label: "添加勾了的", Kind: view.Go, Name: "do", Value: "add"})
	}
	if v.Wrongs > 0 {
		buttons = append(buttons, view.Button{Label: "下载有错的行", Name: "do", Value: "wrong"})
	}
	return append(buttons, view.Button{Label: "不添加了", Href: "/members"})
}
