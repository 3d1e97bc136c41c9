package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
)

// StepState is where a step of the filing stands.
type StepState int

// Ahead has no link, Filled has one, Here is the page being read.
const (
	Ahead StepState = iota
	Filled
	Here
)

// Step is one page of the filing.
type Step struct {
	Label string
	Href  string
	State StepState
}

// Steps is the rail of the filing; on small screens “第 3 步，共 6 步” with bars.
// A page of one question also says which of the step's questions it is.
type Steps struct {
	Items               []Step
	Question, Questions int
}

// Which is 第 2 问，共 4 问.
func (s Steps) Which() string {
	return "第\u00a0" + N(s.Question, "问") + "，共\u00a0" + N(s.Questions, "问")
}

func (s Steps) here() (int, string) {
	for i, item := range s.Items {
		if item.State == Here {
			return i + 1, item.Label
		}
	}
	return 0, ""
}

// barX places one bar of the small rail in a box of 100 units.
func (s Steps) barX(i int) string { return decimal(float64(i) * s.barStep()) }

func (s Steps) barWidth() string { return decimal(s.barStep() - 2) }

func (s Steps) barStep() float64 { return 102 / float64(max(1, len(s.Items))) }

// SummaryRow is one answer: Value may have several lines, Aside is the quiet
// line under it, Href leads to where it can be changed.
type SummaryRow struct {
	Label string
	Value string
	Aside string
	Href  string
}

// SummaryList shows answers before they are sent. Note stands at the right of
// the title with a lock when Sealed.
type SummaryList struct {
	Title  string
	Note   string
	Sealed bool
	Rows   []SummaryRow
}

// SavedLine says what is saved, when and for how long; Late when it is not.
type SavedLine struct {
	Text string
	Late bool
}

// Facts is a list of label and value with a strong rule above: 现在在谁手里.
type Facts struct {
	Rows []Fact
}

// Fact is one row; Body wins over Text.
type Fact struct {
	Label string
	Text  string
	Body  templ.Component
}

func (f Fact) body() templ.Component {
	if f.Body != nil {
		return f.Body
	}
	return Sentence(f.Text)
}

// AnswerBox shows the official answer with a green bar at its side.
type AnswerBox struct {
	Title string
	Rows  []Fact
}

// TimelineState says how a node is drawn when the entry has no Status.
type TimelineState int

// Past is done, Now is under way, Future has a dashed line.
const (
	Past TimelineState = iota
	Now
	Future
)

// Visibility says in the desk who sees an entry.
type Visibility int

// Unmarked is for the portal; Inside is what must catch the eye.
const (
	Unmarked Visibility = iota
	Public
	Inside
)

// TimelineItem is one entry, newest first. When stands in for At where a step
// is still to come ("最迟 11月30日").
type TimelineItem struct {
	Title  string
	Text   string
	Link   Ref             // after Text, in the same line
	Body   templ.Component // below Text
	Quote  string          // desk: the words of an internal note
	At     time.Time
	Day    bool // At is the day alone
	When   string
	Who    string
	State  TimelineState
	Shape  Shape // instead of the node that follows from State
	SeenBy Visibility
}

// Timeline tells what happened; Desk puts the time at the right of the title.
type Timeline struct {
	Items []TimelineItem
	Desk  bool
}

func (t TimelineItem) class() string {
	return [...]string{"past", "now", "future"}[t.State]
}

// who is the actor after the time, with a dot between the two.
func (t TimelineItem) who() string {
	if t.At.IsZero() || t.Who == "" {
		return t.Who
	}
	return " ・ " + t.Who
}

func (t TimelineItem) shape() Shape {
	if t.Shape != ShapeNone {
		return t.Shape
	}
	return [...]Shape{ShapeTick, ShapeHalf, ShapeCircle}[t.State]
}

// Receipt is the slip with the number above and the code below the cut line.
// Code comes in groups of four.
type Receipt struct {
	Number string
	Code   string
	Unit   string
	At     time.Time
}

// Paper is an official document. An empty Prefix is shown as 发文字号待配置.
// Children follow the parts.
type Paper struct {
	Issuer    string
	Prefix    string
	Number    string // 〔2026〕3 号
	Date      string // what stands at the right of the number
	Title     []string
	Addressee string
	Parts     []PaperPart
	Signer    string
	SignedOn  string
	Level     int // of the title's heading, 1 unless given
}

// PaperPart is a paragraph, or a head such as 一、查明的事实.
type PaperPart struct {
	Text string
	Head bool
}

// Figure is one number; Href leads to what it counts.
type Figure struct {
	Number string
	Unit   string
	Label  string
	Note   string
	Href   string
}

// Figures is a row of numbers.
type Figures struct {
	Items []Figure
}

// Entry is one line of a list of notices.
type Entry struct {
	On     time.Time
	Title  string
	Href   string
	Status StatusTag
}

// Entries is a list with a date before and a state after each title.
type Entries struct {
	Items []Entry
}

// ActionLink is one thing the reader can do, with a quiet sentence under it.
type ActionLink struct {
	Label string
	Href  string
	Note  string
}

// ActionList is 您可以.
type ActionList struct {
	Items []ActionLink
}

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
		path.WriteString("M" + decimal(w.at(i)) + " 1V20")
	}
	return path.String()
}

func (w Way) ticks() string {
	var path strings.Builder
	for i, s := range w.Steps {
		for k := 1; k < s.Ticks; k++ {
			path.WriteString("M" + decimal(w.at(i)+w.at(1)*float64(k)/float64(s.Ticks)) + " 1V10")
		}
	}
	return path.String()
}

func (w Way) at(step int) float64 { return 1000 * float64(step) / float64(max(1, len(w.Steps))) }

// BigRow is one of the three rows of the elder home page.
type BigRow struct {
	Icon  Shape
	Title string
	Text  string
	Href  string
}

// BigRows are the rows of the elder home page.
type BigRows struct {
	Items []BigRow
}

// decimal writes a coordinate without needless digits.
func decimal(f float64) string {
	return strconv.FormatFloat(f, 'f', -1, 32)
}
