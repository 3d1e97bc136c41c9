package site

import "zhengxin/internal/view"

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
	return "第\u00a0" + view.N(s.Question, "问") + "，共\u00a0" + view.N(s.Questions, "问")
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
func (s Steps) barX(i int) string { return view.Decimal(float64(i) * s.barStep()) }

func (s Steps) barWidth() string { return view.Decimal(s.barStep() - 2) }

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

// SavedLine says what is saved, when and for how long; Late when something is in the way
// of it, Nothing when nothing is: a tick stands beside what was saved alone.
type SavedLine struct {
	Text    string
	Late    bool
	Nothing bool
	Keeps   bool // the script says here what it has kept
}

// Filing is a page of the filing: the rail and, as children, the form column.
type Filing struct {
	Steps Steps
}
