package staff_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

const badPassword = "不是这个密码吧"

// settle lets a person log in on a new browser at an address, to the end.
func (o *office) settle(t *testing.T, login, phone string, from staff.Browser) staff.Browser {
	t.Helper()
	o.wait(30 * time.Second)
	secret, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: goodPassword, From: from})
	if err != nil {
		t.Fatal(err)
	}
	entry, err := o.SecondFactor(t.Context(), o.session(t, secret), o.code(t, phone), from)
	if err != nil {
		t.Fatal(err)
	}
	from.Device = &entry.Device
	return from
}

// try is a login as far as the password.
func (o *office) try(t *testing.T, login, password string, from staff.Browser) error {
	t.Helper()
	_, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: password, From: from})
	return err
}

// program guesses as programs do: at logins that nobody has.
func (o *office) program(t *testing.T, guesses int, from staff.Browser) (looked int, last error) {
	t.Helper()
	for i := range guesses {
		last = o.try(t, "admin"+strconv.Itoa(i), badPassword, from)
		if fault.Is(last, fault.Invalid) {
			looked++
		}
	}
	return looked, last
}

func TestAKnownBrowserIsNeverHeldUpByStrangers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	mine := o.settle(t, "zhouning", phone, atHome)

	// Behind the same address and from many others, at this login and at all,
	// and one of them has the password.
	for _, from := range []netip.Addr{home, netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.10"), netip.MustParseAddr("2001:db8::1")} {
		o.program(t, 20, at(from))
		for range 10 {
			_ = o.try(t, "zhouning", badPassword, at(from))
		}
		wantKind(t, o.try(t, "zhouning", goodPassword, at(from)), fault.TooMany)
	}
	thief := at(netip.MustParseAddr("203.0.113.66"))
	var stuck error
	for range 3 {
		secret, err := o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: goodPassword, From: thief})
		if err != nil {
			t.Fatal(err)
		}
		half := o.session(t, secret)
		for range 4 {
			_, stuck = o.SecondFactor(t.Context(), half, "000000", thief)
		}
	}
	wantKind(t, stuck, fault.TooMany)
	staff.Fill(o.Hashing) // and so many strangers at the hash that their turn never comes
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := o.Login(short, staff.Attempt{Login: "zhouning", Password: goodPassword, From: at(netip.MustParseAddr("203.0.113.99"))}); err == nil {
		t.Error("the lane of strangers was not full: nothing was tested")
	}

	mine = o.settle(t, "zhouning", phone, mine)
	p := staff.Person{ID: id, Login: "zhouning"}
	if err := o.ChangePassword(t.Context(), p, mine, badPassword, newPassword); !fault.Is(err, fault.Invalid) {
		t.Errorf("the old password, mistyped: %v", err)
	}
}

func TestADeviceOpensNothingAndNamesNobody(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	o.hire(t, "liyan", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	elsewhere := netip.MustParseAddr("203.0.113.9")
	mine := o.settle(t, "zhouning", phone, at(elsewhere))
	wantGone(t, o, *mine.Device)

	rows, err := pg.All[[]byte](t.Context(), o.db.Owner, `SELECT token_hash || place FROM staff_device`, nil)
	if err != nil || len(rows) != 2 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows {
		if len(row) != 64 || bytes.Contains(row, []byte(mine.Device.Cookie())) {
			t.Errorf("the table keeps %d bytes", len(row))
		}
	}

	// Whoever steals it guesses five times a window, and makes only itself wait.
	for range 5 {
		wantKind(t, o.try(t, "zhouning", badPassword, mine), fault.Invalid)
	}
	wantKind(t, o.try(t, "zhouning", goodPassword, mine), fault.TooMany)
	if err := o.try(t, "zhouning", goodPassword, at(elsewhere)); err != nil {
		t.Errorf("another browser at the same address: %v", err)
	}
	// At another login it is a stranger.
	for range 5 {
		wantKind(t, o.try(t, "liyan", badPassword, mine), fault.Invalid)
	}
	wantKind(t, o.try(t, "liyan", goodPassword, at(elsewhere)), fault.TooMany)

	o.wait(15 * time.Minute)
	old := mine
	mine = o.settle(t, "zhouning", phone, mine)
	if mine.Device.Cookie() == old.Device.Cookie() {
		t.Error("the secret was not changed")
	}
	o.program(t, 20, at(elsewhere))
	for range 5 {
		_ = o.try(t, "zhouning", badPassword, at(elsewhere))
	}
	wantKind(t, o.try(t, "zhouning", goodPassword, old), fault.TooMany)
	if err := o.try(t, "zhouning", goodPassword, mine); err != nil {
		t.Errorf("the newest secret: %v", err)
	}
	if err := o.try(t, "zhouning", goodPassword, staff.Browser{Address: netip.MustParseAddr("10.9.9.9"), Device: mine.Device}); err != nil {
		t.Errorf("the same browser in another network: %v", err)
	}
}

func TestASharedComputerKnowsEverybodyWhoLoggedInOnIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	phones := map[string]string{}
	window := atHome
	for range 2 {
		for _, login := range []string{"zhouning", "liyan", "suxiaohe"} {
			if phones[login] == "" {
				o.hire(t, login, staff.Registrar, "")
				_, phones[login] = o.enrol(t, login)
			}
			window = o.settle(t, login, phones[login], window)
		}
	}
	if n := count(t, o.db, "staff_device"); n != 6 { // three of enrolling on other browsers
		t.Errorf("%d rows", n)
	}
	o.program(t, 20, atHome)
	for login := range phones {
		for range 5 {
			_ = o.try(t, login, badPassword, atHome)
		}
		if err := o.try(t, login, goodPassword, window); err != nil {
			t.Errorf("%s: %v", login, err)
		}
	}
}

