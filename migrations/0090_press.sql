-- +goose Up
-- The fourth register, the media's lane: leads of admitted journalists, what they ask a
-- unit to state, until when nothing of it may be published, and where it appeared. All
-- of it is only ever added.

INSERT INTO matter_kind (kind, relation, members) VALUES ('press', 'owner', '{media}');
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
UPDATE matter_kind SET member_opens = 'lodged' WHERE kind = 'press';
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

-- Who lodged a lead has part in it: a branch more, of whichever there are.
-- +goose StatementBegin
DO $$ BEGIN
	EXECUTE 'CREATE OR REPLACE VIEW member_part AS ' || rtrim(pg_get_viewdef('member_part'::regclass), ';')
		|| ' UNION ALL SELECT l.matter_id, l.member_id, ''journalist'' FROM press_lead l';
END $$;
-- +goose StatementEnd

-- Of a lead that asks nothing, its unit is not to know, nor whoever of the office came from
-- it: as of a complaint.
-- +goose StatementBegin
CREATE FUNCTION press_lead_bars() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE matter m SET named = m.named || NEW.unit WHERE m.id = NEW.matter_id AND NEW.unit IS NOT NULL AND NEW.unit <> ALL (m.named)
		AND NOT EXISTS (SELECT FROM press_question q WHERE q.matter_id = NEW.matter_id);
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER press_lead_bars AFTER INSERT ON press_lead FOR EACH ROW EXECUTE FUNCTION press_lead_bars();

-- What a journalist does on the portal: with the one lead that they open, or have open.
ALTER TABLE press_lead ENABLE ROW LEVEL SECURITY;
ALTER TABLE press_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE press_publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON press_lead TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON press_question TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON press_publication TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY member_file ON press_lead FOR INSERT TO zhengxin_portal WITH CHECK (
	matter_id = (SELECT filed_now()) AND (member_id, name) = (SELECT u.member_id, u.member_name FROM unlock u WHERE u.opens = 'press'));
CREATE POLICY member_file ON press_question FOR INSERT TO zhengxin_portal WITH CHECK (
	seq = 1 AND matter_id = (SELECT filed_now()) AND EXISTS (SELECT FROM unlock u WHERE u.opens = 'press'));
CREATE POLICY own_add ON press_question FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
CREATE POLICY own_add ON press_publication FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
CREATE POLICY own_read ON press_question FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
CREATE POLICY own_read ON press_publication FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
GRANT INSERT ON press_lead, press_question, press_publication TO zhengxin_portal;
GRANT SELECT ON press_question, press_publication TO zhengxin_portal;

-- +goose StatementBegin
CREATE FUNCTION press_outlet(of_unlock bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT m.outlet FROM unlock u JOIN member m ON m.id = u.member_id WHERE u.token_hash = of_unlock AND u.opens = 'press' AND u.expires_at > now()
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION press_outlet IS 'For whom the journalist works who is about to open a lead.';

-- +goose StatementBegin
CREATE FUNCTION member_leads(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Name', w.name, 'Outlet', w.outlet, 'Leads', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at, 'UnitName', coalesce(u.name, ''),
			'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k)
			) ORDER BY m.phase, m.opened_at DESC, m.id DESC)
		FROM press_lead l JOIN matter m ON m.id = l.matter_id LEFT JOIN unit u ON u.code = m.unit WHERE l.member_id = w.id))
	FROM member w WHERE w.id = who AND w.kind = 'media'), 'false');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_leads IS 'The leads of the journalist who is logged in; null when the session opens nothing, false for whoever is none.';

-- +goose StatementBegin
CREATE FUNCTION member_lead(of_session bytea, of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at, 'UnitName', coalesce(u.name, ''),
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Concerns', coalesce(c.name, ''), 'Knows', l.known, 'WantedBy', l.wanted_by,
		'Questions', (SELECT jsonb_agg(jsonb_build_object('No', q.no, 'Round', CASE WHEN q.seq = 1 THEN 1 ELSE 2 END, 'Said', q.said) ORDER BY q.no) FROM press_question q WHERE q.matter_id = m.id),
		'Publications', (SELECT jsonb_agg(jsonb_build_object('No', x.no, 'Title', x.title, 'Outlet', x.outlet, 'On', x.appeared_on, 'Link', x.link, 'Dropped', x.dropped) ORDER BY x.no)
			FROM press_publication x WHERE x.matter_id = m.id AND x.seq = (SELECT max(y.seq) FROM press_publication y WHERE y.matter_id = m.id AND y.no = x.no)),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''),
		'Papers', (SELECT jsonb_agg(jsonb_build_object('Paper', d.paper, 'ServedOn', d.served_on) ORDER BY d.seq DESC) FROM document d WHERE d.matter_id = m.id AND d.served_on IS NOT NULL),
		'Notice', coalesce((SELECT n.id FROM notice n WHERE n.matter_id = m.id AND n.kind = 'statement' AND n.taken_down_at IS NULL ORDER BY n.id DESC LIMIT 1), 0))
	FROM matter m JOIN press_lead l ON l.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit LEFT JOIN unit c ON c.code = l.unit
	WHERE m.number = of_number AND l.member_id = who), 'false');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_lead IS 'One of them, as its journalist may know it: public sentences, statements that were signed, and no draft, internal word or name of staff. Null when the session opens nothing, false where it is not theirs.';

REVOKE EXECUTE ON FUNCTION press_outlet, member_leads, member_lead FROM PUBLIC;
GRANT EXECUTE ON FUNCTION press_outlet, member_leads, member_lead TO zhengxin_portal;

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
