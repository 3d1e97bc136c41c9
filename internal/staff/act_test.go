package staff_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// order is that of a sysadmin who has just read the account's page.
func (o *office) order(t *testing.T, by, on int64) staff.Order {
	t.Helper()
	seen, err := o.ActsOn(t.Context(), on, 1)
	if err != nil || len(seen) == 0 {
		t.Fatalf("%d acts, %v", len(seen), err)
	}
	return staff.Order{By: by, Reason: "本人来窗口，核对了工作证", Seen: seen[0].ID, Sure: true}
}

// act is one of the five, on an account that stands so that it can be done.
type act struct {
	kind staff.ActKind
	do   func(o *office, t *testing.T, id int64, order staff.Order) error
}

var acts = []act{
	{staff.ActDisable, func(o *office, t *testing.T, id int64, order staff.Order) error {
		return o.Disable(t.Context(), id, order)
	}},
	{staff.ActEnable, func(o *office, t *testing.T, id int64, order staff.Order) error {
		return o.Enable(t.Context(), id, order)
	}},
	{staff.ActResetSecondFactor, func(o *office, t *testing.T, id int64, order staff.Order) error {
		return o.ResetSecondFactor(t.Context(), id, order)
	}},
	{staff.ActSetPassword, func(o *office, t *testing.T, id int64, order staff.Order) error {
		return o.SetPassword(t.Context(), id, newPassword, order)
	}},
	{staff.ActReassign, func(o *office, t *testing.T, id int64, order staff.Order) error {
		return o.Reassign(t.Context(), id, staff.Job{Role: staff.UnitHead, Unit: "FIN"}, order)
	}},
}

// ready puts an account by hand where an act can be done to it.
func (o *office) ready(t *testing.T, id int64, kind staff.ActKind) {
	t.Helper()
	_, err := pg.Exec(t.Context(), o.db.Owner, `
		UPDATE staff SET totp_sealed = coalesce(totp_sealed, '\x01'), disabled_at = CASE WHEN @disabled THEN coalesce(disabled_at, created_at) END WHERE id = @id`,
		pg.Args{"id": id, "disabled": kind == staff.ActEnable})
	if err != nil {
		t.Fatal(err)
	}
}

