package worker

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"zhengxin/internal/expiry"
	"zhengxin/internal/letter"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
)

// Jobs carry ids and nothing else. The SQL function enqueue adds the first four,
// in the transaction that gives reason to them; a test holds it to these types.
type (
	// IndexText writes the search text of a matter.
	IndexText struct {
		Matter int64 `json:"matter"`
	}
	// SendLetter sends a letter, named by its message id.
	SendLetter struct {
		Letter string `json:"letter"`
	}
	// SendLogin sends a deputy the link that they asked for.
	SendLogin struct {
		Login string `json:"login"`
	}
	// SendTest sends a test letter.
	SendTest struct {
		Test int64 `json:"test"`
	}
	// Sweep removes what has run out.
	Sweep struct{}
)

// Kind is the job's name in the queue.
func (IndexText) Kind() string { return "index_text" }

// Kind is the job's name in the queue.
func (SendLetter) Kind() string { return "send_letter" }

// InsertOpts names its queue.
func (SendLetter) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: mailQueue} }

// Kind is the job's name in the queue.
func (SendLogin) Kind() string { return "send_login" }

// InsertOpts names its queue.
func (SendLogin) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: mailQueue} }

// Kind is the job's name in the queue.
func (SendTest) Kind() string { return "send_test" }

// InsertOpts names its queue.
func (SendTest) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: mailQueue} }

// Kind is the job's name in the queue.
func (Sweep) Kind() string { return "sweep" }

// workers is the list of everything that is done; a new kind of job is a line
// here, and one in enqueue where a process other than this one asks for it.
func (c Config) workers() *river.Workers {
	all := river.NewWorkers()
	river.AddWorker(all, &indexing{texts: &search.Indexer{Pool: c.Pool, Kinds: c.Texts}})
	river.AddWorker(all, &sending{post: c.Post, now: c.Now})
	river.AddWorker(all, &letting{post: c.Post})
	river.AddWorker(all, &trying{post: c.Post})
	river.AddWorker(all, &sweeping{Config: c})
	return all
}

const sweepEvery = 5 * time.Minute

func periodic() []*river.PeriodicJob {
	sweep := func() (river.JobArgs, *river.InsertOpts) {
		return Sweep{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: sweepEvery}}
	}
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), sweep, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}

type indexing struct {
	river.WorkerDefaults[IndexText]
	texts *search.Indexer
}

// Work indexes one matter, with whichever others wait.
func (w *indexing) Work(ctx context.Context, job *river.Job[IndexText]) error {
	return w.texts.Index(ctx, job.Args.Matter)
}

type sending struct {
	river.WorkerDefaults[SendLetter]
	post *letter.Post
	now  func() time.Time
}

// Work makes one try, at its time.
func (w *sending) Work(ctx context.Context, job *river.Job[SendLetter]) error {
	err := w.post.Send(ctx, job.Args.Letter, job.Attempt >= job.MaxAttempts)
	var early letter.Early
	if errors.As(err, &early) {
		return river.JobSnooze(early.By)
	}
	return err
}

// longestPause keeps 25 tries within four days, as mail servers do: a letter
// that has not gone out by then is somebody's task.
const longestPause = 6 * time.Hour

// NextRetry lets the pauses grow: a second, a quarter of a minute, a minute and
// a half, four minutes, ten.
func (w *sending) NextRetry(job *river.Job[SendLetter]) time.Time {
	n := time.Duration(job.Attempt)
	return w.now().Add(min(n*n*n*n*time.Second, longestPause))
}

type letting struct {
	river.WorkerDefaults[SendLogin]
	post *letter.Post
}

// Work makes one try. Tries follow each other as River has them: the link is wanted now
// or not at all, and what is older than it lives is not sent.
func (w *letting) Work(ctx context.Context, job *river.Job[SendLogin]) error {
	return w.post.SendLogin(ctx, job.Args.Login)
}

type trying struct {
	river.WorkerDefaults[SendTest]
	post *letter.Post
}

// Work makes the one try.
func (w *trying) Work(ctx context.Context, job *river.Job[SendTest]) error {
	return w.post.SendTrial(ctx, job.Args.Test)
}

type sweeping struct {
	river.WorkerDefaults[Sweep]
	Config
}

// Work sweeps; what fails does not keep the rest from being done.
func (w *sweeping) Work(ctx context.Context, _ *river.Job[Sweep]) error {
	accounts := &staff.Register{Pool: w.Pool, Now: w.Now}
	faults := []error{expiry.Hold(ctx, w.Pool), expiry.Sweep(ctx, w.Pool, w.Now()), accounts.Sweep(ctx)}
	for _, end := range w.Ends {
		faults = append(faults, end(ctx))
	}
	return errors.Join(faults...)
}
