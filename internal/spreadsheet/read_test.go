package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/spreadsheet"
)

var columns = []spreadsheet.Column{{Name: "姓名", Also: []string{"名字"}, Needed: true}, {Name: "证号", Needed: true}, {Name: "界别"}}

// book is a workbook with these cells on its second sheet, after one of notes.
func book(t *testing.T, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	sheet := func(name string, cells map[string]any) {
		for at, value := range cells {
			var err error
			if text, is := value.(string); is && strings.HasPrefix(text, "=") {
				err = f.SetCellFormula(name, at, text)
			} else {
				err = f.SetCellValue(name, at, value)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := f.NewSheet("名册"); err != nil {
		t.Fatal(err)
	}
	sheet("Sheet1", map[string]any{"A1": "填写说明"})
	sheet("名册", cells)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATableIsReadAsPeopleSaveIt(t *testing.T) {
	t.Parallel()
	want := []spreadsheet.Row{{Line: 2, Cells: []string{"陈河", "001", "农业"}}, {Line: 4, Cells: []string{"李山", "12", ""}}}
	for name, raw := range map[string][]byte{
		"a workbook":             book(t, map[string]any{"A1": "证号", "B1": "姓名（必填）", "C1": "界别", "A2": "001", "B2": "陈河", "C2": "农业", "A4": 12, "B4": " 李山 "}),
		"CSV":                    []byte("证号,姓名,界别\n001,陈河,农业\n,,\n12,李山\n"),
		"CSV of a spreadsheet":   []byte("\xEF\xBB\xBF\"证号\",名字,备注,界别\r\n'001,陈河,x,农业\r\n\r\n12,李山,,\r\n"),
		"tabs":                   []byte("证号\t姓名\t界别\n001\t陈河\t农业\n\n12\t李山\t\n"),
		"semicolons, in GB18030": {0xd6, 0xa4, 0xba, 0xc5, ';', 0xd0, 0xd5, 0xc3, 0xfb, ';', 0xbd, 0xe7, 0xb1, 0xf0, '\n', '0', '0', '1', ';', 0xb3, 0xc2, 0xba, 0xd3, ';', 0xc5, 0xa9, 0xd2, 0xb5, '\n', '\n', '1', '2', ';', 0xc0, 0xee, 0xc9, 0xbd, ';', '\n'},
	} {
		got, err := spreadsheet.ReadTable(raw, columns, 10)
		if diff := cmp.Diff(want, got.Rows); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestWhatIsNoSuchTableSaysWhatItIs(t *testing.T) {
	t.Parallel()
	long := "姓名,证号\n" + strings.Repeat("陈河,1\n", 50_000)
	many := map[string]any{"A1": "姓名", "B1": "证号"}
	for i := range 400 {
		many[fmt.Sprintf("A%d", i+2)] = "陈河"
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(make([]byte, 20<<20))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	good := book(t, map[string]any{"A1": "姓名", "B1": "证号", "A2": "陈河"})
	for name, one := range map[string]struct {
		raw  []byte
		says string
	}{
		"nothing":                {nil, "文件是空的"},
		"an old workbook":        {[]byte("\xD0\xCF\x11\xE0x"), "旧格式"},
		"another sheet":          {book(t, map[string]any{"A1": "单位", "A2": "财政局"}), "工作表是：Sheet1、名册"},
		"a column is missing":    {[]byte("姓名,界别\n陈河,农业\n"), "没有“证号”这一列"},
		"headings alone":         {[]byte("姓名,证号\n"), "下面一行也没有"},
		"prose":                  {[]byte("各位代表：\n你们好。\n"), "没有找到列名"},
		"50,000 lines":           {[]byte(long), "一次最多 200 行"},
		"400 rows of a workbook": {book(t, many), "一次最多 200 行"},
		"a bomb":                 {bomb.Bytes(), "一次最多 200 行"},
		"half a workbook":        {good[:len(good)/2], "读不出来"},
		"a zip of something":     {[]byte("PK\x03\x04nothing"), "读不出来"},
		"heavy":                  {make([]byte, spreadsheet.MostBytes+1), "一次最多 200 行"},
	} {
		_, err := spreadsheet.ReadTable(one.raw, columns, 200)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.SentenceOf(err), one.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABadRowStandsAlone(t *testing.T) {
	t.Parallel()
	got, err := spreadsheet.ReadTable(book(t, map[string]any{"A1": "代表名册", "A2": "姓名", "B2": "证号", "A3": "陈河", "B3": "=1+1", "A4": "李山", "B4": "2"}), columns, 10)
	if err != nil || len(got.Rows) != 2 || !strings.Contains(got.Rows[0].Fault, "B3 是公式") || got.Rows[1].Fault != "" {
		t.Errorf("%v %+v", err, got.Rows)
	}
	got, err = spreadsheet.ReadTable([]byte("姓名,证号\n陈河,\"1\n2\"x\n李山,2\n"), columns, 10)
	if err != nil || len(got.Rows) < 1 || got.Rows[0].Fault == "" {
		t.Errorf("%v %+v", err, got.Rows)
	}
}

func TestWhatAPageShowedIsCarriedOn(t *testing.T) {
	t.Parallel()
	was, err := spreadsheet.ReadTable([]byte("姓名,证号\n陈河,\"1\n\"\"2\"\"\"\n"), columns, 10)
	if err != nil {
		t.Fatal(err)
	}
	got, err := spreadsheet.Kept(was.Carried(), columns, 10)
	if diff := cmp.Diff(was, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if got.Cell(got.Rows[0], "证号") != "1\n\"2\"" {
		t.Errorf("%+v", got.Rows)
	}
	for _, wrong := range []string{"", "[]", "{", `[{"Cells":["a"]}]`, `[{"Cells":["a","b","c","d"]}]`} {
		if _, err := spreadsheet.Kept(wrong, columns, 10); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestATemplateIsReadByItself(t *testing.T) {
	t.Parallel()
	raw, err := spreadsheet.Template("名册", columns, []float64{10, 20}, []string{"陈河", "3-1", "农业"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := spreadsheet.ReadTable(raw, columns, 10)
	if diff := cmp.Diff([]spreadsheet.Row{{Line: 2, Cells: []string{"陈河", "3-1", "农业"}}}, got.Rows); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}
