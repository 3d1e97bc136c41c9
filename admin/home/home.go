// Package home is my work: what waits for a person in all registers.
package home

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/admin/records"
	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// homeView is my work: the first thing, the rest by date, and at the side what
// the office has.
type homeView struct {
	Now       string
	News      []string // what was done to the person's own account
	Told      string   // whom to tell when it was not asked for
	Alerts    *view.Banner
	Alarms    []view.Banner
	First     *desk.FirstThing
	Groups    []workGroup
	Offered   []workGroup // what may be begun, after what waits
	Late      []lateUnit  // what is late, by who has it
	Others    []workGroup // what is first another role's to do
	Links     []view.Ref
	Empty     *view.Empty
	Office    desk.CountPanel
	Attention desk.AttentionPanel
	System    desk.CountPanel
	Recent    desk.Panel
}

// workGroup is what is due in one stretch of time.
type workGroup struct {
	desk.Group
	Rows []desk.MatterRow
}

// lateUnit is how much is late in the hands of one unit.
type lateUnit struct {
	Name, Href string
	N          int
	Days       int // of the one that is late longest
}

// shownInGroup is how many a group shows; the rest is a link away.
const shownInGroup = 8

// groupTitles are the groups that show their rows, in their order.
var groupTitles = []struct {
	term  register.Term
	title string
}{
	{register.DueLate, "已逾期"}, {register.DueToday, "今天到期"}, {register.DueWeek, "本周"}, {register.DueNever, "没有办理期限"},
}

func (d *Pages) showHome(c *fiber.Ctx) error {
	p, now := desk.Person(c), d.Now()
	v := homeView{Now: view.DayWeek(now) + " " + view.Clock(now)}
	if slices.ContainsFunc(d.Rooms, func(r desk.Room) bool { return r.Kind().ReadBy(p.Role) }) {
		if err := d.work(c, p, &v); err != nil {
			return err
		}
		var err error
		if v.Recent, err = d.recentPanel(c, p); err != nil {
			return err
		}
	} else {
		v.Empty = &view.Empty{Title: "眼下没有等您办的事。", Text: idle[p.Role]}
	}
	if err := d.system(c, p, &v); err != nil {
		return err
	}
	if err := d.news(c, p, &v); err != nil {
		return err
	}
	if err := d.away(c, p, &v); err != nil {
		return err
	}
	var err error
	if v.Alerts, err = d.Records.Unseen(c, p); err != nil {
		return err
	}
	if v.Alerts != nil {
		v.Empty = nil
	}
	if v.Alarms, err = d.Records.Alarms(c, p); err != nil {
		return err
	}
	f := d.Frame(c, "我的工作", "home")
	f.Keys = []desk.Key{desk.KeyRows, desk.KeyOpen, desk.KeySearch, desk.KeyList, desk.KeyRecent, desk.KeyAll}
	return view.Show(c, homePage(f, v))
}

// idle says to roles without case work what will reach them, and what not.
var idle = map[staff.Role]string{
	staff.Custodian: "打开投诉人身份要第二个人同意的时候，会在这里等您。现在打开身份要写理由、记入经过，还不经过您。",
	staff.Publisher: "已经签署、等公示的文书会在这里等您。已公示的在“公示公告”里。",
	staff.Sysadmin:  "账号在“人员”里。系统管理员看不到任何投诉。",
}

// news tells a person what was done to their account. It cannot be put away:
// whoever took the account over could do that too.
func (d *Pages) news(c *fiber.Ctx, p staff.Person, v *homeView) error {
	acts, err := d.Staff.News(c.UserContext(), p.ID)
	if err != nil {
		return err
	}
	for _, a := range acts {
		by := "操作员在服务器上用命令"
		switch {
		case a.Kind == staff.ActEnrol:
			by = "知道您密码的人"
		case a.Kind.Absent():
			by = a.By
		case a.By != "":
			by = staff.Sysadmin.Title() + a.By
		}
		v.News = append(v.News, by+" "+view.MomentText(a.At)+" "+a.Kind.Past()+"。")
	}
	v.Told = "不是您要求的，请马上告诉审计员。"
	if p.Role == staff.Auditor {
		v.Told = "不是您要求的，请马上报告领导。"
	}
	return nil
}

