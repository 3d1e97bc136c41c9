package category

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Kept is a category as the office keeps it, with its newest version; 0 where it stands as it
// came with the program.
type Kept struct {
	Category
	GroupCode string
	Confirmed bool // somebody looked the basis up
	ValidFrom clock.Date
	ValidTo   clock.Date // its last day; zero while none is known
	Version   int
	By        string
	At        *time.Time
	Reason    string
}

// Group is a heading under which categories stand; its code is the first letter of theirs.
type Group struct{ Code, Title string }

// Book is all of it, for whoever keeps it.
type Book struct {
	Groups []Group
	All    []Kept
}

// ReadBook are all categories that there ever were, in their order.
func ReadBook(ctx context.Context, q pg.Queryer, today clock.Date) (b Book, err error) {
	b.All, err = pg.All[Kept](ctx, q, `
		SELECT c.code, c.title, c.description, c.basis, c.evidence, g.title AS "group", c.plain, c.plain_sort, c.way_out, '{}'::text[] AS said,
			coalesce(c.valid_to >= @today::date, true) AS current, c.group_code, c.basis_confirmed AS confirmed, c.valid_from, c.valid_to,
			coalesce(v.version, 0) AS version, coalesce(s.name, '') AS by, v.made_at AS at, coalesce(v.reason, '') AS reason
		FROM category c JOIN category_group g ON g.code = c.group_code
		LEFT JOIN LATERAL (SELECT * FROM category_version v WHERE v.code = c.code ORDER BY v.version DESC LIMIT 1) v ON true
		LEFT JOIN staff s ON s.id = v.by_id
		ORDER BY c.sort, c.code`, pg.Args{"today": today.String()})
	if err == nil {
		b.Groups, err = pg.All[Group](ctx, q, `SELECT code, title FROM category_group ORDER BY code`, nil)
	}
	if err != nil {
		return Book{}, fmt.Errorf("categories: %w", err)
	}
	return b, nil
}

// ByCode is one of them; nil when there is none.
func (b Book) ByCode(code string) *Kept {
	if i := slices.IndexFunc(b.All, func(k Kept) bool { return k.Code == code }); i >= 0 {
		return &b.All[i]
	}
	return nil
}

// Change is a new version of a category, or a new one where Code is empty: what somebody
// wrote, and why.
type Change struct {
	Code        string
	Group       string // of a new one
	Title       string
	Plain       string
	Description string
	Basis       string
	Confirmed   bool
	Evidence    string
	WayOut      string
	ValidTo     clock.Date
	Reason      string
	By          int64
}

// Faults are what is wrong with a change on a day.
func (b Book) Faults(c Change, today clock.Date) (wrong []fault.Field) {
	say := func(name, sentence string) {
		if sentence != "" {
			wrong = append(wrong, fault.Field{Name: name, Sentence: sentence})
		}
	}
	if c.Code == "" && !slices.ContainsFunc(b.Groups, func(g Group) bool { return g.Code == c.Group }) {
		say("group", "请选它属于哪一组")
	}
	for _, f := range []struct {
		name, text string
		most       int
		must       string
	}{
		{"title", c.Title, 30, "请写名称"}, {"plain", c.Plain, 60, ""}, {"description", c.Description, 300, "请写什么算这一类"}, {"evidence", c.Evidence, 300, ""},
		{"basis", c.Basis, 300, "请写依据哪部法律的哪一条"}, {"way_out", c.WayOut, 300, ""}, {"reason", c.Reason, 500, "请写为什么加、为什么改"},
	} {
		switch {
		case f.must != "" && form.Wordless(f.text):
			say(f.name, f.must)
		case form.Length(f.text) > f.most:
			say(f.name, form.TooLong(f.text, f.most))
		default:
			say(f.name, form.TextFault(f.text))
		}
	}
	for _, other := range b.All {
		if other.Code == c.Code {
			continue
		}
		if c.Title != "" && form.Together(other.Title) == form.Together(c.Title) {
			say("title", "“"+other.Title+"”已经有了，是 "+other.Code)
		}
		if c.Plain != "" && form.Together(other.Plain) == form.Together(c.Plain) {
			say("plain", "这句话已经是“"+other.Title+"”的，投诉人分不清选哪一个")
		}
	}
	was := b.ByCode(c.Code)
	switch {
	case c.ValidTo.IsZero() || was != nil && was.ValidTo == c.ValidTo:
	case c.ValidTo.Before(today):
		say("to", "这一天已经过了，最早从今天起不再选")
	case !slices.ContainsFunc(b.All, func(k Kept) bool { return k.Code != c.Code && k.ValidTo.IsZero() }):
		say("to", "别的都不再用了，至少要留一类给投诉人选")
	}
	return wrong
}

// next is the first free code of a group; empty where all of its ninety-nine are taken.
func (b Book) next(group string) string {
	for n := 1; n < 100; n++ {
		if code := fmt.Sprintf("%s%02d", group, n); b.ByCode(code) == nil {
			return code
		}
	}
	return ""
}

// Keep adds a category, or a version of one, over the version that was shown.
func (b Book) Keep(ctx context.Context, q pg.Queryer, c Change, at time.Time) error {
	if err := fault.Fields(b.Faults(c, clock.On(at))); err != nil {
		return err
	}
	version := 1
	if was := b.ByCode(c.Code); was != nil {
		version = was.Version + 1
	} else if c.Code = b.next(c.Group); c.Code == "" {
		return fault.Fields([]fault.Field{{Name: "group", Sentence: "这一组已经满了，最多 99 类"}})
	}
	var to any
	if !c.ValidTo.IsZero() {
		to = c.ValidTo.String()
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO category_version (code, version, title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to, by_id, made_at, reason)
		VALUES (@code, @version, @title, @plain, @description, @basis, @confirmed, @evidence, @way_out, @to::date, @by, @at, @reason)`,
		pg.Args{"code": c.Code, "version": version, "title": c.Title, "plain": c.Plain, "description": c.Description, "basis": c.Basis, "confirmed": c.Confirmed,
			"evidence": c.Evidence, "way_out": c.WayOut, "to": to, "by": c.By, "at": at, "reason": strings.TrimSpace(c.Reason)})
	switch {
	case pg.IsUnique(err, "category_version_pkey"):
		return fault.New(fault.Conflict, "没有记下：别人刚刚改过，请看过现在的再改。")
	case err != nil:
		return fmt.Errorf("keep a category: %w", err)
	}
	return nil
}
