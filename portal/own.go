package portal

import (
	"context"
	"encoding/base64"
	"io"
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
)

// ownView is a complaint as its complainant sees it.
type ownView struct {
	Frame       view.PortalFrame
	Done        string // what was just done
	Number      string
	Title       string
	Status      view.StatusTag
	Asked       string // what the registrar wants to be supplemented
	Promise     string
	Before      string // that the last day was another before
	Ruler       *view.Ruler
	Late        string
	Hands       view.Facts
	Answer      *view.AnswerBox
	Rate        *moveForm
	Contest     *moveForm
	ContestOver string // why it can be contested no more
	Moves       view.ActionList
	Timeline    view.Timeline
	Seen        string
}

// moveForm is one move with what it asks for.
type moveForm struct {
	CSRF   string
	Token  string
	Number string
	Move   workflow.Move
	Errors view.Errors
	Typed  workflow.Answers
	Until  string
	Asked  string
}

// mine is what stands for the number in the addresses of one's own matter: a number
// would stay in the history of a computer that others use, and in the logs of
// whatever is between. The number itself still opens the page.
const mine = "mine"

const ownPath = "/complaints/" + mine

func (s *Site) showOwn(c *fiber.Ctx) error {
	own, _, err := s.own(c)
	if fault.Is(err, fault.Expired) {
		c.Status(fiber.StatusUnauthorized)
		v := trackView{Notice: fault.SentenceOf(err)}
		if number := c.Params("number"); number != mine {
			v.Number = number
		}
		return s.track(c, v)
	}
	if err != nil {
		return err
	}
	v, err := s.ownView(c, own)
	if err != nil {
		return err
	}
	return view.Show(c, ownPage(v))
}

// own reads the matter that the visitor opened; Expired when there is none.
func (s *Site) own(c *fiber.Ctx) (*complaint.Own, bool, error) {
	secret, ok := s.visitor(c, unlockCookie)
	if !ok {
		return nil, false, fault.New(fault.Expired, "请先输入编号和查询码。")
	}
	number, ok := ownNumber(c)
	if !ok {
		return nil, false, notFound()
	}
	own, err := s.Complaints.Own(c.UserContext(), secret, number)
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

func (s *Site) ownView(c *fiber.Ctx, own *complaint.Own) (ownView, error) {
	now, m := s.Now(), &own.Matter
	v := ownView{
		Frame: s.frame(c, "我的投诉", "track"), Number: m.Number, Title: m.Title,
		Status: view.StatusTag{Word: complaint.Law.State(m.State).Word, Sign: string(complaint.Law.State(m.State).Sign), Wash: true},
	}
	v.Frame.NoIndex = true
	v.Done = complaint.Done(workflow.Action(c.Query("done")))
	if err := s.promised(c.UserContext(), &v, own, now); err != nil {
		return v, err
	}
	v.Asked = asked(own)
	if v.Asked != "" {
		v.Status.Word = "等您补正"
	}
	v.Hands = hands(own)
	v.Answer = answerBox(own)
	v.Timeline = timeline(own)
	v.Seen = seen(own)
	for _, choice := range complaint.Law.Choices(m, visitorActor, now) {
		switch {
		case choice.Action == complaint.Contest && choice.Why != "":
			v.ContestOver = choice.Why
		case choice.Hidden || choice.Why != "":
		case choice.Action == complaint.Rate:
			f, err := s.moveForm(v.Frame.CSRF, m.Number, choice.Move)
			if err != nil {
				return v, err
			}
			v.Rate = f
		case choice.Action == complaint.Contest:
			f, err := s.moveForm(v.Frame.CSRF, m.Number, choice.Move)
			if err != nil {
				return v, err
			}
			f.Until = reviewUntil(own, now)
			v.Contest = f
		default:
			v.Moves.Items = append(v.Moves.Items, view.ActionLink{
				Label: choice.Label, Href: ownPath + "/" + string(choice.Action), Note: choice.Effect,
			})
		}
	}
	return v, nil
}

// moveForm draws the token that makes one sending of a form happen once.
func (s *Site) moveForm(csrf, number string, m workflow.Move) (*moveForm, error) {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(s.Random, token); err != nil {
		return nil, err
	}
	return &moveForm{CSRF: csrf, Token: base64.RawURLEncoding.EncodeToString(token), Number: number, Move: m}, nil
}

// showOwnMove asks for what a move needs.
func (s *Site) showOwnMove(c *fiber.Ctx) error {
	return s.askOwnMove(c, nil, nil)
}

func (s *Site) askOwnMove(c *fiber.Ctx, typed workflow.Answers, errs view.Errors) error {
	own, _, err := s.own(c)
	if fault.Is(err, fault.Expired) {
		return seeOther(c, "/track")
	}
	if err != nil {
		return err
	}
	for _, choice := range complaint.Law.Choices(&own.Matter, visitorActor, s.Now()) {
		if string(choice.Action) != c.Params("action") || choice.Hidden {
			continue
		}
		frame := s.frame(c, choice.Label, "track")
		frame.NoIndex, frame.HasErrors = true, len(errs) > 0
		f, err := s.moveForm(frame.CSRF, own.Matter.Number, choice.Move)
		if err != nil {
			return err
		}
		f.Typed, f.Errors = typed, errs
		if choice.Action == complaint.Supplement {
			f.Asked = asked(own)
		}
		if token := web.Form(c).Get("form_token"); token != "" {
			f.Token = token // the same form, corrected
		}
		return view.Show(c, ownMovePage(frame, own.Matter.Title, f))
	}
	return fault.New(fault.Conflict, "这一步现在不能办。请回到进度页看看现在到了哪一步。")
}

// submitOwnMove carries a move out and leads back to the page of the matter.
func (s *Site) submitOwnMove(c *fiber.Ctx) error {
	secret, ok := s.visitor(c, unlockCookie)
	number, okNumber := ownNumber(c)
	if !ok || !okNumber {
		return fault.New(fault.Expired, "看的时间到了，这一步没有办。请重新输入编号和查询码；您写的内容，按返回还在。")
	}
	typed := web.Form(c)
	token, err := base64.RawURLEncoding.DecodeString(typed.Get("form_token"))
	if err != nil || len(token) != tokenBytes {
		return fault.New(fault.Invalid, "这张表不完整，没有办。请返回上一页再交一次。")
	}
	action, answers := workflow.Action(c.Params("action")), workflow.Answers(typed.Map())
	done, err := s.Complaints.MoveOwn(c.UserContext(), secret, number, action, token, answers)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return s.askOwnMove(c, answers, errs)
	}
	if err != nil {
		return err
	}
	return seeOther(c, ownPath+"?done="+string(done.Action))
}

