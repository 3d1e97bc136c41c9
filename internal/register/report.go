package register

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/workflow"
)

// Report declares how the desk counts what units do with the matters of a register: those
// received in some months, as they stand now. Whoever reads a number opens the list of what
// it counts, so both are made of one condition (Figure).
type Report struct {
	Replies []workflow.Action // moves by which the answer reaches whom it is for; they set Answered
	HandsIn []workflow.Action // moves by which a unit hands its answer to the office that sends it; none where units send their own
	Terms   []clock.Code      // of that answer
	Led     string            // SQL of a matter m answered by the event x.seq at x.at without a unit that led it: that which answered for it; empty where none does
	Apart   string            // SQL condition on a matter m that no figure counts; empty where all are
	Opinion string            // SQL of a matter m: what was said last of the answer, as in Opinions; null while nothing was
	Rated   string            // instead of Opinion: the column of Table that says it, which is a facet
	True    []string          // facets of Table by which what a matter says was found true; none where nothing is found
	Office  []clock.Code      // terms that the supervising office itself has to keep; none where it has none
	False   string            // SQL condition on a matter m: it was closed, and found not to be done; empty where nothing is verified
}

// NoUnit and NoCategory filter what no unit leads and what has no category; Unsettled what
// has no unit that it is about, or no category.
const (
	NoUnit     = "-"
	NoCategory = "-"
	Unsettled  = "-"
)

// Answered is the flag of a matter that an answer of Report.Replies has reached whom it was for,
// whatever came after.
const Answered = "answered"

// wasAnswered is the condition of the index matter_answered: what an answer is counted of is
// among those alone.
const wasAnswered = `'` + Answered + `' = ANY (m.flags)`

// Figure is something that a report counts: the matters for which its condition holds.
type Figure struct {
	Name  string
	Label string
	Short string // over a column
	Of    string // the figure that it is a share of; empty where it is a number alone
	Part  Part   // of the tables by unit, category and month
	// where is an SQL condition on a matter m; on x, too, where it asks of its answer: see
	// Report.facts.
	where  string
	among  string // a condition on m alone that follows from where, by which an index leads to few
	facets []facet
	answer bool
	handed bool // only where units hand their answers in
}

// Part is a table of a report, of which there is one by unit, by category and by month each.
type Part int

// The parts; a figure without one stands under the whole alone.
const (
	PartTerms  Part = iota + 1 // what was answered by when
	PartCourse                 // what was done meanwhile, and what came of it
)

// The figures that something else than the table of a report shows.
const (
	FigureReceived   = "received"
	FigureAnswered   = "answered"
	FigureInTime     = "answered_in_time"
	FigureLate       = "answered_late"
	FigureOfficeLate = "late_at_office"
	FigureOpen       = "unanswered"
	FigureOpenInTime = "unanswered_in_time"
	FigureOverdue    = "overdue"
	FigureDue        = "due"
)

// countedAt is the time of counting in the condition of a figure.
const countedAt = `@counted_at`

// What is answered, and what waits for its answer. An open matter whose term has not ended,
// or has not begun, is neither in time nor late: it is in no rate.
const (
	isAnswered = `x.replied_at IS NOT NULL`
	isLate     = isAnswered + ` AND coalesce(x.replied_at > x.due_at, false)`
	isOpen     = `x.replied_at IS NULL AND m.phase <> 3`
	isOverdue  = isOpen + ` AND coalesce(x.running AND x.due_at <= ` + countedAt + `, false)`
)

