package portal

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// trackView is the page that asks for number and code.
type trackView struct {
	Frame  view.PortalFrame
	Errors view.Errors
	Notice string
	Number string
}

func (s *Site) showTrack(c *fiber.Ctx) error {
	return s.track(c, trackView{})
}

func (s *Site) track(c *fiber.Ctx, v trackView) error {
	v.Frame = s.frame(c, "查询进度", "track")
	v.Frame.HasErrors = len(v.Errors) > 0
	return view.Show(c, trackPage(v))
}

// submitTrack opens one matter for half an hour. The code is in the body of
// this one request: never in an address, a log or a letter.
func (s *Site) submitTrack(c *fiber.Ctx) error {
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
		return s.track(c, page)
	}
	if !numberOK || !codeOK { // an impossible pair is as wrong as any other
		number, code = "", ""
	}
	secret, err := s.newVisitor(c, unlockCookie, complaint.UnlockLife)
	if err != nil {
		return err
	}
	err = s.Complaints.Unlock(c.UserContext(), number, code, secret, s.guess(c, typed.Get("number")))
	if fault.Is(err, fault.NotFound) {
		err = s.guessed(c, err)
	}
	if err != nil {
		s.app.Cookies().Clear(c, unlockCookie)
		if fault.SentenceOf(err) == "" {
			return err
		}
		web.Refuse(c, err)
		if fault.Is(err, fault.TooMany) { // nothing on the page can be mended
			page.Notice = fault.SentenceOf(err)
			return s.track(c, page)
		}
		page.Errors = view.Errors{{Name: "number", Sentence: fault.SentenceOf(err)}}
		return s.track(c, page)
	}
	return seeOther(c, ownPath)
}

// guess is what the database counts: who guesses, and at what was typed. Were
// all that cannot be a number counted as one, five people who mistype would
// shut the sixth behind their address out.
func (s *Site) guess(c *fiber.Ctx, number string) []byte {
	return s.Key.Codes().MAC("attempt:" + web.Network(web.Address(c)).String() + ":" + form.NumberTyped(number))
}

// leaveTrack ends the half hour early: the next person at this computer sees nothing.
func (s *Site) leaveTrack(c *fiber.Ctx) error {
	if secret, ok := s.visitor(c, unlockCookie); ok {
		if err := s.Complaints.Lock(c.UserContext(), secret); err != nil {
			return err
		}
	}
	s.app.Cookies().Clear(c, unlockCookie)
	return seeOther(c, "/track")
}
