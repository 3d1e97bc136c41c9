package form

import (
	"math/big"
	"strings"
	"unicode"
)

// Sum is an amount of money that stands in a text, by the runes from From to To.
type Sum struct {
	Amount   Amount
	From, To int
}

// leastSum is 100 yuan: below, numbers in a text are days, floors and lots.
const leastSum Amount = 100_00

// Sums are the amounts that stand in a text, in whatever way of writing: 1286500,
// 1,286,500.00, 128.65万元, 128万6千5, 一百二十八万六千五, 壹佰贰拾捌万陆仟伍佰元整. It is for
// finding and decides nothing, so a number that may be none is taken for one, too.
func Sums(text string) []Sum {
	var found []Sum
	runes := []rune(text)
	for i, r := range runes {
		runes[i] = sumRune(r)
	}
	for i := 0; i < len(runes); {
		if _, digit := sumDigits[runes[i]]; !digit && !isFigure(runes[i]) && runes[i] != '十' {
			i++
			continue
		}
		amount, to := readSum(runes, i)
		if to == i {
			i++
			continue
		}
		if amount >= leastSum && amount <= maxAmount {
			found = append(found, Sum{amount, i, to})
		}
		i = to
	}
	return found
}

// WholeSum is the amount that somebody typed and nothing besides; false when there is more.
func WholeSum(typed string) (Amount, bool) {
	bare := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(typed), "¥￥"))
	if all := Sums(bare); len(all) == 1 && all[0].From == 0 && all[0].To == len([]rune(bare)) {
		return all[0].Amount, true
	}
	return 0, false
}

// sumRune makes one of the ways in which a sign of a number is typed.
func sumRune(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	if plain, ok := sumSigns[r]; ok {
		return plain
	}
	return r
}

