package filing

import (
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
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
	Token    web.FormToken
	Done     map[string]bool
	Answered map[string]bool `json:",omitempty"` // single questions of steps that are not done
	Solved   bool            // the captcha was answered while something else was wrong; it is not asked again
	Notice   string          // said once on the next page
}

// visit is one request of somebody who is filing.
type visit struct {
	filing
	secret key.Secret
	known  bool // the browser had a draft cookie
	saved  complaint.Saved
	asks   *question // the page's only question; nil when it has the whole step
}

// visit reads the visitor's draft; without one it is empty and has a token.
func (p *Pages) visit(c *fiber.Ctx) (*visit, error) {
	v := &visit{}
	v.secret, v.known = p.Visitor(c, site.DraftCookie)
	if v.known {
		var err error
		if v.saved, err = p.Drafts.Load(c.UserContext(), v.secret); err != nil {
			return nil, err
		}
	}
	return v, p.unpack(v)
}

func (p *Pages) unpack(v *visit) error {
	v.Done, v.Answered = map[string]bool{}, map[string]bool{}
	if v.saved.Content != nil {
		if err := json.Unmarshal(v.saved.Content, &v.filing); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		return nil
	}
	var err error
	v.Token, err = p.NewToken()
	return err
}

// keep saves the draft, giving the browser its cookie anew.
func (p *Pages) keep(c *fiber.Ctx, v *visit) error {
	if v.saved.Content == nil {
		if after := p.slow.draft.Take(web.Address(c)); after > 0 {
			return tooManyDrafts(after)
		}
	}
	if v.known {
		p.Cookies().Set(c, site.DraftCookie, v.secret.Cookie(), complaint.DraftCookieLife)
	} else {
		secret, err := p.NewVisitor(c, site.DraftCookie, complaint.DraftCookieLife)
		if err != nil {
			return err
		}
		v.secret, v.known = secret, true
	}
	if p.Cookies().Read(c, site.FiledCookie) != "" {
		p.Cookies().Clear(c, site.FiledCookie)
	}
	content, err := json.Marshal(v.filing)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	if v.saved.Content != nil {
		saved, there, err := p.Drafts.Update(c.UserContext(), v.secret, content)
		if err != nil || there {
			v.saved = saved
			return err
		}
		// It was sent while this page was on its way. What was typed is kept, as
		// another complaint: with the used token every later one from this browser
		// would be answered with the old receipt, and be lost.
		v.Solved, v.Notice = false, sentMeanwhile
		if v.Token, err = p.NewToken(); err != nil {
			return err
		}
		if content, err = json.Marshal(v.filing); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
	}
	v.saved, err = p.Drafts.Save(c.UserContext(), v.secret, content)
	return err
}

const sentMeanwhile = "您刚才的投诉已经提交了。这里留着同样的内容：要投诉另一件事，改了再交；不投诉了，请清除这份草稿。"

// discard overwrites a draft with nothing and forgets whose it was, for those
// who filled it in at somebody else's computer.
func (p *Pages) discard(c *fiber.Ctx, v *visit) error {
	if v.known {
		empty := &visit{}
		if err := p.unpack(empty); err != nil {
			return err
		}
		content, err := json.Marshal(empty.filing)
		if err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		if _, _, err := p.Drafts.Update(c.UserContext(), v.secret, content); err != nil {
			return err
		}
		p.Cookies().Clear(c, site.DraftCookie)
	}
	return view.Show(c, discardedPage(p.Frame(c, "草稿已经清除", "complain")))
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
