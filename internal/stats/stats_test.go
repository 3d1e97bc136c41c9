package stats_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

const day = 24 * time.Hour

// walk does one thing after another to a complaint, as staff do.
func walk(t *testing.T, o *complainttest.Office, number string, steps ...step) {
	t.Helper()
	for _, s := range steps {
		_, err := o.Desk.Move(t.Context(), workflow.Order{
			Number: number, Action: s.action, By: o.People[s.by], Token: complainttest.Token(), Answers: s.answers})
		if err != nil {
			t.Fatalf("%s: %v %v", s.action, err, fault.FieldsOf(err))
		}
	}
}

// others files what keeps a figure of the town from being all that there is: as many
// complaints as one figure hides, about another unit and of another category.
func others(t *testing.T, o *complainttest.Office, steps ...step) {
	t.Helper()
	for range stats.Step - 1 {
		in := complainttest.Intake()
		in.Story.Unit, in.Story.Category = "JUS", "C04"
		walk(t, o, o.File(t, in).Number, steps...)
	}
}

// told is every figure that is published.
func told(q stats.Quarter) map[string]stats.Count {
	out := map[string]stats.Count{}
	for _, f := range kinds.Figures() {
		for _, m := range f.Measures {
			for _, key := range []string{complainttest.Town, complainttest.Finance, "JUS", "C03", "C04"} {
				if n := q.Of(m.Name, key); n != 0 {
					out[m.Name+" "+key] = n
				}
			}
		}
	}
	return out
}

type step struct {
	by      staff.Role
	action  workflow.Action
	answers workflow.Answers
}

func handled() []step {
	return []step{
		{staff.Registrar, complaint.EnterRegister, nil},
		{staff.Registrar, complaint.Accept, workflow.Answers{"nature": {"RED"}}},
		{staff.Registrar, complaint.Dispatch, workflow.Answers{"lead": {complainttest.Finance}}},
		{staff.Handler, complaint.Sign, nil},
	}
}

func answered(finding string) []step {
	return []step{
		{staff.Handler, complaint.DraftAnswer, workflow.Answers{
			"finding": {finding}, "decision": {"support"}, "facts": {"合同属实。"}, "opinion": {"予以支持。"}, "articles": {"KX-9"}, "basis": {"《民法典》"}}},
		{staff.UnitHead, complaint.ApproveAnswer, nil},
		{staff.Supervisor, complaint.Reply, nil},
	}
}

// published is what the portal shows after the worker has counted.
func published(t *testing.T, o *complainttest.Office) (stats.Year, stats.Quarter) {
	t.Helper()
	if err := stats.Publish(t.Context(), o.DB.Worker, kinds.Figures(), o.Now()); err != nil {
		t.Fatal(err)
	}
	return shown(t, stats.NewBook(o.DB.Portal, kinds.Figures(), o.Now))
}

