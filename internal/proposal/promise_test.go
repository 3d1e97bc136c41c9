package proposal_test

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// worker is the engine of the background jobs, under their own role.
func (b *bench) worker() *workflow.Engine {
	return &workflow.Engine{Pool: b.DB.Worker, Key: b.Keys.Office.EventKey(), Clocks: clock.NewBook(b.DB.Worker, b.Now), Now: b.Now, Random: rand.Reader}
}

// until lets the time come to ten in the morning of a day, and the calendar do what is due
// then; a second sweep finds nothing.
func (b *bench) until(day clock.Date) {
	b.t.Helper()
	b.Wait(day.Begins().Add(10 * time.Hour).Sub(b.Now()))
	worker := b.worker()
	if _, err := worker.RunTimed(b.t.Context(), proposal.Law); err != nil {
		b.t.Fatal(err)
	}
	if n, err := worker.RunTimed(b.t.Context(), proposal.Law); n != 0 || err != nil {
		b.t.Errorf("a second sweep did %d: %v", n, err)
	}
	if _, err := worker.LapseRights(b.t.Context(), proposal.Law); err != nil {
		b.t.Error(err)
	}
}

// on fills a date of a form.
func on(name string, day clock.Date) []string {
	return []string{name + "_year", strconv.Itoa(day.Year), name + "_month", strconv.Itoa(int(day.Month)), name + "_day", strconv.Itoa(day.Day)}
}

// promises is an answer that promises the first point for a day, and the second too if it
// has one.
func promises(first, second clock.Date, pairs ...string) []string {
	a := append(on("by_1", first), pairs...)
	if !second.IsZero() {
		a = append(a, append(on("by_2", second), "class_2", "B")...)
	}
	return drafted(a...)
}

func kept(point string, day clock.Date) []string {
	return append(on("done_on", day), "point", point, "public", "12 笔已经付清。", "evidence", "付款凭证 2026-118 号")
}

func (b *bench) did(action workflow.Action) (n int) {
	b.t.Helper()
	for _, e := range b.read().Events {
		if e.Action == action {
			n++
		}
	}
	return n
}

// stand are the standings of a point's promises, the newest first.
func (b *bench) stand(no int) (all []promise.Standing) {
	b.t.Helper()
	for _, p := range b.read().Promises.Of(no) {
		all = append(all, p.Standing(b.Now()))
	}
	return all
}

func (b *bench) wantStand(no int, want ...promise.Standing) {
	b.t.Helper()
	if got := b.stand(no); !slices.Equal(got, want) {
		b.t.Errorf("point %d stands %v, not %v", no, got, want)
	}
}

var (
	june      = clock.NewDate(2026, 6, 28) // a Sunday: a promise is for its day, holiday or not
	september = clock.NewDate(2026, 9, 30)
)

// fedBack walks a proposal with these promises to the end of the feedback.
func (b *bench) fedBack(draft []string) {
	b.t.Helper()
	b.entered(entry())
	b.toHandling()
	b.toServed(draft)
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full")
}

