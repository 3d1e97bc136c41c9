package own

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// ownView is a complaint as its complainant sees it.
type ownView struct {
	Frame       site.Frame
	Done        string // what was just done
	Refused     view.Banner
	Sent        []string // what was typed for what could not be done
	Number      string
	Title       string
	Status      view.StatusTag
	Verdict     *view.AnswerBox // what was decided, and what follows from it
	Asked       askedView       // what is asked of them
	Kin         kinView         // what it was split into
	Filed       view.Facts
	Owed        site.Owed
	Hands       view.Facts
	Answer      *view.AnswerBox
	Agreement   *view.AnswerBox // that was put to them
	Promises    view.Facts      // what was promised them
	Rate        *moveForm
	Contest     *moveForm
	ContestOver string // why it can be contested no more
	Recheck     *moveForm
	RecheckAt   string // what is said of where and until when
	Application string // to that body, to be printed
	Follows     []followView
	Release     *releaseView  // nil where it is nothing to speak of
	Shown       site.Followed // what a deputy would see
	Moves       site.ActionList
	Settling    site.ActionList
	Timeline    view.Timeline
	Seen        string
}

// mine is what stands for the number in the addresses of one's own matter: a number
// would stay in the history of a computer that others use, and in the logs of
// whatever is between. The number itself still opens the page.
const mine = "mine"

const ownPath = "/complaints/" + mine

func (p *Pages) showOwn(c *fiber.Ctx) error {
	own, _, err := p.own(c)
	if fault.Is(err, fault.Expired) {
		c.Status(fiber.StatusUnauthorized)
		v := trackView{Notice: fault.SentenceOf(err)}
		if number := c.Params("number"); number != mine {
			v.Number = number
		}
		return p.track(c, v)
	}
	if err != nil {
		return err
	}
	v, err := p.ownView(c, own)
	if err != nil {
		return err
	}
	return view.Show(c, ownPage(v))
}

// own reads the matter that the visitor opened; Expired when there is none.
func (p *Pages) own(c *fiber.Ctx) (*complaint.Own, bool, error) {
	secret, ok := p.Visitor(c, site.UnlockCookie)
	if !ok {
		return nil, false, fault.New(fault.Expired, "请先输入编号和查询码。")
	}
	number, ok := ownNumber(c)
	if !ok {
		return nil, false, site.NotFound()
	}
	own, err := p.Complaints.Own(c.UserContext(), secret, number)
	return own, err == nil, err
}

// ownNumber is the matter that a page or a form is about; empty is whichever the
// visitor opened. A form says the number of what it showed: another matter may
// have been opened in another window since.
func ownNumber(c *fiber.Ctx) (string, bool) {
	number := c.Params("number")
	if number == mine {
		if number = web.Form(c).Get("number"); number == "" {
			return "", c.Method() != fiber.MethodPost
		}
	}
	return form.ParseNumber(number)
}

func (p *Pages) ownView(c *fiber.Ctx, own *complaint.Own) (ownView, error) {
	now, m := p.Now(), &own.Matter
	frame, err := p.frame(c, "我的投诉")
	if err != nil {
		return ownView{}, err
	}
	v := ownView{
		Frame: frame, Number: m.Number, Title: m.Title,
		Status: site.StatusOf(complaint.Law, m.State),
	}
	v.Frame.PrintFoot = m.Number + "　打印时间 " + view.MomentFull(now)
	v.Done = p.Complaints.DoneOwn(workflow.Action(c.Query("done")))
	if v.Owed, err = p.Owed(c.UserContext(), complaint.Law, own.Clocks, now); err != nil {
		return v, err
	}
	if own.Matter.State == complaint.SupplementRequired {
		v.Status.Word = "等您补正"
	}
	v.Verdict = verdict(own, v.Status, p.Now())
	v.Asked = askedOf(own)
	v.Kin = kinOf(own)
	v.Filed = filed(own)
	v.Hands = hands(own)
	v.Answer = answerBox(own)
	v.Agreement, v.Promises = agreementOf(own), promisesOf(own.Promises, now)
	v.Timeline = timeline(own)
	v.Seen = seen(own)
	if err := p.follows(c, own, &v); err != nil {
		return v, err
	}
	if v.Release, err = p.release(c, own); err != nil {
		return v, err
	}
	for _, choice := range p.choices(own) {
		switch {
		case choice.Action == complaint.Contest && choice.Why != "":
			v.ContestOver = choice.Why
		case choice.Hidden || choice.Why != "" || choice.Action == complaint.RefuseRelease, choice.Action == complaint.AgreeRelease:
		case choice.Action == complaint.Rate:
			f, err := p.moveForm(c, own, choice.Move, nil, nil)
			if err != nil {
				return v, err
			}
			v.Rate = f
		case choice.Action == complaint.Contest:
			f, err := p.moveForm(c, own, choice.Move, nil, nil)
			if err != nil {
				return v, err
			}
			f.Until = reviewUntil(own, now)
			v.Contest = f
		case choice.Action == complaint.AskRecheck:
			f, err := p.moveForm(c, own, choice.Move, nil, nil)
			if err != nil {
				return v, err
			}
			v.Recheck = f
			settings := p.Settings.Read(c.UserContext())
			v.RecheckAt, v.Application = recheckAt(own, settings, now), application(own, settings)
		default:
			list := &v.Moves
			if v.Agreement != nil && (choice.Action == complaint.AgreeSettlement || choice.Action == complaint.DeclineSettlement) {
				list = &v.Settling // where the agreement is read
			}
			list.Items = append(list.Items, site.ActionLink{
				Label: choice.Label, Href: ownPath + "/" + string(choice.Action), Note: choice.Effect,
			})
		}
	}
	return v, nil
}

