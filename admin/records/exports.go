package records

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/export"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// exportLine is one export with its words.
type exportLine struct {
	export.Line
	List    string // 投诉：在办
	Href    string // the same list now; empty where the register is gone
	Filters string
	Count   string
	Note    string // how it ended, where not as it should
}

// exportOver is how long after its beginning no export goes on.
const exportOver = 2 * time.Minute

func (d *Pages) showExports(c *fiber.Ctx) error {
	book := export.Book{Pool: d.Office.Pool, Daybook: d.Daybook, Now: d.Now}
	found, err := book.Lines(c.UserContext(), desk.Before(c), desk.RecordPage+1)
	if err != nil {
		return err
	}
	page, more := desk.CutRecords(found)
	older := ""
	if more {
		older = fmt.Sprintf("/audit/exports?before=%d", page[desk.RecordPage-1].ID)
	}
	lines := make([]exportLine, len(page))
	for i, l := range page {
		lines[i] = d.exportLine(l)
	}
	return view.Show(c, exportsPage(d.Frame(c, "导出的记录", "audit"), lines, older))
}

func (d *Pages) exportLine(l export.Line) exportLine {
	out := exportLine{Line: l, List: l.Kind + "：" + l.Said[0], Filters: strings.Join(l.Said[1:], "，"), Count: view.N(l.Matters, "件")}
	if at, ok := d.RoomOf(workflow.Kind(l.Kind)); ok {
		out.List, out.Href = at.Kind().Law.Noun+"："+l.Said[0], desk.ListURL(at.Kind())
		if l.Asked != "" {
			out.Href += "?" + l.Asked
		}
	}
	switch {
	case l.How == export.Limit:
		out.Note = "到了一次的上限，后面的没有导出"
	case l.How == export.Broken:
		out.Count, out.Note = "最多 "+out.Count, "中断，没有导出完"
	case l.How == "" && d.Now().Sub(l.At) < exportOver:
		out.Count, out.Note = "", "正在导出"
	case l.How == "":
		out.Count, out.Note = "不知道几件", "没有记下怎样结束"
	}
	return out
}
