-- +goose Up
-- What is asked of somebody while a matter is worked on, as one object of any register:
-- numbered within its matter, of items that are answered one by one. All tables are only
-- ever added to; that an item is open, and a request with it, is what the rows say.

CREATE TABLE request (
	matter_id bigint NOT NULL REFERENCES matter,
	no        int NOT NULL CHECK (no > 0),
	seq       bigint NOT NULL,
	kind      text NOT NULL CHECK (kind IN ('supplement', 'question')),
	by_unit   text REFERENCES unit,
	PRIMARY KEY (matter_id, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE request IS 'What is asked of whoever a matter is from, by the event that asked or proposed it: a supplement before it is taken up, a question while a unit works.';
COMMENT ON COLUMN request.by_unit IS 'The unit that proposed it; null where the desk asks by itself.';

CREATE TABLE request_item (
	matter_id bigint NOT NULL,
	no        int NOT NULL,
	item      int NOT NULL CHECK (item > 0),
	words     text NOT NULL CHECK (words <> ''),
	PRIMARY KEY (matter_id, no, item),
	FOREIGN KEY (matter_id, no) REFERENCES request
);
COMMENT ON TABLE request_item IS 'One thing that a request asks for.';

CREATE TABLE request_put (
	matter_id bigint NOT NULL,
	no        int NOT NULL,
	seq       bigint NOT NULL,
	last_on   date,
	PRIMARY KEY (matter_id, no),
	FOREIGN KEY (matter_id, no) REFERENCES request,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE request_put IS 'That a request reached whom it is to, by which event: what a unit proposes does only once the desk passes it on.';
COMMENT ON COLUMN request_put.last_on IS 'Its last day, as it was told; null where no rule was in force.';

CREATE TABLE request_answer (
	matter_id bigint NOT NULL,
	no        int NOT NULL,
	item      int NOT NULL,
	seq       bigint NOT NULL,
	guarded   boolean NOT NULL DEFAULT false,
	PRIMARY KEY (matter_id, no, item),
	FOREIGN KEY (matter_id, no, item) REFERENCES request_item,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE request_answer IS 'Which event answered an item; the words stand with the event.';
COMMENT ON COLUMN request_answer.guarded IS 'It was told to the supervising desk alone: no handling unit is to know that it was answered.';

CREATE TABLE request_waiver (
	matter_id bigint NOT NULL,
	no        int NOT NULL,
	item      int NOT NULL,
	seq       bigint NOT NULL,
	PRIMARY KEY (matter_id, no, item),
	FOREIGN KEY (matter_id, no, item) REFERENCES request_item,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE request_waiver IS 'By which event an item was needed no more.';

CREATE TABLE request_end (
	matter_id bigint NOT NULL,
	no        int NOT NULL,
	seq       bigint NOT NULL,
	how       text NOT NULL CHECK (how IN ('refused', 'withdrawn', 'lapsed', 'over')),
	PRIMARY KEY (matter_id, no),
	FOREIGN KEY (matter_id, no) REFERENCES request,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE request_end IS 'That nobody waits for a request any more: the desk did not pass it on, it was withdrawn, its last day passed, or the matter has gone on without it. What is wholly answered needs none.';


CREATE TRIGGER request_added AFTER INSERT ON request REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_supplement propose_question');
CREATE TRIGGER request_put_added AFTER INSERT ON request_put REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_supplement pass_question');
CREATE TRIGGER request_answer_added AFTER INSERT ON request_answer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide');
CREATE TRIGGER request_waiver_added AFTER INSERT ON request_waiver REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'waive_items');
CREATE TRIGGER request_end_added AFTER INSERT ON request_end REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');

-- Items hang on a request and not on an event: they come with it, and none later.
-- +goose StatementBegin
CREATE FUNCTION request_items_come_with_it() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (
		SELECT FROM added a JOIN request q USING (matter_id, no) CROSS JOIN LATERAL move_now(a.matter_id) m WHERE m.seq IS DISTINCT FROM q.seq) THEN
		PERFORM refuse_rewriting(TG_TABLE_NAME);
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER request_item_added AFTER INSERT ON request_item REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION request_items_come_with_it();

-- Whoever a matter is from sees of its requests those that were put to them, and says
-- which items they answer.
ALTER TABLE request ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_put ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_waiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_end ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON request TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON request_item TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON request_put TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON request_answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON request_waiver TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON request_end TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON request_put FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock));
CREATE POLICY own_read ON request FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request.matter_id AND p.no = request.no));
CREATE POLICY own_read ON request_item FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request_item.matter_id AND p.no = request_item.no));
CREATE POLICY own_read ON request_answer FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request_answer.matter_id AND p.no = request_answer.no));
CREATE POLICY own_read ON request_waiver FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request_waiver.matter_id AND p.no = request_waiver.no));
CREATE POLICY own_read ON request_end FOR SELECT TO zhengxin_portal USING (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request_end.matter_id AND p.no = request_end.no));
CREATE POLICY own_add ON request_answer FOR INSERT TO zhengxin_portal WITH CHECK (EXISTS (SELECT FROM request_put p WHERE p.matter_id = request_answer.matter_id AND p.no = request_answer.no));
GRANT SELECT ON request, request_item, request_put, request_answer, request_waiver, request_end TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT INSERT ON request, request_item, request_put, request_answer, request_waiver, request_end TO zhengxin_admin;
GRANT INSERT ON request_answer TO zhengxin_portal;
GRANT INSERT ON request_end TO zhengxin_worker;

-- How long a question is waited for; a supplement has a rule already. Whoever is asked is
-- not late: the term ends, and the work goes on.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('PF-ASK', '请投诉人补充', 'platform', 'question_put', 'question_answered', 10, 'ND', true, '本平台承诺', 'design', '2024-01-01');

-- +goose Down
SELECT 1 / 0;
