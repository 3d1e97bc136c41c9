package complaint_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// oldLine is a line of what another system had closed, with some fields otherwise;
// nil leaves one out.
func oldLine(t *testing.T, otherwise map[string]any) string {
	t.Helper()
	fields := map[string]any{
		"id": "o1", "title": "路灯坏了", "body": "三个月没有人来修。", "posted_at": "2019-03-01 08:00:00",
		"old_number": "信〔2019〕12号", "old_received_on": "2019-03-02", "old_closed_on": "2019-04-30", "old_unit": "县财政局", "old_category": "C03",
		"old_finding": "属实", "old_decision": "support", "old_answer": "经查属实，四月二十日已经换灯。\n特此答复。",
	}
	maps.Copy(fields, otherwise)
	maps.DeleteFunc(fields, func(_ string, v any) bool { return v == nil })
	return jsonLine(t, fields)
}

func TestWhatWasClosedElsewhereComesInClosedWithItsAnswer(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	sum, refused, err := take(t, o, strings.NewReader(oldLine(t, nil)))
	if err != nil || sum != (complaint.Imported{Taken: 1, Closed: 1}) || refused != nil {
		t.Fatalf("%+v, %v, %v", sum, refused, err)
	}
	type row struct {
		Number, State, Unit, Category, Action, Actor, Role, From, Public string
		Flags                                                            []string
		OpenedAt, ClosedAt                                               time.Time
		Received                                                         clock.Date
		Due                                                              string
		Clocks, Letters, Codes, Answers                                  int
	}
	got, err := pg.One[row](t.Context(), o.DB.Owner, `
		SELECT m.number, m.state, m.unit, m.category, m.flags, m.opened_at, m.closed_at, m.due_at::text AS due, c.received_on AS received,
			e.action, e.actor, e.role, e.from_state AS "from", e.public_text AS public,
			(SELECT count(*) FROM clock) AS clocks, (SELECT count(*) FROM letter) AS letters, (SELECT count(*) FROM access_code) AS codes,
			(SELECT count(*) FROM answer) AS answers
		FROM matter m JOIN complaint c ON c.matter_id = m.id JOIN event e ON e.matter_id = m.id`, nil)
	want := row{
		Number: got.Number, State: "closed", Unit: complainttest.Finance, Category: "C03", Flags: []string{"anonymous", "closed_before"}, OpenedAt: o.Now(),
		ClosedAt: time.Date(2019, 4, 29, 16, 0, 0, 0, time.UTC), Received: clock.NewDate(2019, time.March, 2), Due: "infinity",
		Action: "import_closed", Actor: "system", Role: "system", Public: "这件投诉在旧系统里已经办结，连同旧档答复转入本平台。",
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
	d, err := o.Desk.Read(t.Context(), o.People[staff.Registrar], got.Number)
	if err != nil {
		t.Fatal(err)
	}
	old := complaint.Old{Number: "信〔2019〕12号", Closed: clock.NewDate(2019, time.April, 30), Finding: "substantiated", Decision: "support",
		Answer: "经查属实，四月二十日已经换灯。\n特此答复。"}
	if diff := cmp.Diff(old, d.Old); diff != "" || len(d.Answers) != 0 || d.ClosedAt == nil {
		t.Errorf("answers %d, %s", len(d.Answers), diff)
	}
	for _, role := range staff.Roles() {
		d, err := o.Desk.Read(t.Context(), o.People[role], got.Number)
		if err != nil {
			continue
		}
		for _, c := range d.Choices(o.People[role]) {
			if c.To != "" && c.Why == "" {
				t.Errorf("%s may %s what was closed elsewhere", role, c.Action)
			}
			if c.Action == complaint.OpenCase && !strings.Contains(c.Why, "旧系统") {
				t.Errorf("%s is told of a case: %q", role, c.Why)
			}
		}
	}
}

// Its answer cannot be changed unnoticed: the event keeps what it was.
func TestTheEventOfAnOldRecordBindsItsAnswer(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, _, err := take(t, o, strings.NewReader(oldLine(t, nil))); err != nil {
		t.Fatal(err)
	}
	data, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT data FROM event`, nil)
	for _, want := range []string{`"old_closed_on":"2019-04-30"`, `"old_finding":"substantiated"`, `"old_answer_sha256":"`, `"old_number":"信〔2019〕12号"`} {
		if err != nil || !strings.Contains(data, want) {
			t.Errorf("%v: %q is not in %s", err, want, data)
		}
	}
	if _, err := pg.Exec(t.Context(), o.DB.Admin, `UPDATE old_record SET answer = ''`, nil); pg.Code(err) != "42501" {
		t.Errorf("the desk changes it: %v", err)
	}
	if _, err := pg.Exec(t.Context(), o.DB.Admin, `INSERT INTO old_record (matter_id, closed_on, answer) SELECT id, '2019-01-01', 'x' FROM matter`, nil); err == nil {
		t.Error("the desk adds one later")
	}
}

