package worker_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/member"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/search"
	"zhengxin/internal/worker"
)

// journal is a log that a test can read while it is written.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// start runs a worker over an office until the test ends.
func start(t *testing.T, o *complainttest.Office, smtpURL string, log *journal) *worker.Worker {
	t.Helper()
	server, err := letter.ParseServer(smtpURL)
	if err != nil {
		t.Fatal(err)
	}
	w, err := worker.Start(t.Context(), worker.Config{
		Pool: o.DB.Worker, Now: time.Now, Texts: kinds.Texts(),
		Log: slog.New(slog.NewTextHandler(log, nil)), QueueLog: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Post: &letter.Post{
			Pool: o.DB.Worker, Opener: o.Keys.Office, Server: server, From: "xf@office.example", Dir: filepath.Join(t.TempDir(), "mail"),
			Sites: letter.Sites{Portal: "https://xf.example", Admin: "https://desk.example"},
			Desk:  func(context.Context) string { return "" }, Now: o.Now,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// until waits for a condition of the database.
func until(t *testing.T, o *complainttest.Office, condition string) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		done, err := pg.One[bool](t.Context(), o.DB.Owner, `SELECT `+condition, nil)
		if err != nil {
			t.Fatal(err)
		}
		if done {
			return
		}
		if time.Now().After(deadline) {
			jobs, _ := pg.All[string](t.Context(), o.DB.Owner, `SELECT j::text FROM river_job j`, nil)
			t.Fatalf("never: %s\n%s", condition, strings.Join(jobs, "\n"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestFilingIsIndexedAndItsReceiptSentOnce(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	mail := lettertest.New(t)
	mail.RefuseText(lettertest.Refusal(451))
	in := complainttest.Intake()
	in.Story.Title, in.Contact.Name, in.Contact.Phone, in.Contact.Email = "金丝雀标题", "王金丝雀", "13912345678", "canary@example.com"
	receipt := o.File(t, in)

	var log journal
	w := start(t, o, mail.URL, &log)
	until(t, o, `count(*) = 2 FROM river_job WHERE kind <> 'sweep' AND state = 'completed'`)
	if err := w.Stop(); err != nil {
		t.Error(err)
	}

	if len(mail.Offered()) != 2 || len(mail.Taken()) != 1 {
		t.Errorf("offered %d times, taken %d", len(mail.Offered()), len(mail.Taken()))
	}
	query, _ := search.Ask("金丝雀标题")
	args := pg.Args{}
	found, err := search.All[string](t.Context(), o.DB.Admin, `SELECT m.number FROM matter m WHERE `+query.Where("m.id", args), args)
	if diff := cmp.Diff([]string{receipt.Number}, found); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	faults, err := pg.All[string](t.Context(), o.DB.Owner, `
		SELECT e->>'error' || coalesce(nullif(e->>'trace', ''), '') FROM river_job, unnest(errors) AS e`, nil)
	if diff := cmp.Diff([]string{"mail 451"}, faults); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	jobs, err := pg.All[string](t.Context(), o.DB.Owner, `SELECT j::text FROM river_job j`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"jobs": strings.Join(jobs, "\n"), "log": log.String()} {
		for _, secret := range []string{"金丝雀", "13912345678", "canary", receipt.Number, receipt.Code} {
			if strings.Contains(text, secret) {
				t.Errorf("%s has %s:\n%s", where, secret, text)
			}
		}
	}
	if !strings.Contains(log.String(), `code="mail 451"`) {
		t.Errorf("nothing tells of the failed try: %s", log.String())
	}
}

func TestTwoWorkersSendEachLetterOnce(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	mail := lettertest.New(t)
	for range 12 {
		o.File(t, complainttest.Intake())
	}
	var log journal
	first, second := start(t, o, mail.URL, &log), start(t, o, mail.URL, &log)
	until(t, o, `count(*) = 12 FROM letter WHERE state = 'sent'`)
	until(t, o, `count(*) = 12 FROM search_text`)
	for _, w := range []*worker.Worker{first, second} {
		if err := w.Stop(); err != nil {
			t.Error(err)
		}
	}
	if len(mail.Taken()) != 12 {
		t.Errorf("%d letters", len(mail.Taken()))
	}
}

func TestWhatHasRunOutIsSweptAway(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	if _, err := o.DB.Owner.Exec(t.Context(), `
		INSERT INTO captcha (id, digits, expires_at) VALUES ('old', '', now() - interval '1 minute'), ('new', '', now() + interval '5 minutes');
		INSERT INTO draft (id, sealed, saved_at, expires_at) VALUES ('old', '', now(), now() - interval '1 minute'), ('new', '', now(), now() + interval '1 day');
		INSERT INTO unlock (token_hash, matter_id, expires_at) SELECT 'old', id, now() - interval '1 minute' FROM matter;
		INSERT INTO unlock (token_hash, matter_id, expires_at) SELECT 'new', id, now() + interval '5 minutes' FROM matter;
		INSERT INTO unlock_attempt (key, tries, since) VALUES ('old', 1, now() - interval '61 minutes'), ('new', 1, now() - interval '59 minutes');
		INSERT INTO login_attempt (key, tries, since) VALUES ('old', 1, now() - interval '61 minutes'), ('new', 1, now() - interval '59 minutes');
		INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at)
			SELECT 'old', min(id), now(), now() - interval '31 days', now() FROM staff;
		INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at)
			SELECT 'new', min(id), now(), now(), now() FROM staff;
		INSERT INTO staff_device (token_hash, staff_id, place, seen_at)
			SELECT 'old', min(id), '', now() - interval '181 days' FROM staff;
		INSERT INTO staff_device (token_hash, staff_id, place, seen_at)
			SELECT 'new', min(id), '', now() - interval '179 days' FROM staff`); err != nil {
		t.Fatal(err)
	}
	var log journal
	w := start(t, o, "", &log)
	until(t, o, `count(*) = 1 FROM river_job WHERE kind = 'sweep' AND state = 'completed'`)
	if err := w.Stop(); err != nil {
		t.Error(err)
	}
	left, err := pg.One[string](t.Context(), o.DB.Owner, `
		SELECT concat_ws(' ', (SELECT string_agg(id, ',') FROM captcha), (SELECT string_agg(encode(id, 'escape'), ',') FROM draft),
			(SELECT string_agg(encode(token_hash, 'escape'), ',') FROM unlock), (SELECT string_agg(encode(key, 'escape'), ',') FROM unlock_attempt),
			(SELECT string_agg(encode(key, 'escape'), ',') FROM login_attempt), (SELECT string_agg(encode(token_hash, 'escape'), ',') FROM staff_session),
			(SELECT string_agg(encode(token_hash, 'escape'), ',') FROM staff_device))`, nil)
	if err != nil || left != "new new new new new new new" {
		t.Errorf("left: %s, %v", left, err)
	}
}

// River's own insert needs rights that the portal must not have, so the
// database inserts jobs by itself: in the very form that River gives them.
func TestEnqueueMakesTheRowsThatRiverMakes(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	client, err := river.NewClient(riverpgxv5.New(db.Worker), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Insert(t.Context(), worker.IndexText{Matter: 7}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Insert(t.Context(), worker.SendLetter{Letter: "abc"}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Insert(t.Context(), worker.SendLogin{Login: "abc"}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Insert(t.Context(), worker.SendTest{Test: 7}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Portal.Exec(t.Context(), `
		SELECT enqueue('index_text', jsonb_build_object('matter', 7::bigint)), enqueue('send_letter', jsonb_build_object('letter', 'abc'::text), 'mail'),
			enqueue('send_login', jsonb_build_object('login', 'abc'::text), 'mail'), enqueue('send_test', jsonb_build_object('test', 7::bigint), 'mail')`); err != nil {
		t.Fatal(err)
	}
	rows, err := pg.All[string](t.Context(), db.Owner, `
		SELECT (to_jsonb(j) - '{id,created_at,scheduled_at}'::text[])::text FROM river_job j ORDER BY id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows[:4], rows[4:]); diff != "" {
		t.Errorf("River's (-) and enqueue's (+):\n%s", diff)
	}
}

// A deputy who asks gets a link, at once, and no job or line of the log has it.
func TestALinkIsSentToWhoeverAsks(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	mail := lettertest.New(t)
	membertest.New(t, o).Does(t, "陈河", member.Admit, "canary@example.com")
	door := &member.Door{Pool: o.DB.Portal, Codes: o.Keys.Portal.Codes(), Random: o.Portal.Random}
	for _, mailbox := range []string{"canary@example.com", "nobody@example.com"} {
		if err := door.Ask(t.Context(), mailbox); err != nil {
			t.Fatal(err)
		}
	}
	var log journal
	w := start(t, o, mail.URL, &log)
	until(t, o, `count(*) = 2 FROM river_job WHERE kind = 'send_login' AND state = 'completed'`)
	if err := w.Stop(); err != nil {
		t.Error(err)
	}
	if got := mail.Rcpts(); len(got) != 1 || got[0] != "canary@example.com" {
		t.Errorf("letters to %v", got)
	}
	jobs, err := pg.All[string](t.Context(), o.DB.Owner, `SELECT j::text FROM river_job j`, nil)
	if err != nil || strings.Contains(strings.Join(jobs, "")+log.String(), "canary") {
		t.Errorf("%v %v %s", err, jobs, log.String())
	}
}
