// Package complainttest makes a small office for tests: units, people, keys
// and a clock that stands still until it is moved, over a database of its own.
package complainttest

import (
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Monday is when the office opens its test day: 2026-03-02 10:00 in Shanghai,
// a working day far from holidays.
var Monday = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// Office is a county with two departments, a town with an office below it, and
// a supervising desk.
type Office struct {
	DB     *pgtest.DB
	Portal *complaint.Register
	Desk   *complaint.Register
	Keys   struct {
		Dir    string // of the two files
		Office *key.Office
		Portal *key.Portal
	}
	People map[staff.Role]staff.Person

	OtherHandler, OtherHead staff.Person // of Justice, so that it can be given work, too

	mu  sync.Mutex
	now time.Time
}

// Units of the office.
const (
	DeskUnit  = "DESK"
	Finance   = "FIN"
	Justice   = "JUS"
	Town      = "TOWN"
	TownRoads = "TOWN-ROADS"
)

// New builds the office.
func New(t testing.TB) *Office {
	t.Helper()
	o := &Office{DB: pgtest.New(t), now: Monday, People: map[staff.Role]staff.Person{}}
	o.Keys.Dir = t.TempDir()
	if err := key.Create(o.Keys.Dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	var err error
	if o.Keys.Office, o.Keys.Portal, err = key.LoadBoth(o.Keys.Dir); err != nil {
		t.Fatal(err)
	}
	o.insert(t)
	book := func(q pg.Queryer) *clock.Book { return clock.NewBook(q, o.Now) }
	o.Portal = complaint.New(register.NewOffice(
		&workflow.Engine{Pool: o.DB.Portal, Key: o.Keys.Portal.EventKey(), Clocks: book(o.DB.Portal), Now: o.Now, Random: rand.Reader}), o.Keys.Portal.Codes(), o.Keys.Portal)
	o.Desk = complaint.New(register.NewOffice(
		&workflow.Engine{Pool: o.DB.Admin, Key: o.Keys.Office.EventKey(), Clocks: book(o.DB.Admin), Now: o.Now, Random: rand.Reader}), o.Keys.Office.Codes(), o.Keys.Office)
	return o
}

// Worker is the register under the worker's role.
func (o *Office) Worker() *complaint.Register {
	return complaint.New(register.NewOffice(&workflow.Engine{Pool: o.DB.Worker, Key: o.Keys.Office.EventKey(), Clocks: clock.NewBook(o.DB.Worker, o.Now),
		Now: o.Now, Random: rand.Reader}), o.Keys.Office.Codes(), o.Keys.Office)
}

// Now is the office's time.
func (o *Office) Now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// Wait lets time pass.
func (o *Office) Wait(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func (o *Office) insert(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	_, err := o.DB.Owner.Exec(ctx, `
		INSERT INTO unit (code, name, kind, parent, complainable) VALUES
			('DESK', '县政务诚信监督办公室', 'office', NULL, false),
			('FIN', '县财政局', 'department', NULL, true),
			('JUS', '县司法局', 'department', NULL, true),
			('TOWN', '东岭镇人民政府', 'town', NULL, true),
			('TOWN-ROADS', '东岭镇村镇建设办公室', 'office', 'TOWN', true)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range staff.Roles() {
		unit := DeskUnit
		if role.OfUnit() {
			unit = Finance
		}
		o.People[role] = o.Hire(t, string(role), role, unit)
	}
	o.OtherHandler, o.OtherHead = o.Hire(t, "justice-handler", staff.Handler, Justice), o.Hire(t, "justice-head", staff.UnitHead, Justice)
}

// Hire adds a person who cannot log in.
func (o *Office) Hire(t testing.TB, login string, role staff.Role, unit string) staff.Person {
	t.Helper()
	type row struct {
		ID   int64
		Bars []string
		Near bool
	}
	hired, err := pg.One[row](t.Context(), o.DB.Owner, `
		INSERT INTO staff (login, name, role, unit, password_hash, created_at)
		VALUES (@login, @name, @role, @unit, 'x', @now) RETURNING id, unit_bars(@unit) AS bars, supervising_offices() && unit_bars(@unit) AS near`,
		pg.Args{"login": login, "name": role.Title() + "甲", "role": string(role), "unit": unit, "now": o.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return staff.Person{ID: hired.ID, Login: login, Name: role.Title() + "甲", Role: role, Unit: unit, Office: unit == DeskUnit,
		Near: hired.Near, Bars: hired.Bars}
}

// Intake is a filled-in complaint about the town by a named enterprise.
func Intake() complaint.Intake {
	unpaid, whole := form.Amount(128650000), form.Amount(218650000)
	return complaint.Intake{
		Channel: complaint.Web,
		Who:     complaint.Who{Kind: "enterprise", Anonymous: "no"},
		Story: complaint.Story{
			Unit: Town, Category: "C03", Title: "村道硬化工程验收两年，工程款一直没有付清",
			Request: "付清剩余工程款，并按合同付逾期利息。", Facts: "2024年5月签订合同，8月完工验收，至今只付了一部分。",
		},
		Contract: complaint.Contract{ContractNo: "DL-2024-016", ContractDate: form.Date{Year: 2024, Month: 5, Day: 12},
			ContractAmount: &whole, UnpaidAmount: &unpaid, InLitigation: "no"},
		Contact: complaint.Contact{Organisation: "青禾路桥工程有限公司", USCC: "91410425MA00000077", Name: "王建国",
			Phone: "13800138000", Email: "wang@example.com", Confidential: "yes", EDelivery: true},
	}
}

// Token draws a form token.
func Token() []byte {
	token := make([]byte, 16)
	_, _ = rand.Read(token) // crypto/rand does not fail
	return token
}

// Complainant files and moves on the portal.
var Complainant = workflow.Actor{Role: staff.Complainant}

// File files a complaint on the portal.
func (o *Office) File(t testing.TB, in complaint.Intake) complaint.Receipt {
	t.Helper()
	receipt, err := o.Portal.File(t.Context(), complaint.Filing{Intake: in, By: Complainant, Token: Token(), Draft: []byte("none")})
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}
