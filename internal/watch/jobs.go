package watch

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// The desk reads how the queue of jobs goes through functions that say nothing of what a job
// is about: its arguments name matters.

// JobCount is how many jobs of a kind are in a state.
type JobCount struct {
	Kind, State string
	N           int
	Oldest      time.Time
}

// Failing is a job that failed and is tried again, or was given up.
type Failing struct {
	ID                int64
	Kind, State       string
	Attempt, Attempts int
	NextAt            time.Time
	Code              string // as the worker keeps it
}

// JobCounts are those that wait, run, are tried again or were given up.
func JobCounts(ctx context.Context, q pg.Queryer) ([]JobCount, error) {
	return pg.All[JobCount](ctx, q, `SELECT kind, state, n::int AS n, oldest FROM job_counts() ORDER BY kind, state`, nil)
}

// FailingJobs are the newest that failed.
func FailingJobs(ctx context.Context, q pg.Queryer, limit int) ([]Failing, error) {
	return pg.All[Failing](ctx, q, `SELECT id, kind, state, attempt, attempts, next_at, code FROM job_failing(@limit)`, pg.Args{"limit": limit})
}

// Again tries a failed job now. What was done already does nothing a second time.
func Again(ctx context.Context, q pg.Queryer, id int64) error {
	done, err := pg.One[bool](ctx, q, `SELECT job_again(@id)`, pg.Args{"id": id})
	if err != nil {
		return fmt.Errorf("job again: %w", err)
	}
	if !done {
		return fault.New(fault.Conflict, "没有再做：它已经做好了、正在做，或者不能再做。")
	}
	return nil
}

// KindLabel is what jobs of a kind do.
func KindLabel(kind string) string {
	label, known := map[string]string{"index_text": "编入搜索", "send_letter": "发信", "send_login": "发代表委员、记者的登录链接", "send_test": "试信", "sweep": "定时的事（到期、清理、自查）"}[kind]
	if !known {
		return kind
	}
	return label
}

// StateLabel is a state of the queue.
func StateLabel(state string) string {
	return map[string]string{"available": "等着做", "running": "正在做", "retryable": "没做成，还会再做", "discarded": "没做成，不再做了"}[state]
}

// May says that the job may be tried again by hand: of its kind every repetition is harmless.
func (f Failing) May() bool {
	return f.Kind == "index_text" || f.Kind == "send_letter" || f.Kind == "sweep"
}

// Why is the class of the last error; what it was about stands in no queue.
func (f Failing) Why() string {
	switch code, sqlstate := strings.CutPrefix(f.Code, "SQLSTATE "); {
	case sqlstate:
		return "数据库没有做成（" + code + "）"
	case strings.HasPrefix(f.Code, "mail "):
		return "信没有发成，原因见“信件”"
	case f.Code == "interrupted":
		return "做到一半停了，或者太久没有做完"
	case f.Code == "panic":
		return "程序出错，请把运行日志交给维护的人"
	case f.Code == "":
		return "没有记下原因"
	}
	return "没有做成，原因写在平台的运行日志里"
}
