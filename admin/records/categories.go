package records

import (
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"

	"zhengxin/admin/desk"
)

// categoriesView are the categories that a complaint may be of.
type categoriesView struct {
	Frame  desk.Frame
	Done   view.Banner
	Groups []categoryGroup
	Change bool
}

type categoryGroup struct {
	category.Group
	Lines []categoryLine
}

type categoryLine struct {
	category.Kept
	Stands string // since when, and whether anybody looked its basis up
}

func (d *Pages) showCategories(c *fiber.Ctx) error {
	today := clock.On(d.Now())
	book, err := category.ReadBook(c.UserContext(), d.Office.Pool, today)
	if err != nil {
		return err
	}
	v := categoriesView{Frame: d.Frame(c, "投诉类别", "categories"), Change: d.Reaches(desk.Person(c).Role, "categories/category")}
	if c.Query("done") != "" {
		v.Done = view.Banner{Kind: view.Done, Title: "已经记下", Text: "一分钟以内，公众门户和工作台都照新的选。已经归了类的投诉不变。"}
	}
	for _, g := range book.Groups {
		group := categoryGroup{Group: g}
		for _, k := range book.All {
			if k.GroupCode != g.Code {
				continue
			}
			line := categoryLine{k, inForce(k.ValidFrom, k.ValidTo, k.Confirmed, law.Made{By: k.By, At: k.At, Reason: k.Reason})}
			if !k.Current {
				line.Stands = "今天不能选；" + line.Stands
			}
			group.Lines = append(group.Lines, line)
		}
		v.Groups = append(v.Groups, group)
	}
	return view.Show(c, categoriesPage(v))
}

// categoryForm is the form of one.
type categoryForm struct {
	Frame  desk.Frame
	Title  string
	Shown  string
	Change category.Change
	To     form.DateBoxes
	Errors view.Errors
	Notice view.Banner
	Groups []view.Option // none where it has its own
}

// categoryDays is the last day on which it may be chosen; it need not be written.
var categoryDays = []workflow.Need{{Name: "to", Label: "选到哪一天为止", Kind: workflow.AskDate, Optional: true}}

func (d *Pages) typedCategory(c *fiber.Ctx) (category.Change, workflow.Answers, []fault.Field) {
	typed := web.Form(c)
	a := workflow.Answers(typed.Map())
	return category.Change{
		Code: typed.Get("code"), Group: typed.Get("group"), Title: form.Line(typed.Get("title")), Plain: form.Line(typed.Get("plain")), Description: form.Line(typed.Get("description")),
		Basis: form.Line(typed.Get("basis")), Confirmed: typed.Get("confirmed") == "yes", Evidence: form.Line(typed.Get("evidence")), WayOut: form.Line(typed.Get("way_out")),
		ValidTo: a.Date(categoryDays[0], d.Now()), Reason: form.Text(typed.Get("reason")), By: desk.Person(c).ID,
	}, a, (workflow.Move{Needs: categoryDays}).Faults(a, d.Now())
}

// known is the form of a category as it stands; not found where there is none of the code.
func (f *categoryForm) known(book category.Book, code string) error {
	shown, version := web.NewShown(""), 0
	f.Title = "加一类"
	if k := book.ByCode(code); k != nil {
		f.Title, version = "改“"+k.Title+"”", k.Version
		f.Change = category.Change{Code: k.Code, Group: k.GroupCode, Title: k.Title, Plain: k.Plain, Description: k.Description, Basis: k.Basis, Confirmed: k.Confirmed,
			Evidence: k.Evidence, WayOut: k.WayOut, ValidTo: k.ValidTo}
	} else if code != "" {
		return fault.New(fault.NotFound, "")
	} else {
		for _, g := range book.Groups {
			f.Groups = append(f.Groups, view.Option{Value: g.Code, Label: g.Code + " " + g.Title})
		}
	}
	shown.Add("版本", strconv.Itoa(version))
	f.Shown = shown.String()
	return nil
}

func (d *Pages) showCategory(c *fiber.Ctx) error { return d.categoryPage(c, c.Query("code"), nil) }

func (d *Pages) categoryPage(c *fiber.Ctx, code string, refill func(*categoryForm)) error {
	book, err := category.ReadBook(c.UserContext(), d.Office.Pool, clock.On(d.Now()))
	if err != nil {
		return err
	}
	var f categoryForm
	if err := f.known(book, code); err != nil {
		return err
	}
	f.To = boxes(f.Change.ValidTo)
	if refill != nil {
		refill(&f)
	}
	f.Frame = d.Frame(c, f.Title, "categories")
	if f.Frame.HasErrors = f.Errors.Wrong(); len(f.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, categoryPage(f))
}

// submitCategory adds a version. A page that showed another one is shown what stands now.
func (d *Pages) submitCategory(c *fiber.Ctx) error {
	change, a, wrong := d.typedCategory(c)
	today := clock.On(d.Now())
	book, err := category.ReadBook(c.UserContext(), d.Office.Pool, today)
	if err != nil {
		return err
	}
	var now categoryForm
	if err := now.known(book, change.Code); err != nil {
		return err
	}
	if now.Shown != web.Form(c).Get(web.ShownField) {
		return d.categoryChanged(c, change, a)
	}
	if len(wrong) > 0 {
		return d.categoryAgain(c, change, a, append(book.Faults(change, today), wrong...), view.Banner{})
	}
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "keep_category", By: change.By}, func(tx pgx.Tx) error {
		return book.Keep(c.UserContext(), tx, change, d.Now())
	})
	switch found := fault.FieldsOf(err); {
	case len(found) > 0:
		return d.categoryAgain(c, change, a, found, view.Banner{})
	case fault.Is(err, fault.Conflict):
		return d.categoryChanged(c, change, a)
	case err != nil:
		return err
	}
	d.Log.InfoContext(c.UserContext(), "category changed", "staff", change.By)
	return web.SeeOther(c, "/categories?done=1")
}

func (d *Pages) categoryChanged(c *fiber.Ctx, change category.Change, a workflow.Answers) error {
	c.Status(fiber.StatusConflict)
	return d.categoryAgain(c, change, a, nil, view.Banner{Kind: view.Warn, Title: "没有记下：您打开这一页以后，有人改过", Text: "您填的在下面。请先到“投诉类别”看现在写的，要照您填的改，再按一次。"})
}

func (d *Pages) categoryAgain(c *fiber.Ctx, change category.Change, a workflow.Answers, wrong view.Errors, notice view.Banner) error {
	return d.categoryPage(c, change.Code, func(f *categoryForm) {
		f.Change, f.Errors, f.Notice, f.To = change, wrong, notice, a.DateBoxes("to")
	})
}

func (d *Pages) undoneCategory(c *fiber.Ctx) error {
	change, a, _ := d.typedCategory(c)
	return d.categoryAgain(c, change, a, nil, view.Banner{})
}
