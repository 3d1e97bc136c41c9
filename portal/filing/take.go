package filing

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// stepForm is what one step does with its form: take what was sent into the
// draft, find what is wrong with what the draft now holds, show the page.
type stepForm struct {
	at     string
	read   func(*complaint.Form, complaint.Sent)
	faults func(context.Context, filing) ([]fault.Field, error)
	show   func(*fiber.Ctx, *visit, view.Errors) error
}

// lapsed is said of a draft that is not there: whether it was sent or cleared away from
// another browser that had its code, this one cannot know.
const lapsed = "这份草稿放到了期，已经清除，谁也没有看到。请重新填写。取过续填码的，也可能在别的设备上提交了、清除了；提交了的不用再填。"

// notHere is said of a page whose draft is no longer in this browser, while others are.
const notHere = "这一页的那份草稿已经不在这个浏览器里：提交了，清除了，或者放到了期。您刚才填的这一页还在，是另外的一份；提交过的不用再填，请清除这一份。"

// notHerePage is the same of a page that was only looked at; lapsedQuery brings it there.
const (
	notHerePage = "这个浏览器里没有那一份草稿：提交了，清除了，放到了期，或者是在别的浏览器里填的。下面是另外的一份，还没有填。"
	lapsedQuery = "lapsed"
)

// clearField is the name of the buttons that give a draft up for the one that is sent.
const clearField = "clear"

// enter shows a step, or leads to the first one that is still missing.
func (p *Pages) enter(c *fiber.Ctx, at string, show func(*visit) error) error {
	v, err := p.visit(c)
	if err != nil {
		return err
	}
	st, ok := v.missing(at)
	if ok {
		return show(v)
	}
	if v.known { // a stranger's browser is only led to the start
		_, wanted := stepOf(at)
		v.Notice = p.astray(c, v, fmt.Sprintf("先填“%s”，再来“%s”这一步。已填的都还在。", st.label, wanted.label))
		if err := p.keep(c, v); err != nil && !unkept(err) {
			return err
		}
	}
	to := st.path
	if !v.known && v.slot != "" { // a page of a draft that is not here, whoever had it
		to += "?" + lapsedQuery + "=yes"
	}
	return web.SeeOther(c, v.to(to))
}

// show shows a step; in the elder mode only the question that the address
// names, and without one it leads to the first that is not answered rightly.
func (p *Pages) show(f stepForm) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return p.enter(c, f.at, func(v *visit) error {
			_, here := stepOf(f.at)
			if f.at == steps[0].key {
				if answered, err := p.insteadOfFirst(c, v); answered || err != nil {
					return err
				}
			}
			q, asked := named(v.questions(f.at), c.Query("q"))
			switch { // a page with faults is shown as it was sent, whatever the mode is by now
			case asked && (p.Elder(c) || v.Faulty == here.asking(q)):
				v.asks = &q
				return p.page(c, v, f)
			case !p.Elder(c), c.Query("q") == "" && v.Faulty == here.path:
				return p.page(c, v, f)
			}
			faults, err := f.faults(c.UserContext(), v.filing)
			if err != nil {
				return err
			}
			to := queries(c)
			to.Set("q", v.open(f.at, faults).name())
			return web.SeeOther(c, here.path+"?"+to.Encode())
		})
	}
}

func queries(c *fiber.Ctx) url.Values {
	all := url.Values{}
	for name, value := range c.Queries() {
		all.Set(name, value)
	}
	return all
}

// insteadOfFirst answers for the first page where it is not the one of this draft: another
// one is begun beside it, or there is no room for one.
func (p *Pages) insteadOfFirst(c *fiber.Ctx, v *visit) (bool, error) {
	if to, err := p.another(c, v); err != nil || to != "" {
		if err != nil {
			return false, err
		}
		return true, web.SeeOther(c, to)
	}
	if v.saved.Content != nil {
		return false, nil
	}
	if c.Query(lapsedQuery) != "" {
		v.Notice = notHerePage
	}
	err := p.room(c, v)
	if errors.Is(err, errFull) {
		return true, view.Show(c, fullPage(p.frame(c, v, "先填完或者清除一份"), v.full))
	}
	return false, err
}