// figures are those that every report has, in its order.
var figures = []Figure{
	{Name: FigureReceived, Label: "收到", Short: "收到", Part: PartTerms, where: `true`},
	{Name: FigureOpen, Label: "还没有答复", Short: "未答复", Of: FigureReceived, Part: PartTerms, where: isOpen, answer: true},
	{Name: FigureAnswered, Label: "已经答复", Short: "已答复", Of: FigureReceived, Part: PartTerms, where: isAnswered, answer: true, among: wasAnswered},
	{Name: "ended", Label: "没有答复，已经结束", Of: FigureReceived, where: `x.replied_at IS NULL AND m.phase = 3`, answer: true, among: `m.phase = 3`},
	{Name: FigureDue, Label: "期限有了结果：已经答复，或者到期没有答复", where: `(` + isAnswered + ` OR ` + isOverdue + `)`, answer: true},
	{Name: FigureInTime, Label: "按期答复", Short: "按期答", Of: FigureDue, Part: PartTerms, where: isAnswered + ` AND NOT (` + isLate + `)`, answer: true, among: wasAnswered},
	{Name: FigureLate, Label: "逾期答复", Short: "逾期答", Of: FigureDue, Part: PartTerms, where: isLate, answer: true, among: wasAnswered},
	{Name: FigureOfficeLate, Label: "逾期答复，单位在期限内就交了", Short: "其中单位按期交", Of: FigureLate, Part: PartTerms, where: isLate + ` AND coalesce(x.handed_at <= x.due_at, false)`, answer: true, among: wasAnswered, handed: true},
	{Name: FigureOverdue, Label: "没有答复，已经逾期", Short: "逾期未答", Of: FigureDue, Part: PartTerms, where: isOverdue, answer: true},
	{Name: FigureOpenInTime, Label: "没有答复，还没有到期", Short: "未到期", Part: PartTerms, where: isOpen + ` AND NOT (` + isOverdue + `)`, answer: true},
	{Name: "chased", Label: "催办过", Short: "催办", Of: FigureReceived, Part: PartCourse, where: `m.flags @> '{` + ladder.Chased + `}'`},
	{Name: "supervised", Label: "督办过", Short: "督办", Of: FigureReceived, Part: PartCourse, where: `m.flags @> '{` + ladder.Supervised + `}'`},
	{Name: "talked", Label: "约谈过", Short: "约谈", Of: FigureReceived, Part: PartCourse, where: moved(ladder.Talk)},
	{Name: "circulated", Label: "通报过", Short: "通报", Of: FigureReceived, Part: PartCourse, where: moved(ladder.Circulate)},
	{Name: "extended", Label: "延长过期限", Short: "延长", Of: FigureReceived, Part: PartCourse, where: spanned(clock.Extend)},
	{Name: "paused", Label: "暂停过计时", Short: "暂停", Of: FigureReceived, Part: PartCourse, where: spanned(clock.Pause)},
}

func moved(a workflow.Action) string {
	return `m.id IN (SELECT xm.matter_id FROM event xm WHERE xm.action = '` + string(a) + `')`
}

func spanned(kind clock.SpanKind) string {
	return `m.id IN (SELECT xs.matter_id FROM clock_span xs WHERE xs.kind = '` + string(kind) + `')`
}

// Opinions are what may be said of an answer, with the words of a report; empty is that
// nothing was said.
var Opinions = []workflow.Option{{Value: "satisfied", Label: "满意"}, {Value: "basic", Label: "基本满意"}, {Value: "dissatisfied", Label: "不满意"}, {Value: "", Label: "没有评价"}}

// ReportFigures are what the report of the register counts; none where it has no report.
func (k *Kind) ReportFigures() []Figure {
	r := k.Report
	if r == nil {
		return nil
	}
	all := slices.DeleteFunc(slices.Clone(figures), func(f Figure) bool { return f.handed && len(r.HandsIn) == 0 })
	if i := slices.IndexFunc(all, func(f Figure) bool { return f.Name == FigureOpenInTime }); i >= 0 {
		all[i].among = r.notOverdue()
	}
	for _, o := range Opinions {
		all = append(all, r.opinion(o))
	}
	if len(r.True) > 0 {
		all = append(all, Figure{Name: "found_true", Label: "查实或基本查实", Short: "查实", Of: FigureAnswered, Part: PartCourse, answer: true, among: wasAnswered, facets: []facet{r.True}, where: isAnswered + ` AND ` + facet(r.True).in(0)})
	}
	if len(r.Office) > 0 {
		all = append(all, Figure{Name: "office_late", Label: "监督办公室自己逾期过（登记、受理、派单、审核、复查、复核）", Short: "本办逾期", Of: FigureReceived, Part: PartCourse,
			where: `m.id IN (` + r.officeLate() + `)`})
	}
	if r.False != "" {
		all = append(all, Figure{Name: "false_closing", Label: "办结以后核查为虚假办结", Short: "虚假办结", Of: FigureReceived, Part: PartCourse, where: r.False}) // found, it is open again
	}
	return all
}

// notOverdue is the condition on a matter m that follows from its answer not being overdue: of
// several terms that run the one that ends first counts.
func (r *Report) notOverdue() string {
	return `NOT EXISTS (SELECT FROM clock oc WHERE oc.matter_id = m.id AND oc.rule IN (` + quoted(r.Terms) + `) AND oc.stopped_at IS NULL AND oc.due_at <= ` + countedAt + `)`
}

