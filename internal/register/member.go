package register

import (
	"context"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Visit is a matter as a member of the roster may move it now.
type Visit struct {
	Matter  *workflow.Matter
	Choices []workflow.Choice
	By      workflow.Actor
}

// Choice is the move of an action that the member may do now; false when there is none.
func (v *Visit) Choice(a workflow.Action) (workflow.Choice, bool) {
	for _, c := range v.Choices {
		if c.Action == a && !c.Hidden {
			return c, true
		}
	}
	return workflow.Choice{}, false
}

// Visit reads what a member who is logged in may do with a matter in which they have
// part: NotFound where they have none, member.ErrNoSession where the session opens nothing.
// Round trips: 2.
func (r *Register) Visit(ctx context.Context, d *member.Door, session key.Secret, number string) (*Visit, error) {
	by, unlock, err := actorOf(d.Open(ctx, session, number))
	if err != nil {
		return nil, err
	}
	m, err := r.Engine.Look(ctx, r.Kind.Law, workflow.Act{Number: number, By: by, Unlock: unlock})
	if err != nil {
		return nil, err
	}
	return &Visit{Matter: m, Choices: r.Kind.Law.Choices(m, by, r.Engine.Now()), By: by}, nil
}

// MoveMember carries out the move of a member who is logged in, by the same engine and the
// same effects as the desk, under the portal's own role and key.
func (r *Register) MoveMember(ctx context.Context, d *member.Door, session key.Secret, o workflow.Order) (workflow.Done, error) {
	row, ok := r.Kind.Law.RowOf(staff.Member, o.Action)
	if !ok || row.Apart || row.Hidden {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	by, unlock, err := actorOf(d.Open(ctx, session, o.Number))
	if err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{Number: o.Number, Action: o.Action, By: by, Unlock: unlock, Token: o.Token, Answers: o.Answers}
	if err := r.answer(ctx, &act, row); err != nil {
		return workflow.Done{}, err
	}
	return r.do(ctx, act)
}

// BeginMember opens a matter by the form of a member who is logged in. A form that is sent
// again opens nothing and gets the first answer again.
func (r *Register) BeginMember(ctx context.Context, d *member.Door, session key.Secret, o workflow.Order) (workflow.Done, error) {
	row, ok := r.Kind.MemberOpening()
	if !ok || row.Action != o.Action {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	if done, err := r.opened(ctx, workflow.Act{Action: o.Action, Token: o.Token}); !pg.IsNoRows(err) {
		return done, err
	}
	by, unlock, err := actorOf(d.Begin(ctx, session, string(r.Kind.Law.Kind)))
	if err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{Action: o.Action, By: by, Unlock: unlock, Token: o.Token, Answers: o.Answers}
	if err := r.answer(ctx, &act, row); err != nil {
		return workflow.Done{}, err
	}
	opening, err := r.Kind.Opens(ctx, r, act)
	if err != nil {
		return workflow.Done{}, err
	}
	return r.Open(ctx, opening)
}

// actorOf is who is logged in as an actor, and by what the matter is open to them.
func actorOf(g member.Guest, err error) (workflow.Actor, []byte, error) {
	return workflow.Actor{MemberID: g.MemberID, Name: g.Name, Role: staff.Member, Part: g.Part}, g.Unlock, err
}
