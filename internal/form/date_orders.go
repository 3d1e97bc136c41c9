package form

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/fault"
)

// A date that does not begin with its year: 13/5/2023, 01.05.2023, 5-2023, 5月1日2023年, 1 May
// 2023. Where nobody knows whether the day or the month comes first (1/5/2023), it is
// asked about, and nothing is taken for it. With a year of two figures in front or behind
// (12/5/23) that may be one of three days.
var (
	yearLast   = regexp.MustCompile(`^(\d{1,2})[-./、,。\\ ]+(\d{1,2})[-./、,。\\ ]+(\d{4}|\d{2})年?$`)
	yearBehind = regexp.MustCompile(`^(\d{1,2})(?:[-./、,。\\ ]+|月份?[,， 、]*)(\d{4})年?$`)
	monthFirst = regexp.MustCompile(`^([\d一二三四五六七八九十元]{1,3})月份?([\d一二三四五六七八九十廿卅]{1,3})[日号][,， 、]*(\d{4}|[零〇一二三四五六七八九]{4})年?$`)
	dayFirst   = regexp.MustCompile(`^([\d一二三四五六七八九十廿卅]{1,3})[日号][,， 、]*([\d一二三四五六七八九十元]{1,3})月份?[,， 、]*(\d{4}|[零〇一二三四五六七八九]{4})年?$`)

	english     = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`
	englishDay  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[-./, ]*` + english + `[-./, ]*(\d{4}|\d{2})$`)
	englishLast = regexp.MustCompile(`^` + english + `[-./, ]*(\d{1,2})(?:st|nd|rd|th)?[-./, ]+(\d{4})$`)
	englishYear = regexp.MustCompile(`^(\d{4})[-./, ]*` + english + `[-./, ]*(\d{1,2})?$`)
	englishPart = regexp.MustCompile(`^` + english + `[-./, ]*(\d{4})$`)
)

const englishMonths = "jan feb mar apr may jun jul aug sep oct nov dec"

func monthOf(word string) string {
	if at := strings.Index(englishMonths, word); word != "" && at >= 0 {
		return strconv.Itoa(at/4 + 1)
	}
	return ""
}

// orders are the dates that the boxes may be whose year does not come first; none where it
// does, or where it is no such date.
func (b DateBoxes) orders() []DateBoxes {
	if b.tooLong() {
		return nil
	}
	year, month, day := dateTyped(b.Year), dateTyped(b.Month), dateTyped(b.Day)
	typed := year + month + day
	switch boxes := len(strings.Fields(mark(year) + mark(month) + mark(day))); {
	case lunar.MatchString(typed):
		return nil
	case boxes == 3 && len(day) == 4 && len(year) <= 2: // 1, 5, 2023
		typed = year + "/" + month + "/" + day
	case boxes == 2 && day == "" && len(month) == 4 && len(year) <= 2:
		typed = year + "/" + month
	case boxes != 1:
		return nil
	}
	return ordersOf(typed)
}

// mark stands for a box that is filled.
func mark(box string) string {
	if box == "" {
		return ""
	}
	return "x "
}

func ordersOf(typed string) []DateBoxes {
	if m := yearLast.FindStringSubmatch(typed); m != nil {
		var list []DateBoxes
		first := dateSigns.MatchString(typed) // 12/5/23: the year may come first as well
		for _, one := range []DateBoxes{{m[1], m[2], m[3]}, {m[3], m[2], m[1]}, {m[3], m[1], m[2]}} {
			if (first || one.Year == m[3]) && one.possible() && !slices.ContainsFunc(list, one.same) {
				list = append(list, one)
			}
		}
		switch {
		case len(list) > 0:
			return list
		case first:
			return nil
		}
		return []DateBoxes{{m[3], m[2], m[1]}}
	}
	for _, way := range []struct {
		in               *regexp.Regexp
		year, month, day int // which group
	}{{yearBehind, 2, 1, 0}, {monthFirst, 3, 1, 2}, {dayFirst, 3, 2, 1}, {englishDay, 3, 2, 1}, {englishLast, 3, 1, 2}, {englishYear, 1, 2, 3}, {englishPart, 2, 1, 0}} {
		m := way.in.FindStringSubmatch(typed)
		if m == nil {
			continue
		}
		one := DateBoxes{figures(m[way.year], "年度"), m[way.month], ""}
		if way.day > 0 {
			one.Day = figures(m[way.day], "日号")
		}
		if word := monthOf(one.Month); word != "" {
			one.Month = word
		}
		one.Month = figures(one.Month, "月份")
		return []DateBoxes{one}
	}
	return nil
}

