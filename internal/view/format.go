package view

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a server without zone files still shows Chinese time
)

// shanghai is the zone of every date a person reads.
var shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is embedded
	}
	return zone
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// noBreak stands between a number and its measure word.
const noBreak = "\u00a0"

// Day writes 11月23日.
func Day(t time.Time) string {
	t = t.In(shanghai)
	return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day())
}

// DayFull writes 2026年11月23日.
func DayFull(t time.Time) string {
	return fmt.Sprintf("%d年%s", t.In(shanghai).Year(), Day(t))
}

// DayPaper writes 11月23日, and on paper 2026年11月23日; for Sentence.
func DayPaper(t time.Time) string { return PaperYear(t.In(shanghai).Year()) + Day(t) }

// DayWeek writes 11月30日（星期一）.
func DayWeek(t time.Time) string {
	return Day(t) + "（" + weekdays[t.In(shanghai).Weekday()] + "）"
}

// Clock writes 14:05.
func Clock(t time.Time) string {
	return t.In(shanghai).Format("15:04")
}

// MomentText writes 11月23日 14:05; on a page use Moment.
func MomentText(t time.Time) string {
	return Day(t) + " " + Clock(t)
}

// MomentPaper writes 11月23日 14:05, and on paper with its year; for Sentence.
func MomentPaper(t time.Time) string { return DayPaper(t) + " " + Clock(t) }

// MomentFull writes 2026年11月23日 14:05.
func MomentFull(t time.Time) string {
	return DayFull(t) + " " + Clock(t)
}

// dateText finds the dates that the functions above write.
var dateText = regexp.MustCompile(`(?:(\d{4}年)\x{2060}|\d{4}年)?\d{1,2}月\d{1,2}日`)

// PaperYear is a year in front of a date that Sentence shows on paper alone: what is
// due soon needs none on a screen, and a printed page is read years later. The word
// joiner behind it tells it from a year that was written to be read everywhere.
func PaperYear(year int) string { return strconv.Itoa(year) + "年\u2060" }

// textPart is a piece of a sentence; a date must stay on one line.
type textPart struct {
	year   string // on paper alone
	text   string
	date   bool
	strong bool
}

func cutDates(s string) []textPart {
	if !strings.Contains(s, "月") {
		return []textPart{{text: s}}
	}
	var out []textPart
	from := 0
	for _, at := range dateText.FindAllStringSubmatchIndex(s, -1) {
		if at[0] > from {
			out = append(out, textPart{text: s[from:at[0]]})
		}
		date := textPart{text: s[at[0]:at[1]], date: true}
		if at[2] >= 0 {
			date.year = s[at[2]:at[3]]
			date.text = strings.TrimPrefix(s[at[3]:at[1]], "\u2060")
		}
		out = append(out, date)
		from = at[1]
	}
	return append(out, textPart{text: s[from:]})
}

func machineDay(t time.Time) string    { return t.In(shanghai).Format(time.DateOnly) }
func machineMoment(t time.Time) string { return t.In(shanghai).Format(time.RFC3339) }

// yearOf is the part of a date that only the printed page adds.
func yearOf(t time.Time) string { return strconv.Itoa(t.In(shanghai).Year()) + "年" }

// Count writes a whole number with separators: 2,607.
func Count(n int) string {
	sign := ""
	digits := strconv.Itoa(n)
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	return sign + group(digits)
}

// N writes a number and its measure word, which never part: 7 天.
func N(n int, unit string) string {
	return Count(n) + noBreak + unit
}

// UpTo writes a count that was not counted beyond a limit: 1,000 件以上.
func UpTo(n, limit int, unit string) string {
	if n >= limit {
		return N(limit, unit) + "以上"
	}
	return N(n, unit)
}

// Money writes an amount in yuan given as decimal text with at most two
// decimals: 1,286,500.00 元. Text that is no amount comes back unchanged, so
// that a person sees what was typed.
func Money(amount string) string {
	yuan, fen, ok := splitAmount(amount)
	if !ok {
		return amount
	}
	return group(yuan) + "." + fen + noBreak + "元"
}

// splitAmount cuts "1286500.5" into "1286500" and "50".
func splitAmount(amount string) (yuan, fen string, ok bool) {
	yuan, fen, _ = strings.Cut(strings.ReplaceAll(amount, ",", ""), ".")
	yuan = strings.TrimLeft(yuan, "0")
	if yuan == "" {
		yuan = "0"
	}
	if amount == "" || len(fen) > 2 || strings.Trim(yuan+fen, "0123456789") != "" {
		return "", "", false
	}
	return yuan, (fen + "00")[:2], true
}

func group(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Decimal writes a coordinate without needless digits.
func Decimal(f float64) string {
	return strconv.FormatFloat(f, 'f', -1, 32)
}
