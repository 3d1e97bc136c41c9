package form

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// earliestYear is the first year that a date on a form may have: nobody has a claim
// against a body of this state from before it.
const earliestYear = 1949

// DateBoxes is a date as the form has it: three boxes, as they were typed.
type DateBoxes struct {
	Year, Month, Day string
}

// Date is a day of the calendar without time or zone. The zero Date is none. Where a
// rule takes a part, Day may be 0, or Day and Month.
type Date struct {
	Year, Month, Day int
}

// DateRule says which dates a field takes.
type DateRule struct {
	Now     time.Time // today, in the office's time zone
	Arrived bool      // the day must have come: a payment that is owed, a contract that was signed
	Part    bool      // year and month, or the year alone, will do: it is what somebody remembers
	Since   Date      // the earliest day; the zero Date leaves it at 1949
	Repair  string    // what to do about a day still to come or too early: 请写合同约定的付款日；没有约定就留空
	Label   string    // of the field: a sentence is read in the error summary too, away from it
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Whole reports whether its day is known.
func (d Date) Whole() bool { return d.Day != 0 }

// String is the date for machines: 2024-05-12.
func (d Date) String() string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Words is the date for people: 2024年5月12日.
func (d Date) Words() string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%d年", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%d年%d月", d.Year, d.Month)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Time is the day's first moment in UTC, which a date column takes; of a month or a
// year that of its first day.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// after reports whether d is a later day than e.
func (d Date) after(e Date) bool { return d.Time().After(e.Time()) }

// dateLimit is how many characters a box is read with; a whole date in words with the
// weekday and the hour has fewer.
const dateLimit = 60

func (b DateBoxes) tooLong() bool {
	return max(Length(Line(b.Year)), Length(Line(b.Month)), Length(Line(b.Day))) > dateLimit
}

// Empty reports whether nothing was typed into any box.
func (b DateBoxes) Empty() bool {
	return Line(b.Year+b.Month+b.Day) == ""
}

var (
	dateAround = regexp.MustCompile(`\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$`)
	dateSigns  = regexp.MustCompile(`^(\d{4}|\d{2})[-./、,。\\ 年]+(\d{1,2})(?:[-./、,。\\ 月]+(\d{1,2}))?(?:[日号.]|月份?)?$`)
	dateRun    = regexp.MustCompile(`^((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})?$`)
	dateRun6   = regexp.MustCompile(`^(\d{2})(0[1-9]|1[0-2])(\d{2})$`)
	dateWords  = regexp.MustCompile(`^(今年|本年|去年|上年|前年|大前年|明年|后年|[^年]{2,}?年)度?(?:([^月年]+?)月份?(.*))?$`)
	dateMonth  = regexp.MustCompile(`^([^月年]+?)月份?([^份].*)$`)
	dateRest   = regexp.MustCompile(`^((?:[今本去上前明后]|[^年]{2,})年度?)(.+)$`)
	dateTail   = regexp.MustCompile(`^(\d{4})([^\d年月日]+.*)$`) // 2022底
	dateHedge  = regexp.MustCompile(`^(?:大约|大概|差不多)(?:是|在)?|([日号])(?:左右|前后)$`)
	lunar      = regexp.MustCompile(`农历|阴历|旧历|[正腊冬闰].?月|初[一二三四五六七八九十]|大年`)
)

// Spread puts a whole date that was typed or pasted into one box into all three:
// 2023.5.1, 2023/5, 20230501, 2023年5月1日, 二〇二三年五月, 去年5月.
func (b DateBoxes) Spread() DateBoxes {
	if b.tooLong() {
		return b
	}
	switch list := b.orders(); len(list) {
	case 1:
		return list[0]
	case 2, 3: // which is for Doubt to ask
		return b
	}
	year, month, day := dateTyped(b.Year), dateTyped(b.Month), dateTyped(b.Day)
	if year == "" && dateWhole(month, day) { // pasted into the second box, or the third
		year, month, day = month+day, "", ""
	}
	switch {
	case lunar.MatchString(year + month + day):
	case year != "" && month == "" && day == "":
		for _, shape := range []*regexp.Regexp{dateSigns, dateRun, dateRun6, dateWords} {
			if m := shape.FindStringSubmatch(year); m != nil && m[2] != "" {
				return DateBoxes{figures(m[1], "年度"), figures(m[2], "月份"), figures(m[3], "日号")}
			}
		}
		if m := dateTail.FindStringSubmatch(year); m != nil && vague.MatchString(m[2]) {
			return DateBoxes{m[1], m[2], ""}
		}
		if m := dateRest.FindStringSubmatch(year); m != nil { // 2023年底
			return DateBoxes{figures(m[1], "年度"), m[2], ""}
		}
		if m := dateMonth.FindStringSubmatch(year); m != nil { // 5月1日
			return DateBoxes{"", figures(m[1], "月份"), figures(m[2], "日号")}
		}
	case month != "" && day == "":
		if m := dateMonth.FindStringSubmatch(month); m != nil {
			return DateBoxes{b.Year, figures(m[1], "月份"), figures(m[2], "日号")}
		}
	}
	return b
}

