package site

import (
	"cmp"
	"context"
	"strings"

	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Followed is a complaint as a deputy sees it with the complainant's consent, beside its
// number. The complainant is shown the same before they consent: one piece draws both.
type Followed struct {
	Facts view.Facts
	Owed  Owed
}

// Followed draws it.
func (s *Site) Followed(ctx context.Context, f complaint.Followed) (v Followed, err error) {
	answered, rated := "还没有答复", ""
	if f.Answered {
		answered, rated = "已经答复", "还没有评价"
	}
	if f.Rating != "" {
		rated = workflow.Word(complaint.Ratings, f.Rating) + "，" + workflow.Word(complaint.Solutions, f.Solved)
	}
	v.Facts.Rows = []view.Fact{
		{Label: "哪一类", Text: f.Category}, {Label: "投诉谁", Text: cmp.Or(f.Unit, "还没有确定")},
		{Label: "办到哪一步", Text: complaint.Law.State(f.State).Word}, {Label: "答复", Text: answered},
	}
	if rated != "" {
		v.Facts.Rows = append(v.Facts.Rows, view.Fact{Label: "评价", Text: rated})
	}
	v.Owed, err = s.Owed(ctx, complaint.Law, f.Clocks, s.Now())
	for _, said := range []*string{&v.Owed.Promise, &v.Owed.Late} { // what is owed is the complainant's
		*said = strings.ReplaceAll(*said, "您", complaint.Law.Outsider)
	}
	return v, err
}