func TestAPromiseIsRemindedOfAndKept(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(june, september))
	if runs := b.runs(); len(runs) != 1 || runs[clock.Promise] != june {
		t.Errorf("clocks %v", runs)
	}
	b.do(staff.Registrar, proposal.Archive)
	b.until(june.AddDays(-7))
	if n := b.did(promise.Remind); n != 0 {
		t.Errorf("reminded %d times too early", n)
	}
	b.until(june.AddDays(-6))
	if n := b.did(promise.Remind); n != 1 {
		t.Errorf("reminded %d times", n)
	}
	letters := b.read().Letters
	if to := []string{letters[0].To(), letters[1].To()}; letters[0].Template != "promise_due" || !slices.Contains(to, "县财政局") || !slices.Contains(to, "监督办公室") {
		t.Errorf("letters %+v", letters[:2])
	}
	b.wantStand(1, promise.Running)
	wantFault(t, b.try(staff.UnitHead, promise.Anew, append(on("by", september), "point", "1", "public", "钱没有到。")...), fault.Conflict, "现在是“已归档”")
	wantFault(t, b.try(staff.Handler, promise.Keep, kept("1", june)...), fault.Invalid, "请写真正办到的那一天")
	wantFault(t, b.try(staff.Handler, promise.Keep, kept("3", june.AddDays(-9))...), fault.Invalid, "point: 这一点没有")
	wantFault(t, b.try(staff.Handler, promise.Keep, "point", "1"), fault.Invalid, "evidence: 请写凭什么证明")
	if err := b.tryAs(b.OtherHandler, promise.Keep, kept("1", june.AddDays(-9))...); !fault.Is(err, fault.NotFound) {
		t.Errorf("another unit keeps it: %v", err)
	}
	b.do(staff.Handler, promise.Keep, kept("1", june.AddDays(-9))...)
	wantFault(t, b.try(staff.Handler, promise.Keep, kept("1", june.AddDays(-9))...), fault.Invalid, "point: 这一点没有")
	b.wantStand(1, promise.Kept)
	if p := b.wantState(proposal.Archived); b.runs()[clock.Promise] != september || !strings.Contains(p.Events[0].Public, "第 1 点答应的事，2026年6月19日办到：12 笔已经付清。") {
		t.Errorf("runs to %s, says %q", b.runs()[clock.Promise], p.Events[0].Public)
	}
	b.until(june.AddDays(1))
	b.wantState(proposal.Archived)
	b.verify()
}

// What is not done comes back by itself, also of what is archived, and goes back there.
func TestABrokenPromiseReopensItsPoint(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(june, clock.Date{}))
	b.do(staff.Registrar, proposal.Archive)
	b.until(june)
	b.wantState(proposal.Archived)
	b.wantStand(1, promise.Running)
	b.until(june.AddDays(1))
	p := b.wantState(proposal.Reopened)
	b.wantStand(1, promise.Broken)
	if !strings.Contains(p.Events[0].Public, "2026年6月28日") || p.ClosedAt != nil || b.runs()[clock.Promise] != june {
		t.Errorf("says %q, closed %v, runs %v", p.Events[0].Public, p.ClosedAt, b.runs())
	}
	waits := func(who staff.Person) int { return len(b.listed(who, "mine")) }
	if waits(b.People[staff.Handler]) != 1 || waits(b.OtherHandler) != 0 || waits(b.People[staff.Registrar]) != 0 {
		t.Error("it waits for others than the unit that promised")
	}
	if rows := b.listed(b.People[staff.Registrar], ""); len(rows) != 1 || !slices.Contains(rows[0], "承诺到期没有办到") {
		t.Errorf("the desk is told %v", rows)
	}
	wantFault(t, b.try(staff.Handler, promise.Anew, append(on("by", september), "point", "1", "public", "钱没有到。")...), fault.Forbidden, "不由您来办")
	wantFault(t, b.try(staff.UnitHead, promise.Anew, append(on("by", june), "point", "1", "public", "钱没有到。")...), fault.Invalid, "请写今天以后的日子")
	b.do(staff.UnitHead, promise.Anew, append(on("by", september), "point", "1", "public", "钱没有到。")...)
	b.wantState(proposal.Archived)
	b.wantStand(1, promise.Running, promise.Broken)
	if got := b.read(); got.Promises.Of(1)[0].Nth != 2 || !strings.Contains(got.Events[0].Public, "第 2 次承诺") {
		t.Errorf("says %q", got.Events[0].Public)
	}
	b.until(september.AddDays(3))
	b.wantState(proposal.Reopened)
	b.wantStand(1, promise.Broken, promise.Broken)
	b.do(staff.Handler, promise.Keep, kept("1", september.AddDays(1))...)
	b.wantState(proposal.Archived)
	b.wantStand(1, promise.KeptLate, promise.Broken)
	if runs := b.runs(); len(runs) != 0 {
		t.Errorf("clocks %v", runs)
	}
	b.verify()
}

