package form

import (
	"slices"
	"strings"
)

// PersonalKind is a sort of detail that tells who somebody is.
type PersonalKind string

// The kinds that FindPersonal knows; their text is what a page calls them.
const (
	IDNumber      PersonalKind = "身份证号"
	Permit        PersonalKind = "通行证号"
	Passport      PersonalKind = "护照号"
	ResidenceCard PersonalKind = "永久居留证号"
	BankCard      PersonalKind = "银行卡号"
	MobileNumber  PersonalKind = "手机号码"
	Landline      PersonalKind = "座机号码"
	EmailAddress  PersonalKind = "电子邮箱"
	ChatAccount   PersonalKind = "微信号或者 QQ 号"
	Plate         PersonalKind = "车牌号"
	PersonName    PersonalKind = "姓名"
	FirmName      PersonalKind = "单位名称"
	OwnAddress    PersonalKind = "住址"
	OwnNumber     PersonalKind = "证件或者执照的编号"
)

// Finding is one personal detail inside a text.
type Finding struct {
	Kind       PersonalKind
	Start, End int    // bytes of the text: text[Start:End]
	Place      int    // where it begins, counted in characters from 1
	Text       string // as it was typed
	Sure       bool   // by its own form; else by what stands around it, or because it may be one
}

// Own is what is known of the writer, to be found in what they write.
type Own struct {
	Kind  PersonalKind
	Value string
}

// FindPersonal finds in free text what tells who somebody is: numbers of identity cards,
// permits, passports and bank cards, of telephones and chat accounts, e-mail addresses,
// names and firms that introduce themselves, and whatever is known of the writer. It errs
// towards finding, for a question is cheaper than a name given away: a wrong check digit,
// full width, Han digits, and separators of any sort and width hide nothing. What is
// called a contract's or a paper's number is left alone unless its check digit is an
// identity card's. The findings come in the text's order and never overlap.
func FindPersonal(text string, own ...Own) []Finding {
	s := scan(text)
	s.take(s.owned(own))
	s.take(s.emails())
	s.take(s.regionIDs())
	for _, value := range []func(rune) int8{plainDigit, hanDigit, mistakenDigit} {
		// Pass by pass, so that 之一 before a number does not hide it.
		for i, r := range s.signs {
			if s.digits[i] = value(r); s.taken[i] {
				s.digits[i] = -1
			}
		}
		s.take(s.numbers())
	}
	s.take(s.chats())
	s.take(s.group(plateIn, plateBegins, Plate))
	s.take(s.introduced())
	return s.cut()
}

// scanned is what can be seen of a text, character by character, beside its folded form.
type scanned struct {
	text   string
	signs  []rune // folded; what nobody sees is not among them
	places []int  // the number of each in the text, counted in characters
	starts []int  // where each begins in the text
	ends   []int
	digits []int8 // the value of a digit, else -1
	taken  []bool // belongs to a finding
	found  []span

	folded string // the signs as one string, for patterns
	at     []int  // the sign that begins at a byte of folded
}

// span is a finding before it is cut out: signs from..to.
type span struct {
	kind     PersonalKind
	from, to int
	sure     bool
}

func scan(text string) *scanned {
	s := &scanned{text: text}
	place := 0
	var b strings.Builder
	for i, r := range text {
		size := 1
		if r != '\uFFFD' || strings.HasPrefix(text[i:], "\uFFFD") {
			size = len(string(r))
		}
		place++
		sign := seen(r)
		if sign < 0 {
			continue
		}
		s.signs, s.places = append(s.signs, sign), append(s.places, place)
		s.starts, s.ends = append(s.starts, i), append(s.ends, i+size)
		for range len(string(sign)) {
			s.at = append(s.at, len(s.signs)-1)
		}
		b.WriteRune(sign)
	}
	s.at = append(s.at, len(s.signs))
	s.folded = b.String()
	s.digits, s.taken = make([]int8, len(s.signs)), make([]bool, len(s.signs))
	return s
}

// take keeps what does not lie over what was found before.
func (s *scanned) take(spans []span) {
	for _, one := range spans {
		if one.from >= one.to || slices.Contains(s.taken[one.from:one.to], true) {
			continue
		}
		s.found = append(s.found, one)
		for i := one.from; i < one.to; i++ {
			s.taken[i] = true
		}
	}
}

// cut takes the findings out of the text, in its order.
func (s *scanned) cut() []Finding {
	slices.SortFunc(s.found, func(a, b span) int { return a.from - b.from })
	var findings []Finding
	for _, one := range s.found {
		start, end := s.starts[one.from], s.ends[one.to-1]
		findings = append(findings, Finding{one.kind, start, end, s.places[one.from], s.text[start:end], one.sure})
	}
	return findings
}

// Bars says that nothing written in an office's name can have it: a person's own number
// and no doubt of it. A telephone of an office or an address may well stand there.
func (f Finding) Bars() bool {
	switch f.Kind {
	case IDNumber, MobileNumber, Permit, Passport, ResidenceCard, BankCard:
		return f.Sure
	}
	return false
}

// PersonalKinds names the kinds of personal details in some texts; of is which count,
// nil for all.
func PersonalKinds(of func(Finding) bool, texts ...string) string {
	var kinds []string
	for _, text := range texts {
		for _, found := range FindPersonal(text) {
			if kind := string(found.Kind); (of == nil || of(found)) && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	return strings.Join(kinds, "、")
}

// Masked is a text without what was found in it: a number keeps its last two signs, so
// that its writer knows it again.
func Masked(text string, found []Finding) string {
	var b strings.Builder
	last := 0
	for _, f := range found {
		b.WriteString(text[last:f.Start])
		b.WriteString("（" + string(f.Kind) + "，已隐去）")
		last = f.End
	}
	return b.String() + text[last:]
}
