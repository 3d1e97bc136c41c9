package proposals

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/notice"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// publishing is how the report of a year stands in public, and what would.
type publishing struct {
	CSRF       string
	Token      string // of its forms
	Year       int
	Text       string
	Shown      string // what its form says that it showed
	Standing   []notice.Record
	Now        *notice.Record // what the public reads; nil while it reads nothing
	Publishes  bool           // the reader may
	Why        string
	Errors     view.Errors
	Said       view.Banner
	Paragraphs []string
}

// shownText is what a form shows of the text.
func shownText(text string) string {
	s := web.NewShown("")
	s.Add("报告", text)
	return s.String()
}

func (p *Pages) publishing(c *fiber.Ctx, year int, cases []proposal.Handled) (v publishing, err error) {
	if v.Standing, err = p.proposals.Reports(c.UserContext(), year); err != nil {
		return v, err
	}
	for i, n := range v.Standing {
		if n.Shown(p.Now()) {
			v.Now = &v.Standing[i]
		}
	}
	v.CSRF, v.Year, v.Text = web.CSRF(c), year, proposal.ReportText(year, cases, p.Now())
	v.Shown, v.Paragraphs = shownText(v.Text), strings.Split(v.Text, "\n")
	v.Publishes = desk.Person(c).Role == staff.Publisher
	v.Token, err = p.NewToken()
	return v, err
}

// publish publishes what the page showed.
func (p *Pages) publish(c *fiber.Ctx) error {
	return p.published(c, "published", func(by proposal.Asker, year int) error {
		return p.proposals.PublishReport(c.UserContext(), p.Daybook, by, year, func(text string) bool {
			return shownText(text) == web.Form(c).Get(web.ShownField)
		})
	})
}

// takeDown ends the publication of one.
func (p *Pages) takeDown(c *fiber.Ctx) error {
	return p.published(c, "down", func(by proposal.Asker, year int) error {
		typed := web.Form(c)
		id, _ := strconv.ParseInt(typed.Get("notice"), 10, 64) // 0 is none
		return p.proposals.TakeReportDown(c.UserContext(), p.Daybook, by, year, id, typed.Get("why"))
	})
}

// dones are what is said once it is done.
var dones = map[string]view.Banner{
	"published": {Kind: view.Done, Title: "报告已经公开。", Text: "门户网站“公示公告”里，谁都看得到。"},
	"down":      {Kind: view.Done, Title: "公开已经撤下。", Text: "门户网站只留撤下的日期。"},
}

// published does something of the publication and leads back to the report, or shows it
// with why nothing was done.
func (p *Pages) published(c *fiber.Ctx, done string, do func(by proposal.Asker, year int) error) error {
	year := p.yearOf(c)
	token, err := desk.ReadToken(web.Form(c))
	if err == nil {
		err = do(proposal.Asker{By: desk.Person(c), Token: token}, year)
	}
	var repeated *daybook.Repeated
	switch {
	case err == nil:
		return web.SeeOther(c, reportPath+"?year="+strconv.Itoa(year)+"&done="+done)
	case errors.As(err, &repeated):
		return p.report(c, year, func(v *publishing) { v.Said = desk.DoneBefore(repeated.At) })
	case len(fault.FieldsOf(err)) > 0:
		c.Status(fiber.StatusUnprocessableEntity)
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.Forbidden), fault.Is(err, fault.Invalid):
		web.Refuse(c, err)
	default:
		return err
	}
	return p.report(c, year, func(v *publishing) {
		v.Errors, v.Why = view.ErrorsOf(err), web.Form(c).Get("why")
		if len(v.Errors) == 0 {
			v.Said = view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)}
		}
	})
}

// was is a publication in words.
func was(n notice.Record) string {
	said := view.DayFull(n.PublishedAt) + "公开"
	if n.TakenDownAt != nil {
		return said + "，" + clock.On(*n.TakenDownAt).Long() + "撤下"
	}
	return said
}
