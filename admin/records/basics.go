package records

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
)

// unitLine is one unit of the tree with how deep it hangs.
type unitLine struct {
	unit.Unit
	Depth int
	Href  string // its complaints, where the reader may see a list
}

func (d *Pages) showUnits(c *fiber.Ctx) error {
	tree, err := d.Office.Units.Tree(c.UserContext())
	if err != nil {
		return err
	}
	var lines []unitLine
	list := d.Reaches(desk.Person(c).Role, "complaints")
	var hang func(nodes []unit.Node, depth int)
	hang = func(nodes []unit.Node, depth int) {
		for _, n := range nodes {
			l := unitLine{Unit: n.Unit, Depth: depth}
			if list && n.Complainable {
				l.Href = "/complaints?unit=" + n.Code
			}
			lines = append(lines, l)
			hang(n.Children, depth+1)
		}
	}
	hang(tree, 0)
	unwatched, err := d.Staff.Unwatched(c.UserContext())
	if err != nil {
		return err
	}
	return view.Show(c, unitsPage(d.Frame(c, "单位", "units"), lines, unwatchedWarning(unwatched)))
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
