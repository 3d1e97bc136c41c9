// Package invitation is 邀请监督: the supervising office invites deputies of the people's
// congress and members of the political consultative committee to look for themselves, at
// an inspection, a hearing, or a check by a third party, and answers what they report.
//
// Each invitee answers and reports for themselves, so the state of the matter is nobody's:
// what one of them said, or is said of them, is a row of its own, and the newest holds.
package invitation

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/member"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

// Kind declares the register.
var Kind = &register.Kind{
	Law:     Law,
	Path:    "invitations",
	Letters: "YQ",
	Reads:   []register.Reader{{Role: staff.Leader}, {Role: staff.Auditor}},
	Views: []register.View{
		{Name: "drafted", Label: "待发出", State: Drafted}, {Name: "inviting", Label: "等答复", State: Inviting}, {Name: "ready", Label: "待开展", State: Ready}, {Name: "held", Label: "等报告", State: Held},
		{Name: "unanswered", Label: "报告没答复", Where: facts[Unanswered]},
	},
	Row: `(SELECT jsonb_build_object('Sort', i.sort, 'Invited', (SELECT count(*) FROM invitee v WHERE v.matter_id = p.id),
			'About', concat_ws('、', (SELECT string_agg(u.name, '、' ORDER BY u.code) FROM invitation_unit x JOIN unit u ON u.code = x.unit WHERE x.matter_id = i.matter_id), nullif(i.area, '')),
			'HeldOn', (SELECT d.held_on FROM invitation_date d WHERE d.matter_id = p.id ORDER BY d.seq DESC LIMIT 1))
		FROM invitation i WHERE i.matter_id = p.id)`,
	Texts:   texts,
	Members: []member.Kind{member.Deputy, member.Committee},
	Opens:   invite,
	Figures: figures,
	Checks:  map[workflow.Action]register.Check{Invite: checkInvitation, AddInvitee: checkNames, Redate: checkPostponed, Postpone: checkPostponed, Hold: checkWords, AnswerReport: checkWords, Cancel: checkWords},
	Effects: map[workflow.Action]register.Effect{
		Send: send, AddInvitee: addInvitee, Accept: said(Accepted), Decline: said(Declined), Withdraw: said(Withdrawn), ReportSeen: said(Reported),
		Redate: postpone, Postpone: postpone, Hold: hold, Attend: attend, AnswerReport: answerReport,
	},
}

// texts are where an invitation's words stand, for the desk alone: no unit reads one.
var texts = search.Texts{
	Called: "看什么、受邀的人、报告",
	All: []search.Text{
		{Label: "看什么", SQL: `(SELECT ARRAY[i.asked, i.area] FROM invitation i WHERE i.matter_id = m.id)`},
		{Label: "受邀的人", SQL: `ARRAY(SELECT v.name FROM invitee v WHERE v.matter_id = m.id ORDER BY v.no)`},
		{Label: "报告", SQL: `ARRAY(SELECT t FROM invitee_said s CROSS JOIN LATERAL (VALUES (s.words), (s.suggests)) AS w (t) WHERE s.matter_id = m.id AND s.said = 'reported' ORDER BY s.seq)`},
	},
}

// Row is what a list shows of an invitation beside what it shows of any matter.
type Row struct {
	Sort    string
	Invited int
	About   string // which units, and which place
	HeldOn  clock.Date
}

var group = stats.Group{Heading: "邀请监督", Note: "请代表、委员来看这个单位，看了几次、报告了什么；不是投诉。", Counts: "次"}

// figures are what is published of invitations each quarter, of each unit that they were
// about; what is about none counts for none.
var figures = stats.Figures{
	Parts: `
		invitation_said AS (
			SELECT u.unit, CASE WHEN e.action = 'hold' THEN 'held' ELSE s.said END AS said FROM term
			JOIN event e ON e.at >= term.since AND e.at < term.at AND e.action IN ('hold', 'report', 'answer_report')
			LEFT JOIN invitee_said s ON s.matter_id = e.matter_id AND s.seq = e.seq AND e.action <> 'hold'
			JOIN invitation i ON i.matter_id = e.matter_id LEFT JOIN invitation_unit u ON u.matter_id = e.matter_id
		), `,
	Measures: []stats.Measure{
		{Name: "invitations_held", Heading: "请代表委员监督", Short: "开展监督", Meaning: "四个季度里请人大代表、政协委员来视察、听证、评估这个单位，开展了的次数",
			By: stats.ByUnit, Group: group, Rows: `SELECT unit FROM invitation_said WHERE said = 'held'`},
		{Name: "invitation_reports", Heading: "代表委员监督报告", Short: "收到报告", Meaning: "四个季度里代表、委员在监督以后报告的次数；报告过又改了的，再算一次",
			By: stats.ByUnit, Group: group, Rows: `SELECT unit FROM invitation_said WHERE said = 'reported'`},
		{Name: "invitation_reports_adopted", Heading: "代表委员监督报告采纳", Short: "采纳报告", Meaning: "四个季度里答复采纳或者部分采纳的报告",
			By: stats.ByUnit, Group: group, Rows: `SELECT unit FROM invitation_said WHERE said IN ('adopted', 'partly')`},
	},
}

// Invitation is an invitation as the desk sees it.
type Invitation struct {
	register.Dossier
	Content
}

