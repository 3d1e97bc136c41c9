-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION enqueue(of_kind text, with_args jsonb, in_queue text DEFAULT 'default') RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	IF of_kind NOT IN ('index_text', 'send_letter') OR in_queue NOT IN ('default', 'mail') THEN
		RAISE EXCEPTION 'no such job' USING ERRCODE = 'ZX004';
	END IF;
	INSERT INTO river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (with_args, of_kind, 25, '{}', 1, in_queue, now(), 'available', '{}');
	RETURN true;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION enqueue IS 'Adds a River job inside the caller''s own statement; the caller may not read the queue. Arguments carry ids only.';
REVOKE EXECUTE ON FUNCTION enqueue FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose StatementBegin
DO $$
DECLARE
	t text;
BEGIN
	FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'river\_%' LOOP
		EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO zhengxin_worker', t);
	END LOOP;
	FOR t IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND sequencename LIKE 'river\_%' LOOP
		EXECUTE format('GRANT USAGE ON SEQUENCE %I TO zhengxin_worker', t);
	END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
SELECT 1 / 0;
