package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// bring imports a line and gives the number of its complaint.
func (w *workplace) bring(t *testing.T, line string) string {
	t.Helper()
	sum, err := w.Desk.Import(t.Context(), strings.NewReader(line), func(r complaint.Refusal) { t.Errorf("refused: %v", r.Reasons) })
	if err != nil || sum.Taken != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	number, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT number FROM matter ORDER BY id DESC LIMIT 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func TestAnOldAnswerIsShownAsNobodysHere(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.bring(t, `{"id": "o1", "title": "路灯坏了", "body": "三个月没有人来修。", "old_number": "信2019-12", "old_received_on": "2019-03-02", `+
		`"old_closed_on": "2019-04-30", "old_unit": "东岭镇人民政府", "old_finding": "属实", "old_decision": "支持", "old_answer": "四月二十日已经换灯。"}`)
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader} {
		page := team[role].open(number)
		for _, want := range []string{"已办结", "2019年3月2日收到", "旧编号", "信2019-12", "2019年4月30日", "属实", "看旧档答复", "在旧系统里办结", "导入的文件里没有投诉人的身份"} {
			if !strings.Contains(page.Text("main"), want) {
				t.Errorf("%s does not read %q", role, want)
			}
		}
		for _, not := range []string{"投诉人可见", "还没有派单", "答复意见书", "投诉人没有留姓名"} {
			if strings.Contains(page.Text("main"), not) {
				t.Errorf("%s reads %q", role, not)
			}
		}
		answer := team[role].Get(t, "/complaints/"+number+"/answer").Want(t, 200)
		for _, want := range []string{"旧档答复", "四月二十日已经换灯。", "不是本平台起草、审核、送出的", "2019年4月30日"} {
			if !strings.Contains(answer.Text("main"), want) {
				t.Errorf("%s does not read %q on the answer's page", role, want)
			}
		}
		for _, not := range []string{"答复意见书", "起草：", "逐条核对", "申请复查"} {
			if strings.Contains(answer.Text("main"), not) {
				t.Errorf("%s reads %q on the answer's page", role, not)
			}
		}
	}
	// One without an answer has no such page.
	bare := w.bring(t, `{"id": "o2", "title": "路灯坏了", "body": "三个月没有人来修。", "old_closed_on": "2019-04-30", "old_unit": "东岭镇人民政府"}`)
	team[staff.Registrar].Get(t, "/complaints/"+bare+"/answer").Want(t, 404)
	if page := team[staff.Registrar].open(bare); !strings.Contains(page.Text("main"), "旧档里没有答复") || strings.Contains(page.Text("main"), "看旧档答复") {
		t.Error("what is not there is not said")
	}
}

// Nobody reads here what is done to an imported complaint, and the desk is told so
// instead of the contrary.
func TestNobodyIsSaidToBeToldOfAnImportedComplaint(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.bring(t, `{"id": "i1", "title": "路灯坏了", "body": "三个月没有人来修。", "old_unit": "东岭镇人民政府"}`)
	registrar := team[staff.Registrar]
	page := registrar.does(number, complaint.EnterRegister)
	if !strings.Contains(page.Text(".banner-done"), "另外告诉") {
		t.Errorf("the banner: %s", page.Text(".banner-done"))
	}
	registrar.does(number, complaint.AskSupplement, "public", "请补哪一条路。")
	page = registrar.open(number)
	if text := page.Text("main"); !strings.Contains(text, "投诉人没有查询码") || strings.Contains(text, "投诉人可见") {
		t.Errorf("the page: %s", text)
	}
	// Of any other complaint nothing changes.
	filed := w.File(t, complainttest.Intake()).Number
	page = registrar.does(filed, complaint.EnterRegister)
	if text := page.Text("main"); strings.Contains(text, "没有查询码") || strings.Contains(text, "另外告诉") || !strings.Contains(text, "投诉人可见") {
		t.Errorf("the page of one that was filed: %s", text)
	}
}
