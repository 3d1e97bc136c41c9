package staff_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// opens says whether a password is taken at the door, and whether what is said
// of it is what is said of a wrong one.
func (o *office) opens(t *testing.T, login, password string) bool {
	t.Helper()
	_, err := o.Login(t.Context(), staff.Attempt{Login: login, Password: password, From: at(home)})
	_, wrong := o.Login(t.Context(), staff.Attempt{Login: login, Password: "不是这一句话", From: at(home)})
	if err != nil && (!fault.Is(err, fault.Invalid) || err.Error() != wrong.Error() || !cmp.Equal(fault.FieldsOf(err), fault.FieldsOf(wrong))) {
		t.Errorf("an old password is told from a wrong one: %v, %v", err, wrong)
	}
	return err == nil
}

func TestAFirstPasswordOpensNothingAfterThreeDays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
	o.hire(t, "linlan", staff.Handler, "FIN-PAY")
	_, phone := o.enrol(t, "linlan")
	o.wait(staff.PasswordLife - time.Second)
	if !o.opens(t, "zhouning", goodPassword) {
		t.Error("it does not last three days")
	}
	o.wait(time.Second)
	if o.opens(t, "zhouning", goodPassword) {
		t.Error("it opens after three days")
	}
	m, err := o.ByLogin(t.Context(), "zhouning")
	if err != nil || m.Unused == nil || m.Unused.After(o.clock()) {
		t.Errorf("the sysadmin reads %v, %v", m.Unused, err)
	}
	o.wait(300 * 24 * time.Hour)
	o.signIn(t, "linlan", phone) // was used in time, and lasts
}

func TestAPasswordSetAgainAndAResetEndAfterThreeDays(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*office, int64, staff.Order) (string, error){
		"a new password": func(o *office, id int64, order staff.Order) (string, error) {
			return o.NewPassword(t.Context(), id, order)
		},
		"the second factor reset": func(o *office, id int64, order staff.Order) (string, error) {
			return goodPassword, o.ResetSecondFactor(t.Context(), id, order)
		},
	} {
		o := newOffice(t)
		id := o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
		o.enrol(t, "zhouning")
		password, err := act(o, id, staff.Order{Reason: "手机丢了"})
		if err != nil {
			t.Fatal(err)
		}
		if !o.opens(t, "zhouning", password) {
			t.Errorf("%s does not open", name)
		}
		o.wait(staff.PasswordLife)
		if o.opens(t, "zhouning", password) {
			t.Errorf("%s opens after three days", name)
		}
	}
}

func TestBindingASecondFactorIsAnAct(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
	o.enrol(t, "zhouning")
	acts, err := o.ActsOn(t.Context(), id, 10)
	if err != nil || len(acts) != 2 || acts[0].Kind != staff.ActEnrol || acts[0].ByLogin != "zhouning" || !acts[0].At.Equal(o.clock()) {
		t.Errorf("the auditor reads %+v, %v", acts, err)
	}
	if news, err := o.News(t.Context(), id); err != nil || len(news) != 0 {
		t.Errorf("told of the telephone that they just bound: %+v, %v", news, err)
	}
	o.wait(time.Hour)
	if err := o.ResetSecondFactor(t.Context(), id, staff.Order{Reason: "手机丢了"}); err != nil {
		t.Fatal(err)
	}
	o.enrol(t, "zhouning")
	news, err := o.News(t.Context(), id)
	if err != nil || len(news) != 2 || news[0].Kind != staff.ActEnrol {
		t.Errorf("the person is told %+v, %v", news, err)
	}
}

// A machine's clock ran a year ahead for an hour and was set right.
func TestAClockSetForwardAndBackLocksNobodyOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
	o.hire(t, "linlan", staff.Handler, "FIN-PAY")
	_, phone := o.enrol(t, "zhouning")
	const ahead = 365 * 24 * time.Hour
	o.wait(ahead)
	o.signIn(t, "zhouning", phone)
	for range 20 {
		_ = o.try(t, "linlan", "不是这一句话", at(home))
	}
	o.wait(-ahead + time.Hour)
	o.signIn(t, "zhouning", phone)
	if err := o.try(t, "linlan", goodPassword, at(home)); err != nil {
		t.Errorf("guesses of next year keep the door shut: %v", err)
	}
	// The code that was just used is used, whatever was before.
	_, half := o.login(t, "zhouning", goodPassword)
	if _, err := o.SecondFactor(t.Context(), half, o.code(t, phone), atHome); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code works twice: %v", err)
	}
	step, err := pg.One[int64](t.Context(), o.db.Owner, `SELECT totp_step FROM staff WHERE login = 'zhouning'`, nil)
	if err != nil || step > o.clock().Unix()/30+1 {
		t.Errorf("the last step used is %d, %v", step, err)
	}
}