func TestWhatWasClosedElsewhereIsListedAndFoundLikeAnyClosedOne(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if sum, refused, err := take(t, o, strings.NewReader(oldLine(t, nil)+oldLine(t, map[string]any{"id": "o2", "old_number": nil, "old_closed_on": nil, "old_finding": nil, "old_decision": nil, "old_answer": nil}))); err != nil || sum.Taken != 2 || sum.Closed != 1 {
		t.Fatalf("%+v, %v, %v", sum, refused, err)
	}
	ids, err := pg.All[int64](t.Context(), o.DB.Owner, `SELECT id FROM matter ORDER BY id`, nil)
	if err == nil {
		err = search.Index(t.Context(), o.DB.Worker, kinds.Texts(), ids)
	}
	if err != nil {
		t.Fatal(err)
	}
	registrar := o.People[staff.Registrar]
	for name, c := range map[string]struct {
		filter register.Filter
		want   int
	}{
		"closed":          {register.Filter{View: register.ViewClosed}, 1},
		"open":            {register.Filter{View: register.ViewOpen}, 1},
		"late":            {register.Filter{View: register.ViewLate}, 0},
		"all":             {register.Filter{View: register.ViewAll}, 2},
		"its state":       {register.Filter{States: []workflow.State{complaint.Closed}}, 1},
		"its unit":        {register.Filter{View: register.ViewClosed, Unit: complainttest.Finance}, 1},
		"its category":    {register.Filter{View: register.ViewClosed, Category: "C03"}, 1},
		"its answer":      {register.Filter{Text: "已经换灯"}, 1},
		"its old number":  {register.Filter{Text: "信〔2019〕12号"}, 1},
		"no case to open": {register.Filter{View: complaint.ViewToCase}, 0},
	} {
		page, err := o.Desk.List(t.Context(), registrar.Scope(), c.filter, register.Cursor{})
		if err != nil || len(page.Rows) != c.want {
			t.Errorf("%s: %d rows, %v", name, len(page.Rows), err)
		}
	}
	// The clocks of what is still to be done begin today, whenever it came there.
	late, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*)::int FROM clock WHERE started_at < @now OR due_at <= @now`, pg.Args{"now": o.Now()})
	if err != nil || late != 0 {
		t.Errorf("%d clocks began before today, %v", late, err)
	}
}

// Nobody knows whom it is about: whoever settles it later bars them from it, too.
func TestWhomAnOldRecordIsAboutIsSettledLater(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, refused, err := take(t, o, strings.NewReader(oldLine(t, map[string]any{"old_unit": "某个已经撤了的局"}))); err != nil || refused != nil {
		t.Fatal(refused, err)
	}
	number, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT number FROM matter`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: number, Action: complaint.SettleUnit, By: o.People[staff.Registrar], Token: complainttest.Token(),
		Answers: workflow.Answers{"unit": {complainttest.Town}, "category": {"C03"}}}); err != nil {
		t.Fatal(err)
	}
	d, err := o.Desk.Read(t.Context(), o.People[staff.Registrar], number)
	if err != nil || d.Matter.Unit != complainttest.Town || d.Matter.State != complaint.Closed || d.Matter.Has(complaint.UnitUnsettled) ||
		d.ClosedAt == nil || clock.On(*d.ClosedAt) != clock.NewDate(2019, time.April, 30) {
		t.Errorf("%+v, %v", d, err)
	}
	for _, c := range d.Choices(o.People[staff.Registrar]) {
		if c.Action == complaint.SettleUnit {
			t.Error("it is offered again")
		}
	}
}

