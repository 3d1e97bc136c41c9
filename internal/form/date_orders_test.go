package form

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestADateWhoseYearComesLastIsRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Date{
		"13/5/2023": {2023, 5, 13}, "5/13/2023": {2023, 5, 13}, "31-1-2023": {2023, 1, 31}, "13.05.2023": {2023, 5, 13}, "１３／５／２０２３": {2023, 5, 13}, "13 5 2023": {2023, 5, 13}, "13,5,2023": {2023, 5, 13}, "13、5、2023年": {2023, 5, 13},
		"5/5/2023": {2023, 5, 5}, "05.05.2023": {2023, 5, 5}, "13－5－2023": {2023, 5, 13}, "13/5/2023 10:30": {2023, 5, 13}, "13/5/2023。": {2023, 5, 13}, "于13/5/2023": {2023, 5, 13}, "29/2/2024": {2024, 2, 29},
		"2023/5/1": {2023, 5, 1}, "2023.05.01": {2023, 5, 1}, "23/5/1": {2023, 5, 1}, "31/12/23": {2023, 12, 31}, "05/13/23": {2023, 5, 13}, "23/05/28": {2023, 5, 28}, "98/5/12": {1998, 5, 12}, "12.12.12": {2012, 12, 12}, "23/5/23": {2023, 5, 23}, "23.12.31": {2023, 12, 31}, "2023/1/5": {2023, 1, 5},
		"5/2023": {2023, 5, 0}, "05.2023": {2023, 5, 0}, "5-2023": {2023, 5, 0}, "5 2023": {2023, 5, 0}, "5月2023年": {2023, 5, 0}, "5月,2023": {2023, 5, 0},
		"5月1日2023年": {2023, 5, 1}, "5月1日，2023": {2023, 5, 1}, "五月一日二〇二三年": {2023, 5, 1}, "1日5月2023年": {2023, 5, 1}, "十二月三十一日2023年": {2023, 12, 31},
		"1 May 2023": {2023, 5, 1}, "May 1, 2023": {2023, 5, 1}, "1-MAY-2023": {2023, 5, 1}, "1st May 2023": {2023, 5, 1}, "Sept. 3rd, 2023": {2023, 9, 3}, "May 2023": {2023, 5, 0}, "2023 May 1": {2023, 5, 1}, "2023-May": {2023, 5, 0}, "1-May-23": {2023, 5, 1},
	} {
		for _, boxes := range []DateBoxes{{Year: typed}, {Month: typed}, {Day: typed}} {
			if boxes.Year == "" && want.Day == 0 {
				continue
			}
			got, sentence := boxes.Read(DateRule{Now: today, Arrived: true, Part: true})
			if got != want || sentence != "" || boxes.Doubt(DateRule{Now: today, Arrived: true}).Sentence != "" {
				t.Errorf("%q is read as %v, %q; want %v", boxes, got, sentence, want)
			}
		}
	}
	if got := (DateBoxes{"13", "5", "2023"}).Spread(); got != (DateBoxes{"2023", "5", "13"}) {
		t.Errorf("the year in the last box is %v", got)
	}
	for typed, want := range map[string]string{
		"31/2/2023": "2月没有31日，请检查", "13/14/2023": "没有14月。月份请写 1 到 12", "29/2/2023": "2023年2月没有29日，请检查", "0/5/2023": "5月没有0日，请检查", "13/2023": "没有13月。月份请写 1 到 12", "1/5/2030": "2030年5月1日还没有到，请检查",
	} {
		if got, sentence := (DateBoxes{Year: typed}).Read(DateRule{Now: today, Arrived: true, Part: true}); sentence != want || !got.IsZero() {
			t.Errorf("%q is read as %v, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestADateWithTwoReadingsIsAsked(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today, Arrived: true, Label: "合同签订日期"}
	for boxes, want := range map[DateBoxes][]string{
		{Year: "1/5/2023"}: {"2023-05-01", "2023-01-05"}, {Year: "5-1-2023"}: {"2023-01-05", "2023-05-01"}, {Year: "01.05.2023"}: {"2023-05-01", "2023-01-05"}, {Year: "１／５／２０２３"}: {"2023-05-01", "2023-01-05"},
		{Year: "1 5 2023"}: {"2023-05-01", "2023-01-05"}, {Year: "1，5，2023"}: {"2023-05-01", "2023-01-05"}, {Year: "12/11/2022"}: {"2022-11-12", "2022-12-11"}, {Month: "1/5/2023"}: {"2023-05-01", "2023-01-05"}, {Day: "1/5/2023"}: {"2023-05-01", "2023-01-05"},
		{"1", "5", "2023"}: {"2023-05-01", "2023-01-05"}, {Year: "1/5/23"}: {"2023-05-01", "2023-01-05"}, {Year: "1.5.98"}: {"1998-05-01", "1998-01-05"}, {Year: "约1/5/2023"}: {"2023-05-01", "2023-01-05"},
		{Year: "12/5/23"}: {"2012-05-23", "2023-05-12", "2023-12-05"}, {Day: "12.5.23"}: {"2012-05-23", "2023-05-12", "2023-12-05"}, {Year: "13/5/23"}: {"2013-05-23", "2023-05-13"},
		{Year: "05-05-23"}: {"2005-05-23", "2023-05-05"}, {Year: "23/11/12"}: {"2023-11-12", "2012-11-23"}, {Year: "10 12 26"}: {"2010-12-26", "2026-10-12"},
		{Year: "1/12/2026"}: {"2026-01-12"}, // the other is still to come
	} {
		doubt := boxes.Doubt(rule)
		var got []string
		for _, r := range doubt.Readings {
			got = append(got, r.Value)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || doubt.Sentence == "" {
			t.Errorf("%q is asked about with %q: %s", boxes, doubt.Sentence, diff)
		}
		if date, sentence := boxes.Read(rule); !date.IsZero() || sentence != doubt.Sentence {
			t.Errorf("%q is taken for %v, %q", boxes, date, sentence)
		}
		if date, wrong := boxes.Ask("due_on", rule); !date.IsZero() || wrong.Name != "due_on" || len(wrong.Readings) != len(want) {
			t.Errorf("%q: %v, %+v", boxes, date, wrong)
		}
		if spread := boxes.Spread(); spread != boxes {
			t.Errorf("%q is changed to %q before it is answered", boxes, spread)
		}
		for _, value := range got {
			date, wrong := boxes.Chosen(value).Ask("due_on", rule)
			if date.String() != value || wrong.Sentence != "" {
				t.Errorf("%q, %s chosen, is %v, %+v", boxes, value, date, wrong)
			}
		}
		for _, value := range []string{"", "2023-05-02", "1/5/2023", "x", "2022-05-01"} {
			if chosen := boxes.Chosen(value); chosen != boxes {
				t.Errorf("%q, %q chosen, which it has not: %q", boxes, value, chosen)
			}
		}
	}
	if chosen := (DateBoxes{"2023", "5", "1"}).Chosen("2022-01-05"); chosen != (DateBoxes{"2023", "5", "1"}) {
		t.Errorf("a plain date is changed by an answer to an earlier one: %q", chosen)
	}
	if _, sentence := (DateBoxes{Year: "1/5/2023"}).Read(rule); sentence != "合同签订日期里，“1/5/2023”可以读成两个日期，请选一个" {
		t.Errorf("it says %q", sentence)
	}
}

// TestADateInAnyOrderIsNeverAnotherDay: what is read is the day that was meant, or asked about with it.
func TestADateInAnyOrderIsNeverAnotherDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 12000).Draw(t, "days"))
		layout := rapid.SampledFrom([]string{"2/1/2006", "02.01.2006", "2-1-2006", "1/2/2006", "01-02-2006", "02/01/06", "01.02.06", "06/01/02", "06-1-2", "2 Jan 2006", "Jan 2, 2006", "1月2日2006年"}).Draw(t, "layout")
		boxes := DateBoxes{Year: day.Format(layout)}
		date, wrong := boxes.Ask("x", DateRule{Now: today})
		for _, r := range wrong.Readings {
			if r.Value == day.Format(time.DateOnly) {
				return
			}
		}
		if date.String() != day.Format(time.DateOnly) {
			t.Fatalf("%q is %v, %+v", boxes.Year, date, wrong)
		}
	})
}
