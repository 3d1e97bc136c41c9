package form

import (
	"strings"
	"testing"
	"time"
)

// TestWhatIsLongerThanItsLimitIsNotRead holds every reader of a value to its limit by what
// it gives: each of these would be read, were it not for what follows it. With a hundred
// thousand characters, a reader that begins before it measures does not come back.
func TestWhatIsLongerThanItsLimitIsNotRead(t *testing.T) {
	for _, more := range []int{amountLimit, 1000, 100_000} {
		for _, typed := range []string{
			"1286500" + strings.Repeat("了", more), strings.Repeat("共计", more) + "1286500", "12万" + strings.Repeat("元左右", more),
			strings.Repeat("亿", more), strings.Repeat("1 ", more), strings.Repeat("一百", more), "5万(" + strings.Repeat("多", 5*more) + ")",
		} {
			if sum, doubt, said := ReadAmount(typed); sum != nil || len(doubt.Readings) > 0 || said == "" {
				t.Errorf("an amount of %d characters is read: %v %v %q", Length(typed), sum, doubt, said)
			}
			if words := AmountWritten(typed); words != "" {
				t.Errorf("an amount of %d characters is written as %d", Length(typed), Length(words))
			}
		}
		rule := DateRule{Now: time.Date(2026, 8, 3, 0, 0, 0, 0, time.UTC), Part: true}
		for _, boxes := range []DateBoxes{
			{Year: "2023年5月1日" + strings.Repeat("。", more)}, {Year: "2023" + strings.Repeat("年", more), Month: "5", Day: "1"},
			{Year: "2023", Month: "5" + strings.Repeat("月", more), Day: "1"}, {Year: "2023", Month: "5", Day: "1" + strings.Repeat("日", more)},
		} {
			if date, said := boxes.Read(rule); !date.IsZero() || said == "" {
				t.Errorf("a date with %d characters more is read: %v", more, date)
			}
			if boxes.Spread() != boxes {
				t.Errorf("a date with %d characters more is spread", more)
			}
		}
		many := strings.Repeat("13800001234、", more) + "13800001234"
		if _, said := Phone(many); said == "" || PhoneDoubt(many).Sentence != "" {
			t.Errorf("%d numbers are read as a telephone", more)
		}
		if _, said := Email(strings.Repeat("a", mailLimit+more) + "@qq.com"); said == "" {
			t.Errorf("an address with %d characters more is read", more)
		}
	}
	if number, code := ReadPair(strings.Repeat("，", pairLimit) + "JX2026000000000 ABCD-EFGH-2345-6789"); number+code != "" {
		t.Errorf("a pair is read out of a long text: %q %q", number, code)
	}
}
