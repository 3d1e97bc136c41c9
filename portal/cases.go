package portal

import (
	"net/url"
	"regexp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// casesPath is where published complaints are read: what others asked, and what they got.
const casesPath = "/cases"

const casesOnPage = 20

// casesView is a page of them.
type casesView struct {
	Frame                 site.Frame
	Words, Category, Unit string
	Categories, Units     []view.Option
	Cases                 []caseLine
	Pager                 view.Pager
	Asked                 bool
}

// caseLine is one of them in the list.
type caseLine struct{ Title, Href, About string }

// mostWords bounds what is searched for.
const mostWords = 40

// mostPages bounds how far somebody leafs: who looks for one searches.
const mostPages = 500

func (p pages) showCases(c *fiber.Ctx) error {
	v := casesView{Frame: p.Frame(c, "别人问过的", "notices"), Words: form.Line(c.Query("words"))}
	if form.Length(v.Words) > mostWords {
		v.Words = string([]rune(v.Words)[:mostWords])
	}
	units, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	categories, err := p.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, one := range categories {
		titles[one.Code] = one.Title
		v.Categories = append(v.Categories, view.Option{Value: one.Code, Label: one.Title})
		if one.Code == c.Query("category") {
			v.Category = one.Code
		}
	}
	if u, ok := units.ByCode(c.Query("unit")); ok {
		v.Unit = u.Code
	}
	for _, u := range units.ByKind() {
		v.Units = append(v.Units, view.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
	}
	page, err := strconv.Atoi(c.Query("page"))
	if err != nil || page < 1 || page > mostPages {
		page = 1
	}
	found, more, err := p.Complaints.Published(c.UserContext(), complaint.PublishedFilter{Category: v.Category, Unit: v.Unit, Words: v.Words, Page: page - 1, Most: casesOnPage})
	if err != nil {
		return err
	}
	for _, one := range found {
		u, _ := units.ByCode(one.Unit)
		v.Cases = append(v.Cases, caseLine{one.Title, casePath(one.ID), u.Name + "，" + titles[one.Category] + "，" + monthOf(one.ShownIn) + "公开"})
	}
	v.Asked = v.Words != "" || v.Category != "" || v.Unit != ""
	v.Pager = casesPager(v, page, more)
	return view.Show(c, casesPage(v))
}

func casesPager(v casesView, page int, more bool) (out view.Pager) {
	at := func(n int) string {
		to := url.Values{}
		for name, value := range map[string]string{"words": v.Words, "category": v.Category, "unit": v.Unit} {
			if value != "" {
				to.Set(name, value)
			}
		}
		if n > 1 {
			to.Set("page", strconv.Itoa(n))
		}
		return casesPath + "?" + to.Encode()
	}
	if page > 1 {
		out.Prev = at(page - 1)
	}
	if more && page < mostPages {
		out.Next = at(page + 1)
	}
	return out
}

func casePath(id string) string { return casesPath + "/" + id }

// caseID is how the address of one is written; it leads to no complaint.
var caseID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// monthOf is when one was published: the day may tell when somebody was answered.
func monthOf(d clock.Date) string {
	return strconv.Itoa(d.Year) + "年" + strconv.Itoa(int(d.Month)) + "月"
}

// caseView is one of them.
type caseView struct {
	Frame          site.Frame
	Case           complaint.Published
	Unit, Category string
	Month          string
}

// showCase is kept by no browser (every page says no-store): a consent that is taken back takes
// the page with it.
func (p pages) showCase(c *fiber.Ctx) error {
	id := c.Params("id")
	if !caseID.MatchString(id) {
		return site.NotFound()
	}
	one, gone, err := p.Complaints.PublishedByID(c.UserContext(), id)
	if err != nil {
		return err
	}
	if gone {
		frame := p.Frame(c, "已经撤下", "notices")
		frame.NoIndex = true
		return view.Show(c.Status(fiber.StatusGone), caseGonePage(frame))
	}
	u, _, err := p.Units.ByCode(c.UserContext(), one.Unit)
	if err != nil {
		return err
	}
	category, _, err := p.Categories.ByCode(c.UserContext(), one.Category)
	if err != nil {
		return err
	}
	return view.Show(c, casePage(caseView{Frame: p.Frame(c, one.Title, "notices"), Case: one, Unit: u.Name, Category: category.Title, Month: monthOf(one.ShownIn)}))
}

// sitemapCases are the newest of them, as search engines learn of them; what is taken down
// answers them that it is gone.
func (p pages) sitemapCases(c *fiber.Ctx, add func(path, changed string)) error {
	found, _, err := p.Complaints.Published(c.UserContext(), complaint.PublishedFilter{Most: sitemapNotices})
	for _, one := range found {
		add(casePath(one.ID), one.ShownIn.String())
	}
	return err
}
