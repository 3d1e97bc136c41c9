package view

import (
	"context"
	"io"
	"strconv"
)

// ChartRow is one row of the table under the bars. Rows with the same Bar stack
// in one bar, the first at the bottom; Vermilion values are set in bold.
type ChartRow struct {
	Label  string
	Values []int
	Tone   Tone
	Bar    int
}

// Chart is bars that stand exactly above the columns of a real table, so that
// the numbers are always there. Plain shows the table alone.
type Chart struct {
	Caption string
	Head    string   // of the column of labels
	Columns []string // 1 2 3 …
	Unit    string   // after each column's head where there is room: 月
	Rows    []ChartRow
	Plain   bool
}

// Render draws it with the template chart.
func (v Chart) Render(ctx context.Context, w io.Writer) error { return chart(v).Render(ctx, w) }

// The box of the bars; a column is chartColumn wide, whatever the page makes of it.
const (
	chartHeight = 100.0
	chartColumn = 100.0
	chartGap    = 1.5 // between two parts of a bar
)

type chartRect struct {
	class, x, y, width, height string
}

// chartWidest is how many columns a narrow screen has room for: the months of a year.
const chartWidest = 12

// class says when there are few columns, and when they are too many or their numbers too
// long for a narrow screen.
func (v Chart) class() string {
	c := "chart"
	switch {
	case len(v.Columns) <= 6:
		c += " chart-few"
	case len(v.Columns) > chartWidest:
		return c + " chart-long"
	}
	for _, row := range v.Rows {
		for _, n := range row.Values {
			if n >= 1000 {
				return c + " chart-long"
			}
		}
	}
	return c
}

func (v Chart) viewBox() string {
	return "0 0 " + strconv.Itoa(len(v.Columns)*int(chartColumn)) + " " + strconv.Itoa(int(chartHeight))
}

func (v Chart) width() string { return strconv.Itoa(len(v.Columns) * int(chartColumn)) }

func (v Chart) bars() int {
	n := 0
	for _, row := range v.Rows {
		n = max(n, row.Bar+1)
	}
	return n
}

// chartTick is a number of the scale; y is its height in the box, whose percent are
// the box's own units.
type chartTick struct{ label, y, percent string }

// chartSteps is the most steps that a scale has: more would crowd a box so low.
const chartSteps = 4

// ScaleStep is the least of 1, 2, 5, 10, 20 … that reaches over the highest in few steps.
func ScaleStep(highest int) int {
	for unit := 1; ; unit *= 10 {
		for _, of := range []int{1, 2, 5} {
			if step := of * unit; step*chartSteps >= highest {
				return step
			}
		}
	}
}

// ScaleTop is the last number of a scale to the highest.
func ScaleTop(highest int) int {
	step := ScaleStep(highest)
	return (highest + step - 1) / step * step
}

// top is where the box ends.
func (v Chart) top() int { return ScaleTop(v.highest()) }

func (v Chart) ticks() []chartTick {
	var out []chartTick
	for n := 0; n <= v.top(); n += ScaleStep(v.highest()) {
		y := Decimal(chartHeight - float64(n)*chartHeight/float64(v.top()))
		out = append(out, chartTick{Count(n), y, y + "%"})
	}
	return out
}

// highest is the sum of the highest bar, at least one.
func (v Chart) highest() int {
	top := 1
	for bar := range v.bars() {
		for column := range v.Columns {
			top = max(top, v.sum(bar, column))
		}
	}
	return top
}

func (v Chart) sum(bar, column int) int {
	sum := 0
	for _, row := range v.Rows {
		if row.Bar == bar {
			sum += row.Values[column]
		}
	}
	return sum
}

// rects are the parts of all bars, true to the scale: the gap between two parts is taken
// from the upper one. A part is never so thin that it vanishes.
func (v Chart) rects() []chartRect {
	var out []chartRect
	scale := chartHeight / float64(v.top())
	bars := v.bars()
	width := chartColumn * 0.64 / float64(max(bars, 1))
	for column := range v.Columns {
		for bar := range bars {
			x := float64(column)*chartColumn + chartColumn*0.18 + float64(bar)*width
			floor := chartHeight
			for _, row := range v.Rows {
				if row.Bar != bar || row.Values[column] <= 0 {
					continue
				}
				high := float64(row.Values[column]) * scale
				if floor < chartHeight {
					floor, high = floor-chartGap, high-chartGap
				}
				high = max(high, 1)
				out = append(out, chartRect{
					class: "bar-" + string(row.Tone), x: Decimal(x), y: Decimal(floor - high), width: Decimal(width * 0.94), height: Decimal(high),
				})
				floor -= high
			}
		}
	}
	return out
}

func (r ChartRow) valueClass(n int) string {
	switch {
	case n == 0:
		return "none"
	case r.Tone == Vermilion:
		return "vermilion"
	}
	return ""
}