// away says for whom a person stands in today, and to whoever looks after a unit or the
// accounts for whom nobody does.
func (d *Pages) away(c *fiber.Ctx, p staff.Person, v *homeView) error {
	for _, s := range p.Stands {
		v.Attention.Items = append(v.Attention.Items, desk.AttentionItem{Before: "您今天替" + s.Name + "（" + s.Role.Title() + "）代办，", Link: view.Ref{Label: "请假和代办", Href: "/account"}})
	}
	if p.Role != staff.UnitHead && p.Role != staff.Sysadmin {
		return nil
	}
	absences, err := d.Staff.Absences(c.UserContext(), p)
	if err != nil {
		return err
	}
	for _, a := range absences {
		if a.Running && !a.Covered && a.StaffID != p.ID {
			v.Attention.Items = append(v.Attention.Items, desk.AttentionItem{Urgent: true, Before: a.Name + "请假，没有人代，", Link: view.Ref{Label: "请假和代办", Href: "/absences"}})
		}
	}
	return nil
}

// work is what waits for a person in all registers, and what goes on around it.
func (d *Pages) work(c *fiber.Ctx, p staff.Person, v *homeView) error {
	ctx, now := c.UserContext(), d.Now()
	table, err := d.Office.Engine.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	var mine []waiting
	sums := map[*register.Kind]map[register.Term]atLeast{}
	v.Office = desk.CountPanel{Title: "本科室"}
	if p.Role.OfUnit() {
		v.Office.Title = "本单位"
	}
	for _, r := range d.Rooms {
		if !r.Kind().ReadBy(p.Role) {
			continue
		}
		if v.Office.Link.Href == "" {
			v.Office.Link = view.Ref{Label: "全部", Href: desk.ListURL(r.Kind())}
		}
		page, err := r.Register().List(ctx, p.Scope(), register.Filter{View: register.ViewMine, Person: p}, register.Cursor{})
		if err != nil {
			return err
		}
		filters := homeFilters(r.Kind(), p)
		counts, err := d.Counted(ctx, r.Kind(), p, filters...)
		if err != nil {
			return err
		}
		for _, one := range page.Rows {
			mine = append(mine, waiting{one, r})
		}
		terms := len(register.Terms())
		sums[r.Kind()] = sumUp(page, counts, now)
		if sent := counts[terms]; sent > 0 {
			v.Links = append(v.Links, view.Ref{Label: "我送出去、等别人办的" + strings.TrimSuffix(d.nounOf(r), "：") + " " + view.UpTo(sent, register.CountLimit, "件"), Href: viewHref(r.Kind(), register.ViewSent, "")})
		}
		d.office(r, p, v, filters[terms+1:], counts[terms+1:])
		if err := d.offered(c, r, p, table, v); err != nil {
			return err
		}
		if err := d.late(c, r, p, v); err != nil {
			return err
		}
	}
	slices.SortStableFunc(mine, func(a, b waiting) int { return byDue(a.Row, b.Row) })
	mine = v.others(mine, sums, p, table, now)
	d.todo(v, mine, sums, p, table, now)
	v.Groups = append(v.Groups, v.Offered...)
	if len(v.Office.Rows) == 0 {
		v.Office.Rows = []desk.CountRow{{Label: "在办", Text: "0"}}
	}
	if v.First == nil && len(v.Groups) == 0 {
		return d.nothing(c, p, table, v)
	}
	return nil
}

// others sets apart, for a supervisor, what is first the registrar's: it waits for both, and
// would stand before what nobody else can do. What is left is returned.
func (v *homeView) others(mine []waiting, sums map[*register.Kind]map[register.Term]atLeast, p staff.Person, table clock.Table, now time.Time) []waiting {
	if p.Role != staff.Supervisor {
		return mine
	}
	var own []waiting
	group := workGroup{Group: desk.Group{Title: "登记员的：登记、受理、派单"}}
	for _, w := range mine {
		if !w.LeftTo(p, staff.Registrar) {
			own = append(own, w)
			continue
		}
		row := w.room.Row(w.Row, table)
		row.Todo, row.Href = w.Task(p), matter.In(w.room.Kind(), register.ViewMine, w.Number)
		group.Rows = append(group.Rows, row)
		term := w.Term(now)
		sums[w.room.Kind()][term] = sums[w.room.Kind()][term].less(1)
	}
	if len(group.Rows) > 0 {
		group.Count = view.N(len(group.Rows), "件")
		v.Others = append(v.Others, group)
	}
	return own
}

// mostLate is how many late matters are looked at to say which units have them.
const mostLate = 200

