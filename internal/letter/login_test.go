package letter_test

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/member"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/pg"
)

var linkIn = regexp.MustCompile(`https://xf\.example/member/login/([A-Za-z0-9_-]{43})`)

// ask asks for a link as the portal does, and gives the letter's reference.
func ask(t *testing.T, o *complainttest.Office, mailbox string) string {
	t.Helper()
	door := &member.Door{Pool: o.DB.Portal, Codes: o.Keys.Portal.Codes(), Random: o.Portal.Random}
	if err := door.Ask(t.Context(), mailbox); err != nil {
		t.Fatal(err)
	}
	ref, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT args->>'login' FROM river_job WHERE kind = 'send_login' ORDER BY id DESC LIMIT 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func TestALinkStandsInItsLetterAlone(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	a := membertest.New(t, s.Office)
	code := a.Does(t, "陈河", member.Admit, "chenhe@example.com")
	ref := ask(t, s.Office, "chenhe@example.com")
	server.RefuseText(lettertest.Refusal(451))
	var fault letter.Fault
	if err := s.post.SendLogin(t.Context(), ref); !errors.As(err, &fault) || fault.Final() {
		t.Fatalf("a server that is busy: %v", err)
	}
	first, err := pg.One[[]byte](t.Context(), s.DB.Owner, `SELECT token_hash FROM member_login`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.post.SendLogin(t.Context(), ref); err != nil {
		t.Fatal(err)
	}
	letters := server.Taken()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	head, text := read(t, letters[0])
	link := linkIn.FindStringSubmatch(text)
	if link == nil || !strings.Contains(head.Get("To"), "chenhe@example.com") || strings.Contains(text, "陈河") || strings.Contains(text, code) || strings.Contains(text, "RD-001") {
		t.Fatalf("to %s: %s", head.Get("To"), text)
	}
	now, err := pg.One[[]byte](t.Context(), s.DB.Owner, `SELECT token_hash FROM member_login`, nil)
	if err != nil || string(now) == string(first) {
		t.Errorf("a second try sends the first link: %v", err)
	}
	rows, err := pg.All[string](t.Context(), s.DB.Owner, `SELECT to_jsonb(l)::text FROM member_login l UNION ALL SELECT to_jsonb(j)::text FROM river_job j`, nil)
	if err != nil || strings.Contains(strings.Join(rows, " "), link[1]) {
		t.Errorf("the link stands in a row: %v", err)
	}
}

// Whoever repeats its job floods no mailbox and prolongs no link.
func TestWhatWasSentIsNotSentAgain(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	membertest.New(t, s.Office).Does(t, "陈河", member.Admit, "chenhe@example.com")
	ref := ask(t, s.Office, "chenhe@example.com")
	row := func() string {
		t.Helper()
		all, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT member_login::text FROM member_login`, nil)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if err := s.post.SendLogin(t.Context(), ref); err != nil {
		t.Fatal(err)
	}
	before := row()
	var together sync.WaitGroup
	for range 4 {
		together.Go(func() {
			if err := s.post.SendLogin(t.Context(), ref); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	if n := len(server.Taken()); n != 1 || row() != before {
		t.Errorf("%d letters; the row was %s, is %s", n, before, row())
	}
}

func TestALinkThatNobodyWaitsForIsNotSent(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]string{
		"the mailbox is nobody's":   `UPDATE member_login SET member_id = NULL`,
		"it was asked for long ago": `UPDATE member_login SET asked_at = now() - interval '21 minutes'`,
		"the account was closed":    `UPDATE member_account SET closed_at = now()`,
		"the mailbox was changed":   `UPDATE member_account SET changed_at = now()`,
		"it was used":               `UPDATE member_login SET used_at = now()`,
		"its row is gone":           `DELETE FROM member_login`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := lettertest.New(t)
			s := begin(t, server.URL)
			membertest.New(t, s.Office).Does(t, "陈河", member.Admit, "chenhe@example.com")
			ref := ask(t, s.Office, "chenhe@example.com")
			if _, err := pg.Exec(t.Context(), s.DB.Owner, spoil, nil); err != nil {
				t.Fatal(err)
			}
			if err := s.post.SendLogin(t.Context(), ref); err != nil || len(server.Taken()) != 0 {
				t.Errorf("%d letters, %v", len(server.Taken()), err)
			}
		})
	}
}

func TestAMailboxThatDoesNotOpenIsTriedAgain(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	membertest.New(t, s.Office).Does(t, "陈河", member.Admit, "chenhe@example.com")
	ref := ask(t, s.Office, "chenhe@example.com")
	s.post.Opener = complainttest.New(t).Keys.Office
	var fault letter.Fault
	if err := s.post.SendLogin(t.Context(), ref); !errors.As(err, &fault) || fault.Code != "key" {
		t.Errorf("another office's key: %v", err)
	}
}
