package staff_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
)

func TestABadAccountIsRefusedFieldByField(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "taken", staff.Registrar, "")
	good := staff.Account{Login: "zhouning", Name: "周宁", Role: staff.Handler, Unit: "FIN"}
	with := func(change func(*staff.Account)) staff.Account {
		a := good
		change(&a)
		return a
	}
	for name, c := range map[string]struct {
		account  staff.Account
		password string
		fields   string
	}{
		"good":            {good, goodPassword, ""},
		"capitals":        {with(func(a *staff.Account) { a.Login = " ZhouNing2 " }), goodPassword, ""},
		"rare name":       {with(func(a *staff.Account) { a.Login, a.Name = "rare", "𠮷喆䶮" }), goodPassword, ""},
		"no unit needed":  {with(func(a *staff.Account) { a.Login, a.Role, a.Unit = "lead", staff.Leader, "" }), goodPassword, ""},
		"128 characters":  {with(func(a *staff.Account) { a.Login = "long" }), strings.Repeat("渠水", 64), ""},
		"short login":     {with(func(a *staff.Account) { a.Login = "z" }), goodPassword, "login"},
		"Chinese login":   {with(func(a *staff.Account) { a.Login = "周宁" }), goodPassword, "login"},
		"taken":           {with(func(a *staff.Account) { a.Login = "TAKEN" }), goodPassword, "login"},
		"no name":         {with(func(a *staff.Account) { a.Name = "　" }), goodPassword, "name"},
		"crooked name":    {with(func(a *staff.Account) { a.Name = "周\u202e宁" }), goodPassword, "name"},
		"long name":       {with(func(a *staff.Account) { a.Name = strings.Repeat("宁", 51) }), goodPassword, "name"},
		"no such role":    {with(func(a *staff.Account) { a.Role = "complainant" }), goodPassword, "role"},
		"unit missing":    {with(func(a *staff.Account) { a.Unit = "" }), goodPassword, "unit"},
		"no such unit":    {with(func(a *staff.Account) { a.Login, a.Unit = "lost", "NOPE" }), goodPassword, "unit"},
		"seven":           {good, "老槐树开花了呀", "password"},
		"129 characters":  {good, strings.Repeat("a1b", 43), "password"},
		"common":          {good, "Password123", "password"},
		"common, Chinese": {good, "woaini1314", "password"},
		"common, wide":    {good, "ｑｗｅｒｔｙ１２３", "password"},
		"one sign":        {good, "槐槐槐槐槐槐槐槐槐", "password"},
		"the login":       {good, "ZHOUNING", "password"},
		"everything":      {staff.Account{}, "", "login name role password"},
	} {
		if name == "seven" && len([]rune(c.password)) != 7 {
			t.Fatal("count again")
		}
		_, err := o.Add(t.Context(), c.account, c.password)
		var got []string
		for _, f := range fault.FieldsOf(err) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.fields || (err == nil) != (c.fields == "") {
			t.Errorf("%s: fields %q, %v", name, got, err)
		}
	}
}

func TestAPersonChangesTheirPasswordWithTheOldOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Registrar, "")
	secret, _ := o.enrol(t, "zhouning")
	p, _, err := o.Current(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	for want, typed := range map[string][2]string{
		"old_password": {"不是这个密码吧", newPassword},
		"new_password": {goodPassword, "12345678"},
	} {
		err := o.ChangePassword(t.Context(), p, atHome, typed[0], typed[1])
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	wantKind(t, o.ChangePassword(t.Context(), p, atHome, goodPassword, goodPassword), fault.Invalid)
	o.session(t, secret)
	if err := o.ChangePassword(t.Context(), p, atHome, goodPassword, newPassword); err != nil {
		t.Fatal(err)
	}
	wantGone(t, o, secret)
	_, err = o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: goodPassword, From: atHome})
	wantKind(t, err, fault.Invalid)
	o.login(t, "zhouning", newPassword)
}

func TestNobodyIsNotChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, err := range []error{
		o.SetPassword(t.Context(), 4711, newPassword, why), o.Disable(t.Context(), 4711, why), o.Enable(t.Context(), 4711, why),
		o.Reassign(t.Context(), 4711, staff.Job{Role: staff.Leader}, why), o.ResetSecondFactor(t.Context(), 4711, why),
	} {
		wantKind(t, err, fault.NotFound)
	}
	id := o.hire(t, "zhouning", staff.Registrar, "")
	for _, err := range []error{
		o.Reassign(t.Context(), id, staff.Job{Role: "king"}, why), o.Reassign(t.Context(), id, staff.Job{Role: staff.Handler}, why), o.Reassign(t.Context(), id, staff.Job{Role: staff.Handler, Unit: "NOPE"}, why),
	} {
		wantKind(t, err, fault.Invalid)
	}
}

func TestTheListShowsThoseWhoLeftLast(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	left := o.hire(t, "aaa", staff.Registrar, "")
	o.hire(t, "leader", staff.Leader, "")
	o.hire(t, "clerk", staff.Handler, "FIN")
	o.enrol(t, "clerk")
	if err := o.Disable(t.Context(), left, why); err != nil {
		t.Fatal(err)
	}
	list, err := o.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	type short struct {
		Login, Unit    string
		Enrolled, Left bool
	}
	var got []short
	for _, m := range list {
		got = append(got, short{m.Login, m.UnitName, m.Enrolled, m.DisabledAt != nil})
	}
	want := []short{{"clerk", "县财政局", true, false}, {"leader", "", false, false}, {"aaa", "", false, true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheLogKnowsOnlyNumbersAndEvents(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var log bytes.Buffer
	o.Log = slog.New(slog.NewJSONHandler(&log, nil))
	id := o.hire(t, "zhouning", staff.Registrar, "")
	_, phone := o.enrol(t, "zhouning")
	o.signIn(t, "zhouning", phone)
	_, _ = o.Login(t.Context(), staff.Attempt{Login: "zhouning", Password: "不是这个密码吧", From: atHome})
	if err := o.Disable(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"zhouning", "周宁", "10.1.2.3", goodPassword, phone, "Edge", "不是这个密码吧"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("the log holds %q", private)
		}
	}
	for _, event := range []string{"account added", "second factor enrolled", "signed in", "login refused", "account disabled"} {
		if !strings.Contains(log.String(), event) {
			t.Errorf("the log lacks %q", event)
		}
	}
}

func TestALoginWaitsForItsTurnOnlyAsLongAsItsRequest(t *testing.T) {
	t.Parallel()
	h, err := staff.NewQuickHashing()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	staff.Fill(h)
	if _, err := h.Hash(ctx, goodPassword); err == nil {
		t.Error("hashed beyond the limit")
	}
}

func TestProductionHashesAreStrongAndRight(t *testing.T) {
	t.Parallel()
	h, err := staff.NewHashing()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.Hash(t.Context(), goodPassword)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", hash, err)
	}
	for password, want := range map[string]bool{goodPassword: true, newPassword: false, "": false} {
		if ok, err := staff.Compare(h, password, hash); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
	if ok, err := staff.Compare(h, "nobody", ""); ok || err != nil {
		t.Errorf("a stranger: %v, %v", ok, err)
	}
	if !staff.SameCost(h, hash) {
		t.Error("the time that a login takes tells whether the account exists")
	}
}
