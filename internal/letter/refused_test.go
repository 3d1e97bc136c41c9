package letter_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/pg"
)

// TestOnlyAMailboxThatIsNotThereEndsALetter tries what servers say, at each stage of a
// conversation, on one letter: it waits on until somebody says that there is no such
// mailbox.
func TestOnlyAMailboxThatIsNotThereEndsALetter(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	for _, c := range []struct {
		stage  lettertest.Stage
		answer string
		code   string // "recipient" alone ends it
	}{
		// Nobody knows the recipient: by the enhanced code, whatever the words.
		{lettertest.To, "550 5.1.1 no", "recipient"},
		{lettertest.To, "550 #5.1.1 <canary@example.com> Recipient address rejected: User unknown in local recipient table", "recipient"},
		{lettertest.To, "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 https://support.google.com/mail", "recipient"},
		{lettertest.To, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "recipient"},
		{lettertest.To, "550 5.1.2 Host unknown", "recipient"},
		{lettertest.To, "553 5.1.3 bad address", "recipient"},
		{lettertest.To, "550 5.1.6 moved", "recipient"},
		{lettertest.To, "556 5.1.10 null MX", "recipient"},
		// By the words, where there is no code or one that says nothing.
		{lettertest.To, "550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728", "recipient"},
		{lettertest.To, "550 User not found: canary@example.com", "recipient"},
		{lettertest.To, "550 Invalid User: canary@example.com", "recipient"},
		{lettertest.To, "550 User unknown", "recipient"},
		{lettertest.To, "550 No such user here", "recipient"},
		{lettertest.To, "554 RCPT (canary@example.com) dosn't exist", "recipient"},
		{lettertest.To, "550 RCPT address not exist", "recipient"},
		{lettertest.To, "550 mailbox not exist", "recipient"},
		{lettertest.To, "550 5.1.0 unknown user", "recipient"},
		{lettertest.To, "550 5.0.0 <canary@example.com>... User does not exist", "recipient"},
		{lettertest.To, "553 unknown or illegal alias: canary@example.com", "recipient"},
		{lettertest.To, "550 Unknown recipient <canary@example.com>", "recipient"},
		{lettertest.To, "550 User doesn't have a yahoo.com account", "recipient"},
		{lettertest.To, "550 User unknown in relay recipient table", "recipient"},
		{lettertest.To, "550 收件人不存在", "recipient"},
		{lettertest.To, "550 没有该用户", "recipient"},
		// Said of the recipient, and passing.
		{lettertest.To, "550 Connection frequency limited", "550"},
		{lettertest.To, "552 mailbox full", "552"},
		{lettertest.To, "552 5.2.2 over quota", "552"},
		{lettertest.To, "550 5.2.1 mailbox disabled", "550"},
		{lettertest.To, "550 Mailbox unavailable or access denied", "550"},
		{lettertest.To, "550 User suspended", "550"},
		{lettertest.To, "550 User has no permission", "550"},
		{lettertest.To, "550 5.7.1 Unable to relay: no such user", "550"},
		{lettertest.To, "550 5.4.1 Recipient address rejected: Access denied", "550"},
		{lettertest.To, "554 5.7.1 Client host rejected: cannot find your hostname", "554"},
		{lettertest.To, "550 5.1.8 Sender address rejected: Domain not found", "550"},
		{lettertest.To, "550 5.1.7 sender", "550"},
		{lettertest.To, "550 Sender address does not exist", "550"},
		{lettertest.To, "550 sender user unknown", "550"},
		{lettertest.To, "550 5.1.0 Address rejected", "550"},
		{lettertest.To, "504 5.5.2 <office>: Helo command rejected: need fully-qualified hostname", "504"},
		{lettertest.To, "550 <user-not-found@example.com>: spam", "550"},
		{lettertest.To, "550 no", "550"},
		{lettertest.To, "450 4.1.1 user unknown", "450"},
		{lettertest.To, "451 greylisted", "451"},
		{lettertest.To, "421 5.1.1 closing", "421"},
		{lettertest.To, lettertest.Drop, "network"},
		{lettertest.To, lettertest.Silent, "network"},
		// At any other stage nothing is said of the recipient, whatever it says.
		{lettertest.Connected, "554 5.1.1 user unknown", "server-554"},
		{lettertest.Connected, "421 too many connections", "server-421"},
		{lettertest.Connected, lettertest.Drop, "network"},
		{lettertest.Connected, lettertest.Silent, "network"},
		{lettertest.Hello, "504 need fully-qualified hostname", "server-504"},
		{lettertest.Hello, "550 5.1.1 user unknown", "server-550"},
		{lettertest.Hello, lettertest.Drop, "network"},
		{lettertest.From, "550 Connection frequency limited", "550"},
		{lettertest.From, "553 5.1.8 sender unknown", "553"},
		{lettertest.From, "550 5.1.1 no such user", "550"},
		{lettertest.From, "452 later", "452"},
		{lettertest.From, lettertest.Drop, "network"},
		{lettertest.Data, "554 5.1.1 no such user", "554"},
		{lettertest.Data, "451 later", "451"},
		{lettertest.Data, lettertest.Drop, "network"},
		{lettertest.End, "554 DT:SPM 163 smtp", "554"},
		{lettertest.End, "552 mailbox full", "552"},
		{lettertest.End, "550 5.1.1 no such user", "550"},
		{lettertest.End, "451 later", "451"},
		{lettertest.End, lettertest.Drop, "network"},
	} {
		s.server(t, lettertest.NewScript(t, map[lettertest.Stage]string{c.stage: c.answer}).URL)
		code, ended := s.try(t, c.answer == lettertest.Silent)
		if code != c.code || ended != (c.code == "recipient") {
			t.Errorf("at %s %q: %s, ended: %t; want %s", c.stage, c.answer, code, ended, c.code)
		}
	}
}

