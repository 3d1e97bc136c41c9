package filing

import (
	"context"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/category"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// changing is the way back to a field; in the elder mode to its question alone.
func changing(at, field string, one bool) string {
	_, st := stepOf(at)
	if q, ok := named(questions[at], field); ok && one {
		return st.asking(q)
	}
	return st.path
}

// answer is one row of the check: whose field it is leads back to it.
type answer struct{ field, label, value, aside string }

// summary is every answer as it will be sent; one leads back to one question.
func (p *Pages) summary(ctx context.Context, f filing, one bool) ([]site.SummaryList, error) {
	accused, err := p.accused(ctx, f.Story)
	if err != nil {
		return nil, err
	}
	category, _, err := p.Categories.ByCode(ctx, f.Story.Category)
	if err != nil {
		return nil, err
	}
	story := site.SummaryList{Title: "事情经过", Rows: rows("story", one,
		answer{"unit", "投诉谁", accused, ""}, f.categoryAnswer(category),
		answer{"title", "标题", f.Story.Title, ""}, answer{"request", "要求", f.Story.Request, ""},
		answer{"facts", "经过", f.Story.Facts, ""}, answer{"reasons", "理由和依据", f.Story.Reasons, ""})}
	return []site.SummaryList{story, f.contractSummary(p.Now(), one), f.evidenceSummary(one), f.personSummary(one)}, nil
}

// categoryAnswer is the category with its legal basis, unless the registrar is to
// say which it is.
func (f filing) categoryAnswer(chosen category.Category) answer {
	if f.Story.Category == category.Unknown {
		return answer{"category", "哪一类", "由登记员确定", ""}
	}
	return answer{"category", "哪一类", chosen.Title, "依据" + chosen.Basis}
}

// accused is whom the complaint will be about. A unit that was written and not
// chosen is said to be taken at its word, while it can still be corrected.
func (p *Pages) accused(ctx context.Context, f complaint.StoryForm) (string, error) {
	story, _, err := p.Complaints.Story(ctx, f, complaint.Web)
	if err != nil || story.Unit == complaint.UnknownUnit {
		return "不在名单里：" + story.UnitSaid, err
	}
	u, _, err := p.Units.ByCode(ctx, story.Unit)
	if story.UnitSaid != "" && story.UnitSaid != u.Name {
		return u.Name + "（您写的是“" + story.UnitSaid + "”）", err
	}
	return u.Name, err
}

// contractForm is the step of the contract as its answers are shown.
type contractForm struct{ complaint.ContractForm }

// rows puts the way back on each answer; what was left empty says so.
func rows(at string, one bool, list ...answer) []site.SummaryRow {
	var out []site.SummaryRow
	for _, a := range list {
		if strings.TrimSpace(a.value) == "" {
			a.value = "没有填"
		}
		out = append(out, site.SummaryRow{Label: a.label, Value: a.value, Aside: a.aside, Href: changing(at, a.field, one)})
	}
	return out
}

func (f filing) contractSummary(now time.Time, one bool) site.SummaryList {
	c := contractForm{f.Contract}
	signed, due := c.Dates(now)
	litigation := workflow.Word(complaint.Litigation, c.InLitigation)
	return site.SummaryList{Title: "合同与金额", Rows: rows("contract", one,
		answer{"contract_no", "合同编号", c.ContractNo, ""}, day("contract_date", "签订日期", c.ContractDate, signed),
		c.money("contract_amount", "合同总价", c.ContractAmount), day("due_on", "约定付款日期", c.DueOn, due),
		c.money("unpaid_amount", "还欠", c.UnpaidAmount), answer{"in_litigation", "起诉或仲裁", litigation, ""},
		answer{"elsewhere", "还向哪里反映过", c.Elsewhere, ""})}
}

func (f filing) evidenceSummary(one bool) site.SummaryList {
	var held []string
	for _, o := range complaint.Held {
		for _, value := range f.Evidence.Held {
			if value == o.Value {
				held = append(held, o.Label)
			}
		}
	}
	return site.SummaryList{Title: "证据材料", Rows: rows("evidence", one,
		answer{"evidence_held", "手里有的", strings.Join(held, "、"), ""})}
}

// personSummary shows a part of each: somebody may be looking over a shoulder.
func (f filing) personSummary(one bool) site.SummaryList {
	kind := workflow.Word(complaint.Kinds, f.Who.Kind)
	list := rows("who", one, answer{"complainant_kind", "身份", kind + map[string]string{"yes": "，不留姓名", "no": ""}[f.Who.Anonymous], ""})
	if one { // two questions, each with its way back
		list = rows("who", one, answer{"complainant_kind", "身份", kind, ""},
			answer{"anonymous", "留不留姓名", map[string]string{"yes": "不留姓名", "no": "留姓名"}[f.Who.Anonymous], ""})
	}
	who := f.Who.Value()
	contact := f.Contact.Value(who)
	values, confirmed := contact.Values(), contact.Confirmed()
	var own []answer
	for _, name := range complaint.Asked(who) {
		aside := ""
		if slices.Contains(confirmed, name) {
			aside = "和规则对不上，您确认过就是这样的"
		}
		own = append(own, answer{name, contactFields[name].Label, masked(name, values[name]), aside})
	}
	own = append(own,
		secrecy(f.Contact.Confidential),
		answer{"edelivery_consent", "电子邮件通知", map[string]string{"yes": "同意", "no": "不要"}[f.Contact.EDelivery], ""})
	return site.SummaryList{Title: "您是谁、怎么联系", Note: f.sealed(), Sealed: true,
		Rows: append(list, rows("contact", one, own...)...)}
}

// secrecy is what was answered, with what it changes.
func secrecy(value string) answer {
	for _, s := range complaint.Secrecies {
		if s.Value == value {
			return answer{"confidential", "保密", s.Label, form.You.Says(s.Means)}
		}
	}
	return answer{"confidential", "保密", "", ""}
}

// masked keeps enough to recognise one's own.
func masked(name, value string) string {
	if name == "phone" { // of several each, without the words beside it
		var all []string
		for _, n := range form.NotedNumbers(value) {
			all = append(all, maskedNumber(n.Number))
		}
		return strings.Join(all, "、")
	}
	runes := []rune(value)
	switch {
	case value == "":
		return ""
	case name == "name":
		return string(runes[:1]) + " **"
	case name == "email":
		at := strings.IndexByte(value, '@')
		return value[:min(1, max(at, 0))] + "***" + value[max(at, 0):]
	}
	return value
}

func maskedNumber(number string) string {
	runes := []rune(number)
	if len(runes) == 11 {
		return string(runes[:3]) + " **** " + string(runes[7:])
	}
	return "**** " + string(runes[max(0, len(runes)-4):])
}

// day is a date as it is understood.
func day(field, label string, typed form.DateBoxes, rule form.DateRule) answer {
	date, sentence := typed.Read(rule)
	switch {
	case sentence != "":
		return answer{field, label, typed.Year + "年" + typed.Month + "月" + typed.Day + "日", ""}
	case date.IsZero():
		return answer{field, label, "", ""}
	case date.Whole():
		return answer{field, label, date.Words(), ""}
	}
	return answer{field, label, typed.AsWritten(date), "没有写到日，按这样登记"}
}

// money is a sum as it is understood, in figures and capitals, with what was typed where
// that is something else.
func (f contractForm) money(field, label, typed string) answer {
	value, wrong := f.Sure.Amount(field, typed)
	switch written := form.AmountWritten(typed); {
	case wrong.Sentence != "" || form.Line(typed) == "":
		return answer{field, label, typed, ""}
	case value == nil:
		return answer{field, label, "没有", "您写的是“" + form.Line(typed) + "”"}
	case written != "":
		return answer{field, label, value.String() + "\u00a0元", value.Capitals() + "；您写的是“" + written + "”，承办人看得到"}
	default:
		return answer{field, label, value.String() + "\u00a0元", value.Capitals()}
	}
}

// sealed says who reads the contact details: what the answer about confidence changes
// stands in its own row.
func (f filing) sealed() string {
	if f.Who.Anonymous != "yes" && f.Contact.Confidential == "no" {
		return "封存，承办单位在平台上看不到；您不要求保密，核实时可能告诉承办人"
	}
	return "封存，承办单位看不到"
}
