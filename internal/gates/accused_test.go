package gates

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// bench is the desk as the accused and its people would use it.
type bench struct {
	*complainttest.Office
	t *testing.T
}

func newBench(t *testing.T) bench { return bench{complainttest.New(t), t} }

// now is somebody as a session knows them at this moment.
func (b bench) now(p staff.Person) staff.Person {
	b.t.Helper()
	type row struct {
		Unit         string
		Bars         []string
		Office, Near bool
	}
	r, err := pg.One[row](b.t.Context(), b.DB.Owner, `
		SELECT coalesce(s.unit, '') AS unit, b.bars, s.unit IS NULL OR s.unit = ANY (supervising_offices()) AS office, b.bars && supervising_offices() AS near
		FROM staff s, LATERAL (SELECT ARRAY(SELECT unit FROM staff_bar WHERE staff_id = s.id AND bars_still(until)) AS bars) b
		WHERE s.id = @id`, pg.Args{"id": p.ID})
	if err != nil {
		b.t.Fatal(err)
	}
	p.Unit, p.Bars, p.Office, p.Near = r.Unit, r.Bars, r.Office, r.Near
	return p
}

// learns says by which ways somebody learns that a complaint is there.
func (b bench) learns(p staff.Person, number, words string) (ways []string) {
	b.t.Helper()
	p = b.now(p)
	note := func(way string, learnt bool, err error) {
		if err != nil && !fault.Is(err, fault.NotFound) {
			b.t.Fatalf("%s: %v", way, err)
		}
		if learnt {
			ways = append(ways, way)
		}
	}
	_, err := b.Desk.Read(b.t.Context(), p, number)
	note("reads it", err == nil, err)
	for _, f := range []register.Filter{{}, {Text: words}, {View: register.ViewMine, Person: p}, {View: register.ViewAll}} {
		page, err := b.Desk.List(b.t.Context(), p.Scope(), f, register.Cursor{})
		note(fmt.Sprintf("lists it %q", f.Text), slices.ContainsFunc(page.Rows, func(r register.Row) bool { return r.Number == number }), err)
		counts, err := b.Desk.Count(b.t.Context(), p.Scope(), []register.Filter{f})
		note(fmt.Sprintf("counts it %q", f.Text), err == nil && f.Text != "" && counts[0] > 0, err)
	}
	_, err = b.Desk.Move(b.t.Context(), workflow.Order{Number: number, Action: complaint.Note, By: p, Token: complainttest.Token(), Answers: workflow.Answers{"note": {"看到了"}}})
	note("writes on it", err == nil, err)
	_, err = b.Desk.OpenIdentity(b.t.Context(), workflow.Order{Number: number, By: p, Token: complainttest.Token(), Answers: workflow.Answers{"public": {"核实"}}}, b.Keys.Office)
	if !fault.Is(err, fault.Forbidden) {
		note("opens it", err == nil, err)
	}
	return ways
}

func (b bench) move(p staff.Person, number string, action workflow.Action, pairs ...string) error {
	answers := workflow.Answers{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = append(answers[pairs[i]], pairs[i+1])
	}
	_, err := b.Desk.Move(b.t.Context(), workflow.Order{Number: number, Action: action, By: b.now(p), Token: complainttest.Token(), Answers: answers})
	return err
}

func (b bench) must(p staff.Person, number string, action workflow.Action, pairs ...string) {
	b.t.Helper()
	if err := b.move(p, number, action, pairs...); err != nil {
		b.t.Fatalf("%s by %s: %v", action, p.Login, err)
	}
}