// late says by units what is late in their hands, to whoever presses them, and what came of
// what was pressed.
func (d *Pages) late(c *fiber.Ctx, r desk.Room, p staff.Person, v *homeView) error {
	k := r.Kind()
	pressed, has := k.View(register.ViewPressed)
	if !has || !pressed.Shows(k, p.Role) || !k.Law.Allows(p.Role, ladder.Supervise) {
		return nil
	}
	page, err := r.Register().ListOf(c.UserContext(), p.Scope(), register.Filter{View: register.ViewLate}, register.Cursor{}, mostLate)
	if err != nil {
		return err
	}
	today := clock.On(d.Now())
	for _, m := range page.Rows {
		if m.Lead == "" || m.Due == nil {
			continue
		}
		href := matter.Address(k, url.Values{"view": {register.ViewLate}, "lead": {m.Lead}})
		at := slices.IndexFunc(v.Late, func(l lateUnit) bool { return l.Href == href })
		if at < 0 {
			at = len(v.Late)
			v.Late = append(v.Late, lateUnit{Name: d.nounOf(r) + m.LeadName, Href: href})
		}
		v.Late[at].N++
		v.Late[at].Days = max(v.Late[at].Days, today.Since(m.Due.On))
	}
	slices.SortStableFunc(v.Late, func(a, b lateUnit) int { return b.N - a.N })
	return d.pressed(c, r, p, v)
}

// pressed are the matters that were pressed and are not answered, with how each stands.
func (d *Pages) pressed(c *fiber.Ctx, r desk.Room, p staff.Person, v *homeView) error {
	k := r.Kind()
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	page, err := r.Register().List(c.UserContext(), p.Scope(), register.Filter{View: register.ViewPressed}, register.Cursor{})
	if err != nil {
		return err
	}
	group := workGroup{Group: desk.Group{Title: d.nounOf(r) + "催办督办过的，现在怎样", Count: view.UpTo(len(page.Rows), register.PageSize, "件")}}
	for _, m := range page.Rows[:min(len(page.Rows), shownInGroup)] {
		row := r.Row(m, table)
		row.Todo, row.Href = row.Status.Word, matter.In(k, register.ViewPressed, m.Number)
		if m.Pressed != "" {
			row.Todo += "，" + m.Pressed
		}
		group.Rows = append(group.Rows, row)
	}
	v.offer(group, len(page.Rows), viewHref(k, register.ViewPressed, ""))
	return nil
}

// waiting is a matter that waits for the person, and its room.
type waiting struct {
	register.Row
	room desk.Room
}

// byDue sorts as a list does: by the nearest date, what has none last.
func byDue(a, b register.Row) int {
	switch {
	case a.Due == nil && b.Due == nil:
		return 0
	case a.Due == nil:
		return 1
	case b.Due == nil:
		return -1
	}
	return a.Due.At.Compare(b.Due.At)
}

// nounOf names the matters of a room before a label; those of the first need no name.
func (d *Pages) nounOf(r desk.Room) string {
	if r.Kind() == d.Rooms[0].Kind() {
		return ""
	}
	return r.Kind().Law.Noun + "："
}

// offered adds what nobody is held to by a date and somebody has to decide: the views of
// a register that ask something of whom they are for.
func (d *Pages) offered(c *fiber.Ctx, r desk.Room, p staff.Person, table clock.Table, v *homeView) error {
	for _, one := range r.Kind().Views {
		if one.Task == "" || !one.Shows(r.Kind(), p.Role) {
			continue
		}
		page, err := r.Register().List(c.UserContext(), p.Scope(), register.Filter{View: one.Name}, register.Cursor{})
		if err != nil {
			return err
		}
		found := len(page.Rows)
		group := workGroup{Group: desk.Group{Title: one.Label, Count: view.UpTo(found, register.PageSize, "件")}}
		for _, m := range page.Rows[:min(found, shownInGroup)] {
			row := r.Row(m, table)
			row.Todo, row.Href = one.Task, matter.In(r.Kind(), one.Name, m.Number)
			group.Rows = append(group.Rows, row)
		}
		v.offer(group, found, viewHref(r.Kind(), one.Name, ""))
	}
	return nil
}

// offer puts a group after what waits unless it is empty, with a link to what it does
// not show.
func (v *homeView) offer(g workGroup, sum int, href string) {
	if len(g.Rows) == 0 {
		return
	}
	v.Offered = append(v.Offered, g)
	if sum > len(g.Rows) {
		v.Links = append(v.Links, view.Ref{Label: "全部“" + g.Title + "”", Href: href})
	}
}

// homeFilters are all counts of one register in one question: my terms, what I sent
// on, then the panel at the side.
func homeFilters(k *register.Kind, p staff.Person) []register.Filter {
	var all []register.Filter
	for _, term := range register.Terms() {
		all = append(all, register.Filter{View: register.ViewMine, Person: p, Due: term})
	}
	all = append(all, register.Filter{View: register.ViewSent, Person: p}, register.Filter{View: register.ViewOpen, Provisional: true}, register.Filter{View: register.ViewLate})
	for _, s := range k.Law.States {
		if s.Phase == workflow.UnderWay || s.Phase == workflow.Waiting && s.With == workflow.WithDesk {
			all = append(all, register.Filter{States: []workflow.State{s.State}})
		}
	}
	return all
}

