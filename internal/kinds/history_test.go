package kinds_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/ladder"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
)

// How many histories, of how many steps each, and from which one on; the same number makes the
// same history. HISTORIES=400 HISTORY_STEPS=200 is a night's work.
func histories(t *testing.T) (first, most, steps int) {
	t.Helper()
	number := func(name string, usual int) int {
		if typed := os.Getenv(name); typed != "" {
			n, err := strconv.Atoi(typed)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return n
		}
		return usual
	}
	return number("HISTORY", 1), number("HISTORIES", 2), number("HISTORY_STEPS", 40)
}

// TestWhateverPeopleDoNothingForbiddenComesOfIt has everybody of an office do at random what
// they are offered, at random times, and asks after each step what must hold whatever is done.
func TestWhateverPeopleDoNothingForbiddenComesOfIt(t *testing.T) {
	t.Parallel()
	first, most, steps := histories(t)
	for seed := first; seed < first+most; seed++ {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			h := begin(t, seed)
			defer func() {
				if t.Failed() || os.Getenv("HISTORY") != "" {
					t.Logf("HISTORY=%d HISTORIES=1 HISTORY_STEPS=%d\n%s", seed, steps, strings.Join(h.log, "\n"))
				}
			}()
			for range steps {
				h.step()
				if t.Failed() {
					return
				}
			}
			h.end()
		})
	}
}

// identity are words that stand in the identity of whoever complains, and nowhere else.
var identity = []string{"王建国", "13800138000", "wang@example.com", "青禾路桥工程有限公司", "91410425MA00000077"}

// confided begins what a complainant says to the desk alone.
const confided = "只给监督人员的话"

// history is an office in which people do things at random.
type history struct {
	*complainttest.Office
	t         *testing.T
	rnd       *mathrand.Rand
	log       []string
	receipts  []complaint.Receipt
	people    []staff.Person // who work
	accused   []staff.Person // who must never learn of any of it
	cases     *discipline.Register
	inquiries *inquiry.Register
	worker    *complaint.Register
	days      map[string]bool // exceptions to the plain week: worked or not
	words     int
	focus     string // the matter that is in hand
	counted   clock.Date
	released  bool // somebody who was barred was let in again
}

// found is a matter as it stands.
type found struct {
	ID                  int64
	Kind, Number, State string
	Phase               int
	ClosedAt            *time.Time
	Flags               []string
	Whole               string // the complaint that it is a part of
}

func begin(t *testing.T, seed int) *history {
	t.Helper()
	h := &history{Office: complainttest.New(t), t: t, rnd: mathrand.New(mathrand.NewPCG(uint64(seed), 0)), days: map[string]bool{}}
	h.cases, h.inquiries, h.worker = discipline.New(h.Desk.Office), inquiry.New(h.Desk.Office), h.Worker()
	for _, p := range h.People {
		h.people = append(h.people, p)
	}
	slices.SortFunc(h.people, func(a, b staff.Person) int { return int(a.ID - b.ID) })
	h.people = append(h.people, h.OtherHandler, h.OtherHead)
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.DisciplineOfficer} {
		h.people = append(h.people, h.Hire(t, string(role)+"-2", role, complainttest.DeskUnit), h.Hire(t, string(role)+"-3", role, complainttest.DeskUnit))
		h.accused = append(h.accused, h.Hire(t, string(role)+"-town", role, complainttest.Town))
	}
	for _, unit := range []string{complainttest.Finance, complainttest.Justice} {
		h.people = append(h.people, h.Hire(t, "handler-"+strings.ToLower(unit), staff.Handler, unit), h.Hire(t, "head-"+strings.ToLower(unit), staff.UnitHead, unit))
	}
	h.accused = append(h.accused, h.Hire(t, "roads-handler", staff.Handler, complainttest.TownRoads), h.Hire(t, "town-head", staff.UnitHead, complainttest.Town))
	h.sql(`INSERT INTO setting (key, value) VALUES ('document_prefix', '演示'), ('issuer', '县政务诚信监督办公室')`)
	if seed%2 == 0 { // the recheck is this office's
		h.sql(`INSERT INTO setting (key, value) VALUES ('host', '县人民政府'), ('recheck_body', '县人民政府')`)
	}
	type year struct{ Off, Work []string }
	years, err := pg.All[year](t.Context(), h.DB.Owner, `
		SELECT off::text[] AS off, work::text[] AS work FROM calendar_version v WHERE version = (SELECT max(version) FROM calendar_version w WHERE w.year = v.year)`, nil)
	h.must(err)
	for _, y := range years {
		for _, d := range y.Off {
			h.days[d] = false
		}
		for _, d := range y.Work {
			h.days[d] = true
		}
	}
	for _, to := range []workflow.State{complaint.Submitted, complaint.Handling, complaint.Replied} {
		h.file()
		h.forward(h.receipts[len(h.receipts)-1].Number, to)
	}
	return h
}

