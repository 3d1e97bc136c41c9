package web

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/form"
)

// astray sends a browser to the page that was meant by an address as people copy it:
// with capitals, with a slash at its end, with the 。 or ） that stood behind it in a
// letter or a chat. Each page has one address, so it is shown under no other. What is
// sent to is put together of a route of this site and nothing else; a form is never
// sent on.
func (a *App) astray(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return c.Next()
	}
	asked, err := url.PathUnescape(string(c.Request().URI().PathOriginal()))
	if err != nil || clean(asked) {
		return c.Next()
	}
	to, pattern, ok := a.meant(asked)
	if !ok || to == asked || to == string(c.Request().URI().PathOriginal()) { // A%25 is A% and stays A%25
		return c.Next()
	}
	stateOf(c).pattern = pattern
	if query := c.Request().URI().QueryString(); len(query) > 0 {
		to += "?" + string(query)
	}
	return c.Redirect(to, fiber.StatusMovedPermanently)
}

// clean tells an address in which there is nothing to mend.
func clean(path string) bool {
	if path == "/" {
		return true
	}
	for i, b := range []byte(path) {
		if b >= utf8.RuneSelf || b <= ' ' || 'A' <= b && b <= 'Z' || b == '/' && i+1 < len(path) && path[i+1] == '/' {
			return false
		}
	}
	return path != "" && !strings.ContainsRune(closers, rune(path[len(path)-1]))
}

// closers stand behind an address in a text and belong to none of ours.
const closers = "/.,;:!?)]}>'\"`*"

// meant is the address of the page that a path may mean, made of the first route, in
// their order, that it fits with capitals as small letters. Parameters stay as they
// were typed.
func (a *App) meant(asked string) (to, pattern string, ok bool) {
	path, rest := asked, ""
	for i, r := range asked {
		if ascii(r) == 0 {
			path, rest = asked[:i], asked[i:]
			break
		}
	}
	path = strings.TrimRight(strings.Map(ascii, path), closers)
	r, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLetter(r) && strings.HasSuffix(asked[:len(asked)-len(rest)], "/") || strings.ContainsFunc(rest, latin) {
		return "", "", false // the words are a name of their own: there is no such page
	}
	if path == "" {
		return "/", "/", true
	}
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	for _, r := range a.routes {
		if r.Method != fiber.MethodGet {
			continue
		}
		if to, ok := r.address(parts); ok {
			return to, r.Path, true
		}
	}
	return "", "", false
}

func latin(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

// ascii turns the full-width signs of an input method into ASCII; 0 for what stands
// in no address of ours.
func ascii(r rune) rune {
	if r = form.Narrow(r); r <= ' ' || r >= utf8.RuneSelf || r == '\\' || r == 0x7f {
		return 0
	}
	return r
}

// address is the route's path with these parts in it; false when they do not fit.
func (r Route) address(parts []string) (string, bool) {
	wanted := strings.Split(strings.Trim(r.Path, "/"), "/")
	if r.Path == "/" || len(wanted) != len(parts) {
		return "", false
	}
	var to strings.Builder
	for i, part := range parts {
		to.WriteByte('/')
		if !strings.Contains(wanted[i], ":") {
			if !strings.EqualFold(wanted[i], part) {
				return "", false
			}
			to.WriteString(wanted[i])
			continue
		}
		name, ending := wanted[i], ""
		if dot := strings.LastIndexByte(name, '.'); dot > 0 {
			name, ending = name[:dot], name[dot:]
		}
		value := part[:max(0, len(part)-len(ending))]
		if name[0] != ':' || value == "" || !strings.EqualFold(part[len(value):], ending) {
			return "", false
		}
		to.WriteString(url.PathEscape(value) + ending)
	}
	return to.String(), true
}
