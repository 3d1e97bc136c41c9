package workflow

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/pg"
)

// sayer gathers what a move says of its matter. The first fault is kept for bind.
type sayer struct {
	said  chain.Said
	fault error
}

// say adds a row of which the move itself knows the columns.
func (b *sayer) say(part string, values map[string]any) {
	row, err := binding.Row(part, values)
	if b.fault == nil {
		b.fault = err
	}
	if b.said == nil {
		b.said = chain.Said{}
	}
	b.said[part] = append(b.said[part], row)
}

// letter is known by the move alone: the portal may add letters and read none.
func (b *sayer) letter(seq int64, template, recipient, message string, at time.Time) {
	b.say("letter", pg.Args{"seq": seq, "template": template, "recipient": recipient, "message_id": message, "created_at": at})
}

// opened are the changes of a move that opens a matter: it had nothing before.
func (b *sayer) opened(salt []byte, entry *chain.Entry) (map[string]chain.Change, error) {
	return binding.Changes(salt, entry, nil, b.said, false), b.fault
}

// holding is what the lock has read of what is said of a matter.
type holding struct {
	salt   []byte
	before chain.Said
	whole  bool // no move of the desk has bound how everything stands yet
}

func (l *locking) queueSaid(a Act) {
	l.m.held.before = chain.Said{}
	binding.Queue(&l.batch, a.By.kind(), a.Number, l.m.held.before)
	if a.By.kind() != chain.Staff {
		return
	}
	l.batch.Queue(`
		SELECT NOT EXISTS (SELECT FROM binding b JOIN event e ON e.matter_id = b.matter_id AND e.seq = b.seq
			WHERE b.matter_id = (SELECT id FROM matter WHERE number = @number) AND b.seq > 1 AND e.actor = 'staff')`,
		pg.Args{"number": a.Number}).QueryRow(func(row pgx.Row) error { return row.Scan(&l.m.held.whole) })
}

// queueSaid reads what is said of the matter now that the effect is done.
func (s *Step) queueSaid(entry *chain.Entry) {
	if s.said.said == nil {
		s.said.said = chain.Said{}
	}
	binding.QueueAfter(s.batch, entry.ActorKind, s.Matter.ID, s.Matter.held.whole, s.said.said)
}

// commit is the last round trip of a move: its binding, and the end. Nothing comes
// between, so the matter is locked no longer than the way there and back.
func (e *Engine) commit(ctx context.Context, conn *pgxpool.Conn, s *Step, entry *chain.Entry) error {
	if s.said.fault != nil {
		return s.said.fault
	}
	held := s.Matter.held
	bound, err := chain.Bind(entry, binding.Changes(held.salt, entry, held.before, s.said.said, held.whole), e.Key)
	if err != nil {
		return fmt.Errorf("bind event: %w", err)
	}
	var batch pgx.Batch
	batch.Queue(`INSERT INTO binding (matter_id, seq, said, mac) VALUES (@matter, @seq, @said, @mac)`,
		pg.Args{"matter": s.Matter.ID, "seq": entry.Seq, "said": bound.Said, "mac": bound.MAC})
	batch.Queue(`COMMIT`)
	return conn.SendBatch(ctx, &batch).Close()
}