func TestANewBrowserBehindAGuessedAtAddressIsStillLookedAt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	o.hire(t, "liyan", staff.Registrar, "")
	_, _ = o.enrol(t, "zhouning")
	looked, refusal := o.program(t, 40, atHome)
	if looked != 9 {
		t.Errorf("%d guesses of a program were looked at", looked)
	}
	wantKind(t, o.try(t, "liyan", goodPassword, atHome), fault.TooMany) // was never here
	for range 20 {                                                      // right ones use nothing up
		if err := o.try(t, "zhouning", goodPassword, atHome); err != nil {
			t.Fatalf("who works here, on a new browser: %v", err)
		}
	}
	for range 3 {
		err := o.try(t, "zhouning", badPassword, atHome)
		if fault.SentenceOf(err) != fault.SentenceOf(refusal) || fault.AfterOf(err) != fault.AfterOf(refusal) {
			t.Errorf("a wrong password tells that zhouning works here: %v, not %v", err, refusal)
		}
	}
	wantKind(t, o.try(t, "zhouning", goodPassword, atHome), fault.TooMany)
	o.wait(15 * time.Minute)
	if err := o.try(t, "zhouning", goodPassword, atHome); err != nil {
		t.Errorf("after a quarter of an hour: %v", err)
	}
}

// Whatever an attacker without a device does, one address has at most twelve
// looks at passwords in a window, and five at one login.
func TestNoAddressHasMoreGuessesThanTwelve(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	addresses := []netip.Addr{home, netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.10")}
	var logins []string
	for i := range 6 {
		login := fmt.Sprintf("person%d", i)
		o.hire(t, login, staff.Registrar, "")
		_, phone := o.enrol(t, login)
		for _, from := range addresses[:2] {
			o.settle(t, login, phone, at(from)) // at the third nobody ever logged in
		}
		logins = append(logins, login, "nobody"+strconv.Itoa(i))
	}
	o.wait(15 * time.Minute)
	if _, err := o.db.Owner.Exec(t.Context(), `DELETE FROM login_attempt`); err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		from := at(addresses[dice.IntN(len(addresses))])
		if dice.IntN(3) == 0 { // a device of one's own making
			made, err := key.NewSecret(o.Random)
			if err != nil {
				t.Fatal(err)
			}
			from.Device = &made
		}
		if err := o.try(t, logins[dice.IntN(len(logins))], badPassword, from); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooMany) {
			t.Fatal(err)
		}
	}
	for i, from := range addresses {
		total := 0
		for _, login := range logins {
			n := o.tries(t, "pair", login, from.String())
			if total += n; n > 5 {
				t.Errorf("%d guesses at one login from one address", n)
			}
		}
		if want := map[bool]int{true: 12, false: 9}[i < 2]; total != want {
			t.Errorf("%d guesses from address %d, want %d", total, i, want)
		}
	}
}

// tries is what stands on a counter.
func (o *office) tries(t *testing.T, parts ...string) int {
	t.Helper()
	n, err := pg.One[int](t.Context(), o.db.Owner, `SELECT coalesce(sum(tries), 0)::int FROM login_attempt WHERE key = @key`,
		pg.Args{"key": staff.AttemptKey(o.Register, parts...)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAColleaguesOwnLoginBeginsNoNewCountAtAnothersPassword(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	phones, window := map[string]string{}, atHome
	for _, login := range []string{"zhouning", "liyan"} {
		o.hire(t, login, staff.Registrar, "")
		_, phones[login] = o.enrol(t, login)
		window = o.settle(t, login, phones[login], window)
	}
	looked := 0
	for range 4 {
		for range 6 {
			if fault.Is(o.try(t, "zhouning", badPassword, window), fault.Invalid) {
				looked++
			}
		}
		window = o.settle(t, "liyan", phones["liyan"], window) // which changes the browser's secret
	}
	if looked != 5 {
		t.Errorf("%d guesses at a colleague's password were looked at in two minutes", looked)
	}
}

func TestABrowserThatNobodyUsesIsForgotten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	mine := o.settle(t, "zhouning", phone, atHome)
	worker := o.beside(o.db.Worker)
	o.wait(staff.DeviceLife - time.Minute)
	if err := worker.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, o.db, "staff_device"); n != 2 { // the one that enrolled, too
		t.Errorf("%d browsers are left before the time", n)
	}
	o.wait(time.Minute)
	for range 5 {
		_ = o.try(t, "zhouning", badPassword, atHome)
	}
	wantKind(t, o.try(t, "zhouning", goodPassword, mine), fault.TooMany) // swept or not
	if err := worker.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, o.db, "staff_device"); n != 0 {
		t.Errorf("%d browsers are left", n)
	}
}
