package gates

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// burgled is an office with two complaints of two people, as somebody sees it
// who runs any statement under the portal's role: through an injection, or as
// the process itself.
type burgled struct {
	*complainttest.Office
	own, other int64  // ids of the matters
	unlock     []byte // opens own
	names      pgx.NamedArgs
}

func newBurgled(t *testing.T) *burgled {
	t.Helper()
	b := &burgled{Office: complainttest.New(t)}
	mine, others := b.File(t, complainttest.Intake()), b.File(t, complainttest.Intake())
	visitor, err := key.NewSecret(b.Portal.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Portal.Unlock(t.Context(), mine.Number, mine.Code, visitor, []byte("somebody")); err != nil {
		t.Fatal(err)
	}
	b.unlock = complaint.UnlockID(visitor)
	b.own, b.other = b.id(t, mine.Number), b.id(t, others.Number)
	b.names = pgx.NamedArgs{"own": b.own, "other": b.other, "number": others.Number}
	for _, id := range []int64{b.own, b.other} {
		b.owner(t, `INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@id, 'FIN', 'lead', now())`, id)
		b.owner(t, `INSERT INTO supplement (matter_id, seq, body) VALUES (@id, 1, 'x')`, id)
		b.owner(t, `INSERT INTO as_written (matter_id, due_on) VALUES (@id, 'x')`, id)
		b.owner(t, `INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, sent_at)
			SELECT @id, 1, 1, min(id), 'FIN', '', '', '', '', '', now() FROM staff`, id)
	}
	return b
}

func (b *burgled) id(t *testing.T, number string) int64 {
	t.Helper()
	id, err := pg.One[int64](t.Context(), b.DB.Owner, `SELECT id FROM matter WHERE number = @number`, pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *burgled) owner(t *testing.T, sql string, id int64) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), b.DB.Owner, sql, pg.Args{"id": id}); err != nil {
		t.Fatal(err)
	}
}

// try runs one statement as the portal would, without or with the unlock of
// the own matter, and takes it back; it gives the rows that it touched or gave.
func (b *burgled) try(ctx context.Context, unlocked bool, sql string) (int64, error) {
	var n int64
	taken := errors.New("taken back")
	err := pgx.BeginFunc(ctx, b.DB.Portal, func(tx pgx.Tx) error {
		if unlocked {
			if _, err := tx.Exec(ctx, `SELECT set_config('zhengxin.unlock', $1, true)`, hex.EncodeToString(b.unlock)); err != nil {
				return err
			}
		}
		tag, err := tx.Exec(ctx, sql, b.names)
		if n = tag.RowsAffected(); err != nil {
			return err
		}
		return taken
	})
	if errors.Is(err, taken) {
		err = nil
	}
	return n, err
}

// eventColumns and eventValues make an event of nothing but what is asked.
const (
	eventColumns = `event (matter_id, seq, at, actor, staff_id, role, action, from_state, to_state, commitment, prev, hash, key_id)`
	eventValues  = `9, now(), 'complainant', NULL, 'complainant', 'urge', 'submitted', 'submitted', '', '', '', 'x'`
)

