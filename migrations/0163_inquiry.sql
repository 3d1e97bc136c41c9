-- +goose Up
-- 协查 and 征求意见: what is asked of another unit is a matter of its own that follows the
-- complaint, so that the unit reads this matter and no other. By following it has the bars
-- of the complaint, those that come later too: a unit that is barred there is never asked.

INSERT INTO matter_kind (kind, relation) VALUES ('inquiry', 'none');
INSERT INTO matter_state (kind, state, phase) VALUES
	('inquiry', 'drafted', 1),
	('inquiry', 'asked', 1),
	('inquiry', 'answered', 3),
	('inquiry', 'withdrawn', 3),
	('inquiry', 'lapsed', 3),
	('inquiry', 'over', 3);

CREATE TABLE inquiry (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	sort      text NOT NULL CHECK (sort IN ('assist', 'consult')),
	words     text NOT NULL CHECK (words <> ''),
	facts     text NOT NULL,
	shared    boolean NOT NULL,
	proposed  int CHECK (proposed > 0)
);
COMMENT ON TABLE inquiry IS 'What another unit is asked: to look into something (assist) or what it thinks (consult). Its items are those of a request.';
COMMENT ON COLUMN inquiry.words IS 'What it is about, as the desk wrote it for the asked unit, which reads nothing else of the complaint.';
COMMENT ON COLUMN inquiry.facts IS 'The extract of the complaint that the desk chose to give; empty where it gave none.';
COMMENT ON COLUMN inquiry.shared IS 'The unit that leads the complaint reads the answers, too.';
COMMENT ON COLUMN inquiry.proposed IS 'The number of the request of the complaint that this came of; null where the desk asks by itself.';

-- An accusation goes to no unit, by this way neither (信访工作条例 30).
-- +goose StatementBegin
CREATE FUNCTION inquiry_of_no_accusation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM matter m JOIN matter o ON o.id = m.follows
		WHERE m.id = NEW.matter_id AND m.kind = 'inquiry' AND 'accusation' = ANY (o.flags)) THEN
		RAISE EXCEPTION 'an accusation is asked about of no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER inquiry_of_no_accusation AFTER INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION inquiry_of_no_accusation();

-- A bar that comes later takes an inquiry from the unit's sight, as it takes everything (see
-- staff.Scope), and is not refused because the unit was asked: the desk learns that it waits
-- in vain, and whom a complaint is about can always be put right.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_unit_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM share_unit_tree();
	IF 'accusation' = ANY (NEW.flags) AND EXISTS (SELECT 1 FROM assignment WHERE matter_id = NEW.id AND ended_at IS NULL) THEN
		RAISE EXCEPTION 'an accusation is with no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	IF NEW.kind <> 'inquiry' THEN
		PERFORM refuse_barred_assignments(ARRAY[NEW.id]);
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER inquiry_added AFTER INSERT ON inquiry REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
GRANT SELECT, INSERT ON inquiry TO zhengxin_admin;
GRANT SELECT ON inquiry TO zhengxin_worker;

ALTER TABLE request DROP CONSTRAINT request_kind_check, ADD CONSTRAINT request_kind_check CHECK (kind IN ('supplement', 'question', 'assist', 'consult'));
ALTER TABLE request_end DROP CONSTRAINT request_end_how_check, ADD CONSTRAINT request_end_how_check CHECK (how IN ('refused', 'withdrawn', 'lapsed', 'over', 'taken'));
COMMENT ON TABLE request IS 'What is asked of whoever a matter is from, by the event that asked or proposed it: a supplement before it is taken up, a question while a unit works. Of another unit (assist, consult) a matter has what was proposed, and the inquiry that follows it what is asked.';
COMMENT ON TABLE request_end IS 'That nobody waits for a request any more: the desk did not pass it on, it was withdrawn, its last day passed, the matter has gone on without it, or the desk asks it in a matter of its own (taken). What is wholly answered needs none.';

DROP TRIGGER request_added ON request;
DROP TRIGGER request_put_added ON request_put;
DROP TRIGGER request_answer_added ON request_answer;
CREATE TRIGGER request_added AFTER INSERT ON request REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_supplement propose_question propose_inquiry open_inquiry');
CREATE TRIGGER request_put_added AFTER INSERT ON request_put REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_supplement pass_question send_inquiry');
CREATE TRIGGER request_answer_added AFTER INSERT ON request_answer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide answer_items');
DROP TRIGGER clock_span_added ON clock_span;
CREATE TRIGGER clock_span_added AFTER INSERT ON clock_span REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'grant_extension grant_pause resume_clock correct_nature extend_inquiry');

-- How long a unit has that is asked: our own promises, extended once by the desk.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, max_extension, max_total, max_times, approver, basis, confidence, valid_from) VALUES
	('PF-ASSIST', '协查回复', 'platform', 'unit_asked', 'unit_answered', 10, 'WD', 10, 20, 1, 'registrar', '本平台承诺', 'design', '2024-01-01'),
	('PF-CONSULT', '意见回复', 'platform', 'unit_asked', 'unit_answered', 7, 'WD', 7, 14, 1, 'registrar', '本平台承诺', 'design', '2024-01-01');

-- +goose Down
SELECT 1 / 0;
