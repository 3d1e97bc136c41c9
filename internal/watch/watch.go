// Package watch looks after the office's own machinery: that the work which comes round by
// itself goes on, and that nothing has fallen out of it. A matter that waits for nobody, a
// letter that lies, a clock that no move can stop: each night they are counted, and the
// number is 0, or somebody is told.
package watch

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is what is counted each night.
type What string

// What is counted: what must never be, and what work waits for somebody beside the lists.
const (
	NoNextStep      What = "no_next_step"     // it is with a unit, and no unit has it, or nobody of it can act
	LettersUnsent   What = "letters_unsent"   // due for an hour
	ClocksOwnerless What = "clocks_ownerless" // it runs, and its matter is over
	WithEndedUnit   What = "with_ended_unit"  // it lies with a unit that has ended
	ReceiptsMissing What = "receipts_missing" // handed on to a body outside, which has not said that it has it
	NoStandIn       What = "no_stand_in"      // somebody is away, nobody stands in, and nobody else of the role is there
)

// whats are what is counted, in the order of the page. A fault is one of the platform or of
// the office, which must never be and raises the alarm; the others are work that waits.
var whats = []struct {
	What
	label, measure, meaning string
	fault                   bool
}{
	{NoNextStep, "没有下一步的事项", "件", "该由单位办，可是没有派给单位，或者那个单位没有人能办；或者已移送封存，可是没有惩戒专员能看", true},
	{LettersUnsent, "该发没有发出的信", "封", "该发出一小时还没有发", true},
	{ClocksOwnerless, "没有人管的期限", "个", "事项已经结束，期限还在走", true},
	{WithEndedUnit, "在已撤销单位手里的事项", "件", "承办的单位已经撤销，还没有收回来另派", true},
	{ReceiptsMissing, "转送出去没有回执的事项", "件", "转送给别的机关，到期没有收到回执，要催问", false},
	{NoStandIn, "请假没有人代的工作人员", "名", "请假了，没有人代办，同一个角色也没有别人在", false},
}

// Label is what it is called.
func (w What) Label() (label string) {
	for _, one := range whats {
		if one.What == w {
			label = one.label
		}
	}
	return label
}

// Meaning says what counts.
func (w What) Meaning() (meaning string) {
	for _, one := range whats {
		if one.What == w {
			meaning = one.meaning
		}
	}
	return meaning
}

// Fault says that it must never be.
func (w What) Fault() bool {
	for _, one := range whats {
		if one.What == w {
			return one.fault
		}
	}
	return false
}

// Whats are all that is counted, in the order of the page.
func Whats() (all []What) {
	for _, one := range whats {
		all = append(all, one.What)
	}
	return all
}

// Where is an SQL condition on a matter m of a law: that it is counted, by the night and by
// whoever is led to the list of what was counted. Empty where matters are not what is counted.
func (w What) Where(law *workflow.Table) string {
	switch w {
	case NoNextStep:
		var held, signed []string
		for _, s := range law.States {
			if s.Phase == workflow.UnderWay && (s.With == workflow.WithLead || s.With == workflow.WithLeadHead) {
				held = append(held, string(s.State))
			}
			if s.With == workflow.WithLeadHead {
				signed = append(signed, string(s.State))
			}
		}
		if len(held) == 0 {
			return ""
		}
		where := `m.state IN ('` + strings.Join(held, `', '`) + `') AND NOT EXISTS (
			SELECT FROM assignment wa JOIN who_acts(m.persons, m.named || m.meant, ` + workflow.Now + `) ws ON ws.unit = wa.unit AND (ws.heads OR m.state <> ALL ('{` + strings.Join(signed, ",") + `}'::text[]))
			WHERE wa.matter_id = m.id AND wa.part = 'lead' AND wa.ended_at IS NULL)`
		if law.Flags[staff.Sealed] != "" {
			where = `(` + where + ` OR 'sealed' = ANY (m.flags) AND sealed_unread(m.id, '{}'))`
		}
		return where
	case WithEndedUnit:
		// As lists that are made first: joined, each open matter would be asked for its unit.
		return `m.id = ANY (ARRAY(SELECT wa.matter_id FROM assignment wa
			WHERE wa.unit = ANY (ARRAY(SELECT wu.code FROM unit wu WHERE wu.valid_to < ` + workflow.Today + `)) AND wa.ended_at IS NULL AND wa.phase <> 3))`
	}
	return ""
}