// another is the address of a draft to begin beside the one that a page of the first step
// would show: where one is asked for, and where the page before names another unit or
// category than that draft has. Empty where there is none to begin.
func (p *Pages) another(c *fiber.Ctx, v *visit) (string, error) {
	differs := func(name, has string) bool { return has != "" && cmp.Or(v.ledTo(c, name), has) != has }
	if c.Query(nameQuery) != anotherName && !differs("unit", v.Story.Unit) && !differs("category", v.Story.Category) {
		return "", nil
	}
	name, err := p.newDraftName()
	to := queries(c)
	to.Set(nameQuery, name)
	return c.Path() + "?" + to.Encode(), err
}

// ledTo is the unit or category that the page before the first one names, unless it led
// to this draft itself: whoever goes back there has chosen since.
func (v *visit) ledTo(c *fiber.Ctx, name string) string {
	if c.Query(name) == v.Led[name] {
		return ""
	}
	return c.Query(name)
}

// noteLed keeps what the page before the first one named when the draft was begun.
func (v *visit) noteLed(typed web.Values) {
	for _, name := range []string{"unit", "category"} {
		if chosen := typed.Get(name); chosen != "" && v.Led[name] == "" {
			if v.Led == nil {
				v.Led = map[string]string{}
			}
			v.Led[name] = chosen
		}
	}
}

// page shows a step, with its faults where it was sent with some: whoever sent it was led
// back here, so that a browser that goes back or loads anew sends nothing twice.
func (p *Pages) page(c *fiber.Ctx, v *visit, f stepForm) error {
	if v.Faulty != v.address(f.at) {
		return f.show(c, v, nil)
	}
	faults, err := f.faults(c.UserContext(), v.filing)
	if err != nil {
		return err
	}
	errs := v.asks.of(faults)
	if len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return f.show(c, v, errs)
}

// address is where the page of a step, or of its one question, stands.
func (v *visit) address(at string) string {
	_, here := stepOf(at)
	if v.asks != nil {
		return here.asking(*v.asks)
	}
	return here.path
}

func (p *Pages) submit(f stepForm) fiber.Handler {
	return func(c *fiber.Ctx) error { return p.take(c, f) }
}

// undone shows a step with what was typed into it, of which nothing was saved.
func (p *Pages) undone(f stepForm) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := p.visit(c)
		if err != nil {
			return err
		}
		switch do := web.Form(c).Get("do"); {
		case v.known:
		case do == "discard": // there is none any more that this browser could open
			return p.discard(c, v)
		case do == "leave":
			return p.leave(c, v)
		}
		if err := v.ask(c, f.at); err != nil {
			return err
		}
		return v.again(c, f)
	}
}

// again shows a step as it was filled in, where nothing of it may be saved.
func (v *visit) again(c *fiber.Ctx, f stepForm) error {
	typed := web.Form(c).Map()
	if v.saved.Content == nil && f.at == "contact" { // whom its fields are for went with the draft
		v.Who.Read(complaint.Sent{Values: typed})
	}
	f.read(&v.Form, complaint.Sent{Values: typed, Page: v.asks.has})
	return f.show(c, v, nil)
}

// goneFrom says that a page is of a draft that was begun, and that its place in this
// browser is gone: cleared or taken away in another window. Whoever sits here now may be
// somebody else, so it is shown before anything of it is kept.
func (v *visit) goneFrom(typed web.Values) bool {
	said := typed.Get("saves")
	return !v.known && v.slot == "" && said != "" && said != noDraft
}

