package records

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// lawKeepers keep the table of laws, and the blocks of text that stand on it.
var lawKeepers = desk.Only(staff.Sysadmin, staff.Supervisor)

// lawsView is the table of laws.
type lawsView struct {
	Frame  desk.Frame
	Done   view.Banner
	Laws   []lawPart
	Change bool
	Sought string // the words that are looked for; empty: all of it is shown
}

type lawPart struct {
	*law.Law
	Stands   string // since when, and whether anybody looked
	Articles []lawLine
}

type lawLine struct {
	*law.Article
	Stands string
	Usual  string
}

// inForce says since when something is in force, by whom it was looked at, and who wrote it down.
func inForce(from, to clock.Date, confirmed bool, made law.Made) string {
	var days []string
	if !from.IsZero() {
		days = append(days, from.Long()+"起")
	}
	if !to.IsZero() {
		days = append(days, "到"+to.Long()+"为止")
	}
	looked := "未核对"
	if confirmed {
		looked = "已核对"
	}
	said := strings.Join(append(days, looked), "，")
	if made.At != nil {
		said += "；" + made.By + " " + clock.On(*made.At).Long() + "写下：" + made.Reason
	}
	return said
}

func (d *Pages) showLaws(c *fiber.Ctx) error {
	table, err := law.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	v := lawsView{Frame: d.Frame(c, "法律依据", "laws"), Change: d.Reaches(desk.Person(c).Role, "laws/law")}
	if c.Query("done") != "" {
		v.Done = view.Banner{Kind: view.Done, Title: "已经记下", Text: "写答复、起草文书时，一分钟以内按新的单子选。已经写好的不变。"}
	}
	if v.Sought = form.Line(c.Query("find")); v.Sought != "" {
		table = table.Search(v.Sought)
	}
	for _, l := range table.Laws {
		part := lawPart{Law: l, Stands: inForce(l.ValidFrom, l.ValidTo, l.Confirmed, l.Made)}
		for _, a := range table.Articles {
			if a.Law == l {
				line := lawLine{Article: a, Stands: inForce(a.ValidFrom, a.ValidTo, a.Confirmed, a.Made)}
				for _, code := range a.Categories {
					line.Usual += code + " "
				}
				part.Articles = append(part.Articles, line)
			}
		}
		v.Laws = append(v.Laws, part)
	}
	return view.Show(c, lawsPage(v))
}

// lawForm is the form of a law, or of an article.
type lawForm struct {
	Frame    desk.Frame
	Title    string
	Path     string
	Shown    string
	Of       string // of an article: what its law is called
	Known    bool   // there is one already: another version of it is written
	Change   law.Change
	From, To form.DateBoxes
	Errors   view.Errors
	Notice   view.Banner
	Choices  []view.Option // of categories
}

// lawDays are the days of the forms; neither has to be written.
var lawDays = []workflow.Need{
	{Name: "from", Label: "哪一天起施行", Kind: workflow.AskDate, Optional: true},
	{Name: "to", Label: "到哪一天为止", Kind: workflow.AskDate, Optional: true},
}

// typedLaw is what a form says.
func (d *Pages) typedLaw(c *fiber.Ctx) (law.Change, workflow.Answers, []fault.Field) {
	typed := web.Form(c)
	a := workflow.Answers(typed.Map())
	change := law.Change{
		Code: typed.Get("code"), Of: typed.Get("law"), Name: form.Line(typed.Get("name")), Short: form.Line(typed.Get("short")), Issued: form.Line(typed.Get("issued")),
		Number: form.Line(typed.Get("number")), Subject: form.Line(typed.Get("subject")), Categories: a.Chosen("categories"), Outcomes: a.Chosen("outcomes"),
		Confirmed: typed.Get("confirmed") == "yes", Reason: form.Text(typed.Get("reason")), By: desk.Person(c).ID,
	}
	change.ValidFrom, change.ValidTo = a.Date(lawDays[0], d.Now()), a.Date(lawDays[1], d.Now())
	return change, a, (workflow.Move{Needs: lawDays}).Faults(a, d.Now())
}

// known is what stands of the law or article that a form is about; not found where the
// address names one that there is not.
func (f *lawForm) known(table law.Table, article bool, code, of string) error {
	shown, version := web.NewShown(""), 0
	if !article {
		f.Title, f.Path = "加一部法律", "/laws/law"
		if l := table.Law(code); l != nil {
			f.Title, f.Known, version = "改"+l.Title(), true, l.Version
			f.Change = law.Change{Code: l.Code, Name: l.Name, Short: l.Short, Issued: l.Issued, ValidFrom: l.ValidFrom, ValidTo: l.ValidTo, Confirmed: l.Confirmed}
		}
	} else {
		f.Title, f.Path = "加一条", "/laws/article"
		if a := table.Articles.ByCode(code); a != nil {
			of, f.Title, f.Known, version = a.Law.Code, "改"+a.Words(), true, a.Version
			f.Change = law.Change{Code: a.Code, Number: a.Number, Subject: a.Subject, Categories: a.Categories, Outcomes: a.Outcomes, ValidFrom: a.ValidFrom, ValidTo: a.ValidTo, Confirmed: a.Confirmed}
		}
		l := table.Law(of)
		if l == nil {
			return fault.New(fault.NotFound, "")
		}
		f.Of, f.Change.Of = l.Title(), l.Code
	}
	if code != "" && !f.Known {
		return fault.New(fault.NotFound, "")
	}
	shown.Add("版本", strconv.Itoa(version))
	f.Shown = shown.String()
	return nil
}

