-- +goose Up
-- The third register: 代表建议, 政协提案 and what deputies propose between two
-- sessions. The unit is who works on it and sees it; what is written of a proposal
-- is only ever added, in the move that says it, so that no later move changes what
-- a deputy was told.

INSERT INTO matter_kind (kind, relation) VALUES ('proposal', 'owner');
INSERT INTO matter_state (kind, state, phase) VALUES
	('proposal', 'filed', 1),
	('proposal', 'assigned', 1),
	('proposal', 'objected', 1),
	('proposal', 'handling', 1),
	('proposal', 'drafted', 1),
	('proposal', 'replied', 1),
	('proposal', 'served', 2),
	('proposal', 'dissatisfied', 1),
	('proposal', 'fed_back', 1),
	('proposal', 'published', 1),
	('proposal', 'archived', 3),
	('proposal', 'divided', 3),
	('proposal', 'withdrawn', 3);
INSERT INTO matter_reader (kind, role) VALUES ('proposal', 'publisher');

-- What local rules vary about is dated here and never a constant.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PROP-OBJ', '提出退件', 'proposal', 'assignment_received', 'objected', 5, 'WD', true,
		'各地办理办法多为 3 至 10 日，本县的以县人大、县政协的规定为准', 'low', '2024-01-01'),
	('PROP-REDO', '重新办理并答复', 'proposal', 'dissatisfied', 'replied', 1, 'MO', false,
		'各地办理办法多为 1 个月，本县的以县人大、县政协的规定为准', 'low', '2024-01-01'),
	('PROP-FB', '反馈意见', 'proposal', 'answer_served', 'fed_back', 30, 'ND', true,
		'本平台承诺', 'design', '2024-01-01');

CREATE TABLE proposal (
	matter_id   bigint PRIMARY KEY REFERENCES matter,
	source      text NOT NULL CHECK (source IN ('npc', 'npc_interim', 'cppcc')),
	term        int NOT NULL CHECK (term BETWEEN 1 AND 99),
	meeting     int CHECK (meeting BETWEEN 1 AND 99),
	serial      int NOT NULL CHECK (serial BETWEEN 1 AND 9999),
	designation text NOT NULL CHECK (designation <> ''),
	content     text NOT NULL CHECK (content <> ''),
	part_of     bigint REFERENCES proposal,
	CONSTRAINT proposal_meeting CHECK ((meeting IS NULL) = (source = 'npc_interim'))
);
CREATE UNIQUE INDEX proposal_serial ON proposal (source, term, meeting, serial) NULLS NOT DISTINCT WHERE part_of IS NULL;
CREATE INDEX proposal_parts ON proposal (part_of) WHERE part_of IS NOT NULL;
COMMENT ON TABLE proposal IS 'A proposal as its body handed it over.';
COMMENT ON COLUMN proposal.source IS 'npc a deputy''s at a session (代表建议), npc_interim between two (闭会建议), cppcc a committee''s (政协提案).';
COMMENT ON COLUMN proposal.term IS 'Which congress or committee, 届; meeting is which of its sessions, 次.';
COMMENT ON COLUMN proposal.designation IS 'What it is called officially, as the setting had it on that day.';
COMMENT ON COLUMN proposal.part_of IS 'The proposal of which this one is a part that a unit answers by itself (分办).';

CREATE TABLE proposal_point (
	matter_id bigint NOT NULL REFERENCES proposal,
	no        int NOT NULL CHECK (no BETWEEN 1 AND 12),
	said      text NOT NULL CHECK (said <> ''),
	PRIMARY KEY (matter_id, no)
);
COMMENT ON TABLE proposal_point IS 'What a proposal asks for, point by point; a part keeps the numbers that its points have in the whole.';

CREATE TABLE proposal_signer (
	matter_id bigint NOT NULL REFERENCES proposal,
	no        int NOT NULL CHECK (no > 0),
	name      text NOT NULL CHECK (name <> ''),
	member_id bigint REFERENCES member,
	PRIMARY KEY (matter_id, no)
);
CREATE INDEX proposal_signer_member ON proposal_signer (member_id) WHERE member_id IS NOT NULL;
COMMENT ON TABLE proposal_signer IS 'Who signed it, the first of them as the lead.';
COMMENT ON COLUMN proposal_signer.member_id IS 'Who that is on the roster; null for a name that it has not.';