// ask notes which question the address names, if it names one.
func (v *visit) ask(c *fiber.Ctx, at string) error {
	name := c.Query("q")
	if name == "" {
		return nil
	}
	q, ok := named(questions[at], name)
	if !ok {
		return fault.New(fault.Invalid, "这张表不完整，没有保存。请从“我要投诉”重新进入，再交一次。")
	}
	v.asks = &q
	return nil
}

// astray says why a step cannot be entered: the draft was sent, has lapsed, or
// an earlier step is missing.
func (p *Pages) astray(c *fiber.Ctx, v *visit, missing string) string {
	switch {
	case v.saved.Content != nil || !v.known:
		return missing
	case p.wasFiled(c, v):
		return "您刚才的投诉已经提交了。要再投诉另一件事，请从这里开始。"
	}
	return lapsed
}

// take handles what a step, or one question of it, was filled in with: saved
// as typed for later, or checked and led on. Nothing that was typed is lost on
// any way. What was on the page is told by its address and not by the mode,
// which may have been switched in another window since.
func (p *Pages) take(c *fiber.Ctx, f stepForm) error {
	v, err := p.visit(c)
	if err != nil {
		return err
	}
	typed := web.Form(c)
	do := typed.Get("do")
	switch do {
	case "discard":
		return p.discard(c, v)
	case "leave":
		return p.leave(c, v)
	}
	if err := v.ask(c, f.at); err != nil {
		return err
	}
	if do == autosave && !v.sameAs(typed.Get("saves"), f.at) {
		return overtaken(c, v)
	}
	if v.goneFrom(typed) {
		v.undone = true
		c.Status(fiber.StatusForbidden)
		return v.again(c, f)
	}
	v.Notice, v.Faulty, v.Faults, v.Pledged, v.Renewed = "", "", nil, false, false
	if v.saved.Content == nil && v.before(f.at) != "" { // a later page than the first was shown
		switch {
		case v.known:
			v.Notice = p.astray(c, v, "") + "您刚才填的这一页还在。"
		case v.slot != "":
			v.Notice = notHere
		}
	}
	v.clears = typed.Get(clearField)
	if f.at == steps[0].key {
		v.noteLed(typed)
	}
	before, asked := v.Who, complaint.ShownStory(typed.Map())
	sent := complaint.Sent{Values: typed.Map(), Page: v.asks.has}
	f.read(&v.Form, sent)
	v.TakePersonal(sent)
	if do == "enter" && v.Story.Searches(asked) {
		do = "find" // Return was pressed in a search box
	}
	if err := p.Complaints.Latest(c.UserContext(), &v.Story, asked, do == "find"); err != nil {
		return err
	}
	faults, err := f.faults(c.UserContext(), v.filing)
	if err != nil {
		return err
	}
	if v.Who != before { // another capacity is asked other things
		delete(v.Done, "contact")
	}
	errs := v.asks.of(faults)
	if do == autosave {
		return p.autosave(c, v, f, faults)
	}
	v.Saves[f.at]++
	switch do {
	case "find", "later", "back", site.ElderOn, site.ElderOff:
		v.settle(f.at, faults, v.asks == nil && (do == "find" || do == "later"))
		err = p.pause(c, v, f, do)
	default:
		v.settle(f.at, faults, v.asks == nil || len(errs) == 0)
		err = p.goOn(c, v, f, faults, errs)
	}
	if unkept(err) {
		return p.unsaved(c, v, f, err)
	}
	return err
}

// autosave is what the script says that keeps a step while it is typed.
const autosave = "autosave"

// pause saves what was typed, right or wrong, and does what was pressed
// instead of going on.
func (p *Pages) pause(c *fiber.Ctx, v *visit, f stepForm, do string) error {
	if err := p.keep(c, v); err != nil {
		return err
	}
	_, here := stepOf(f.at)
	to := here.path
	switch do {
	case "find":
		to = v.address(f.at)
	case "later":
		to = savedPath
	case "back":
		to = cmp.Or(v.before(f.at), to)
	default:
		p.SetElder(c, do == site.ElderOn)
		if v.asks != nil {
			to += "#" + v.asks.name()
		}
	}
	if st, ordered := v.missing(f.at); !ordered && do != "later" {
		to = st.path
	}
	return web.SeeOther(c, v.to(to))
}

