package ladder

import (
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done where the supervising office itself is late. The calendar warns whoever does
// the work and then its leader; it is said to the office alone, apart from what units owe.
const (
	OfficeDueSoon  workflow.Action = "office_due_soon"
	OfficeOverdue  workflow.Action = "office_overdue"
	OfficeOverlong workflow.Action = "office_overlong"
	PressOffice    workflow.Action = "press_office"
)

// OfficeLong is the fact that what the office owes is days late and its leader was told.
const OfficeLong = "office_long"

// OfficeFlags are why a move is not done.
var OfficeFlags = map[string]string{"!" + OfficeLong: "监督办公室没有逾期多日的事。"}

// Office is where the matters of a register are with the supervising office, and by which
// of its terms it has to act there.
type Office struct {
	With  []workflow.State
	Terms []clock.Code
	Short []clock.Code // of Terms: so short that nobody is warned before
}

// Facts are the conditions on a matter m.
func (o Office) Facts() map[string]string { return map[string]string{OfficeLong: o.Long()} }

// Long is the condition that such a term is days over, and was said to be.
func (o Office) Long() string {
	return `(m.state IN (` + list(o.With) + `) AND EXISTS (SELECT FROM clock ok JOIN event oe ON oe.matter_id = ok.matter_id AND oe.action = '` + string(OfficeOverlong) + `' AND oe.seq > ok.started_seq
		WHERE ok.matter_id = m.id AND ok.rule IN (` + list(o.Terms) + `) AND ok.stopped_at IS NULL AND ok.due_at <= ` + workflow.Now + `))`
}

// Told is the condition that its leader was told once, by the index event_office_overlong.
func (o Office) Told() string {
	return `m.id IN (SELECT ot.matter_id FROM event ot WHERE ot.action = '` + string(OfficeOverlong) + `')`
}

// Late is the condition that such a term is over.
func (o Office) Late() string {
	return `(m.state IN (` + list(o.With) + `) AND EXISTS (SELECT FROM clock ok
		WHERE ok.matter_id = m.id AND ok.rule IN (` + list(o.Terms) + `) AND ok.stopped_at IS NULL AND ok.due_at <= ` + workflow.Now + `))`
}

func list[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = `'` + string(w) + `'`
	}
	return strings.Join(all, `, `)
}

// Moves are what is done about the office's own terms.
func (o Office) Moves() []workflow.Move {
	var moves []workflow.Move
	timed := func(m workflow.Move, rung clock.Rung, terms []clock.Code) {
		m.From, m.By, m.Hidden, m.Withheld = o.With, []workflow.Role{staff.System}, true, workflow.WithheldWhole
		for _, code := range terms {
			m.Timed = workflow.Timed{Clock: code, Rung: rung}
			moves = append(moves, m)
		}
	}
	var long []clock.Code
	for _, code := range o.Terms {
		if !strings.Contains(list(o.Short), list([]clock.Code{code})) {
			long = append(long, code)
		}
	}
	timed(workflow.Move{Action: OfficeDueSoon, News: "监督办公室的期限快到了", Label: "提醒监督办公室快到期", Title: "监督办公室的期限快到了", Tells: []workflow.Tell{{Template: "office_due_soon", To: letter.ToDesk}}}, clock.Orange, long)
	timed(workflow.Move{Action: OfficeOverdue, News: "监督办公室逾期了", Label: "提醒监督办公室逾期", Title: "监督办公室逾期了", Sign: workflow.Asking, Tells: []workflow.Tell{{Template: "office_overdue", To: letter.ToDesk}}}, clock.Red, o.Terms)
	timed(workflow.Move{Action: OfficeOverlong, News: "监督办公室逾期多日，请领导过问", Label: "报领导过问", Title: "监督办公室逾期多日，报领导过问", Sign: workflow.Asking, Tells: []workflow.Tell{{Template: "office_overlong", To: letter.ToDesk}}}, clock.Supervise, o.Terms)
	return append(moves, workflow.Move{
		Action: PressOffice, Many: true, News: "领导过问了", Aside: true, Withheld: workflow.WithheldWhole, Sign: workflow.Asking, Label: "过问监督办公室", Title: "领导过问监督办公室", Done: "已经过问", From: o.With, By: []workflow.Role{staff.Leader}, Only: []string{OfficeLong},
		Effect: "监督办公室自己的期限过了多日：写明谁来办、哪一天以前办好。登记员、督办员看得到；承办单位看不到。",
		Needs:  []workflow.Need{{Name: "note", Label: "谁来办、哪一天以前办好", Kind: workflow.AskText, Max: 1000, Ask: "请写谁来办、哪一天以前办好"}},
	})
}
