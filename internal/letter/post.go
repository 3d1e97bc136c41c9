package letter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/identity"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
)

// States of a letter, as the table has them.
const (
	Waiting   = "waiting" // not tried yet, or to be tried again
	Kept      = "kept"    // no mail server or no address of an office: it lies in the outbox and the folder
	Sent      = "sent"
	Failed    = "failed"
	NoAddress = "no_address" // the complainant left none
)

// Post sends letters, in the worker alone: it opens the sealed address, and
// nothing else of a complainant, for as long as the sending takes.
type Post struct {
	Pool   *pgxpool.Pool // the worker's role
	Opener identity.Opener
	Server Server
	From   string
	Dir    string // where letters are kept as files
	Sites  Sites
	// Desk is the supervising desk's own mailbox, empty while it has none.
	Desk func(context.Context) string
	Now  func() time.Time
}

// Send sends a letter that waits, or keeps it. A letter that is through with is
// left alone, so that doing it twice sends once. The error of a try that may be
// made again is a Fault; last says that there will be none. One whose time has not
// come is Early.
func (p *Post) Send(ctx context.Context, messageID string, last bool) error {
	goes, err := pg.One[time.Time](ctx, p.Pool, `SELECT created_at FROM letter WHERE message_id = @message AND state = 'waiting'`, pg.Args{"message": messageID})
	if pg.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	if early := goes.Sub(p.Now()); early > clocksApart {
		return Early{early}
	}
	l, err := p.claim(ctx, messageID)
	if pg.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	state, err := p.deliver(ctx, l)
	var why Fault
	if err != nil && !errors.As(err, &why) {
		return err
	}
	if err != nil && !why.Final() && !last {
		return errors.Join(why, p.note(ctx, l, Waiting, why.Code))
	}
	if err != nil {
		state = Failed
	}
	return p.note(ctx, l, state, why.Code)
}

// clocksApart is how far the clocks of two processes may differ: nothing is put off
// for that.
const clocksApart = time.Minute

// Early is the answer to a letter that goes out later.
type Early struct{ By time.Duration }

func (e Early) Error() string { return "the letter goes out later" }

// claim counts the try and reads the letter. It holds no lock while the letter
// is sent: no transaction waits for a network, and one job has one worker.
func (p *Post) claim(ctx context.Context, messageID string) (opened, error) {
	type row struct {
		Template, Recipient, Number string
		SealedTo                    string
		CreatedAt                   time.Time
		Mailbox                     []byte
		Hidden                      bool
		Member                      int64
		Unit                        string // its mailbox
	}
	// A part of a complaint that was split has the mailbox of the whole, sealed to its number.
	r, err := pg.One[row](ctx, p.Pool, `
		UPDATE letter l SET tries = l.tries + 1
		FROM matter m LEFT JOIN matter w ON w.id = m.follows AND w.kind = m.kind LEFT JOIN identity i ON i.matter_id = coalesce(w.id, m.id) LEFT JOIN letter o ON o.matter_id = m.id AND o.message_id = @message
			LEFT JOIN member_account a ON o.recipient = 'member:' || a.member_id AND a.closed_at IS NULL
		WHERE m.id = l.matter_id AND l.message_id = @message AND l.state = 'waiting'
		RETURNING l.template, l.recipient, l.created_at, m.number, coalesce(w.number, m.number) AS sealed_to, CASE WHEN l.recipient = 'complainant' THEN i.mailbox ELSE a.mailbox END AS mailbox, coalesce(a.member_id, 0) AS member,
			CASE WHEN l.recipient IN ('unit', 'above') THEN coalesce((SELECT u.mailbox FROM unit u WHERE u.code = l.unit), '') ELSE '' END AS unit,
			l.recipient = 'desk' AND about_office(m.named || m.meant, m.persons, m.flags)
				OR l.recipient IN ('unit', 'above') AND l.unit IS NOT NULL AND unit_bars(l.unit) && (m.named || m.meant) AS hidden`, pg.Args{"message": messageID})
	if err != nil {
		return opened{}, fmt.Errorf("letter: %w", err)
	}
	return opened{MessageID: messageID, Template: r.Template, Recipient: r.Recipient, CreatedAt: r.CreatedAt,
		Number: r.Number, sealedTo: r.SealedTo, Mailbox: r.Mailbox, Member: r.Member, Unit: r.Unit, Hidden: r.Hidden}, nil
}

// deliver sends or keeps a letter and says which state it comes to.
func (p *Post) deliver(ctx context.Context, l opened) (string, error) {
	if !messageIDs.MatchString(l.MessageID) {
		return "", Fault{"message"}
	}
	if (l.Recipient == ToComplainant || isMember(l.Recipient)) && l.Mailbox == nil {
		return NoAddress, nil
	}
	if p.Server.host == "" {
		return Kept, p.keep(l)
	}
	var err error
	if l.address, err = p.address(ctx, l); err != nil {
		return "", err
	}
	if l.address == "" {
		return Kept, p.keep(l)
	}
	m, err := p.message(l)
	if err != nil {
		return "", err
	}
	return Sent, p.Server.send(ctx, m)
}

// address is where a letter goes; empty for an office without a mailbox, or one
// that must not know of the matter: who may sees it on their own desk.
func (p *Post) address(ctx context.Context, l opened) (string, error) {
	switch {
	case l.Hidden:
		return "", nil
	case l.Recipient == ToComplainant:
		address, err := identity.OpenMailbox(p.Opener, l.sealedTo, l.Mailbox)
		if err != nil {
			return "", Fault{"key"} // the key file may come back from its backup
		}
		return address, nil
	case isMember(l.Recipient):
		address, err := member.OpenMailbox(p.Opener, l.Member, l.Mailbox)
		if err != nil {
			return "", Fault{"key"}
		}
		return address, nil
	case l.Recipient == ToDesk:
		return p.Desk(ctx), nil
	case l.Recipient == ToUnit, l.Recipient == ToAbove:
		return l.Unit, nil
	default:
		return "", nil
	}
}

// note writes down what became of a try. A letter that was handed over is noted
// even when the process is being stopped.
func (p *Post) note(ctx context.Context, l opened, state, code string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := pg.Exec(ctx, p.Pool, `
		UPDATE letter SET state = @state, fault_code = @code, done_at = CASE WHEN @state <> 'waiting' THEN @now::timestamptz END
		WHERE message_id = @message AND state = 'waiting'`,
		pg.Args{"message": l.MessageID, "state": state, "code": code, "now": p.Now()})
	if err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	return nil
}