// Content is all that an invitation says, and what was said to it.
type Content struct {
	Sort, Asked, Area string
	Units             []string // names
	Since             int64    // the event that said when and where
	HeldOn            clock.Date
	Hour, Place       string
	ReplyBy, ReportBy clock.Date
	Invitees          []Invitee
}

// About is which units or place it is about.
func (c *Content) About() string {
	about := slices.Clone(c.Units)
	if c.Area != "" {
		about = append(about, c.Area)
	}
	return strings.Join(about, "、")
}

// What is what was said to an invitation, or of somebody who was invited, and with that
// their part in it: the newest, as the view invitee_part has it, which has the same words.
type What string

// What there is to say.
const (
	Accepted  What = "accepted"
	Declined  What = "declined"
	Withdrawn What = "withdrawn" // did accept, and does not come after all
	Came      What = "came"
	Reported  What = "reported"
	Adopted   What = "adopted"
	Partly    What = "partly"
	Refused   What = "refused"

	Asked    What = "asked"    // the part of whom has said nothing yet
	Answered What = "answered" // and of whose report was answered, in whichever way
)

var whats = map[What]string{
	Accepted: "接受", Declined: "谢绝", Withdrawn: "接受以后又不来", Came: "来了", Reported: "报告等答复", Adopted: "采纳", Partly: "部分采纳", Refused: "没有采纳", Asked: "等答复", Answered: "报告已经答复",
}

// Word is how that is called.
func (w What) Word() string { return whats[w] }

// Said is one thing that was said, by which event.
type Said struct {
	Seq             int64
	What            What
	Words, Suggests string
	At              time.Time
}

// Invitee is somebody who is invited, with what was said, the oldest first.
type Invitee struct {
	No     int
	Name   string
	Member int64 // on the roster; 0 for an organisation
	Part   What
	At     time.Time
	Said   []Said
}

// last is what was said last of these after an event; the zero Said where nothing was.
func (i Invitee) last(after int64, of ...What) (found Said) {
	for _, s := range i.Said {
		if s.Seq > after && slices.Contains(of, s.What) {
			found = s
		}
	}
	return found
}

// Answer is what was said last to the date that holds.
func (c *Content) Answer(i Invitee) Said { return i.last(c.Since, Accepted, Declined, Withdrawn) }

// Came says that somebody was there; Report is what they reported last, and Outcome what
// became of that.
func (i Invitee) Came() bool    { return slices.Contains([]What{Came, Reported, Answered}, i.Part) }
func (i Invitee) Report() Said  { return i.last(0, Reported) }
func (i Invitee) Outcome() Said { return i.last(i.Report().Seq, Adopted, Partly, Refused) }

// Standing is how somebody stands to it, in words. Silence beyond the day is no refusal:
// it may still be answered until the day itself.
func (c *Content) Standing(i Invitee, state workflow.State) string {
	if i.Part == Asked && state != Drafted && state != Inviting && !(state == Ready && clock.On(i.At).After(c.ReplyBy)) {
		return "未答复"
	}
	return i.Part.Word()
}

// contentSQL reads a Content; the matter's id, as an expression, follows it.
const contentSQL = `
	SELECT i.sort, i.asked, i.area, ARRAY(SELECT u.name FROM invitation_unit x JOIN unit u ON u.code = x.unit WHERE x.matter_id = i.matter_id ORDER BY u.code) AS units,
		d.seq AS since, d.held_on, d.hour, d.place, d.reply_by, d.report_by,
		(SELECT jsonb_agg(jsonb_build_object('No', v.no, 'Name', v.name, 'Member', coalesce(v.member_id, 0), 'Part', p.part, 'At', b.at, 'Said', (
				SELECT jsonb_agg(jsonb_build_object('Seq', s.seq, 'What', s.said, 'Words', s.words, 'Suggests', s.suggests, 'At', e.at) ORDER BY s.seq)
				FROM invitee_said s JOIN event e ON e.matter_id = s.matter_id AND e.seq = s.seq WHERE s.matter_id = v.matter_id AND s.no = v.no)) ORDER BY v.no)
			FROM invitee v JOIN invitee_part p ON p.matter_id = v.matter_id AND p.no = v.no JOIN event b ON b.matter_id = v.matter_id AND b.seq = v.seq WHERE v.matter_id = i.matter_id) AS invitees
	FROM invitation i CROSS JOIN LATERAL (SELECT * FROM invitation_date d WHERE d.matter_id = i.matter_id ORDER BY d.seq DESC LIMIT 1) d
	WHERE i.matter_id = `

// Register holds the invitations of one process.
type Register struct{ register.Register }

// New is the register of invitations of an office.
func New(o register.Office) *Register { return &Register{register.Register{Office: o, Kind: Kind}} }

// Read is a whole invitation; NotFound when the person may not know of it.
func (r *Register) Read(ctx context.Context, by staff.Person, number string) (*Invitation, error) {
	p := &Invitation{}
	if err := r.Register.Read(ctx, by, number, &p.Dossier, func(q *register.Reading) {
		q.Queue(contentSQL+register.This, nil).Query(func(rows pgx.Rows) error {
			found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Content])
			if len(found) > 0 {
				p.Content = found[0]
			}
			return err
		})
	}); err != nil {
		return nil, err
	}
	p.Offered = p.options()
	p.Bar(Hold, p.early(clock.On(p.Now)))
	p.Bar(Send, p.past(clock.On(p.Now)))
	return p, nil
}
