package complaint

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Reopened is where a complaint is whose promise was not kept: with the unit that promised.
const Reopened workflow.State = "reopened"

// promising is where a complaint stands while something is promised: by its answer, or by
// an agreement. Broken where it is at rest, it comes back by itself. What an agreement
// promises was said yes to by whoever complains: it ends with the agreement alone (条例 33).
var promising = promise.Course{
	Open: []workflow.State{Accepted, Dispatched, Objected, Handling, ResultSubmitted, UnderReview, ReviewRequested, RecheckRequested},
	Rest: []workflow.State{Replied, Rated, Closed, Rechecked, Settled}, Bound: []workflow.State{Settled}, Reopened: Reopened, To: staff.Complainant.Title(), Letter: letter.ToComplainant,
}

// promisedMoves are what is done about promises, also by the complainant, who may say that
// one was not kept.
func promisedMoves() []workflow.Move {
	says := []workflow.Need{openWords("怎么没有办到", "请写怎么没有办到", 3000, openly), personal("note"), told("承办单位只知道您说没有办到，看不到您写的话")}
	return append(promising.Moves(), promising.Doubting(citizen, says)...)
}

// promiseNeeds ask for what an answer promises by a day, where it does.
var promiseNeeds = []workflow.Need{
	{Name: "promise", Label: "答应办到什么", Hint: "答应了日子的才写。到期提醒；到期没有办到的，投诉重新办理，计入公开的数字。投诉人看得到。", Kind: workflow.AskLine, Max: 200, Optional: true},
	{Name: "promised_on", Label: "哪一天以前办到", Kind: workflow.AskDate, Day: workflow.ToCome, Optional: true},
	{Name: "promise_anyway", Label: "写了日子，不记成承诺", Kind: workflow.AskChoice, Optional: true, Doubt: true,
		Options: []workflow.Option{{Value: "yes", Label: "是要求别人的，或者不是办到的日子，不用跟踪"}}},
}

// dated is a day by which something is to be done, in words: a date, or the end of a month or
// a year. within is so many days.
var (
	dated  = regexp.MustCompile(`(?:(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|底)|(\d{4})?年底)(?:\([^)]*\))?(?:以前|之前|前)`)
	within = regexp.MustCompile(`[\d一二三四五六七八九十百]+(?:个工作日|个月|日|天)(?:以内|之内|内)`)
)

// pledged is the first day by which an answer says that something is to be done; empty where
// it says none. A day that is over is told as what happened, and a number of days in the
// opinion is as a rule that of a contract: neither is a promise.
func pledged(a workflow.Answers, today clock.Date) string {
	for _, field := range []string{"demand", "opinion"} {
		text := strings.ReplaceAll(form.Folded(a.Get(field)), " ", "")
		for _, day := range dated.FindAllStringSubmatch(text, -1) {
			year, _ := strconv.Atoi(day[1] + day[4])
			month, _ := strconv.Atoi(day[2])
			on, _ := strconv.Atoi(day[3])
			if day[2] == "" {
				month = 12
			}
			if on == 0 {
				on = 28 // of whichever month its end has come
			}
			if year == 0 || clock.NewDate(year, time.Month(month), on).After(today) {
				return day[0]
			}
		}
		if days := within.FindString(text); field == "demand" && days != "" {
			return days
		}
	}
	return ""
}

// checkAnswer holds an answer against what it needs together: a basis, and with what is
// promised the day. A day that it names and does not promise is asked about: what people read
// in an answer as promised is followed, or somebody says that it is none.
func checkAnswer(a workflow.Answers, now time.Time) []fault.Field {
	var faults []fault.Field
	said, on := !form.Wordless(form.Line(a.Get("promise"))), !a.DateBoxes("promised_on").Empty()
	day := pledged(a, clock.On(now))
	switch {
	case said && !on:
		faults = append(faults, fault.Field{Name: "promised_on", Sentence: "请写答应在哪一天以前办到"})
	case on && !said:
		faults = append(faults, fault.Field{Name: "promise", Sentence: "请写答应办到什么"})
	case day != "" && !said && a.Get("promise_anyway") != "yes":
		faults = append(faults, fault.Field{Name: "promise_anyway", Sentence: "写了“" + day + "”。是答应办到的，请写在上面“答应办到什么”里，平台到时候提醒；不是的，请选下面一项"})
	}
	return faults
}

// keepPromise keeps what a draft would promise.
func keepPromise(s *workflow.Step, a workflow.Answers) {
	if on := a.Date(s.Move.Need("promised_on"), s.At); !on.IsZero() {
		keepLine(s, 1, promise.Given{What: form.Line(a.Get("promise")), On: on})
	}
}

func keepLine(s *workflow.Step, no int, g promise.Given) {
	s.Queue(`INSERT INTO promise_line (matter_id, seq, no, what, due_on) VALUES (@id, @seq, @no, @what, @on)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": no, "what": g.What, "on": g.On})
}

// linesSQL are the columns of what a draft of an answer a would promise.
const linesSQL = `coalesce((SELECT l.what FROM promise_line l WHERE l.matter_id = a.matter_id AND l.seq = a.seq), '') AS promise,
	(SELECT l.due_on FROM promise_line l WHERE l.matter_id = a.matter_id AND l.seq = a.seq) AS promised_on`

// overdue says of a draft whose promise is for a day that has come that it can go on no more.
func (d Draft) overdue(today clock.Date) error {
	if d.PromisedOn.IsZero() || d.PromisedOn.After(today) {
		return nil
	}
	return fault.New(fault.Forbidden, "答复里答应%s以前办到，已经到了。请退回，改了日子再送。", d.PromisedOn.Long())
}

// promiseOf makes a promise of what an answer that goes out promises. It takes the place of
// what the answer before promised; where it promises nothing, that still holds: what somebody
// was told is not taken back by saying nothing of it.
func promiseOf(ctx context.Context, s *workflow.Step, draft Draft) error {
	if draft.PromisedOn.IsZero() {
		return nil
	}
	return promise.Make(ctx, s, []promise.Given{{No: promise.Answered, What: draft.Promise, On: draft.PromisedOn}})
}

// endPromises ends what is promised with the complaint.
func endPromises(why string) register.Effect {
	return func(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
		return promise.EndAll(ctx, s, 0, why)
	}
}

// following are several effects, one after the other.
func following(effects ...register.Effect) register.Effect {
	return func(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
		for _, effect := range effects {
			if err := effect(ctx, r, s, a); err != nil {
				return err
			}
		}
		return nil
	}
}
