package admin

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// listView is the page of the list.
type listView struct {
	asked    asked
	Register bool // may register by hand
	Views    view.Views
	States   []view.Option
	Units    []view.Option
	Groups   []view.Option
	Chips    view.Chips
	Rows     []view.MatterRow
	Pager    view.Pager
	Hints    []view.Ref // units that what was typed may mean
	Empty    view.Empty
	Instead  []view.Ref // what is found with a condition less
}

var viewLabels = map[complaint.View]string{
	complaint.ViewOpen: "在办", complaint.ViewLate: "逾期", complaint.ViewMine: "等我", complaint.ViewSent: "我送出的",
	complaint.ViewComplainant: "等投诉人", complaint.ViewAnswered: "答复未评价", complaint.ViewRated: "已评价待办结", complaint.ViewToCase: "属实待立案",
	complaint.ViewClosed: "办结", complaint.ViewAll: "全部",
}

var termLabels = map[complaint.Term]string{
	complaint.DueLate: "已逾期", complaint.DueToday: "今天到期", complaint.DueWeek: "本周到期", complaint.DueLater: "以后到期",
	complaint.DueNever: "没有期限",
}

// termOptions are the choices of the filter 期限.
func termOptions() []view.Option {
	var all []view.Option
	for _, t := range complaint.Terms() {
		all = append(all, view.Option{Value: string(t), Label: termLabels[t]})
	}
	return all
}

func (d *Desk) showList(c *fiber.Ctx) error {
	if q := form.Line(c.Query("q")); q != "" {
		return d.find(c, q)
	}
	p := person(c)
	a := askedOf(c, p)
	page, err := d.Complaints.List(c.UserContext(), p.Scope(), a.Filter, complaint.ParseCursor(c.Query("at")))
	if err != nil {
		return err
	}
	v := listView{asked: a, Register: d.reaches(p.Role, "register")}
	if v.Rows, err = d.rows(c, page.Rows, a); err != nil {
		return err
	}
	if err := d.choices(c, &v); err != nil {
		return err
	}
	if err := d.counts(c, &v, page); err != nil {
		return err
	}
	f := d.frame(c, "投诉", "complaints")
	f.Query = a.typed
	f.Keys = []view.Key{keyRows, keyOpen, keySearch, keyFilter}
	if v.Register {
		f.Keys = append(f.Keys, keyEnter)
	}
	f.Keys = append(f.Keys, keyMine, keyAll)
	return view.Show(c, listPage(f, v))
}

// find answers the search box: a whole number of a matter or a document leads
// to its matter, anything else to the list.
func (d *Desk) find(c *fiber.Ctx, q string) error {
	scope := person(c).Scope()
	number, whole := form.ParseNumber(q)
	if !whole {
		number, kind, err := d.Complaints.PlaceOfPaper(c.UserContext(), scope, q)
		if err != nil {
			return err
		}
		if number != "" {
			return seeOther(c, place(kind, number))
		}
		return seeOther(c, address(url.Values{"view": {string(complaint.ViewAll)}, "text": {q}}))
	}
	kind, found, err := d.Complaints.Place(c.UserContext(), scope, number)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, "没有编号是 %s 的一件，或者不归您看。", number)
	}
	return seeOther(c, place(kind, number))
}

// place is the page of a matter of any kind.
func place(kind workflow.Kind, number string) string {
	if kind == complaint.Law.Kind {
		return "/complaints/" + number
	}
	return "/cases/" + number
}

func (d *Desk) rows(c *fiber.Ctx, rows []complaint.Row, a asked) ([]view.MatterRow, error) {
	cal, err := d.Complaints.Engine.Clocks.Calendar(c.UserContext())
	if err != nil {
		return nil, err
	}
	now := d.Now()
	out := make([]view.MatterRow, len(rows))
	for i, r := range rows {
		out[i] = view.MatterRow{
			Href: a.matter(r.Number), Title: r.Title, Number: r.Number, Category: r.CategoryTitle, Unit: unitWords(r),
			Status: stateTag(complaint.Law, r.State), Holder: r.Holder(), Deadline: deadline(r, cal, now),
		}
	}
	return out, nil
}

