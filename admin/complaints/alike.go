package complaints

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/outside"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// alikeView is what is like a complaint, of what its reader may know of.
type alikeView struct {
	Asked bool // there was something to compare
	Found []complaint.Alike
}

// alikeSeen is in the form which similar complaints its page showed: what was found since
// is shown before anything is filed.
const alikeSeen = "seen"

// alikeTo is what is like the complaint that is being written down.
func (d *Pages) alikeTo(c *fiber.Ctx, typed url.Values) (v alikeView, err error) {
	f := complaint.ReadForm(typed)
	token, _ := web.ParseFormToken(typed.Get("form_token"))
	likely := f.Likely(token, d.Now())
	v.Asked = f.Story.Facts+f.Story.Request+f.Contract.ContractNo != ""
	if v.Asked {
		v.Found, err = d.complaints.Alike(c.UserContext(), desk.Person(c), likely)
	}
	return v, err
}

// numbers are those that were found, as the form says them.
func (v alikeView) numbers() string {
	var all []string
	for _, a := range v.Found {
		all = append(all, a.Number)
	}
	return strings.Join(all, " ")
}

// seen says that a page has shown all that was found.
func (v alikeView) seen(shown string) bool {
	before := strings.Fields(shown)
	for _, a := range v.Found {
		if !slices.Contains(before, a.Number) {
			return false
		}
	}
	return true
}

// joinable are those found to which what is registered may be joined at once: of the same unit
// and under way; and that it is joined to none.
func (v alikeView) joinable() (ways []view.Option) {
	for _, a := range v.Found {
		if a.SameUnit && complaint.Leads(a.State) {
			ways = append(ways, view.Option{Value: a.Number, Label: "并到 " + a.Number, Hint: a.Title})
		}
	}
	if len(ways) > 0 {
		ways = append(ways, view.Option{Label: "不并，单独办"})
	}
	return ways
}

// said is how many were found.
func (v alikeView) said() string {
	if len(v.Found) == 0 {
		return "没有找到相似的投诉"
	}
	return "有 " + view.N(len(v.Found), "件") + "相似的投诉"
}

// alikeState is in which state one is.
func alikeState(a complaint.Alike) view.StatusTag { return matter.StateTag(complaint.Law, a.State) }

// alikeWords say of one when it came and what is alike.
func alikeWords(a complaint.Alike) string {
	words := view.DayFull(a.Opened.Begins()) + "收到"
	if !a.SameUnit && a.UnitName != "" {
		words += "，投诉" + a.UnitName
	}
	return words + "。" + a.Why()
}

// alikeSide is the panel of a complaint's page: what is like it, and, to whoever joins
// complaints, the way to join them. Nothing is joined by it: the form is shown first, with
// the main complaint filled in.
type alikeSide struct {
	desk.Panel
	URL    string      // where ticked ones are joined to this one; empty where none may be
	Fields [][2]string // what goes with the ticks
}

// joinForm is the id of the form that the ticks of the panel belong to.
const joinForm = "join-alike"