func shown(t *testing.T, b *stats.Book) (stats.Year, stats.Quarter) {
	t.Helper()
	year, err := b.Year(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	quarter, err := b.Quarter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return year, quarter
}

func TestTheYearIsCountedByMonthAndByTheDayPromised(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	file := func() string { return o.File(t, complainttest.Intake()).Number }
	inTime, late, never := file(), file(), file()
	walk(t, o, inTime, append(handled(), answered("substantiated")...)...)
	walk(t, o, late, handled()...)
	walk(t, o, never, handled()...)
	o.Wait(40 * day) // into April, past the thirty days
	walk(t, o, late, answered("partially")...)
	file()
	today := clock.On(o.Now())
	o.Wait(day)
	file() // the day is not over
	march := stats.Counts{Received: 3, Answered: 1, OnTime: 1, Upheld: 1}
	april := stats.Counts{Received: 1, Answered: 1}
	want := stats.Year{
		Until: today, Overdue: 1, Total: stats.Counts{Received: 4, Answered: 2, OnTime: 1, Upheld: 1},
		Months: []stats.Month{
			{Month: clock.NewDate(2026, 1, 1)}, {Month: clock.NewDate(2026, 2, 1)},
			{Month: clock.NewDate(2026, 3, 1), Counts: march}, {Month: clock.NewDate(2026, 4, 1), Counts: april},
		},
	}
	year, _ := published(t, o)
	if diff := cmp.Diff(want, year); diff != "" {
		t.Error(diff)
	}
}

func TestACountyFigureMovesOnlyWhenADayIsOver(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	before, _ := published(t, o)
	number := o.File(t, complainttest.Intake()).Number
	walk(t, o, number, append(handled(), answered("substantiated")...)...)
	for range 13 { // from ten in the morning to the last hour of the day
		if year, _ := published(t, o); !cmp.Equal(before, year) {
			t.Fatalf("at %s: %s", clock.Local(o.Now()), cmp.Diff(before, year))
		}
		o.Wait(time.Hour)
	}
	o.Wait(3 * time.Hour)
	if year, _ := published(t, o); year.Total != (stats.Counts{Received: 1, Answered: 1, OnTime: 1, Upheld: 1}) {
		t.Errorf("the next morning: %+v", year)
	}
}

// Whoever asked a moment ago must not go on with the old figures while others
// show the new ones.
func TestTheNewDayIsShownByAllInTheSameMoment(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	asked, fresh := stats.NewBook(o.DB.Portal, kinds.Figures(), o.Now), stats.NewBook(o.DB.Portal, kinds.Figures(), o.Now)
	if year, units := shown(t, asked); !year.Until.IsZero() || !units.Until.IsZero() {
		t.Errorf("shown before anything was published: %+v, %+v", year, units)
	}
	today := clock.On(o.Now())
	o.Wait(today.Ends().Add(59*time.Minute + 59*time.Second).Sub(o.Now()))
	if err := stats.Publish(t.Context(), o.DB.Worker, kinds.Figures(), o.Now()); err != nil {
		t.Fatal(err)
	}
	for _, b := range []*stats.Book{asked, fresh} {
		if year, _ := shown(t, b); !year.Until.IsZero() && !year.Until.Before(today) {
			t.Errorf("shown before one o'clock: %+v", year)
		}
	}
	o.Wait(time.Second)
	for _, b := range []*stats.Book{asked, fresh, stats.NewBook(o.DB.Portal, kinds.Figures(), o.Now)} {
		if year, _ := shown(t, b); year.Until != today || year.Total.Received != 1 {
			t.Errorf("at one o'clock: %+v", year)
		}
	}
}

func TestTheYearIsThatOfItsLastDayAndADayIsChinas(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	lastSecond := time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC)
	o.Wait(lastSecond.Sub(o.Now()))
	o.File(t, complainttest.Intake())
	o.Wait(time.Second)
	o.File(t, complainttest.Intake())
	o.Wait(2 * time.Hour)
	if year, _ := published(t, o); year.Until != clock.NewDate(2026, 12, 31) || year.Total.Received != 1 || len(year.Months) != 12 {
		t.Errorf("on the first of January: %+v", year)
	}
	o.Wait(day)
	if year, _ := published(t, o); year.Until != clock.NewDate(2027, 1, 1) || year.Total.Received != 1 || len(year.Months) != 1 {
		t.Errorf("on the second: %+v", year)
	}
}

func TestAWorkerThatWasAwayMakesUpForEveryDay(t *testing.T) {
	t.Parallel()
	o, other := complainttest.New(t), complainttest.New(t)
	for i := range 12 {
		for _, office := range []*complainttest.Office{o, other} {
			number := office.File(t, complainttest.Intake()).Number
			walk(t, office, number, handled()...)
			if i%3 == 0 {
				walk(t, office, number, answered("mostly")...)
			}
			office.Wait(4 * day)
		}
		published(t, other)
	}
	after, _ := published(t, o)
	steady, _ := published(t, other)
	if diff := cmp.Diff(steady, after); diff != "" || after.Total.Received != 12 || after.Overdue == 0 {
		t.Errorf("counted at once and day by day: %s %+v", diff, after)
	}
	each := `SELECT d::text FROM county_day d ORDER BY day`
	a, err1 := pg.All[string](t.Context(), o.DB.Owner, each, nil)
	b, err2 := pg.All[string](t.Context(), other.DB.Owner, each, nil)
	if diff := cmp.Diff(b, a); diff != "" || err1 != nil || err2 != nil {
		t.Errorf("%v, %v, %s", err1, err2, diff)
	}
}