// forward leads a complaint straight on to a state, where it gets there.
func (h *history) forward(number string, to workflow.State) {
	for range 12 {
		all := h.matters()
		m := all[slices.IndexFunc(all, func(m found) bool { return m.Number == number })]
		if m.State == string(to) {
			return
		}
		h.Wait(time.Minute)
		h.work(m, func(row workflow.Move) int {
			if row.Leads && !slices.Contains(rare, row.Action) {
				return 1
			}
			return 0
		})
	}
}

func (h *history) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *history) sql(sql string) {
	h.t.Helper()
	_, err := h.DB.Owner.Exec(h.t.Context(), sql)
	h.must(err)
}

func (h *history) say(format string, args ...any) {
	h.log = append(h.log, clock.Local(h.Now()).Format("2006-01-02 15:04 ")+fmt.Sprintf(format, args...))
}

func (h *history) wrong(format string, args ...any) {
	h.t.Helper()
	h.say("WRONG: "+format, args...)
	h.t.Errorf(format, args...)
}

func (h *history) file() {
	in := complainttest.Intake()
	in.Story.Title = fmt.Sprintf("村道硬化工程款没有付清 %d", len(h.receipts))
	in.Story.Category = []string{"C01", "C03", "C06"}[h.rnd.IntN(3)]
	h.receipts = append(h.receipts, h.File(h.t, in))
	h.say("filed %s", h.receipts[len(h.receipts)-1].Number)
}

func (h *history) matters() []found {
	all, err := pg.All[found](h.t.Context(), h.DB.Owner, `
		SELECT m.id, m.kind, m.number, m.state, m.phase, m.closed_at, m.flags, coalesce((SELECT w.number FROM matter w WHERE w.id = m.follows AND w.kind = m.kind), '') AS whole
		FROM matter m ORDER BY m.id`, nil)
	h.must(err)
	return all
}

// step is somebody doing something, after some time: mostly to the matter that was in hand
// before, and now and then to another.
func (h *history) step() {
	h.pass()
	all := h.matters()
	over := func(m found) bool { return m.Phase == int(workflow.Over) }
	if open := slices.DeleteFunc(slices.Clone(all), over); len(open) < 3 {
		h.file()
		all = h.matters()
	}
	open := slices.DeleteFunc(slices.Clone(all), func(m found) bool {
		return over(m) && !slices.Contains([]string{"closed", "settled", "rechecked"}, m.State)
	})
	at := slices.IndexFunc(open, func(m found) bool { return m.Number == h.focus })
	switch n := h.rnd.IntN(10); {
	case at < 0 && len(open) > 0 || n == 0 && len(open) > 0:
		at = h.rnd.IntN(len(open))
		h.focus = open[at].Number
	case n == 1 || at < 0:
		open, at = all, h.rnd.IntN(len(all))
	}
	m := open[at]
	often := 12
	switch m.State {
	case "supplement_required", "replied", "closed":
		often = 2
	case "reopened", "settled":
		often = 3
	case "rated", "handling":
		often = 6
	}
	if m.Kind == "complaint" && h.rnd.IntN(often) == 0 {
		h.complain(m)
	} else {
		h.work(m, weight)
	}
	h.holds(all)
}

// pass lets time go by: minutes, hours, days or weeks, in which the worker may stand still.
func (h *history) pass() {
	var by time.Duration
	switch n := h.rnd.IntN(100); {
	case n < 55:
		by = time.Duration(1+h.rnd.IntN(30)) * time.Minute
	case n < 75:
		by = time.Duration(1+h.rnd.IntN(20)) * time.Hour
	case n < 94:
		by = time.Duration(1+h.rnd.IntN(9)) * 24 * time.Hour
	default:
		by = time.Duration(10+h.rnd.IntN(25)) * 24 * time.Hour
	}
	h.Wait(by)
	if h.rnd.IntN(4) > 0 {
		h.sweep()
	}
}

// sweep does what the worker does by itself.
func (h *history) sweep() {
	for _, kind := range []*register.Kind{complaint.Kind, discipline.Kind, inquiry.Kind} { // of the others there is nothing
		of := &register.Register{Office: h.worker.Office, Kind: kind}
		_, err := of.EndPublicity(h.t.Context())
		h.must(err)
		n, err := h.worker.Engine.RunTimed(h.t.Context(), kind.Law)
		if n > 0 {
			h.say("the calendar did %d of %s", n, kind.Law.Kind)
		}
		if err != nil {
			h.wrong("the calendar fails: %v", err)
		}
		_, err = h.worker.Engine.LapseRights(h.t.Context(), kind.Law)
		h.must(err)
	}
	h.sql(`UPDATE letter SET state = 'sent', tries = 1, done_at = created_at WHERE state = 'waiting'`)
	if today := clock.On(h.Now()); today != h.counted {
		h.counted = today
		h.must(watch.Count(h.t.Context(), h.DB.Worker, kinds.Laws(), h.Now()))
		counts, err := watch.Newest(h.t.Context(), h.DB.Admin)
		h.must(err)
		for _, c := range counts {
			if c.What.Fault() && c.N > 0 {
				h.wrong("the night counts %d of %s", c.N, c.What)
			}
		}
	}
}

