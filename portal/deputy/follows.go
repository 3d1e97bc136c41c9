package deputy

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

const (
	followsPath  = "/member/follows"
	unfollowPath = followsPath + "/end"
)

// longestAsk is how long the words to a complainant may be.
const longestAsk = 300

// followsView is the page of what a deputy follows and has asked for.
type followsView struct {
	Frame         site.Frame
	Who           string
	Done, Notice  string
	Errors        view.Errors
	Number, Words string // as they were typed
	Followed      []followedView
	Asked         []askedView
}

// followedView is a complaint that is followed with consent.
type followedView struct {
	Number string
	site.Followed
}

// askedView is a question to which there is no consent: refused, not answered, or to
// nobody.
type askedView struct{ Number, Words, On string }

// followed are what the page says after a form, by what its address says.
var followed = map[string]string{
	"asked": "已经问了。有这件投诉的，转给投诉人；同意了，就列在这里。同意不同意由投诉人自己定，请不要催。",
	"ended": "已经不再跟进，投诉人给的同意也随着结束。这一件不能再问。",
}

func (p *Pages) showFollows(c *fiber.Ctx) error {
	return p.follows(c, followsView{Done: followed[c.Query("done")]})
}

// undoneFollow shows the form again with what was typed.
func (p *Pages) undoneFollow(c *fiber.Ctx) error {
	typed := web.Form(c)
	return p.follows(c, followsView{Number: form.Codeless(typed.Get("number")), Words: typed.Get("words")})
}

func (p *Pages) follows(c *fiber.Ctx, v followsView) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	f, err := p.Complaints.ReadFollowing(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v.Frame, v.Who = p.MemberFrame(c, "跟进的投诉", "follows", f.Kind), f.Who()
	v.Frame.HasErrors = len(v.Errors) > 0
	for _, one := range f.Followed {
		drawn, err := p.Followed(c.UserContext(), one)
		if err != nil {
			return err
		}
		v.Followed = append(v.Followed, followedView{one.Number, drawn})
	}
	for _, q := range f.Asked {
		v.Asked = append(v.Asked, askedView{q.Number, q.Words, view.DayFull(q.AskedAt)})
	}
	return view.Show(c, followsPage(v))
}

// submitFollow asks. Whatever number is typed, the same is done and said.
func (p *Pages) submitFollow(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	typed := web.Form(c)
	v := followsView{Number: form.Codeless(typed.Get("number")), Words: typed.Get("words")}
	number, words, errs := readAsk(v.Number, v.Words)
	if v.Number, v.Errors = cmp.Or(number, v.Number), errs; len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.follows(c, v)
	}
	err = p.door.Follow(c.UserContext(), session, number, words)
	switch {
	case err == nil:
		return web.SeeOther(c, followsPath+"?done=asked")
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.TooMany):
		web.Refuse(c, err)
		v.Notice = fault.SentenceOf(err)
		return p.follows(c, v)
	}
	return p.orLogin(c, err)
}

// readAsk reads what is asked, and the words to the complainant, in which nobody writes a
// query code.
func readAsk(inNumber, inWords string) (number, words string, errs view.Errors) {
	number, ok := form.ParseNumber(inNumber)
	ok = ok && strings.HasPrefix(number, complaint.Kind.Letters)
	switch {
	case ok:
	case form.Line(inNumber) == "":
		errs = append(errs, fault.Field{Name: "number", Sentence: "请写投诉编号，投诉人的回执上有，JX 开头"})
	default:
		number, errs = "", append(errs, fault.Field{Name: "number", Sentence: "这不是投诉编号，没有问。编号是 JX 加 13 位数字，有一位写错就对不上，请同投诉人核对"})
	}
	words = form.Text(inWords)
	switch said := cmp.Or(form.TextFault(words), form.TooLong(words, longestAsk)); {
	case form.Wordless(words):
		errs = append(errs, fault.Field{Name: "words", Sentence: "请写几句为什么想跟进，投诉人看着决定"})
	case said != "":
		errs = append(errs, fault.Field{Name: "words", Sentence: said})
	}
	return number, words, errs
}

func (p *Pages) submitUnfollow(c *fiber.Ctx) error {
	session, err := p.session(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	number, _ := form.ParseNumber(web.Form(c).Get("number"))
	err = p.door.Unfollow(c.UserContext(), session, number)
	if fault.Is(err, fault.NotFound) {
		web.Refuse(c, err)
		return p.follows(c, followsView{Notice: "没有变。这一件您没有跟进，也没有在问。"})
	}
	if err != nil {
		return p.orLogin(c, err)
	}
	return web.SeeOther(c, followsPath+"?done=ended")
}
