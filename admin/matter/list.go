package matter

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// listView is the page of a list.
type listView struct {
	Saved   savedViews
	Many    []workflow.Move // what may be done to several of its rows at once
	Said    *view.Banner    // what was just done to a matter that is not in it any more
	asked   asked
	Noun    string
	Unit    string // head of the column of units
	Timed   bool   // its matters have clocks
	Offers  []view.Button
	Views   desk.Views
	States  []view.Option
	Units   []view.Option
	Groups  []view.Option
	Leads   []view.Option // the units that may have a matter in hand
	Figures []view.Option // what the report counts
	Details []register.Detail
	Columns columnsOf
	Choice  columnChoice
	Chips   desk.Chips
	Rows    []desk.MatterRow
	Pager   view.Pager
	Hints   []view.Ref // units that what was typed may mean
	Empty   view.Empty
	Instead []view.Ref // what is found with a condition less
	Besides []view.Ref // what other registers have of the words
	Over    bool       // nothing of the list is under way
	Mixed   bool       // some of it may be
	Export  bool       // the reader may take the list out as a file
	Cut     bool       // there is more than is counted
}

// ticks says that something may be done to several of its rows.
func (v listView) ticks() bool { return len(v.Many) > 0 || v.Export }

// TextLabel says what the search of the list looks at.
func (v listView) TextLabel() string {
	if called := v.asked.kind.Texts.Called; called != "" {
		return "编号、标题、" + called
	}
	return "编号、标题"
}

var termLabels = map[register.Term]string{
	register.DueLate: "已逾期", register.DueToday: "今天到期", register.DueWeek: "本周到期", register.DueLater: "以后到期",
	register.DueNever: "没有期限",
}

// termOptions are the choices of the filter 期限.
func termOptions() []view.Option {
	var all []view.Option
	for _, t := range register.Terms() {
		all = append(all, view.Option{Value: string(t), Label: termLabels[t]})
	}
	return all
}

func (p Pages[M]) showList(c *fiber.Ctx) error {
	if q := form.Line(c.Query("q")); q != "" {
		return p.find(c, q)
	}
	return p.list(c, nil)
}

// list is the page of the list that the address asks for, with what was tried to keep of it.
func (p Pages[M]) list(c *fiber.Ctx, tried *desk.Attempt) error {
	by := desk.Person(c)
	a := askedOf(c, p.Kind(), by, p.Now())
	if a.denied {
		return errDenied
	}
	at := a.at(c.Query("at"))
	page, err := p.Register().List(c.UserContext(), by.Scope(), a.Filter, at)
	lost := c.Query("at") != "" && (at.IsZero() || len(page.Rows) == 0)
	if err == nil && lost && !at.IsZero() {
		page, err = p.Register().List(c.UserContext(), by.Scope(), a.Filter, register.Cursor{})
	}
	if err != nil {
		return err
	}
	v := listView{asked: a, Noun: p.Kind().Law.Noun, Unit: p.unitHead(), Timed: timed(p.Kind())}
	phase := p.Kind().Phase(a.Filter)
	v.Over, v.Mixed = phase == workflow.Over, phase == 0
	v.Offers = p.offers(by)
	table, err := p.Register().Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	views, mine, err := p.Staff.Lists(c.UserContext(), by, string(p.Kind().Law.Kind))
	if err != nil {
		return err
	}
	v.Columns = p.columns(a, mine)
	v.Choice = choiceOf(c, a, v.Columns, tried)
	for _, r := range page.Rows {
		row := p.Row(r, table)
		v.Columns.fill(&row, r, by)
		if whom := r.For(v.asked.Person); whom != "" && v.asked.View == register.ViewMine {
			row.Holder += "，您代" + whom
		}
		row.Href = a.matter(r.Number) // carries what the list asks for
		v.Rows = append(v.Rows, row)
	}
	if err := p.choices(c, &v); err != nil {
		return err
	}
	if err := p.counts(c, &v, page); err != nil {
		return err
	}
	v.Export = MayExport(p.Kind(), by) && len(v.Rows) > 0
	if v.Many = p.manyMoves(a); v.ticks() {
		for i, r := range page.Rows {
			v.Rows[i].Tick = r.Number
		}
	}
	v.Saved = p.savedOf(c, a, views, tried)
	if v.Said = p.left(c); v.Said == nil && lost {
		v.Said = &view.Banner{Kind: view.Warn, Title: "从第一页看起", Text: "地址里的那一页不是这个列表的，或者已经没有了。"}
	}
	if v.Besides, err = p.besides(c, a); err != nil {
		return err
	}
	f := p.Frame(c, v.Noun, p.Kind().Path)
	f.Query, f.HasErrors = a.typed, len(v.Saved.Errors) > 0 || v.Choice.Error != "" || a.faulty()
	f.Keys = []desk.Key{desk.KeyRows, desk.KeyOpen, desk.KeySearch, desk.KeyFilter}
	if v.ticks() && len(v.Rows) > 0 {
		f.Keys = append(f.Keys, desk.KeyTick, desk.KeyTicks)
	}
	if len(v.Offers) > 0 {
		f.Keys = append(f.Keys, desk.KeyEnter)
	}
	f.Keys = append(f.Keys, desk.KeyMine, desk.KeyAll)
	return view.Show(c, listPage(f, v))
}

