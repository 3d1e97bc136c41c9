package own

import (
	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// kinView is the others of the complaints that one was split into.
type kinView struct {
	Title, Note string
	Rows        []kinRow
}

// kinRow is one of them, with the button that leads there.
type kinRow struct {
	Status view.StatusTag
	Title  string
	Number string
	Button view.Button
}

func kinOf(own *complaint.Own) (v kinView) {
	v.Title, v.Note = "同一次投诉分出来的", "编号和查询码用原来的。每一件各有答复，要补充、评价、申请复查的，到那一件里办。"
	if own.Matter.State == complaint.Split {
		v.Title = "分成几件办"
		v.Note = "每一件各有期限和答复，编号和查询码用原来的。要撤回、评价、申请复查的，先选是哪一件；不知道补充到哪一件的，补充在这里，监督人员替您转。"
	}
	for _, k := range own.Kin {
		row := kinRow{Status: site.StatusOf(complaint.Law, k.State), Title: k.Title, Number: k.Number, Button: view.Button{Label: "看这一件", Kind: view.Quiet, Name: "number", Value: k.Number}}
		if k.Whole {
			row.Title, row.Button.Label = "原来那一件："+k.Title, "看原来那一件"
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
