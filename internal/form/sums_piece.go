package form

import (
	"strings"
	"unicode"
)

// pieceKind is what a piece had last while it is cut.
type pieceKind int

const (
	nothing pieceKind = iota
	aNumber
	aUnit
	aCoin
	more // 多, 几, 半, 个: of what stands around it
)

// cutting is a piece being cut.
type cutting struct {
	cutter
	at    int // where it ends so far
	last  pieceKind
	small bool
	tail  int // where its last number begins, and 0 when something stands behind that
}

// piece is the number that begins at a place, with all that belongs to it: 128 万 6 千 5 百 元 整.
func (c cutter) piece(i int) (part, bool) {
	if !c.begins(i) {
		return part{}, false
	}
	p := cutting{cutter: c, at: i, small: true}
	for p.next() {
	}
	p.dropTail()
	return part{i, p.at, p.small}, p.at > i
}

// begins tells where a number may begin.
func (c cutter) begins(i int) bool {
	r, next := c.sign(i), c.sign(i+1)
	switch {
	case isFigure(r), sumDigit(r), r == '十', r == '拾', r == '廿', r == '卅':
		return true
	case strings.ContainsRune("百千", r):
		adverb := r == '千' && next == '万' && strings.ContainsRune("不别要记请得注小莫勿", c.sign(i+2)) // 千万不要
		return strings.ContainsRune("万亿十", next) && !adverb
	case r == '几', r == '数':
		return isUnit(next)
	case r == '半':
		return strings.ContainsRune(largeUnits, next) || next == '个' && strings.ContainsRune(largeUnits, c.sign(i+2))
	case r == '个':
		return strings.ContainsRune("万亿", next)
	case r == '.': // .5万
		unit := c.sign(c.digits(i + 1))
		return isFigure(next) && !isFigure(c.sign(i-1)) && (isUnit(unit) || unit == 'w')
	}
	return false
}

// next takes what stands next into the piece; false where it ends.
func (p *cutting) next() bool {
	at := p.skipBlank(p.at)
	r, apart := p.sign(at), at > p.at
	letter := (r == 'w' || r == 'k') && p.last == aNumber && isFigure(p.sign(p.at-1)) && !unicode.IsLetter(p.sign(at+1))
	switch {
	case isFigure(r), sumDigit(r):
		if p.last == aNumber || p.last == aCoin && apart || p.last == more && !strings.ContainsRune("零〇", p.sign(p.at-1)) {
			return false
		}
		if (r == '零' || r == '〇') && isFigure(p.sign(at+1)) { // 128万零6
			return p.take(at+1, more)
		}
		if p.last != nothing {
			p.tail = at
		}
		return p.take(p.figureOrHan(at), aNumber)
	case r == '.' && !apart && (p.last == aNumber && isUnit(p.sign(at+1)) || p.last == nothing): // 129.万, .5万
		return p.take(max(at+1, p.digits(at+1)), aNumber)
	case r == '(' && p.last == aNumber && p.inBrackets(at) > 0:
		p.small = false
		return p.take(p.inBrackets(at), aCoin)
	case letter, isUnit(r) && (p.last != aCoin):
		p.small = p.small && !letter && !strings.ContainsRune(largeUnits, r)
		return p.take(at+1, aUnit)
	case coins[r] > 0 && p.last != nothing && p.last != aCoin:
		p.small = false
		return p.take(at+1, aCoin)
	case apart:
		return (r == '整' || r == '正') && p.end(at)
	}
	return p.word(r)
}

// inBrackets is where a unit in brackets ends, 0 when there is none: 128（万元）.
func (p *cutting) inBrackets(at int) int {
	near := string(p.signs[at:min(len(p.signs), at+4)])
	if m := unitMark.FindStringIndex(near); m != nil && m[0] == 0 {
		return at + Length(near[:m[1]])
	}
	return 0
}

// word takes the words that make a number less or more exact.
func (p *cutting) word(r rune) bool {
	next := p.sign(p.at + 1)
	measured := isUnit(next) || coins[next] > 0
	switch r {
	case '个':
		if p.last == nothing || strings.ContainsRune("半多几来把", next) || isUnit(next) {
			return p.take(p.at+1, more)
		}
	case '半':
		if p.last != aNumber {
			return p.take(p.at+1, more)
		}
	case '多', '余':
		if p.last == aNumber || p.last == aUnit || p.last == aCoin || p.last == more {
			return p.take(p.at+1, more)
		}
	case '几', '数', '来', '把':
		if measured && (p.last == aNumber || p.last == aUnit || p.last == nothing) {
			return p.take(p.at+1, more)
		}
	case '整', '正':
		return p.end(p.at)
	}
	return false
}

// end is 整 on a cheque: nothing of the sum stands behind it.
func (p *cutting) end(at int) bool {
	if p.last == aCoin || p.last == aUnit {
		p.take(at+1, aCoin)
	}
	return false
}

func (p *cutting) take(to int, kind pieceKind) bool {
	if p.at, p.last = to, kind; kind != aNumber {
		p.tail = 0
	}
	return true
}

// figureOrHan is where the digits end that begin at a place, in figures or in Han.
func (p *cutting) figureOrHan(at int) int {
	if isFigure(p.sign(at)) {
		return p.figure(at, p.last != nothing)
	}
	for sumDigit(p.sign(at)) || p.sign(at) == '点' && sumDigit(p.sign(at+1)) {
		at++
	}
	return at
}

// figure is where a number in figures ends: with whatever parts its thousands, and a point.
// A comma out of its place belongs to it, for then nobody knows what was meant; but 3000,4000
// are two. Behind a unit a comma ends a sentence sooner than it is out of its place: 付了12万5，3月又付.
func (c cutter) figure(at int, tail bool) int {
	from, listed := at, false
	for at = c.digits(at); ; {
		next := c.digits(at + 1)
		n, first := next-at-1, at-from <= groupFigures
		switch r := c.sign(at); {
		case n == 0:
			return at
		case (r == ',' || r == '，') && n == groupFigures && (first || listed):
			listed = true
		case r == ',' && (first || listed || n < groupFigures) && n != groupFigures && !tail:
			listed = true
		case r == '，' && first && n < groupFigures && !tail && c.sign(from-1) != '-':
			listed = true
		case strings.ContainsRune(".点'’‘′´`ʼ·・•", r):
		case (r == ' ' || r == '_') && n == groupFigures && (first || c.sign(at-groupFigures-1) == r):
		default:
			return at
		}
		at = next
	}
}

// groupFigures stand together where thousands are parted.
const groupFigures = 3

// digits is where a run of figures ends.
func (c cutter) digits(at int) int {
	for isFigure(c.sign(at)) {
		at++
	}
	return at
}

// dropTail leaves out a last number that is of something else: 3 of 12万3个月, 5 of 3000元5次.
func (p *cutting) dropTail() {
	if p.tail == 0 {
		return
	}
	before, next := p.tail-1, p.sign(p.at)
	for p.sign(before) == ' ' {
		before--
	}
	counted := strings.ContainsRune("个月年天日号次人户家名岁点时周件条项层栋间亩公米吨台套份笔车期倍成%‰", next)
	if coins[p.sign(before)] > 0 && unicode.IsLetter(next) || counted || next < 0x80 && unicode.IsLetter(next) {
		p.at = before + 1
	}
}
