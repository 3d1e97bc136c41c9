package filing

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// Drafts lie side by side in one browser, each with a cookie to itself. A page says in a
// hidden field which draft it is of, from the moment it is first shown: what is sent from
// it goes there or into one of its own, never into another that was begun meanwhile. A
// name is no secret: it chooses among what the browser's own cookies open.

// MostDrafts is how many one browser may have begun at a time.
const MostDrafts = site.MostDrafts

// The name of a draft in the forms of its pages and, of all but the first, in their
// addresses. anotherName asks for a new one.
const (
	nameField   = "draft"
	nameQuery   = "d"
	anotherName = "new"
)

// anotherPath begins one beside those that the browser has.
const anotherPath = "/complaints/new?" + nameQuery + "=" + anotherName

var nameLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

func draftNameOf(five []byte) string { return strings.ToLower(nameLetters.EncodeToString(five)) }

func (p *Pages) newDraftName() (string, error) {
	var five [5]byte
	if _, err := io.ReadFull(p.Random, five[:]); err != nil {
		return "", fmt.Errorf("draft name: %w", err)
	}
	return draftNameOf(five[:]), nil
}

// nameOld is the name of a draft that was begun before drafts had names.
func (v *visit) nameOld() string {
	sum := sha256.Sum256(append([]byte("draft name "), v.Token...))
	return draftNameOf(sum[:5])
}

// named is the draft that a request is of; empty for the first, as of a page that was
// shown before drafts had names.
func (p *Pages) named(c *fiber.Ctx) (string, error) {
	name := c.Query(nameQuery)
	if form := web.Form(c); form.Has(nameField) {
		name = form.Get(nameField)
	}
	if name == "" || site.IsDraftName(name) {
		return name, nil
	}
	return p.newDraftName()
}

// visit reads the draft that a request is of; one that is not there is empty and has a
// token.
func (p *Pages) visit(c *fiber.Ctx) (*visit, error) {
	name, err := p.named(c)
	if err != nil {
		return nil, err
	}
	if _, ok := p.Visitor(c, site.Beside(site.DraftCookie, name)); ok && name != "" {
		return p.load(c, name)
	}
	first, err := p.load(c, "")
	switch {
	case err != nil || name == "" || first.Name == name:
		return first, err
	case first.saved.Content == nil:
		first.Name = name
		return first, nil
	}
	v := &visit{elder: first.elder, slot: name}
	return v, p.unpack(v)
}

// load reads what lies in one of the browser's places for drafts.
func (p *Pages) load(c *fiber.Ctx, slot string) (*visit, error) {
	v := &visit{elder: p.Elder(c), slot: slot}
	v.secret, v.known = p.Visitor(c, site.Beside(site.DraftCookie, slot))
	if v.known {
		var err error
		if v.saved, err = p.Drafts.Load(c.UserContext(), v.secret); err != nil {
			return nil, err
		}
	}
	return v, p.unpack(v)
}

// begunHere are the drafts that the browser has begun, and gone the places of others that
// were sent or lapsed, oldest first. A browser may bring any cookies: one query asks for
// all, nothing is opened twice, and nothing once there are as many as there may be.
func (p *Pages) begunHere(c *fiber.Ctx) (begun, gone []*visit, err error) {
	elder := p.Elder(c)
	var places []*visit
	var secrets []key.Secret
	for _, name := range p.DraftNames(c) {
		v := &visit{elder: elder, slot: name}
		v.secret, v.known = p.Visitor(c, site.Beside(site.DraftCookie, name))
		switch {
		case !v.known: // no secret of ours
			gone = append(gone, v)
			continue
		case slices.ContainsFunc(places, func(other *visit) bool { return other.holds(v.secret) }):
			continue
		}
		places, secrets = append(places, v), append(secrets, v.secret)
	}
	if len(places) == 0 {
		return nil, gone, nil
	}
	err = p.Drafts.LoadEach(c.UserContext(), secrets, func(i int, saved complaint.Saved) (bool, error) {
		v := places[i]
		v.saved = saved
		if err := p.unpack(v); err != nil {
			return false, err
		}
		switch {
		case v.begun():
			begun = append(begun, v)
		case v.saved.Content == nil:
			gone = append(gone, v)
		}
		return len(begun) < MostDrafts, nil
	})
	return begun, gone, err
}

