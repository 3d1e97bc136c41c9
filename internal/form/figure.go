package form

import (
	"math/big"
	"slices"
	"strings"
)

// A figure is a number as it is spoken or written by hand, in Han or other digits:
// 128.65万, 一百二十八万六千五, 3亿2千万, 两万五, 壹佰贰拾捌万元整, 三块五毛.

// placeUnits make ten, a hundred … of the number before them.
var placeUnits = map[rune]int64{
	'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, 'k': 1000,
	'万': 1e4, '萬': 1e4, 'w': 1e4, '亿': 1e8, '億': 1e8,
}

// coins are what a sum is counted in, as parts of a yuan.
var coins = map[rune]int64{'元': 1, '圆': 1, '圓': 1, '块': 1, '塊': 1, '角': 10, '毛': 10, '分': 100}

// hanDigitOf is a Han digit's value as it stands in a sum; -1 of anything else.
func hanDigitOf(r rune) int8 {
	switch r {
	case '两', '兩', '俩', '贰', '貳':
		return 2
	case '叁', '參', '参':
		return 3
	case '陆', '陸':
		return 6
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return -1
	}
	return hanDigit(r)
}

// tokenKind is what a piece of a figure is.
type tokenKind int

const (
	numberToken tokenKind = iota
	zeroToken             // 零 between places
	placeToken
	coinToken
)

type token struct {
	kind   tokenKind
	value  *big.Rat
	han    bool
	digits int  // of a whole number
	padded bool // it begins with a zero
}

// tokens cuts a figure; false when something else stands in it.
func tokens(s string) ([]token, bool) {
	var out []token
	runes := []rune(s)
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case placeUnits[r] > 0:
			out = append(out, token{kind: placeToken, value: big.NewRat(placeUnits[r], 1)})
			i++
		case coins[r] > 0:
			out = append(out, token{kind: coinToken, value: big.NewRat(1, coins[r])})
			i++
		case r >= '0' && r <= '9':
			n, ok := arabic(runes[i:])
			if !ok {
				return nil, false
			}
			value, _ := new(big.Rat).SetString(strings.ReplaceAll(string(runes[i:i+n]), ",", ""))
			whole, _, fraction := strings.Cut(string(runes[i:i+n]), ".")
			one := token{value: value, padded: r == '0' && len(whole) > 1, digits: len(strings.ReplaceAll(whole, ",", ""))}
			if fraction {
				one.digits = 0
			}
			out = append(out, one)
			i += n
		case hanDigitOf(r) >= 0:
			n, list := hanRun(runes[i:])
			out = append(out, list...)
			i += n
		default:
			return nil, false
		}
	}
	return out, len(out) > 0
}

// arabic is how far a number in figures goes; its commas must be where they belong.
func arabic(runes []rune) (int, bool) {
	n := 0
	for n < len(runes) && (runes[n] >= '0' && runes[n] <= '9' || runes[n] == ',' || runes[n] == '.') {
		n++
	}
	s := string(runes[:n])
	return n, plainAmount.MatchString(s) || groupedAmount.MatchString(s)
}

// hanRun reads Han digits that stand together: one, 零 before one, a whole number
// spelt digit by digit (一二八万), a fraction after 点.
func hanRun(runes []rune) (int, []token) {
	digits, n, point := "", 0, -1
	for ; n < len(runes); n++ {
		if runes[n] == '点' && point < 0 && n > 0 {
			point = len(digits)
			continue
		}
		d := hanDigitOf(runes[n])
		if d < 0 {
			break
		}
		digits += string(rune('0' + d))
	}
	switch {
	case point == len(digits): // nothing after it
		point, n = -1, n-1
		return n, append(hanWhole(digits), token{kind: -1})
	case point >= 0:
		value, _ := new(big.Rat).SetString(digits[:point] + "." + digits[point:])
		return n, []token{{value: value, han: true}}
	}
	return n, hanWhole(digits)
}

func hanWhole(digits string) []token {
	var out []token
	if digits[0] == '0' && len(digits) <= 2 {
		out = append(out, token{kind: zeroToken})
		digits = digits[1:]
	}
	if digits != "" {
		value, _ := new(big.Rat).SetString(digits)
		out = append(out, token{value: value, han: true, digits: len(digits), padded: digits[0] == '0'})
	}
	return out
}

// reckoning adds up a figure from its left.
type reckoning struct {
	total   *big.Rat // above the last 万 or 亿, which are in it
	section *big.Rat // below them
	open    *token   // a number whose place is not known yet
	least   int64    // the place before, which the next in this section must be below
	group   int64    // the last 万 or 亿
	last    int64    // the last place of all
	zero    bool     // 零 stood since
	bare    bool     // the place before had no number: 百 in 百万
	begun   bool
}

// spoken reads a whole figure in yuan: its readings, the literal one first where there
// are two. None when it is no figure.
func spoken(s string) []*big.Rat {
	list, ok := tokens(s)
	if !ok {
		return nil
	}
	at := slices.IndexFunc(list, func(t token) bool { return t.kind == coinToken })
	whole, rest := list, []token(nil)
	if at >= 0 {
		whole, rest = list[:at], list[at:]
	}
	change, ok := coinsOf(rest)
	if !ok {
		return nil
	}
	if at >= 0 && rest[0].value.Cmp(big.NewRat(1, 1)) != 0 { // 五毛: the number is of the coin
		if len(whole) != 1 || whole[0].kind != numberToken {
			return nil
		}
		more, ok := coinsOf(slices.Concat(whole, rest))
		if !ok {
			return nil
		}
		return []*big.Rat{more}
	}
	r := reckoning{total: new(big.Rat), section: new(big.Rat), least: 1e4, group: 1e16}
	for i := range whole {
		if !r.take(&whole[i], whole[i+1:]) {
			return nil
		}
	}
	sums := r.end(at >= 0 && len(rest) == 1)
	for _, sum := range sums {
		sum.Add(sum, change)
	}
	return sums
}

