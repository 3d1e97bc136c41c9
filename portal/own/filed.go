package own

import (
	"cmp"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// verdict says on top of the page what was decided and why, by what, what may be done
// now and where, by when, and what happens otherwise.
func verdict(own *complaint.Own, state view.StatusTag, now time.Time) *view.AnswerBox {
	e, to := own.Verdict()
	if to == nil {
		return nil
	}
	box := &view.AnswerBox{Title: state.Word, State: state, Rows: []view.Fact{
		{Label: "决定", Text: e.Text}, {Label: "决定日期", Text: view.DayFull(e.At)}, {Label: "依据", Text: to.Basis},
		{Label: "您现在可以", Body: waysOn(to.Then, to.Ways)},
	}}
	for _, one := range own.Clocks {
		if one.Rule == to.Until && one.Running() {
			box.Rows = append(box.Rows, view.Fact{Label: "最迟", Text: site.LastDay(clock.Due{On: one.DueOn, Provisional: one.Provisional}, now)})
		}
	}
	box.Rows = append(box.Rows, view.Fact{Label: "不办会怎样", Text: to.Else})
	return box
}

// filed is what the complainant filed. Who they are is sealed and stands nowhere.
func filed(own *complaint.Own) view.Facts {
	f := own.Filed
	unit := cmp.Or(own.UnitName, f.UnitSaid)
	if f.UnitSaid != "" && f.UnitSaid != unit {
		unit += "（您写的是“" + f.UnitSaid + "”）"
	}
	var held []string
	for _, value := range f.EvidenceHeld {
		held = append(held, workflow.Word(complaint.Held, value))
	}
	var facts view.Facts
	for _, row := range []view.Fact{
		{Label: "投诉谁", Text: unit}, {Label: "哪一类", Text: own.Category}, {Label: "要求", Text: f.Request}, {Label: "经过", Text: f.Facts},
		{Label: "理由和依据", Text: f.Reasons}, {Label: "合同编号", Text: f.ContractNo}, {Label: "签订日期", Text: day(f.ContractDate, f.AsWritten.ContractDate)},
		{Label: "合同总价", Text: money(f.ContractAmount, f.AsWritten.ContractAmount)}, {Label: "约定付款日期", Text: day(f.DueOn, f.AsWritten.DueOn)}, {Label: "还欠", Text: money(f.UnpaidAmount, f.AsWritten.UnpaidAmount)},
		{Label: "起诉或仲裁", Text: workflow.Word(complaint.Litigation, f.InLitigation)}, {Label: "还向哪里反映过", Text: f.Elsewhere}, {Label: "手里有的材料", Text: strings.Join(held, "、")},
		{Label: "提交时间", Text: view.MomentPaper(own.OpenedAt)},
	} {
		if row.Text != "" { // what was left out is no row
			row.Body = view.Paragraphs(row.Text)
			facts.Rows = append(facts.Rows, row)
		}
	}
	return facts
}

// day is a day, or as much of it as the complainant knew.
func day(iso, written string) string {
	if written != "" {
		return written + "（您没有写到日）"
	}
	if d, err := clock.ParseDate(iso); err == nil {
		return d.Long()
	}
	return ""
}

// money is a sum, with what the complainant wrote where that is less exact.
func money(amount *form.Amount, written string) string {
	switch {
	case amount == nil:
		return ""
	case written != "":
		return view.Money(amount.String()) + "（您写的是“" + written + "”）"
	}
	return view.Money(amount.String())
}
