package admin

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// dossier is a matter of any kind as its register reads it.
type dossier interface{ Base() *register.Dossier }

// face is what only one register shows. List, page and moves are made from its law
// and this; what is left out is as every register has it.
type face[M dossier] struct {
	Register *register.Register
	Read     func(ctx context.Context, p staff.Person, number string) (M, error)

	It     string // what one of them is called where nothing is left to do: 本件
	Unit   string // heads the column of units: 被投诉单位
	Course string // heads the course of events: 经过

	Listed func(r register.Row) view.Deadline // what a row without a clock shows instead
	Offers func(p staff.Person) []view.Button // beside the title of the list

	Facts  func(M) []templ.Component                                                          // of the head
	Top    func(M) templ.Component                                                            // under the head, over both columns
	Links  func(M, staff.Person) []view.Button                                                // under the moves
	Body   func(M) templ.Component                                                            // before the course of events
	Side   func(c *fiber.Ctx, m M, w written, p view.ClockPanel) (templ.Component, error)     // beside it
	Known  func(M, workflow.Action) workflow.Answers                                          // what a form begins with
	Absent func(M, staff.Person) (title, text string)                                         // why a button that is looked for is not there
	Untold func(M) bool                                                                       // nobody outside reads what is told
	Aside  func(M, register.Happening) string                                                 // beside the word of a move being done
	Refuse func(M, *attempt) error                                                            // says more of why a move was refused
	Sheets map[workflow.Action]sheet[M]                                                       // moves that are written on a page of their own
	Calls  map[workflow.Action]func(c *fiber.Ctx, o workflow.Order, a *attempt) (bool, error) // moves that are carried out apart; false when it failed as the attempt says
	Pages  []route                                                                            // further pages
}

// sheet is the page of a move that is written on a page of its own; Folded says that
// its form stands on the matter's page too, folded.
type sheet[M dossier] struct {
	Show   func(c *fiber.Ctx, m M, a *attempt) error
	Folded bool
}

// pages are the pages of one register.
type pages[M dossier] struct {
	*Desk
	face face[M]
}

func (p pages[M]) kind() *register.Kind         { return p.face.Register.Kind }
func (p pages[M]) register() *register.Register { return p.face.Register }

// routes are list, page and moves; who may use which, the law says.
func (p pages[M]) routes() []route {
	list := listURL(p.kind())
	readers, movers := only(p.kind().Readers()...), only(p.kind().Movers()...)
	all := []route{get(list, readers, p.showList), get(list+"/:number", readers, p.showMatter)}
	all = append(all, p.face.Pages...)
	return append(all, get(list+"/:number/:action", movers, p.showMove), long(post(list+"/:number/:action", movers, p.submitMove)))
}

// read is the matter of this address under the person's scope.
func (p pages[M]) read(c *fiber.Ctx) (M, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		var none M
		return none, fault.New(fault.NotFound, "")
	}
	return p.face.Read(c.UserContext(), person(c), number)
}
