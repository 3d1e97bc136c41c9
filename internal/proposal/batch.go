package proposal

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Columns are those of the list of a handing-over meeting (交办会), one proposal a line.
var Columns = []spreadsheet.Column{
	{Name: "种类", Also: []string{"类别"}, Needed: true}, {Name: "届", Also: []string{"第几届"}, Needed: true}, {Name: "次", Also: []string{"会议", "第几次会议"}},
	{Name: "号", Also: []string{"编号", "第几号"}, Needed: true}, {Name: "题目", Also: []string{"标题", "案由题目"}, Needed: true}, {Name: "案由", Also: []string{"案由和分析", "内容"}, Needed: true},
	{Name: "建议各点", Also: []string{"各点", "建议", "具体建议"}, Needed: true}, {Name: "提的人", Also: []string{"代表", "委员", "提案人", "领衔和联名"}, Needed: true},
	{Name: "主办单位", Also: []string{"主办"}, Needed: true}, {Name: "会办单位", Also: []string{"会办", "协办单位"}}, {Name: "答复期限", Also: []string{"期限"}, Needed: true}, {Name: "办理要求"},
}

// cells are the fields that the columns fill in.
var cells = []string{"source", "term", "meeting", "serial", "title", "content", "points", "signers", "lead", "co", "hard", "note"}

// ColumnOf is the column that fills in a field, -1 where none does.
func ColumnOf(field string) int { return slices.Index(cells, field) }

// MostLines is how many proposals one list may have: a session of a county has a hundred
// or two.
const MostLines = 200

// What becomes of a line of such a list.
type What string

// The fates of a line.
const (
	IsNew    What = "new"    // is registered and handed over
	IsFiled  What = "filed"  // is registered already, and handed over
	IsAsked  What = "asked"  // as the first, once the question about it is answered
	IsStands What = "stands" // was registered and handed over before, or withdrawn, or divided
	IsWrong  What = "wrong"
)

// Line is a line of the list as it was understood.
type Line struct {
	No     int
	What   What
	Title  string
	Says   string
	Faults []fault.Field // each of a cell
	Stands string        // the number of the proposal that it is already
	LeadBy string        // name of the unit that leads
	entry  workflow.Answers
	giving workflow.Answers
}

// Showed is what a page shows of a line, whatever becomes of it meanwhile: a form that is
// sent again stands on the same.
func (l Line) Showed() string {
	faults := slices.DeleteFunc(slices.Clone(l.Faults), func(f fault.Field) bool { return f.Name == "serial" })
	return fmt.Sprint(l.No, "\x00", l.Title, "\x00", l.LeadBy, "\x00", l.entry, "\x00", l.giving, "\x00", faults)
}

// sourceWords are what a list calls the sources.
var sourceWords = map[string]Source{
	"代表建议": OfDeputies, "人大建议": OfDeputies, "人大代表建议": OfDeputies, "建议": OfDeputies, "会议建议": OfDeputies,
	"闭会建议": BetweenTwo, "闭会期间建议": BetweenTwo, "代表闭会建议": BetweenTwo, "闭会": BetweenTwo,
	"政协提案": OfMembers, "提案": OfMembers, "委员提案": OfMembers,
}

