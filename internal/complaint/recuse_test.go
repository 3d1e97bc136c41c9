package complaint_test

import (
	"strings"
	"testing"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Whoever recuses themselves finds the matter in no list, search, count or address any
// more, their colleagues do, and a second person may take it back (信访工作条例 28).
func TestWhoRecusesThemselvesHasTheMatterNoMore(t *testing.T) {
	for _, role := range []staff.Role{staff.Registrar, staff.Handler, staff.Leader} {
		t.Run(string(role), func(t *testing.T) {
			d := handled(t)
			d.Hire(t, "another", role, d.People[role].Unit)
			me := d.People[role]
			sees := func() (read bool, listed, counted, found int) {
				_, err := d.Desk.Read(t.Context(), me, d.number)
				if err != nil && !fault.Is(err, fault.NotFound) {
					t.Fatal(err)
				}
				f := register.Filter{View: register.ViewAll, Person: me}
				listed = len(must(d.Desk.List(t.Context(), me.Scope(), f, register.Cursor{})).Rows)
				counted = must(d.Desk.Count(t.Context(), me.Scope(), []register.Filter{f}))[0]
				if _, at, err := d.Desk.Place(t.Context(), me.Scope(), d.number); err != nil {
					t.Fatal(err)
				} else if at {
					found = 1
				}
				return err == nil, listed, counted, found
			}
			if read, listed, counted, found := sees(); !read || listed != 1 || counted != 1 || found != 1 {
				t.Fatal("before:", read, listed, counted, found)
			}
			d.do(role, workflow.Recuse)
			if read, listed, counted, found := sees(); read || listed != 0 || counted != 0 || found != 0 {
				t.Error("recused, they still see it:", read, listed, counted, found)
			}
			if _, err := d.try(role, workflow.Note, "note", "再看一眼"); !fault.Is(err, fault.NotFound) {
				t.Errorf("recused, they note: %v", err)
			}
			if d.letters("recused") != 1 {
				t.Error("the desk is not told")
			}
			told := must(d.Desk.Read(t.Context(), d.People[staff.Supervisor], d.number))
			if e := told.Events[0]; e.Public != "一名工作人员声明回避，以后由别人办理。" || strings.Contains(e.Public, me.Name) {
				t.Errorf("the complainant reads %q", e.Public)
			}
			if role != staff.Handler {
				for _, e := range must(d.Desk.Read(t.Context(), d.People[staff.Handler], d.number)).Events {
					if e.Action == workflow.Recuse {
						t.Error("the handling unit reads who of the office has a stake in it")
					}
				}
			}
			if len(told.Bars) == 0 || told.Bars[len(told.Bars)-1].How != "declared" {
				t.Errorf("bars: %+v", told.Bars)
			}
			d.do(staff.Supervisor, workflow.ReleaseBar, "bar", told.Bars[len(told.Bars)-1].Value(), "public", "按错了")
			if read, listed, counted, found := sees(); !read || listed != 1 || counted != 1 || found != 1 {
				t.Error("released:", read, listed, counted, found)
			}
		})
	}
}

// The last who could give it to others keeps it: no complaint lies where nobody looks.
func TestTheLastWhoSettlesCannotLeave(t *testing.T) {
	d := handled(t)
	d.do(staff.Registrar, workflow.Recuse)
	_, err := d.try(staff.Supervisor, workflow.Recuse)
	refused(t, err, "就没有登记员或者督办员能办")
	// Nobody writes a bar but the event.
	if _, err := pg.Exec(t.Context(), d.DB.Admin, `INSERT INTO matter_bar (matter_id, staff_id, how, seq) SELECT id, @who, 'declared', seq FROM matter`, pg.Args{"who": d.People[staff.Leader].ID}); err == nil {
		t.Error("the desk writes bars by itself")
	}
}