// onAnother are statements that would read, change or grow somebody else's
// matter. Each must touch nothing.
var onAnother = []string{
	`SELECT id FROM matter WHERE id = @other`,
	`SELECT id FROM matter WHERE number = @number`,
	`SELECT id FROM matter WHERE id = @other FOR UPDATE`,
	`SELECT matter_id FROM complaint WHERE matter_id = @other`,
	`SELECT matter_id FROM event WHERE matter_id = @other`,
	`SELECT id FROM clock WHERE matter_id = @other`,
	`SELECT id FROM assignment WHERE matter_id = @other`,
	`SELECT matter_id FROM supplement WHERE matter_id = @other`,
	`SELECT matter_id FROM answer WHERE matter_id = @other`,
	`SELECT no FROM request WHERE matter_id = @other`, `SELECT no FROM request_item WHERE matter_id = @other`, `SELECT no FROM request_put WHERE matter_id = @other`,
	`SELECT matter_id FROM as_written WHERE matter_id = @other`,
	`SELECT 1 FROM form_receipt('') f`,
	`UPDATE matter SET state = 'withdrawn' WHERE id = @other`,
	`UPDATE matter SET head = '' WHERE id = @other`,
	`UPDATE complaint SET rating = 'satisfied' WHERE matter_id = @other`,
	`UPDATE clock SET stopped_at = now() WHERE matter_id = @other`,
	`INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts)
	 VALUES (@other, 'web', 'citizen', true, true, true, '', '') ON CONFLICT DO NOTHING`,
	`INSERT INTO ` + eventColumns + ` VALUES (@other, ` + eventValues + `)`,
	`INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
	 SELECT @other, code, version, 1, now(), now(), now(), '' FROM clock_rule LIMIT 1`,
	`INSERT INTO supplement (matter_id, seq, body) VALUES (@other, 1, 'x')`,
	`INSERT INTO identity (matter_id, person) VALUES (@other, '')`,
	`INSERT INTO as_written (matter_id, due_on) VALUES (@other, 'x')`,
	`INSERT INTO access_code (matter_id, mac) VALUES (@other, '')`,
	`INSERT INTO binding (matter_id, seq, said, mac) VALUES (@other, 2, '{}', '')`,
	`SELECT salt FROM matter WHERE id = @other`,
	`INSERT INTO form_token (token_hash, matter_id, seq, action, at) VALUES ('mine', @other, 1, 'file', now())`,
	`INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at) VALUES (@other, 1, 'x', 'complainant', 'x', now())`,
	// The matter is passed on from one that is one's own.
	`UPDATE matter SET id = @other WHERE id = @own`,
	`UPDATE clock SET matter_id = @other WHERE matter_id = @own`,
	`UPDATE complaint SET matter_id = @other WHERE matter_id = @own`,
}

func TestThePortalsRoleTouchesNobodyElsesMatter(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	for _, unlocked := range []bool{false, true} {
		for _, sql := range onAnother {
			if n, err := b.try(t.Context(), unlocked, sql); err == nil && n > 0 {
				t.Errorf("unlocked %t: %d rows by %s", unlocked, n, sql)
			} else if c := pg.Code(err); err != nil && c != "42501" && c != "55000" { // 55000: this session never drew an id
				t.Errorf("unlocked %t: refused, but not for want of a right (%s): %s", unlocked, c, sql)
			}
		}
	}
}

