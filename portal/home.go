package portal

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/notice"
	"zhengxin/internal/stats"
	"zhengxin/internal/view"
	"zhengxin/portal/filing"
	"zhengxin/portal/site"
)

// homeView is the first page.
type homeView struct {
	Frame   site.Frame
	Way     site.Way
	Handled []category.Category // what comes most, in people's words
	Answer  string              // the promised term, for the elder page
	Period  string              // of the figures; empty while none are published
	Figures site.Figures
	Recent  site.Entries
	Drafts  []filing.Draft // that were begun
}

// handledOnHome is how many kinds of matter the first page names.
const handledOnHome = 9

// recentOnHome is how many notices the first page shows.
const recentOnHome = 3

func (p pages) showHome(c *fiber.Ctx) error {
	v := homeView{Frame: p.Frame(c, "", "")}
	l, err := p.limits(c.UserContext())
	if err != nil {
		return err
	}
	v.Way, v.Answer = l.way(), termOf(l.Answer)
	if v.Drafts, err = filing.Unfinished(p.Site, c); err != nil {
		return err
	}
	if v.Frame.Elder {
		return view.Show(c, elderHomePage(v))
	}
	categories, err := p.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	v.Handled = category.Plain(categories)
	v.Handled = v.Handled[:min(len(v.Handled), handledOnHome)]
	year, err := p.Stats.Year(c.UserContext())
	if err != nil {
		return err
	}
	if !year.Until.IsZero() {
		v.Period, v.Figures = periodOf(year), yearFigures(year)
	}
	recent, err := p.Notices.Recent(c.UserContext(), recentOnHome)
	if err != nil {
		return err
	}
	v.Recent = entriesOf(recent, p.Now())
	return view.Show(c, homePage(v))
}

// periodOf says which days the figures count, both whole.
func periodOf(y stats.Year) string {
	return fmt.Sprintf("%d年1月1日至%s", y.Until.Year, y.Until.Short())
}

// shareFloor is the fewest cases of which a percentage is said: of fewer it
// would sound like knowledge.
const shareFloor = 10

// yearFigures are the four numbers that stand on the first page and on top of
// the statistics.
func yearFigures(y stats.Year) site.Figures {
	onTime := site.Figure{Label: "按期答复", Href: "/statistics#months", Number: view.Count(int(y.Total.OnTime)), Unit: "件"}
	if answered := y.Total.Answered; answered >= shareFloor {
		onTime.Number, onTime.Unit = share(y.Total.OnTime, answered), "%"
	}
	onTime.Note = "共答复 " + view.N(int(y.Total.Answered), "件")
	return site.Figures{Items: []site.Figure{
		{Number: view.Count(int(y.Total.Received)), Unit: "件", Label: "收到投诉", Href: "/statistics#months"},
		onTime,
		{Number: view.Count(int(y.Total.Upheld)), Unit: "件", Label: "查实或基本查实", Href: "/statistics#words"},
		{Number: view.Count(int(y.Overdue)), Unit: "件", Label: "逾期未答复", Note: "到" + y.Until.Short(), Href: "/statistics#words"},
	}}
}

// share is a percentage with one decimal, never rounded up to the whole.
func share(part, whole int64) string {
	tenths := part * 1000 / whole
	if tenths%10 == 0 {
		return fmt.Sprint(tenths / 10)
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// entriesOf shows notices as lines, each with its state or its kind.
func entriesOf(list []notice.Entry, now time.Time) site.Entries {
	var out site.Entries
	for _, e := range list {
		tag := view.StatusTag{Word: e.Kind.Word(), Shape: view.ShapePaper}
		if !e.Until.IsZero() {
			tag = view.StatusTag{Word: "公示至 " + e.Until.Near(clock.On(now)), Shape: view.ShapeTick, Tone: view.Azurite}
		}
		out.Items = append(out.Items, site.Entry{On: e.PublishedAt, Title: e.Title, Href: noticePath(e), Status: tag})
	}
	return out
}

func noticePath(e notice.Entry) string { return fmt.Sprintf("%s%d", e.Kind.Path(), e.ID) }
