package staff_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
)

func TestASessionEndsWhenItIdlesAndWhenItsDayIsOver(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	idle, phone := o.enrol(t, "zhouning")
	o.wait(29 * time.Minute)
	o.session(t, idle)
	o.wait(29 * time.Minute)
	o.session(t, idle)
	o.wait(30 * time.Minute)
	wantGone(t, o, idle)

	busy := o.signIn(t, "zhouning", phone)
	for range 35 {
		o.wait(20 * time.Minute)
		o.session(t, busy)
	}
	o.wait(20 * time.Minute)
	wantGone(t, o, busy)
}

func TestAHalfSessionLastsTenMinutes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	o.wait(time.Minute)
	secret, half := o.login(t, "zhouning", goodPassword)
	o.wait(10 * time.Minute)
	wantGone(t, o, secret)
	_, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome)
	wantKind(t, err, fault.Expired)
}

func TestUseIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	secret, _ := o.enrol(t, "zhouning")
	start := o.clock()
	o.wait(59 * time.Second)
	o.session(t, secret)
	if got := o.session(t, secret).SeenAt; !got.Equal(start) {
		t.Errorf("noted after %v", got.Sub(start))
	}
	o.wait(time.Second)
	o.session(t, secret)
	if got := o.session(t, secret).SeenAt; !got.Equal(o.clock()) {
		t.Errorf("not noted: %v", got)
	}
}

func TestWhatChangesAPersonEndsTheirSessionsInEveryProcess(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	pool, err := pg.Open(t.Context(), o.db.URL(pg.RoleAdmin), pg.Options{AppName: "second", MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	other := o.beside(pool)
	for name, change := range map[string]func(id int64) error{
		"password": func(id int64) error { return o.SetPassword(t.Context(), id, newPassword, why) },
		"role": func(id int64) error {
			return o.Reassign(t.Context(), id, staff.Job{Role: staff.UnitHead, Unit: "FIN"}, why)
		},
		"second factor": func(id int64) error { return o.ResetSecondFactor(t.Context(), id, why) },
		"disable":       func(id int64) error { return o.Disable(t.Context(), id, why) },
	} {
		login := "p-" + name[:4]
		id := o.hire(t, login, staff.Registrar, "")
		whole, _ := o.enrol(t, login)
		half, _ := o.login(t, login, goodPassword)
		if _, _, err := other.Current(t.Context(), whole); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := change(id); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, secret := range []key.Secret{whole, half} {
			if _, _, err := other.Current(t.Context(), secret); !fault.Is(err, fault.Expired) {
				t.Errorf("%s: the second process still knows the session: %v", name, err)
			}
		}
	}
}

func TestAPersonEndsTheirOwnSessionsAndNobodyElses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	mine, theirs := o.hire(t, "zhouning", staff.Registrar, ""), o.hire(t, "liyan", staff.Registrar, "")
	first, phone := o.enrol(t, "zhouning")
	second, third := o.signIn(t, "zhouning", phone), o.signIn(t, "zhouning", phone)
	foreign, _ := o.enrol(t, "liyan")
	list, err := o.Sessions(t.Context(), mine)
	if err != nil || len(list) != 3 || list[0].ID != o.session(t, third).ID {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	wantKind(t, o.Revoke(t.Context(), mine, o.session(t, foreign).ID), fault.NotFound)
	o.session(t, foreign)
	firstID := o.session(t, first).ID
	if err := o.Revoke(t.Context(), mine, firstID); err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, first)
	wantKind(t, o.Revoke(t.Context(), mine, firstID), fault.NotFound)
	if n, err := o.RevokeOthers(t.Context(), o.session(t, third)); n != 1 || err != nil {
		t.Errorf("ended %d others, %v", n, err)
	}
	wantGone(t, o, second)
	o.session(t, third)
	if left, err := o.Sessions(t.Context(), theirs); err != nil || len(left) != 1 {
		t.Errorf("the other person has %d sessions, %v", len(left), err)
	}
}

func TestAStrangersSecretOpensNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	secret, err := key.NewSecret(o.Random)
	if err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
}

func TestTheWorkerSweepsWhatIsOver(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	o.wait(31 * 24 * time.Hour)
	live := o.signIn(t, "zhouning", phone)
	if err := o.beside(o.db.Worker).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.session(t, live)
	if got := count(t, o.db, "staff_session"); got != 1 {
		t.Errorf("%d sessions are left", got)
	}
	o.wait(2 * time.Hour)
	if err := o.beside(o.db.Worker).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := count(t, o.db, "login_attempt"); got != 0 {
		t.Errorf("%d attempts are left", got)
	}
}

func count(t *testing.T, db *pgtest.DB, table string) int64 {
	t.Helper()
	n, err := pg.One[int64](t.Context(), db.Owner, `SELECT count(*) FROM `+table, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAChangedTreeBarsAtTheNextPageInEveryProcess(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "FIN-PAY")
	secret, _ := o.enrol(t, "zhouning")
	other := o.beside(o.db.Admin)
	bars := func(want ...string) {
		t.Helper()
		for _, process := range []*staff.Register{o.Register, other, o.Register} {
			p, _, err := process.Current(t.Context(), secret)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, slices.Sorted(slices.Values(p.Bars))); diff != "" {
				t.Error(diff)
			}
		}
	}
	bars("FIN", "FIN-PAY")
	for _, change := range []struct {
		sql  string
		want []string
	}{
		{`INSERT INTO unit (code, name, kind, successor) VALUES ('OLD', '县国有资产管理局', 'department', 'FIN')`, []string{"FIN", "FIN-PAY", "OLD"}},
		{`INSERT INTO unit (code, name, kind) VALUES ('JUS', '县司法局', 'department')`, []string{"FIN", "FIN-PAY", "OLD"}},
		{`INSERT INTO unit_conflict (unit, other, reason) VALUES ('JUS', 'FIN', '亲属任职')`, []string{"FIN", "FIN-PAY", "JUS", "OLD"}},
		{`UPDATE unit SET parent = 'JUS' WHERE code = 'FIN-PAY'`, []string{"FIN", "FIN-PAY", "JUS", "OLD"}},
		{`DELETE FROM unit_conflict`, []string{"FIN-PAY", "JUS"}},
	} {
		if _, err := o.db.Owner.Exec(t.Context(), change.sql); err != nil {
			t.Fatal(err)
		}
		bars(change.want...)
	}
}
