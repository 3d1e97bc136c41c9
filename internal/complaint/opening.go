package complaint

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"zhengxin/internal/alert"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/identity"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Opened is an identity that was just opened.
type Opened struct {
	Person identity.Person
	Reason string
	Done   workflow.Done
}

// OpenIdentity opens who complained: the reason is part of the event, the
// complainant reads it, and without the event there is no opening. One person
// opens a few an hour; an attempt beyond that is refused, and is itself kept and
// told to the auditor.
func (r *Register) OpenIdentity(ctx context.Context, o workflow.Order, opener identity.Opener) (Opened, error) {
	o.Action = OpenIdentity
	act, err := r.Act(ctx, o)
	if err != nil {
		return Opened{}, err
	}
	reason := cmp.Or(act.Words["public"], act.Note) // of what is sealed no reason is told
	asked := &opening{by: o.By.ID, reason: reason}
	if asked.dayOff, err = r.dayOff(ctx, r.Engine.Now()); err != nil {
		return Opened{}, err
	}
	done, err := r.Engine.Do(ctx, Law, act, asked.effect)
	if asked.beyond != nil {
		// The move is undone by now; the attempt stays, or the desk says so.
		if raised := alert.Raise(ctx, r.Pool, *asked.beyond); raised != nil {
			return Opened{}, raised
		}
	}
	if err != nil {
		return Opened{}, err
	}
	if done.Repeated {
		return Opened{}, fault.New(fault.Conflict, "这次打开已经看过了。还要看，请重新写理由再打开。")
	}
	person, err := identity.Open(opener, asked.number, asked.sealed)
	return Opened{person, reason, done}, err
}

// opening is one that is asked for.
type opening struct {
	by     int64
	reason string
	dayOff bool         // nobody works today
	sealed []byte       // what is to be opened
	number string       // to which it is sealed
	beyond *alert.Alert // it is beyond the budget
}

func (p *opening) effect(ctx context.Context, s *workflow.Step) (err error) {
	// A part has the identity of the whole that it was split off, sealed to that number.
	type row struct {
		Person []byte
		Number string
	}
	found, err := pg.One[row](ctx, s.Conn, `
		SELECT i.person, w.number FROM matter m JOIN matter w ON w.id = coalesce(m.follows, m.id) JOIN identity i ON i.matter_id = w.id WHERE m.id = @id`, pg.Args{"id": s.Matter.ID})
	if pg.IsNoRows(err) {
		return fault.New(fault.Forbidden, "投诉人没有留下身份信息。")
	}
	if err != nil {
		return err
	}
	p.sealed, p.number = found.Person, found.Number
	used, err := spentBy(ctx, s, p.reason)
	if err != nil {
		return err
	}
	raised := alert.Alert{At: s.At, Staff: p.by, Matter: s.Matter.ID}
	if until, most := used.until(); !until.IsZero() {
		raised.Kind, p.beyond = alert.OverBudget, &raised
		return fault.New(fault.Forbidden, "没有打开。%s，%s 以后才能再打开。急着用的，请另一位登记员或者督办员打开。这一次也已记下，审计员看得到。",
			most, clock.Local(until.Add(time.Minute)).Format("1月2日 15:04"))
	}
	s.Queue(`INSERT INTO identity_opening (matter_id, seq, opened_by, reason, opened_at) VALUES (@id, @seq, @by, @reason, @at)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": p.by, "reason": p.reason, "at": s.At})
	if used.SameReason {
		raised.Kind = alert.SameReason
		alert.Queue(raised, s.Queue)
	}
	if used.OffHours || p.dayOff {
		raised.Kind = alert.OffHours
		alert.Queue(raised, s.Queue)
	}
	return nil
}

// spent is what a person has used of the budget, with the opening that would
// fill it up still in it, and what is strange about one more.
type spent struct {
	PerHour, PerDay      int
	HourFull, DayFull    *time.Time // the opening that has to grow old first; nil while there is room
	SameReason, OffHours bool
}

// until is when the next one may be opened, and what is used up; zero when there
// is room.
func (s spent) until() (time.Time, string) {
	switch {
	case s.DayFull != nil:
		return s.DayFull.Add(24 * time.Hour), fmt.Sprintf("您 24 小时内已经打开了 %d 次身份，最多就是 %d 次", s.PerDay, s.PerDay)
	case s.HourFull != nil:
		return s.HourFull.Add(time.Hour), fmt.Sprintf("您 1 小时内已经打开了 %d 次身份，最多就是 %d 次", s.PerHour, s.PerHour)
	}
	return time.Time{}, ""
}

// spentBy counts under a lock on the person's account, so that fifteen at once
// are fifteen one after the other.
func spentBy(ctx context.Context, s *workflow.Step, reason string) (spent, error) {
	by := s.Act.By.StaffID
	if _, err := pg.One[int64](ctx, s.Conn, `SELECT id FROM staff WHERE id = @by FOR NO KEY UPDATE`, pg.Args{"by": by}); err != nil {
		return spent{}, fmt.Errorf("openings: %w", err)
	}
	used, err := pg.One[spent](ctx, s.Conn, `
		WITH o AS (SELECT opened_at, reason FROM identity_opening WHERE opened_by = @by AND opened_at > @at::timestamptz - interval '30 days')
		SELECT b.per_hour, b.per_day,
			(SELECT opened_at FROM o WHERE opened_at > @at - interval '1 hour' ORDER BY opened_at DESC OFFSET b.per_hour - 1 LIMIT 1) AS hour_full,
			(SELECT opened_at FROM o WHERE opened_at > @at - interval '1 day' ORDER BY opened_at DESC OFFSET b.per_day - 1 LIMIT 1) AS day_full,
			(SELECT count(*) FROM o WHERE regexp_replace(lower(o.reason), '[^[:alnum:]]', '', 'g') = regexp_replace(lower(@reason), '[^[:alnum:]]', '', 'g'))
				>= b.same_reason - 1 AS same_reason,
			(@at AT TIME ZONE 'Asia/Shanghai')::time NOT BETWEEN b.opens AND b.closes AS off_hours
		FROM opening_budget b WHERE b.valid_from <= (@at AT TIME ZONE 'Asia/Shanghai')::date ORDER BY b.valid_from DESC LIMIT 1`,
		pg.Args{"by": by, "at": s.At, "reason": reason})
	if err != nil {
		return spent{}, fmt.Errorf("openings: %w", err)
	}
	return used, nil
}

// dayOff says whether nobody works today.
func (r *Register) dayOff(ctx context.Context, now time.Time) (bool, error) {
	cal, err := r.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return false, err
	}
	return !cal.Working(clock.On(now)), nil
}

// Reasons are why identities were opened, by matter and event: of matters that whoever asks may
// read.
func Reasons(ctx context.Context, q pg.Queryer, matters []int64) (map[[2]int64]string, error) {
	type row struct {
		MatterID, Seq int64
		Reason        string
	}
	found, err := pg.All[row](ctx, q, `SELECT matter_id, seq, reason FROM identity_opening WHERE matter_id = ANY (@matters)`, pg.Args{"matters": matters})
	all := make(map[[2]int64]string, len(found))
	for _, r := range found {
		all[[2]int64{r.MatterID, r.Seq}] = r.Reason
	}
	return all, err
}
