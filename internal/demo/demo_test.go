package demo_test

import (
	"crypto/rand"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/demo"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

func now() time.Time { return time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC) }

func office(t *testing.T) (*pgtest.DB, demo.Office) {
	t.Helper()
	db := pgtest.New(t)
	return db, demo.Office{Pool: db.Owner, Dir: t.TempDir(), Now: now, Random: rand.Reader}
}

func load(t *testing.T, o demo.Office) []demo.Login {
	t.Helper()
	logins, err := o.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return logins
}

func TestADemonstrationHasEveryoneAndInventsNoHotline(t *testing.T) {
	t.Parallel()
	db, o := office(t)
	logins := load(t, o)
	roles, passwords := map[staff.Role]int{}, map[string]bool{}
	for _, l := range logins {
		roles[l.Role]++
		passwords[l.Password] = true
		if !regexp.MustCompile(`^[a-z2-9]{4}-[a-z2-9]{5}-[a-z2-9]{5}$`).MatchString(l.Password) || l.UnitName == "" {
			t.Errorf("%s: %q at %q", l.Login, l.Password, l.UnitName)
		}
	}
	for _, role := range staff.Roles() {
		if roles[role] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	if roles[staff.Handler] != 5 || roles[staff.UnitHead] != 5 || roles[staff.Registrar] != 2 || len(passwords) != len(logins) {
		t.Errorf("%v, %d passwords", roles, len(passwords))
	}
	settings := &setting.Book{Pool: db.Portal, Now: now}
	got := settings.Read(t.Context())
	if got.FeedID == "" {
		t.Error("the feed of notices has no name")
	}
	// What a migration sets is the migration's.
	got.FeedID, got.DeputyDesignation, got.InterimDesignation, got.CommitteeDesignation = "", "", "", ""
	if want := (setting.Settings{DocumentPrefix: "演示", Issuer: "县政务诚信监督办公室", Demo: true}); got != want {
		t.Errorf("settings %+v", got)
	}
	units, err := unit.Read(t.Context(), db.Portal, now())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if u.Mark() == "" || strings.Contains(u.Name, u.Mark()) {
			t.Errorf("%s stands as confirmed", u.Name)
		}
	}
	desk, _ := units.ByCode(demo.Desk)
	if len(units) != 56 || desk.Parent != "" || desk.Kind != unit.Office || !desk.Complainable {
		t.Errorf("%d units, the desk is %+v", len(units), desk)
	}
	matched, err := pg.One[bool](t.Context(), db.Portal, `SELECT roster_match('npc_deputy', '陈演示', '第十六届', 'YS-RD-0001', '', '2026-03-02')`, nil)
	if err != nil || !matched {
		t.Errorf("the deputy is not on the roster: %v", err)
	}
}

func TestTheDeskSeesWhatIsAboutTheCountyAndNotWhatIsAboutItself(t *testing.T) {
	t.Parallel()
	db, o := office(t)
	load(t, o)
	for _, c := range []struct {
		candidate, accused string
		barred             bool
	}{
		{demo.Desk, "JX-XZF", false}, {demo.Desk, demo.Desk, true}, {demo.Petitions, demo.Desk, false},
		{demo.Finance, "JX-XZF", true}, {demo.Justice, demo.Town, false},
	} {
		barred, err := pg.One[bool](t.Context(), db.Owner, `SELECT unit_barred(@candidate, @accused)`, pg.Args{"candidate": c.candidate, "accused": c.accused})
		if err != nil || barred != c.barred {
			t.Errorf("%s about %s: barred %v, %v", c.candidate, c.accused, barred, err)
		}
	}
}

func TestTheLoginsAreKeptForTheirOwnersEyesAndWork(t *testing.T) {
	t.Parallel()
	db, o := office(t)
	logins := load(t, o)
	text, err := os.ReadFile(o.File())
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(o.File())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for _, l := range logins {
		if !strings.Contains(string(text), l.Login) || !strings.Contains(string(text), l.Password) {
			t.Errorf("%s is not kept", l.Login)
		}
	}
	hashing, err := staff.NewHashing()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	keys, err := key.LoadOffice(dir)
	if err != nil {
		t.Fatal(err)
	}
	desk := &staff.Register{Pool: db.Admin, Key: keys, Now: now, Random: rand.Reader, Hashing: hashing}
	if _, err := desk.Login(t.Context(), staff.Attempt{Login: logins[0].Login, Password: logins[0].Password}); err != nil {
		t.Errorf("%s cannot log in: %v", logins[0].Login, err)
	}
}

func TestADemonstrationIsLoadedIntoNothingElse(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"a unit": `INSERT INTO unit (code, name, kind) VALUES ('JX-A1', '某局', 'department')`,
		"staff":  `INSERT INTO staff (login, name, role, password_hash, created_at) VALUES ('wang', '王某', 'registrar', 'x', now())`,
		"a matter": `INSERT INTO matter (kind, number, state, title, opened_at, seq, head)
			VALUES ('complaint', 'JX2026000000000', 'submitted', 'x', now(), 1, 'x')`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, o := office(t)
			if wanted, err := demo.Wanted(t.Context(), db.Owner); err != nil || !wanted {
				t.Errorf("an empty database does not want it: %v", err)
			}
			if _, err := pg.Exec(t.Context(), db.Owner, sql, nil); err != nil {
				t.Fatal(err)
			}
			if wanted, err := demo.Wanted(t.Context(), db.Owner); err != nil || wanted {
				t.Errorf("wanted beside %s: %v", name, err)
			}
			if _, err := o.Load(t.Context()); !fault.Is(err, fault.Conflict) {
				t.Errorf("loaded beside %s: %v", name, err)
			}
		})
	}
}

func TestALoadThatWasCutShortIsBegunAnew(t *testing.T) {
	t.Parallel()
	db, o := office(t)
	broken := o
	broken.Dir += "/nowhere"
	if _, err := broken.Load(t.Context()); err == nil {
		t.Fatal("the logins were kept nowhere and nobody said so")
	}
	if wanted, err := demo.Wanted(t.Context(), db.Owner); err != nil || !wanted {
		t.Errorf("not wanted any more: %v", err)
	}
	if logins := load(t, o); len(logins) != 20 {
		t.Errorf("%d logins", len(logins))
	}
	if _, err := o.Load(t.Context()); !fault.Is(err, fault.Conflict) {
		t.Errorf("loaded twice: %v", err)
	}
	for table, want := range map[string]int{"member": 8, "notice": 5} {
		if n, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM `+table, nil); err != nil || n != want {
			t.Errorf("%d rows in %s: %v", n, table, err)
		}
	}
}