// autosave keeps what is typed so far, for the script. Nothing is called done by it.
func (p *Pages) autosave(c *fiber.Ctx, v *visit, f stepForm, faults []fault.Field) error {
	v.settle(f.at, faults, false)
	err := p.keepTyped(c, v)
	if errors.Is(err, errOvertaken) {
		return overtaken(c, v)
	}
	if said := fault.SentenceOf(err); said != "" {
		web.Refuse(c, err)
		return c.SendString(said)
	}
	if err != nil {
		return err
	}
	return c.SendString(view.Clock(v.saved.At) + " 已自动保存，" + view.MomentText(v.saved.Until) + "以前可以接着填")
}

// errOvertaken says that the draft is another one by now than was read.
var errOvertaken = errors.New("filing: the draft was saved meanwhile")

func overtaken(c *fiber.Ctx, v *visit) error {
	said := "这一页后来又交过一次，这里写的没有自动保存。"
	if v.saved.Content == nil {
		said = "这份草稿已经提交或者清除，这里写的没有自动保存。"
	}
	return c.Status(fiber.StatusConflict).SendString(said)
}

// noDraft is what a page says that was shown while there was no draft.
const noDraft = "none"

// saves is what the page of a step says: how often it was sent when it was shown.
func (v *visit) saves(at string) string {
	if v.saved.Content == nil {
		return noDraft
	}
	return strconv.Itoa(v.Saves[at])
}

// sameAs says whether the draft is still the one that a page was shown with. One that
// began with none may begin one; a page of a draft that was filed or cleared begins none
// by itself, for it may be kept by the browser of somebody else's computer.
func (v *visit) sameAs(said, at string) bool {
	return said == v.saves(at) || said == noDraft && v.Saves[at] == 0
}

// keepTyped saves the draft for the script: only in the place of the one that was read.
// The step itself may have been sent in the meantime, and its page knows more.
func (p *Pages) keepTyped(c *fiber.Ctx, v *visit) error {
	if v.saved.Content == nil {
		return p.keep(c, v)
	}
	content, err := json.Marshal(v.filing)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	saved, there, err := p.Drafts.Replace(c.UserContext(), v.secret, v.saved, content, v.lapses())
	if err == nil && !there {
		err = errOvertaken
	}
	v.saved = saved
	return err
}

// goOn says what is wrong, or saves and leads to what is asked next.
func (p *Pages) goOn(c *fiber.Ctx, v *visit, f stepForm, faults []fault.Field, errs view.Errors) error {
	st, ordered := v.missing(f.at)
	if len(errs) > 0 && ordered {
		v.Faulty = v.address(f.at)
	}
	if !ordered && v.Notice == "" {
		v.Notice = fmt.Sprintf("先填“%s”，再来这一步。已填的都还在。", st.label)
	}
	if err := p.keep(c, v); err != nil {
		return err
	}
	switch {
	case !ordered:
		return web.SeeOther(c, v.to(st.path))
	case v.Faulty != "":
		return web.SeeOther(c, v.to(v.Faulty))
	}
	return web.SeeOther(c, v.to(v.after(f.at, faults)))
}

// after is where to go when what was asked is right: on, or back to the check
// when everything was filled in before.
func (v *visit) after(at string, faults []fault.Field) string {
	i, here := stepOf(at)
	if v.asks != nil && !v.Done[at] {
		return here.asking(v.open(at, faults))
	}
	missing, ok := v.missing("check")
	switch {
	case ok:
		_, check := stepOf("check")
		return check.path
	case v.asks != nil:
		return missing.path
	}
	return steps[i+1].path
}
