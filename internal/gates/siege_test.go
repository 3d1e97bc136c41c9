package gates

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/expiry"
	"zhengxin/internal/kinds"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/worker"
	"zhengxin/internal/workflow"
)

// refused are statements by which whoever runs SQL as the portal would stop, watch
// or fill up the office. None of them is allowed.
var refused = []string{
	// Locks by number, which are nobody's and so everybody's.
	`SELECT pg_advisory_lock(7410425003)`, `SELECT pg_advisory_lock_shared(7410425003)`, `SELECT pg_try_advisory_lock(1)`,
	`SELECT pg_try_advisory_lock_shared(1)`, `SELECT pg_advisory_xact_lock(1)`, `SELECT pg_advisory_xact_lock_shared(1)`,
	`SELECT pg_try_advisory_xact_lock(1)`, `SELECT pg_advisory_lock(1, 1)`, `SELECT pg_advisory_xact_lock(1, 1)`, `SELECT pg_advisory_unlock_all()`,
	// Locks of the tree, of migration, of whole tables and of rows that are not the portal's to change.
	`SELECT lock_unit_tree()`, `SELECT share_unit_tree()`, `SELECT FROM unit_tree FOR KEY SHARE`,
	`LOCK TABLE unit_tree IN ACCESS SHARE MODE`, `LOCK TABLE migrate_lock IN ACCESS SHARE MODE`, `LOCK TABLE river_job IN ACCESS SHARE MODE`,
	`LOCK TABLE staff_session IN ACCESS SHARE MODE`, `LOCK TABLE matter IN ACCESS EXCLUSIVE MODE`, `LOCK TABLE matter IN SHARE MODE`,
	`LOCK TABLE matter IN SHARE UPDATE EXCLUSIVE MODE`, `LOCK TABLE event IN EXCLUSIVE MODE`, `LOCK TABLE clock IN SHARE ROW EXCLUSIVE MODE`,
	`LOCK TABLE complaint IN SHARE MODE`, `LOCK TABLE letter IN SHARE MODE`, `LOCK TABLE unit IN ROW EXCLUSIVE MODE`, `LOCK TABLE assignment IN ROW SHARE MODE`,
	`SELECT FROM unit FOR KEY SHARE`, `SELECT FROM category FOR KEY SHARE`, `SELECT FROM setting FOR KEY SHARE`, `SELECT FROM clock_rule FOR KEY SHARE`,
	`SELECT FROM assignment FOR KEY SHARE`, `SELECT FROM answer FOR KEY SHARE`,
	// Other sessions.
	`SELECT pg_terminate_backend(pg_backend_pid())`, `SELECT pg_cancel_backend(pg_backend_pid())`, `SELECT pg_notify('public.river_control', '')`,
	`SELECT pg_stat_get_activity(NULL)`, `SELECT query FROM pg_stat_activity`, `SELECT n_tup_ins FROM pg_stat_user_tables`, `SELECT pid FROM pg_locks`,
	`SELECT end_stale_portal_sessions('0')`, `SELECT limit_roles()`, `SELECT pg_export_snapshot()`,
	// The disk.
	`CREATE TEMP TABLE mine ()`, `CREATE TEMP VIEW mine AS SELECT 1`, `CREATE TEMP SEQUENCE mine`, `SELECT 1 AS one INTO TEMP mine`,
	`SELECT lo_create(0)`, `SELECT lo_creat(-1)`, `SELECT lo_from_bytea(0, '')`, `SELECT lo_import('/etc/passwd')`, `SELECT lo_unlink(1)`,
	`SET temp_file_limit = -1`, `SET log_min_duration_statement = 0`, `SELECT pg_logical_emit_message(false, '', '')`,
	`SELECT pg_database_size(current_database())`, `CHECKPOINT`,
	// Roles, the own one's limits among them.
	`ALTER ROLE zhengxin_portal CONNECTION LIMIT -1`, `ALTER ROLE zhengxin_portal SET temp_file_limit = -1`, `ALTER ROLE zhengxin_portal CREATEDB`,
	`ALTER ROLE zhengxin_portal VALID UNTIL 'infinity'`, `ALTER ROLE zhengxin_admin SET statement_timeout = 1`, `ALTER ROLE zhengxin_worker PASSWORD NULL`,
	`ALTER ROLE ALL SET statement_timeout = 1`, `GRANT zhengxin_admin TO zhengxin_portal`,
	`DO $$ BEGIN PERFORM pg_catalog.pg_advisory_lock(1); END $$`,
}

