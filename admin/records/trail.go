package records

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/alert"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/export"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// trailKind is what the record of exports calls the traces.
const trailKind = "trail"

// trailLimit is how many acts one file has: some months of a county's.
const trailLimit = 10_000

// trailAsked is what the address of the traces asks for; what it does not understand is said
// beside its field, and narrows nothing.
type trailAsked struct {
	workflow.Traced
	values url.Values // what is set and understood
	typed  map[string]string
	errs   view.Errors
}

func (d *Pages) trailAsked(c *fiber.Ctx) trailAsked {
	a := trailAsked{values: url.Values{}, typed: map[string]string{}}
	take := func(name string) string {
		a.typed[name] = form.Line(c.Query(name))
		return a.typed[name]
	}
	keep := func(name, value string) string {
		if value != "" {
			a.values.Set(name, value)
		}
		return value
	}
	if who := take("who"); form.Length(who) <= 50 {
		a.Who = keep("who", who)
	}
	if typed := take("number"); typed != "" {
		number, ok := form.ParseNumber(typed)
		if !ok {
			a.errs = append(a.errs, errorOf("number", "编号不对，请照件上的写，例如 JX2026010000017"))
			number = ""
		}
		a.Number = keep("number", number)
	}
	if _, known := d.RoomOf(workflow.Kind(take("kind"))); known {
		a.Kind = workflow.Kind(keep("kind", a.typed["kind"]))
	}
	if action := workflow.Action(take("action")); slices.ContainsFunc(d.Laws(), func(t *workflow.Table) bool { return t.Has(action) }) {
		a.Action = workflow.Action(keep("action", string(action)))
	}
	for name, into := range map[string]*clock.Date{"from": &a.From, "until": &a.Until} {
		typed := take(name)
		if typed == "" {
			continue
		}
		read, wrong := form.DateBoxes{Year: typed}.Spread().Ask(name, form.DateRule{Now: d.Now()})
		if wrong.Sentence != "" {
			a.errs = append(a.errs, errorOf(name, "日期请写成 2026-11-30 这样"))
			continue
		}
		*into = clock.NewDate(read.Year, time.Month(read.Month), read.Day)
		keep(name, into.String())
	}
	if !a.From.IsZero() && !a.Until.IsZero() && a.Until.Before(a.From) {
		a.errs = append(a.errs, errorOf("until", "“到”要不早于“从”"))
	}
	return a
}