func unitWords(r complaint.Row) string {
	if r.Unit == "" {
		return "待定"
	}
	return r.UnitName
}

// choices fills the filter row and the chips.
func (d *Desk) choices(c *fiber.Ctx, v *listView) error {
	units, err := d.Complaints.Units.Complainable(c.UserContext())
	if err != nil {
		return err
	}
	categories, err := d.Complaints.Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, u := range units {
		v.Units = append(v.Units, view.Option{Value: u.Code, Label: u.Name})
	}
	v.States, v.Groups = stateOptions(v.asked.View), categoryOptions(categories)
	labels := map[string]string{"text": "含“" + v.asked.Text + "”", "due": "期限：" + termLabels[v.asked.Due], "provisional": "到期日暂定",
		"unit": "被投诉单位：" + optionLabel(v.Units, v.asked.Unit), "category": "类别：" + v.asked.Group + v.asked.Category}
	for _, s := range v.asked.States {
		labels["state"] = "状态：" + complaint.Law.State(s).Word
	}
	v.Chips = view.Chips{Clear: v.asked.with("", "", v.asked.conditions()...), Sorted: "按最近的期限排，先到期的在前"}
	if v.asked.View == complaint.ViewClosed {
		v.Chips.Sorted = "新收到的在前"
	}
	for _, name := range v.asked.conditions() {
		v.Chips.Items = append(v.Chips.Items, view.Chip{Label: labels[name], Href: v.asked.without(name)})
	}
	if v.asked.Text != "" && v.asked.Unit == "" {
		for _, u := range units.Search(v.asked.Text)[:min(3, len(units.Search(v.asked.Text)))] {
			v.Hints = append(v.Hints, view.Ref{Label: u.Name, Href: v.asked.with("unit", u.Code, "text")})
		}
	}
	return nil
}

// stateOptions are the states that the view can have.
func stateOptions(in complaint.View) []view.Option {
	var all []view.Option
	for _, s := range complaint.Law.States {
		over := complaint.PhaseOf(s.State) == workflow.Over
		if in == complaint.ViewAll || over == (in == complaint.ViewClosed) && complaint.PhaseOf(s.State) != workflow.Waiting {
			all = append(all, view.Option{Value: string(s.State), Label: s.Word})
		}
	}
	return all
}

func categoryOptions(categories []complaint.Category) []view.Option {
	var all []view.Option
	group := ""
	for _, k := range categories {
		if k.Group != group {
			group = k.Group
			all = append(all, view.Option{Value: k.Code[:1], Label: k.Code[:1] + " " + group + "（整组）", Group: group})
		}
		all = append(all, view.Option{Value: k.Code, Label: k.Code + " " + k.Title, Group: group})
	}
	return all
}

