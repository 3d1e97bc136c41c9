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

-- +goose Down
SELECT 1 / 0;
