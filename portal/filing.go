package portal

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// step is one page of the filing.
type step struct {
	key   string
	label string
	path  string
}

// steps in the order of filling them in.
var steps = []step{
	{"who", "您是谁", "/complaints/new"},
	{"story", "事情经过", "/complaints/new/story"},
	{"contract", "合同与金额", "/complaints/new/contract"},
	{"evidence", "证据材料", "/complaints/new/evidence"},
	{"contact", "联系与保密", "/complaints/new/contact"},
	{"check", "核对并提交", "/complaints/new/check"},
}

func stepOf(key string) (int, step) {
	for i, st := range steps {
		if st.key == key {
			return i, st
		}
	}
	panic("portal: no filing step " + key) // a constant of ours is misspelt
}

// filing is what a draft holds: everything as it was typed, which steps were
// right, and the token that will make the filing happen once.
type filing struct {
	Token    []byte
	Who      whoForm
	Story    storyForm
	Contract contractForm
	Evidence evidenceForm
	Contact  contactForm
	Done     map[string]bool
	Solved   bool   // the captcha was answered; a failed commit does not ask again
	Notice   string // said once on the next page
}

// visit is one request of somebody who is filing.
type visit struct {
	filing
	secret key.Secret
	known  bool // the browser had a draft cookie
	saved  complaint.Saved
}

// visit reads the visitor's draft; without one it is empty and has a token.
func (s *Site) visit(c *fiber.Ctx) (*visit, error) {
	v := &visit{}
	v.secret, v.known = s.visitor(c, draftCookie)
	if v.known {
		var err error
		if v.saved, err = s.Drafts.Load(c.UserContext(), v.secret); err != nil {
			return nil, err
		}
	}
	return v, s.unpack(v)
}

func (s *Site) unpack(v *visit) error {
	if v.saved.Content != nil {
		if err := json.Unmarshal(v.saved.Content, &v.filing); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		return nil
	}
	v.Done = map[string]bool{}
	v.Token = make([]byte, tokenBytes)
	_, err := io.ReadFull(s.Random, v.Token)
	return err
}

const tokenBytes = 16

// keep saves the draft, giving the browser its cookie for another 24 hours.
func (s *Site) keep(c *fiber.Ctx, v *visit) error {
	if v.known {
		s.app.Cookies().Set(c, draftCookie, v.secret.Cookie(), complaint.DraftLife)
	} else {
		secret, err := s.newVisitor(c, draftCookie, complaint.DraftLife)
		if err != nil {
			return err
		}
		v.secret, v.known = secret, true
	}
	content, err := json.Marshal(v.filing)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	if s.app.Cookies().Read(c, filedCookie) != "" {
		s.app.Cookies().Clear(c, filedCookie)
	}
	v.saved, err = s.Drafts.Save(c.UserContext(), v.secret, content)
	return err
}

// discard overwrites a draft with nothing and forgets whose it was, for those
// who filled it in at somebody else's computer.
func (s *Site) discard(c *fiber.Ctx, v *visit) error {
	if v.known {
		empty := &visit{}
		if err := s.unpack(empty); err != nil {
			return err
		}
		content, err := json.Marshal(empty.filing)
		if err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		if _, err := s.Drafts.Save(c.UserContext(), v.secret, content); err != nil {
			return err
		}
		s.app.Cookies().Clear(c, draftCookie)
	}
	return view.Show(c, discardedPage(s.frame(c, "草稿已经清除", "complain")))
}

// missing is the first step before at that is not filled in; ok when none is.
func (v *visit) missing(at string) (st step, ok bool) {
	until, _ := stepOf(at)
	for _, st := range steps[:until] {
		if !v.Done[st.key] {
			return st, false
		}
	}
	return step{}, true
}

const lapsed = "这份草稿放了 24 小时，已经清除，谁也没有看到。请重新填写。"

// enter shows a step, or leads to the first one that is still missing.
func (s *Site) enter(c *fiber.Ctx, at string, show func(*visit) error) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	st, ok := v.missing(at)
	if ok {
		return show(v)
	}
	if v.known { // a stranger's browser is only led to the start
		_, wanted := stepOf(at)
		v.Notice = s.astray(c, v, fmt.Sprintf("先填“%s”，再来“%s”这一步。已填的都还在。", st.label, wanted.label))
		if err := s.keep(c, v); err != nil {
			return err
		}
	}
	return seeOther(c, st.path)
}

