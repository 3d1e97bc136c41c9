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
	"zhengxin/internal/form"
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
	Plain       string // as people say it; empty for those that come seldom
	PlainSort   int
	WayOut      string   // what other way is open to whoever has such a matter
	Said        []string // other words for it
	Current     bool     // may be chosen today
}

// Directory is the categories, kept for a short time.
type Directory struct {
	Pool *pgxpool.Pool
	Now  func() time.Time

	once sync.Once
	kept kept.Value[lists]
}

type lists struct{ ever, current []Category }

// All are the categories in force today, in their order.
func (c *Directory) All(ctx context.Context) ([]Category, error) {
	l, err := c.lists(ctx)
	return l.current, err
}

// Ever are those too that were in force once, in the same order.
func (c *Directory) Ever(ctx context.Context) ([]Category, error) {
	l, err := c.lists(ctx)
	return l.ever, err
}

func (c *Directory) lists(ctx context.Context) (lists, error) {
	c.once.Do(func() { c.kept.Life, c.kept.Now, c.kept.Read = time.Minute, c.Now, c.read })
	return c.kept.Get(ctx)
}

func (c *Directory) read(ctx context.Context) (lists, error) {
	all, err := pg.All[Category](ctx, c.Pool, `
		SELECT c.code, c.title, c.description, c.basis, c.evidence, g.title AS "group", c.plain, c.plain_sort, c.way_out,
			ARRAY(SELECT s.said FROM synonym s WHERE s.purpose = 'category' AND s.means = c.code ORDER BY s.said) AS said,
			coalesce(c.valid_to >= @today::date, true) AS current
		FROM category c JOIN category_group g ON g.code = c.group_code
		WHERE c.valid_from <= @today::date
		ORDER BY c.sort, c.code`, pg.Args{"today": clock.On(c.Now()).String()})
	if err != nil {
		return lists{}, fmt.Errorf("categories: %w", err)
	}
	l := lists{ever: all}
	for _, one := range all {
		if one.Current {
			l.current = append(l.current, one)
		}
	}
	return l, nil
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

// Plain are those that people have a sentence for, what comes most first.
func Plain(all []Category) []Category {
	var out []Category
	for _, c := range all {
		if c.Plain != "" {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Category) int { return a.PlainSort - b.PlainSort })
	return out
}

// longest is how many characters of what somebody typed are compared with every table of
// words: whoever looks for a category writes a few.
const longest = 120

// Fits says how well a category fits what somebody typed, 0 best: a word that people
// have for it, the words of the table, and at last two neighbouring characters of them
// (people write 工程款 where the law says 货物工程服务款).
func (c Category) Fits(typed string) (rank int, ok bool) {
	typed = form.Together(typed)
	runes := []rune(typed)
	if len(runes) == 0 || len(runes) > longest {
		return 0, false
	}
	for _, said := range c.Said {
		said = form.Together(said)
		if strings.Contains(typed, said) || len(runes) > 1 && strings.Contains(said, typed) {
			return 0, true
		}
	}
	if c.mentions(typed) {
		return 1, true
	}
	for i := range len(runes) - 1 {
		if c.mentions(string(runes[i : i+2])) {
			return 2, true
		}
	}
	return 0, false
}

func (c Category) mentions(text string) bool {
	for _, where := range []string{c.Title, c.Plain, c.Description, c.Evidence, c.Basis} {
		if strings.Contains(form.Together(where), text) {
			return true
		}
	}
	return false
}

// Fitting are the categories that fit, best first; those that share two characters
// only where none does better.
func Fitting(all []Category, typed string) []Category {
	var byRank [3][]Category
	for _, c := range all {
		if rank, ok := c.Fits(typed); ok {
			byRank[rank] = append(byRank[rank], c)
		}
	}
	if found := append(byRank[0], byRank[1]...); len(found) > 0 {
		return found
	}
	return byRank[2]
}
