-- +goose Up
-- An office that changes over brings its closed complaints with it: opened today
-- with today's clocks they would all be late, and answered by nobody.

CREATE TABLE old_record (
	matter_id bigint PRIMARY KEY REFERENCES complaint,
	number    text NOT NULL DEFAULT '',
	closed_on date,
	finding   text CHECK (finding IN ('substantiated', 'mostly', 'partially', 'unsubstantiated', 'unverifiable')),
	decision  text CHECK (decision IN ('support', 'partial', 'explain', 'not_support')),
	answer    text NOT NULL DEFAULT '',
	CONSTRAINT old_record_answered CHECK (closed_on IS NOT NULL OR finding IS NULL AND decision IS NULL AND answer = '')
);
COMMENT ON TABLE old_record IS 'What the records of another system say of an imported complaint. Its answer is not one of ours: nobody here drafted or sent it, and no figure counts it.';
COMMENT ON COLUMN old_record.number IS 'What the other system called it; empty where it had none.';
COMMENT ON COLUMN old_record.closed_on IS 'The day on which it was closed there; null where it was imported to be worked on here.';
COMMENT ON COLUMN old_record.answer IS 'The answer as it was given then, one text.';
CREATE UNIQUE INDEX old_record_number ON old_record (number) WHERE number <> '';
GRANT SELECT, INSERT ON old_record TO zhengxin_admin;
GRANT SELECT ON old_record TO zhengxin_worker;
CREATE TRIGGER old_record_added AFTER INSERT ON old_record REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', 'file import_closed');

-- The day on which it came there is kept, too. No clock begins on it.
ALTER TABLE complaint DROP CONSTRAINT complaint_check;
ALTER TABLE complaint ADD CONSTRAINT complaint_received CHECK (received_on IS NULL OR channel <> 'web');
COMMENT ON COLUMN complaint.received_on IS 'Entered by hand: the day it reached the office, where its clocks begin. Imported: the day it reached the other system, where none begins. Null where that is the moment of filing.';

-- The term of a right ends on its day and by nothing else: no move stopped it, so a
-- clock of a complaint long closed ran for ever, was counted anew with every calendar
-- and read by every sweep. Once its day is over it is stopped on that day, by no event:
-- nothing is decided. Not one whose day may still move.
DROP TRIGGER clock_stopped ON clock;
DROP TRIGGER clock_stopped_with ON clock;
-- +goose StatementBegin
CREATE FUNCTION clock_lapses() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.stopped_seq IS NOT NULL OR NOT OLD.right_only OR OLD.provisional
		OR OLD.due_at > clock_timestamp() + (SELECT within FROM present)) THEN
		PERFORM refuse_rewriting('clock.stopped_at');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_lapses BEFORE UPDATE ON clock FOR EACH ROW
	WHEN (OLD.stopped_at IS NULL AND NEW.stopped_at = OLD.due_at AND NEW.stopped_seq IS NULL) EXECUTE FUNCTION clock_lapses();
CREATE TRIGGER clock_stopped BEFORE UPDATE ON clock FOR EACH ROW
	WHEN ((NEW.stopped_at IS DISTINCT FROM OLD.stopped_at OR NEW.stopped_seq IS DISTINCT FROM OLD.stopped_seq)
		AND NOT (OLD.stopped_at IS NULL AND NEW.stopped_at = OLD.due_at AND NEW.stopped_seq IS NULL)) EXECUTE FUNCTION set_by_move('', 'stopped_at');
CREATE TRIGGER clock_stopped_with BEFORE UPDATE ON clock FOR EACH ROW
	WHEN ((NEW.stopped_at IS DISTINCT FROM OLD.stopped_at OR NEW.stopped_seq IS DISTINCT FROM OLD.stopped_seq)
		AND NOT (OLD.stopped_at IS NULL AND NEW.stopped_at = OLD.due_at AND NEW.stopped_seq IS NULL)) EXECUTE FUNCTION clock_stops_with();
GRANT SELECT ON present TO zhengxin_worker;
COMMENT ON COLUMN clock.stopped_seq IS 'The event that stopped it; null while it runs, and where the term of a right ended on its own day.';

COMMENT ON COLUMN letter.created_at IS 'When it goes out: the moment of its event, or the end of that day where an office is told what somebody without a name did.';

-- The page of a matter names the units that had it before, and read all there are for it.
CREATE INDEX assignment_matter ON assignment (matter_id);
-- Each sweep asks which running clocks were counted over an older calendar: mostly none.
CREATE INDEX clock_counted ON clock (calendar) WHERE stopped_at IS NULL;

-- +goose Down
SELECT 1 / 0;
