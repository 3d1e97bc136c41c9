-- +goose Up
-- Who reads or writes is not sent away after half an hour: using it prolongs an unlock,
-- for half a day at the most.
ALTER TABLE unlock ADD COLUMN until timestamptz NOT NULL DEFAULT now() + interval '12 hours';
COMMENT ON TABLE unlock IS 'A browser that showed number and code may see and move that one matter, until it has not for half an hour.';
COMMENT ON COLUMN unlock.until IS 'When it ends at the latest, however much it is used.';

-- +goose StatementBegin
CREATE FUNCTION prolong_unlock(of_token bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	-- A minute is not worth a row written.
	UPDATE unlock u SET expires_at = least(now() + interval '30 minutes', u.until)
		WHERE u.token_hash = of_token AND u.expires_at > now() AND u.expires_at < least(now() + interval '29 minutes', u.until);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION prolong_unlock(bytea) IS 'Begins the half hour of an unlock anew, if it has not ended.';
REVOKE EXECUTE ON FUNCTION prolong_unlock FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prolong_unlock TO zhengxin_portal;

-- +goose Down
DROP FUNCTION prolong_unlock(bytea);
ALTER TABLE unlock DROP COLUMN until;
COMMENT ON TABLE unlock IS 'A browser that showed number and code may see and move that one matter for half an hour.';
