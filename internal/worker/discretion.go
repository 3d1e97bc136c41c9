package worker

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
)

// discretion reduces the errors of jobs to codes before the queue keeps them in
// its table: a mail server's sentence quotes addresses, a panic anything.
type discretion struct {
	river.MiddlewareDefaults
	log *slog.Logger
}

// Work does the job and guards what is said about it.
func (d *discretion) Work(ctx context.Context, job *rivertype.JobRow, inner func(context.Context) error) (err error) {
	attrs := []any{"kind", job.Kind, "job", job.ID, "attempt", job.Attempt}
	defer func() {
		if recover() != nil { // its value may be anybody's
			d.log.ErrorContext(ctx, "job panicked", append(attrs, "stack", string(debug.Stack()))...)
			err = errors.New("panic")
		}
	}()
	err = inner(ctx)
	var snoozed *rivertype.JobSnoozeError
	if err == nil || errors.As(err, &snoozed) {
		return err
	}
	code, known := codeOf(err)
	attrs = append(attrs, "code", code)
	if !known {
		attrs = append(attrs, "error", pg.Safe(err).Error())
	}
	d.log.WarnContext(ctx, "job failed", attrs...)
	var cancelled *rivertype.JobCancelError
	if errors.As(err, &cancelled) {
		return river.JobCancel(errors.New(code))
	}
	return errors.New(code)
}

// codeOf is what may be kept of an error, and whether it says it all.
func codeOf(err error) (code string, known bool) {
	var unsent letter.Fault
	switch {
	case errors.As(err, &unsent):
		return "mail " + unsent.Code, true
	case pg.Code(err) != "":
		return "SQLSTATE " + pg.Code(err), false
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		return "interrupted", true
	default:
		return "internal", false
	}
}