// dateWhole tells a date with its year in one of the two boxes, the other empty.
func dateWhole(month, day string) bool {
	if month != "" && day != "" {
		return false
	}
	m := dateWords.FindStringSubmatch(month + day)
	return m != nil && m[2] != "" || dateRun.MatchString(month+day) || len(month+day) > 5 && dateSigns.MatchString(month+day)
}

// dateTyped is what is in a box without what stands around a date.
func dateTyped(s string) string {
	s = strings.ToLower(strings.TrimSpace(fold(s)))
	s = dateHedge.ReplaceAllString(strings.Trim(dateAround.ReplaceAllString(s, ""), "。.,;于在约"), "$1")
	return strings.TrimSpace(strings.Trim(s, "。.,;于在约"))
}

// figures writes a part of a date in figures, without the word beside it, where it is a
// number; a year of two digits stays one.
func figures(s, words string) string {
	bare := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), words))
	if _, told := relative[bare]; told && words == "年度" {
		return bare + "年"
	}
	if n, ok := numberOf(bare); ok && !allDigits(bare) && (words == "年度" || !severalOf(bare)) {
		return strconv.Itoa(n)
	}
	return cmp.Or(bare, strings.TrimSpace(s))
}

// severalOf tells a month or a day that is several or a feast: 三四月份, 五一.
func severalOf(s string) bool { return digitRun.FindString(s) == s && s != "" }

// numberOf reads a whole number in Han or other digits: 二〇二三, 十二, 廿三.
func numberOf(s string) (int, bool) {
	if s == "" || len(s) > 30 {
		return 0, false
	}
	if allDigits(s) {
		n, err := strconv.Atoi(s)
		return n, err == nil && len(s) <= 4
	}
	if strings.ContainsAny(s, ".,") {
		return 0, false
	}
	list := spoken(strings.NewReplacer("廿", "二十", "卅", "三十", "元", "?").Replace(s))
	if len(list) != 1 || !list[0].IsInt() || !list[0].Num().IsInt64() || list[0].Num().Int64() > 9999 {
		return 0, false
	}
	return int(list[0].Num().Int64()), true
}

