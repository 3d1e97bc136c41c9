package units

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/daybook"
	"zhengxin/internal/pg"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// table are the columns of a directory that is handed in; names are what unit.Intake calls them.
var (
	table = []spreadsheet.Column{
		{Name: "代码", Also: []string{"code"}, Needed: true}, {Name: "名称", Also: []string{"name", "单位名称"}, Needed: true},
		{Name: "别名", Also: []string{"alias", "简称"}}, {Name: "类别", Also: []string{"kind", "种类"}, Needed: true}, {Name: "上级", Also: []string{"parent", "上级单位"}},
		{Name: "统一社会信用代码", Also: []string{"uscc"}}, {Name: "可投诉", Also: []string{"complainable"}}, {Name: "可承办", Also: []string{"handles"}},
		{Name: "机关代字", Also: []string{"document_prefix"}}, {Name: "邮箱", Also: []string{"mailbox"}},
	}
	names = []string{"code", "name", "alias", "kind", "parent", "uscc", "complainable", "handles", "document_prefix", "mailbox"}
)

// mostRows is how many lines one file may have; a county has a few hundred units, a city
// with its villages a few thousand.
const mostRows = 6000

func (d *Pages) sendTemplate(c *fiber.Ctx) error {
	raw, err := spreadsheet.Template("单位", table, []float64{14, 28, 28, 16, 14, 24, 10, 10, 12, 28},
		[]string{"JX-CZJ", "（例）县财政局", "财政局、县财政", "政府部门", "JX-XZF", "", "是", "是", "", ""})
	if err != nil {
		return err
	}
	return desk.SendFile(c, "单位模板.xlsx", spreadsheet.WorkbookType, raw)
}

// handing is how a directory is handed in.
func (d *Pages) handing() desk.Handing {
	return desk.Handing{
		Frame: d.Frame, Columns: table, Most: mostRows, Key: key, Title: "按表导入单位", List: view.Ref{Label: "单位", Href: "/units"},
		Lead: "新的添加，变了的改正，没有变的不动，空着的格子不改。一行有错，就一行也不导入：单位互相挂着，半份会把树弄乱。改名、合并、分立、撤销在各单位自己的页面上办。",
		URL:  "/units/import", Template: "/units/template", Hint: fmt.Sprintf("Excel（.xlsx）或者 CSV，一行一个单位，最多 %d 行。先看会怎样，看过了再导入", mostRows),
		Plan: func(c *fiber.Ctx, t spreadsheet.Table, _ map[int]bool) error { return d.importPage(c, t, nil) }, Confirm: d.take,
	}
}

// rowsOf reads the lines over what stands: a cell that is empty changes nothing.
func (d *Pages) rowsOf(c *fiber.Ctx, t spreadsheet.Table) (rows []unit.Row, refused []unit.Refusal, err error) {
	all, err := unit.Read(c.UserContext(), d.Office.Pool, d.Now())
	if err != nil {
		return nil, nil, err
	}
	for _, row := range t.Rows {
		r, reason := unit.RowOf(names, row.Cells)
		r.Line = row.Line
		if reason == "" {
			reason = row.Fault
		}
		if reason != "" {
			refused = append(refused, unit.Refusal{Line: row.Line, Code: r.Code, Reason: reason})
			continue
		}
		if r.Prefix != nil && *r.Prefix == "" {
			r.Prefix = nil
		}
		if r.Mailbox != nil && *r.Mailbox == "" {
			r.Mailbox = nil
		}
		if old, stands := all.ByCode(r.Code); stands {
			r = r.Over(old)
		}
		rows = append(rows, r)
	}
	return rows, refused, nil
}

// importView shows what will become of the lines of a table, before it does.
type importView struct {
	Frame   desk.Frame
	Changed *view.Banner
	Table   string
	Shown   string
	Groups  []desk.HandedGroup
	Out     unit.Outcome
}

// tried is what a table would do. One that has lines which cannot be read does nothing, and is
// not tried: thousands of lines would be written to be taken back.
func (d *Pages) tried(c *fiber.Ctx, t spreadsheet.Table) (out unit.Outcome, err error) {
	rows, refused, err := d.rowsOf(c, t)
	if err != nil || len(refused) > 0 {
		return unit.Outcome{Refused: refused}, err
	}
	err = pg.Try(c.UserContext(), d.Office.Pool, func(tx pgx.Tx) (err error) {
		out, err = unit.Intake{Now: d.Now(), Confirmed: true, By: desk.Person(c).ID, Reason: importReason}.Take(c.UserContext(), tx, rows)
		return err
	})
	slices.SortFunc(out.Refused, func(a, b unit.Refusal) int { return a.Line - b.Line })
	return out, err
}

