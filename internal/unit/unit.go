// Package unit is the directory of the bodies that can be complained about and
// that handle complaints: a tree with validity, the names people call them by,
// and the search that finds one from a half-remembered name.
package unit

import (
	"cmp"
	"slices"

	"zhengxin/internal/clock"
)

// Kind is what sort of body a unit is; the table's CHECK has the same.
type Kind string

// The kinds.
const (
	CountyGovernment  Kind = "county_government"
	Department        Kind = "department"
	PartyOrgan        Kind = "party_organ"
	NPC               Kind = "npc"
	CPPCC             Kind = "cppcc"
	Court             Kind = "court"
	Procuratorate     Kind = "procuratorate"
	PublicInstitution Kind = "public_institution"
	Vertical          Kind = "vertical"
	Subdistrict       Kind = "subdistrict"
	Town              Kind = "town"
	Township          Kind = "township"
	EthnicTownship    Kind = "ethnic_township"
	Office            Kind = "office"
	External          Kind = "external"
)

// kinds in the order in which a page lists them, with their words.
var kinds = []struct {
	kind Kind
	word string
}{
	{CountyGovernment, "县政府"}, {Department, "政府部门"}, {Subdistrict, "街道"}, {Town, "镇"}, {Township, "乡"},
	{EthnicTownship, "民族乡"}, {PublicInstitution, "事业单位和国有企业"}, {Vertical, "垂直管理单位"},
	{PartyOrgan, "党委部门"}, {NPC, "人大"}, {CPPCC, "政协"}, {Court, "法院"}, {Procuratorate, "检察院"},
	{Office, "内设机构"}, {External, "本县以外的机关"},
}

// Kinds are all kinds in the order in which a page lists them.
func Kinds() []Kind {
	all := make([]Kind, len(kinds))
	for i, k := range kinds {
		all[i] = k.kind
	}
	return all
}

// Word is the kind in Chinese, empty for one that does not exist.
func (k Kind) Word() string {
	for _, known := range kinds {
		if known.kind == k {
			return known.word
		}
	}
	return ""
}

// ParseKind reads a kind from its code or its Chinese word.
func ParseKind(s string) (Kind, bool) {
	for _, known := range kinds {
		if s == string(known.kind) || s == known.word {
			return known.kind, true
		}
	}
	return "", false
}

// NameUnconfirmed is the mark beside a name that the county has not confirmed.
const NameUnconfirmed = "名称待确认"

// Unit is one body. Its name is shown as it is; Mark goes beside it where a
// page says how sure the name is.
type Unit struct {
	Code         string
	Name         string
	Alias        []string
	Former       []string // what its name was or what people say for it, by the table of synonyms
	Kind         Kind
	Parent       string // empty at the top
	USCC         string
	Complainable bool
	Handles      bool
	Confirmed    bool
	Prefix       string // 发文字号的机关代字 of its own letters; empty: they bear the office's
	Mailbox      string // where letters to it go; empty: they lie in the outbox
	From         clock.Date
	Until        clock.Date // its last day; zero while none is known
	Current      bool       // in force today
	Successor    string     // who took over its duties; empty while there is none
}

// Mark is 名称待确认 for a name that is not confirmed, else empty.
func (u Unit) Mark() string {
	if u.Confirmed {
		return ""
	}
	return NameUnconfirmed
}

// List is the whole directory, or a part of it, in the order of the table.
type List []Unit

// ByCode finds a unit, also one that is no longer in force: old complaints
// point at it.
func (l List) ByCode(code string) (Unit, bool) {
	for i := range l { // by its index: a list of matters asks this twice a row
		if l[i].Code == code {
			return l[i], true
		}
	}
	return Unit{}, false
}

// Complainable are those that a complaint filed today may name.
func (l List) Complainable() List {
	return l.only(func(u Unit) bool { return u.Complainable && u.Current })
}

// Handling are those that work may be dispatched to today.
func (l List) Handling() List {
	return l.only(func(u Unit) bool { return u.Handles && u.Current })
}

// ByKind are the same in the order of a page that heads them with their kinds.
func (l List) ByKind() List {
	order := Kinds()
	return slices.SortedStableFunc(slices.Values(l), func(a, b Unit) int {
		return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
	})
}

// Codes of the units.
func (l List) Codes() []string {
	var out []string
	for _, u := range l {
		out = append(out, u.Code)
	}
	return out
}

func (l List) only(keep func(Unit) bool) List {
	var out List
	for _, u := range l {
		if keep(u) {
			out = append(out, u)
		}
	}
	return out
}

// Line is the codes of a unit and of every unit above it, itself first; empty
// for a code that does not exist.
func (l List) Line(code string) []string {
	var line []string
	for u, ok := l.ByCode(code); ok && !slices.Contains(line, u.Code); u, ok = l.ByCode(u.Parent) {
		line = append(line, u.Code)
	}
	return line
}

// Node is a unit with those below it.
type Node struct {
	Unit
	Children []Node
}

// Tree hangs every unit below its parent; one whose parent is not in the list
// stands at the top.
func (l List) Tree() []Node {
	below := map[string]List{}
	for _, u := range l {
		parent := u.Parent
		if _, ok := l.ByCode(parent); !ok {
			parent = ""
		}
		below[parent] = append(below[parent], u)
	}
	return branch(below, "")
}

func branch(below map[string]List, parent string) []Node {
	var nodes []Node
	for _, u := range below[parent] {
		nodes = append(nodes, Node{Unit: u, Children: branch(below, u.Code)})
	}
	return nodes
}

// known are its names and what it used to be called: enough to offer it, not to
// take somebody at their word.
func (u Unit) known() []string {
	out := u.names()
	for _, f := range u.Former {
		out = append(out, bare(f))
	}
	return out
}

// names are everything a unit is called, its own name first, as bare gives it.
func (u Unit) names() []string {
	out := []string{bare(u.Name)}
	for _, a := range u.Alias {
		out = append(out, bare(a))
	}
	return out
}
