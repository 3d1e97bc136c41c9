package records

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// ruleTracks are the parts of the page, by the track of their rules, in its order.
var ruleTracks = []struct{ track, title string }{
	{"platform", "本平台的承诺"}, {"petition", "信访"}, {"sme_payment", "中小企业欠款"}, {"biz_env", "营商环境"}, {"hotline", "12345 热线"},
	{"npc_proposal", "代表建议"}, {"cppcc_proposal", "政协提案"}, {"proposal", "建议和提案"}, {"bundle", "代表委员合并反映"}, {"invitation", "邀请监督"},
	{"promise", "承诺办到"}, {"press", "媒体"}, {"credit", "信用修复"}, {"judicial", "司法和检察"}, {"discipline", "纪检监察"}, {"inspection", "政府督查"}, {"disclosure", "信息公开"},
}

// rulesView is every rule by which terms are counted.
type rulesView struct {
	Frame desk.Frame
	Done  view.Banner
	Parts []rulesPart
}

type rulesPart struct {
	Title string
	Rows  []ruleRow
}

// ruleRow is a rule with the version in force, and what is still to come of it.
type ruleRow struct {
	Title, Code, Length, More string
	Whose                     []string // which complaints have it, where not all do
	Basis, Doubt              string
	Version                   string
	Next                      []string // versions still to come, and those that the office made
	Unused                    bool     // nothing starts a clock by it
	Change                    string   // leads to its form; empty where nobody may
}

// lengthOf is how long a rule's term is, in words.
func lengthOf(r clock.Rule) string {
	switch r.Unit {
	case clock.Fixed:
		return "每年 " + r.FixedOn
	case clock.Given:
		return "由这一件自己定"
	}
	return r.Unit.Count(r.Limit)
}

// moreOf is by how much it may be longer.
func moreOf(r clock.Rule) string {
	if r.MaxExtension == 0 {
		return "不能延长"
	}
	more := "可延长 " + r.Unit.Count(r.MaxExtension)
	if r.MaxTotal > 0 {
		more += "，连延长最长 " + r.Unit.Count(r.MaxTotal)
	}
	return more
}

