package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/workflow"
	"zhengxin/portal/portaltest"
)

// A complainant consents, sees the text before anybody else does, and takes it back; the
// public reads that text and not a word of the original.
func TestACaseIsReadAsLongAsItsComplainantWants(t *testing.T) {
	t.Parallel()
	s := portaltest.New(t)
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE setting SET value = '1' WHERE key = 'release_least'`); err != nil {
		t.Fatal(err)
	}
	in := complainttest.Intake()
	in.Story.Title, in.Story.Request, in.Story.Facts, in.Story.Reasons = "金丝雀标题一二三四", "金丝雀要求甲乙丙丁", "金丝雀经过子丑寅卯", "金丝雀理由东西南北"
	receipt := s.File(t, in)
	does := func(by staff.Role, action workflow.Action, pairs ...string) {
		t.Helper()
		read, err := s.Desk.Read(t.Context(), s.People[by], receipt.Number)
		if err != nil {
			t.Fatalf("%s by %s: %v", action, by, err)
		}
		a := workflow.Answers{"release": {read.Matter.Seen["release"]}}
		for i := 0; i+1 < len(pairs); i += 2 {
			a[pairs[i]] = []string{pairs[i+1]}
		}
		if _, err := s.Desk.Move(t.Context(), workflow.Order{Number: receipt.Number, Action: action, By: s.People[by], Token: complainttest.Token(), Answers: a}); err != nil {
			t.Fatalf("%s by %s: %v", action, by, err)
		}
	}
	does(staff.Registrar, complaint.EnterRegister)
	does(staff.Registrar, complaint.Accept, "nature", "RED")
	does(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	does(staff.Handler, complaint.Sign)
	does(staff.Handler, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", "金丝雀查明春夏秋冬", "opinion", "金丝雀意见风花雪月", "articles", "KX-9", "basis", "")
	v := s.Visitor()
	own := portaltest.Track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	if own.Has("#release") {
		t.Error("asked before there is an answer")
	}
	does(staff.UnitHead, complaint.ApproveAnswer)
	does(staff.Supervisor, complaint.Reply)
	own = v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, own.Document)
	if got := own.Text(".consent"); !strings.Contains(got, "您不说话，就是不同意") || !strings.Contains(got, "随时可以收回") {
		t.Errorf("what a consent means: %s", got)
	}
	own = own.Submit(t, "[data-action="+string(complaint.AllowRelease)+"]", nil).Want(t, 200)
	if !strings.Contains(own.Text(".banner-done"), "已经同意") || !strings.Contains(own.Text(".consent"), "公开员在写") {
		t.Errorf("consented: %s", own.Text("main"))
	}
	text := []string{"title", "活干完了钱没有给", "question", "给镇里干完活很久了，钱没有给，怎么办？", "reply", "查明确实欠着，要分几次付清，逾期的利息照算。"}
	does(staff.Publisher, complaint.WriteRelease, text...)
	if got := v.Get(t, "/complaints/mine").Want(t, 200).Body; strings.Contains(got, "逾期的利息照算") {
		t.Error("a draft is shown to the complainant")
	}
	does(staff.Supervisor, complaint.ApproveRelease)
	own = v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, own.Document)
	if got := strings.ReplaceAll(own.Text(".consent"), "\u00a0", " "); !strings.Contains(got, "逾期的利息照算") || !strings.Contains(got, "不理会就不公开") {
		t.Errorf("before it is published they read %s", got)
	}
	if got := own.Submit(t, "[data-action="+string(complaint.RefuseRelease)+"]", nil).Want(t, 422); !strings.Contains(got.Text(".error-summary"), "请选哪里不合适") {
		t.Errorf("a no without a word: %s", got.Text(".error-summary"))
	}
	own = v.Get(t, "/complaints/mine").Submit(t, "[data-action="+string(complaint.RefuseRelease)+"]", url.Values{"why": {"known"}}).Want(t, 200)
	if !strings.Contains(own.Text(".consent"), "公开员在改写") || strings.Contains(own.Text(".consent"), "逾期的利息照算") {
		t.Errorf("refused: %s", own.Text(".consent"))
	}
	does(staff.Publisher, complaint.WriteRelease, text...)
	does(staff.Supervisor, complaint.ApproveRelease)
	if list := v.Get(t, "/cases").Want(t, 200); !strings.Contains(list.Text("main"), "还没有公开的") {
		t.Errorf("before: %s", list.Text("main"))
	}
	own = v.Get(t, "/complaints/mine").Submit(t, "[data-action="+string(complaint.AgreeRelease)+"]", nil).Want(t, 200)
	viewtest.Sound(t, own.Document)
	if got := own.Text(".consent"); !strings.Contains(got, "您同意照这样公开") || !strings.Contains(got, "逾期的利息照算") {
		t.Errorf("said yes: %s", got)
	}
	does(staff.Publisher, complaint.PublishRelease)

	public := s.Visitor()
	list := public.Get(t, "/cases").Want(t, 200)
	viewtest.Sound(t, list.Document)
	one := list.Follow(t, `a[href^="/cases/"]`).Want(t, 200)
	viewtest.Sound(t, one.Document)
	if got := one.Text("main"); !strings.Contains(got, "逾期的利息照算") || !strings.Contains(got, "东岭镇人民政府") || !strings.Contains(got, "2026年3月公开") {
		t.Errorf("the public reads %s", got)
	}
	if got := list.Submit(t, "form.find", url.Values{"words": {"没有这样的"}}).Want(t, 200); !strings.Contains(got.Text("main"), "没有找到这样的") {
		t.Errorf("the form finds %s", got.Text("main"))
	}
	for path, found := range map[string]bool{"/cases?words=利息": true, "/cases?words=没有这样的": false, "/cases?unit=TOWN&category=C03": true, "/cases?unit=FIN": false, "/cases?category=A01": false,
		"/cases?page=2": false, "/cases?page=x&unit=x&category=x": true, "/cases?words=" + strings.Repeat("长", 100): false} {
		if got := public.Get(t, path).Want(t, 200); got.Has(`a[href="`+one.Path+`"]`) != found {
			t.Errorf("%s: %s", path, got.Text("main"))
		}
	}
	if got := public.Get(t, "/sitemap.xml").Want(t, 200); !strings.Contains(got.Body, one.Path) || !strings.Contains(got.Body, "/cases</loc>") {
		t.Error("the sitemap has it not")
	}
	canaries := []string{"金丝雀", "王建国", "13800138000", "青禾", "wang@example.com", "DL-2024-016", "1286500", "1,286,500", receipt.Number, "承办人甲"}
	for _, path := range []string{"/cases", one.Path, "/sitemap.xml", "/", "/notices", "/notices.atom", "/units/TOWN"} {
		body := public.Get(t, path).Want(t, 200).Body
		for _, word := range canaries {
			if strings.Contains(body, word) {
				t.Errorf("%s has %q", path, word)
			}
		}
	}
	if one.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("it is kept: %s", one.Header.Get("Cache-Control"))
	}
	own = v.Get(t, "/complaints/mine").Want(t, 200)
	own = own.Submit(t, "[data-action="+string(complaint.EndRelease)+"]", nil).Want(t, 200)
	if !strings.Contains(own.Text(".consent"), "您收回过同意") {
		t.Errorf("taken back: %s", own.Text(".consent"))
	}
	if gone := public.Get(t, one.Path).Want(t, 410); strings.Contains(gone.Body, "活干完了") || !strings.Contains(gone.Text("main"), "已经撤下") {
		t.Errorf("gone: %s", gone.Text("main"))
	}
	if strings.Contains(public.Get(t, "/sitemap.xml").Body, one.Path) || !strings.Contains(public.Get(t, "/cases").Text("main"), "还没有公开的") {
		t.Error("taken back, it is still named")
	}
	for _, path := range []string{"/cases/4711", "/cases/x", "/cases/00000000-0000-4000-8000-000000000000"} {
		public.Get(t, path).Want(t, 404)
	}
	if n, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*)::int FROM release_text`, nil); err != nil || n != 2 {
		t.Errorf("%d versions stay, %v", n, err)
	}
}
