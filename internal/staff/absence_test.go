package staff_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Who is away and who stands in: what is refused, what is asked, and for how long it holds.
func TestWhoStandsInForWhom(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	day := func(n int) clock.Date { return clock.On(o.Now()).AddDays(n) }
	here := func(login string, role staff.Role, unit string) (staff.Person, func() staff.Person) {
		id := o.hire(t, login, role, unit)
		secret, _ := o.enrol(t, login)
		again := func() staff.Person {
			p, _, err := o.Current(t.Context(), secret)
			if err != nil || p.ID != id {
				t.Fatal(login, p, err)
			}
			return p
		}
		return again(), again
	}
	head, _ := here("head", staff.UnitHead, "FIN")
	handler, asHandler := here("handler", staff.Handler, "FIN")
	second, asSecond := here("second", staff.Handler, "FIN")
	elsewhere, _ := here("elsewhere", staff.Handler, "FIN-PAY")
	registrar, _ := here("registrar", staff.Registrar, "")
	sysadmin, _ := here("sysadmin", staff.Sysadmin, "")
	refused := func(by staff.Person, l staff.Leave, field, words string) {
		t.Helper()
		err := o.GoAway(t.Context(), by, l)
		for _, f := range fault.FieldsOf(err) {
			if f.Name == field && strings.Contains(f.Sentence, words) {
				return
			}
		}
		t.Errorf("by %s: %v, and not %s: %s", by.Login, err, field, words)
	}
	done := func(by staff.Person, l staff.Leave) {
		t.Helper()
		for range 2 { // sent twice
			if err := o.GoAway(t.Context(), by, l); err != nil {
				t.Fatal(err)
			}
		}
	}
	of := func(p staff.Person, from, to int, stand staff.Person) staff.Leave {
		return staff.Leave{StaffID: p.ID, From: day(from), To: day(to), StandIn: stand.ID}
	}
	refused(head, of(head, -1, 2, handler), "from", "已经过了")
	refused(head, of(head, 2, 1, handler), "to", "以前")
	refused(head, of(head, 0, 2, elsewhere), "stand_in", "请从列出的里面选")
	refused(head, of(head, 0, 2, head), "stand_in", "请从列出的里面选")
	refused(handler, of(handler, 0, 2, head), "stand_in", "请从列出的里面选") // a head for a handler
	refused(registrar, of(registrar, 0, 2, sysadmin), "stand_in", "请从列出的里面选")
	refused(head, of(head, 0, 2, staff.Person{}), "sure", "没有别的县财政局的承办单位负责人，也没有写由谁代办")
	refused(handler, of(handler, 0, 200, second), "sure", "一共 201 天")
	for by, whom := range map[string][2]staff.Person{"a handler": {handler, head}, "of another unit": {head, elsewhere}, "the desk": {registrar, handler}} {
		if err := o.GoAway(t.Context(), whom[0], of(whom[1], 0, 1, staff.Person{})); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s entered it: %v", by, err)
		}
	}
	done(head, of(head, 0, 2, handler))
	if n, err := pg.One[int](t.Context(), o.db.Admin, `SELECT count(*)::int FROM absence`, nil); n != 1 || err != nil {
		t.Fatalf("sent twice it is %d absences, %v", n, err)
	}
	if p := asHandler(); len(p.Stands) != 1 || p.Stands[0].ID != head.ID || len(p.Roles()) != 2 || p.Scope().Stood == "" {
		t.Fatalf("stands in as %+v", p)
	}
	refused(head, of(head, 2, 3, handler), "from", "重叠")
	refused(second, of(second, 1, 1, second), "stand_in", "请从列出的里面选")
	// Who stands in goes away too: they are asked, and then nobody does.
	refused(handler, of(handler, 1, 1, second), "sure", "正替")
	sure := of(handler, 1, 1, second)
	sure.Sure = true
	done(handler, sure)
	refused(second, of(second, 1, 1, handler), "stand_in", "也请假")
	if p := asSecond(); len(p.Stands)+len(p.Loose) != 0 {
		t.Errorf("today a colleague stands in for %+v, and has %v", p.Stands, p.Loose)
	}
	o.wait(24 * time.Hour)
	again := func(login string) staff.Person {
		secret, _ := o.login(t, login, goodPassword)
		p, _, err := o.Current(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := again("second"); len(p.Stands) != 1 || p.Stands[0].ID != handler.ID || p.Scope().Stood != "" || len(p.Loose) != 1 || p.Loose[0] != head.ID {
		t.Errorf("the next day they stand in for %+v and have %v", p.Stands, p.Loose)
	}
	if p := again("handler"); len(p.Stands) != 0 {
		t.Error("somebody who is away stands in")
	}
	all, err := o.Absences(t.Context(), sysadmin)
	if err != nil || len(all) != 2 || all[0].Covered || !all[1].Covered {
		t.Errorf("the sysadmin reads %+v, %v", all, err)
	}
	// Ended early, at once and once.
	if err := o.ComeBack(t.Context(), handler, all[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a handler ended their head's: %v", err)
	}
	for range 2 {
		if err := o.ComeBack(t.Context(), head, all[1].ID); err != nil {
			t.Fatal(err)
		}
	}
	if p := again("handler"); len(p.Stands) != 1 {
		t.Error("back, they do not stand in again")
	}
	if _, err := pg.Exec(t.Context(), o.db.Owner, `UPDATE staff SET disabled_at = now() WHERE id = @id`, pg.Args{"id": handler.ID}); err != nil {
		t.Fatal(err)
	}
	if all, err = o.Absences(t.Context(), head); err != nil || len(all) != 1 || all[0].Covered || all[0].StandBy == "" {
		t.Errorf("whoever stood in is gone: %+v, %v", all, err)
	}
	o.wait(48 * time.Hour)
	if all, err = o.Absences(t.Context(), head); err != nil || len(all) != 0 {
		t.Errorf("after its last day: %+v, %v", all, err)
	}
	acts, err := o.ActsOn(t.Context(), head.ID, 5)
	if err != nil || acts[0].Kind != staff.ActAway || !strings.Contains(acts[0].Change, "代办") {
		t.Errorf("the auditor reads %+v, %v", acts, err)
	}
}
