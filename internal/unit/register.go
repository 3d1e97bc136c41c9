package unit

import (
	"context"
	"fmt"
	"sync"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

const columns = `code, name, alias,
	ARRAY(SELECT replace(name, s.means, s.said) FROM synonym s WHERE s.purpose = 'unit' AND position(s.means IN name) > 0 ORDER BY s.said) AS former, kind, coalesce(parent, '') AS parent, coalesce(uscc, '') AS uscc, complainable, handles,
	confirmed, document_prefix AS prefix, mailbox, valid_from AS "from", valid_to AS until, valid_from <= @today::date AND coalesce(valid_to >= @today::date, true) AS current, coalesce(successor, '') AS successor`

// Read is the directory as it stands, in the order of its codes.
func Read(ctx context.Context, q pg.Queryer, now time.Time) (List, error) {
	units, err := pg.All[Unit](ctx, q, `SELECT `+columns+` FROM unit ORDER BY code COLLATE "C"`,
		pg.Args{"today": clock.On(now).String()})
	if err != nil {
		return nil, fmt.Errorf("units: %w", err)
	}
	return units, nil
}

// life is how long a directory serves before it is read again; in the whole
// county a few dozen rows change a few times a year.
const life = 15 * time.Second

// Directory keeps the list in memory for a short time, so that pages ask the
// database nothing.
type Directory struct {
	Pool pg.Queryer
	Now  func() time.Time

	once sync.Once
	kept kept.Value[List]
}

// All is the whole directory, at most twice its life old.
func (d *Directory) All(ctx context.Context) (List, error) {
	d.once.Do(func() { d.kept.Life, d.kept.Now, d.kept.Read = life, d.Now, d.read })
	return d.kept.Get(ctx)
}

func (d *Directory) read(ctx context.Context) (List, error) { return Read(ctx, d.Pool, d.Now()) }

// Forget makes the next caller read anew, after a change by this process.
func (d *Directory) Forget() { d.kept.Forget() }

// ByCode finds a unit by its code; false when there is none.
func (d *Directory) ByCode(ctx context.Context, code string) (Unit, bool, error) {
	all, err := d.All(ctx)
	u, ok := all.ByCode(code)
	return u, ok, err
}

// Complainable are the units that a complaint filed today may name.
func (d *Directory) Complainable(ctx context.Context) (List, error) {
	all, err := d.All(ctx)
	return all.Complainable(), err
}

// Handling are the units that work may be dispatched to today.
func (d *Directory) Handling(ctx context.Context) (List, error) {
	all, err := d.All(ctx)
	return all.Handling(), err
}

// Tree is the directory of today as a tree.
func (d *Directory) Tree(ctx context.Context) ([]Node, error) {
	all, err := d.All(ctx)
	return all.only(func(u Unit) bool { return u.Current }).Tree(), err
}

// Search finds units that a complaint may name; see List.Search.
func (d *Directory) Search(ctx context.Context, text string) ([]Unit, error) {
	complainable, err := d.Complainable(ctx)
	return complainable.Search(text), err
}

// Line is the codes of a unit and of every unit above it, itself first.
func (d *Directory) Line(ctx context.Context, code string) ([]string, error) {
	all, err := d.All(ctx)
	return all.Line(code), err
}