// atLeast is a number that was counted to its end, or as far as is counted: then it is
// said as a bound, also of what is left once some are taken off.
type atLeast struct {
	n   int
	cut bool
}

func counted(n int) atLeast { return atLeast{n, n >= register.CountLimit} }

func (a atLeast) less(n int) atLeast { return atLeast{max(0, a.n-n), a.cut} }

func (a atLeast) plus(b atLeast) atLeast { return atLeast{a.n + b.n, a.cut || b.cut} }

func (a atLeast) words() string {
	if a.cut {
		return view.N(a.n, "件") + "以上"
	}
	return view.N(a.n, "件")
}

// sumUp is how many wait in each term: counted on the page itself when it shows
// them all.
func sumUp(page register.Page, counts []int, now time.Time) map[register.Term]atLeast {
	sums := map[register.Term]atLeast{}
	for i, term := range register.Terms() {
		if !page.Next.IsZero() {
			sums[term] = counted(counts[i])
		}
	}
	if page.Next.IsZero() {
		for _, r := range page.Rows {
			sums[r.Term(now)] = sums[r.Term(now)].plus(counted(1))
		}
	}
	return sums
}

func viewHref(k *register.Kind, name string, due register.Term) string {
	v := url.Values{"view": {name}}
	if due != "" {
		v.Set("due", string(due))
	}
	return matter.Address(k, v)
}

// todo fills the first thing and the groups.
func (d *Pages) todo(v *homeView, rows []waiting, sums map[*register.Kind]map[register.Term]atLeast, p staff.Person, table clock.Table, now time.Time) {
	first := register.Term("")
	if len(rows) > 0 && rows[0].Due != nil {
		first = rows[0].Term(now)
		v.First = rows[0].firstThing(p, table, now)
		sums[rows[0].room.Kind()][first] = sums[rows[0].room.Kind()][first].less(1)
		rows = rows[1:]
	}
	for _, g := range groupTitles {
		group, shown, sum := workGroup{Group: desk.Group{Title: g.title}}, map[*register.Kind]int{}, atLeast{}
		for _, r := range rows {
			if r.Term(now) == g.term && len(group.Rows) < shownInGroup {
				row := r.room.Row(r.Row, table)
				row.Todo, row.Href = r.Task(p), matter.In(r.room.Kind(), register.ViewMine, r.Number)
				group.Rows = append(group.Rows, row)
				shown[r.room.Kind()]++
			}
		}
		if len(group.Rows) == 0 {
			continue
		}
		for _, r := range d.Rooms {
			n := sums[r.Kind()][g.term]
			sum = sum.plus(n)
			if rest := n.less(shown[r.Kind()]); rest.n > 0 {
				v.Links = append(v.Links, view.Ref{Label: d.nounOf(r) + g.title + "还有 " + rest.words(), Href: viewHref(r.Kind(), register.ViewMine, g.term)})
			}
		}
		other := ""
		if g.term == first {
			other = "另 "
		}
		group.Count = other + sum.words()
		v.Groups = append(v.Groups, group)
	}
	for _, r := range d.Rooms {
		if later := sums[r.Kind()][register.DueLater]; later.n > 0 {
			v.Links = append(v.Links, view.Ref{Label: d.nounOf(r) + "以后到期 " + later.words(), Href: viewHref(r.Kind(), register.ViewMine, register.DueLater)})
		}
	}
}

func (w waiting) firstThing(p staff.Person, table clock.Table, now time.Time) *desk.FirstThing {
	r := w.Row
	left := matter.Deadline(r, table, now)
	f := &desk.FirstThing{Number: r.Number, Title: r.Title, Late: left.State == desk.Late, News: r.News,
		Facts:  slices.DeleteFunc([]string{"到期 " + left.Date, w.room.Row(r, table).Unit, r.CategoryTitle}, func(s string) bool { return s == "" }),
		Button: view.Button{Label: r.Task(p), Kind: view.Go, Href: matter.In(w.room.Kind(), register.ViewMine, r.Number)},
		Foot:   r.Due.Title + "：" + r.Due.Derivation}
	switch left.State {
	case desk.Late, desk.DueToday:
		f.Words = left.Words
	default:
		f.Facts = append([]string{left.Words}, f.Facts...)
	}
	if f.Button.Label == "" {
		f.Button.Label = "打开"
	}
	return f
}

