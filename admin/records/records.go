package records

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/letter"
	"zhengxin/internal/notice"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// mailView is the outbox.
type mailView struct {
	Views   desk.Views
	Letters []mailLine
	Older   string
	CSRF    string
}

// mailLine is a letter with what the page says of it.
type mailLine struct {
	letter.Entry
	Href  string // of its matter
	Again string // where the button 再发一次 sends to; empty where it has none
	Token string
}

func (d *Pages) mailLine(p staff.Person, e letter.Entry) (mailLine, error) {
	l := mailLine{Entry: e}
	at, ok := d.RoomOf(workflow.Kind(e.Kind))
	if !ok {
		return l, nil
	}
	l.Href = desk.MatterURL(at.Kind(), e.Number)
	if !e.Lost || !at.Kind().Law.Allows(p.Role, workflow.SendAgain) {
		return l, nil
	}
	l.Again = desk.MoveURL(at.Kind(), e.Number, workflow.SendAgain)
	var err error
	l.Token, err = d.NewToken()
	return l, err
}

var mailStates = []struct{ state, label string }{
	{"", "全部"}, {letter.Failed, "没有发成"}, {letter.Waiting, "等发送"}, {letter.Kept, "存在发件箱"}, {letter.Sent, "已发出"}, {letter.NoAddress, "没有留邮箱"},
}

func (d *Pages) showMail(c *fiber.Ctx) error {
	v, state := mailView{Views: desk.Views{Label: "信件的状态"}}, c.Query("state")
	for _, s := range mailStates {
		href := "/mail"
		if s.state != "" {
			href += "?state=" + s.state
		}
		v.Views.Items = append(v.Views.Items, desk.View{Label: s.label, Href: href, Current: s.state == state})
	}
	if !slices.ContainsFunc(v.Views.Items, func(i desk.View) bool { return i.Current }) {
		state, v.Views.Items[0].Current = "", true
	}
	found, err := letter.Outbox(c.UserContext(), d.Office.Pool, desk.Person(c).Scope(), letter.Filter{State: state, Before: desk.Before(c), Limit: desk.RecordPage + 1})
	if err != nil {
		return err
	}
	var more bool
	if found, more = desk.CutRecords(found); more {
		q := url.Values{"before": {strconv.FormatInt(found[desk.RecordPage-1].ID, 10)}}
		if state != "" {
			q.Set("state", state)
		}
		v.Older = "/mail?" + q.Encode()
	}
	for _, e := range found {
		l, err := d.mailLine(desk.Person(c), e)
		if err != nil {
			return err
		}
		v.Letters = append(v.Letters, l)
	}
	f := d.Frame(c, "信件", "mail")
	v.CSRF = f.CSRF
	return view.Show(c, mailPage(f, v))
}

// noticeLine is one notice with what the page says of it.
type noticeLine struct {
	notice.Record
	Status view.StatusTag
	Term   string
}

func (d *Pages) showNotices(c *fiber.Ctx) error {
	found, err := notice.Records(c.UserContext(), d.Office.Pool, desk.Before(c), desk.RecordPage+1)
	if err != nil {
		return err
	}
	records, more := desk.CutRecords(found)
	older := ""
	if more {
		older = fmt.Sprintf("/notices?before=%d", records[desk.RecordPage-1].ID)
	}
	lines := make([]noticeLine, len(records))
	for i, r := range records {
		lines[i] = noticeLineOf(r, d.Now())
	}
	var said *view.Banner
	if c.Query("said") == "before" {
		said = &view.Banner{Kind: view.Done, Title: "刚才已经公开了", Text: "没有再公开一次。公开的列在下面。"}
	}
	return view.Show(c, noticesPage(d.Frame(c, "公示公告", "notices"), lines, older, said, d.Reaches(desk.Person(c).Role, "notices/new")))
}

func noticeLineOf(r notice.Record, now time.Time) noticeLine {
	l := noticeLine{Record: r, Status: view.StatusTag{Word: "公示中"}, Term: "长期"}
	if !r.Until.IsZero() {
		l.Term = "到 " + r.Until.Long()
	}
	ended, over := r.EndedOn(now)
	switch {
	case over && r.TakenDownAt != nil:
		l.Status, l.Term = view.StatusTag{Word: "已撤下", Shape: view.ShapeRefused, Tone: view.Slate}, ended.Long()+" 撤下"
	case over:
		l.Status = view.StatusTag{Word: "期满", Shape: view.ShapeTickFull, Tone: view.Slate}
	case !r.Shown(now):
		l.Status = view.StatusTag{Word: "还没有开始"}
	}
	return l
}

// traceLine is one act with its words.
type traceLine struct {
	workflow.Trace
	Label  string
	To     string // the state it led to, empty when it led nowhere
	Href   string
	Noun   string // the kind of its matter
	Reason string // why an identity was opened
}

// AuditViews are the records: the chains of matters, and what belongs to none, the acts
// on accounts, what left as a file, and the alerts.
func AuditViews(current string) desk.Views {
	v := desk.Views{Label: "记录的种类", Items: []desk.View{{Label: "办件", Href: "/audit"}, {Label: "账号", Href: "/audit/staff"}, {Label: "导出", Href: "/audit/exports"}, {Label: "警报", Href: "/audit/alerts"}, {Label: "封存件", Href: "/audit/sealed"}}}
	for i := range v.Items {
		v.Items[i].Current = v.Items[i].Href == current
	}
	return v
}

func parseMark(s string) workflow.Mark {
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return workflow.Mark{}
	}
	var n [3]int64
	for i, p := range parts {
		v, err := strconv.ParseInt(p, 10, 53)
		if err != nil || v <= 0 {
			return workflow.Mark{}
		}
		n[i] = v
	}
	return workflow.Mark{At: time.UnixMicro(n[0]), Matter: n[1], Seq: n[2]}
}
