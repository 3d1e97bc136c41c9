package own

import (
	"cmp"

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
	number, code, errs := site.ReadPair(typed.Get("number"), typed.Get("query_code"))
	page := trackView{Number: cmp.Or(number, form.Codeless(typed.Get("number")))}
	if len(errs) > 0 {
		page.Errors = errs
		c.Status(fiber.StatusUnprocessableEntity)
		return p.track(c, page)
	}
	secret, err := p.Prove(c, number, code)
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

// turnTrack leads to another of the complaints that one was split into: one code is for all.
func (p *Pages) turnTrack(c *fiber.Ctx) error {
	number, ok := form.ParseNumber(web.Form(c).Get("number"))
	secret, open := p.Visitor(c, site.UnlockCookie)
	if !ok || !open {
		return web.SeeOther(c, "/track")
	}
	switch err := p.Complaints.Turn(c.UserContext(), secret, number); {
	case fault.Is(err, fault.Expired):
		c.Status(fiber.StatusUnauthorized)
		return p.track(c, trackView{Number: number, Notice: fault.SentenceOf(err)})
	case err != nil:
		return err
	}
	return web.SeeOther(c, ownPath)
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
