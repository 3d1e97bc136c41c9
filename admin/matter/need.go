package matter

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/extension"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// style is how forms look on the desk: close together, since several stand on a page.
var style = ask.Style{Rows: 4, Tall: 8}

// needs are the fields of a move, filled with what was typed, now or earlier, or
// with what is known already.
func (p Pages[M]) needs(c *fiber.Ctx, of M, m workflow.Move, w desk.Written) (ask.Fields, error) {
	base := of.Base()
	known := extension.Known(base.TimeAsked, m.Action)
	if p.Face.Known != nil && known == nil {
		known = p.Face.Known(of, m.Action)
	}
	if p.Kind().Requests && known == nil {
		known = request.Known(base.Offered, m)
	}
	typed, errs := w.Into(m.Action, known)
	var hint func(workflow.Need) string
	if p.Face.Hint != nil {
		hint = func(n workflow.Need) string { return p.Face.Hint(of, n) }
	}
	var suggested map[string]view.Suggestions
	if p.Face.Suggest != nil {
		var err error
		if suggested, err = p.Face.Suggest(c, of, m.Action); err != nil {
			return nil, err
		}
	}
	blocks, err := p.blocks(c, base, m, typed)
	if err != nil {
		return nil, err
	}
	return style.Fields(c.UserContext(), ask.Form{
		Under:     blocks,
		Suggested: suggested,
		Hint:      hint,
		Move:      m, Matter: &base.Matter, Typed: typed, Errors: errs,
		Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
			return p.Register().Choices(ctx, n, base)
		},
	})
}