func TestThePortalsRoleStopsWatchesAndFillsNothing(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	for _, sql := range refused {
		if _, err := b.try(t.Context(), true, sql); pg.Code(err) != "42501" {
			t.Errorf("code %q (%v): %s", pg.Code(err), err, sql)
		}
	}
}

// held are statements that the portal's role may run, and whose locks it may keep
// for as long as it likes: it sets its own time-outs.
var held = []string{
	`SELECT FROM matter WHERE id = @own FOR UPDATE`,
	`UPDATE matter SET state = state WHERE id = @own`,
	`UPDATE clock SET stopped_at = stopped_at WHERE matter_id = @own`,
	`LOCK TABLE matter, complaint, event, clock, unit, category, setting, assignment, answer, goose_db_version, river_migration IN ACCESS SHARE MODE`,
	`LOCK TABLE matter, event, clock, complaint, letter IN ROW EXCLUSIVE MODE`,
	`LOCK TABLE draft, captcha IN ACCESS EXCLUSIVE MODE`,
	`SELECT nextval('matter_id'), set_config('work_mem', '4MB', false)`,
	`ALTER ROLE zhengxin_portal SET statement_timeout = 0`,
	`NOTIFY "public.river_control", '{"action":"pause","queue":"*"}'`,
}

// dispatch takes a new complaint to a unit, by the desk's own steps.
func dispatch(ctx context.Context, o *complainttest.Office, number string) error {
	for _, s := range []struct {
		action  workflow.Action
		answers workflow.Answers
	}{
		{complaint.EnterRegister, nil},
		{complaint.Accept, workflow.Answers{"nature": {"RED"}}},
		{complaint.Dispatch, workflow.Answers{"lead": {complainttest.Finance}}},
	} {
		_, err := o.Desk.Move(ctx, workflow.Order{Number: number, Action: s.action, By: o.People[staff.Registrar], Token: complainttest.Token(), Answers: s.answers})
		if err != nil {
			return fmt.Errorf("%s: %w", s.action, err)
		}
	}
	return nil
}

