// Package membertest puts deputies with accounts and proposals into an office. Only tests
// import it.
package membertest

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/invitation"
	"zhengxin/internal/letter"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Assembly is an office with a roster.
type Assembly struct {
	office      *complainttest.Office
	Proposals   *proposal.Register
	Invitations *invitation.Register
	Accounts    *member.Accounts
	Post        *letter.Post
	seen        map[string]bool // letters
}

// New gives an office a roster, and what it signs answers with.
func New(t testing.TB, o *complainttest.Office) *Assembly {
	t.Helper()
	if _, err := o.DB.Owner.Exec(t.Context(), `
		INSERT INTO setting (key, value) VALUES ('document_prefix', '演示'), ('issuer', '县政务诚信监督办公室');
		UPDATE unit SET document_prefix = '演财函' WHERE code = 'FIN';
		INSERT INTO member (kind, name, congress_session, credential_number) VALUES
			('npc_deputy', '陈河', '第十六届', 'RD-001'), ('npc_deputy', '李山', '第十六届', 'RD-002'), ('cppcc_member', '林溪', '第十届', 'ZX-001'), ('media', '高原', '', 'JZ-001')`); err != nil {
		t.Fatal(err)
	}
	return &Assembly{
		office: o, Proposals: proposal.New(o.Desk.Office), Invitations: invitation.New(o.Desk.Office), seen: map[string]bool{},
		Accounts: &member.Accounts{Pool: o.DB.Admin, Codes: o.Keys.Office.Codes(), Sealer: o.Keys.Office, Now: o.Now, Random: rand.Reader},
		Post: &letter.Post{Pool: o.DB.Worker, Opener: o.Keys.Office, Dir: filepath.Join(t.TempDir(), "mail"),
			Sites: letter.Sites{Portal: "http://portal.test", Admin: "http://desk.test"}, Desk: func(context.Context) string { return "" }, Now: o.Now},
	}
}

