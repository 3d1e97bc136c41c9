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

// sayer gathers what a move says of its matter.
type sayer struct{ binding.Saying }

// letter is known by the move alone: the portal may add letters and read none.
func (b *sayer) letter(seq int64, template, recipient, message string, at time.Time) {
	b.Row("letter", pg.Args{"seq": seq, "template": template, "recipient": recipient, "message_id": message, "created_at": at})
}

// opened are the changes of a move that opens a matter: it had nothing before.
func (b *sayer) opened(salt []byte, entry *chain.Entry) (map[string]chain.Change, error) {
	return binding.Changes(salt, entry, nil, b.Said, false), b.Fault
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
	if s.said.Said == nil {
		s.said.Said = chain.Said{}
	}
	binding.QueueAfter(s.batch, entry.ActorKind, s.Matter.ID, s.Matter.held.whole, s.said.Said)
}

// commit is the last round trip of a move: its binding, and the end. Nothing comes
// between, so the matter is locked no longer than the way there and back.
func (e *Engine) commit(ctx context.Context, conn *pgxpool.Conn, s *Step, entry *chain.Entry) error {
	if s.said.Fault != nil {
		return s.said.Fault
	}
	held := s.Matter.held
	bound, err := chain.Bind(entry, binding.Changes(held.salt, entry, held.before, s.said.Said, held.whole), e.Key)
	if err != nil {
		return fmt.Errorf("bind event: %w", err)
	}
	var batch pgx.Batch
	batch.Queue(`INSERT INTO binding (matter_id, seq, said, mac) VALUES (@matter, @seq, @said, @mac)`,
		pg.Args{"matter": s.Matter.ID, "seq": entry.Seq, "said": bound.Said, "mac": bound.MAC})
	batch.Queue(`COMMIT`)
	return conn.SendBatch(ctx, &batch).Close()
}
