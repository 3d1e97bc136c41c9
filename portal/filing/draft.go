package filing

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
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
	panic("filing: no filing step " + key) // a constant of ours is misspelt
}

// filing is what a draft holds: everything as it was typed, which steps were
// right, and the token that will make the filing happen once.
type filing struct {
	complaint.Form
	Name     string            `json:",omitempty"` // in its pages: see named
	Led      map[string]string `json:",omitempty"` // unit and category that the page before the first one named
	Token    web.FormToken
	Done     map[string]bool
	Answered map[string]bool `json:",omitempty"` // single questions of steps that are not done
	Solved   bool            // the captcha was answered while something else was wrong; it is not asked again
	Notice   string          // said once on the next page

	Faulty  string         `json:",omitempty"` // the address of the page that was sent with faults: it is shown with them
	Faults  []fault.Field  `json:",omitempty"` // of the last page, which are not of what the draft holds
	Pledged bool           `json:",omitempty"` // on the last page, sent with faults
	Renewed bool           `json:",omitempty"` // on the last page, for another picture: its box is where to go on
	Saves   map[string]int `json:",omitempty"` // how often each step was sent: a save by the script that comes late is known by it

	Code     *lent `json:",omitempty"` // what opens it from another browser
	Recalled int   `json:",omitempty"` // how many codes were called back before
}

// visit is one request of somebody who is filing.
type visit struct {
	filing
	slot   string // which of the browser's places for drafts: a name, none for the first
	secret key.Secret
	known  bool // the browser had a draft cookie
	saved  complaint.Saved
	elder  bool      // the mode of the day
	asks   *question // the page's only question; nil when it has the whole step
	undone bool      // the page is shown once more, and nothing of it was saved
	full   []Draft   // those for which this one finds no room
	clears string    // the name of the one that is given up for this one, once this one is kept
}

// unpack takes a draft out of what was loaded; without one it is new.
func (p *Pages) unpack(v *visit) error {
	v.Done, v.Answered, v.Saves = map[string]bool{}, map[string]bool{}, map[string]int{}
	if v.saved.Content != nil {
		if err := json.Unmarshal(v.saved.Content, &v.filing); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		for _, m := range []*map[string]bool{&v.Done, &v.Answered} {
			if *m == nil {
				*m = map[string]bool{}
			}
		}
		if v.Saves == nil {
			v.Saves = map[string]int{}
		}
		v.Name = cmp.Or(v.slot, v.Name, v.nameOld())
		return nil
	}
	var err error
	if v.Name = v.slot; v.Name == "" {
		if v.Name, err = p.newDraftName(); err != nil {
			return err
		}
	}
	v.Token, err = p.NewToken()
	return err
}

// keep saves the draft, giving the browser its cookie anew, and then gives up the one that
// was to make room for it: what cannot be kept now must not have cost another.
func (p *Pages) keep(c *fiber.Ctx, v *visit) error {
	if err := p.store(c, v); err != nil || v.clears == "" {
		return err
	}
	return p.makeRoom(c, v)
}

func (p *Pages) store(c *fiber.Ctx, v *visit) error {
	if v.saved.Content == nil {
		if err := p.room(c, v); err != nil {
			return err
		}
		if after := p.slow.draft.Take(web.Address(c)); after > 0 {
			return tooManyDrafts(after)
		}
		return p.begin(c, v)
	}
	content, err := json.Marshal(v.filing)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	saved, there, err := p.Drafts.Update(c.UserContext(), v.secret, content, v.lapses())
	if err != nil {
		return err
	}
	if there {
		v.saved = saved
		p.remember(c, v)
		return nil
	}
	// It was sent, or cleared away, while this page was on its way. What was typed is
	// kept, as another complaint: with the used token every later one from this browser
	// would be answered with the old receipt, and be lost.
	v.Solved, v.Notice = false, sentMeanwhile
	switch _, err := p.Complaints.Filed(c.UserContext(), v.Token); {
	case fault.Is(err, fault.NotFound):
		v.Notice = clearedMeanwhile
	case err != nil && !fault.Is(err, fault.Expired):
		return err
	}
	if v.Token, err = p.NewToken(); err != nil {
		return err
	}
	return p.begin(c, v)
}

