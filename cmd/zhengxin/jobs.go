package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"zhengxin/internal/expiry"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// jobs are the office's background work: what the worker needs for it, and the
// queue that hands it out.
type jobs struct {
	program *program
	pool    *pgxpool.Pool
	keys    *key.Office
	client  *river.Client[pgx.Tx]
}

// register is the list of everything that the worker does; a new kind of job
// is a line here, and one in the SQL function enqueue.
func (j *jobs) register() (*river.Workers, []*river.PeriodicJob) {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(j.sweep))
	return workers, []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), func() (river.JobArgs, *river.InsertOpts) {
			return sweepArgs{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: sweepEvery}}
		}, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}

const sweepEvery = 5 * time.Minute

type sweepArgs struct{}

// Kind is the job's name in the queue.
func (sweepArgs) Kind() string { return "sweep" }

// sweep removes what has run out.
func (j *jobs) sweep(ctx context.Context, _ *river.Job[sweepArgs]) error {
	accounts := &staff.Register{Pool: j.pool, Now: j.program.now}
	return errors.Join(expiry.Sweep(ctx, j.pool, j.program.now()), accounts.Sweep(ctx))
}

// startJobs begins to work the queues default and mail.
func (p *program) startJobs(ctx context.Context, pool *pgxpool.Pool, keys *key.Office) (*jobs, error) {
	j := &jobs{program: p, pool: pool, keys: keys}
	workers, periodic := j.register()
	var err error
	j.client, err = river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:       map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}, "mail": {MaxWorkers: 2}},
		Workers:      workers,
		PeriodicJobs: periodic,
		Middleware:   []rivertype.Middleware{&discretion{log: p.log}},
		Logger:       p.jobLog,
		// A job that only a newer version knows waits for it.
		FetchOnlyKnownKinds: true,
		// Rebuilding indexes is the owner's, which the worker is not.
		ReindexerSchedule: river.NeverSchedule(),
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	// Its own context: what ends it is stop, which lets jobs under way finish.
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("jobs: %w", pg.Safe(err))
	}
	return j, nil
}

// stopPatience is how long jobs under way may take at the end; what is broken
// off then is tried again by the next worker.
const stopPatience = 10 * time.Second

func (j *jobs) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	err := j.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = j.client.StopAndCancel(context.Background())
	}
	return err
}

// discretion reduces the errors of jobs to codes before the queue keeps them
// in its table: a mail server's sentence quotes addresses, a panic anything.
type discretion struct {
	river.MiddlewareDefaults
	log *slog.Logger
}

// coded is an error that knows what may be said of it.
type coded interface{ JobCode() string }

// Work does the job and guards what is said about it.
func (d *discretion) Work(ctx context.Context, job *rivertype.JobRow, inner func(context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			d.log.ErrorContext(ctx, "job panicked", "kind", job.Kind, "job", job.ID, "stack", string(debug.Stack()))
			err = errors.New("panic")
		}
	}()
	err = inner(ctx)
	var snooze *rivertype.JobSnoozeError
	if err == nil || errors.As(err, &snooze) {
		return err
	}
	code := "internal"
	if c := coded(nil); errors.As(err, &c) {
		code = c.JobCode()
	} else if state := pg.Code(err); state != "" {
		code = "SQLSTATE " + state
	}
	attrs := []any{"kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "code", code}
	if code != "internal" && pg.Code(err) == "" {
		d.log.WarnContext(ctx, "job failed", attrs...)
	} else {
		d.log.WarnContext(ctx, "job failed", append(attrs, "error", pg.Safe(err).Error())...)
	}
	var cancelled *rivertype.JobCancelError
	if errors.As(err, &cancelled) {
		return river.JobCancel(errors.New(code))
	}
	return errors.New(code)
}