// answersOf reads the cells as the answers that the forms would have had, and says of a cell
// what no form would have let anybody choose.
func answersOf(row spreadsheet.Row, units unit.List) (entry, giving workflow.Answers, leads string, faults []fault.Field) {
	typed := map[string]string{}
	for i, name := range cells {
		typed[name] = row.Cells[i]
	}
	say := func(name, sentence string) { faults = append(faults, fault.Field{Name: name, Sentence: sentence}) }
	entry, giving = workflow.Answers{}, workflow.Answers{"note": {typed["note"]}}
	for _, name := range cells[:8] {
		entry[name] = []string{typed[name]}
	}
	said := strings.ReplaceAll(form.Line(typed["source"]), " ", "")
	source, known := sourceWords[said]
	for _, o := range Sources {
		if said == o.Label {
			source, known = Source(o.Value), true
		}
	}
	entry["source"] = []string{string(source)}
	if said != "" && !known {
		say("source", "没有“"+said+"”这一种，请写代表建议、闭会建议或者政协提案")
	}
	giving["lead"] = []string{""}
	if name := form.Line(typed["lead"]); name != "" {
		if u, sentence := called(units, name); sentence != "" {
			say("lead", sentence)
		} else {
			giving["lead"], leads = []string{u.Code}, u.Name
		}
	}
	for part := range strings.FieldsFuncSeq(form.Text(typed["co"]), func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		if name := form.Line(part); name == "" {
			continue
		} else if u, sentence := called(units, name); sentence != "" {
			say("co", sentence)
		} else {
			giving["co"] = append(giving["co"], u.Code)
		}
	}
	switch months, ok := form.ReadOrdinal(strings.TrimSuffix(strings.TrimSuffix(form.Line(typed["hard"]), "月"), "个")); {
	case form.Line(typed["hard"]) == "":
	case ok && months == 3:
		giving["hard"] = []string{"no"}
	case ok && months == 6:
		giving["hard"] = []string{"yes"}
	default:
		say("hard", "答复期限只有 3 个月、6 个月两种")
	}
	return entry, giving, leads, faults
}

// called is the unit of that name; what is near is asked, never taken.
func called(units unit.List, name string) (unit.Unit, string) {
	if u, ok := units.Called(name); ok {
		return u, ""
	}
	if u, ok := units.ByCode(strings.ToUpper(name)); ok {
		return u, ""
	}
	var near []string
	for _, u := range units.Search(name) {
		if near = append(near, u.Name); len(near) == 3 {
			break
		}
	}
	if len(near) == 0 {
		return unit.Unit{}, "没有“" + name + "”这个承办单位，请写全名"
	}
	return unit.Unit{}, "没有“" + name + "”这个承办单位，是不是" + strings.Join(near, "、") + "？请写全名"
}

// standing is a proposal that has a number already.
type standing struct {
	Source  Source
	Term    int
	Meeting int
	Serial  int
	Number  string
	State   workflow.State
	Title   string
	Content string
	Points  []string
	Signers []string
	Unit    string          // names of those who have it
	Back    workflow.Action // by which it came back, if it did
}

// unlike is what of a line is not as it was registered, in the words of the list. A
// credential beside a name is not kept, so names are what is compared.
func (s standing) unlike(e Entry) string {
	var names, unlike []string
	for _, signer := range e.Signers {
		names = append(names, signer.Name)
	}
	for _, part := range []struct {
		field string
		same  bool
	}{{"title", s.Title == e.Title}, {"content", s.Content == e.Content}, {"points", slices.Equal(s.Points, e.Points)}, {"signers", slices.Equal(s.Signers, names)}} {
		if !part.same {
			unlike = append(unlike, "“"+Columns[ColumnOf(part.field)].Name+"”")
		}
	}
	return strings.Join(unlike, "")
}

// says is where it is now.
func (s standing) says() string {
	switch now := "现在是“" + Law.State(s.State).Word + "”"; {
	case s.State == Filed && s.Back == Recall:
		return "收回以后还没有再交办"
	case s.State == Filed && s.Back != "":
		return "退回以后还没有再交办"
	case s.State == Filed:
		return "已经登记，还没有交办"
	case s.Unit != "":
		return now + "，在" + s.Unit
	default:
		return now
	}
}

func (s standing) is(e Entry) bool {
	return s.Source == e.Source && s.Term == e.Term && s.Meeting == e.Meeting && s.Serial == e.Serial
}

