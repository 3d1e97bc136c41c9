package complaints

import (
	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// inquiryWords say who is asked, and how that stands.
func inquiryWords(i complaint.Inquiry) string {
	said := inquiry.Law.State(workflow.State(i.State)).Word
	if i.Unit != "" {
		said = i.Unit + "，" + said
	}
	if workflow.State(i.State) == inquiry.Asked && !i.LastOn.IsZero() {
		said += "，最迟 " + i.LastOn.Long()
	}
	return said
}

// inquiryLink leads the desk to it; it is not a unit's to open.
func inquiryLink(i complaint.Inquiry) view.Ref {
	if i.Number == "" {
		return view.Ref{}
	}
	return view.Ref{Label: i.Number, Href: desk.MatterURL(inquiry.Kind, i.Number)}
}

func inquiryItems(i complaint.Inquiry) (f view.Facts) {
	for n, one := range i.Items {
		f.Rows = append(f.Rows, view.Fact{Label: "第 " + view.N(n+1, "项"), Body: inquiryItem(one)})
	}
	return f
}

// proposedInquiry is what the form begins with: what a unit proposed, where it is one.
func proposedInquiry(dossier *complaint.Dossier) workflow.Answers {
	offered := dossier.Offered[request.ToUnit]
	if len(offered) != 1 {
		return workflow.Answers{}
	}
	known := workflow.Answers{request.ToUnit: {offered[0].Value}}
	for _, r := range dossier.Requests {
		if r.Proposed() && r.Kind.ToUnit() {
			items := ""
			for _, i := range r.Items {
				items += i.Words + "\n"
			}
			known["sort"], known["asked"] = []string{string(r.Kind)}, []string{items}
		}
	}
	return known
}