// promised is the sentence and the ruler of the nearest due date.
func (s *Site) promised(ctx context.Context, v *ownView, own *complaint.Own, now time.Time) error {
	table, err := s.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	var next *workflow.Clock
	for i, one := range own.Clocks {
		if one.Running() && !one.RightOnly && (next == nil || one.DueAt.Before(next.DueAt)) {
			next = &own.Clocks[i]
		}
	}
	if next == nil {
		return nil
	}
	due := table.Kept(next.Row)
	left := table.Calendar.Remaining(due, now)
	what := duty[due.Rule]
	v.Before = next.Before()
	v.Promise = "最迟 " + lastDay(due) + what + "，" + left.Words + "。"
	if left.Late {
		v.Promise = ""
		v.Late = "应在 " + due.On.Short() + "前" + what + "，" + left.Words + "。晚了不影响您的任何权利。"
	}
	v.Ruler = &view.Ruler{
		Start: due.Start.AddDays(1).Begins(), Today: now, Due: due.On.Begins(), Provisional: due.Provisional, Why: due.Derivation,
		DayOff: func(day time.Time) bool { return !table.Calendar.Working(clock.On(day)) },
	}
	return nil
}

// lastDay is the day by which something is due, and whether it may still move.
func lastDay(due clock.Due) string {
	if due.Provisional {
		return due.On.Chinese() + "（暂定）"
	}
	return due.On.Chinese()
}

// duty says what a clock's end owes to the complainant.
var duty = map[clock.Code]string{
	clock.PlatformRegister: "登记", clock.PlatformAccept: "告诉您是否受理", clock.PetitionNotice: "书面告诉您去向",
	clock.ReviewAnswer: "告诉您复查结果", clock.PlatformAnswer: "答复您", clock.PetitionConclude: "答复您",
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
			text += "，" + view.Day(*h.Signed) + "签收"
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
		{Label: "查下来", Text: wordOf(complaint.Findings, a.Finding)}, {Label: "您的要求", Text: wordOf(complaint.Decisions, a.Decision)},
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
		if i == 0 && own.ClosedAt == nil && own.Answer == nil {
			item.State = view.Now
		}
		t.Items = append(t.Items, item)
	}
	return t
}

// asked is the registrar's question while the complaint waits for its answer.
func asked(own *complaint.Own) string {
	if own.Matter.State != complaint.SupplementRequired {
		return ""
	}
	for _, e := range own.Events { // the newest first
		if e.Action == complaint.AskSupplement {
			return e.Text
		}
	}
	return ""
}

func seen(own *complaint.Own) string {
	if len(own.Hands) == 0 && own.ClosedAt != nil {
		return "这件投诉没有交给承办单位，被投诉单位和它的下属也看不到。"
	}
	if len(own.Hands) == 0 {
		return "承办单位还没有看到这件投诉。派单以后，承办单位看到的是去掉您身份的内容；被投诉单位和它的下属看不到。"
	}
	return "承办单位看到的是去掉您身份的内容。被投诉单位和它的下属看不到这件投诉。"
}

func reviewUntil(own *complaint.Own, now time.Time) string {
	for _, one := range own.Clocks {
		if one.Rule == clock.PetitionReview && one.Running() && one.DueAt.After(now) {
			return lastDay(clock.Due{On: one.DueOn, Provisional: one.Provisional}) + "前可以申请复查。"
		}
	}
	return ""
}

// weight is how heavy a move's button is.
func weight(m workflow.Move) view.ButtonKind {
	if m.Hard {
		return view.Hard
	}
	return view.Go
}
