-- +goose Up
-- What our roles may use of the server, set by the owner. A role may set its own
-- time-outs otherwise, for a session and even for all its later ones (ALTER ROLE
-- on itself is nobody's to forbid): they stop accidents. What it cannot change is
-- the number of its connections, and temp_file_limit (internal/pg/rights.sql).
-- So what a role has set for itself is taken back, and transactions that the
-- portal keeps open are ended, by the worker every few minutes and by migrate.

-- +goose StatementBegin
CREATE FUNCTION limit_roles() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	one record;
	pair text;
	slots int := current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int;
BEGIN
	LOCK TABLE migrate_lock; -- one at a time
	FOR one IN
		SELECT l.role, l.share, l.settings, r.rolconnlimit, coalesce(r.oid = any_database.setrole, false) AS own_everywhere,
		       ARRAY(SELECT s FROM unnest(here.setconfig) AS s WHERE s NOT LIKE 'temp\_file\_limit=%' ORDER BY s)
		           <> ARRAY(SELECT s FROM unnest(l.settings) AS s ORDER BY s) AS differs
		FROM (VALUES
			('zhengxin_portal', 40, ARRAY['statement_timeout=20s', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=20s']),
			('zhengxin_admin', 25, ARRAY['statement_timeout=2min', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=1min']),
			('zhengxin_worker', 20, ARRAY['statement_timeout=5min', 'lock_timeout=10s', 'idle_in_transaction_session_timeout=1min'])
		) AS l (role, share, settings)
		JOIN pg_roles r ON r.rolname = l.role
		LEFT JOIN pg_db_role_setting here ON here.setrole = r.oid
			AND here.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
		LEFT JOIN pg_db_role_setting any_database ON any_database.setrole = r.oid AND any_database.setdatabase = 0
	LOOP
		IF one.own_everywhere THEN
			EXECUTE format('ALTER ROLE %I RESET ALL', one.role);
		END IF;
		IF one.differs THEN
			EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', one.role, current_database());
			FOREACH pair IN ARRAY one.settings LOOP
				EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %I = %L', one.role, current_database(), split_part(pair, '=', 1), split_part(pair, '=', 2));
			END LOOP;
		END IF;
		IF one.rolconnlimit < 0 THEN -- a DBA's own number stays
			BEGIN
				EXECUTE format('ALTER ROLE %I CONNECTION LIMIT %s', one.role, slots * one.share / 100);
			EXCEPTION WHEN internal_error THEN
				NULL; -- somebody does the same from another database of the server
			END;
		END IF;
	END LOOP;
	RETURN true;
EXCEPTION WHEN insufficient_privilege THEN
	RETURN false;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION limit_roles IS 'Gives each process''s role its time-outs in this database and its share of the connections, and takes back what it has set for itself; false where the owner of the database may not.';

-- +goose StatementBegin
CREATE FUNCTION end_stale_portal_sessions(older interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT pg_has_role('zhengxin_portal', 'USAGE') THEN -- the owner sees and ends sessions of its members' roles only
		RETURN NULL;
	END IF;
	RETURN (SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
		FROM pg_stat_activity
		WHERE usename = 'zhengxin_portal' AND datname = current_database() AND xact_start < now() - older);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION end_stale_portal_sessions IS 'Ends the sessions of the portal whose transaction is older than that: it would hold the row of the matter it has opened, and all that VACUUM could clear. Null where the owner of the database may not.';

REVOKE EXECUTE ON FUNCTION limit_roles, end_stale_portal_sessions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION limit_roles, end_stale_portal_sessions TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
