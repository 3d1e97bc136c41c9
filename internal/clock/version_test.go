package clock_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestTheCalendarSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	years, err := clock.Versions(t.Context(), pgtest.New(t).Admin)
	if err != nil {
		t.Fatal(err)
	}
	if len(years) != 4 || years[0].Year != 2027 || years[0].Status != clock.Provisional || years[1].Status != clock.Official {
		t.Fatalf("%+v", years)
	}
	y := years[1]
	if len(y.Off) != 33 || len(y.Work) != 6 || y.Source == "" || y.Off[0] != (clock.Date{Year: 2026, Month: 1, Day: 1}) || y.Version != 1 {
		t.Errorf("2026: %d off, %d work, first %s, %q", len(y.Off), len(y.Work), y.Off[0], y.Source)
	}
}

// of2028 is an arrangement as the State Council might publish it.
const of2028 = `日期,安排,说明
2028-01-01至2028-01-03,放假,元旦
2028-01-25至2028-01-31,放假,春节
2028-01-22,上班,补春节
2028-02-05,上班,补春节
2028-04-04,放假,清明节
2028-05-01至2028-05-05,放假,劳动节
2028-05-28,放假,端午节
2028-10-01至2028-10-08,放假,国庆节、中秋节
2028-10-14,上班,补国庆
`

func planned(t testing.TB, db *pgtest.DB, h clock.Handed) clock.Plan {
	t.Helper()
	plan, bad, err := clock.PlanImport(t.Context(), db.Admin, h)
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	return plan
}

func TestAYearIsImportedOnceAndCorrectedByANewVersion(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	now := time.Date(2027, 11, 20, 2, 0, 0, 0, time.UTC)
	first := planned(t, db, clock.Handed{Text: of2028})
	if first.Year != 2028 || first.Status != clock.Official || len(first.Changes) != 1 || first.Changes[0].Version != 1 || first.Changes[0].Was != "" {
		t.Fatalf("%+v", first)
	}
	if _, known := base(t, db.Owner).Calendar.Status(2028); known {
		t.Error("a plan is written already")
	}
	if err := first.Import(t.Context(), db.Admin, 0, now); err != nil {
		t.Fatal(err)
	}
	cal := base(t, db.Portal).Calendar
	if status, _ := cal.Status(2028); status != clock.Official || cal.Working(date(t, "2028-01-03")) || !cal.Working(date(t, "2028-01-22")) {
		t.Errorf("2028 is %q", status)
	}
	if again := planned(t, db, clock.Handed{Text: of2028}); len(again.Changes) != 0 {
		t.Errorf("the same file changes %+v", again.Changes)
	}
	corrected := planned(t, db, clock.Handed{Text: strings.Replace(of2028, "2028-02-05,上班", "2028-02-12,上班", 1), Source: "更正通知"})
	if c := corrected.Changes; len(c) != 1 || c[0].Version != 2 || len(c[0].Days) != 2 || c[0].Days[0] != (clock.DayChange{Day: date(t, "2028-02-05"), Was: clock.Work}) {
		t.Errorf("%+v", corrected.Changes)
	}
	late := planned(t, db, clock.Handed{Text: strings.Replace(of2028, "2028-10-14,上班", "2028-10-21,上班", 1)})
	if err := corrected.Import(t.Context(), db.Admin, 0, now); err != nil {
		t.Fatal(err)
	}
	if err := late.Import(t.Context(), db.Admin, 0, now); !fault.Is(err, fault.Conflict) {
		t.Errorf("a plan over an older version: %v", err)
	}
	all, err := clock.Versions(t.Context(), db.Admin)
	if err != nil || all[0].Version != 2 || all[0].Source != "更正通知" || all[1].Version != 1 || all[1].Digest == "" || !all[1].ImportedAt.Equal(now) {
		t.Errorf("%+v, %v", all[:2], err)
	}
}

func TestAHalfCalendarNeverMakesAYearOfficial(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	half := planned(t, db, clock.Handed{Text: "2028-01-01,放假"})
	if half.Status != clock.Provisional || len(half.Doubts) == 0 {
		t.Errorf("%s, %v", half.Status, half.Doubts)
	}
	if draft := planned(t, db, clock.Handed{Text: of2028, Draft: true}); draft.Status != clock.Provisional {
		t.Error("what is not published is official")
	}
	if _, _, err := clock.PlanImport(t.Context(), db.Admin, clock.Handed{Text: "2026-01-01,放假"}); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), "已经公布") {
		t.Errorf("an official year is made provisional: %v", err)
	}
}

func TestTheNoticeOfAYearMovesTheDecemberBefore(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	plan := planned(t, db, clock.Handed{Text: of2028 + "2027-12-25,上班\n2027-12-31,放假\n"})
	if len(plan.Changes) != 2 || plan.Changes[1].Year != 2027 || plan.Changes[1].Status != clock.Provisional || len(plan.Changes[1].Days) != 2 {
		t.Fatalf("%+v", plan.Changes)
	}
	if err := plan.Import(t.Context(), db.Admin, 0, time.Now()); err != nil {
		t.Fatal(err)
	}
	cal := base(t, db.Worker).Calendar
	if cal.Working(date(t, "2027-12-31")) || !cal.Working(date(t, "2027-12-25")) || cal.Working(date(t, "2027-10-01")) {
		t.Error("the December before is as it was, or lost its other days")
	}
	if _, _, err := clock.PlanImport(t.Context(), db.Admin, clock.Handed{Text: "2029-12-31,放假\n2030-01-01,放假"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("days of a year without a calendar: %v", err)
	}
}

// Nobody changes what was imported, and the table takes no day that cannot be.
func TestAVersionIsNeverChanged(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for role, pool := range map[string]pg.Queryer{"portal": db.Portal, "admin": db.Admin, "worker": db.Worker} {
		for _, sql := range []string{`UPDATE calendar_version SET status = 'official'`, `DELETE FROM calendar_version`} {
			if _, err := pg.Exec(t.Context(), pool, sql, nil); pg.Code(err) != "42501" {
				t.Errorf("%s: %s: %v", role, sql, err)
			}
		}
	}
	const add = `INSERT INTO calendar_version (year, version, status, source, off, work, imported_at) VALUES (2028, 1, 'official', 'x', @off::date[], @work::date[], now())`
	for name, args := range map[string]pg.Args{
		"a day of another year":   {"off": []string{"2027-01-01"}, "work": []string{}},
		"a day both off and work": {"off": []string{"2028-01-01"}, "work": []string{"2028-01-01"}},
		"a weekday worked":        {"off": []string{}, "work": []string{"2028-01-03"}},
	} {
		if _, err := pg.Exec(t.Context(), db.Admin, add, args); pg.Code(err) != "23514" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := pg.Exec(t.Context(), db.Portal, add, pg.Args{"off": []string{"2028-01-01"}, "work": []string{}}); pg.Code(err) != "42501" {
		t.Errorf("the portal imports a calendar: %v", err)
	}
}
