package view

import (
	"context"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/a-h/templ"
)

// drawings keeps what a small component looks like for each value it has had: a
// list has hundreds of tags, icons and bars of a few dozen values, and drawing
// them anew was a third of the page. Only for what is the same for everybody
// and no person's words.
type drawings[K comparable] struct {
	draw func(K) templ.Component
	kept sync.Map // K → string
	many atomic.Int64
}

// mostDrawings bounds the memory of each kind; what comes later is drawn anew.
const mostDrawings = 1024

func newDrawings[K comparable](draw func(K) templ.Component) *drawings[K] {
	return &drawings[K]{draw: draw}
}

// of is the component of a value, as a stroke that writes what was kept.
func (d *drawings[K]) of(k K) templ.Component {
	if html, ok := d.kept.Load(k); ok {
		return stroke(html.(string))
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var b strings.Builder
		if err := d.draw(k).Render(ctx, &b); err != nil {
			return err
		}
		if d.many.Load() < mostDrawings {
			if _, twice := d.kept.LoadOrStore(k, b.String()); !twice {
				d.many.Add(1)
			}
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// stroke is markup that a component of ours has drawn and escaped before.
type stroke string

// Render writes it.
func (s stroke) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(s))
	return err
}

var (
	icons = newDrawings(drawIcon)
	tags  = newDrawings(drawStatusTag)
	bars  = newDrawings(drawBar)
	ways  = newDrawings(func(k wayKey) templ.Component { return drawWay(Way{k.steps[:k.n]}) })
)

// wayKey is a way as a value that can be compared: the terms of the law change
// once in years, and drawing them was a sixth of the first page.
type wayKey struct {
	n     int
	steps [8]WayStep
}

func way(w Way) templ.Component {
	k := wayKey{n: len(w.Steps)}
	if copy(k.steps[:], w.Steps) < k.n {
		return drawWay(w)
	}
	return ways.of(k)
}

func icon(i Icon) templ.Component           { return icons.of(i) }
func statusTag(t StatusTag) templ.Component { return tags.of(t) }
func bar(b Bar) templ.Component             { return bars.of(b.rounded()) }
