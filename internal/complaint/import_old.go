package complaint

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// oldFields are what a line may say from the records of the system it comes from.
type oldFields struct {
	Number   string `json:"old_number"`
	Received string `json:"old_received_on"`
	Closed   string `json:"old_closed_on"`
	Unit     string `json:"old_unit"`     // by name or code
	Category string `json:"old_category"` // by title or code
	Finding  string `json:"old_finding"`
	Decision string `json:"old_decision"`
	Answer   string `json:"old_answer"`
}

// oldAnswerLimit is somewhat more than the parts of an answer of ours together.
const oldAnswerLimit = 20_000

// record reads the fields into an old record and the day it came there. written is
// when the complaint says it was written, empty where it does not.
func (f oldFields) record(written string, now time.Time) (old OldRecord, received form.Date, reasons []string) {
	say := func(field, why string) {
		if why != "" {
			reasons = append(reasons, field+"："+why)
		}
	}
	old = OldRecord{Number: form.Plain(f.Number), Answer: form.Text(f.Answer)}
	switch {
	case form.Length(old.Number) > idLimit:
		say("old_number", form.TooLong(old.Number, idLimit))
	default:
		say("old_number", form.LineFault(old.Number))
	}
	var why string
	received, why = oldDay(f.Received, now)
	say("old_received_on", why)
	old.Closed, why = oldDay(f.Closed, now)
	say("old_closed_on", why)
	if why == "" {
		say("old_closed_on", beforeIt(old.Closed, received, written))
	}
	old.Finding, why = oldChoice(f.Finding, Findings)
	say("old_finding", why)
	old.Decision, why = oldChoice(f.Decision, Decisions)
	say("old_decision", why)
	switch {
	case form.Length(old.Answer) > oldAnswerLimit:
		say("old_answer", form.TooLong(old.Answer, oldAnswerLimit))
	default:
		say("old_answer", form.TextFault(old.Answer))
	}
	if form.Line(f.Closed) == "" {
		for _, one := range []struct{ field, value string }{{"old_finding", f.Finding}, {"old_decision", f.Decision}, {"old_answer", f.Answer}} {
			if !form.Wordless(one.value) {
				say(one.field, "写了处理结果，没有写 old_closed_on（哪一天办结的）。办结了的请补上；还在办的不要写结果")
				break
			}
		}
	}
	return old, received, reasons
}

// beforeIt says that a complaint was closed before it came or was written.
func beforeIt(closed, received form.Date, written string) string {
	switch {
	case closed.IsZero():
	case !received.IsZero():
		if closed.Time().Before(received.Time()) {
			return "比 old_received_on 还早，办结不会在收到以前"
		}
	case written != "":
		if at, err := time.Parse(time.RFC3339, written); err == nil && begins(closed).Before(clock.On(at).Begins()) {
			return "比 posted_at 还早，办结不会在写投诉以前"
		}
	}
	return ""
}

// oldDay is oldDate for what has no hour.
func oldDay(typed string, now time.Time) (form.Date, string) {
	written, why := oldDate(typed, now)
	at, err := time.Parse(time.RFC3339, written)
	if err != nil {
		return form.Date{}, why
	}
	day := clock.On(at)
	return form.Date{Year: day.Year, Month: int(day.Month), Day: day.Day}, ""
}

// oldChoice takes a choice by its code or its word.
func oldChoice(typed string, list []workflow.Option) (string, string) {
	typed = form.Line(typed)
	var labels []string
	for _, o := range list {
		if typed == o.Value || typed == o.Label {
			return o.Value, ""
		}
		labels = append(labels, o.Label)
	}
	if typed == "" {
		return "", ""
	}
	return "", "看不懂，要写“" + strings.Join(labels, "”“") + "”之一；都对不上就不写，写进 old_answer"
}

// placed puts in the unit and the category that the directory and the table have. A
// unit that goes by no name or code there stays to be settled; a category that there
// is none is a fault, as nobody would look for it.
func (r *Register) placed(ctx context.Context, f oldFields, in Intake, usual string) (Intake, string, error) {
	listed, err := r.Units.Complainable(ctx)
	if err != nil {
		return in, "", err
	}
	if u, ok := listed.ByCode(in.Story.UnitSaid); ok {
		in.Story.Unit, in.Story.UnitSaid = u.Code, ""
	}
	in.Story.Category = usual
	typed := form.Line(f.Category)
	if typed == "" {
		return in, "", nil
	}
	all, err := r.Categories.All(ctx)
	if err != nil {
		return in, "", err
	}
	for _, c := range all {
		if typed == c.Code || typed == c.Title {
			in.Story.Category = c.Code
			return in, "", nil
		}
	}
	return in, "old_category：没有这一类，要写平台上的类别名称或者代码；对不上就不写", nil
}

// seen are the ids and old numbers of a file so far, with the line of each: an id
// that comes again with other words would be one complaint fewer without a word.
type seen struct {
	ids     map[string]seenLine
	numbers map[string]int
}

type seenLine struct {
	number int
	sum    [sha256.Size]byte
}

// again says what of a line has been used in the file before; a line that stands
// there twice does no harm.
func (s *seen) again(number int, in Intake) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []any{in.Story, in.Happened, in.Received, in.Old}))
	if was, ok := s.ids[in.Origin]; ok {
		if was.sum != sum {
			return fmt.Sprintf("id：第 %d 行已经用过，内容却不一样。一个 id 只能是一件", was.number)
		}
		return ""
	}
	if in.Old.Number != "" {
		if line, ok := s.numbers[in.Old.Number]; ok {
			return fmt.Sprintf("old_number：第 %d 行已经用过。%s", line, twoSystems)
		}
		s.numbers[in.Old.Number] = number
	}
	s.ids[in.Origin] = seenLine{number, sum}
	return ""
}

const twoSystems = "几个系统的编号撞了的，前面加上系统的名字"

// present says whether the id of a complaint came in before, and what keeps it from
// coming in beside what did.
func (r *Register) present(ctx context.Context, in Intake) (before bool, why string, err error) {
	type row struct{ Mine, Same bool }
	found, err := pg.All[row](ctx, r.Pool, `
		SELECT true AS mine, (m.title, c.facts, c.happened_at, c.received_on, coalesce(o.number, ''), o.closed_on, o.finding, o.decision, coalesce(o.answer, ''))
			IS NOT DISTINCT FROM (@title, @facts, @happened::timestamptz, @received::date, @old_number, @old_closed::date, @old_finding, @old_decision, @old_answer) AS same
		FROM complaint c JOIN matter m ON m.id = c.matter_id LEFT JOIN old_record o ON o.matter_id = c.matter_id
		WHERE c.origin = @origin AND c.origin <> ''
		UNION ALL SELECT false, false FROM old_record WHERE number = @old_number AND number <> ''
		ORDER BY mine DESC LIMIT 1`,
		pg.Args{"origin": in.Origin, "title": in.Story.Title, "facts": in.Story.Facts, "happened": nullable(in.Happened), "received": dayOrNull(in.Received),
			"old_number": in.Old.Number, "old_closed": dayOrNull(in.Old.Closed), "old_finding": nullable(in.Old.Finding),
			"old_decision": nullable(in.Old.Decision), "old_answer": in.Old.Answer})
	switch {
	case err != nil:
		return false, "", fmt.Errorf("import: %w", err)
	case len(found) == 0:
		return false, "", nil
	case !found[0].Mine:
		return false, "old_number：以前导入的另一件已经用过。" + twoSystems, nil
	case !found[0].Same:
		return true, "id：以前已经导入，内容和这一次的不一样。原来的留着，没有改动", nil
	}
	return true, "", nil
}