// never are statements that the portal's role may not run on any matter, its
// visitor's own included.
var never = []string{
	`SELECT note FROM event`, `SELECT data FROM event`, `SELECT staff_id FROM event`, `SELECT actor_name FROM event`,
	`UPDATE as_written SET due_on = '' WHERE matter_id = @own`, `DELETE FROM as_written WHERE matter_id = @own`, `INSERT INTO as_written (matter_id, due_on) VALUES (@own, 'x')`,
	`SELECT * FROM identity`, `SELECT * FROM identity_opening`, `SELECT * FROM access_code`, `SELECT * FROM form_token`,
	`SELECT * FROM unlock`, `SELECT * FROM unlock_attempt`, `SELECT * FROM letter`, `SELECT * FROM member`,
	`SELECT * FROM river_job`, `SELECT * FROM search_text`, `SELECT * FROM staff`, `SELECT * FROM staff_session`,
	`SELECT said FROM binding`, `SELECT seq FROM daybook`, `SELECT seq FROM daybook_head`, `UPDATE matter SET salt = '' WHERE id = @own`,
	`SELECT * FROM notice`, `SELECT * FROM unit_conflict`, `SELECT * FROM document`, `SELECT * FROM discipline_case`,
	`SELECT last_value FROM matter_id`, `SELECT setval('matter_id', 1)`,
	`INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES ('mine', @other, now() + interval '1 hour')`,
	`INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES ('mine', @own, now() + interval '1 year')`,
	`UPDATE unlock SET matter_id = @other`, `UPDATE unlock SET expires_at = 'infinity'`,
	`DELETE FROM unlock_attempt`,
	`INSERT INTO river_job (args, kind, max_attempts) VALUES ('{}', 'send_letter', 1)`,
	`SELECT enqueue('sweep', '{}')`, `SELECT enqueue('', '{}')`, `SELECT enqueue('send_letter', '{}', 'other')`,
	`UPDATE matter SET unit = 'FIN' WHERE id = @own`, `UPDATE matter SET flags = '{}' WHERE id = @own`,
	`UPDATE matter SET title = 'x' WHERE id = @own`, `UPDATE matter SET number = 'x' WHERE id = @own`,
	`UPDATE complaint SET facts = 'x' WHERE matter_id = @own`, `UPDATE complaint SET confidential = false WHERE matter_id = @own`,
	`UPDATE clock SET due_at = 'infinity' WHERE matter_id = @own`, `UPDATE clock SET due_on = '2099-01-01' WHERE matter_id = @own`,
	`INSERT INTO clock_span (matter_id, seq, rule, started_seq, kind, from_on, count) VALUES (@own, 1, 'PF-DO', 1, 'extend', '2026-03-02', 30)`, `SELECT FROM term_request`,
	`INSERT INTO request (matter_id, no, seq, kind) VALUES (@own, 9, 1, 'question')`, `INSERT INTO request_put (matter_id, no, seq) VALUES (@own, 9, 1)`, `UPDATE request_answer SET guarded = false`, `DELETE FROM request_end`,
	`UPDATE event SET at = now() WHERE matter_id = @own`, `DELETE FROM event WHERE matter_id = @own`,
	`UPDATE supplement SET body = '' WHERE matter_id = @own`, `DELETE FROM supplement WHERE matter_id = @own`,
	`DELETE FROM matter WHERE id = @own`, `DELETE FROM complaint WHERE matter_id = @own`, `DELETE FROM clock WHERE matter_id = @own`,
	`INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@own, 'JUS', 'co', now())`,
	`INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis) VALUES (@own, 1, 2, 1, 'FIN', '', '', '', '', '')`,
	`UPDATE answer SET facts = '' WHERE matter_id = @own`,
	`UPDATE setting SET value = ''`, `UPDATE unit SET name = ''`, `UPDATE clock_rule SET basis = ''`,
	// Somebody who is not the complainant did it.
	`INSERT INTO ` + eventColumns + ` VALUES (@own, 9, now(), 'staff', 1, 'leader', 'sign', 'submitted', 'closed', '', '', '', 'x')`,
	`INSERT INTO ` + eventColumns + ` VALUES (@own, 9, now(), 'system', NULL, '', 'lapse', 'submitted', 'closed', '', '', '', 'x')`,
	`INSERT INTO ` + eventColumns + ` VALUES (@own, 9, now(), 'complainant', NULL, 'leader', 'sign', 'submitted', 'closed', '', '', '', 'x')`,
	`INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, commitment, prev, hash, key_id)
	 VALUES (@own, 9, now(), 'complainant', '县长', 'complainant', 'urge', 'submitted', 'submitted', '', '', '', 'x')`,
	// A second identity or code for what exists.
	`INSERT INTO identity (matter_id, person) VALUES (@own, '')`, `INSERT INTO access_code (matter_id, mac) VALUES (@own, '')`,
	// A matter that did not begin at its beginning.
	`INSERT INTO matter (kind, number, state, title, opened_at, seq, head) VALUES ('complaint', 'x', 'closed', '', now(), 1, '')`,
	`INSERT INTO matter (kind, number, state, title, opened_at, seq, head) VALUES ('complaint', 'x', 'submitted', '', now(), 2, '')`,
	`INSERT INTO matter (kind, number, state, title, opened_at, seq, head) VALUES ('case', 'x', 'opened', '', now(), 1, '')`,
	// One that is half decided already, or not from the web.
	`INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head, flags) SELECT nextval('matter_id'), 'complaint', 'x', 'submitted', '', now(), 1, '', '{substantiated}'`,
	`INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head, closed_at) SELECT nextval('matter_id'), 'complaint', 'x', 'submitted', '', now(), 1, '', now()`,
	`WITH n AS (SELECT nextval('matter_id') AS id),
	 m AS (INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head) SELECT id, 'complaint', 'x', 'submitted', '', now(), 1, '' FROM n)
	 INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts, finding)
	 SELECT id, 'web', 'citizen', true, true, true, '', '', 'substantiated' FROM n`,
	`WITH n AS (SELECT nextval('matter_id') AS id),
	 m AS (INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head) SELECT id, 'complaint', 'x', 'submitted', '', now(), 1, '' FROM n)
	 INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts)
	 SELECT id, 'other_body', 'citizen', true, true, true, '', '' FROM n`,
	`INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at, state) VALUES (@own, 1, 'x', 'complainant', 'x', now(), 'sent')`,
	// A number of one's own choice would stand in a later filing's way.
	`INSERT INTO matter (id, kind, number, state, title, opened_at, seq, head) VALUES (@other + 1, 'complaint', 'x', 'submitted', '', now(), 1, '')`,
	// The row comes back only to who may read it.
	`INSERT INTO matter (kind, number, state, title, opened_at, seq, head) VALUES ('complaint', 'x', 'submitted', '', now(), 1, '') RETURNING id`,
	`CREATE TABLE mine ()`, `ALTER TABLE matter DISABLE ROW LEVEL SECURITY`, `CREATE POLICY mine ON matter USING (true)`,
	`SET ROLE zhengxin_admin`, `SET SESSION AUTHORIZATION zhengxin_admin`, `CREATE ROLE mine`,
	`CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`, `SELECT pg_read_file('/etc/passwd')`, `COPY matter TO PROGRAM 'true'`,
	`SELECT unit_bars('FIN')`, `SELECT refuse_barred_assignments('{1}')`,
}

