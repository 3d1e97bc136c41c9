package records

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/export"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// exportLine is one export with its words.
type exportLine struct {
	export.Line
	List    string // 投诉：在办
	Href    string // the same list now; empty where the register is gone
	Filters string // as List and Count, less for whom it may be about: see mayTell
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
		lines[i] = d.exportLine(l, desk.Person(c))
	}
	return view.Show(c, exportsPage(d.Frame(c, "导出的记录", "audit"), lines, older))
}

func (d *Pages) exportLine(l export.Line, reader staff.Person) exportLine {
	out := exportLine{Line: l, List: l.Kind}
	at, known := d.RoomOf(workflow.Kind(l.Kind))
	if known {
		out.List = at.Kind().Law.Noun
	}
	if !mayTell(l, reader) {
		out.Note = "找了什么、有几件，由监督单位的另一位审计员看：可能涉及您或者您的单位"
		return out
	}
	out.List, out.Filters, out.Count = out.List+"："+l.Said[0], strings.Join(l.Said[1:], "，"), view.N(l.Matters, "件")
	if known {
		out.Href = desk.ListURL(at.Kind())
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

// mayTell says whether a reader may know what somebody looked for, and how much there
// was. Held against one's own list, a number tells that there is a complaint about
// one's own unit: an auditor of another unit than the supervising one reads none, and
// nobody what was asked of a unit that they are barred from, or by their own name
// (信访工作条例 30).
func mayTell(l export.Line, reader staff.Person) bool {
	asked, err := url.ParseQuery(l.Asked)
	return err == nil && reader.Office && !slices.Contains(reader.Bars, asked.Get("unit")) &&
		!strings.Contains(asked.Get("text"), reader.Name) && !strings.Contains(asked.Get("text"), reader.Login)
}
