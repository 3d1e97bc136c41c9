-- What only a superuser may take away in a database of this platform. zhengxin
-- runs it on its private server; on an existing one the DBA does, after zhengxin
-- migrate and after every upgrade of PostgreSQL:
--   psql --dbname=zhengxin --file=rights.sql
-- It may be run any number of times.
--
-- PostgreSQL lets everybody execute nearly everything in pg_catalog. Whoever runs
-- SQL as one of our roles could take advisory locks, end other sessions, wake and
-- steer whoever listens, write files of any size as large objects, and watch by
-- the statistics when somebody files a complaint. So whatever is VOLATILE, which
-- is what does something, and whatever tells of other sessions is taken from
-- PUBLIC, but for the few that statements are made of. The owner of the database
-- and who watches the server (pg_monitor) keep it; the worker gets the two that it
-- needs. A function that a newer PostgreSQL brings is closed too.
DO $$
DECLARE
	one record;
BEGIN
	LOCK TABLE public.migrate_lock; -- one at a time
	FOR one IN
		SELECT p.oid::regprocedure AS name, d.datdba::regrole AS owner
		FROM pg_proc p, pg_database d
		WHERE d.datname = current_database() AND p.pronamespace = 'pg_catalog'::regnamespace
		  AND (p.provolatile = 'v' OR p.proname LIKE 'pg\_stat\_get\_%')
		  AND p.proname NOT IN ('clock_timestamp', 'currval', 'gen_random_uuid', 'nextval', 'pg_is_in_recovery', 'random', 'set_config')
		  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e') -- a dump has them
		  AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
		              WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one.name);
		EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_monitor, %s', one.name, one.owner);
	END LOOP;
	-- River's leader says by it that it goes, which nobody listens to; search texts
	-- of one matter are written one after the other.
	GRANT EXECUTE ON FUNCTION pg_notify(text, text), pg_advisory_xact_lock(bigint) TO zhengxin_worker;

	-- What sorts and joins may write to disk, each session: a role cannot change it.
	EXECUTE format('ALTER ROLE zhengxin_portal IN DATABASE %I SET temp_file_limit = ''64MB''', current_database());
	EXECUTE format('ALTER ROLE zhengxin_admin IN DATABASE %I SET temp_file_limit = ''1GB''', current_database());
	EXECUTE format('ALTER ROLE zhengxin_worker IN DATABASE %I SET temp_file_limit = ''1GB''', current_database());
END $$;