func TestARefusedLoginAndTLSPass(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	for _, c := range []struct {
		stage  lettertest.Stage
		answer string
		query  string
	}{
		{lettertest.Login, "535 5.7.8 authentication failed", ""},
		{lettertest.Login, "550 User unknown", ""},
		{lettertest.Login, "454 later", ""},
		{lettertest.Login, lettertest.Drop, ""},
		{lettertest.StartTLS, "554 no such user", "?starttls=required"},
		{lettertest.StartTLS, lettertest.Drop, "?starttls=required"},
	} {
		url := lettertest.NewScript(t, map[lettertest.Stage]string{c.stage: c.answer}).URL
		s.server(t, strings.Replace(url, "://", "://xf:secret@", 1)+c.query+map[bool]string{true: "?starttls=off"}[c.query == ""])
		if code, ended := s.try(t, false); code == "" || code == "sent" || ended {
			t.Errorf("at %s %q: %s, ended: %t", c.stage, c.answer, code, ended)
		}
	}
}

// server gives the letter, as it was in the beginning, to another server.
func (s *story) server(t *testing.T, url string) {
	t.Helper()
	var err error
	if s.post.Server, err = letter.ParseServer(url); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE letter SET state = 'waiting', fault_code = '', tries = 0, done_at = NULL`); err != nil {
		t.Fatal(err)
	}
}

// try sends the letter once; a server that says nothing is not waited for long.
func (s *story) try(t *testing.T, silent bool) (code string, ended bool) {
	t.Helper()
	ctx := t.Context()
	if silent {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 500*time.Millisecond)
		defer cancel()
	}
	err := s.post.Send(ctx, s.message, false)
	var why letter.Fault
	if err != nil {
		s.clean(t, "error", err.Error())
		if !errors.As(err, &why) {
			t.Fatal(err)
		}
	}
	type row struct{ State, FaultCode string }
	r, err := pg.One[row](t.Context(), s.DB.Owner, `SELECT state, fault_code FROM letter`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.State == letter.Sent {
		return "sent", true
	}
	return r.FaultCode, r.State == letter.Failed
}

// TestAServerIsGreetedByAFullName: a bare one, as most machines of offices have, is
// refused by many servers.
func TestAServerIsGreetedByAFullName(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	for _, c := range []struct{ from, query, want string }{
		{"政务诚信监督 <xf@office.example>", "", "office.example"},
		{"xf@mail.gov.cn", "", "mail.gov.cn"},
		{"xf@诚信.中国", "", "xn--vuqy57l.xn--fiqs8s"},
		{"xf@intranet", "", "[127.0.0.1]"},
		{"", "", "[127.0.0.1]"},
		{"xf@office.example", "?hello=mx.office.example", "mx.office.example"},
	} {
		server := lettertest.NewScript(t, nil)
		s.server(t, server.URL+c.query)
		s.post.From = c.from
		if code, _ := s.try(t, false); code != "sent" {
			t.Errorf("%s: %s", c.from, code)
		}
		if got := server.Names(); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%q%s greets as %q, want %s", c.from, c.query, got, c.want)
		}
	}
	for _, bad := range []string{"desk", "a b.example", "x.example\r\nMAIL", "-a.example", "[1.2.3.4"} {
		if _, err := letter.ParseServer("smtp://mail.example?hello=" + strings.NewReplacer(" ", "%20", "\r", "%0D", "\n", "%0A").Replace(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