// begin saves a draft for the first time, under a secret of its own: what lay in its place
// before may have been opened in other browsers by a code, and these keep its secret.
func (p *Pages) begin(c *fiber.Ctx, v *visit) error {
	v.Code, v.Recalled = nil, 0
	content, err := json.Marshal(v.filing)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	if v.secret, err = key.NewSecret(p.Random); err != nil {
		return err
	}
	if v.saved, err = p.Drafts.Save(c.UserContext(), v.secret, content); err != nil {
		return err
	}
	v.known = true
	p.remember(c, v)
	return nil
}

// remember gives the browser what opens the draft, for a day or two longer than there is
// anything to open.
func (p *Pages) remember(c *fiber.Ctx, v *visit) {
	longer := complaint.DraftCookieLife - complaint.DraftLife
	p.Cookies().Set(c, site.Beside(site.DraftCookie, v.slot), v.secret.Cookie(), v.saved.Until.Sub(p.Drafts.Now())+longer)
	if p.Cookies().Read(c, v.filedCookie()) != "" {
		p.Cookies().Clear(c, v.filedCookie())
	}
}

const (
	sentMeanwhile    = "您刚才的投诉已经提交了。这里留着同样的内容：要投诉另一件事，改了再交；不投诉了，请清除这份草稿。"
	clearedMeanwhile = "这份草稿刚才在别的窗口或者设备上清除了。这里留着您刚才交的内容，是另一份草稿；不要了，请再清除一次。"
)

// discard deletes a draft and its code, and forgets whose it was, for those who filled
// it in at somebody else's computer.
func (p *Pages) discard(c *fiber.Ctx, v *visit) error {
	if err := p.forget(c, v); err != nil {
		return err
	}
	return web.SeeOther(c, discardedPath)
}

// Where somebody is led who saved a draft for later, or cleared it away.
const (
	savedPath     = "/complaints/new/saved"
	discardedPath = "/complaints/new/cleared"
)

func (p *Pages) showSaved(c *fiber.Ctx) error {
	v, err := p.visit(c)
	if err != nil {
		return err
	}
	if v.saved.Content == nil {
		return web.SeeOther(c, v.to(steps[0].path))
	}
	others, err := p.others(c, v)
	if err != nil {
		return err
	}
	return view.Show(c, savedPage(savedView{p.frame(c, v, "已经保存"), v.Name, v.called(), v.saved.Until, savedLine(v), v.next(), v.begun(), p.lent(v), v.lapses(), others}))
}

// savedView is the page of somebody who goes on later.
type savedView struct {
	Frame  site.Frame
	Name   string
	Title  string
	Until  time.Time
	Saved  site.SavedLine
	Next   view.Button
	Begun  bool
	Lent   bool // a code opens it
	Lapses time.Time
	Others []Draft
}

// away is the button that leaves nothing in this browser.
func (v savedView) away() string {
	if v.Lent {
		return "从这台设备拿走”或者“清除草稿"
	}
	return "清除草稿"
}

func (p *Pages) showDiscarded(c *fiber.Ctx) error {
	frame := p.Frame(c, "草稿已经清除", "complain")
	frame.NoIndex = true
	rest, err := Unfinished(p.Site, c)
	if err != nil {
		return err
	}
	return view.Show(c, discardedPage(frame, rest))
}

// next leads to the step of a draft that is to be filled in next.
func (v *visit) next() view.Button {
	n, to := stepOf(v.at())
	return view.Button{Label: fmt.Sprintf("接着填（第 %d 步）", n+1), Kind: view.Go, Href: v.to(to.path)}
}

// at is the step that is to be filled in next.
func (v *visit) at() string {
	if st, ok := v.missing("check"); !ok {
		return st.key
	}
	return "check"
}

// begun says that something was filled in.
func (v *visit) begun() bool {
	return v.saved.Content != nil && !v.Form.Empty()
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
