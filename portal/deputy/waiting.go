package deputy

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/bundle"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/invitation"
	"zhengxin/internal/key"
	"zhengxin/internal/press"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// everything is what somebody has in all sections; nil where a section is not theirs.
type everything struct {
	Proposals   *proposal.Bench
	Invitations []invitation.Own
	Bundles     []bundle.Own
	Complaints  *complaint.Shelf
	Leads       *press.Desk
}

// waiting is something that waits for somebody, or that they should know of.
type waiting struct {
	site.ActionLink
	by clock.Date // zero where its day is over
}

// waits are what somebody finds on top of their home: what the laws of the registers have
// waiting for them, and what others owe them and are late with, what is over first.
func (p *Pages) waits(c *fiber.Ctx, session key.Secret) (list site.ActionList, err error) {
	var all everything
	if err := p.door.All(c.UserContext(), session, &all); err != nil {
		return list, err
	}
	var found []waiting
	add := func(law *workflow.Table, title, href string, state workflow.State, clocks []workflow.Clock) {
		if err == nil {
			var more []waiting
			more, err = p.waitsIn(c, law, site.ActionLink{Label: title, Href: href}, state, clocks)
			found = append(found, more...)
		}
	}
	if all.Proposals != nil {
		for _, o := range all.Proposals.Proposals {
			add(proposal.Law, o.Title, p.proposals.path(o.Number), o.State, o.Clocks)
		}
	}
	for _, o := range all.Invitations {
		if title, _, by := asked(o); title != "" {
			found = append(found, waiting{site.ActionLink{Label: o.Title, Href: p.invited.path(o.Number), Note: title + "。"}, by})
		}
	}
	for _, o := range all.Bundles {
		add(bundle.Law, o.Title, p.bundles.path(o.Number), o.State, o.Clocks)
	}
	if all.Complaints != nil {
		for _, o := range all.Complaints.Own {
			add(complaint.Law, o.Title, complaintsPath, o.State, o.Clocks)
		}
	}
	if all.Leads != nil {
		for _, o := range all.Leads.Leads {
			add(press.Law, o.Title, p.leads.path(o.Number), o.State, o.Clocks)
			found = append(found, p.endingEmbargo(o)...)
		}
	}
	slices.SortStableFunc(found, func(a, b waiting) int { return a.by.Compare(b.by) })
	for _, w := range found {
		list.Items = append(list.Items, w.ActionLink)
	}
	return list, err
}

// waitsIn are what one matter waits for from an outsider by its law, and what they are owed
// and late with.
func (p *Pages) waitsIn(c *fiber.Ctx, law *workflow.Table, link site.ActionLink, state workflow.State, clocks []workflow.Clock) (found []waiting, err error) {
	if info := law.State(state); info.With == workflow.WithOutsider {
		w := waiting{ActionLink: link}
		w.Note = "现在是“" + info.Word + "”，等您办。"
		if until := theirTerm(law, state, clocks); until != nil {
			w.by, w.Note = until.DueOn, "现在是“"+info.Word+"”，等您办，到 "+site.LastDay(clock.Due{On: until.DueOn, Provisional: until.Provisional}, p.Now())+"为止。"
		}
		found = append(found, w)
	}
	owed, err := p.Owed(c.UserContext(), law, clocks, p.Now())
	if owed.Late != "" {
		link.Note = owed.Late
		found = append(found, waiting{ActionLink: link})
	}
	return found, err
}

// theirTerm is the term that what an outsider may do in a state ends, or lies within; nil
// when none runs.
func theirTerm(law *workflow.Table, state workflow.State, clocks []workflow.Clock) *workflow.Clock {
	for i, one := range clocks { // the nearest first
		for _, row := range law.Moves {
			theirs := slices.Contains(row.By, staff.Member) || slices.Contains(row.By, staff.Complainant)
			if theirs && one.Running() && slices.Contains(row.From, state) && (row.Within.Clock == one.Rule || slices.Contains(row.Stops, one.Rule)) {
				return &clocks[i]
			}
		}
	}
	return nil
}

// endingEmbargo is an embargo of which its journalist is reminded by now.
func (p *Pages) endingEmbargo(o press.OwnRow) []waiting {
	remind, _ := press.Law.RowOf(staff.System, press.RemindEmbargo)
	until := o.Until()
	if until.IsZero() || clock.On(p.Now()).Before(until.AddDays(-remind.Timed.Before)) {
		return nil
	}
	return []waiting{{site.ActionLink{Label: o.Title, Href: p.leads.path(o.Number), Note: "保密期到" + until.Long() + "为止；要延长的，请在那以前办。"}, until}}
}