// read is a matter as somebody reads it; the whole of it, too, as it goes to their page.
func (h *history) read(kind, number string, by staff.Person) (*register.Dossier, any, error) {
	switch kind {
	case "case":
		c, err := h.cases.Read(h.t.Context(), by, number)
		if err != nil {
			return nil, nil, err
		}
		return &c.Dossier, c, nil
	case "inquiry":
		i, err := h.inquiries.Read(h.t.Context(), by, number)
		if err != nil {
			return nil, nil, err
		}
		return &i.Dossier, i, nil
	}
	d, err := h.Desk.Read(h.t.Context(), by, number)
	if err != nil {
		return nil, nil, err
	}
	return d.Base(), d, nil
}

func (h *history) register(kind string) *register.Register {
	switch kind {
	case "case":
		return &h.cases.Register
	case "inquiry":
		return &h.inquiries.Register
	}
	return &register.Register{Office: h.Desk.Office, Kind: complaint.Kind}
}

func law(kind string) *workflow.Table {
	for _, l := range kinds.Laws() {
		if string(l.Kind) == kind {
			return l
		}
	}
	return nil
}

// rare are moves that are done now and then; the others of a state lead on or go aside.
var rare = []workflow.Action{complaint.Recall, complaint.Transfer, complaint.CorrectNature, ladder.PressOffice, ladder.Supervise, workflow.Note, workflow.SendAgain, workflow.Assign, workflow.Recuse, workflow.ReleaseBar, complaint.SettleUnit, complaint.ReferDiscipline,
	complaint.Reject, complaint.Redirect, complaint.LeavePart, complaint.SplitUp, complaint.SplitMore, complaint.OpenInquiry, discipline.Drop, discipline.Revoke, ladder.Chase}

// weight is how often a move is done beside the others of its state.
func weight(row workflow.Move) int {
	switch {
	case slices.Contains(rare, row.Action):
		return 1
	case row.Leads:
		return 24
	}
	return 4
}

// work has somebody whose move it may be do what they are offered, or now and then what they
// are not.
func (h *history) work(m found, weight func(workflow.Move) int) {
	var rows []workflow.Move
	for _, row := range law(m.Kind).Moves {
		if row.Action != complaint.OpenIdentity && slices.Contains(row.From, workflow.State(m.State)) && !slices.ContainsFunc(row.By, func(r staff.Role) bool { return r.Outside() || r == staff.System }) {
			rows = append(rows, slices.Repeat([]workflow.Move{row}, weight(row))...)
		}
	}
	for range 12 {
		if len(rows) == 0 {
			return
		}
		row := rows[h.rnd.IntN(len(rows))]
		fit := slices.DeleteFunc(slices.Clone(h.people), func(p staff.Person) bool { return !slices.Contains(row.By, p.Role) })
		by := fit[h.rnd.IntN(len(fit))]
		d, _, err := h.read(m.Kind, m.Number, by)
		if fault.Is(err, fault.NotFound) { // what nobody reads nobody does
			if h.rnd.IntN(4) == 0 {
				h.refused(m, by, row, &register.Dossier{})
			}
			continue
		}
		h.must(err)
		choices := d.Choices(by)
		at := slices.IndexFunc(choices, func(c workflow.Choice) bool { return c.Action == row.Action && c.Why == "" })
		if at >= 0 {
			h.do(m, by, choices[at].Move, d)
			return
		}
		if h.rnd.IntN(4) == 0 {
			h.refused(m, by, row, d)
		}
	}
}

// refused has somebody do what they are not offered.
func (h *history) refused(m found, by staff.Person, row workflow.Move, d *register.Dossier) {
	if _, err := h.order(m, by, row, h.answers(row, d, m.Kind)); err == nil {
		h.wrong("%s by %s to %s in %s is done and was not offered", row.Action, by.Login, m.Number, m.State)
	} else if fault.Is(err, fault.Internal) {
		h.wrong("%s by %s to %s in %s fails: %v", row.Action, by.Login, m.Number, m.State, err)
	}
}

// do does what is offered, and answers what is asked then.
func (h *history) do(m found, by staff.Person, row workflow.Move, d *register.Dossier) {
	answers := h.answers(row, d, m.Kind)
	done, err := h.order(m, by, row, answers)
	for range 2 {
		fields := fault.FieldsOf(err)
		for _, f := range fields {
			need := row.Need(f.Name)
			switch {
			case f.Asked && len(need.Options) > 0:
				answers[f.Name] = []string{need.Options[0].Value}
			case len(f.Readings) > 0:
				answers[f.Name+"_sure"] = []string{f.Readings[0].Value}
			}
		}
		if len(fields) > 0 {
			done, err = h.order(m, by, row, answers)
		}
	}
	h.told(m, by.Login, row, done, err)
	if err == nil && row.Action == workflow.ReleaseBar {
		h.released = true
	}
}

