package admin

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/discipline"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// caseMovers are the roles that any move of a case names; caseReaders may know
// of cases, which ones their scope says.
var (
	caseMovers  = only(staffOf(discipline.Law)...)
	caseReaders = only(append(staffOf(discipline.Law), staff.Registrar, staff.Supervisor, staff.Auditor)...)
)

// cases is the register of cases beside that of complaints.
func (d *Desk) cases() *discipline.Register { return discipline.Beside(d.Complaints) }

func caseURL(number string) string { return "/cases/" + number }

func caseMoveURL(number string, action workflow.Action) string {
	return caseURL(number) + "/" + string(action)
}

// casesView is the list of cases.
type casesView struct {
	Views view.Views
	Table view.Table
	Rows  []caseRow
	Pager view.Pager
	Empty view.Empty
}

type caseRow struct {
	Href, Number, Title, Unit string
	Status                    view.StatusTag
	Term                      string
}

func (d *Desk) showCases(c *fiber.Ctx) error {
	p := person(c)
	state := discipline.Law.State(workflow.State(c.Query("state")))
	if state.Word == string(state.State) { // nothing, or nothing known
		state.State = ""
	}
	page, err := d.cases().List(c.UserContext(), p.Scope(), state.State, discipline.ParseCursor(c.Query("page")))
	if err != nil {
		return err
	}
	counts, err := d.cases().Counts(c.UserContext(), p.Scope())
	if err != nil {
		return err
	}
	v := casesView{
		Views: caseViews(state.State, counts),
		Table: view.Table{Caption: "失信案件列表", Stack: true, Columns: []view.Column{{Label: "案件"}, {Label: "单位"}, {Label: "状态"}, {Label: "期限"}}},
		Empty: view.Empty{Title: "这里没有案件。", Text: "投诉认定属实以后，惩戒专员在投诉的页面立案，案件就到这里。"},
	}
	for _, r := range page.Rows {
		v.Rows = append(v.Rows, caseRow{Href: caseURL(r.Number), Number: r.Number, Title: r.Title, Unit: r.UnitName, Status: stateTag(discipline.Law, r.State), Term: termOf(r, d.Now())})
	}
	link := func(to discipline.Cursor) string {
		if to.ID == 0 {
			return ""
		}
		return casesURL(state.State, to.String())
	}
	v.Pager = view.Pager{Prev: link(page.Prev), Next: link(page.Next)}
	f := d.frame(c, "失信案件", "cases")
	f.Keys = []view.Key{keyRows, keyOpen, keySearch, keyMine, keyAll}
	return view.Show(c, casesPage(f, v))
}

func casesURL(state workflow.State, page string) string {
	address, sign := "/cases", "?"
	if state != "" {
		address, sign = address+"?state="+string(state), "&"
	}
	if page != "" {
		address += sign + "page=" + page
	}
	return address
}

func caseViews(current workflow.State, counts map[workflow.State]int) view.Views {
	v := view.Views{Label: "案件的状态"}
	all := 0
	for _, n := range counts {
		all += n
	}
	v.Items = append(v.Items, view.View{Label: "全部", Count: view.Count(all), Href: "/cases", Current: current == ""})
	for _, info := range discipline.Law.States {
		v.Items = append(v.Items, view.View{
			Label: info.Word, Count: view.Count(counts[info.State]), Href: casesURL(info.State, ""), Current: current == info.State,
		})
	}
	return v
}

// termOf is the date that matters for a case in a list.
func termOf(r discipline.Row, now time.Time) string {
	switch {
	case r.State == discipline.Published && !r.Until.IsZero():
		return "公示至 " + r.Until.Long()
	case r.State == discipline.Served && clock.On(now).After(r.RectifyBy):
		return "整改期限 " + r.RectifyBy.Long() + "，已过"
	case r.State == discipline.Served:
		return "整改期限 " + r.RectifyBy.Long()
	}
	return ""
}
