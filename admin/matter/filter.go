package matter

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
)

// asked is what an address of the list asks for. It also travels with the links
// to single matters, so that these know their neighbours.
type asked struct {
	register.Filter
	kind   *register.Kind
	values url.Values          // only what is set and understood
	typed  string              // into the search box, whole; Text is what is searched for
	listed bool                // the address names a list: the matter was opened from it
	since  askedDay            // received on this day or later, as it was typed
	until  askedDay            // and on this day or before
	sums   map[string]askedSum // bounds of details that are sums, by their names in the address
	denied bool                // it asks for a list that is not for this reader
	place  register.Cursor     // which place in it the matter had, where a move may have taken it elsewhere since
}

// denied says that a list is one that is not for this reader.
func denied(k *register.Kind, by staff.Person, name string) bool {
	v, ok := k.View(name)
	return ok && !v.Shows(k, by.Role)
}

// errDenied is said instead of another list than the one that was asked for.
var errDenied = fault.New(fault.NotFound, "这个列表不归您看：里面是监督办公室决定的事。请回到列表，看您自己的。")

// longestSearch bounds what is searched for and what every link of the list
// carries on. The beginning of a text finds all that the whole would find.
const longestSearch = 60

// askedOf reads the address; what it does not understand it leaves out.
func askedOf(c *fiber.Ctx, k *register.Kind, by staff.Person, now time.Time) asked {
	a := asked{kind: k, Filter: register.Filter{Person: by, View: register.ViewOpen}, values: url.Values{}, place: register.ParseCursor(c.Query("place"))}
	take := func(name string, known bool) bool {
		value := c.Query(name)
		if value == "" || !known {
			return false
		}
		a.values.Set(name, value)
		return true
	}
	a.denied = denied(k, by, c.Query("view"))
	if v, ok := k.View(c.Query("view")); take("view", ok && v.Name != register.ViewOpen && v.Shows(k, by.Role)) {
		a.View = v.Name
	}
	if s := workflow.State(c.Query("state")); take("state", slices.ContainsFunc(k.Law.States, func(i workflow.StateInfo) bool { return i.State == s })) {
		a.States = []workflow.State{s}
	}
	if term := register.Term(c.Query("due")); take("due", slices.Contains(register.Terms(), term)) {
		a.Due = term
	}
	if unit := c.Query("unit"); take("unit", len(unit) <= 32 && k.Law.Unit != workflow.None) {
		a.Unit = unit
	}
	if category := c.Query("category"); take("category", len(category) <= 3) {
		if len(category) == 1 && category != register.NoCategory {
			a.Group = category
		} else {
			a.Category = category
		}
	}
	if lead := c.Query("lead"); take("lead", len(lead) <= 32 && leads(k, by, lead)) {
		a.Lead = lead
	}
	if _, ok := k.ReportFigure(c.Query("figure")); take("figure", ok) {
		a.Figure = c.Query("figure")
	}
	a.since, a.until = dayAsked(c.Query("since"), false, now), dayAsked(c.Query("until"), true, now)
	if a.Since = a.since.on; !a.Since.IsZero() {
		a.values.Set("since", a.Since.String())
	}
	if a.Until = a.until.on; !a.Until.IsZero() {
		a.values.Set("until", a.Until.String())
	}
	for _, d := range k.DetailsFor(by) {
		value := c.Query(d.Name)
		switch {
		case d.Sum():
			a.askSum(c, d)
		case take(d.Name, workflow.Word(d.Options, value) != ""):
			a.Details = append(a.Details, register.Narrowed{Name: d.Name, Value: value})
		}
	}
	if what := watch.What(c.Query("watched")); take("watched", slices.Contains(watch.Whats(), what) && what.Where(k.Law) != "") {
		a.Watched = what
	}
	take(columnsField, len(c.Query(columnsField)) <= 200)
	if take("provisional", c.Query("provisional") == "1") {
		a.Provisional = true
	}
	a.typed = form.Line(c.Query("text"))
	if a.Text = a.typed; a.cut() {
		a.Text = form.Line(string([]rune(a.typed)[:longestSearch]))
	}
	if a.Text != "" {
		a.values.Set("text", a.Text)
	}
	a.listed = len(a.values) > 0 || c.Query("view") == register.ViewOpen
	return a
}

// askedDay is a day of the filter: what was typed, what it is understood as, and why it is
// not; a day that is not understood filters nothing.
type askedDay struct {
	typed, fault string
	on           clock.Date
}

