package discipline

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// PageSize is how many cases a page of the list has.
const PageSize = 50

// Row is one case of a list.
type Row struct {
	ID        int64
	Number    string
	Title     string
	State     workflow.State
	UnitName  string
	OpenedAt  time.Time
	RectifyBy clock.Date
	Until     clock.Date // last day of its publicity; zero without one
}

// Cursor is a place in the list, newest first; the zero Cursor is its beginning.
type Cursor struct {
	At   int64 // microseconds, as the database counts them
	ID   int64
	Back bool // read towards the newer ones
}

// String is the cursor as an address carries it.
func (c Cursor) String() string {
	way := "n"
	if c.Back {
		way = "p"
	}
	return fmt.Sprintf("%s.%d.%d", way, c.At, c.ID)
}

// latest is the year 9999, beyond which no case was opened.
const latest = 253_402_300_799_000_000

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string) Cursor {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[0] != "n" && parts[0] != "p" {
		return Cursor{}
	}
	at, err1 := strconv.ParseInt(parts[1], 10, 64)
	id, err2 := strconv.ParseInt(parts[2], 10, 64)
	if err1 != nil || err2 != nil || at <= 0 || at > latest || id <= 0 {
		return Cursor{}
	}
	return Cursor{At: at, ID: id, Back: parts[0] == "p"}
}

// Page is one page of the list; cursors are zero where there is no more.
type Page struct {
	Rows []Row
	Prev Cursor
	Next Cursor
}

// List is a page of the cases that a scope lets through, the newest first; an
// empty state is all of them.
func (r *Register) List(ctx context.Context, scope staff.Scope, state workflow.State, from Cursor) (Page, error) {
	where, order := `m.kind = 'case' AND (`+scope.SQL+`)`, `m.opened_at DESC, m.id DESC`
	args := pg.Args{"limit": PageSize + 1}
	if state != "" {
		where += ` AND m.state = @state`
		args["state"] = string(state)
	}
	if from.ID != 0 {
		sign := `<`
		if from.Back {
			sign, order = `>`, `m.opened_at, m.id`
		}
		where += ` AND (m.opened_at, m.id) ` + sign + ` (@from_at::timestamptz, @from_id::bigint)`
		args["from_at"], args["from_id"] = time.UnixMicro(from.At), from.ID
	}
	rows, err := pg.All[Row](ctx, r.Pool, `
		SELECT m.id, m.number, m.title, m.state, coalesce(u.name, '') AS unit_name, m.opened_at, c.rectify_by,
			(SELECT n.until FROM notice n WHERE n.matter_id = m.id ORDER BY n.id DESC LIMIT 1) AS until
		FROM matter m JOIN discipline_case c ON c.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
		WHERE `+where+` ORDER BY `+order+` LIMIT @limit`, scope.With(args))
	if err != nil {
		return Page{}, fmt.Errorf("cases: %w", err)
	}
	more := len(rows) > PageSize
	rows = rows[:min(len(rows), PageSize)]
	if from.Back {
		slices.Reverse(rows)
	}
	p := Page{Rows: rows}
	if len(rows) == 0 {
		return p, nil
	}
	if first := rows[0]; from.ID != 0 && (more || !from.Back) {
		p.Prev = Cursor{first.OpenedAt.UnixMicro(), first.ID, true}
	}
	if last := rows[len(rows)-1]; more || from.Back {
		p.Next = Cursor{last.OpenedAt.UnixMicro(), last.ID, false}
	}
	return p, nil
}

// Counts are the cases of each state that a scope lets through; there are few
// enough to count.
func (r *Register) Counts(ctx context.Context, scope staff.Scope) (map[workflow.State]int, error) {
	type row struct {
		State workflow.State
		N     int
	}
	rows, err := pg.All[row](ctx, r.Pool, `
		SELECT m.state, count(*) AS n FROM matter m WHERE m.kind = 'case' AND (`+scope.SQL+`) GROUP BY m.state`, scope.With(pg.Args{}))
	if err != nil {
		return nil, fmt.Errorf("count cases: %w", err)
	}
	out := map[workflow.State]int{}
	for _, one := range rows {
		out[one.State] = one.N
	}
	return out, nil
}

// WaitingStates are the states in which a case waits for a role: those that
// the role has a button to move it out of.
func WaitingStates(role staff.Role) []workflow.State {
	var out []workflow.State
	for _, info := range Law.States {
		if slices.ContainsFunc(Law.Moves, func(m workflow.Move) bool {
			return !m.Hidden && m.To != info.State && slices.Contains(m.From, info.State) && slices.Contains(m.By, role) && m.Action != Drop
		}) {
			out = append(out, info.State)
		}
	}
	return out
}

// Waiting are the cases that wait for a person, the oldest first, at most a page.
func (r *Register) Waiting(ctx context.Context, by staff.Person) ([]Row, error) {
	scope := by.Scope()
	rows, err := pg.All[Row](ctx, r.Pool, `
		SELECT m.id, m.number, m.title, m.state, coalesce(u.name, '') AS unit_name, m.opened_at, c.rectify_by, NULL::date AS until
		FROM matter m JOIN discipline_case c ON c.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
		WHERE m.kind = 'case' AND m.state = ANY (@states::text[]) AND (`+scope.SQL+`)
		ORDER BY m.opened_at, m.id LIMIT @limit`,
		scope.With(pg.Args{"states": append([]workflow.State{}, WaitingStates(by.Role)...), "limit": PageSize}))
	if err != nil {
		return nil, fmt.Errorf("waiting cases: %w", err)
	}
	return rows, nil
}