const importReason = "按表导入"

func shownOutcome(out unit.Outcome) string {
	s := web.NewShown("")
	s.Add("单位", fmt.Sprintf("%+v", out))
	return s.String()
}

func (d *Pages) importPage(c *fiber.Ctx, t spreadsheet.Table, changed *view.Banner) error {
	out, err := d.tried(c, t)
	if err != nil {
		return err
	}
	v := importView{Frame: d.Frame(c, "核对单位", key), Changed: changed, Table: t.Carried(), Shown: shownOutcome(out), Out: out}
	lines := map[int]spreadsheet.Row{}
	for _, row := range t.Rows {
		lines[row.Line] = row
	}
	row := func(line int, says string, status view.StatusTag) desk.HandedRow {
		cells := lines[line].Cells
		if len(cells) < 2 {
			cells = []string{"", ""}
		}
		return desk.HandedRow{Line: line, Title: cells[1], Aside: cells[0], Status: status, Says: says}
	}
	var wrong, doubts, added, altered []desk.HandedRow
	for _, r := range out.Refused {
		wrong = append(wrong, row(r.Line, r.Reason, desk.HandedWrong))
	}
	for _, r := range out.Doubts {
		doubts = append(doubts, row(r.Line, r.Reason+"。照收；请照证照再看一遍", desk.HandedAsk))
	}
	for _, r := range out.Done {
		if r.Words == "" {
			added = append(added, row(r.Line, "", desk.HandedNew))
		} else {
			altered = append(altered, row(r.Line, r.Words, view.StatusTag{Word: "要改正", Shape: view.ShapeDiamond, Tone: view.Amber}))
		}
	}
	const many = 50
	v.Groups = slices.Concat(desk.HandedLines("有错", "改好再交一次；一行有错，就一行也不导入", false, "行", wrong),
		desk.HandedLines("请再看一遍", "照收", false, "行", doubts), desk.HandedLines("要改正", "", len(altered) > many, "个", altered),
		desk.HandedLines("要添加", "", len(added) > many, "个", added))
	return view.Show(c, importedPage(v))
}

// take takes over what its page showed, all of it or nothing.
func (d *Pages) take(c *fiber.Ctx, t spreadsheet.Table, _ map[int]bool) error {
	typed, by := web.Form(c), desk.Person(c).ID
	out, err := d.tried(c, t)
	if err != nil {
		return err
	}
	if typed.Get("do") == "wrong" {
		wrong := map[int]string{}
		for _, r := range out.Refused {
			wrong[r.Line] = strings.TrimSuffix(r.Reason, "。")
		}
		return desk.SendWrong(c, "单位里有错的行", t, wrong)
	}
	if len(out.Refused) > 0 || shownOutcome(out) != typed.Get(web.ShownField) {
		c.Status(fiber.StatusConflict)
		return d.importPage(c, t, &view.Banner{Kind: view.Warn, Title: "还没有导入：和您看到的不一样了。", Text: "下面是按现在的单位重新比出来的，请看过再按。"})
	}
	rows, _, err := d.rowsOf(c, t)
	if err != nil {
		return err
	}
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "import_units", By: by}, func(tx pgx.Tx) error {
		now, err := unit.Intake{Now: d.Now(), Confirmed: true, By: by, Reason: importReason}.Take(c.UserContext(), tx, rows)
		if err == nil && shownOutcome(now) != shownOutcome(out) {
			return unit.ErrOtherwise
		}
		return err
	})
	if err != nil {
		return err
	}
	d.Office.Units.Forget()
	d.Log.InfoContext(c.UserContext(), "units imported", "staff", by, "added", out.Added, "changed", out.Changed)
	return web.SeeOther(c, "/units?imported="+strconv.Itoa(out.Added+out.Changed))
}

// buttons are those of the preview: with a bad line there is none to import by.
func (v importView) buttons() (all []view.Button) {
	if len(v.Out.Refused) > 0 {
		all = append(all, view.Button{Label: "下载有错的行", Name: "do", Value: "wrong"})
	} else if n := v.Out.Added + v.Out.Changed; n > 0 {
		all = append(all, view.Button{Label: "导入 " + view.N(n, "个单位"), Kind: view.Go, Name: "do", Value: "take"})
	}
	return append(all, view.Button{Label: "不导入了", Href: "/units"})
}