// The portal's role can stop a dispatch for 0 seconds: while it holds all that it
// can, complaints go to their units and the tree of units is changed, each lock
// being given at once or not at all.
func TestTheDeskDispatchesWhileThePortalsRoleHoldsAllThatItCan(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	for _, sql := range append(refused[:len(refused):len(refused)], held...) {
		number := b.File(t, complainttest.Intake()).Number
		siege, err := pgx.Connect(t.Context(), b.DB.URL(pg.RolePortal))
		if err != nil {
			t.Fatal(err)
		}
		for _, begin := range []string{
			`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN`,
			`SET LOCAL zhengxin.unlock = '` + hex.EncodeToString(b.unlock) + `'; SAVEPOINT mine`,
		} {
			if _, err := siege.Exec(t.Context(), begin); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := siege.Exec(t.Context(), sql, b.names); err != nil { // what was got before the refusal is kept
			if _, err := siege.Exec(t.Context(), `ROLLBACK TO mine`); err != nil {
				t.Fatal(err)
			}
		}
		err = pg.Tx(t.Context(), b.DB.Admin, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `SET LOCAL lock_timeout = '1ms'; INSERT INTO unit_conflict (unit, other, reason) VALUES ('FIN', 'JUS', 'x')`)
			return errors.Join(err, tx.Rollback(t.Context()))
		})
		if pg.Code(err) != "" {
			t.Errorf("the tree cannot be changed (%v) while the portal holds %s", err, sql)
		}
		if err := dispatch(t.Context(), b.Office, number); err != nil {
			t.Errorf("%v, while the portal holds %s", err, sql)
		}
		if err := siege.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Its own visitor's matter the portal may lock; not for longer than the worker
// lets it.
func TestASessionOfThePortalThatHoldsOnIsEnded(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	siege, err := pgx.Connect(t.Context(), b.DB.URL(pg.RolePortal))
	if err != nil {
		t.Fatal(err)
	}
	defer siege.Close(context.Background())
	if _, err := siege.Exec(t.Context(), `SET idle_in_transaction_session_timeout = 0; BEGIN; SET LOCAL zhengxin.unlock = '`+hex.EncodeToString(b.unlock)+`'`); err != nil {
		t.Fatal(err)
	}
	if _, err := siege.Exec(t.Context(), `SELECT FROM matter WHERE id = $1 FOR UPDATE`, b.own); err != nil {
		t.Fatal(err)
	}
	if n, err := pg.One[int64](t.Context(), b.DB.Worker, `SELECT end_stale_portal_sessions('1 hour')`, nil); err != nil || n != 0 {
		t.Errorf("%d sessions of this minute are ended: %v", n, err)
	}
	if n, err := pg.One[int64](t.Context(), b.DB.Worker, `SELECT end_stale_portal_sessions('0')`, nil); err != nil || n != 1 {
		t.Errorf("%d sessions are ended: %v", n, err)
	}
	if _, err := siege.Exec(t.Context(), `SELECT 1`); err == nil {
		t.Error("it lives on")
	}
	if _, err := pg.Exec(t.Context(), b.DB.Admin, `UPDATE matter SET due_at = due_at WHERE id = @own`, pg.Args{"own": b.own}); err != nil {
		t.Error(err)
	}
}

// No right keeps a role from NOTIFY; so nobody listens.
func TestWhateverIsNotifiedLettersAreSentAndTextsIndexed(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	server, err := letter.ParseServer("")
	if err != nil {
		t.Fatal(err)
	}
	w, err := worker.Start(t.Context(), worker.Config{
		Pool: o.DB.Worker, Now: time.Now, Texts: kinds.Texts(), Log: slog.New(slog.DiscardHandler), QueueLog: slog.New(slog.DiscardHandler),
		Post: &letter.Post{
			Pool: o.DB.Worker, Opener: o.Keys.Office, Server: server, From: "xf@office.example", Dir: t.TempDir(),
			Sites: letter.Sites{Portal: "https://xf.example", Admin: "https://desk.example"}, Now: o.Now,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.Stop(); err != nil {
			t.Error(err)
		}
	}()
	await := func(what, sql string) {
		t.Helper()
		for range 600 {
			done, err := pg.One[bool](t.Context(), o.DB.Owner, `SELECT `+sql, nil)
			if err != nil {
				t.Fatal(err)
			}
			if done {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("never: %s", what)
	}
	await("the worker works", `EXISTS (SELECT FROM river_job WHERE kind = 'sweep' AND state = 'completed')`)
	for _, notice := range []string{
		`NOTIFY "public.river_control", '{"action":"pause","queue":"*"}'`,
		`NOTIFY "public.river_control", '{"action":"pause","queue":"default"}'`,
		`NOTIFY "public.river_control", '{"action":"pause","queue":"mail"}'`,
		`NOTIFY "public.river_leadership", '{"action":"request_resign"}'`,
	} {
		if _, err := o.DB.Portal.Exec(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
	}
	listens, err := pg.One[int](t.Context(), o.DB.Owner, `
		SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'listen%'`, nil)
	if err != nil || listens > 0 {
		t.Errorf("%d sessions listen: %v", listens, err)
	}
	o.File(t, complainttest.Intake())
	await("its letter is sent", `EXISTS (SELECT FROM letter WHERE state <> 'waiting')`)
	await("its text is indexed", `EXISTS (SELECT FROM search_text)`)
}

// What a role has set for itself is taken back, and its limits stand.
func TestARolesLimitsAreTheOwnersToSet(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	mine := `ALTER ROLE zhengxin_portal IN DATABASE ` + b.DB.Name + ` `
	for _, sql := range []string{mine + `SET default_transaction_read_only = on`, mine + `SET statement_timeout = 0`, mine + `SET search_path = 'nowhere'`} {
		if _, err := b.DB.Portal.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := expiry.Hold(t.Context(), b.DB.Worker); err != nil {
			t.Fatal(err)
		}
	}
	again, err := pgx.Connect(t.Context(), b.DB.URL(pg.RolePortal))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close(context.Background())
	type limits struct{ Statement, Lock, Idle, ReadOnly, Path string }
	got, err := pg.One[limits](t.Context(), again, `
		SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
			current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('default_transaction_read_only') AS read_only,
			current_setting('search_path') AS path`, nil)
	if want := (limits{"20s", "5s", "20s", "off", `"$user", public`}); err != nil || got != want {
		t.Errorf("the portal's next session has %+v, %v", got, err)
	}
	unlimited, err := pg.One[int](t.Context(), b.DB.Owner, `
		SELECT count(*) FROM pg_roles WHERE rolname LIKE 'zhengxin\_%' AND rolconnlimit NOT BETWEEN 1 AND current_setting('max_connections')::int * 2 / 5`, nil)
	if err != nil || unlimited > 0 {
		t.Errorf("%d roles could take all connections: %v", unlimited, err)
	}
}
