package register

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Opening is a matter about to be opened: what the engine writes of every new one, and
// what is its kind's own.
type Opening struct {
	workflow.New
	// SQL adds the kind's own rows in the same statement: common table expressions that
	// begin with a comma and read the new id from n.
	SQL  string
	Args pg.Args    // of SQL
	Said chain.Said // the rows that SQL adds, for the first event to bind
}

// Open opens a matter under a number of its own, in one statement. A form that is sent
// again opens nothing and gets the first answer again.
//
// Filing a complaint is an opening that does not come by here: it draws its number
// before, since the identity is sealed to it, and its statement clears the draft and
// uses up the captcha, by which it opens or does not.
func (r *Register) Open(ctx context.Context, o Opening) (workflow.Done, error) {
	var done workflow.Done
	err := r.Numbered(func(number string) error {
		opened, sql, args, err := r.opening(ctx, o, number)
		if err != nil {
			return err
		}
		done = opened
		return r.opens(ctx, o.Act.Unlock, sql, args)
	})
	if pg.IsUnique(err, "form_token_pkey") {
		return r.opened(ctx, o.Act)
	}
	if err != nil {
		return workflow.Done{}, fmt.Errorf("open %s: %w", r.Kind.Law.Kind, err)
	}
	return done, nil
}

// opens runs the statement that opens a matter: of a member, with what lets them open one.
func (r *Register) opens(ctx context.Context, unlock []byte, sql string, args pg.Args) error {
	if unlock == nil {
		_, err := pg.Exec(ctx, r.Pool, sql, args)
		return err
	}
	var batch pgx.Batch // a transaction by itself
	batch.Queue(workflow.Opens, hex.EncodeToString(unlock))
	batch.Queue(sql, args)
	return pg.Safe(r.Pool.SendBatch(ctx, &batch).Close())
}

// Begin opens a matter by the form of its kind's opening move. Whether the form was sent
// before is asked first: what it opened may bar another like it. What somebody else opens
// at the same time may bar it too, and is found by asking again.
func (r *Register) Begin(ctx context.Context, o workflow.Order) (workflow.Done, error) {
	done, err := r.begin(ctx, o)
	if pg.IsUnique(err, "") {
		return r.begin(ctx, o)
	}
	return done, err
}

func (r *Register) begin(ctx context.Context, o workflow.Order) (workflow.Done, error) {
	if done, err := r.opened(ctx, workflow.Act{Action: o.Action, Token: o.Token}); !pg.IsNoRows(err) {
		return done, err
	}
	opening, err := r.begun(ctx, o)
	if err != nil {
		return workflow.Done{}, err
	}
	return r.Open(ctx, opening)
}

// Try says what keeps a form from opening a matter now, and opens none.
func (r *Register) Try(ctx context.Context, o workflow.Order) error {
	_, err := r.begun(ctx, o)
	return err
}

// begun is the opening that a form asks for.
func (r *Register) begun(ctx context.Context, o workflow.Order) (Opening, error) {
	row, ok := r.Kind.Opening()
	if !ok || row.Action != o.Action {
		return Opening{}, fault.New(fault.NotFound, "没有这一步。")
	}
	act, err := r.Act(ctx, o)
	if err != nil {
		return Opening{}, err
	}
	return r.Kind.Opens(ctx, r, act)
}

// OpenIn opens a matter in the transaction of a move of another matter of this register.
// A number that is taken by chance fails the move, which is asked for again.
func (r *Register) OpenIn(ctx context.Context, s *workflow.Step, o Opening) error {
	_, sql, args, err := r.opening(ctx, o, form.NewNumberOf(r.Kind.Letters, clock.On(s.At).Year, r.Random))
	if err != nil {
		return err
	}
	s.Queue(sql, args)
	return nil
}

// OpenFrom carries out a move of another register's matter that opens one of this
// register, which follows it: both move in one transaction, and none without the other.
// opens is what is opened, asked under the lock of the matter that it follows. The form
// is the move's: sent again, it gets the matter that it opened. The note is the new
// matter's alone: who reads the one that it follows may not be who may read of this.
func (r *Register) OpenFrom(ctx context.Context, from *Register, order workflow.Order, opens func(context.Context, *workflow.Step) (Opening, error)) (workflow.Done, error) {
	act, err := from.Act(ctx, order)
	if err != nil {
		return workflow.Done{}, err
	}
	act.Note = ""
	var moved, done workflow.Done
	err = r.Numbered(func(number string) error {
		moved, err = r.Engine.Do(ctx, from.Kind.Law, act, func(ctx context.Context, s *workflow.Step) error {
			o, err := opens(ctx, s)
			if err != nil {
				return err
			}
			o.Follows = s.Matter.ID
			opened, sql, args, err := r.opening(ctx, o, number)
			if err != nil {
				return err
			}
			done = opened
			s.Queue(sql, args)
			return nil
		})
		return err
	})
	if err != nil {
		return workflow.Done{}, err
	}
	switch {
	case moved.Repeated && moved.Action != order.Action:
		return workflow.Done{}, fault.New(fault.Conflict, "这一步没有办，您写的内容还在。这个页面刚才已经用来办过别的一步，现在换了新的，请再按一次。")
	case moved.Repeated:
		return r.followed(ctx, order, moved)
	}
	return done, nil
}