// coinsOf are 角 and 分, after 元 or alone; a number at the end is of the next coin.
func coinsOf(list []token) (*big.Rat, bool) {
	sum, unit := new(big.Rat), big.NewRat(10, 1)
	var open *token
	add := func(of *big.Rat) bool {
		if open == nil || open.digits != 1 {
			return false
		}
		sum.Add(sum, new(big.Rat).Mul(open.value, of))
		open = nil
		return true
	}
	for i, t := range list {
		switch t.kind {
		case numberToken:
			if open != nil {
				return nil, false
			}
			open = &list[i]
		case zeroToken:
		case coinToken:
			if t.value.Cmp(unit) >= 0 || i == 0 != (open == nil) || open != nil && !add(t.value) {
				return nil, false
			}
			unit = t.value
		default:
			return nil, false
		}
	}
	if open != nil {
		return sum, add(new(big.Rat).Quo(unit, big.NewRat(10, 1))) && unit.Cmp(big.NewRat(1, 100)) > 0
	}
	return sum, true
}

func (r *reckoning) take(t *token, after []token) bool {
	switch t.kind {
	case numberToken:
		if r.open != nil {
			return false
		}
		r.open, r.begun = t, true
		return true
	case zeroToken:
		r.zero, r.begun = true, true
		return r.open == nil
	case placeToken:
		unit := t.value.Num().Int64()
		if unit >= 1e4 {
			return r.close(unit)
		}
		return r.place(unit, after)
	}
	return false
}

// place is 十, 百 or 千. Alone it begins a figure or a section (十五, 百万); 百八十,
// 千八百 and 百十 are no numbers but guesses.
func (r *reckoning) place(unit int64, after []token) bool {
	if unit >= r.least {
		return false
	}
	if r.open == nil {
		guess := unit > 10 && len(after) > 0 && after[0].kind == numberToken
		if r.section.Sign() != 0 && (unit > 10 || r.bare) || guess {
			return false
		}
		r.bare = true
		r.open = &token{value: big.NewRat(1, 1), digits: 1}
	}
	if r.open.guess() {
		return false
	}
	r.section.Add(r.section, new(big.Rat).Mul(r.open.value, big.NewRat(unit, 1)))
	r.open, r.least, r.last, r.zero, r.begun = nil, unit, unit, false, true
	return true
}

// close is 万 or 亿: what stands before it is of them.
func (r *reckoning) close(unit int64) bool {
	sum := new(big.Rat).Set(r.section)
	if r.open != nil {
		if r.open.guess() {
			return false
		}
		sum.Add(sum, r.open.value)
	}
	if unit > r.group { // 一万亿
		sum.Add(sum, r.total)
		r.total = new(big.Rat)
	}
	if sum.Sign() == 0 && (r.open == nil || r.total.Sign() != 0) || unit == r.group {
		return false
	}
	r.total.Add(r.total, sum.Mul(sum, big.NewRat(unit, 1)))
	r.section, r.open, r.least, r.group, r.last, r.zero = new(big.Rat), nil, 1e4, unit, unit, false
	return true
}

// guess tells Han digits of which one is meant: 两三万 is two or three, not 23.
func (t token) guess() bool {
	if !t.han || t.digits < 2 || t.digits > 3 || !t.value.IsInt() {
		return false
	}
	var values []int8
	for _, r := range t.value.Num().String() {
		values = append(values, int8(r-'0'))
	}
	return isEstimate(values)
}

// isEstimate tells digits that are said for one of them: neighbours (两三, 五六七), and 三五 and
// its like, two apart; 三两 is the only pair that falls.
func isEstimate(values []int8) bool {
	switch {
	case len(values) == 3:
		return values[0] > 0 && values[1] == values[0]+1 && values[2] == values[1]+1
	case len(values) == 2:
		return values[0] > 0 && (values[1] == values[0]+1 || values[1] == values[0]+2) || values[0] == 3 && values[1] == 2
	}
	return false
}

// end settles the number that is left. After a larger place it is said for the place
// below (两万五 is 25,000), unless 零 stands before it or its digits fill the places
// (128万6500); in figures, or before 元, it may be meant as it stands.
func (r *reckoning) end(yuan bool) []*big.Rat {
	if !r.begun {
		return nil
	}
	sum := new(big.Rat).Add(r.total, r.section)
	if r.open == nil {
		return []*big.Rat{sum}
	}
	literal := new(big.Rat).Add(sum, r.open.value)
	below := 0
	for unit := r.last; unit >= 10; unit /= 10 {
		below++
	}
	d := r.open.digits
	if r.last == 10 && d == 1 || r.zero || r.last == 0 || d == 0 || r.open.padded || d == below {
		return []*big.Rat{literal}
	}
	if d > below {
		return nil
	}
	asSaid := new(big.Rat).Add(sum, new(big.Rat).Mul(r.open.value, big.NewRat(tenTo(below-d), 1)))
	if plain := r.open.han || r.last <= 1000; d == 1 && plain && !yuan {
		return []*big.Rat{asSaid}
	}
	return []*big.Rat{literal, asSaid}
}

func tenTo(n int) int64 {
	out := int64(1)
	for range n {
		out *= 10
	}
	return out
}
