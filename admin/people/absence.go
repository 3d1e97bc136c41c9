package people

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// awayView is who is away today and later, of those whom its reader looks after.
type awayView struct {
	People   []staff.Listed
	Absences []staff.Absence
	Today    clock.Date
}

// leaveView is the absences of one person, and the form of another.
type leaveView struct {
	Errors   view.ErrorSummary
	Said     *view.Banner
	Member   staff.Listed
	Own      bool
	Absences []staff.Absence
	Today    clock.Date
	F        web.Values
	From, To form.DateBoxes
	StandIns []view.Option
}

const (
	saidAway = "away"
	saidBack = "back"

	// nobodyStands is the choice that nobody stands in; it is made, never left open.
	nobodyStands = "nobody"
)

func absenceURL(id int64) string { return "/absences/" + strconv.FormatInt(id, 10) }

func (d *Pages) showAbsences(c *fiber.Ctx) error {
	v, by := awayView{Today: clock.On(d.Now())}, desk.Person(c)
	var err error
	if v.People, err = d.Staff.Charge(c.UserContext(), by); err != nil {
		return err
	}
	if len(v.People) == 1 {
		return web.SeeOther(c, absenceURL(by.ID))
	}
	if v.Absences, err = d.Staff.Absences(c.UserContext(), by); err != nil {
		return err
	}
	return view.Show(c, awayPage(d.Frame(c, "请假和代办", "absences"), v))
}

func (d *Pages) showLeave(c *fiber.Ctx) error {
	today := clock.On(d.Now())
	v := leaveView{From: boxesOf(today), To: form.DateBoxes{Year: strconv.Itoa(today.Year)}}
	switch c.Query("said") {
	case saidAway:
		v.Said = &view.Banner{Kind: view.Done, Title: "请假已经登记", Text: "到了那几天，由代办的人接着办；最后一天过了自动结束。"}
	case saidBack:
		v.Said = &view.Banner{Kind: view.Done, Title: "请假已经结束", Text: "代办马上停止。"}
	}
	return d.leavePage(c, v)
}

func (d *Pages) leavePage(c *fiber.Ctx, v leaveView) error {
	id, err := memberID(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	if v.Member, err = d.Staff.InCharge(ctx, desk.Person(c), id); err != nil {
		return err
	}
	if v.Absences, err = d.Staff.AbsencesOf(ctx, id); err != nil {
		return err
	}
	may, err := d.Staff.StandIns(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range may {
		v.StandIns = append(v.StandIns, view.Option{Value: strconv.FormatInt(m.ID, 10), Label: m.Name + "（" + m.Role.Title() + "）"})
	}
	v.StandIns = append(v.StandIns, view.Option{Value: nobodyStands, Label: "没有人代办"})
	v.Own, v.Today = id == desk.Person(c).ID, clock.On(d.Now())
	f := d.Frame(c, "请假和代办", "absences")
	f.HasErrors = v.Errors.Errors.Wrong()
	return view.Show(c, leavePage(f, v))
}

// typedLeave is the form as it was sent.
func (d *Pages) typedLeave(c *fiber.Ctx) leaveView {
	f := web.Form(c)
	day := func(name string) form.DateBoxes {
		return form.DateBoxes{Year: f.Get(name + "_year"), Month: f.Get(name + "_month"), Day: f.Get(name + "_day")}.Chosen(f.Get(name + "_sure"))
	}
	return leaveView{F: f, From: day("from"), To: day("to")}
}

// leave reads it; what cannot be read is a fault of its field.
func (v leaveView) leave(id int64, now time.Time) (staff.Leave, error) {
	l := staff.Leave{StaffID: id, Sure: v.F.Get("sure") == "yes"}
	var faults []fault.Field
	day := func(name, missing string, boxes form.DateBoxes) clock.Date {
		if boxes.Empty() {
			faults = append(faults, fault.Field{Name: name, Sentence: missing})
			return clock.Date{}
		}
		read, wrong := boxes.Ask(name, form.DateRule{Now: clock.Local(now)})
		if wrong.Sentence != "" {
			faults = append(faults, wrong)
			return clock.Date{}
		}
		return clock.NewDate(read.Year, time.Month(read.Month), read.Day)
	}
	l.From, l.To = day("from", "请写从哪一天起", v.From), day("to", "请写到哪一天为止", v.To)
	switch chosen := v.F.Get("stand_in"); chosen {
	case "":
		faults = append(faults, fault.Field{Name: "stand_in", Sentence: "请选由谁代办；没有的选“没有人代办”"})
	case nobodyStands:
	default:
		stand, err := strconv.ParseInt(chosen, 10, 64)
		if err != nil || stand <= 0 {
			faults = append(faults, fault.Field{Name: "stand_in", Sentence: "请从列出的里面选"})
		}
		l.StandIn = stand
	}
	return l, fault.Fields(faults)
}

func (d *Pages) submitLeave(c *fiber.Ctx) error {
	id, err := memberID(c)
	if err != nil {
		return err
	}
	v := d.typedLeave(c)
	l, err := v.leave(id, d.Now())
	if err == nil {
		err = d.Staff.GoAway(c.UserContext(), desk.Person(c), l)
	}
	if err == nil {
		return web.SeeOther(c, absenceURL(id)+"?said="+saidAway)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	web.Refuse(c, err)
	v.Errors = view.ErrorSummary{Errors: view.ErrorsOf(err), Resend: "登记请假"}
	return d.leavePage(c, v)
}

func (d *Pages) undoneLeave(c *fiber.Ctx) error { return d.leavePage(c, d.typedLeave(c)) }

func (d *Pages) submitBack(c *fiber.Ctx) error {
	id, err := memberID(c)
	if err != nil {
		return err
	}
	absence, err := strconv.ParseInt(c.Params("absence"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	switch err := d.Staff.ComeBack(c.UserContext(), desk.Person(c), absence); fault.KindOf(err) {
	case fault.Conflict:
		web.Refuse(c, err)
		today := clock.On(d.Now())
		return d.leavePage(c, leaveView{From: boxesOf(today), Said: &view.Banner{Kind: view.Wrong, Title: fault.SentenceOf(err)}})
	default:
		if err != nil {
			return err
		}
	}
	return web.SeeOther(c, absenceURL(id)+"?said="+saidBack)
}

func boxesOf(day clock.Date) form.DateBoxes {
	return form.DateBoxes{Year: strconv.Itoa(day.Year), Month: strconv.Itoa(int(day.Month)), Day: strconv.Itoa(day.Day)}
}

// days are those of an absence in words.
func days(a staff.Absence) string {
	if a.FromOn == a.ToOn {
		return a.FromOn.Long()
	}
	return a.FromOn.Long() + "到" + a.ToOn.Long()
}

// standing is who stands in, and how it stands.
func standing(a staff.Absence, today clock.Date) view.StatusTag {
	switch {
	case !a.EndedOn.IsZero():
		return view.StatusTag{Word: a.EndedOn.Long() + "提前结束", Sign: "closed"}
	case a.Over(today):
		return view.StatusTag{Word: "已经结束", Sign: "closed"}
	case a.Running && a.Covered:
		return view.StatusTag{Word: "正在代办", Sign: "work"}
	case a.Running:
		return view.StatusTag{Word: "没有人代", Sign: "ask"}
	}
	return view.StatusTag{Word: "还没有开始", Sign: "begin"}
}

func standBy(a staff.Absence) string {
	if a.StandBy == "" {
		return "没有写"
	}
	return a.StandBy
}
