package deputy

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/invitation"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// invitedView is to what somebody is invited.
type invitedView struct {
	Frame       site.Frame
	Who         string
	Invitations []invitedLine
}

// invitedLine is one of them.
type invitedLine struct {
	Title, Href, When string
	Status            view.StatusTag
	Asked             string // of who reads it; empty where nothing is
}

func (p *Pages) showInvitations(c *fiber.Ctx) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	all, err := invitation.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := invitedView{Frame: p.MemberFrame(c, "邀请监督", "invitations", home.Kind), Who: home.Who()}
	for _, o := range all {
		title, _ := asked(o)
		v.Invitations = append(v.Invitations, invitedLine{Title: o.Title, Href: invitationsPath + "/" + o.Number, When: when(o), Status: site.StatusOf(invitation.Law, o.State), Asked: title})
	}
	return view.Show(c, invitedPage(v))
}

// when says what it is, when and where.
func when(o invitation.Own) string {
	return workflow.Word(invitation.Sorts, o.Sort) + "，" + o.HeldOn.Long() + o.Hour + "，" + o.Place
}

// asked says what is asked of who reads it, and how it stands with them.
func asked(o invitation.Own) (title, text string) {
	switch part := o.Mine().Part; {
	case part == invitation.Asked && o.State == invitation.Inviting:
		return "请您在" + o.ReplyBy.Long() + "以前答复来不来", "开展以前还可以改。"
	case part == invitation.Asked && o.State == invitation.Ready:
		return "答复的日子过了，您还没有答复", "开展以前还可以答复。"
	case part == invitation.Came && o.State == invitation.Held:
		return "请您在" + o.ReportBy.Long() + "以前写报告", "写看到了什么、建议什么。办结以前都收，答复采纳情况以前可以重写。"
	case part == invitation.Came && o.State == invitation.Reporting:
		return "写报告的日子过了，您还没有报告", "办结以前还可以报告。"
	}
	return "", ""
}

// invitationView is one invitation.
type invitationView struct {
	Frame         site.Frame
	Title, Number string
	Status        view.StatusTag
	Said, Asked   view.Banner
	Sent          []string        // what was typed for what could not be done
	Moves         site.ActionList // what they may do now
	Subject       string
	When, Mine    view.Facts
	Timeline      view.Timeline
}

func (p *Pages) showInvitation(c *fiber.Ctx, said view.Banner) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	own, err := invitation.ReadOwn(c.UserContext(), p.door, session, p.invited.number(c))
	if err != nil {
		return p.orLogin(c, err)
	}
	v := invitationView{Frame: p.MemberFrame(c, "邀请监督", "invitations", home.Kind), Title: own.Title, Number: own.Number, Status: site.StatusOf(invitation.Law, own.State), Subject: own.Asked,
		When: whenFacts(own), Mine: mineFacts(own), Timeline: timeline(invitation.Law, own.Events, true), Said: p.invited.done(c, said), Sent: web.Sent(c).Words()}
	v.Frame.PrintFoot = own.Number + "　打印时间 " + view.MomentFull(p.Now())
	if v.Moves, err = p.invited.moves(c, session, own.Number); err != nil {
		return p.orLogin(c, err)
	}
	v.Asked.Title, v.Asked.Text = asked(*own)
	v.Asked.Kind = view.Warn
	return view.Show(c, invitationPage(v))
}

func whenFacts(o *invitation.Own) view.Facts {
	return view.Facts{Rows: []view.Fact{
		{Label: "做什么", Text: workflow.Word(invitation.Sorts, o.Sort)}, {Label: "涉及", Text: o.About()}, {Label: "时间", Text: o.HeldOn.Long() + o.Hour}, {Label: "地点", Text: o.Place},
		{Label: "答复", Text: o.ReplyBy.Long() + "以前"}, {Label: "报告", Text: "开展以后，" + o.ReportBy.Long() + "以前"}, {Label: "受邀", Text: "连您 " + view.N(o.Invited, "位")},
	}}
}

// mineFacts are what who reads it said, and what became of it.
func mineFacts(o *invitation.Own) (f view.Facts) {
	add := func(label string, said invitation.Said, word string) {
		if said.What == "" {
			return
		}
		text := word + "，" + view.DayPaper(said.At) + "\n" + said.Words
		if said.Suggests != "" {
			text += "\n建议：" + said.Suggests
		}
		f.Rows = append(f.Rows, view.Fact{Label: label, Body: view.Paragraphs(text)})
	}
	mine := o.Mine()
	answer, outcome := o.Answer(mine), mine.Outcome()
	add("答复", answer, answer.What.Word())
	add("报告", mine.Report(), "已经收到")
	add("采纳情况", outcome, outcome.What.Word())
	return f
}
