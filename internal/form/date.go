package form

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// earliestYear is the first year that a date on a form may have.
const earliestYear = 1990

// DateBoxes is a date as the form has it: three boxes, as they were typed.
type DateBoxes struct {
	Year, Month, Day string
}

// Date is a day of the calendar without time or zone. The zero Date is none.
type Date struct {
	Year, Month, Day int
}

// DateRule says which dates a field takes.
type DateRule struct {
	Now     time.Time // today, in the office's time zone
	Arrived bool      // the day must have come: a payment that is owed, a contract that was signed
	Since   Date      // the earliest day; the zero Date leaves it at 1990
	Repair  string    // what to do about a day still to come or too early: 请写合同约定的付款日；没有约定就留空
	Label   string    // of the field: a sentence is read in the error summary too, away from it
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the date for the database and for machines: 2024-05-12.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Words is the date for people: 2024年5月12日.
func (d Date) Words() string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) }

// Time is the day's first moment in UTC, which a date column takes.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// after reports whether d is a later day than e.
func (d Date) after(e Date) bool { return d.Time().After(e.Time()) }

// Empty reports whether nothing was typed into any box.
func (b DateBoxes) Empty() bool {
	return Line(b.Year+b.Month+b.Day) == ""
}

// Read gives the date, the zero Date when all boxes are empty, or a sentence
// that names the field. Years run from 1990 to ten years from now.
func (b DateBoxes) Read(rule DateRule) (Date, string) {
	if b.Empty() {
		return Date{}, ""
	}
	boxes := []struct{ name, typed string }{
		{"年", bareBox(b.Year, "年")}, {"月", bareBox(b.Month, "月")}, {"日", bareBox(b.Day, "日号")},
	}
	var missing []string
	for _, box := range boxes {
		if box.typed == "" {
			missing = append(missing, "“"+box.name+"”")
		}
	}
	if missing != nil {
		return Date{}, cmp.Or(rule.Label, "这个日期") + "还差" + strings.Join(missing, "和")
	}
	var values [3]int
	for i, box := range boxes {
		if len(box.typed) > 4 || !allDigits(box.typed) {
			return Date{}, rule.within() + "“" + box.name + "”请只写数字，例如 2024年5月12日写成 2024、5、12"
		}
		values[i], _ = strconv.Atoi(box.typed) // at most four ASCII digits
	}
	date := Date{values[0], values[1], values[2]}
	if sentence := date.fault(rule); sentence != "" {
		return Date{}, sentence
	}
	return date, ""
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
	case d.Year < 100:
		said = "年份请写四位数，例如 2024"
	case d.Month < 1 || d.Month > 12:
		said = fmt.Sprintf("没有%d月。月份请写 1 到 12", d.Month)
	case d.Day < 1 || d.Time().Day() != d.Day:
		said = fmt.Sprintf("%d月没有%d日，请检查", d.Month, d.Day)
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

// bareBox folds a box's digits and takes off the word that stands beside it.
func bareBox(s, words string) string {
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(fold(s)), words))
}
