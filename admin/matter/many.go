package matter

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// manyURL is the page on which a move is done to what was chosen in the list.
func manyURL(k *register.Kind) string { return desk.ListURL(k) + "/many" }

// manyForm is the id of the form that the tick boxes of a list belong to.
const manyForm = "many"

// many are the routes of that page, where the law has such moves.
func (p Pages[M]) many() []desk.Route {
	var movers []staff.Role
	for _, row := range p.Kind().Law.Moves {
		if row.Many {
			movers = append(movers, row.By...)
		}
	}
	choosers := append(slices.Clone(movers), p.Kind().Exporters()...)
	if len(choosers) == 0 {
		return nil
	}
	page := desk.Get(manyURL(p.Kind()), desk.Only(choosers...), p.showMany)
	if len(movers) == 0 {
		return []desk.Route{page}
	}
	return []desk.Route{page,
		desk.Long(desk.Post(manyURL(p.Kind())+"/:action", desk.Only(movers...), p.submitMany).Or(p.undoneMany))}
}

// manyMoves are the moves that this person may do to several matters of the list: those of
// its state, where it has one.
func (p Pages[M]) manyMoves(a asked) (rows []workflow.Move) {
	in, _ := p.Kind().View(a.View)
	for _, row := range p.Kind().Law.Moves {
		fits := func(s workflow.State) bool { return s == "" || slices.Contains(row.From, s) }
		if row.Many && slices.Contains(row.By, a.Person.Role) && fits(in.State) && !slices.ContainsFunc(a.States, func(s workflow.State) bool { return !fits(s) }) &&
			p.Kind().Phase(a.Filter) != workflow.Over && !slices.ContainsFunc(rows, func(r workflow.Move) bool { return r.Action == row.Action }) {
			rows = append(rows, row)
		}
	}
	return rows
}

// manyView is that page: the form, or what became of it.
type manyView struct {
	Frame    desk.Frame
	Errors   view.ErrorSummary
	Said     *view.Banner
	Back     view.Ref
	Title    string
	Form     OwnForm
	Numbers  []string
	Shown    []string // all that were chosen in the list
	Over     map[string]string
	Asked    []desk.HandedGroup // those that have already what would be given them: each is a question
	Proposed *proposedForm
	Exports  string     // the list that they are taken out of, where that is what is done
	Typed    url.Values // what a run that was cut off goes on with
	Groups   []desk.HandedGroup
	Offers   bool // there is something to do
	Finished bool
	Buttons  []view.Button
}

// proposedForm is what is proposed of each, to be accepted or left.
type proposedForm struct {
	Form   OwnForm
	Groups []desk.HandedGroup
	Fields [][2]string // what is proposed, as it is sent
}

