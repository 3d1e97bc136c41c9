package site

import (
	"regexp"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/key"
	"zhengxin/internal/web"
)

// The cookies of the public site. Cookies ignore ports, so the desk has others. A browser
// may hold several drafts: the first is in DraftCookie, another in one Beside it.
const (
	FormCookie   = "zx_form"
	DraftCookie  = "zx_draft"
	UnlockCookie = "zx_unlock"
	MemberCookie = "zx_member" // a deputy is logged in
	ElderCookie  = "zx_elder"
	FiledCookie  = "zx_filed" // the draft of DraftCookie was sent, it did not lapse
)

// Cookies reads and writes them.
func (s *Site) Cookies() web.Cookies { return s.app.Cookies() }

// secrets are what a form's token may belong to, best first: each draft, the
// unlocked matter, a deputy's session, and the visit itself.
func (s *Site) secrets(c *fiber.Ctx) []string {
	var all []string
	for _, name := range s.DraftNames(c) {
		all = append(all, s.Cookies().Read(c, Beside(DraftCookie, name)))
	}
	return append(all, s.Cookies().Read(c, UnlockCookie), s.Cookies().Read(c, MemberCookie), web.FormSecret(c))
}

// Beside is the cookie of the draft of this name; the first of a browser has the plain
// one. Each draft has a cookie to itself: two windows that answer at the same time would
// undo each other's changes to a common one.
func Beside(cookie, name string) string {
	if name == "" {
		return cookie
	}
	return cookie + "_" + name
}

var draftName = regexp.MustCompile(`^[a-z2-7]{8}$`)

// IsDraftName says whether a draft may be called so in an address.
func IsDraftName(name string) bool { return draftName.MatchString(name) }

// MostDrafts is how many one browser may have begun at a time, and MostPlaces how many
// cookies of drafts are read of it: those of drafts that were filed stay a while.
const (
	MostDrafts = 3
	MostPlaces = 2 * MostDrafts
)

// DraftNames are the drafts for which the browser has brought a cookie, oldest first; the
// first one's name is empty. Of more than it can have been given the newest are read: what
// is not read is not found. Whether they are still there is another question.
func (s *Site) DraftNames(c *fiber.Ctx) []string {
	names := slices.DeleteFunc(s.Cookies().Under(c, Beside(DraftCookie, "")+"_"), func(name string) bool { return !IsDraftName(name) })
	most := MostPlaces
	first := s.Cookies().Read(c, DraftCookie) != ""
	if first {
		most--
	}
	names = names[max(0, len(names)-most):]
	if first {
		names = slices.Insert(names, 0, "")
	}
	return names
}

// Visitor is the secret of a cookie; false when the browser has none.
func (s *Site) Visitor(c *fiber.Ctx, cookie string) (key.Secret, bool) {
	return key.ParseSecret(s.Cookies().Read(c, cookie))
}

// NewVisitor gives the browser a secret of its own.
func (s *Site) NewVisitor(c *fiber.Ctx, cookie string, life time.Duration) (key.Secret, error) {
	secret, err := key.NewSecret(s.Random)
	if err != nil {
		return key.Secret{}, err
	}
	s.Cookies().Set(c, cookie, secret.Cookie(), life)
	return secret, nil
}

// elderLife is how long the choice of the elder mode is kept.
const elderLife = 365 * 24 * time.Hour

// What the switch of the elder mode says on a page of the filing, where it is a
// button of the form: what was typed is saved with it.
const (
	ElderOn  = "elder-on"
	ElderOff = "elder-off"
)

// Elder says whether the visitor chose the elder mode.
func (s *Site) Elder(c *fiber.Ctx) bool { return s.Cookies().Read(c, ElderCookie) == "on" }

// SetElder switches the elder mode on or off.
func (s *Site) SetElder(c *fiber.Ctx, on bool) {
	if on {
		s.Cookies().Set(c, ElderCookie, "on", elderLife)
	} else {
		s.Cookies().Clear(c, ElderCookie)
	}
}
