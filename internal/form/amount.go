package form

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Amount is a sum of money in fen.
type Amount int64

// maxAmount is 999,999,999,999.99 yuan: beyond any county's debt, and far from
// the end of int64 when amounts are added up.
const maxAmount Amount = 99_999_999_999_999

// maxYuanDigits is how many digits the yuan of maxAmount have.
const maxYuanDigits = 12

// AmountRule narrows what ParseAmount accepts.
type AmountRule int

// NotZero refuses an amount of nothing.
const NotZero AmountRule = 1

var (
	plainAmount   = regexp.MustCompile(`^(\d+)(?:\.(\d+))?$`)
	groupedAmount = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$`)
	commaAmount   = regexp.MustCompile(`^[\d,]+(?:\.\d+)?$`)
)

// ParseAmount reads yuan as people write them: 1286500, 1,286,500.00, ￥１２３元.
// Words (一百二十八万), signs and exponents are refused with a sentence: a sum
// that decides a case is not guessed.
func ParseAmount(s string, rules ...AmountRule) (Amount, string) {
	typed := bareAmount(s)
	if typed == "" {
		return 0, "请写金额，单位是元，例如 1286500.00"
	}
	m := plainAmount.FindStringSubmatch(typed)
	if m == nil {
		m = groupedAmount.FindStringSubmatch(typed)
	}
	if m == nil {
		if commaAmount.MatchString(typed) {
			return 0, quoted(s) + "里逗号的位置不对。逗号可以不写，例如 1286500.00"
		}
		return 0, quoted(s) + "不能当数字用。请只写数字，单位是元，例如 1286500.00"
	}
	if len(m[2]) > 2 {
		return 0, "金额最多写到分，小数点后两位，例如 1286500.00"
	}
	return readFen(m[1], m[2], rules)
}

// OptionalAmount reads a box that may stay empty: nil then, and no sentence.
func OptionalAmount(s string) (*Amount, string) {
	if Line(s) == "" {
		return nil, ""
	}
	value, sentence := ParseAmount(s)
	if sentence != "" {
		return nil, sentence
	}
	return &value, ""
}

// readFen puts yuan and fraction together once their shape is known.
func readFen(yuan, fraction string, rules []AmountRule) (Amount, string) {
	yuan = strings.TrimLeft(strings.ReplaceAll(yuan, ",", ""), "0")
	if len(yuan) > maxYuanDigits {
		return 0, fmt.Sprintf("金额太大，最多 %s 元。请检查是不是多写了几位", maxAmount)
	}
	fen, err := strconv.ParseInt(yuan+(fraction + "00")[:2], 10, 64)
	if err != nil { // cannot be: at most 14 ASCII digits
		return 0, "这个金额不能当数字用。请只写数字，单位是元，例如 1286500.00"
	}
	if fen == 0 {
		for _, rule := range rules {
			if rule == NotZero {
				return 0, "金额不能是 0。请写多少元，例如 1286500.00"
			}
		}
	}
	return Amount(fen), ""
}

// bareAmount takes the currency off and brings an input method's digits, comma
// and full stop (。) back to plain ones.
func bareAmount(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(fold(s), "。", "."))
	s = strings.TrimSpace(strings.TrimPrefix(s, "¥"))
	s = strings.TrimSuffix(strings.TrimSuffix(s, "元整"), "元")
	return strings.TrimSpace(s)
}

// String writes yuan with commas and two decimals: 1,286,500.00.
func (a Amount) String() string {
	sign, fen := a.split()
	return fmt.Sprintf("%s%s.%02d", sign, grouped(int64(fen/100)), fen%100)
}

// split gives the sign and the size, which for the least int64 fits only
// unsigned.
func (a Amount) split() (sign string, fen uint64) {
	if a < 0 {
		return "-", -uint64(a)
	}
	return "", uint64(a)
}
