-- +goose Up
-- Every name written out, so that the function need not change settings: it runs
-- twice in every filing.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION enqueue(of_kind text, with_args jsonb, in_queue text DEFAULT 'default') RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF of_kind OPERATOR(pg_catalog.<>) ALL ('{index_text,send_letter}'::pg_catalog.text[])
		OR in_queue OPERATOR(pg_catalog.<>) ALL ('{default,mail}'::pg_catalog.text[]) THEN
		RAISE EXCEPTION 'no such job' USING ERRCODE = 'ZX004';
	END IF;
	INSERT INTO public.river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (with_args, of_kind, 25, '{}', 1, in_queue, pg_catalog.now(), 'available', '{}');
	RETURN true;
END $$;
-- +goose StatementEnd

-- +goose Down
SELECT 1 / 0;
