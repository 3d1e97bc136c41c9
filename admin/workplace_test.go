package admin

import (
	"bytes"
	"crypto/rand"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"zhengxin/admin/desk"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// workplace is a desk over an office that files and handles complaints.
type workplace struct {
	*complainttest.Office
	desk  *Desk
	app   *web.App
	log   bytes.Buffer
	known map[string]string // login → secret on the telephone
}

func newWorkplace(t *testing.T) *workplace {
	t.Helper()
	w := &workplace{Office: complainttest.New(t), known: map[string]string{}}
	hashing, err := staff.NewQuickHashing()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(&w.log, nil))
	w.desk = &Desk{Desk: desk.Desk{
		Office:   w.Desk.Office,
		Staff:    &staff.Register{Pool: w.DB.Admin, Key: w.Keys.Office, Now: w.Now, Random: rand.Reader, Hashing: hashing, Log: log},
		Settings: &setting.Book{Pool: w.DB.Admin, Now: w.Now, Log: log},
		Public:   "https://xf.example",
		Now:      w.Now, Log: log,
	}, Complaints: w.Desk, Identities: w.Keys.Office}
	w.app = siteOf(w.desk)
	return w
}

// member is somebody at the desk.
type member struct {
	*webtest.Client
	staff.Person
	w *workplace
	t *testing.T
}

// signIn hires somebody and lets them in.
func (w *workplace) signIn(t *testing.T, login, name string, role staff.Role, unit string) member {
	t.Helper()
	id, err := w.desk.Staff.Add(t.Context(), staff.Account{Login: login, Name: name, Role: role, Unit: unit}, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	b := webtest.New(w.app, here)
	page := b.Get(t, "/login").Submit(t, "main form", credentials(login, goodPassword)).Want(t, 200)
	phone := page.Attr("[data-totp-secret]", "data-totp-secret")
	w.known[login] = phone
	code, err := totp.GenerateCode(phone, w.Now())
	if err != nil {
		t.Fatal(err)
	}
	page = page.Submit(t, "main form", url.Values{"otp": {code}}).Want(t, 200)
	if page.Path != "/" {
		t.Fatalf("%s is let in as far as %s", login, page.Path)
	}
	bars, err := pg.One[[]string](t.Context(), w.DB.Owner, `SELECT unit_bars(@unit)`, pg.Args{"unit": unit})
	if err != nil {
		t.Fatal(err)
	}
	return member{b, staff.Person{ID: id, Login: login, Name: name, Role: role, Unit: unit, Office: unit == complainttest.DeskUnit, Near: unit == complainttest.DeskUnit, Bars: bars}, w, t}
}

// team is the six roles of the spine.
func (w *workplace) team(t *testing.T) map[staff.Role]member {
	t.Helper()
	return map[staff.Role]member{
		staff.Registrar:  w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit),
		staff.Handler:    w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance),
		staff.UnitHead:   w.signIn(t, "shenhong", "沈红", staff.UnitHead, complainttest.Finance),
		staff.Supervisor: w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit),
		staff.Leader:     w.signIn(t, "fangzheng", "方正", staff.Leader, complainttest.DeskUnit),
	}
}

// open shows one complaint.
func (m member) open(number string) *webtest.Page {
	m.t.Helper()
	return m.Get(m.t, "/complaints/"+number).Want(m.t, 200)
}

// press presses a button of the move table, with what its form asks for.
func (m member) press(number string, action workflow.Action, pairs ...string) *webtest.Page {
	m.t.Helper()
	return pressOn(m.t, m.open(number), action, pairs...)
}

func pressOn(t *testing.T, page *webtest.Page, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return page.Submit(t, "[data-action="+string(action)+"]", values)
}

// does presses and wants it done.
func (m member) does(number string, action workflow.Action, pairs ...string) *webtest.Page {
	m.t.Helper()
	page := m.press(number, action, pairs...).Want(m.t, 200)
	if !page.Has(".banner-done") {
		m.t.Fatalf("%s by %s: no word of it being done: %s %s", action, m.Role, page.Text(".banner"), page.Text(".error-summary"))
	}
	return page
}

// state is where a complaint stands.
func (w *workplace) state(t *testing.T, number string) workflow.State {
	t.Helper()
	state, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT state FROM matter WHERE number = @n`, pg.Args{"n": number})
	if err != nil {
		t.Fatal(err)
	}
	return workflow.State(state)
}

// later lets time pass that keeps sessions alive.
func (w *workplace) later() { w.Wait(time.Minute) }
