package portal

import (
	"context"
	"strings"

	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// or is the value, or what a page had chosen before anything was typed.
func or(value, usual string) string {
	if value == "" {
		return usual
	}
	return value
}

func wordOf(list []workflow.Option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

// summary is every answer as it will be sent.
func (s *Site) summary(ctx context.Context, f filing) ([]view.SummaryList, error) {
	unitName := "不在名单里：" + form.Line(f.Story.UnitName)
	if f.Story.Unit != complaint.UnknownUnit {
		u, _, err := s.Units.ByCode(ctx, f.Story.Unit)
		if err != nil {
			return nil, err
		}
		unitName = u.Name
	}
	category, _, err := s.Categories.ByCode(ctx, f.Story.Category)
	if err != nil {
		return nil, err
	}
	story := view.SummaryList{Title: "事情经过", Rows: rows("/complaints/new/story",
		view.SummaryRow{Label: "投诉谁", Value: unitName},
		view.SummaryRow{Label: "哪一类", Value: category.Title, Aside: "依据" + category.Basis},
		view.SummaryRow{Label: "标题", Value: f.Story.Title}, view.SummaryRow{Label: "要求", Value: f.Story.Request},
		view.SummaryRow{Label: "经过", Value: f.Story.Facts}, view.SummaryRow{Label: "理由和依据", Value: f.Story.Reasons})}
	return []view.SummaryList{story, f.contractSummary(), f.evidenceSummary(), f.personSummary()}, nil
}

// rows puts the way back on each answer; what was left empty says so.
func rows(href string, list ...view.SummaryRow) []view.SummaryRow {
	for i := range list {
		list[i].Href = href
		if strings.TrimSpace(list[i].Value) == "" {
			list[i].Value = "没有填"
		}
	}
	return list
}

func (f filing) contractSummary() view.SummaryList {
	c := f.Contract
	litigation := map[string]string{"no": "没有", "pending": "有，还没有结果", "decided": "有，判了或裁了，对方没有履行"}[c.InLitigation]
	return view.SummaryList{Title: "合同与金额", Rows: rows("/complaints/new/contract",
		view.SummaryRow{Label: "合同编号", Value: c.ContractNo}, view.SummaryRow{Label: "签订日期", Value: day(c.ContractDate)},
		money("合同总价", c.ContractAmount), view.SummaryRow{Label: "约定付款日期", Value: day(c.DueOn)}, money("还欠", c.UnpaidAmount),
		view.SummaryRow{Label: "起诉或仲裁", Value: litigation}, view.SummaryRow{Label: "还向哪里反映过", Value: c.Elsewhere})}
}

func (f filing) evidenceSummary() view.SummaryList {
	var held []string
	for _, o := range complaint.Held {
		for _, value := range f.Evidence.Held {
			if value == o.Value {
				held = append(held, o.Label)
			}
		}
	}
	return view.SummaryList{Title: "证据材料", Rows: rows("/complaints/new/evidence",
		view.SummaryRow{Label: "手里有的", Value: strings.Join(held, "、")})}
}

// personSummary shows a part of each: somebody may be looking over a shoulder.
func (f filing) personSummary() view.SummaryList {
	list := []view.SummaryRow{{Label: "身份", Value: wordOf(complaint.Kinds, f.Who.Kind) + map[string]string{"yes": "，不留姓名", "no": ""}[f.Who.Anonymous]}}
	list = rows("/complaints/new", list...)
	c := f.Contact.value(f.Who.value())
	var own []view.SummaryRow
	for _, name := range complaint.Asked(f.Who.value()) {
		own = append(own, view.SummaryRow{Label: contactFields[name].Label, Value: masked(name, contactForm{
			Name: c.Name, Phone: c.Phone, Email: c.Email, Address: c.Address, Organisation: c.Organisation, USCC: c.USCC,
			PressCard: c.PressCard, CongressSession: c.CongressSession, CredentialNumber: c.CredentialNumber}.typed(name))})
	}
	own = append(own,
		view.SummaryRow{Label: "保密", Value: map[string]string{"yes": "要求保密", "no": "不要求"}[f.Contact.Confidential]},
		view.SummaryRow{Label: "电子邮件通知", Value: map[string]string{"yes": "同意", "no": "不要"}[f.Contact.EDelivery]})
	return view.SummaryList{Title: "您是谁、怎么联系", Note: "封存，承办单位看不到", Sealed: true,
		Rows: append(list, rows("/complaints/new/contact", own...)...)}
}

// masked keeps enough to recognise one's own.
func masked(name, value string) string {
	runes := []rune(value)
	switch {
	case value == "":
		return ""
	case name == "name":
		return string(runes[:1]) + " **"
	case name == "phone" && len(runes) == 11:
		return string(runes[:3]) + " **** " + string(runes[7:])
	case name == "phone":
		return "**** " + string(runes[max(0, len(runes)-4):])
	case name == "email":
		at := strings.IndexByte(value, '@')
		return value[:min(1, max(at, 0))] + "***" + value[max(at, 0):]
	}
	return value
}

func day(b form.DateBoxes) string {
	if b.Empty() {
		return ""
	}
	d, sentence := b.Read(form.DateRule{})
	if sentence != "" {
		return b.Year + "年" + b.Month + "月" + b.Day + "日"
	}
	return d.Words()
}

func money(label, typed string) view.SummaryRow {
	value, sentence := amount(typed)
	if value == nil || sentence != "" {
		return view.SummaryRow{Label: label, Value: typed}
	}
	return view.SummaryRow{Label: label, Value: value.String() + "\u00a0元", Aside: value.Capitals()}
}