// relative are years as they are told from this one.
var relative = map[string]int{"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "大前": -3, "明": 1, "后": 2}

// vague are words for a part of a year or a month: the part itself is not known.
var vague = regexp.MustCompile(`^(?:年|月)?(?:[上下]半[年月]|[上中下]旬|[春夏秋冬](?:天|季|节前|节后|节)?|[初中底末头](?:左右|前后|[之以]?[前后])?|左右|前后|不详|不清楚|记不清|不记得)$`)

// readYear gives the year of a box; 0 when it is none.
func (r DateRule) readYear(typed string) int {
	bare := strings.TrimSpace(strings.TrimRight(strings.TrimPrefix(typed, "公元"), "年度"))
	if away, ok := relative[bare]; ok {
		return r.Now.Year() + away
	}
	n, ok := numberOf(bare)
	switch digits := Length(bare); {
	case !ok:
		return 0
	case n < 100 && digits <= 2: // 23 is 2023, 98 is 1998
		if n += 2000; !r.Now.IsZero() && n > r.Now.Year()+10 {
			n -= 100
		}
	}
	return n
}

// Read gives the date, the zero Date when all boxes are empty, or a sentence
// that names the field. Years run from 1949 to ten years from now.
func (b DateBoxes) Read(rule DateRule) (Date, string) {
	if b.Empty() {
		return Date{}, ""
	}
	if b.tooLong() {
		return Date{}, rule.within() + "日期看不懂，请写数字，例如 2024年5月12日写成 2024、5、12"
	}
	for _, box := range []string{b.Year, b.Month, b.Day} {
		if lunar.MatchString(dateTyped(box)) {
			return Date{}, rule.within() + quoted(box) + "是农历。请换成公历（阳历）的日期"
		}
	}
	if list := b.orders(); len(list) > 1 {
		if doubt := b.Doubt(rule); doubt.Sentence != "" {
			return Date{}, doubt.Sentence
		}
		b = b.readings(rule)[0]
	}
	b = b.Spread()
	boxes := []struct {
		name, typed, words string
		part               bool // it may be left out, or told by a word
	}{
		{"年", dateTyped(b.Year), "年", false}, {"月", dateTyped(b.Month), "月份", rule.Part}, {"日", dateTyped(b.Day), "日号", rule.Part},
	}
	var missing []string
	for i, box := range boxes {
		if box.typed == "" && (!box.part || i == 1 && boxes[2].typed != "") {
			missing = append(missing, "“"+box.name+"”")
		}
	}
	if missing != nil {
		return Date{}, cmp.Or(rule.Label, "这个日期") + "还差" + strings.Join(missing, "和")
	}
	var values [3]int
	for i, box := range boxes {
		number := strings.TrimSpace(strings.TrimRight(box.typed, box.words))
		n, ok := numberOf(number)
		ok = ok && (i == 0 || !severalOf(number))
		switch {
		case box.typed == "":
		case i == 0:
			if values[0] = rule.readYear(box.typed); values[0] == 0 {
				return Date{}, rule.within() + "“年”看不懂，请写数字，例如 2024年5月12日写成 2024、5、12"
			}
		case i == 1 && number == "元":
			values[1] = 1
		case ok:
			values[i] = n
		case box.part && vague.MatchString(box.typed):
		default:
			return Date{}, rule.within() + "“" + box.name + "”看不懂，请写数字，例如 2024年5月12日写成 2024、5、12"
		}
		if i > 0 && values[i] == 0 && box.typed != "" && allDigits(number) {
			values[i] = -1 // a nought is no part that was left out
		}
	}
	date := Date{values[0], values[1], values[2]}
	if date.Month == 0 && date.Day > 0 { // 2023, 底, 5
		return Date{}, cmp.Or(rule.Label, "这个日期") + "还差“月”"
	}
	if date.Month == 0 {
		date.Day = 0
	}
	if sentence := date.fault(rule); sentence != "" {
		return Date{}, sentence
	}
	return date, ""
}

// Said is how a date is understood that was not typed as three plain numbers, or of which
// a part is missing; empty where there is nothing to say.
func (b DateBoxes) Said(rule DateRule) string {
	date, sentence := b.Read(rule)
	if sentence != "" || date.IsZero() {
		return ""
	}
	if date.Whole() {
		plain := DateBoxes{strconv.Itoa(date.Year), strconv.Itoa(date.Month), strconv.Itoa(date.Day)}
		if plain == (DateBoxes{Line(b.Year), Line(b.Month), Line(b.Day)}) {
			return ""
		}
		return date.Words()
	}
	return b.AsWritten(date)
}

// AsWritten is a date of which only a part is known, with the word for the rest: 2023年底,
// 2023年5月中旬. Of a whole date it is empty: that says all there is.
func (b DateBoxes) AsWritten(date Date) string {
	if date.IsZero() || date.Whole() {
		return ""
	}
	b = b.Spread()
	word := dateTyped(b.Day)
	if date.Month == 0 {
		word = strings.TrimPrefix(dateTyped(b.Month), "年")
	}
	if !vague.MatchString(word) {
		word = ""
	}
	return date.Words() + strings.TrimPrefix(word, "月")
}

// within begins a sentence that would not say which field it means.
func (r DateRule) within() string {
	if r.Label == "" {
		return ""
	}
	return r.Label + "里，"
}

// fault checks the calendar first, then the field's own rule. A repair tells by
// itself which field it means.
func (d Date) fault(rule DateRule) (said string) {
	year, month, day := rule.Now.Date()
	today, lastYear := Date{year, int(month), day}, year+10
	switch {
	case d.Year < 1000:
		said = "年份请写四位数，例如 2024"
	case d.Month < 0 || d.Month > 12:
		said = fmt.Sprintf("没有%d月。月份请写 1 到 12", max(d.Month, 0))
	case d.Day < 0 || d.Time().Day() != max(d.Day, 1):
		said = fmt.Sprintf("%d月没有%d日，请检查", d.Month, max(d.Day, 0))
		if d.Month == 2 && d.Day == 29 {
			said = fmt.Sprintf("%d年2月没有29日，请检查", d.Year)
		}
	case d.Year < earliestYear:
		said = fmt.Sprintf("年份请写 %d 年以后的，请检查", earliestYear)
	case rule.Arrived && d.after(today) && rule.Repair != "":
		return d.Words() + "还没有到。" + rule.Repair
	case rule.Arrived && d.after(today):
		said = d.Words() + "还没有到，请检查"
	case rule.Since.after(d):
		return d.Words() + "太早了。" + rule.Repair
	case d.Year > lastYear:
		said = fmt.Sprintf("年份请写 %d 到 %d 之间的，请检查", earliestYear, lastYear)
	default:
		return ""
	}
	return rule.within() + said
}
