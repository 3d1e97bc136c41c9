-- +goose Up
-- A test letter, asked for at the desk and sent by the worker: the desk speaks to no mail
-- server. What the server said is kept as the step and its code; the address goes with it.
CREATE TABLE mail_test (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	by_id    bigint NOT NULL REFERENCES staff,
	asked_at timestamptz NOT NULL,
	address  text NOT NULL CHECK (char_length(address) <= 254),
	done_at  timestamptz,
	code     text NOT NULL DEFAULT '' CHECK (code ~ '^[a-z0-9-]{0,40}$'),
	CHECK (done_at IS NULL OR address = '')
);
CREATE INDEX mail_test_by ON mail_test (by_id);
COMMENT ON TABLE mail_test IS 'Test letters: who had one sent, when, and what the mail server said.';
COMMENT ON COLUMN mail_test.address IS 'Where it goes, until it went or did not.';
COMMENT ON COLUMN mail_test.code IS 'Where the conversation ended and with which code; empty with done_at: it was taken.';
GRANT SELECT (id, by_id, asked_at, done_at, code), INSERT (by_id, asked_at, address) ON mail_test TO zhengxin_admin;
GRANT SELECT, UPDATE (address, done_at, code) ON mail_test TO zhengxin_worker;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION enqueue(of_kind text, with_args jsonb, in_queue text DEFAULT 'default') RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF of_kind OPERATOR(pg_catalog.<>) ALL ('{index_text,send_letter,send_login,send_test}'::pg_catalog.text[])
		OR in_queue OPERATOR(pg_catalog.<>) ALL ('{default,mail}'::pg_catalog.text[]) THEN
		RAISE EXCEPTION 'no such job' USING ERRCODE = 'ZX004';
	END IF;
	INSERT INTO public.river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (with_args, of_kind, 25, '{}', 1, in_queue, pg_catalog.now(), 'available', '{}');
	RETURN true;
END $$;

-- The desk reads how the queue goes, and not the queue: what a job is about says its
-- arguments, which name matters.
CREATE FUNCTION job_counts() RETURNS TABLE (kind text, state text, n bigint, oldest timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN QUERY SELECT j.kind, j.state::text, count(*), min(j.created_at) FROM river_job j
		WHERE j.state IN ('available', 'running', 'retryable', 'discarded') GROUP BY j.kind, j.state;
END $$;
COMMENT ON FUNCTION job_counts IS 'How many jobs of each kind wait, run, are to be tried again, and were given up.';

CREATE FUNCTION job_failing(most int) RETURNS TABLE (id bigint, kind text, state text, attempt int, attempts int, next_at timestamptz, code text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN QUERY SELECT j.id, j.kind, j.state::text, j.attempt::int, j.max_attempts::int, j.scheduled_at, coalesce(j.errors[array_upper(j.errors, 1)] ->> 'error', '')
		FROM river_job j WHERE j.state IN ('retryable', 'discarded') ORDER BY j.id DESC LIMIT most;
END $$;
COMMENT ON FUNCTION job_failing IS 'Jobs that failed, with the code of the last error: the worker keeps nothing else of one.';

-- As River tries a job again that somebody asks it to. Each of these jobs does nothing when
-- it was done already.
CREATE FUNCTION job_again(of_id bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE river_job j SET state = 'available', scheduled_at = now(), finalized_at = NULL,
		max_attempts = CASE WHEN j.attempt = j.max_attempts THEN j.max_attempts + 1 ELSE j.max_attempts END
	WHERE j.id = of_id AND j.state IN ('retryable', 'discarded') AND j.kind IN ('index_text', 'send_letter', 'sweep');
	RETURN FOUND;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION job_again IS 'Tries a failed job now; false where there is none, or none of those that may be repeated.';
REVOKE EXECUTE ON FUNCTION job_counts, job_failing, job_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION job_counts, job_failing, job_again TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
