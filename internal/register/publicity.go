package register

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Publicity is how the matters of a register stand in public. Ends is the system's
// move once the term of what is published in a state has passed.
type Publicity struct {
	Kind    notice.Kind // of what is published; empty: nothing is
	Ends    workflow.Action
	Endless bool // it stands until it is taken down
}

// publicity reads what was published last of the matter.
func (q *Reading) publicity() {
	q.Queue(notice.OfSQL+This+` AND n.kind = @kind ORDER BY n.id DESC LIMIT 1`, pg.Args{"kind": string(q.kind.Publicity.Kind)}).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[notice.Record])
		if len(found) > 0 {
			q.d.Notice = &found[0]
		}
		return err
	})
}

// Publish puts the newest document of a kind up for its term: calendar months from the
// day of publication, the last day included; one that was taken down meanwhile, for
// what was left of it. The paper says how long, not how often. title is made of the
// name of the unit; also are lines that stand beside the paper.
func (r *Register) Publish(ctx context.Context, s *workflow.Step, kind document.Kind, months int, title func(unit string) string, also ...string) error {
	p, err := newest(ctx, s, kind)
	if err != nil {
		return err
	}
	said, err := document.Parse(p.Paper)
	if err != nil {
		return err
	}
	var until clock.Date
	if !r.Kind.Publicity.Endless {
		if until, err = r.shownUntil(ctx, s, months); err != nil {
			return err
		}
	}
	_, err = notice.PublishTx(ctx, s.Conn, notice.Publication{
		Kind: r.Kind.Publicity.Kind, Title: title(p.UnitName), Issuer: said.Issuer, Number: said.Number,
		Addressee: said.Addressee, Body: said.Body(), Paper: p.HTML, Document: p.ID, Also: strings.Join(also, "\n"), Matter: s.Matter.ID, Unit: s.Matter.Unit,
		At: s.At, Until: until,
	})
	return err
}

// shownUntil is the last day of a publication that runs for some months. One that was
// taken down goes on for the days that it had left.
func (r *Register) shownUntil(ctx context.Context, s *workflow.Step, months int) (clock.Date, error) {
	today := clock.On(s.At)
	left, err := pg.One[int](ctx, s.Conn, `
		SELECT coalesce(until - (taken_down_at AT TIME ZONE 'Asia/Shanghai')::date, 0) FROM notice
		WHERE matter_id = @id AND kind = @kind AND taken_down_at IS NOT NULL ORDER BY id DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "kind": string(r.Kind.Publicity.Kind)})
	switch {
	case err == nil:
		return today.AddDays(max(0, left)), nil
	case !pg.IsNoRows(err):
		return clock.Date{}, fmt.Errorf("publication before: %w", err)
	}
	return today.AddMonths(months), nil
}

// TakeDown ends the publication now, and publishes what corrects it, if anything does,
// until the day on which it would have ended; what is over, for a month. It is read
// whether or not it still stands: the worker may have come to its last day.
func (r *Register) TakeDown(ctx context.Context, s *workflow.Step, correction string, title func(unit string) string) error {
	type row struct {
		ID       int64
		Until    clock.Date
		Issuer   string
		UnitName string
		Down     bool
	}
	was, err := pg.One[row](ctx, s.Conn, `
		SELECT n.id, n.until, n.issuer, u.name AS unit_name, n.taken_down_at IS NOT NULL AS down
		FROM notice n JOIN unit u ON u.code = n.unit
		WHERE n.matter_id = @id AND n.kind = @kind ORDER BY n.id DESC LIMIT 1`, pg.Args{"id": s.Matter.ID, "kind": string(r.Kind.Publicity.Kind)})
	if err != nil {
		return fmt.Errorf("publication of a matter: %w", err)
	}
	if !was.Down {
		if err := notice.TakeDown(ctx, s.Conn, was.ID, s.At, s.Act.Note); err != nil {
			return err
		}
	}
	if correction == "" {
		return nil
	}
	until := was.Until
	if today := clock.On(s.At); until.Before(today) {
		until = today.AddMonths(1)
	}
	_, err = notice.PublishTx(ctx, s.Conn, notice.Publication{
		Kind: notice.Announcement, Title: title(was.UnitName), Issuer: was.Issuer, Body: correction,
		Matter: s.Matter.ID, Unit: s.Matter.Unit, At: s.At, Until: until,
	})
	return err
}

// EndPublicity ends the matters whose publicity is over. The public query has ended it
// by date already; this only writes it down, so that running late or twice does no
// harm. It drains everything that is due and says how many.
func (r *Register) EndPublicity(ctx context.Context) (int, error) {
	if r.Kind.Publicity.Ends == "" {
		return 0, nil
	}
	var from []string
	for _, state := range r.Kind.Law.Rows(r.Kind.Publicity.Ends)[0].From {
		from = append(from, string(state))
	}
	due, err := pg.All[string](ctx, r.Pool, `
		SELECT m.number FROM matter m
		WHERE m.kind = '`+string(r.Kind.Law.Kind)+`' AND m.state IN ('`+strings.Join(from, `', '`)+`') AND NOT EXISTS (
			SELECT 1 FROM notice n WHERE n.matter_id = m.id AND n.taken_down_at IS NULL AND n.until >= @today)
		ORDER BY m.id`, pg.Args{"today": clock.On(r.Engine.Now())})
	if err != nil {
		return 0, fmt.Errorf("publicity that is over: %w", err)
	}
	n := 0
	var faults []error
	for _, number := range due {
		_, err := r.Engine.Do(ctx, r.Kind.Law, workflow.Act{
			Number: number, Action: r.Kind.Publicity.Ends, By: workflow.Actor{Name: staff.System.Title(), Role: staff.System},
		}, nil)
		switch {
		case err == nil:
			n++
		case !fault.Is(err, fault.Conflict): // another worker was first
			faults = append(faults, fmt.Errorf("end publicity of %s: %w", number, err))
		}
	}
	return n, errors.Join(faults...)
}
