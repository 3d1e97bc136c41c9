package form

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhengxin/internal/fault"
)

// Amount is a sum of money in fen.
type Amount int64

// maxAmount is 999,999,999,999.99 yuan: beyond any county's debt, and far from
// the end of int64 when amounts are added up.
const maxAmount Amount = 99_999_999_999_999

// amountLimit is how many characters a sum may have beside remarks; in capitals the longest
// has 40.
const amountLimit = 80

// mostOfAmount is what is read at all, remarks and blanks included: reading takes time with
// the square of it.
const mostOfAmount = 5 * amountLimit

var (
	plainAmount   = regexp.MustCompile(`^(\d+)(?:\.(\d+))?$`)
	groupedAmount = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$`)
	commaAmount   = regexp.MustCompile(`^([\d,]+(?:\.\d+)?)([百千万亿wk]*[元块]?)$`)

	// What stands around a sum in a sentence and changes nothing of it.
	amountBefore = regexp.MustCompile(`(?i)^(?:¥|rmb|cny|人民币|大写|小写|共计|合计|总计|累计|总共|一共|共|计|大约|大概|约|差不多|估计|可能|也就|就是|整整|正好|刚好|恰好|整|是|为|有|在|还欠|还差|还剩|还有|尚欠|下欠|结欠|拖欠|被欠|欠|剩余|剩下|剩|未付|未结|未给|没付|没给|没结|应付|我们|我|他们|对方|` + moneyLabel + `|[:=])+`)
	amountAfter  = regexp.MustCompile(`(?i)(?:左右|上下|的样子|样子|吧|了|钱|整|正|rmb|cny|人民币|[。.,;；!])+$`)
	labelAfter   = regexp.MustCompile(`([0-9十百千万亿元块])的?` + moneyLabel + `$`)
	// What makes it a bound: the sum is a little more or less.
	boundBefore = regexp.MustCompile(`^(?:不到|不足|不低于|不少于|不止|至少|起码|超过|最多|最少|将近|接近|近|上)`)
	boundAfter  = regexp.MustCompile(`(?:以上|以下|以内|不到|不止|出头|开外|[?+])+$`)
	remark      = regexp.MustCompile(`\(([^()]*)\)`)
	// signMark is a word in brackets that belongs to the sum, no remark.
	signMark = regexp.MustCompile(`(?i)\((大写|小写|人民币|rmb)(?:金额)?:?\)`)
	unitMark = regexp.MustCompile(`\((万?元|万|亿元?)\)`)
	// twice is where a sum is said once more, in figures or in capitals.
	twice = regexp.MustCompile(`(?:大写|小写)(?:金额)?|¥`)

	inexact    = regexp.MustCompile(`约|大概|差不多|估计|可能|左右|上下|样子|不到|不足|不止|以上|以下|以内|[?]`)
	hedge      = regexp.MustCompile(`约数|大约|大概|估计|差不多|不确定|不准|^(?:约|左右|上下|不到|不足|不止|以上|以下|以内|出头|多|[?])$`)
	someDigits = regexp.MustCompile(`几|数`)
	someMore   = regexp.MustCompile(`^(.*?[0-9一二两三四五六七八九十拾百佰千仟万亿元块])(?:多|余|来|把)(.*)$`)
	bareMore   = regexp.MustCompile(`^([百千万])(?:把|来)[元块]?$`)
	digitRun   = regexp.MustCompile(`[一二两三四五六七八九]{2,3}`)
	eitherOr   = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百]+)、([0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百]+)([十百千万亿wk元块].*)$`)
	fromTo     = regexp.MustCompile(`^(.+?)(?:到|至|或者?|[~-]+)(.+)$`)
	lastUnit   = regexp.MustCompile(`[百佰千仟万萬亿億wk]+[元块圆]?$`)
	addedUp    = regexp.MustCompile(`[+和加]`)
	blanks     = regexp.MustCompile(` +`)
	blankApart = regexp.MustCompile(`[\d.] +[\d.]`)
	otherMoney = regexp.MustCompile(`(?i)美元|美金|欧元|港币|港元|日元|英镑|usd|hkd|eur|\$|€|£`)
)