func (d *Pages) showRules(c *fiber.Ctx) error {
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	made, err := clock.MadeHere(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	v := rulesView{Frame: d.Frame(c, "期限规则", "rules")}
	if rule, ok := table.Newest(clock.Code(c.Query("done"))); ok {
		v.Done = view.Banner{Kind: view.Done, Title: "“" + rule.Title + "”的新规则已经记下", Text: rule.ValidFrom.Long() + "起开始的期限照新的算；在那以前开始的，仍照原来的算。"}
	}
	today := clock.On(d.Now())
	changes := d.Reaches(desk.Person(c).Role, "rules/change")
	for _, part := range ruleTracks {
		p := rulesPart{Title: part.title}
		for _, code := range codesOf(table, part.track) {
			row := ruleRowOf(table, made, code, today, changes)
			row.Unused = d.unused(table, code, today)
			p.Rows = append(p.Rows, row)
		}
		if len(p.Rows) > 0 {
			v.Parts = append(v.Parts, p)
		}
	}
	return view.Show(c, rulesPage(v))
}

// unused says that a rule stands in the table and no matter can have a term by it: no move of
// any law starts it, and from today on no class of matters has it. It is listed, so that
// nobody takes a term for one that is counted.
func (d *Pages) unused(table clock.Table, code clock.Code, today clock.Date) bool {
	return !slices.Contains(clock.Bounds, code) &&
		!slices.ContainsFunc(d.Laws(), func(t *workflow.Table) bool { return t.Begins(code) }) &&
		!slices.ContainsFunc(table.Choices, func(c clock.Choice) bool { return c.Rule == code && (c.ValidTo.IsZero() || !c.ValidTo.Before(today)) })
}

// codesOf are the rules of a track.
func codesOf(table clock.Table, track string) []clock.Code {
	var codes []clock.Code
	for _, r := range table.Rules {
		if r.Track == track {
			codes = append(codes, r.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func ruleRowOf(table clock.Table, made []clock.Made, code clock.Code, today clock.Date, changes bool) ruleRow {
	newest, _ := table.Newest(code)
	now, ok := table.Rule(code, today)
	if !ok {
		now = newest
	}
	row := ruleRow{
		Title: now.Title, Code: string(code), Length: lengthOf(now), More: moreOf(now), Whose: whose(table, code, today),
		Basis: now.Basis, Doubt: now.Confidence.Doubt(), Version: fmt.Sprintf("第 %d 版，%s起", now.Version, now.ValidFrom.Long()),
	}
	if now.Waits {
		row.Length += "，遇放假顺延"
	}
	for _, r := range table.Rules {
		if r.Code == code && r.Version > now.Version {
			row.Next = append(row.Next, fmt.Sprintf("%s起：%s，%s（第 %d 版）", r.ValidFrom.Long(), lengthOf(r), moreOf(r), r.Version))
		}
	}
	for _, m := range made {
		if m.Code == code {
			row.Next = append(row.Next, fmt.Sprintf("第 %d 版由%s %s 写下：%s", m.Version, m.By, clock.On(m.At).Long(), m.Reason))
		}
	}
	if changes && newest.Ours() {
		row.Change = "/rules/change?code=" + string(code)
	}
	return row
}

// whose are the complaints that have a rule, where not all do.
func whose(table clock.Table, code clock.Code, today clock.Date) (all []string) {
	for _, c := range table.Choices {
		if c.Rule != code || today.Before(c.ValidFrom) || !c.ValidTo.IsZero() && today.After(c.ValidTo) {
			continue
		}
		said := complaint.TrackWord(c.Track)
		if c.Nature != "" {
			word, _, _ := strings.Cut(workflow.WordOf(complaint.Natures, c.Nature), "：")
			said += "·" + word
		}
		said += "，" + complaint.Law.Label(workflow.Action(c.At)) + "时起算"
		if c.Beside != "" {
			said = strings.Replace(said, complaint.Law.Label(workflow.Action(c.At))+"时起算", "从收到算", 1)
		}
		if c.Note != "" {
			said += "（" + c.Note + "）"
		}
		if !slices.Contains(all, said) {
			all = append(all, said)
		}
	}
	slices.Sort(all)
	return all
}

// ruleView is the form of a new version of one of our rules.
type ruleView struct {
	Frame            desk.Frame
	Now              ruleRow
	Code, Shown      string
	Cap              string
	Unit             string
	Limit, Extension string
	Reason           string
	Day              form.DateBoxes
	Errors           view.Errors
	Notice           view.Banner
}

// fromNeed is from which day on the new version counts.
var fromNeed = workflow.Need{Name: "from", Label: "从哪一天起", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写从哪一天起，要在今天以后"}

func (d *Pages) showRule(c *fiber.Ctx) error {
	return d.rulePage(c, c.Query("code"), func(v *ruleView, now clock.Rule) {
		v.Limit, v.Extension = strconv.Itoa(now.Limit), strconv.Itoa(now.MaxExtension)
	})
}

// rulePage shows the form, filled in by fill; a rule that is not ours has none.
func (d *Pages) rulePage(c *fiber.Ctx, code string, fill func(*ruleView, clock.Rule)) error {
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	newest, ok := table.Newest(clock.Code(code))
	if !ok || !newest.Ours() {
		return fault.New(fault.NotFound, "没有这一条，或者它是法律规定的，不能在这里改。")
	}
	v := ruleView{Frame: d.Frame(c, "改“"+newest.Title+"”的期限", "rules"), Code: code, Shown: ruleShown(newest).String(),
		Now: ruleRowOf(table, nil, newest.Code, clock.On(d.Now()), false), Unit: unitOf(newest)}
	law, limit, total, capped := table.Cap(newest, clock.On(d.Now()))
	v.Cap = "没有法定上限，最长 " + newest.Unit.Count(limit) + "。"
	if capped {
		v.Cap = fmt.Sprintf("不能超过%s“%s”：%s", law.Basis, law.Title, law.Unit.Count(limit))
		if total > limit {
			v.Cap += "，连延长 " + law.Unit.Count(total)
		}
		v.Cap += "。数工作日的，也照每一件实际的最后一天比，以早的为准。"
	}
	fill(&v, newest)
	if v.Frame.HasErrors = v.Errors.Wrong(); len(v.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, rulePage(v))
}

// unitOf is what a rule counts, as it stands behind a number.
func unitOf(r clock.Rule) string {
	return strings.TrimPrefix(strings.TrimPrefix(r.Unit.Count(0), "0"), "\u00a0")
}

// ruleShown is what a page showed of a rule.
func ruleShown(r clock.Rule) *web.Shown {
	shown := web.NewShown("")
	shown.Add("版本", strconv.Itoa(r.Version))
	return shown
}

// typedRule is what the form says.
func typedRule(c *fiber.Ctx) workflow.Answers {
	typed, a := web.Form(c), workflow.Answers{}
	for _, name := range []string{"code", "limit", "extension", "reason", "from_year", "from_month", "from_day", "from_sure"} {
		a[name] = []string{typed.Get(name)}
	}
	return a
}

// wholeNumber reads a number that somebody wrote; what else it is, is said.
func wholeNumber(typed, field string) (int, []fault.Field) {
	n, err := strconv.Atoi(form.Plain(typed))
	if err != nil || len(typed) > 20 {
		return 0, []fault.Field{{Name: field, Sentence: "请只写整数，例如 30"}}
	}
	return n, nil
}

// submitRule adds a version of one of our rules. A page that showed an older one is shown
// what stands now.
func (d *Pages) submitRule(c *fiber.Ctx) error {
	a := typedRule(c)
	code := clock.Code(a.Get("code"))
	table, err := clock.Read(c.UserContext(), d.Office.Pool) // not the kept one: the newest
	if err != nil {
		return err
	}
	newest, ok := table.Newest(code)
	if !ok || !newest.Ours() {
		return fault.New(fault.NotFound, "没有这一条，或者它是法律规定的，不能在这里改。")
	}
	if _, same := ruleShown(newest).Changed(web.Form(c).Get(web.ShownField)); !same {
		return d.ruleChanged(c, a)
	}
	amendment := clock.Amendment{Code: code, From: a.Date(fromNeed, d.Now()), Reason: form.Text(a.Get("reason")), By: desk.Person(c).ID}
	var wrong, more []fault.Field
	amendment.Limit, wrong = wholeNumber(a.Get("limit"), "limit")
	amendment.Extension, more = wholeNumber(cmp.Or(a.Get("extension"), "0"), "extension")
	wrong = append(wrong, more...)
	rule, found := table.Amended(amendment, clock.On(d.Now()))
	for _, f := range found {
		if !slices.ContainsFunc(wrong, func(have fault.Field) bool { return have.Name == f.Name }) {
			wrong = append(wrong, f)
		}
	}
	reason := workflow.Need{Name: "reason", Kind: workflow.AskText, Max: 500, Ask: "请写为什么改"}
	for _, f := range (workflow.Move{Needs: []workflow.Need{fromNeed, reason}}).Faults(a, d.Now()) {
		if f.Name != "from" || !slices.ContainsFunc(wrong, func(have fault.Field) bool { return have.Name == "from" }) {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		return d.ruleAgain(c, a, wrong, view.Banner{})
	}
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "amend_rule", By: amendment.By}, func(tx pgx.Tx) error {
		return clock.Amend(c.UserContext(), tx, rule, amendment, d.Now())
	})
	if fault.Is(err, fault.Conflict) {
		return d.ruleChanged(c, a)
	}
	if err != nil {
		return err
	}
	d.Office.Engine.Clocks.Forget()
	d.Log.InfoContext(c.UserContext(), "clock rule amended", "staff", amendment.By, "rule", string(code), "version", rule.Version)
	return web.SeeOther(c, "/rules?done="+string(code))
}

// ruleChanged shows what was typed beside what somebody else has made of the rule since.
func (d *Pages) ruleChanged(c *fiber.Ctx, a workflow.Answers) error {
	d.Office.Engine.Clocks.Forget()
	c.Status(fiber.StatusConflict)
	return d.ruleAgain(c, a, nil, view.Banner{Kind: view.Warn, Title: "没有改：您打开这一页以后，有人改过这一条", Text: "现在的写在下面，您填的也在。要照您填的改，请看一遍再按“记下新的期限”。"})
}

func (d *Pages) ruleAgain(c *fiber.Ctx, a workflow.Answers, wrong view.Errors, notice view.Banner) error {
	return d.rulePage(c, a.Get("code"), func(v *ruleView, _ clock.Rule) {
		v.Limit, v.Extension, v.Reason, v.Day, v.Errors, v.Notice = a.Get("limit"), a.Get("extension"), a.Get("reason"), a.DateBoxes("from"), wrong, notice
	})
}

// undoneRule shows what was typed and not done.
func (d *Pages) undoneRule(c *fiber.Ctx) error {
	return d.ruleAgain(c, typedRule(c), nil, view.Banner{})
}

var rulesTable = view.Table{Stack: true, Columns: []view.Column{{Label: "期限"}, {Label: "多长"}, {Label: "谁有这个期限"}, {Label: "依据"}, {Label: "版本"}}}

// captioned is the table of one part.
func captioned(title string) view.Table {
	t := rulesTable
	t.Caption = title + "的期限规则"
	return t
}
