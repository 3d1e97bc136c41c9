// Package cases is the pages of cases of government dishonesty: one case, the warning
// that is drafted in it, and its paper.
package cases

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/document"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Pages are the pages of the register of cases.
type Pages struct {
	matter.Pages[*discipline.Case]
	cases *discipline.Register
}

// New are the pages of the cases of an office.
func New(d *desk.Desk) *Pages {
	p := &Pages{cases: discipline.New(d.Office)}
	p.Desk = d
	p.Face = matter.Face[*discipline.Case]{
		Register: &p.cases.Register, Read: p.cases.Read,
		It: "本案", Unit: "单位", Course: "程序",
		Listed: func(r register.Row) desk.Deadline { return caseTerm(r, d.Now()) },
		Facts:  caseFacts,
		Top:    func(m *discipline.Case) templ.Component { return caseTop(doubtOf(m), ladderOf(m)) },
		Body: func(c *fiber.Ctx, m *discipline.Case) templ.Component {
			return caseBody(draftFacts(m), m.Ground+m.Draft.Facts+m.Draft.Basis+m.Draft.Demand+m.Draft.Consequences, p.DraftRef(c, m), doubtsOf(m, m.Draft))
		},
		Side: func(_ *fiber.Ctx, m *discipline.Case, _ desk.Written) ([]templ.Component, error) {
			return []templ.Component{matter.SidePanels(desk.ClockPanel{}, termPanel(m, d.Now()))}, nil
		},
		Draft: draftOf,
		Known: (*discipline.Case).Known, Absent: unheard,
		Sheets: map[workflow.Action]matter.Sheet[*discipline.Case]{discipline.DraftWarning: {
			Title: "起草书面警示", Note: "五项缺一不可：事实、依据、要求、期限、后果", Submit: "送领导签发",
			Side: func(*discipline.Case) templ.Component { return matter.SidePanels(desk.ClockPanel{}, tiersPanel()) },
			Paper: func(m *discipline.Case, typed workflow.Answers) (document.Paper, []string) {
				draft, _ := discipline.DraftOf(typed, d.Now())
				if table, err := d.Office.Laws.Table(context.Background()); err == nil { // kept a while; without it what is typed is shown
					draft.Basis = table.Said(typed)
				}
				return m.Preview(draft), doubtsOf(m, draft)
			},
		}},
	}
	return p
}

// OpenFrom opens a case from a complaint that was found true.
func (p *Pages) OpenFrom(c *fiber.Ctx, o workflow.Order, a *desk.Attempt) (bool, error) {
	opened, err := p.cases.OpenFrom(c.UserContext(), o)
	if err != nil {
		a.Err = err
		return false, nil
	}
	said := "?done=1"
	if opened.Repeated {
		said = "?again=1"
	}
	return true, web.SeeOther(c, desk.MatterURL(discipline.Kind, opened.Number)+said)
}

// caseTerm is the date that matters for a case in a list.
func caseTerm(r register.Row, now time.Time) desk.Deadline {
	var own discipline.Row
	if err := json.Unmarshal(r.Own, &own); err != nil {
		return desk.Deadline{}
	}
	switch {
	case r.State == discipline.Published && !own.Until.IsZero():
		return desk.Deadline{Words: "公示至", Date: own.Until.Long(), On: own.Until, Bare: true}
	case r.State == discipline.Served && clock.On(now).After(own.RectifyBy):
		return desk.Deadline{Words: "整改期限已过", Date: own.RectifyBy.Long(), On: own.RectifyBy, State: desk.Late, Bare: true}
	case r.State == discipline.Served:
		return desk.Deadline{Words: "整改期限", Date: own.RectifyBy.Long(), On: own.RectifyBy, Bare: true}
	}
	return desk.Deadline{}
}

func caseFacts(found *discipline.Case) (list []templ.Component) {
	if found.Complaint != "" {
		list = append(list, sourceLink(found.Complaint, workflow.WordOf(complaint.Findings, found.Finding)))
	}
	list = append(list, view.Text("单位："+found.UnitName), view.Text(found.CategoryTitle+" "+found.Matter.Category))
	if found.Version > 0 {
		list = append(list, view.Text("失信程度："+found.Draft.Tier.Word()))
	}
	return list
}

// unheard explains the step that the law asks for and the platform has not yet.
func unheard(found *discipline.Case, p staff.Person) (title, text string) {
	if s := found.Matter.State; s != discipline.Opened && s != discipline.Drafted {
		return "", ""
	}
	return "为什么没有“听取申辩”", "事前告知和陈述申辩（5 个工作日）还没有做进平台。眼下请线下办理，用内部说明记下，再请领导签发。"
}