// moneyLabel is what a sum is of: 工程款, 尾款, 农民工工资, 合同价. It holds no figure, nothing
// that is no, and nothing that makes the sum another one: paid already, each month.
const moneyLabel = `(?:[^0-9a-z零一二两三四五六七八九十百千万亿几数半多余元块不没非无已每月年日均各以超近至少到()+,.:~\- -]{0,8}|未(?:付|结|给|还)[\p{Han}]{0,4}?|剩余[\p{Han}]{0,4}?|余)(?:款项?|费用?|金额?|工资|欠薪|薪水?|价款?|总?额|租|钱|债|账|利息|本息)`

// noAmount are ways to say that there is none. "0" is one: a debt of nothing is none.
var noAmount = map[string]bool{"": true, "零": true, "无": true, "没有": true, "没": true, "不欠": true, "不清楚": true, "不知道": true, "记不清": true, "记不得": true, "不记得": true, "不详": true, "未知": true, "待定": true, "未定": true, "不明": true, "不确定": true, "说不清": true, "不好说": true, "没有欠款": true, "无欠款": true, "没约定": true, "没有约定": true, "无约定": true, "未约定": true, "暂无": true, "未结算": true,
	"/": true, "-": true, "--": true}

// ReadAmount reads a sum as people write it: 1,286,500.00元, 128.65万, 一百二十八万,
// 128万6千5, 约两万五. It gives the sum, nil when there is none; or the readings there
// are of it; or, where it can be read in no way, a sentence.
func ReadAmount(s string) (*Amount, Doubt, string) {
	if Length(fold(s)) > mostOfAmount {
		return nil, Doubt{}, noSum(s)
	}
	whole := strings.ToLower(fold(s))
	typed := amountTyped(s)
	switch {
	case typed == "" && strings.TrimSpace(whole) != "" && !noAmount[strings.TrimSpace(whole)]: // 工程款
		return nil, Doubt{}, noSum(s)
	case noAmount[typed], noAmount[strings.TrimSpace(whole)]:
		return nil, Doubt{}, ""
	case Length(ownWords(s)) > amountLimit:
		return nil, Doubt{}, noSum(s)
	case otherMoney.MatchString(whole):
		return nil, Doubt{}, quoted(s) + "不是人民币。请折成人民币写，原来是多少写在“事情经过”里"
	case strings.HasPrefix(typed, "-") && len(typed) > 1:
		return nil, Doubt{}, quoted(s) + "是负数。请写正数，例如 1286500.00"
	}
	said, more, hedged := statements(whole)
	if len(said) == 0 && len(more) > 0 { // (12000)
		said, more = more[:1], more[1:]
	}
	if len(said) == 0 {
		return nil, Doubt{}, noSum(s)
	}
	value, doubt, sentence := readOne(s, amountTyped(said[0]), hedged)
	if value == nil || len(said)+len(more) == 1 {
		return value, doubt, sentence
	}
	list := []Amount{*value}
	for i, other := range append(said[1:], more...) {
		sums := sumsOf(amountTyped(other))
		if len(sums) != 1 {
			if i < len(said)-1 {
				return nil, Doubt{}, noSum(s)
			}
			continue
		}
		if sum, ok := wholeFen(sums[0]); !ok {
			return nil, Doubt{}, noSum(s)
		} else if !slices.Contains(list, sum) {
			list = append(list, sum)
		}
	}
	if len(list) > 1 {
		return nil, choose(quoted(s)+"里写了两个不一样的数，请选一个", list...), ""
	}
	return value, Doubt{}, ""
}

// statements are the sums that a text says, one after the other, and those in remarks,
// which must agree with them; hedged is a remark that makes a sum less exact. Any other
// remark changes nothing.
func statements(whole string) (said, more []string, hedged bool) {
	whole = unitMark.ReplaceAllString(signMark.ReplaceAllString(whole, "$1"), "$1")
	for _, m := range remark.FindAllStringSubmatch(whole, -1) {
		switch sums := sumsOf(amountTyped(m[1])); {
		case len(sums) > 0:
			more = append(more, m[1])
		case hedge.MatchString(m[1]):
			hedged = true
		}
	}
	for _, part := range twice.Split(remark.ReplaceAllString(whole, ""), -1) {
		if part = strings.Trim(part, " ,，;、:"); amountTyped(part) != "" {
			said = append(said, part)
		}
	}
	return said, more, hedged
}

