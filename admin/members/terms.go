package members

import (
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// endView is what was typed of the end of a term.
type endView struct {
	How    string // over, or early
	Until  form.DateBoxes
	Sure   string // the day about which a question was answered
	Why    string
	Errors view.Errors
}

// How a term ends.
const (
	runsOut = "over"
	early   = "early"
)

func howOptions() []view.Option {
	return []view.Option{{Value: runsOut, Label: "届满，按期结束"}, {Value: early, Label: "提前终止"}}
}

func endOf(typed web.Values) endView {
	sure := typed.Get("until_sure")
	return endView{How: typed.Get("how"), Why: typed.Get("why"), Sure: sure,
		Until: form.DateBoxes{Year: typed.Get("until_year"), Month: typed.Get("until_month"), Day: typed.Get("until_day")}.Chosen(sure)}
}

func (v endView) day(label string) templ.Component {
	return view.DateField{Name: "until", Label: label, Hint: "可以是以后的，到那一天为止", Year: v.Until.Year, Month: v.Until.Month, Day: v.Until.Day,
		Error: v.Errors.For("until"), Doubt: v.Errors.Doubt("until", v.Sure)}
}

// mostAway is how far from today the last day of a term may lie, in months.
const mostAway = 120

// read is the end as it was typed, or what is wrong with it.
func (v endView) read(today clock.Date) (member.End, error) {
	var faults []fault.Field
	end := member.End{}
	switch {
	case v.How != runsOut && v.How != early:
		faults = append(faults, fault.Field{Name: "how", Sentence: "请选怎样结束：届满，还是提前终止"})
	case v.How == early && form.Line(v.Why) == "":
		faults = append(faults, fault.Field{Name: "why", Sentence: "请写为什么提前终止，例如：辞职，县人大常委会某次会议公告"})
	case v.How == early:
		end.Why = v.Why
	case form.Line(v.Why) != "":
		faults = append(faults, fault.Field{Name: "how", Sentence: "写了为什么提前终止，选的却是届满。提前终止的请选“提前终止”，届满的请把原因删去"})
	}
	day, wrong := lastDay(v.Until, today)
	if end.Until, end.Sure = day, v.Sure == day.String(); wrong.Sentence != "" {
		faults = append(faults, wrong)
	}
	return end, fault.Fields(faults)
}

// lastDay is the day that was typed, which may be one to come.
func lastDay(boxes form.DateBoxes, today clock.Date) (clock.Date, fault.Field) {
	if boxes.Empty() {
		return today, fault.Field{Name: "until", Sentence: "请写最后一天是哪一天"}
	}
	read, wrong := boxes.Ask("until", form.DateRule{Now: today.Begins()})
	if wrong.Sentence != "" {
		return today, wrong
	}
	day := clock.NewDate(read.Year, time.Month(read.Month), read.Day)
	if day.Before(today.AddMonths(-mostAway)) || today.AddMonths(mostAway).Before(day) {
		return today, fault.Field{Name: "until", Sentence: "这一天离今天太远，请核对年份"}
	}
	return day, wrong
}

// termsView is the page on which the end of a whole session is written.
type termsView struct {
	Frame desk.Frame
	Said  view.Banner
	Terms []member.Term
	Today clock.Date
	Term  string // which was chosen
	End   endView
	Shown string
}

// termKey is a term in a form.
func termKey(t member.Term) string { return string(t.Kind) + " " + t.Session }

func (v termsView) options() (options []view.Option) {
	for _, t := range v.Terms {
		options = append(options, view.Option{Value: termKey(t), Label: t.Name() + "，" + view.N(t.Members-t.Early, "位")})
	}
	return options
}

// shownTerms is what the page shows of them all.
func shownTerms(terms []member.Term) *web.Shown {
	s := web.NewShown("")
	for _, t := range terms {
		s.Add(t.Name(), strconv.Itoa(t.Members)+" "+strconv.Itoa(t.Early)+" "+strconv.Itoa(t.Unwritten)+" "+t.First.String()+" "+t.Last.String())
	}
	return s
}

// until says when a term runs out.
func until(t member.Term, today clock.Date) string {
	said := ""
	switch {
	case t.First.IsZero():
		return "没有写"
	case t.First != t.Last:
		said = t.First.Long() + "到" + t.Last.Long() + "，不一样"
	case t.Last.Before(today):
		said = t.Last.Long() + "，已经届满"
	default:
		said = t.Last.Long()
	}
	if t.Unwritten > 0 {
		said += "；" + view.N(t.Unwritten, "位") + "没有写"
	}
	return said
}

func (d *Pages) showTerms(c *fiber.Ctx) error {
	v := termsView{Term: c.Query("term")}
	if n, err := strconv.Atoi(c.Query("said")); err == nil && n > 0 {
		v.Said = view.Banner{Kind: view.Done, Title: "届满日已经写下，" + view.N(n, "位") + "。", Text: "过了那一天，账号自动关上；以前提过的照样办，办公室照样看得到。写错了的，再写一次。"}
	}
	return d.termsPage(c, v)
}

func (d *Pages) undoneTerm(c *fiber.Ctx) error {
	return d.termsPage(c, termsView{Term: web.Form(c).Get("term"), End: endOf(web.Form(c))})
}

func (d *Pages) termsPage(c *fiber.Ctx, v termsView) (err error) {
	if v.Terms, err = d.roster.Terms(c.UserContext()); err != nil {
		return err
	}
	v.Frame, v.Today, v.Shown = d.Frame(c, "届满日", key), clock.On(d.Now()), shownTerms(v.Terms).String()
	if v.Frame.HasErrors = v.End.Errors.Wrong(); len(v.End.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, termsPage(v))
}

func (d *Pages) submitTerm(c *fiber.Ctx) error {
	typed := web.Form(c)
	v := termsView{Term: typed.Get("term"), End: endOf(typed)}
	v.End.How = runsOut
	all, err := d.roster.Terms(c.UserContext())
	if err != nil {
		return err
	}
	n, err := d.runOut(c, v, all, typed.Get(web.ShownField))
	v.End.Errors = view.ErrorsOf(err)
	switch {
	case err == nil:
		return web.SeeOther(c, "/members/terms?said="+strconv.FormatInt(n, 10))
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		v.Said = view.Banner{Kind: view.Warn, Title: "没有写：名册刚才有人改过，和您看到的不一样了。", Text: "上面是现在的样子，您写的还在下面。请看过再按。"}
	case len(v.End.Errors) == 0:
		return err
	}
	return d.termsPage(c, v)
}

// runOut writes the last day of the term that was chosen, as the page showed it.
func (d *Pages) runOut(c *fiber.Ctx, v termsView, all []member.Term, shown string) (int64, error) {
	end, err := v.End.read(clock.On(d.Now()))
	faults := fault.FieldsOf(err)
	for _, t := range all {
		if termKey(t) != v.Term {
			continue
		}
		if _, same := shownTerms(all).Changed(shown); !same {
			return 0, fault.New(fault.Conflict, "")
		}
		if len(faults) > 0 {
			return 0, fault.Fields(faults)
		}
		return d.roster.RunOut(c.UserContext(), desk.Person(c).ID, t, end)
	}
	return 0, fault.Fields(append([]fault.Field{{Name: "term", Sentence: "请选是哪一届"}}, faults...))
}