// told notes what came of a move that was offered. It may be refused for what was answered, with
// a sentence; it never fails.
func (h *history) told(m found, who string, row workflow.Move, done workflow.Done, err error) {
	h.t.Helper()
	switch {
	case err == nil:
		h.say("%s: %s %s → %s", who, m.Number, row.Action, done.State)
		h.letters(m, row, done)
	case len(fault.FieldsOf(err)) > 0:
		h.say("%s: %s %s is asked: %v", who, m.Number, row.Action, fault.FieldsOf(err))
	case fault.Is(err, fault.Forbidden), fault.Is(err, fault.Conflict):
		h.say("%s: %s %s is refused: %s", who, m.Number, row.Action, fault.SentenceOf(err))
	default:
		h.wrong("%s by %s to %s in %s fails: %v", row.Action, who, m.Number, m.State, err)
	}
}

// order does a move, and does it again with the same form, which does nothing.
func (h *history) order(m found, by staff.Person, row workflow.Move, answers workflow.Answers) (workflow.Done, error) {
	order := workflow.Order{Number: m.Number, Action: row.Action, By: by, Token: complainttest.Token(), Answers: answers}
	do := h.register(m.Kind).Move
	switch row.Action {
	case complaint.OpenCase:
		do = h.cases.OpenFrom
	case complaint.OpenInquiry:
		do = h.inquiries.OpenFrom
	}
	done, err := do(h.t.Context(), order)
	if err == nil && h.rnd.IntN(10) == 0 && !row.Leaves {
		again, err := do(h.t.Context(), order)
		if err != nil && !fault.Is(err, fault.NotFound) || err == nil && !again.Repeated {
			h.wrong("%s of %s sent twice: %+v, %v", row.Action, m.Number, again, err)
		}
	}
	return done, err
}

// text is something written that nobody wrote before.
func (h *history) text(what string) string {
	h.words++
	return fmt.Sprintf("%s第%d条。", what, h.words)
}

// answers fill in the form of a move as its page has it.
func (h *history) answers(row workflow.Move, d *register.Dossier, kind string) workflow.Answers {
	a := workflow.Answers{}
	today := clock.On(h.Now())
	day := func(name string, on clock.Date) {
		a[name+"_year"], a[name+"_month"], a[name+"_day"] = []string{strconv.Itoa(on.Year)}, []string{strconv.Itoa(int(on.Month))}, []string{strconv.Itoa(on.Day)}
	}
	for _, need := range row.Asked(&d.Matter) {
		if need.Doubt || need.Optional && h.rnd.IntN(2) == 0 {
			continue
		}
		choices, err := h.register(kind).Choices(h.t.Context(), need, d)
		h.must(err)
		choices = slices.DeleteFunc(choices, func(c register.Choice) bool { return c.Why != "" })
		switch {
		case need.Name == "promised_on": // with what is promised
		case need.Kind == workflow.AskDate && need.Day == workflow.HasCome:
			day(need.Name, today.AddDays(-h.rnd.IntN(2)))
		case need.Kind == workflow.AskDate:
			day(need.Name, today.AddDays(1+h.rnd.IntN(40)))
		case need.Name == "lead": // to one where nobody is, the night would count it
			a[need.Name] = []string{[]string{complainttest.Finance, complainttest.Justice}[h.rnd.IntN(2)]}
		case need.From == workflow.FromArticles:
			a[need.Name] = []string{"KX-9"}
		case need.Kind == workflow.AskUnits, need.From == workflow.FromMatter && len(choices) > 0 && h.rnd.IntN(2) == 0:
			for _, c := range choices {
				if h.rnd.IntN(2) == 0 || len(a[need.Name]) == 0 && !need.Optional {
					a[need.Name] = append(a[need.Name], c.Value)
				}
				if need.Kind != workflow.AskUnits && len(a[need.Name]) > 0 {
					break
				}
			}
		case len(choices) > 0:
			a[need.Name] = []string{choices[h.rnd.IntN(len(choices))].Value}
		case need.Name == "count":
			a[need.Name] = []string{strconv.Itoa(1 + h.rnd.IntN(15))}
		case need.Name == "months":
			a[need.Name] = []string{"3"}
		case need.Name == "main":
			a[need.Name] = []string{h.receipts[h.rnd.IntN(len(h.receipts))].Number}
		case need.Name == "lines": // of an agreement
			a[need.Name] = []string{today.AddDays(5+h.rnd.IntN(40)).String() + " " + h.text("付清")}
		case need.Name == "asked":
			a[need.Name] = []string{"1. " + h.text("合同首页") + "\n2. " + h.text("付款凭证")}
		case need.Kind == workflow.AskText || need.Kind == workflow.AskLine:
			a[need.Name] = []string{h.text("说明")}
		}
	}
	if a["promise"] != nil {
		day("promised_on", today.AddDays(1+h.rnd.IntN(40)))
	}
	seen(a, row, &d.Matter)
	return a
}

// seen says over what a form was filled in.
func seen(a workflow.Answers, row workflow.Move, m *workflow.Matter) {
	for _, name := range []string{row.Seen, row.Over} {
		if seen := m.Seen[name]; name != "" && seen != "" {
			a[name] = []string{seen}
		}
	}
}