func TestARefusedOldRecordSaysWhy(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	far := strings.Repeat("长", 20_001)
	noResult := "写了处理结果，没有写 old_closed_on（哪一天办结的）。办结了的请补上；还在办的不要写结果"
	open := func(more map[string]any) map[string]any {
		fields := map[string]any{"old_closed_on": nil, "old_finding": nil, "old_decision": nil, "old_answer": nil}
		maps.Copy(fields, more)
		return fields
	}
	for name, c := range map[string]struct {
		fields map[string]any
		want   []string
	}{
		"closed before it came":    {map[string]any{"old_closed_on": "2019-03-01"}, []string{"old_closed_on：比 old_received_on 还早，办结不会在收到以前"}},
		"closed before written":    {map[string]any{"old_received_on": nil, "old_closed_on": "2019-02-28"}, []string{"old_closed_on：比 posted_at 还早，办结不会在写投诉以前"}},
		"closed tomorrow":          {map[string]any{"old_closed_on": "2026-03-03"}, []string{"old_closed_on：日期在今天以后"}},
		"came tomorrow":            {map[string]any{"old_received_on": "2026-03-03"}, []string{"old_received_on：日期在今天以后"}},
		"closed long ago":          {map[string]any{"old_closed_on": "1900-01-01"}, []string{"old_closed_on：日期太早，像是写错了"}},
		"no such day":              {map[string]any{"old_closed_on": "2019-02-30"}, []string{"old_closed_on：日期看不懂，要写成 2019-08-30 或者 2019-08-30 14:05:00"}},
		"a word for a day":         {map[string]any{"old_received_on": "去年"}, []string{"old_received_on：日期看不懂，要写成 2019-08-30 或者 2019-08-30 14:05:00"}},
		"an answer, not closed":    {open(map[string]any{"old_answer": "已修"}), []string{"old_answer：" + noResult}},
		"a finding, not closed":    {open(map[string]any{"old_finding": "属实", "old_answer": "已修"}), []string{"old_finding：" + noResult}},
		"a decision, not closed":   {open(map[string]any{"old_decision": "support"}), []string{"old_decision：" + noResult}},
		"a finding that is none":   {map[string]any{"old_finding": "半真半假"}, []string{"old_finding：看不懂，要写“属实”“基本属实”“部分属实”“不属实”“无法核实”之一；都对不上就不写，写进 old_answer"}},
		"a decision that is none":  {map[string]any{"old_decision": "yes"}, []string{"old_decision：看不懂，要写“支持”“部分支持”“合理但没有依据，作解释”“不予支持”之一；都对不上就不写，写进 old_answer"}},
		"a category that is none":  {map[string]any{"old_category": "路灯"}, []string{"old_category：没有这一类，要写平台上的类别名称或者代码；对不上就不写"}},
		"a long answer":            {map[string]any{"old_answer": far}, []string{"old_answer：写了 20,001 个字，最多 20,000 个，请删去 1 个"}},
		"directions in the answer": {map[string]any{"old_answer": "已\u202e修\u202c"}, []string{"old_answer：第 1 个字后面、第 2 个字后面有看不见的方向控制符（共 2 个），请删去"}},
		"a long number":            {map[string]any{"old_number": strings.Repeat("1", 101)}, []string{"old_number：写了 101 个字，最多 100 个，请删去 1 个"}},
		"a number as a number":     {map[string]any{"old_number": 12}, []string{"old_number：要写成文字，两边加英文引号"}},
		"a list for the answer":    {map[string]any{"old_answer": []string{"x"}}, []string{"old_answer：要写成文字，两边加英文引号"}},
		"a long unit":              {map[string]any{"old_unit": strings.Repeat("局", 61)}, []string{"old_unit：写了 61 个字，最多 60 个，请删去 1 个"}},
		"several":                  {map[string]any{"old_closed_on": "x", "old_finding": "x"}, []string{"old_closed_on：日期看不懂，要写成 2019-08-30 或者 2019-08-30 14:05:00", "old_finding：看不懂，要写“属实”“基本属实”“部分属实”“不属实”“无法核实”之一；都对不上就不写，写进 old_answer"}},
	} {
		sum, refused, err := take(t, o, strings.NewReader(oldLine(t, c.fields)))
		if err != nil || sum != (complaint.Imported{Refused: 1}) || len(refused) != 1 {
			t.Errorf("%s: %+v, %v, %v", name, sum, refused, err)
			continue
		}
		if diff := cmp.Diff(c.want, refused[0].Reasons); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if n, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*)::int FROM matter`, nil); err != nil || n != 0 {
		t.Errorf("%d came in, %v", n, err)
	}
}

// What may be missing in an old record is no wall.
func TestAnOldRecordNeedsNoMoreThanADay(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	all := []string{"posted_at", "old_number", "old_received_on", "old_unit", "old_category", "old_finding", "old_decision", "old_answer"}
	bare := map[string]any{"old_closed_on": "2019/4/30"}
	for _, name := range all {
		bare[name] = nil
	}
	file := oldLine(t, bare)
	for _, name := range all {
		file += oldLine(t, map[string]any{"id": name, "old_number": name, name: nil})
	}
	file += oldLine(t, map[string]any{"id": "today", "old_number": "", "old_closed_on": "2026年3月2日", "old_unit": "TOWN", "old_category": ""})
	sum, refused, err := take(t, o, strings.NewReader(file))
	if err != nil || sum != (complaint.Imported{Taken: len(all) + 2, Closed: len(all) + 2}) {
		t.Fatalf("%+v, %v, %v", sum, refused, err)
	}
	if unit, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT unit FROM matter m JOIN complaint c ON c.matter_id = m.id WHERE c.origin = 'today'`, nil); err != nil || unit != complainttest.Town {
		t.Errorf("by its code: %s, %v", unit, err)
	}
}

