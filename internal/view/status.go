package view

// Shape names one drawing of the icon set.
type Shape int

// The shapes. The first dozen say a state, the rest name a thing.
const (
	ShapeNone     Shape = iota
	ShapeCircle         // waiting to begin
	ShapeHalf           // in progress
	ShapeClock          // due soon
	ShapeTriangle       // late or wrong
	ShapeDiamond        // needs attention
	ShapePause          // clock stopped
	ShapeTick           // met
	ShapeTickFull       // closed
	ShapeRefused        // not accepted
	ShapeArrow          // handed on
	ShapeLock           // sealed
	ShapeSquare         // not yet
	ShapeBar            // here
	ShapePaper
	ShapeMenu
	ShapeCross
	ShapePen
	ShapeSearch
	ShapePeople
	ShapeNext
)

// Tone is the colour that repeats what a word says.
type Tone string

// The tones; each is a class of the style sheet.
const (
	Slate     Tone = "slate"
	Azurite   Tone = "azurite"
	Amber     Tone = "amber"
	Vermilion Tone = "vermilion"
	Pine      Tone = "pine"
	Ink       Tone = "ink"
)

// sign is what stands beside a state's word.
type sign struct {
	shape Shape
	tone  Tone
}

// signs are words that are no state of a move table, each with its shape and colour.
var signs = map[string]sign{
	"即将到期": {ShapeClock, Amber}, "今天到期": {ShapeClock, Amber},
	"已逾期":  {ShapeTriangle, Vermilion},
	"等您补正": {ShapeDiamond, Amber}, "暂定": {ShapeDiamond, Amber},
	"暂停计时": {ShapePause, Slate},
	"按期":   {ShapeTick, Pine}, "已核对": {ShapeTick, Pine},
	"公示中": {ShapeTick, Azurite},
	"封存":  {ShapeLock, Ink},
}

// drawn are the signs of states, by the names that the move tables give them.
var drawn = map[string]sign{
	"begin": {ShapeCircle, Slate}, "work": {ShapeHalf, Azurite}, "ask": {ShapeDiamond, Amber}, "met": {ShapeTick, Pine}, "shown": {ShapeTick, Azurite},
	"closed": {ShapeTickFull, Pine}, "refused": {ShapeRefused, Slate}, "handed": {ShapeArrow, Slate}, "sealed": {ShapeLock, Ink},
}

// ShapeOf is the shape of a sign; ShapeNone when there is none of that name.
func ShapeOf(name string) Shape { return drawn[name].shape }

// Drawn says whether a sign has its shape and colour.
func Drawn(name string) bool { return drawn[name] != sign{} }

// StatusTag shows a state as word, shape and colour. Shape and Tone come from
// its Sign, or from the table of words, unless they are given.
type StatusTag struct {
	Word  string
	Sign  string // of a move table's state
	Wash  bool   // a coloured ground: only in the head of a page
	Shape Shape
	Tone  Tone
}

func (t StatusTag) sign() sign {
	s, known := drawn[t.Sign]
	if !known {
		s, known = signs[t.Word]
	}
	if !known {
		s = sign{ShapeCircle, Slate}
	}
	if t.Shape != ShapeNone {
		s.shape = t.Shape
	}
	if t.Tone != "" {
		s.tone = t.Tone
	}
	return s
}

// class is joined by hand: a list has several icons to a row, and a class list
// of templ costs an allocation for each word.
func (i Icon) class() string {
	if i.Class == "" {
		return "icon"
	}
	return "icon " + i.Class
}

func (t StatusTag) class() string {
	c := "tag " + string(t.sign().tone)
	if t.Wash {
		c += " tag-wash"
	}
	return c
}
