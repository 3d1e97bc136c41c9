package gates

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// lacks are what the office may be without, or have wrong, on the day somebody
// files; each with what the form then asks instead.
var lacks = map[string]struct {
	sql      string       // what the owner of the database did or left out
	on       string       // the day of filing, where that is what is wrong
	unit     string       // the choice of the form, where the usual one is gone
	category string       // the same
	clocks   []clock.Code // that run all the same
	dueOn    string       // of XF-NOTICE, where the story is about dates
}{
	"2028 has no calendar on 17 December 2027": {on: "2027-12-17", dueOn: "2028-01-03"},
	"the last day of the last known year":      {on: "2027-12-31", dueOn: "2028-01-17"},
	"the machine's clock jumps to 2031":        {on: "2031-06-14", dueOn: "2031-06-30"},
	"the calendar is empty":                    {sql: `DELETE FROM calendar_version`, dueOn: "2026-03-17"},
	"no clock rule is in force":                {sql: `UPDATE clock_rule SET valid_to = '2026-01-01' WHERE valid_to IS NULL`, clocks: []clock.Code{}},
	"every clock rule is dated in the future":  {sql: `UPDATE clock_rule SET valid_from = '2099-01-01'`, clocks: []clock.Code{}},
	"there is no clock rule at all":            {sql: `DELETE FROM clock_rule`, clocks: []clock.Code{}},
	"one clock rule is missing":                {sql: `DELETE FROM clock_rule WHERE code = 'PF-REG'`, clocks: []clock.Code{clock.PlatformAccept, clock.PetitionNotice}},
	"one clock rule cannot be counted": {sql: `UPDATE clock_rule SET start_event = 'sneezed' WHERE code = 'PF-ACC'`,
		clocks: []clock.Code{clock.PlatformRegister, clock.PetitionNotice}},
	"there is no category":                     {sql: `DELETE FROM category; DELETE FROM category_group`, category: category.Unknown},
	"every category has ended":                 {sql: `UPDATE category SET valid_to = '2026-01-01'`, category: category.Unknown},
	"old complaints have no category to go to": {sql: `DELETE FROM category WHERE code <> 'C03'`},
	"the directory of units is closed":         {sql: `UPDATE unit SET complainable = false`, unit: complaint.UnknownUnit},
	"no unit is in force":                      {sql: `UPDATE unit SET valid_to = '2026-01-01'`, unit: complaint.UnknownUnit},
	"nothing is set":                           {sql: `DELETE FROM setting`},
	"there is no roster":                       {sql: `DELETE FROM member`},
}

