package records

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/alert"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// alertsView is what waits for an auditor, and what one has seen.
type alertsView struct {
	Said    *view.Banner
	Waiting []alert.Line
	Seen    []alert.Line
	Older   string
}

func (d *Pages) showAlerts(c *fiber.Ctx) error {
	ctx, pool, p, v := c.UserContext(), d.Office.Pool, desk.Person(c), alertsView{}
	if c.Query("said") == "seen" {
		v.Said = &view.Banner{Kind: view.Done, Title: "已记下您看过了"}
	}
	var err error
	if v.Waiting, err = alert.Waiting(ctx, pool, p, desk.RecordPage); err != nil {
		return err
	}
	found, err := alert.Seen(ctx, pool, p, desk.Before(c), desk.RecordPage+1)
	if err != nil {
		return err
	}
	var more bool
	if v.Seen, more = desk.CutRecords(found); more {
		v.Older = fmt.Sprintf("/audit/alerts?before=%d", v.Seen[desk.RecordPage-1].Newest)
	}
	return view.Show(c, alertsPage(d.Frame(c, "警报", "audit"), v))
}

// submitSeen notes who has seen an alert; it stays on the record.
func (d *Pages) submitSeen(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := alert.See(c.UserContext(), d.Office.Pool, desk.Person(c), id, d.Now()); err != nil {
		return err
	}
	return web.SeeOther(c, "/audit/alerts?said=seen")
}

// alertTime is when it was, from the first to the last of a line.
func alertTime(l alert.Line) string {
	if view.MomentText(l.First) == view.MomentText(l.Last) {
		return view.MomentText(l.First)
	}
	return view.MomentText(l.First) + " 到 " + view.Clock(l.Last)
}

// Unseen says that alerts wait for an auditor; nil when there are none.
func (d *Pages) Unseen(c *fiber.Ctx, p staff.Person) (*view.Banner, error) {
	if p.Role != staff.Auditor {
		return nil, nil
	}
	waiting, err := alert.Waiting(c.UserContext(), d.Office.Pool, p, desk.RecordPage)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	return &view.Banner{Kind: view.Warn, Title: view.UpTo(len(waiting), desk.RecordPage, "条") + "警报没有看过",
		Text:    waiting[0].Name + "（" + waiting[0].Role.Title() + "）" + alertTime(waiting[0]) + "：" + waiting[0].Kind.Label() + "。",
		Buttons: []view.Button{{Label: "去看", Href: "/audit/alerts"}}}, nil
}