// replied brings a complaint that was filed to its answer.
func (b bench) replied(number string) {
	b.t.Helper()
	registrar, handler := b.People[staff.Registrar], b.People[staff.Handler]
	b.must(registrar, number, complaint.EnterRegister)
	b.must(registrar, number, complaint.Accept, "nature", "RED")
	b.must(registrar, number, complaint.Dispatch, "lead", complainttest.Finance)
	b.must(handler, number, complaint.Sign)
	b.must(handler, number, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", "查明属实。", "opinion", "三十日内付清。", "articles", "KX-9", "basis", "条例第九条。")
	b.must(b.People[staff.UnitHead], number, complaint.ApproveAnswer)
	b.must(b.People[staff.Supervisor], number, complaint.Reply)
}

// unlock is a visitor's browser that has shown number and code.
func (b bench) unlock(r complaint.Receipt) key.Secret {
	b.t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	if err == nil {
		err = b.Portal.Unlock(b.t.Context(), r.Number, r.Code, visitor, []byte(r.Number))
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return visitor
}

func (b bench) index() {
	b.t.Helper()
	ids, err := pg.All[int64](b.t.Context(), b.DB.Owner, `SELECT id FROM matter`, nil)
	if err == nil {
		err = search.Index(b.t.Context(), b.DB.Worker, kinds.Texts(), ids)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// 信访工作条例 30: what is filed against a unit is not given to that unit, also
// not by settling another one first, by mistake or on purpose.
func TestAUnitThatWasNamedNeverGetsTheComplaint(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	registrar, supervisor, handler := b.People[staff.Registrar], b.People[staff.Supervisor], b.People[staff.Handler]
	in := complainttest.Intake()
	in.Story.Unit = complainttest.Finance
	receipt := b.File(t, in)
	b.index()
	b.must(registrar, receipt.Number, complaint.EnterRegister)
	b.must(registrar, receipt.Number, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03")
	b.must(registrar, receipt.Number, complaint.Accept, "nature", "RED")
	if err := b.move(registrar, receipt.Number, complaint.Dispatch, "lead", complainttest.Finance); !fault.Is(err, fault.Forbidden) {
		t.Fatalf("dispatched to whom the complainant chose: %v", err)
	}
	if ways := b.learns(handler, receipt.Number, "村道硬化"); len(ways) > 0 {
		t.Errorf("whom it was filed against %v", ways)
	}
	d, err := b.Desk.Read(t.Context(), b.now(registrar), receipt.Number)
	if err != nil || len(d.Releasable()) != 1 || d.Releasable()[0].UnitName != "县财政局" || d.Releasable()[0].How != "chosen" {
		t.Errorf("the desk reads of the complainant's own choice %+v, %v", d.Releasable(), err)
	}

	// Taking it away is for somebody else, once, with a reason.
	reason := []string{"bar", "unit:FIN", "public", "投诉人来电说点错了单位"}
	if err := b.move(registrar, receipt.Number, workflow.ReleaseBar, reason...); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who settled the unit takes the bar away: %v", err)
	}
	if err := b.move(supervisor, receipt.Number, workflow.ReleaseBar, "bar", "unit:FIN"); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	for _, bar := range []string{"unit:TOWN", "unit:JUS", "staff:1", "FIN", ""} {
		if err := b.move(supervisor, receipt.Number, workflow.ReleaseBar, "bar", bar, "public", "写错了"); err == nil {
			t.Errorf("%q was released", bar)
		}
	}
	b.must(supervisor, receipt.Number, workflow.ReleaseBar, reason...)
	visitor := b.unlock(receipt)
	own, err := b.Portal.Own(t.Context(), visitor, receipt.Number)
	if err != nil || !slices.ContainsFunc(own.Events, func(e complaint.OwnEvent) bool {
		return e.Text == "县财政局不再回避，可以看到和办理这件投诉：投诉人来电说点错了单位"
	}) {
		t.Errorf("the complainant reads %+v, %v", own, err)
	}
	letters, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM letter WHERE template = 'released'`, nil)
	if err != nil || letters != 1 {
		t.Errorf("%d letters tell of it, %v", letters, err)
	}
	b.must(registrar, receipt.Number, complaint.Dispatch, "lead", complainttest.Finance)
	b.must(handler, receipt.Number, complaint.Sign)
}

// Also not by the desk's own database role beside the moves.
func TestTheDesksRoleTakesNoBarAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := complainttest.Intake()
	in.Story.Unit = complainttest.Finance
	number := b.File(t, in).Number
	registrar := b.People[staff.Registrar]
	b.must(registrar, number, complaint.EnterRegister)
	b.must(registrar, number, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03")
	b.must(b.People[staff.Supervisor], number, complaint.Note, "note", "看过")
	for _, sql := range []string{
		`UPDATE matter SET named = '{}'`, `UPDATE matter SET meant = '{}'`, `UPDATE matter SET persons = '{}'`,
		`DELETE FROM matter_bar`, `UPDATE matter_bar SET unit = 'JUS'`, `UPDATE matter_bar SET how = 'meant'`,
		`INSERT INTO matter_bar (matter_id, unit, how, seq) SELECT id, 'JUS', 'chosen', 1 FROM matter`,
		`UPDATE matter_bar SET released_seq = 2`, // the registrar's own move
		`UPDATE matter_bar SET released_seq = 4`, // somebody else's, who released nothing
		`UPDATE matter_bar SET released_seq = 99`,
		`UPDATE staff_post SET bars_to = '2000-01-01'`, `DELETE FROM staff_bar`, `DELETE FROM staff_called`, `UPDATE staff_called SET called = 'xx'`,
	} {
		if _, err := b.DB.Admin.Exec(t.Context(), sql); err == nil {
			t.Errorf("carried out: %s", sql)
		}
	}
}

// 财政局 has a complaint about the town in hand when it is to be merged into it.
func TestAfterAMergerTheAccusedDoesNotAnswerForItself(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	registrar, handler := b.People[staff.Registrar], b.People[staff.Handler]
	number := b.File(t, complainttest.Intake()).Number
	b.must(registrar, number, complaint.EnterRegister)
	b.must(registrar, number, complaint.Accept, "nature", "RED")
	b.must(registrar, number, complaint.Dispatch, "lead", complainttest.Finance)
	merge := func() error {
		_, err := pg.Exec(t.Context(), b.DB.Admin, `UPDATE unit SET successor = 'TOWN', valid_to = '2026-03-01' WHERE code = 'FIN'`, nil)
		return err
	}
	if err := merge(); pg.Code(err) != "ZX001" {
		t.Fatalf("merged with the complaint in hand: %v", err)
	}
	b.must(handler, number, complaint.Object, "note", "本单位要并入东岭镇")
	b.must(registrar, number, complaint.AgreeReturn, "note", "属实")
	if err := merge(); err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{complainttest.Finance, complainttest.TownRoads} {
		if err := b.move(registrar, number, complaint.Dispatch, "lead", unit); err == nil {
			t.Errorf("dispatched to %s", unit)
		}
	}
	for unit, code := range map[string]string{complainttest.Finance: "ZX008", complainttest.TownRoads: "ZX001"} { // ended; of the accused
		if _, err := pg.Exec(t.Context(), b.DB.Admin, `
			INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, @unit, 'lead', now() FROM matter`, pg.Args{"unit": unit}); pg.Code(err) != code {
			t.Errorf("the database lets %s have it: %v", unit, err)
		}
	}
	late := b.Hire(t, "late", staff.Registrar, complainttest.Finance)
	if ways := b.learns(late, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("somebody of what is now one unit %v", ways)
	}
}

// 信访工作条例 28: whoever has a stake in a matter keeps away from it. Named in it,
// they learn nothing of it, whatever their role, while somebody else can take it.
func TestWhoIsNamedInAComplaintIsKeptAwayFromIt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	her := b.Hire(t, "su.xiaohe", staff.Registrar, complainttest.DeskUnit)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET name = '苏小荷' WHERE id = $1`, her.ID); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		write func(*complaint.Story)
		later string
	}{
		{write: func(s *complaint.Story) { s.Title = "监督办苏小荷压着投诉不登记" }},
		{write: func(s *complaint.Story) { s.Facts = "去了三次，都是 苏 小 荷 接待的。" }},
		{write: func(s *complaint.Story) { s.Facts = "都是苏·小荷接待的。" }},
		{write: func(s *complaint.Story) { s.Facts = "都是苏\u200b小\u2060荷接待的。" }},
		{write: func(s *complaint.Story) { s.Request = "请处理⽼板的亲戚苏小荷" }},
		{write: func(s *complaint.Story) { s.Reasons = "见回信，落款 ＳＵ．ＸＩＡＯＨＥ" }},
		{write: func(s *complaint.Story) { s.Reasons = "邮件是su.xiaohe发的" }},
		{write: func(s *complaint.Story) { s.Unit, s.UnitSaid = complaint.UnknownUnit, "苏小荷" }},
		{later: "今天苏小荷打电话叫我撤回。"},
	} {
		in := complainttest.Intake()
		in.Story.Title = fmt.Sprintf("工程款没有付清之%d", i)
		if c.write != nil {
			c.write(&in.Story)
		}
		receipt := b.File(t, in)
		if c.later != "" {
			if _, err := b.Portal.MoveOwn(t.Context(), b.unlock(receipt), receipt.Number, complaint.Supplement, complainttest.Token(), workflow.Answers{"note": {c.later}}); err != nil {
				t.Fatal(err)
			}
		}
		b.index()
		if ways := b.learns(her, receipt.Number, in.Story.Title); len(ways) > 0 {
			t.Errorf("%d: she %v", i, ways)
		}
		if _, err := b.Desk.Read(t.Context(), b.now(b.People[staff.Registrar]), receipt.Number); err != nil {
			t.Errorf("%d: her colleague: %v", i, err)
		}
	}
	// Words that only look like it.
	in := complainttest.Intake()
	in.Story.Facts = "苏家小河边的荷塘被填了，邮箱 suxiaohe2@example.com 也没有人回，xiaohe su"
	if _, err := b.Desk.Read(t.Context(), b.now(her), b.File(t, in).Number); err != nil {
		t.Errorf("words that name nobody: %v", err)
	}
}

// Who comes later and is named in what was written before is kept away as well;
// and the one person left is let in, but not to the identity.
func TestNobodyIsHiddenFromAllAndNobodyNamedOpensAnIdentity(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := complainttest.Intake()
	in.Story.Facts = "欠款单上签字的是卢一鸣，当年在镇里。"
	number := b.File(t, in).Number
	late := b.Hire(t, "lu", staff.Registrar, complainttest.DeskUnit)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET name = '卢一鸣' WHERE id = $1`, late.ID); err != nil {
		t.Fatal(err)
	}
	if ways := b.learns(late, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("whoever came later %v", ways)
	}
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now() WHERE role IN ('registrar', 'supervisor') AND id <> $1`, late.ID); err != nil {
		t.Fatal(err)
	}
	d, err := b.Desk.Read(t.Context(), b.now(late), number)
	if err != nil || !d.Matter.Has(staff.ReaderMeant) {
		t.Fatalf("nobody else is left, and they read %v", err)
	}
	b.must(late, number, complaint.EnterRegister)
	_, err = b.Desk.OpenIdentity(t.Context(), workflow.Order{Number: number, By: b.now(late), Token: complainttest.Token(), Answers: workflow.Answers{"public": {"核实"}}}, b.Keys.Office)
	if !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), "这一步要由别人来办") {
		t.Errorf("the one who is named opens the identity: %v", err)
	}
}

