package matter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/export"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
)

// ended is what was written down of a file's end.
type ended struct {
	times, matters int
	how            export.How
	failed         bool
}

// fileOf is a list of n matters on its way out, in pages of the given size; after the
// page that breaks comes no other.
func fileOf(n, size, breaks int, e *ended) *desk.Leaving[register.Row, int64] {
	pages := 0
	page := func(from int) register.Page {
		var p register.Page
		for i := from; i <= min(n, from+size-1); i++ {
			p.Rows = append(p.Rows, register.Row{ID: int64(i), Title: fmt.Sprint("第", i, "件")})
		}
		if from+size <= n {
			p.Next = register.Cursor{ID: int64(from + size)}
		}
		pages++
		return p
	}
	next := 1 + size
	f := leaving([]spreadsheet.Head{{Label: "编号"}, {Label: "标题"}}, page(1), func(context.Context) (register.Page, error) {
		if pages == breaks {
			return register.Page{}, errors.New("the database is gone")
		}
		from := next
		next += size
		return page(from), nil
	})
	f.Start = func(to io.Writer) desk.Sheet { return desk.Formats[1].Table(to, "投诉") }
	f.Line = func(r register.Row) []spreadsheet.Cell {
		if r.Title == "第13件" && breaks < 0 {
			panic(r.Title)
		}
		return []spreadsheet.Cell{spreadsheet.Words(fmt.Sprint("JX", r.ID)), spreadsheet.Words(r.Title)}
	}
	f.End = func(_ context.Context, matters int, how export.How, err error) {
		e.times++
		e.matters, e.how, e.failed = matters, how, err != nil
	}
	f.To(context.Background(), line{})
	return f
}

// line takes everything.
type line struct{}

func (line) SetWriteDeadline(time.Time) error { return nil }

func TestOfAFileItIsSaidHowItEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n, breaks int
		want      ended
		last      string
	}{
		"empty":               {0, 0, ended{1, 0, export.Whole, false}, "编号,标题"},
		"one page":            {7, 0, ended{1, 7, export.Whole, false}, "JX7,第7件"},
		"just one page":       {10, 0, ended{1, 10, export.Whole, false}, "JX10,第10件"},
		"several":             {31, 0, ended{1, 31, export.Whole, false}, "JX31,第31件"},
		"as many as may be":   {exportLimit, 0, ended{1, exportLimit, export.Whole, false}, "JX100000,第100000件"},
		"one more":            {exportLimit + 1, 0, ended{1, exportLimit, export.Limit, false}, "\"只有前 100,000\u00a0件，后面还有，没有导出。请加条件分几次导出。\","},
		"broken at a page":    {31, 2, ended{1, 20, export.Broken, true}, "\"导出中断，后面的没有导出。\","},
		"a fault in a matter": {31, -1, ended{1, 13, export.Broken, true}, "\"导出中断，后面的没有导出。\","},
	} {
		var got ended
		f := fileOf(c.n, 10, c.breaks, &got)
		all, err := io.ReadAll(f)
		if cerr := f.Close(); cerr != nil {
			t.Error(name, cerr)
		}
		if got != c.want || (err != nil) != c.want.failed {
			t.Errorf("%s: written down %+v, want %+v; read with %v", name, got, c.want, err)
		}
		if err != nil && strings.Contains(err.Error(), "第13件") {
			t.Errorf("%s: the error says what stands in the matter", name)
		}
		lines := strings.Split(strings.TrimSuffix(string(all), "\r\n"), "\r\n")
		if lines[len(lines)-1] != c.last && lines[len(lines)-1] != "\uFEFF"+c.last {
			t.Errorf("%s: it ends with %q", name, lines[len(lines)-1])
		}
		if matters := strings.Count(string(all), "JX"); matters > got.matters {
			t.Errorf("%s: %d matters left, %d are written down", name, matters, got.matters)
		}
	}
}

// TestWhoGoesAwayHasAtMostWhatIsWrittenDown: a reader that stops early.
func TestWhoGoesAwayHasAtMostWhatIsWrittenDown(t *testing.T) {
	t.Parallel()
	var got ended
	f := fileOf(1000, 10, 0, &got)
	part := make([]byte, 400)
	n, err := io.ReadFull(f, part)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if has := strings.Count(string(part[:n]), "JX"); got.times != 1 || got.how != export.Broken || got.matters < has || got.matters > has+20 {
		t.Errorf("with %d matters gone it is written down %+v", has, got)
	}
}

// TestAMatterThatMovesBackIsInAFileOnce: it was on a page that has been read, and
// comes again on a later one.
func TestAMatterThatMovesBackIsInAFileOnce(t *testing.T) {
	t.Parallel()
	var got ended
	f := fileOf(20, 10, 0, &got)
	next := f.Next
	f.Next = func(ctx context.Context) ([]register.Row, bool, error) {
		rows, more, err := next(ctx)
		return append([]register.Row{{ID: 3, Title: "第3件"}}, rows...), more, err
	}
	all, err := io.ReadAll(f)
	if err != nil || strings.Count(string(all), "第3件") != 1 || got.matters != 20 || got.how != export.Whole {
		t.Errorf("%+v, %v: %s", got, err, all)
	}
}

// A workbook is whole where the list was, says where it was not, and is none at all where
// it was broken off.
func TestAListLeavesAsAWorkbook(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n, breaks int
		want      ended
		last      string
	}{
		"several":      {31, 0, ended{1, 31, export.Whole, false}, "第31件"},
		"one too many": {exportLimit + 1, 0, ended{1, exportLimit, export.Limit, false}, ""},
		"broken":       {31, 2, ended{1, 20, export.Broken, true}, ""},
	} {
		var got ended
		f := fileOf(c.n, 10, c.breaks, &got)
		f.Start = func(to io.Writer) desk.Sheet { return desk.Formats[0].Table(to, "投诉") }
		all, err := io.ReadAll(f)
		if got != c.want || (err != nil) != c.want.failed {
			t.Errorf("%s: written down %+v, want %+v; read with %v", name, got, c.want, err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(all))
		if c.want.failed {
			if err == nil {
				t.Errorf("%s: what was broken off opens as if it were whole", name)
			}
			continue
		}
		if err != nil {
			t.Fatal(name, err)
		}
		rows, err := book.GetRows("投诉")
		if err != nil || len(rows) < got.matters+1 || rows[0][1] != "标题" || rows[got.matters][0] != fmt.Sprint("JX", got.matters) {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		if last := rows[len(rows)-1]; c.last != "" && last[1] != c.last || c.last == "" && !strings.Contains(last[0], "后面还有") {
			t.Errorf("%s: it ends with %q", name, last)
		}
	}
}
