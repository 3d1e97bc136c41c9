package workflow

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
)

// Answers are what a person filled in for a move, by the names of its needs.
type Answers map[string][]string

// Get is the first answer to a need.
func (a Answers) Get(name string) string {
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// Chosen are the answers to a need that are not empty, each once.
func (a Answers) Chosen(name string) []string {
	var out []string
	for _, v := range a[name] {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// DateBoxes are the three boxes of a date among the answers, or what was chosen of a
// doubtful one.
func (a Answers) DateBoxes(name string) form.DateBoxes {
	return form.DateBoxes{Year: a.Get(name + "_year"), Month: a.Get(name + "_month"), Day: a.Get(name + "_day")}.Chosen(a.Get(name + "_sure"))
}

// On answers a date, where there is one.
func (a Answers) On(name string, day clock.Date) Answers {
	if !day.IsZero() {
		a[name+"_year"], a[name+"_month"], a[name+"_day"] = []string{strconv.Itoa(day.Year)}, []string{strconv.Itoa(int(day.Month))}, []string{strconv.Itoa(day.Day)}
	}
	return a
}

// farOff is how many months ahead a day is asked about: beyond it a slip of the year is
// likelier than the day, since no term of an answer is as long. It is a question and no bound.
const farOff = 12

// Sure is the day of a need that somebody has confirmed, while it is the one that is written.
func (a Answers) Sure(name string) (fault.Reading, bool) {
	value := a.Get(name + "_sure")
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return fault.Reading{}, false
	}
	d, sentence := a.DateBoxes(name).Read(form.DateRule{Now: day})
	return fault.Reading{Value: value, Words: d.Words()}, sentence == "" && d.String() == value
}

// Date is the day that stands in the boxes of a need; the zero Date when it is
// none or breaks the need's rule, which Faults says.
func (a Answers) Date(n Need, now time.Time) clock.Date {
	day, _ := n.day(a, now)
	return day
}

// Fields are the names that the answers to a need have in a form.
func (n Need) Fields() []string {
	if n.Kind == AskDate {
		return []string{n.Name + "_year", n.Name + "_month", n.Name + "_day"}
	}
	return []string{n.Name}
}

// Need is the need of a move by its name; the zero Need with that name when there
// is none.
func (m Move) Need(name string) Need {
	for _, n := range m.Needs {
		if n.Name == name {
			return n
		}
	}
	return Need{Name: name}
}

// Asks says that the move has a need of that name.
func (m Move) Asks(name string) bool {
	return slices.ContainsFunc(m.Needs, func(n Need) bool { return n.Name == name })
}

// Faults holds answers against what a move always needs, in the page's order:
// missing, too long, not one of the choices, with characters that cannot be kept,
// or a day that cannot be it.
func (m Move) Faults(a Answers, now time.Time) []fault.Field {
	var out []fault.Field
	for _, n := range m.Needs {
		if n.Or != "" && (len(m.StandsOn(a)) > 0 || !form.Wordless(form.Text(a.Get(n.Or)))) {
			n.Optional = true
		}
		if len(n.Only) > 0 { // whether it is asked is known under the lock; what is sent anyway is kept
			n.Optional = true
		}
		out = append(out, n.faults(a, now)...)
	}
	return out
}

// faultsOf are the same of what the move needs because of how the matter is, and of what it
// may be answered with.
func (m Move) faultsOf(of *Matter, a Answers, now time.Time) []fault.Field {
	var out []fault.Field
	for _, n := range m.Needs {
		if value := a.Get(n.Name); Word(n.Options, value) != "" && Word(n.Offered(of), value) == "" {
			out = append(out, fault.Field{Name: n.Name, Sentence: "这件不能选这一项，请从列出的里面选"})
		}
		if len(n.Only) > 0 && n.asked(of) {
			out = append(out, n.faults(a, now)...)
		}
	}
	return out
}

// Stands says that a move stands on articles of the table of laws: they are kept with it,
// and fill {basis} of its public sentence.
func (m Move) Stands() bool {
	return len(m.Basis) > 0 || slices.ContainsFunc(m.Needs, func(n Need) bool { return n.From == FromArticles })
}

// StandsOn are the articles on which a move stands whatever else is chosen: its own, and
// those of the grounds that it is answered with.
func (m Move) StandsOn(a Answers) []string {
	codes := slices.Clone(m.Basis)
	for _, n := range m.Needs {
		for _, o := range n.Options {
			if o.Basis != "" && o.Value == a.Get(n.Name) {
				codes = append(codes, o.Basis)
			}
		}
	}
	return codes
}

// Spoken are the texts that staff write in a move and somebody outside reads: not the note,
// which stays inside, nor what may be written instead of a choice.
func (m Move) Spoken() (out []Need) {
	if !slices.ContainsFunc(m.By, func(r Role) bool { return !r.Outside() && r != staff.System }) {
		return nil
	}
	for _, n := range m.Needs {
		instead := slices.ContainsFunc(m.Needs, func(other Need) bool { return other.Or == n.Name })
		if n.Kind == AskText && n.Name != "note" && !instead {
			out = append(out, n)
		}
	}
	return out
}

// asked says whether a need is put at all while the matter is as it is.
func (n Need) asked(of *Matter) bool {
	return !slices.ContainsFunc(n.Only, func(flag string) bool { return !of.Has(flag) })
}

// Offered are the options of a need that matters of this track have.
func (n Need) Offered(of *Matter) []Option {
	return slices.DeleteFunc(slices.Clone(n.Options), func(o Option) bool { return o.Track != "" && o.Track != of.Class.Track })
}

// Asked are the needs that are put while the matter is as it is.
func (m Move) Asked(of *Matter) []Need {
	return slices.DeleteFunc(slices.Clone(m.Needs), func(n Need) bool { return !n.asked(of) })
}

func (n Need) faults(a Answers, now time.Time) []fault.Field {
	say := func(sentence string) []fault.Field {
		if sentence == "" {
			return nil
		}
		return []fault.Field{{Name: n.Name, Sentence: sentence}}
	}
	if n.Kind == AskDate {
		if _, wrong := n.day(a, now); wrong.Sentence != "" {
			return []fault.Field{wrong}
		}
		return nil
	}
	value := form.Text(a.Get(n.Name))
	switch {
	case !n.Optional && form.Wordless(value):
		return say(n.Ask)
	case n.Max > 0 && form.Length(value) > n.Max:
		return say(form.TooLong(value, n.Max))
	case len(n.Options) > 0 && value != "" && Word(n.Options, a.Get(n.Name)) == "": // untrimmed, as it will be kept
		return say("请从列出的里面选一项")
	}
	return say(form.TextFault(value))
}

// day reads a date and says what is wrong with it or doubtful.
func (n Need) day(a Answers, now time.Time) (clock.Date, fault.Field) {
	boxes, wrong := a.DateBoxes(n.Name), fault.Field{Name: n.Name}
	if boxes.Empty() {
		if !n.Optional {
			wrong.Sentence = n.Ask
		}
		return clock.Date{}, wrong
	}
	typed, asked := boxes.Ask(n.Name, form.DateRule{Now: clock.Local(now), Arrived: n.Day == HasCome, Repair: n.Repair, Label: n.Label})
	if asked.Sentence != "" {
		return clock.Date{}, asked
	}
	d := clock.NewDate(typed.Year, typed.Time().Month(), typed.Day)
	if n.Day == ToCome && !d.After(clock.On(now)) {
		wrong.Sentence = d.Long() + "不在今天以后，请写今天以后的日子"
		return clock.Date{}, wrong
	}
	if until := clock.On(now).AddMonths(cmp.Or(n.Reach, farOff)); (n.Day == ToCome || n.Day == NotPast) && d.After(until) && a.Get(n.Name+"_sure") != typed.String() {
		wrong.Sentence = d.Long() + "离今天很远，比一般的期限长得多。就是这一天的，请勾选；不是就重新写"
		wrong.Readings = []fault.Reading{{Value: typed.String(), Words: typed.Words()}}
		return clock.Date{}, wrong
	}
	if n.Day == NotPast && d.Before(clock.On(now)) {
		wrong.Sentence = d.Long() + "已经过了，请写今天或者以后的日子"
		return clock.Date{}, wrong
	}
	return d, wrong
}

// Word is the label of a choice; empty when it is none of the list.
func Word(list []Option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

// WordOf is the label of a choice; the value itself when nobody knows it.
func WordOf(list []Option, value string) string {
	if word := Word(list, value); word != "" {
		return word
	}
	return value
}

// Order is one staff member doing one thing to one matter.
type Order struct {
	Number  string
	Action  Action
	By      staff.Person
	Token   []byte
	Answers Answers
}

// ActorOf is a staff member as the engine records them.
func ActorOf(p staff.Person) Actor {
	return Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit, Stands: p.Stands}
}
