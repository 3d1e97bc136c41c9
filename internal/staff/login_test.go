package staff_test

import (
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

func TestAPersonEnrolsOnceAndThenLogsInWithBothFactors(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
	first, phone := o.enrol(t, "ZhouNing ")
	p, s, err := o.Current(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if s.Half || !s.Enrolled || p.ID != id || p.Role != staff.Handler || p.Unit != "FIN-PAY" || s.Device != "Windows 上的 Edge" {
		t.Errorf("got %+v, %+v", p, s)
	}
	if strings.Join(p.Bars, " ") != "FIN-PAY FIN" && strings.Join(p.Bars, " ") != "FIN FIN-PAY" {
		t.Errorf("bars %q", p.Bars)
	}
	second := o.signIn(t, "zhouning", phone)
	if o.session(t, second).ID == s.ID {
		t.Error("two logins share a session")
	}
	if got := o.session(t, first).ID; got != s.ID {
		t.Error("the first browser was signed out by the second")
	}
}

func TestTheSecretChangesAtEveryStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	half, s := o.login(t, "zhouning", goodPassword)
	e, err := o.Enrolment(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := o.Enrol(t.Context(), s, o.code(t, e.Secret), atHome)
	if err != nil {
		t.Fatal(err)
	}
	whole := entry.Session
	wantGone(t, o, half)
	next, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: goodPassword, From: at(home), Before: &whole})
	if err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, whole)
	if !o.session(t, next).Half {
		t.Error("a password alone opened a whole session")
	}
}

func TestACodeWorksOnceHoweverManyBringIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	for range 5 {
		o.wait(15 * time.Minute)
		var halves []staff.Session
		for range 4 {
			_, s := o.login(t, "zhouning", goodPassword)
			halves = append(halves, s)
		}
		code := o.code(t, phone)
		var opened atomic.Int32
		var all sync.WaitGroup
		for _, s := range halves {
			all.Go(func() {
				if _, err := o.SecondFactor(t.Context(), s, code, atHome); err == nil {
					opened.Add(1)
				}
			})
		}
		all.Wait()
		if opened.Load() != 1 {
			t.Fatalf("one code opened %d sessions", opened.Load())
		}
	}
}

func TestAnUsedCodeAndAnEarlierOneAreRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	used := o.code(t, phone)
	_, half := o.login(t, "zhouning", goodPassword)
	_, err := o.SecondFactor(t.Context(), half, used, atHome)
	wantKind(t, err, fault.Invalid)
	if !strings.Contains(fault.FieldsOf(err)[0].Sentence, "已经用过") {
		t.Errorf("said %+v", fault.FieldsOf(err))
	}
	o.wait(30 * time.Second)
	if _, err = o.SecondFactor(t.Context(), half, used, atHome); err == nil {
		t.Error("the used code worked half a minute later")
	}
	if _, err = o.SecondFactor(t.Context(), half, " "+o.code(t, phone)[:3]+"　"+o.code(t, phone)[3:], atHome); err != nil {
		t.Errorf("the next code, typed with spaces: %v", err)
	}
}

func TestCodesAreAcceptedOneStepEitherWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	for _, c := range []struct {
		late time.Duration
		ok   bool
	}{{-60 * time.Second, false}, {-30 * time.Second, true}, {30 * time.Second, true}, {60 * time.Second, false}} {
		o.wait(15 * time.Minute)
		_, half := o.login(t, "zhouning", goodPassword)
		code := o.code(t, phone)
		o.wait(c.late)
		if _, err := o.SecondFactor(t.Context(), half, code, atHome); (err == nil) != c.ok {
			t.Errorf("%v late: %v", c.late, err)
		}
		o.wait(-c.late)
	}
}

func TestFiveWrongCodesEndTheHalfSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	o.wait(time.Minute)
	secret, half := o.login(t, "zhouning", goodPassword)
	for range 3 {
		_, err := o.SecondFactor(t.Context(), half, "12345", atHome)
		wantKind(t, err, fault.Invalid) // no code at all is no guess
	}
	wrong := "000000"
	if o.code(t, phone) == wrong {
		wrong = "000001"
	}
	for i := range 5 {
		_, err := o.SecondFactor(t.Context(), half, wrong, atHome)
		if i < 4 {
			wantKind(t, err, fault.Invalid)
		} else {
			wantKind(t, err, fault.Expired)
		}
	}
	wantGone(t, o, secret)
	if _, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome); err == nil {
		t.Error("the right code worked after the end")
	}
	for range 4 {
		_, half := o.login(t, "zhouning", goodPassword)
		_, err := o.SecondFactor(t.Context(), half, wrong, atHome)
		wantKind(t, err, fault.Invalid)
	}
	_, half = o.login(t, "zhouning", goodPassword)
	_, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome)
	wantKind(t, err, fault.TooMany) // new half sessions are no new guesses
	o.wait(15 * time.Minute)
	o.signIn(t, "zhouning", phone)
}

