package own

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/ask"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// style is how forms look on the portal: wide, with choices that a thumb hits.
var style = ask.Style{Rows: 5, Tiles: true}

// moveForm is one move with what it asks for.
type moveForm struct {
	CSRF   string
	Token  string
	Number string
	Move   workflow.Move
	Fields ask.Fields
	Errors view.Errors // as the summary lists them
	Until  string
	Asked  string
}

// moveForm is the form of a move with what was typed into it, which may be nothing.
// Its token makes one sending happen once; a form that is corrected keeps its own.
func (p *Pages) moveForm(c *fiber.Ctx, own *complaint.Own, m workflow.Move, typed workflow.Answers, errs view.Errors) (*moveForm, error) {
	token, sent := web.Form(c).FormToken()
	if !sent {
		var err error
		if token, err = p.NewToken(); err != nil {
			return nil, err
		}
	}
	fields, err := style.Fields(c.UserContext(), ask.Form{
		Move: m, Matter: &own.Matter, Typed: typed, Errors: errs,
		Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
			return p.Complaints.Choices(ctx, n, nil)
		},
	})
	if err != nil {
		return nil, err
	}
	return &moveForm{CSRF: web.CSRF(c), Token: token.String(), Number: own.Matter.Number, Move: m, Fields: fields, Errors: ask.Faults(m.Action, errs)}, nil
}

// choices are what the complainant may do with their matter now.
func (p *Pages) choices(own *complaint.Own) []workflow.Choice {
	return p.Complaints.Kind.Law.Choices(&own.Matter, site.Complainant, p.Now())
}

// showOwnMove asks for what a move needs.
func (p *Pages) showOwnMove(c *fiber.Ctx) error {
	return p.askOwnMove(c, nil, nil)
}

func (p *Pages) askOwnMove(c *fiber.Ctx, typed workflow.Answers, errs view.Errors) error {
	own, _, err := p.own(c)
	if fault.Is(err, fault.Expired) {
		return web.SeeOther(c, "/track")
	}
	if err != nil {
		return err
	}
	for _, choice := range p.choices(own) {
		if string(choice.Action) != c.Params("action") || choice.Hidden {
			continue
		}
		frame := p.Frame(c, choice.Label, "track")
		frame.NoIndex, frame.HasErrors = true, len(errs) > 0
		f, err := p.moveForm(c, own, choice.Move, typed, errs)
		if err != nil {
			return err
		}
		if choice.Action == complaint.Supplement {
			f.Asked = asked(own)
		}
		return view.Show(c, ownMovePage(frame, own.Matter.Title, f))
	}
	return fault.New(fault.Conflict, "这一步现在不能办。请回到进度页看看现在到了哪一步。")
}

// submitOwnMove carries a move out and leads back to the page of the matter.
func (p *Pages) submitOwnMove(c *fiber.Ctx) error {
	secret, ok := p.Visitor(c, site.UnlockCookie)
	number, okNumber := ownNumber(c)
	if !ok || !okNumber {
		return fault.New(fault.Expired, "看的时间到了，这一步没有办。请重新输入编号和查询码；您写的内容，按返回还在。")
	}
	typed := web.Form(c)
	token, ok := typed.FormToken()
	if !ok {
		return fault.New(fault.Invalid, "这张表不完整，没有办。请返回上一页再交一次。")
	}
	action, answers := workflow.Action(c.Params("action")), workflow.Answers(typed.Map())
	done, err := p.Complaints.MoveOwn(c.UserContext(), secret, number, action, token, answers)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.askOwnMove(c, answers, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, ownPath+"?done="+string(done.Action))
}

// weight is how heavy a move's button is.
func weight(m workflow.Move) view.ButtonKind {
	if m.Hard {
		return view.Hard
	}
	return view.Go
}
