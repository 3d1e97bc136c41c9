package pgtest

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
	"zhengxin/internal/witness"
)

func TestStatementsAndMovesAreWrittenDownOnce(t *testing.T) {
	t.Parallel()
	folder, b := t.TempDir(), &witness.Book{}
	for _, role := range []string{pg.RolePortal, pg.RoleAdmin, pg.RolePortal} {
		hear(b, folder, role, "SELECT @a\n\tFROM b")
	}
	hear(b, "", pg.RoleWorker, "SELECT 1")
	db := New(t)
	for _, sql := range []string{
		`INSERT INTO matter_kind (kind, relation) VALUES ('toy', 'none')`,
		`INSERT INTO matter_state (kind, state, phase) VALUES ('toy', 'open', 1)`,
		`INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head) VALUES (1, 'toy', 'TOY', 'open', '', now(), 1, '')`,
		`INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, public_text, note, data, salt, commitment, prev, hash, key_id)
			SELECT 1, n, now(), 'system', '', '', 'look', 'open', 'open', '', '', '{}', '', '', '', '', 1 FROM generate_series(1, 2) n`,
	} {
		if _, err := db.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%v by %s", err, sql)
		}
	}
	for range 2 {
		if err := moved(b, folder, db.Owner); err != nil {
			t.Fatal(err)
		}
	}
	if err := moved(b, folder, Empty(t).Owner); err != nil {
		t.Error(err)
	}
	if _, err := witness.Read(folder); err == nil {
		t.Error("a run in which no button was shown passes for one that pressed them")
	}
	b.Write(folder, witness.Account{Buttons: []witness.Button{{Does: "look"}}})
	all, err := witness.Read(folder)
	if err != nil || len(all.Statements) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, role := range []string{pg.RolePortal, pg.RoleAdmin} {
		if s := all.Statements[i]; s.Role != role || s.SQL != "SELECT @a\n\tFROM b" || !s.Test || !strings.HasPrefix(s.By, "pgtest.TestStatementsAndMoves") {
			t.Errorf("%+v", s)
		}
	}
	if diff := cmp.Diff([]witness.Move{{Kind: "toy", From: "open", Action: "look", To: "open"}}, all.Moves); diff != "" {
		t.Error(diff)
	}
}

// heardBy notes what a pool of ours tells its listener.
type heardBy struct {
	listener
	sql []string
}

func (h *heardBy) TraceBatchStart(ctx context.Context, c *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	for _, q := range d.Batch.QueuedQueries {
		h.sql = append(h.sql, q.SQL)
	}
	return ctx
}

func (h *heardBy) TraceQueryStart(ctx context.Context, c *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	h.sql = append(h.sql, d.SQL)
	return ctx
}

// TestStatementsAreHeardAsTheyStandInTheSource: the pieces of the source are
// looked for in them.
func TestStatementsAreHeardAsTheyStandInTheSource(t *testing.T) {
	t.Parallel()
	h := &heardBy{}
	pool, err := pg.Open(t.Context(), New(t).URL(pg.RoleAdmin), pg.Options{MaxConns: 1, Lazy: true, Tracer: h})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pg.One[int](t.Context(), pool, `SELECT @one::int`, pg.Args{"one": 1}); err != nil {
		t.Fatal(err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`SELECT @two::int`, pg.Args{"two": 2})
	if err := pool.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(h.sql, "; "); got != "SELECT @one::int; SELECT @two::int" {
		t.Error(got)
	}
}
