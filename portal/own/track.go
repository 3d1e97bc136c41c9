package own

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// trackView is the page that asks for number and code.
type trackView struct {
	Frame  site.Frame
	Errors view.Errors
	Notice string
	Number string
}

func (p *Pages) showTrack(c *fiber.Ctx) error {
	return p.track(c, trackView{})
}

func (p *Pages) track(c *fiber.Ctx, v trackView) error {
	v.Frame = p.Frame(c, "查询进度", "track")
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, trackPage(v))
}

// submitTrack opens one matter for half an hour. The code is in the body of
// this one request: never in an address, a log or a letter.
func (p *Pages) submitTrack(c *fiber.Ctx) error {
	typed := web.Form(c)
	page := trackView{Number: typed.Get("number")}
	number, numberOK := form.ParseNumber(typed.Get("number"))
	code, codeOK := form.ParseCode(typed.Get("query_code"))
	switch {
	case strings.TrimSpace(typed.Get("number")) == "":
		page.Errors = append(page.Errors, fault.Field{Name: "number", Sentence: "请写投诉编号，在回执上，JX 开头"})
	case strings.TrimSpace(typed.Get("query_code")) == "":
		page.Errors = append(page.Errors, fault.Field{Name: "query_code", Sentence: "请写查询码，在回执下半张，16 位"})
	}
	if len(page.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.track(c, page)
	}
	if !numberOK || !codeOK { // an impossible pair is as wrong as any other
		number, code = "", ""
	}
	secret, err := p.NewVisitor(c, site.UnlockCookie, complaint.UnlockLife)
	if err != nil {
		return err
	}
	err = p.Complaints.Unlock(c.UserContext(), number, code, secret, p.guess(c, typed.Get("number")))
	if fault.Is(err, fault.NotFound) {
		err = p.guessed(c, err)
	}
	if err != nil {
		p.Cookies().Clear(c, site.UnlockCookie)
		if fault.SentenceOf(err) == "" {
			return err
		}
		web.Refuse(c, err)
		if fault.Is(err, fault.TooMany) { // nothing on the page can be mended
			page.Notice = fault.SentenceOf(err)
			return p.track(c, page)
		}
		page.Errors = view.Errors{{Name: "number", Sentence: fault.SentenceOf(err)}}
		return p.track(c, page)
	}
	return web.SeeOther(c, ownPath)
}

// guess is what the database counts: who guesses, and at what was typed. Were
// all that cannot be a number counted as one, five people who mistype would
// shut the sixth behind their address out.
func (p *Pages) guess(c *fiber.Ctx, number string) []byte {
	return p.Key.Codes().MAC("attempt:" + web.Network(web.Address(c)).String() + ":" + form.NumberTyped(number))
}

// leaveTrack ends the half hour early: the next person at this computer sees nothing.
func (p *Pages) leaveTrack(c *fiber.Ctx) error {
	if secret, ok := p.Visitor(c, site.UnlockCookie); ok {
		if err := p.Complaints.Lock(c.UserContext(), secret); err != nil {
			return err
		}
	}
	p.Cookies().Clear(c, site.UnlockCookie)
	return web.SeeOther(c, "/track")
}

// guessed bounds what one address may guess at all numbers together. Only a
// wrong pair is counted and only a wrong pair is asked to wait: a right one
// opens whatever the neighbours did, or one guesser could shut a village out. That
// helps no guesser. At one number the database stops them after five, and over
// all numbers 80 random bits are not found by asking faster.
func (p *Pages) guessed(c *fiber.Ctx, wrong error) error {
	after := p.guesses.Take(web.Address(c))
	if after == 0 {
		return wrong
	}
	return fault.Later(after, "编号和查询码对不上。您所在的网络这一会儿试错的次数太多，请核对以后，等 %d 分钟再试。", fault.Minutes(after))
}
