package filing

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// slow are the soft limits of one address. A whole village may stand behind one,
// so each lets many through at once, and what it refuses is told how soon to
// come back and loses nothing.
type slow struct {
	draft   *web.Limiter // drafts begun: each may take a quarter of a megabyte for a day
	file    *web.Limiter // last pages that were sent
	captcha *web.Limiter // last pages that were looked at, with faults or without: each draws digits
	picture *web.Limiter // of digits, and their sound
	code    *web.Limiter // resume codes that open nothing
}

func newSlow(s *site.Site) slow {
	return slow{
		draft:   s.Limiter(120, 5*time.Second),
		file:    s.Limiter(30, 20*time.Second),
		captcha: s.Limiter(90, 5*time.Second),
		picture: s.Limiter(240, 2*time.Second),
		code:    s.Limiter(60, 10*time.Second),
	}
}

// tooManyDrafts is said on the page that could not be saved.
func tooManyDrafts(after time.Duration) error {
	return fault.Later(after, "您所在的网络这一会儿开始填写的人太多，这一页还没有保存。填的都在下面，请等 %s，再按一次。", seconds(after))
}

// unsaved shows a step again whose draft had to wait, or found no room beside others, with
// all that was typed.
func (p *Pages) unsaved(c *fiber.Ctx, v *visit, f stepForm, why error) error {
	v.Notice = fault.SentenceOf(why)
	web.Refuse(c, why)
	return f.show(c, v, nil)
}

func seconds(d time.Duration) string {
	return view.N(int((d+time.Second-1)/time.Second), "秒")
}

// crowded asks somebody to come to the last page again shortly. What was sent is
// on the page that says so, to be sent again by one button: digits and draft
// are untouched. Who only looked sends nothing.
func (p *Pages) crowded(c *fiber.Ctx, v *visit, sent web.Values, after time.Duration) error {
	web.Refuse(c, fault.Later(after, ""))
	page := crowdedView{
		Frame: p.frame(c, v, "请稍等一会儿"), Saved: savedLine(v),
		Wait: seconds(after), Path: v.to("/complaints/new/check"),
	}
	for _, name := range append([]string{nameField, "form_token", "captcha_id", "captcha_solution", "pledge", web.ShownField}, complaint.PersonalFields()...) {
		if sent.Has(name) {
			page.Sent = append(page.Sent, hidden{name, sent.Get(name)})
		}
	}
	return view.Show(c, crowdedPage(page))
}

// crowdedView is the page of somebody who has to wait their turn.
type crowdedView struct {
	Frame site.Frame
	Wait  string
	Path  string
	Sent  []hidden // the last page as it was sent; none when it was only looked at
	Saved site.SavedLine
}

type hidden struct{ name, value string }
