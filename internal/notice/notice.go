// Package notice is what the office publishes: announcements, circulars,
// policies and warnings, each for its term. The database ends a publication by
// date; of an ended one the public can read nothing but the day.
package notice

import (
	"strings"
	"time"

	"zhengxin/internal/clock"
)

// Kind is what sort of publication a notice is; the table's CHECK has the same.
type Kind string

// The kinds.
const (
	Announcement Kind = "notice"
	Circular     Kind = "circular"
	Policy       Kind = "policy"
	Warning      Kind = "warning"
	Proposal     Kind = "proposal"  // how a deputy's proposal was handled
	Statement    Kind = "statement" // what a unit stated to the media
)

var words = map[Kind]string{Announcement: "公告", Circular: "通报", Policy: "政策", Warning: "公示", Proposal: "建议提案办理", Statement: "情况说明"}

// Kinds are all kinds.
func Kinds() []Kind { return []Kind{Announcement, Circular, Policy, Warning, Proposal, Statement} }

// Word is the kind in Chinese.
func (k Kind) Word() string { return words[k] }

// Path is where a notice of this kind is read.
func (k Kind) Path() string {
	if k == Policy {
		return "/policies/"
	}
	return "/notices/"
}

// Entry is one line of a list of notices that are in their term.
type Entry struct {
	ID          int64
	Kind        Kind
	Title       string
	Unit        string // code of the unit it concerns; empty for none
	PublishedAt time.Time
	Until       clock.Date // the last day; zero while there is none
}

// In reports whether it is in its term, so that what was kept for two seconds
// ends at midnight all the same.
func (e Entry) In(now time.Time) bool {
	return !now.Before(e.PublishedAt) && (e.Until.IsZero() || !clock.On(now).After(e.Until))
}

// Notice is a whole notice.
type Notice struct {
	Entry
	Issuer    string
	Number    string // with its prefix, as the document bears it
	Addressee string
	Body      string     // one paragraph to a line
	SignedOn  clock.Date // the day that the document bears; zero without one
	Also      string     // what the office says beside it, one paragraph to a line
	Digest    string     // SHA-256 of the frozen document in hexadecimal; empty without one
}

// Paragraphs are the paragraphs of its text.
func (n Notice) Paragraphs() []string { return paragraphs(n.Body) }

// Beside are those of what the office says beside it.
func (n Notice) Beside() []string { return paragraphs(n.Also) }

func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Page is a notice, or what is left of one that has ended.
type Page struct {
	Notice
	EndedOn clock.Date // zero while it is in its term; then nothing else is set but ID
}
