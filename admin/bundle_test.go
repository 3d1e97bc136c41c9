package admin

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/bundle"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// bundled brings complaints before the office as a deputy, whose complainants let it, as the
// portal does for whoever is logged in; it gives the bundle's number.
func (w *workplace) bundled(t *testing.T, receipts ...complaint.Receipt) string {
	t.Helper()
	var numbers []string
	for _, r := range receipts {
		if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO follow_ask (member_id, number, words, asked_at) SELECT id, $1, '想看看', now() FROM member WHERE name = '陈河'`, r.Number); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Worker().PutAsks(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.follows(t, r, complaint.AllowFollow)
		numbers = append(numbers, r.Number)
	}
	unlock := complainttest.Token()
	who, err := pg.One[int64](t.Context(), w.DB.Owner, `
		INSERT INTO unlock (token_hash, opens, member_id, member_name, expires_at) SELECT @token, 'bundle', id, name, now() + interval '1 minute' FROM member WHERE name = '陈河' RETURNING member_id`,
		pg.Args{"token": unlock})
	if err != nil {
		t.Fatal(err)
	}
	act := workflow.Act{Action: bundle.Send, By: workflow.Actor{MemberID: who, Name: "陈河", Role: staff.Member}, Unlock: unlock, Token: complainttest.Token(),
		Answers: workflow.Answers{"title": {"修路款没有付清"}, "words": {"几家都等了两年。"}, "numbers": {strings.Join(numbers, "\n")}}}
	r := &register.Register{Office: w.Portal.Office, Kind: bundle.Kind}
	opening, err := bundle.Kind.Opens(t.Context(), r, act)
	if err != nil {
		t.Fatal(err)
	}
	done, err := r.Open(t.Context(), opening)
	if err != nil {
		t.Fatal(err)
	}
	return done.Number
}

func TestTheDeskAnswersABundle(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	if _, err := w.DB.Owner.Exec(t.Context(), `
		WITH m AS (INSERT INTO member (kind, name, congress_session, credential_number) VALUES ('npc_deputy', '陈河', '第十六届', 'RD-001') RETURNING id)
		INSERT INTO member_account (member_id, mailbox, mailbox_mac, code_mac, changed_at) SELECT id, '', '', '', now() FROM m`); err != nil {
		t.Fatal(err)
	}
	team := w.team(t)
	registrar, leader := team[staff.Registrar], team[staff.Leader]
	first, second := w.File(t, complainttest.Intake()), w.File(t, complainttest.Intake())
	number := w.bundled(t, first, second)
	at := "/bundles/" + number
	if got := registrar.Get(t, "/bundles").Want(t, 200).Text("table"); !strings.Contains(got, "修路款没有付清") || !strings.Contains(got, "陈河") {
		t.Errorf("the list is %q", got)
	}
	team[staff.Handler].Get(t, at).Want(t, 404)
	page := registrar.Get(t, at).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "几家都等了两年") || !strings.Contains(got, "放在一起的投诉（2 件）") || !page.Has(`a[href="/complaints/`+first.Number+`"]`) {
		t.Errorf("it shows %q", got)
	}
	w.follows(t, second, complaint.EndFollow)
	page = registrar.Get(t, at).Want(t, 200)
	if got := page.Text("main"); strings.Contains(got, second.Number) || !strings.Contains(got, "放进来过的有 1 件已经不在里面") {
		t.Errorf("after a consent was taken back it shows %q", got)
	}
	list := registrar.Get(t, "/bundles?unit="+complainttest.Finance).Want(t, 200)
	if list.Has("[name=unit]") || list.Has(".col-unit") || strings.Contains(list.Text("main"), "待定") || !strings.Contains(list.Text("table"), "修路款没有付清") {
		t.Errorf("bundles have no unit, and their list has %q", list.Text("main"))
	}
	list.Submit(t, "form[data-filters]", nil).Want(t, 200)
	registrar.Get(t, "/bundles").Submit(t, "button[form=export]", nil).Want(t, 200)
	page = savedOn(t, page, workflow.Note, "note", "先问财政局")
	page = page.Submit(t, "[data-action=note]", url.Values{"note": {"先问财政局"}}).Want(t, 200)
	page.Submit(t, "[data-action=reply_bundle]", nil).Want(t, 422)
	page = savedOn(t, page, bundle.Reply, "public", "先写一半。")
	page = page.Submit(t, "[data-action=reply_bundle]", url.Values{"public": {"已经请财政局排付款表。"}}).Want(t, 200)
	if got := page.Text(".timeline"); !strings.Contains(got, "已经请财政局排付款表") || !strings.Contains(got, "先问财政局") {
		t.Errorf("replied it shows %q", got)
	}
	leader.Get(t, at).Want(t, 200).Submit(t, "[data-action=propose]", url.Values{"proposal": {number}}).Want(t, 422)
	done, err := proposal.New(w.Desk.Office).Begin(t.Context(), workflow.Order{Action: proposal.Enter, By: w.People[staff.Registrar], Token: complainttest.Token(), Answers: workflow.Answers{
		"source": {"npc_interim"}, "term": {"16"}, "serial": {strconv.Itoa(7)}, "title": {"关于付清修路款的建议"}, "content": {"几家都等了两年。"}, "points": {"1. 列出清单"}, "signers": {"陈河"}}})
	if err != nil {
		t.Fatal(err)
	}
	page = leader.Get(t, at).Submit(t, "[data-action=propose]", url.Values{"proposal": {strings.ToLower(done.Number)}}).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "已转闭会建议") || !page.Has(`a[href="/proposals/`+done.Number+`"]`) {
		t.Errorf("linked it shows %q", got)
	}
}