// row is an account as it lies in the database.
func (o *office) row(t *testing.T, id int64) string {
	t.Helper()
	row, err := pg.One[string](t.Context(), o.db.Owner, `SELECT p::text FROM staff p WHERE id = @id`, pg.Args{"id": id})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func TestEveryActIsRecordedWithWhoToWhomAndWhy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	boss := o.hire(t, "boss", staff.Sysadmin, "")
	id, password, err := o.AddBy(t.Context(), staff.Account{Login: "zhouning", Name: "周宁", Role: staff.Handler, Unit: "FIN"}, staff.Order{By: boss, Reason: " 新到岗 "})
	if err != nil {
		t.Fatal(err)
	}
	o.login(t, "zhouning", password)
	for _, a := range acts {
		o.ready(t, id, a.kind)
		o.wait(time.Minute)
		if err := a.do(o, t, id, o.order(t, boss, id)); err != nil {
			t.Errorf("%s: %v", a.kind, err)
		}
	}
	o.wait(time.Minute)
	if err := o.SetPassword(t.Context(), id, goodPassword, why); err != nil {
		t.Error(err)
	}
	got, err := o.ActsOn(t.Context(), id, 10)
	if err != nil {
		t.Fatal(err)
	}
	end := o.clock()
	by := func(minutes int, by, login string, kind staff.ActKind, reason string) staff.Act {
		return staff.Act{At: end.Add(-time.Duration(minutes) * time.Minute), By: by, ByLogin: login, StaffID: id, Name: "周宁", Login: "zhouning", Kind: kind, Reason: reason}
	}
	want := []staff.Act{
		by(0, "", "", staff.ActSetPassword, why.Reason), by(1, "周宁", "boss", staff.ActReassign, "本人来窗口，核对了工作证"),
		by(2, "周宁", "boss", staff.ActSetPassword, "本人来窗口，核对了工作证"),
		by(3, "周宁", "boss", staff.ActResetSecondFactor, "本人来窗口，核对了工作证"), by(4, "周宁", "boss", staff.ActEnable, "本人来窗口，核对了工作证"),
		by(5, "周宁", "boss", staff.ActDisable, "本人来窗口，核对了工作证"), by(6, "周宁", "boss", staff.ActAdd, "新到岗"),
	}
	want[1].Change = "承办人（县财政局） → 承办单位负责人（县财政局）"
	for i := range got {
		got[i].ID = 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	all, err := o.Acts(t.Context(), 0, 10)
	if err != nil || len(all) != len(want)+1 || all[7].Login != "boss" || all[7].By != "" || all[7].Reason != "" {
		t.Errorf("in all %d acts, %v: the operator's adding is the oldest, without a reason", len(all), err)
	}
	if older, err := o.Acts(t.Context(), all[5].ID, 10); err != nil || len(older) != 2 {
		t.Errorf("before the fifth are %d, %v", len(older), err)
	}
	for _, a := range all {
		if a.Kind.Label() == "" || a.Kind.Past() == "" {
			t.Errorf("%s has no words", a.Kind)
		}
	}
}

func TestARefusedActLeavesNothingAndSaysWhy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	boss, clerk := o.hire(t, "boss", staff.Sysadmin, ""), o.hire(t, "clerk", staff.Registrar, "")
	gone := o.hire(t, "gone", staff.Sysadmin, "")
	if err := o.Disable(t.Context(), gone, why); err != nil {
		t.Fatal(err)
	}
	id := o.hire(t, "zhouning", staff.Registrar, "")
	with := func(order staff.Order, change func(*staff.Order)) staff.Order {
		change(&order)
		return order
	}
	good := o.order(t, boss, id)
	for _, a := range acts {
		o.ready(t, id, a.kind)
		o.ready(t, boss, a.kind)
		o.ready(t, boss, "")
		for name, c := range map[string]struct {
			id    int64
			order staff.Order
			kind  fault.Kind
		}{
			"no reason":         {id, with(good, func(o *staff.Order) { o.Reason = " \n " }), fault.Invalid},
			"an invisible one":  {id, with(good, func(o *staff.Order) { o.Reason = "\u200b" }), fault.Invalid},
			"a crooked one":     {id, with(good, func(o *staff.Order) { o.Reason = "看\u202e反" }), fault.Invalid},
			"a long one":        {id, with(good, func(o *staff.Order) { o.Reason = strings.Repeat("长", 501) }), fault.Invalid},
			"an old page":       {id, with(good, func(o *staff.Order) { o.Seen-- }), fault.Conflict},
			"no page":           {id, with(good, func(o *staff.Order) { o.Seen = 0 }), fault.Conflict},
			"oneself":           {boss, o.order(t, boss, boss), fault.Forbidden},
			"a registrar":       {id, with(good, func(o *staff.Order) { o.By = clerk }), fault.Expired},
			"who was shut out":  {id, with(good, func(o *staff.Order) { o.By = gone }), fault.Expired},
			"who is nobody":     {id, with(good, func(o *staff.Order) { o.By = 4711 }), fault.Expired},
			"to nobody":         {4711, good, fault.NotFound},
			"operator, no word": {id, staff.Order{}, fault.Invalid},
		} {
			before, n := o.row(t, id)+o.row(t, boss), count(t, o.db, "staff_act")
			err := a.do(o, t, c.id, c.order)
			if wantKind(t, err, c.kind); fault.SentenceOf(err) == "" && len(fault.FieldsOf(err)) == 0 {
				t.Errorf("%s, %s: no sentence", a.kind, name)
			}
			if c.kind == fault.Invalid && (len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "reason") {
				t.Errorf("%s, %s: %v", a.kind, name, fault.FieldsOf(err))
			}
			if o.row(t, id)+o.row(t, boss) != before || count(t, o.db, "staff_act") != n {
				t.Errorf("%s, %s: something was done", a.kind, name)
			}
		}
		if long := with(good, func(o *staff.Order) { o.Reason = strings.Repeat("𠮷", 500) }); a.kind == staff.ActSetPassword {
			if err := a.do(o, t, id, long); err != nil {
				t.Errorf("500 characters: %v", err)
			}
		}
	}
	_, _, err := o.AddBy(t.Context(), staff.Account{Login: "x"}, staff.Order{By: boss})
	var fields []string
	for _, f := range fault.FieldsOf(err) {
		fields = append(fields, f.Name)
	}
	if got := strings.Join(fields, " "); got != "login name role reason" {
		t.Errorf("adding nothing: %q", got)
	}
	_, _, err = o.AddBy(t.Context(), staff.Account{Login: "friend", Name: "朋友", Role: staff.Sysadmin}, staff.Order{By: clerk, Reason: "x"})
	wantKind(t, err, fault.Expired)
}

func TestWhatIsDoneAlreadyIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	wantKind(t, o.Enable(t.Context(), id, why), fault.Conflict)
	wantKind(t, o.ResetSecondFactor(t.Context(), id, why), fault.Conflict)
	if err := o.Disable(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.Disable(t.Context(), id, why), fault.Conflict)
}

func TestTheLastSysadminIsNotShutOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, second := o.hire(t, "first", staff.Sysadmin, ""), o.hire(t, "second", staff.Sysadmin, "")
	o.hire(t, "zhouning", staff.Registrar, "")
	if err := o.Disable(t.Context(), first, why); err != nil {
		t.Fatal(err)
	}
	wantKind(t, o.Disable(t.Context(), second, why), fault.Conflict)
	if err := o.Enable(t.Context(), first, why); err != nil {
		t.Fatal(err)
	}
	if err := o.Disable(t.Context(), second, why); err != nil {
		t.Error(err)
	}
}

// The last who settles whom a complaint is about stays, unless into the other role that does.
func TestTheLastWhoSettlesStays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	admin, last := o.hire(t, "admin", staff.Sysadmin, ""), o.hire(t, "last", staff.Registrar, "")
	wantKind(t, o.Disable(t.Context(), last, o.order(t, admin, last)), fault.Conflict)
	wantKind(t, o.Reassign(t.Context(), last, staff.Job{Role: staff.Auditor}, o.order(t, admin, last)), fault.Conflict)
	if err := o.Reassign(t.Context(), last, staff.Job{Role: staff.Supervisor}, o.order(t, admin, last)); err != nil {
		t.Error(err)
	}
}

// Every role has something that nobody else does.
func TestWhetherARoleIsLeftWithoutAnybodyIsAsked(t *testing.T) {
	t.Parallel()
	for _, role := range staff.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			admin, unit := o.hire(t, "admin", staff.Sysadmin, ""), ""
			if role == staff.Handler || role == staff.UnitHead {
				unit = "FIN"
				o.hire(t, "elsewhere", role, "FIN-PAY") // of another unit: that helps nobody here
			}
			last := o.hire(t, "last", role, unit)
			if role.Settles() { // the last of both is not asked: see below
				o.hire(t, "fellow", map[staff.Role]staff.Role{staff.Registrar: staff.Supervisor, staff.Supervisor: staff.Registrar}[role], unit)
			}
			asked := func(err error) bool {
				t.Helper()
				fields := fault.FieldsOf(err)
				if err != nil && (len(fields) != 1 || fields[0].Name != "sure" || !strings.Contains(fields[0].Sentence, role.Title())) {
					t.Fatalf("%v %v", err, fields)
				}
				return err != nil
			}
			order := func() staff.Order {
				one := o.order(t, admin, last)
				one.Sure = false
				return one
			}
			to := staff.Job{Role: staff.Publisher}
			if role == staff.Publisher {
				to.Role = staff.Auditor
			}
			if role != staff.Sysadmin { // whoever asks is one
				if !asked(o.Disable(t.Context(), last, order())) || !asked(o.Reassign(t.Context(), last, to, order())) {
					t.Error("the last one goes without a word")
				}
				second := o.hire(t, "second", role, unit)
				for _, sql := range []string{`UPDATE staff SET disabled_at = now() WHERE id = $1`, `UPDATE staff SET disabled_at = NULL, password_until = '2020-01-01' WHERE id = $1`} {
					if _, err := o.db.Owner.Exec(t.Context(), sql, second); err != nil {
						t.Fatal(err)
					}
					if !asked(o.Disable(t.Context(), last, order())) {
						t.Errorf("one who cannot log in counts: %s", sql)
					}
				}
				if _, err := o.db.Owner.Exec(t.Context(), `UPDATE staff SET password_until = NULL WHERE id = $1`, second); err != nil {
					t.Fatal(err)
				}
			}
			if asked(o.Disable(t.Context(), last, order())) {
				t.Error("asked although there is another")
			}
			wantKind(t, o.Disable(t.Context(), last, order()), fault.Conflict) // closed: nothing to ask
		})
	}
}

