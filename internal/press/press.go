// Package press is the media's lane: what admitted journalists let the office know, the
// statements that they ask units for, until when nothing of it may be published, and
// where they published it.
//
// A journalist's source is protected by what nobody is shown: what they know stays with
// the supervising office. A unit learns of a lead once it is asked for a statement, and
// then who asks and what, and no more.
package press

import (
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/member"
	"zhengxin/internal/notice"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Register holds the leads of one process.
type Register struct{ register.Register }

// New is the register of leads of an office.
func New(o register.Office) *Register { return &Register{register.Register{Office: o, Kind: Kind}} }

// Kind declares the register.
var Kind = &register.Kind{
	Law:      Law,
	Path:     "leads",
	Letters:  "MT",
	Reads:    []register.Reader{{Role: staff.Auditor}, {Role: staff.Publisher, Flags: []string{Stated}}},
	Reserved: true,
	Views: []register.View{
		{Name: "lodged", Label: "新来的", State: Lodged}, {Name: "explaining", Label: "等单位说明", Where: `m.state IN ('asked', 'explaining', 'drafted')`},
		{Name: "answered", Label: "已说明", State: Answered}, {Name: "embargoed", Label: "保密期内", Where: facts[Embargoed]},
	},
	Row: `(SELECT jsonb_build_object('Outlet', l.outlet, 'Until', (SELECT k.due_on FROM clock k WHERE k.matter_id = p.id AND k.rule = 'EMBARGO' AND k.stopped_at IS NULL))
		FROM press_lead l WHERE l.matter_id = p.id)`,
	Texts:     texts,
	Given:     true,
	Members:   []member.Kind{member.Journalist},
	Opens:     lodge,
	Papers:    map[document.Kind]register.Paper{document.Statement: statementPaper},
	Publicity: register.Publicity{Kind: notice.Statement, Endless: true},
	Figures:   figures,
	Checks: map[workflow.Action]register.Check{
		Enter: checkEntry, AskAgain: checkQuestions, DraftStatement: checkStatement, AnswerSelf: checkStatement, Decline: checkStatement,
		NotePublication: checkPublication, CorrectPublication: checkPublication,
	},
	Effects: map[workflow.Action]register.Effect{
		HandOver: handOver, Recall: takenBack, AskAgain: askAgain, DraftStatement: draftStatement, Extend: extend,
		NotePublication: notePublication, CorrectPublication: correctPublication, DropPublication: dropPublication, Publish: publish, TakeDown: takeDown,
	},
}

// texts are where a lead's words stand. What a journalist knows is not among them: who
// only publishes finds nothing by it.
var texts = search.Texts{Called: "媒体、要问的、说明、刊播", All: []search.Text{
	{Label: "媒体", SQL: `(SELECT ARRAY[l.outlet, l.name] FROM press_lead l WHERE l.matter_id = m.id)`},
	{Label: "要问的", SQL: `ARRAY(SELECT q.said FROM press_question q WHERE q.matter_id = m.id ORDER BY q.no)`},
	{Label: "说明", SQL: `(SELECT ARRAY[s.body] FROM press_statement s WHERE s.matter_id = m.id ORDER BY s.version DESC LIMIT 1)`},
	{Label: "刊播", SQL: `ARRAY(SELECT x.title || ' ' || x.outlet FROM press_publication x WHERE x.matter_id = m.id ORDER BY x.seq)`},
}}

// Row is what a list shows of a lead beside what it shows of any matter.
type Row struct {
	Outlet string
	Until  clock.Date // the last day of its embargo; zero while there is none
}

// Content is all that a lead says, and what was said to it.
type Content struct {
	Title        string
	Who, Outlet  string // who lodged it
	Concerns     string // name of the unit that it concerns; empty where the lead names none
	ConcernsCode string
	Knows        string     // what the journalist knows: for the supervising office alone
	WantedBy     clock.Date // the journalist's own deadline: it informs, and is no term
	From         clock.Date // since when the embargo was agreed on; zero without one
	Until        clock.Date // its last day while it runs
	Questions    []Question
	Statement    Statement // the newest draft; its Version is 0 while there is none
	Publications []Publication
}

// Question is one thing that a unit is asked.
type Question struct {
	No    int
	Round int // 1 what the lead asked, 2 what was asked once more
	Said  string
}

// Statement is a statement as it was drafted.
type Statement struct {
	Version int
	Body    string
	Contact string
	By      string
	At      time.Time
}

// Publication is where what came of it appeared.
type Publication struct {
	No      int
	Title   string
	Outlet  string
	On      clock.Date
	Link    string // https; empty for what is on paper or on air
	Dropped bool   // the journalist has taken the note back
}

// Line is a publication as it is named.
func (p Publication) Line() string {
	return "《" + p.Title + "》，" + p.Outlet + "，" + p.On.Long()
}

// Standing are the publications that were not taken back.
func (c *Content) Standing() []Publication { return Standing(c.Publications) }

// Standing are those of a list that were not taken back.
func Standing(all []Publication) (list []Publication) {
	for _, p := range all {
		if !p.Dropped {
			list = append(list, p)
		}
	}
	return list
}

// Offered are publications to choose from, by the need that asks which.
func Offered(list []Publication) map[string][]workflow.Option {
	var options []workflow.Option
	for _, p := range list {
		options = append(options, workflow.Option{Value: strconv.Itoa(p.No), Label: "第 " + strconv.Itoa(p.No) + " 条：" + p.Line()})
	}
	return map[string][]workflow.Option{which.Name: options}
}

// Known is what a form about a publication begins with: which it is, and how it stands.
func (p Publication) Known() workflow.Answers {
	return workflow.Answers{
		which.Name: {strconv.Itoa(p.No)}, "headline": {p.Title}, "outlet": {p.Outlet}, "link": {p.Link},
		"appeared_year": {strconv.Itoa(p.On.Year)}, "appeared_month": {strconv.Itoa(int(p.On.Month))}, "appeared_day": {strconv.Itoa(p.On.Day)},
	}
}

// round is what was asked last.
func (c *Content) round() (last []Question) {
	for _, q := range c.Questions {
		if q.Round == c.Questions[len(c.Questions)-1].Round {
			last = append(last, q)
		}
	}
	return last
}

// Paper is a statement as a unit's own paper. It names nobody who asked: it may be
// published, and who asked is the journalist's to say.
func (c *Content) Paper(unit string) document.Paper {
	paper := document.Paper{Issuer: unit, Title: []string{"关于“" + c.Title + "”的", "情况说明"}, Addressee: "新闻媒体"}
	add := func(text string, head bool) {
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				paper.Parts = append(paper.Parts, document.Part{Text: line, Head: head})
			}
		}
	}
	add("一、来函问的", true)
	for _, q := range c.round() {
		add(strconv.Itoa(q.No)+". "+q.Said, false)
	}
	add("二、本单位的说明", true)
	add(c.Statement.Body, false)
	add("联系人和电话："+c.Statement.Contact, false)
	return paper
}