var (
	sumSigns = map[rune]rune{
		'〇': '零', '○': '零', '壹': '一', '贰': '二', '貳': '二', '两': '二', '兩': '二', '叁': '三', '參': '三', '肆': '四', '伍': '五', '陆': '六', '陸': '六',
		'柒': '七', '捌': '八', '玖': '九', '拾': '十', '佰': '百', '仟': '千', '萬': '万', '億': '亿', '圆': '元', '圓': '元', '块': '元', '塊': '元', '毛': '角',
	}
	sumDigits = map[rune]int64{'零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	sumUnits  = map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10_000, '亿': 100_000_000}
	sumCoins  = map[rune]*big.Rat{'元': big.NewRat(1, 1), '角': big.NewRat(1, 10), '分': big.NewRat(1, 100)}
)

// mostDigits bounds what is read of a number; no amount has as many.
const mostDigits = 20

// summing is a number being read: what is closed by 万 and 亿, what stands before them,
// and the digits that no unit has taken yet.
type summing struct {
	closed, section *big.Rat
	open            *big.Rat // nil without digits
	unit            int64    // the last unit
	lower           bool     // a zero was said: what follows is no next digit of the unit
	over            bool     // it is beyond any amount: the rest is read and not reckoned
}

// readSum reads the number that begins at i; to is i where none does.
func readSum(runes []rune, i int) (amount Amount, to int) {
	at := i
	s := summing{closed: new(big.Rat), section: new(big.Rat)}
	for at < len(runes) {
		if n, next := readNumeral(runes, at); next > at {
			if s.open != nil {
				break // two numbers beside each other
			}
			s.open, at = n, next
			continue
		}
		next := skipBlank(runes, at)
		if next >= len(runes) {
			break
		}
		unit, ok := sumUnits[runes[next]]
		if !ok && s.unit > 0 && s.open == nil && next > at {
			// 128 万 6 千: the blank stands before the next digits
			if n, after := readNumeral(runes, next); after > next {
				s.open, at = n, after
				continue
			}
		}
		if !ok || !s.take(unit, next > at) {
			break
		}
		at = next + 1
		if at < len(runes) && runes[at] == '零' {
			s.lower, at = true, at+1
		}
	}
	if at == i {
		return 0, i
	}
	value := s.value()
	at = readCoins(runes, at, value)
	if s.over {
		return -1, at
	}
	return fen(value), at
}

// readNumeral reads figures, with commas and a point, or Chinese digits beside each other.
func readNumeral(runes []rune, i int) (*big.Rat, int) {
	at, digits := i, strings.Builder{}
	for at < len(runes) && isFigure(runes[at]) {
		digits.WriteRune(runes[at])
		at++
		if at+3 < len(runes) && runes[at] == ',' && figuresAhead(runes[at+1:]) == groupFigures {
			at++
		}
	}
	if digits.Len() > 0 {
		if at+1 < len(runes) && runes[at] == '.' && isFigure(runes[at+1]) {
			digits.WriteRune('.')
			for at++; at < len(runes) && isFigure(runes[at]); at++ {
				digits.WriteRune(runes[at])
			}
		}
		if digits.Len() > mostDigits {
			return new(big.Rat), at
		}
		n, _ := new(big.Rat).SetString(digits.String())
		return n, at
	}
	n := int64(0)
	for at < len(runes) && at-i < mostDigits {
		d, ok := sumDigits[runes[at]]
		if !ok {
			break
		}
		n, at = n*10+d, at+1
	}
	return new(big.Rat).SetInt64(n), at
}

func isFigure(r rune) bool { return r >= '0' && r <= '9' }

// groupFigures stand between two commas.
const groupFigures = 3

// figuresAhead is how many stand at the beginning, as far as one more than a group.
func figuresAhead(runes []rune) int {
	n := 0
	for n <= groupFigures && n < len(runes) && isFigure(runes[n]) {
		n++
	}
	return n
}

func skipBlank(runes []rune, at int) int {
	for at < len(runes) && runes[at] != '\n' && unicode.IsSpace(runes[at]) {
		at++
	}
	return at
}

// take puts a unit to the digits before it; false where it belongs to no number, as in 万一.
func (s *summing) take(unit int64, apart bool) bool {
	if s.open == nil && s.unit == 0 && (unit != 10 || apart) {
		return false
	}
	if s.over {
		s.open, s.unit, s.lower = nil, unit, false
		return true
	}
	if unit < 10_000 {
		if s.open == nil {
			s.open = big.NewRat(1, 1)
		}
		s.section.Add(s.section, s.open.Mul(s.open, new(big.Rat).SetInt64(unit)))
	} else {
		if s.open != nil {
			s.section.Add(s.section, s.open)
		}
		if unit > 10_000 { // 亿 takes all that was said before it
			s.section.Add(s.section, s.closed)
			s.closed.SetInt64(0)
		}
		s.closed.Add(s.closed, s.section.Mul(s.section, new(big.Rat).SetInt64(unit)))
		s.section = new(big.Rat)
		s.over = fen(s.closed) < 0 || fen(s.closed) > maxAmount
	}
	s.open, s.unit, s.lower = nil, unit, false
	return true
}

// value is all of it. A last digit without a unit is of the next lower one: 128万6千5 is
// 128 万 6,500.
func (s *summing) value() *big.Rat {
	sum := new(big.Rat).Add(s.closed, s.section)
	if s.open != nil {
		if s.unit > 10 && !s.lower && s.open.IsInt() && s.open.Cmp(big.NewRat(10, 1)) < 0 {
			s.open.Mul(s.open, new(big.Rat).SetInt64(s.unit/10))
		}
		sum.Add(sum, s.open)
	}
	return sum
}

// readCoins reads 元, 角 and 分 after a number and adds the last two to it.
func readCoins(runes []rune, at int, sum *big.Rat) int {
	next := skipBlank(runes, at)
	if next >= len(runes) || runes[next] != '元' {
		return at
	}
	at = next + 1
	for range 2 {
		n, after := readNumeral(runes, at)
		if after == at || after >= len(runes) || sumCoins[runes[after]] == nil || runes[after] == '元' {
			break
		}
		sum.Add(sum, n.Mul(n, sumCoins[runes[after]]))
		at = after + 1
	}
	if at < len(runes) && runes[at] == '整' {
		at++
	}
	return at
}

// fen is the amount, rounded to the cent; what is too much for one is none.
func fen(yuan *big.Rat) Amount {
	cents := new(big.Rat).Mul(yuan, big.NewRat(100, 1))
	cents.Add(cents, big.NewRat(1, 2))
	whole := new(big.Int).Quo(cents.Num(), cents.Denom())
	if !whole.IsInt64() {
		return -1
	}
	return Amount(whole.Int64())
}