// left says that somebody left a matter, whose own page they have no more.
func (p Pages[M]) left(c *fiber.Ctx) *view.Banner {
	for _, row := range p.Kind().Law.Rows(workflow.Action(c.Query("done"))) {
		if row.Leaves {
			return &view.Banner{Kind: view.Done, Title: row.Done, Text: "这一件不再出现在您的列表、搜索和数字里。"}
		}
	}
	return nil
}

// besides are the lists of other registers in which the words are found, too.
func (p Pages[M]) besides(c *fiber.Ctx, a asked) (refs []view.Ref, err error) {
	if a.Text == "" {
		return nil, nil
	}
	for _, room := range p.Rooms {
		k := room.Kind()
		if k == p.Kind() || !k.ReadBy(a.Person.Role) {
			continue
		}
		f := register.Filter{Person: a.Person, View: register.ViewAll, Text: a.Text}
		found, err := p.Counted(c.UserContext(), k, a.Person, f)
		if err != nil {
			return nil, err
		}
		if found[0] > 0 {
			refs = append(refs, view.Ref{Label: k.Law.Noun + " " + view.UpTo(found[0], f.CountTo(), "件"), Href: Address(k, url.Values{"view": {register.ViewAll}, "text": {a.Text}})})
		}
	}
	return refs, nil
}

// find answers the search box: a whole number of a matter, with or without its letters, or
// of a document leads to its matter, of whatever kind, anything else to the list.
func (p Pages[M]) find(c *fiber.Ctx, q string) error {
	ctx, scope := c.UserContext(), desk.Person(c).Scope()
	number, whole := form.ParseNumber(q)
	if digits, ok := form.PartOfNumber(q); ok && !whole { // the letters are left out: those of a register make it whole
		for _, room := range p.Rooms {
			if number, whole = form.ParseNumber(room.Kind().Letters + digits); whole {
				if _, found, err := p.Office.Place(ctx, scope, number); err != nil || found {
					return p.found(c, number)
				}
			}
		}
		whole = false
	}
	if !whole {
		number, kind, err := p.Office.PlaceOfPaper(ctx, scope, q)
		if err != nil {
			return err
		}
		if at, ok := p.RoomOf(kind); ok {
			return web.SeeOther(c, desk.MatterURL(at.Kind(), number))
		}
		return web.SeeOther(c, Address(p.Kind(), url.Values{"view": {register.ViewAll}, "text": {q}}))
	}
	return p.found(c, number)
}

