-- +goose Up
-- A date promised to anybody, as one object of any register: who promised, what of the
-- matter, by when, and what became of it. Both tables are only ever added to: a later
-- promise of the same thing takes the place of the earlier one and leaves it as it stood.

-- A term whose last day is said in the matter itself and counted from nothing.
ALTER TABLE clock_rule DROP CONSTRAINT clock_rule_unit_check;
ALTER TABLE clock_rule ADD CONSTRAINT clock_rule_unit_check CHECK (unit IN ('WD', 'ND', 'MO', 'H', 'FIXED', 'GIVEN'));
ALTER TABLE clock_rule DROP CONSTRAINT clock_rule_counts_or_is_fixed;
ALTER TABLE clock_rule ADD CONSTRAINT clock_rule_counts_or_is_fixed
	CHECK ((unit = 'FIXED') = (fixed_on IS NOT NULL) AND (unit IN ('FIXED', 'GIVEN')) = (limit_count IS NULL));
COMMENT ON TABLE clock_rule IS
	'How long each step may take, by which article; a term follows the newest version in force on the day it starts. WD, ND, MO, H count working days, natural days, months, hours; FIXED is a day of every year, GIVEN a day that the matter itself says.';

INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PROMISE', '承诺办到', 'promise', 'promised', 'kept', NULL, 'GIVEN', false, '本平台承诺', 'design', '2024-01-01');

INSERT INTO matter_state (kind, state, phase) VALUES ('proposal', 'reopened', 1);

CREATE TABLE promise (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	no        int NOT NULL CHECK (no > 0),
	unit      text NOT NULL REFERENCES unit,
	due_on    date NOT NULL,
	PRIMARY KEY (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE promise IS 'A date promised, by the event that promised it; the newest of a point that was not made void holds.';
COMMENT ON COLUMN promise.no IS 'Which point of its matter was promised.';
COMMENT ON COLUMN promise.unit IS 'Who promised.';

CREATE TABLE promise_outcome (
	matter_id bigint NOT NULL,
	promised  bigint NOT NULL,
	no        int NOT NULL,
	seq       bigint NOT NULL,
	outcome   text NOT NULL CHECK (outcome IN ('kept', 'ended', 'void')),
	done_on   date,
	words     text NOT NULL DEFAULT '',
	evidence  text NOT NULL DEFAULT '',
	PRIMARY KEY (matter_id, promised, no),
	FOREIGN KEY (matter_id, promised, no) REFERENCES promise (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CONSTRAINT promise_outcome_kept CHECK ((outcome = 'kept') = (done_on IS NOT NULL) AND (outcome <> 'kept' OR words <> '' AND evidence <> ''))
);
COMMENT ON TABLE promise_outcome IS 'What became of a promise, once: kept as the unit says, ended with a reason, void with the paper that made it. Broken is none: that its day passed without one says so.';
COMMENT ON COLUMN promise_outcome.promised IS 'The event that made the promise; seq is the one that says this.';

CREATE TRIGGER promise_added AFTER INSERT ON promise REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER promise_outcome_added AFTER INSERT ON promise_outcome REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');

GRANT SELECT, INSERT ON promise, promise_outcome TO zhengxin_admin;
GRANT SELECT ON promise, promise_outcome TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