// frame is that of a page of one's own matter. Who is logged in as a deputy has the way back
// to the list from which they opened it.
func (p *Pages) frame(c *fiber.Ctx, title string) (site.Frame, error) {
	f, err := p.FrameFor(c, title, "track")
	f.NoIndex = true
	if site.MembersOwn(site.MemberComplaints, f.Member.Kind) && f.Member.Kind != "" {
		f.Member.Current = "complaints"
	}
	return f, err
}

func hands(own *complaint.Own) view.Facts {
	var f view.Facts
	for _, h := range own.Hands {
		label, text := "配合", h.Unit
		if h.Part == "lead" {
			label = "牵头承办"
		}
		switch {
		case h.Signed != nil:
			text += "，" + view.DayPaper(*h.Signed) + "签收"
		case own.Matter.State == complaint.Dispatched || own.Matter.State == complaint.Objected || h.Part != "lead":
			// A unit whose objection was refused works without signing.
			text += "，还没有签收"
		}
		f.Rows = append(f.Rows, view.Fact{Label: label, Text: text})
	}
	if doing := complaint.Law.State(own.Matter.State).Doing; doing != "" {
		f.Rows = append(f.Rows, view.Fact{Label: "正在做", Text: doing})
	}
	return f
}

func answerBox(own *complaint.Own) *view.AnswerBox {
	a := own.Answer
	if a == nil {
		return nil
	}
	box := &view.AnswerBox{Title: "答复意见", Rows: []view.Fact{
		{Label: "查下来", Text: workflow.Word(complaint.Findings, a.Finding)}, {Label: "您的要求", Text: workflow.Word(complaint.Decisions, a.Decision)},
		{Label: "查明的事实", Text: a.Facts}, {Label: "处理意见", Text: a.Opinion},
	}}
	if a.Demand != "" {
		box.Rows = append(box.Rows, view.Fact{Label: "要对方做", Text: a.Demand})
	}
	box.Rows = append(box.Rows, view.Fact{Label: "依据", Text: a.Basis}, view.Fact{Label: "答复单位", Text: a.Unit})
	if a.SentAt != nil {
		box.Rows = append(box.Rows, view.Fact{Label: "答复时间", Text: view.DayFull(*a.SentAt)})
	}
	return box
}

func timeline(own *complaint.Own) view.Timeline {
	var t view.Timeline
	for i, e := range own.Events {
		who := e.Role.Title()
		if e.Role == staff.Complainant {
			who = "您"
		}
		item := view.TimelineItem{Title: complaint.Law.Heading(e.Action), Text: e.Text, At: e.At, Who: who}
		if e.Words != "" {
			item.Body = ownWords(e)
		}
		if i == 0 && own.ClosedAt == nil && own.Answer == nil {
			item.State = view.Now
		}
		t.Items = append(t.Items, item)
	}
	return t
}

// asked is the registrar's question while the complaint waits for its answer.
func asked(own *complaint.Own) string {
	if e, _ := own.Verdict(); e != nil && e.Action == complaint.AskSupplement {
		return e.Text
	}
	return ""
}

// inWords is what stands in the texts that a handling unit reads.
const inWords = "您写在文字里的姓名、电话，没有选“替我隐去”的，承办单位看得到；不想让承办单位知道的，写的时候选“只说给监督人员”。"

// secrecy is what was chosen of confidence, where there is a name to keep.
func secrecy(own *complaint.Own) string {
	if own.Filed.Confidential {
		return ""
	}
	return "您选了不要求保密：" + complaint.SecrecyMeans(false, form.You)
}

func seen(own *complaint.Own) string {
	if len(own.Hands) == 0 && own.ClosedAt != nil {
		return "这件投诉没有交给承办单位，被投诉单位和它的下属也看不到。"
	}
	if len(own.Hands) == 0 {
		return "承办单位还没有看到这件投诉。派单以后，承办单位看得到您写的话，看不到您另外填的姓名、电话和单位；被投诉单位和它的下属看不到。" + secrecy(own) + inWords
	}
	return "承办单位看得到您写的话，看不到您另外填的姓名、电话和单位。被投诉单位和它的下属看不到这件投诉。" + secrecy(own) + inWords
}

func reviewUntil(own *complaint.Own, now time.Time) string {
	for _, one := range own.Clocks {
		if one.Rule == clock.PetitionReview && one.Running() && one.DueAt.After(now) {
			return site.LastDay(clock.Due{On: one.DueOn, Provisional: one.Provisional}, now) + "以前（含当日）可以申请复查。"
		}
	}
	return ""
}
