package records

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/outside"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// bodyReaders are who hands on to other bodies, and who keeps the directory of them.
var bodyReaders = desk.Only(staff.Registrar, staff.Supervisor, staff.Leader, staff.DisciplineOfficer, staff.Auditor, staff.Sysadmin)

// bodiesView is the directory of other bodies.
type bodiesView struct {
	Frame  desk.Frame
	Done   view.Banner
	Bodies []bodyLine
	Change bool
}

type bodyLine struct {
	*outside.Body
	Usual  string // of which categories
	Stands string // since when, and whether anybody asked
}

func (d *Pages) showBodies(c *fiber.Ctx) error {
	all, err := outside.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	v := bodiesView{Frame: d.Frame(c, "其他机关", "bodies"), Change: d.Reaches(desk.Person(c).Role, "bodies/body")}
	if c.Query("done") != "" {
		v.Done = view.Banner{Kind: view.Done, Title: "已经记下", Text: "转送、告知途径时按新的选。已经转送、告知的不变。"}
	}
	today := clock.On(d.Now())
	for _, b := range all {
		line := bodyLine{Body: b, Usual: strings.Join(b.Categories, " "), Stands: inForce(b.ValidFrom, b.ValidTo, b.Confirmed, law.Made{By: b.By, At: b.At, Reason: b.Reason})}
		if !b.In(today) {
			line.Stands = "今天不能选；" + line.Stands
		}
		v.Bodies = append(v.Bodies, line)
	}
	return view.Show(c, bodiesPage(v))
}

// bodyForm is the form of one.
type bodyForm struct {
	Frame    desk.Frame
	Title    string
	Shown    string
	Change   outside.Change
	From, To form.DateBoxes
	Errors   view.Errors
	Notice   view.Banner
	Choices  []view.Option // of categories
}

// bodyDays are the days of the form; neither has to be written.
var bodyDays = []workflow.Need{
	{Name: "from", Label: "从哪一天起", Kind: workflow.AskDate, Optional: true},
	{Name: "to", Label: "到哪一天为止", Kind: workflow.AskDate, Optional: true},
}

func (d *Pages) typedBody(c *fiber.Ctx) (outside.Change, workflow.Answers, []fault.Field) {
	typed := web.Form(c)
	a := workflow.Answers(typed.Map())
	return outside.Change{
		Code: typed.Get("code"), Name: form.Line(typed.Get("name")), Alias: form.Text(typed.Get("alias")), Purpose: form.Line(typed.Get("purpose")), Categories: a.Chosen("categories"),
		Contact: form.Line(typed.Get("contact")), ValidFrom: a.Date(bodyDays[0], d.Now()), ValidTo: a.Date(bodyDays[1], d.Now()),
		Confirmed: typed.Get("confirmed") == "yes", Reason: form.Text(typed.Get("reason")), By: desk.Person(c).ID,
	}, a, (workflow.Move{Needs: bodyDays}).Faults(a, d.Now())
}

// known is the form of a body as it stands; not found where there is none of the code.
func (f *bodyForm) known(all outside.List, code string) error {
	shown, version := web.NewShown(""), 0
	f.Title = "加一个机关"
	if b := all.ByCode(code); b != nil {
		f.Title, version = "改"+b.Name, b.Version
		f.Change = outside.Change{Code: b.Code, Name: b.Name, Alias: strings.Join(b.Alias, "\n"), Purpose: b.Purpose, Categories: b.Categories, Contact: b.Contact,
			ValidFrom: b.ValidFrom, ValidTo: b.ValidTo, Confirmed: b.Confirmed}
	} else if code != "" {
		return fault.New(fault.NotFound, "")
	}
	shown.Add("版本", strconv.Itoa(version))
	f.Shown = shown.String()
	return nil
}

func (d *Pages) showBody(c *fiber.Ctx) error { return d.bodyPage(c, c.Query("code"), nil) }

func (d *Pages) bodyPage(c *fiber.Ctx, code string, refill func(*bodyForm)) error {
	all, err := outside.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	var f bodyForm
	if err := f.known(all, code); err != nil {
		return err
	}
	categories, err := d.Office.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, one := range categories {
		f.Choices = append(f.Choices, view.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group})
	}
	f.From, f.To = boxes(f.Change.ValidFrom), boxes(f.Change.ValidTo)
	if refill != nil {
		refill(&f)
	}
	f.Frame = d.Frame(c, f.Title, "bodies")
	if f.Frame.HasErrors = f.Errors.Wrong(); len(f.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, bodyPage(f))
}

// submitBody adds a version. A page that showed another one is shown what stands now.
func (d *Pages) submitBody(c *fiber.Ctx) error {
	change, a, wrong := d.typedBody(c)
	all, err := outside.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	var now bodyForm
	if err := now.known(all, change.Code); err != nil {
		return err
	}
	if now.Shown != web.Form(c).Get(web.ShownField) {
		return d.bodyChanged(c, change, a)
	}
	if len(wrong) > 0 {
		return d.bodyAgain(c, change, a, append(all.Faults(change), wrong...), view.Banner{})
	}
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "keep_body", By: change.By}, func(tx pgx.Tx) error {
		return all.Keep(c.UserContext(), tx, change, d.Now())
	})
	switch found := fault.FieldsOf(err); {
	case len(found) > 0:
		return d.bodyAgain(c, change, a, found, view.Banner{})
	case fault.Is(err, fault.Conflict):
		return d.bodyChanged(c, change, a)
	case err != nil:
		return err
	}
	d.Log.InfoContext(c.UserContext(), "directory of bodies outside changed", "staff", change.By)
	return web.SeeOther(c, "/bodies?done=1")
}

func (d *Pages) bodyChanged(c *fiber.Ctx, change outside.Change, a workflow.Answers) error {
	c.Status(fiber.StatusConflict)
	return d.bodyAgain(c, change, a, nil, view.Banner{Kind: view.Warn, Title: "没有记下：您打开这一页以后，有人改过", Text: "您填的在下面。请先到“其他机关”看现在写的，要照您填的改，再按一次。"})
}

func (d *Pages) bodyAgain(c *fiber.Ctx, change outside.Change, a workflow.Answers, wrong view.Errors, notice view.Banner) error {
	return d.bodyPage(c, change.Code, func(f *bodyForm) {
		f.Change, f.Errors, f.Notice = change, wrong, notice
		f.From, f.To = a.DateBoxes("from"), a.DateBoxes("to")
	})
}

func (d *Pages) undoneBody(c *fiber.Ctx) error {
	change, a, _ := d.typedBody(c)
	return d.bodyAgain(c, change, a, nil, view.Banner{})
}