func TestThePortalsRoleIsRefused(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	for _, sql := range never {
		_, err := b.try(t.Context(), true, sql)
		if c := pg.Code(err); c != "42501" && c != "ZX004" && c != "55000" {
			t.Errorf("code %q (%v): %s", c, err, sql)
		}
	}
}

// A definer's trigger function on a table of one's own would answer questions
// about every matter and lock them all.
func TestThePortalsRoleMakesNoTriggerOfOurs(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	// Where temporary tables are allowed after all.
	if _, err := b.DB.Owner.Exec(t.Context(), `GRANT TEMPORARY ON DATABASE `+b.DB.Name+` TO zhengxin_portal`); err != nil {
		t.Fatal(err)
	}
	functions, err := pg.All[string](t.Context(), b.DB.Owner, `
		SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype`, nil)
	if err != nil || len(functions) == 0 {
		t.Fatalf("%v, %v", functions, err)
	}
	for _, name := range functions {
		err := pgx.BeginFunc(t.Context(), b.DB.Portal, func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `CREATE TEMP TABLE mine (matter_id bigint, unit text, id bigint) ON COMMIT DROP`); err != nil {
				return fmt.Errorf("the table: %s", err)
			}
			_, err := tx.Exec(t.Context(), `CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION `+name+`()`)
			return err
		})
		if pg.Code(err) != "42501" {
			t.Errorf("%s serves a stranger's trigger: %v", name, err)
		}
	}
}

// The statement's own snapshot is old when it takes its time: a complaint that
// comes in meanwhile is not the one that it files.
func TestASlowStatementAddsNothingToAComplaintThatComesInMeanwhile(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	// The portal's role has no function of its own to wait by.
	if _, err := b.DB.Owner.Exec(t.Context(), `
		CREATE FUNCTION wait_for(lock bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT pg_advisory_xact_lock_shared(lock)';
		GRANT EXECUTE ON FUNCTION wait_for TO zhengxin_portal`); err != nil {
		t.Fatal(err)
	}
	next, err := pg.One[int64](t.Context(), b.DB.Owner, `SELECT last_value + 1 FROM matter_id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range []string{
		`form_token (token_hash, matter_id, seq, action, at) SELECT 'mine', g, 1, 'file', now()`,
		`letter (matter_id, seq, template, recipient, message_id, created_at) SELECT g, 1, 'x', 'complainant', 'x', now()`,
		eventColumns + ` SELECT g, ` + eventValues,
	} {
		for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead} {
			began, added := make(chan struct{}), make(chan error)
			lock := fmt.Sprintf("%d", 1000+i)
			hold, err := b.DB.Owner.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := hold.Exec(t.Context(), `SELECT pg_advisory_xact_lock(`+lock+`)`); err != nil {
				t.Fatal(err)
			}
			go func() {
				added <- pgx.BeginTxFunc(t.Context(), b.DB.Portal, pgx.TxOptions{IsoLevel: level}, func(tx pgx.Tx) error {
					if _, err := tx.Exec(t.Context(), `SELECT 1`); err != nil {
						return err
					}
					close(began)
					_, err := tx.Exec(t.Context(), `INSERT INTO `+table+` FROM (SELECT wait_for(`+lock+`), $1::bigint AS g OFFSET 0) waits`, next)
					return err
				})
			}()
			<-began
			b.awaitWaiter(t)
			b.File(t, complainttest.Intake())
			if err := hold.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := <-added; err == nil {
				t.Errorf("%s: added to a complaint of somebody else: %s", level, table)
			}
			next++
		}
	}
}

// awaitWaiter returns when a statement waits for an advisory lock.
func (b *burgled) awaitWaiter(t *testing.T) {
	t.Helper()
	for range 500 {
		waits, err := pg.One[bool](t.Context(), b.DB.Owner, `
			SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
				AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if waits {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nobody waits")
}
