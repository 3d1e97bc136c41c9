-- +goose Up
-- After the review comes the recheck (复核, 信访工作条例 36), by the body above whoever reviewed:
-- outside this office, or where the office itself is that body, here.
INSERT INTO matter_state (kind, state, phase) VALUES ('complaint', 'recheck_requested', 1), ('complaint', 'rechecked', 3);

-- What a complainant writes with it, as with a review; the hearing as the other pauses.
DROP TRIGGER supplement_added ON supplement;
CREATE TRIGGER supplement_added AFTER INSERT ON supplement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide withdraw contest urge ask_recheck');
DROP TRIGGER clock_span_added ON clock_span;
CREATE TRIGGER clock_span_added AFTER INSERT ON clock_span REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'grant_extension grant_pause resume_clock correct_nature extend_inquiry hold_hearing');

-- +goose Down
SELECT 1 / 0;