// opening is the statement that opens a matter, and what comes of it.
func (r *Register) opening(ctx context.Context, o Opening, number string) (workflow.Done, string, pg.Args, error) {
	law := r.Kind.Law
	if !law.Allows(o.Act.By.Role, o.Act.Action) {
		return workflow.Done{}, "", nil, fault.New(fault.Forbidden, "这一步不由您来办。")
	}
	o.Number = number
	opening, err := r.Engine.Open(ctx, law, o.New)
	if err != nil {
		return workflow.Done{}, "", nil, err
	}
	args, err := opening.Args(law.Kind, o.Said)
	if err != nil {
		return workflow.Done{}, "", nil, err
	}
	for name, value := range o.Args {
		if _, taken := args[name]; taken { // one would silently win
			return workflow.Done{}, "", nil, fmt.Errorf("open %s: @%s is the engine's", law.Kind, name)
		}
		args[name] = value
	}
	done := workflow.Done{Number: number, Action: o.Act.Action, Seq: 1, At: opening.At, State: law.Rows(o.Act.Action)[0].To}
	return done, `WITH` + workflow.OpenSQL + o.SQL + ` SELECT ` + workflow.EnqueueSQL, args, nil
}

// opened is the first answer to a form that was sent before.
func (r *Register) opened(ctx context.Context, act workflow.Act) (workflow.Done, error) {
	// The portal may not read the matter that it opened for a member: it is told the number,
	// whose letters say of which register it is.
	was, err := pg.One[workflow.Done](ctx, r.Pool, `
		SELECT f.number, f.action, f.seq, f.at, coalesce(m.state, '') AS state, true AS repeated
		FROM form_receipt(@token) f LEFT JOIN matter m ON m.number = f.number`, pg.Args{"token": key.Hash(act.Token)})
	if err != nil {
		return workflow.Done{}, fmt.Errorf("opened before: %w", err)
	}
	if !strings.HasPrefix(was.Number, r.Kind.Letters) || was.Action != act.Action || was.Seq != 1 {
		return workflow.Done{}, fault.New(fault.Conflict, "这张表已经用来办过别的一件，没有办理。请回到原来的页面重新打开。")
	}
	return was, nil
}

// followed is the matter that a move of another opened when its form was sent first: the
// first that followed it from then on.
func (r *Register) followed(ctx context.Context, order workflow.Order, moved workflow.Done) (workflow.Done, error) {
	scope := order.By.Scope()
	done, err := pg.One[workflow.Done](ctx, r.Pool, `
		SELECT m.number, e.action, e.seq, e.at, m.state, true AS repeated
		FROM matter m JOIN matter o ON o.id = m.follows JOIN event e ON e.matter_id = m.id AND e.seq = 1
		WHERE m.kind = @kind AND o.number = @number AND e.at >= @at AND (`+scope.SQL+`)
		ORDER BY e.at LIMIT 1`, scope.With(pg.Args{"kind": string(r.Kind.Law.Kind), "number": order.Number, "at": moved.At}))
	if pg.IsNoRows(err) {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一件，或者不归您看。")
	}
	if err != nil {
		return workflow.Done{}, fmt.Errorf("what was opened from a matter: %w", err)
	}
	return done, nil
}

// numberTries bounds the search for a free number.
const numberTries = 6

// Numbered opens a matter under a number that nobody has: one that is drawn, so
// that it tells no volume. Where it is taken by chance, open is called again.
func (r *Register) Numbered(open func(number string) error) error {
	for range numberTries {
		err := open(form.NewNumberOf(r.Kind.Letters, clock.On(r.Engine.Now()).Year, r.Random))
		if !pg.IsUnique(err, "matter_number_key") {
			return err
		}
	}
	return fmt.Errorf("no free number in %d draws", numberTries)
}
