package gates

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// rights is what each of the three processes may do to every table, sequence
// and function. A migration that changes a right changes a line here, by hand,
// so that somebody has read it.
//
//go:embed testdata/rights.txt
var rights string

// rightsSQL lists what the catalogue grants, also by way of PUBLIC. A right on
// columns is shown only where the whole table is not granted. Two of them,
// TRUNCATE and what comes with owning, nobody has.
const rightsSQL = `
	WITH role AS (
		SELECT unnest(ARRAY['zhengxin_portal', 'zhengxin_admin', 'zhengxin_worker']) AS role
	), relation AS (
		SELECT c.oid, c.relname::text AS name, CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'table' END AS kind
		FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
	), whole AS (
		SELECT r.oid, r.kind, r.name, role.role, p.privilege,
			CASE WHEN r.kind = 'sequence' THEN CASE WHEN p.privilege IN ('USAGE', 'SELECT', 'UPDATE') THEN has_sequence_privilege(role.role, r.oid, p.privilege) ELSE false END
			     WHEN p.privilege = 'USAGE' THEN false
			     ELSE has_table_privilege(role.role, r.oid, p.privilege) END AS granted
		FROM relation r, role, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'USAGE']) WITH ORDINALITY AS p (privilege, sort)
	), partly AS (
		SELECT w.kind, w.name, w.role, w.privilege || '(' || string_agg(a.attname, ', ' ORDER BY a.attname) || ')' AS privilege
		FROM whole w JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE NOT w.granted AND w.kind <> 'sequence' AND w.privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
		  AND has_column_privilege(w.role, w.oid, a.attnum, w.privilege)
		GROUP BY w.kind, w.name, w.role, w.privilege
	), every AS (
		SELECT kind, name, role, privilege FROM whole WHERE granted
		UNION ALL SELECT kind, name, role, privilege FROM partly
		UNION ALL
		SELECT 'function', p.oid::regprocedure::text, role.role, CASE WHEN p.prosecdef THEN 'EXECUTE as owner' ELSE 'EXECUTE' END
		FROM pg_proc p, role
		WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege(role.role, p.oid, 'EXECUTE')
	), listed AS (
		SELECT kind, name, NULL AS role FROM relation
		UNION SELECT 'function', p.oid::regprocedure::text, NULL FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
	)
	SELECT l.kind || ' ' || l.name || coalesce(': ' || string_agg(replace(e.role, 'zhengxin_', '') || ' ' || e.granted, '; ' ORDER BY e.role COLLATE "C"), '')
	FROM listed l LEFT JOIN (
		SELECT kind, name, role, string_agg(privilege, ' ' ORDER BY privilege COLLATE "C") AS granted FROM every GROUP BY kind, name, role
	) e ON e.kind = l.kind AND e.name = l.name
	GROUP BY l.kind, l.name
	ORDER BY l.kind COLLATE "C", l.name COLLATE "C"`

func TestRightsAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	got, err := pg.All[string](t.Context(), pgtest.New(t).Owner, rightsSQL, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(rights) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			want = append(want, line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("the database has, and testdata/rights.txt has not (read it before it is copied):\n%s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("testdata/rights.txt has, and the database has not:\n%s", line)
		}
	}
}
