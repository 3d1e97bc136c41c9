package filing

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// Where a draft gets a code, is opened by one, and where somebody is led who took it
// away from this browser.
const (
	codePath   = "/complaints/new/code"
	resumePath = "/complaints/new/resume"
	leftPath   = "/complaints/new/left"
)

// lent is the code that opens a draft from another browser: which row it has, not the code.
type lent struct {
	ID    []byte
	Until time.Time
}

// lent says that a code opens the draft now.
func (p *Pages) lent(v *visit) bool { return v.Code != nil && v.Code.Until.After(p.Drafts.Now()) }

// lapses is when a draft's code opens nothing any more; zero when it has none.
func (v *visit) lapses() time.Time {
	if v.Code == nil {
		return time.Time{}
	}
	return v.Code.Until
}

// row is that of a draft's code; nil when it has none.
func (v *visit) row() []byte {
	if v.Code == nil {
		return nil
	}
	return v.Code.ID
}

// resumeCode is a draft's code, the same until it is called back.
func (p *Pages) resumeCode(v *visit) string {
	return p.Key.Codes().ResumeCode(binary.BigEndian.AppendUint32(bytes.Clone(v.Token), uint32(v.Recalled)))
}

// lend answers with the code itself: it stands in this one answer, in no address and no
// row, and the same form sent again gives the same page.
func (p *Pages) lend(c *fiber.Ctx) error {
	v, err := p.visit(c)
	if err != nil {
		return err
	}
	if !v.begun() {
		return web.SeeOther(c, v.to(steps[0].path))
	}
	if web.Form(c).Get("do") == "recall" {
		return p.recall(c, v)
	}
	code := p.resumeCode(v)
	secret := p.Key.Codes().ResumeSecrets(code)[0]
	was, now := v.Code, &lent{ID: complaint.CodeID(secret), Until: p.Drafts.Now().Add(complaint.CodeLife)}
	if err := p.Drafts.Lend(c.UserContext(), secret, complaint.Lent{Visitor: v.secret, Token: v.Token}, now.Until); err != nil {
		return err
	}
	v.Code = now
	if err := p.keep(c, v); err != nil {
		return err
	}
	if v.Code == nil { // it was sent or cleared away meanwhile, and the page goes on with another
		return web.SeeOther(c, v.next().Href)
	}
	if was != nil && !bytes.Equal(was.ID, now.ID) { // the key of codes has changed since
		if err := p.Drafts.Clear(c.UserContext(), was.ID); err != nil {
			return err
		}
	}
	out := codeView{p.frame(c, v, "续填码"), v.Name, form.GroupCode(code), v.Code.Until, p.Link(resumePath), v.next()}
	out.Frame.Once = true
	return view.Show(c, codePage(out))
}

// codeView is the one page with a draft's code.
type codeView struct {
	Frame   site.Frame
	Name    string
	Code    string
	Until   time.Time
	Address string // where it is used
	Next    view.Button
}

// recall makes the code open nothing any more; the draft stays in this browser.
func (p *Pages) recall(c *fiber.Ctx, v *visit) error {
	if v.Code != nil {
		if err := p.Drafts.Clear(c.UserContext(), v.Code.ID); err != nil {
			return err
		}
		v.Code = nil
		v.Recalled++
		if err := p.keep(c, v); err != nil {
			return err
		}
	}
	return web.SeeOther(c, v.to(savedPath))
}

// undoneLend shows where the draft lies, with the button once more.
func (p *Pages) undoneLend(c *fiber.Ctx) error { return p.showSaved(c) }

// leave takes a draft away from this browser that its code still opens.
func (p *Pages) leave(c *fiber.Ctx, v *visit) error {
	if v.known && !p.lent(v) {
		return web.SeeOther(c, v.to(savedPath))
	}
	p.Cookies().Clear(c, site.Beside(site.DraftCookie, v.slot))
	return web.SeeOther(c, leftPath)
}

func (p *Pages) showLeft(c *fiber.Ctx) error {
	frame := p.Frame(c, "草稿不在这台设备上了", "complain")
	frame.NoIndex = true
	rest, err := Unfinished(p.Site, c)
	if err != nil {
		return err
	}
	return view.Show(c, leftPage(frame, rest))
}

// resumeView is the page that asks for a code, beside the drafts that this browser has
// begun.
type resumeView struct {
	Frame  site.Frame
	Errors view.Errors
	Notice string
	Code   string
	Others []Draft
}

