package site

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// LastDay is the day by which something is due, and whether it may still move.
func LastDay(due clock.Due) string {
	if due.Provisional {
		return due.On.Chinese() + "（暂定）"
	}
	return due.On.Chinese()
}

// Options turns a noun's choices into a page's.
func Options(list []workflow.Option) []view.Option {
	out := make([]view.Option, len(list))
	for i, o := range list {
		out[i] = view.Option{Value: o.Value, Label: o.Label, Group: o.Group}
	}
	return out
}
