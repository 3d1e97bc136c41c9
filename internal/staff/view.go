package staff

import (
	"context"
	"fmt"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// SavedView is a list with its conditions that somebody keeps under a name.
type SavedView struct {
	ID    int64
	Name  string
	Asks  string // what the address of the list asks for
	Mine  bool
	Owner string // who keeps it
}

// Audience is who sees a saved view beside whoever keeps it.
type Audience string

// The audiences.
const (
	ForMe   Audience = "me"
	ForUnit Audience = "unit"
	ForAll  Audience = "all"
)

// mostViews bounds what one person keeps of one register: a row of names is to be read.
const mostViews = 20

// longestName is how long the name of a view may be, in characters.
const longestName = 20

// Audiences are to whom a person may show what they keep. Whoever signs for the office or
// supervises may show it to everybody.
func (p Person) Audiences() []Audience {
	all := []Audience{ForMe}
	if p.Unit != "" {
		all = append(all, ForUnit)
	}
	if p.Role == Supervisor || p.Role == Leader {
		all = append(all, ForAll)
	}
	return all
}

// Lists are how a person has the lists of a register: the saved views that they see, their
// own first, and the columns that they chose, none where they want the usual ones.
func (r *Register) Lists(ctx context.Context, p Person, kind string) (views []SavedView, columns []string, err error) {
	type row struct {
		SavedView
		Columns []string
	}
	rows, err := pg.All[row](ctx, r.Pool, `
		SELECT coalesce(v.id, 0) AS id, coalesce(v.name, '') AS name, coalesce(v.asks, '') AS asks, coalesce(v.staff_id = @me, false) AS mine, coalesce(s.name, '') AS owner,
			coalesce((SELECT c.columns FROM list_columns c WHERE c.staff_id = @me AND c.kind = @kind), '{}') AS columns
		FROM (VALUES (1)) AS one LEFT JOIN saved_view v ON v.kind = @kind AND (v.staff_id = @me OR v.office OR v.unit = nullif(@unit, '')) LEFT JOIN staff s ON s.id = v.staff_id
		ORDER BY v.staff_id <> @me, v.name, v.id LIMIT 60`, pg.Args{"me": p.ID, "kind": kind, "unit": p.Unit})
	if err != nil {
		return nil, nil, fmt.Errorf("lists: %w", err)
	}
	for _, one := range rows {
		if one.ID > 0 {
			views = append(views, one.SavedView)
		}
	}
	return views, rows[0].Columns, nil
}

// ChooseColumns keeps which columns a person wants a list to show; none are the usual ones.
func (r *Register) ChooseColumns(ctx context.Context, p Person, kind string, columns []string) error {
	sql := `
		INSERT INTO list_columns AS c (staff_id, kind, columns, chosen_at) VALUES (@me, @kind, @columns, @at)
		ON CONFLICT (staff_id, kind) DO UPDATE SET columns = excluded.columns, chosen_at = excluded.chosen_at`
	args := pg.Args{"me": p.ID, "kind": kind, "columns": columns, "at": r.Now()}
	if len(columns) == 0 {
		sql, args = `DELETE FROM list_columns WHERE staff_id = @me AND kind = @kind`, pg.Args{"me": p.ID, "kind": kind}
	}
	if _, err := pg.Exec(ctx, r.Pool, sql, args); err != nil {
		return fmt.Errorf("choose columns: %w", err)
	}
	return nil
}

// SaveView keeps a list under a name; one that has the name already becomes this one.
func (r *Register) SaveView(ctx context.Context, p Person, kind, name, asks string, to Audience) error {
	wrong := func(field, sentence string) error {
		return fault.Fields([]fault.Field{{Name: field, Sentence: sentence}})
	}
	name = form.Line(name)
	switch n := form.Length(name); {
	case n == 0 || form.Wordless(name):
		return wrong("name", "请给它起个名字，例如：欠款，本周到期")
	case n > longestName:
		return wrong("name", fmt.Sprintf("名字最多 %d 个字，现在有 %d 个", longestName, n))
	}
	allowed := false
	for _, one := range p.Audiences() {
		allowed = allowed || one == to
	}
	if !allowed {
		return wrong("to", "请从列出的里面选")
	}
	saved, err := pg.Exec(ctx, r.Pool, `
		INSERT INTO saved_view AS v (staff_id, kind, name, asks, unit, office, saved_at)
		SELECT @me, @kind, @name, @asks, CASE WHEN @to = 'unit' THEN nullif(@unit, '') END, @to = 'all', @at
		WHERE (SELECT count(*) FROM saved_view o WHERE o.staff_id = @me AND o.kind = @kind AND o.name <> @name) < @most
		ON CONFLICT (staff_id, kind, name) DO UPDATE SET asks = excluded.asks, unit = excluded.unit, office = excluded.office, saved_at = excluded.saved_at`,
		pg.Args{"me": p.ID, "kind": kind, "name": name, "asks": asks, "to": string(to), "unit": p.Unit, "at": r.Now(), "most": mostViews})
	switch {
	case err != nil:
		return fmt.Errorf("save a view: %w", err)
	case saved == 0:
		return wrong("name", fmt.Sprintf("已经存了 %d 个，先删掉不用的再存", mostViews))
	}
	return nil
}

// DropView gives a view up; only whoever keeps it can.
func (r *Register) DropView(ctx context.Context, p Person, id int64) error {
	if _, err := pg.Exec(ctx, r.Pool, `DELETE FROM saved_view WHERE id = @id AND staff_id = @me`, pg.Args{"id": id, "me": p.ID}); err != nil {
		return fmt.Errorf("drop a view: %w", err)
	}
	return nil
}
