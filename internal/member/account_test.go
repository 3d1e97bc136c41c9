package member_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

const mailbox = "chenhe@example.invalid"

func TestWhoMayBeAdmitted(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `INSERT INTO member (kind, name, congress_session, credential_number, valid_from, valid_to) VALUES
		('npc_deputy', '周退', '第十五届', 'RD-105', '2020-01-01', '2026-03-01'), ('npc_deputy', '孙新', '第十七届', 'RD-205', '2026-03-03', NULL)`, nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who  string
		kind member.ActKind
		is   fault.Kind
		says string
	}{
		"whose term has ended":     {"周退", member.Admit, fault.Forbidden, "不在任期里"},
		"whose term is to come":    {"孙新", member.Admit, fault.Forbidden, "不在任期里"},
		"of a doubtful press card": {"高原", member.Admit, fault.Invalid, "请确认"},
		"nothing to close":         {"李山", member.Close, fault.Conflict, "没有开通"},
		"no code to be changed":    {"李山", member.NewCode, fault.Conflict, "没有开通"},
		"no mailbox to be changed": {"李山", member.Mailbox, fault.Conflict, "没有开通"},
	} {
		code, err := a.Try(t, c.who, c.kind, mailbox)
		if code != "" || !fault.Is(err, c.is) || !strings.Contains(fault.SentenceOf(err), c.says) {
			t.Errorf("%s: %q %v", name, code, err)
		}
	}
	a.Does(t, "陈河", member.Admit, mailbox)
	if _, err := a.Try(t, "陈河", member.Admit, mailbox); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
	if _, err := a.Try(t, "李山", member.Admit, "CHENHE@example.invalid"); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("the mailbox of another: %v", err)
	}
	// Closed and admitted again, with another code and a history.
	a.Does(t, "陈河", member.Close, "")
	a.Does(t, "陈河", member.Admit, mailbox)
	acts, err := a.Accounts.Acts(t.Context(), a.ID(t, "陈河"))
	if err != nil || len(acts) != 3 || acts[0].Kind != member.Admit || acts[1].Kind != member.Close {
		t.Errorf("%+v %v", acts, err)
	}
}

// A mailbox is sealed to its own account: moved to another row, it opens no more.
func TestAMailboxIsSealedToItsAccount(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	a.Does(t, "陈河", member.Admit, mailbox)
	id := a.ID(t, "陈河")
	sealed, err := pg.One[[]byte](t.Context(), o.DB.Owner, `SELECT mailbox FROM member_account`, nil)
	if err != nil || strings.Contains(string(sealed), "example") {
		t.Fatal(err)
	}
	if got, err := member.OpenMailbox(o.Keys.Office, id, sealed); err != nil || got != mailbox {
		t.Errorf("%q %v", got, err)
	}
	if got, err := member.OpenMailbox(o.Keys.Office, id+1, sealed); err == nil {
		t.Errorf("elsewhere it opens as %q", got)
	}
}

