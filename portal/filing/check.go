package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/captcha"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

func (p *Pages) showCheck(c *fiber.Ctx) error {
	return p.enter(c, "check", func(v *visit) error {
		if len(v.Faults) > 0 {
			c.Status(fiber.StatusUnprocessableEntity)
		}
		return p.check(c, v, v.Faults, v.Pledged)
	})
}

// submitCheck is the last step. The order matters: the draft, which is gone when
// this form was filed before and then gives its receipt again; then the captcha
// and the filing, in one statement: a failed one leaves the captcha as it was. No
// draft ever has a used token: see keep.
func (p *Pages) submitCheck(c *fiber.Ctx) error {
	typed := web.Form(c)
	token, ok := typed.FormToken()
	if !ok {
		return fault.New(fault.Invalid, "这张表不完整，没有提交。请回到“核对并提交”再交一次，填的都还在。")
	}
	v, err := p.visit(c)
	if err != nil {
		return err
	}
	if v.saved.Content != nil && string(v.Token) == string(token) {
		return p.file(c, v, typed)
	}
	receipt, err := p.Complaints.Filed(c.UserContext(), token)
	switch {
	case err == nil:
		return p.showReceipt(c, v, receipt)
	case !fault.Is(err, fault.NotFound):
		return err
	}
	v.Notice = p.astray(c, v, "刚才那张表不是这份草稿的，没有提交。请核对下面的内容，再交一次。")
	if !v.known {
		v.Notice = lapsed
	}
	if err := p.keep(c, v); err != nil && !unkept(err) {
		return err
	}
	st, ok := v.missing("check")
	if ok {
		_, st = stepOf("check")
	}
	return web.SeeOther(c, v.to(st.path))
}

func (p *Pages) file(c *fiber.Ctx, v *visit, typed web.Values) error {
	if st, ok := v.missing("check"); !ok {
		v.Notice = fmt.Sprintf("先填“%s”，再提交。已填的都还在。", st.label)
		if err := p.keep(c, v); err != nil {
			return err
		}
		return web.SeeOther(c, v.to(st.path))
	}
	v.Notice, v.Faults, v.Pledged, v.Renewed = "", nil, false, false // said on the page that was sent
	shown, err := p.shown(c.UserContext(), v)
	if err != nil {
		return err
	}
	if names, same := shown.Changed(typed.Get(web.ShownField)); !same {
		return p.changed(c, v, typed, names)
	}
	hidden := v.TakePersonal(complaint.Sent{Values: typed.Map(), Page: func(string) bool { return false }})
	if len(hidden) > 0 { // what is sent was seen
		v.Notice = "已经照您说的隐去。请看一遍改过的内容，再提交。"
	}
	if typed.Get("captcha_do") == "renew" {
		v.Pledged, v.Renewed = typed.Get("pledge") != "", true
		return p.back(c, v)
	}
	// After the receipt of what was filed already, and before the captcha is
	// used up: whoever is asked to wait has lost neither.
	if after := p.slow.file.Take(web.Address(c)); after > 0 {
		return p.crowded(c, v, typed, after)
	}
	// Every rule once more: the draft may be older than the categories and units.
	intake, errs, err := p.Complaints.Intake(c.UserContext(), v.Form, complaint.Web)
	if err != nil {
		return err
	}
	answer := &captcha.Answer{ID: typed.Get("captcha_id"), Typed: typed.Get("captcha_solution"), Draft: complaint.DraftID(v.secret)}
	if v.Solved {
		answer = nil
	}
	pledged := complaint.Ticked(typed.Map(), "pledge", "no") == "yes"
	if len(hidden) > 0 {
		if err := p.keep(c, v); err != nil {
			return err
		}
	}
	if len(errs) > 0 || !pledged || len(hidden) > 0 {
		return p.unsent(c, v, answer, errs, pledged)
	}
	receipt, err := p.Complaints.File(c.UserContext(), complaint.Filing{
		Intake: intake, By: site.Complainant, Token: v.Token, Draft: complaint.DraftID(v.secret), Code: v.row(), Captcha: answer,
	})
	switch {
	case err == nil:
		return p.showReceipt(c, v, receipt)
	case errors.Is(err, complaint.ErrCaptcha), errors.Is(err, captcha.ErrGone):
		return p.unsolved(c, v, answer, err, nil, true)
	}
	return p.unfiled(c, v, err)
}