// complain has whoever complained do something.
func (h *history) complain(m found) {
	whole := m.Number
	if m.Whole != "" {
		whole = m.Whole
	}
	at := slices.IndexFunc(h.receipts, func(r complaint.Receipt) bool { return r.Number == whole })
	visitor, err := key.NewSecret(rand.Reader)
	h.must(err)
	ctx := h.t.Context()
	h.must(h.Portal.Unlock(ctx, whole, h.receipts[at].Code, visitor, []byte(whole)))
	if m.Whole != "" {
		h.must(h.Portal.Turn(ctx, visitor, m.Number))
	}
	own, err := h.Portal.Own(ctx, visitor, m.Number)
	if err != nil {
		h.wrong("%s cannot be read by whoever complained: %v", m.Number, err)
		return
	}
	var may []workflow.Choice
	for _, c := range complaint.Law.Choices(&own.Matter, complainttest.Complainant, h.Now()) {
		if weight := map[workflow.Action]int{complaint.Withdraw: 1, complaint.Contest: 16, complaint.AskRecheck: 30, complaint.Rate: 16, complaint.Supplement: 12,
			complaint.AgreeSettlement: 24, complaint.LeaveSettlement: 16, complaint.DenyClosing: 8, promise.Doubts: 16}[c.Action]; c.Why == "" {
			may = append(may, slices.Repeat([]workflow.Choice{c}, max(weight, 3))...)
		}
	}
	may = slices.DeleteFunc(may, func(c workflow.Choice) bool {
		return slices.Contains([]workflow.Action{complaint.AllowFollow, complaint.RefuseFollow, complaint.EndFollow}, c.Action)
	})
	if len(may) == 0 {
		return
	}
	c := may[h.rnd.IntN(len(may))]
	a := workflow.Answers{}
	desk := h.rnd.IntN(2) == 0
	for _, need := range c.Needs {
		switch {
		case need.Name == "told":
			a[need.Name] = []string{map[bool]string{false: "all", true: "desk"}[desk]}
		case need.Name == promise.Denied:
			kept := own.Promises.Kept()
			a[need.Name] = []string{kept[h.rnd.IntN(len(kept))].Value}
		case need.From == workflow.FromMatter:
			for _, o := range own.Requests.Asked() {
				if h.rnd.IntN(2) == 0 {
					a[need.Name] = append(a[need.Name], o.Value)
				}
			}
		case len(need.Options) > 0 && !strings.HasSuffix(need.Name, "_personal"):
			a[need.Name] = []string{need.Options[h.rnd.IntN(len(need.Options))].Value}
		case need.Kind == workflow.AskText && (desk || c.Action == complaint.Withdraw):
			a[need.Name] = []string{h.text(confided)}
		case need.Kind == workflow.AskText:
			a[need.Name] = []string{h.text("补充")}
		}
	}
	if c.Action == complaint.Confide {
		a["told"] = []string{"desk"}
		a["note"] = []string{h.text(confided)}
	}
	seen(a, c.Move, &own.Matter)
	done, err := h.Portal.MoveOwn(ctx, visitor, m.Number, c.Action, complainttest.Token(), a)
	if c.Action == complaint.Supplement && desk {
		c.Move = complaint.Law.Rows(complaint.Confide)[0]
	}
	h.told(m, "complainant", c.Move, done, err)
}

// letters says that a move which tells somebody has written to them.
func (h *history) letters(m found, row workflow.Move, done workflow.Done) {
	h.t.Helper()
	rows := law(m.Kind).Rows(done.Action)
	for _, tell := range row.Tells {
		if tell.To == letter.ToComplainant && !slices.Contains(m.Flags, workflow.Reachable) || tell.To == letter.ToAbove || tell.To == letter.ToMembers || len(rows) == 0 {
			continue
		}
		n, err := pg.One[int](h.t.Context(), h.DB.Owner, `SELECT count(*)::int FROM letter WHERE matter_id = @id AND seq = @seq AND template = @template`,
			pg.Args{"id": m.ID, "seq": done.Seq, "template": tell.Template})
		h.must(err)
		if n == 0 {
			h.wrong("%s of %s tells %s nothing", row.Action, m.Number, tell.To)
		}
	}
}

// holds asks what must hold after each step, of those that changed.
func (h *history) holds(before []found) {
	h.t.Helper()
	all := h.matters()
	seqs := func(m found) string { return fmt.Sprint(m.State, m.Phase, m.Flags) }
	for _, m := range all {
		at := slices.IndexFunc(before, func(b found) bool { return b.ID == m.ID })
		h.stands(m)
		if at < 0 || seqs(before[at]) != seqs(m) || h.rnd.IntN(10) == 0 {
			h.exit(m)
			h.unitsRead(m)
		}
		h.rights(m)
	}
	h.clocks()
	h.barred(all)
	h.facets()
}