func optionLabel(options []view.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// countedViews are the views that say how many they have.
var countedViews = []complaint.View{complaint.ViewOpen, complaint.ViewLate, complaint.ViewMine, complaint.ViewSent,
	complaint.ViewComplainant, complaint.ViewAnswered, complaint.ViewRated, complaint.ViewToCase}

// viewCounts counts the views of one person, for the list and the navigation.
func (d *Desk) viewCounts(ctx context.Context, p staff.Person) (map[complaint.View]int, error) {
	filters := make([]complaint.Filter, len(countedViews))
	for i, name := range countedViews {
		filters[i] = complaint.Filter{View: name, Person: p}
	}
	counts, err := d.tally.Of(ctx, p.Scope(), filters)
	if err != nil {
		return nil, err
	}
	out := map[complaint.View]int{}
	for i, name := range countedViews {
		out[name] = counts[i]
	}
	return out, nil
}

// counts fills the views, the pager and, when nothing was found, what would be
// found otherwise.
func (d *Desk) counts(c *fiber.Ctx, v *listView, page complaint.Page) error {
	p := v.asked.Person
	counts, err := d.viewCounts(c.UserContext(), p)
	if err != nil {
		return err
	}
	v.Views = views(v.asked, p, counts)
	conditions := v.asked.conditions()
	whole := page.Next.IsZero() && page.Prev.IsZero()
	switch {
	case len(page.Rows) == 0:
		filters := make([]complaint.Filter, len(conditions))
		for i, name := range conditions {
			filters[i] = v.asked.dropped(name)
		}
		found, err := d.tally.Of(c.UserContext(), p.Scope(), filters)
		if err != nil {
			return err
		}
		v.empty(conditions, found)
	case whole:
		v.Pager = pager(v.asked, page, len(page.Rows))
	default:
		found, err := d.tally.Of(c.UserContext(), p.Scope(), []complaint.Filter{v.asked.Filter})
		if err != nil {
			return err
		}
		v.Pager = pager(v.asked, page, found[0])
	}
	return nil
}

// views are the entries over the list; an auditor, for whom nothing waits, has
// no entries of their own.
func views(a asked, p staff.Person, counts map[complaint.View]int) view.Views {
	out := view.Views{Label: "视图"}
	w := complaint.WaitingFor(p)
	works := len(w.Desk)+len(w.Lead)+len(w.Co) > 0
	cases := opensCases(p)
	for _, name := range complaint.Views() {
		if !works && (name == complaint.ViewMine || name == complaint.ViewSent) || !cases && name == complaint.ViewToCase {
			continue
		}
		v := url.Values{}
		if name != complaint.ViewOpen {
			v.Set("view", string(name))
		}
		item := view.View{Label: viewLabels[name], Href: address(v), Current: a.View == name}
		if n, counted := counts[name]; counted {
			item.Count = upTo(n)
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// opensCases says whether a person may make a case of a complaint.
func opensCases(p staff.Person) bool {
	return slices.Contains(complaint.Law.Rows(complaint.OpenCase)[0].By, p.Role)
}

// upTo writes a count that may have been cut off.
func upTo(n int) string {
	if n >= complaint.CountLimit {
		return view.UpTo(n, complaint.CountLimit, "件")
	}
	return view.Count(n)
}

// pager says where the page stands. A list that was counted to the limit has
// that many or more; at its end all are known.
func pager(a asked, page complaint.Page, total int) view.Pager {
	last := page.From + len(page.Rows) - 1
	all := view.N(max(total, last), "件")
	switch {
	case page.Next.IsZero():
		all = view.N(last, "件")
	case total >= a.CountTo():
		all = view.N(max(a.CountTo(), last), "件") + "以上"
	}
	p := view.Pager{Text: "第 " + view.Count(page.From) + " 至 " + view.Count(last) + " 件，共 " + all}
	if !page.Prev.IsZero() {
		p.Prev = a.with("at", page.Prev.String())
	}
	if !page.Next.IsZero() {
		p.Next = a.with("at", page.Next.String())
	}
	return p
}

// empty says that nothing was found and which condition to drop.
func (v *listView) empty(conditions []string, counts []int) {
	if len(conditions) == 0 {
		v.Empty = view.Empty{Title: "“" + viewLabels[v.asked.View] + "”里现在一件也没有。"}
		return
	}
	v.Empty.Title = "没有符合这个条件的投诉。"
	if len(conditions) > 1 {
		v.Empty.Title = "没有同时符合 " + view.N(len(conditions), "个条件") + "的投诉。"
	}
	for i := range conditions {
		if counts[i] > 0 {
			chip := v.Chips.Items[i]
			label := strings.TrimSpace("去掉“" + innerQuotes.Replace(chip.Label) + "”有 " + view.UpTo(counts[i], v.asked.dropped(conditions[i]).CountTo(), "件"))
			v.Instead = append(v.Instead, view.Ref{Label: label, Href: chip.Href})
		}
	}
}

// innerQuotes are those of a quotation within another.
var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

// stateHref is the list of one state.
func stateHref(s workflow.State) string { return address(url.Values{"state": {string(s)}}) }
