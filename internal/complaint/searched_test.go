package complaint_test

import (
	"encoding/json"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestASearchAnswersAUnitWithNothingThatItDoesNotRead: whatever text of a complaint is not
// guarded stands in what Dossier.Read gives a handling unit, and what Read keeps is guarded.
func TestASearchAnswersAUnitWithNothingThatItDoesNotRead(t *testing.T) {
	d := newDesk(t)
	in := complainttest.Intake()
	in.Story.Reasons, in.Story.UnitSaid, in.Contract.Elsewhere = "合同第九条写明了付款日。", "我家隔壁那个镇政府", "打过热线反映。"
	receipt := d.File(t, in)
	d.number = receipt.Number
	d.toHandling()
	if _, err := d.Portal.MoveOwn(t.Context(), d.open(receipt), receipt.Number, complaint.Supplement, complainttest.Token(),
		workflow.Answers{"note": {"再补一张验收单。"}, "told": {"all"}}); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Handler, complaint.DraftAnswer, append([]string{"demand", "十日内付清。", "promise_anyway", "yes"}, draft...)...)
	reads := map[bool]string{}
	for stripped, role := range map[bool]staff.Role{true: staff.Handler, false: staff.Registrar} {
		got := d.read(d.People[role])
		if got.Stripped != stripped {
			t.Fatalf("a %s reads stripped: %t", role, got.Stripped)
		}
		all, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		reads[stripped] = string(all)
		for _, sum := range []*form.Amount{got.Said.ContractAmount, got.Said.UnpaidAmount} {
			reads[stripped] += sum.String() + " 元\n"
		}
	}
	words, err := pg.All[search.Words](t.Context(), d.DB.Owner, kinds.Texts().WordsSQL()+` WHERE m.id = @id`, pg.Args{"id": d.id()})
	if err != nil || len(words) != 1 {
		t.Fatal(words, err)
	}
	for i, text := range kinds.Texts()[words[0].Kind].All {
		some := false
		for _, one := range words[0].Said[i] {
			if one == nil || *one == "" {
				continue
			}
			some = true
			if stands := strings.Contains(reads[true], *one); stands == text.Guarded {
				t.Errorf("%s is guarded: %t, and a unit reads “%s”: %t", text.Label, text.Guarded, *one, stands)
			}
		}
		if !some && !text.Guarded {
			t.Errorf("%s has nothing in it to compare", text.Label)
		}
		if text.Label == "投诉人写的单位" && (!some || !strings.Contains(reads[false], in.Story.UnitSaid)) {
			t.Errorf("the desk does not read %s", text.Label)
		}
	}
	if err := search.Index(t.Context(), d.DB.Worker, kinds.Texts(), []int64{d.id()}); err != nil {
		t.Fatal(err)
	}
	query, _ := search.Ask("我家隔壁")
	for _, unit := range []bool{false, true} {
		query.Shared = unit
		args := pg.Args{}
		got, err := search.All[int64](t.Context(), d.DB.Admin, `SELECT m.id FROM matter m WHERE `+query.Where("m.id", args), args)
		if err != nil || (len(got) == 0) != unit {
			t.Errorf("asked by a unit (%t) it finds %v, %v", unit, got, err)
		}
	}
}