// facets says that a matter is found by what its register keeps of it now, in its phase now,
// by whether it was answered, and in a unit's list by its date.
func (h *history) facets() {
	h.t.Helper()
	late, err := pg.All[string](h.t.Context(), h.DB.Owner, `SELECT m.number FROM assignment a JOIN matter m ON m.id = a.matter_id WHERE (a.phase, a.due_at) <> (m.phase, m.due_at)`, nil)
	h.must(err)
	if len(late) > 0 {
		h.wrong("assignments of %v have another phase or date than it", late)
	}
	for _, k := range kinds.All() {
		var wrong []string
		if k.Report != nil {
			wrong = append(wrong, `('`+register.Answered+`' = ANY (m.flags)) <> EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = ANY (@replies))`)
		}
		var kept []string
		for _, column := range k.Facets() {
			kept = append(kept, `'`+column+`=' || (SELECT t.`+column+` FROM `+k.Table+` t WHERE t.matter_id = m.id)`)
		}
		if len(kept) > 0 {
			wrong = append(wrong, `ARRAY(SELECT f FROM unnest(m.facets) f ORDER BY f) <> ARRAY(
				SELECT p || f FROM unnest(ARRAY[`+strings.Join(kept, `, `)+`]) f, unnest(ARRAY['', m.phase || ':']) p WHERE f IS NOT NULL ORDER BY 1)`)
		}
		if len(wrong) == 0 {
			continue
		}
		args := pg.Args{"kind": string(k.Law.Kind)}
		if k.Report != nil {
			args["replies"] = k.Report.Replies
		}
		found, err := pg.All[string](h.t.Context(), h.DB.Owner, `SELECT m.number || ' ' || m.facets::text || m.flags::text FROM matter m WHERE m.kind = @kind AND (`+strings.Join(wrong, ` OR `)+`)`, args)
		h.must(err)
		for _, one := range found {
			h.wrong("not found by what is kept of it: %s", one)
		}
	}
}

// stands says that a matter is in a state of its law, and is over where that says so.
func (h *history) stands(m found) {
	h.t.Helper()
	info := law(m.Kind).State(workflow.State(m.State))
	if info.Phase == 0 || int(info.Phase) != m.Phase || info.Ended() != (m.ClosedAt != nil) {
		h.wrong("%s is %s in phase %d, closed %v", m.Number, m.State, m.Phase, m.ClosedAt)
	}
}

// exit says that somebody can lead a matter on that is not over.
func (h *history) exit(m found) {
	h.t.Helper()
	if m.Phase == int(workflow.Over) {
		return
	}
	leads := func(d *register.Dossier, c workflow.Choice) bool {
		if c.Action == complaint.FollowUp && d.Matter.Has(complaint.Unheard) { // it is closed once that is done
			return c.Why == ""
		}
		return c.Why == "" && (c.To != "" && string(c.To) != m.State || slices.ContainsFunc(c.MayLead, func(to workflow.State) bool { return string(to) != m.State }))
	}
	offered := func(p staff.Person) bool {
		d, _, err := h.read(m.Kind, m.Number, p)
		return err == nil && slices.ContainsFunc(d.Choices(p), func(c workflow.Choice) bool { return leads(d, c) })
	}
	if m.State == string(complaint.Split) || slices.ContainsFunc(h.people, offered) {
		return
	}
	// A timed move with its date.
	for _, row := range law(m.Kind).Moves {
		if !slices.Contains(row.From, workflow.State(m.State)) || row.To == "" || row.Timed.Clock == "" && row.Timed.Fact == "" {
			continue
		}
		runs, err := pg.One[bool](h.t.Context(), h.DB.Owner, `SELECT @rule = '' OR EXISTS (SELECT FROM clock WHERE matter_id = @id AND rule = @rule AND stopped_at IS NULL)`,
			pg.Args{"id": m.ID, "rule": string(row.Timed.Clock)})
		h.must(err)
		if runs && row.Timed.Clock != "" {
			return
		}
	}
	// Somebody new can, where all who are there did what another has to do now.
	for _, unit := range []string{complainttest.DeskUnit, complainttest.Finance, complainttest.Justice} {
		for _, role := range staff.Roles() {
			if (role == staff.Handler || role == staff.UnitHead) == (unit == complainttest.DeskUnit) {
				continue
			}
			fresh := h.Hire(h.t, fmt.Sprintf("fresh-%d", len(h.people)), role, unit)
			h.people = append(h.people, fresh)
			if offered(fresh) {
				h.say("only somebody new can go on with %s in %s: %s", m.Number, m.State, role)
				return
			}
		}
	}
	h.wrong("nobody can go on with %s, which is %s", m.Number, m.State)
}

// unitsRead says that what a unit reads tells nothing of whoever complained, nor what they said to
// the desk alone.
func (h *history) unitsRead(m found) {
	h.t.Helper()
	for _, p := range h.people {
		if p.Role != staff.Handler && p.Role != staff.UnitHead {
			continue
		}
		_, whole, err := h.read(m.Kind, m.Number, p)
		if err != nil {
			continue
		}
		said, err := json.Marshal(whole)
		h.must(err)
		for _, word := range append([]string{confided}, identity...) {
			if strings.Contains(string(said), word) {
				h.wrong("%s reads %q in %s: %s", p.Login, word, m.Number, around(string(said), word))
			}
		}
	}
}

