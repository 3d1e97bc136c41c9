package letter_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/letter"
	"zhengxin/internal/letter/lettertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// canaries must not stand in any letter, file, job or error.
var canaries = []string{"王金丝雀", "13912345678", "canary@example.com", "金丝雀标题", "金丝雀要求", "金丝雀经过", "金丝雀工程有限公司", "91410425MA00000077"}

// story is an office with one complaint whose receipt waits to be sent.
type story struct {
	*complainttest.Office
	receipt complaint.Receipt
	message string
	post    *letter.Post
}

func begin(t *testing.T, server string) *story {
	t.Helper()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Title, in.Story.Request, in.Story.Facts = "金丝雀标题", "金丝雀要求", "金丝雀经过"
	in.Contact.Name, in.Contact.Phone, in.Contact.Email, in.Contact.Organisation = "王金丝雀", "13912345678", "canary@example.com", "金丝雀工程有限公司"
	s := &story{Office: o, receipt: o.File(t, in)}
	var err error
	if s.message, err = pg.One[string](t.Context(), o.DB.Owner, `SELECT message_id FROM letter`, nil); err != nil {
		t.Fatal(err)
	}
	parsed, err := letter.ParseServer(server)
	if err != nil {
		t.Fatal(err)
	}
	s.post = &letter.Post{
		Pool: o.DB.Worker, Opener: o.Keys.Office, Server: parsed, From: "政务诚信监督 <xf@office.example>", Dir: filepath.Join(t.TempDir(), "mail"),
		Sites: letter.Sites{Portal: "https://xf.example", Admin: "https://desk.example"}, Desk: func(context.Context) string { return "" }, Now: o.Now,
	}
	return s
}

