// Package synonym takes over what people say for a unit or a category: words that find
// it and by which nobody is taken at their word.
package synonym

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Row is one line of a file. Without Means the words are taken out of the table.
type Row struct {
	Line                 int
	Purpose, Said, Means string
}

// Refusal is a line that was not taken over, and why.
type Refusal struct {
	Line   int
	Reason string
}

// purposes by what a file calls them.
var purposes = map[string]string{"单位": "unit", "unit": "unit", "类别": "category", "category": "category"}

// longest is what the table takes.
const longest = 40

// Parse reads CSV of three columns, 用处、说法、指的是, with that line of headings or
// without, in UTF-8 or as Chinese Excel saves it.
func Parse(r io.Reader) ([]Row, []Refusal, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	text, err := form.FileText(raw)
	if err != nil {
		return nil, nil, err
	}
	table := csv.NewReader(strings.NewReader(text))
	table.FieldsPerRecord = -1
	var rows []Row
	var refused []Refusal
	for {
		cells, err := table.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if len(rows)+len(refused) == 0 {
				return nil, nil, fault.New(fault.Invalid, "文件是空的。")
			}
			return rows, refused, nil
		case errors.As(err, &broken):
			refused = append(refused, Refusal{broken.StartLine, "引号没有配对"})
			continue
		case err != nil:
			return nil, nil, err
		}
		line, _ := table.FieldPos(0)
		row, reason := read(cells)
		switch row.Line = line; {
		case row.Purpose == "用处":
		case reason != "":
			refused = append(refused, Refusal{line, reason})
		default:
			rows = append(rows, row)
		}
	}
}

func read(cells []string) (row Row, reason string) {
	cells = append(cells, "", "")
	row = Row{Purpose: form.Line(cells[0]), Said: form.Line(cells[1]), Means: form.Line(cells[2])}
	purpose, ok := purposes[row.Purpose]
	switch {
	case row.Purpose == "用处":
		return row, ""
	case !ok:
		return row, "用处只能写“单位”或“类别”"
	case row.Said == "":
		return row, "没有写说法"
	}
	row.Purpose = purpose
	for _, words := range []string{row.Said, row.Means} {
		if s := form.TooLong(words, longest); s != "" {
			return row, s
		}
		if s := form.LineFault(words); s != "" {
			return row, s
		}
	}
	if row.Said == row.Means {
		return row, "说法和指的是一样"
	}
	return row, ""
}

// Take has the lines of each saying stand in the place of what there was for it, in
// one transaction. A line that means nothing there is gets refused by itself: it would
// find nobody.
func Take(ctx context.Context, q pg.Beginner, rows []Row) (taken int, refused []Refusal, err error) {
	err = pg.Tx(ctx, q, func(tx pgx.Tx) error {
		begun := map[string]bool{}
		for _, row := range rows {
			there, err := pg.One[bool](ctx, tx, `
				SELECT @means = '' OR CASE @purpose
					WHEN 'category' THEN EXISTS (SELECT FROM category WHERE code = @means)
					ELSE EXISTS (SELECT FROM unit WHERE position(@means IN name) > 0)
				END`, pg.Args{"purpose": row.Purpose, "means": row.Means})
			if err != nil {
				return fmt.Errorf("synonym: %w", err)
			}
			if !there {
				refused = append(refused, Refusal{row.Line, map[string]string{"category": "没有类别 " + row.Means, "unit": "没有一个单位的名称里有“" + row.Means + "”"}[row.Purpose]})
				continue
			}
			if key := row.Purpose + " " + row.Said; !begun[key] {
				begun[key] = true
				if _, err := pg.Exec(ctx, tx, `DELETE FROM synonym WHERE purpose = @purpose AND said = @said`,
					pg.Args{"purpose": row.Purpose, "said": row.Said}); err != nil {
					return fmt.Errorf("synonym: %w", err)
				}
			}
			taken++
			if row.Means == "" {
				continue
			}
			if _, err := pg.Exec(ctx, tx, `INSERT INTO synonym (purpose, said, means) VALUES (@purpose, @said, @means) ON CONFLICT DO NOTHING`,
				pg.Args{"purpose": row.Purpose, "said": row.Said, "means": row.Means}); err != nil {
				return fmt.Errorf("synonym: %w", err)
			}
		}
		return nil
	})
	slices.SortFunc(refused, func(a, b Refusal) int { return a.Line - b.Line })
	return taken, refused, err
}
