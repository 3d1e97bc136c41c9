package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// A registrar splits on the page; who works on one part sees nothing of another.
func TestARegistrarSplitsAComplaintOnThePage(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, handler := team[staff.Registrar], team[staff.Handler]
	number := w.File(t, complainttest.Intake()).Number
	registrar.does(number, complaint.EnterRegister)
	form := []string{
		"nature_1", "RED", "title_1", "工程款没有付清", "unit_1", complainttest.Town, "category_1", "C03", "request_1", "付清。", "facts_1", "至今只付了一部分。",
		"nature_2", "ACC", "title_2", "经办人要好处", "unit_2", complainttest.Town, "category_2", "C03", "request_2", "查处。",
	}
	page := registrar.press(number, complaint.SplitUp, form...)
	if got := page.Text(".error-summary"); page.Status != 422 || !strings.Contains(got, "请摘第二件的事情经过") || page.Attr("[name=title_1]", "value") != "工程款没有付清" {
		t.Fatalf("%d: without words of one part it says %q", page.Status, got)
	}
	page = registrar.does(number, complaint.SplitUp, append(form, "facts_2", "不给好处就不付。")...)
	text := page.Text("body")
	if !strings.Contains(text, "已拆分") || !strings.Contains(text, "工程款没有付清") || !strings.Contains(text, "经办人要好处") {
		t.Errorf("the whole shows no parts: %s", text)
	}
	d, err := w.Desk.Read(t.Context(), registrar.Person, number)
	if err != nil || len(d.Kin) != 2 {
		t.Fatal(err, d.Kin)
	}
	red, acc := d.Kin[0].Number, d.Kin[1].Number
	registrar.does(red, complaint.Accept, "nature", "RED")
	if page := registrar.open(red); !strings.Contains(page.Text("body"), "原件") || strings.Contains(page.Text("main"), acc) {
		t.Error("a part does not lead to its whole, or names the other part")
	}
	registrar.does(red, complaint.Dispatch, "lead", complainttest.Finance)
	handler.does(red, complaint.Sign)
	for _, url := range []string{"/complaints/" + red, "/complaints", "/complaints?q=JX", "/"} {
		body := handler.Get(t, url).Text("body")
		for _, word := range []string{number, acc, "要好处", "原件", "分出来"} {
			if strings.Contains(body, word) {
				t.Errorf("%s tells the unit %q", url, word)
			}
		}
	}
	for _, other := range []string{number, acc} {
		handler.Get(t, "/complaints/"+other).Want(t, 404)
	}
	registrar.does(acc, complaint.TakeBack, "public", "看错了")
	page = registrar.open(number)
	if !strings.Contains(page.Text("body"), "等着转") || !page.Has("[data-action="+string(complaint.LeavePart)+"]") {
		t.Error("what was taken back does not wait")
	}
	first := page.Attr(`[name=addition] option[value*="-"], input[name=addition]`, "value")
	page = pressOn(t, page, complaint.LeavePart, "addition", first, "public", "不用另办").Want(t, 200)
	if !page.Has(".banner-done") || page.Has("[data-action="+string(complaint.LeavePart)+"]") {
		t.Errorf("it still waits: %s", page.Text(".error-summary"))
	}
}