// changed shows the draft as it stands by now, when the page that was confirmed showed
// another: nothing is filed that was not seen. A captcha that was solved is not asked
// again; the pledge was of what stood there before.
func (p *Pages) changed(c *fiber.Ctx, v *visit, typed web.Values, names []string) error {
	what := "没有提交。这份草稿在别的窗口改过，和您刚才看的不一样了。"
	if len(names) > 0 {
		what = "没有提交。这份草稿在别的窗口改过：" + strings.Join(names, "、") + "。"
	}
	v.Notice = what + "下面是现在的内容，请从头看一遍，再提交。"
	answer := captcha.Answer{ID: typed.Get("captcha_id"), Typed: typed.Get("captcha_solution"), Draft: complaint.DraftID(v.secret)}
	if !v.Solved && form.DigitsOnly(answer.Typed) != "" {
		var err error
		if v.Solved, err = p.Captchas.Use(c.UserContext(), answer); err != nil && !errors.Is(err, captcha.ErrGone) {
			return err
		}
	}
	return p.back(c, v)
}

// shown is what the page shows of a draft, with what it masks in full.
func (p *Pages) shown(ctx context.Context, v *visit) (*web.Shown, error) {
	lists, err := p.summary(ctx, v.filing, false)
	if err != nil {
		return nil, err
	}
	shown := web.NewShown(v.secret.Cookie())
	for _, list := range lists {
		for _, row := range list.Rows {
			shown.Add(row.Label, row.Value+"\n"+row.Aside)
		}
	}
	contact, err := json.Marshal(v.Contact)
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	shown.Add("联系方式", string(contact))
	return shown, nil
}

// unsent shows what must be put right beside the captcha, which is tried as well;
// one that was solved is noted, and not asked for again.
func (p *Pages) unsent(c *fiber.Ctx, v *visit, answer *captcha.Answer, errs view.Errors, pledged bool) error {
	if answer != nil {
		var err error
		if v.Solved, err = p.Captchas.Use(c.UserContext(), *answer); err != nil && !errors.Is(err, captcha.ErrGone) {
			return err
		}
		if !v.Solved {
			return p.unsolved(c, v, answer, err, errs, pledged)
		}
	}
	return p.faulty(c, v, errs, pledged)
}

// unsolved asks for another captcha; unless the form was sent twice, and the
// other sending used the captcha and filed.
func (p *Pages) unsolved(c *fiber.Ctx, v *visit, answer *captcha.Answer, why error, errs view.Errors, pledged bool) error {
	if receipt, err := p.Complaints.Filed(c.UserContext(), v.Token); err == nil {
		return p.showReceipt(c, v, receipt)
	}
	sentence := "数字不对，已换了一张。您填的内容都还在"
	switch {
	case errors.Is(why, captcha.ErrGone) && answer.ID != "":
		sentence = "刚才那张图已经过期，不是您输错了；已换了一张，请输入新图里的数字。您填的内容都还在"
	case form.DigitsOnly(answer.Typed) == "":
		sentence = "请输入图中的数字，或者听数字；已换了一张。您填的内容都还在"
	}
	return p.faulty(c, v, append(errs, fault.Field{Name: "captcha_solution", Sentence: sentence}), pledged)
}

// faulty shows the page with its faults, in the page's order.
func (p *Pages) faulty(c *fiber.Ctx, v *visit, errs view.Errors, pledged bool) error {
	if !pledged {
		errs = append(errs, fault.Field{Name: "pledge", Sentence: "请勾选“我保证以上内容是真实的”"})
	}
	v.Faults, v.Pledged = errs, pledged
	return p.back(c, v)
}

// back leads to the last page anew, with what has to be said there kept in the draft: a
// browser that goes back or loads anew then sends nothing twice.
func (p *Pages) back(c *fiber.Ctx, v *visit) error {
	if err := p.keep(c, v); err != nil {
		return err
	}
	_, here := stepOf("check")
	return web.SeeOther(c, v.to(here.path))
}

