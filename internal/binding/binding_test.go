package binding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// unbound is what hangs on a matter and is not bound, with the reason: a whole
// table, or a column of one that is.
var unbound = map[string]string{
	"event":       "the chain itself",
	"binding":     "signed by itself",
	"alert":       "leaves no event: nothing was done to the matter",
	"attachment":  "nothing writes one yet",
	"desk_draft":  "swept",
	"unlock":      "swept",
	"matter_look": "who has seen what: nothing was done to the matter",
	"form_token":  "the receipt of a form; says nothing but its event",
	"search_text": "made from what is bound",
	"likeness":    "made from what is bound",

	"follow.ask_id":    "what was asked says it",
	"member_complaint": "who keeps an eye on what is their own: nothing was done to the matter",

	"matter.phase":   "its state's",
	"matter.seq":     "the chain's head, which verify compares",
	"matter.head":    "the chain's head, which verify compares",
	"matter.salt":    "of the digests: with another, none fits",
	"matter.due_at":  "the nearest of its clocks",
	"matter.facets":  "words of its register's table, by a trigger",
	"matter.meant":   "read from its bars",
	"matter.named":   "read from its bars",
	"matter.persons": "read from its bars",

	"assignment.phase":  "its matter's, by a trigger",
	"assignment.due_at": "its matter's, by a trigger",

	"clock.provisional": "a recount notes it without a move where no day changes",
	"clock.derivation":  "a recount notes it without a move where no day changes",
	"clock.calendar":    "a recount notes it without a move where no day changes",

	"letter.unit":       "nothing writes it",
	"letter.state":      "the worker's note",
	"letter.tries":      "the worker's note",
	"letter.done_at":    "the worker's note",
	"letter.fault_code": "the worker's note",
}

// TestEveryColumnThatHangsOnAMatterIsBoundOrSaysWhyNot: a new table or column is
// put into the list, or here with its reason.
func TestEveryColumnThatHangsOnAMatterIsBoundOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	columns, err := pg.All[string](t.Context(), db.Owner, `
		SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
			JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND (c.table_name = 'matter' OR EXISTS (
			SELECT FROM information_schema.columns k WHERE k.table_schema = 'public' AND k.table_name = c.table_name AND k.column_name = 'matter_id'))
		ORDER BY 1`, nil)
	if err != nil || len(columns) < 100 {
		t.Fatal(len(columns), err)
	}
	bound, met := map[string]bool{}, map[string]bool{}
	for _, p := range binding.Parts {
		for _, column := range p.Columns() {
			name := p.Table + "." + column
			if bound[name] || !slices.Contains(columns, name) {
				t.Errorf("%s stands in the list twice, or is no column", name)
			}
			bound[name] = true
		}
	}
	for _, name := range columns {
		table, column, _ := strings.Cut(name, ".")
		switch {
		case unbound[table] != "":
			met[table] = true
		case unbound[name] != "":
			met[name] = true
			if bound[name] {
				t.Errorf("%s is bound, and something says why not", name)
			}
		case column != "matter_id" && column != "id" && !bound[name]:
			t.Errorf("%s is neither bound nor says why not", name)
		}
	}
	for name := range unbound {
		if !met[name] {
			t.Errorf("%s is not bound and is not there", name)
		}
	}
}

// outside is what belongs to no matter and is not on the daybook, with the reason: a
// whole table, or a column of one that is.
var outside = map[string]string{
	"office_form":                     "the receipt of a form; the act that it caused is on the daybook",
	"staff.totp_step":                 "every login writes it",
	"list_columns":                    "which columns a list shows: says nothing of what was done",
	"saved_view":                      "what a list asks for: says nothing of what was done",
	"staff.password_until":            "every login empties it",
	"staff.last_login_at":             "every login writes it",
	"member_account.served_online_at": "the member's own word, on the portal; each service that stands on it is an event",

	"notice.also": "beside matters' documents alone",

	"daybook": "the chain itself", "daybook_head": "the chain itself",
	"office_key": "every start compares it", "backup_state": "the backup's own note", "drill_run": "the drill's own note", "mail_test": "what a mail server said of a test letter", "verify_run": "a check, which can be done again at any time", "verify_end": "as the run", "alert_seen": "says nothing of what was done",

	"category": "comes with migrations, and by triggers from its versions", "category_group": "comes with migrations", "clock_choice": "comes with migrations", "pause_ground": "comes with migrations", "warning_rung": "comes with migrations",
	"matter_kind": "comes with migrations", "matter_reader": "comes with migrations", "matter_state": "comes with migrations", "role": "comes with migrations",
	"present": "the owner's alone", "opening_budget": "the owner's alone", "document_counter": "its documents say it",

	"captcha": "swept", "draft": "swept", "login_attempt": "swept", "unlock_attempt": "swept", "staff_session": "swept", "member_login": "swept", "member_session": "swept", "member_guess": "swept", "member_factor": "its member's own choice, by the portal, which has no office key; what the desk does is an act", "staff_device": "swept",
	"staff_bar": "worked out from posts and units", "staff_called": "worked out from accounts", "staff_pattern": "worked out from accounts",
	"unit_tree": "a lock", "goose_db_version": "the schema's own",
	"follow_ask":  "asked by a deputy of a number that may be nobody's: what is put to a complainant is bound",
	"worker_beat": "the worker's own note", "watch_count": "counted once from what is bound",
	"county_day": "counted once from what is bound", "figure": "counted once from what is bound", "figure_quarter": "counted once from what is bound",
}

