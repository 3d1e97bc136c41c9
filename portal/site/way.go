package site

import (
	"strings"

	"github.com/a-h/templ"

	"zhengxin/internal/view"
)

// WayStep is one step of the way of a complaint.
type WayStep struct {
	Title string
	Limit string
	Note  string
	Ticks int // ticks of the ruler between this post and the next
}

// Way is the ruler of the home page.
type Way struct {
	Steps []WayStep
}

// posts and ticks spread each step over an equal share of 1000 units, each as one
// path: a line for itself apiece was a sixth of the page.
func (w Way) posts() string {
	var path strings.Builder
	path.WriteString("M0 1H1000")
	for i := range len(w.Steps) + 1 {
		path.WriteString("M" + view.Decimal(w.at(i)) + " 1V20")
	}
	return path.String()
}

func (w Way) ticks() string {
	var path strings.Builder
	for i, s := range w.Steps {
		for k := 1; k < s.Ticks; k++ {
			path.WriteString("M" + view.Decimal(w.at(i)+w.at(1)*float64(k)/float64(s.Ticks)) + " 1V10")
		}
	}
	return path.String()
}

func (w Way) at(step int) float64 { return 1000 * float64(step) / float64(max(1, len(w.Steps))) }

// wayKey is a way as a value that can be compared: the terms of the law change
// once in years, and drawing them was a sixth of the first page.
type wayKey struct {
	n     int
	steps [8]WayStep
}

var ways = view.NewDrawings(func(k wayKey) templ.Component { return drawWay(Way{k.steps[:k.n]}) })

func way(w Way) templ.Component {
	k := wayKey{n: len(w.Steps)}
	if copy(k.steps[:], w.Steps) < k.n {
		return drawWay(w)
	}
	return ways.Of(k)
}
