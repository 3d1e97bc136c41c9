package home

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

// recentURL lists what a person had open last.
const recentURL = "/recent"

// besideWork is how many of it stand beside their work.
const besideWork = 6

// recentReaders are the roles that read matters of any register.
func (d *Pages) recentReaders() []staff.Role {
	return slices.DeleteFunc(staff.Roles(), func(r staff.Role) bool {
		return !slices.ContainsFunc(d.Rooms, func(room desk.Room) bool { return room.Kind().ReadBy(r) })
	})
}

// recentPanel is what a person had open last, beside their work; without rows there is none.
func (d *Pages) recentPanel(c *fiber.Ctx, p staff.Person) (desk.Panel, error) {
	seen, err := d.Office.LastSeen(c.UserContext(), p, besideWork)
	panel := desk.Panel{Title: "最近看过", Link: view.Ref{Label: "全部", Href: recentURL}}
	for _, s := range seen {
		if room, ok := d.RoomOf(s.Kind); ok {
			panel.Rows = append(panel.Rows, desk.PanelRow{Label: room.Kind().Law.State(s.State).Word, Text: s.Title, Href: desk.MatterURL(room.Kind(), s.Number), Aside: s.Number + "，" + view.MomentText(s.At) + "看的"})
		}
	}
	return panel, err
}

// showRecent lists it, with what was done to each since.
func (d *Pages) showRecent(c *fiber.Ctx) error {
	p := desk.Person(c)
	seen, err := d.Office.LastSeen(c.UserContext(), p, register.MostSeen)
	if err != nil {
		return err
	}
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	rows := make([]*desk.MatterRow, len(seen))
	for _, room := range d.Rooms {
		var numbers []string
		for _, s := range seen {
			if s.Kind == room.Kind().Law.Kind {
				numbers = append(numbers, s.Number)
			}
		}
		if len(numbers) == 0 {
			continue
		}
		page, err := room.Register().List(c.UserContext(), p.Scope(), register.Filter{View: register.ViewAll, Person: p, Numbers: numbers}, register.Cursor{})
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			row := room.Row(r, table)
			at := slices.IndexFunc(seen, func(s register.Seen) bool { return s.Number == r.Number })
			row.More = []string{view.MomentText(seen[at].At)}
			rows[at] = &row
		}
	}
	var shown []desk.MatterRow
	for _, row := range rows {
		if row != nil {
			shown = append(shown, *row)
		}
	}
	f := d.Frame(c, "最近看过", "recent")
	f.Keys = []desk.Key{desk.KeyRows, desk.KeyOpen, desk.KeySearch, desk.KeyMine, desk.KeyList, desk.KeyAll}
	return view.Show(c, recentPage(f, shown))
}

// recentColumns are what the page shows of each.
var recentColumns = []desk.MatterColumn{{Name: desk.ColumnState, Label: "状态"}, {Name: desk.ColumnHolder}, {Name: desk.ColumnDue}, {Name: "seen", Label: "您什么时候看的"}}
