package clock

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Notice is the arrangement of one year as somebody hands it in: which days are
// off and which weekends are worked. The State Council's notice of a year
// sometimes moves days of the December before; those stand in Before.
type Notice struct {
	Year   int
	Days   []Day // of the year, in their order
	Before []Day // of the December before
}

// BadLine is a line that cannot be meant, and why. Nothing of a notice is taken
// until every line is right.
type BadLine struct {
	Number int // from 1; 0 is the whole text
	Text   string
	Reason string
}

const (
	mostLines = 1000 // of a notice; a year has some forty
	mostRun   = 40   // days in one line
	lineShown = 80   // characters of a bad line that are shown again
)

// ParseNotice reads a notice: a line for each day or run of days, the date and
// the word 放假 or 上班 in any order, and whatever else people write beside it.
// Dates come as 2028-01-01, 2028/1/1, 2028年1月1日 or 20280101, runs with 至 or
// ~. Commas, tabs and blanks part the cells; a line of headings, empty lines and
// lines that begin with # say nothing.
func ParseNotice(text string) (Notice, []BadLine) {
	var p parsing
	for i, line := range strings.Split(plainLines.Replace(text), "\n") {
		p.line(i+1, line)
	}
	return p.notice()
}

// parsing collects what a text says.
type parsing struct {
	days  []Day
	at    map[Date]int // the line that named a day
	bad   []BadLine
	begun bool // something was read that is no heading
}

var (
	plainLines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

	// datePattern is a day, alone or to the last day of its run.
	datePattern = regexp.MustCompile(`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?` +
		`(?:\s*(?:至|到|~|—+|--)\s*(?:(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*日?)?`)
	barePattern = regexp.MustCompile(`\b(\d{4})(\d{2})(\d{2})\b`)
)

// kindWords are the words of the two kinds. 调休 alone is none: people mean
// either by it.
var kindWords = map[string]Kind{
	"放假": Off, "休息": Off, "休假": Off, "休": Off, "假": Off, "假日": Off, "节假日": Off, "法定节假日": Off, "off": Off, "holiday": Off,
	"上班": Work, "调休上班": Work, "补班": Work, "班": Work, "工作": Work, "工作日": Work, "work": Work, "workday": Work,
}

func (p *parsing) line(number int, raw string) {
	line := strings.TrimSpace(strings.Trim(norm.NFKC.String(raw), "\uFEFF"))
	if line == "" || strings.HasPrefix(line, "#") || strings.Trim(line, ",; \t") == "" {
		return
	}
	if number > mostLines {
		if number == mostLines+1 {
			p.refuse(number, raw, "一年用不了这么多行，从这里起没有读")
		}
		return
	}
	line = barePattern.ReplaceAllString(line, "$1-$2-$3")
	place := datePattern.FindStringSubmatchIndex(line)
	if place == nil {
		if heading := !p.begun && (strings.Contains(line, "日期") || strings.Contains(strings.ToLower(line), "dat") || strings.Contains(strings.ToLower(line), "day")); !heading {
			p.refuse(number, raw, "没有看到日期，要写成 2028-01-01")
		}
		return
	}
	p.begun = true
	first, last, reason := runOf(datePattern.FindStringSubmatch(line))
	kind, known := kindOf(line[:place[0]] + " " + line[place[1]:])
	switch {
	case reason != "":
	case !known && strings.Contains(line, "调休"):
		reason = "“调休”说不清是放假还是上班，请写“放假”或者“上班”"
	case !known:
		reason = "没有写是放假还是上班"
	}
	for d := first; reason == "" && !d.After(last); d = d.AddDays(1) {
		reason = p.day(number, Day{Day: d, Kind: kind})
	}
	if reason != "" {
		p.refuse(number, raw, reason)
	}
}

func (p *parsing) refuse(number int, text, reason string) {
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > lineShown {
		text = string(runes[:lineShown]) + "……"
	}
	p.bad = append(p.bad, BadLine{number, text, reason})
}

