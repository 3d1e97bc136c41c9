package admin

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// room is what the rest of the desk knows of the pages of a register.
type room interface {
	kind() *register.Kind
	register() *register.Register
	routes() []route
	row(r register.Row, cal clock.Calendar) view.MatterRow
}

func listURL(k *register.Kind) string { return "/" + k.Path }

func matterURL(k *register.Kind, number string) string { return listURL(k) + "/" + number }

func moveURL(k *register.Kind, number string, action workflow.Action) string {
	return matterURL(k, number) + "/" + string(action)
}

// rooms are all registers of the desk, in the order of its navigation.
func (d *Desk) rooms() []room {
	d.build.Do(func() { d.built = append([]room{d.complaintPages(), d.casePages()}, d.more...) })
	return d.built
}

// laws are the move tables of all registers.
func (d *Desk) laws() []*workflow.Table {
	var laws []*workflow.Table
	for _, r := range d.rooms() {
		laws = append(laws, r.kind().Law)
	}
	return laws
}

// roomOf is the room of a kind; false when there is none.
func (d *Desk) roomOf(k workflow.Kind) (room, bool) {
	for _, r := range d.rooms() {
		if r.kind().Law.Kind == k {
			return r, true
		}
	}
	return nil, false
}
