package desk

import (
	"strconv"
	"unicode/utf8"

	"zhengxin/internal/view"

	"github.com/a-h/templ"
)

// Move is one thing a person may do now. Strong is the part of Consequence in
// bold. Fields are the inputs that the move needs. WhyNot says what is missing
// for a move that is nearly possible.
type Move struct {
	Action      string
	URL         string
	Label       string
	Kind        view.ButtonKind
	Consequence string
	Strong      string
	Fields      templ.Component
	Open        bool // the form stands open: for the first move and after a fault
	WhyNot      string
	Inputs      []HiddenInput // hidden inputs beside the tokens
	Draft       Draft
}

// Draft is what a form of the desk has so that nothing typed into it is lost: a
// button, a script that presses it, and what was kept put back. The form bears
// its Attributes.
type Draft struct {
	ID      string // of the small form that throws the draft away
	URL     string // of the form; nothing is kept without
	CSRF    string
	Label   string // of what the form does, to tell its buttons from others
	Back    string // when the draft was saved that stands in the fields, 11月25日 14:04; empty when none does
	Of      string // names the draft that stands in the fields
	Others  []OtherDraft
	Unsaved bool // the fields hold what was never kept: the form came back with a fault
}

// OtherDraft is another draft of the same form, by whichever window.
type OtherDraft struct {
	ID    string // of the small form that throws it away
	Of    string
	At    string
	Words string
	Take  string // leads to the form with this one put back
}

// Attributes are what the script knows the form by.
func (d Draft) Attributes() templ.Attributes {
	switch {
	case d.URL == "":
		return nil
	case d.Unsaved:
		return templ.Attributes{"data-draft": "unsaved"}
	}
	return templ.Attributes{"data-draft": "kept"}
}

// HiddenInput is what a form sends without showing it.
type HiddenInput struct{ Name, Value string }

// Moves is 现在您可以: the expected move first and filled, hard ones last.
// Absent explains moves that are not offered, under AbsentTitle.
type Moves struct {
	Items       []Move
	CSRF        string
	FormToken   string
	AbsentTitle string
	Absent      string
}

func (m Move) whyNotID() string { return "why-" + m.Action }

// asks says that there is something to fill in before it can be done.
func (m Move) asks() bool { return m.Fields != nil && m.WhyNot == "" }

// PanelClock is one clock: its words or its state, its bar and its derivation.
type PanelClock struct {
	Name   string
	Words  string
	State  DeadlineState
	Share  float64
	Note   string
	NoBar  bool
	Over   bool           // it stands still: one line, with its Note behind
	Status view.StatusTag // instead of Words: 按期
}

func (c PanelClock) tag() view.StatusTag {
	d := Deadline{Words: c.Words, State: c.State}
	if c.Status.Word != "" {
		return c.Status
	}
	t, _ := d.tag()
	return t
}

func (c PanelClock) bar() Bar {
	return Bar{Share: c.Share, DueToday: c.State == DueToday || c.State == DueSoon || c.State == DueNear, Wide: true}
}

// ClockPanel is 期限 in the side column.
type ClockPanel struct {
	Title string // 期限 unless given
	Link  view.Ref
	Items []PanelClock
}

func (p ClockPanel) title() string {
	if p.Title == "" {
		return "期限"
	}
	return p.Title
}

// PanelRow is a label and its value; Aside is the quiet line under it.
type PanelRow struct {
	Label string
	Text  string
	Href  string
	Aside string
	Body  templ.Component
}

// Panel is a list of labels and values in the side column, its head with one
// link. Children follow the rows.
type Panel struct {
	Title string
	Link  view.Ref
	Rows  []PanelRow
}

// CountRow is a number with what it counts and where to see it.
type CountRow struct {
	Label string
	Count int
	Href  string
	Late  bool
	Text  string // instead of the count: 14:04 正常
}

// CountPanel is 本科室 or 系统 in the side column.
type CountPanel struct {
	Title string
	Link  view.Ref
	Rows  []CountRow
}

// AttentionItem is one thing to mind: Before, a link, After.
type AttentionItem struct {
	Urgent bool
	Before string
	Link   view.Ref
	After  string
}

// AttentionPanel is 要留意.
type AttentionPanel struct {
	Title string // 要留意 unless given
	Items []AttentionItem
}

func (p AttentionPanel) title() string {
	if p.Title == "" {
		return "要留意"
	}
	return p.Title
}

// SealedPanel stands for an identity that is closed: black blocks, why, and
// what opening it means. Children are the form that asks to open it.
type SealedPanel struct {
	Title  string // 投诉人身份 unless given
	Text   string
	Opened int
}

func (p SealedPanel) title() string {
	if p.Title == "" {
		return "投诉人身份"
	}
	return p.Title
}

// FirstThing is the box on top of my work.
type FirstThing struct {
	Number string
	Title  string
	Late   bool
	Words  string // 逾期 7 天
	Facts  []string
	News   []string // what its reader has not seen yet
	Button view.Button
	Foot   string
}

func (f FirstThing) tag() view.StatusTag {
	if f.Late {
		return view.StatusTag{Word: f.Words, Shape: view.ShapeTriangle, Tone: view.Vermilion}
	}
	return view.StatusTag{Word: f.Words, Shape: view.ShapeClock, Tone: view.Amber}
}

// Ladder is the row of measures; Current is the index of the one in question.
type Ladder struct {
	Steps   []view.Fact
	Current int
}

// Words is what a person wrote, read before anything is decided. A long Text keeps to a
// part of the window and scrolls there, so that the moves after it are not pages away.
type Words struct {
	Label string // of the part, for readers
	Text  string // all of it, to know how long it is
}

// longWords is how many characters stand open.
const longWords = 500

func (w Words) long() bool { return utf8.RuneCountInString(w.Text) > longWords }

// PageTitle is the head of a page of the desk; its children stand at the right.
type PageTitle struct {
	Title string
}

// Problem is the body of an error page: what happened, whether it was saved,
// what to do. Trace is the number under which the log knows it.
type Problem struct {
	Title   string
	Lines   []string
	List    []string // what to do, where it takes several things
	Trace   string
	Buttons []view.Button
}

// blockX places the black blocks of the sealed panel: three, a gap, eleven.
func blockX() []string {
	var out []string
	for i := range 14 {
		x := i * 13
		if i >= 3 {
			x += 14
		}
		out = append(out, strconv.Itoa(x))
	}
	return out
}
