package member

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Term is a session of a congress or committee, with those whom the roster has of it. It
// runs out for all of them on one day, which is known beforehand; who left earlier keeps
// their own.
type Term struct {
	Kind      Kind
	Session   string
	Members   int
	Early     int        // ended by themselves, each for a reason
	Unwritten int        // whose end nobody knows
	First     clock.Date // the day on which it runs out, as written of the others; zero where of none
	Last      clock.Date // another where it is not the same of all
	From      clock.Date // the first day of whoever came last of these
}

// Name is the term as people call it: 第十六届人大代表.
func (t Term) Name() string { return t.Session + t.Kind.Word() }

const termSQL = `
	SELECT kind, congress_session AS session, count(*) AS members, count(*) FILTER (WHERE ended_why <> '') AS early,
		count(*) FILTER (WHERE valid_to IS NULL) AS unwritten, min(valid_to) FILTER (WHERE ended_why = '') AS first,
		max(valid_to) FILTER (WHERE ended_why = '') AS last, max(valid_from) FILTER (WHERE ended_why = '') AS "from"
	FROM member WHERE congress_session <> '' GROUP BY kind, congress_session ORDER BY max(id) DESC`

// Terms are all terms of the roster, the one that was added to last first.
func (r *Roster) Terms(ctx context.Context) ([]Term, error) { return terms(ctx, r.Pool) }

func terms(ctx context.Context, q pg.Queryer) ([]Term, error) {
	all, err := pg.All[Term](ctx, q, termSQL, nil)
	if err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}
	return all, nil
}

// End is the last day of a term, and why.
type End struct {
	Until clock.Date
	Why   string // empty where the term runs out
	Sure  bool   // what is odd of the day was asked, and answered
}

// longestWhy is what the reason of an end may have.
const longestWhy = 200

// odd says what is wrong with the last day of a term, or asks about it. was is its last day
// until now.
func (e End) odd(from, was, today clock.Date) (faults []fault.Field) {
	ask := func(sentence string) {
		if !e.Sure {
			faults = append(faults, fault.Field{Name: "until", Sentence: sentence, Readings: []fault.Reading{{Value: e.Until.String(), Words: "就是" + e.Until.Long()}}})
		}
	}
	switch {
	case e.Until.Before(from):
		return []fault.Field{{Name: "until", Sentence: "最后一天不能早于任期的第一天，名册里写的是" + from.Long()}}
	case e.Until.Before(today) && e.Why == "":
		ask(e.Until.Long() + "已经过去，记下以后账号马上关上。请核对")
	case !was.IsZero() && was.Before(today) && !e.Until.Before(today):
		ask("名册里写的是到" + was.Long() + "，已经过了。改到" + e.Until.Long() + "，关上的账号又能登录。请核对")
	}
	return faults
}

// End ends the term of one. What was signed under it stays.
func (r *Roster) End(ctx context.Context, by int64, was Member, e End) error {
	if e.Why = form.Line(e.Why); e.Why != "" {
		said := form.LineFault(e.Why)
		if said == "" {
			said = form.TooLong(e.Why, longestWhy)
		}
		if said != "" {
			return fault.Fields([]fault.Field{{Name: "why", Sentence: said}})
		}
	}
	if faults := e.odd(was.From, was.Until, clock.On(r.Now())); len(faults) > 0 {
		return fault.Fields(faults)
	}
	return r.change(ctx, by, "end_member", was, func(tx pgx.Tx) error {
		_, err := pg.Exec(ctx, tx, `UPDATE member SET valid_to = @until, ended_why = @why WHERE id = @id`, pg.Args{"id": was.ID, "until": e.Until, "why": e.Why})
		return err
	})
}

// RunOut writes the day on which a term runs out, for all of it who did not leave earlier;
// was is what its form showed.
func (r *Roster) RunOut(ctx context.Context, by int64, was Term, e End) (n int64, err error) {
	e.Why = ""
	err = r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "end_term", By: by}, func(tx pgx.Tx) error {
		now, err := terms(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range now {
			if t == was {
				return r.runOut(ctx, tx, t, e, &n)
			}
		}
		return fault.New(fault.Conflict, "没有办：这一届的名册刚才有人改过，和您看到的不一样了。请看过再办。")
	})
	return n, err
}

func (r *Roster) runOut(ctx context.Context, tx pgx.Tx, t Term, e End, n *int64) (err error) {
	if faults := e.odd(t.From, t.Last, clock.On(r.Now())); len(faults) > 0 {
		return fault.Fields(faults)
	}
	if t.Early == t.Members {
		return fault.Fields([]fault.Field{{Name: "term", Sentence: "这一届的人都已经提前终止，没有要写的"}})
	}
	*n, err = pg.Exec(ctx, tx, `UPDATE member SET valid_to = @until WHERE kind = @kind AND congress_session = @session AND ended_why = ''`,
		pg.Args{"kind": string(t.Kind), "session": t.Session, "until": e.Until})
	return err
}
