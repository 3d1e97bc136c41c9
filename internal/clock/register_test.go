package clock_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// base is the table as migrate leaves it.
func base(t *testing.T, q pg.Queryer) clock.Table {
	t.Helper()
	table, err := clock.Read(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTheBaseCalendarIsTheOneOfTheNotices(t *testing.T) {
	t.Parallel()
	years, _ := exceptions(t)
	want, got := calendar(t), base(t, pgtest.New(t).Owner).Calendar
	for _, year := range years {
		if status, ok := got.Status(year.Year); !ok || status != year.Status {
			t.Errorf("%d is %q", year.Year, status)
		}
	}
	for d := clock.NewDate(2024, 1, 1); d.Year < 2028; d = d.AddDays(1) {
		if want.Working(d) != got.Working(d) {
			t.Errorf("%s: working %v", d, got.Working(d))
		}
	}
	if _, ok := got.Status(2028); ok {
		t.Error("2028 is in the calendar")
	}
}

func TestEveryRuleOfTheBaseDataCountsAndExplainsItself(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	if len(table.Rules) != 66 {
		t.Errorf("%d rules", len(table.Rules))
	}
	for _, r := range table.Rules {
		d, err := r.Due(table.Calendar, moment(t, "2026-03-02 10:00"))
		if r.Unit == clock.Given {
			d, err = r.DueOn(table.Calendar, moment(t, "2026-03-02 10:00"), clock.NewDate(2026, 12, 31))
		}
		if err != nil {
			t.Errorf("%s: %v", r.Code, err)
			continue
		}
		if d.Provisional || !strings.HasSuffix(d.Derivation, "。") || strings.Contains(d.Derivation, "%!") {
			t.Errorf("%s: provisional %v, %s", r.Code, d.Provisional, d.Derivation)
		}
		if promised := r.Basis == "本平台承诺"; promised != (r.Confidence == clock.Design) || promised == strings.Contains(d.Derivation, "依据：") {
			t.Errorf("%s: basis %s, %s", r.Code, r.Basis, d.Derivation)
		}
	}
}

func TestTheRulesOfAComplaintAreThere(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	got := map[clock.Code]string{}
	for _, code := range []clock.Code{
		clock.PlatformRegister, clock.PlatformAccept, clock.PlatformAnswer, clock.PetitionNotice,
		clock.PetitionObject, clock.PetitionConclude, clock.PetitionReview,
	} {
		r, ok := table.Rule(code, clock.NewDate(2026, 11, 23))
		if !ok {
			t.Errorf("no rule %s", code)
			continue
		}
		got[code] = fmt.Sprintf("%s %d %s, %s", r.Title, r.Limit, r.Unit, r.Basis)
	}
	want := map[clock.Code]string{
		"PF-REG":    "登记 1 WD, 本平台承诺",
		"PF-ACC":    "受理决定 5 WD, 本平台承诺",
		"PF-DO":     "答复 30 ND, 本平台承诺",
		"XF-NOTICE": "书面告知 15 ND, 《信访工作条例》第二十三条第二款",
		"XF-OBJ":    "提出异议退件 5 WD, 《信访工作条例》第二十三条第三款",
		"XF-DO":     "办结 60 ND, 《信访工作条例》第三十四条",
		"XF-RVAPP":  "申请复查 30 ND, 《信访工作条例》第三十五条",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Our promises may be kinder than the law, never later, even though theirs
// starts on the received day and the law's on the true one. Where this fails
// for a new year's holidays, the promise in clock_rule must become shorter.
func TestAPromiseNeverEndsAfterTheLaw(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	end := func(code clock.Code, started time.Time) clock.Due {
		d, ok := table.Due(code, started)
		if !ok {
			t.Fatalf("no rule %s on %s", code, started)
		}
		return d
	}
	for day := clock.NewDate(2024, 1, 1); day.Year < 2027; day = day.AddDays(1) {
		for _, hour := range []time.Duration{9, 20} {
			at := day.Begins().Add(hour * time.Hour)
			for ours, law := range map[clock.Code]clock.Code{
				clock.PlatformAccept: clock.PetitionNotice, clock.PlatformAnswer: clock.PetitionConclude,
			} {
				if a, b := end(ours, at), end(law, at); a.On.After(b.On) {
					t.Errorf("filed %s: %s ends %s, after %s on %s", at, ours, a.On, law, b.On)
				}
			}
		}
	}
}

func TestTheTablesAllowExactlyWhatTheCodeKnows(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Owner
	for column, known := range map[string][]string{
		"calendar_version.status": texts(clock.Statuses()),
		"clock_rule.unit":         texts(clock.Units()),
		"clock_span.kind":         texts(clock.SpanKinds()),
		"warning_rung.code":       texts(clock.Rungs()),
		"clock_rule.confidence":   texts(clock.Confidences()),
	} {
		table, name, _ := strings.Cut(column, ".")
		check, err := pg.One[string](t.Context(), db, `
			SELECT pg_get_constraintdef(c.oid)
			FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
			WHERE c.contype = 'c' AND c.conrelid = @table::text::regclass AND a.attname = @name`,
			pg.Args{"table": table, "name": name})
		if err != nil {
			t.Errorf("%s: %v", column, err)
			continue
		}
		var allowed []string
		for _, quoted := range regexp.MustCompile(`'([^']*)'::text`).FindAllStringSubmatch(check, -1) {
			allowed = append(allowed, quoted[1])
		}
		slices.Sort(allowed)
		if diff := cmp.Diff(known, allowed); diff != "" {
			t.Errorf("%s\n%s", column, diff)
		}
	}
}

func texts[T ~string](all []T) []string {
	var out []string
	for _, one := range all {
		out = append(out, string(one))
	}
	slices.Sort(out)
	return out
}

func TestADateGoesIntoTheDatabaseAndBack(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Owner
	for _, d := range []clock.Date{date(t, "2026-11-30"), date(t, "2024-02-29"), {}} {
		got, err := pg.One[struct {
			Back clock.Date
			Text *string
		}](t.Context(), db, `SELECT @day::date AS back, (@day::date)::text AS text`, pg.Args{"day": d})
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		if got.Text != nil {
			text = *got.Text
		}
		if got.Back != d || text != d.String() {
			t.Errorf("%q came back as %q, stored as %q", d, got.Back, text)
		}
	}
	if d, err := pg.All[struct{ Day clock.Date }](t.Context(), db, `SELECT 'infinity'::date AS day`, nil); err == nil {
		t.Errorf("infinity was read as %v", d)
	}
}

func TestEveryProcessReadsTheBookAndNoneWritesIt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for role, pool := range map[string]pg.Queryer{"portal": db.Portal, "admin": db.Admin, "worker": db.Worker} {
		now := moment(t, "2026-10-30 15:30")
		book := clock.NewBook(pool, func() time.Time { return now })
		table, err := book.Table(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if d, ok := table.Due(clock.PlatformAnswer, now); !ok || d.On.String() != "2026-11-30" {
			t.Errorf("%s: due %s, %v", role, d.On, ok)
		}
		if r, ok := table.Rule(clock.PetitionObject, clock.On(now)); !ok || r.Approver != "transferor" {
			t.Errorf("%s: rule %+v, %v", role, r, ok)
		}
		for _, table := range []string{"clock_rule", "category_group", "category", "role"} {
			if _, err := pg.All[int](t.Context(), pool, `SELECT 1 FROM `+table, nil); err != nil {
				t.Errorf("%s may not read %s: %v", role, table, err)
			}
			if _, err := pg.Exec(t.Context(), pool, `DELETE FROM `+table, nil); err == nil {
				t.Errorf("%s may delete from %s", role, table)
			}
		}
	}
}

func TestARuleInTheTableThatCannotBeCountedStopsNoOther(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Owner
	if _, err := pg.Exec(t.Context(), db, `UPDATE clock_rule SET start_event = 'sneezed' WHERE code = 'PF-DO'`, nil); err != nil {
		t.Fatal(err)
	}
	table, today := base(t, db), clock.NewDate(2026, 11, 23)
	if _, ok := table.Due(clock.PlatformAnswer, today.Begins()); ok {
		t.Error("counted without a word")
	}
	if _, ok := table.Due(clock.PlatformAccept, today.Begins()); !ok {
		t.Error("the others are lost with it")
	}
	if lacks := table.Lacking([]clock.Code{clock.PlatformAnswer, clock.PlatformAccept}, today); !slices.Equal(lacks, []clock.Code{clock.PlatformAnswer}) {
		t.Errorf("lacking %v", lacks)
	}
}

func TestBaseDataSpeaksToPeople(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Owner
	type row struct{ Code, Title, Basis string }
	rows, err := pg.All[row](t.Context(), db, `
		SELECT code, title, basis FROM category
		UNION ALL SELECT code, title, basis FROM clock_rule
		UNION ALL SELECT code, title, title FROM category_group
		UNION ALL SELECT code, title, title FROM role`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 36+66+7+10 {
		t.Errorf("%d rows", len(rows))
	}
	// The confidence marks of our own notes must not reach a page.
	mark := regexp.MustCompile(`[HML]\s*·|· ?[VvMD]|种子|同上|（[HML]）`)
	han := regexp.MustCompile(`\p{Han}`)
	for _, r := range rows {
		if mark.MatchString(r.Basis) || !han.MatchString(r.Title) || !han.MatchString(r.Basis) {
			t.Errorf("%s: %s, %s", r.Code, r.Title, r.Basis)
		}
	}
}