// TestEveryTableOfTheOfficeIsOnTheDaybookOrSaysWhyNot does the same for the rest.
func TestEveryTableOfTheOfficeIsOnTheDaybookOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	columns, err := pg.All[string](t.Context(), db.Owner, `
		SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
			JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> 'matter' AND c.table_name NOT LIKE 'river_%'
			AND (c.table_name = 'notice' OR NOT EXISTS (
			SELECT FROM information_schema.columns k WHERE k.table_schema = 'public' AND k.table_name = c.table_name AND k.column_name = 'matter_id'))
		ORDER BY 1`, nil)
	if err != nil || len(columns) < 100 {
		t.Fatal(len(columns), err)
	}
	bound, met := map[string]bool{}, map[string]bool{}
	for _, p := range binding.Office {
		for _, column := range append(p.Columns(), p.Single) {
			bound[p.Table+"."+column] = true
		}
	}
	for _, name := range columns {
		table, column, _ := strings.Cut(name, ".")
		switch {
		case outside[table] != "":
			met[table] = true
		case outside[name] != "":
			met[name] = true
		case column != "id" && name != "notice.matter_id" && !bound[name]:
			t.Errorf("%s is neither on the daybook nor says why not", name)
		}
	}
	for name := range outside {
		if !met[name] {
			t.Errorf("%s is not on the daybook and is not there", name)
		}
	}
}

// TestEveryStatementRunsUnderItsRole: they are put together from the list.
func TestEveryStatementRunsUnderItsRole(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	run := func(as string, pool *pgxpool.Pool, queue func(*pgx.Batch)) {
		var batch pgx.Batch
		queue(&batch)
		if err := pool.SendBatch(t.Context(), &batch).Close(); err != nil {
			t.Errorf("%s: %v", as, err)
		}
	}
	for actor, pool := range map[string]*pgxpool.Pool{chain.Complainant: db.Portal, chain.Member: db.Portal, chain.System: db.Worker, chain.Staff: db.Admin} {
		run(actor, pool, func(b *pgx.Batch) { binding.Queue(b, actor, "JX", chain.Said{}) })
		run(actor+" after", pool, func(b *pgx.Batch) { binding.QueueAfter(b, actor, 1, false, chain.Said{}) })
	}
	run("whole", db.Admin, func(b *pgx.Batch) { binding.QueueAfter(b, chain.Staff, 1, true, chain.Said{}) })
	run("office", db.Admin, func(b *pgx.Batch) { binding.QueueOffice(b, chain.Said{}) })
	run("office that may change", db.Admin, func(b *pgx.Batch) { binding.QueueOfficeMoves(b, chain.Said{}) })
	run("added", db.Admin, func(b *pgx.Batch) { binding.QueueAdded(b, binding.Export, 1, chain.Said{}) })
	for as, pool := range map[string]*pgxpool.Pool{binding.Verifier: db.Admin, binding.Owner: db.Owner} {
		run(as, pool, func(b *pgx.Batch) { binding.QueueAll(b, as, []int64{1}, func(*binding.Found) error { return nil }) })
	}
}

func TestARowLacksNoColumn(t *testing.T) {
	t.Parallel()
	if _, err := binding.Row("case", map[string]any{"ground": "x"}); err == nil {
		t.Error("a row without a column is taken")
	}
	if _, err := binding.Row("case", map[string]any{"ground": 1.5, "rectify_by": nil}); err == nil {
		t.Error("a column of an unknown type is taken")
	}
	if _, err := binding.Row("nothing", nil); err == nil {
		t.Error("a part that there is not is taken")
	}
}
