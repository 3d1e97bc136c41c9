package matter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// savedURL is where a list is kept under a name.
func savedURL(k string) string { return "/" + k + "/saved" }

// savedViews are the kept lists over a list, and the form that keeps this one.
type savedViews struct {
	CSRF   string
	URL    string // with what the list asks for; empty where it asks for nothing
	Items  []savedItem
	To     []view.Option
	Name   string
	Chosen string
	Errors view.Errors
	Open   bool
}

type savedItem struct {
	Ref     view.Ref
	Aside   string // whose it is
	Drop    string // where it is given up; empty for whose it is not
	Current bool
}

var audiences = map[staff.Audience]string{staff.ForMe: "只有我", staff.ForUnit: "我的单位", staff.ForAll: "工作台的每个人"}

// saved are the routes of kept lists.
func (p Pages[M]) saved() []desk.Route {
	readers := desk.Only(p.Kind().Readers()...)
	at := savedURL(p.Kind().Path)
	return []desk.Route{desk.Post(at, readers, p.submitSaved), desk.Post(at+"/:id/drop", readers, p.dropSaved), desk.Post(desk.ListURL(p.Kind())+"/columns", readers, p.submitColumns)}
}

// savedOf are the kept lists as this reader sees them, with what was tried and is wrong.
func (p Pages[M]) savedOf(c *fiber.Ctx, a asked, all []staff.SavedView, tried *desk.Attempt) savedViews {
	by := a.Person
	v := savedViews{CSRF: web.CSRF(c), Chosen: string(staff.ForMe)}
	if len(a.values) > 0 {
		v.URL = extended(savedURL(p.Kind().Path), a.values)
	}
	for _, one := range all {
		asks, err := url.ParseQuery(one.Asks)
		if err != nil || denied(p.Kind(), by, asks.Get("view")) { // kept for all, and not for all to read
			continue
		}
		item := savedItem{Ref: view.Ref{Label: one.Name, Href: Address(p.Kind(), asks)}, Current: asks.Encode() == a.values.Encode()}
		if one.Mine {
			item.Drop = savedURL(p.Kind().Path) + "/" + strconv.FormatInt(one.ID, 10) + "/drop"
		} else {
			item.Aside = one.Owner
		}
		v.Items = append(v.Items, item)
	}
	for _, one := range by.Audiences() {
		v.To = append(v.To, view.Option{Value: string(one), Label: audiences[one]})
	}
	if tried != nil && tried.Action == "" {
		v.Name, v.Chosen, v.Errors, v.Open = tried.Typed.Get("name"), tried.Typed.Get("to"), view.ErrorsOf(tried.Err), true
	}
	return v
}

// submitSaved keeps the list that the address asks for, with the columns that it shows.
func (p Pages[M]) submitSaved(c *fiber.Ctx) error {
	by, typed := desk.Person(c), web.Form(c)
	a := askedOf(c, p.Kind(), by, p.Now())
	_, mine, err := p.Staff.Lists(c.UserContext(), by, string(p.Kind().Law.Kind))
	if err != nil {
		return err
	}
	if shown := p.columns(a, mine); shown.Chosen {
		a.values.Set(columnsField, strings.Join(named(shown.shown), "."))
	}
	err = p.Staff.SaveView(c.UserContext(), by, string(p.Kind().Law.Kind), typed.Get("name"), a.values.Encode(), staff.Audience(typed.Get("to")))
	if fault.Is(err, fault.Invalid) {
		c.Status(web.StatusOf(err))
		return p.list(c, &desk.Attempt{Typed: workflow.Answers(typed.Map()), Err: err})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, Address(p.Kind(), a.values))
}

// dropSaved gives one up.
func (p Pages[M]) dropSaved(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := p.Staff.DropView(c.UserContext(), desk.Person(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, desk.ListURL(p.Kind()))
}

// current says that the list that is shown is one of those that are kept.
func (v savedViews) current() bool {
	return slices.ContainsFunc(v.Items, func(i savedItem) bool { return i.Current })
}