func TestManyWorkersAtOncePublishOnce(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for range stats.Step {
		o.File(t, complainttest.Intake())
	}
	others(t, o)
	o.Wait(40 * day)
	var all errgroup.Group
	for range 8 {
		all.Go(func() error { return stats.Publish(t.Context(), o.DB.Worker, kinds.Figures(), o.Now()) })
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	if year, units := published(t, o); year.Total.Received != 2*stats.Step-1 || units.Of(complaint.FigureAccused, complainttest.Town) != stats.Step {
		t.Errorf("%+v, %+v", year, units)
	}
}

func TestAFigureAboutAUnitIsOfAWholeQuarterAndInStepsOfFive(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var numbers []string
	for range stats.Step + 2 {
		number := o.File(t, complainttest.Intake()).Number
		walk(t, o, number, handled()...)
		numbers = append(numbers, number)
	}
	for _, n := range numbers[3:] {
		walk(t, o, n, answered("mostly")...)
	}
	others(t, o, append(handled(), answered("unsubstantiated")...)...)
	for range 29 { // to the last day of March
		if _, units := published(t, o); len(told(units)) != 0 || units.Until != clock.NewDate(2025, 12, 31) {
			t.Fatalf("on %s the quarter that goes on is shown: %+v", clock.On(o.Now()), units)
		}
		o.Wait(day)
	}
	o.Wait(day)
	_, got := published(t, o)
	// The town: seven received, four answered and upheld. The treasury answered eight.
	if got.From != clock.NewDate(2025, 4, 1) || got.Until != clock.NewDate(2026, 3, 31) {
		t.Errorf("from %s to %s", got.From, got.Until)
	}
	if diff := cmp.Diff(map[string]stats.Count{
		"accused TOWN": stats.Step, "received C03": stats.Step,
		"handled FIN": stats.Untold, "handled TOWN": stats.Untold, "handled JUS": stats.Untold, "handled C03": stats.Untold, "handled C04": stats.Untold,
	}, told(got)); diff != "" {
		t.Error(diff)
	}
	walk(t, o, numbers[0], answered("unsubstantiated")...) // late
	o.Wait(91 * day)
	_, got = published(t, o)
	if diff := cmp.Diff(map[string]stats.Count{
		"accused TOWN": stats.Step, "accused_answered TOWN": stats.Step, "handled FIN": stats.Step,
		"received C03": stats.Step, "answered C03": stats.Step,
	}, told(got)); diff != "" {
		t.Errorf("a quarter later: %s", diff)
	}
}

// What the county's total leaves when the figures are taken away is never less than what
// one figure may hide: five complaints and no other would say that no other unit and no
// other category has any.
func TestAFigureThatWouldTellTheOthersIsWithheld(t *testing.T) {
	t.Parallel()
	for more, want := range map[int]stats.Count{0: stats.Untold, stats.Step - 2: stats.Untold, stats.Step - 1: stats.Step} {
		o := complainttest.New(t)
		for range stats.Step {
			o.File(t, complainttest.Intake())
		}
		for i := range more {
			in := complainttest.Intake()
			in.Story.Unit, in.Story.UnitSaid, in.Story.Category = "unknown", "东边那个镇上", []string{"C04", "C05"}[i%2]
			o.File(t, in)
		}
		o.Wait(40 * day)
		_, q := published(t, o)
		for measure, key := range map[string]string{complaint.FigureAccused: complainttest.Town, complaint.FigureReceived: "C03"} {
			if got := q.Of(measure, key); got != want || q.Withholds(measure) != (want == stats.Untold) {
				t.Errorf("%d others: %s of %s is %d, want %d", more, measure, key, got, want)
			}
		}
		if q.Of(complaint.FigureUpheld, "C03") != 0 {
			t.Errorf("%d others: what has no figure is told, and is below the step", more)
		}
	}
}

// A quarter that an older program published has no figures of what it did not count.
func TestWhatWasNotCountedThenIsNotNone(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `INSERT INTO figure_quarter (until, measures, withheld) VALUES ('2025-12-31', '{accused}', '{}')`); err != nil {
		t.Fatal(err)
	}
	_, q := published(t, o)
	if q.Until.IsZero() || q.Of(complaint.FigureAccused, complainttest.Town) != 0 || q.Of(complaint.FigureReceived, "C03") != stats.Untold || q.Counts(complaint.FigureReceived) {
		t.Errorf("%+v", q)
	}
}

