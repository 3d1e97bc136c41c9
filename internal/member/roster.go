package member

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Roster keeps the roster; each change stands on the daybook.
type Roster struct {
	Pool    *pgxpool.Pool
	Daybook *daybook.Book
	Now     func() time.Time
}

const columns = `id, kind, name, congress_session AS session, credential_number AS credential, delegation, outlet,
	valid_from AS "from", valid_to AS until, ended_why`

// Which part of the roster is asked for.
const (
	Holding = "holding"
	Over    = "over"
)

// Filter chooses members; the zero Filter chooses all.
type Filter struct {
	Kind   Kind
	State  string // Holding or Over
	Text   string // in the name, the credential, where they come from
	Offset int
	Limit  int
}

// List is a page of the roster, and how many the filter chooses.
func (r *Roster) List(ctx context.Context, f Filter) (page []Member, total int, err error) {
	args := pg.Args{"kind": string(f.Kind), "state": f.State, "text": f.Text, "today": clock.On(r.Now()), "limit": f.Limit, "offset": f.Offset}
	const chosen = `
		FROM member WHERE (@kind = '' OR kind = @kind) AND (@state = '' OR (@state = 'over') = coalesce(valid_to < @today, false))
			AND (@text = '' OR strpos(name || ' ' || credential_number || ' ' || congress_session || ' ' || delegation || ' ' || outlet, @text) > 0)`
	if page, err = pg.All[Member](ctx, r.Pool, `SELECT `+columns+chosen+`
		ORDER BY kind DESC, congress_session, name, id LIMIT @limit OFFSET @offset`, args); err != nil {
		return nil, 0, fmt.Errorf("roster: %w", err)
	}
	delete(args, "limit")
	delete(args, "offset")
	if total, err = pg.One[int](ctx, r.Pool, `SELECT count(*)`+chosen, args); err != nil {
		return nil, 0, fmt.Errorf("roster: %w", err)
	}
	return page, total, nil
}

// Member is one of the roster.
func (r *Roster) Member(ctx context.Context, id int64) (Member, error) { return read(ctx, r.Pool, id) }

