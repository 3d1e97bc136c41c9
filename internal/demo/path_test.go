package demo

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
)

func TestAPathIsReadOrRefused(t *testing.T) {
	t.Parallel()
	path, err := parsePath("file; 2h accept nature=RED ; 20d case.sign by=leader")
	if err != nil || len(path) != 3 {
		t.Fatalf("%+v, %v", path, err)
	}
	if s := path[1]; s.wait != 2*time.Hour || s.action != "accept" || s.say["nature"] != "RED" || s.on != "" {
		t.Errorf("the second step is %+v", s)
	}
	if s := path[2]; s.wait != 480*time.Hour || s.on != "case" || s.action != "sign" || s.by != "leader" {
		t.Errorf("the third step is %+v", s)
	}
	for _, wrong := range []string{"", "file;", "2w register", "1d", "file quickly", "3x5 register"} {
		if path, err := parsePath(wrong); err == nil {
			t.Errorf("%q is read as %+v", wrong, path)
		}
	}
}

// Whatever the day is on which it has to be done: in its hours, in its order, by
// the end and not long before.
func TestAPathIsDoneInItsHoursByItsEnd(t *testing.T) {
	t.Parallel()
	golden := clock.NewDate(2026, 10, 1)
	days := []clock.Day{}
	for i := range 7 {
		days = append(days, clock.Day{Day: golden.AddDays(i), Kind: clock.Off})
	}
	cal, err := clock.NewCalendar([]clock.Year{{Year: 2026, Status: clock.Official}}, days)
	if err != nil {
		t.Fatal(err)
	}
	path, err := parsePath(strings.Repeat("1d work; 5h work; 9d rest; ", 4) + "2h work")
	if err != nil {
		t.Fatal(err)
	}
	of := func(s step) hours {
		if s.action == "rest" {
			return awake
		}
		return officeHours
	}
	for hour := range 24 * 30 {
		end := clock.NewDate(2026, 9, 20).Begins().Add(time.Duration(hour) * time.Hour)
		times := schedule(path, of, end, cal, hour)
		last := times[len(times)-1]
		if last.After(end) || end.Sub(last) > 14*24*time.Hour {
			t.Fatalf("to be done by %s it is done at %s", end, last)
		}
		for i, at := range times {
			h, local := of(path[i]), clock.Local(at)
			if minute := local.Hour()*60 + local.Minute(); minute < h.opens || minute > h.closes || h.workdays && !cal.Working(clock.On(at)) {
				t.Fatalf("step %d is done at %s", i, local)
			}
			if i > 0 && !at.After(times[i-1]) {
				t.Fatalf("step %d is done at %s, the one before at %s", i, at, times[i-1])
			}
		}
	}
}
