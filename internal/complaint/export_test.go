package complaint

import (
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// ListSQL is the statement of List, for tests that look at its plan.
func ListSQL(scope staff.Scope, f Filter, after Cursor, now time.Time) (string, pg.Args) {
	q := newQuery(f, scope, now, "f_")
	return q.list(after, scope), scope.With(q.args)
}