// dayAsked reads a day, as people write one into a single box. A month is its first day, or
// its last, and so is a year.
func dayAsked(typed string, last bool, now time.Time) askedDay {
	d := askedDay{typed: form.Line(typed)}
	read, fault := form.DateBoxes{Year: d.typed}.Read(form.DateRule{Now: clock.Local(now), Part: true})
	if d.fault = fault; fault != "" || read.IsZero() {
		return d
	}
	first := clock.NewDate(read.Year, time.Month(max(read.Month, 1)), max(read.Day, 1))
	switch d.on = first; {
	case last && read.Month == 0:
		d.on = first.AddMonths(12).AddDays(-1)
	case last && read.Day == 0:
		d.on = first.AddMonths(1).AddDays(-1)
	}
	d.typed = d.on.String()
	return d
}

// askedSum is a bound of a sum: what was typed, what it is understood as, and why it is not;
// one that is not understood bounds nothing.
type askedSum struct {
	typed, fault string
	sum          *form.Amount
}

// The names of a sum's bounds in an address, after that of the detail.
const (
	sumLeast = "_from"
	sumMost  = "_to"
)

func sumAsked(typed string) askedSum {
	s := askedSum{typed: form.Line(typed)}
	sum, doubt, sentence := form.ReadAmount(s.typed)
	switch {
	case s.typed == "":
	case sentence != "":
		s.fault = sentence
	case doubt.Sentence != "":
		s.fault = "“" + s.typed + "”不是一个准数。请写准数，例如 50000 或者 128.65万"
	case sum == nil:
		s.fault = "请写比 0 大的数，例如 50000 或者 128.65万；不限的不用填"
	default:
		s.sum, s.typed = sum, strings.ReplaceAll(sum.String(), ",", "")
	}
	return s
}

// askSum reads the bounds of a sum. Two that leave nothing between them bound nothing.
func (a *asked) askSum(c *fiber.Ctx, d register.Detail) {
	least, most := sumAsked(c.Query(d.Name+sumLeast)), sumAsked(c.Query(d.Name+sumMost))
	if least.sum != nil && most.sum != nil && *least.sum > *most.sum {
		most.fault = "最多的比最少的还小，请改一个"
		least.sum, most.sum = nil, nil
	}
	if a.sums == nil {
		a.sums = map[string]askedSum{}
	}
	for name, s := range map[string]askedSum{d.Name + sumLeast: least, d.Name + sumMost: most} {
		a.sums[name] = s
		if s.sum != nil {
			a.values.Set(name, s.typed)
		}
	}
	if least.sum != nil || most.sum != nil {
		a.Details = append(a.Details, register.Narrowed{Name: d.Name, Least: least.sum, Most: most.sum})
	}
}

// faulty says that something of the filter was not understood.
func (a asked) faulty() bool {
	for _, s := range a.sums {
		if s.fault != "" {
			return true
		}
	}
	return a.since.fault+a.until.fault != ""
}

// leads says whether the list may be narrowed to a unit's work: of a unit's own staff, to
// what it leads and not only helps with.
func leads(k *register.Kind, by staff.Person, unit string) bool {
	return k.Given && (!by.Scope().Shared || unit == by.Unit)
}

// more is how many of the further filters are in use, or were not understood.
func (a asked) more() bool {
	return a.Lead+a.Figure+a.since.typed+a.until.typed != "" || len(a.Details) > 0 || a.faulty()
}

// cut says that more was typed than is searched for.
func (a asked) cut() bool { return form.Length(a.typed) > longestSearch }

// searched says beside the box what was searched for, where that is not what
// stands in it.
func (a asked) searched() string {
	if !a.cut() {
		return ""
	}
	return "写了 " + view.N(form.Length(a.typed), "个字") + "，只按前 " + view.N(longestSearch, "个字") + "找"
}

// without is the address of the list with some things left out, and all others.
func (a asked) without(names ...string) string {
	return a.with("", "", names...)
}

// rest is what the address asks for but some things.
func (a asked) rest(without ...string) url.Values {
	v := url.Values{}
	for n, values := range a.values {
		if !slices.Contains(without, n) {
			v[n] = values
		}
	}
	return v
}

// with is the address of the list with one thing changed.
func (a asked) with(name, value string, without ...string) string {
	v := a.rest(without...)
	if value != "" {
		v.Set(name, value)
	}
	return Address(a.kind, v)
}

// Address is that of the list with what is asked for.
func Address(k *register.Kind, v url.Values) string {
	if len(v) == 0 {
		return desk.ListURL(k)
	}
	return desk.ListURL(k) + "?" + v.Encode()
}

// matter is the address of one matter of this list.
func (a asked) matter(number string) string {
	return desk.MatterURL(a.kind, number) + "?" + a.carried(register.Cursor{}).Encode()
}

