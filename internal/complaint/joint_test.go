package complaint_test

import (
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// at is the desk with another matter in hand.
func (d *desk) at(number string) *desk { return &desk{Office: d.Office, t: d.t, number: number} }

// accepted is one more complaint, taken up.
func (d *desk) accepted(in complaint.Intake) (*desk, complaint.Receipt) {
	d.t.Helper()
	receipt := d.File(d.t, in)
	other := d.at(receipt.Number)
	other.do(staff.Registrar, complaint.EnterRegister)
	other.do(staff.Registrar, complaint.Accept, "nature", "RED")
	return other, receipt
}

// One answer goes to all who complained of one thing, and each keeps their own rights.
func TestWhatIsJoinedIsAnsweredWithTheOther(t *testing.T) {
	main := handled(t)
	child, receipt := main.accepted(complainttest.Intake())
	for number, why := range map[string]string{"": "请写并到哪一件", "abc": "这不是编号", "JX2026000000019": "", child.number: "这就是它自己"} {
		_, err := child.try(staff.Registrar, complaint.Join, "main", number)
		if fields := fault.FieldsOf(err); len(fields) != 1 || !strings.Contains(fields[0].Sentence, why) {
			t.Errorf("joined to %q: %v", number, fields)
		}
	}
	child.do(staff.Registrar, complaint.Join, "main", main.number, "speaks", "yes")
	if child.state() != "joined" || child.letters("joined") != 1 {
		t.Fatalf("joined it is %s, %d letters", child.state(), child.letters("joined"))
	}
	third, _ := main.accepted(complainttest.Intake())
	_, err := third.try(staff.Registrar, complaint.Join, "main", child.number)
	if fields := fault.FieldsOf(err); len(fields) != 1 || !strings.Contains(fields[0].Sentence, "请写主要的那一件") {
		t.Errorf("joined in a row: %v", fields)
	}
	if joints := main.read(main.People[staff.Supervisor]).Joints; len(joints) != 1 || joints[0].Number != child.number || !joints[0].Speaks || joints[0].Main {
		t.Errorf("the desk reads of the main one %+v", joints)
	}
	if joints := main.read(main.People[staff.Handler]).Joints; len(joints) != 1 || joints[0].Number != "" || joints[0].Title != "" {
		t.Errorf("the unit reads %+v", joints)
	}
	if _, err := child.Desk.Read(t.Context(), main.People[staff.Handler], child.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("the unit reads the joined one: %v", err)
	}
	main.sweep()
	if child.state() != "joined" {
		t.Error("it is answered before the main one is")
	}
	main.do(staff.Handler, complaint.DraftAnswer, "finding", "mostly", "decision", "support", "facts", "查实。", "opinion", "付清。", "articles", "KX-9", "basis", "条例第九条。")
	main.do(staff.UnitHead, complaint.ApproveAnswer)
	main.do(staff.Supervisor, complaint.Reply)
	if n := must(main.worker().RunTimed(t.Context(), complaint.Law)); n != 1 {
		t.Fatalf("%d moves after the answer", n)
	}
	read := child.read(child.People[staff.Supervisor])
	newest, _ := read.Newest()
	if child.state() != "replied" || newest.Facts != "查实。" || newest.SentAt == nil || read.Outcome.Finding != "mostly" || !read.Matter.Has(complaint.Substantiated) {
		t.Errorf("answered it is %s with %+v, %+v", child.state(), newest, read.Outcome)
	}
	// Their own rights, by their own code.
	if _, err := child.Portal.MoveOwn(t.Context(), child.open(receipt), child.number, complaint.Contest, complainttest.Token(), workflow.Answers{"note": {"我的那一笔没有算进去。"}}); err != nil {
		t.Errorf("they cannot contest it: %v", err)
	}
	// The review is by others than who answered, wherever they did (信访工作条例 35); and what
	// no unit had goes back to none.
	_, err = child.try(staff.Supervisor, complaint.Uphold, "public", "维持")
	refused(t, err, "“同意并送出答复”是您做的，这一步要由另一个人做")
	_, err = child.try(staff.Leader, complaint.Reopen, "note", "重办")
	refused(t, err, "没有派给过单位")
	child.do(staff.Leader, complaint.ReopenElsewhere, "note", "重办")
	child.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "anyway", "yes")
	child.do(staff.Handler, complaint.Sign)
	_, err = child.try(staff.Handler, complaint.DraftAnswer, "finding", "mostly", "decision", "support", "facts", "查实。", "opinion", "付清。", "articles", "KX-9", "basis", "条例第九条。")
	refused(t, err, "上一次的“写答复稿”是您做的，重新办理要由另外的人做")
	// Nor does whoever stands in for them do it in their name.
	second := child.Hire(t, "second", staff.Handler, complainttest.Finance)
	head := child.People[staff.UnitHead]
	child.doAs(second, complaint.DraftAnswer, "finding", "mostly", "decision", "support", "facts", "查实。", "opinion", "付清。", "articles", "KX-9", "basis", "条例第九条。")
	deputy := child.Hire(t, "third", staff.Handler, complainttest.Finance)
	child.owner(`INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) VALUES (` + strconv.FormatInt(head.ID, 10) + `, '2026-03-01', '2026-03-31', ` + strconv.FormatInt(deputy.ID, 10) + `, ` + strconv.FormatInt(head.ID, 10) + `, now())`)
	deputy.Stands = []staff.Stand{{ID: head.ID, Name: head.Name, Role: head.Role, Unit: head.Unit}}
	_, err = child.tryAs(deputy, complaint.ApproveAnswer)
	refused(t, err, "上一次的“批准答复稿”是"+head.Name+"做的")
	child.verifyChain()
	main.verifyChain()
}

