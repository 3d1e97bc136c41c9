package deputy_test

import (
	"strings"
	"testing"

	"zhengxin/internal/bundle"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

const send = `form[action="/member/bundles/new"]`

// allowed are complaints whose complainants let whoever is logged in follow them.
func allowed(t *testing.T, c *chamber, v *webtest.Client, n int) (receipts []complaint.Receipt) {
	t.Helper()
	for range n {
		r := c.File(t, complainttest.Intake())
		asked(t, v, r.Number).Want(t, 200)
		c.put(t)
		own(t, c, r).Get(t, "/complaints/mine").Submit(t, answering("allow_follow"), nil).Want(t, 200)
		receipts = append(receipts, r)
	}
	return receipts
}

// sent brings a bundle before the office.
func sent(t *testing.T, v *webtest.Client, numbers string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/member/bundles/new").Want(t, 200).Forge(t, send, values("title", "三个村的修路款都没有付清", "words", "几家都等了两年，建议排一张付款表。", "numbers", numbers))
}

func TestADeputyBringsComplaintsTogetherWithConsent(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	v := c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	other := c.enters(t, "linxi@example.invalid", c.Does(t, "林溪", member.Admit, "linxi@example.invalid"))
	with, foreign := allowed(t, c, v, 3), allowed(t, c, other, 1)[0]
	if page := v.Get(t, "/member/mine").Follow(t, `a[href="/member/bundles"]`).Want(t, 200); !page.Has(".empty") {
		t.Error("an empty list is not said")
	}
	// What is not consented to, and what there is not, is said alike, and nothing is lost.
	absent := form.NewNumber(2026, strings.NewReader("12345678"))
	for _, number := range []string{foreign.Number, absent} {
		page := sent(t, v, with[0].Number+"\n"+number).Want(t, 422)
		if got := page.Text(".field-error"); !strings.Contains(got, number+"不在您跟进的投诉里") || !strings.Contains(page.Text("[name=words]"), "排一张付款表") {
			t.Errorf("%s: %q", number, got)
		}
	}
	sent(t, v, "").Want(t, 422)
	// What may be put in is ticked, and nobody has to copy a number.
	choosing := v.Get(t, "/member/bundles/new")
	if n := choosing.Find("[name=numbers][type=checkbox]").Length(); n != len(with) || !strings.Contains(choosing.Text("main form"), with[0].Number) || choosing.Has("details [name=numbers]") {
		t.Errorf("%d are to tick: %q", n, choosing.Text("main form"))
	}
	if half := choosing.Submit(t, send, values("title", "修路款没有付清", "words", " ", "numbers", with[1].Number)).Want(t, 422); half.Find("[name=numbers][checked]").Length() != 1 {
		t.Error("a tick is lost")
	}
	// Who complained is sealed, and does not leave it by somebody else's words.
	for _, typed := range [][2]string{{"title", "修路款 " + with[0].Number}, {"words", "投诉人张三，电话13800138000，都等了两年。"}, {"words", "身份证410425199001010013的那一位说。"}} {
		rest := map[string][]string{"title": {"words", "都等了两年。"}, "words": {"title", "修路款没有付清"}}[typed[0]]
		page := v.Get(t, "/member/bundles/new").Submit(t, send, values("numbers", with[0].Number, typed[0], typed[1], rest[0], rest[1]))
		if page.Status != 422 {
			t.Fatalf("%s: %d", typed[1], page.Status)
		}
		if !strings.Contains(page.Text(".error-summary"), "请删去") || !strings.Contains(page.Body, typed[1]) {
			t.Errorf("%s: %q", typed[1], page.Text(".error-summary"))
		}
	}
	sent(t, v, "JX1").Want(t, 422)
	page := sent(t, v, with[0].Number+"、"+strings.ToLower(with[1].Number)+" "+with[0].Number).Want(t, 200)
	number := strings.TrimSuffix(strings.TrimPrefix(page.Path, "/member/bundles/"), "?done=send_bundle")
	at := "/member/bundles/" + number
	if got := page.Text("main"); !strings.Contains(got, "已经送到监督办公室") || !strings.Contains(got, "待回复") || !strings.Contains(got, with[1].Number) || !strings.Contains(got, "最迟") || !strings.HasPrefix(number, "HB") {
		t.Fatalf("at %s: %q", page.Path, got)
	}
	other.Get(t, at).Want(t, 404)
	if page := sent(t, v, with[0].Number).Want(t, 422); !strings.Contains(page.Text(".field-error"), "已经放进过"+number) {
		t.Errorf("a consent is used twice: %q", page.Text(".field-error"))
	}
	move := func(action, numbers string) *webtest.Page {
		return v.Get(t, at).Want(t, 200).Follow(t, `a[href="`+at+"/"+action+`"]`).Want(t, 200).Forge(t, "[data-action="+action+"]", values("numbers", numbers))
	}
	for action, number := range map[string]string{"add_complaints": with[2].Number, "drop_complaints": with[0].Number} {
		form := v.Get(t, at+"/"+action)
		if !form.Has(`[name=numbers][value="`+number+`"]`) || action == "add_complaints" && form.Has(`[name=numbers][value="`+with[0].Number+`"]`) {
			t.Errorf("%s offers %q", action, form.Text("main form"))
		}
	}
	move("add_complaints", with[1].Number).Want(t, 422)
	move("add_complaints", with[2].Number).Want(t, 200)
	move("drop_complaints", absent).Want(t, 422)
	if got := move("drop_complaints", with[0].Number+" "+with[1].Number+" "+with[2].Number).Want(t, 422).Text(".field-error"); !strings.Contains(got, "请撤回这次合并反映") {
		t.Errorf("a bundle of nothing: %q", got)
	}
	if got := move("drop_complaints", with[1].Number).Want(t, 200).Text("main"); strings.Contains(got, "\n"+with[1].Number) || !strings.Contains(got, "拿掉了 1 件投诉") {
		t.Errorf("after it was taken out: %q", got)
	}

	// A consent that is taken back takes its complaint out at once, at the desk too.
	read := func() *bundle.Bundle {
		b, err := bundle.New(c.Desk.Office).Read(t.Context(), c.People[staff.Registrar], number)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if b := read(); len(b.Complaints) != 2 || b.Left != 1 || b.Hidden != 0 || b.Name != "陈河" || !strings.Contains(b.Words, "付款表") {
		t.Errorf("the desk reads %+v", b)
	}
	own(t, c, with[2]).Get(t, "/complaints/mine").Submit(t, answering("end_follow"), nil).Want(t, 200)
	if b := read(); len(b.Complaints) != 1 || b.Left != 2 || b.Complaints[0].Number != with[0].Number {
		t.Errorf("after it was taken back the desk reads %+v", b.Complaints)
	}
	if got := v.Get(t, at).Text("main"); strings.Contains(got, with[2].Number) || !strings.Contains(got, "有 2 件已经不在里面") {
		t.Errorf("and the deputy %q", got)
	}
	// Whoever may not know of one of its complaints knows of none of it.
	barred := c.People[staff.Auditor]
	barred.Bars = []string{complainttest.Town}
	if _, err := bundle.New(c.Desk.Office).Read(t.Context(), barred, number); !fault.Is(err, fault.NotFound) {
		t.Errorf("who comes from the accused unit reads it: %v", err)
	}
	// A handling unit knows of none of it.
	if _, err := bundle.New(c.Desk.Office).Read(t.Context(), c.People[staff.Handler], number); !fault.Is(err, fault.NotFound) {
		t.Errorf("a handler reads it: %v", err)
	}

	if _, err := bundle.New(c.Desk.Office).Move(t.Context(), workflow.Order{Number: number, Action: bundle.Reply, By: c.People[staff.Supervisor], Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {"已经请财政局排付款表。"}}}); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	got := v.Get(t, at).Text("main")
	if !strings.Contains(got, "已经请财政局排付款表。") || !strings.Contains(got, "已回复") || strings.Contains(got, "再放进几件") {
		t.Errorf("replied it says %q", got)
	}
	if list := v.Get(t, "/member/bundles").Text("main"); !strings.Contains(list, "三个村的修路款") || !strings.Contains(list, "1 件投诉") {
		t.Errorf("the list is %q", list)
	}
	// As which proposal it is handled on is a link for whoever has signed that.
	for _, signer := range []string{"林溪", "陈河"} {
		on := c.Proposed(t, map[string]string{"林溪": "21", "陈河": "22"}[signer], signer, "关于分期付清修路款的建议")
		c.owner(t, `ALTER TABLE proposal DISABLE TRIGGER USER`)
		c.owner(t, `UPDATE proposal SET source = 'npc_interim', meeting = NULL WHERE matter_id = (SELECT id FROM matter WHERE number = '`+on+`')`)
		at := strings.TrimSuffix(sent(t, v, allowed(t, c, v, 1)[0].Number).Want(t, 200).Path, "?done=send_bundle")
		if _, err := bundle.New(c.Desk.Office).Move(t.Context(), workflow.Order{Number: strings.TrimPrefix(at, "/member/bundles/"), Action: bundle.Propose, By: c.People[staff.Supervisor], Token: complainttest.Token(),
			Answers: workflow.Answers{"proposal": {on}}}); err != nil {
			t.Fatal(err, fault.FieldsOf(err))
		}
		page := v.Get(t, at).Want(t, 200)
		if got := page.Has(`main a[href="/member/proposals/` + on + `"]`); got != (signer == "陈河") || !strings.Contains(page.Text(".timeline"), on) {
			t.Errorf("signed by %s the link is there: %v", signer, got)
		}
	}
	second := sent(t, v, allowed(t, c, v, 1)[0].Number).Want(t, 200)
	back := second.Follow(t, `a[href$="/withdraw"]`).Want(t, 200).Submit(t, "[data-action=withdraw]", nil).Want(t, 200)
	if got := back.Text("main"); !strings.Contains(got, "已撤回") || !strings.Contains(got, "里面的投诉照样办理") {
		t.Errorf("withdrawn it says %q", got)
	}
}