// found leads to the matter of a whole number.
func (p Pages[M]) found(c *fiber.Ctx, number string) error {
	kind, found, err := p.Office.Place(c.UserContext(), desk.Person(c).Scope(), number)
	if err != nil {
		return err
	}
	at, ok := p.RoomOf(kind)
	if !found || !ok {
		return fault.New(fault.NotFound, "没有编号是 %s 的一件，或者不归您看。", number)
	}
	return web.SeeOther(c, desk.MatterURL(at.Kind(), number))
}

// Row is one matter as a list shows it.
func (p Pages[M]) Row(r register.Row, table clock.Table) desk.MatterRow {
	out := desk.MatterRow{
		Href: desk.MatterURL(p.Kind(), r.Number), Title: r.Title, Number: r.Number, Category: r.CategoryTitle, Unit: p.unitWords(r),
		Status: StateTag(p.Kind().Law, r.State), Holder: r.Holder(), News: r.News, Deadline: Deadline(r, table, p.Now()),
	}
	if p.Face.Named != nil {
		out.Category = p.Face.Named(r)
	}
	if r.Due == nil && p.Face.Listed != nil {
		out.Deadline = p.Face.Listed(r)
	}
	if !r.Closed.IsZero() {
		out.Ended = r.Closed.Long()
		if p.Face.Outcome != nil {
			out.Outcome = p.Face.Outcome(r)
		}
	}
	if !r.Line.IsZero() {
		out.Line = &desk.FoundLine{Label: r.Line.Label, Before: cut(r.Line.CutBefore) + r.Line.Before, Hit: r.Line.Hit, After: r.Line.After + cut(r.Line.CutAfter)}
	}
	return out
}

// cut says that more stands there.
func cut(more bool) string {
	if more {
		return "……"
	}
	return ""
}

// timed says that matters of the kind have clocks: else nothing of them is due or late.
func timed(k *register.Kind) bool { return len(k.Law.Clocks()) > 0 }

// choices fills the filter row and the chips.
func (p Pages[M]) choices(c *fiber.Ctx, v *listView) error {
	units, err := p.Register().Choosable(c.UserContext(), p.unitsOf())
	if err != nil {
		return err
	}
	categories, err := p.Register().Categories.All(c.UserContext())
	if err != nil {
		return err
	}
	if v.Unit == "" {
		units = nil
	}
	if v.Unit != "" && p.Kind().Law.Unit == workflow.Accused {
		v.Units = append(v.Units, view.Option{Value: register.Unsettled, Label: "待定：单位或者类别没有定"})
	}
	for _, u := range units {
		v.Units = append(v.Units, view.Option{Value: u.Code, Label: u.Name})
	}
	if p.Kind().Given {
		if v.Leads, err = p.leadOptions(c, v.asked.Person); err != nil {
			return err
		}
	}
	for _, f := range p.Kind().ReportFigures() {
		v.Figures = append(v.Figures, view.Option{Value: f.Name, Label: f.Label})
	}
	v.States = stateOptions(p.Kind(), v.asked.View)
	if p.Face.Named == nil {
		v.Groups = categoryOptions(categories)
	}
	v.Details = p.Kind().DetailsFor(v.asked.Person)
	labels := map[string]string{"text": "含“" + v.asked.Text + "”", "due": "期限：" + termLabels[v.asked.Due], "provisional": "到期日暂定", "watched": "夜里自查：" + v.asked.Watched.Label(),
		"unit": v.Unit + "：" + optionLabel(v.Units, v.asked.Unit), "category": "类别：" + categoryWord(v.asked),
		"since": "收到：" + v.asked.Since.Long() + "以后", "until": "收到：" + v.asked.Until.Long() + "以前", "lead": "承办：" + optionLabel(v.Leads, v.asked.Lead), "figure": "统计：" + optionLabel(v.Figures, v.asked.Figure)}
	for _, d := range v.Details {
		labels[d.Name] = d.Label + "：" + workflow.Word(d.Options, v.asked.values.Get(d.Name))
		for name, word := range map[string]string{d.Name + sumLeast: "以上", d.Name + sumMost: "以下"} {
			if s := v.asked.sums[name]; s.sum != nil {
				labels[name] = d.Label + "：" + view.Money(s.sum.String()) + word
			}
		}
	}
	for _, s := range v.asked.States {
		labels["state"] = "状态：" + p.Kind().Law.State(s).Word
	}
	v.Chips = desk.Chips{Clear: v.asked.with("", "", v.asked.conditions()...), Sorted: "按最近的期限排，先到期的在前"}
	switch {
	case v.asked.View == register.ViewClosed:
		v.Chips.Sorted = "新收到的在前"
	case !v.Timed:
		v.Chips.Sorted = "先收到的在前"
	}
	for _, name := range v.asked.conditions() {
		v.Chips.Items = append(v.Chips.Items, desk.Chip{Label: labels[name], Href: v.asked.without(name)})
	}
	if v.asked.Text != "" && v.asked.Unit == "" {
		meant := units.Search(v.asked.Text)
		for _, u := range meant[:min(3, len(meant))] {
			v.Hints = append(v.Hints, view.Ref{Label: u.Name, Href: v.asked.with("unit", u.Code, "text")})
		}
	}
	return nil
}

