// Package request is what is asked of whoever a matter is from while it is worked on, of
// whichever register: an object with a number within its matter, items that are answered one
// by one, and a last day. A register whose units ask puts the moves of a Course
// into its law, says so in its Kind, and calls Ask and Answer where its own moves ask and
// answer.
//
// A unit never reaches whoever a matter is from: what it proposes, the desk passes on or
// refuses. What was answered to the desk alone is, to a unit, not answered at all.
package request

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// Kind is what sort of request it is; the table has the same words.
type Kind string

// The kinds.
const (
	Supplement Kind = "supplement" // before it is taken up
	Question   Kind = "question"   // while a unit works
	Assist     Kind = "assist"     // of another unit, to look into something or give something
	Consult    Kind = "consult"    // of another unit, what it thinks
)

// Word is what a kind is called.
func (k Kind) Word() string {
	return map[Kind]string{Supplement: "补正", Question: "补充", Assist: "协查", Consult: "征求意见"}[k]
}

// ToUnit says that another unit is asked, and not whoever a matter is from.
func (k Kind) ToUnit() bool { return k == Assist || k == Consult }

// End is why nobody waits for a request any more; the table has the same words.
type End string

// The ends; none is the zero End.
const (
	Refused   End = "refused"   // by the desk, which did not pass it on
	Withdrawn End = "withdrawn" // with a reason
	Lapsed    End = "lapsed"    // its last day passed
	Over      End = "over"      // the matter has gone on without it
	Taken     End = "taken"     // by the desk, which asks another unit in a matter of its own
)

// Item is one thing that is asked for. To who reads for a unit, an answer that the desk
// alone was given is none.
type Item struct {
	No       int
	Words    string
	Answered *time.Time
	Seq      int64 // of the event that answered it
	Guarded  bool  // told to the desk alone
	Waived   *time.Time
}

// Open says that it is neither answered nor needed no more.
func (i Item) Open() bool { return i.Answered == nil && i.Waived == nil }

// unsettled says the same as a unit sees it.
func (i Item) unsettled() bool { return (i.Answered == nil || i.Guarded) && i.Waived == nil }

// Request is a request with what became of it.
type Request struct {
	No      int        `json:"no"`
	Kind    Kind       `json:"kind"`
	ByUnit  string     `json:"by_unit"` // who proposed it, by code; empty is the desk
	ByName  string     `json:"by_name"`
	AskedAt time.Time  `json:"asked_at"`
	PutAt   *time.Time `json:"put_at"` // when it reached whoever the matter is from
	LastOn  clock.Date `json:"last_on"`
	Ended   End        `json:"ended"`
	EndedAt *time.Time `json:"ended_at"`
	Items   []Item     `json:"items"`
}

// Open says that it was put, nothing has ended it, and something of it is open.
func (r Request) Open() bool { return r.put() && slices.ContainsFunc(r.Items, Item.Open) }

// Proposed says that it waits for the desk to pass it on.
func (r Request) Proposed() bool { return r.PutAt == nil && r.Ended == "" }

// Late says that it is open and its last day is over.
func (r Request) Late(now time.Time) bool {
	return r.Open() && !r.LastOn.IsZero() && !now.Before(r.LastOn.Ends())
}

func (r Request) put() bool { return r.PutAt != nil && r.Ended == "" }

// out says that something of it is open as a unit sees it; before a unit has the matter
// there is none from whom an answer is kept.
func (r Request) out() bool {
	if r.Kind == Supplement {
		return r.Open()
	}
	return r.put() && slices.ContainsFunc(r.Items, Item.unsettled)
}

// Number is how it is called.
func (r Request) Number() string { return fmt.Sprintf("第 %d 号", r.No) }

// Words are its items in one line.
func (r Request) Words() string {
	words := make([]string, len(r.Items))
	for i, one := range r.Items {
		words[i] = one.Words
		if len(r.Items) > 1 {
			words[i] = strconv.Itoa(one.No) + ". " + one.Words
		}
	}
	return strings.Join(words, "；")
}

// List are the requests of one matter, by number.
type List []Request

// Open are those that are waited for.
func (l List) Open() List { return l.those(Request.Open) }

func (l List) those(so func(Request) bool) List {
	return slices.DeleteFunc(slices.Clone(l), func(r Request) bool { return !so(r) })
}

// The needs of moves whose choices are a matter's requests or their items.
const (
	Answers  = "items"     // which items are answered
	proposed = "proposed"  // which of those that wait for the desk
	ToUnit   = "to_unit"   // which of those that wait for it and are for another unit
	standing = "requested" // which of those that are out
	waived   = "waived"    // which items are needed no more
)

// itemsField is where somebody writes what is to be asked.
const itemsField = "asked"

// Offered are the choices of those needs for a reader of the dossier; unit is that of who
// reads for one, else empty.
func (l List) Offered(unit string) map[string][]workflow.Option {
	offered := map[string][]workflow.Option{}
	for _, r := range l {
		whole := workflow.Option{Value: strconv.Itoa(r.No), Label: r.Number() + "：" + r.Words()}
		switch {
		case r.Proposed() && r.Kind.ToUnit():
			offered[ToUnit] = append(offered[ToUnit], whole)
		case r.Proposed():
			offered[proposed] = append(offered[proposed], whole)
		}
		if r.out() && (unit == "" || r.ByUnit == unit) {
			offered[standing] = append(offered[standing], whole)
			offered[waived] = append(offered[waived], r.options(Item.unsettled)...)
		}
	}
	return offered
}

// Asked are the items that are asked of whoever the matter is from, to choose from.
func (l List) Asked() (options []workflow.Option) {
	for _, r := range l.Open() {
		options = append(options, r.options(Item.Open)...)
	}
	return options
}

// options are the items of a request that are so, to choose from.
func (r Request) options(so func(Item) bool) (options []workflow.Option) {
	for _, i := range r.Items {
		if so(i) {
			label := r.Number() + "第 " + strconv.Itoa(i.No) + " 项：" + i.Words
			if i.Guarded {
				label += "（已经说给监督人员）"
			}
			options = append(options, workflow.Option{Value: r.value(i), Label: label})
		}
	}
	return options
}

func (r Request) value(i Item) string { return strconv.Itoa(r.No) + "." + strconv.Itoa(i.No) }

// Known is what a form begins with: where there is one to choose it is chosen, and what is
// said answers all that is asked unless somebody says otherwise.
func Known(offered map[string][]workflow.Option, m workflow.Move) workflow.Answers {
	known := workflow.Answers{}
	for _, n := range m.Needs {
		switch list := offered[n.Name]; {
		case n.Name == Answers:
			for _, o := range list {
				known[n.Name] = append(known[n.Name], o.Value)
			}
		case slices.Contains([]string{proposed, standing, ToUnit}, n.Name) && len(list) == 1:
			known[n.Name] = []string{list[0].Value}
		}
	}
	return known
}

// What a request may have.
const (
	mostItems = 12
	mostText  = 2000
)

// ReadItems are the items of a text with one on each line, without the numbers that
// somebody gave them, with what is wrong with it.
func ReadItems(text string) (items []string, sentence string) {
	for line := range strings.SplitSeq(form.Text(text), "\n") {
		if item := strings.TrimRight(form.Unnumbered(line), "；;。 "); !form.Wordless(item) {
			items = append(items, item)
		}
	}
	switch {
	case len(items) == 0:
		return nil, "只有序号，没有内容，请写每一项要什么"
	case len(items) > mostItems:
		return nil, fmt.Sprintf("现在是 %d 项，一次最多 %d 项；同一样东西的请合成一项", len(items), mostItems)
	}
	return items, ""
}