// unfiled settles a filing whose answer was lost: the connection may have gone
// after the commit. What is there gives its receipt; what cannot be known is
// said to be unknown.
func (p *Pages) unfiled(c *fiber.Ctx, v *visit, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), 3*time.Second)
	defer cancel()
	receipt, err := p.Complaints.Filed(ctx, v.Token)
	switch {
	case err == nil:
		return p.showReceipt(c, v, receipt)
	case !fault.Is(err, fault.NotFound):
		return &fault.Error{Kind: fault.Unsure, Err: cause,
			Sentence: "不知道这一次保存了没有。请再交一次：已经保存的，会给您同一个编号，不会存成两份。"}
	}
	return cause
}

// checkView is the page that shows every answer before it is sent.
type checkView struct {
	stepView
	Lists    []site.SummaryList
	Captcha  site.CaptchaField
	Pledge   view.CheckField
	Token    string
	Shown    string
	Personal []fault.Field // questions about what tells who wrote it, that are open
	Promise  string
}

func (p *Pages) check(c *fiber.Ctx, v *visit, errs view.Errors, pledged bool) error {
	out := checkView{stepView: p.stepView(c, v, "check", errs), Token: v.Token.String()}
	out.Saved = savedLine(v)
	if !v.Solved {
		// With faults as without: they stand in the draft, and whoever loads the page
		// anew has other digits drawn each time.
		if after := p.slow.captcha.Take(web.Address(c)); after > 0 {
			return p.crowded(c, v, web.Values{}, after)
		}
		id, err := p.Captchas.New(c.UserContext(), complaint.DraftID(v.secret))
		if err != nil {
			return err
		}
		out.Captcha = site.CaptchaField{
			ID: id, ImageURL: "/captcha/" + id + ".png", AudioURL: "/captcha/" + id + ".wav",
			Error: errs.For("captcha_solution"), Elder: out.Frame.Elder, Page: out.Path,
			Renewed: v.Renewed,
		}
	}
	out.Pledge = view.CheckField{
		Name: "pledge", Label: "我保证以上内容是真实的。", Strong: true, Checked: pledged, Error: errs.For("pledge"),
		Hint: "记错了可以更正，不会追究。故意编造、诬告要承担法律责任（《信访工作条例》第十九条）。",
	}
	shown, err := p.shown(c.UserContext(), v)
	if err != nil {
		return err
	}
	out.Shown = shown.String()
	if out.Lists, err = p.summary(c.UserContext(), v.filing, out.Frame.Elder); err != nil {
		return err
	}
	for _, list := range out.Lists {
		for i := range list.Rows {
			list.Rows[i].Href = v.to(list.Rows[i].Href)
		}
	}
	if out.Promise, err = p.promise(c.UserContext()); err != nil {
		return err
	}
	out.Personal = v.Questions("", complaint.Web)
	return view.Show(c, checkPage(out))
}

// promise says what happens after sending, with dates.
func (p *Pages) promise(ctx context.Context) (string, error) {
	table, err := p.Clocks.Table(ctx)
	if err != nil {
		return "", err
	}
	promised := "马上得到编号和查询码"
	for _, step := range []struct {
		code clock.Code
		what string
	}{{clock.PlatformRegister, "登记"}, {clock.PlatformAccept, "告诉您是否受理"}} {
		due, ok := table.Due(step.code, p.Now())
		switch {
		case ok && due.Provisional:
			promised += "；" + due.On.Near(clock.On(p.Now())) + "（暂定）前" + step.what
		case ok:
			promised += "；" + due.On.Near(clock.On(p.Now())) + "前" + step.what
		default: // no rule is in force: nothing is promised
			promised += "；然后" + step.what
		}
	}
	return promised + "。", nil
}

func (p *Pages) captchaPicture(c *fiber.Ctx) error {
	picture, err := p.Captchas.Picture(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(picture)
}

func (p *Pages) captchaSound(c *fiber.Ctx) error {
	sound, err := p.Captchas.Sound(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "audio/wav")
	return c.Send(sound)
}