// categoryWord is what the list is narrowed to.
func categoryWord(a asked) string {
	if a.Category == register.NoCategory {
		return "没有定"
	}
	return a.Group + a.Category
}

// leadOptions are the units that matters are given to, and none.
func (p Pages[M]) leadOptions(c *fiber.Ctx, by staff.Person) ([]view.Option, error) {
	if by.Scope().Shared {
		return []view.Option{{Value: by.Unit, Label: "本单位牵头"}}, nil
	}
	units, err := p.Register().Choosable(c.UserContext(), workflow.FromHandling)
	if err != nil {
		return nil, err
	}
	all := []view.Option{{Value: register.NoUnit, Label: "还没有派给单位"}}
	for _, u := range units {
		all = append(all, view.Option{Value: u.Code, Label: u.Name})
	}
	return all, nil
}

// unitsOf are the units that matters of the kind may be of.
func (p Pages[M]) unitsOf() workflow.Source {
	if p.Kind().Law.Unit == workflow.Accused {
		return workflow.FromComplainable
	}
	return workflow.FromHandling
}

// stateOptions are the states that the view can have.
func stateOptions(k *register.Kind, in string) []view.Option {
	var all []view.Option
	for _, s := range k.Law.States {
		if in == register.ViewAll || s.Ended() == (in == register.ViewClosed) && s.Phase != workflow.Waiting {
			all = append(all, view.Option{Value: string(s.State), Label: s.Word})
		}
	}
	return all
}

func categoryOptions(categories []category.Category) []view.Option {
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

// token is a place in this list as an address carries it, with a mark of what the list asks
// for: in another list the place would be somewhere in the middle, counted wrongly.
func (a asked) token(at register.Cursor) string { return at.String() + "~" + a.mark() }

// at reads what token wrote; the beginning where it is of another list.
func (a asked) at(token string) register.Cursor {
	if place, mark, ok := strings.Cut(token, "~"); ok && mark == a.mark() {
		return register.ParseCursor(place)
	}
	return register.Cursor{}
}

func (a asked) mark() string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(a.values.Encode()))
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}