func (r *Register) standing(ctx context.Context, entries []Entry) ([]standing, error) {
	args := pg.Args{"back": []string{string(Recall), string(AgreeReturn)}}
	var sources []string
	var terms, meetings, serials []int
	for _, e := range entries {
		sources, terms, meetings, serials = append(sources, string(e.Source)), append(terms, e.Term), append(meetings, e.Meeting), append(serials, e.Serial)
	}
	args["sources"], args["terms"], args["meetings"], args["serials"] = sources, terms, meetings, serials
	all, err := pg.All[standing](ctx, r.Pool, `
		SELECT o.source, o.term, coalesce(o.meeting, 0) AS meeting, o.serial, m.number, m.state, m.title, o.content,
			ARRAY(SELECT p.said FROM proposal_point p WHERE p.matter_id = m.id ORDER BY p.no) AS points,
			ARRAY(SELECT s.name FROM proposal_signer s WHERE s.matter_id = m.id ORDER BY s.no) AS signers,
			coalesce((SELECT u.name FROM unit u WHERE u.code = m.unit),
				(SELECT string_agg(u.name, '、' ORDER BY x.matter_id) FROM proposal x JOIN matter y ON y.id = x.matter_id JOIN unit u ON u.code = y.unit WHERE x.part_of = m.id), '') AS unit,
			coalesce((SELECT e.action FROM event e WHERE e.matter_id = m.id AND e.action = ANY (@back) ORDER BY e.seq DESC LIMIT 1), '') AS back
		FROM proposal o JOIN matter m ON m.id = o.matter_id
		WHERE o.part_of IS NULL AND (o.source, o.term, coalesce(o.meeting, 0), o.serial) IN (
			SELECT * FROM unnest(@sources::text[], @terms::int[], @meetings::int[], @serials::int[]))`, args)
	if err != nil {
		return nil, fmt.Errorf("proposals of these numbers: %w", err)
	}
	return all, nil
}