// readOne reads what says one sum.
func readOne(s, typed string, hedged bool) (*Amount, Doubt, string) {
	if sums := sumsOf(typed); len(sums) > 0 {
		if hedged && len(sums) == 1 && sums[0].Sign() > 0 {
			return notExact(s, sums)
		}
		return settled(s, typed, sums)
	}
	if rest := boundAfter.ReplaceAllString(boundBefore.ReplaceAllString(typed, ""), ""); rest != typed {
		if sums := sumsOf(amountTyped(rest)); len(sums) > 0 {
			return notExact(s, sums)
		}
		typed = amountTyped(rest)
	}
	if sums := guesses(typed); len(sums) > 0 {
		return notExact(s, sums)
	}
	if total := added(typed); total != nil {
		if fen, ok := wholeFen(total); ok && fen > 0 {
			return nil, choose(quoted(s)+"是几个数。一共是下面这个数，就请勾选；不是就只写总数", fen), ""
		}
	}
	if m := commaAmount.FindStringSubmatch(typed); m != nil && strings.Contains(m[1], ",") {
		return comma(s, m[1], m[2])
	}
	return nil, Doubt{}, noSum(s)
}

// added is what several sums come to: 12万+3万.
func added(typed string) *big.Rat {
	parts := addedUp.Split(typed, -1)
	total := new(big.Rat)
	for _, part := range parts {
		sums := sumsOf(amountTyped(part))
		if len(sums) != 1 || len(parts) == 1 {
			return nil
		}
		total.Add(total, sums[0])
	}
	return total
}

func noSum(s string) string {
	return quoted(s) + "看不出是多少钱。请写数字，例如 1286500.00 或者 128.65万"
}

// Amount is the sum of a field, nil when there is none, or the question or the fault
// about it.
func (s Sure) Amount(name, typed string) (*Amount, fault.Field) {
	value, doubt, sentence := ReadAmount(typed)
	if sentence != "" {
		return nil, fault.Field{Name: name, Sentence: sentence}
	}
	chosen, question := s.Settle(name, "", doubt)
	if chosen != "" {
		sum, _ := ParseAmount(chosen)
		value = &sum
	}
	return value, question
}

// ParseAmount reads a sum that must be there and have one reading.
func ParseAmount(s string) (Amount, string) {
	value, doubt, sentence := ReadAmount(s)
	switch {
	case sentence != "":
		return 0, sentence
	case doubt.Sentence != "":
		return 0, doubt.Sentence
	case value == nil && Line(s) == "":
		return 0, "请写金额，单位是元，例如 1286500.00"
	case value == nil:
		return 0, ""
	}
	return *value, ""
}

// AmountSaid says how a sum is understood, in figures and capitals: at once beside its
// field, and again where everything is looked over. Empty when it is not understood.
func AmountSaid(typed, chosen string) string {
	value, question := Sure{"": chosen}.Amount("", typed)
	switch {
	case Line(typed) == "" || question.Sentence != "":
		return ""
	case value == nil:
		return "按没有登记"
	}
	return value.Words()
}

// AmountWritten is a sum in the words of whoever wrote it, where those are less exact than
// the figure that it is registered as: 约128万. Remarks are left out: they may say anything.
func AmountWritten(typed string) string {
	_, doubt, sentence := ReadAmount(typed)
	words := ownWords(typed)
	if sentence != "" || doubt.Sentence == "" && !inexact.MatchString(words) {
		return ""
	}
	return words
}

// ownWords are a sum as it was typed, in one line with single blanks and without remarks:
// what is kept of it has amountLimit characters at most, for ReadAmount refuses more.
func ownWords(typed string) string {
	return strings.TrimSpace(blanks.ReplaceAllString(remark.ReplaceAllString(fold(typed), ""), " "))
}

// Words are a sum in figures and capitals.
func (a Amount) Words() string { return a.String() + "\u00a0元，大写：" + a.Capitals() }

// amountTyped is a sum in one way of writing, without what stands around it.
func amountTyped(s string) string {
	s = written(s)
	for {
		before := s
		s = strings.TrimSpace(amountBefore.ReplaceAllString(s, ""))
		if !plainAmount.MatchString(s) && !groupedAmount.MatchString(s) {
			s = strings.TrimSpace(labelAfter.ReplaceAllString(amountAfter.ReplaceAllString(s, ""), "$1"))
		}
		if s == before {
			break
		}
	}
	return spelt.Replace(s)
}