// officeLate are the matters in which the office was late: the term of an answer is the
// unit's, too, and is the office's where it was with the office when it ended.
func (r *Report) officeLate() string {
	const late = `(ok.stopped_at IS NULL AND ok.due_at < ` + countedAt + ` OR ok.due_at < ok.stopped_at)` // by the index clock_late
	rules := slices.DeleteFunc(slices.Clone(r.Office), func(c clock.Code) bool { return c == clock.PlatformAnswer })
	all := `SELECT ok.matter_id FROM clock ok WHERE ok.rule IN (` + quoted(rules) + `) AND ` + late
	if len(rules) < len(r.Office) {
		all += ` UNION ALL SELECT oe.matter_id FROM event oe JOIN clock ok ON ok.matter_id = oe.matter_id AND ok.rule = '` + string(clock.PlatformAnswer) + `' AND oe.seq > ok.started_seq AND oe.seq <= coalesce(ok.stopped_seq, oe.seq)
			WHERE oe.action = '` + string(ladder.OfficeOverdue) + `' AND ` + late
	}
	return all
}

// opinion is the figure of what was said of an answer.
func (r *Report) opinion(o workflow.Option) Figure {
	f := Figure{Name: cmp.Or(o.Value, "unrated"), Label: o.Label, Short: o.Label, Of: FigureAnswered, Part: PartCourse, answer: true, among: wasAnswered}
	switch {
	case r.Rated == "":
		f.where = isAnswered + ` AND coalesce(` + r.Opinion + `, '') = '` + o.Value + `'`
	case o.Value != "":
		said := facet{r.Rated + `=` + o.Value}
		f.facets, f.where = []facet{said}, isAnswered+` AND `+said.in(0)
	default:
		var any facet
		for _, other := range Opinions {
			if other.Value != "" {
				any = append(any, r.Rated+`=`+other.Value)
			}
		}
		f.where = isAnswered + ` AND NOT ` + any.in(0)
	}
	return f
}

// ReportFigure is one by its name; false where there is none.
func (k *Kind) ReportFigure(name string) (Figure, bool) {
	all := k.ReportFigures()
	i := slices.IndexFunc(all, func(f Figure) bool { return f.Name == name })
	if i < 0 {
		return Figure{}, false
	}
	return all[i], true
}

// counts is the condition that a report of the register counts a matter m at all.
func (r *Report) counts() string {
	if r.Apart == "" {
		return `true`
	}
	return `NOT (` + r.Apart + `)`
}

// facts is the FROM item x of a matter m: when it was answered, by which unit, and by when it
// had to be. What is taken up again after an answer has a new term, and is not answered until
// the next: the answer of one unit says nothing of another. Where that term ended without an
// answer, the one before is the last word. Of several terms the one that ended
// first counts; when a unit handed its answer in says what the office took after it.
func (r *Report) facts() string {
	led := leadAt
	if r.Led != "" {
		led = `coalesce(` + leadAt + `, ` + r.Led + `)`
	}
	handed := `NULL::timestamptz`
	if len(r.HandsIn) > 0 {
		handed = `(SELECT max(xh.at) FROM event xh WHERE xh.matter_id = m.id AND xh.action IN (` + quoted(r.HandsIn) + `) AND xh.seq < x.seq)`
	}
	return `(SELECT x.seq, CASE WHEN x.seq IS NOT NULL THEN coalesce(xk.stopped_at, x.at) END AS replied_at, xk.due_at, xk.running, ` + handed + ` AS handed_at,
			CASE WHEN x.seq IS NULL THEN ` + leadNow + ` ELSE ` + led + ` END AS led
		FROM (VALUES (1)) one LEFT JOIN LATERAL (SELECT xe.seq, xe.at FROM event xe WHERE xe.matter_id = m.id AND xe.action IN (` + quoted(r.Replies) + `)
			AND NOT EXISTS (SELECT FROM clock xn LEFT JOIN event xs ON xs.matter_id = xn.matter_id AND xs.seq = xn.stopped_seq
				WHERE xn.matter_id = m.id AND xn.rule IN (` + quoted(r.Terms) + `) AND xn.started_seq > xe.seq AND (xn.stopped_seq IS NULL OR xs.action IN (` + quoted(r.Replies) + `)))
			ORDER BY xe.seq LIMIT 1) x ON true
		LEFT JOIN LATERAL (SELECT xc.due_at, xc.stopped_at IS NULL AS running, CASE WHEN xc.stopped_seq = x.seq THEN xc.stopped_at END AS stopped_at
			FROM clock xc WHERE xc.matter_id = m.id AND xc.rule IN (` + quoted(r.Terms) + `)
			ORDER BY coalesce(xc.stopped_seq = x.seq, xc.stopped_seq IS NULL) DESC, CASE WHEN coalesce(xc.stopped_seq = x.seq, xc.stopped_seq IS NULL) THEN xc.due_at END, xc.id DESC LIMIT 1) xk ON true) x`
}