func TestTheQuestionIsAnsweredAndTheOperatorIsNotAsked(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	admin := o.hire(t, "admin", staff.Sysadmin, "")
	last := o.hire(t, "last", staff.Auditor, "")
	if err := o.Disable(t.Context(), last, o.order(t, admin, last)); err != nil {
		t.Error(err)
	}
	if err := o.Enable(t.Context(), last, o.order(t, admin, last)); err != nil {
		t.Error(err)
	}
	if err := o.Disable(t.Context(), last, why); err != nil {
		t.Error(err)
	}
}

// A password is what somebody sees of it.
func TestBlanksAroundAPasswordAreNoPartOfIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	around := []string{"", " ", "\n", "\t", "\u3000", "\u00a0", "\u200b", "\ufeff", "\r\n", " \u2028"}
	for i, set := range around {
		login := fmt.Sprintf("nr%d", i)
		if _, err := o.Add(t.Context(), staff.Account{Login: login, Name: "周宁", Role: staff.Auditor}, set+"一句很长的 话也行"+set); err != nil {
			t.Fatalf("%q: %v", set, err)
		}
		for _, typed := range around {
			if _, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: typed + "一句很长的 话也行" + typed, From: at(home)}); err != nil {
				t.Errorf("set with %q, typed with %q: %v", set, typed, err)
			}
		}
		if _, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: "一句很长的话也行", From: at(netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}))}); err == nil {
			t.Error("a blank inside counts for nothing")
		}
	}
	old, err := argon2id.CreateHash("一句很长的话也行 ", argon2id.DefaultParams) // as it was kept before
	if err == nil {
		_, err = o.db.Owner.Exec(t.Context(), `UPDATE staff SET password_hash = $1 WHERE login = 'nr0'`, old)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Login(t.Context(), staff.Attempt{Login: "nr0", Password: "一句很长的话也行 ", From: at(home)}); err != nil {
		t.Errorf("a password that was set with its blank: %v", err)
	}
	if _, err := o.Add(t.Context(), staff.Account{Login: "short", Name: "周宁", Role: staff.Auditor}, "  七个字的密码啊  "); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("blanks make a short password long: %v", err)
	}
}

func TestTheLastSysadminKeepsTheRole(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "first", staff.Sysadmin, "")
	clerk := o.hire(t, "zhouning", staff.Registrar, "")
	before := o.row(t, id)
	wantKind(t, o.Reassign(t.Context(), id, staff.Job{Role: staff.Leader}, why), fault.Conflict)
	if o.row(t, id) != before {
		t.Error("nobody is left to look after accounts")
	}
	if err := o.Reassign(t.Context(), id, staff.Job{Role: staff.Sysadmin, Unit: "FIN"}, why); err != nil { // another unit takes nothing away
		t.Error(err)
	}
	wantKind(t, o.Reassign(t.Context(), id, staff.Job{Role: staff.Sysadmin, Unit: " FIN "}, why), fault.Conflict) // that already
	if _, err := o.db.Owner.Exec(t.Context(), `
		INSERT INTO unit (code, name, kind, valid_from, valid_to) VALUES ('OLD', '旧局', 'department', '2020-01-01', '2021-01-01')`); err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"OLD", "NOPE"} {
		wantKind(t, o.Reassign(t.Context(), clerk, staff.Job{Role: staff.Handler, Unit: unit}, why), fault.Invalid)
	}
	if err := o.Reassign(t.Context(), clerk, staff.Job{Role: staff.Sysadmin}, why); err != nil {
		t.Fatal(err)
	}
	if err := o.Reassign(t.Context(), id, staff.Job{Role: staff.Leader}, why); err != nil {
		t.Error(err)
	}
}

