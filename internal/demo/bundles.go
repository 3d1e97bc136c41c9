package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/bundle"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// parcel is a bundle of the demonstration and the path that it takes: a step that puts in
// or takes out says how many complaints.
type parcel struct {
	title, words string
	path         string
	ago          int // hours since the last step
}

// parcels are the bundles of the year, of the deputy who is told of.
var parcels = []parcel{
	{title: "几笔修路款付到一半就停了", words: "走访时几家都说起：验收了，付到一半，问到的答复不一样。建议排出付款顺序，一家一家说清。",
		path: `send_bundle n=2; 5h add_complaints n=1; 1h drop_complaints n=1`, ago: 6},
	{title: "小额货款没有人催就不付", words: "金额不大，找的人多。建议集中清一次。", path: `send_bundle n=1; 2d note; 6d reply_bundle`, ago: 20 * day},
	{title: "换了经办人，旧账没有人认", words: "经办人调走以后，材料要重新交。", path: `send_bundle n=1; 1d withdraw`, ago: 150 * day},
	{title: "工程款审计以后迟迟不付", words: "审计完了还要等一年，建议写进年初的预算。", path: `send_bundle n=1; 9d reply_bundle; 12d propose`, ago: 60 * day},
}

// bundling is a parcel on its way.
type bundling struct {
	*walk
	parcel
	path    []step
	number  string
	door    *member.Door
	session key.Secret
}

// bundles are the tracks of the year's bundles.
func bundles(ctx context.Context, w *walk) ([]*track, error) {
	all := w.office.parcels
	if all == nil {
		all = parcels
	}
	type row struct {
		Title, Number string
		Done          int
	}
	there, err := pg.All[row](ctx, w.desk.Pool, `
		SELECT m.title, m.number, (SELECT count(*) FROM event e WHERE e.actor <> 'system' AND e.matter_id = m.id) AS done FROM matter m WHERE m.kind = 'bundle'`, nil)
	if err != nil {
		return nil, fmt.Errorf("bundles of the year: %w", err)
	}
	door := &member.Door{Pool: w.desk.Pool, Codes: w.office.Keys.Portal.Codes(), Random: w.office.Random}
	var tracks []*track
	for i, one := range all {
		b := &bundling{walk: w, parcel: one, door: door, session: w.visitor}
		if b.path, err = parsePath(one.path); err != nil {
			return nil, err
		}
		t := &track{times: schedule(b.path, func(step) hours { return officeHours }, w.today.Add(-time.Duration(one.ago)*time.Hour), w.dates, 9000+i), do: b.do}
		if at := slices.IndexFunc(there, func(r row) bool { return r.Title == one.title }); at >= 0 {
			b.number, t.done = there[at].Number, there[at].Done
		}
		tracks = append(tracks, t)
	}
	return tracks, nil
}

// do takes the path's step i, what the deputy does by the door that they come in by.
func (b *bundling) do(ctx context.Context, i int) error {
	s := b.path[i]
	row := bundle.Law.Rows(s.action)[0]
	o := workflow.Order{Number: b.number, Action: s.action, Answers: filled("bundle", row, s, b.at, b.title)}
	var err error
	switch {
	case !slices.Contains(row.By, staff.Member):
		if s.action == bundle.Propose {
			if o.Answers["proposal"], err = b.interim(ctx); err != nil {
				return err
			}
		}
		o.By = b.firstWith(row.By[0], "")
		_, err = bundle.New(b.desk.Office).Move(ctx, o)
	default:
		err = b.asDeputy(ctx, s, o)
	}
	if err != nil {
		return fmt.Errorf("%s, %s by the path %s: %w %v", b.title, s.action, b.parcel.path, err, fault.FieldsOf(err))
	}
	return nil
}

// asDeputy does one step in the deputy's name, who is logged in for as long as it takes.
func (b *bundling) asDeputy(ctx context.Context, s step, o workflow.Order) error {
	session := pg.Args{"session": member.SessionID(b.session), "number": deputyNumber}
	if _, err := pg.Exec(ctx, b.desk.Pool, `
		INSERT INTO member_session (token_hash, member_id, created_at, seen_at) SELECT @session, id, now(), now() FROM member WHERE credential_number = @number`, session); err != nil {
		return err
	}
	defer func() {
		_, _ = pg.Exec(context.WithoutCancel(ctx), b.desk.Pool, `DELETE FROM member_session WHERE token_hash = @session`, pg.Args{"session": session["session"]})
	}()
	numbers, err := b.choose(ctx, s)
	if err != nil {
		return err
	}
	o.Answers["title"], o.Answers["words"], o.Answers["numbers"] = []string{b.title}, []string{b.words}, []string{strings.Join(numbers, "\n")}
	r := &register.Register{Office: b.portal.Office, Kind: bundle.Kind}
	if s.action != bundle.Send {
		_, err = r.MoveMember(ctx, b.door, b.session, o)
		return err
	}
	done, err := r.BeginMember(ctx, b.door, b.session, o)
	b.number = done.Number
	return err
}

// choose are as many complaints as a step says: of those that are followed and in no bundle
// yet, or of those that are in this one, the newest.
func (b *bundling) choose(ctx context.Context, s step) ([]string, error) {
	n, _ := strconv.Atoi(s.say["n"])
	return pg.All[string](ctx, b.desk.Pool, `
		SELECT m.number FROM follow f JOIN matter m ON m.id = f.matter_id
		WHERE follow_standing(f.matter_id, f.seq) = 'yes' AND CASE WHEN @drops
			THEN EXISTS (SELECT FROM bundle_holding h JOIN matter o ON o.id = h.matter_id WHERE o.number = @number AND h.complaint = f.matter_id)
			ELSE NOT EXISTS (SELECT FROM bundle_complaint c WHERE c.complaint = f.matter_id) END
		ORDER BY f.ask_id DESC LIMIT @n`, pg.Args{"drops": s.action == bundle.Drop, "number": b.number, "n": n})
}

// interim is the number of a proposal between two sessions.
func (b *bundling) interim(ctx context.Context) ([]string, error) {
	return pg.All[string](ctx, b.desk.Pool, `
		SELECT m.number FROM proposal o JOIN matter m ON m.id = o.matter_id WHERE o.source = @source ORDER BY m.id LIMIT 1`, pg.Args{"source": string(proposal.BetweenTwo)})
}
