package own

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
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
	Kept   *web.Carried // the form that the code leads back to
}

// Carried is what the page carries on: what it was made for, or was given itself.
func (v trackView) carried() view.Carried {
	if v.Kept == nil {
		return view.Carried{}
	}
	return view.Carried(*v.Kept)
}

// undoneTrack asks again where the form was not acted on; the code is typed anew.
func (p *Pages) undoneTrack(c *fiber.Ctx) error {
	number, _ := form.ReadPair(web.Form(c).Get("number"))
	return p.track(c, trackView{Number: cmp.Or(number, form.Codeless(web.Form(c).Get("number")))})
}

// undoneLeave has nothing to do where nothing is open any more.
func (p *Pages) undoneLeave(c *fiber.Ctx) error {
	if _, ok := p.Visitor(c, site.UnlockCookie); !ok {
		return web.SeeOther(c, "/track")
	}
	return fault.New(fault.Conflict, "")
}

// showTrack has the number filled in where the address brings one, as that of a
// receipt's QR code does. Only a number: nothing else of an address is shown again.
func (p *Pages) showTrack(c *fiber.Ctx) error {
	number, _ := form.ParseNumber(c.Query("number"))
	return p.track(c, trackView{Number: number})
}

func (p *Pages) track(c *fiber.Ctx, v trackView) error {
	v.Frame = p.Frame(c, "查询进度", "track")
	v.Frame.HasErrors = len(v.Errors) > 0
	v.Frame.NoIndex = v.Number != ""
	if sent, ok := web.GoesOn(c); ok && v.Kept == nil {
		v.Kept = &sent
	}
	v.Frame.Undone = v.Frame.Undone && v.Kept == nil
	return view.Show(c, trackPage(v))
}

// submitTrack opens one matter until it is not used for half an hour. The code is in the body of
// this one request: never in an address, a log or a letter.
func (p *Pages) submitTrack(c *fiber.Ctx) error {
	typed := web.Form(c)
	number, code, errs := pair(typed.Get("number"), typed.Get("query_code"))
	page := trackView{Number: cmp.Or(number, form.Codeless(typed.Get("number")))}
	if len(errs) > 0 {
		page.Errors = errs
		c.Status(fiber.StatusUnprocessableEntity)
		return p.track(c, page)
	}
	secret, err := key.NewSecret(p.Random)
	if err != nil {
		return err
	}
	err = p.Complaints.Unlock(c.UserContext(), number, code, secret, p.guess(c, number))
	if fault.Is(err, fault.NotFound) {
		err = p.guessed(c, err)
	}
	if err != nil {
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
	p.Cookies().Set(c, site.UnlockCookie, secret.Cookie(), complaint.UnlockCookieLife)
	if sent, ok := web.GoesOn(c); ok {
		return web.GoOn(c, sent)
	}
	return web.SeeOther(c, ownPath)
}

// pair reads number and code, each from its own box or both from either: a receipt is
// copied as one text. What cannot be a number or a code of ours is no guess and tells a
// guesser nothing, since anybody can work that out; it is said and not counted.
func pair(inNumber, inCode string) (number, code string, errs view.Errors) {
	number, code = form.ReadPair(inNumber)
	n, k := form.ReadPair(inCode)
	whole, _ := form.ParseCode(inCode) // in groups of whatever length
	number, code = cmp.Or(number, n), cmp.Or(whole, k, code)
	switch {
	case number != "":
	case form.Line(inNumber) == "":
		errs = append(errs, fault.Field{Name: "number", Sentence: "请写投诉编号，在回执上，JX 开头"})
	default:
		errs = append(errs, fault.Field{Name: "number", Sentence: "这不是我们的投诉编号，没有去查，也不算试错。编号是 JX 加 13 位数字，有一位写错就对不上，请照回执检查"})
	}
	switch {
	case code != "":
	case form.Line(inCode) == "":
		errs = append(errs, fault.Field{Name: "query_code", Sentence: "请写查询码，在回执下半张，16 位"})
	default:
		errs = append(errs, fault.Field{Name: "query_code", Sentence: "查询码不是这个样子的，没有去查，也不算试错。查询码是 16 位字母和数字，没有数字 0 和 1，也没有字母 O 和 I，例如 ABCD-EFGH-2345-6789，请照回执检查"})
	}
	return number, code, errs
}

// guess is what the database counts: who guesses, and at which number.
func (p *Pages) guess(c *fiber.Ctx, number string) []byte {
	return p.Key.Codes().MAC("attempt:" + web.Network(web.Address(c)).String() + ":" + number)
}

// leaveTrack ends that early: the next person at this computer sees nothing.
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