func boxes(d clock.Date) form.DateBoxes {
	if d.IsZero() {
		return form.DateBoxes{}
	}
	return form.DateBoxes{Year: strconv.Itoa(d.Year), Month: strconv.Itoa(int(d.Month)), Day: strconv.Itoa(d.Day)}
}

func (d *Pages) showLaw(article bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return d.lawPage(c, article, c.Query("code"), c.Query("law"), nil)
	}
}

// lawPage shows a form as it stands, or as refill leaves it.
func (d *Pages) lawPage(c *fiber.Ctx, article bool, code, of string, refill func(*lawForm)) error {
	table, err := law.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	var f lawForm
	if err := f.known(table, article, code, of); err != nil {
		return err
	}
	all, err := d.Office.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, one := range all {
		f.Choices = append(f.Choices, view.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group})
	}
	f.From, f.To = boxes(f.Change.ValidFrom), boxes(f.Change.ValidTo)
	if refill != nil {
		refill(&f)
	}
	f.Frame = d.Frame(c, f.Title, "laws")
	if f.Frame.HasErrors = f.Errors.Wrong(); len(f.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, lawFormPage(f))
}

// submitLaw adds a version. A page that showed another one is shown what stands now.
func (d *Pages) submitLaw(article bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		change, a, wrong := d.typedLaw(c)
		table, err := law.Read(c.UserContext(), d.Office.Pool)
		if err != nil {
			return err
		}
		var now lawForm
		if err := now.known(table, article, change.Code, change.Of); err != nil {
			return err
		}
		if now.Shown != web.Form(c).Get(web.ShownField) {
			return d.lawChanged(c, article, change, a)
		}
		keep, act := table.KeepLaw, "keep_law"
		if article {
			keep, act = table.KeepArticle, "keep_article"
		}
		if len(wrong) > 0 {
			return d.lawAgain(c, article, change, a, append(table.Faults(change, article), wrong...), view.Banner{})
		}
		err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: act, By: change.By}, func(tx pgx.Tx) error {
			_, err := keep(c.UserContext(), tx, change, d.Now())
			return err
		})
		switch found := fault.FieldsOf(err); {
		case len(found) > 0:
			return d.lawAgain(c, article, change, a, found, view.Banner{})
		case fault.Is(err, fault.Conflict):
			return d.lawChanged(c, article, change, a)
		case err != nil:
			return err
		}
		d.Office.Laws.Forget()
		d.Log.InfoContext(c.UserContext(), "table of laws changed", "staff", change.By)
		return web.SeeOther(c, "/laws?done=1")
	}
}

func (d *Pages) lawChanged(c *fiber.Ctx, article bool, change law.Change, a workflow.Answers) error {
	c.Status(fiber.StatusConflict)
	return d.lawAgain(c, article, change, a, nil, view.Banner{Kind: view.Warn, Title: "没有记下：您打开这一页以后，有人改过这一条", Text: "您填的在下面。请先到“法律依据”看现在写的，要照您填的改，再按一次。"})
}

func (d *Pages) lawAgain(c *fiber.Ctx, article bool, change law.Change, a workflow.Answers, wrong view.Errors, notice view.Banner) error {
	return d.lawPage(c, article, change.Code, change.Of, func(f *lawForm) {
		of := f.Change.Of
		if f.Known && article {
			change.Number = f.Change.Number
		}
		f.Change, f.Errors, f.Notice = change, wrong, notice
		f.Change.Of, f.From, f.To = of, a.DateBoxes("from"), a.DateBoxes("to")
	})
}

func (d *Pages) undoneLaw(article bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		change, a, _ := d.typedLaw(c)
		return d.lawAgain(c, article, change, a, nil, view.Banner{})
	}
}

// lawOutcomes are the decisions of which an article may be a usual basis.
var lawOutcomes = func() (out []view.Option) {
	for _, o := range complaint.Decisions {
		out = append(out, view.Option{Value: o.Value, Label: o.Label})
	}
	return out
}()

var lawTable = view.Table{Stack: true, Columns: []view.Column{{Label: "条款"}, {Label: "管什么"}, {Label: "常用于"}, {Label: "效力和来历"}}}

func lawCaption(title string) view.Table {
	t := lawTable
	t.Caption = title + "的条款"
	return t
}