// written is a sum in one way of writing.
func written(s string) string {
	s = otherSigns.Replace(strings.ToLower(strings.TrimSpace(fold(s))))
	if plainAmount.MatchString(s) {
		return s
	}
	for _, way := range waysOfWriting {
		s = way.in.ReplaceAllString(s, way.out)
	}
	s = ungrouped(blanks.ReplaceAllString(s, " "))
	if !blankApart.MatchString(s) { // 1 286 may be two numbers
		s = blanks.ReplaceAllString(s, "")
	}
	return s
}

var (
	otherSigns = strings.NewReplacer("。", ".", "，", ",", "個", "个")
	spelt      = strings.NewReplacer("廿", "二十", "卅", "三十", "块元", "元")
)

// waysOfWriting are made one before a sum is read: halves, points, what ends a sum on a
// cheque.
var waysOfWriting = []struct {
	in  *regexp.Regexp
	out string
}{
	{regexp.MustCompile(`(^|[^\d一二两三四五六七八九十百千万亿几数多半])个([百千万亿])`), "${1}一$2"}, // 欠我个亿
	{regexp.MustCompile(`(\d)[·・•](\d)`), "$1.$2"}, {unitMark, "$1"},
	{regexp.MustCompile(`(\d)个半`), "$1.5"}, {regexp.MustCompile(`([一二两三四五六七八九十])个半`), "${1}点五"}, {regexp.MustCompile(`个`), ""},
	{regexp.MustCompile(`(^|[^\d一二两三四五六七八九十百千万亿])半([百千万亿])`), "${1}0.5$2"}, {regexp.MustCompile(`([百千万亿元块])半`), "${1}五"},
	{regexp.MustCompile(`(\d)点(\d)`), "$1.$2"}, {regexp.MustCompile(`(\d)\.([百千万亿元wk])`), "$1$2"}, {regexp.MustCompile(`(^|[^\d.])(\.\d+[百千万亿wk])`), "${1}0$2"},
	{regexp.MustCompile(`(\d|元)(?:[./]-+|/=|=|/|-+)$`), "$1"},
}

// groupedOtherwise are numbers whose thousands are parted by something other than commas: by
// blanks, apostrophes or low lines, and by points where there are several of them or
// a comma behind, so that no point can be the decimal one.
var groupedOtherwise = []*regexp.Regexp{
	regexp.MustCompile(`(^|[^\d.,'_])(\d{1,3}(?: \d{3})+)(?:([.,])(\d+))?($|[^\d.,'_])`),
	regexp.MustCompile(`(^|[^\d.,'_])(\d{1,3}(?:'\d{3})+)(?:([.,])(\d+))?($|[^\d.,'_])`),
	regexp.MustCompile(`(^|[^\d.,'_])(\d{1,3}(?:_\d{3})+)(?:([.,])(\d+))?($|[^\d.,'_])`),
	regexp.MustCompile(`(^|[^\d.,'_])(\d{1,3}(?:\.\d{3}){2,})(?:(,)(\d+))?($|[^\d.,'_])`),
	regexp.MustCompile(`(^|[^\d.,'_])(\d{1,3}\.\d{3})(,)(\d{1,2})($|[^\d.,'_])`),
}

// apostrophe is any that an input method or a foreign table makes.
var apostrophe = regexp.MustCompile("(\\d)['’‘′´`ʼ](\\d)")

// ungrouped writes such numbers without what parts their thousands. An apostrophe where no
// thousands are parted is a comma out of its place, for comma to ask about.
func ungrouped(s string) string {
	s = apostrophe.ReplaceAllString(s, "$1'$2")
	for _, way := range groupedOtherwise {
		m := way.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		whole := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, m[2])
		if m[4] != "" {
			whole += "." + m[4]
		}
		s = strings.Replace(s, m[0], m[1]+whole+m[5], 1)
	}
	return apostrophe.ReplaceAllString(s, "$1,$2")
}