// Somebody handled for the accused unit, and is a registrar of the office now.
func TestWhoCameFromTheAccusedUnitIsKeptAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	moved := b.Hire(t, "moved", staff.Registrar, complainttest.TownRoads)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET unit = 'DESK' WHERE id = $1`, moved.ID); err != nil {
		t.Fatal(err)
	}
	number := b.File(t, complainttest.Intake()).Number
	b.index()
	if ways := b.learns(moved, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("somebody who came from the town %v", ways)
	}
	b.must(b.People[staff.Registrar], number, complaint.EnterRegister)
	b.must(b.People[staff.Registrar], number, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03")
	if ways := b.learns(moved, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("once it is settled otherwise, somebody who came from the town %v", ways)
	}
}

// What means the office without naming it is not the office's to read after an
// outside registrar has settled another unit, and no unit is settled that would
// leave nobody to read it.
func TestWhatMeansTheOfficeStaysKeptFromItAndNothingIsSettledOutOfSight(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE unit SET complainable = true WHERE code = 'DESK'`); err != nil {
		t.Fatal(err)
	}
	in := complainttest.Intake()
	number := b.File(t, in).Number
	registrar := b.People[staff.Registrar]
	b.must(registrar, number, complaint.EnterRegister)
	if err := b.move(registrar, number, complaint.SettleUnit, "unit", complainttest.DeskUnit, "category", "C03"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("settled to where nobody may read it: %v", err)
	}
	outside := b.Hire(t, "outside", staff.Registrar, complainttest.Justice)
	in.Story.Unit, in.Story.UnitSaid = complaint.UnknownUnit, "接电话的登记员"
	in.Story.Title = "打了五次电话没有人记"
	number = b.File(t, in).Number
	b.index()
	if ways := b.learns(registrar, number, in.Story.Title); len(ways) > 0 {
		t.Errorf("the office's own registrar %v", ways)
	}
	b.must(outside, number, complaint.EnterRegister)
	b.must(outside, number, complaint.SettleUnit, "unit", complainttest.Finance, "category", "C03")
	if ways := b.learns(registrar, number, in.Story.Title); len(ways) > 0 {
		t.Errorf("once another unit is settled the office's own registrar %v", ways)
	}
}