func around(said, word string) string {
	at := strings.Index(said, word)
	return said[max(0, at-200):min(len(said), at+200)]
}

// barred says that nobody of the accused unit, and nobody who left a matter to others, learns of it.
func (h *history) barred(all []found) {
	h.t.Helper()
	ctx := h.t.Context()
	if h.released {
		return
	}
	p := h.accused[h.rnd.IntN(len(h.accused))]
	m := all[h.rnd.IntN(len(all))]
	if _, _, err := h.read(m.Kind, m.Number, p); !fault.Is(err, fault.NotFound) && m.Kind != "inquiry" {
		h.wrong("%s of the accused unit reads %s: %v", p.Login, m.Number, err)
	}
	page, err := h.Desk.List(ctx, p.Scope(), register.Filter{}, register.Cursor{})
	h.must(err)
	if len(page.Rows) > 0 {
		h.wrong("%s of the accused unit lists %d", p.Login, len(page.Rows))
	}
	type left struct {
		Staff  int64
		Number string
		Kind   string
	}
	gone, err := pg.All[left](ctx, h.DB.Owner, `
		SELECT e.staff_id AS staff, m.number, m.kind FROM event e JOIN matter m ON m.id = e.matter_id WHERE e.action = 'recuse'`, nil)
	h.must(err)
	for _, one := range gone {
		at := slices.IndexFunc(h.people, func(p staff.Person) bool { return p.ID == one.Staff })
		if _, _, err := h.read(one.Kind, one.Number, h.people[at]); !fault.Is(err, fault.NotFound) {
			h.wrong("%s reads %s, and left it to others: %v", h.people[at].Login, one.Number, err)
		}
	}
}

// running is a clock as it is kept, with the rule that it was counted by.
type running struct {
	Kind, Matter, State            string
	Rule, StartEvent, Unit, Within string
	Phase, Limit                   int
	StartedAt, DueAt               time.Time
	DueOn                          clock.Date
	Waits, Stopped                 bool
	Spans                          []clock.Span
}

// clocks says that every term ends on the day that counting day by day finds, that none runs
// where its matter is over but what its law keeps there, and none twice.
func (h *history) clocks() {
	h.t.Helper()
	all, err := pg.All[running](h.t.Context(), h.DB.Owner, `
		SELECT m.kind, m.number AS matter, k.rule, r.start_event, r.unit, coalesce(r.within, '') AS within, m.state, m.phase, coalesce(r.limit_count, 0) AS "limit", k.started_at, k.due_at, k.due_on,
			r.waits, k.stopped_at IS NOT NULL AS stopped, `+clock.SpansSQL+` AS spans
		FROM clock k JOIN matter m ON m.id = k.matter_id JOIN clock_rule r ON r.code = k.rule AND r.version = k.version ORDER BY k.id`, nil)
	h.must(err)
	runs := map[string]bool{}
	for _, k := range all {
		if !k.Stopped {
			if k.Phase == int(workflow.Over) && !slices.Contains(law(k.Kind).Keeps(workflow.State(k.State)), k.Rule) {
				h.wrong("%s of %s runs on, which is %s", k.Rule, k.Matter, k.State)
			}
			if runs[k.Matter+k.Rule] {
				h.wrong("%s of %s runs twice", k.Rule, k.Matter)
			}
			runs[k.Matter+k.Rule] = true
		}
		if want, ok := h.last(k); ok && want != k.DueOn {
			h.wrong("%s of %s, begun %s with %v, ends %s; day by day it is %s", k.Rule, k.Matter, clock.Local(k.StartedAt), k.Spans, k.DueOn, want)
		}
	}
	late, err := pg.All[string](h.t.Context(), h.DB.Owner, `SELECT m.number FROM matter m
		WHERE m.due_at IS DISTINCT FROM coalesce((SELECT min(k.due_at) FROM clock k WHERE k.matter_id = m.id AND k.stopped_at IS NULL AND NOT k.right_only), 'infinity')`, nil)
	h.must(err)
	if len(late) > 0 {
		h.wrong("%v are listed by another day than their terms have", late)
	}
}

