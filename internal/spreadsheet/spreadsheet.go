// Package spreadsheet writes tables that the office's spreadsheet opens as they are: UTF-8
// with its mark in front, lines that end as Windows has them, and no cell that does
// more than stand there. It reads those that people hand in: workbooks and CSV.
package spreadsheet

import (
	"bufio"
	"io"
	"strings"
	"unicode"
)

// ContentType is that of such a table, with its heads in the first line.
const ContentType = "text/csv; charset=utf-8; header=present"

// Writer writes rows, the heads first.
type Writer struct {
	to   *bufio.Writer
	mark bool // is written
}

// NewWriter is the writer of one table.
func NewWriter(to io.Writer) *Writer {
	return &Writer{to: bufio.NewWriter(to)}
}

// parts says that some program may part cells at the sign.
func parts(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Write writes a row, each of its cells inert, and in quotes where it has more than letters
// and digits: a program that parts cells at another sign than the comma would begin one in
// the middle of a text, and take what stands there for a formula.
func (w *Writer) Write(cells ...string) error {
	var b strings.Builder
	if !w.mark {
		b.WriteString("\uFEFF")
		w.mark = true
	}
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if cell = Inert(cell); !strings.ContainsFunc(cell, parts) {
			b.WriteString(cell)
			continue
		}
		b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
	_, err := w.to.WriteString(b.String())
	return err
}

// Flush sends on what was written, and says what kept it from being.
func (w *Writer) Flush() error { return w.to.Flush() }

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