func (d *Pages) alikeSide(c *fiber.Ctx, m *complaint.Dossier) (alikeSide, error) {
	by := desk.Person(c)
	found, err := d.complaints.Alike(c.UserContext(), by, m.Likely())
	p := alikeSide{Panel: desk.Panel{Title: "相似的投诉"}}
	_, joins := complaint.Law.RowOf(by.Role, complaint.Join)
	number := m.Matter.Number
	for _, a := range found {
		row := desk.PanelRow{Label: complaint.Law.State(a.State).Word, Text: a.Title, Href: desk.MatterURL(complaint.Kind, a.Number), Aside: a.Number + "，" + alikeWords(a)}
		var join joinWays
		if joins && a.SameUnit {
			if m.Offers(by, complaint.Join) && complaint.Leads(a.State) {
				join.Into = matter.ManyURL(complaint.Kind, complaint.Join, map[string]string{"main": a.Number}, number)
			}
			if complaint.Leads(m.Matter.State) && a.State == complaint.Accepted {
				join.Tick = a.Number
				p.URL, p.Fields = matter.ManyFrom(complaint.Kind, complaint.Join, "main", number)
			}
		}
		if join != (joinWays{}) {
			row.Body = joinBody(join)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, err
}

// joinWays are how one that is alike and this one may be joined; empty where they may not.
type joinWays struct {
	Into string // the page on which this one is joined to it
	Tick string // its number, where it may be joined to this one
}

// suggestions are what unit and category may be, by the fields' names.
func suggestions(s complaint.Suggestions) map[string]view.Suggestions {
	out := map[string]view.Suggestions{}
	for name, list := range map[string][]complaint.Suggested{"unit": s.Units, "category": s.Categories} {
		for _, one := range list {
			out[name] = append(out[name], view.Suggestion{Field: name, Value: one.Value, Label: one.Label, Why: one.Why})
		}
	}
	return out
}

// settledWords are the unit and category that a complaint has; empty where it lacks one.
func settledWords(r register.Row) string {
	if r.Unit == "" || r.Category == "" {
		return ""
	}
	return r.UnitName + "，" + r.CategoryTitle + " " + r.Category
}

// propose is with what unit and category each of several complaints may be settled; what it
// has already stays.
func (d *Pages) propose(c *fiber.Ctx, rows []register.Row) (map[string]matter.Proposal, error) {
	by, numbers := desk.Person(c), []string{}
	for _, r := range rows {
		numbers = append(numbers, r.Number)
	}
	tellings, err := d.complaints.Tellings(c.UserContext(), by, numbers)
	if err != nil {
		return nil, err
	}
	all := map[string]matter.Proposal{}
	for _, r := range rows {
		s, err := d.complaints.Suggest(c.UserContext(), by, tellings[r.Number])
		if err != nil {
			return nil, err
		}
		unit, category := complaint.Suggested{Value: r.Unit, Label: r.UnitName, Why: "已经定了"}, complaint.Suggested{Value: r.Category, Label: r.CategoryTitle + " " + r.Category, Why: "已经定了"}
		if r.Unit == "" && len(s.Units) > 0 {
			unit = s.Units[0]
		}
		if r.Category == "" && len(s.Categories) > 0 {
			category = s.Categories[0]
		}
		if unit.Value != "" && category.Value != "" {
			all[r.Number] = matter.Proposal{Answers: workflow.Answers{"unit": {unit.Value}, "category": {category.Value}},
				Words: unit.Label + "，" + category.Label, Why: "单位：" + unit.Why + "；类别：" + category.Why}
		}
	}
	return all, nil
}

// maybe is what unit and category of a complaint may be, where they are settled.
func (d *Pages) maybe(c *fiber.Ctx, m *complaint.Dossier, action workflow.Action) (map[string]view.Suggestions, error) {
	switch action {
	case complaint.Transfer, complaint.Redirect:
		return d.bodies(c, m)
	case complaint.Join:
		return d.joinable(c, m)
	case complaint.SettleUnit:
	default:
		return nil, nil
	}
	s, err := d.complaints.Suggest(c.UserContext(), desk.Person(c), m.Telling())
	return suggestions(s), err
}

// bodies are those outside that complaints of this one's category are usually for.
func (d *Pages) bodies(c *fiber.Ctx, m *complaint.Dossier) (map[string]view.Suggestions, error) {
	all, err := outside.Read(c.UserContext(), d.Office.Pool)
	var list view.Suggestions
	for _, b := range all.On(clock.On(d.Now())).For(m.Matter.Category) {
		list = append(list, view.Suggestion{Field: "body", Value: b.Name, Label: b.Name, Why: "“" + m.CategoryTitle + "”一类常归它管：" + b.Purpose})
	}
	return map[string]view.Suggestions{"body": list}, err
}

// mostJoinable are how many are offered to be joined to: what is alike, and what is about the
// same unit and under way.
const mostJoinable = 6

// joinable are the complaints to which one may be joined, those that are like it first.
func (d *Pages) joinable(c *fiber.Ctx, m *complaint.Dossier) (map[string]view.Suggestions, error) {
	ctx, by := c.UserContext(), desk.Person(c)
	found, err := d.complaints.Alike(ctx, by, m.Likely())
	if err != nil {
		return nil, err
	}
	var list view.Suggestions
	add := func(number, title, why string) {
		known := slices.ContainsFunc(list, func(s view.Suggestion) bool { return s.Value == number })
		if !known && number != m.Matter.Number && len(list) < mostJoinable {
			list = append(list, view.Suggestion{Field: "main", Value: number, Label: number + " " + title, Why: why})
		}
	}
	for _, a := range found {
		if a.SameUnit && complaint.Leads(a.State) {
			add(a.Number, a.Title, a.Why())
		}
	}
	if m.Matter.Unit != "" {
		page, err := d.complaints.ListOf(ctx, by.Scope(), register.Filter{View: register.ViewOpen, Unit: m.Matter.Unit}, register.Cursor{}, 4*mostJoinable)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			if complaint.Leads(r.State) && !slices.Contains(r.Flags, complaint.Accusation) {
				add(r.Number, r.Title, "同一个单位，"+complaint.Law.State(r.State).Word)
			}
		}
	}
	return map[string]view.Suggestions{"main": list}, nil
}