// listed are what a list says of each row that a person has not seen.
func (b *bench) listed(by staff.Person, view string) (rows [][]string) {
	b.t.Helper()
	page, err := b.proposals.List(b.t.Context(), by.Scope(), register.Filter{View: view, Person: by}, register.Cursor{})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range page.Rows {
		rows = append(rows, r.News)
	}
	return rows
}

// What is broken while the answer is with others waits for the end of that.
func TestWhatIsBrokenMeanwhileIsTakenUpAfterwards(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	soon := clock.NewDate(2026, 3, 12)
	b.toServed(promises(soon, clock.NewDate(2026, 3, 14)))
	b.until(soon.AddDays(1))
	b.wantState(proposal.Served)
	if b.did(promise.Break) != 1 || !b.read().Matter.Has(promise.Owed) {
		t.Error("nobody noted that it is broken")
	}
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full")
	b.until(soon.AddDays(2))
	b.wantState(proposal.Reopened)
	if n := b.did(promise.Reopen); n != 1 {
		t.Errorf("taken up %d times", n)
	}
	b.until(soon.AddDays(4)) // the second is over, too
	b.do(staff.Handler, promise.Keep, kept("1", soon.AddDays(3))...)
	b.wantState(proposal.Reopened)
	b.until(soon.AddDays(5))
	if n := b.did(promise.Break); n != 2 {
		t.Errorf("broken %d times", n)
	}
	if n := b.did(promise.Remind); n != 1 {
		t.Errorf("%d reminders: of the second on its last day, of the first none when it was over", n)
	}
	b.do(staff.Supervisor, promise.End, "point", "2", "public", "资金渠道取消，改由省里统一办。")
	b.wantState(proposal.FedBack)
	b.wantStand(1, promise.KeptLate)
	b.wantStand(2, promise.Broken)
	if runs := b.runs(); len(runs) != 0 {
		t.Errorf("clocks %v", runs)
	}
	b.verify()
}

// One that is broken and left alone keeps the next one from nothing.
func TestABrokenPromiseSilencesNoOther(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(june, september))
	b.do(staff.Registrar, proposal.Archive)
	b.until(june.AddDays(1))
	b.wantState(proposal.Reopened)
	if on := b.runs()[clock.Promise]; on != september {
		t.Errorf("runs to %s", on)
	}
	wantFault(t, b.try(staff.UnitHead, promise.Anew, append(on("by", september.AddDays(60)), "point", "2", "public", "钱没有到。")...), fault.Invalid, "point: 这一点答应的是2026年9月30日以前，还没有过")
	b.until(september.AddDays(-5))
	if n := b.did(promise.Remind); n != 1 {
		t.Errorf("reminded of the second %d times", n)
	}
	b.until(september.AddDays(1))
	if p := b.wantState(proposal.Reopened); b.did(promise.Break) != 2 || !strings.Contains(p.Events[0].Public, "2026年9月30日") || p.Letters[0].Template != "promise_broken" {
		t.Errorf("broken %d times, says %q", b.did(promise.Break), p.Events[0].Public)
	}
	b.do(staff.UnitHead, promise.Anew, append(on("by", september.AddDays(60)), "point", "2", "public", "钱没有到。")...)
	b.wantState(proposal.Reopened) // the first is still owed
	b.do(staff.Handler, promise.Keep, kept("1", september.AddDays(1))...)
	b.wantState(proposal.Archived)
	b.wantStand(1, promise.KeptLate)
	b.wantStand(2, promise.Running, promise.Broken)
	b.verify()
}

