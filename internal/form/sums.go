package form

import (
	"slices"
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
// 1,286,500.00, 128.65万元, 50w, 一百二十八万六千五, 壹佰贰拾捌万陆仟伍佰元整. Pieces that may be
// one are cut out of the text here, and read as a form reads them (ReadAmount): what a
// form would ask about (两三万, 120万到130万, 不到5万) is none. It is for finding and
// decides nothing, so a number that may be none is taken for one, too.
//
// Each sign is looked at a fixed number of times, whatever stands there: the texts are
// strangers', and a search that takes time with the square of them holds a core for minutes.
func Sums(text string) []Sum {
	c := cutterOf(text)
	var found []Sum
	for i := 0; i < len(c.signs); {
		parts := c.chain(i)
		if parts == nil {
			i++
			continue
		}
		found = append(found, c.read(parts)...)
		i = parts[len(parts)-1].to
	}
	return found
}

// SumsMeant are what somebody may mean who typed an amount and nothing besides: the one that
// a form would take, or those that it would ask about. None where it is none.
func SumsMeant(typed string) []Amount {
	sum, doubt, _ := ReadAmount(typed)
	var list []Amount
	if sum != nil {
		list = append(list, *sum)
	}
	for _, r := range doubt.Readings {
		if one, said := ParseAmount(r.Value); said == "" {
			list = append(list, one)
		}
	}
	return slices.DeleteFunc(list, func(a Amount) bool { return a < leastSum })
}

// oneSum is a figure that has one reading, exact to the fen.
func oneSum(typed string) (Amount, bool) {
	sums := sumsOf(spelt.Replace(typed))
	if len(sums) != 1 || !sums[0].IsInt() {
		return 0, false
	}
	return wholeFen(sums[0])
}

// cutter cuts pieces out of a text that may be sums.
type cutter struct {
	signs []rune // folded, in small letters, with single blanks; lines end in a line break
	at    []int  // the number of each in the text
}

func cutterOf(text string) cutter {
	var c cutter
	i := 0
	for _, r := range text {
		if r != '\n' && r != '，' { // which ends a clause more often than it parts thousands
			r = unicode.ToLower(foldRune(r))
		}
		if again := r == ' ' && len(c.signs) > 0 && c.signs[len(c.signs)-1] == ' '; r >= 0 && !again {
			c.signs, c.at = append(c.signs, r), append(c.at, i)
		}
		i++
	}
	return c
}

// sign is the one at a place, a line break where there is none.
func (c cutter) sign(i int) rune {
	if i < 0 || i >= len(c.signs) {
		return '\n'
	}
	return c.signs[i]
}

// part is a piece: one number with its units and coins.
type part struct {
	from, to int
	small    bool // without coin and without a unit above 十
}

// chain is the piece that begins at a place, with those that a word between joins to it: 120万到130万
// is no sum of 130万, and 3、4万 none of 4万. Nil where none begins.
func (c cutter) chain(i int) []part {
	one, ok := c.piece(i)
	if !ok {
		return nil
	}
	parts := []part{one}
	for {
		last := parts[len(parts)-1]
		at := c.skipBlank(last.to)
		switch c.sign(at) {
		case '到', '至', '~', '-':
			for at++; c.sign(at) == '-' || c.sign(at) == '~'; {
				at++
			}
		case '或':
			if at++; c.sign(at) == '者' {
				at++
			}
		case '、':
			if at++; !last.small {
				return parts
			}
		default:
			return parts
		}
		next, ok := c.piece(c.skipBlank(at))
		if !ok || c.signs[at-1] == '、' && (next.small || !c.alike(last, next)) {
			return parts
		}
		parts = append(parts, next)
	}
}

// alike tells two numbers of which the second has the unit of both, 1.5、1.6万, from the
// number of a paragraph before a sum, 1、3000万.
func (c cutter) alike(a, b part) bool {
	if !isFigure(c.signs[a.from]) || !isFigure(c.signs[b.from]) {
		return !isFigure(c.signs[a.from]) && !isFigure(c.signs[b.from])
	}
	return c.figure(a.from, false)-a.from == c.figure(b.from, false)-b.from
}

// read gives the sums of a chain. Where the whole of it can be read, or is asked about,
// its parts are none.
func (c cutter) read(parts []part) []Sum {
	from, to := parts[0].from, parts[len(parts)-1].to
	if len(parts) > 1 && to-from <= amountLimit && len(guesses(written(string(c.signs[from:to])))) > 0 {
		return nil
	}
	var found []Sum
	for _, one := range parts {
		if !c.worth(one) || c.inexact(one) || c.otherwise(one) {
			continue
		}
		if sum, ok := oneSum(written(string(c.signs[one.from:one.to]))); ok && sum >= leastSum {
			found = append(found, Sum{sum, c.at[one.from], c.at[one.to-1] + 1})
		}
	}
	return found
}

// worth tells what is worth reading: what has a unit or three digits, and is no longer
// than a form takes.
func (c cutter) worth(p part) bool {
	digits := 0
	for _, r := range c.signs[p.from:min(p.to, p.from+amountLimit)] {
		if isFigure(r) || sumDigit(r) {
			digits++
		}
	}
	return p.to-p.from <= amountLimit && (digits > 2 || !p.small)
}

// What makes a sum in a text a bound, as boundBefore and boundAfter do in a form; what
// looks like it is left out.
var (
	boundsBefore = []string{"不到", "不足", "不低于", "不少于", "不止", "至少", "起码", "超过", "最多", "最少", "将近", "接近"}
	boundsAfter  = []string{"以上", "以下", "以内", "不到", "不止", "出头", "开外"}
	notGot       = "收拿要领得讨找等用" // 收不到 3000 元
	notCome      = "账帐位期场手"    // 3000 元不到账
)

// inexact tells a bound.
func (c cutter) inexact(p part) bool {
	before, after := string(c.signs[max(0, p.from-4):p.from]), string(c.signs[p.to:min(len(c.signs), p.to+4)])
	before = strings.TrimRight(before, " ")
	for _, word := range boundsBefore {
		if rest, ok := strings.CutSuffix(before, word); ok {
			return word != "不到" || rest == "" || !strings.ContainsAny(rest[len(rest)-len(string(lastRune(rest))):], notGot)
		}
	}
	if rest, ok := strings.CutSuffix(before, "近"); ok && !strings.ContainsRune("最附邻", lastRune(rest)) {
		return true
	}
	if strings.HasSuffix(before, "上") && strings.ContainsRune("百千", c.signs[p.from]) {
		return true
	}
	for _, word := range boundsAfter {
		if rest, ok := strings.CutPrefix(after, word); ok {
			return word != "不到" || rest == "" || !strings.ContainsAny(rest, notCome)
		}
	}
	if rest, ok := strings.CutPrefix(after, "("); ok { // 128万（左右）
		word, _, _ := strings.Cut(rest, ")")
		return hedge.MatchString(word)
	}
	next := c.sign(p.to + 1)
	return strings.HasPrefix(after, "+") && !isFigure(next) && !unicode.IsLetter(next)
}

func lastRune(s string) rune {
	if r := []rune(s); len(r) > 0 {
		return r[len(r)-1]
	}
	return '\n'
}

// foreignMoney is that of otherMoney, as it stands at a number.
var foreignMoney = []string{"美元", "美金", "欧元", "港币", "港元", "日元", "英镑", "usd", "hkd", "eur", "$", "€", "£"}

// otherwise tells a number that is no sum of this money: another money, less than
// nothing, a share, a rate.
func (c cutter) otherwise(p part) bool {
	before := strings.TrimRight(string(c.signs[max(0, p.from-4):p.from]), " ")
	at := c.skipBlank(p.to)
	after := string(c.signs[at:min(len(c.signs), at+3)])
	if slices.ContainsFunc(foreignMoney, func(m string) bool { return strings.HasSuffix(before, m) || strings.HasPrefix(after, m) }) {
		return true
	}
	if two := c.sign(p.from - 2); c.sign(p.from-1) == '-' && two != '-' && !unicode.IsLetter(two) && !isFigure(two) {
		return true
	}
	next := c.sign(at)
	return next == '%' || next == '‰' || next == '/' && unicode.IsLetter(c.sign(at+1))
}

func isFigure(r rune) bool { return r >= '0' && r <= '9' }

// sumDigit tells a Han digit as sums have it, not as it is said over a telephone.
func sumDigit(r rune) bool {
	return !isFigure(r) && hanDigitOf(r) >= 0 && !strings.ContainsRune("洞幺拐勾弌", r)
}

const (
	hanUnits   = "十拾百佰千仟万萬亿億廿卅"
	largeUnits = "百佰千仟万萬亿億"
)

func isUnit(r rune) bool { return strings.ContainsRune(hanUnits, r) }

// skipBlank passes over a blank, not over a line's end.
func (c cutter) skipBlank(i int) int {
	if c.sign(i) == ' ' {
		i++
	}
	return i
}