// Which unit leads a matter m, and which led it when it was answered at x.at.
const (
	leadNow = `(SELECT xl.unit FROM assignment xl WHERE xl.matter_id = m.id AND xl.part = 'lead' AND xl.ended_at IS NULL)`
	leadAt  = `(SELECT xl.unit FROM assignment xl WHERE xl.matter_id = m.id AND xl.part = 'lead' AND xl.started_at <= x.at AND coalesce(xl.ended_at >= x.at, true) ORDER BY xl.started_at DESC LIMIT 1)`
)

// quoted are words of the program, as a list in SQL.
func quoted[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = `'` + string(w) + `'`
	}
	return strings.Join(all, ", ")
}

// figure narrows to what a figure counts, and to whom it counts for.
func (q *query) figure(now time.Time) {
	f, ok := q.kind.ReportFigure(q.filter.Figure)
	if !ok {
		return
	}
	q.add(q.kind.Report.counts())
	timed := func(where string) string {
		if !strings.Contains(where, countedAt) {
			return where
		}
		return strings.ReplaceAll(where, countedAt, q.arg("counted_at", now)+`::timestamptz`)
	}
	if f.among != "" {
		q.add(timed(f.among))
	}
	q.facets = append(q.facets, f.facets...)
	where := timed(f.where)
	led := q.led()
	if f.answer || led != "" {
		where = `EXISTS (SELECT FROM ` + q.kind.Report.facts() + ` WHERE ` + where + led + `)`
	}
	q.add(where)
}

// led is that the facts x of a report count for the unit that is asked for.
func (q *query) led() string {
	switch q.filter.Lead {
	case "":
		return ""
	case NoUnit:
		return ` AND x.led IS NULL`
	default:
		return ` AND x.led = ` + q.arg("lead", q.filter.Lead)
	}
}

// received narrows to what came on some days.
func (q *query) received() {
	if !q.filter.Since.IsZero() {
		q.add(`m.opened_at >= ` + q.arg("since", q.filter.Since.Begins()))
	}
	if !q.filter.Until.IsZero() {
		q.add(`m.opened_at < ` + q.arg("until", q.filter.Until.Ends()))
	}
}

// leadSQL are the matters of which a unit has the lead.
const leadSQL = `SELECT wl.matter_id FROM assignment wl WHERE wl.part = 'lead' AND wl.ended_at IS NULL`

// lead narrows to what a unit leads now; what a report counts is the unit's that answered it.
func (q *query) lead() {
	if q.filter.Figure != "" {
		return
	}
	switch q.filter.Lead {
	case "":
	case NoUnit:
		q.add(`NOT EXISTS (` + leadSQL + ` AND wl.matter_id = m.id)`)
	default:
		lead := q.arg("lead", q.filter.Lead)
		if q.hand != "" { // what the reader's unit has in hand with another in the lead
			q.add(`m.id IN (` + leadSQL + ` AND wl.unit = ` + lead + `)`)
			return
		}
		q.hand = `wh.part = 'lead' AND wh.unit = ` + lead
	}
}

// lintReport is what is wrong with how the register is counted.
func (k *Kind) lintReport(say func(string)) {
	r := k.Report
	if pressed := k.Law.Has(ladder.Chase); pressed != (r != nil) {
		say("its units are pressed and it is in no report, or the other way round")
	}
	if r == nil {
		return
	}
	for _, a := range slices.Concat(r.Replies, r.HandsIn) {
		if !k.Law.Has(a) {
			say(string(a) + " answers in its report and is no move")
		}
	}
	for _, a := range r.Replies {
		for _, row := range k.Law.Rows(a) {
			if !slices.Contains(row.Sets, Answered) {
				say(string(a) + " answers in its report and does not set the flag " + Answered)
			}
		}
	}
	for _, c := range r.Terms {
		if !slices.Contains(k.Law.Clocks(), c) {
			say(string(c) + " is a term in its report and no clock of its law")
		}
	}
	if (r.Opinion == "") == (r.Rated == "") || len(r.Replies) == 0 || len(r.Terms) == 0 {
		say("its report does not say what answers, by when, and what was said of it")
	}
}