func TestTwoSysadminsWhoShutEachOtherOutLeaveOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	a, b := o.hire(t, "aaa", staff.Sysadmin, ""), o.hire(t, "bbb", staff.Sysadmin, "")
	for round := range 20 {
		one, two := o.order(t, a, b), o.order(t, b, a)
		if round%2 == 1 { // or the operator, from two windows
			one.By, two.By = 0, 0
		}
		done := make(chan error, 2)
		go func() { done <- o.Disable(t.Context(), b, one) }()
		go func() { done <- o.Disable(t.Context(), a, two) }()
		refused := 0
		for range 2 {
			switch err := <-done; {
			case fault.Is(err, fault.Expired) || fault.Is(err, fault.Conflict):
				refused++
			case err != nil:
				t.Fatal(err)
			}
		}
		left, err := pg.All[int64](t.Context(), o.db.Owner, `SELECT id FROM staff WHERE disabled_at IS NULL`, nil)
		if err != nil || len(left) != 1 || refused != 1 {
			t.Fatalf("round %d: %d are left, %d were refused, %v", round, len(left), refused, err)
		}
		if err := o.Enable(t.Context(), a+b-left[0], why); err != nil {
			t.Fatal(err)
		}
	}
}

func TestActsAreOnlyAdded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	for _, sql := range []string{
		`UPDATE staff_act SET reason = 'x'`, `UPDATE staff_act SET at = at - interval '1 day'`, `DELETE FROM staff_act`, `TRUNCATE staff_act`,
	} {
		if _, err := o.db.Admin.Exec(t.Context(), sql); pg.Code(err) != "42501" {
			t.Errorf("the desk: %s: %v", sql, err)
		}
	}
	for name, pool := range map[string]pg.Queryer{"portal": o.db.Portal, "worker": o.db.Worker} {
		if _, err := pg.All[int64](t.Context(), pool, `SELECT id FROM staff_act`, nil); pg.Code(err) != "42501" {
			t.Errorf("the %s reads acts: %v", name, err)
		}
	}
}

func TestWhatCannotBeRecordedIsNotDone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	secret, _ := o.enrol(t, "zhouning")
	if _, err := o.db.Owner.Exec(t.Context(), `REVOKE INSERT ON staff_act FROM zhengxin_admin`); err != nil {
		t.Fatal(err)
	}
	before := o.row(t, id)
	for _, a := range acts {
		if err := a.do(o, t, id, why); err == nil {
			t.Errorf("%s was done without a record", a.kind)
		}
	}
	if _, err := o.Add(t.Context(), staff.Account{Login: "liyan", Name: "李燕", Role: staff.Leader}, goodPassword); err == nil || count(t, o.db, "staff") != 1 {
		t.Errorf("added without a record, %v", err)
	}
	if o.row(t, id) != before {
		t.Error("the account is another")
	}
	o.session(t, secret)
}

func TestANewPasswordIsGivenOnceAndKeptAsAHash(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	secret, phone := o.enrol(t, "zhouning")
	first, err := o.NewPassword(t.Context(), id, why)
	if err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
	second, err := o.NewPassword(t.Context(), id, why)
	if err != nil || first == second || len(second) != 16 {
		t.Errorf("%d signs, the same again %t, %v", len(second), first == second, err)
	}
	for _, password := range []string{goodPassword, first} {
		_, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: password, From: atHome})
		wantKind(t, err, fault.Invalid)
	}
	o.wait(30 * time.Second)
	_, half := o.login(t, "zhouning", second)
	if _, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome); err != nil {
		t.Errorf("the second factor went with the password: %v", err)
	}
	rows, err := pg.All[string](t.Context(), o.db.Owner, `SELECT p::text FROM staff p UNION ALL SELECT a::text FROM staff_act a`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.Join(rows, "\n"), second) {
		t.Error("the password lies in the database")
	}
}

