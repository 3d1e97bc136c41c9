// Package invitations is the pages of the register of 邀请监督: what only an invitation
// shows, when and where, and what each of those who are invited says.
package invitations

import (
	"encoding/json"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/invitation"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// New are the pages of the invitations of an office.
func New(d *desk.Desk) desk.Room {
	r := invitation.New(d.Office)
	return matter.Pages[*invitation.Invitation]{Desk: d, Face: matter.Face[*invitation.Invitation]{
		Register: &r.Register, Read: r.Read,
		It: "本次邀请", Unit: "涉及", Course: "经过",
		About: about, Named: named, Facts: facts,
		Body: func(_ *fiber.Ctx, m *invitation.Invitation) templ.Component { return body(m) },
	}}
}

func ownOf(r register.Row) (own invitation.Row, ok bool) {
	return own, json.Unmarshal(r.Own, &own) == nil
}

// about is which units or which place it is about.
func about(r register.Row) string {
	own, _ := ownOf(r)
	return own.About
}

// named is what it is, for how many and when.
func named(r register.Row) string {
	own, ok := ownOf(r)
	if !ok {
		return ""
	}
	return workflow.Word(invitation.Sorts, own.Sort) + "，" + own.HeldOn.Long() + "，邀请 " + view.N(own.Invited, "位")
}

func facts(m *invitation.Invitation) []templ.Component {
	return []templ.Component{view.Text(workflow.Word(invitation.Sorts, m.Sort)), view.Text(m.HeldOn.Long() + m.Hour + "，" + m.Place), view.Text("写于 " + view.MomentText(m.OpenedAt))}
}

func whenFacts(m *invitation.Invitation) view.Facts {
	return view.Facts{Rows: []view.Fact{
		{Label: "涉及", Text: m.About()}, {Label: "时间", Text: m.HeldOn.Long() + m.Hour}, {Label: "地点", Text: m.Place},
		{Label: "答复", Text: m.ReplyBy.Long() + "以前"}, {Label: "报告", Text: m.ReportBy.Long() + "以前"},
	}}
}

var invitees = view.Table{Caption: "受邀的人", Stack: true, Columns: []view.Column{{Label: "姓名"}, {Label: "答复"}, {Label: "来了没有"}, {Label: "报告"}}}

// came says whether somebody was there.
func came(m *invitation.Invitation, i invitation.Invitee) string {
	switch {
	case i.Came():
		return "来了"
	case m.Matter.Terms[clock.InviteReport].On.IsZero():
		return "没有开展"
	}
	return "没有来"
}

// reported says how somebody's report stands.
func reported(i invitation.Invitee) string {
	switch i.Part {
	case invitation.Reported:
		return "等答复"
	case invitation.Answered:
		return i.Outcome().What.Word()
	}
	return "没有"
}

// answered is how somebody answered to the invitation.
func answered(m *invitation.Invitation, i invitation.Invitee) string {
	if answer := m.Answer(i); answer.What != "" {
		return answer.What.Word()
	}
	i.Part = invitation.Asked
	return m.Standing(i, m.Matter.State)
}
