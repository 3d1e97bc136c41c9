// Package members is the pages of the roster: deputies, committee members, journalists.
package members

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Pages are the pages of the roster.
type Pages struct {
	*desk.Desk
	roster *member.Roster
}

// New are the pages of an office's roster.
func New(d *desk.Desk) *Pages {
	return &Pages{d, &member.Roster{Pool: d.Office.Pool, Daybook: d.Daybook, Now: d.Now}}
}

const key = "members"

// Routes are these pages and who may use each: whoever works with proposals reads the
// roster, and the desk that proposals come to keeps it.
func (d *Pages) Routes() []desk.Route {
	readers := desk.Only(staff.Registrar, staff.Supervisor, staff.Leader, staff.Publisher, staff.Auditor)
	keepers := desk.Only(staff.Registrar, staff.Supervisor)
	handing := d.handing()
	return []desk.Route{
		desk.Get("/members", readers, d.showList),
		desk.HandedOn(desk.Post("/members", keepers, handing.Take)).Or(handing.Undone),
		desk.Get("/members/new", keepers, d.showNew),
		desk.Post("/members/new", keepers, d.submitNew).Or(d.undoneNew),
		desk.Get("/members/import", keepers, handing.Show),
		desk.HandedFile(desk.Post("/members/import", keepers, handing.Read)).Or(handing.Show),
		desk.Get("/members/template", keepers, d.sendTemplate),
		desk.Get("/members/terms", keepers, d.showTerms),
		desk.Post("/members/terms", keepers, d.submitTerm).Or(d.undoneTerm),
		desk.Get("/members/:id", readers, d.showMember),
		desk.Post("/members/:id/correct", keepers, d.submitCorrect).Or(d.undoneMember),
		desk.Post("/members/:id/end", keepers, d.submitEnd).Or(d.undoneMember),
	}
}

// listPageSize is how many the list shows at once.
const listPageSize = 50

type listView struct {
	Frame   desk.Frame
	Done    view.Banner
	Filter  member.Filter
	Members []member.Member
	Today   clock.Date
	Keeps   bool
	Pager   view.Pager
	Total   int
}

func (d *Pages) showList(c *fiber.Ctx) error {
	page, err := strconv.Atoi(c.Query("page"))
	if err != nil || page < 1 || page > 10_000 {
		page = 1
	}
	f := member.Filter{Kind: member.Kind(c.Query("kind")), State: c.Query("state"), Text: form.Line(c.Query("text")), Offset: (page - 1) * listPageSize, Limit: listPageSize}
	if f.Kind.Word() == "" {
		f.Kind = ""
	}
	if f.State != member.Holding && f.State != member.Over {
		f.State = ""
	}
	v := listView{Frame: d.Frame(c, "名册", key), Filter: f, Today: clock.On(d.Now()), Keeps: d.Reaches(desk.Person(c).Role, "members/new"), Done: said(c)}
	if v.Members, v.Total, err = d.roster.List(c.UserContext(), f); err != nil {
		return err
	}
	v.Pager = pagerOf(f, page, v.Total)
	return view.Show(c, listPage(v))
}

func pagerOf(f member.Filter, page, total int) (p view.Pager) {
	at := func(page int) string {
		q := url.Values{}
		for name, value := range map[string]string{"kind": string(f.Kind), "state": f.State, "text": f.Text} {
			if value != "" {
				q.Set(name, value)
			}
		}
		q.Set("page", strconv.Itoa(page))
		return "/members?" + q.Encode()
	}
	p.Text = "共 " + view.N(total, "位")
	if f.Offset > 0 {
		p.Prev = at(page - 1)
	}
	if f.Offset+listPageSize < total {
		p.Next = at(page + 1)
	}
	return p
}

// said is what was done before this page.
func said(c *fiber.Ctx) view.Banner {
	if n, err := strconv.Atoi(c.Query("added")); err == nil && n >= 0 {
		if n == 0 {
			return view.Banner{Kind: view.Done, Title: "名册没有变。", Text: "选的都已经在名册里。"}
		}
		return view.Banner{Kind: view.Done, Title: "名册添加了 " + view.N(n, "位") + "。"}
	}
	switch c.Query("said") {
	case "new":
		return view.Banner{Kind: view.Done, Title: "已经添加到名册。"}
	case "corrected":
		return view.Banner{Kind: view.Done, Title: "已经改正。", Text: "以前提过的建议提案，照当时写的姓名，不变。"}
	case "ended":
		return view.Banner{Kind: view.Done, Title: "任期的最后一天已经记下。", Text: "以前提过的建议提案照样办，办公室照样看得到。"}
	}
	return view.Banner{}
}

