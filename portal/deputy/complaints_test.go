package deputy_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
)

const keep = `form[action="/member/complaints"]`

// kept puts a complaint into the list of who is logged in.
func kept(t *testing.T, v *webtest.Client, number, code string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/member/complaints").Want(t, 200).Submit(t, keep, values("number", number, "query_code", code))
}

func TestADeputyKeepsTheirOwnComplaintsByNumberAndCode(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	other := c.enters(t, "linxi@example.invalid", c.Does(t, "林溪", member.Admit, "linxi@example.invalid"))
	mine, foreign := c.File(t, complainttest.Intake()), c.File(t, complainttest.Intake())

	page := v.Get(t, "/member/mine").Follow(t, `a[href="/member/complaints"]`).Want(t, 200)
	if !strings.Contains(page.Text("main"), "陈河，第十六届人大代表") || !page.Has(".empty") {
		t.Errorf("an empty list says %q", page.Text("main"))
	}
	// As at the page of tracking: both from one box, what is no number is no guess, and
	// wrong pairs are counted.
	kept(t, v, "JX123", mine.Code).Want(t, 422)
	if page = kept(t, v, mine.Number, foreign.Code).Want(t, 404); !strings.Contains(page.Text(".error-summary"), "再错 4 次") || page.Attr("[name=number]", "value") != mine.Number || page.Attr("[name=query_code]", "value") != "" {
		t.Errorf("a wrong pair: %q", page.Text("main"))
	}
	if page = kept(t, v, mine.Number+" "+mine.Code, "").Want(t, 200); page.Path != "/member/complaints?done=kept" || !strings.Contains(page.Text(".banner"), "已经放进") || !page.Has("main .ruler") {
		t.Errorf("at %s: %q", page.Path, page.Text("main"))
	}
	if got := page.Text("main"); !strings.Contains(got, complainttest.Intake().Story.Title) || !strings.Contains(got, mine.Number) || !strings.Contains(got, "待登记") || strings.Contains(got, foreign.Number) {
		t.Errorf("the list is %q", got)
	}
	if page = kept(t, v, mine.Number, mine.Code).Want(t, 409); !strings.Contains(page.Text(".banner"), "已经在您的单子里") {
		t.Errorf("twice: %q", page.Text("main"))
	}
	if strings.Contains(other.Get(t, "/member/complaints").Text("main"), mine.Number) {
		t.Error("another deputy sees it")
	}

	// It opens as its query code opens it, for them alone, and closes with the session.
	open, away := `form[action="/member/complaints/open"]`, `form[action="/member/complaints/put-away"]`
	own := v.Get(t, "/member/complaints").Submit(t, open, nil).Want(t, 200)
	if own.Path != "/complaints/mine" || !strings.Contains(own.Text("main"), mine.Number) || !own.Has(`a[href="/complaints/mine/supplement"]`) {
		t.Errorf("opens %s", own.Path)
	}
	// From it, and from a move of it, they find back to their own pages.
	for _, page := range []*webtest.Page{own, own.Follow(t, `a[href="/complaints/mine/supplement"]`)} {
		if !page.Has(`header a[href="/member/complaints"][aria-current]`) || !page.Has(`header form[action="/member/leave"]`) {
			t.Errorf("no way back from %s", page.Path)
		}
	}
	if !own.Has(`.crumbs a[href="/member/complaints"]`) {
		t.Error("no way back on top")
	}
	kept(t, other, foreign.Number, foreign.Code).Want(t, 200)
	none := other.Get(t, "/member/complaints").Forge(t, open, values("number", form.NewNumber(2026, strings.NewReader("12345678")))).Want(t, 404)
	if theirs := other.Get(t, "/member/complaints").Forge(t, open, values("number", mine.Number)).Want(t, 404); theirs.Text("main") != none.Text("main") || other.Get(t, "/complaints/mine").Status != 401 {
		t.Errorf("another's is opened, or told from none: %q", theirs.Text("main"))
	}
	other.Get(t, "/member/complaints").Forge(t, away, values("number", mine.Number)).Want(t, 404)
	v.Get(t, "/member/complaints").Submit(t, `form[action="/member/leave"]`, nil).Want(t, 200)
	v.Get(t, "/member/complaints").Want(t, 401)
	v.Get(t, "/complaints/mine").Want(t, 401)

	c.owner(t, `UPDATE member_login SET asked_at = asked_at - interval '1 hour'`)
	v = c.enters(t, mailbox, code)
	if page = v.Get(t, "/member/complaints").Want(t, 200); !strings.Contains(page.Text("main"), mine.Number) {
		t.Error("it is gone at the next login")
	}
	// What the desk does to the account empties the list: whoever took it over finds nothing.
	c.owner(t, `UPDATE member_login SET asked_at = asked_at - interval '1 hour'`)
	v = c.enters(t, mailbox, c.Does(t, "陈河", member.NewCode, ""))
	if page = v.Get(t, "/member/complaints").Want(t, 200); strings.Contains(page.Text("main"), mine.Number) || v.Get(t, "/complaints/mine").Status != 401 {
		t.Error("whoever has the new code has the old list")
	}
	page = kept(t, v, mine.Number, mine.Code).Want(t, 200)
	there := page
	if page = page.Submit(t, away, nil).Want(t, 200); strings.Contains(page.Text("main"), mine.Number) || !strings.Contains(page.Text(".banner"), "已经从单子里拿掉") {
		t.Errorf("taken off: %q", page.Text("main"))
	}
	if page = there.Submit(t, away, nil).Want(t, 404); !strings.Contains(page.Text(".banner"), "不在您的单子里") {
		t.Errorf("taken off twice: %q", page.Text(".banner"))
	}
	v.Get(t, "/complaints/mine").Want(t, 401)
}

// Guesses on the list are counted with those on the page of tracking.
func TestGuessesOnBothPagesAreCountedTogether(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	v := c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	mine := c.File(t, complainttest.Intake())
	for range 3 {
		kept(t, v, mine.Number, "AAAA-AAAA-AAAA-AAAA").Want(t, 404)
	}
	for range 2 {
		v.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", mine.Number, "query_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404)
	}
	if page := kept(t, v, mine.Number, mine.Code).Want(t, 429); !strings.Contains(page.Text(".banner"), "错了 5 次") {
		t.Errorf("the sixth says %q", page.Text("main"))
	}
	if n := c.Count(t, "member_complaint"); n != 0 {
		t.Errorf("%d are kept", n)
	}
}

// A dump says of no complaint whose it is: the shelf is found with the key file alone.
func TestWhoseComplaintsAreKeptStandsInNoRow(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	v := c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
	first, second := c.File(t, complainttest.Intake()), c.File(t, complainttest.Intake())
	kept(t, v, first.Number, first.Code).Want(t, 200)
	kept(t, v, second.Number, second.Code).Want(t, 200)
	plain, err := pg.One[int](t.Context(), c.DB.Owner, `
		SELECT count(*) FROM member_complaint k, member b WHERE k.shelf IN (sha256(b.id::text::bytea), b.id::text::bytea) OR length(k.shelf) <> 32`, nil)
	if err != nil || plain != 0 {
		t.Errorf("%d rows name somebody, %v", plain, err)
	}
	c.owner(t, `UPDATE member SET valid_to = '2026-01-01'`)
	v.Get(t, "/member/complaints").Want(t, 401)
}