// ID is somebody of the roster.
func (a *Assembly) ID(t testing.TB, name string) int64 {
	t.Helper()
	id, err := pg.One[int64](t.Context(), a.office.DB.Owner, `SELECT id FROM member WHERE name = @name ORDER BY id DESC LIMIT 1`, pg.Args{"name": name})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Try does an act on an account as its page would, knowing the newest act.
func (a *Assembly) Try(t testing.TB, name string, kind member.ActKind, mailbox string) (string, error) {
	t.Helper()
	id := a.ID(t, name)
	acts, err := a.Accounts.Acts(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	o := member.Order{By: a.office.People[staff.Registrar].ID, Reason: "窗口核对过身份", Mailbox: mailbox, Again: mailbox}
	if len(acts) > 0 {
		o.Seen = acts[0].ID
	}
	return a.Accounts.Do(t.Context(), id, kind, o)
}

// Does is Try that must be done.
func (a *Assembly) Does(t testing.TB, name string, kind member.ActKind, mailbox string) string {
	t.Helper()
	code, err := a.Try(t, name, kind, mailbox)
	if err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	return code
}

var link = regexp.MustCompile(`http://portal\.test(/member/login/[A-Za-z0-9_-]{43})`)

// Link sends what waits and gives the path in the newest letter; empty when none went.
func (a *Assembly) Link(t testing.TB) string {
	t.Helper()
	refs, err := pg.All[string](t.Context(), a.office.DB.Owner, `SELECT ref FROM member_login WHERE token_hash IS NULL ORDER BY asked_at, ref`, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	for _, ref := range refs {
		if err := a.Post.SendLogin(t.Context(), ref); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(filepath.Join(a.Post.Dir, "*.eml"))
		for _, file := range files {
			if !a.seen[file] {
				a.seen[file] = true
				found = link.FindStringSubmatch(body(t, file))[1]
			}
		}
	}
	return found
}

func body(t testing.TB, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// OTP is what an authenticator with this secret shows now. Whatever it showed before counts
// as of long ago, since a test does not wait for the next half minute.
func (a *Assembly) OTP(t testing.TB, secret string) string {
	t.Helper()
	if _, err := pg.Exec(t.Context(), a.office.DB.Owner, `UPDATE member_guess SET step = step - 20`, nil); err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(secret, time.Now()) // the door goes by the database's time
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func answers(pairs ...string) workflow.Answers {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = []string{pairs[i+1]}
	}
	return a
}

// Proposed is a proposal of some signers, of two points.
func (a *Assembly) Proposed(t testing.TB, serial, signers, title string) string {
	t.Helper()
	source, term := "npc", "16"
	if signers == "林溪" {
		source, term = "cppcc", "10"
	}
	done, err := a.Proposals.Begin(t.Context(), workflow.Order{Action: proposal.Enter, By: a.office.People[staff.Registrar], Token: complainttest.Token(), Answers: answers(
		"source", source, "term", term, "meeting", "3", "serial", serial, "title", title, "content", "几个村的道路验收两年，工程款没有付清。",
		"points", "1. 列出拖欠清单\n2. 没有预算不开工", "signers", signers)})
	if err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	return done.Number
}

// Move does one move.
func (a *Assembly) Move(t testing.TB, number string, by staff.Role, action workflow.Action, pairs ...string) {
	t.Helper()
	if _, err := a.Proposals.Move(t.Context(), workflow.Order{Number: number, Action: action, By: a.office.People[by], Token: complainttest.Token(), Answers: answers(pairs...)}); err != nil {
		t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

// Handed gives it to its unit, which signs for it and tells how far it is.
func (a *Assembly) Handed(t testing.TB, number string) {
	t.Helper()
	a.Move(t, number, staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no", "note", "内部要求：尽快")
	a.Move(t, number, staff.Handler, proposal.Sign)
	a.Move(t, number, staff.UnitHead, proposal.AnswerInterim, "public", "正在对账。")
}

// Drafted writes an answer that nobody has signed.
func (a *Assembly) Drafted(t testing.TB, number string) {
	t.Helper()
	a.Move(t, number, staff.Handler, proposal.Consult, "held_on_year", "2026", "held_on_month", "3", "held_on_day", "2", "how", "visit", "public", "同代表谈过。")
	a.Move(t, number, staff.Handler, proposal.DraftAnswer, "draft", "0", "summary", "核对了 12 笔合同。", "contact", "周平 0375-5150000",
		"class_1", "B", "reply_1", "年底前付清。", "by_1_year", "2026", "by_1_month", "12", "by_1_day", "31", "class_2", "A", "reply_2", "已经发文。")
}

// Served signs and serves it.
func (a *Assembly) Served(t testing.TB, number string) {
	t.Helper()
	a.Move(t, number, staff.UnitHead, proposal.Reply, "version", "1")
	a.Delivered(t, number)
}

// Delivered serves what is signed.
func (a *Assembly) Delivered(t testing.TB, number string) {
	t.Helper()
	p, err := a.Proposals.Read(t.Context(), a.office.People[staff.Supervisor], number)
	if err != nil {
		t.Fatal(err)
	}
	a.Move(t, number, staff.Handler, proposal.Serve, "how", "direct", "digest", p.Signed().Digest, "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
}

// Invited is an invitation of some people to an inspection; each is asked to answer within
// days, and it is held and reported on after as many again.
func (a *Assembly) Invited(t testing.TB, invitees, title string, days int) string {
	t.Helper()
	filled := answers("sort", "inspection", "title", title, "asked", "看承诺的时限有没有公开。", "units", complainttest.Finance, "hour", "上午 9 点", "place", "政务服务大厅门口", "invitees", invitees)
	for name, in := range map[string]int{"reply_by": days, "held_on": 2 * days, "report_by": 3*days + 1} {
		on := clock.On(a.office.Now()).AddDays(in)
		filled[name+"_year"], filled[name+"_month"], filled[name+"_day"] = []string{strconv.Itoa(on.Year)}, []string{strconv.Itoa(int(on.Month))}, []string{strconv.Itoa(on.Day)}
	}
	done, err := a.Invitations.Begin(t.Context(), workflow.Order{Action: invitation.Invite, By: a.office.People[staff.Registrar], Token: complainttest.Token(), Answers: filled})
	if err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	a.Invites(t, done.Number, invitation.Send)
	return done.Number
}

// Invites does a move of the desk to an invitation.
func (a *Assembly) Invites(t testing.TB, number string, action workflow.Action, pairs ...string) {
	t.Helper()
	if _, err := a.Invitations.Move(t.Context(), workflow.Order{Number: number, Action: action, By: a.office.People[staff.Registrar], Token: complainttest.Token(), Answers: answers(pairs...)}); err != nil {
		t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}