// chosen reads which matters were ticked, each once. No list offers more than one page.
func chosen(typed []string) []string {
	var numbers []string
	for _, one := range typed {
		if number, ok := form.ParseNumber(one); ok && !slices.Contains(numbers, number) && len(numbers) < register.MostAtOnce {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// asksFor is what is done to what was chosen.
type asksFor struct {
	row     workflow.Move
	numbers []string
	shown   []string // all that were chosen in the list; numbers are what is left of them
	asked   asked
	known   workflow.Answers // what its form begins with
}

func (p Pages[M]) askedFor(c *fiber.Ctx, action string, numbers, shown []string) (asksFor, error) {
	by := desk.Person(c)
	a := asksFor{numbers: chosen(numbers), shown: chosen(shown), asked: askedOf(c, p.Kind(), by, p.Now())}
	if len(a.shown) == 0 {
		a.shown = a.numbers
	}
	row, ok := p.Kind().Law.RowOf(by.Role, workflow.Action(action))
	if !ok || !row.Many {
		return a, fault.New(fault.NotFound, "")
	}
	a.row = row
	return a, nil
}

func (p Pages[M]) showMany(c *fiber.Ctx) error {
	var numbers []string
	for _, raw := range c.Context().QueryArgs().PeekMulti("matter") {
		numbers = append(numbers, string(raw))
	}
	if c.Query("do") == exportDo {
		return p.exportPage(c, numbers)
	}
	a, err := p.askedFor(c, c.Query("do"), numbers, nil)
	if err != nil {
		return err
	}
	a.known = workflow.Answers{}
	for _, n := range a.row.Needs {
		if value := form.Line(c.Query(withNeed + n.Name)); value != "" && slices.Contains([]workflow.InputKind{workflow.AskLine, workflow.AskUnit, workflow.AskUnits}, n.Kind) {
			a.known[n.Name] = []string{value}
		}
	}
	return p.manyPage(c, a, nil)
}

// withNeed begins, in an address, what a line of the form is filled with: whoever comes from
// there reads it before they press.
const withNeed = "with_"

// ManyURL is the page on which a move is done to some matters, with what is known of its form.
func ManyURL(k *register.Kind, action workflow.Action, known map[string]string, numbers ...string) string {
	values := url.Values{"do": {string(action)}, "matter": numbers}
	for need, value := range known {
		if value != "" {
			values.Set(withNeed+need, value)
		}
	}
	return manyURL(k) + "?" + values.Encode()
}

// ManyFrom is the form that leads there from ticks beside it, and the fields that it has.
func ManyFrom(k *register.Kind, action workflow.Action, need, value string) (address string, fields [][2]string) {
	return manyURL(k), [][2]string{{"do", string(action)}, {withNeed + need, value}}
}

// manyPage shows the chosen matters and what the move asks for, once.
func (p Pages[M]) manyPage(c *fiber.Ctx, a asksFor, tried *desk.Attempt) error {
	v := p.manyFrame(c, a)
	if len(a.shown) == 0 {
		v.Said = &noneChosen
		return view.Show(c, manyPage(v))
	}
	rows, over, err := p.Register().Several(c.UserContext(), a.asked.Person, a.shown, a.row.Over)
	if err != nil {
		return err
	}
	var can, stands, cannot []desk.HandedRow
	bulk := p.Face.Bulks[a.row.Action]
	v.Over, v.Numbers = over, nil
	var open []register.Row // those that have nothing yet
	for i, r := range rows {
		line := p.manyLine(i+1, r)
		if p.offered(a, r.State) {
			if has := bulk.stands(r); has != "" {
				line.Status, line.Says = desk.HandedAsk, "已经定了："+has
				line.Sure = view.CheckField{Name: "matter", ID: "again-" + r.Number, Value: r.Number, Label: "改掉它", Checked: tried != nil && slices.Contains(a.numbers, r.Number)}
				stands = append(stands, line)
				continue
			}
			open = append(open, r)
			v.Numbers = append(v.Numbers, r.Number)
			line.Status = view.StatusTag{Word: "要办", Shape: view.ShapeCircle, Tone: view.Slate}
			can = append(can, line)
			continue
		}
		line.Status, line.Says = view.StatusTag{Word: "不办", Shape: view.ShapeDiamond, Tone: view.Amber}, "现在是“"+p.Kind().Law.State(r.State).Word+"”，不能办这一步"
		cannot = append(cannot, line)
	}
	v.Asked = desk.HandedLines("已经定了的", "不勾选的不动；要改的，在它后面勾选", false, "件", stands)
	v.Groups = append(desk.HandedLines("要办的", "一件一件地办，一件办不成，别的照样办", false, "件", can), desk.HandedLines("现在不能办的", "", len(cannot) > 8, "件", cannot)...)
	if v.Offers = len(can)+len(stands) > 0; v.Offers {
		if err := p.manyFields(c, &v, a, tried); err != nil {
			return err
		}
		if v.Proposed, err = p.proposed(c, a, bulk, open); err != nil {
			return err
		}
	}
	if tried != nil && len(a.numbers) == 0 && v.Said == nil {
		v.Said = &noneChosen
	}
	return view.Show(c, manyPage(v))
}

var noneChosen = view.Banner{Kind: view.Warn, Title: "一件也没有选", Text: "在列表里勾选（按 X），再按要办的那一步。"}

// stands is what the move would be done over.
func (b Bulk) stands(r register.Row) string {
	if b.Stands == nil {
		return ""
	}
	return b.Stands(r)
}

// proposeField says in a form that each is done with what was proposed of it.
const proposeField = "propose"

// proposedPrefix begins the names of what was proposed; amongField has all that were chosen
// in the list.
const (
	proposedPrefix = "proposed-"
	amongField     = "among"
)

// proposed is the form that accepts what is proposed of each; nil where nothing is.
func (p Pages[M]) proposed(c *fiber.Ctx, a asksFor, bulk Bulk, rows []register.Row) (*proposedForm, error) {
	if bulk.Propose == nil || len(rows) == 0 {
		return nil, nil
	}
	all, err := bulk.Propose(c, rows)
	if err != nil {
		return nil, err
	}
	f := &proposedForm{Form: OwnForm{URL: p.manyMoveURL(a), Choice: workflow.Choice{Move: a.row}}}
	if f.Form.Token, err = p.NewToken(); err != nil {
		return nil, err
	}
	var lines []desk.HandedRow
	for i, r := range rows {
		one, found := all[r.Number]
		if !found {
			continue
		}
		line := p.manyLine(i+1, r)
		line.Status = view.StatusTag{Word: "有建议", Shape: view.ShapeCircle, Tone: view.Slate}
		line.Says = "建议：" + one.Words + "。" + one.Why + "。"
		line.Sure = view.CheckField{Name: "matter", ID: "propose-" + r.Number, Value: r.Number, Label: "按建议定"}
		lines = append(lines, line)
		for _, n := range a.row.Needs {
			f.Fields = append(f.Fields, [2]string{proposedPrefix + n.Name + "-" + r.Number, one.Answers.Get(n.Name)})
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	f.Groups = desk.HandedLines("各按各的建议定", "看过以后勾选；没有勾选的不动", false, "件", lines)
	return f, nil
}

// ownAnswers are what each of many matters has for its own: what its form was filled in
// over, and, where that was accepted, what was proposed of it, as it stood there.
func ownAnswers(a asksFor, typed web.Values) map[string]workflow.Answers {
	all := map[string]workflow.Answers{}
	for _, number := range a.numbers {
		own := workflow.Answers{}
		if a.row.Over != "" {
			own[a.row.Over] = []string{typed.Get("over-" + number)}
		}
		if typed.Get(proposeField) == "yes" {
			for _, n := range a.row.Needs {
				own[n.Name] = []string{typed.Get(proposedPrefix + n.Name + "-" + number)}
			}
		}
		all[number] = own
	}
	return all
}

// offered says that a state is one of those from which any row of the move begins.
func (p Pages[M]) offered(a asksFor, s workflow.State) bool {
	return slices.ContainsFunc(p.Kind().Law.Rows(a.row.Action), func(m workflow.Move) bool {
		return slices.Contains(m.From, s) && slices.Contains(m.By, a.asked.Person.Role)
	})
}

func (p Pages[M]) manyFrame(c *fiber.Ctx, a asksFor) manyView {
	return manyView{
		Frame: p.Frame(c, a.row.Label, p.Kind().Path), Title: a.row.Label + "：选中的 " + view.N(len(a.shown), "件"), Numbers: a.numbers, Shown: a.shown,
		Back: view.Ref{Label: "回到列表", Href: Address(p.Kind(), a.asked.values)},
	}
}

// manyMoveURL is where its form goes, with the list that one comes back to.
func (p Pages[M]) manyMoveURL(a asksFor) string {
	return extended(manyURL(p.Kind())+"/"+string(a.row.Action), a.asked.values)
}

// manyLine is one matter as this page shows it.
func (p Pages[M]) manyLine(no int, r register.Row) desk.HandedRow {
	return desk.HandedRow{Line: no, Title: r.Title, Aside: p.unitWords(r), Link: view.Ref{Label: r.Number, Href: desk.MatterURL(p.Kind(), r.Number)}}
}

// manyFields is the form, with what was tried and what was wrong with it.
func (p Pages[M]) manyFields(c *fiber.Ctx, v *manyView, a asksFor, tried *desk.Attempt) (err error) {
	terms, err := p.Register().Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	row := a.row
	row.Effect = terms.Said(row.Effect, clock.On(p.Now()))
	v.Form = OwnForm{CSRF: v.Frame.CSRF, URL: p.manyMoveURL(a), Choice: workflow.Choice{Move: row}}
	w := desk.Written{Attempt: tried}
	typed, errs := w.Into(a.row.Action, a.known)
	if v.Form.Token, err = p.TokenFor(tried); err != nil {
		return err
	}
	v.Form.Fields, err = style.Fields(c.UserContext(), ask.Form{
		Move: a.row, Matter: &workflow.Matter{}, Typed: typed, Errors: errs,
		Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
			return p.Register().Choices(ctx, n, register.For(a.asked.Person))
		},
	})
	if err != nil || tried == nil || tried.Err == nil {
		return err
	}
	v.Frame.Undone = false
	if v.Errors = p.Errors(tried); len(v.Errors.Errors) > 0 {
		v.Frame.HasErrors = v.Errors.Errors.Wrong()
	} else {
		v.Said = &view.Banner{Kind: view.Warn, Title: "没有办", Text: fault.SentenceOf(tried.Err)}
	}
	return nil
}

// submitMany does the move to each and says what became of it. The answer is this page
// itself: sent again, it is the same one.
func (p Pages[M]) submitMany(c *fiber.Ctx) error {
	typed, by := web.Form(c), desk.Person(c)
	a, err := p.askedFor(c, c.Params("action"), typed.All("matter"), typed.All(amongField))
	if err != nil {
		return err
	}
	token, err := desk.ReadToken(typed)
	if err != nil {
		return err
	}
	tried := &desk.Attempt{Action: a.row.Action, Typed: workflow.Answers(typed.Map()), Token: typed.Get("form_token")}
	if len(a.numbers) == 0 {
		return p.manyPage(c, a, tried)
	}
	over := map[string]string{}
	for _, number := range a.numbers {
		over[number] = typed.Get("over-" + number)
	}
	out, err := p.Register().MoveMany(c.UserContext(), workflow.Order{Action: a.row.Action, By: by, Token: token, Answers: tried.Typed}, a.numbers, ownAnswers(a, typed))
	if err != nil {
		if _, told := register.Refusal(err); !told {
			return err
		}
		tried.Err = err
		c.Status(web.StatusOf(err))
		return p.manyPage(c, a, tried)
	}
	return p.manyResult(c, a, typed, over, out)
}

// manyResult says what became of each.
func (p Pages[M]) manyResult(c *fiber.Ctx, a asksFor, typed web.Values, over map[string]string, out []register.Outcome) error {
	v := p.manyFrame(c, a)
	v.Finished = true
	rows, _, err := p.Register().Several(c.UserContext(), a.asked.Person, a.numbers, "")
	if err != nil {
		return err
	}
	var done, before, refused, left []desk.HandedRow
	for i, o := range out {
		line := desk.HandedRow{Line: i + 1, Title: o.Number} // it may be none of theirs by now
		if at := slices.IndexFunc(rows, func(r register.Row) bool { return r.Number == o.Number }); at >= 0 {
			line = p.manyLine(i+1, rows[at])
			line.Status = StateTag(p.Kind().Law, rows[at].State)
		}
		switch {
		case o.Left:
			left = append(left, line)
		case o.Before:
			before = append(before, line)
		case o.Done:
			done = append(done, line)
		default:
			line.Says = o.Refused
			refused = append(refused, line)
		}
	}
	for _, g := range []struct {
		title, note string
		rows        []desk.HandedRow
	}{{"没有办", "原因写在每一件后面，打开可以单独办", refused}, {"中断了，还没有办", "再按一次接着办，办过的不会办第二次", left}, {"办好了", "", done}, {"刚才已经办过", "这次没有动", before}} {
		v.Groups = append(v.Groups, desk.HandedLines(g.title, g.note, false, "件", g.rows)...)
	}
	v.Said = &view.Banner{Kind: view.Done, Title: a.row.Done + "：" + view.N(len(done), "件")}
	switch {
	case len(left) > 0:
		v.Said = &view.Banner{Kind: view.Warn, Title: "办到一半中断了，还有 " + view.N(len(left), "件") + "没有办", Text: "再按一次接着办，办过的不会办第二次。"}
		v.Form = OwnForm{CSRF: v.Frame.CSRF, URL: p.manyMoveURL(a), Token: typed.Get("form_token"), Choice: workflow.Choice{Move: a.row}}
		v.Typed, v.Over = carriedOn(typed), over
	case len(refused) > 0:
		v.Said.Kind, v.Said.Text = view.Warn, "另有 "+view.N(len(refused), "件")+"没有办，原因在下面。"
	case len(done) == 0:
		v.Said.Title = "这 " + view.N(len(before), "件") + "刚才已经办过，没有再办一次"
	}
	v.Buttons = []view.Button{{Label: v.Back.Label, Href: v.Back.Href, Kind: view.Go}}
	return view.Show(c, manyPage(v))
}

// submit is what the button of the form says.
func (v manyView) submit() string {
	if v.Finished {
		return "接着办"
	}
	switch {
	case len(v.Asked) == 0:
		return v.Form.Choice.Label + " " + view.N(len(v.Numbers), "件")
	case len(v.Numbers) == 0:
		return v.Form.Choice.Label + "：上面勾选的"
	}
	return v.Form.Choice.Label + " " + view.N(len(v.Numbers), "件") + "，加上面勾选的"
}

// carriedOn is all that was typed, for a run that was cut off.
func carriedOn(typed web.Values) url.Values {
	all := url.Values{}
	for name, values := range typed.Map() {
		if name != "_csrf" && name != "form_token" && name != "matter" && name != amongField && !strings.HasPrefix(name, "over-") {
			all[name] = values
		}
	}
	return all
}

// undoneMany shows what was typed into a form that was not carried out.
func (p Pages[M]) undoneMany(c *fiber.Ctx) error {
	typed := web.Form(c)
	a, err := p.askedFor(c, c.Params("action"), typed.All("matter"), typed.All(amongField))
	if err != nil {
		return err
	}
	return p.manyPage(c, a, &desk.Attempt{Action: a.row.Action, Typed: workflow.Answers(typed.Map()),
		Err: fault.New(fault.Forbidden, "登录换过了，或者页面放得太久，一件也没有办。您写的内容还在下面，请再按一次。")})
}
