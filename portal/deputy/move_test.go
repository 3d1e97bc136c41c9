package deputy_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// answered is a proposal of two whose answer was served, and its page as both see it.
func answered(t *testing.T) (c *chamber, number string, lead, joint *webtest.Client) {
	t.Helper()
	c = newChamber(t)
	code, other := c.Does(t, "陈河", member.Admit, mailbox), c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	number = c.Proposed(t, "13", "陈河、李山", "关于公开欠款清单的建议")
	c.Handed(t, number)
	c.Drafted(t, number)
	c.Served(t, number)
	return c, number, c.enters(t, mailbox, code), c.enters(t, "lishan@example.invalid", other)
}

const disagree = "/disagree"

func (c *chamber) state(t *testing.T, number string) string {
	t.Helper()
	state, err := pg.One[string](t.Context(), c.DB.Owner, `SELECT state FROM matter WHERE number = @number`, pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func (c *chamber) chainsHold(t *testing.T) {
	t.Helper()
	if _, err := audit.Walk(t.Context(), c.DB.Owner, key.NewEventKeys(c.Keys.Office, c.Keys.Portal), kinds.Lawful, func(f chain.Finding) {
		t.Errorf("chain: %s", f.Sentence)
	}); err != nil {
		t.Error(err)
	}
}

// Whoever leads the signers says what they think of the answer, on the portal, by the same
// law as the desk; who only signed reads it.
func TestWhoLeadsTheSignersSaysWhatTheyThink(t *testing.T) {
	t.Parallel()
	c, number, lead, joint := answered(t)
	page := "/member/proposals/" + number
	if got := joint.Get(t, page).Text("main"); strings.Contains(got, "请您反馈") || !strings.Contains(got, "由领衔的合起来反馈一次") {
		t.Errorf("who only signed reads %q", got)
	}
	joint.Get(t, page+disagree).Want(t, 409)
	if got := lead.Get(t, "/member/mine").Follow(t, `main a[href="`+page+`"]`).Want(t, 200); got.Path != page {
		t.Errorf("what waits leads to %s", got.Path)
	}
	if got := lead.Get(t, "/member/mine").Text("main .actions"); !strings.Contains(got, "现在是“等反馈”，等您办，到 2026年4月1日") {
		t.Errorf("the home says %q", got)
	}

	form := lead.Get(t, page).Want(t, 200).Follow(t, `a[href="`+page+disagree+`"]`).Want(t, 200)
	send := `form[action="` + page + disagree + `"]`
	typed := values("attitude", "satisfied", "result", "dissatisfied", "consent", "outcome", "public", "清单里少了 3 笔。")
	half := form.Submit(t, send, values("attitude", "satisfied", "result", "basic", "consent", "", "public", "清单里少了 3 笔。")).Want(t, 422)
	if got := half.Text("main"); !strings.Contains(got, "请选能不能公开") || !strings.Contains(got, "清单里少了 3 笔。") {
		t.Errorf("without consent it says %q", got)
	}
	// The summary follows the page, and the words of who reads it are theirs.
	basic := half.Submit(t, send, values("attitude", "basic", "result", "basic", "consent", "outcome", "public", " ")).Want(t, 422)
	if got := basic.All(".error-summary a"); len(got) != 2 || !strings.Contains(got[1], "哪里不满意") {
		t.Errorf("wrong are %q", got)
	}
	if got := lead.Get(t, page+"/agree").Want(t, 200).Text("main form"); !strings.Contains(got, "您的话") || strings.Contains(got, "代表、委员") {
		t.Errorf("the form asks %q", got)
	}
	done := half.Submit(t, send, typed).Want(t, 200)
	if got := done.Text("main"); !strings.HasPrefix(done.Path, page) || !strings.Contains(got, "您的反馈已经收到") || !strings.Contains(got, "清单里少了 3 笔。") || c.state(t, number) != "dissatisfied" {
		t.Errorf("at %s, %s: %q", done.Path, c.state(t, number), got)
	}
	if half.Submit(t, send, typed).Want(t, 200); c.Count(t, "proposal_feedback") != 1 {
		t.Error("one form sent twice was two")
	}
	// Another form of before is told, and what was typed into it stays.
	form.Submit(t, send, values("attitude", "satisfied", "result", "dissatisfied", "consent", "none", "public", "另一个窗口写的。")).Want(t, 200)
	late := lead.Get(t, page+disagree).Want(t, 409)
	if got := late.Text("main"); !strings.Contains(got, "这一步 3月2日 10:00 已经办过了") {
		t.Errorf("what is over says %q", got)
	}
	if got := lead.Get(t, page+"/agree").Want(t, 409).Text(".banner"); !strings.Contains(got, "10:00，您的反馈已经收到。现在是“不满意，待重办”") {
		t.Errorf("the other answer says %q", got)
	}
	who, err := pg.One[string](t.Context(), c.DB.Owner, `SELECT actor || ' ' || actor_name || ' ' || role FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @number ORDER BY e.seq DESC LIMIT 1`, pg.Args{"number": number})
	if err != nil || who != "member 陈河 member" {
		t.Errorf("%q did it, %v", who, err)
	}
	c.Move(t, number, staff.Handler, proposal.TakeUpAgain)
	c.chainsHold(t)
}

func TestWhatKeepsAMemberFromAMove(t *testing.T) {
	t.Parallel()
	c, number, lead, joint := answered(t)
	page := "/member/proposals/" + number
	send := `form[action="` + page + `/agree"]`
	form := lead.Get(t, page+"/agree").Want(t, 200)
	typed := values("attitude", "basic", "result", "basic", "consent", "full", "public", "付了 9 笔。")
	token := form.Attr(`[name=form_token]`, "value")

	// Nobody moves what is not theirs, nor by a law that is the desk's.
	for _, path := range []string{page + "/serve", page + "/withdraw", page + "/nothing", "/member/proposals/TA2026000000000/agree", "/member/proposals/x/agree"} {
		lead.Get(t, path).Want(t, 404)
	}
	forged := joint.Get(t, page).Want(t, 200)
	if got := joint.Post(t, page+"/agree", values("_csrf", forged.Attr("[name=_csrf]", "value"), "form_token", token, "attitude", "basic", "result", "basic", "consent", "full")); got.Status != 409 || !strings.Contains(got.Text("main"), "不由您来办") {
		t.Errorf("who only signed gets %d: %s", got.Status, got.Text("main"))
	}
	c.Visitor().Get(t, page+"/agree").Want(t, 401)

	// Who came too late to the session has not lost what was typed.
	c.owner(t, `UPDATE member_session SET seen_at = now() - interval '31 minutes'`)
	if got := form.Submit(t, send, typed); got.Status != 401 || !strings.Contains(got.Text("main"), "付了 9 笔。") || c.state(t, number) != "served" {
		t.Errorf("after the session: %d %q", got.Status, got.Text("main"))
	}
	c.owner(t, `UPDATE member_session SET seen_at = now()`)

	// What the desk was told first is not said again, and the words of the form are there.
	c.Move(t, number, staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none", "public", "还行。")
	got := form.Submit(t, send, typed)
	if got.Status != 409 || !strings.Contains(got.Text("main"), "反馈已经录入过") || !strings.Contains(got.Text("main"), "付了 9 笔。") {
		t.Errorf("after the desk: %d %q", got.Status, got.Text("main"))
	}
	c.chainsHold(t)
}

// What the portal's role may do in a member's name ends with what they have open, and at
// the flags that members write.
func TestThePortalSpeaksInNoMembersNameByItself(t *testing.T) {
	t.Parallel()
	c, number, _, _ := answered(t)
	for what, sql := range map[string]string{
		"an event of a member":   `INSERT INTO event (matter_id, seq, at, actor, member_id, actor_name, role, action, from_state, to_state, commitment, prev, hash, key_id) SELECT currval('matter_id'), 1, now(), 'member', 1, '陈河', 'member', 'agree', '', 'fed_back', '', '', '', ''`,
		"flags":                  `SELECT member_flags('{public}', '{}')`,
		"a matter of the office": `INSERT INTO matter (kind, number, state, phase, title, flags, seq, head, salt, opened_at) VALUES ('proposal', 'TA2026000000001', 'filed', 1, 'x', '{}', 1, '', '', now())`,
		"feedback":               `INSERT INTO proposal_feedback (matter_id, seq, attitude, result, consent, words) SELECT 1, 1, 'basic', 'basic', 'none', ''`,
		"who has part":           `SELECT count(*) FROM member_part`,
	} {
		if _, err := c.DB.Portal.Exec(t.Context(), sql); err == nil {
			t.Errorf("%s: done", what)
		}
	}
	if _, err := c.DB.Admin.Exec(t.Context(), `INSERT INTO event (matter_id, seq, at, actor, member_id, actor_name, role, action, from_state, to_state, commitment, prev, hash, key_id)
		SELECT id, seq + 1, now(), 'member', 1, '陈河', 'member', 'agree', state, 'fed_back', '', head, '', '' FROM matter`); err == nil {
		t.Error("the desk speaks for a member")
	}
	if c.state(t, number) != "served" {
		t.Error(c.state(t, number))
	}
}

// An answer is served on the pages of those who signed once all of them agree, and never
// without one of them.
func TestAnAnswerIsServedOnlineWhereAllAgree(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code, other := c.Does(t, "陈河", member.Admit, mailbox), c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	number := c.Proposed(t, "13", "陈河、李山", "关于公开欠款清单的建议")
	c.Handed(t, number)
	c.Drafted(t, number)
	c.Move(t, number, staff.UnitHead, proposal.Reply, "version", "1")
	serve := func() error {
		p, err := c.Proposals.Read(t.Context(), c.People[staff.Handler], number)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Proposals.Move(t.Context(), workflow.Order{Number: number, Action: proposal.ServeOnline, By: c.People[staff.Handler], Token: complainttest.Token(),
			Answers: workflow.Answers{"digest": {p.Signed().Digest}}})
		return err
	}
	const own, account, form = "/member/proposals", "/member/account", `form[action="/member/served-online"]`
	lead, joint := c.enters(t, mailbox, code), c.enters(t, "lishan@example.invalid", other)
	agree := lead.Get(t, account).Want(t, 200).Submit(t, form, values("do", "agree")).Want(t, 200)
	if !strings.Contains(agree.Text("main"), "您同意网上送达") {
		t.Errorf("it says %q", agree.Text("main"))
	}
	if err := serve(); !strings.Contains(fault.SentenceOf(err), "没有同意网上送达") {
		t.Errorf("one of two agrees: %v", err)
	}
	yes := joint.Get(t, account).Submit(t, form, values("do", "agree")).Want(t, 200)
	yes.Submit(t, form, values("do", "end")).Want(t, 200)
	if err := serve(); err == nil {
		t.Error("served though one has taken it back")
	}
	joint.Get(t, account).Submit(t, form, values("do", "agree")).Want(t, 200)
	c.Does(t, "李山", member.Close, "")
	if err := serve(); err == nil {
		t.Error("served though one has no account")
	}
	c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	if err := serve(); err != nil {
		t.Fatal(err)
	}
	got := lead.Get(t, own+"/"+number).Text("main")
	if c.state(t, number) != "served" || !strings.Contains(got, "答复已经网上送达") || !strings.Contains(got, "演财函") || !strings.Contains(got, "请您反馈") {
		t.Errorf("%s: %q", c.state(t, number), got)
	}
	letters, err := pg.All[string](t.Context(), c.DB.Owner, `SELECT l.template || ' ' || m.name FROM letter l JOIN member m ON l.recipient = 'member:' || m.id ORDER BY m.name`, nil)
	if err != nil || !slices.Equal(letters, []string{"proposal_served 李山", "proposal_served 陈河"}) {
		t.Errorf("letters %q, %v", letters, err)
	}
	messages, err := pg.All[string](t.Context(), c.DB.Owner, `SELECT message_id FROM letter WHERE recipient LIKE 'member:%'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, message := range messages {
		if err := c.Post.Send(t.Context(), message, false); err != nil {
			t.Error(err)
		}
	}
	c.chainsHold(t)
}