func kindOptions() (options []view.Option) {
	for _, k := range member.Kinds {
		options = append(options, view.Option{Value: string(k), Label: k.Word()})
	}
	return options
}

// fieldsView are the fields of one on the roster.
type fieldsView struct {
	member.Typed
	Errors view.Errors
	Sure   bool // the question about a namesake was raised or answered
	Yes    bool
}

func typedOf(f web.Values) fieldsView {
	return fieldsView{Typed: member.Typed{Kind: f.Get("kind"), Name: f.Get("name"), Session: f.Get("session"), Credential: f.Get("credential"),
		Delegation: f.Get("delegation"), Outlet: f.Get("outlet")}, Sure: f.Has("sure"), Yes: f.Get("sure") == "yes"}
}

// wrong puts the faults beside the fields; false when the error is none of theirs.
func (v *fieldsView) wrong(err error) bool {
	if v.Errors = view.ErrorsOf(err); len(v.Errors) == 0 {
		return false
	}
	v.Sure = v.Sure || v.Errors.For("sure") != ""
	return true
}

// kind is which of the kinds it is; empty where that has not been said.
func (v fieldsView) kind() member.Kind {
	if k := member.Kind(v.Kind); k.Word() != "" {
		return k
	}
	return ""
}

func (v fieldsView) credentialLabel() string {
	return map[member.Kind]string{member.Deputy: "代表证号", member.Committee: "委员证号", member.Journalist: "记者证号"}[v.kind()]
}

func (v fieldsView) delegationLabel() string {
	if v.kind() == member.Committee {
		return "界别"
	}
	return "代表团"
}

// kindButtons lead to the form of each kind.
func kindButtons() (all []view.Button) {
	for _, k := range member.Kinds {
		all = append(all, view.Button{Label: "添加" + k.Word(), Href: "/members/new?kind=" + string(k)})
	}
	return append(all, view.Button{Label: "不添加了", Kind: view.Quiet, Href: "/members"})
}

type newView struct {
	Frame  desk.Frame
	Fields fieldsView
}

func (d *Pages) newPage(c *fiber.Ctx, fields fieldsView) error {
	v := newView{Frame: d.Frame(c, "添加到名册", key), Fields: fields}
	if fields.kind() == "" {
		return view.Show(c, kindPage(v.Frame))
	}
	if v.Frame.HasErrors = len(fields.Errors) > 0; v.Frame.HasErrors {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, newPage(v))
}

func (d *Pages) showNew(c *fiber.Ctx) error {
	return d.newPage(c, fieldsView{Typed: member.Typed{Kind: c.Query("kind")}})
}

func (d *Pages) undoneNew(c *fiber.Ctx) error { return d.newPage(c, typedOf(web.Form(c))) }

func (d *Pages) submitNew(c *fiber.Ctx) error {
	fields := typedOf(web.Form(c))
	if fields.kind() == "" {
		return d.newPage(c, fields)
	}
	id, err := d.roster.Add(c.UserContext(), desk.Person(c).ID, fields.Typed, fields.Yes)
	if fields.wrong(err) {
		return d.newPage(c, fields)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, memberURL(id)+"?said=new")
}

func memberURL(id int64) string { return "/members/" + strconv.FormatInt(id, 10) }

// memberView is one of the roster.
type memberView struct {
	Frame   desk.Frame
	Said    view.Banner
	Member  member.Member
	Today   clock.Date
	Keeps   bool
	Account string // where the account of a deputy is; empty for who has none, or does not read it
	Shown   string
	Fields  fieldsView
	End     endView
}

// The buttons of the page.
const (
	correctLabel = "改正"
	endLabel     = "记下最后一天"
)

// resend is the button of the form that has faults.
func (v memberView) resend() string {
	if len(v.End.Errors) > 0 {
		return endLabel
	}
	return correctLabel
}