// holds says that what lies in a place is opened by this secret.
func (v *visit) holds(secret key.Secret) bool {
	return v.known && bytes.Equal(complaint.DraftID(v.secret), complaint.DraftID(secret))
}

// others are the drafts that the browser has begun beside this one.
func (p *Pages) others(c *fiber.Ctx, v *visit) ([]Draft, error) {
	begun, _, err := p.begunHere(c)
	if err != nil {
		return nil, err
	}
	return toldApart(slices.DeleteFunc(begun, func(b *visit) bool { return b.slot == v.slot })), nil
}

// errFull says that a browser has as many drafts as it may have.
var errFull = fault.New(fault.Conflict, "这个浏览器里已经有 %d 份没填完的投诉，这一页还没有保存，填的都在下面。请先清除一份，或者在另一个窗口把一份填完交上去，再按一次。", MostDrafts)

// errGrown says that a draft was written on after somebody was asked whether to give it up.
var errGrown = fault.New(fault.Conflict, "没有清除，这一页也还没有保存：要清除的那一份刚才在别的窗口或者设备上又写过，或者已经不在了。这一页填的都在下面，请看清楚，再按一次。")

// unkept says of an error that a draft could not be kept now, and may be later.
func unkept(err error) bool {
	return fault.Is(err, fault.TooMany) || errors.Is(err, errFull) || errors.Is(err, errGrown)
}

// tidy gives up places that are of no use any more, the oldest first, once another could
// not be read beside them: a page of what was filed is told so as long as its place is known.
func (p *Pages) tidy(c *fiber.Ctx, v *visit, names []string, gone []*visit) {
	spare := len(names) - site.MostPlaces
	if !slices.Contains(names, v.slot) {
		spare++
	}
	for _, old := range gone {
		if spare > 0 && old.slot != "" && old.slot != v.slot {
			p.Cookies().Clear(c, site.Beside(site.DraftCookie, old.slot))
			p.Cookies().Clear(c, old.filedCookie())
			spare--
		}
	}
}

// room says whether a draft may be begun where nothing lies yet.
func (p *Pages) room(c *fiber.Ctx, v *visit) error {
	begun, gone, err := p.begunHere(c)
	if err != nil {
		return err
	}
	staying := slices.DeleteFunc(slices.Clone(begun), v.givesUp)
	if len(staying) >= MostDrafts {
		v.full = toldApart(begun)
		if v.clears != "" && len(staying) == len(begun) {
			return errGrown
		}
		return errFull
	}
	p.tidy(c, v, p.DraftNames(c), gone)
	return nil
}

// to is an address of the filing as this draft's: the first one's has no name.
func (v *visit) to(address string) string {
	u, err := url.Parse(address)
	if err != nil || address == "" || v.slot == "" {
		return address
	}
	q := u.Query()
	q.Set(nameQuery, v.slot)
	u.RawQuery = q.Encode()
	return u.String()
}

// csrf is the token of the forms of a draft's pages. It is the visit's: a draft that is
// gone takes its secret with it, and its late forms, its receipt loaded anew among them,
// are of this browser still. Whoever has closed it meanwhile has no visit, but the draft:
// pages that are opened again at once would each draw a visit of their own.
func (v *visit) csrf(c *fiber.Ctx) string {
	if v.known && web.FormSecret(c) == "" {
		return web.Token(v.secret.Cookie())
	}
	return web.VisitCSRF(c)
}