// What is joined never goes down with the other.
func TestWhatIsJoinedGoesOnByItselfWhenTheOtherEnds(t *testing.T) {
	main := newDesk(t)
	main.do(staff.Registrar, complaint.EnterRegister)
	main.do(staff.Registrar, complaint.Accept, "nature", "RED")
	child, receipt := main.accepted(complainttest.Intake())
	leaver, gone := main.accepted(complainttest.Intake())
	child.do(staff.Registrar, complaint.Join, "main", main.number)
	leaver.do(staff.Registrar, complaint.Join, "main", main.number)
	if _, err := leaver.Portal.MoveOwn(t.Context(), leaver.open(gone), leaver.number, complaint.Withdraw, complainttest.Token(), workflow.Answers{}); err != nil {
		t.Fatalf("joined, it cannot be withdrawn: %v", err)
	}
	if joints := main.read(main.People[staff.Supervisor]).Joints; len(joints) != 1 {
		t.Errorf("withdrawn, it is still joined: %+v", joints)
	}
	main.do(staff.Registrar, complaint.Redirect, "public", "去法院")
	if n := must(main.worker().RunTimed(t.Context(), complaint.Law)); n != 1 || child.state() != "accepted" {
		t.Errorf("%d moves, it is %s", n, child.state())
	}
	_ = receipt
	child.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	child.verifyChain()
}

// What is joined to a part that was split off by mistake goes on by itself.
func TestWhatIsJoinedOutlivesAPartTakenBack(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	red := d.kin()["RED"]
	child, _ := d.accepted(complainttest.Intake())
	child.do(staff.Registrar, complaint.Join, "main", red.number)
	red.do(staff.Registrar, complaint.TakeBack, "public", "看错了")
	d.sweep()
	if child.state() != string(complaint.Accepted) {
		t.Errorf("it is %s", child.state())
	}
}

// Whom one of them keeps away has none of them.
func TestABarOfOneIsABarOfAll(t *testing.T) {
	main := handled(t)
	in := complainttest.Intake()
	in.Story.Facts += "财政局的" + main.People[staff.Handler].Name + "压着不办。"
	child, _ := main.accepted(in)
	child.do(staff.Registrar, complaint.Join, "main", main.number)
	if _, err := main.Desk.Read(t.Context(), main.People[staff.Handler], main.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("named in one, they read the other: %v", err)
	}
	child.do(staff.Supervisor, complaint.Part, "note", "不是一件事")
	if _, err := main.Desk.Read(t.Context(), main.People[staff.Handler], main.number); err != nil {
		t.Errorf("parted, they are still kept from it: %v", err)
	}
	// A unit that one of them means cannot have the other.
	meant, _ := main.accepted(complainttest.Intake())
	if _, err := pg.Exec(t.Context(), main.DB.Owner, `INSERT INTO matter_bar (matter_id, unit, how, seq) SELECT id, 'FIN', 'meant', seq FROM matter WHERE number = @n`, pg.Args{"n": meant.number}); err != nil {
		t.Fatal(err)
	}
	if _, err := meant.try(staff.Registrar, complaint.Join, "main", main.number); !fault.Is(err, fault.Forbidden) {
		t.Errorf("joined to what is with a unit that it means: %v", err)
	}
	// Five speak for the others, and no sixth.
	for i := range 6 {
		one, _ := main.accepted(complainttest.Intake())
		_, err := one.try(staff.Registrar, complaint.Join, "main", main.number, "speaks", "yes")
		if (err == nil) != (i < 5) {
			t.Errorf("representative %d: %v", i+1, err)
		}
	}
}
