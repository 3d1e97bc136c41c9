package admin

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/letter"
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
	First     *view.FirstThing
	Groups    []workGroup
	Links     []view.Ref
	Empty     *view.Empty
	Office    view.CountPanel
	Attention view.AttentionPanel
	System    view.CountPanel
}

// workGroup is what is due in one stretch of time.
type workGroup struct {
	view.Group
	Rows []view.MatterRow
}

// shownInGroup is how many a group shows; the rest is a link away.
const shownInGroup = 8

// groupTitles are the groups that show their rows, in their order.
var groupTitles = []struct {
	term  complaint.Term
	title string
}{
	{complaint.DueLate, "已逾期"}, {complaint.DueToday, "今天到期"}, {complaint.DueWeek, "本周"}, {complaint.DueNever, "没有到期日"},
}

func (d *Desk) showHome(c *fiber.Ctx) error {
	p, now := person(c), d.Now()
	v := homeView{Now: view.DayWeek(now) + " " + view.Clock(now)}
	if d.reaches(p.Role, "complaints") {
		if err := d.work(c, p, &v); err != nil {
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
	if err := d.alertWork(c, p, &v); err != nil {
		return err
	}
	var err error
	if v.Alarms, err = d.alarms(c, p); err != nil {
		return err
	}
	f := d.frame(c, "我的工作", "home")
	f.Keys = []view.Key{keyRows, keyOpen, keySearch, keyList, keyAll}
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
func (d *Desk) news(c *fiber.Ctx, p staff.Person, v *homeView) error {
	acts, err := d.Staff.News(c.UserContext(), p.ID)
	if err != nil {
		return err
	}
	for _, a := range acts {
		by := "操作员在服务器上用命令"
		switch {
		case a.Kind == staff.ActEnrol:
			by = "知道您密码的人"
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

// work is what waits for a person, and what goes on around it.
func (d *Desk) work(c *fiber.Ctx, p staff.Person, v *homeView) error {
	ctx := c.UserContext()
	mine := complaint.Filter{View: complaint.ViewMine, Person: p}
	page, err := d.Complaints.List(ctx, p.Scope(), mine, complaint.Cursor{})
	if err != nil {
		return err
	}
	filters := homeFilters(p)
	counts, err := d.tally.Of(ctx, p.Scope(), filters)
	if err != nil {
		return err
	}
	cal, err := d.Complaints.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return err
	}
	sums := sumUp(page, counts, d.Now())
	v.todo(page.Rows, sums, p, cal, d.Now())
	if sent := counts[len(complaint.Terms())]; sent > 0 {
		v.Links = append(v.Links, view.Ref{Label: "我送出去、等别人办的 " + view.UpTo(sent, complaint.CountLimit, "件"), Href: viewHref(complaint.ViewSent, "")})
	}
	if err := d.caseWork(c, p, v); err != nil {
		return err
	}
	d.office(p, v, filters[len(complaint.Terms())+1:], counts[len(complaint.Terms())+1:])
	if v.First == nil && len(v.Groups) == 0 {
		return d.nothing(c, p, cal, v)
	}
	return nil
}

// caseWork adds the cases that wait, and for whoever opens cases the complaints
// that were found true and have none yet.
func (d *Desk) caseWork(c *fiber.Ctx, p staff.Person, v *homeView) error {
	cases, err := discipline.Beside(d.Complaints).Waiting(c.UserContext(), p)
	if err != nil {
		return err
	}
	group := workGroup{Group: view.Group{Title: "失信案件", Count: view.UpTo(len(cases), discipline.PageSize, "件")}}
	for _, one := range cases[:min(len(cases), shownInGroup)] {
		group.Rows = append(group.Rows, view.MatterRow{Href: "/cases/" + one.Number, Title: one.Title, Number: one.Number,
			Category: one.UnitName, Todo: discipline.Law.State(one.State).Word})
	}
	v.add(group, len(cases), "/cases")
	if !opensCases(p) {
		return nil
	}
	page, err := d.Complaints.List(c.UserContext(), p.Scope(), complaint.Filter{View: complaint.ViewToCase}, complaint.Cursor{})
	if err != nil {
		return err
	}
	found := len(page.Rows)
	group = workGroup{Group: view.Group{Title: "查下来属实，还没有立案", Count: view.UpTo(found, complaint.PageSize, "件")}}
	for _, r := range page.Rows[:min(len(page.Rows), shownInGroup)] {
		group.Rows = append(group.Rows, view.MatterRow{Href: "/complaints/" + r.Number, Title: r.Title, Number: r.Number,
			Category: unitWords(r), Todo: complaint.Law.Rows(complaint.OpenCase)[0].Label})
	}
	v.add(group, found, viewHref(complaint.ViewToCase, ""))
	return nil
}

// add puts a group on the page unless it is empty, with a link to what it does
// not show.
func (v *homeView) add(g workGroup, sum int, href string) {
	if len(g.Rows) == 0 {
		return
	}
	v.Groups = append(v.Groups, g)
	if sum > len(g.Rows) {
		v.Links = append(v.Links, view.Ref{Label: "全部“" + g.Title + "”", Href: href})
	}
}

// homeFilters are all counts of the page in one question: my terms, what I sent
// on, then the panel at the side.
func homeFilters(p staff.Person) []complaint.Filter {
	var all []complaint.Filter
	for _, term := range complaint.Terms() {
		all = append(all, complaint.Filter{View: complaint.ViewMine, Person: p, Due: term})
	}
	all = append(all, complaint.Filter{View: complaint.ViewSent, Person: p}, complaint.Filter{View: complaint.ViewOpen, Provisional: true},
		complaint.Filter{View: complaint.ViewLate}, complaint.Filter{View: complaint.ViewRated})
	for _, s := range complaint.Law.States {
		if complaint.PhaseOf(s.State) == workflow.UnderWay {
			all = append(all, complaint.Filter{States: []workflow.State{s.State}})
		}
	}
	return all
}

// sumUp is how many wait in each term: counted on the page itself when it shows
// them all.
func sumUp(page complaint.Page, counts []int, now time.Time) map[complaint.Term]int {
	sums := map[complaint.Term]int{}
	for i, term := range complaint.Terms() {
		if !page.Next.IsZero() {
			sums[term] = counts[i]
		}
	}
	if page.Next.IsZero() {
		for _, r := range page.Rows {
			sums[r.Term(now)]++
		}
	}
	return sums
}

func viewHref(name complaint.View, due complaint.Term) string {
	v := url.Values{"view": {string(name)}}
	if due != "" {
		v.Set("due", string(due))
	}
	return address(v)
}

// todo fills the first thing and the groups.
func (v *homeView) todo(rows []complaint.Row, sums map[complaint.Term]int, p staff.Person, cal clock.Calendar, now time.Time) {
	first := complaint.Term("")
	if len(rows) > 0 && rows[0].Due != nil {
		first = rows[0].Term(now)
		v.First = firstThing(rows[0], p, cal, now)
		rows = rows[1:]
	}
	for _, g := range groupTitles {
		group := workGroup{Group: view.Group{Title: g.title}}
		for _, r := range rows {
			if r.Term(now) == g.term && len(group.Rows) < shownInGroup {
				group.Rows = append(group.Rows, view.MatterRow{Href: "/complaints/" + r.Number, Title: r.Title, Number: r.Number,
					Category: r.CategoryTitle, Todo: r.Task(p), Deadline: deadline(r, cal, now)})
			}
		}
		sum, other := sums[g.term], ""
		if g.term == first {
			sum, other = sum-1, "另 "
		}
		if len(group.Rows) == 0 {
			continue
		}
		group.Count = other + view.UpTo(sum, complaint.CountLimit, "件")
		v.Groups = append(v.Groups, group)
		if rest := sum - len(group.Rows); rest > 0 {
			v.Links = append(v.Links, view.Ref{Label: g.title + "还有 " + view.UpTo(rest, complaint.CountLimit, "件"), Href: viewHref(complaint.ViewMine, g.term)})
		}
	}
	later := sums[complaint.DueLater]
	if first == complaint.DueLater {
		later--
	}
	if later > 0 {
		v.Links = append(v.Links, view.Ref{Label: "以后到期 " + view.UpTo(later, complaint.CountLimit, "件"), Href: viewHref(complaint.ViewMine, complaint.DueLater)})
	}
}

func firstThing(r complaint.Row, p staff.Person, cal clock.Calendar, now time.Time) *view.FirstThing {
	left := deadline(r, cal, now)
	f := &view.FirstThing{Number: r.Number, Title: r.Title, Late: left.State == view.Late,
		Facts:  []string{"到期 " + left.Date, unitWords(r), r.CategoryTitle},
		Button: view.Button{Label: r.Task(p), Kind: view.Go, Href: "/complaints/" + r.Number},
		Foot:   r.Due.Title + "：" + r.Due.Derivation}
	switch left.State {
	case view.Late, view.DueToday:
		f.Words = left.Words
	default:
		f.Facts = append([]string{left.Words}, f.Facts...)
	}
	if f.Button.Label == "" {
		f.Button.Label = "打开"
	}
	return f
}

// office fills the panels: the states that have anything, and what to mind.
func (d *Desk) office(p staff.Person, v *homeView, filters []complaint.Filter, counts []int) {
	v.Office = view.CountPanel{Title: "本科室", Link: view.Ref{Label: "全部", Href: "/complaints"}}
	if p.Role == staff.Handler || p.Role == staff.UnitHead {
		v.Office.Title = "本单位"
	}
	row := func(label string, n int, href string, late bool) {
		if n > 0 {
			v.Office.Rows = append(v.Office.Rows, view.CountRow{Label: label, Count: n, Text: upTo(n), Href: href, Late: late})
		}
	}
	for i := 3; i < len(filters); i++ {
		state := filters[i].States[0]
		row(complaint.Law.State(state).Word, counts[i], stateHref(state), false)
	}
	row("已评价，等办结", counts[2], viewHref(complaint.ViewRated, ""), false)
	row("逾期未办", counts[1], viewHref(complaint.ViewLate, ""), true)
	if len(v.Office.Rows) == 0 {
		v.Office.Rows = []view.CountRow{{Label: "在办", Text: "0"}}
	}
	if counts[0] > 0 {
		v.Attention.Items = append(v.Attention.Items, view.AttentionItem{Before: "有的年份放假安排还没有公布，",
			Link: view.Ref{Label: view.UpTo(counts[0], complaint.CountLimit, "件") + "的到期日是暂定的", Href: "/complaints?provisional=1"}})
	}
}

// nothing says that nothing waits, and what is the next that may come.
func (d *Desk) nothing(c *fiber.Ctx, p staff.Person, cal clock.Calendar, v *homeView) error {
	v.Empty = &view.Empty{Title: "眼下没有等您办的事。"}
	page, err := d.Complaints.List(c.UserContext(), p.Scope(), complaint.Filter{View: complaint.ViewOpen}, complaint.Cursor{})
	if err != nil || len(page.Rows) == 0 || page.Rows[0].Due == nil {
		return err
	}
	r := page.Rows[0]
	v.Empty.Text = "最早到期的一件在别人手里：" + r.Number + "，" + r.Holder() + "，" + deadline(r, cal, d.Now()).Date + "。"
	return nil
}

// mostFailed bounds the count of letters that did not go out.
const mostFailed = 100

// system says what is known of the machine: nothing is claimed that was not
// looked at for this very page.
func (d *Desk) system(c *fiber.Ctx, p staff.Person, v *homeView) error {
	ctx, year := c.UserContext(), clock.On(d.Now()).Year
	v.System = view.CountPanel{Title: "系统", Link: view.Ref{Label: "日历", Href: "/calendar"}}
	cal, err := d.Complaints.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return err
	}
	for _, y := range []int{year, year + 1} {
		status, known := cal.Status(y)
		words := map[bool]string{true: "已公布", false: "暂定"}[status == clock.Official]
		if !known {
			words = "没有导入"
		}
		if !known && !alarmed(p.Role) { // they are told in full
			v.Attention.Items = append(v.Attention.Items, view.AttentionItem{Urgent: y == year, Before: strconv.Itoa(y) + " 年的工作日历没有导入，",
				Link: view.Ref{Label: "期限算不到那一年", Href: "/calendar"}})
		}
		v.System.Rows = append(v.System.Rows, view.CountRow{Label: fmt.Sprintf("%d 年工作日历", y), Text: words})
	}
	if !d.reaches(p.Role, "mail") {
		return nil
	}
	failed, err := letter.Outbox(ctx, d.Complaints.Pool, p.Scope(), letter.Filter{State: letter.Failed, Limit: mostFailed})
	if err != nil {
		return err
	}
	if n := len(failed); n > 0 {
		v.Attention.Items = append(v.Attention.Items, view.AttentionItem{Urgent: true, Link: view.Ref{Label: view.UpTo(n, mostFailed, "封") + "信没有发成", Href: "/mail?state=" + letter.Failed}})
	}
	return nil
}