// A register's figures are of use to nobody when two have one name, or say nothing.
func TestFiguresAreDeclaredWhole(t *testing.T) {
	t.Parallel()
	whole := stats.Measure{Name: "promises", Heading: "承诺", Meaning: "作出的承诺件数", Short: "承诺", Group: stats.Group{Heading: "承诺", Counts: "件"}, By: stats.ByUnit, Rows: `SELECT 'TOWN'`}
	if said := stats.Lint(append(kinds.Figures(), stats.Figures{Measures: []stats.Measure{whole}})); len(said) != 0 {
		t.Error(said)
	}
	silent, nowhere, odd := whole, whole, whole
	silent.Meaning, nowhere.By, odd.Name = "", "street", "promises'"
	for what, measures := range map[string][]stats.Measure{"twice": {whole, whole}, "silent": {silent}, "nowhere": {nowhere}, "odd": {odd}} {
		if said := stats.Lint([]stats.Figures{{Measures: measures}}); len(said) == 0 {
			t.Errorf("%s is not found", what)
		}
	}
}

func TestWhatIsPublishedAboutAUnitStaysWhateverHappensToAComplaint(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for range stats.Step {
		o.File(t, complainttest.Intake())
	}
	others(t, o)
	o.Wait(30 * day)
	_, before := published(t, o)
	if before.Of(complaint.FigureAccused, complainttest.Town) != stats.Step || before.Of(complaint.FigureReceived, "C03") != stats.Step {
		t.Errorf("%v", told(before))
	}
	for what, sql := range map[string]string{
		"another category is right": `UPDATE matter SET category = 'C05' WHERE category = 'C03'`,
		"another unit is settled":   `UPDATE matter SET unit = 'JUS' WHERE unit = 'TOWN'`,
		"they become accusations":   `UPDATE matter SET flags = flags || '{accusation}'`,
		"it is another quarter":     `UPDATE matter SET opened_at = opened_at - interval '2 years'`,
	} {
		if _, err := o.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
		o.Wait(day)
		if _, after := published(t, o); before.Until != after.Until || !cmp.Equal(told(before), told(after)) {
			t.Errorf("%s: %s", what, cmp.Diff(told(before), told(after)))
		}
	}
	for _, sql := range []string{
		`UPDATE figure_quarter SET withheld = measures`, `UPDATE figure SET at_least = 10`, `DELETE FROM figure`, `DELETE FROM figure_quarter`, `UPDATE county_day SET received = 0`, `DELETE FROM county_day`,
	} {
		if _, err := o.DB.Worker.Exec(t.Context(), sql); pg.Code(err) != "42501" {
			t.Errorf("the worker may %s: %v", sql, err)
		}
	}
}

func TestTheDatabaseRefusesAFigureAboutAUnitThatSaysMore(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	published(t, o)
	for _, n := range []int{-5, 0, 1, 4, 6, 11} {
		_, err := pg.Exec(t.Context(), o.DB.Owner, `
			INSERT INTO figure (until, key, measure, at_least) SELECT until, 'TOWN', 'accused', @n FROM figure_quarter`, pg.Args{"n": n})
		if pg.Code(err) != "23514" {
			t.Errorf("%d: %v", n, err)
		}
	}
	for _, withheld := range []string{"{accused}", "{handled}"} { // what is withheld, and what was not counted
		_, err := pg.Exec(t.Context(), o.DB.Worker, `
			WITH quarter AS (INSERT INTO figure_quarter (until, measures, withheld) VALUES ('2030-03-31', CASE @w::text WHEN '{accused}' THEN '{accused}'::text[] ELSE '{handled}' END, @w::text[]) RETURNING until)
			INSERT INTO figure (until, key, measure, at_least) SELECT until, 'TOWN', 'accused', 5 FROM quarter`, pg.Args{"w": withheld})
		if pg.Code(err) != "23514" {
			t.Errorf("a figure beside %s withheld: %v", withheld, err)
		}
	}
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `INSERT INTO figure_quarter (until, measures, withheld) VALUES ('2026-03-30', '{}', '{}')`, nil); pg.Code(err) != "23514" {
		t.Errorf("a quarter that ends on 30 March: %v", err)
	}
}

