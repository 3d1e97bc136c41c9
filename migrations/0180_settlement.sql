-- +goose Up
-- What an answer to a complaint promises by a day, and what a settlement agrees on, are
-- followed as promises. A promise says what was promised, where no point of its matter does.
INSERT INTO matter_state (kind, state, phase) VALUES ('complaint', 'reopened', 1), ('complaint', 'settled', 3);
ALTER TABLE promise ADD what text NOT NULL DEFAULT '' CHECK (char_length(what) <= 300);
COMMENT ON COLUMN promise.what IS 'What was promised; empty where the point of its matter says it.';

CREATE TABLE promise_line (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	no        int NOT NULL CHECK (no > 0),
	what      text NOT NULL CHECK (what <> '' AND char_length(what) <= 300),
	due_on    date NOT NULL,
	PRIMARY KEY (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE promise_line IS 'What a draft of an answer, or an agreement, would promise, by the event that wrote it down; it is promised once that binds.';

-- That a promise was kept is the word of whoever made it. To whom it was made may say that it
-- was not, and the office finds which is true: what became of a promise is then said again,
-- and its newest word holds.
CREATE TABLE promise_doubt (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	promised  bigint NOT NULL,
	no        int NOT NULL,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, promised, no) REFERENCES promise (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE promise_doubt IS 'To whom it was promised says that it was not kept, though the unit says so. Their words are a supplement.';
ALTER TABLE promise_outcome DROP CONSTRAINT promise_outcome_pkey, ADD PRIMARY KEY (matter_id, promised, no, seq);
ALTER TABLE promise_outcome DROP CONSTRAINT promise_outcome_outcome_check,
	ADD CONSTRAINT promise_outcome_outcome_check CHECK (outcome IN ('kept', 'ended', 'void', 'unkept', 'upheld'));
COMMENT ON TABLE promise_outcome IS 'What became of a promise: kept as the unit says, ended with a reason, void with the paper that made it. Where it is doubted that it was kept, the office found that it was not (unkept: it is owed again) or that it was (upheld). Broken is none: that its day passed without one says so.';
CREATE VIEW promise_result WITH (security_invoker = true) AS
	SELECT o.matter_id, o.promised, o.no, o.seq, o.outcome, o.done_on, o.words, o.evidence FROM promise_outcome o
	WHERE o.outcome IN ('kept', 'ended', 'void') AND NOT EXISTS (
		SELECT FROM promise_outcome l WHERE l.matter_id = o.matter_id AND l.promised = o.promised AND l.no = o.no AND l.seq > o.seq AND l.outcome <> 'upheld');
COMMENT ON VIEW promise_result IS 'What became of each promise, as it holds now; none where it is still owed.';

CREATE TABLE settlement (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	unit      text NOT NULL REFERENCES unit,
	agreed_on date NOT NULL,
	document  text NOT NULL CHECK (document <> ''),
	words     text NOT NULL CHECK (words <> ''),
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE settlement IS 'An agreement that is reported (信访工作条例 33); what is to be done by when stands in promise_line. It binds nobody until the complainant agrees.';
COMMENT ON COLUMN settlement.unit IS 'Who has to see to it: the unit that led the complaint.';

CREATE TABLE settlement_step (
	matter_id bigint NOT NULL,
	settled   bigint NOT NULL,
	how       text NOT NULL CHECK (how IN ('put', 'refused', 'agreed', 'declined', 'lapsed', 'over', 'undone')),
	seq       bigint NOT NULL,
	PRIMARY KEY (matter_id, settled, how),
	FOREIGN KEY (matter_id, settled) REFERENCES settlement (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE UNIQUE INDEX settlement_step_ends_once ON settlement_step (matter_id, settled) WHERE how NOT IN ('put', 'undone');
COMMENT ON TABLE settlement_step IS 'What became of an agreement: the desk put it to the complainant or not, who agreed, did not, or said nothing in the term; over when the matter went on without it, undone when what was agreed did not hold.';

CREATE TRIGGER promise_line_added AFTER INSERT ON promise_line REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'draft_answer settle_agreement');
CREATE TRIGGER promise_doubt_added AFTER INSERT ON promise_doubt REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'doubt_promise');
CREATE TRIGGER settlement_added AFTER INSERT ON settlement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'settle_agreement');
CREATE TRIGGER settlement_step_added AFTER INSERT ON settlement_step REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'put_settlement refuse_settlement agree_settlement decline_settlement lapse_settlement unsettle leave_settlement reply recall agree_return transfer refer_discipline withdraw');
DROP TRIGGER supplement_added ON supplement;
CREATE TRIGGER supplement_added AFTER INSERT ON supplement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide withdraw contest urge ask_recheck doubt_promise decline_settlement leave_settlement');

-- A complainant sees what was promised them and the agreement that was put to them, and says
-- yes or no to it. With a yes they promise for the unit what it says and nothing else; what
-- they withdraw, and an agreement that they leave, is promised no more.
ALTER TABLE promise ENABLE ROW LEVEL SECURITY;
ALTER TABLE promise_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE promise_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE promise_doubt ENABLE ROW LEVEL SECURITY;
ALTER TABLE settlement ENABLE ROW LEVEL SECURITY;
ALTER TABLE settlement_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON promise TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON promise_outcome TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON promise_line TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON promise_doubt TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON settlement TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON settlement_step TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON promise FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_read ON promise_outcome FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_read ON promise_doubt FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_read ON settlement_step FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_read ON settlement FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = settlement.matter_id AND p.settled = settlement.seq AND p.how = 'put'));
CREATE POLICY own_read ON promise_line FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = promise_line.matter_id AND p.settled = promise_line.seq AND p.how = 'put'));
CREATE POLICY own_add ON promise_doubt FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_add ON settlement_step FOR INSERT TO zhengxin_portal WITH CHECK (how IN ('agreed', 'declined', 'over', 'undone') AND matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_add ON promise FOR INSERT TO zhengxin_portal WITH CHECK (EXISTS (
	SELECT FROM settlement_step a JOIN settlement g ON g.matter_id = a.matter_id AND g.seq = a.settled JOIN promise_line l ON l.matter_id = g.matter_id AND l.seq = g.seq
	WHERE a.matter_id = promise.matter_id AND a.seq = promise.seq AND a.how = 'agreed' AND g.unit = promise.unit AND l.what = promise.what AND l.due_on = promise.due_on));
CREATE POLICY own_add ON promise_outcome FOR INSERT TO zhengxin_portal WITH CHECK (outcome = 'ended' AND EXISTS (
	SELECT FROM event e WHERE e.matter_id = promise_outcome.matter_id AND e.seq = promise_outcome.seq AND e.action IN ('withdraw', 'leave_settlement')));
GRANT SELECT ON promise, promise_outcome, promise_result, promise_line, promise_doubt, settlement, settlement_step TO zhengxin_portal;
GRANT SELECT, INSERT ON promise_line, settlement, settlement_step TO zhengxin_admin;
GRANT SELECT ON promise_line, settlement, settlement_step TO zhengxin_worker;
GRANT SELECT ON promise_result, promise_doubt TO zhengxin_admin, zhengxin_worker;
GRANT INSERT ON settlement_step TO zhengxin_portal, zhengxin_worker;
GRANT INSERT ON promise, promise_outcome, promise_doubt TO zhengxin_portal;

-- By it the lists of what is promised are read.
CREATE INDEX clock_promise ON clock (matter_id) WHERE rule = 'PROMISE' AND stopped_at IS NULL;

-- How long an agreement waits for the complainant's yes. Nobody is late: without one the
-- matter is handled on.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PF-SETTLE', '等投诉人确认和解协议', 'platform', 'settlement_put', 'settlement_answered', 10, 'ND', true, '本平台承诺', 'design', '2024-01-01');

-- +goose Down
SELECT 1 / 0;