// One complaint fewer without a word would be a complaint lost.
func TestAnIdOrOldNumberIsOneComplaint(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	first := oldLine(t, nil)
	steps := []struct {
		name, file string
		sum        complaint.Imported
		want       map[int]string
	}{
		{"within the file", first + first + oldLine(t, map[string]any{"title": "另一件"}) + oldLine(t, map[string]any{"id": "o2"}),
			complaint.Imported{Taken: 1, Closed: 1, Before: 1, Refused: 2},
			map[int]string{3: "id：第 1 行已经用过，内容却不一样。一个 id 只能是一件", 4: "old_number：第 1 行已经用过。几个系统的编号撞了的，前面加上系统的名字"}},
		{"again", first, complaint.Imported{Before: 1}, nil},
		{"with another answer", oldLine(t, map[string]any{"old_answer": "没有修。"}), complaint.Imported{Refused: 1},
			map[int]string{1: "id：以前已经导入，内容和这一次的不一样。原来的留着，没有改动"}},
		{"closed on another day", oldLine(t, map[string]any{"old_closed_on": "2019-05-01"}), complaint.Imported{Refused: 1},
			map[int]string{1: "id：以前已经导入，内容和这一次的不一样。原来的留着，没有改动"}},
		{"another with its number", oldLine(t, map[string]any{"id": "o3"}), complaint.Imported{Refused: 1},
			map[int]string{1: "old_number：以前导入的另一件已经用过。几个系统的编号撞了的，前面加上系统的名字"}},
		{"a refused line takes no id", oldLine(t, map[string]any{"id": "o4", "title": "", "old_number": "4"}) + oldLine(t, map[string]any{"id": "o4", "old_number": "4"}),
			complaint.Imported{Taken: 1, Closed: 1, Refused: 1}, map[int]string{1: "title：请用一句话写是什么事，例如：修路款三年没有付清"}},
	}
	for _, s := range steps {
		for _, check := range []bool{true, false} {
			run := o.Desk.Import
			if check {
				run = o.Desk.CheckImport
			}
			got := map[int]string{}
			sum, err := run(t.Context(), strings.NewReader(s.file), func(r complaint.Refusal) { got[r.Line] = strings.Join(r.Reasons, "；") })
			want := s.sum
			if check && s.name == "within the file" {
				want.Taken, want.Closed, want.Before = 2, 2, 0 // nothing is there yet
			}
			if err != nil || sum != want {
				t.Errorf("%s (check %v): %+v, %v", s.name, check, sum, err)
			}
			for _, line := range slices.Sorted(maps.Keys(s.want)) {
				if got[line] != s.want[line] {
					t.Errorf("%s (check %v), line %d: %s", s.name, check, line, got[line])
				}
			}
			if len(got) != len(s.want) {
				t.Errorf("%s (check %v): %v", s.name, check, got)
			}
		}
	}
}