func TestAnAccusationIsNotCountedAgainstAUnit(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	others(t, o)
	for range stats.Step - 1 {
		walk(t, o, o.File(t, complainttest.Intake()).Number, handled()[:1]...)
	}
	walk(t, o, o.File(t, complainttest.Intake()).Number, step{staff.Registrar, complaint.EnterRegister, nil},
		step{staff.Registrar, complaint.Accept, workflow.Answers{"nature": {"ACC"}}})
	o.Wait(30 * day)
	if _, units := published(t, o); len(told(units)) != 0 {
		t.Errorf("%v", told(units))
	}
}

func TestThePortalStillReadsNoComplaint(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	for _, table := range []string{"matter", "complaint", "clock", "answer", "assignment"} {
		if n, err := pg.One[int64](t.Context(), o.DB.Portal, `SELECT count(*) FROM `+table, nil); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
}

func TestOpenDataIsATableForSpreadsheets(t *testing.T) {
	t.Parallel()
	year := stats.Year{
		Until: clock.NewDate(2026, 1, 5), Overdue: 2,
		Months: []stats.Month{{Month: clock.NewDate(2026, 1, 1), Counts: stats.Counts{Received: 7, Imported: 2, Answered: 5, OnTime: 3, Upheld: 1}}},
		Total:  stats.Counts{Received: 7, Imported: 2, Answered: 5, OnTime: 3, Upheld: 1},
	}
	table, err := year.CSV()
	want := "\uFEFF月份,收到,其中批量导入,答复,按期答复,逾期答复,查实或基本查实\r\n2026-01,7,2,5,3,2,1\r\n"
	if diff := cmp.Diff(want, string(table)); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	raw, err := year.JSON(stats.About{Publisher: "县监督办"})
	if err != nil || !json.Valid(raw) || !strings.Contains(string(raw), `"overdue": 2`) || !strings.Contains(string(raw), `"until": "2026-01-05"`) || !strings.Contains(string(raw), `"publisher": "县监督办"`) {
		t.Errorf("%s %v", raw, err)
	}
}

// What another system had closed is in that one's figures: here it came in today and
// was answered by nobody, so that today's figures would show neither year truly.
func TestWhatWasClosedElsewhereCountsNowhere(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var file strings.Builder
	for _, id := range []string{"1", "2", "3", "4", "5", "6"} {
		file.WriteString(`{"id": "` + id + `", "title": "路灯坏了", "body": "三个月没有人来修。", "old_unit": "` + complainttest.Town +
			`", "old_received_on": "2026-01-05", "old_closed_on": "2026-02-10", "old_finding": "属实", "old_decision": "支持", "old_answer": "已经换灯。"}` + "\n")
	}
	file.WriteString(`{"id": "open", "title": "路灯坏了", "body": "三个月没有人来修。", "old_unit": "` + complainttest.Town + `"}` + "\n")
	sum, err := o.Desk.Import(t.Context(), strings.NewReader(file.String()), func(r complaint.Refusal) { t.Error(r.Reasons) })
	if err != nil || sum != (complaint.Imported{Taken: 7, Closed: 6}) {
		t.Fatalf("%+v, %v", sum, err)
	}
	o.Wait(40 * day)
	year, units := published(t, o)
	if want := (stats.Counts{Received: 1, Imported: 1}); year.Total != want || year.Overdue != 0 {
		t.Errorf("the county: %+v, overdue %d", year.Total, year.Overdue)
	}
	if got := told(units); len(got) != 0 {
		t.Errorf("the units: %v", got)
	}
}
