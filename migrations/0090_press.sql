-- +goose Up
-- The fourth register, the media's lane: leads of admitted journalists, what they ask a
-- unit to state, until when nothing of it may be published, and where it appeared. All
-- of it is only ever added.

INSERT INTO matter_kind (kind, relation) VALUES ('press', 'owner');
INSERT INTO matter_state (kind, state, phase) VALUES
	('press', 'lodged', 1),
	('press', 'asked', 1),
	('press', 'explaining', 1),
	('press', 'drafted', 1),
	('press', 'answered', 1),
	('press', 'declined', 1),
	('press', 'published', 1),
	('press', 'closed', 3),
	('press', 'taken', 3),
	('press', 'withdrawn', 3);
-- Who publishes learns of a lead once a unit has stated something.
INSERT INTO matter_reader (kind, role, flags) VALUES ('press', 'publisher', '{stated}');

INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PRESS-STD', '向媒体说明', 'press', 'assigned', 'stated', 5, 'WD', false,
		'法律没有规定答复采访的期限；本县的新闻发言人制度有规定的，以它为准', 'low', '2024-01-01'),
	('PRESS-MORE', '向媒体再说明', 'press', 'asked_again', 'stated', 3, 'WD', false,
		'法律没有规定答复采访的期限；本县的新闻发言人制度有规定的，以它为准', 'low', '2024-01-01'),
	('EMBARGO', '媒体线索保密期', 'press', 'embargoed', 'lifted', NULL, 'GIVEN', true, '本平台承诺', 'design', '2024-01-01'),
	('EMBARGO-MAX', '媒体线索保密期最长', 'press', 'embargoed', 'lifted', 91, 'ND', true, '法律没有规定；本县另有规定的，以它为准', 'low', '2024-01-01');

CREATE TABLE press_lead (
	matter_id    bigint PRIMARY KEY REFERENCES matter,
	member_id    bigint NOT NULL REFERENCES member,
	name         text NOT NULL CHECK (name <> ''),
	outlet       text NOT NULL CHECK (outlet <> ''),
	unit         text REFERENCES unit,
	known        text NOT NULL CHECK (known <> ''),
	wanted_by    date,
	embargo_from date
);
CREATE INDEX press_lead_member ON press_lead (member_id);
COMMENT ON TABLE press_lead IS 'A lead as its journalist lodged it.';
COMMENT ON COLUMN press_lead.member_id IS 'The journalist, on the roster.';
COMMENT ON COLUMN press_lead.name IS 'What they were called on that day, as outlet is for whom they worked.';
COMMENT ON COLUMN press_lead.unit IS 'The unit that it concerns; null where none is named. Whoever is asked is the matter''s unit.';
COMMENT ON COLUMN press_lead.known IS 'What the journalist knows: for the supervising office alone, since it may lead to a source.';
COMMENT ON COLUMN press_lead.wanted_by IS 'By when the journalist would like to have a statement; it informs and is no term.';
COMMENT ON COLUMN press_lead.embargo_from IS 'Since when an embargo was agreed on; its last day is the clock''s.';

CREATE TABLE press_question (
	matter_id bigint NOT NULL REFERENCES press_lead,
	seq       bigint NOT NULL,
	no        int NOT NULL CHECK (no > 0),
	said      text NOT NULL CHECK (said <> ''),
	PRIMARY KEY (matter_id, no)
);
COMMENT ON TABLE press_question IS 'What a unit is asked, by the event that asked it.';

CREATE TABLE press_statement (
	matter_id  bigint NOT NULL REFERENCES press_lead,
	seq        bigint NOT NULL,
	version    int NOT NULL CHECK (version > 0),
	drafted_by bigint NOT NULL REFERENCES staff,
	unit       text NOT NULL REFERENCES unit,
	body       text NOT NULL CHECK (body <> ''),
	contact    text NOT NULL CHECK (contact <> ''),
	PRIMARY KEY (matter_id, seq),
	UNIQUE (matter_id, version),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE press_statement IS 'Drafts of the statement, one row a version, never changed; the signed one is the document.';
COMMENT ON COLUMN press_statement.contact IS 'Whom to call about it: name and telephone of the unit.';

CREATE TABLE press_publication (
	matter_id   bigint NOT NULL REFERENCES press_lead,
	seq         bigint NOT NULL,
	no          int NOT NULL CHECK (no > 0),
	title       text NOT NULL CHECK (title <> ''),
	outlet      text NOT NULL CHECK (outlet <> ''),
	appeared_on date NOT NULL,
	link        text NOT NULL CHECK (link = '' OR link LIKE 'https://%'),
	dropped     boolean NOT NULL DEFAULT false,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE press_publication IS 'Where it appeared, as the journalist notes; the newest row of a number holds.';
COMMENT ON COLUMN press_publication.dropped IS 'The journalist has taken the note back.';

-- What a move says is written with it (migration 0036).
CREATE TRIGGER press_lead_added AFTER INSERT ON press_lead REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER press_question_added AFTER INSERT ON press_question REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER press_statement_added AFTER INSERT ON press_statement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER press_publication_added AFTER INSERT ON press_publication REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');

GRANT SELECT, INSERT ON press_lead, press_question, press_statement, press_publication TO zhengxin_admin;
GRANT SELECT ON press_lead, press_question, press_statement, press_publication TO zhengxin_worker;

ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN ('notice', 'circular', 'policy', 'warning', 'proposal', 'statement'));

-- Journalists have the same door as deputies. What they see behind it is their own leads,
-- since nobody of another kind has part in one.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_admitted(of_member bigint, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM member_account a JOIN member m ON m.id = a.member_id
		WHERE a.member_id = of_member AND a.closed_at IS NULL AND a.changed_at < since
			AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$;
-- +goose StatementEnd
COMMENT ON TABLE member_account IS 'An account of somebody on the roster, admitted at the desk. It ends with the term there by itself.';

-- +goose Down
SELECT 1 / 0;