// counts fills the views, the pager and, when nothing was found, what would be
// found otherwise.
func (p Pages[M]) counts(c *fiber.Ctx, v *listView, page register.Page) error {
	by := v.asked.Person
	counts, err := p.ViewCounts(c.UserContext(), by)
	if err != nil {
		return err
	}
	v.Views = views(v.asked, by, counts[p.Kind()])
	conditions := v.asked.conditions()
	whole := page.Next.IsZero() && page.Prev.IsZero()
	switch {
	case len(page.Rows) == 0:
		filters := make([]register.Filter, len(conditions))
		for i, name := range conditions {
			filters[i] = v.asked.dropped(name)
		}
		if len(conditions) > 1 {
			filters = append(filters, register.Filter{View: v.asked.View, Person: by})
		}
		found, err := p.Counted(c.UserContext(), p.Kind(), by, filters...)
		if err != nil {
			return err
		}
		v.empty(conditions, found)
	case whole:
		v.Pager = pager(v.asked, page, len(page.Rows))
	default:
		found, err := p.Counted(c.UserContext(), p.Kind(), by, v.asked.Filter)
		if err != nil {
			return err
		}
		v.Pager, v.Cut = pager(v.asked, page, found[0]), found[0] >= v.asked.CountTo()
	}
	return nil
}

// views are the entries over the list. Whom nothing waits for, such as an auditor,
// has no entries of their own.
func views(a asked, p staff.Person, counts map[string]int) desk.Views {
	out := desk.Views{Label: "视图"}
	works := a.kind.WaitingFor(p).Any()
	for _, one := range a.kind.AllViews() {
		own := one.Name == register.ViewMine || one.Name == register.ViewSent
		if own && !works || one.Name == register.ViewLate && !timed(a.kind) || !one.Shows(a.kind, p.Role) {
			continue
		}
		v := url.Values{}
		if one.Name != register.ViewOpen {
			v.Set("view", one.Name)
		}
		item := desk.View{Label: one.Label, Href: Address(a.kind, v), Current: a.View == one.Name}
		if n, counted := counts[one.Name]; counted {
			item.Count = UpTo(n)
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// UpTo writes a count that may have been cut off.
func UpTo(n int) string {
	if n >= register.CountLimit {
		return view.UpTo(n, register.CountLimit, "件")
	}
	return view.Count(n)
}

// pager says where the page stands. A list that was counted to the limit has
// that many or more; at its end all are known.
func pager(a asked, page register.Page, total int) view.Pager {
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
		p.Prev = a.with("at", a.token(page.Prev))
	}
	if !page.Next.IsZero() {
		p.Next = a.with("at", a.token(page.Next))
	}
	return p
}

// empty says that nothing was found and which condition to drop.
func (v *listView) empty(conditions []string, counts []int) {
	if len(conditions) == 0 {
		at, _ := v.asked.kind.View(v.asked.View)
		v.Empty = view.Empty{Title: "“" + at.Label + "”里现在一件也没有。"}
		return
	}
	v.Empty.Title = "没有符合这个条件的" + v.Noun + "。"
	if len(conditions) > 1 {
		v.Empty.Title = "没有同时符合 " + view.N(len(conditions), "个条件") + "的" + v.Noun + "。"
	}
	for i := range conditions {
		if counts[i] > 0 {
			chip := v.Chips.Items[i]
			label := strings.TrimSpace("去掉“" + innerQuotes.Replace(chip.Label) + "”有 " + view.UpTo(counts[i], v.asked.dropped(conditions[i]).CountTo(), "件"))
			v.Instead = append(v.Instead, view.Ref{Label: label, Href: chip.Href})
		}
	}
	if all := counts[len(conditions):]; len(v.Instead) == 0 && len(all) > 0 && all[0] > 0 {
		v.Instead = []view.Ref{{Label: "全部条件去掉有 " + view.UpTo(all[0], register.CountLimit, "件"), Href: v.Chips.Clear}}
	}
}

// innerQuotes are those of a quotation within another.
var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

// StateHref is the list of one state: the view that is made of it, or the filter.
func StateHref(k *register.Kind, s workflow.State) string {
	for _, v := range k.Views {
		if v.State == s {
			return Address(k, url.Values{"view": {v.Name}})
		}
	}
	return Address(k, url.Values{"state": {string(s)}})
}