// Done notes that a job was done whole, or that it fails.
func Done(ctx context.Context, q pg.Queryer, job Job, at time.Time, failed bool) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO worker_beat AS b (job, done_at, failing_since) VALUES (@job, CASE WHEN NOT @failed THEN @at::timestamptz END, CASE WHEN @failed THEN @at::timestamptz END)
		ON CONFLICT (job) DO UPDATE SET done_at = CASE WHEN @failed THEN b.done_at ELSE @at END,
			failing_since = CASE WHEN @failed THEN coalesce(b.failing_since, @at) END`,
		pg.Args{"job": string(job), "at": at, "failed": failed})
	if err != nil {
		return fmt.Errorf("beat of %s: %w", job, err)
	}
	return nil
}

// Job is a job that comes round by itself.
type Job string

// The jobs.
const (
	Timed    Job = "timed"
	Calendar Job = "calendar"
	Follows  Job = "follows"
	Figures  Job = "figures"
	Heads    Job = "heads"
	Nightly  Job = "watch"
)

// Label is what a job does.
func (j Job) Label() string {
	return map[Job]string{
		Timed: "到期的提醒、催办、办结", Calendar: "放假安排变了，期限重算", Follows: "代表委员想跟进的，问投诉人", Figures: "公开的数字",
		Heads: "每天的清单", Nightly: "夜里自查",
	}[j]
}

// late is when a job that comes round every few minutes has stood still.
const late = 20 * time.Minute

// Beat is a job and when it was last done.
type Beat struct {
	Job          Job
	DoneAt       *time.Time
	FailingSince *time.Time
}

// Still says that the job has stood still by now, or fails.
func (b Beat) Still(now time.Time) bool {
	return b.FailingSince != nil || b.DoneAt == nil || now.Sub(*b.DoneAt) > late
}

// Beats are all jobs by name.
func Beats(ctx context.Context, q pg.Queryer) ([]Beat, error) {
	return pg.All[Beat](ctx, q, `SELECT job, done_at, failing_since FROM worker_beat ORDER BY job`, nil)
}

// Words are the beats in one line, for whoever watches the machine from outside.
func Words(beats []Beat, now time.Time) string {
	if len(beats) == 0 {
		return "后台工作：还没有做过"
	}
	oldest := beats[0]
	for _, b := range beats {
		if b.FailingSince != nil {
			return "后台工作：有一项做不成"
		}
		if oldest.DoneAt != nil && (b.DoneAt == nil || b.DoneAt.Before(*oldest.DoneAt)) {
			oldest = b
		}
	}
	if oldest.Still(now) {
		return "后台工作：停了"
	}
	return "后台工作：" + clock.Local(*oldest.DoneAt).Format("15:04") + " 都做完过"
}

// unsent is how long a letter may be on its way before it lies.
const unsent = time.Hour

// Count counts what must never be and keeps it for the day, once.
func Count(ctx context.Context, q pg.Queryer, laws []*workflow.Table, now time.Time) error {
	today := clock.On(now)
	counted, err := pg.One[bool](ctx, q, `SELECT EXISTS (SELECT FROM watch_count WHERE day = @day)`, pg.Args{"day": today})
	if err != nil || counted {
		return err
	}
	args := pg.Args{"day": today, "before": now.Add(-unsent), "now": now}
	var keptKinds, keptStates, keptRules []string
	var matters []string
	for _, law := range laws {
		for _, s := range law.States {
			for _, rule := range law.Keeps(s.State) {
				keptKinds, keptStates, keptRules = append(keptKinds, string(law.Kind)), append(keptStates, string(s.State)), append(keptRules, rule)
			}
		}
		for _, what := range Whats() {
			if where := what.Where(law); where != "" {
				matters = append(matters, `SELECT '`+string(what)+`', count(*) FROM matter m WHERE m.kind = '`+string(law.Kind)+`' AND `+where)
			}
		}
	}
	args["kept_kinds"], args["kept_states"], args["kept_rules"] = keptKinds, keptStates, keptRules
	_, err = pg.Exec(ctx, q, `
		INSERT INTO watch_count (day, what, n)
		SELECT @day::date, n.what, sum(n.n) FROM (
			SELECT 'letters_unsent' AS what, count(*) AS n FROM letter l WHERE l.state = 'waiting' AND l.created_at < @before
			UNION ALL
			SELECT 'clocks_ownerless', count(*) FROM clock c JOIN matter m ON m.id = c.matter_id
			WHERE c.stopped_at IS NULL AND NOT c.right_only AND m.phase = 3
				AND (m.kind, m.state, c.rule) NOT IN (SELECT * FROM unnest(@kept_kinds::text[], @kept_states::text[], @kept_rules::text[]))
			UNION ALL
			SELECT 'receipts_missing', count(*) FROM matter m JOIN transfer t ON t.matter_id = m.id AND t.seq = (SELECT max(n.seq) FROM transfer n WHERE n.matter_id = m.id)
				JOIN event e ON e.matter_id = t.matter_id AND e.seq = t.seq
			WHERE m.state = 'transferred' AND NOT EXISTS (SELECT FROM transfer_receipt r WHERE r.matter_id = t.matter_id AND r.transferred = t.seq)
				AND EXISTS (SELECT FROM clock c WHERE c.matter_id = m.id AND c.rule = 'XFER-ACK' AND c.started_at = e.at AND c.due_at < @now)
			UNION ALL
			SELECT 'no_stand_in', count(*) FROM away(@day::date) w JOIN staff p ON p.id = w.staff_id
			WHERE w.stand_in IS NULL AND NOT EXISTS (SELECT FROM staff o WHERE o.role = p.role AND o.disabled_at IS NULL AND (p.role NOT IN ('handler', 'unit_head') OR o.unit = p.unit)
				AND o.id NOT IN (SELECT g.staff_id FROM away(@day::date) g))
			UNION ALL `+strings.Join(matters, `
			UNION ALL `)+`) n GROUP BY n.what
		ON CONFLICT DO NOTHING`, workflow.AtTime(args, strings.Join(matters, " "), now))
	if err != nil {
		return fmt.Errorf("count of what must never be: %w", err)
	}
	return nil
}

// Counted is how many of one thing were found in a night.
type Counted struct {
	Day  clock.Date
	What What
	N    int
}

// Said is what the counts of a night came to, for everybody to read: which night it was, and
// each number also where it is 0. Nights that nobody counted are said as well, or an old 0
// would pass for today's. Empty before the first night.
func Said(counts []Counted, now time.Time) string {
	var said []string
	bad := false
	for _, what := range whats {
		for _, c := range counts {
			if c.What == what.What && what.fault {
				said, bad = append(said, fmt.Sprintf("%s %d\u00a0%s（%s）", what.label, c.N, what.measure, what.meaning)), bad || c.N > 0
			}
		}
	}
	if len(said) == 0 {
		return ""
	}
	end := "。这些数都应当是 0，这一夜都是 0。"
	if bad {
		end = "。这些数都应当是 0；不是 0 的，工作台上已经提醒有关人员查清。"
	}
	words := counts[0].Day.Long() + "夜里自查：" + strings.Join(said, "，") + end
	if missed := clock.On(now).Since(counts[0].Day); missed > 1 {
		words += fmt.Sprintf("这以后 %d\u00a0天没有自查过。", missed)
	}
	return words
}

// Newest are the counts of the last night.
func Newest(ctx context.Context, q pg.Queryer) ([]Counted, error) {
	return pg.All[Counted](ctx, q, `SELECT day, what, n FROM watch_count WHERE day = (SELECT max(day) FROM watch_count)`, nil)
}