// same tells the same day in figures: 05 is 5.
func (b DateBoxes) same(other DateBoxes) bool {
	return number(b.Year) == number(other.Year) && number(b.Month) == number(other.Month) && number(b.Day) == number(other.Day)
}

// readings are the orders that a rule leaves. Where the year may come first, the others are
// so rare that one day that the rule takes is the day; else whoever wrote it is asked.
func (b DateBoxes) readings(rule DateRule) []DateBoxes {
	list := b.orders()
	if len(list) < 2 || list[0].Year == list[len(list)-1].Year {
		return list
	}
	var taken []DateBoxes
	for _, one := range list {
		if _, sentence := one.Read(rule); sentence == "" {
			taken = append(taken, one)
		}
	}
	if len(taken) == 0 {
		return list[:1]
	}
	return taken
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// possible tells what the calendar may have; of two figures the year is one of this century.
func (b DateBoxes) possible() bool {
	d := Date{number(b.Year), number(b.Month), number(b.Day)}
	if d.Year < 100 {
		d.Year += 2000
	}
	return d.Month > 0 && d.Month <= 12 && d.Day > 0 && d.Time().Day() == d.Day
}

// Doubt is the question about a date of which nobody knows whether the day, the month or the
// year comes first. What the rule does not take is no reading of it.
func (b DateBoxes) Doubt(rule DateRule) Doubt {
	list := b.readings(rule)
	if len(list) < 2 {
		return Doubt{}
	}
	var readings []fault.Reading
	for _, one := range list {
		if date, sentence := one.Read(rule); sentence == "" {
			readings = append(readings, fault.Reading{Value: date.String(), Words: date.Words()})
		}
	}
	if len(readings) == 0 {
		return Doubt{}
	}
	said := rule.within() + quoted(b.typed()) + "可以读成" + map[int]string{2: "两", 3: "三"}[len(readings)] + "个日期，请选一个"
	if len(readings) == 1 {
		said = rule.within() + quoted(b.typed()) + "分不清哪个是月、哪个是日。是下面这一天，就请勾选；不是就重新写"
	}
	return Doubt{Sentence: said, Fact: said, Readings: readings}
}

// typed is what stands in the boxes, in one line.
func (b DateBoxes) typed() string {
	return strings.Join(strings.Fields(Line(b.Year)+" "+Line(b.Month)+" "+Line(b.Day)), "/")
}

// Chosen fills the boxes with the reading that was chosen of a doubtful date, where it is
// one of what stands there now; else it spreads them.
func (b DateBoxes) Chosen(value string) DateBoxes {
	list := b.orders()
	day, err := time.Parse(time.DateOnly, value)
	if err != nil || len(list) < 2 {
		return b.Spread()
	}
	for _, one := range list {
		year := number(one.Year)
		same := year == day.Year() || year < 100 && year == day.Year()%100
		if same && number(one.Month) == int(day.Month()) && number(one.Day) == day.Day() {
			return DateBoxes{strconv.Itoa(day.Year()), one.Month, one.Day}
		}
	}
	return b
}

// Ask reads the date of a field, or says what is wrong with it or doubtful.
func (b DateBoxes) Ask(name string, rule DateRule) (Date, fault.Field) {
	if doubt := b.Doubt(rule); doubt.Sentence != "" {
		return Date{}, fault.Field{Name: name, Sentence: doubt.Sentence, Readings: doubt.Readings}
	}
	date, sentence := b.Read(rule)
	return date, fault.Field{Name: name, Sentence: sentence}
}