func (a trailAsked) address(path string, more ...string) string {
	v := url.Values{}
	for name, values := range a.values {
		v[name] = values
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// said is what is asked for, in words.
func (d *Pages) said(a trailAsked) []string {
	said := []string{"全部"}
	add := func(label, value string) {
		if value != "" {
			said = append(said, label+"："+value)
		}
	}
	add("谁", a.Who)
	add("编号", a.Number)
	if at, ok := d.RoomOf(a.Kind); ok {
		add("种类", at.Kind().Law.Noun)
	}
	for _, o := range d.actionOptions() {
		if o.Value == string(a.Action) {
			add("做了什么", o.Label)
		}
	}
	if !a.From.IsZero() {
		add("从", a.From.Long())
	}
	if !a.Until.IsZero() {
		add("到", a.Until.Long())
	}
	if len(said) > 1 {
		said[0] = "筛选过的"
	}
	return said
}

// actionOptions are what staff may do in any register, each once. Where two go by the same
// words, each says of which registers it is.
func (d *Pages) actionOptions() (all []view.Option) {
	words, of, from := map[string]int{}, map[string][]string{}, map[string]string{}
	for _, law := range d.Laws() {
		for _, m := range law.Moves {
			if !slices.ContainsFunc(m.By, func(r workflow.Role) bool { return !r.Outside() && r != staff.System }) {
				continue
			}
			if len(of[string(m.Action)]) == 0 {
				all = append(all, view.Option{Value: string(m.Action), Label: m.Label})
				words[m.Label]++
				if len(m.From) > 0 {
					from[string(m.Action)] = law.State(m.From[0]).Word
				}
			}
			if !slices.Contains(of[string(m.Action)], law.Noun) {
				of[string(m.Action)] = append(of[string(m.Action)], law.Noun)
			}
		}
	}
	for i, o := range all {
		if words[o.Label] > 1 {
			all[i].Label += "（" + strings.Join(of[o.Value], "、") + "）"
			words[all[i].Label]++
		}
	}
	for i, o := range all { // twice in one register: each is of a state of its own
		if words[o.Label] > 1 {
			all[i].Label = strings.TrimSuffix(o.Label, "）") + "，" + from[o.Value] + "）"
		}
	}
	slices.SortStableFunc(all, func(a, b view.Option) int { return cmp.Compare(a.Label, b.Label) })
	return all
}

func (d *Pages) kindOptions() (all []view.Option) {
	for _, r := range d.Rooms {
		all = append(all, view.Option{Value: string(r.Kind().Law.Kind), Label: r.Kind().Law.Noun})
	}
	return all
}

// trailView is the traces with their filters.
type trailView struct {
	Frame   desk.Frame
	Waiting []alert.Line
	Asked   trailAsked
	Lines   []traceLine
	Older   string
	Kinds   []view.Option
	Actions []view.Option
}

func (d *Pages) showAudit(c *fiber.Ctx) error {
	v := trailView{Asked: d.trailAsked(c), Kinds: d.kindOptions(), Actions: d.actionOptions()}
	lines, more, err := d.traces(c.UserContext(), desk.Person(c), v.Asked, parseMark(c.Query("before")), desk.RecordPage)
	if err != nil {
		return err
	}
	if more {
		last := lines[len(lines)-1]
		v.Older = v.Asked.address("/audit", "before", fmt.Sprintf("%d-%d-%d", last.At.UnixMicro(), last.MatterID, last.Seq))
	}
	v.Lines = lines
	if v.Waiting, err = alert.Waiting(c.UserContext(), d.Office.Pool, desk.Person(c), desk.RecordPage); err != nil {
		return err
	}
	v.Frame = d.Frame(c, "操作记录", "audit")
	v.Frame.HasErrors = len(v.Asked.errs) > 0
	return view.Show(c, auditPage(v))
}

// traces are a page of what staff did, and whether there is more.
func (d *Pages) traces(ctx context.Context, by staff.Person, a trailAsked, before workflow.Mark, size int) ([]traceLine, bool, error) {
	found, err := workflow.Traces(ctx, d.Office.Pool, by.Scope(), a.Traced, before, size+1)
	if err != nil {
		return nil, false, err
	}
	more := len(found) > size
	found = found[:min(size, len(found))]
	var opened []int64
	for _, t := range found {
		if t.Action == complaint.OpenIdentity {
			opened = append(opened, t.MatterID)
		}
	}
	reasons := map[[2]int64]string{}
	if len(opened) > 0 {
		if reasons, err = complaint.Reasons(ctx, d.Office.Pool, opened); err != nil {
			return nil, false, err
		}
	}
	lines := make([]traceLine, len(found))
	for i, t := range found {
		lines[i] = traceLine{Trace: t, Label: string(t.Action), Reason: reasons[[2]int64{t.MatterID, t.Seq}]}
		at, ok := d.RoomOf(t.Kind)
		if !ok {
			continue
		}
		law := at.Kind().Law
		lines[i].Noun, lines[i].Href = law.Noun, desk.MatterURL(at.Kind(), t.Number)
		if rows := law.Rows(t.Action); len(rows) > 0 {
			lines[i].Label = rows[0].Label
		}
		if t.From != t.To {
			lines[i].To = law.State(t.To).Word
		}
	}
	return lines, more, nil
}

// submitAudit sends the traces that the address asks for as a file. It is a form and no link,
// and is written down before its first byte, as lists of matters are.
func (d *Pages) submitAudit(as desk.Format) fiber.Handler {
	return func(c *fiber.Ctx) error { return d.exportAudit(c, as) }
}

func (d *Pages) exportAudit(c *fiber.Ctx, as desk.Format) error {
	a, by := d.trailAsked(c), desk.Person(c)
	first, more, err := d.traces(c.UserContext(), by, a, workflow.Mark{}, desk.LeavingPage)
	if err != nil {
		return err
	}
	book := export.Book{Pool: d.Office.Pool, Daybook: d.Daybook, Now: d.Now}
	id, err := book.Begin(c.UserContext(), export.Taking{By: by, Kind: trailKind, Asked: a.values.Encode(), Said: d.said(a)})
	if err != nil {
		return err
	}
	var last workflow.Mark
	read := func(lines []traceLine) []traceLine {
		if n := len(lines); n > 0 {
			last = workflow.Mark{At: lines[n-1].At, Matter: lines[n-1].MatterID, Seq: lines[n-1].Seq}
		}
		return lines
	}
	f := &desk.Leaving[traceLine, [2]int64]{
		Heads: trailHeads, Rows: read(first), More: more, Most: trailLimit, Line: trailCells,
		Start: func(to io.Writer) desk.Sheet { return as.Table(to, "操作记录") }, Key: func(l traceLine) [2]int64 { return [2]int64{l.MatterID, l.Seq} },
		Only: "只有前 " + view.N(trailLimit, "条") + "，更早的没有导出。请在操作记录上填“到”哪一天，或者选人、选编号，分几次导出。",
		Next: func(ctx context.Context) ([]traceLine, bool, error) {
			lines, more, err := d.traces(ctx, by, a, last, desk.LeavingPage)
			return read(lines), more, err
		},
		End: func(ctx context.Context, lines int, how export.How, err error) {
			if err != nil {
				d.Log.Error("export broken off", "export", id, "error", err)
			}
			if err := book.End(ctx, by, id, lines, how); err != nil {
				d.Log.Error("end of an export not recorded", "export", id, "error", err)
			}
		},
	}
	return desk.Leaves(c, f, as, "trail", "操作记录", clock.On(d.Now()))
}

var trailHeads = []spreadsheet.Head{{Label: "时间", Width: 9}, {Label: "谁", Width: 6}, {Label: "角色", Width: 7}, {Label: "做了什么", Width: 12}, {Label: "到了", Width: 8}, {Label: "种类", Width: 6}, {Label: "编号", Width: 9}, {Label: "打开身份的理由", Width: 30}}

func trailCells(l traceLine) []spreadsheet.Cell {
	var cells []spreadsheet.Cell
	for _, words := range []string{clock.Local(l.At).Format("2006-01-02 15:04"), l.Name, l.Role.Title(), l.Label, l.To, l.Noun, l.Number, strings.ReplaceAll(l.Reason, "\n", " ")} {
		cells = append(cells, spreadsheet.Words(words))
	}
	return cells
}

func errorOf(name, sentence string) fault.Field { return fault.Field{Name: name, Sentence: sentence} }

// exportButtons are one for each format that a list leaves as.
func exportButtons() (all []view.Button) {
	for _, f := range desk.Formats {
		all = append(all, view.Button{Label: f.Label, Kind: view.Quiet, Form: f.Form})
	}
	return all
}
