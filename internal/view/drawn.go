package view

import (
	"context"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/a-h/templ"
)

// Drawings keeps what a small component looks like for each value it has had: a
// list has hundreds of tags, icons and bars of a few dozen values, and drawing
// them anew was a third of the page. Only for what is the same for everybody
// and no person's words.
type Drawings[K comparable] struct {
	draw func(K) templ.Component
	kept sync.Map // K → string
	many atomic.Int64
}

// mostDrawings bounds the memory of each kind; what comes later is drawn anew.
const mostDrawings = 1024

// NewDrawings keeps what draw makes of each value.
func NewDrawings[K comparable](draw func(K) templ.Component) *Drawings[K] {
	return &Drawings[K]{draw: draw}
}

// Of is the component of a value, as a stroke that writes what was kept.
func (d *Drawings[K]) Of(k K) templ.Component {
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
	icons = NewDrawings(drawIcon)
	tags  = NewDrawings(drawStatusTag)
)

func icon(i Icon) templ.Component           { return icons.Of(i) }
func statusTag(t StatusTag) templ.Component { return tags.Of(t) }
