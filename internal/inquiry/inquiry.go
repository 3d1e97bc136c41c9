// Package inquiry is 协查 and 征求意见: another unit than the one that works on a complaint is
// asked to look into something, or what it thinks. It is a matter of its own that follows
// the complaint, so that the asked unit reads what it is asked and nothing else: not the
// complaint, not of whom it is, nor that there is one.
//
// It goes through the desk: who is asked, in which words, and which facts are given.
package inquiry

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Kind declares the register.
var Kind = &register.Kind{
	Law:      Law,
	Path:     "inquiries",
	Letters:  "XC",
	Reads:    []register.Reader{{Role: staff.Leader}, {Role: staff.Auditor}},
	Reserved: true,
	Views: []register.View{
		{Name: "drafted", Label: "待发出", State: Drafted}, {Name: "asked", Label: "等单位回复", State: Asked}, {Name: "answered", Label: "已回复", State: Answered},
	},
	Row:     `(SELECT jsonb_build_object('Sort', i.sort) FROM inquiry i WHERE i.matter_id = p.id)`,
	Texts:   texts,
	Given:   true,
	Checks:  map[workflow.Action]register.Check{Answer: checkAnswer, Draft: checkAnswer},
	Effects: map[workflow.Action]register.Effect{Send: send, Answer: answer, Waive: waive, Extend: extend, Withdraw: end(request.Withdrawn), GiveUp: end(request.Lapsed)},
}

// texts are where an inquiry's words stand; the asked unit reads all of them.
var texts = search.Texts{Called: "说明、要答的各项", All: []search.Text{
	{Label: "说明", SQL: `(SELECT ARRAY[i.words, i.facts] FROM inquiry i WHERE i.matter_id = m.id)`},
	{Label: "要答的各项", SQL: request.ItemsSQL},
}}

// Row is what a list shows of an inquiry beside what it shows of any matter.
type Row struct{ Sort request.Kind }

// RowOf reads it.
func RowOf(r register.Row) (own Row) {
	_ = json.Unmarshal(r.Own, &own) // a row without it has no sort
	return own
}

// Register holds the inquiries of one process.
type Register struct{ register.Register }

// New is the register of inquiries of an office.
func New(o register.Office) *Register {
	return &Register{register.Register{Office: o, Kind: Kind}}
}

// Inquiry is an inquiry as its reader sees it.
type Inquiry struct {
	register.Dossier
	Content
	Complaint string // its number; empty where the reader may not know of it, as a unit never may
	Asked     request.Request
}

// Content is what it says.
type Content struct {
	Sort   request.Kind
	Words  string
	Facts  string
	Shared bool
}

// Read is a whole inquiry; NotFound when the person may not know of it.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Inquiry, error) {
	i := &Inquiry{}
	if err := r.Register.Read(ctx, p, number, &i.Dossier, i.own); err != nil {
		return nil, err
	}
	i.Offered = request.List{i.Asked}.OfferedToUnit()
	return i, nil
}

// own reads what the inquiry itself says. Of the complaint only its number, where the scope
// reaches it: that of a unit might, where the unit helps with it, and is not asked.
func (i *Inquiry) own(q *register.Reading) {
	scope := q.Scope()
	q.Queue(`
		SELECT o.sort, o.words, o.facts, o.shared, coalesce((SELECT m.number FROM matter i JOIN matter m ON m.id = i.follows
			WHERE i.id = o.matter_id AND @unit = '' AND (`+scope.SQL+`)), '') FROM inquiry o WHERE o.matter_id = `+register.This, scope.With(pg.Args{"unit": q.Unit()})).
		Query(func(rows pgx.Rows) error {
			for rows.Next() {
				if err := rows.Scan(&i.Sort, &i.Words, &i.Facts, &i.Shared, &i.Complaint); err != nil {
					return err
				}
			}
			return rows.Err()
		})
	q.Queue(request.OfSQL+register.This+request.Order, pg.Args{"unit": ""}).Query(func(rows pgx.Rows) error {
		var list request.List
		if err := request.Into(&list)(rows); err != nil || len(list) == 0 {
			return err
		}
		i.Asked = list[0]
		return nil
	})
}

// Said are the words that answered an item; empty while nothing did.
func (i *Inquiry) Said(one request.Item) string {
	for _, e := range i.Events {
		if one.Answered != nil && e.Seq == one.Seq {
			return e.Note
		}
	}
	return ""
}

// Known is what the form of a move begins with: an answer with what was drafted of it last.
func (i *Inquiry) Known(a workflow.Action) workflow.Answers {
	known := workflow.Answers{}
	for _, o := range i.Offered[request.Answers] {
		known[request.Answers] = append(known[request.Answers], o.Value)
	}
	switch a {
	case Answer:
		for _, e := range i.Events { // newest first
			if e.Action == Answer {
				break
			}
			if e.Action == Draft {
				known["note"] = []string{e.Note}
				break
			}
		}
		return known
	case Draft:
		return known
	}
	return nil
}