// No filing waits for a pattern of names, and the names are found without it.
func TestAFilingIsTakenWhateverThePatternOfNamesIs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff_pattern SET names = '(', logins = '['`); err != nil {
		t.Fatal(err)
	}
	in := complainttest.Intake()
	in.Story.Facts = "都是" + b.People[staff.Registrar].Name + "压着的。"
	b.File(t, in)
	n, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM matter WHERE @id = ANY (persons)`, pg.Args{"id": b.People[staff.Registrar].ID})
	if err != nil || n != 1 {
		t.Errorf("she is kept from %d, %v", n, err)
	}
}

// Whoever is of no unit is of the supervising office, and keeps away from what is
// about it; also once they have a unit.
func TestWhoIsOfNoUnitIsOfTheOffice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE unit SET complainable = true WHERE code = 'DESK'`); err != nil {
		t.Fatal(err)
	}
	loose := b.Hire(t, "loose", staff.Leader, complainttest.Justice)
	sql := func(statements ...string) {
		t.Helper()
		for _, s := range statements {
			if _, err := pg.Exec(t.Context(), b.DB.Owner, s, pg.Args{"id": loose.ID}); err != nil {
				t.Fatal(err)
			}
		}
	}
	sql(`DELETE FROM staff_bar WHERE staff_id = @id`, `DELETE FROM staff_post WHERE staff_id = @id`, `UPDATE staff SET unit = NULL WHERE id = @id`)
	in := complainttest.Intake()
	in.Story.Unit = complainttest.DeskUnit
	number := b.File(t, in).Number
	b.index()
	if ways := b.learns(loose, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("a leader of no unit %v", ways)
	}
	sql(`UPDATE staff SET unit = 'JUS' WHERE id = @id`)
	if ways := b.learns(loose, number, "村道硬化"); len(ways) > 0 {
		t.Errorf("given a unit, the same leader %v", ways)
	}
	sql(`UPDATE staff SET unit = NULL WHERE id = @id`, `INSERT INTO unit (code, name, kind) SELECT 'DESK2', '第二监督办公室', 'office' FROM staff WHERE id = @id`)
	if !slices.Contains(b.now(loose).Bars, "DESK2") {
		t.Error("a new office bars nobody of no unit")
	}
}

// A case knows whom its complaint keeps away as long as there is one, and whom its
// own words name.
func TestACaseLearnsWhomItsComplaintKeepsAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	receipt := b.File(t, complainttest.Intake())
	number := receipt.Number
	officer := b.People[staff.DisciplineOfficer]
	b.replied(number)

	cases := discipline.New(b.Desk.Office)
	named := map[string]staff.Person{}
	for login, name := range map[string]string{"ning": "宁采臣", "nie": "聂小倩", "yan": "燕赤霞"} {
		p := b.Hire(t, login, staff.Leader, complainttest.DeskUnit)
		if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET name = $2 WHERE id = $1`, p.ID, name); err != nil {
			t.Fatal(err)
		}
		named[login] = p
	}
	begun, err := cases.OpenFrom(t.Context(), workflow.Order{Number: number, By: b.now(officer), Token: complainttest.Token(), Answers: workflow.Answers{"note": {"聂小倩经手，惩戒专员甲核实。"}}})
	if err != nil {
		t.Fatal(err)
	}
	reads := func(p staff.Person) bool {
		_, err := cases.Read(t.Context(), b.now(p), begun.Number)
		if err != nil && !fault.Is(err, fault.NotFound) {
			t.Fatal(err)
		}
		return err == nil
	}
	if !reads(officer) || !reads(named["ning"]) || reads(named["nie"]) {
		t.Error("opened: the writer, the one not named, the one named read it:", reads(officer), reads(named["ning"]), reads(named["nie"]))
	}
	if _, err := b.Portal.MoveOwn(t.Context(), b.unlock(receipt), number, complaint.Supplement, complainttest.Token(), workflow.Answers{"note": {"是宁采臣叫停付款的。"}}); err != nil {
		t.Fatal(err)
	}
	move := func(p staff.Person, action workflow.Action, pairs ...string) error {
		a := workflow.Answers{}
		for i := 0; i < len(pairs); i += 2 {
			a[pairs[i]] = []string{pairs[i+1]}
		}
		_, err := cases.Move(t.Context(), workflow.Order{Number: begun.Number, Action: action, By: b.now(p), Token: complainttest.Token(), Answers: a})
		return err
	}
	if err := move(officer, discipline.DraftWarning, "facts", "燕赤霞签字的付款计划没有兑现。", "articles", "KX-9", "basis", "条例第九条。", "demand", "付清。", "consequences", "约谈。",
		"tier", "general", "months", "6", "deadline_year", "2026", "deadline_month", "6", "deadline_day", "30"); err != nil {
		t.Fatal(err)
	}
	for who, p := range named {
		if reads(p) {
			t.Errorf("%s is named and reads the case", who)
		}
	}
	bar := func(login string) string { return fmt.Sprintf("staff:%d", named[login].ID) }
	if err := move(b.People[staff.Registrar], workflow.ReleaseBar, "bar", bar("ning"), "note", "同名"); !fault.Is(err, fault.Invalid) {
		t.Errorf("the complaint's bar released on the case: %v", err)
	}
	if err := move(b.People[staff.Registrar], workflow.ReleaseBar, "bar", bar("yan"), "note", "同名的另一个人"); err != nil {
		t.Fatal(err)
	}
	b.must(b.People[staff.Supervisor], number, workflow.ReleaseBar, "bar", bar("ning"), "public", "同名的另一个人")
	if !reads(named["yan"]) || !reads(named["ning"]) || reads(named["nie"]) {
		t.Error("released on the case, on the complaint, on neither:", reads(named["yan"]), reads(named["ning"]), reads(named["nie"]))
	}
}

// Nothing is left to an account that nobody can come into any more.
func TestWhoNeverCameIsNobodyAMatterCouldBeLeftTo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := complainttest.Intake()
	in.Story.Facts = "都是登记员甲压着的。"
	her, free := b.People[staff.Registrar], b.People[staff.Supervisor]
	number := b.File(t, in).Number
	for _, c := range []struct {
		is    string
		reads bool
	}{
		{`password_until = now() + interval '1 hour'`, false},
		{`password_until = now() - interval '1 hour'`, true},
		{`totp_sealed = '\x01'`, false},
	} {
		if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE staff SET `+c.is+` WHERE id = $1`, free.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Desk.Read(t.Context(), b.now(her), number); (err == nil) != c.reads {
			t.Errorf("%s: she reads it: %v", c.is, err)
		}
	}
}
