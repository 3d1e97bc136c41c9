package admin

import (
	"bytes"
	"crypto/rand"
	"log/slog"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/pquerna/otp/totp"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

const (
	here         = "http://desk.test"
	goodPassword = "村口的老槐树开花了"
	newPassword  = "渠水又漫过石板桥"
)

// house is a desk over a database of its own, with a clock to turn.
type house struct {
	*Desk
	db  *pgtest.DB
	app *web.App // the newest that was mounted
	log bytes.Buffer

	mu  sync.Mutex
	now time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{db: pgtest.New(t), now: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	keys, err := key.LoadOffice(dir)
	if err != nil {
		t.Fatal(err)
	}
	hashing, err := staff.NewQuickHashing()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(&h.log, nil))
	complaints := complaint.New(register.NewOffice(
		&workflow.Engine{Pool: h.db.Admin, Key: keys.EventKey(), Clocks: clock.NewBook(h.db.Admin, h.clock), Now: h.clock, Random: rand.Reader}), keys.Codes(), keys)
	h.Desk = &Desk{Desk: desk.Desk{
		Office:   complaints.Office,
		Staff:    &staff.Register{Pool: h.db.Admin, Key: keys, Now: h.clock, Random: rand.Reader, Hashing: hashing, Log: log},
		Settings: &setting.Book{Pool: h.db.Admin, Now: h.clock, Log: log},
		Now:      h.clock, Log: log,
	}, Complaints: complaints}
	if _, err := pg.Exec(t.Context(), h.db.Owner, `INSERT INTO unit (code, name, kind) VALUES ('FIN', '县财政局', 'department')`, nil); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// twin is another process over the same database.
func (h *house) twin() *Desk {
	return &Desk{Desk: desk.Desk{Office: h.Office, Staff: h.Staff, Settings: h.Settings, Now: h.Now, Log: h.Log}, Complaints: h.Complaints}
}

// site is the desk's own pages and a front page to land on.
func (h *house) site() *web.App {
	h.app = siteOf(h.Desk)
	return h.app
}

func siteOf(d *Desk) *web.App {
	table := d.routes()
	for _, r := range table {
		if r.Path == "/" {
			return d.Mount(web.Config{URL: here}, table)
		}
	}
	return d.Mount(web.Config{URL: here}, append(table, desk.Get("/", desk.SignedIn, func(c *fiber.Ctx) error {
		return c.SendString("我的工作")
	})))
}

func (h *house) hire(t *testing.T, login string, role staff.Role) int64 {
	t.Helper()
	unit := ""
	if role == staff.Handler || role == staff.UnitHead {
		unit = "FIN"
	}
	id, err := h.Staff.Add(t.Context(), staff.Account{Login: login, Name: "周宁", Role: role, Unit: unit}, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) code(t *testing.T, phone string) url.Values {
	t.Helper()
	code, err := totp.GenerateCode(phone, h.clock())
	if err != nil {
		t.Fatal(err)
	}
	return url.Values{"otp": {code}}
}

func credentials(login, password string) url.Values {
	return url.Values{"login": {login}, "password": {password}}
}

// enrol walks through a first login and gives the secret on the telephone.
func (h *house) enrol(t *testing.T, b *webtest.Client, login string) string {
	t.Helper()
	page := b.Get(t, "/login").Submit(t, "main form", credentials(login, goodPassword)).Want(t, 200)
	phone := page.Attr("[data-totp-secret]", "data-totp-secret")
	if page.Path != "/login/enrol" || len(phone) != 32 {
		t.Fatalf("at %s with the secret %q", page.Path, phone)
	}
	page = page.Submit(t, "main form", h.code(t, phone)).Want(t, 200)
	if page.Path != "/" {
		t.Fatalf("after enrolment at %s: %s", page.Path, page.Text(".field-error"))
	}
	return phone
}

// signIn is a later login, half a minute on, so that the code is new.
func (h *house) signIn(t *testing.T, b *webtest.Client, login, phone string) *webtest.Page {
	t.Helper()
	h.wait(30 * time.Second)
	page := b.Get(t, "/login").Submit(t, "main form", credentials(login, goodPassword)).Want(t, 200)
	return page.Submit(t, "main form", h.code(t, phone))
}