// Intake never depends on reference data: whatever a table lacks, who files
// gets a receipt, on the portal, at the desk and by import, and the clocks that
// can run do.
func TestAFilingIsTakenAlthough(t *testing.T) {
	t.Parallel()
	for name, lack := range lacks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t, "http")
			if lack.on != "" {
				day, err := clock.ParseDate(lack.on)
				if err != nil {
					t.Fatal(err)
				}
				w.Wait(day.Begins().Add(10 * time.Hour).Sub(w.Now()))
			}
			registrar := w.signIn(t, "registrar-1", staff.Registrar, complainttest.DeskUnit)
			if _, err := w.DB.Owner.Exec(t.Context(), lack.sql); err != nil {
				t.Fatal(err)
			}
			if lack.unit == "" {
				lack.unit = complainttest.Town
			}
			if lack.category == "" {
				lack.category = "C03"
			}
			if lack.clocks == nil {
				lack.clocks = []clock.Code{clock.PlatformRegister, clock.PlatformAccept, clock.PetitionNotice}
			}
			w.Wait(3 * time.Minute) // until every process has looked again
			for _, page := range []string{"/", "/start", "/complaints/new", "/help", "/policies", "/privacy", "/track", "/units"} {
				w.visitor().Get(t, page).Want(t, 200)
			}
			v := w.visitor()
			receipt := w.fileOn(t, v, lack.unit, lack.category)
			number := receipt.Text("[data-receipt-number]")
			w.runs(t, number, lack.clocks)
			if lack.dueOn != "" {
				w.promises(t, v, receipt, lack.dueOn)
			}
			said := ""
			if lack.unit == complaint.UnknownUnit {
				said = "东岭镇政府"
			}
			by := registrar.Get(t, "/register?kind=citizen").Want(t, 200).Submit(t, "main form", url.Values{"channel": {"visit"},
				"complainant_kind": {"citizen"}, "anonymous": {"yes"}, "unit": {lack.unit}, "unit_name": {said}, "category": {lack.category},
				"title": {"水渠的工钱没有结"}, "request": {"结清"}, "facts": {"前年的工钱。"}}).Want(t, 200)
			w.runs(t, by.Text("[data-receipt-number]"), slices.DeleteFunc(slices.Clone(lack.clocks), func(code clock.Code) bool {
				return code == clock.PlatformRegister // what a clerk takes down is registered by it
			}))
			sum, err := w.Desk.Import(t.Context(), strings.NewReader(`{"id": "old-1", "title": "路灯坏了", "body": "三个月没有人来修。"}`), func(r complaint.Refusal) {
				t.Errorf("the import refuses %v", r.Reasons)
			})
			if err != nil || sum.Taken != 1 {
				t.Errorf("imported %d: %v", sum.Taken, err)
			}
			for _, page := range []string{"/", "/complaints", "/complaints/" + number, "/calendar"} {
				registrar.Get(t, page).Want(t, 200)
			}
		})
	}
}

// fileOn files on the portal, page by page, and is handed the receipt.
func (w *town) fileOn(t *testing.T, v *webtest.Client, unit, category string) *webtest.Page {
	t.Helper()
	const form = "main form"
	page := v.Get(t, "/complaints/new").Submit(t, form, url.Values{"complainant_kind": {"citizen"}, "anonymous": {"yes"}, "do": {"next"}}).Want(t, 200)
	page = page.Submit(t, form, url.Values{"unit": {unit}, "unit_name": {"东岭镇政府"}, "category": {category}, "title": {"修路款没有付清"},
		"request": {"付清"}, "facts": {"两年了。"}, "do": {"next"}}).Want(t, 200)
	page = page.Submit(t, form, url.Values{"in_litigation": {"no"}, "do": {"next"}}).Want(t, 200)
	page = page.Submit(t, form, url.Values{"do": {"next"}}).Want(t, 200)
	page = page.Submit(t, form, url.Values{"do": {"next"}}).Want(t, 200)
	receipt := page.Submit(t, form, url.Values{"captcha_solution": {w.digits(t, page)}, "pledge": {"yes"}}).Want(t, 200)
	if !receipt.Has("[data-receipt-number]") {
		t.Fatalf("no receipt: %s %v", receipt.Text("h1"), receipt.All("[role=alert]"))
	}
	return receipt
}

// runs holds the running clocks of a matter against those that can run.
func (w *town) runs(t *testing.T, number string, want []clock.Code) {
	t.Helper()
	type row struct {
		Rules []clock.Code
		Due   string
	}
	got, err := pg.One[row](t.Context(), w.DB.Owner, `
		SELECT ARRAY(SELECT rule FROM clock WHERE matter_id = m.id AND stopped_at IS NULL) AS rules, due_at::text AS due FROM matter m WHERE number = @number`,
		pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rules) != len(want) || (got.Due == "infinity") != (len(want) == 0) {
		t.Errorf("%v run and it is due %s, want %v", got.Rules, got.Due, want)
	}
}

