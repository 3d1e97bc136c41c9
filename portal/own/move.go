package own

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

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

// moveForm draws the token that makes one sending of a form happen once.
func (p *Pages) moveForm(csrf, number string, m workflow.Move) (*moveForm, error) {
	token, err := p.NewToken()
	if err != nil {
		return nil, err
	}
	return &moveForm{CSRF: csrf, Token: site.TokenField(token), Number: number, Move: m}, nil
}

// showOwnMove asks for what a move needs.
func (p *Pages) showOwnMove(c *fiber.Ctx) error {
	return p.askOwnMove(c, nil, nil)
}

func (p *Pages) askOwnMove(c *fiber.Ctx, typed workflow.Answers, errs view.Errors) error {
	own, _, err := p.own(c)
	if fault.Is(err, fault.Expired) {
		return site.SeeOther(c, "/track")
	}
	if err != nil {
		return err
	}
	for _, choice := range complaint.Law.Choices(&own.Matter, site.Complainant, p.Now()) {
		if string(choice.Action) != c.Params("action") || choice.Hidden {
			continue
		}
		frame := p.Frame(c, choice.Label, "track")
		frame.NoIndex, frame.HasErrors = true, len(errs) > 0
		f, err := p.moveForm(frame.CSRF, own.Matter.Number, choice.Move)
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
func (p *Pages) submitOwnMove(c *fiber.Ctx) error {
	secret, ok := p.Visitor(c, site.UnlockCookie)
	number, okNumber := ownNumber(c)
	if !ok || !okNumber {
		return fault.New(fault.Expired, "看的时间到了，这一步没有办。请重新输入编号和查询码；您写的内容，按返回还在。")
	}
	typed := web.Form(c)
	token, ok := site.Token(typed)
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
	return site.SeeOther(c, ownPath+"?done="+string(done.Action))
}

// id is that of a field on the page: fields of several moves may stand on one.
func (f *moveForm) id(name string) string { return string(f.Move.Action) + "-" + name }

// faults are what is wrong, each by the id of the field to which it leads.
func (f *moveForm) faults() view.Errors {
	var out view.Errors
	for _, e := range f.Errors {
		out = append(out, fault.Field{Name: f.id(e.Name), Sentence: e.Sentence})
	}
	return out
}

// weight is how heavy a move's button is.
func weight(m workflow.Move) view.ButtonKind {
	if m.Hard {
		return view.Hard
	}
	return view.Go
}
