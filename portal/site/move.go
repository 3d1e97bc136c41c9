package site

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/ask"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// MoveStyle is how the forms of moves look on the portal: wide, with choices that a thumb
// hits.
var MoveStyle = ask.Style{Rows: 5, Tiles: true}

// MoveForm is a move with what it asks for, in the order of the move table.
type MoveForm struct {
	URL    string
	CSRF   string
	Token  string
	Move   workflow.Move
	Hidden [][2]string // fields that say what it is filled in over
	Fields ask.Fields
	Errors view.Errors // as the summary lists them
}

// MovePage is the page of one.
type MovePage struct {
	Frame Frame
	Form  *MoveForm
	Title string      // of the matter
	Back  view.Ref    // the page of the matter
	Leave string      // the button that leads back there
	Said  view.Banner // why it was not done yet
	Asked string      // what was asked for
}

// Asking is what a form asks, of which matter, with what was typed into it, which may be
// nothing, and what is wrong with that.
type Asking struct {
	Of      *register.Register
	Matter  *workflow.Matter
	Move    workflow.Move
	Typed   workflow.Answers
	Errors  view.Errors
	Offered map[string][]workflow.Option // by need, what the matter itself has to choose from
}

// MoveForm is the form of a move. Its token makes one sending happen once; a form that is
// corrected keeps its own.
func (s *Site) MoveForm(c *fiber.Ctx, a Asking) (*MoveForm, error) {
	token, sent := web.Form(c).FormToken()
	if !sent {
		var err error
		if token, err = s.NewToken(); err != nil {
			return nil, err
		}
	}
	fields, err := MoveStyle.Fields(c.UserContext(), ask.Form{
		Move: a.Move, Matter: a.Matter, Typed: a.Typed, Errors: a.Errors,
		Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
			return a.Of.Choices(ctx, n, &register.Dossier{Offered: a.Offered})
		},
	})
	if err != nil {
		return nil, err
	}
	f := &MoveForm{CSRF: web.CSRF(c), Token: token.String(), Move: a.Move, Fields: fields, Errors: fields.InOrder(ask.Faults(a.Move.Action, a.Errors))}
	for _, name := range []string{a.Move.Over, a.Move.Seen} {
		if name != "" {
			f.Hidden = append(f.Hidden, [2]string{name, a.Matter.Seen[name]})
		}
	}
	return f, nil
}

// weight is how heavy a move's button is.
func weight(m workflow.Move) view.ButtonKind {
	if m.Hard {
		return view.Hard
	}
	return view.Go
}
