package records

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/export"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// exportLine is one export with its words.
type exportLine struct {
	export.Line
	List    string // 投诉：在办
	Href    string // the same list now; empty where the register is gone
	Filters string // as List and Count, less for who is not of the supervising office
	Count   string
	Note    string // how it ended, where not as it should
}

// exportBatch is how many exports are read at a time.
const exportBatch = 200

// exportOver is how long after its beginning no export goes on.
const exportOver = 2 * time.Minute

func (d *Pages) showExports(c *fiber.Ctx) error {
	skip, err := strconv.Atoi(c.Query("skip"))
	if err != nil || skip < 0 {
		skip = 0
	}
	found, more, err := d.tellable(c.UserContext(), desk.Person(c), skip)
	if err != nil {
		return err
	}
	older := ""
	if more {
		older = "/audit/exports?skip=" + strconv.Itoa(skip+len(found))
	}
	lines := make([]exportLine, len(found))
	for i, l := range found {
		lines[i] = d.exportLine(l, desk.Person(c))
	}
	return view.Show(c, exportsPage(d.Frame(c, "导出的记录", "audit"), lines, older))
}

// tellable is a page of the exports that a reader may know of, after so many of them, and
// whether there are more. Pages are full, and walked by how many were shown: a page that
// is short, or the numbers of the lines, would say how many are left out.
func (d *Pages) tellable(ctx context.Context, reader staff.Person, skip int) (page []export.Line, more bool, err error) {
	units, err := d.Office.Units.All(ctx)
	if err != nil {
		return nil, false, err
	}
	book := export.Book{Pool: d.Office.Pool, Daybook: d.Daybook, Now: d.Now}
	for before := int64(0); ; {
		found, err := book.Lines(ctx, before, exportBatch)
		if err != nil {
			return nil, false, err
		}
		for _, l := range found {
			before = l.ID
			switch {
			case reader.Office && concerns(l, reader, units):
			case skip > 0:
				skip--
			case len(page) == desk.RecordPage:
				return page, true, nil
			default:
				page = append(page, l)
			}
		}
		if len(found) < exportBatch {
			return page, false, nil
		}
	}
}

func (d *Pages) exportLine(l export.Line, reader staff.Person) exportLine {
	out := exportLine{Line: l, List: l.Kind}
	at, known := d.RoomOf(workflow.Kind(l.Kind))
	if known {
		out.List = at.Kind().Law.Noun
	}
	if l.Kind == trailKind {
		out.List = "操作记录"
	}
	if !reader.Office { // a number would tell of complaints about their own unit
		out.Note = "找了什么、有几件，由监督单位的审计员看"
		return out
	}
	out.List, out.Filters, out.Count = out.List+"："+l.Said[0], strings.Join(l.Said[1:], "，"), exportCount(l)
	if known {
		out.Href = desk.ListURL(at.Kind())
		if l.Asked != "" {
			out.Href += "?" + l.Asked
		}
	}
	if l.Kind == trailKind {
		out.Href, out.Count = "/audit", strings.Replace(out.Count, "件", "条", 1)
		if l.Asked != "" {
			out.Href += "?" + l.Asked
		}
	}
	switch {
	case l.How == export.Limit:
		out.Note = "到了一次的上限，后面的没有导出"
	case l.How == export.Broken:
		out.Note = "中断，没有导出完"
	case l.How == "" && d.Now().Sub(l.At) < exportOver:
		out.Count, out.Note = "", "正在导出"
	case l.How == "":
		out.Count, out.Note = "不知道几件", "没有记下怎样结束"
	}
	return out
}

// concerns says that what was looked for may be about the reader, their unit, or one that
// they are barred from. Such a line is left out, and not only its words: that somebody
// found anything by one's own name tells that there is a complaint (信访工作条例 30).
func concerns(l export.Line, reader staff.Person, units unit.List) bool {
	asked, err := url.ParseQuery(l.Asked)
	if err != nil || slices.Contains(reader.Bars, asked.Get("unit")) {
		return true
	}
	text := asked.Get("text")
	for _, meant := range units.Search(text) {
		if slices.Contains(reader.Bars, meant.Code) {
			return true
		}
	}
	words := form.Bare(text, "") // what a search looks past hides nobody
	return strings.Contains(words, form.Bare(reader.Name, "")) || strings.Contains(words, form.Bare(reader.Login, ""))
}

// countStep is how exactly the number of an export is read: held against one's own list,
// an exact one tells how many one is kept from, and hardly anybody is kept from none.
const countStep = 100

func exportCount(l export.Line) string {
	switch {
	case l.How == export.Limit:
		return view.N(l.Matters, "件")
	case l.How == export.Broken:
		return "最多 " + view.N(l.Matters/countStep*countStep+countStep, "件")
	}
	return "不到 " + view.N(l.Matters/countStep*countStep+countStep, "件")
}
