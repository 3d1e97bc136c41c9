// Package category is what kinds of dishonesty there are, each with its legal basis.
package category

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Category is one kind of dishonesty with its legal basis.
type Category struct {
	Code        string
	Title       string
	Description string
	Basis       string
	Evidence    string // what usually proves it
	Group       string // the heading it stands under
}

// Directory is the categories in force, kept for a short time.
type Directory struct {
	Pool *pgxpool.Pool
	Now  func() time.Time

	once sync.Once
	kept kept.Value[[]Category]
}

// All are the categories in force today, in their order.
func (c *Directory) All(ctx context.Context) ([]Category, error) {
	c.once.Do(func() { c.kept.Life, c.kept.Now, c.kept.Read = time.Minute, c.Now, c.read })
	return c.kept.Get(ctx)
}

func (c *Directory) read(ctx context.Context) ([]Category, error) {
	all, err := pg.All[Category](ctx, c.Pool, `
		SELECT c.code, c.title, c.description, c.basis, c.evidence, g.title AS "group"
		FROM category c JOIN category_group g ON g.code = c.group_code
		WHERE c.valid_from <= @today::date AND coalesce(c.valid_to >= @today::date, true)
		ORDER BY c.sort, c.code`, pg.Args{"today": clock.On(c.Now()).String()})
	if err != nil {
		return nil, fmt.Errorf("categories: %w", err)
	}
	return all, nil
}

// ByCode finds one; false when it is not in force.
func (c *Directory) ByCode(ctx context.Context, code string) (Category, bool, error) {
	all, err := c.All(ctx)
	if err != nil {
		return Category{}, false, err
	}
	for i := range all { // by its index: a list of matters asks this for every row
		if all[i].Code == code {
			return all[i], true, nil
		}
	}
	return Category{}, false, nil
}

// Unknown is the only choice while no category is in force: what it is about is
// then for the registrar to say, and nobody waits for a table.
const Unknown = "unknown"

// Offers says whether that code may be chosen today.
func (c *Directory) Offers(ctx context.Context, code string) (bool, error) {
	all, err := c.All(ctx)
	if code == Unknown {
		return len(all) == 0, err
	}
	return slices.ContainsFunc(all, func(one Category) bool { return one.Code == code }), err
}

// Mentions says whether a category has to do with what somebody typed.
func (c Category) Mentions(text string) bool {
	for _, where := range []string{c.Title, c.Description, c.Evidence, c.Basis} {
		if strings.Contains(where, text) {
			return true
		}
	}
	return false
}
