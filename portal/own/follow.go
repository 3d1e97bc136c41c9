package own

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// followView is what a deputy asks, and what may be said to it.
type followView struct {
	complaint.FollowAsk
	Title string
	Ways  []followWay
}

// key tells it from the others on the page.
func (f followView) key() string { return strconv.FormatInt(f.Asked, 10) }

// followWay is one answer: a form of its own, and the button that sends it.
type followWay struct {
	CSRF, Token, Number, Asked string
	Button                     view.Button
}

// follows are the questions of deputies that stand, with what each would see.
func (p *Pages) follows(c *fiber.Ctx, own *complaint.Own, v *ownView) (err error) {
	for _, f := range own.Follows {
		shown := followView{FollowAsk: f, Title: f.Who + "想跟进您这件投诉"}
		actions := []workflow.Action{complaint.AllowFollow, complaint.RefuseFollow}
		switch {
		case f.Allowed():
			shown.Title, actions = "您同意了"+f.Who+"跟进", []workflow.Action{complaint.EndFollow}
		case f.Refused():
			shown.Title, actions = "您没有同意"+f.Who+"跟进", actions[:1]
		}
		for _, action := range actions {
			token, err := p.NewToken()
			if err != nil {
				return err
			}
			shown.Ways = append(shown.Ways, followWay{
				CSRF: web.CSRF(c), Token: token.String(), Number: own.Matter.Number, Asked: shown.key(),
				Button: view.Button{Label: complaint.Law.Label(action), Kind: view.Quiet, Action: string(action)},
			})
		}
		v.Follows = append(v.Follows, shown)
	}
	if len(v.Follows) > 0 {
		v.Shown, err = p.Followed(c.UserContext(), own.AsFollowed())
	}
	return err
}
