-- +goose Up
-- Whether what was closed was done is verified by others than who answered, where what is on
-- record makes one doubt it (回访核查). A closure is in doubt while this term runs.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, basis, confidence, valid_from) VALUES
	('PF-VERIFY', '回访核查', 'platform', 'closing_doubted', 'closing_verified', 10, 'WD', '本平台承诺', 'design', '2024-01-01');
CREATE INDEX clock_verify ON clock (matter_id) WHERE rule = 'PF-VERIFY' AND stopped_at IS NULL;

-- Whether a unit always asks for more time is read of its last answers.
CREATE INDEX answer_of_unit ON answer (unit, sent_at DESC) WHERE sent_at IS NOT NULL;

-- That it was not done the complainant says in their own words.
DROP TRIGGER supplement_added ON supplement;
CREATE TRIGGER supplement_added AFTER INSERT ON supplement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide withdraw contest urge ask_recheck doubt_promise decline_settlement leave_settlement deny_closing');

-- What was found to be closed falsely may be the ground of a case.
UPDATE matter_reader SET flags = flags || '{falsely_closed}'::text[] WHERE kind = 'complaint' AND role = 'discipline_officer';
DROP INDEX matter_found_true;
CREATE INDEX matter_found_true ON matter (kind, phase, due_at, id) WHERE flags && '{substantiated,case_opened,sealed,falsely_closed}'::text[];

-- The two lists that few of very many are in are found by their own indexes.
CREATE INDEX matter_falsely_closed ON matter (kind, phase, due_at, id) WHERE 'falsely_closed' = ANY (flags);
CREATE INDEX event_office_overlong ON event (matter_id, seq) WHERE action = 'office_overlong';

-- +goose Down
SELECT 1 / 0;