// Two days that a sweep which was late finds over are told each by itself, and where the
// clock stands later moves neither what is owed nor what that says.
func TestEachIsToldByItsOwnDay(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	first, second := clock.NewDate(2026, 3, 12), clock.NewDate(2026, 3, 14)
	b.toServed(promises(first, second))
	b.until(second.AddDays(2))
	b.wantState(proposal.Served)
	if n := b.did(promise.Break); n != 2 {
		t.Errorf("broken %d times", n)
	}
	b.do(staff.UnitHead, promise.Anew, append(on("by", september), "point", "2", "public", "钱没有到。")...)
	if !b.read().Matter.Has(promise.Owed) || b.runs()[clock.Promise] != september {
		t.Errorf("runs to %s, owed %t", b.runs()[clock.Promise], b.read().Matter.Has(promise.Owed))
	}
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full")
	b.until(second.AddDays(3))
	if p := b.wantState(proposal.Reopened); !strings.Contains(p.Events[0].Public, "答应在2026年3月12日以前") {
		t.Errorf("says %q", p.Events[0].Public)
	}
	b.do(staff.Handler, promise.Keep, kept("1", second.AddDays(3))...)
	b.wantState(proposal.FedBack)
	b.until(second.AddDays(4))
	b.wantState(proposal.FedBack)
	b.verify()
}

// What holds again because a later promise was made void is not broken a second time.
func TestAPromiseBreaksOnce(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	soon := clock.NewDate(2026, 3, 12)
	b.toServed(promises(soon, clock.Date{}))
	b.until(soon.AddDays(1))
	b.do(staff.Registrar, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "none", "public", "太晚。")
	b.do(staff.Handler, proposal.TakeUpAgain)
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	b.do(staff.Handler, proposal.DraftAnswer, promises(september, clock.Date{}, "draft", "1")...)
	b.do(staff.UnitHead, proposal.Reply, "version", "2")
	b.do(staff.UnitHead, proposal.VoidPaper, "note", "写错一个字")
	if on := b.runs()[clock.Promise]; on != soon {
		t.Errorf("runs to %s", on)
	}
	b.until(soon.AddDays(5))
	b.wantStand(1, promise.Void, promise.Broken)
	if n := b.did(promise.Break); n != 1 || !b.read().Matter.Has(promise.Owed) {
		t.Errorf("broken %d times, owed %t", n, b.read().Matter.Has(promise.Owed))
	}
	b.verify()
}

// An answer given again takes the place of what the one before promised, and one that is
// made void took the place of nothing.
func TestALaterPromiseTakesThePlaceOfTheEarlier(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(promises(september, clock.Date{}))
	b.do(staff.Registrar, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "none", "public", "太晚。")
	b.do(staff.Handler, proposal.TakeUpAgain)
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	b.do(staff.Handler, proposal.DraftAnswer, promises(june, clock.Date{}, "draft", "1")...)
	b.do(staff.UnitHead, proposal.Reply, "version", "2")
	b.wantStand(1, promise.Running, promise.Replaced)
	if on := b.runs()[clock.Promise]; on != june {
		t.Errorf("runs to %s", on)
	}
	b.do(staff.UnitHead, proposal.VoidPaper, "note", "写错一个字")
	b.wantStand(1, promise.Void, promise.Running)
	if on := b.runs()[clock.Promise]; on != september {
		t.Errorf("runs to %s", on)
	}
	b.do(staff.Handler, proposal.DraftAnswer, drafted("draft", "2", "class_1", "A", "by_1_year", "", "by_1_month", "", "by_1_day", "")...)
	b.do(staff.UnitHead, proposal.Reply, "version", "3")
	b.wantStand(1, promise.Void, promise.Running) // that it is done now is for the unit to say, with what shows it
	b.verify()
}

func TestWhatIsWithdrawnPromisesNothingMore(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(promises(june, clock.Date{}))
	b.do(staff.Registrar, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "none", "public", "太晚。")
	b.do(staff.Handler, proposal.TakeUpAgain)
	b.do(staff.Registrar, proposal.Withdraw, "public", "并入另一件办理。")
	b.wantStand(1, promise.Ended)
	b.until(june.AddDays(1))
	b.wantState(proposal.Withdrawn)
	b.verify()
}