// In is the address of one matter of a view of the list.
func In(k *register.Kind, viewed, number string) string {
	return asked{Filter: register.Filter{View: viewed}, kind: k}.matter(number)
}

// carried is what the address of a matter says of the list that it was opened from, and
// of its place there, unless that is zero.
func (a asked) carried(place register.Cursor) url.Values {
	v := url.Values{"view": {a.View}}
	for name, values := range a.values {
		v[name] = values
	}
	if !place.IsZero() {
		v.Set("place", place.String())
	}
	return v
}

// carries is what the addresses of a matter's moves and further pages have after them, so
// that the list it was opened from is gone on with; empty where it was opened from none. It
// travels in the address alone: of two tabs each has its own.
func (p Pages[M]) carries(c *fiber.Ctx) url.Values {
	if place, ok := c.Locals(placeKey{}).(register.Cursor); ok {
		return askedOf(c, p.Kind(), desk.Person(c), p.Now()).carried(place)
	}
	if a := askedOf(c, p.Kind(), desk.Person(c), p.Now()); a.listed {
		return a.carried(a.place)
	}
	return nil
}

// placeKey is where beside leaves what carries needs, within one request.
type placeKey struct{}

// Onwards is an address of a matter with the list that it was opened from.
func (p Pages[M]) Onwards(c *fiber.Ctx, address string) string {
	return extended(address, p.carries(c))
}

// Carried are panels whose links to the matter's own pages go on with the list.
func (p Pages[M]) Carried(c *fiber.Ctx, panels ...desk.Panel) []desk.Panel {
	own := desk.ListURL(p.Kind()) + "/"
	for i := range panels {
		for n := range panels[i].Rows {
			if row := &panels[i].Rows[n]; strings.HasPrefix(row.Href, own) {
				row.Href = p.Onwards(c, row.Href)
			}
		}
	}
	return panels
}

// extended is an address with more in its query.
func extended(address string, more url.Values) string {
	path, query, _ := strings.Cut(address, "?")
	v, err := url.ParseQuery(query)
	if err != nil {
		v = url.Values{}
	}
	for name, values := range more {
		v[name] = values
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// dropped is the filter with one condition taken away.
func (a asked) dropped(name string) register.Filter {
	f := a.Filter
	switch name {
	case "state":
		f.States = nil
	case "unit":
		f.Unit = ""
	case "category":
		f.Category, f.Group = "", ""
	case "due":
		f.Due = ""
	case "provisional":
		f.Provisional = false
	case "since":
		f.Since = clock.Date{}
	case "until":
		f.Until = clock.Date{}
	case "lead":
		f.Lead = ""
	case "figure":
		f.Figure = ""
	case "text":
		f.Text = ""
	case "watched":
		f.Watched = ""
	default:
		f.Details = nil
		for _, d := range a.Details {
			switch name {
			case d.Name:
				continue
			case d.Name + sumLeast:
				d.Least = nil
			case d.Name + sumMost:
				d.Most = nil
			}
			if d.Value != "" || d.Least != nil || d.Most != nil {
				f.Details = append(f.Details, d)
			}
		}
	}
	return f
}

// conditions are the filters in use, in the order of the row; the view is none.
func (a asked) conditions() []string {
	var names []string
	all := []string{"text", "state", "unit", "category", "due", "since", "until", "lead", "figure", "provisional", "watched"}
	for _, d := range a.kind.Details {
		if d.Sum() {
			all = append(all, d.Name+sumLeast, d.Name+sumMost)
			continue
		}
		all = append(all, d.Name)
	}
	for _, name := range all {
		if a.values.Has(name) {
			names = append(names, name)
		}
	}
	return names
}

// beside links the head of a matter's page with the list it was opened from and
// with those before and after it there.
func (p Pages[M]) beside(c *fiber.Ctx, h *view.MatterHead, state workflow.State) error {
	by := desk.Person(c)
	a := askedOf(c, p.Kind(), by, p.Now())
	h.Back.Href = Address(p.Kind(), a.values)
	if !a.listed && p.Kind().Law.State(state).Phase != workflow.UnderWay {
		return nil // opened from nowhere, and it stands in no list that is worked through
	}
	place, err := p.Register().PlaceIn(c.UserContext(), by.Scope(), a.Filter, h.Number, a.place)
	if err != nil {
		return err
	}
	if a.listed {
		c.Locals(placeKey{}, place.At)
	}
	if place.Before.Number != "" {
		h.Prev = a.matter(place.Before.Number)
	}
	if place.After.Number != "" {
		h.Next = a.matter(place.After.Number)
	}
	return nil
}
