package backup

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"zhengxin/internal/pg"
)

// State is what the desk is told about the backups by schedule.
type State struct {
	MadeAt       *time.Time // nil: never
	FailingSince *time.Time // nil: it works
	KeptAt       *time.Time // up to when the log is in the archive; nil: it is its operator's
	Apart        *bool      // whether backups lie on another disk than the data; nil: not known
}

// ReadState reads it with the desk's rights.
func ReadState(ctx context.Context, q pg.Queryer) (State, error) {
	return pg.One[State](ctx, q, `SELECT made_at, failing_since, kept_at, apart FROM backup_state`, nil)
}

// Overdue says that the last one is older than it may be.
func (s State) Overdue(now time.Time) bool {
	return s.MadeAt == nil || now.Sub(*s.MadeAt) > overdue
}

// Behind says that pieces of the log lie about longer than they may.
func (s State) Behind(now time.Time) bool { return s.KeptAt != nil && now.Sub(*s.KeptAt) > behind }

// Alarm is what the desk says where something is wrong, empty where nothing is.
func (s State) Alarm(now time.Time) string {
	switch {
	case s.FailingSince != nil:
		return "自动备份做不成"
	case s.Overdue(now):
		return fmt.Sprintf("已经 %d 小时没有自动备份", int(overdue.Hours()))
	case s.Behind(now):
		return "日志段没有存下来"
	}
	return ""
}

// Drill is a restore that was practised.
type Drill struct {
	At     time.Time
	MadeAt *time.Time // when the backup was made; nil: a base with its log
	Wrong  int
	Whole  bool // everything was as it should be
}

// DrillEvery is how often restoring is to be practised: once a quarter, as offices plan.
const DrillEvery = 92 * 24 * time.Hour

// NoteDrill notes one, as the owner.
func NoteDrill(ctx context.Context, q pg.Queryer, made time.Time, wrong int, whole bool, now time.Time) error {
	_, err := pg.Exec(ctx, q, `INSERT INTO drill_run (at, made_at, wrong, whole) VALUES (@at, @made, @wrong, @whole)`,
		pg.Args{"at": now, "made": some(made), "wrong": wrong, "whole": whole})
	return err
}

func some(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// LastDrill is the newest, nil where there was none.
func LastDrill(ctx context.Context, q pg.Queryer) (*Drill, error) {
	d, err := pg.One[Drill](ctx, q, `SELECT at, made_at, wrong, whole FROM drill_run ORDER BY id DESC LIMIT 1`, nil)
	if pg.IsNoRows(err) {
		return nil, nil
	}
	return &d, err
}

// outcome is what became of a try.
type outcome struct {
	made, failed bool
	kept         bool // every piece of the log that there was
}

// note keeps for the desk what became of a try: the first failure since it
// worked, or that it works. It writes only where something changes.
func (k *Keeper) note(ctx context.Context, o outcome) {
	pool, err := pg.Open(ctx, k.URL, pg.Options{AppName: "zhengxin backup", MaxConns: 1})
	if err == nil {
		defer pool.Close()
		_, err = pg.Exec(ctx, pool, `
			UPDATE backup_state SET
				made_at = CASE WHEN @made THEN @at ELSE made_at END,
				failing_since = CASE WHEN @failed THEN coalesce(failing_since, @at) END,
				kept_at = CASE WHEN @kept THEN @at ELSE kept_at END, apart = @apart
			WHERE @made OR @kept OR @failed <> (failing_since IS NOT NULL)`,
			pg.Args{"made": o.made, "failed": o.failed, "kept": o.kept, "at": k.Now(), "apart": k.apart()})
	}
	if err != nil && ctx.Err() == nil {
		k.Log.Error("没有记下备份的情况", "cause", err)
	}
}

// apart says whether backups lie on another disk than the private server's data: on the
// same they burn with the office. Where the server is not ours nobody here knows.
func (k *Keeper) apart() *bool {
	if k.Server == nil {
		return nil
	}
	waiting, err := k.Server.Archive()
	if err != nil {
		return nil
	}
	var here, there syscall.Stat_t
	if syscall.Stat(waiting, &here) != nil || syscall.Stat(k.Dir, &there) != nil {
		return nil
	}
	apart := here.Dev != there.Dev
	return &apart
}