// astray says why a step cannot be entered: the draft was sent, has lapsed, or
// an earlier step is missing.
func (s *Site) astray(c *fiber.Ctx, v *visit, missing string) string {
	switch {
	case v.saved.Content != nil || !v.known:
		return missing
	case s.app.Cookies().Read(c, filedCookie) != "":
		return "您刚才的投诉已经提交了。要再投诉另一件事，请从这里开始。"
	}
	return lapsed
}

// take handles what a step was filled in with: saved as typed for later, or
// checked and led on. Nothing that was typed is lost on any way.
func (s *Site) take(c *fiber.Ctx, at string, fill func(*visit, web.Values) []fault.Field, show func(*visit, view.Errors) error) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	typed := web.Form(c)
	if typed.Get("do") == "discard" {
		return s.discard(c, v)
	}
	v.Notice = ""
	before, asked := v.Who, v.Story
	errs := fill(v, typed)
	if v.Who != before { // another capacity is asked other things
		delete(v.Done, "contact")
	}
	do := typed.Get("do")
	if do == "enter" && at == "story" && v.Story.searches(asked) {
		do = "find" // Return was pressed in a search box
	}
	switch do {
	case "find":
		v.Done[at] = len(errs) == 0
		if err := s.keep(c, v); err != nil {
			return err
		}
		return show(v, nil)
	case "later":
		v.Done[at] = len(errs) == 0
		if err := s.keep(c, v); err != nil {
			return err
		}
		return view.Show(c, savedPage(s.frame(c, "已经保存", "complain"), savedLine(v, s.Now())))
	}
	v.Done[at] = len(errs) == 0
	st, ordered := v.missing(at)
	if len(errs) > 0 && ordered {
		c.Status(fiber.StatusUnprocessableEntity)
		return show(v, errs)
	}
	if !ordered {
		v.Notice = s.astray(c, v, fmt.Sprintf("先填“%s”，再来这一步。已填的都还在。", st.label))
		if v.saved.Content == nil && v.known {
			v.Notice += "您刚才填的这一页还在。"
		}
	}
	if err := s.keep(c, v); err != nil {
		return err
	}
	if !ordered {
		return seeOther(c, st.path)
	}
	return seeOther(c, v.after(at))
}

// after is where to go when a step is right: on, or back to the check when
// everything was filled in before.
func (v *visit) after(at string) string {
	if _, ok := v.missing("check"); ok {
		_, check := stepOf("check")
		return check.path
	}
	i, _ := stepOf(at)
	return steps[i+1].path
}

// stepView is what every page of the filing shows.
type stepView struct {
	Frame  view.PortalFrame
	Steps  view.Steps
	Errors view.Errors
	Notice string
	Saved  view.SavedLine
	CSRF   string
	Path   string
	F      filing
}

func (s *Site) stepView(c *fiber.Ctx, v *visit, at string, errs view.Errors) stepView {
	_, here := stepOf(at)
	out := stepView{
		Frame: s.frame(c, here.label, "complain"), Errors: errs, Notice: v.Notice, Path: here.path,
		F: v.filing, Saved: savedLine(v, s.Now()),
	}
	out.Frame.HasErrors, out.Frame.NoIndex, out.CSRF = len(errs) > 0, true, out.Frame.CSRF
	for _, st := range steps {
		item := view.Step{Label: st.label}
		switch {
		case st.key == at:
			item.State = view.Here
		case v.Done[st.key]:
			item.State, item.Href = view.Filled, st.path
		}
		out.Steps.Items = append(out.Steps.Items, item)
	}
	if len(errs) > 0 {
		out.Saved = view.SavedLine{Late: true, Text: fmt.Sprintf("本页还没有保存，要先改 %s。前面填好的都在。", view.N(len(errs), "处"))}
	}
	return out
}

func savedLine(v *visit, now time.Time) view.SavedLine {
	if v.saved.Content == nil {
		return view.SavedLine{Text: "还没有开始保存。按“保存并继续”以后，24 小时内可以接着填。"}
	}
	return view.SavedLine{Text: fmt.Sprintf("已保存 %s，可保留到 %s", view.Clock(v.saved.At), view.MomentText(v.saved.Until))}
}

// digits is what a box of a date shows.
func boxes(typed web.Values, name string) form.DateBoxes {
	return form.DateBoxes{Year: typed.Get(name + "_year"), Month: typed.Get(name + "_month"), Day: typed.Get(name + "_day")}
}
