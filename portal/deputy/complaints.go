package deputy

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

const (
	complaintsPath = site.MemberComplaints
	openPath       = complaintsPath + "/open"
	putAwayPath    = complaintsPath + "/put-away"
)

// shelfView is the page of a deputy's own complaints.
type shelfView struct {
	Frame  site.Frame
	Who    string
	Done   string
	Notice string
	Errors view.Errors
	Number string // as it was typed
	Own    []shelvedView
}

// shelvedView is one of them.
type shelvedView struct {
	Title, Number string
	Status        view.StatusTag
	Has           string // who has it
	Owed          site.Owed
}

// done are what the page says after a form, by what its address says.
var done = map[string]string{"kept": "已经放进“我的投诉”。", "away": "已经从单子里拿掉。投诉照样办理，要看的时候用编号和查询码。"}

func (p *Pages) showComplaints(c *fiber.Ctx) error {
	return p.complaints(c, shelfView{Done: done[c.Query("done")]})
}

// undoneKeep shows the form again with the number; the code is typed anew.
func (p *Pages) undoneKeep(c *fiber.Ctx) error {
	return p.complaints(c, shelfView{Number: form.Codeless(web.Form(c).Get("number"))})
}

func (p *Pages) complaints(c *fiber.Ctx, v shelfView) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	shelf, err := complaint.ReadShelf(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v.Frame, v.Who = p.MemberFrame(c, "我的投诉", "complaints", shelf.Kind), shelf.Who()
	v.Frame.HasErrors = len(v.Errors) > 0
	for _, own := range shelf.Own {
		state := complaint.Law.State(own.State)
		one := shelvedView{Title: own.Title, Number: own.Number, Status: site.ListedAs(complaint.Law, own.State)}
		switch {
		case own.Hand != "":
			one.Has = "在" + own.Hand
		case !state.Ended():
			one.Has = cmp.Or(state.Doing, "在登记的办公室")
		}
		if one.Owed, err = p.Owed(c.UserContext(), complaint.Law, own.Clocks, p.Now()); err != nil {
			return err
		}
		v.Own = append(v.Own, one)
	}
	return view.Show(c, shelfPage(v))
}

// submitKeep puts a complaint among a deputy's own, by the proof that the page of
// tracking asks for: the same pair, counted together with the guesses there.
func (p *Pages) submitKeep(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	typed := web.Form(c)
	number, code, errs := site.ReadPair(typed.Get("number"), typed.Get("query_code"))
	v := shelfView{Errors: errs, Number: cmp.Or(number, form.Codeless(typed.Get("number")))}
	if len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.complaints(c, v)
	}
	err = p.keep(c, session, number, code)
	switch {
	case err == nil:
		return web.SeeOther(c, complaintsPath+"?done=kept")
	case fault.Is(err, fault.Expired):
		return p.orLogin(c, err)
	case fault.SentenceOf(err) == "":
		return err
	case fault.Is(err, fault.NotFound):
		v.Errors = view.Errors{{Name: "number", Sentence: fault.SentenceOf(err)}}
	default:
		v.Notice = fault.SentenceOf(err)
	}
	web.Refuse(c, err)
	return p.complaints(c, v)
}

// keep opens the complaint for as long as it takes to put it there.
func (p *Pages) keep(c *fiber.Ctx, session key.Secret, number, code string) error {
	secret, err := p.Prove(c, number, code)
	if err != nil {
		return err
	}
	kept := p.door.Keep(c.UserContext(), session, complaint.UnlockID(secret))
	return cmp.Or(kept, p.Complaints.Lock(c.UserContext(), secret))
}

// submitOpen opens one of them in this browser, as its query code does.
func (p *Pages) submitOpen(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	secret, err := key.NewSecret(p.Random)
	if err != nil {
		return err
	}
	number, _ := form.ParseNumber(web.Form(c).Get("number"))
	err = p.door.OpenOwn(c.UserContext(), session, number, complaint.UnlockID(secret))
	if fault.Is(err, fault.NotFound) {
		web.Refuse(c, err)
		return p.complaints(c, shelfView{Notice: "这一件不在您的单子里，没有打开。"})
	}
	if err != nil {
		return p.orLogin(c, err)
	}
	p.Cookies().Set(c, site.UnlockCookie, secret.Cookie(), complaint.UnlockCookieLife)
	return web.SeeOther(c, "/complaints/mine")
}

func (p *Pages) submitPutAway(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	number, _ := form.ParseNumber(web.Form(c).Get("number"))
	err = p.door.PutAway(c.UserContext(), session, number)
	if fault.Is(err, fault.NotFound) {
		web.Refuse(c, err)
		return p.complaints(c, shelfView{Notice: "没有变。这一件不在您的单子里。"})
	}
	if err != nil {
		return p.orLogin(c, err)
	}
	return web.SeeOther(c, complaintsPath+"?done=away")
}