// sumsOf are the readings of a whole figure in fen; more than one is a question.
func sumsOf(typed string) []*big.Rat {
	sums := spoken(strings.TrimSuffix(strings.TrimSuffix(typed, "整"), "正"))
	for _, sum := range sums {
		sum.Mul(sum, big.NewRat(100, 1))
	}
	return sums
}

// settled is the one reading, or a question where there are two, or where a sum has
// less than a fen in it.
func settled(s, typed string, sums []*big.Rat) (*Amount, Doubt, string) {
	var list []Amount
	for _, sum := range sums {
		fen, ok := wholeFen(sum)
		if !ok {
			return nil, Doubt{}, fmt.Sprintf("金额太大，最多 %s 元。请检查是不是多写了几位", maxAmount)
		}
		list = append(list, fen)
	}
	exact := sums[0].IsInt()
	switch {
	case len(list) > 1:
		return nil, choose(quoted(s)+"可以读成两个数，请选一个", list...), ""
	case exact && list[0] == 0:
		return nil, Doubt{}, ""
	case exact:
		return &list[0], Doubt{}, ""
	}
	if m := plainAmount.FindStringSubmatch(typed); m != nil && len(m[2]) == 3 { // 12.345 may be twelve thousand
		if thousands, _ := new(big.Rat).SetString(m[1] + m[2] + "00"); thousands != nil {
			if fen, ok := wholeFen(thousands); ok {
				list = append(list, fen)
			}
		}
	}
	return nil, choose("金额最多写到分，小数点后两位。请再看一遍，"+map[bool]string{true: "选一个", false: "对的请勾选"}[len(list) > 1], list...), ""
}

// wholeFen rounds to a fen.
func wholeFen(sum *big.Rat) (Amount, bool) {
	fen := new(big.Int).Add(new(big.Int).Mul(sum.Num(), big.NewInt(2)), sum.Denom())
	fen.Quo(fen, new(big.Int).Mul(sum.Denom(), big.NewInt(2)))
	return Amount(fen.Int64()), fen.IsInt64() && Amount(fen.Int64()) <= maxAmount && fen.Sign() >= 0
}

func choose(sentence string, list ...Amount) Doubt {
	d := Doubt{Sentence: sentence, Fact: sentence}
	for _, sum := range list {
		d.Readings = append(d.Readings, fault.Reading{Value: sum.String(), Words: sum.String() + "\u00a0元（" + sum.Capitals() + "）"})
	}
	return d
}

// notExact asks about a sum that is said to be more or less than a figure, or between
// two.
func notExact(s string, sums []*big.Rat) (*Amount, Doubt, string) {
	var list []Amount
	for _, sum := range sums {
		fen, ok := wholeFen(sum)
		if !ok || fen == 0 {
			return nil, Doubt{}, noSum(s)
		}
		list = append(list, fen)
	}
	ask := "写不出的请勾选，先按这个数登记，承办人会核对"
	if len(list) > 1 {
		ask = "写不出的请选一个，先按它登记，承办人会核对"
	}
	return nil, choose(quoted(s)+"不是一个准数。写得出准数的请改成准数；"+ask, list...), ""
}

// guesses are the figures nearest to a sum that is none: the middle of 十几万 and
// 二十多万, both ends of 两三万 and 120万到130万.
func guesses(typed string) []*big.Rat {
	if m := fromTo.FindStringSubmatch(typed); m != nil {
		low, high := sumsOf(amountTyped(m[1])), sumsOf(amountTyped(m[2]))
		for unit := lastUnit.FindString(m[2]); len(high) == 1 && unit != ""; { // 120到130万, 五百到六百万
			if scaled := sumsOf(amountTyped(m[1]) + unit); len(scaled) == 1 && scaled[0].Cmp(high[0]) < 0 {
				low = scaled
				break
			}
			_, first := utf8.DecodeRuneInString(unit)
			unit = unit[first:]
		}
		return between(low, high)
	}
	if m := eitherOr.FindStringSubmatch(typed); m != nil { // 3、4万
		if sums := between(sumsOf(m[1]+m[3]), sumsOf(m[2]+m[3])); sums != nil {
			return sums
		}
		_, last := utf8.DecodeLastRuneInString(m[1]) // 十二、三万
		return between(sumsOf(m[1]+m[3]), sumsOf(m[1][:len(m[1])-last]+m[2]+m[3]))
	}
	typed = strings.TrimPrefix(typed, "好")
	if sums := oneOf(typed); sums != nil {
		return sums
	}
	if rest, ok := strings.CutPrefix(typed, "百十"); ok {
		return between(sumsOf("一百"+rest), sumsOf("一百一十"+rest))
	}
	if m := bareMore.FindStringSubmatch(typed); m != nil { // 万把块
		return sumsOf("一" + m[1])
	}
	if m := someMore.FindStringSubmatch(typed); m != nil {
		return middle(m[1], m[2])
	}
	if someDigits.MatchString(typed) {
		if sums := sumsOf(someDigits.ReplaceAllString(typed, "五")); len(sums) == 1 {
			return sums
		}
	}
	return nil
}