// promises says that every page tells the date, and that it may still move.
func (w *town) promises(t *testing.T, v *webtest.Client, receipt *webtest.Page, on string) {
	t.Helper()
	number := receipt.Text("[data-receipt-number]")
	type row struct {
		DueOn       clock.Date
		Provisional bool
		Derivation  string
	}
	kept, err := pg.One[row](t.Context(), w.DB.Owner, `
		SELECT c.due_on, c.provisional, c.derivation FROM clock c JOIN matter m ON m.id = c.matter_id WHERE m.number = @number AND c.rule = 'XF-NOTICE'`,
		pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	if kept.DueOn.String() != on || !kept.Provisional || !strings.Contains(kept.Derivation, "暂定") {
		t.Errorf("told in writing by %s, provisional %v: %s", kept.DueOn, kept.Provisional, kept.Derivation)
	}
	if said := kept.DueOn.Chinese() + "（暂定）"; !strings.Contains(receipt.Text("main"), said) {
		t.Errorf("the receipt does not say %s: %s", said, receipt.Text("main"))
	}
	own := v.Get(t, "/track").Submit(t, `form[action="/track"]`, url.Values{"number": {number}, "query_code": {receipt.Text("[data-receipt-code]")}}).Want(t, 200)
	if !strings.Contains(own.Text(".due-line"), "暂定") {
		t.Errorf("the complainant reads %q", own.Text(".due-line"))
	}
}

// On 17 December 2027 a complaint is filed; on the 20th the notice for 2028 is
// out and somebody imports it at the desk. The complainant, who was told a
// provisional day, reads which day it is now and which it was.
func TestADatePromisedOver2028FollowsItsCalendar(t *testing.T) {
	t.Parallel()
	w := newTown(t, "https")
	w.Wait(clock.NewDate(2027, 12, 17).Begins().Add(10 * time.Hour).Sub(w.Now()))
	v := w.visitor()
	receipt := w.fileOn(t, v, complainttest.Town, "C03")
	number := receipt.Text("[data-receipt-number]")
	registrar := w.signIn(t, "registrar-1", staff.Registrar, complainttest.DeskUnit)
	registrar.Get(t, "/complaints/"+number).Want(t, 200).Submit(t, `[data-action="register"]`, nil).Want(t, 200)
	registrar.Get(t, "/complaints/"+number).Want(t, 200).Submit(t, `[data-action="accept"]`, url.Values{"nature": {"RED"}}).Want(t, 200)
	open := url.Values{"number": {number}, "query_code": {receipt.Text("[data-receipt-code]")}}
	before := v.Get(t, "/track").Submit(t, `form[action="/track"]`, open).Want(t, 200)
	if said := before.Text(".due-line"); !strings.Contains(said, "1月17日（星期一）（暂定）") {
		t.Errorf("before, the complainant reads %q", said)
	}
	w.Wait(3 * 24 * time.Hour)
	sys := w.signIn(t, "sys-1", staff.Sysadmin, complainttest.DeskUnit)
	const notice = "2028-01-01至2028-01-03,放假\n2028-01-15至2028-01-24,放假\n2028-05-01至2028-05-03,放假\n2028-10-01至2028-10-07,放假\n"
	sys.Get(t, "/calendar/import").Submit(t, "main form", url.Values{"text": {notice}}).Want(t, 200).
		Submit(t, `button[value="import"]`, nil).Want(t, 200)
	after := v.Get(t, "/complaints/"+number).Want(t, 200)
	if text := after.Text("main"); !strings.Contains(after.Text(".due-line"), "1月25日（星期二）答复您") || strings.Contains(after.Text(".due-line"), "暂定") ||
		!strings.Contains(text, "原来告诉的是 2028年1月17日") || !strings.Contains(text, "“答复”的最后一天由 2028年1月17日 改为 2028年1月25日") {
		t.Errorf("after, the complainant reads %s", text)
	}
	for who, b := range map[string]*webtest.Client{"visitor": w.visitor(), "registrar": registrar} {
		if page := b.Get(t, "/calendar/import"); page.Has("main form") && page.Path == "/calendar/import" {
			t.Errorf("a %s reaches the import", who)
		}
	}
}