// Plan says what would become of each line, by the same reading as the forms have, and
// writes nothing.
func (r *Register) Plan(ctx context.Context, by staff.Person, t spreadsheet.Table) ([]Line, error) {
	units, err := r.Units.Handling(ctx)
	if err != nil {
		return nil, err
	}
	lines, entries := make([]Line, len(t.Rows)), make([]Entry, len(t.Rows))
	for i, row := range t.Rows {
		l := Line{No: row.Line, What: IsNew}
		if row.Fault != "" {
			l.What, l.Says = IsWrong, row.Fault
		}
		l.entry, l.giving, l.LeadBy, l.Faults = answersOf(row, units)
		entries[i], _ = EntryOf(l.entry)
		l.Title = entries[i].Title
		lines[i] = l
	}
	stand, err := r.standing(ctx, entries)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if lines[i].What == IsWrong {
			continue
		}
		twice := slices.IndexFunc(entries[:i], func(e Entry) bool { return e.Serial > 0 && e.numbered() == entries[i].numbered() })
		if twice >= 0 {
			lines[i].Faults = append(lines[i].Faults, fault.Field{Name: "serial", Sentence: fmt.Sprintf("和第 %d 行是同一号", lines[twice].No)})
		}
		if err := r.plan(ctx, by, &lines[i], entries[i], stand); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// numbered is what no two have in common.
func (e Entry) numbered() [4]any { return [4]any{e.Source, e.Term, e.Meeting, e.Serial} }

// plan says what becomes of one.
func (r *Register) plan(ctx context.Context, by staff.Person, l *Line, e Entry, stand []standing) error {
	said := map[string]bool{} // of one cell one fault is enough
	for _, f := range l.Faults {
		said[f.Name] = true
	}
	add := func(faults []fault.Field) {
		for _, f := range faults {
			if !said[f.Name] {
				l.Faults, said[f.Name] = append(l.Faults, f), true
			}
		}
	}
	add(Law.Rows(HandOver)[0].Faults(l.giving, r.Engine.Now()))
	i := slices.IndexFunc(stand, func(s standing) bool { return s.is(e) })
	switch {
	case i >= 0 && stand[i].Title != e.Title:
		add([]fault.Field{{Name: "serial", Sentence: "这一号已经登记过，是 " + stand[i].Number + "《" + stand[i].Title + "》"}})
	case i >= 0:
		l.stands(stand[i], e)
		if l.What == IsStands {
			return nil
		}
	default:
		err := r.Try(ctx, workflow.Order{Action: Enter, By: by, Answers: l.entry})
		var f *fault.Error
		switch {
		case err == nil:
		case errors.As(err, &f) && f.Kind == fault.Invalid:
			add(f.Fields)
		case fault.Is(err, fault.Forbidden):
			l.What, l.Says = IsWrong, strings.TrimSuffix(fault.SentenceOf(err), "。")
			return nil
		default:
			return err
		}
	}
	l.Faults = slices.DeleteFunc(l.Faults, func(f fault.Field) bool {
		if f.Name == "unlisted" {
			l.What, l.Says = IsAsked, f.Sentence
		}
		return f.Name == "unlisted"
	})
	if len(l.Faults) > 0 {
		l.What, l.Says = IsWrong, ""
	}
	return nil
}

// stands says of a line what stands under its number already: what was handed over is let
// be, and what is written otherwise is asked about, since the list changes nothing of it.
func (l *Line) stands(s standing, e Entry) {
	l.What, l.Stands, l.Says = IsFiled, s.Number, s.says()
	unlike := s.unlike(e)
	if unlike != "" {
		l.Says += "；" + unlike + "和登记的不一样，登记的不改"
	}
	switch {
	case s.State != Filed:
		l.What = IsStands
		if l.LeadBy != "" && s.Unit != "" && l.LeadBy != s.Unit {
			l.Says += "；清单写的主办是" + l.LeadBy
		}
	case unlike != "":
		l.What = IsAsked
	default:
		l.Says += "：只交办"
	}
}

// Outcome is what became of a line.
type Outcome struct {
	Line
	Number  string // empty where it was not registered
	Given   bool   // by this form
	Stood   bool   // was handed over before, and is let be
	Refused string // why it was not registered, or not handed over
	Left    bool   // the run was cut off before it
}

// HandOverAll registers the lines and hands them over, each by itself and with a token of
// its own that follows from the form's: what is sent again does nothing twice, and a run
// that was cut off goes on. sure are the lines whose question somebody has answered.
func (r *Register) HandOverAll(ctx context.Context, by staff.Person, token []byte, lines []Line, sure map[int]bool) []Outcome {
	out := make([]Outcome, len(lines))
	cut := false
	for i, l := range lines {
		out[i].Line = l
		switch {
		case cut:
			out[i].Left = l.What != IsWrong
		case l.What == IsWrong, l.What == IsAsked && !sure[l.No]:
			out[i].Number, out[i].Refused = l.Stands, l.Says
		default:
			cut = r.handOver(ctx, by, token, &out[i], sure[l.No]) != nil
		}
	}
	return out
}

// handOver does it with one; the error is what keeps the others from being tried.
func (r *Register) handOver(ctx context.Context, by staff.Person, token []byte, o *Outcome, sure bool) error {
	entry := maps.Clone(o.entry)
	if sure {
		entry["unlisted"] = []string{"yes"}
	}
	e, _ := EntryOf(entry)
	of := func(a workflow.Action) []byte { return register.TokenOf(token, a, e.numbered()) }
	done, err := r.Begin(ctx, workflow.Order{Action: Enter, By: by, Token: of(Enter), Answers: entry})
	switch {
	case err == nil:
		o.Number = done.Number
	case o.Stands != "" && fault.Is(err, fault.Invalid):
		o.Number = o.Stands
	default:
		return o.refused(err)
	}
	_, err = r.Move(ctx, workflow.Order{Number: o.Number, Action: HandOver, By: by, Token: of(HandOver), Answers: o.giving})
	if o.Given = err == nil; o.Given {
		return nil
	}
	cut := o.refused(err)
	if cut == nil && o.What == IsStands { // as was said of it: only this form sent again is not refused
		o.Stood, o.Refused = true, ""
	}
	return cut
}

// refused keeps what is said to whoever asked; what is said to nobody is given back.
func (o *Outcome) refused(err error) error {
	said, told := register.Refusal(err)
	if o.Refused = said; !told {
		o.Left = true
		return err
	}
	return nil
}
