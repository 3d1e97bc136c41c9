package deputy_test

import (
	"fmt"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
)

const (
	follow = `form[action="/member/follows"]`
	end    = `form[action="/member/follows/end"]`
	words  = "几位包工头都说修路款没有付清，想看看办到哪里。"
)

// asked is the page that answers whoever asks to follow a complaint.
func asked(t *testing.T, v *webtest.Client, number string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/member/follows").Want(t, 200).Submit(t, follow, values("number", number, "words", words))
}

// put does what the worker does with what was asked.
func (c *chamber) put(t *testing.T) int {
	t.Helper()
	n, err := c.Worker().PutAsks(t.Context())
	if err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	return n
}

func own(t *testing.T, c *chamber, r complaint.Receipt) *webtest.Client {
	t.Helper()
	v := c.Visitor()
	v.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", r.Number, "query_code", r.Code)).Want(t, 200)
	return v
}

func answering(action string) string { return `form[action="/complaints/mine/` + action + `"]` }

func TestADeputyFollowsAComplaintAsLongAsItsComplainantLets(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	v := c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	other := c.enters(t, "linxi@example.invalid", c.Does(t, "林溪", member.Admit, "linxi@example.invalid"))
	in := complainttest.Intake()
	receipt := c.File(t, in)
	page := v.Get(t, "/member/mine").Follow(t, `a[href="/member/follows"]`).Want(t, 200)
	if !page.Has(".empty") {
		t.Error("an empty list is not said")
	}
	asked(t, v, strings.ToLower(receipt.Number)).Want(t, 200)
	if n := c.put(t); n != 1 {
		t.Fatalf("%d were put", n)
	}
	if c.put(t) != 0 {
		t.Error("it is put twice")
	}

	// The complainant sees who asks and exactly what would be seen.
	citizen := own(t, c, receipt)
	mine := citizen.Get(t, "/complaints/mine").Want(t, 200)
	got := mine.Text("main")
	if !strings.Contains(got, "第十六届人大代表 陈河想跟进您这件投诉") || !strings.Contains(got, words) || !mine.Has(answering("allow_follow")) || !mine.Has(answering("refuse_follow")) {
		t.Fatalf("the complainant reads %q", got)
	}
	followed := func(v *webtest.Client) string { return v.Get(t, "/member/follows").Want(t, 200).Text("main") }
	if got := followed(v); !strings.Contains(got, "问过的") || strings.Contains(got, "投诉人同意了") {
		t.Errorf("unanswered the deputy sees %q", got)
	}
	before := followed(v)
	mine = mine.Submit(t, answering("refuse_follow"), nil).Want(t, 200)
	if !strings.Contains(mine.Text(".banner"), "不给看") || !strings.Contains(mine.Text(".timeline"), "您没有同意第十六届人大代表 陈河跟进") {
		t.Errorf("refused it says %q", mine.Text(".banner"))
	}
	if got := followed(v); got != before {
		t.Errorf("a no is told: %q", got)
	}
	mine = mine.Submit(t, answering("allow_follow"), nil).Want(t, 200)
	if !strings.Contains(mine.Text(".banner"), "随时可以收回") {
		t.Errorf("allowed it says %q", mine.Text(".banner"))
	}
	seen := v.Get(t, "/member/follows").Want(t, 200)
	if got := seen.Text("main"); !strings.Contains(got, receipt.Number) || !strings.Contains(got, "投诉人同意了") || !strings.Contains(got, "待登记") || !strings.Contains(got, "还没有答复") || !seen.Has("main .ruler") {
		t.Errorf("with consent the deputy sees %q", got)
	}
	for _, secret := range []string{in.Story.Title, in.Story.Facts, in.Story.Request, in.Contact.Name, in.Contact.Phone} {
		if secret != "" && strings.Contains(seen.Body, secret) {
			t.Errorf("the deputy reads %q", secret)
		}
	}
	if strings.Contains(followed(other), receipt.Number) {
		t.Error("another deputy sees it")
	}
	// What was shown to the complainant is what the deputy sees.
	if shown := mine.Text(".section:has(" + answering("end_follow") + ") .holding"); shown == "" || shown != seen.Text("main .holding") {
		t.Errorf("shown was %q, seen is %q", shown, seen.Text("main .holding"))
	}

	mine = mine.Submit(t, answering("end_follow"), nil).Want(t, 200)
	if got := followed(v); !strings.Contains(mine.Text(".banner"), "已经收回") || got != before {
		t.Errorf("taken back the deputy sees %q", got)
	}
	if again := mine.Forge(t, answering("allow_follow"), values("asked", "99999")).Want(t, 409); !strings.Contains(again.Text(".banner"), "没有这一问") {
		t.Errorf("a question that there is not: %q", again.Text(".banner"))
	}
	citizen.Get(t, "/complaints/mine").Submit(t, answering("allow_follow"), nil).Want(t, 200)

	// It ends with the account, and does not begin again with it.
	c.Does(t, "陈河", member.Close, "")
	c.owner(t, `UPDATE member_act SET at = now() WHERE act = 'close'`) // the office's clock is another than the database's here
	if got := citizen.Get(t, "/complaints/mine").Text("main"); strings.Contains(got, words) {
		t.Errorf("closed, the complainant is still asked: %q", got)
	}
	c.owner(t, `UPDATE member_login SET asked_at = asked_at - interval '1 hour'`)
	v = c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	if got := followed(v); strings.Contains(got, "投诉人同意了") {
		t.Errorf("admitted anew the deputy sees %q", got)
	}
	asked(t, v, receipt.Number).Want(t, 200)
	c.put(t)
	citizen.Get(t, "/complaints/mine").Submit(t, answering("allow_follow"), nil).Want(t, 200)
	if got := followed(v); !strings.Contains(got, "投诉人同意了") {
		t.Errorf("asked anew the deputy sees %q", got)
	}
	page = v.Get(t, "/member/follows")
	if said := page.Text(".section:has(" + end + ") p.small"); !strings.Contains(said, "同意也结束") || !strings.Contains(said, "不能再问") || !page.Has(end+" .button-hard") {
		t.Errorf("before it is given up it says %q", said)
	}
	ended := page.Submit(t, end, nil).Want(t, 200)
	if again := page.Submit(t, end, nil).Want(t, 404); !strings.Contains(again.Text(".banner"), "没有变") || strings.Contains(again.Text(".banner"), "已经不再跟进") {
		t.Errorf("given up twice it says %q", again.Text(".banner"))
	}
	if strings.Contains(ended.Text("main"), "投诉人同意了") || !strings.Contains(ended.Text(".banner"), "不再跟进") || strings.Contains(citizen.Get(t, "/complaints/mine").Text("main"), words) {
		t.Errorf("given up: %q", ended.Text("main"))
	}
	// As does the term.
	third := c.File(t, in)
	asked(t, other, third.Number).Want(t, 200)
	c.put(t)
	last := own(t, c, third)
	last.Get(t, "/complaints/mine").Submit(t, answering("allow_follow"), nil).Want(t, 200)
	c.owner(t, `UPDATE member SET valid_to = '2020-01-01' WHERE name = '林溪'`)
	if got := last.Get(t, "/complaints/mine").Text("main"); strings.Contains(got, words) {
		t.Errorf("after the term the complainant reads %q", got)
	}
}

