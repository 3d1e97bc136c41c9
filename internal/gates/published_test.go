package gates

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// move does one thing to a complaint, as the staff of the office do.
func (w *town) move(t *testing.T, number string, by staff.Role, action workflow.Action, answers ...string) {
	t.Helper()
	given := workflow.Answers{}
	for pair := range slices.Chunk(answers, 2) {
		given[pair[0]] = []string{pair[1]}
	}
	_, err := w.Desk.Move(t.Context(), workflow.Order{Number: number, Action: action, By: w.People[by], Token: complainttest.Token(), Answers: given})
	if err != nil {
		t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

// handle brings a complaint to the unit that answers it.
func (w *town) handle(t *testing.T, number string) {
	t.Helper()
	w.move(t, number, staff.Registrar, complaint.EnterRegister)
	w.move(t, number, staff.Registrar, complaint.Accept, "nature", "RED")
	w.move(t, number, staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	w.move(t, number, staff.Handler, complaint.Sign)
}

// answer sends the answer to a complaint in hand.
func (w *town) answer(t *testing.T, number, finding string) {
	t.Helper()
	w.move(t, number, staff.Handler, complaint.DraftAnswer,
		"finding", finding, "decision", "support", "facts", "合同属实。", "opinion", "予以支持。", "articles", "KX-9", "basis", "《民法典》")
	w.move(t, number, staff.UnitHead, complaint.ApproveAnswer)
	w.move(t, number, staff.Supervisor, complaint.Reply)
}

// withdraw takes a complaint back, as the complainant.
func (w *town) withdraw(t *testing.T, r complaint.Receipt) {
	t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Portal.Unlock(t.Context(), r.Number, r.Code, visitor, []byte("somebody")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Portal.MoveOwn(t.Context(), visitor, r.Number, complaint.Withdraw, complainttest.Token(), workflow.Answers{}); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
}

// until lets time pass to a moment of Chinese time, with what the worker does then.
func (w *town) until(t *testing.T, at time.Time) {
	t.Helper()
	w.Wait(at.Sub(w.Now()))
	if err := stats.Publish(t.Context(), w.DB.Worker, kinds.Figures(), w.Now()); err != nil {
		t.Fatal(err)
	}
}

// ofTheCounty are the pages with figures of the whole county, which move when a
// day is over.
var ofTheCounty = []string{"/", "/statistics", "/statistics.csv", "/statistics.json"}

// publicPages are all that anybody may get without a code, whole: status,
// headers and body. What is drawn anew for every visitor is the token of the
// forms and its cookie; the header Date is the true time. Nothing else is left out.
func (w *town) publicPages(t *testing.T) map[string]string {
	t.Helper()
	var addresses []string
	for _, r := range w.portal.Routes() {
		if r.Method != "GET" || portalRoutes["GET "+r.Path] != "anyone" {
			continue
		}
		if r.Path != "/units/:code" {
			addresses = append(addresses, path(r.Path, "", ""))
			continue
		}
		units, err := unit.Read(t.Context(), w.DB.Portal, w.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			addresses = append(addresses, "/units/"+u.Code)
		}
	}
	addresses = append(addresses, "/units?q=镇", "/complaints/new?unit=TOWN", "/notices?before=9000000000000000-9")
	all := map[string]string{}
	for _, address := range addresses {
		all[address] = bare(t, w.visitor(), address)
	}
	elder := w.visitor()
	elder.Get(t, "/").Submit(t, ".elder-switch button", nil)
	for _, address := range append(slices.Clone(ofTheCounty), "/units", "/units/"+complainttest.Town, "/units/"+complainttest.Finance) {
		all[address+", elder"] = bare(t, elder, address)
	}
	return all
}

// bare is an answer without what is drawn anew for every visitor.
func bare(t *testing.T, b *webtest.Client, address string) string {
	t.Helper()
	page := b.Get(t, address)
	head := page.Header.Clone()
	head.Del("Date")
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(head)) {
		lines = append(lines, name+": "+strings.Join(head[name], ", "))
	}
	text := fmt.Sprintln(page.Status, page.Path, strings.Join(lines, "\n"), page.Body)
	for _, cookie := range []string{"zx_form", "zx_draft"} {
		if secret := b.Cookie(cookie); secret != "" {
			text = strings.ReplaceAll(text, secret, "SECRET")
		}
	}
	if page.Document != nil {
		for _, field := range []string{"_csrf", "form_token", "draft"} {
			if token := page.Attr("[name="+field+"]", "value"); token != "" {
				text = strings.ReplaceAll(text, token, "TOKEN")
			}
		}
	}
	return text
}

// tells are the pages on which two towns differ.
func tells(t *testing.T, a, b map[string]string, but ...string) (told []string) {
	t.Helper()
	for _, address := range slices.Sorted(maps.Keys(a)) {
		plain, _, _ := strings.Cut(address, ",")
		if a[address] != b[address] && !slices.Contains(but, plain) {
			told = append(told, address+"\n"+cmp.Diff(a[address], b[address]))
		}
	}
	if len(a) != len(b) || len(a) < 40 {
		told = append(told, fmt.Sprintf("%d pages and %d", len(a), len(b)))
	}
	return told
}

// 信访工作条例 30: the accused is not told of a complaint. So no page tells two
// offices apart of which one has one complaint more about a unit, whatever
// becomes of it: never on the same day, and afterwards not by a unit.
func TestNoPublicPageTellsOfOneComplaintMore(t *testing.T) {
	t.Parallel()
	unsettled := complainttest.Intake()
	unsettled.Story.Unit, unsettled.Story.UnitSaid = "unknown", "东边那个镇上"
	for name, c := range map[string]struct {
		both   int                                                 // complaints that both have, answered in time
		beside int                                                 // those about another unit and of another category besides
		more   func(t *testing.T, w *town) (next func(*testing.T)) // what one has besides; next is done in the next quarter
	}{
		"seven or eight and no others": {7, 0, func(t *testing.T, w *town) func(*testing.T) { w.File(t, complainttest.Intake()); return nil }},
		"none or one":                  {0, 4, func(t *testing.T, w *town) func(*testing.T) { w.File(t, complainttest.Intake()); return nil }},
		"none or four":                 {0, 4, func(t *testing.T, w *town) func(*testing.T) { return fileFour(t, w) }},
		"three or four":                {3, 4, func(t *testing.T, w *town) func(*testing.T) { w.File(t, complainttest.Intake()); return nil }},
		"seven or eight":               {7, 4, func(t *testing.T, w *town) func(*testing.T) { w.File(t, complainttest.Intake()); return nil }},
		"one upheld more":              {7, 4, func(t *testing.T, w *town) func(*testing.T) { return answered(t, w, "substantiated") }},
		"one unfounded more":           {3, 0, func(t *testing.T, w *town) func(*testing.T) { return answered(t, w, "unsubstantiated") }},
		"one withdrawn more": {7, 4, func(t *testing.T, w *town) func(*testing.T) {
			w.withdraw(t, w.File(t, complainttest.Intake()))
			return nil
		}},
		"one answered too late": {7, 4, inHand},
		"one settled later": {7, 4, func(t *testing.T, w *town) func(*testing.T) {
			number := w.File(t, unsettled).Number
			return func(t *testing.T) {
				w.move(t, number, staff.Registrar, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03")
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			less, more := newTown(t, "http"), newTown(t, "http")
			for _, w := range []*town{less, more} {
				if err := notice.Seed(t.Context(), w.DB.Owner, w.Now()); err != nil {
					t.Fatal(err)
				}
				w.until(t, w.Now())
				for range c.both {
					number := w.File(t, complainttest.Intake()).Number
					w.handle(t, number)
					w.answer(t, number, "substantiated")
				}
				for range c.beside {
					in := complainttest.Intake()
					in.Story.Unit, in.Story.Category = "JUS", "C04"
					number := w.File(t, in).Number
					w.handle(t, number)
					w.answer(t, number, "substantiated")
				}
			}
			next := c.more(t, more)
			look := func(when string, but ...string) {
				t.Helper()
				for _, told := range tells(t, less.publicPages(t), more.publicPages(t), but...) {
					t.Errorf("%s: %s", when, told)
				}
			}
			both := func(at time.Time) { less.until(t, at); more.until(t, at) }
			today := clock.On(less.Now())
			look("at once")
			both(today.Ends().Add(-time.Second))
			look("in the last second of the day")
			both(today.Ends().Add(2 * time.Hour))
			look("the next day", ofTheCounty...)
			if less.visitor().Get(t, "/statistics.csv").Body == more.visitor().Get(t, "/statistics.csv").Body {
				t.Error("the county's figures do not count it")
			}
			spring := clock.NewDate(2026, 4, 1).Begins()
			both(spring.Add(2 * time.Hour))
			look("when the quarter is over", ofTheCounty...)
			both(spring.AddDate(0, 1, 10)) // past the day that was promised
			if next != nil {
				next(t)
			}
			look("in the next quarter", ofTheCounty...)
			both(clock.NewDate(2026, 7, 1).Begins().Add(2 * time.Hour))
			look("when that is over", ofTheCounty...)
			figures := more.visitor().Get(t, "/units/"+complainttest.Town).All(".figures .number")
			if shows := slices.Contains(figures, "5 至 9"); shows != (c.both > stats.Step && c.beside > 0) {
				t.Errorf("the unit has %d complaints and more, and its page says %q", c.both, figures)
			}
			told := more.visitor().Get(t, "/statistics/categories").Has(".ranges")
			if told != (c.both > stats.Step && c.beside > 0) {
				t.Errorf("the category has %d complaints and more, and is drawn: %v", c.both, told)
			}
		})
	}
}

func fileFour(t *testing.T, w *town) func(*testing.T) {
	t.Helper()
	for range stats.Step - 1 {
		w.File(t, complainttest.Intake())
	}
	return nil
}

func answered(t *testing.T, w *town, finding string) func(*testing.T) {
	t.Helper()
	number := w.File(t, complainttest.Intake()).Number
	w.handle(t, number)
	w.answer(t, number, finding)
	return nil
}

// inHand files one that is answered after its day.
func inHand(t *testing.T, w *town) func(*testing.T) {
	t.Helper()
	number := w.File(t, complainttest.Intake()).Number
	w.handle(t, number)
	return func(t *testing.T) { t.Helper(); w.answer(t, number, "mostly") }
}

// Whoever serves the accused unit sees at the desk no more than everybody: no
// count, list, search or empty place differs for a complaint about it.
func TestTheAccusedUnitsDeskTellsOfNoComplaint(t *testing.T) {
	t.Parallel()
	with, without := newTown(t, "http"), newTown(t, "http")
	var desks [2]map[string]*webtest.Client
	var office [2]*webtest.Client
	for i, w := range []*town{with, without} {
		desks[i] = map[string]*webtest.Client{}
		for _, role := range staff.Roles() {
			login := "town-" + strings.ReplaceAll(string(role), "_", "-")
			desks[i][login] = w.signIn(t, login, role, complainttest.Town)
		}
		office[i] = w.signIn(t, "office", staff.Registrar, complainttest.DeskUnit)
		desks[i]["below"] = w.signIn(t, "below", staff.UnitHead, complainttest.TownRoads)
		number := w.File(t, complainttest.Intake()).Number // of another unit, which they may work on
		_, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE matter SET unit = 'JUS', number = 'JX2026000000000', title = '别的单位的事' WHERE number = @number`, pg.Args{"number": number})
		if err != nil {
			t.Fatal(err)
		}
	}
	number := with.File(t, complainttest.Intake()).Number
	look := func(when string) {
		t.Helper()
		for _, login := range slices.Sorted(maps.Keys(desks[0])) {
			for _, address := range append(paths(with.desk, "GET", number, "withdraw"),
				"/complaints?q=工程款", "/complaints?unit=TOWN", "/complaints?view=late", "/complaints?category=C03") {
				a, b := deskPage(t, desks[0][login], address), deskPage(t, desks[1][login], address)
				if a != b {
					t.Errorf("%s: %s at %s is told:\n%s", when, login, address, cmp.Diff(a, b))
				}
			}
		}
		if deskPage(t, office[0], "/complaints") == deskPage(t, office[1], "/complaints") {
			t.Errorf("%s: the office does not see it either", when)
		}
	}
	look("when it is filed")
	with.handle(t, number)
	look("when it is in hand")
	with.answer(t, number, "substantiated")
	look("when it is answered")
}

// deskPage is a page of the desk without what is drawn anew for each session.
func deskPage(t *testing.T, b *webtest.Client, address string) string {
	t.Helper()
	text := bare(t, b, address)
	for _, cookie := range []string{"zx_staff", "zx_staff_form", "zx_device"} {
		if secret := b.Cookie(cookie); secret != "" {
			text = strings.ReplaceAll(text, secret, "SECRET")
		}
	}
	return text
}

// asked is what the portal's role would ask to learn the day of a complaint, or
// write to show another figure.
var asked = map[string]string{
	`SELECT * FROM public_statistics('2026-03-01', '2026-03-02')`:                          "42883",
	`SELECT * FROM public_unit_statistics('2026-03-03')`:                                   "42883",
	`INSERT INTO figure_quarter (until) VALUES ('2026-03-31')`:                             "42501",
	`INSERT INTO county_day VALUES ('2026-03-02', 0, 0, 0, 0, 0, 0)`:                       "42501",
	`INSERT INTO figure VALUES ('2025-12-31', 'TOWN', 'accused', 5)`:                       "42501",
	`UPDATE figure SET at_least = 5`:                                                       "42501",
	`DELETE FROM county_day`:                                                               "42501",
	`SELECT unit, count(*) FROM matter GROUP BY unit HAVING count(*) > 0 LIMIT 1 OFFSET 0`: "",
}

func TestThePortalsRoleAsksForNoFigures(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	w.until(t, w.Now())
	for range stats.Step {
		w.File(t, complainttest.Intake())
	}
	for sql, want := range asked {
		tag, err := w.DB.Portal.Exec(t.Context(), sql)
		if pg.Code(err) != want || want == "" && tag.RowsAffected() != 0 {
			t.Errorf("code %q, want %q, %d rows (%v): %s", pg.Code(err), want, tag.RowsAffected(), err, sql)
		}
	}
	// Every function that it may call with a time is read here by somebody: none
	// of them counts anything.
	with, err := pg.All[string](t.Context(), w.DB.Owner, `
		SELECT p.proname::text FROM pg_proc p
		WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege('zhengxin_portal', p.oid, 'EXECUTE')
		  AND p.proargtypes::oid[] && ARRAY['date', 'timestamp', 'timestamptz']::regtype[]::oid[]
		ORDER BY 1`, nil)
	if diff := cmp.Diff([]string{"open_unlock", "roster_match"}, with); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}
