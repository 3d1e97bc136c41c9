// Package matter is list, export, page and moves of any register, made from its law and its
// Face.
package matter

import (
	"context"
	"slices"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// dossier is a matter of any kind as its register reads it.
type dossier interface{ Base() *register.Dossier }

// Face is what only one register shows. List, export, page and moves are made from its
// law and this; what is left out is as every register has it.
type Face[M dossier] struct {
	Register *register.Register
	Read     func(ctx context.Context, p staff.Person, number string) (M, error)

	It     string // what one of them is called where nothing is left to do: 本件
	Unit   string // heads the column of units: 被投诉单位; none where matters of the law have no unit
	Course string // heads the course of events: 经过

	About   func(r register.Row) string        // stands in the column of units, where one unit does not say what a matter is about
	Named   func(r register.Row) string        // stands in a row where its category would, if its matters have none
	Listed  func(r register.Row) desk.Deadline // what a row without a clock shows instead
	Outcome func(r register.Row) string        // what came of one that is over
	Offers  func(p staff.Person) []view.Button // beside the title of the list

	Facts func(M) []templ.Component                                          // of the head
	Top   func(M) templ.Component                                            // under the head, over both columns
	Links func(M, staff.Person) []view.Button                                // under the moves
	Body  func(c *fiber.Ctx, m M) templ.Component                            // before the course of events
	Side  func(c *fiber.Ctx, m M, w desk.Written) ([]templ.Component, error) // beside it, after the terms
	Draft func(M) *Draft                                                     // the newest draft of its document; nil without one
	Known func(M, workflow.Action) workflow.Answers                          // what a form begins with
	// Suggest is what the needs of a move may be answered with, by their names.
	Suggest func(*fiber.Ctx, M, workflow.Action) (map[string]view.Suggestions, error)

	Hint   func(M, workflow.Need) string              // what a need is about in this matter; empty: what the law says
	Also   func(M, workflow.Action) string            // what a move does besides in this matter; empty: what the law says
	Absent func(M, staff.Person) (title, text string) // why a button that is looked for is not there
	Untold func(M) bool                               // nobody outside reads what is told
	Aside  func(M, register.Happening) string         // beside the word of a move being done
	Refuse func(M, *desk.Attempt) error               // says more of why a move was refused
	Sheets map[workflow.Action]Sheet[M]               // moves that are written on a page of their own
	Calls  map[workflow.Action]Call                   // moves that are carried out apart
	Bulks  map[workflow.Action]Bulk                   // what moves show that are done to several
	Pages  []desk.Route                               // further pages
}

// Bulk is what a move shows of each of several matters to which it is to be done.
type Bulk struct {
	// Stands is what it would be done over, in words; empty: nothing, and it is not asked.
	Stands func(register.Row) string
	// Propose is with what it may be done to each, by its number: somebody reads it and
	// accepts it, or leaves it.
	Propose func(c *fiber.Ctx, rows []register.Row) (map[string]Proposal, error)
}

// Proposal is with what a move may be done to a matter, in words, and why that is thought.
type Proposal struct {
	Answers    workflow.Answers
	Words, Why string
}

// Call carries a move out apart from the others; false when it failed as the attempt
// says.
type Call func(c *fiber.Ctx, o workflow.Order, a *desk.Attempt) (bool, error)

// Pages are the pages of one register.
type Pages[M dossier] struct {
	*desk.Desk
	Face Face[M]
}

// unitHead heads the column and the filter of units; empty where there is neither, since
// no matter has one.
func (p Pages[M]) unitHead() string {
	if p.Kind().Law.Unit == workflow.None {
		return ""
	}
	return p.Face.Unit
}

// unitWords say what a matter is about; its unit may not be known yet.
func (p Pages[M]) unitWords(r register.Row) string {
	switch {
	case p.unitHead() == "":
		return ""
	case p.Face.About != nil:
		return p.Face.About(r)
	case r.Unit == "":
		return "待定"
	}
	return r.UnitName
}

// Kind and Register are those of the face.
func (p Pages[M]) Kind() *register.Kind         { return p.Face.Register.Kind }
func (p Pages[M]) Register() *register.Register { return p.Face.Register }

// Routes are list, export, page and moves; who may use which, the law says.
func (p Pages[M]) Routes() []desk.Route {
	list := desk.ListURL(p.Kind())
	readers, movers := desk.Only(p.Kind().Readers()...), desk.Only(p.Kind().Movers()...)
	all := append(slices.Concat(p.opens(), p.many(), p.saved()), desk.Get(list, readers, p.showList), desk.Get(list+"/:number", readers, p.showMatter))
	if p.issues() {
		all = append(all, desk.Get(list+"/:number/document", readers, p.showDocument), desk.Get(list+"/:number/document.html", readers, p.sendDocument))
	}
	if takers := p.Kind().Exporters(); len(takers) > 0 {
		for _, f := range desk.Formats {
			all = append(all, desk.Post(exportURL(p.Kind(), f.Ending, nil), desk.Only(takers...), p.submitExport(f)))
		}
	}
	all = append(all, p.Face.Pages...)
	return append(all, desk.Get(list+"/:number/:action", movers, p.showMove), desk.Long(desk.Post(list+"/:number/:action", movers, p.submitMove).Or(p.undoneMove)))
}

// Read is the matter of this address under the person's scope.
func (p Pages[M]) Read(c *fiber.Ctx) (M, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		var none M
		return none, fault.New(fault.NotFound, "")
	}
	return p.Face.Read(c.UserContext(), desk.Person(c), number)
}
