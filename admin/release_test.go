package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// A publisher reads what its complainant wants published, writes it anew beside the original,
// and another person decides on the text that stands on their page.
func TestACaseIsWrittenCheckedAndPublished(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE setting SET value = '1' WHERE key = 'release_least'`); err != nil {
		t.Fatal(err)
	}
	team := w.team(t)
	publisher := w.signIn(t, "pub", "冯源", staff.Publisher, complainttest.DeskUnit)
	receipt := w.File(t, complainttest.Intake())
	number := receipt.Number
	w.replies(t, number)
	publisher.Get(t, "/complaints/"+number).Want(t, 404)
	if got := publisher.Get(t, "/complaints?view=all").Want(t, 200); strings.Contains(got.Text("main"), "村道") {
		t.Error("without a consent a publisher's list has it")
	}
	w.owns(t, receipt, complaint.AllowRelease)
	if got := publisher.Get(t, "/complaints?view=release_due").Want(t, 200); !strings.Contains(got.Text("main"), "村道硬化") {
		t.Errorf("what is to be written: %s", got.Text("main"))
	}
	page := publisher.open(number)
	for _, hidden := range []string{"王建国", "13800138000", "青禾路桥"} {
		if strings.Contains(page.Body, hidden) {
			t.Errorf("the publisher reads %s", hidden)
		}
	}
	if page.Has("[data-action="+string(complaint.OpenIdentity)+"]") || !strings.Contains(page.Text("#release"), "等公开员写") {
		t.Errorf("the page: %s", page.Text("#release"))
	}
	if got := team[staff.Handler].open(number); got.Has("#release") || strings.Contains(got.Text("main"), "公开") {
		t.Error("the unit learns of the consent")
	}
	for _, m := range team {
		if m.open(number).Has("[data-action=" + string(complaint.WriteRelease) + "]") {
			t.Errorf("a %s may write it", m.Role)
		}
	}
	sheet := page.Submit(t, "[data-action="+string(complaint.WriteRelease)+"]", nil).Want(t, 200)
	if got := sheet.Text("main"); !strings.Contains(got, "至今只付了一部分") || !strings.Contains(got, "不能照抄") || !strings.Contains(got, "公开稿，第 1") {
		t.Errorf("the sheet: %s", got)
	}
	button := "[data-action=" + string(complaint.WriteRelease) + "]"
	bad := sheet.Submit(t, button, url.Values{"title": {"欠钱"}, "question": {"电话 13900139000 的张师傅问。"}, "reply": {"2025年3月2日付。"}}).Want(t, 422)
	if !strings.Contains(bad.Text(".error-summary"), "13900139000") || !strings.Contains(bad.Text(".error-summary"), "准确的日子") || !strings.Contains(bad.Text("main"), "张师傅问") {
		t.Errorf("what tells who it was: %s", bad.Text(".error-summary"))
	}
	asked := bad.Submit(t, button, url.Values{"title": {"欠钱"}, "question": {"张师傅修完路来问。"}, "reply": {"查明欠着，要按计划付。"}, "found": {""}}).Want(t, 422)
	if !strings.Contains(asked.Text(".error-summary"), "有 1 处可能认得出") {
		t.Errorf("a doubt: %s", asked.Text(".error-summary"))
	}
	done := asked.Submit(t, button, url.Values{"found": {"1"}}).Want(t, 200)
	if !done.Has(".banner-done") || !strings.Contains(done.Text("#release"), "张师傅修完路来问") {
		t.Fatalf("written: %s", done.Text("main"))
	}
	if got := done.Text("main"); !strings.Contains(got, "另一个人") {
		t.Errorf("its writer is told: %s", got)
	}
	hemin := team[staff.Supervisor]
	before := hemin.open(number)
	if got := before.Text("#release"); !strings.Contains(got, "张师傅”（人）") || !strings.Contains(got, "付清剩余工程款") {
		t.Errorf("who checks it reads %s", got)
	}
	back := pressOn(t, before, complaint.ReturnRelease, "note", "张师傅也去掉").Want(t, 200)
	if !back.Has(".banner-done") {
		t.Errorf("back: %s", back.Text("main"))
	}
	again := publisher.open(number).Submit(t, button, nil).Want(t, 200)
	if !strings.Contains(again.Text("main"), "张师傅也去掉") || again.Attr("[name=title]", "value") != "欠钱" {
		t.Errorf("written again over %s", again.Text("main"))
	}
	again.Submit(t, button, url.Values{"question": {"修完路的人来问。"}}).Want(t, 200)
	if late := pressOn(t, before, complaint.ApproveRelease); late.Status != 409 {
		t.Errorf("approved without being read: %d", late.Status)
	}
	hemin.does(number, complaint.ApproveRelease)
	if page := publisher.open(number); page.Has("[data-action="+string(complaint.PublishRelease)+"]") || !strings.Contains(page.Text("main"), "等投诉人看；他说同意才公开") {
		t.Errorf("before the yes: %s", page.Text("main"))
	}
	read, err := w.Desk.Read(t.Context(), hemin.Person, number)
	if err != nil {
		t.Fatal(err)
	}
	w.owns(t, receipt, complaint.AgreeRelease, "release", read.Matter.Seen["release"])
	publisher.does(number, complaint.PublishRelease)
	shown, _, err := w.Portal.Published(t.Context(), complaint.PublishedFilter{Most: 2})
	if err != nil || len(shown) != 1 || shown[0].Question != "修完路的人来问。" {
		t.Fatalf("published are %v, %v", shown, err)
	}
	down := publisher.press(number, complaint.TakeDownRelease, "note", " ").Want(t, 422)
	if !strings.Contains(down.Text(".error-summary"), "请写为什么撤下") {
		t.Errorf("taken down for nothing: %s", down.Text(".error-summary"))
	}
	publisher.does(number, complaint.TakeDownRelease, "note", "有人认出来了")
	if shown, _, _ := w.Portal.Published(t.Context(), complaint.PublishedFilter{Most: 2}); len(shown) != 0 {
		t.Error("taken down, it stands")
	}
	w.owns(t, receipt, complaint.EndRelease)
	publisher.Get(t, "/complaints/"+number).Want(t, 404)
}
