// Package worker does the office's background work: it indexes texts, sends
// letters and sweeps away what has run out, by River's queues in PostgreSQL.
// Any number may run beside each other.
package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
)

// Config is what a worker needs.
type Config struct {
	Pool *pgxpool.Pool // the worker's role
	Post *letter.Post
	Now  func() time.Time
	// Texts are where the words stand that searches find, of every kind of matter.
	Texts search.Kinds
	Log   *slog.Logger // what became of jobs: kinds, ids and codes
	// QueueLog is River's own, at warnings and worse.
	QueueLog *slog.Logger
	// Ends are what else ends by its date, each idempotent; errors are codes only.
	Ends []func(context.Context) error
}

// Worker works the queues default and mail until it is stopped.
type Worker struct{ client *river.Client[pgx.Tx] }

// mailQueue has its own hands, so that a slow mail server delays letters alone.
const mailQueue = "mail"

// Texts wait together for a batch, which one connection writes; so their number
// costs little. The pool has a connection for each letter beside that.
const (
	defaultHands = 64
	mailHands    = 3
)

// Start begins to work. The context is for starting alone: what ends a worker
// is Stop, which lets jobs under way finish.
func Start(ctx context.Context, c Config) (*Worker, error) {
	client, err := river.NewClient(riverpgxv5.New(c.Pool), &river.Config{
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: defaultHands, FetchCooldown: 20 * time.Millisecond},
			mailQueue:          {MaxWorkers: mailHands},
		},
		Workers:      c.workers(),
		PeriodicJobs: periodic(),
		Middleware:   []rivertype.Middleware{&discretion{log: c.Log}},
		Logger:       c.QueueLog,
		// NOTIFY is everybody's: no right of PostgreSQL keeps the portal's role from
		// sending River's own topics, on one of which all queues can be paused. So
		// nothing is listened to. Jobs are found as quickly: enqueue wakes nobody up.
		PollOnly: true,
		// A job that only a newer version knows waits for it.
		FetchOnlyKnownKinds: true,
		// What a worker that was killed had begun, the next one takes over soon: no
		// job runs longer than a minute.
		RescueStuckJobsAfter: 5 * time.Minute,
		// Rebuilding indexes is the owner's, which the worker is not.
		ReindexerSchedule: river.NeverSchedule(),
	})
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("worker: %w", pg.Safe(err))
	}
	return &Worker{client}, nil
}

// stopPatience is how long jobs under way may take at the end; what is broken
// off then is tried again by the next worker.
const stopPatience = 10 * time.Second

// Stop takes no more jobs, waits for those under way and then ends them.
func (w *Worker) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	err := w.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = w.client.StopAndCancel(context.Background())
	}
	return err
}