// A calendar that comes later moves no day that somebody promised.
func TestNoCalendarMovesAPromise(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(clock.NewDate(2029, 10, 1), clock.Date{}))
	if _, err := pg.Exec(t.Context(), b.DB.Owner, `
		INSERT INTO calendar_version (year, version, status, source, off, work, imported_at) VALUES (2029, 1, 'official', '测试', '{2029-10-01,2029-10-02}', '{}', now())`, nil); err != nil {
		t.Fatal(err)
	}
	done, err := b.proposals.Engine.Recount(t.Context(), []*workflow.Table{proposal.Law}, 10)
	if err != nil || done.Moved != 0 || b.runs()[clock.Promise] != clock.NewDate(2029, 10, 1) {
		t.Errorf("%+v, %v: runs %v", done, err, b.runs())
	}
	b.verify()
}

// What is promised is only added to, by moves, and the database holds to it.
func TestPromisesStay(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(june, clock.Date{}))
	b.do(staff.Handler, promise.Keep, kept("1", clock.NewDate(2026, 3, 2))...)
	for _, sql := range []string{
		`UPDATE promise SET due_on = due_on + 30`, `DELETE FROM promise_outcome`, `UPDATE promise_outcome SET done_on = done_on - 1`,
		`INSERT INTO promise (matter_id, seq, no, unit, due_on) SELECT matter_id, seq, 2, unit, due_on FROM promise`,
	} {
		if _, err := pg.Exec(t.Context(), b.DB.Admin, sql, nil); err == nil {
			t.Errorf("the desk may: %s", sql)
		}
	}
	b.verify()
	if _, err := pg.Exec(t.Context(), b.DB.Owner, `UPDATE promise SET due_on = due_on + 30`, nil); err != nil {
		t.Fatal(err)
	}
	if len(b.findings()) == 0 {
		t.Error("no chain says that a day was changed")
	}
}

// Each figure counts on the day on which it happened.
func TestPromisesAreCounted(t *testing.T) {
	b := newBench(t)
	b.fedBack(promises(june, september))
	b.do(staff.Handler, promise.Keep, kept("1", clock.NewDate(2026, 3, 2))...)
	b.until(september.AddDays(1))
	b.do(staff.UnitHead, promise.Anew, append(on("by", clock.NewDate(2026, 11, 30)), "point", "2", "public", "钱没有到。")...)
	b.until(clock.NewDate(2026, 12, 2))
	b.do(staff.Handler, promise.Keep, kept("2", clock.NewDate(2026, 12, 1))...)
	for quarter, want := range map[clock.Date]map[string]int{
		clock.NewDate(2026, 4, 1):  {"promises_made": 2, "promises_kept": 1, "promises_kept_late": 0, "promises_broken": 0},
		clock.NewDate(2026, 10, 1): {"promises_made": 0, "promises_kept": 0, "promises_kept_late": 0, "promises_broken": 0}, // it was due on the last day of that quarter
		clock.NewDate(2027, 1, 1):  {"promises_made": 1, "promises_kept": 0, "promises_kept_late": 1, "promises_broken": 2},
	} {
		for _, m := range promise.Figures.Measures {
			units, err := pg.All[string](t.Context(), b.DB.Worker, `WITH term AS (SELECT @since::timestamptz AS since, @at::timestamptz AS at), `+
				strings.TrimSuffix(strings.TrimSpace(promise.Figures.Parts), ",")+` `+m.Rows, pg.Args{"since": quarter.AddMonths(-3).Begins(), "at": quarter.Begins()})
			if err != nil {
				t.Fatal(err)
			}
			if len(units) != want[m.Name] || slices.ContainsFunc(units, func(u string) bool { return u != "FIN" }) {
				t.Errorf("until %s %s are %v, want %d", quarter, m.Name, units, want[m.Name])
			}
		}
	}
}