// runOf reads the two ends of a run; a single day is both.
func runOf(parts []string) (first, last Date, reason string) {
	ends := [2]string{fmt.Sprintf("%s-%02s-%02s", parts[1], parts[2], parts[3])}
	ends[1] = ends[0]
	if parts[6] != "" {
		year, month := parts[1], parts[2]
		if parts[4] != "" {
			year = parts[4]
		}
		if parts[5] != "" {
			month = parts[5]
		}
		ends[1] = fmt.Sprintf("%s-%02s-%02s", year, month, parts[6])
	}
	var days [2]Date
	for i, end := range ends {
		day, err := ParseDate(end)
		if err != nil {
			return first, last, "没有 " + end + " 这一天"
		}
		days[i] = day
	}
	switch n := days[1].Since(days[0]); {
	case n < 0:
		return first, last, "后面的日子比前面的早"
	case n >= mostRun:
		return first, last, "一连放不了这么多天，请核对"
	}
	return days[0], days[1], ""
}

// kindOf finds the first cell that says off or worked.
func kindOf(rest string) (Kind, bool) {
	for _, cell := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(",;|\t \"'():：、", r) }) {
		if kind, ok := kindWords[strings.ToLower(cell)]; ok {
			return kind, true
		}
	}
	return "", false
}

func (p *parsing) day(number int, d Day) string {
	if before := p.at[d.Day]; before != 0 {
		return fmt.Sprintf("%s在第 %d 行已经写过", d.Day.Short(), before)
	}
	if d.Kind == Work && !weekend(d.Day) {
		return fmt.Sprintf("%s是%s，本来就上班", d.Day.Short(), weekdays[d.Day.Weekday()])
	}
	if p.at == nil {
		p.at = map[Date]int{}
	}
	p.at[d.Day] = number
	p.days = append(p.days, d)
	return ""
}

// notice is what was read: the latest year and the December before it.
func (p *parsing) notice() (Notice, []BadLine) {
	slices.SortFunc(p.days, func(a, b Day) int { return a.Day.Compare(b.Day) })
	var n Notice
	if len(p.days) > 0 {
		n.Year = p.days[len(p.days)-1].Day.Year
	}
	for _, d := range p.days {
		switch {
		case d.Day.Year == n.Year:
			n.Days = append(n.Days, d)
		case d.Day.Year == n.Year-1 && d.Day.Month == time.December:
			n.Before = append(n.Before, d)
		default:
			p.refuse(p.at[d.Day], d.Day.String(), fmt.Sprintf("不是 %d 年的日子，也不是上一年 12 月的；一次交一年", n.Year))
		}
	}
	switch {
	case len(p.bad) == 0 && len(p.days) == 0:
		p.refuse(0, "", "一行也没有写。每行写一个日期，和“放假”或者“上班”")
	case n.Year != 0 && (n.Year < 2000 || n.Year > 2200):
		p.refuse(p.at[n.Days[0].Day], n.Days[0].Day.String(), "年份不对")
	}
	slices.SortStableFunc(p.bad, func(a, b BadLine) int { return a.Number - b.Number })
	return n, p.bad
}

// of are the days of a kind.
func of(days []Day, kind Kind) []Date {
	found := []Date{}
	for _, d := range days {
		if d.Kind == kind {
			found = append(found, d.Day)
		}
	}
	return found
}

// fixedHolidays are those whose day the law itself names (全国年节及纪念日放假办法
// 第二条); 2 May is one since 2025. The others follow the lunar calendar.
var fixedHolidays = []struct{ name, day string }{
	{"元旦", "01-01"}, {"劳动节", "05-01"}, {"劳动节", "05-02"}, {"国庆节", "10-01"}, {"国庆节", "10-02"}, {"国庆节", "10-03"},
}

// secondOfMay is the first year whose law has 13 holidays instead of 11.
const secondOfMay = 2025

// Doubts says why an arrangement cannot be the whole one of its year: a
// statutory day is missing from it. Such a notice may be counted over, but its
// year stays provisional.
func (n Notice) Doubts() []string {
	off := of(n.Days, Off)
	var doubts []string
	for _, h := range fixedHolidays {
		day, err := ParseDate(strconv.Itoa(n.Year) + "-" + h.day)
		if err == nil && !slices.Contains(off, day) && (n.Year >= secondOfMay || h.day != "05-02") {
			doubts = append(doubts, "没有 "+day.Short()+"，"+h.name+"是法定假日")
		}
	}
	least := 11
	if n.Year >= secondOfMay {
		least = 13
	}
	if len(off) < least {
		doubts = append(doubts, fmt.Sprintf("放假只有 %d 天，法定假日就有 %d 天", len(off), least))
	}
	return doubts
}
