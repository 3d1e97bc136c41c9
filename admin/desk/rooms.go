package desk

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// Room is the pages of one register, as the rest of the desk knows them.
type Room interface {
	Kind() *register.Kind
	Register() *register.Register
	Routes() []Route
	Row(r register.Row, table clock.Table) MatterRow // one matter as a list shows it
}

// ListURL is the address of a register's list.
func ListURL(k *register.Kind) string { return "/" + k.Path }

// MatterURL is the address of one matter.
func MatterURL(k *register.Kind, number string) string { return ListURL(k) + "/" + number }

// MoveURL is the address to which a move's form is sent.
func MoveURL(k *register.Kind, number string, action workflow.Action) string {
	return MatterURL(k, number) + "/" + string(action)
}

// Laws are the move tables of all registers.
func (d *Desk) Laws() []*workflow.Table {
	var laws []*workflow.Table
	for _, r := range d.Rooms {
		laws = append(laws, r.Kind().Law)
	}
	return laws
}

// RoomOf is the room of a kind; false when there is none.
func (d *Desk) RoomOf(k workflow.Kind) (Room, bool) {
	for _, r := range d.Rooms {
		if r.Kind().Law.Kind == k {
			return r, true
		}
	}
	return nil, false
}
