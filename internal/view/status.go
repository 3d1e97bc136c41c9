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

// signs is the table of states: each word with its shape and colour.
var signs = map[string]sign{
	"待登记": {ShapeCircle, Slate}, "待受理": {ShapeCircle, Slate}, "待派单": {ShapeCircle, Slate}, "待签收": {ShapeCircle, Slate},
	"办理中": {ShapeHalf, Azurite}, "待审核": {ShapeHalf, Azurite}, "复查中": {ShapeHalf, Azurite}, "听取申辩": {ShapeHalf, Azurite},
	"即将到期": {ShapeClock, Amber}, "今天到期": {ShapeClock, Amber},
	"已逾期":  {ShapeTriangle, Vermilion},
	"等您补正": {ShapeDiamond, Amber}, "待补正": {ShapeDiamond, Amber}, "退办待核": {ShapeDiamond, Amber}, "暂定": {ShapeDiamond, Amber},
	"暂停计时": {ShapePause, Slate},
	"已答复":  {ShapeTick, Pine}, "按期": {ShapeTick, Pine}, "已核对": {ShapeTick, Pine},
	"公示中":  {ShapeTick, Azurite},
	"已办结":  {ShapeTickFull, Pine},
	"不予受理": {ShapeRefused, Slate},
	"已转送":  {ShapeArrow, Slate},
	"封存":   {ShapeLock, Ink},
}

// StatusTag shows a state as word, shape and colour. Shape and Tone come from
// the table of words unless they are given.
type StatusTag struct {
	Word  string
	Wash  bool // a coloured ground: only in the head of a page
	Shape Shape
	Tone  Tone
}

func (t StatusTag) sign() sign {
	s, known := signs[t.Word]
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
