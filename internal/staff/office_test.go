package staff_test

import (
	"crypto/rand"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pquerna/otp/totp"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
)

const (
	goodPassword = "村口的老槐树开花了"
	newPassword  = "渠水又漫过石板桥"
)

// why is the operator's order.
var why = staff.Order{Reason: "来电核对过本人"}

var (
	home   = netip.MustParseAddr("10.1.2.3")
	atHome = staff.Browser{Address: home, Name: "Windows 上的 Edge"}
)

// at is a browser that nobody knows.
func at(addr netip.Addr) staff.Browser { return staff.Browser{Address: addr} }

// office is a register over a database of its own, with a clock to turn.
type office struct {
	*staff.Register
	db *pgtest.DB

	mu  sync.Mutex
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
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
	o := &office{db: pgtest.New(t), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	o.Register = &staff.Register{Pool: o.db.Admin, Key: keys, Now: o.clock, Random: rand.Reader, Hashing: hashing}
	if _, err := o.db.Owner.Exec(t.Context(), `
		INSERT INTO unit (code, name, kind, parent) VALUES ('FIN', '县财政局', 'department', NULL), ('FIN-PAY', '国库支付中心', 'office', 'FIN')`); err != nil {
		t.Fatal(err)
	}
	return o
}

// beside is the register of another process: its own connections, nothing shared.
func (o *office) beside(pool *pgxpool.Pool) *staff.Register {
	return &staff.Register{Pool: pool, Key: o.Key, Now: o.clock, Random: rand.Reader, Hashing: o.Hashing}
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) wait(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func (o *office) hire(t *testing.T, login string, role staff.Role, unit string) int64 {
	t.Helper()
	id, err := o.Add(t.Context(), staff.Account{Login: login, Name: "周宁", Role: role, Unit: unit}, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (o *office) login(t *testing.T, login, password string) (key.Secret, staff.Session) {
	t.Helper()
	secret, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: password, From: atHome})
	if err != nil {
		t.Fatal(err)
	}
	return secret, o.session(t, secret)
}

func (o *office) session(t *testing.T, secret key.Secret) staff.Session {
	t.Helper()
	_, s, err := o.Current(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// enrol logs in for the first time and gives the whole session and the secret
// on the telephone.
func (o *office) enrol(t *testing.T, login string) (key.Secret, string) {
	t.Helper()
	_, half := o.login(t, login, goodPassword)
	e, err := o.Enrolment(t.Context(), half)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := o.Enrol(t.Context(), half, o.code(t, e.Secret), atHome)
	if err != nil {
		t.Fatal(err)
	}
	return entry.Session, e.Secret
}

// signIn is an ordinary login half a minute later, so that the code is new.
func (o *office) signIn(t *testing.T, login, phone string) key.Secret {
	t.Helper()
	o.wait(30 * time.Second)
	_, half := o.login(t, login, goodPassword)
	entry, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome)
	if err != nil {
		t.Fatal(err)
	}
	return entry.Session
}

func (o *office) code(t *testing.T, phone string) string {
	t.Helper()
	code, err := totp.GenerateCode(phone, o.clock())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func wantKind(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("kind %d (%v), want %d", fault.KindOf(err), err, kind)
	}
}

func wantGone(t *testing.T, o *office, secret key.Secret) {
	t.Helper()
	if p, _, err := o.Current(t.Context(), secret); !fault.Is(err, fault.Expired) {
		t.Errorf("the session of %d lives on: %v", p.ID, err)
	}
}