func (v memberView) otherKinds() (all []member.Kind) {
	for _, k := range member.Kinds {
		if k != v.Fields.kind() {
			all = append(all, k)
		}
	}
	return all
}

func (v memberView) all() view.Errors {
	return append(append(view.Errors{}, v.Fields.Errors...), v.End.Errors...)
}

func (d *Pages) member(c *fiber.Ctx) (member.Member, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return member.Member{}, fault.New(fault.NotFound, "")
	}
	return d.roster.Member(c.UserContext(), id)
}

func (d *Pages) showMember(c *fiber.Ctx) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	v := memberView{Said: said(c), Fields: fieldsView{Typed: m.As()}}
	if k := member.Kind(c.Query("kind")); k.Word() != "" {
		v.Fields.Kind = string(k)
	}
	return d.memberPage(c, m, v)
}

// shown is what the page shows of somebody.
func shown(m member.Member) *web.Shown {
	s := web.NewShown("")
	s.Add("种类", string(m.Kind))
	s.Add("姓名", m.Name)
	s.Add("届", m.Session)
	s.Add("证号", m.Credential)
	s.Add("代表团、界别", m.Delegation)
	s.Add("媒体", m.Outlet)
	s.Add("资格", m.Until.String()+m.EndedWhy)
	return s
}

func (d *Pages) memberPage(c *fiber.Ctx, m member.Member, v memberView) error {
	v.Frame, v.Member, v.Today, v.Shown = d.Frame(c, m.Name, key), m, clock.On(d.Now()), shown(m).String()
	v.Keeps = d.Reaches(desk.Person(c).Role, "members/new")
	if d.Reaches(desk.Person(c).Role, "deputies") {
		v.Account = memberURL(m.ID) + "/account"
	}
	if v.Frame.HasErrors = len(v.all()) > 0; v.Frame.HasErrors {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, memberPage(v))
}

// written is the page with what was typed into its forms.
func (d *Pages) written(c *fiber.Ctx, m member.Member) memberView {
	typed := web.Form(c)
	v := memberView{Fields: fieldsView{Typed: m.As()}}
	if typed.Has("name") {
		v.Fields = typedOf(typed)
	}
	v.End = endOf(typed)
	return v
}

func (d *Pages) undoneMember(c *fiber.Ctx) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	return d.memberPage(c, m, d.written(c, m))
}

// changes carries out a change of somebody as the page showed them.
func (d *Pages) changes(c *fiber.Ctx, said string, do func(m member.Member, v *memberView) error) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	v := d.written(c, m)
	if _, same := shown(m).Changed(web.Form(c).Get(web.ShownField)); same {
		err = do(m, &v)
	} else {
		err = fault.New(fault.Conflict, "")
	}
	switch {
	case fault.Is(err, fault.Conflict):
		if m, err = d.member(c); err != nil {
			return err
		}
		c.Status(fiber.StatusConflict)
		v.Said = view.Banner{Kind: view.Warn, Title: "没有办：这一位刚才有人改过，和您看到的不一样了。", Text: "上面是现在的样子，您写的还在下面。请看过再办。"}
		return d.memberPage(c, m, v)
	case err == nil:
		return web.SeeOther(c, memberURL(m.ID)+"?said="+said)
	case len(v.all()) > 0:
		return d.memberPage(c, m, v)
	}
	return err
}

func (d *Pages) submitCorrect(c *fiber.Ctx) error {
	return d.changes(c, "corrected", func(m member.Member, v *memberView) error {
		err := d.roster.Correct(c.UserContext(), desk.Person(c).ID, m, v.Fields.Typed, v.Fields.Yes)
		v.Fields.wrong(err)
		return err
	})
}

func (d *Pages) submitEnd(c *fiber.Ctx) error {
	return d.changes(c, "ended", func(m member.Member, v *memberView) error {
		end, err := v.End.read(clock.On(d.Now()))
		if err == nil {
			err = d.roster.End(c.UserContext(), desk.Person(c).ID, m, end)
		}
		v.End.Errors = view.ErrorsOf(err)
		return err
	})
}

func (v listView) applied() (n int) {
	for _, used := range []bool{v.Filter.Kind != "", v.Filter.State != "", v.Filter.Text != ""} {
		if used {
			n++
		}
	}
	return n
}
