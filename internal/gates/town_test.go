package gates

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pquerna/otp/totp"

	"zhengxin/admin"
	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal"
	"zhengxin/portal/portaltest"
)

// town is both sites over one office, each under its own role with its own
// keys, and one log at its most talkative.
type town struct {
	*complainttest.Office
	scheme       string
	portal, desk *web.App
	log          *book
	password     string
	secrets      []string // of second factors
	accounts     *staff.Register
}

// book is a log that two sites write to at once.
type book struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func newTown(t *testing.T, scheme string) *town {
	t.Helper()
	w := &town{Office: complainttest.New(t), scheme: scheme, log: &book{}, password: "石桥下的水车转了三圈"}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.portal = portal.App(portaltest.Over(w.Office, log), web.Config{URL: scheme + "://portal.test"})
	hashing, err := staff.NewQuickHashing()
	if err != nil {
		t.Fatal(err)
	}
	d := &admin.Desk{Desk: desk.Desk{
		Office:   w.Desk.Office,
		Staff:    &staff.Register{Pool: w.DB.Admin, Key: w.Keys.Office, Now: w.Now, Random: rand.Reader, Hashing: hashing, Log: log},
		Settings: &setting.Book{Pool: w.DB.Admin, Now: w.Now, Log: log},
		Now:      w.Now, Log: log,
	}, Complaints: w.Desk, Identities: w.Keys.Office}
	w.accounts = d.Staff
	w.desk = d.App(web.Config{URL: scheme + "://desk.test"})
	return w
}

func (w *town) visitor() *webtest.Client { return webtest.New(w.portal, w.scheme+"://portal.test") }

func (w *town) stranger() *webtest.Client { return webtest.New(w.desk, w.scheme+"://desk.test") }

// signIn hires somebody and lets them in.
func (w *town) signIn(t *testing.T, login string, role staff.Role, unit string) *webtest.Client {
	t.Helper()
	if _, err := w.accounts.Add(t.Context(), staff.Account{Login: login, Name: role.Title(), Role: role, Unit: unit}, w.password); err != nil {
		t.Fatal(err)
	}
	b := w.stranger()
	page := b.Get(t, "/login").Submit(t, "main form", url.Values{"login": {login}, "password": {w.password}}).Want(t, 200)
	secret := page.Attr("[data-totp-secret]", "data-totp-secret")
	code, err := totp.GenerateCode(secret, w.Now())
	if err != nil {
		t.Fatal(err)
	}
	w.secrets = append(w.secrets, secret)
	if page = page.Submit(t, "main form", url.Values{"otp": {code}}).Want(t, 200); page.Path != "/" {
		t.Fatalf("%s is let in as far as %s", login, page.Path)
	}
	return b
}

// staff signs somebody of every role in.
func (w *town) staff(t *testing.T) map[staff.Role]*webtest.Client {
	t.Helper()
	all := map[staff.Role]*webtest.Client{}
	for _, role := range staff.Roles() {
		unit := complainttest.DeskUnit
		if role == staff.Handler || role == staff.UnitHead {
			unit = complainttest.Finance
		}
		all[role] = w.signIn(t, "the-"+strings.ReplaceAll(string(role), "_", "-"), role, unit)
	}
	return all
}

// unlocked is a browser that has shown a receipt's number and code.
func (w *town) unlocked(t *testing.T, r complaint.Receipt) *webtest.Client {
	t.Helper()
	v := w.visitor()
	v.Get(t, "/track").Submit(t, `form[action="/track"]`, url.Values{"number": {r.Number}, "query_code": {r.Code}}).Want(t, 200)
	return v
}

// digits are what a person reads off the captcha.
func (w *town) digits(t *testing.T, page *webtest.Page) string {
	t.Helper()
	raw, err := pg.One[[]byte](t.Context(), w.DB.Owner, `SELECT digits FROM captcha WHERE id = @id`, pg.Args{"id": page.Attr("[name=captcha_id]", "value")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw)
}

// contents is a fingerprint of every row of every table, so that what changes
// is seen wherever it is.
func (w *town) contents(t *testing.T) map[string]string {
	t.Helper()
	tables, err := pg.All[string](t.Context(), w.DB.Owner, `SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var each []string
	for _, table := range tables {
		each = append(each, fmt.Sprintf(`SELECT '%[1]s' AS name, count(*) || ' rows ' || coalesce(sum(hashtextextended(x::text, 0)::numeric), 0) AS rows FROM %[1]s x`, table))
	}
	type row struct{ Name, Rows string }
	rows, err := pg.All[row](t.Context(), w.DB.Owner, strings.Join(each, ` UNION ALL `), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, r := range rows {
		all[r.Name] = r.Rows
	}
	return all
}

// path fills a pattern's parameters in.
func path(pattern, number, action string) string {
	parts := strings.Split(pattern, "/")
	for i, p := range parts {
		name, end, _ := strings.Cut(p, ".")
		switch {
		case p == ":number":
			parts[i] = number
		case p == ":action":
			parts[i] = action
		case strings.HasPrefix(name, ":"):
			parts[i] = "1"
			if end != "" {
				parts[i] += "." + end
			}
		}
	}
	return strings.Join(parts, "/")
}

// paths are the addresses of all routes of a method, without doubles.
func paths(app *web.App, method, number, action string) (all []string) {
	for _, r := range app.Routes() {
		if p := path(r.Path, number, action); r.Method == method && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