CREATE TABLE proposal_leaving (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	no        int NOT NULL,
	PRIMARY KEY (matter_id, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	FOREIGN KEY (matter_id, no) REFERENCES proposal_signer (matter_id, no)
);
COMMENT ON TABLE proposal_leaving IS 'Which of its signers has withdrawn, by which move.';

CREATE TABLE proposal_answer (
	matter_id  bigint NOT NULL REFERENCES proposal,
	seq        bigint NOT NULL,
	version    int NOT NULL CHECK (version > 0),
	drafted_by bigint NOT NULL REFERENCES staff,
	unit       text NOT NULL REFERENCES unit,
	summary    text NOT NULL CHECK (summary <> ''),
	contact    text NOT NULL CHECK (contact <> ''),
	PRIMARY KEY (matter_id, seq),
	UNIQUE (matter_id, version),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE proposal_answer IS 'Drafts of the answer, one row a version, never changed; the signed one is the document.';
COMMENT ON COLUMN proposal_answer.contact IS 'Whom to call about it: name and telephone of the unit.';

CREATE TABLE proposal_answer_point (
	matter_id   bigint NOT NULL,
	seq         bigint NOT NULL,
	no          int NOT NULL,
	class       text NOT NULL CHECK (class IN ('A', 'B', 'C')),
	reply       text NOT NULL CHECK (reply <> ''),
	promised_on date,
	PRIMARY KEY (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES proposal_answer (matter_id, seq),
	FOREIGN KEY (matter_id, no) REFERENCES proposal_point (matter_id, no),
	CONSTRAINT proposal_promise CHECK ((class = 'B') = (promised_on IS NOT NULL))
);
COMMENT ON TABLE proposal_answer_point IS 'What an answer says to each point: A solved or adopted, B under way or planned with the day by which, C not possible now.';

CREATE TABLE proposal_feedback (
	matter_id bigint NOT NULL REFERENCES proposal,
	seq       bigint NOT NULL,
	attitude  text NOT NULL CHECK (attitude IN ('satisfied', 'basic', 'dissatisfied')),
	result    text NOT NULL CHECK (result IN ('satisfied', 'basic', 'dissatisfied')),
	consent   text NOT NULL CHECK (consent IN ('full', 'outcome', 'none')),
	words     text NOT NULL DEFAULT '',
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE proposal_feedback IS 'What its signers say of the answer, once a round: of how it was handled, of what came of it, and whether it may be published.';

-- What a move says is written with it (migration 0036).
CREATE TRIGGER proposal_added AFTER INSERT ON proposal REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER proposal_point_added AFTER INSERT ON proposal_point REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER proposal_signer_added AFTER INSERT ON proposal_signer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER proposal_leaving_added AFTER INSERT ON proposal_leaving REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER proposal_answer_added AFTER INSERT ON proposal_answer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER proposal_answer_point_added AFTER INSERT ON proposal_answer_point REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');
CREATE TRIGGER proposal_feedback_added AFTER INSERT ON proposal_feedback REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');

GRANT SELECT, INSERT ON proposal, proposal_point, proposal_signer, proposal_leaving, proposal_answer, proposal_answer_point, proposal_feedback TO zhengxin_admin;
GRANT SELECT ON proposal, proposal_point, proposal_signer, proposal_answer, proposal_answer_point TO zhengxin_worker;

-- An answer to a proposal is the unit's own letter, under its own number.
ALTER TABLE unit ADD COLUMN document_prefix text NOT NULL DEFAULT '' CHECK (document_prefix ~ '^([一-龥]{1,11})?$');
COMMENT ON COLUMN unit.document_prefix IS '发文字号的机关代字 of the unit''s own letters; without one they bear the office''s.';

-- How a proposal is called is each congress's own to say.
INSERT INTO setting (key, value) VALUES
	('designation_npc', '县第{届}届人民代表大会第{次}次会议第{号}号建议'),
	('designation_npc_interim', '县第{届}届人民代表大会闭会期间第{号}号建议'),
	('designation_cppcc', '政协县第{届}届委员会第{次}次会议第{号}号提案');

ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN ('notice', 'circular', 'policy', 'warning', 'proposal'));

-- +goose Down
SELECT 1 / 0;
