package pg_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func sqlFile(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
}

var firstFile = fstest.MapFS{
	"0001_paper.sql": sqlFile("CREATE TABLE paper (number text PRIMARY KEY);\nCOMMENT ON TABLE paper IS 'What is filed.';\n" +
		"GRANT SELECT ON paper TO zhengxin_portal;\n"),
}

func with(files fstest.MapFS, name string, file *fstest.MapFile) fstest.MapFS {
	more := maps.Clone(files)
	more[name] = file
	return more
}

func TestMigrateTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	for range 2 {
		if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
			t.Fatal(err)
		}
	}
	second := with(firstFile, "0002_page.sql", sqlFile("CREATE TABLE page ();\n"))
	if err := pg.Migrate(t.Context(), db.URL(""), second); err != nil {
		t.Fatal(err)
	}
	same(t, "files", []int64{0, 1, 2})(pg.All[int64](t.Context(), db.Owner, `SELECT version_id FROM goose_db_version ORDER BY id`, nil))
}

// TestAMigrateWithNothingToDoStillLooksAtEverything: it asks neither migrator, and
// must see whatever they would.
func TestAMigrateWithNothingToDoStillLooksAtEverything(t *testing.T) {
	t.Parallel()
	files := with(firstFile, "0002_page.sql", sqlFile("CREATE TABLE page ();\n"))
	for name, c := range map[string]struct {
		change string
		fails  bool
		asks   string
	}{
		"a right is gone":        {"REVOKE SELECT ON goose_db_version FROM zhengxin_portal", false, `SELECT has_table_privilege('zhengxin_portal', 'goose_db_version', 'SELECT')`},
		"everybody may connect":  {"GRANT CONNECT ON DATABASE %s TO PUBLIC", false, `SELECT NOT EXISTS (SELECT FROM pg_database, aclexplode(datacl) WHERE datname = current_database() AND grantee = 0)`},
		"a file is missing":      {"DELETE FROM goose_db_version WHERE version_id = 1", true, ""},
		"a step is missing":      {"DELETE FROM river_migration WHERE version = (SELECT max(version) FROM river_migration)", false, ""},
		"the last is not there":  {"DROP TABLE page; DELETE FROM goose_db_version WHERE version_id = 2", false, `SELECT to_regclass('page') IS NOT NULL`},
		"nothing was ever there": {"DROP SCHEMA public CASCADE; CREATE SCHEMA public", false, `SELECT to_regclass('page') IS NOT NULL AND to_regclass('river_job') IS NOT NULL`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.Empty(t)
			if err := pg.Migrate(t.Context(), db.URL(""), files); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Owner.Exec(t.Context(), strings.ReplaceAll(c.change, "%s", db.Name)); err != nil {
				t.Fatal(err)
			}
			if err := pg.Migrate(t.Context(), db.URL(""), files); (err != nil) != c.fails {
				t.Errorf("migrate again: %v", err)
			}
			if err := pg.RequireCurrent(t.Context(), db.Owner, files); err != nil {
				t.Errorf("after it: %v", err)
			}
			if c.asks != "" {
				same(t, c.asks, true)(pg.One[bool](t.Context(), db.Owner, c.asks, nil))
			}
		})
	}
}

func TestAFileThatFailsLeavesNothingOfItself(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	bad := with(firstFile, "0002_bad.sql", sqlFile("CREATE TABLE page ();\nSELECT 1 / 0;\n"))
	err := pg.Migrate(t.Context(), db.URL(""), bad)
	if err == nil || !strings.Contains(err.Error(), "0002_bad.sql") || pg.Code(err) != "22012" {
		t.Errorf("the answer is %v", err)
	}
	same(t, "version", int64(1))(pg.SchemaVersion(t.Context(), db.Owner))
	same(t, "half a file", false)(pg.One[bool](t.Context(), db.Owner, `SELECT to_regclass('page') IS NOT NULL`, nil))
}

func TestAnotherSchemaIsRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	second := with(firstFile, "0002_page.sql", sqlFile("CREATE TABLE page ();\n"))
	refused := func(when string, files fstest.MapFS, says string) {
		t.Helper()
		err := pg.RequireCurrent(t.Context(), db.Owner, files)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), says) {
			t.Errorf("%s: %v", when, err)
		}
	}
	refused("without tables", firstFile, "还没有建表")
	if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
		t.Fatal(err)
	}
	refused("an old schema", second, "请先运行 zhengxin migrate")
	if err := pg.RequireCurrent(t.Context(), db.Owner, firstFile); err != nil {
		t.Errorf("the right schema: %v", err)
	}
	if err := pg.Migrate(t.Context(), db.URL(""), second); err != nil {
		t.Fatal(err)
	}
	refused("a newer schema", firstFile, "请换用新版程序")
	if _, err := pg.Exec(t.Context(), db.Owner, `DELETE FROM river_migration WHERE version = (SELECT max(version) FROM river_migration)`, nil); err != nil {
		t.Fatal(err)
	}
	refused("an old job queue", second, "任务队列")
	if err := pg.RequireCurrent(t.Context(), db.Owner, fstest.MapFS{}); err == nil {
		t.Error("a binary without migrations is content")
	}
}

func TestEveryRoleSeesWhichSchemaItMeets(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{pg.RolePortal, pg.RoleAdmin, pg.RoleWorker} {
		pool, err := pg.Open(t.Context(), db.URL(""), pg.Options{Role: role})
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		if err := pg.RequireCurrent(t.Context(), pool, firstFile); err != nil {
			t.Errorf("%s: %v", role, err)
		}
		if _, err := pg.Exec(t.Context(), pool, `DELETE FROM goose_db_version`, nil); pg.Code(err) != "42501" {
			t.Errorf("%s may change it: %v", role, err)
		}
	}
}

func TestTheSchemaIsOursAloneAndAlwaysTheSame(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
		t.Fatal(err)
	}
	want := `CREATE TABLE public.paper (
    number text NOT NULL
);

COMMENT ON TABLE public.paper IS 'What is filed.';

ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_pkey PRIMARY KEY (number);

GRANT SELECT ON TABLE public.paper TO zhengxin_portal;

ALTER DEFAULT PRIVILEGES FOR ROLE zhengxin REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
`
	for range 2 {
		same(t, "schema", want)(pg.Schema(t.Context(), db.URL("")))
	}
}

func TestAServerThatWouldTellIsWarnedAbout(t *testing.T) {
	t.Parallel()
	conn, err := pgtest.Empty(t).Owner.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	warnings, err := pg.Warnings(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"fsync", "full_page_writes"} { // the tests' server gives these up
		found := false
		for _, w := range warnings {
			found = found || strings.Contains(w, name)
		}
		if !found {
			t.Errorf("%s is off and nothing is said: %q", name, warnings)
		}
	}
}

// Where the owner could not take advisory locks from the portal's role: it holds
// all that a migrate ever took, and its own table it may not lock.
func TestNoOtherRoleKeepsAMigrateWaiting(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
		t.Fatal(err)
	}
	pool, err := pg.Open(t.Context(), db.URL(""), pg.Options{Role: pg.RolePortal})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	portal, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer portal.Release()
	for _, sql := range []string{
		`SELECT pg_advisory_lock(7410425001)`, // ours of old
		`SELECT pg_advisory_lock(4097083626)`, // goose's
	} {
		if _, err := pg.Exec(t.Context(), portal, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, mode := range []string{"ACCESS SHARE", "ROW EXCLUSIVE", "ACCESS EXCLUSIVE"} {
		err := pg.Tx(t.Context(), portal, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `LOCK TABLE migrate_lock IN `+mode+` MODE`)
			return err
		})
		if pg.Code(err) != "42501" {
			t.Errorf("%s: %v", mode, err)
		}
	}
	if err := pg.Migrate(t.Context(), db.URL(""), with(firstFile, "0002_page.sql", sqlFile("CREATE TABLE page ();\n"))); err != nil {
		t.Error(err)
	}
}

func TestAMigratedDatabaseIsClosedToOtherRolesAndSaysWhatIsNot(t *testing.T) {
	t.Parallel()
	db := pgtest.Empty(t)
	if err := pg.Migrate(t.Context(), db.URL(""), firstFile); err != nil {
		t.Fatal(err)
	}
	same(t, "PUBLIC may connect or make temporary tables", false)(pg.One[bool](t.Context(), db.Owner, `
		SELECT has_database_privilege('public', current_database(), 'CONNECT, TEMPORARY')`, nil))
	warnings, err := pg.Warnings(t.Context(), db.Owner)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(warnings, "\n"), "internal/pg/rights.sql") { // no superuser has been here
		t.Errorf("nothing is said of what a superuser has to take: %q", warnings)
	}
}
