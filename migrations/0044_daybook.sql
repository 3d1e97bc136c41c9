-- +goose Up
-- What is done to the office itself, to its accounts, units, settings, calendars and
-- notices of no matter, hung on no chain: whoever owns the database could make an
-- account, give it a role, take its traces out of staff_act, or put a unit under
-- another, and verify found nothing. The daybook is the chain of all that: an event for
-- each change, in its transaction, with the digests of the rows before and after.
CREATE TABLE daybook (
	seq        bigint PRIMARY KEY,
	at         timestamptz NOT NULL,
	actor      text NOT NULL CHECK (actor IN ('staff', 'system')),
	staff_id   bigint REFERENCES staff,
	action     text NOT NULL CHECK (action <> ''),
	data       text NOT NULL,
	salt       bytea NOT NULL,
	commitment bytea NOT NULL,
	prev       bytea NOT NULL,
	hash       bytea NOT NULL,
	key_id     text NOT NULL,
	CHECK ((actor = 'staff') = (staff_id IS NOT NULL))
);
COMMENT ON TABLE daybook IS 'What was done to the office itself, as a chain of its own; see internal/daybook. Events are added and read, never changed.';
COMMENT ON COLUMN daybook.staff_id IS 'Who did it; empty for the operator at the machine and for the system.';
COMMENT ON COLUMN daybook.data IS 'JSON: what was changed, by the digests of its rows before and after.';
GRANT SELECT, INSERT ON daybook TO zhengxin_admin;

CREATE TABLE daybook_head (
	one  boolean PRIMARY KEY DEFAULT true CHECK (one),
	seq  bigint NOT NULL DEFAULT 0,
	head bytea NOT NULL DEFAULT '',
	salt bytea NOT NULL DEFAULT uuid_send(gen_random_uuid())
);
COMMENT ON TABLE daybook_head IS 'The newest event of the daybook; one row. 0 until a desk has started: what there is by then is taken as it stands.';
INSERT INTO daybook_head DEFAULT VALUES;
GRANT SELECT, UPDATE (seq, head) ON daybook_head TO zhengxin_admin;
GRANT SELECT (seq, head) ON daybook_head TO zhengxin_worker;

-- The head moves by one, to an event that hangs on the one before.
-- +goose StatementBegin
CREATE FUNCTION daybook_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.seq <> OLD.seq + 1 OR NOT EXISTS (
		SELECT FROM daybook d WHERE d.seq = NEW.seq AND d.hash = NEW.head AND (OLD.seq = 0 OR d.prev = OLD.head))) THEN
		PERFORM refuse_rewriting('daybook_head');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER daybook_moves BEFORE UPDATE ON daybook_head FOR EACH ROW EXECUTE FUNCTION daybook_moves();

-- +goose Down
SELECT 1 / 0;