func TestTwoTelephonesCannotBothBeEnrolled(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, one := o.login(t, "zhouning", goodPassword)
	_, two := o.login(t, "zhouning", goodPassword)
	codes := map[int64]string{}
	for _, s := range []staff.Session{one, two} {
		e, err := o.Enrolment(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		codes[s.ID] = o.code(t, e.Secret)
	}
	var enrolled atomic.Int32
	var all sync.WaitGroup
	for _, s := range []staff.Session{one, two} {
		all.Go(func() {
			if _, err := o.Enrol(t.Context(), s, codes[s.ID], atHome); err == nil {
				enrolled.Add(1)
			}
		})
	}
	all.Wait()
	if enrolled.Load() != 1 {
		t.Errorf("%d telephones were enrolled", enrolled.Load())
	}
}

func TestTheSecondFactorIsSealedAtItsPerson(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	mine, other := o.hire(t, "zhouning", staff.Registrar, ""), o.hire(t, "liyan", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	if _, err := o.db.Owner.Exec(t.Context(), `UPDATE staff SET totp_sealed = (SELECT totp_sealed FROM staff WHERE id = $1) WHERE id = $2`, mine, other); err != nil {
		t.Fatal(err)
	}
	_, half := o.login(t, "liyan", goodPassword)
	if _, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome); err == nil {
		t.Error("a secret that was copied to another row opened")
	}
}

func TestAResetSecondFactorIsEnrolledAnew(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	secret, lost := o.enrol(t, "zhouning")
	if err := o.ResetSecondFactor(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
	if _, found := o.enrol(t, "zhouning"); found == lost {
		t.Error("the lost secret came back")
	}
}

func TestWrongLoginAndWrongPasswordAreOneSentence(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	left := o.hire(t, "liyan", staff.Registrar, "")
	if err := o.Disable(t.Context(), left, why); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, a := range []staff.Attempt{{Login: "zhouning", Password: "错的错的错的错的"}, {Login: "nobody", Password: goodPassword}, {Login: "liyan", Password: goodPassword}, {Login: "' OR 1=1", Password: ""}} {
		a.From = atHome
		_, err := o.Login(t.Context(), a)
		wantKind(t, err, fault.Invalid)
		said = append(said, fault.FieldsOf(err)[0].Name+fault.FieldsOf(err)[0].Sentence)
	}
	for _, s := range said {
		if s != said[0] {
			t.Errorf("%q and %q differ", s, said[0])
		}
	}
}

func TestAGuesserIsSlowedAndNobodyElseIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	enemy := netip.MustParseAddr("203.0.113.9")
	guess := func(password string, from netip.Addr) error {
		_, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: password, From: at(from)})
		return err
	}
	for range 5 {
		wantKind(t, guess("不是这个密码吧", enemy), fault.Invalid)
	}
	for range 50 {
		wantKind(t, guess(goodPassword, enemy), fault.TooMany)
	}
	if err := guess(goodPassword, home); err != nil {
		t.Errorf("the person at another address: %v", err)
	}
	o.wait(14 * time.Minute)
	wantKind(t, guess(goodPassword, enemy), fault.TooMany)
	o.wait(time.Minute)
	if err := guess(goodPassword, enemy); err != nil {
		t.Errorf("after a quarter of an hour: %v", err)
	}
	neighbour := func(n byte) netip.Addr {
		return netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 15: n})
	}
	for n := range byte(5) {
		wantKind(t, guess("不是这个密码吧", neighbour(n)), fault.Invalid)
	}
	wantKind(t, guess("不是这个密码吧", neighbour(99)), fault.TooMany) // one subscriber's /64
}

func TestAThousandGuessesAreMostlyNotLookedAt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	var looked atomic.Int32
	var all sync.WaitGroup
	for a := range 50 {
		all.Go(func() {
			from := netip.AddrFrom4([4]byte{198, 51, 100, byte(a)})
			for i := range 20 {
				_, err := o.Login(t.Context(), staff.Attempt{Login: "person" + string(rune('a'+(a+i)%20)), Password: "猜一个密码试试看", From: at(from)})
				if fault.Is(err, fault.Invalid) {
					looked.Add(1)
				}
			}
		})
	}
	all.Wait()
	if looked.Load() != 50*9 {
		t.Errorf("%d guesses were looked at", looked.Load())
	}
	if _, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: goodPassword, From: at(home)}); err != nil {
		t.Errorf("the named official: %v", err)
	}
	rows, err := pg.All[[]byte](t.Context(), o.db.Owner, `SELECT key FROM login_attempt`, nil)
	if err != nil || len(rows) == 0 {
		t.Fatal(len(rows), err)
	}
	for _, k := range rows {
		if len(k) != 32 {
			t.Errorf("a key of %d bytes", len(k))
		}
	}
}

func TestManyGuessesAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	var looked atomic.Int32
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			_, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: "不是这个密码吧", From: at(home)})
			if fault.Is(err, fault.Invalid) {
				looked.Add(1)
			}
		})
	}
	all.Wait()
	if looked.Load() != 5 {
		t.Errorf("%d of 30 guesses at once were looked at", looked.Load())
	}
}

func TestAnOfficeThatLogsInAtOnceIsNoGuesser(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	o.hire(t, "liyan", staff.Registrar, "")
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			login := []string{"zhouning", "liyan"}[i%2]
			if _, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: goodPassword, From: at(home)}); err != nil {
				t.Errorf("%s: %v", login, err)
			}
		})
	}
	all.Wait()
}
