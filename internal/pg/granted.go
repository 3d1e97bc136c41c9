package pg

import "context"

// Rights is everything that the catalogue grants, a line for each object with
// its owner, and what the roles of the office are: equal for two databases
// whose processes may do the same. The owner of the database and the server's
// first user go by these words, whatever they are called.
func Rights(ctx context.Context, q Queryer) ([]string, error) {
	return All[string](ctx, q, `
		WITH called AS (
			SELECT r.oid, CASE WHEN r.oid = d.datdba THEN 'owner' WHEN r.oid = 10 THEN 'server' ELSE r.rolname::text END AS name
			FROM pg_roles r, pg_database d
			WHERE d.datname = current_database()
			UNION ALL SELECT 0, 'public'
		), space AS (
			SELECT oid, nspname::text AS name FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'
		), object AS (
			SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'relation ' END || s.name || '.' || c.relname AS name, c.relowner AS owner,
				coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
			FROM pg_class c JOIN space s ON s.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
			UNION ALL
			SELECT 'column ' || s.name || '.' || c.relname || '.' || a.attname, c.relowner, a.attacl
			FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN space s ON s.oid = c.relnamespace
			WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
			UNION ALL
			SELECT 'function ' || s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proowner,
				coalesce(p.proacl, acldefault('f', p.proowner))
			FROM pg_proc p JOIN space s ON s.oid = p.pronamespace
			UNION ALL
			SELECT 'type ' || s.name || '.' || t.typname, t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
			FROM pg_type t JOIN space s ON s.oid = t.typnamespace
			UNION ALL
			SELECT 'schema ' || n.nspname, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
			FROM pg_namespace n JOIN space s ON s.oid = n.oid
			UNION ALL
			SELECT 'language ' || lanname, lanowner, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language
			UNION ALL
			SELECT 'database', datdba, coalesce(datacl, acldefault('d', datdba)) FROM pg_database WHERE datname = current_database()
			UNION ALL
			SELECT 'default of ' || coalesce(s.name, 'every schema') || ' for ' || d.defaclobjtype::text, d.defaclrole, d.defaclacl
			FROM pg_default_acl d LEFT JOIN space s ON s.oid = d.defaclnamespace
		)
		SELECT line
		FROM (
			SELECT o.name || ' of ' || w.name || ': ' || coalesce((
				SELECT string_agg(g.name || ' ' || a.privilege_type || CASE WHEN a.is_grantable AND a.grantee <> o.owner THEN ' and may grant it' ELSE '' END,
					', ' ORDER BY g.name COLLATE "C", a.privilege_type COLLATE "C")
				FROM aclexplode(o.acl) a JOIN called g ON g.oid = a.grantee), 'nobody') AS line
			FROM object o JOIN called w ON w.oid = o.owner
			UNION ALL
			SELECT 'policy ' || p.polname || ' on ' || p.polrelid::regclass::text || ' ' || p.polcmd::text || ' for ' || (SELECT string_agg(g.name, ', ' ORDER BY g.name) FROM called g WHERE g.oid = ANY (p.polroles))
			FROM pg_policy p
			UNION ALL
			SELECT 'role ' || c.name || ': ' || concat_ws(' ', CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN r.rolinherit THEN 'inherits' END,
				CASE WHEN r.rolcreaterole THEN 'createrole' END, CASE WHEN r.rolcreatedb THEN 'createdb' END, CASE WHEN r.rolcanlogin THEN 'login' END,
				CASE WHEN r.rolreplication THEN 'replication' END, CASE WHEN r.rolbypassrls THEN 'bypassrls' END, 'connections ' || r.rolconnlimit)
			FROM pg_roles r JOIN called c ON c.oid = r.oid
			WHERE r.rolname LIKE 'zhengxin\_%'
			UNION ALL
			SELECT 'member ' || m.name || ' of ' || g.name FROM pg_auth_members a JOIN called m ON m.oid = a.member JOIN called g ON g.oid = a.roleid
			UNION ALL
			SELECT 'setting of ' || coalesce(c.name, 'everybody') || CASE WHEN s.setdatabase = 0 THEN '' ELSE ' here' END || ': ' || array_to_string(s.setconfig, ', ')
			FROM pg_db_role_setting s LEFT JOIN called c ON c.oid = s.setrole
			WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
		) AS every
		ORDER BY line COLLATE "C"`, nil)
}