func TestAnAccountEndsWithItsTerm(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	a.Does(t, "陈河", member.Admit, mailbox)
	r := &member.Roster{Pool: o.DB.Admin, Now: o.Now}
	terms, err := r.Terms(t.Context())
	if err != nil || len(terms) != 2 || terms[1].Name() != "第十六届人大代表" {
		t.Fatalf("%+v %v", terms, err)
	}
	if n, err := r.RunOut(t.Context(), 0, terms[1], member.End{Until: clock.On(o.Now())}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := r.RunOut(t.Context(), 0, terms[1], member.End{Until: clock.On(o.Now())}); !fault.Is(err, fault.Conflict) {
		t.Errorf("as it stood before: %v", err)
	}
	for days, open := range []bool{true, false} {
		all, err := a.Accounts.List(t.Context())
		if err != nil || len(all) != 4 {
			t.Fatal(len(all), err)
		}
		for _, e := range all {
			if e.Name == "陈河" && e.Open(clock.On(o.Now())) != open {
				t.Errorf("after %d days it is open: %t", days, !open)
			}
		}
		o.Wait(24 * time.Hour)
	}
	// Who is elected again has another row of the roster, and the same mailbox.
	if _, err := r.Add(t.Context(), 0, member.Typed{Kind: "代表", Name: "陈河", Session: "17", Credential: "RD-301"}, false); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	a.Does(t, "陈河", member.Admit, mailbox)
}

// Who comes in while the desk changes the code comes in before it, and is out with it.
func TestNobodySlipsInWhileTheCodeIsChanged(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	code := a.Does(t, "陈河", member.Admit, mailbox)
	door := &member.Door{Pool: o.DB.Portal, Codes: o.Keys.Portal.Codes(), Random: rand.Reader}
	if err := door.Ask(t.Context(), mailbox); err != nil {
		t.Fatal(err)
	}
	link, ok := key.ParseSecret(strings.TrimPrefix(a.Link(t), "/member/login/"))
	if !ok {
		t.Fatal("no letter")
	}
	tx, err := o.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The change has begun and is not committed: whoever brings the old code waits for it.
	if _, err := tx.Exec(t.Context(), `UPDATE member_account SET code_mac = 'other', changed_at = now()`); err != nil {
		t.Fatal(err)
	}
	came := make(chan error, 1)
	go func() {
		_, err := door.Enter(t.Context(), link, code)
		came <- err
	}()
	select {
	case err := <-came:
		t.Errorf("did not wait: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-came; !errors.Is(err, member.ErrGone) {
		t.Errorf("by the old code: %v", err)
	}
}

// What got in after the change began and before it was made is out with it.
func TestAChangeEndsWhatGotInBeforeIt(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	code := a.Does(t, "陈河", member.Admit, mailbox)
	door := &member.Door{Pool: o.DB.Portal, Codes: o.Keys.Portal.Codes(), Random: rand.Reader}
	if err := door.Ask(t.Context(), mailbox); err != nil {
		t.Fatal(err)
	}
	link, ok := key.ParseSecret(strings.TrimPrefix(a.Link(t), "/member/login/"))
	if !ok {
		t.Fatal("no letter")
	}
	held, err := o.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(t.Context(), `SELECT FROM member_account FOR KEY SHARE`); err != nil { // the desk's change waits here, and has begun; a login does not
		t.Fatal(err)
	}
	changed := make(chan error, 1)
	go func() {
		_, err := a.Try(t, "陈河", member.NewCode, "")
		changed <- err
	}()
	time.Sleep(300 * time.Millisecond)
	session, err := door.Enter(t.Context(), link, code)
	if err != nil {
		t.Fatal(err)
	}
	if err := held.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-changed; err != nil {
		t.Fatal(err)
	}
	if err := door.Matters(t.Context(), session, &struct{}{}); !errors.Is(err, member.ErrNoSession) {
		t.Errorf("a session of the old code: %v", err)
	}
}

// Who asks many times at once has three letters, as who does one after the other.
func TestManyWhoAskAtOnceFloodNoMailbox(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	membertest.New(t, o).Does(t, "陈河", member.Admit, mailbox)
	door := &member.Door{Pool: o.DB.Portal, Codes: o.Keys.Portal.Codes(), Random: rand.Reader}
	tx, err := o.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `LOCK member_login IN SHARE MODE`); err != nil { // so that all have counted before the first is written
		t.Fatal(err)
	}
	var together sync.WaitGroup
	for range 6 {
		together.Go(func() {
			if err := door.Ask(t.Context(), mailbox); err != nil {
				t.Error(err)
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	together.Wait()
	if n, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*) FROM member_login WHERE member_id IS NOT NULL`, nil); err != nil || n != 3 {
		t.Errorf("%d letters: %v", n, err)
	}
}

// A journalist is admitted by a press card of a known shape, else once somebody says that it
// was checked, and comes in by the same door.
func TestAJournalistIsAdmittedByThePressCard(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	order := member.Order{By: o.People[staff.Registrar].ID, Reason: "窗口核对过身份", Mailbox: mailbox, Again: mailbox}
	_, err := a.Accounts.Do(t.Context(), a.ID(t, "高原"), member.Admit, order)
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "sure" || !f[0].Asked || !strings.Contains(f[0].Sentence, "不像记者证号") {
		t.Errorf("JZ-001: %v", f)
	}
	order.Sure = true
	if _, err := a.Accounts.Do(t.Context(), a.ID(t, "高原"), member.Admit, order); err != nil {
		t.Error(err)
	}
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `INSERT INTO member (kind, name, credential_number, outlet) VALUES ('media', '秦川', 'B410000000003', '日报'), ('media', '贺兰', 'B41000000000300001', '日报')`, nil); err != nil {
		t.Fatal(err)
	}
	a.Does(t, "秦川", member.Admit, "qinchuan@example.invalid")
	if _, err := a.Try(t, "贺兰", member.Admit, "helan@example.invalid"); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("17 digits: %v", err)
	}
	if open, err := pg.All[bool](t.Context(), o.DB.Owner, `SELECT member_admitted(member_id, clock_timestamp()) FROM member_account`, nil); err != nil || len(open) != 2 || !open[0] || !open[1] {
		t.Errorf("open: %t %v", open, err)
	}
}

// A correction makes of nobody somebody else who has an account or has signed.
func TestACorrectionHandsNoAccountOn(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	a := membertest.New(t, o)
	roster := &member.Roster{Pool: o.DB.Admin, Now: o.Now}
	correct := func(who, want string, change func(*member.Typed)) {
		t.Helper()
		was, err := roster.Member(t.Context(), a.ID(t, who))
		if err != nil {
			t.Fatal(err)
		}
		typed := was.As()
		change(&typed)
		err = roster.Correct(t.Context(), 0, was, typed, true)
		var got []string
		for _, f := range fault.FieldsOf(err) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != want || want == "" && err != nil {
			t.Errorf("%s to %+v: %q %v", who, typed, got, err)
		}
	}
	media := func(typed *member.Typed) { typed.Kind, typed.Session, typed.Outlet = "记者", "", "日报" }
	committee := func(typed *member.Typed) { typed.Kind = "委员" }
	another := func(typed *member.Typed) { typed.Name, typed.Credential = "王水", "RD-077" }
	a.Does(t, "陈河", member.Admit, mailbox)
	a.Proposed(t, "12", "李山", "关于修路的建议")
	correct("陈河", "kind", media)
	correct("陈河", "kind", committee)
	correct("陈河", "name credential", another)
	correct("陈河", "", func(typed *member.Typed) { typed.Delegation = "安良代表团" })
	correct("李山", "kind", committee)
	correct("林溪", "", media)
	a.Does(t, "陈河", member.Close, "")
	correct("陈河", "kind", media)
	correct("陈河", "", another)
	correct("李山", "", func(typed *member.Typed) { typed.Name = "李善" })
}
