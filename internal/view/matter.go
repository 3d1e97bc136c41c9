package view

import (
	"strings"
	"time"

	"github.com/a-h/templ"
)

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

// Shown is the fact as a component: its body, else its text.
func (f Fact) Shown() templ.Component {
	if f.Body != nil {
		return f.Body
	}
	return Sentence(f.Text)
}

// Apart are words that no handling unit reads; a page that is printed goes to one.
func Apart(words string) templ.Component { return apart(words) }

// AnswerBox shows the official answer with a green bar at its side.
type AnswerBox struct {
	Title string
	Rows  []Fact
	State StatusTag // its colour is the box's; an answer has none
}

func (a AnswerBox) class() string {
	if a.State == (StatusTag{}) {
		return "answer"
	}
	return "answer answer-" + string(a.State.sign().tone)
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
	Apart  bool // desk: no handling unit reads the quote, and it is not printed
	New    bool // desk: its reader has not seen it before
}

// Timeline tells what happened; Desk puts the time at the right of the title.
type Timeline struct {
	Items  []TimelineItem
	Desk   bool
	Reader string // on the desk: who outside reads what is for them
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
	Track  string // the address at which it is followed
	Scan   string // the same with the number filled in, for a telephone; never with the code
}

// Text is the slip for a file that every telephone and computer opens.
func (r Receipt) Text(title string) string {
	return strings.Join([]string{
		title + "　投诉回执", "",
		"投诉编号　" + r.Number,
		"查询码　　" + r.Code,
		"被投诉单位　" + r.Unit,
		"收到时间　" + MomentFull(r.At),
		"查询网址　" + r.Track, "",
		"有编号和查询码，就能看到您的投诉。请不要告诉别人，也不要把这个文件留在别人的电脑上。", "",
	}, "\r\n")
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

// MatterHead is the head of one matter, in the portal and in the desk.
type MatterHead struct {
	Back     Ref
	Number   string
	Status   StatusTag
	Place    string // 第 6 件，共 143 件
	Prev     string
	Next     string
	Title    string
	FactList []templ.Component
}

func (h MatterHead) tag() StatusTag {
	h.Status.Wash = true
	return h.Status
}

// Columns is main and side column; the children are the main one.
type Columns struct {
	Side templ.Component
	Desk bool
}

func (c Columns) class() (outer, side string) {
	if c.Desk {
		return "desk-columns", "desk-side"
	}
	return "columns", "side"
}
