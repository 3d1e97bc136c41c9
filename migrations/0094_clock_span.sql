-- +goose Up
-- What becomes of a term while it runs: it is paused on a ground that the table names,
-- runs on, is extended. Each is a row that stays, beside the event that decided it; the
-- due date is counted from all of them, and the clock's row keeps it as an index.

CREATE TABLE pause_ground (
	code       text PRIMARY KEY,
	title      text NOT NULL CHECK (title <> ''),
	rules      text[] NOT NULL CHECK (cardinality(rules) > 0),
	longest    int NOT NULL CHECK (longest > 0),
	basis      text NOT NULL CHECK (basis <> ''),
	confidence text NOT NULL CHECK (confidence IN ('high', 'medium', 'low', 'design')),
	sort       int NOT NULL,
	valid_from date NOT NULL,
	valid_to   date CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE pause_ground IS 'For what a term may stand still, of which rules and how long at most in natural days; nothing else pauses one.';
COMMENT ON COLUMN pause_ground.rules IS 'The codes of the rules that it pauses; a statutory term only where its own law says so.';

-- The hearing is the only ground of the regulation, and of its recheck alone (第三十六条).
-- The others are our own promise's: the sixty days of the law run on beside it.
INSERT INTO pause_ground (code, title, rules, longest, basis, confidence, sort, valid_from) VALUES
	('HEARING', '听证', '{XF-RC}', 30, '《信访工作条例》第三十六条：听证所需时间不计入', 'high', 1, '2024-01-01'),
	('APPRAISAL', '鉴定、检测或者评估', '{PF-DO}', 60, '本平台承诺', 'design', 2, '2024-01-01'),
	('LITIGATION', '同一件事进入诉讼、仲裁或者复议', '{PF-DO}', 90, '本平台承诺', 'design', 3, '2024-01-01'),
	('FORCE', '不可抗力', '{PF-DO}', 30, '本平台承诺', 'design', 4, '2024-01-01');
GRANT SELECT ON pause_ground TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

CREATE TABLE clock_span (
	matter_id   bigint NOT NULL REFERENCES matter,
	seq         bigint NOT NULL,
	rule        text NOT NULL,
	started_seq bigint NOT NULL,
	kind        text NOT NULL CHECK (kind IN ('pause', 'run', 'extend')),
	from_on     date NOT NULL,
	to_on       date CHECK (to_on > from_on),
	count       int NOT NULL DEFAULT 0,
	ground      text REFERENCES pause_ground,
	document    text NOT NULL DEFAULT '',
	PRIMARY KEY (matter_id, seq, rule),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CONSTRAINT clock_span_says CHECK (
		(kind = 'pause') = (to_on IS NOT NULL) AND (kind = 'pause') = (ground IS NOT NULL) AND (kind = 'pause') = (document <> '')
		AND (kind = 'extend') = (count > 0))
);
COMMENT ON TABLE clock_span IS 'What became of a clock after it was started, by the event that decided it: a pause from that day on with its last day, its running on sooner, so many more of the rule''s units.';
COMMENT ON COLUMN clock_span.started_seq IS 'Of which clock of the rule: the event that started it.';
COMMENT ON COLUMN clock_span.document IS 'The paper that the ground of a pause stands in.';
CREATE TRIGGER clock_span_added AFTER INSERT ON clock_span REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'grant_extension grant_pause resume_clock');
ALTER TABLE clock_span ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON clock_span TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON clock_span FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
GRANT SELECT ON clock_span TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT INSERT ON clock_span TO zhengxin_admin;

-- A promised day moves beside an event that says so: a recount, or one that adds a span.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION clock_move_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF OLD.stopped_at IS NOT NULL OR NOT EXISTS (
		SELECT FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE e.matter_id = OLD.matter_id AND e.seq = m.seq + 1 AND (e.action = 'recount' OR EXISTS (
			SELECT FROM clock_span s WHERE s.matter_id = e.matter_id AND s.seq = e.seq AND s.rule = OLD.rule AND s.started_seq = OLD.started_seq)))
	THEN
		RAISE EXCEPTION 'a due date moves only by a recount or a span' USING ERRCODE = 'ZX050', CONSTRAINT = 'clock_moves_by_event';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
