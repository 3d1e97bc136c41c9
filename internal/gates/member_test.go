package gates

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/invitation"
	"zhengxin/internal/member"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// let logs a deputy in, in a browser.
func (w *town) let(t *testing.T, a *membertest.Assembly, b *webtest.Client, name, mailbox string) {
	t.Helper()
	code := a.Does(t, name, member.Admit, mailbox)
	b.Get(t, "/member/login").Submit(t, `form[action="/member/login"]`, url.Values{"email": {mailbox}}).Want(t, 200)
	page := b.Get(t, a.Link(t)).Submit(t, `form[action="/member/enter"]`, url.Values{"login_code": {code}}).Want(t, 200)
	if page.Path != "/member/mine" {
		t.Fatalf("%s is let in as far as %s", name, page.Path)
	}
}

// bundled is a bundle of somebody of the roster, with nothing in it.
func (w *town) bundled(t *testing.T, name string) string {
	t.Helper()
	number, err := pg.One[string](t.Context(), w.DB.Owner, `
		WITH m AS (INSERT INTO matter (id, kind, number, state, phase, title, opened_at, seq, head)
			VALUES (nextval('matter_id'), 'bundle', @number, 'sent', 1, '三个村的修路款', now(), 1, '\x00') RETURNING id, number),
		b AS (INSERT INTO bundle (matter_id, member_id, name, words) SELECT m.id, r.id, r.name, '一起看看' FROM m, member r WHERE r.name = @name)
		SELECT number FROM m`, pg.Args{"number": form.NewNumberOf("HB", complainttest.Monday.Year(), rand.Reader), "name": name})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func TestAnotherMembersMatterAndNoneAreTheSameBytesOnThePortal(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	a := membertest.New(t, w.Office)
	of := map[string]struct{ mine, others, letters, action string }{ // by the addresses of a register
		"/member/proposals/":   {a.Proposed(t, "12", "陈河", "关于修路的建议"), a.Proposed(t, "13", "李山", "关于欠款的建议"), "TA", "agree"},
		"/member/invitations/": {a.Invited(t, "陈河", "视察窗口", 0), a.Invited(t, "李山", "视察大厅", 0), "YQ", "accept"},
		"/member/bundles/":     {others: w.bundled(t, "李山"), letters: "HB", action: "withdraw"},
		"/member/leads/":       {others: a.Proposed(t, "14", "李山", "关于路灯的建议"), letters: "MT", action: "ask_again"}, // nobody here is a journalist
	}
	receipt := w.File(t, complainttest.Intake())
	deputy, intruder, forged := w.visitor(), w.visitor(), w.visitor()
	w.let(t, a, deputy, "陈河", "chenhe@example.invalid")
	intruder.SetCookie("zx_staff", w.signIn(t, "zhouning", staff.Registrar, complainttest.DeskUnit).Cookie("zx_staff"))
	forged.SetCookie("zx_member", strings.Repeat("A", 43))
	for name, b := range map[string]*webtest.Client{"visitor": w.visitor(), "complainant": w.unlocked(t, receipt), "staff": intruder, "forged": forged, "another deputy": deputy} {
		b.Stay = true
		b.Get(t, "/member/login")
		for _, r := range w.portal.Routes() {
			if portalRoutes[r.Method+" "+r.Path] != "member" || !strings.Contains(r.Path, ":number") {
				continue
			}
			own, known := of[r.Path[:strings.Index(r.Path, ":number")]]
			if !known {
				t.Fatalf("%s is of a register that has no matter here", r.Path)
			}
			absent := form.NewNumberOf(own.letters, complainttest.Monday.Year(), rand.Reader)
			theirs, none := ask(t, b, web.Route{Method: r.Method, Path: r.Path}, own.others, own.action), ask(t, b, r, absent, own.action)
			if theirs != none {
				t.Errorf("%s: %s tells a matter of somebody else from none:\n%s", name, r.Path, cmp.Diff(theirs, none))
			}
			if status := theirs[:3]; status != "401" && status != "404" {
				t.Errorf("%s: %s: status %s", name, r.Path, status)
			}
			if strings.Contains(r.Path, ":action") || !strings.HasPrefix(r.Path, "/member/proposals/") {
				continue
			}
			if page := b.Get(t, path(r.Path, own.mine, "")); own.mine != "" && (page.Status == 200) != (name == "another deputy") {
				t.Errorf("%s: one's own: %d", name, page.Status)
			}
		}
	}
}

// A deputy is no member of the office: whatever they open, they read of no complaint, of
// no proposal of others, and nothing internal of their own.
func TestADeputyReadsNothingButTheirOwn(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	a := membertest.New(t, w.Office)
	mine := a.Proposed(t, "12", "陈河", "关于修路的建议")
	others := a.Proposed(t, "13", "李山", "金丝雀建议")
	a.Handed(t, mine)
	a.Drafted(t, mine)
	invited, elsewhere := a.Invited(t, "陈河、李山", "视察窗口", 0), a.Invited(t, "李山", "金丝雀视察", 0)
	a.Invites(t, invited, invitation.Decline, "who", "2", "how", "phone", "public", "金丝雀出差")
	a.Invites(t, invited, invitation.Note, "note", "内部要求：安排车")
	a.Invites(t, invited, invitation.Hold, "came", "2", "public", "看了窗口。")
	a.Invites(t, invited, invitation.ReportSeen, "who", "2", "how", "paper", "seen", "金丝雀所见")
	a.Invites(t, invited, invitation.AnswerReport, "reporter", "2", "outcome", "refused", "public", "金丝雀答复")
	in := complainttest.Intake()
	in.Story.Title, in.Story.Facts = "金丝雀投诉", "金丝雀经过"
	receipt := w.File(t, in)
	b := w.visitor()
	w.let(t, a, b, "陈河", "chenhe@example.invalid")
	for _, number := range []string{mine, others, invited, elsewhere, receipt.Number} {
		for _, p := range paths(w.portal, "GET", number, "supplement") {
			page := b.Get(t, p)
			for _, secret := range []string{"金丝雀", "内部要求", "年底前付清", "承办人甲", "李山", "chenhe@example.invalid"} {
				if strings.Contains(page.Body, secret) {
					t.Errorf("%s has %s", p, secret)
				}
			}
		}
	}
}

// Whoever runs SQL as the portal reads no account and forges no session: what they know
// of a link or a session is its hash at most, and the functions ask for no name.
func TestThePortalsRoleReadsNoDeputy(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	a := membertest.New(t, w.Office)
	number := a.Proposed(t, "12", "陈河", "关于修路的建议")
	a.Invites(t, a.Invited(t, "陈河", "视察窗口", 0), invitation.Accept, "who", "1", "how", "phone")
	w.let(t, a, w.visitor(), "陈河", "chenhe@example.invalid")
	for _, sql := range []string{
		`SELECT 1 FROM member`, `SELECT 1 FROM member_account`, `SELECT 1 FROM member_act`, `SELECT 1 FROM member_login`, `SELECT 1 FROM member_session`,
		`SELECT 1 FROM member_factor`, `SELECT 1 FROM member_guess`, `SELECT member_guessed(1, 'code')`, `SELECT member_took(1, 1, 'code', 1)`, `SELECT member_chosen(1)`, `SELECT member_proved(1, NULL)`, `SELECT member_locked('x')`,
		`SELECT 1 FROM proposal`, `SELECT 1 FROM proposal_signer`, `SELECT 1 FROM proposal_answer`, `SELECT 1 FROM document`,
		`SELECT 1 FROM invitation`, `SELECT name FROM invitee`, `SELECT 1 FROM invitee_part`, `SELECT 1 FROM member_part`,
		`INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES ('x', 1, now(), now())`,
		`INSERT INTO member_login (ref, member_id, asked_at, token_hash, expires_at) VALUES (repeat('0', 32), 1, now(), 'x', now() + interval '1 day')`,
		`UPDATE member_session SET seen_at = now()`, `UPDATE member_login SET wrong = 0`, `UPDATE member_account SET code_mac = 'x'`,
		`SELECT member_of('x')`, `SELECT member_admitted(1, now())`, `SELECT 1 FROM member_complaint`, `SELECT member_shelves(1, '{x}')`,
		`SELECT 1 FROM follow_ask`, `SELECT member_id FROM follow`, `SELECT words FROM follow`, `SELECT member_serves(1, now())`, `SELECT follow_standing(1, 1)`,
		`INSERT INTO follow_ask (member_id, number, words, asked_at) VALUES (1, 'x', 'x', now())`, `UPDATE follow_answer SET answer = 'yes'`, `DELETE FROM follow_answer`,
		`INSERT INTO member_complaint (shelf, matter_id, added_at) VALUES ('x', 1, now())`,
	} {
		if n, err := tryAs(t.Context(), w.DB.Portal, sql); pg.Code(err) != "42501" {
			t.Errorf("%d rows, %v, by %s", n, err, sql)
		}
	}
	for _, sql := range []string{
		`SELECT 1 WHERE member_matters('x') IS NOT NULL`, `SELECT 1 WHERE member_matters(NULL) IS NOT NULL`, `SELECT 1 WHERE member_link(NULL) IS NOT NULL`,
		`SELECT 1 WHERE member_try_link(NULL) IS NOT NULL`, `SELECT 1 WHERE member_try_own('x') IS NOT NULL`, `SELECT 1 WHERE member_home('x') IS NOT NULL`,
		`SELECT 1 WHERE member_enter_link(NULL, 1, 1, 'x', 'x') <> 'gone'`, `SELECT 1 WHERE member_enter_code(NULL, 1, 1, 'x', 'x') <> 'wrong'`,
		`SELECT 1 WHERE member_choose('x', NULL, 1, 1, 'x', NULL) <> 'gone'`, `SELECT 1 WHERE member_leave_others('x')`,
		`SELECT 1 WHERE member_matter('x', '` + number + `') IS NOT NULL`, `SELECT 1 WHERE member_enter(NULL, NULL, 'x') <> 'gone'`,
		`SELECT 1 WHERE member_complaints('x', '{x}') IS NOT NULL`, `SELECT 1 WHERE member_keep('x', '{x}', 'x') IS NOT NULL`,
		`SELECT 1 WHERE member_unlock('x', '{x}', '` + number + `', 'y') IS NOT NULL`, `SELECT 1 WHERE member_put_away('x', '{x}', '` + number + `') IS NOT NULL`,
		`SELECT 1 WHERE member_follows('x') IS NOT NULL`, `SELECT 1 WHERE member_follow('x', '` + number + `', 'x') IS NOT NULL`, `SELECT 1 WHERE member_unfollow('x', 'x') IS NOT NULL`,
		`SELECT 1 WHERE own_follows() IS NOT NULL`, `SELECT matter_id FROM follow`, `SELECT matter_id FROM follow_answer`,
		`SELECT 1 WHERE member_invitations('x', '') IS NOT NULL`, `SELECT no FROM invitee`, `SELECT 1 FROM invitee_said`,
		`SELECT id FROM matter WHERE number = '` + number + `'`, `SELECT matter_id FROM event`,
	} {
		if n, err := tryAs(t.Context(), w.DB.Portal, sql); n != 0 || err != nil {
			t.Errorf("%d rows, %v, by %s", n, err, sql)
		}
	}
}
