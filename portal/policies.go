package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/notice"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// policiesView is what the office goes by: its own texts, the terms, and the
// legal basis of each kind of complaint.
type policiesView struct {
	Frame  site.Frame
	Texts  site.Entries
	Pager  view.Pager
	Terms  []termRow
	Groups []basisGroup
}

type termRow struct {
	Step, From, Term, Basis string
}

type basisGroup struct {
	Title string
	Rows  []category.Category
}

func (p pages) showPolicies(c *fiber.Ctx) error {
	v := policiesView{Frame: p.Frame(c, "政策依据", "policies")}
	list, err := p.Notices.Page(c.UserContext(), notice.Filter{Kind: notice.Policy}, cursorOf(c))
	if err != nil {
		return err
	}
	v.Texts, v.Pager = entriesOf(list.Items, p.Now()), pagerOf("/policies", nil, list)
	l, err := p.limits(c.UserContext())
	if err != nil {
		return err
	}
	v.Terms = l.terms()
	categories, err := p.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, category := range categories {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != category.Group {
			v.Groups = append(v.Groups, basisGroup{Title: category.Group})
		}
		group := &v.Groups[len(v.Groups)-1]
		group.Rows = append(group.Rows, category)
	}
	return view.Show(c, policiesPage(v))
}

// terms are the rows of 各步骤的期限和依据: our promise first, then what the
// law allows at most.
func (l limits) terms() []termRow {
	row := func(step, from string, r clock.Rule) termRow { return termRow{step, from, termOf(r), r.Basis} }
	return []termRow{
		row("登记", "收到投诉", l.Register), row("决定是否受理", "收到投诉", l.Accept), row("书面告知，上限", "收到投诉", l.Notice),
		row("承办单位申请退办", "收到转送件", l.Object), row("书面答复", "受理", l.Answer), row("办结，上限", "受理", l.Conclude),
		row("您申请复查", "收到答复", l.Review),
	}
}