// state is what the letter's row says.
func (s *story) state(t *testing.T) string {
	t.Helper()
	got, err := pg.One[string](t.Context(), s.DB.Owner, `
		SELECT concat_ws(' ', state, tries, nullif(fault_code, ''), CASE WHEN done_at IS NULL THEN 'open' END) FROM letter
		WHERE message_id = @message`, pg.Args{"message": s.message})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (s *story) clean(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range append(canaries, s.receipt.Number, s.receipt.Code) {
		if strings.Contains(text, secret) {
			t.Errorf("%s has %s", where, secret)
		}
	}
}

// read takes a message apart; its To is looked at apart from the rest.
func read(t *testing.T, raw string) (mail.Header, string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Header.Get("Content-Transfer-Encoding"); got != "base64" {
		t.Fatalf("encoded %s", got)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, string(body)
}

func decoded(t *testing.T, header string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestALetterIsTriedAgainUnderTheSameMessageID(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	server.RefuseText(lettertest.Refusal(451), lettertest.Refusal(421))
	for _, code := range []string{"451", "421"} {
		err := s.post.Send(t.Context(), s.message, false)
		var why letter.Fault
		if !errors.As(err, &why) || why.Code != code || why.Final() {
			t.Fatalf("%v", err)
		}
		s.clean(t, "error", err.Error())
	}
	if got := s.state(t); got != "waiting 2 421 open" {
		t.Errorf("after two tries: %s", got)
	}
	s.Wait(time.Hour)
	for range 2 { // the second finds it done
		if err := s.post.Send(t.Context(), s.message, false); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.state(t); got != "sent 3" {
		t.Errorf("in the end: %s", got)
	}
	offered := server.Offered()
	if len(offered) != 3 || len(server.Taken()) != 1 {
		t.Fatalf("offered %d times, taken %d", len(offered), len(server.Taken()))
	}
	if offered[0] != offered[1] || offered[1] != offered[2] {
		t.Error("the tries differ")
	}
	header, body := read(t, offered[2])
	want := map[string]string{
		"Message-Id": "<" + s.message + "@xf.example>", "Auto-Submitted": "auto-generated", "Date": "Mon, 02 Mar 2026 10:00:00 +0800",
		"To": "<canary@example.com>", "Subject": "您的投诉已经收到", "From": "政务诚信监督 <xf@office.example>",
	}
	for name, value := range want {
		if got := decoded(t, header.Get(name)); strings.ReplaceAll(got, `"`, "") != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if !strings.Contains(body, "https://xf.example/track\r\n") {
		t.Errorf("no way to look it up:\n%s", body)
	}
	s.clean(t, "body", body)
	s.clean(t, "message", strings.Replace(offered[2], "To: <canary@example.com>", "", 1))
	s.clean(t, "subject", decoded(t, header.Get("Subject")))
}

func TestARefusedLetterFailsWithTheCodeAlone(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	server.RefuseNext(lettertest.Refusal(550))
	if err := s.post.Send(t.Context(), s.message, false); err != nil {
		t.Fatalf("there is nothing to try again: %v", err)
	}
	if got := s.state(t); got != "failed 1 recipient" {
		t.Error(got)
	}
	row, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT l::text FROM letter l`, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.clean(t, "row", row)
}

func TestTheLastTryEndsTheLetter(t *testing.T) {
	t.Parallel()
	s := begin(t, "smtp://127.0.0.1:1")
	if err := s.post.Send(t.Context(), s.message, false); err == nil || s.state(t) != "waiting 1 network open" {
		t.Errorf("%v, %s", err, s.state(t))
	}
	if err := s.post.Send(t.Context(), s.message, true); err != nil || s.state(t) != "failed 2 network" {
		t.Errorf("%v, %s", err, s.state(t))
	}
}

func TestWhereTLSIsRequiredNothingGoesOutWithoutIt(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL+"?starttls=required")
	if err := s.post.Send(t.Context(), s.message, false); err == nil || !strings.HasPrefix(s.state(t), "waiting 1 ") {
		t.Errorf("%v, %s", err, s.state(t))
	}
	if len(server.Rcpts())+len(server.Offered()) != 0 {
		t.Error("the address was told in the clear")
	}
}

func TestAnAddressThatCannotBeOpenedIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := begin(t, "smtp://127.0.0.1:1")
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE identity SET mailbox = 'broken'`); err != nil {
		t.Fatal(err)
	}
	if err := s.post.Send(t.Context(), s.message, false); err == nil || s.state(t) != "waiting 1 key open" {
		t.Errorf("%v, %s", err, s.state(t))
	}
}

func TestWithoutAServerALetterIsKeptWithoutItsAddress(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	if err := s.post.Send(t.Context(), s.message, false); err != nil {
		t.Fatal(err)
	}
	if got := s.state(t); got != "kept 1" {
		t.Error(got)
	}
	files, err := os.ReadDir(s.post.Dir)
	if err != nil || len(files) != 1 || files[0].Name() != s.message+".eml" {
		t.Fatalf("%v, %v", files, err)
	}
	info, err := files[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	raw, err := os.ReadFile(filepath.Join(s.post.Dir, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	header, body := read(t, string(raw))
	if got := header.Get("To"); got != "undisclosed-recipients:;" {
		t.Errorf("To is %q", got)
	}
	s.clean(t, "file", string(raw))
	s.clean(t, "body", body)
}

// add writes down one more letter of the matter.
func (s *story) add(t *testing.T, template, recipient string) {
	t.Helper()
	s.message = letter.NewMessageID()
	if _, err := pg.Exec(t.Context(), s.DB.Owner, `
		INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at)
		SELECT id, 1, @template, @recipient, @message, @now FROM matter`,
		pg.Args{"template": template, "recipient": recipient, "message": s.message, "now": s.Now()}); err != nil {
		t.Fatal(err)
	}
}

func TestLettersOfTheOfficeGoToTheDeskOrAreKept(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	s.add(t, "urged", letter.ToDesk)
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "kept 1" {
		t.Errorf("%v, %s", err, s.state(t))
	}
	s.post.Desk = func(context.Context) string { return "desk@office.example" }
	s.add(t, "urged", letter.ToDesk)
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "sent 1" {
		t.Errorf("%v, %s", err, s.state(t))
	}
	s.add(t, "dispatched", letter.ToUnit)
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "kept 1" {
		t.Errorf("%v, %s", err, s.state(t))
	}
	if diff := cmp.Diff([]string{"desk@office.example"}, server.Rcpts()); diff != "" {
		t.Error(diff)
	}
	_, body := read(t, server.Taken()[0])
	if !strings.Contains(body, "https://desk.example/\r\n") || strings.Contains(body, "track") {
		t.Error(body)
	}
}

func TestTheOfficeHearsNothingOfAComplaintAboutItself(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	s.post.Desk = func(context.Context) string { return "desk@office.example" }
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE matter SET unit = NULL, flags = '{unit_unsettled}'`); err != nil {
		t.Fatal(err)
	}
	s.add(t, "urged", letter.ToDesk)
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "sent 1" {
		t.Errorf("what is only not settled: %v, %s", err, s.state(t))
	}
	before := len(server.Rcpts())
	for _, about := range []string{
		`UPDATE matter SET unit = 'DESK'`, // the office itself, without a unit that it stands under
		`UPDATE matter SET unit = NULL, flags = '{unit_unsettled,office_meant}'`,
		`UPDATE matter SET persons = ARRAY[1::bigint], flags = '{}'`, // somebody who may read that mailbox
		`WITH c AS (INSERT INTO unit_conflict (unit, other, reason) VALUES ('DESK', 'JUS', '同一负责人')) UPDATE matter SET unit = 'JUS', flags = '{}'`,
	} {
		if _, err := s.DB.Owner.Exec(t.Context(), about); err != nil {
			t.Fatal(err)
		}
		s.add(t, "urged", letter.ToDesk)
		if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "kept 1" {
			t.Errorf("%s: %v, %s", about, err, s.state(t))
		}
	}
	if got := server.Rcpts()[before:]; len(got) != 0 {
		t.Errorf("sent to %v", got)
	}
}

func TestWithoutAMailboxThereIsNothingToSend(t *testing.T) {
	t.Parallel()
	s := begin(t, "smtp://127.0.0.1:1")
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE identity SET mailbox = NULL`); err != nil {
		t.Fatal(err)
	}
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "no_address 1" {
		t.Errorf("%v, %s", err, s.state(t))
	}
	if err := s.post.Send(t.Context(), letter.NewMessageID(), false); err != nil {
		t.Errorf("a letter that is not there: %v", err)
	}
}

// The portal may write letters down, so a stolen portal may write anything.
func TestAForgedMessageIDNamesNoFile(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	for _, forged := range []string{"../../escape", "a\r\nBcc: x@example.com", strings.Repeat("A", 32), ""} {
		if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE letter SET message_id = $1, state = 'waiting'`, forged); err != nil {
			t.Fatal(err)
		}
		s.message = forged
		if err := s.post.Send(t.Context(), forged, false); err != nil || !strings.HasPrefix(s.state(t), "failed") {
			t.Errorf("%q: %v, %s", forged, err, s.state(t))
		}
	}
	if files, err := os.ReadDir(s.post.Dir); err == nil {
		t.Errorf("files were written: %v", files)
	}
}

func TestTheOutboxShowsLettersWithoutAddresses(t *testing.T) {
	t.Parallel()
	s := begin(t, "")
	if err := s.post.Send(t.Context(), s.message, false); err != nil {
		t.Fatal(err)
	}
	list := func(role staff.Role, f letter.Filter) []letter.Entry {
		f.Limit = 50
		entries, err := letter.Outbox(t.Context(), s.DB.Admin, s.People[role].Scope(), f)
		if err != nil {
			t.Fatal(err)
		}
		return entries
	}
	all := list(staff.Registrar, letter.Filter{})
	if len(all) != 1 {
		t.Fatalf("%d letters", len(all))
	}
	e := all[0]
	if got := []string{e.Number, e.Title(), e.To(), e.Word(), e.Reason()}; !cmp.Equal(got, []string{s.receipt.Number, "收到投诉的回执", "投诉人", "存在发件箱", ""}) {
		t.Errorf("%q", got)
	}
	for name, f := range map[string]letter.Filter{"state": {State: letter.Sent}, "number": {Number: "JX"}, "before": {Before: e.ID}} {
		if got := list(staff.Registrar, f); len(got) != 0 {
			t.Errorf("%s lets %d through", name, len(got))
		}
	}
	if got := list(staff.Registrar, letter.Filter{State: letter.Kept, Number: s.receipt.Number}); len(got) != 1 {
		t.Errorf("%d letters by all filters", len(got))
	}
	for _, role := range []staff.Role{staff.Handler, staff.Sysadmin} {
		if got := list(role, letter.Filter{}); len(got) != 0 {
			t.Errorf("%s sees %d letters", role, len(got))
		}
	}
}

func TestEveryLetterOfTheMoveTableHasItsWords(t *testing.T) {
	t.Parallel()
	for _, move := range complaint.Law.Moves {
		for _, tell := range move.Tells {
			if !letter.Worded(tell.Template, tell.To) {
				t.Errorf("%s tells the %s %q, which has no words", move.Action, tell.To, tell.Template)
			}
		}
	}
}

func TestALetterToAUnitGoesToItsMailbox(t *testing.T) {
	t.Parallel()
	server := lettertest.New(t)
	s := begin(t, server.URL)
	for _, sql := range []string{
		`UPDATE letter SET recipient = 'unit', template = 'chased', unit = 'FIN'`,
		`UPDATE unit SET mailbox = 'cz@office.example' WHERE code = 'FIN'`,
	} {
		if _, err := s.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.post.Send(t.Context(), s.message, false); err != nil || s.state(t) != "sent 1" {
		t.Fatalf("%v: %s", err, s.state(t))
	}
	if got := server.Rcpts(); len(got) != 1 || got[0] != "cz@office.example" {
		t.Errorf("it went to %v", got)
	}
}
