// Package member is the roster: deputies of the people's congress, members of the political
// consultative committee, and journalists, as the desk keeps them. Nobody is taken off it:
// a term ends, with its day and its reason, and what was signed under it keeps its name.
//
// It keeps their accounts, too: whom the desk has admitted
// against the roster, and the door by which they come in. Nobody has a password. Who comes
// in shows two of three: a letter that went to their mailbox a moment ago, the login code of
// the slip that they were handed, and, where they have set one up, their authenticator,
// which is then always one of the two. None of them opens anything alone.
package member

import (
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// Kind is what somebody is on the roster.
type Kind string

// The kinds; the table's CHECK has the same.
const (
	Deputy     Kind = "npc_deputy"
	Committee  Kind = "cppcc_member"
	Journalist Kind = "media"
)

// Kinds are all kinds, in the order of the roster.
var Kinds = []Kind{Deputy, Committee, Journalist}

var words = map[Kind]string{Deputy: "人大代表", Committee: "政协委员", Journalist: "记者"}

// Word is what one of the kind is called.
func (k Kind) Word() string { return words[k] }

// Member is somebody on the roster.
type Member struct {
	ID         int64
	Kind       Kind
	Name       string
	Session    string // 第十六届; a journalist has none
	Credential string
	Delegation string // 代表团, or 界别
	Outlet     string // of a journalist
	From       clock.Date
	Until      clock.Date // the last day; zero while nobody knows it
	EndedWhy   string
}

// Always is since when somebody belongs to the roster whose first day nobody wrote down:
// the default of the table.
var Always = clock.NewDate(2000, 1, 1)

// Ended says that the term is over on a day.
func (m Member) Ended(today clock.Date) bool { return !m.Until.IsZero() && m.Until.Before(today) }

// Ending says that the end of the term has been set.
func (m Member) Ending() bool { return !m.Until.IsZero() }

// Belongs is where somebody comes from, in words.
func (m Member) Belongs() string {
	if m.Kind == Journalist {
		return m.Outlet
	}
	return strings.TrimSpace(m.Session + " " + m.Delegation)
}

// key is what no two have in common.
func (m Member) key() [3]string { return [3]string{string(m.Kind), m.Session, m.Credential} }

// namesake is what two of one name have in common who are easily taken for one.
func (m Member) namesake() [3]string { return [3]string{string(m.Kind), m.Session, m.Name} }

// same says that all that is written of both is the same.
func (m Member) same(o Member) bool {
	return m.key() == o.key() && m.Name == o.Name && m.Delegation == o.Delegation && m.Outlet == o.Outlet
}

// Typed is somebody as they were written down, in a form or a line of a file.
type Typed struct{ Kind, Name, Session, Credential, Delegation, Outlet string }

// As is what was written of somebody who stands on the roster.
func (m Member) As() Typed {
	return Typed{string(m.Kind), m.Name, m.Session, m.Credential, m.Delegation, m.Outlet}
}

// longest are what the fields take, in characters.
const (
	longestName  = 40
	longestOther = 60
)

// kinds by what a file or a form calls them.
func kindOf(typed string) (Kind, bool) {
	typed = form.Line(typed)
	for _, k := range Kinds {
		switch typed {
		case string(k), k.Word(), strings.TrimPrefix(k.Word(), "人大"), strings.TrimPrefix(k.Word(), "政协"):
			return k, true
		}
	}
	return "", false
}

// Read reads what was typed; the faults stand beside their fields.
func (t Typed) Read() (Member, []fault.Field) {
	var faults []fault.Field
	say := func(name, sentence string) { faults = append(faults, fault.Field{Name: name, Sentence: sentence}) }
	line := func(name, typed string, most int) string {
		typed = form.Line(typed)
		if said := form.LineFault(typed); typed != "" && said != "" {
			say(name, said)
		} else if said := form.TooLong(typed, most); said != "" {
			say(name, said)
		}
		return typed
	}
	kind, known := kindOf(t.Kind)
	switch {
	case form.Line(t.Kind) == "":
		say("kind", "请选是哪一种：人大代表、政协委员或者记者")
	case !known:
		say("kind", "没有“"+form.Line(t.Kind)+"”这一种，请写人大代表、政协委员或者记者")
	}
	m := Member{Kind: kind, Name: line("name", t.Name, longestName), Credential: strings.ToUpper(line("credential", form.Plain(t.Credential), longestOther)),
		Delegation: line("delegation", t.Delegation, longestOther), Outlet: line("outlet", t.Outlet, longestOther)}
	if m.Name == "" {
		say("name", "请写姓名")
	}
	if m.Credential == "" {
		say("credential", "请写证号：同名的靠它分清")
	}
	session := form.Line(t.Session)
	term, read := form.ReadOrdinal(session)
	switch {
	case !known:
		m.Session = session
	case kind == Journalist:
		if session != "" {
			say("session", "记者没有届，请空着")
		}
		if m.Outlet == "" {
			say("outlet", "请写是哪家媒体")
		}
	case session == "":
		say("session", "请写第几届")
	case !read || term > 99:
		say("session", "届请写数字，例如 16，或者 第十六届")
	default:
		m.Session = "第" + form.Han(term) + "届"
	}
	if known && kind != Journalist && m.Outlet != "" {
		say("outlet", "只有记者写媒体，请空着")
	}
	return m, faults
}
