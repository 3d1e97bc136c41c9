package complaint_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/kinds"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
)

func onDay(day clock.Date) []string {
	return []string{"on_year", strconv.Itoa(day.Year), "on_month", strconv.Itoa(int(day.Month)), "on_day", strconv.Itoa(day.Day)}
}

// What is handed on is waited for until its receipt; what comes back is decided on anew.
func TestWhatIsHandedOnHasAReceiptOrComesBack(t *testing.T) {
	d := newDesk(t)
	said := func() string { return d.read(d.People[staff.Registrar]).Events[0].Public }
	d.do(staff.Registrar, complaint.EnterRegister)
	away := []string{"body", "市住房公积金中心", "document", "转送函 3 号", "public", "归它管"}
	_, err := d.try(staff.Registrar, complaint.Transfer, away...)
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "new_body" || !fields[0].Asked {
		t.Fatalf("a body that nobody knows is answered with %v %v", err, fields)
	}
	for _, c := range [][2]string{{"东岭镇人民政府", "body"}, {"东岭镇村镇建设办公室", "body"}, {" 东岭镇政府 ", "other_body"}, {"东岭镇政府办", "other_body"}} {
		_, err := d.try(staff.Registrar, complaint.Transfer, "body", c[0], "new_body", "yes", "document", "转送函 3 号", "public", "归它管")
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != c[1] || !strings.Contains(fields[0].Sentence, "投诉里说到的") {
			t.Errorf("%q, which is complained about, is handed the complaint: %v %v", c[0], err, fields)
		}
	}
	d.do(staff.Registrar, complaint.Transfer, append(away, "new_body", "yes")...)
	if got := said(); got != "依据《信访工作条例》第二十二条、第二十三条，已转送市住房公积金中心，凭转送函 3 号：归它管" {
		t.Errorf("who complained reads %q", got)
	}
	night := func(days int) map[watch.What]int {
		t.Helper()
		d.Wait(time.Duration(days) * aDay)
		if _, err := d.Worker().Engine.RunTimed(t.Context(), complaint.Law); err != nil {
			t.Fatal(err)
		}
		if err := watch.Count(t.Context(), d.DB.Worker, kinds.Laws(), d.Now()); err != nil {
			t.Fatal(err)
		}
		found, err := watch.Newest(t.Context(), d.DB.Admin)
		if err != nil {
			t.Fatal(err)
		}
		got := map[watch.What]int{}
		for _, one := range found {
			got[one.What] = one.N
		}
		return got
	}
	if got := night(10); got[watch.ReceiptsMissing] != 0 || got[watch.ClocksOwnerless] != 0 || d.letters("receipt_missing") != 0 {
		t.Errorf("within its term the night finds %v", got)
	}
	if got := night(7); got[watch.ReceiptsMissing] != 1 || d.letters("receipt_missing") != 1 {
		t.Errorf("after its term the night finds %v, %d letters", got, d.letters("receipt_missing"))
	}
	_, err = d.try(staff.Registrar, complaint.NoteReceipt, onDay(clock.NewDate(2026, 3, 1))...)
	if fields := fault.FieldsOf(err); len(fields) != 1 || !strings.Contains(fields[0].Sentence, "才转送") {
		t.Errorf("received before it went: %v %v", err, fields)
	}
	d.do(staff.Registrar, complaint.NoteReceipt, append(onDay(clock.NewDate(2026, 3, 5)), "who", "来信科", "number", "市公转 18 号")...)
	if got := said(); got != "市住房公积金中心在2026年3月5日收到了，那边的编号是市公转 18 号。" {
		t.Errorf("who complained reads %q", got)
	}
	if got := night(1); got[watch.ReceiptsMissing] != 0 {
		t.Errorf("after the receipt the night finds %v", got)
	}
	if _, err := d.try(staff.Registrar, complaint.NoteReceipt, onDay(clock.NewDate(2026, 3, 6))...); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a receipt is noted twice: %v", err)
	}
	d.do(staff.Registrar, complaint.HandedBack, "public", "已经下放到县里")
	dossier := d.read(d.People[staff.Registrar])
	if d.state() != "registered" || !dossier.Matter.Terms[clock.PlatformAccept].Running || !dossier.Matter.Terms[clock.PetitionNotice].Running || dossier.ClosedAt != nil {
		t.Errorf("it came back as %s with %v", d.state(), dossier.Matter.Terms)
	}
	if h := dossier.HandedOn; len(h) != 1 || h[0].Body != "市住房公积金中心" || h[0].Number != "市公转 18 号" {
		t.Errorf("the desk reads %+v", h)
	}
	d.do(staff.Registrar, complaint.Transfer, away...) // known by now
	d.do(staff.Registrar, complaint.RecordResult, "public", "对方答复了。")
}