// Whatever number is typed, the page says the same, and nothing about it is written that
// depends on whether there is one.
func TestAskingTellsNoNumberFromAnother(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	v := c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	there, closed := c.File(t, complainttest.Intake()).Number, c.File(t, complainttest.Intake())
	own(t, c, closed).Get(t, "/complaints/mine/withdraw").Submit(t, answering("withdraw"), nil).Want(t, 200)
	absent := form.NewNumber(complainttest.Monday.Year(), strings.NewReader("12345678"))
	var pages []string
	for _, number := range []string{there, closed.Number, absent} {
		page := asked(t, v, number).Want(t, 200)
		if page.Path != "/member/follows?done=asked" {
			t.Errorf("at %s: %q", page.Path, page.Text("main"))
		}
		pages = append(pages, strings.ReplaceAll(page.Text(".banner"), number, "NUMBER"))
		if again := asked(t, v, number).Want(t, 409); !strings.Contains(again.Text(".banner"), "已经问过") || again.Text("[name=words]") != words {
			t.Errorf("twice: %q", again.Text("main"))
		}
	}
	if pages[0] != pages[1] || pages[1] != pages[2] {
		t.Errorf("the answers are %q", pages)
	}
	if n := c.put(t); n != 2 {
		t.Errorf("%d were put", n)
	}
	listed := v.Get(t, "/member/follows").Want(t, 200).All("main h3")
	if len(listed) != 3 {
		t.Errorf("asked were %q", listed)
	}
	// What cannot be a number of a complaint is no question.
	for _, number := range []string{"", "JX123", c.Proposed(t, "12", "陈河", "关于修路的建议")} {
		if page := asked(t, v, number).Want(t, 422); page.Text("[name=words]") != words {
			t.Errorf("%q: what was written is lost", number)
		}
	}
	v.Get(t, "/member/follows").Submit(t, follow, values("number", absent, "words", " ")).Want(t, 422)
	v.Get(t, "/member/follows").Submit(t, follow, values("number", absent, "words", strings.Repeat("长", 301))).Want(t, 422)
	for i := range 7 {
		asked(t, v, form.NewNumber(2026, strings.NewReader(fmt.Sprintf("%08d", 23456780+i*7919)))).Want(t, 200)
	}
	if page := asked(t, v, form.NewNumber(2026, strings.NewReader("99887766"))).Want(t, 429); !strings.Contains(page.Text(".banner"), "最多 10 件") {
		t.Errorf("the eleventh of a day: %q", page.Text("main"))
	}
}

// A complainant is not buried: of more questions than so many a week nothing is told, and
// whoever asks hears the same.
func TestAComplainantIsAskedOnlySoOften(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	receipt := c.File(t, complainttest.Intake())
	c.owner(t, `INSERT INTO member (kind, name, congress_session, credential_number) SELECT 'npc_deputy', '代表' || i, '第十六届', 'RD-1' || i FROM generate_series(10, 17) i`)
	c.owner(t, `INSERT INTO member_account (member_id, mailbox, mailbox_mac, code_mac, changed_at) SELECT id, '', id::text::bytea, '', now() FROM member WHERE name LIKE '代表1%'`)
	c.owner(t, `INSERT INTO follow_ask (member_id, number, words, asked_at) SELECT id, '`+receipt.Number+`', '想看看', now() - interval '1 minute' FROM member WHERE name LIKE '代表1%'`)
	c.put(t)
	c.put(t)
	if n := c.Count(t, "follow"); n != 5 {
		t.Errorf("%d were put", n)
	}
	left, err := pg.One[int](t.Context(), c.DB.Owner, `SELECT count(*) FROM follow_ask WHERE put_at IS NULL`, nil)
	if err != nil || left != 0 {
		t.Errorf("%d wait, %v", left, err)
	}
}
