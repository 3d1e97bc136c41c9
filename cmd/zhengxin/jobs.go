package main

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/heads"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/stats"
	"zhengxin/internal/watch"
	"zhengxin/internal/worker"
	"zhengxin/internal/workflow"
)

// startJobs begins to work the queues, with the worker's own connections and
// the office's key file.
func (p *program) startJobs(ctx context.Context, pool *pgxpool.Pool, keys *key.Office) (*worker.Worker, error) {
	post, err := p.post(pool, keys)
	if err != nil {
		return nil, err
	}
	complaints := p.complaints(pool, clock.NewBook(pool, p.now), keys.EventKey(), keys.Codes(), keys)
	dates := &calendarWatch{program: p, engine: complaints.Engine}
	return worker.Start(ctx, worker.Config{
		Pool: pool, Post: post, Now: p.now, Texts: kinds.Texts(), Log: p.log, QueueLog: p.jobLog,
		Ends: []func(context.Context) error{
			p.beating(pool, watch.Timed, func(ctx context.Context) error {
				var faults []error
				for _, kind := range kinds.All() {
					_, ended := (&register.Register{Office: complaints.Office, Kind: kind}).EndPublicity(ctx)
					_, err := complaints.Engine.RunTimed(ctx, kind.Law)
					_, lapsed := complaints.Engine.LapseRights(ctx, kind.Law)
					faults = append(faults, ended, err, lapsed)
				}
				return errors.Join(faults...)
			}),
			p.beating(pool, watch.Calendar, dates.follow),
			p.beating(pool, watch.Follows, func(ctx context.Context) error {
				_, err := complaints.PutAsks(ctx)
				return err
			}),
			p.beating(pool, watch.Figures, func(ctx context.Context) error { return stats.Publish(ctx, pool, kinds.Figures(), p.now()) }),
			p.beating(pool, watch.Heads, func(ctx context.Context) error {
				return heads.Keep(ctx, pool, p.config.HeadsDir(), keys.EventKey(), p.now())
			}),
			p.beating(pool, watch.Nightly, func(ctx context.Context) error { return watch.Count(ctx, pool, kinds.Laws(), p.now()) }),
		},
	})
}

// beating has a job note when it was done, so that one which stands still is seen.
func (p *program) beating(pool *pgxpool.Pool, job watch.Job, do func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := do(ctx)
		return errors.Join(err, watch.Done(ctx, pool, job, p.now(), err != nil))
	}
}

// calendarWatch has the clocks follow the calendar, and says once a day what the
// calendar or the rules lack.
type calendarWatch struct {
	*program
	engine *workflow.Engine

	mu   sync.Mutex
	said clock.Date
}

// recountedInOneSweep leaves the other sweeps their time; the next goes on.
const recountedInOneSweep = 2000

// follow counts anew what a newer calendar has moved. It is idempotent, and
// finds also what another process has started over an older one.
func (w *calendarWatch) follow(ctx context.Context) error {
	done, err := w.engine.Recount(ctx, kinds.Laws(), recountedInOneSweep)
	if done.Moved+done.Confirmed > 0 {
		w.log.InfoContext(ctx, "clocks recounted", "matters_moved", done.Moved, "clocks_confirmed", done.Confirmed)
	}
	return errors.Join(err, w.warn(ctx))
}

func (w *calendarWatch) warn(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	today := clock.On(w.now())
	if w.said == today {
		return nil
	}
	table, err := w.engine.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	for _, year := range table.Calendar.Unsure(today) {
		_, known := table.Calendar.Status(year)
		w.log.WarnContext(ctx, "no official calendar", "year", year, "imported", known)
	}
	if lacking := table.Lacking(complaint.Law.Clocks(), today); len(lacking) > 0 {
		w.log.ErrorContext(ctx, "clock rules without a version in force", "rules", lacking)
	}
	w.said = today
	return nil
}

// post sends letters over the mail server of the settings, or keeps them.
func (p *program) post(pool *pgxpool.Pool, keys *key.Office) (*letter.Post, error) {
	server, err := letter.ParseServer(p.config.SMTPURL)
	if err != nil {
		return nil, err
	}
	settings := &setting.Book{Pool: pool, Now: p.now, Log: p.log}
	return &letter.Post{
		Pool: pool, Opener: keys, Server: server, From: p.config.MailFrom, Dir: p.config.MailDir(),
		Sites: letter.Sites{Portal: p.config.PortalURL, Admin: p.config.AdminURL},
		Desk:  func(ctx context.Context) string { return settings.Read(ctx).Mailbox }, Now: p.now,
	}, nil
}
