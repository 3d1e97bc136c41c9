package deputy

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/invitation"
	"zhengxin/internal/key"
	"zhengxin/internal/register"
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
		title, _, _ := asked(o)
		v.Invitations = append(v.Invitations, invitedLine{Title: o.Title, Href: invitationsPath + "/" + o.Number, When: when(o), Status: standing(o, false), Asked: title})
	}
	return view.Show(c, invitedPage(v))
}

// theirPart is how it stands with one who is invited, in the states in which others may be
// waited for: by what they said last, which is their part in it.
var theirPart = map[invitation.What]view.StatusTag{
	invitation.Accepted:  {Word: "您已接受", Sign: string(workflow.Met)},
	invitation.Declined:  {Word: "您已谢绝", Sign: string(workflow.Refused)},
	invitation.Withdrawn: {Word: "您来不了", Sign: string(workflow.Refused)},
	invitation.Reported:  {Word: "您的报告已收到", Sign: string(workflow.Met)},
	invitation.Answered:  {Word: "您的报告已答复", Sign: string(workflow.Met)},
}

// standing is how an invitation stands with who reads it: what the matter waits for may be
// another's. Once it was held, it waits for nothing of whoever was not there.
func standing(o invitation.Own, wash bool) view.StatusTag {
	tag, mine := site.StatusOf(invitation.Law, o.State), o.Mine()
	switch o.State {
	case invitation.Inviting, invitation.Ready:
		if own, ok := theirPart[mine.Part]; ok {
			tag = own
		}
	case invitation.Held, invitation.Reporting:
		if own, ok := theirPart[mine.Part]; ok && mine.Came() {
			tag = own
		} else if !ok && o.State == invitation.Reporting && mine.Came() {
			tag = site.StatusOf(invitation.Law, invitation.Held) // theirs is still to come
		} else if !mine.Came() {
			tag = view.StatusTag{Word: "已开展", Sign: string(workflow.Met)}
		}
	}
	tag.Wash = wash
	return tag
}

// when says what it is, when and where.
func when(o invitation.Own) string {
	return workflow.Word(invitation.Sorts, o.Sort) + "，" + o.HeldOn.Long() + o.Hour + "，" + o.Place
}

// asked says what is asked of who reads it, and until when; the zero day is over.
func asked(o invitation.Own) (title, text string, by clock.Date) {
	switch part := o.Mine().Part; {
	case part == invitation.Asked && o.State == invitation.Inviting:
		return "请您在" + o.ReplyBy.Long() + "以前答复来不来", "开展以前还可以改。", o.ReplyBy
	case part == invitation.Asked && o.State == invitation.Ready:
		return "答复的日子过了，您还没有答复", "开展以前还可以答复。", by
	case part == invitation.Came && o.State == invitation.Held:
		return "请您在" + o.ReportBy.Long() + "以前写报告", "写看到了什么、建议什么。办结以前都收，答复采纳情况以前可以重写。", o.ReportBy
	case part == invitation.Came && o.State == invitation.Reporting:
		return "写报告的日子过了，您还没有报告", "办结以前还可以报告。", by
	}
	return "", "", by
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
	v := invitationView{Frame: p.MemberFrame(c, own.Title, "invitations", home.Kind), Title: own.Title, Number: own.Number, Status: standing(*own, true), Subject: own.Asked,
		When: whenFacts(own), Mine: mineFacts(own), Timeline: timeline(invitation.Law, own.Events, true), Said: p.invited.done(c, said), Sent: web.Sent(c).Words()}
	v.Frame.PrintFoot = own.Number + "　打印时间 " + view.MomentFull(p.Now())
	if v.Moves, err = p.invited.moves(c, session, own.Number); err != nil {
		return p.orLogin(c, err)
	}
	v.Asked.Title, v.Asked.Text, _ = asked(*own)
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

func (p *Pages) toldOfInvitation(c *fiber.Ctx, session key.Secret, number string) ([]register.Told, error) {
	own, err := invitation.ReadOwn(c.UserContext(), p.door, session, number)
	if err != nil {
		return nil, err
	}
	return own.Events, nil
}
