package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"zhengxin/internal/fault"
	"zhengxin/internal/spreadsheet"
)

// remade is a workbook some of whose files were replaced, or added.
func remade(t *testing.T, raw []byte, files map[string]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(name string, content []byte) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		if _, replaced := files[f.Name]; replaced {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		add(f.Name, content)
	}
	for name, content := range files {
		add(name, []byte(content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	sheetHead = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetTail = `</sheetData></worksheet>`
	heads     = `<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>证号</t></is></c></row>`
	good      = `<row r="2"><c r="A2" t="inlineStr"><is><t>陈河</t></is></c><c r="B2"><v>12</v></c></row>`
	sst       = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
)

func rowsOf(n int, cells string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d">%s</row>`, i+2, strings.ReplaceAll(cells, "#", fmt.Sprint(i+2)))
	}
	return b.String()
}

// A workbook of a few kilobytes is refused by what is wrong with it before it is megabytes,
// and one that only looks odd is read.
func TestAWorkbookDoesNotBecomeMoreThanItIs(t *testing.T) {
	base := book(t, map[string]any{"A1": "姓名", "B1": "证号"})
	const at = "xl/worksheets/sheet2.xml"
	body := func(rows string) map[string]string { return map[string]string{at: sheetHead + rows + sheetTail} }
	shared := strings.Repeat(`<c t="s"><v>0</v></c>`, 50)
	for name, one := range map[string]struct {
		files map[string]string
		says  string // empty where it is read
	}{
		"the last column":                   {body(heads + rowsOf(2000, `<c r="XFD#"><v>1</v></c>`)), "第 2 行在 XFD 列还有内容"},
		"the last column, behind the cells": {map[string]string{at: sheetHead + heads + good + `</sheetData><row r="3"><c r="XFD3"><v>1</v></c></row></worksheet>`}, "XFD 列"},
		"a formula in the last column":      {body(heads + rowsOf(200, `<c r="XFD#"><f>1+1</f></c>`)), "XFD 列"},
		"borders up to the last column":     {body(heads + good + `<row r="3"><c r="XFD3" s="1"/></row>`), ""},
		"a text that all share":             {map[string]string{at: sheetHead + heads + rowsOf(200, shared) + sheetTail, "xl/sharedStrings.xml": sst + `<si><t>` + strings.Repeat("长", 30_000) + `</t></si></sst>`}, "表里的字太多"},
		"a text of runs that all share":     {map[string]string{at: sheetHead + heads + rowsOf(200, shared) + sheetTail, "xl/sharedStrings.xml": sst + `<si><r><t>` + strings.Repeat("长", 20_000) + `</t></r><r><t>` + strings.Repeat("长", 10_000) + `</t></r></si></sst>`}, "表里的字太多"},
		"a text that hides behind another":  {map[string]string{at: sheetHead + heads + rowsOf(200, shared) + sheetTail, "xl/sharedStrings.xml": sst + `<x><si/></x><si><t>` + strings.Repeat("长", 30_000) + `</t></si></sst>`}, "表里的字太多"},
		"a text of megabytes":               {map[string]string{at: sheetHead + heads + rowsOf(1, shared) + sheetTail, "xl/sharedStrings.xml": sst + `<si><t>` + strings.Repeat("长", 3_000_000) + `</t></si></sst>`}, "一格最多 32767 字"},
		"a cell that is not what it says":   {map[string]string{at: sheetHead + heads + rowsOf(200, `<c t="n" x:t="s"><v>0</v></c>`) + sheetTail, "xl/sharedStrings.xml": sst + `<si><t>` + strings.Repeat("长", 30_000) + `</t></si></sst>`}, "表里的字太多"},
		"cells in cells":                    {body(heads + rowsOf(1, `<c><c><v>1</v></c></c>`)), "读不出来"},
		"one line many times":               {body(heads + strings.Repeat(`<row r="2"><c r="A2"><v>1</v></c></row>`, 1000)), "读不出来"},
		"empty cells without end":           {body(heads + rowsOf(200, strings.Repeat(`<c s="1"/>`, 2000))), "格子太多"},
		"a line at the far end":             {body(heads + good + `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`), "一次最多 200 行"},
		"merged cells":                      {map[string]string{at: sheetHead + heads + good + `</sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:B2"/>`, 100_000) + `</mergeCells></worksheet>`}, ""},
		"styles without end":                {map[string]string{"xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>` + strings.Repeat(`<xf/>`, 1_000_000) + `</cellXfs></styleSheet>`}, "样式和说明太多"},
		"sheets without end":                {map[string]string{"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>` + strings.Repeat(`<sheet name="a" r:id="rId1"/>`, 1000) + `</sheets></workbook>`}, "工作表太多"},
		"a tag without end":                 {body(heads + `<row ` + strings.Repeat(`a=">" `, 1_000_000) + `/>`), "一格最多 32767 字"},
		"another encoding":                  {map[string]string{at: strings.Replace(sheetHead, "UTF-8", "UTF-16", 1) + heads + good + sheetTail}, "读不出来"},
		"half a sheet":                      {map[string]string{at: sheetHead + heads + good + `<row r="3"><c`}, "读不出来"},
		"a wide sheet beside":               {map[string]string{"xl/worksheets/sheet1.xml": sheetHead + `<row r="1"><c r="XFD1"><v>1</v></c></row>` + sheetTail, at: sheetHead + heads + good + sheetTail}, ""},
	} {
		raw := remade(t, base, one.files)
		if len(raw) > spreadsheet.MostBytes {
			t.Fatalf("%s weighs %d", name, len(raw))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := spreadsheet.ReadTable(raw, columns, 200)
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 200 {
			t.Errorf("%s: %d MB went through memory", name, used)
		}
		switch {
		case one.says == "":
			if err != nil || len(got.Rows) == 0 || got.Rows[0].Cells[0] != "陈河" {
				t.Errorf("%s: %v %+v", name, err, got.Rows)
			}
		case !fault.Is(err, fault.Invalid) || !strings.Contains(fault.SentenceOf(err), one.says):
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A formula matters where it is read: 序号 often is one.
func TestAFormulaThatNobodyLooksForIsNoFault(t *testing.T) {
	t.Parallel()
	got, err := spreadsheet.ReadTable(book(t, map[string]any{"A1": "序号", "B1": "姓名", "C1": "证号", "A2": "=ROW()-1", "B2": "陈河", "C2": "1", "A3": "=ROW()-1", "B3": "李山", "C3": "=C2+1"}), columns, 10)
	if err != nil || len(got.Rows) != 2 || got.Rows[0].Fault != "" || !strings.Contains(got.Rows[1].Fault, "C3 是公式") {
		t.Errorf("%v %+v", err, got.Rows)
	}
}
