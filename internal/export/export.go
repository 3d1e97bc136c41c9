// Package export is the record of what leaves the house as a file: who took which list,
// when, what it was asked to hold, and how many matters it held. It stands on the
// daybook.
package export

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/binding"
	"zhengxin/internal/daybook"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Book keeps the record.
type Book struct {
	Pool    *pgxpool.Pool
	Daybook *daybook.Book // nil without office.key
	Now     func() time.Time
}

// Taking is somebody taking a list out.
type Taking struct {
	By    staff.Person
	Kind  string   // of the register's matters
	Asked string   // view and filters, as the address of the list has them
	Said  []string // the same in words: the view, then each filter
}

// How an export ended.
type How string

// The ways; the same words stand in the table `export_end`. The zero How is none: the
// process ended first, or it is still going on.
const (
	Whole  How = "whole"
	Limit  How = "limit"  // there were more matters than one export may have
	Broken How = "broken" // whoever took it went away, or something failed
)

// Begin writes down that a list is going to leave. It comes before the first byte:
// what cannot be written down does not go.
func (b Book) Begin(ctx context.Context, t Taking) (id int64, err error) {
	err = b.add(ctx, t.By.ID, "export", binding.Export, func(tx pgx.Tx) (int64, error) {
		id, err = pg.One[int64](ctx, tx, `
			INSERT INTO export (at, staff_id, role, kind, asked, said) VALUES (@at, @staff, @role, @kind, @asked, @said) RETURNING id`,
			pg.Args{"at": b.Now(), "staff": t.By.ID, "role": string(t.By.Role), "kind": t.Kind, "asked": t.Asked, "said": t.Said})
		return id, err
	})
	return id, err
}

// End writes down how many matters have left: of a broken export, how many at most.
func (b Book) End(ctx context.Context, by staff.Person, id int64, matters int, how How) error {
	return b.add(ctx, by.ID, "export_end", binding.ExportEnd, func(tx pgx.Tx) (int64, error) {
		_, err := pg.Exec(ctx, tx, `INSERT INTO export_end (export_id, at, matters, how) VALUES (@id, @at, @matters, @how)`,
			pg.Args{"id": id, "at": b.Now(), "matters": matters, "how": string(how)})
		return id, err
	})
}

func (b Book) add(ctx context.Context, by int64, action, part string, do func(tx pgx.Tx) (int64, error)) error {
	err := pg.Tx(ctx, b.Pool, func(tx pgx.Tx) error {
		return b.Daybook.Add(ctx, tx, daybook.Act{Action: action, By: by}, part, func() (int64, error) { return do(tx) })
	})
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	return nil
}

// Line is one export as the auditor reads of it.
type Line struct {
	ID      int64
	At      time.Time
	Name    string
	Login   string
	Role    staff.Role // then
	Kind    string
	Asked   string
	Said    []string
	Matters int
	How     How
}

// Lines are the exports, the newest first, before one when that is not 0.
func (b Book) Lines(ctx context.Context, before int64, limit int) ([]Line, error) {
	return pg.All[Line](ctx, b.Pool, `
		SELECT e.id, e.at, p.name, p.login, e.role, e.kind, e.asked, e.said, coalesce(d.matters, 0) AS matters, coalesce(d.how, '') AS how
		FROM export e JOIN staff p ON p.id = e.staff_id LEFT JOIN export_end d ON d.export_id = e.id
		WHERE @before = 0 OR e.id < @before ORDER BY e.id DESC LIMIT @limit`,
		pg.Args{"before": before, "limit": limit})
}
