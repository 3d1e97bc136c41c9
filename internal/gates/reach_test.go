package gates

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// reach is what each of the three roles may do with PostgreSQL itself, beside
// our tables and functions (rights.txt). A line is added by hand, so that
// somebody has thought what an attacker would make of it.
//
//go:embed testdata/reach.txt
var reach string

// reachSQL asks for every role, also by way of PUBLIC: functions outside our own
// schema that do something (VOLATILE) or tell of other sessions, databases,
// schemas, languages, tablespaces, foreign servers, settings that are not
// everybody's, memberships, attributes.
const reachSQL = `
	WITH role AS (
		SELECT oid, rolname, replace(rolname::text, 'zhengxin_', '') AS short FROM pg_roles WHERE rolname IN ('zhengxin_portal', 'zhengxin_admin', 'zhengxin_worker')
	), may AS (
		SELECT 'function ' || p.oid::regprocedure AS what, r.short, 'EXECUTE' AS privilege
		FROM pg_proc p, role r
		WHERE p.pronamespace <> 'public'::regnamespace AND (p.provolatile = 'v' OR p.proname LIKE 'pg\_stat\_get\_%')
		  AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
		UNION ALL
		SELECT CASE WHEN d.datname = current_database() THEN 'database, the office''s' ELSE 'database ' || d.datname END, r.short, v.privilege
		FROM pg_database d, role r, unnest(ARRAY['CONNECT', 'CREATE', 'TEMPORARY']) AS v (privilege)
		WHERE d.datname IN (current_database(), 'postgres', 'template1') AND has_database_privilege(r.oid, d.oid, v.privilege)
		UNION ALL
		SELECT 'schema ' || n.nspname, r.short, v.privilege
		FROM pg_namespace n, role r, unnest(ARRAY['CREATE', 'USAGE']) AS v (privilege)
		WHERE has_schema_privilege(r.oid, n.oid, v.privilege)
		UNION ALL
		SELECT 'language ' || l.lanname, r.short, 'USAGE' FROM pg_language l, role r WHERE has_language_privilege(r.oid, l.oid, 'USAGE') AND (l.lanpltrusted)
		UNION ALL
		SELECT 'tablespace ' || s.spcname, r.short, 'CREATE' FROM pg_tablespace s, role r WHERE has_tablespace_privilege(r.oid, s.oid, 'CREATE')
		UNION ALL
		SELECT 'foreign server ' || f.srvname, r.short, 'USAGE' FROM pg_foreign_server f, role r WHERE has_server_privilege(r.oid, f.oid, 'USAGE')
		UNION ALL
		SELECT 'setting ' || s.name, r.short, v.privilege
		FROM pg_settings s, role r, unnest(ARRAY['ALTER SYSTEM', 'SET']) AS v (privilege)
		WHERE (v.privilege = 'ALTER SYSTEM' OR s.context <> 'user') AND has_parameter_privilege(r.oid, s.name, v.privilege)
		UNION ALL
		SELECT 'member of ' || m.roleid::regrole, r.short, 'MEMBER' FROM pg_auth_members m JOIN role r ON m.member = r.oid
		UNION ALL
		SELECT 'attribute', r.short, v.name
		FROM pg_roles p JOIN role r USING (oid), LATERAL (VALUES ('SUPERUSER', p.rolsuper), ('CREATEROLE', p.rolcreaterole), ('CREATEDB', p.rolcreatedb),
			('REPLICATION', p.rolreplication), ('BYPASSRLS', p.rolbypassrls), ('INHERIT', p.rolinherit)) AS v (name, has)
		WHERE v.has
		UNION ALL
		SELECT 'large object', r.short, 'any' FROM pg_largeobject_metadata, role r
	), each AS (
		SELECT what, short, string_agg(privilege, ' ' ORDER BY privilege) AS privileges FROM may GROUP BY what, short
	)
	SELECT what || ': ' || string_agg(short || ' ' || privileges, '; ' ORDER BY short) FROM each GROUP BY what ORDER BY what COLLATE "C"`

func TestARoleReachesOfPostgreSQLOnlyWhatItsStatementsUse(t *testing.T) {
	t.Parallel()
	got, err := pg.All[string](t.Context(), pgtest.New(t).Owner, reachSQL, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(reach) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			want = append(want, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("testdata/reach.txt has (-), the database has (+):\n%s", diff)
	}
}