// doubtOf says that the complaint a case came from has changed, and that somebody
// must decide.
func doubtOf(found *discipline.Case) view.Banner {
	for _, flag := range []string{discipline.BasisOpen, discipline.BasisGone} {
		if found.Matter.Has(flag) && !slices.Contains([]workflow.State{discipline.Dropped, discipline.Revoked}, found.Matter.State) {
			title, text, _ := strings.Cut(discipline.Law.Flags[flag], "。")
			return view.Banner{Kind: view.Warn, Title: title + "。", Text: text}
		}
	}
	return view.Banner{}
}

// triggers are what leads to each further measure (domain-facts §3.1).
var triggers = map[string]string{"TALK": "警示期满未改", "CIRC": "拒改、造假", "REST": "须有清单依据", "REFER": "涉职务违法"}

func ladderOf(found *discipline.Case) desk.Ladder {
	var l desk.Ladder
	for i, m := range discipline.Measures {
		step := view.Fact{Label: m.Label, Text: triggers[m.Value]}
		if i == l.Current {
			step.Text = "本案：" + discipline.Law.State(found.Matter.State).Stands
		}
		l.Steps = append(l.Steps, step)
	}
	return l
}

func draftFacts(found *discipline.Case) view.Facts {
	var f view.Facts
	add := func(label, text string) {
		if text != "" {
			f.Rows = append(f.Rows, view.Fact{Label: label, Body: view.Paragraphs(text)})
		}
	}
	add("立案的依据和理由", found.Ground)
	if found.Version == 0 {
		return f
	}
	d := found.Draft
	add("查明的事实", d.Facts)
	add("依据", d.Basis)
	add("要求", d.Demand)
	add("期限", d.Deadline.Long()+"以前")
	add("逾期后果", d.Consequences)
	return f
}

// doubtsOf are the machine's doubts, each with the name of its field, until the paper is
// public or never will be.
func doubtsOf(found *discipline.Case, d discipline.Draft) []string {
	if found.Notice != nil || discipline.Law.State(found.Matter.State).Ended() {
		return nil
	}
	var out []string
	for _, w := range d.Warnings(found.ContractNo) {
		out = append(out, "“"+discipline.Law.Rows(discipline.DraftWarning)[0].Need(w.Field).Label+"”"+w.Text)
	}
	return out
}

// draftOf is the newest draft of the warning.
func draftOf(found *discipline.Case) *matter.Draft {
	if found.Version == 0 {
		return nil
	}
	public := "不公示"
	if found.Months > 0 {
		public = view.N(found.Months, "个月") + "，期满自动撤下"
	}
	return &matter.Draft{Name: "书面警示函", Version: found.Version, By: found.DraftedBy, At: found.DraftedAt, Paper: found.Preview(found.Draft),
		Publicity: public, Doubts: doubtsOf(found, found.Draft)}
}

func tiersPanel() desk.Panel {
	p := desk.Panel{Title: "公示期的上下限"}
	for _, tier := range discipline.Tiers {
		label, text, _ := strings.Cut(tier.Label, "：")
		p.Rows = append(p.Rows, desk.PanelRow{Label: label, Text: text})
	}
	return p
}

func termPanel(found *discipline.Case, now time.Time) desk.Panel {
	p := desk.Panel{Title: "期限"}
	by := found.RectifyBy
	switch {
	case !by.IsZero() && discipline.Law.State(found.Matter.State).Ended():
		p.Rows = append(p.Rows, desk.PanelRow{Label: "整改", Text: by.Long(), Aside: "本案已经结束"})
	case !by.IsZero():
		row := desk.PanelRow{Label: "整改", Text: by.Long()}
		left := by.Since(clock.On(now))
		switch {
		case left < 0:
			row.Aside = "已过 " + view.N(-left, "天")
		case left == 0:
			row.Aside = "今天到期"
		default:
			row.Aside = "还有 " + view.N(left, "天")
		}
		p.Rows = append(p.Rows, row)
	case found.Version > 0:
		p.Rows = append(p.Rows, desk.PanelRow{Label: "整改", Text: found.Draft.Deadline.Long(), Aside: "送达后生效"})
	default:
		p.Rows = append(p.Rows, desk.PanelRow{Label: "整改", Text: "起草时写"})
	}
	return p
}
