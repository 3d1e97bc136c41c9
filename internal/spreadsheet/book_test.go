package spreadsheet

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestABookIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := NewBook(&out)
	b.Sheet("投诉：在办/全部?", Head{"标题", 30}, Head{"收到日期", 8}, Head{"件数", 6}, Head{"占比", 6}, Head{"天数", 6})
	hostile := []string{`=HYPERLINK("http://x","点")`, "+86", "-1", "@SUM(A1)", "1-2", "007", "<b>&\"'", "_x0041_", "两\n行", strings.Repeat("长", 40000)}
	for _, s := range hostile {
		if err := b.Row(Words(s), Day(2026, time.March, 2), Count(1286), Percent(0.5), Decimal(12.5)); err != nil {
			t.Fatal(err)
		}
	}
	_ = b.Row(Words("坏\x00字"), Cell{}, Count(0), Cell{}, Cell{})
	_ = b.Row(Words("早"), Day(1899, time.May, 1))
	b.Sheet("第二页", Head{"月份", 8})
	if err := errors.Join(b.Row(Words("1月")), b.Close()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.GetSheetList(), "|"); got != "投诉：在办／全部？|第二页" {
		t.Errorf("sheets %q", got)
	}
	sheet := f.GetSheetList()[0]
	cell := func(at string) string {
		t.Helper()
		s, err := f.GetCellValue(sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for i, want := range hostile {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		got := cell(at)
		if i == len(hostile)-1 {
			want = strings.Repeat("长", longestCell-2) + "……"
		}
		if got != want {
			t.Errorf("%s: %.40q, want %.40q", at, got, want)
		}
		if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
			t.Errorf("%s is a formula: %s", at, formula)
		}
		if kind, _ := f.GetCellType(sheet, at); kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %v", at, kind)
		}
		style, _ := f.GetCellStyle(sheet, at)
		if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
			t.Errorf("%s is not kept as text when it is edited: %+v %v", at, s, err)
		}
	}
	raw := excelize.Options{RawCellValue: true}
	for at, want := range map[string][2]string{"B2": {"2026-03-02", "46083"}, "C2": {"1,286", "1286"}, "D2": {"50%", "0.5"}, "E2": {"12.5", "12.5"}, "C12": {"0", "0"}} {
		held, _ := f.GetCellValue(sheet, at, raw)
		if got := cell(at); got != want[0] || held != want[1] {
			t.Errorf("%s shows %q and holds %q, want %v", at, got, held, want)
		}
	}
	if day, err := excelize.ExcelDateToTime(46083, false); err != nil || day.Format(time.DateOnly) != "2026-03-02" {
		t.Errorf("the day is %v %v", day, err)
	}
	if got := cell("A12"); got != "坏\uFFFD字" {
		t.Errorf("a sign that XML has not: %q", got)
	}
	if got := cell("B13"); got != "1899-05-01" {
		t.Errorf("a day before all calendars: %q", got)
	}
	panes, err := f.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the heads move away: %+v %v", panes, err)
	}
	if width, _ := f.GetColWidth(sheet, "A"); width != 62 {
		t.Errorf("the first column is %v wide", width)
	}
	if got, _ := f.GetCellValue("第二页", "A2"); got != "1月" {
		t.Errorf("the second sheet has %q", got)
	}
	var again bytes.Buffer
	if b := NewBook(&again); true {
		b.Sheet("x")
		if b.Close() != nil {
			t.Error("an empty sheet is no book")
		}
	}
}

func TestColumnsHaveTheirLetters(t *testing.T) {
	t.Parallel()
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := column(i); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
}

// failing takes so many bytes.
type failing struct{ left int }

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

func TestABookThatCannotBeWrittenSaysSo(t *testing.T) {
	t.Parallel()
	for _, left := range []int{0, 100, 2000} {
		b := NewBook(&failing{left})
		b.Sheet("表", Head{"字", 8})
		for range 100000 {
			if b.Row(Words("一二三四五六七八九十")) != nil {
				break
			}
		}
		if b.Close() == nil {
			t.Errorf("with room for %d bytes it is whole", left)
		}
	}
}

// A hundred thousand rows take no more memory than a thousand. Not parallel: it looks at
// the memory of the process.
func TestABookOfAHundredThousandRowsKeepsNone(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, most := heap(), uint64(0)
	b := NewBook(io.Discard)
	b.Sheet("投诉", Head{"编号", 12}, Head{"标题", 30}, Head{"收到日期", 8}, Head{"件数", 6})
	for i := range 100000 {
		if err := b.Row(Words("JX2026000000012"), Words("修路的工程款三年没有付清"), Day(2026, time.March, 1+i%28), Count(i)); err != nil {
			t.Fatal(err)
		}
		if i%10000 == 9999 {
			most = max(most, heap())
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if grown := int64(most) - int64(before); grown > 4<<20 {
		t.Errorf("it holds %d KB more than before", grown>>10)
	}
}