ALTER TABLE clock DROP COLUMN paused;
COMMENT ON COLUMN clock.was_on IS 'The last day as it was first told, where a recount, a pause or an extension moved it; null while it was never moved.';

-- What is asked for, and what was decided: days asked and days granted are two things.
CREATE TABLE term_request (
	matter_id   bigint NOT NULL REFERENCES matter,
	seq         bigint NOT NULL,
	rule        text NOT NULL,
	started_seq bigint NOT NULL,
	unit        text NOT NULL REFERENCES unit,
	kind        text NOT NULL CHECK (kind IN ('extend', 'pause')),
	count       int NOT NULL DEFAULT 0,
	until_on    date,
	ground      text REFERENCES pause_ground,
	document    text NOT NULL DEFAULT '',
	reason      text NOT NULL CHECK (reason <> ''),
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CONSTRAINT term_request_says CHECK (
		(kind = 'pause') = (until_on IS NOT NULL) AND (kind = 'pause') = (ground IS NOT NULL) AND (kind = 'pause') = (document <> '')
		AND (kind = 'extend') = (count > 0))
);
COMMENT ON TABLE term_request IS 'That a unit asks for more time, or for a term to stand still. It is open until it is decided, its unit no longer leads or its clock has stopped.';
CREATE TRIGGER term_request_added AFTER INSERT ON term_request REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_extension ask_pause');

CREATE TABLE term_decision (
	matter_id bigint NOT NULL,
	asked     bigint NOT NULL,
	seq       bigint NOT NULL,
	granted   boolean NOT NULL,
	PRIMARY KEY (matter_id, asked),
	FOREIGN KEY (matter_id, asked) REFERENCES term_request (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE term_decision IS 'What was decided of a request, once; how much was granted stands in clock_span.';
CREATE TRIGGER term_decision_added AFTER INSERT ON term_decision REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'grant_extension refuse_extension grant_pause refuse_pause');
GRANT SELECT, INSERT ON term_request, term_decision TO zhengxin_admin;
GRANT SELECT ON term_request, term_decision TO zhengxin_worker;

ALTER TABLE clock_rule ADD COLUMN max_times int CHECK (max_times > 0), ADD COLUMN within text;
COMMENT ON COLUMN clock_rule.max_times IS 'How often it may be extended; null until max_extension is used up.';
COMMENT ON COLUMN clock_rule.within IS 'The rule of the law that it never ends after.';
UPDATE clock_rule SET max_times = 1 WHERE code IN ('PF-DO', 'XF-DO', 'BE-DO');
UPDATE clock_rule SET within = 'XF-NOTICE' WHERE code IN ('PF-REG', 'PF-ACC');
UPDATE clock_rule SET within = 'XF-DO' WHERE code = 'PF-DO';

INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PF-PAUSE', '暂停计时', 'platform', 'paused', 'runs_on', NULL, 'GIVEN', true, '本平台承诺', 'design', '2024-01-01');

-- A promise of ours never allows more than the law beside it, nor does a law that comes
-- later allow less than what is promised. What counts in another unit is held to the law's
-- day when it is counted.
-- +goose StatementBegin
CREATE FUNCTION clock_rule_within_law() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF EXISTS (
		SELECT FROM clock_rule r LEFT JOIN LATERAL (SELECT * FROM clock_rule l WHERE l.code = r.within ORDER BY l.version DESC LIMIT 1) l ON true
		WHERE r.within IS NOT NULL AND NEW.code IN (r.code, r.within)
			AND r.version = (SELECT max(v.version) FROM clock_rule v WHERE v.code = r.code)
			AND (l.code IS NULL OR l.unit = r.unit AND (r.limit_count > l.limit_count
				OR coalesce(r.max_total, r.limit_count + coalesce(r.max_extension, 0)) > coalesce(l.max_total, l.limit_count + coalesce(l.max_extension, 0)))))
	THEN
		RAISE EXCEPTION 'a rule allows more than its law' USING ERRCODE = 'ZX051', CONSTRAINT = 'clock_rule_within_law';
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER clock_rule_within_law AFTER INSERT OR UPDATE ON clock_rule DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION clock_rule_within_law();
ALTER TABLE clock_rule ADD CONSTRAINT clock_rule_extends CHECK (limit_count + max_extension <= max_total);

-- +goose Down
SELECT 1 / 0;
