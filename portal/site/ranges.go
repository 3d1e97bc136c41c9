package site

import (
	"context"
	"io"
	"strconv"

	"zhengxin/internal/view"
)

// Range is what is known of one number: it is at least Least and at most Most, and
// Words say so. Href may be empty.
type Range struct {
	Label, Href, Words string
	Least, Most        int
}

// Ranges is a table with a bar lying in each row, on one scale above them: full to
// what is sure, and hollow to what may be. Plain shows the words alone.
type Ranges struct {
	Caption string
	Head    string // of the column of labels
	Counted string // of the column of words
	Rows    []Range
	Plain   bool
}

// Render draws it with the template ranges.
func (v Ranges) Render(ctx context.Context, w io.Writer) error { return ranges(v).Render(ctx, w) }

func (v Ranges) highest() int {
	highest := 1
	for _, row := range v.Rows {
		highest = max(highest, row.Most)
	}
	return highest
}

// percent is how far along the scale a number lies.
func (v Ranges) percent(n int) string {
	return view.Decimal(100*float64(n)/float64(view.ScaleTop(v.highest()))) + "%"
}

// ticks are the numbers of the scale.
func (v Ranges) ticks() []Range {
	var out []Range
	for n := 0; n <= view.ScaleTop(v.highest()); n += view.ScaleStep(v.highest()) {
		out = append(out, Range{Words: strconv.Itoa(n), Least: n})
	}
	return out
}
