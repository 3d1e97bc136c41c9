package notice_test

import (
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/notice"
)

func TestTheOfficeKeepsWhatTheTermEnded(t *testing.T) {
	t.Parallel()
	db := office(t)
	first := publish(t, db, warning(clock.Date{Year: 2099, Month: 12, Day: 31}))
	second := publish(t, db, warning(clock.Date{Year: 2099, Month: 12, Day: 31}))
	now := time.Now()
	if err := notice.TakeDown(t.Context(), db.Admin, second, now, "标题写错"); err != nil {
		t.Fatal(err)
	}
	all, err := notice.Records(t.Context(), db.Admin, 0, 10)
	if err != nil || len(all) < 2 || all[0].ID != second || all[1].ID != first {
		t.Fatalf("%+v %v", all, err)
	}
	if _, ended := all[0].EndedOn(now); !ended || all[0].Shown(now) {
		t.Error("what was taken down counts as shown")
	}
	if _, ended := all[1].EndedOn(now); ended {
		t.Error("what is in its term counts as ended")
	}
	if on, ended := all[1].EndedOn(time.Date(2100, 1, 5, 0, 0, 0, 0, time.UTC)); !ended || on.Year != 2099 {
		t.Errorf("ended %v on %s", ended, on)
	}
	older, err := notice.Records(t.Context(), db.Admin, second, 1)
	if err != nil || len(older) != 1 || older[0].ID != first {
		t.Errorf("the next page is %+v %v", older, err)
	}
}