func (p *Pages) resumeView(c *fiber.Ctx) (resumeView, error) {
	out := resumeView{Frame: p.Frame(c, "用续填码接着填", "complain")}
	out.Frame.NoIndex, out.Frame.CSRF = true, web.VisitCSRF(c)
	var err error
	out.Others, err = Unfinished(p.Site, c)
	return out, err
}

// showResume also shows the form again where it may not be acted on.
func (p *Pages) showResume(c *fiber.Ctx) error {
	out, err := p.resumeView(c)
	if err != nil {
		return err
	}
	out.Code = web.Form(c).Get("resume_code")
	return view.Show(c, resumePage(out))
}

// submitResume opens a draft in this browser, beside those that it has begun. The code is
// in the body of this one request: never in an address or a log. What cannot be a code is
// no guess, and is not counted.
func (p *Pages) submitResume(c *fiber.Ctx) error {
	out, err := p.resumeView(c)
	if err != nil {
		return err
	}
	out.Code = web.Form(c).Get("resume_code")
	refuse := func(sentence string) error {
		out.Errors = append(out.Errors, fault.Field{Name: "resume_code", Sentence: sentence})
		out.Frame.HasErrors = true
		c.Status(fiber.StatusUnprocessableEntity)
		return view.Show(c, resumePage(out))
	}
	whole, _ := form.ParseCode(out.Code)
	number, within := form.ReadPair(out.Code)
	code := cmp.Or(whole, within)
	switch {
	case form.Line(out.Code) == "":
		return refuse("请写续填码，16 位字母和数字")
	case number != "":
		return refuse("这是投诉回执，投诉已经提交了，不用再填。请到“查询进度”看办得怎么样")
	case code == "":
		return refuse("续填码不是这个样子的，没有去找，也不算试错。续填码是 16 位字母和数字，没有数字 0 和 1，也没有字母 O 和 I，例如 ABCD-EFGH-2345-6789")
	}
	found, err := p.lentBy(c, code)
	if err != nil {
		return err
	}
	if found == nil {
		if after := p.slow.code.Take(web.Address(c)); after > 0 {
			later := fault.Later(after, "续填码打不开草稿。您所在的网络这一会儿试错的次数太多，请核对以后，等 %d 分钟再试。", fault.Minutes(after))
			web.Refuse(c, later)
			out.Notice = fault.SentenceOf(later)
			return view.Show(c, resumePage(out))
		}
		return refuse("这个续填码打不开草稿：可能抄错了，可能过了期，也可能那份投诉已经提交、清除，或者码已经作废。回执上的查询码请到“查询进度”用")
	}
	if err := p.place(c, found); errors.Is(err, errFull) {
		return refuse(fmt.Sprintf("续填码是对的。这个浏览器里已经有 %d 份没填完的，放不下了：请先接着填完一份，或者清除一份，再用续填码。码还能用", MostDrafts))
	} else if err != nil {
		return err
	}
	p.remember(c, found)
	return web.SeeOther(c, found.next().Href)
}

// place finds a place in this browser for a draft that a code opens: the one where it lies
// already, the first, or one beside the others.
func (p *Pages) place(c *fiber.Ctx, found *visit) error {
	for _, name := range p.DraftNames(c) {
		if secret, ok := p.Visitor(c, site.Beside(site.DraftCookie, name)); ok && found.holds(secret) {
			found.slot = name
			return nil
		}
	}
	if err := p.room(c, found); err != nil {
		return err
	}
	first, err := p.load(c, "")
	if err != nil || !first.begun() {
		return err
	}
	own, err := p.load(c, found.Name)
	if err == nil && own.saved.Content != nil { // of the same name, as a late page begins one
		found.Name, err = p.newDraftName()
	}
	found.slot = found.Name
	return err
}

// lentBy is the draft that a code opens; nil when it opens none. Wrong, ended, and of a
// draft that was sent or cleared away are told apart by nothing.
func (p *Pages) lentBy(c *fiber.Ctx, code string) (*visit, error) {
	lent, ok, err := p.Drafts.Resume(c.UserContext(), p.Key.Codes().ResumeSecrets(code))
	if err != nil || !ok {
		return nil, err
	}
	v := &visit{elder: p.Elder(c), secret: lent.Visitor, known: true}
	if v.saved, err = p.Drafts.Load(c.UserContext(), v.secret); err != nil {
		return nil, err
	}
	if err := p.unpack(v); err != nil || !bytes.Equal(v.Token, lent.Token) {
		return nil, err
	}
	return v, nil
}
