-- +goose Up
-- A clock knows the newest version of the calendar that it was counted over, so
-- that a later one is noticed; and the last day as it was first told, so that
-- whoever relied on it sees what became of it.

-- What runs already was counted over what is there now. A constant default is
-- no rewrite of the table.
-- +goose StatementBegin
DO $$
BEGIN
	EXECUTE format('ALTER TABLE clock ADD COLUMN calendar bigint NOT NULL DEFAULT %s', (SELECT coalesce(max(id), 0) FROM calendar_version));
END $$;
-- +goose StatementEnd
ALTER TABLE clock ALTER COLUMN calendar SET DEFAULT 0, ADD COLUMN was_on date;
COMMENT ON COLUMN clock.calendar IS 'Id of the newest calendar version when it was counted; a newer one over the same days has it counted anew.';
COMMENT ON COLUMN clock.was_on IS 'The last day as it was first told, where a recount moved it; null while it was never moved.';
GRANT UPDATE (calendar, was_on) ON clock TO zhengxin_admin, zhengxin_worker;

-- A promised day moves only while its clock runs, and only beside an event of
-- its matter that says so: the event is written before it in the same move, and
-- the matter's own number follows at the end.
-- +goose StatementBegin
CREATE FUNCTION clock_move_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF OLD.stopped_at IS NOT NULL OR NOT EXISTS (
		SELECT FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE e.matter_id = OLD.matter_id AND e.seq = m.seq + 1 AND e.action = 'recount')
	THEN
		RAISE EXCEPTION 'a due date moves only by a recount' USING ERRCODE = 'ZX050', CONSTRAINT = 'clock_moves_by_event';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_move_guard BEFORE UPDATE OF due_on, due_at, was_on ON clock
	FOR EACH ROW WHEN (OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.due_at IS DISTINCT FROM NEW.due_at OR OLD.was_on IS DISTINCT FROM NEW.was_on)
	EXECUTE FUNCTION clock_move_guard();

-- +goose Down
SELECT 1 / 0;
