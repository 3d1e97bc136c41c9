package heads

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Compared is what was held against the database.
type Compared struct {
	Days      int    // lines that were kept
	Newest    string // the day of the last one
	Unchecked int    // lines signed with a key that is not here
	Broken    int
}

// head is how far a chain had come on a day.
type head struct {
	day  string
	seq  int64
	hash string
}

// comparison is a comparison under way.
type comparison struct {
	dir  string
	keys key.EventKeys
	tell func(sentence string)
	done Compared
	most line            // the day on which there was most
	far  map[string]head // the farthest that each chain had come, by its name
}

// Compare holds what the folder has kept against the database and says in a sentence
// each what is missing there or shorter than it was. A folder in which nothing was
// kept is no fault of the database: its Days are 0.
func Compare(ctx context.Context, tx pgx.Tx, dir string, keys key.EventKeys, tell func(sentence string)) (Compared, error) {
	all, err := readLines(dir)
	if err != nil || len(all) == 0 {
		return Compared{}, err
	}
	c := &comparison{dir: dir, keys: keys, tell: tell, far: map[string]head{}}
	newest := all[len(all)-1].day
	since := newest
	if day, err := time.Parse(time.DateOnly, newest); err == nil {
		since = day.AddDate(0, 0, -keptDays).Format(time.DateOnly)
	}
	before := ""
	for i, l := range all {
		// Where a clock went back, a day has two lines, and its list is of the later.
		again := slices.ContainsFunc(all[i+1:], func(o line) bool { return o.day == l.day })
		if err := c.line(l, before, l.day >= since && !again); err != nil {
			return c.done, fmt.Errorf("heads: %w", err)
		}
		before = l.mac
	}
	c.done.Days, c.done.Newest = len(all), newest
	if err := c.database(ctx, tx); err != nil {
		return c.done, fmt.Errorf("heads: %w", pg.Safe(err))
	}
	return c.done, nil
}

func (c *comparison) say(format string, args ...any) {
	c.done.Broken++
	c.tell(fmt.Sprintf(format, args...))
}

// line takes one day: what nobody of this office signed says nothing.
func (c *comparison) line(l line, before string, listed bool) error {
	switch k, ok := c.keys.Find(l.keyID); {
	case !ok && l.keyID != "" && !c.keys.Complete():
		c.done.Unchecked++
	case !ok || k.Holder() != key.HeldByOffice || !l.fits(k, before):
		c.say("每日清单里 %s 这一行和签写时不一致，被改过，或者前面少了一行。", l.day)
		return nil
	}
	if l.matters >= c.most.matters {
		c.most = l
	}
	if !listed {
		return nil
	}
	intact, err := readList(c.dir, l, func(name string, seq int64, hash string) {
		if seq >= c.far[name].seq {
			c.far[name] = head{l.day, seq, hash}
		}
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.say("%s 的每日清单不在了。", l.day)
	case err != nil:
		return err
	case !intact:
		c.say("%s 的每日清单和签写时不一致，被改过。", l.day)
	}
	return nil
}

func (l line) fits(k key.EventKey, before string) bool {
	signed := l
	signed.sign(k, before)
	return signed == l
}

// database holds what was kept against what is there: first the numbers, which
// reach as far back as there are lines, then each chain.
func (c *comparison) database(ctx context.Context, tx pgx.Tx) error {
	type row struct {
		Name string
		Seq  int64
		Hash []byte
	}
	rows, err := pg.All[row](ctx, tx, headsSQL, nil)
	if err != nil {
		return err
	}
	now := make(map[string]row, len(rows))
	var there line
	for _, r := range rows {
		now[r.Name] = r
		if r.Name != office {
			there.matters++
			there.events += r.Seq
		}
	}
	if there.matters < c.most.matters || there.events < c.most.events {
		c.say("%s 有 %d 件、%d 条记录，现在只有 %d 件、%d 条。", c.most.day, c.most.matters, c.most.events, there.matters, there.events)
	}
	var later []string // those that have moved since: their event of that day is asked for
	for _, name := range slices.Sorted(maps.Keys(c.far)) {
		was, r := c.far[name], now[name]
		switch {
		case r.Name == "":
			c.say("%s 不在了：%s 还有，到第 %d 条。", called(name), was.day, was.seq)
		case r.Seq < was.seq:
			c.say("%s 的末尾少了 %d 条：%s 已到第 %d 条。", called(name), was.seq-r.Seq, was.day, was.seq)
		case r.Seq == was.seq && short(r.Hash) != was.hash:
			c.exchanged(name)
		case r.Seq > was.seq:
			later = append(later, name)
		}
	}
	return c.events(ctx, tx, later)
}

func (c *comparison) exchanged(name string) {
	was := c.far[name]
	c.say("%s 第 %d 条被换过，和 %s 记下的不一样。", called(name), was.seq, was.day)
}

// atOnce bounds how many events are asked for together.
const atOnce = 5000

func (c *comparison) events(ctx context.Context, tx pgx.Tx, names []string) error {
	for some := range slices.Chunk(names, atOnce) {
		seqs := make([]int64, len(some))
		for i, name := range some {
			seqs[i] = c.far[name].seq
		}
		type row struct {
			Name string
			Hash []byte
		}
		rows, err := pg.All[row](ctx, tx, `
			SELECT a.name, e.hash FROM unnest(@names::text[], @seqs::bigint[]) AS a (name, seq)
				JOIN matter m ON m.number = a.name LEFT JOIN event e ON e.matter_id = m.id AND e.seq = a.seq
			UNION ALL SELECT a.name, d.hash FROM unnest(@names::text[], @seqs::bigint[]) AS a (name, seq) LEFT JOIN daybook d ON d.seq = a.seq
			WHERE a.name = 'office'`,
			pg.Args{"names": some, "seqs": seqs})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if short(r.Hash) != c.far[r.Name].hash {
				c.exchanged(r.Name)
			}
		}
	}
	return nil
}