// frame is what surrounds a page of a draft.
func (p *Pages) frame(c *fiber.Ctx, v *visit, title string) site.Frame {
	f := p.Frame(c, title, "complain")
	f.NoIndex, f.CSRF, f.Path = true, v.csrf(c), v.to(c.Path())
	return f
}

// Draft is one that a browser has begun, in a list of them.
type Draft struct {
	Title string
	Name  string
	CSRF  string
	Next  view.Button // goes on with it
	Path  string      // of its first page, where it is cleared away: its script saves nothing of what goes
	Lent  bool        // a code goes with it
	As    string      // its name and how it stands, for a button that gives it up
}

func (v *visit) draft() Draft {
	return Draft{Title: v.called(), Name: v.Name, CSRF: web.Token(v.secret.Cookie()), Next: v.next(), Path: v.to(steps[0].path), Lent: v.Code != nil, As: v.as()}
}

// toldApart are drafts in a list. One without a title, or with that of another, is told by
// its step and when it was saved: a button beside it may clear it away.
func toldApart(drafts []*visit) []Draft {
	called := map[string]int{}
	for _, v := range drafts {
		called[v.called()]++
	}
	var list []Draft
	for _, v := range drafts {
		d := v.draft()
		if v.Story.Title == "" || called[d.Title] > 1 {
			n, _ := stepOf(v.at())
			d.Title += fmt.Sprintf("（第 %d 步，%s存的）", n+1, view.MomentText(v.saved.At))
		}
		list = append(list, d)
	}
	return list
}

// called is how a draft is spoken of.
func (v *visit) called() string {
	if v.Story.Title == "" {
		return "还没有写标题"
	}
	return v.Story.Title
}

// Unfinished are the drafts that this browser has begun. A browser without a cookie of one
// costs nothing.
func Unfinished(s *site.Site, c *fiber.Ctx) ([]Draft, error) {
	begun, _, err := (&Pages{Site: s}).begunHere(c)
	if err != nil {
		return nil, err
	}
	return toldApart(begun), nil
}

// forget deletes a draft and its code, and what opened it in this browser.
func (p *Pages) forget(c *fiber.Ctx, v *visit) error {
	if !v.known {
		return nil
	}
	rows := [][]byte{complaint.DraftID(v.secret)}
	if v.Code != nil {
		rows = append(rows, v.Code.ID)
	}
	if err := p.Drafts.Clear(c.UserContext(), rows...); err != nil {
		return err
	}
	p.Cookies().Clear(c, site.Beside(site.DraftCookie, v.slot))
	return nil
}

// as is a draft by its name and when it was saved: one that was written on since a page
// showed it is another.
func (v *visit) as() string { return v.Name + "." + strconv.FormatInt(v.saved.At.UnixMicro(), 36) }

// givesUp says of another draft that somebody chose to give it up for this one, as it stands.
func (v *visit) givesUp(other *visit) bool {
	return v.clears != "" && other.as() == v.clears && other.slot != v.slot
}

// makeRoom deletes the draft that is given up for this one.
func (p *Pages) makeRoom(c *fiber.Ctx, v *visit) error {
	begun, _, err := p.begunHere(c)
	if err != nil {
		return err
	}
	for _, other := range begun {
		if v.givesUp(other) {
			return p.forget(c, other)
		}
	}
	return nil
}

// filedCookie says that what lay in a draft's place was sent, and has not lapsed.
func (v *visit) filedCookie() string { return site.Beside(site.FiledCookie, v.slot) }

// wasFiled says that the draft of this page was sent from this browser. A cookie of before
// drafts had names says yes.
func (p *Pages) wasFiled(c *fiber.Ctx, v *visit) bool {
	name, filed := c.Query(nameQuery), p.Cookies().Read(c, v.filedCookie())
	if form := web.Form(c); form.Has(nameField) {
		name = form.Get(nameField)
	}
	return filed != "" && (name == "" || filed == name || filed == "yes")
}
