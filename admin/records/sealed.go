package records

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
)

// showUnsealings is who opened what is sealed, and why: of what it says nothing, and no link.
func (d *Pages) showUnsealings(c *fiber.Ctx) error {
	found, err := complaint.Unsealings(c.UserContext(), d.Office.Pool, desk.Person(c), parseMark(c.Query("before")), desk.RecordPage+1)
	if err != nil {
		return err
	}
	lines, more := desk.CutRecords(found)
	older := ""
	if more {
		last := lines[len(lines)-1]
		older = fmt.Sprintf("/audit/sealed?before=%d-%d-%d", last.At.UnixMicro(), last.Matter, last.Seq)
	}
	return view.Show(c, unsealingsPage(d.Frame(c, "封存件的打开", "audit"), lines, older))
}
