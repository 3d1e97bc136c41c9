package backup

import (
	"context"
	"time"

	"zhengxin/internal/pg"
)

// State is what the desk is told about the backups by schedule.
type State struct {
	MadeAt       *time.Time // nil: never
	FailingSince *time.Time // nil: it works
}

// ReadState reads it with the desk's rights.
func ReadState(ctx context.Context, q pg.Queryer) (State, error) {
	return pg.One[State](ctx, q, `SELECT made_at, failing_since FROM backup_state`, nil)
}

// Overdue says that the last one is older than it may be.
func (s State) Overdue(now time.Time) bool {
	return s.MadeAt == nil || now.Sub(*s.MadeAt) > overdue
}

// note keeps for the desk what became of a try: the first failure since it
// worked, or that it works. It writes only where something changes.
func (k *Keeper) note(ctx context.Context, made, failed bool) {
	pool, err := pg.Open(ctx, k.URL, pg.Options{AppName: "zhengxin backup", MaxConns: 1})
	if err == nil {
		defer pool.Close()
		_, err = pg.Exec(ctx, pool, `
			UPDATE backup_state SET
				made_at = CASE WHEN @made THEN @at ELSE made_at END,
				failing_since = CASE WHEN @failed THEN coalesce(failing_since, @at) END
			WHERE @made OR @failed <> (failing_since IS NOT NULL)`,
			pg.Args{"made": made, "failed": failed, "at": k.Now()})
	}
	if err != nil && ctx.Err() == nil {
		k.Log.Error("没有记下备份的情况", "cause", err)
	}
}
