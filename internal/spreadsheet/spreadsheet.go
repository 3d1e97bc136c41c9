// Package spreadsheet writes tables that the office's spreadsheet opens as they are: UTF-8
// with its mark in front, lines that end as Windows has them, and no cell that does
// more than stand there.
package spreadsheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
)

// ContentType is that of such a table, with its heads in the first line.
const ContentType = "text/csv; charset=utf-8; header=present"

// Writer writes rows, the heads first.
type Writer struct {
	to   io.Writer
	csv  *csv.Writer
	mark bool // is written
}

// NewWriter is the writer of one table.
func NewWriter(to io.Writer) *Writer {
	w := &Writer{to: to, csv: csv.NewWriter(to)}
	w.csv.UseCRLF = true
	return w
}

// Write writes a row, each of its cells inert.
func (w *Writer) Write(cells ...string) error {
	if !w.mark {
		if _, err := io.WriteString(w.to, "\uFEFF"); err != nil {
			return err
		}
		w.mark = true
	}
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = Inert(cell)
	}
	return w.csv.Write(row)
}

// Flush sends on what was written, and says what kept it from being.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// starts are the signs with which a spreadsheet begins a formula, or skips to the next
// cell; some take the wide ones for the others.
const starts = "=+-@\t\r\n＝＋－＠"

// Inert is a cell that no spreadsheet takes for a formula, also not one that overlooks
// what is blank before it. What was typed still stands there, after an apostrophe.
func Inert(cell string) string {
	seen := strings.TrimLeftFunc(cell, func(r rune) bool {
		return unicode.In(r, unicode.Space, unicode.Cf) && !strings.ContainsRune(starts, r)
	})
	if seen != "" && strings.ContainsRune(starts, []rune(seen)[0]) {
		return "'" + cell
	}
	return cell
}

// Text is a cell of words: where these are all digits and signs, as in 1-2 or 1E5, a
// spreadsheet would make a date or another number of them.
func Text(words string) string {
	if words != "" && strings.Trim(words, "0123456789.,:/-eE+% ") == "" {
		return "'" + words
	}
	return words
}