func (h *history) worked(d time.Time) bool {
	if worked, exceptional := h.days[d.Format(time.DateOnly)]; exceptional {
		return worked
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// last is the last day of a term, day by day.
func (h *history) last(k running) (clock.Date, bool) {
	shanghai := time.FixedZone("", 8*60*60)
	local := k.StartedAt.In(shanghai)
	d := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	next := func() { d = d.AddDate(0, 0, 1) }
	onto := func() {
		for !h.worked(d) {
			next()
		}
	}
	if k.StartEvent == "filed" && k.Unit != "H" {
		onto()
	}
	// A day stands still that is in a pause, unless it ran on before.
	still := func(d time.Time) bool {
		day := clock.NewDate(d.Year(), d.Month(), d.Day())
		for i, s := range k.Spans {
			until := s.To
			if i+1 < len(k.Spans) && k.Spans[i+1].Kind == clock.Run && k.Spans[i+1].From.Before(until) {
				until = k.Spans[i+1].From
			}
			if s.Kind == clock.Pause && day.After(s.From) && !day.After(until) {
				return true
			}
		}
		return false
	}
	n := k.Limit
	for _, s := range k.Spans {
		n += s.Count
	}
	switch k.Unit {
	case "WD", "ND":
		for n > 0 {
			if next(); !still(d) && (k.Unit == "ND" || h.worked(d)) {
				n--
			}
		}
		onto()
	case "MO":
		if len(k.Spans) > 0 {
			return clock.Date{}, false
		}
		day := d.Day()
		d = time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		d = d.AddDate(0, 0, min(day, d.AddDate(0, 1, -1).Day())-1)
		onto()
	case "H":
		local = local.Add(time.Duration(n) * time.Hour)
		d = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
		if k.Waits {
			onto()
		}
	default:
		return clock.Date{}, false
	}
	if k.Within != "" && len(k.Spans) == 0 { // never after the law's own
		outer, err := pg.One[running](h.t.Context(), h.DB.Owner, `
			SELECT '' AS kind, '' AS matter, '' AS rule, start_event, unit, '' AS within, '' AS state, 1 AS phase, limit_count AS "limit", @at::timestamptz AS started_at, @at::timestamptz AS due_at, '2000-01-01'::date AS due_on,
				waits, false AS stopped, '[]'::jsonb AS spans FROM clock_rule WHERE code = @code ORDER BY version DESC LIMIT 1`, pg.Args{"code": k.Within, "at": k.StartedAt})
		h.must(err)
		if law, ok := h.last(outer); ok && law.Before(clock.NewDate(d.Year(), d.Month(), d.Day())) {
			return law, true
		}
	}
	return clock.NewDate(d.Year(), d.Month(), d.Day()), true
}

// rights says that thirty days from the answer it can be contested, and thirty days from what a
// review upheld a recheck asked for, whatever was done meanwhile, and not a minute longer. What
// is set aside is answered anew, and so is the right against it.
func (h *history) rights(m found) {
	h.t.Helper()
	if m.Kind != "complaint" {
		return
	}
	type done struct {
		Action string
		At     time.Time
	}
	events, err := pg.All[done](h.t.Context(), h.DB.Owner, `SELECT action, at FROM event WHERE matter_id = @id ORDER BY seq`, pg.Args{"id": m.ID})
	h.must(err)
	rights := map[workflow.Action]time.Time{}
	for _, e := range events {
		thirty := func() time.Time {
			on, _ := h.last(running{Unit: "ND", Limit: 30, StartedAt: e.At})
			return on.Ends()
		}
		switch workflow.Action(e.Action) {
		case complaint.Reply, complaint.AnswerJoined:
			rights = map[workflow.Action]time.Time{complaint.Contest: thirty()}
		case complaint.Uphold:
			rights = map[workflow.Action]time.Time{complaint.AskRecheck: thirty()}
		case complaint.Contest, complaint.AskRecheck, complaint.RecordRecheck, complaint.RecordChange, complaint.RecheckChange, complaint.RecheckUphold, complaint.FindFalse:
			rights = map[workflow.Action]time.Time{}
		}
	}
	whole := m.Number
	if m.Whole != "" {
		whole = m.Whole
	}
	if len(rights) == 0 {
		return
	}
	at := slices.IndexFunc(h.receipts, func(r complaint.Receipt) bool { return r.Number == whole })
	visitor, err := key.NewSecret(rand.Reader)
	h.must(err)
	h.must(h.Portal.Unlock(h.t.Context(), whole, h.receipts[at].Code, visitor, []byte(whole)))
	if m.Whole != "" {
		h.must(h.Portal.Turn(h.t.Context(), visitor, m.Number))
	}
	own, err := h.Portal.Own(h.t.Context(), visitor, m.Number)
	h.must(err)
	choices := complaint.Law.Choices(&own.Matter, complainttest.Complainant, h.Now())
	for action, until := range rights {
		offered := slices.ContainsFunc(choices, func(c workflow.Choice) bool { return c.Action == action && c.Why == "" })
		if lives := h.Now().Before(until); lives != offered {
			h.wrong("%s of %s until %s: offered %v in %s", action, m.Number, clock.Local(until), offered, m.State)
		}
	}
}

// end asks what takes longer, once: the chains, and whether everything that is open can go on.
func (h *history) end() {
	h.t.Helper()
	for _, m := range h.matters() {
		h.exit(m)
		h.unitsRead(m)
	}
	n := 0
	_, err := audit.Walk(context.WithoutCancel(h.t.Context()), h.DB.Owner, key.NewEventKeys(h.Keys.Office, h.Keys.Portal), kinds.Lawful, func(f chain.Finding) {
		n++
		h.wrong("chain: %s", f.Sentence)
	})
	h.must(errors.Join(err))
}