// What is imported to be worked on has nobody who could come back: each of its waits
// ends without them, and no letter is written to them.
func TestNothingImportedWaitsForWhoHoldsNoCode(t *testing.T) {
	d := newDesk(t)
	bring := func(id string) {
		t.Helper()
		if _, refused, err := take(t, d.Office, strings.NewReader(jsonLine(t, map[string]any{"id": id, "title": "路灯坏了", "body": "三个月没有人来修。", "old_unit": "东岭镇人民政府"}))); err != nil || refused != nil {
			t.Fatal(refused, err)
		}
		var err error
		if d.number, err = pg.One[string](t.Context(), d.DB.Owner, `SELECT m.number FROM matter m JOIN complaint c ON c.matter_id = m.id WHERE c.origin = @id`, pg.Args{"id": id}); err != nil {
			t.Fatal(err)
		}
	}
	timed := func(want workflow.State) {
		t.Helper()
		if _, err := d.worker().RunTimed(t.Context(), complaint.Law); err != nil {
			t.Fatal(err)
		}
		if got := d.state(); got != string(want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	bring("supplement")
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "请补哪一条路。")
	_, err := d.try(staff.Registrar, complaint.EndUnsupplemented, "public", "没有补充。")
	refused(t, err, "还没有过")
	d.Wait(11 * aDay)
	timed(complaint.SupplementRequired) // reminded
	d.Wait(5 * aDay)
	d.do(staff.Registrar, complaint.EndUnsupplemented, "public", "没有补充，以后写清楚可以另外投诉。")
	timed(complaint.Rejected)

	bring("rating")
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	d.Wait(26 * aDay)
	timed(complaint.Replied) // reminded
	d.Wait(6 * aDay)
	timed(complaint.Closed)

	letters, err := pg.One[int](t.Context(), d.DB.Owner, `SELECT count(*)::int FROM letter l JOIN complaint c ON c.matter_id = l.matter_id WHERE c.channel = 'import' AND l.recipient = 'complainant'`, nil)
	if err != nil || letters != 0 {
		t.Errorf("%d letters to nobody, %v", letters, err)
	}
}

// A number of another system may lead to who complains there: a unit that works on an
// imported complaint neither reads it nor can try whether it is the one.
func TestAUnitLearnsNoOldNumber(t *testing.T) {
	d := newDesk(t)
	line := oldLine(t, map[string]any{"old_unit": "东岭镇人民政府", "old_closed_on": nil, "old_finding": nil, "old_decision": nil, "old_answer": nil})
	if _, refused, err := take(t, d.Office, strings.NewReader(line)); err != nil || refused != nil {
		t.Fatal(refused, err)
	}
	id, err := pg.One[int64](t.Context(), d.DB.Owner, `SELECT matter_id FROM old_record`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.number, err = pg.One[string](t.Context(), d.DB.Owner, `SELECT number FROM matter WHERE id = @id`, pg.Args{"id": id}); err != nil {
		t.Fatal(err)
	}
	d.toHandling()
	if err := search.Index(t.Context(), d.DB.Worker, kinds.Texts(), []int64{id}); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[staff.Role]bool{staff.Registrar: true, staff.Handler: false} {
		by := d.People[role]
		if old := d.read(by).Old.Number; old != "" != want {
			t.Errorf("%s reads %q", role, old)
		}
		page, err := d.Desk.List(t.Context(), by.Scope(), register.Filter{Text: "信〔2019〕12号"}, register.Cursor{})
		if err != nil || len(page.Rows) > 0 != want {
			t.Errorf("%s finds %d by its old number, %v", role, len(page.Rows), err)
		}
		if page, err = d.Desk.List(t.Context(), by.Scope(), register.Filter{Text: "没有人来修"}, register.Cursor{}); err != nil || len(page.Rows) != 1 {
			t.Errorf("%s finds %d by its words, %v", role, len(page.Rows), err)
		}
	}
}
