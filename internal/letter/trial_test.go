package letter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// A test letter says at which step the mail server ended the conversation, in words that
// tell what to look after, and quotes nobody's address.
func TestATestLetterSaysWhatTheServerSaid(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	by := s.People[staff.Registrar].ID
	n := 0
	try := func(address string) letter.Trial {
		t.Helper()
		n++
		at := s.Now().AddDate(0, 0, n) // a day has ten
		if err := letter.AskTrial(t.Context(), s.DB.Admin, by, address, at, at.Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		newest, err := letter.Trials(t.Context(), s.DB.Admin, 1)
		if err != nil || newest[0].DoneAt != nil || !strings.Contains(newest[0].Words(), "还没有发") {
			t.Fatalf("asked: %+v, %v", newest, err)
		}
		for range 2 { // a job that comes twice sends once
			if err := s.post.SendTrial(t.Context(), newest[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if newest, err = letter.Trials(t.Context(), s.DB.Admin, 1); err != nil || newest[0].DoneAt == nil {
			t.Fatalf("sent: %+v, %v", newest, err)
		}
		return newest[0]
	}
	if got := try("me@example.com"); got.Code != "none" || !strings.Contains(got.Words(), "没有设发信服务器") {
		t.Errorf("without a server: %+v", got)
	}
	for _, c := range []struct {
		stage        lettertest.Stage
		answer, code string
		words        string
	}{
		{"", "", "", "收下了"},
		{lettertest.Connected, "554 no", "greeting-554", "答复码是 554"},
		{lettertest.Login, "535 5.7.8 authentication failed", "login", "不让登录"},
		{lettertest.From, "550 5.7.1 me@example.com is not yours", "sender-550", "发件人"},
		{lettertest.To, "550 5.1.1 me@example.com unknown", "recipient-550", "收件人"},
		{lettertest.End, "554 spam", "content-554", "垃圾邮件"},
	} {
		url := lettertest.NewScript(t, map[lettertest.Stage]string{c.stage: c.answer}).URL
		if c.stage == lettertest.Login {
			url = strings.Replace(url, "://", "://xf:secret@", 1)
		}
		s.server(t, url+"?starttls=off")
		if got := try("me@example.com"); got.Code != c.code || !strings.Contains(got.Words(), c.words) || strings.Contains(got.Words(), "@") {
			t.Errorf("at %s %q: %q: %s", c.stage, c.answer, got.Code, got.Words())
		}
	}
	s.server(t, lettertest.NewScript(t, nil).URL+"?starttls=required")
	if got := try("me@example.com"); got.Code == "" || !strings.Contains(got.Words(), "服务器") {
		t.Errorf("no TLS: %+v", got)
	}
	s.server(t, "smtp://127.0.0.1:1?starttls=off")
	if got := try("me@example.com"); got.Code != "network" {
		t.Errorf("nobody there: %+v", got)
	}
	if left, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*)::int FROM mail_test WHERE address <> ''`, nil); left != 0 || err != nil {
		t.Errorf("%d addresses are left: %v", left, err)
	}
	if jobs, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT string_agg(args::text, ' ') FROM river_job WHERE kind = 'send_test'`, nil); strings.Contains(jobs, "@") || err != nil {
		t.Errorf("the queue has an address: %v", err)
	}

	at := s.Now().AddDate(1, 0, 0)
	for i := range 10 {
		if err := letter.AskTrial(t.Context(), s.DB.Admin, by, fmt.Sprintf("me%d@example.com", i), at, at.Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{"me@example.com", "", "nowhere", "a@b@c.cn"} {
		if err := letter.AskTrial(t.Context(), s.DB.Admin, by, bad, at, at.Add(-time.Hour)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is taken: %v", bad, err)
		}
	}
}