func read(ctx context.Context, q pg.Queryer, id int64) (Member, error) {
	m, err := pg.One[Member](ctx, q, `SELECT `+columns+` FROM member WHERE id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return m, fault.New(fault.NotFound, "名册里没有这一位。")
	}
	if err != nil {
		return m, fmt.Errorf("member %d: %w", id, err)
	}
	return m, nil
}

// all is the whole roster, to which a plan is held.
func all(ctx context.Context, q pg.Queryer) ([]Member, error) {
	list, err := pg.All[Member](ctx, q, `SELECT `+columns+` FROM member ORDER BY id`, nil)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	return list, nil
}

// Add puts one on the roster. Somebody of that name beside is a question: sure answers it.
func (r *Roster) Add(ctx context.Context, by int64, t Typed, sure bool) (id int64, err error) {
	err = r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "add_member", By: by}, func(tx pgx.Tx) error {
		one, err := r.one(ctx, tx, t, 0, sure)
		if err != nil {
			return err
		}
		id, err = pg.One[int64](ctx, tx, insert+` RETURNING id`, values([]Member{one}))
		return err
	})
	return id, err
}

// one reads what was typed of somebody and holds it against the others.
func (r *Roster) one(ctx context.Context, tx pgx.Tx, t Typed, but int64, sure bool) (Member, error) {
	roster, err := all(ctx, tx)
	if err != nil {
		return Member{}, err
	}
	p := planned(Row{Typed: t}, roster, but, nil)
	switch {
	case len(p.Faults) > 0:
		return Member{}, fault.Fields(p.Faults)
	case p.What == Same || p.What == Other:
		return Member{}, fault.Fields([]fault.Field{{Name: "credential", Sentence: p.Says}})
	case p.What == Ask && !sure:
		return Member{}, fault.Fields([]fault.Field{{Name: "sure", Sentence: p.Says}})
	}
	return p.Member, nil
}

// insert adds members. The day on which their session runs out, if it is known, is theirs.
const insert = `
	INSERT INTO member (kind, name, congress_session, credential_number, delegation, outlet, valid_to)
	SELECT n.*, (SELECT max(m.valid_to) FROM member m WHERE m.kind = n.kind AND m.congress_session = n.session AND n.session <> '' AND m.ended_why = '')
	FROM unnest(@kinds::text[], @names::text[], @sessions::text[], @credentials::text[], @delegations::text[], @outlets::text[])
		AS n (kind, name, session, credential, delegation, outlet)
	ON CONFLICT (kind, congress_session, credential_number) DO NOTHING`

func values(members []Member) pg.Args {
	columns := map[string][]string{}
	for _, m := range members {
		for name, value := range map[string]string{"kinds": string(m.Kind), "names": m.Name, "sessions": m.Session, "credentials": m.Credential,
			"delegations": m.Delegation, "outlets": m.Outlet} {
			columns[name] = append(columns[name], value)
		}
	}
	args := pg.Args{}
	for name, list := range columns {
		args[name] = list
	}
	return args
}

// Correct mends a slip in what is written of somebody; was is what its form showed.
func (r *Roster) Correct(ctx context.Context, by int64, was Member, t Typed, sure bool) error {
	meant, _ := t.Read()
	sure = sure || meant.namesake() == was.namesake() // which was asked when they came
	return r.change(ctx, by, "correct_member", was, func(tx pgx.Tx) error {
		one, err := r.one(ctx, tx, t, was.ID, sure)
		if err != nil {
			return err
		}
		if err := same(ctx, tx, was, one); err != nil {
			return err
		}
		_, err = pg.Exec(ctx, tx, `
			UPDATE member o SET kind = @kind, name = @name, congress_session = @session, credential_number = @credential, delegation = @delegation, outlet = @outlet,
				valid_to = CASE WHEN ended_why <> '' OR (kind, congress_session) = (@kind, @session) THEN valid_to ELSE (
					SELECT max(m.valid_to) FROM member m WHERE m.id <> o.id AND m.kind = @kind AND m.congress_session = @session AND m.congress_session <> '' AND m.ended_why = '') END
			WHERE id = @id`, pg.Args{"id": was.ID, "kind": string(one.Kind), "name": one.Name, "session": one.Session, "credential": one.Credential,
			"delegation": one.Delegation, "outlet": one.Outlet})
		return err
	})
}

// same refuses a correction that would hand an account, or what somebody signed, to
// another: what they may read follows from this row, and who it is was checked at the
// admission by name and credential.
func same(ctx context.Context, tx pgx.Tx, was, one Member) error {
	type holds struct{ Account, Open, Signed bool }
	h, err := pg.One[holds](ctx, tx, `
		SELECT EXISTS (SELECT FROM member_account WHERE member_id = @id) AS account, EXISTS (SELECT FROM member_account WHERE member_id = @id AND closed_at IS NULL) AS open,
			EXISTS (SELECT FROM proposal_signer WHERE member_id = @id) OR EXISTS (SELECT FROM press_lead WHERE member_id = @id) AS signed`, pg.Args{"id": was.ID})
	if err != nil {
		return fmt.Errorf("what member %d holds: %w", was.ID, err)
	}
	var faults []fault.Field
	refuse := func(name, sentence string) { faults = append(faults, fault.Field{Name: name, Sentence: sentence}) }
	switch {
	case one.Kind == was.Kind:
	case h.Signed:
		refuse("kind", "这一位已经以"+was.Kind.Word()+"的身份提过建议提案或者媒体线索，种类不能改。写错了的，请记下资格终止，再添加一位")
	case h.Account:
		refuse("kind", "这一位以"+was.Kind.Word()+"的身份开通过账号，种类不能改。写错了的，请记下资格终止，再添加一位")
	}
	const open = "这一位的账号开着，开通时核对的是原来的姓名和证号。请先关闭账号再改，改好以后核对本人，重新开通"
	if h.Open && one.Name != was.Name {
		refuse("name", open)
	}
	if h.Open && one.Credential != was.Credential {
		refuse("credential", open)
	}
	return fault.Fields(faults)
}

// change does something to somebody who stands on the roster as was says.
func (r *Roster) change(ctx context.Context, by int64, action string, was Member, do func(tx pgx.Tx) error) error {
	return r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: action, By: by}, func(tx pgx.Tx) error {
		now, err := read(ctx, tx, was.ID)
		if err != nil {
			return err
		}
		if now != was {
			return fault.New(fault.Conflict, "没有办：这一位刚才有人改过，和您看到的不一样了。请看过再办。")
		}
		return do(tx)
	})
}
