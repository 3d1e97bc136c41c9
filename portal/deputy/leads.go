package deputy

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/press"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// leadsView is what a journalist has lodged.
type leadsView struct {
	Frame site.Frame
	Who   string // 演示日报 秦川
	Leads []leadLine
}

// leadLine is one of them.
type leadLine struct {
	Title, Number, Href string
	Status              view.StatusTag
	Unit                string // that was asked
	Owed                site.Owed
	Until               string // the last day of its embargo; empty without one
}

func (p *Pages) showLeads(c *fiber.Ctx) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	desk, err := press.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := leadsView{Frame: p.MemberFrame(c, "我提交的线索", p.leads.Kind.Path, home.Kind), Who: home.Who()}
	for _, row := range desk.Leads {
		line := leadLine{Title: row.Title, Number: row.Number, Href: p.leads.path(row.Number), Status: site.ListedAs(press.Law, row.State), Unit: row.UnitName, Until: lastDay(row)}
		if line.Owed, err = p.Owed(c.UserContext(), press.Law, row.Clocks, p.Now()); err != nil {
			return err
		}
		line.Owed.Ruler = nil // the page of each has it
		v.Leads = append(v.Leads, line)
	}
	return view.Show(c, leadsPage(v))
}

// lastDay is the last day of an embargo, in words.
func lastDay(row press.OwnRow) string {
	if until := row.Until(); !until.IsZero() {
		return until.Long()
	}
	return ""
}

// leadView is one lead.
type leadView struct {
	Frame        site.Frame
	Title        string
	Number       string
	Status       view.StatusTag
	Said         view.Banner
	Sent         []string // what was typed for what could not be done
	Moves        site.ActionList
	Owed         site.Owed
	Until        string // the last day of its embargo; empty without one
	Overdue      string // that nothing was stated in time
	Cite         string // how that may be cited
	Statements   []view.Paper
	Public       string // address of the statement in public; empty while it is not
	Questions    view.Facts
	Publications []publicationView
	Timeline     view.Timeline
	Written      view.Facts
}

// publicationView is a publication, with what may be done about it.
type publicationView struct {
	press.Publication
	Ways []view.Ref
}

// publications are those of a lead, each with the moves that are about one of them; the
// others of its moves are left.
func publications(all []press.Publication, moves *site.ActionList) (list []publicationView) {
	for _, p := range all {
		list = append(list, publicationView{Publication: p})
	}
	left := moves.Items[:0:0]
	for _, m := range moves.Items {
		if !strings.HasSuffix(m.Href, "/"+string(press.CorrectPublication)) && !strings.HasSuffix(m.Href, "/"+string(press.DropPublication)) {
			left = append(left, m)
			continue
		}
		for i := range list {
			if !list[i].Dropped {
				list[i].Ways = append(list[i].Ways, view.Ref{Label: m.Label, Href: m.Href + "?no=" + strconv.Itoa(list[i].No)})
			}
		}
	}
	moves.Items = left
	return list
}

func (p *Pages) showLead(c *fiber.Ctx, said view.Banner) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	own, err := press.ReadOwn(c.UserContext(), p.door, session, p.leads.number(c))
	if err != nil {
		return p.orLogin(c, err)
	}
	v := leadView{
		Frame: p.MemberFrame(c, own.Title, p.leads.Kind.Path, home.Kind), Title: own.Title, Number: own.Number, Status: site.StatusOf(press.Law, own.State), Said: p.leads.done(c, said), Sent: web.Sent(c).Words(),
		Until: lastDay(own.OwnRow), Overdue: own.Overdue(), Timeline: timeline(press.Law, own.Events, true), Written: leadWritten(own),
	}
	if v.Moves, err = p.leads.moves(c, session, own.Number); err != nil && !fault.Is(err, fault.NotFound) {
		return p.orLogin(c, err)
	}
	v.Publications = publications(own.Publications, &v.Moves)
	v.Frame.PrintFoot = own.Number + "　打印时间 " + view.MomentFull(p.Now())
	if v.Owed, err = p.Owed(c.UserContext(), press.Law, own.Clocks, p.Now()); err != nil {
		return err
	}
	if v.Overdue != "" && own.Citable() {
		v.Cite = site.Name + "：“" + own.Title + "”，" + own.UnitName + v.Overdue + "编号 " + own.Number + "。"
	}
	for _, paper := range own.Statements {
		v.Statements = append(v.Statements, sheet(paper))
	}
	if own.Notice > 0 {
		v.Public = p.Link("/notices/" + strconv.FormatInt(own.Notice, 10))
	}
	for _, q := range own.Questions {
		label := "问题 "
		if q.Round > 1 {
			label = "追问 "
		}
		v.Questions.Rows = append(v.Questions.Rows, view.Fact{Label: label + view.N(q.No, ""), Body: view.Paragraphs(q.Said)})
	}
	return view.Show(c, leadPage(v))
}

// nth numbers a publication as it was noted.
func nth(p press.Publication) string { return "第 " + view.N(p.No, "条") + "：" }

// leadWritten is what was lodged, as it was.
func leadWritten(own *press.Own) (f view.Facts) {
	add := func(label, text string) {
		if text != "" {
			f.Rows = append(f.Rows, view.Fact{Label: label, Body: view.Paragraphs(text)})
		}
	}
	add("涉及的单位", own.Concerns)
	add("了解到的情况", own.Knows)
	if !own.WantedBy.IsZero() {
		add("希望哪一天以前说明", own.WantedBy.Long())
	}
	add("提交日期", view.DayFull(own.OpenedAt))
	return f
}

func (p *Pages) toldOfLead(c *fiber.Ctx, session key.Secret, number string) ([]register.Told, error) {
	own, err := press.ReadOwn(c.UserContext(), p.door, session, number)
	if err != nil {
		return nil, err
	}
	return own.Events, nil
}

// knownOfLead are the publications that were noted, and what stands of the one that the
// address names, or of the only one.
func (p *Pages) knownOfLead(c *fiber.Ctx, session key.Secret, number string, a workflow.Action) (k known, err error) {
	if a != press.CorrectPublication && a != press.DropPublication {
		return k, nil
	}
	own, err := press.ReadOwn(c.UserContext(), p.door, session, number)
	if err != nil {
		return k, err
	}
	standing := press.Standing(own.Publications)
	k.offered = press.Offered(standing)
	for _, one := range standing {
		if len(standing) == 1 || strconv.Itoa(one.No) == c.Query("no") {
			k.answers = one.Known()
		}
	}
	return k, nil
}