// between are both ends, where they are two.
func between(low, high []*big.Rat) []*big.Rat {
	if len(low) != 1 || len(high) != 1 || low[0].Cmp(high[0]) >= 0 {
		return nil
	}
	return []*big.Rat{low[0], high[0]}
}

// oneOf is one of digits that follow each other, the least first: 两三万, 三五百, 五六七万. Such
// as may be spelt digit by digit are read so, too.
func oneOf(typed string) []*big.Rat {
	at := digitRun.FindStringIndex(typed)
	if at == nil || !isEstimate(digitValues(typed[at[0]:at[1]])) {
		return nil
	}
	run := []rune(typed[at[0]:at[1]])
	slices.SortFunc(run, func(a, b rune) int { return int(hanDigitOf(a)) - int(hanDigitOf(b)) })
	var sums []*big.Rat
	for _, r := range run {
		one := sumsOf(typed[:at[0]] + string(r) + typed[at[1]:])
		if len(one) != 1 {
			return nil
		}
		sums = append(sums, one[0])
	}
	values := digitValues(typed[at[0]:at[1]])
	if len(values) == 2 && values[1] == values[0]+1 || at[0] > 0 {
		return sums
	}
	spelt := ""
	for _, v := range values {
		spelt += string(rune('0' + v))
	}
	return append(sums, sumsOf(spelt+typed[at[1]:])...)
}

func digitValues(run string) (values []int8) {
	for _, r := range run {
		values = append(values, hanDigitOf(r))
	}
	return values
}

// middle is half a place more than what stands before 多: 二十多万 is 250,000.
func middle(head, unit string) []*big.Rat {
	sums := sumsOf(strings.TrimRight(head, "元块"))
	if len(sums) != 1 || !sums[0].IsInt() || sums[0].Sign() == 0 {
		return nil
	}
	step, ten := big.NewInt(100), big.NewInt(10)
	for new(big.Int).Mod(sums[0].Num(), new(big.Int).Mul(step, ten)).Sign() == 0 {
		step.Mul(step, ten)
	}
	sum := new(big.Rat).Add(sums[0], new(big.Rat).SetFrac(step, big.NewInt(2)))
	for _, r := range strings.TrimRight(unit, "元块") {
		if placeUnits[r] == 0 {
			return nil
		}
		sum.Mul(sum, big.NewRat(placeUnits[r], 1))
	}
	return []*big.Rat{sum}
}

// comma asks about commas that stand where they do not belong.
func comma(s, typed, unit string) (*Amount, Doubt, string) {
	said := quoted(s) + "里逗号的位置不对，请再看一遍，"
	var list []Amount
	for _, reading := range []string{strings.ReplaceAll(typed, ",", ""), commaForPoint(typed)} {
		if sums := sumsOf(reading + unit); reading != "" && len(sums) == 1 {
			if fen, ok := wholeFen(sums[0]); ok && fen > 0 {
				list = append(list, fen)
			}
		}
	}
	switch len(list) {
	case 0:
		return nil, Doubt{}, noSum(s)
	case 1:
		return nil, choose(said+"对的请勾选", list...), ""
	}
	return nil, choose(said+"选一个", list...), ""
}

// commaForPoint reads 1,28 as a fraction; empty where it can be none.
func commaForPoint(typed string) string {
	yuan, fraction, _ := strings.Cut(typed, ",")
	if !allDigits(yuan) || !allDigits(fraction) || len(fraction) == 0 || len(fraction) > 2 {
		return ""
	}
	return yuan + "." + fraction
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
