// Package units is the pages of the directory: what units there are, what is changed of
// them, and the table by which many come in at once.
package units

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
)

// Pages are the pages of the directory.
type Pages struct {
	*desk.Desk
	keeper *unit.Keeper
}

// New are the pages of an office's directory.
func New(d *desk.Desk) *Pages {
	return &Pages{d, &unit.Keeper{Pool: d.Office.Pool, Daybook: d.Daybook, Now: d.Now}}
}

const key = "units"

// Routes are these pages and who may use each: everybody who works here looks a unit up, a
// sysadmin keeps them.
func (d *Pages) Routes() []desk.Route {
	handing := d.handing()
	return []desk.Route{
		desk.Get("/units", desk.SignedIn, d.showUnits),
		desk.HandedOn(desk.Post("/units", desk.Sysadmins, handing.Take)).Or(handing.Undone),
		desk.Get("/units/new", desk.Sysadmins, d.showNew),
		desk.Post("/units/change", desk.Sysadmins, d.submitChange).Or(d.undoneChange),
		desk.Post("/units/carry", desk.Sysadmins, d.submitCarry).Or(d.undoneChange),
		desk.Get("/units/import", desk.Sysadmins, handing.Show),
		desk.HandedFile(desk.Post("/units/import", desk.Sysadmins, handing.Read)).Or(handing.Show),
		desk.Get("/units/template", desk.Sysadmins, d.sendTemplate),
		desk.Get("/units/:code", desk.SignedIn, d.showUnit),
	}
}

// unitLine is one unit of the tree with how deep it hangs.
type unitLine struct {
	unit.Unit
	Depth int
	Href  string // its complaints, where the reader may see a list
}

// listView is the directory of today, and what has ended.
type listView struct {
	Frame   desk.Frame
	Said    view.Banner
	Warning view.Banner
	Lines   []unitLine
	Ended   []endedLine
	Coming  []unit.Unit
	Keeps   bool
}

// endedLine is a unit that has ended, with who took over.
type endedLine struct {
	unit.Unit
	Heir unit.Unit
}

func (d *Pages) showUnits(c *fiber.Ctx) error {
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	v := listView{Frame: d.Frame(c, "单位", key), Keeps: d.Reaches(desk.Person(c).Role, "units/new")}
	var current unit.List
	for _, u := range all {
		switch {
		case u.Current:
			current = append(current, u)
		case u.Until.IsZero():
			v.Coming = append(v.Coming, u)
		default:
			heir, _ := all.ByCode(u.Successor)
			v.Ended = append(v.Ended, endedLine{u, heir})
		}
	}
	list := d.Reaches(desk.Person(c).Role, "complaints")
	var hang func(nodes []unit.Node, depth int)
	hang = func(nodes []unit.Node, depth int) {
		for _, n := range nodes {
			l := unitLine{Unit: n.Unit, Depth: depth}
			if list && n.Complainable {
				l.Href = "/complaints?unit=" + n.Code
			}
			v.Lines = append(v.Lines, l)
			hang(n.Children, depth+1)
		}
	}
	hang(current.Tree(), 0)
	unwatched, err := d.Staff.Unwatched(c.UserContext())
	if err != nil {
		return err
	}
	v.Warning = unwatchedWarning(unwatched)
	if n, err := strconv.Atoi(c.Query("imported")); err == nil && n >= 0 {
		v.Said = view.Banner{Kind: view.Done, Title: "单位已经导入，添加和更改了 " + view.N(n, "个") + "。"}
	}
	return view.Show(c, unitsPage(v))
}

// unwatchedWarning says that complaints about some units would be seen by
// nobody; empty while there are none.
func unwatchedWarning(names []string) view.Banner {
	if len(names) == 0 {
		return view.Banner{}
	}
	b := view.Banner{Kind: view.Warn, Title: "投诉“" + names[0] + "”的，现在谁也看不到。",
		Text: "登记员和督办员都在这个单位或者它的下属，按规定要回避。请系统管理员在别的单位设一名登记员；已经收到的会在那里出现，没有丢。"}
	if len(names) > 1 {
		b.Title = "投诉“" + names[0] + "”等 " + view.N(len(names), "个单位") + "的，现在谁也看不到。"
		b.Text = "登记员和督办员都要回避，或者还没有这样的人。请系统管理员在别的单位设一名登记员；已经收到的会在那里出现，没有丢。"
	}
	return b
}

// under is the sign of a unit that hangs below another.
func (l unitLine) under() string {
	if l.Depth == 0 {
		return ""
	}
	return "└ "
}

func (l unitLine) roles() string {
	switch {
	case l.Complainable && l.Handles:
		return "可以被投诉，可以承办"
	case l.Complainable:
		return "可以被投诉"
	case l.Handles:
		return "可以承办"
	}
	return ""
}