func TestWhoComesBackHasTheirPasswordAndSecondFactor(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	secret, phone := o.enrol(t, "zhouning")
	if err := o.Disable(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
	if err := o.Enable(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
	o.signIn(t, "zhouning", phone)
}

// TestALoginThatMeetsAChangeOfPasswordIsRefused: the password was right when it
// was compared, and is another when the session would begin.
func TestALoginThatMeetsAChangeOfPasswordIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	change, err := o.db.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := change.Exec(t.Context(), `UPDATE staff SET password_hash = password_hash || ' ' WHERE id = $1`, id); err != nil {
		t.Fatal(err)
	}
	got := make(chan error, 1)
	go func() {
		_, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: goodPassword, From: atHome})
		got <- err
	}()
	for waits := false; !waits; {
		select {
		case err := <-got:
			t.Fatalf("the login did not wait: %v", err)
		case <-time.After(5 * time.Millisecond):
		}
		if waits, err = pg.One[bool](t.Context(), o.db.Owner, `
			SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := change.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantKind(t, <-got, fault.Invalid)
	if n := count(t, o.db, "staff_session"); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

func TestAPersonIsToldForSevenDaysFromTheirNextLogin(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	other := o.hire(t, "liyan", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	told := func(want ...staff.ActKind) {
		t.Helper()
		news, err := o.News(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var got []staff.ActKind
		for _, a := range news {
			got = append(got, a.Kind)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if news, err := o.News(t.Context(), other); err != nil || len(news) != 0 {
			t.Errorf("somebody else is told %v, %v", news, err)
		}
	}
	told()
	if err := o.Reassign(t.Context(), id, staff.Job{Role: staff.Handler, Unit: "FIN"}, why); err != nil {
		t.Fatal(err)
	}
	o.wait(20 * 24 * time.Hour) // on leave
	told(staff.ActReassign)
	o.signIn(t, "zhouning", phone)
	o.wait(3 * 24 * time.Hour)
	if err := o.ResetSecondFactor(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	o.wait(time.Hour)
	told(staff.ActResetSecondFactor, staff.ActReassign)
	o.enrol(t, "zhouning")
	o.wait(4*24*time.Hour - 2*time.Hour)
	told(staff.ActEnrol, staff.ActResetSecondFactor, staff.ActReassign)
	o.wait(2 * time.Hour)
	told(staff.ActEnrol, staff.ActResetSecondFactor)
	o.wait(3 * 24 * time.Hour)
	told()
	if err := o.SetPassword(t.Context(), id, newPassword, why); err != nil {
		t.Fatal(err)
	}
	o.wait(30*24*time.Hour - time.Second)
	told(staff.ActSetPassword)
	o.wait(time.Second)
	told()
}

func TestTheListSaysWhenSomebodyWasLastHere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "half", staff.Registrar, "")
	id := o.hire(t, "zhouning", staff.Handler, "FIN")
	o.login(t, "half", goodPassword)
	secret, _ := o.enrol(t, "zhouning")
	o.wait(5 * time.Minute)
	o.session(t, secret)
	m, err := o.Member(t.Context(), id)
	if err != nil || m.SeenAt == nil || !m.SeenAt.Equal(o.clock()) || m.UnitName != "县财政局" || !m.Enrolled {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err := o.ByLogin(t.Context(), " HALF "); err != nil || m.SeenAt != nil {
		t.Errorf("a password alone is no use of the desk: %+v, %v", m, err)
	}
	_, err = o.ByLogin(t.Context(), "nobody")
	wantKind(t, err, fault.NotFound)
	_, err = o.Member(t.Context(), 4711)
	wantKind(t, err, fault.NotFound)
}
