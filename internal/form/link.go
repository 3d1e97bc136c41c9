package form

import (
	"net/url"
	"strings"
)

// WebHost is the site that a link leads to, for a reader to see before they follow it;
// empty for what is no whole https address of a named site. What may hide where it leads,
// a user name before the host or a sign that a page or a header reads otherwise, is none.
func WebHost(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.User != nil || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") ||
		strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>\"\\`{}|^", r) }) {
		return ""
	}
	return u.Host
}
