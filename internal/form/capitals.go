package form

import "strings"

var (
	capitalDigits = []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	capitalUnits  = []string{"", "拾", "佰", "仟"}
)

// Capitals writes the sum as cheques and decisions do, after the central bank's
// 正确填写票据和结算凭证的基本规定: 壹佰贰拾捌万陆仟伍佰元整. Where that rule
// leaves a 零 to choice (壹拾柒万元零伍角 or 壹拾柒万元伍角), it is left out.
func (a Amount) Capitals() string {
	sign, size := a.split()
	if size == 0 {
		return "零元整"
	}
	var b strings.Builder
	if sign != "" {
		b.WriteString("负")
	}
	yuan, jiao, fen := size/100, size/10%10, size%10
	if yuan > 0 {
		b.WriteString(capitalNumber(yuan) + "元")
	}
	if jiao > 0 {
		b.WriteString(capitalDigits[jiao] + "角")
	} else if yuan > 0 && fen > 0 {
		b.WriteString("零")
	}
	if fen > 0 {
		return b.String() + capitalDigits[fen] + "分"
	}
	return b.String() + "整"
}

// capitalNumber speaks a whole number. 万 and 亿 split it in two, each half
// spoken by itself, with a 零 where the lower half begins with zeros.
func capitalNumber(n uint64) string {
	for _, split := range []struct {
		size uint64
		word string
	}{{100_000_000, "亿"}, {10_000, "万"}} {
		if n < split.size {
			continue
		}
		high, low := n/split.size, n%split.size
		words := capitalNumber(high) + split.word
		switch {
		case low == 0:
			return words
		case low < split.size/10:
			return words + "零" + capitalNumber(low)
		}
		return words + capitalNumber(low)
	}
	return capitalGroup(n)
}

// capitalGroup speaks a number below ten thousand; zeros inside it become one
// 零, zeros at its end none.
func capitalGroup(n uint64) string {
	words, gap := "", false
	for place, size := 3, uint64(1000); place >= 0; place, size = place-1, size/10 {
		digit := n / size % 10
		if digit == 0 {
			gap = words != ""
			continue
		}
		if gap {
			words += "零"
		}
		words, gap = words+capitalDigits[digit]+capitalUnits[place], false
	}
	return words
}