// office fills the panels for one register: the states that have anything, and what
// to mind.
func (d *Pages) office(r desk.Room, p staff.Person, v *homeView, filters []register.Filter, counts []int) {
	k := r.Kind()
	row := func(label string, n int, href string, late bool) {
		if n > 0 {
			v.Office.Rows = append(v.Office.Rows, desk.CountRow{Label: d.nounOf(r) + label, Count: n, Text: matter.UpTo(n), Href: href, Late: late})
		}
	}
	for i := 2; i < len(filters); i++ {
		state := filters[i].States[0]
		word := k.Law.State(state).Word
		if at := slices.IndexFunc(k.Views, func(v register.View) bool { return v.State == state }); at >= 0 {
			word = k.Views[at].Label
		}
		row(word, counts[i], matter.StateHref(k, state), false)
	}
	row("逾期未办", counts[1], viewHref(k, register.ViewLate, ""), true)
	if counts[0] > 0 {
		before := ""
		if len(v.Attention.Items) == 0 { // the reason is one for all registers
			before = "有的年份放假安排还没有公布，"
		}
		v.Attention.Items = append(v.Attention.Items, desk.AttentionItem{Before: before,
			Link: view.Ref{Label: k.Law.Noun + " " + view.UpTo(counts[0], register.CountLimit, "件") + "的到期日是暂定的", Href: matter.Address(k, url.Values{"provisional": {"1"}})}})
	}
}

// nothing says that nothing waits, and what is the next that may come.
func (d *Pages) nothing(c *fiber.Ctx, p staff.Person, table clock.Table, v *homeView) error {
	v.Empty = &view.Empty{Title: "眼下没有等您办的事。", Text: idle[p.Role]}
	var next []register.Row
	for _, r := range d.Rooms {
		if !r.Kind().ReadBy(p.Role) {
			continue
		}
		page, err := r.Register().List(c.UserContext(), p.Scope(), register.Filter{View: register.ViewOpen}, register.Cursor{})
		if err != nil {
			return err
		}
		if len(page.Rows) > 0 && page.Rows[0].Due != nil {
			next = append(next, page.Rows[0])
		}
	}
	if len(next) > 0 {
		r := slices.MinFunc(next, byDue)
		v.Empty.Text = "最早到期的一件在别人手里：" + r.Number + "，" + r.Holder() + "，" + matter.Deadline(r, table, d.Now()).Date + "。"
	}
	return nil
}

// mostFailed bounds the count of letters that did not go out.
const mostFailed = 100

// system says what is known of the machine: nothing is claimed that was not
// looked at for this very page.
func (d *Pages) system(c *fiber.Ctx, p staff.Person, v *homeView) error {
	ctx, year := c.UserContext(), clock.On(d.Now()).Year
	v.System = desk.CountPanel{Title: "系统", Link: view.Ref{Label: "日历", Href: "/calendar"}}
	table, err := d.Office.Engine.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	for _, y := range []int{year, year + 1} {
		status, known := table.Calendar.Status(y)
		words := map[bool]string{true: "已公布", false: "暂定"}[status == clock.Official]
		if !known {
			words = "没有导入"
		}
		if !known && !records.Alarmed(p.Role) { // they are told in full
			v.Attention.Items = append(v.Attention.Items, desk.AttentionItem{Urgent: y == year, Before: strconv.Itoa(y) + " 年的工作日历没有导入，",
				Link: view.Ref{Label: "期限算不到那一年", Href: "/calendar"}})
		}
		v.System.Rows = append(v.System.Rows, desk.CountRow{Label: fmt.Sprintf("%d 年工作日历", y), Text: words})
	}
	if !d.Reaches(p.Role, "mail") {
		return nil
	}
	failed, err := letter.Outbox(ctx, d.Office.Pool, p.Scope(), letter.Filter{Lost: true, Limit: mostFailed})
	if err != nil {
		return err
	}
	if n := len(failed); n > 0 {
		v.Attention.Items = append(v.Attention.Items, desk.AttentionItem{Urgent: true, Link: view.Ref{Label: view.UpTo(n, mostFailed, "封") + "信没有发成", Href: "/mail?state=" + letter.Failed}})
	}
	return nil
}

// Pages are the pages of my work.
type Pages struct {
	*desk.Desk
	Records *records.Pages
}

// Routes are these pages and who may use each.
func (d *Pages) Routes() []desk.Route {
	return []desk.Route{
		desk.Get("/", desk.SignedIn, d.showHome),
		desk.Get(recentURL, desk.Only(d.recentReaders()...), d.showRecent),
	}
}
