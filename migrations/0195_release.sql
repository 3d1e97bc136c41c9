-- +goose Up
-- An answered complaint may be published, written anew so that nobody is known by it, as
-- long as whoever complained wants it. How far that has come is its newest event of these,
-- and no column: a consent is a complainant's own event, and the portal sets no flags.

CREATE TABLE release_text (
	id         uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
	matter_id  bigint NOT NULL REFERENCES matter,
	version    int NOT NULL CHECK (version > 0),
	seq        bigint NOT NULL,
	written_by bigint NOT NULL REFERENCES staff (id),
	answered   int NOT NULL,
	category   text NOT NULL,
	unit       text NOT NULL,
	title      text NOT NULL CHECK (title <> ''),
	question   text NOT NULL CHECK (question <> ''),
	answer     text NOT NULL CHECK (answer <> ''),
	PRIMARY KEY (matter_id, version),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE release_text IS 'What is published of a complaint or was to be: written anew by a publisher, each version by its event. The newest is what is approved and shown.';
COMMENT ON COLUMN release_text.id IS 'Its address in public, by which neither its complaint nor how many there are is guessed.';
COMMENT ON COLUMN release_text.unit IS 'With the category what the text was written for: changed since, it is shown no more.';
COMMENT ON COLUMN release_text.answered IS 'The version of the answer that it tells of: where another was sent since, it is shown no more.';
CREATE TRIGGER release_text_added AFTER INSERT ON release_text REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'write_release');

CREATE INDEX event_release ON event (matter_id, seq DESC) WHERE action IN ('allow_release', 'end_release', 'decline_release', 'write_release', 'return_release',
	'approve_release', 'agree_release', 'refuse_release', 'publish_release', 'take_down_release');

-- What the office does counts by the office's own event alone, whatever the portal writes.
-- With the rights of who asks: of one's own complaint a complainant, of any the office.
CREATE FUNCTION release_stage(of_matter bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT e.action FROM event e WHERE e.matter_id = of_matter AND e.action IN ('allow_release', 'end_release', 'decline_release', 'write_release', 'return_release',
		'approve_release', 'agree_release', 'refuse_release', 'publish_release', 'take_down_release')
		AND (e.actor = 'complainant') = (e.action IN ('allow_release', 'end_release', 'agree_release', 'refuse_release')) ORDER BY e.seq DESC LIMIT 1
$$;
COMMENT ON FUNCTION release_stage IS 'What was done last about publishing a complaint: its newest event of those.';

-- With the rights of its owner: of others' complaints nothing but that is learnt.
CREATE FUNCTION release_shared(of_matter bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM joint j WHERE of_matter IN (j.matter_id, j.main_id))
		OR EXISTS (SELECT FROM matter m WHERE m.id = of_matter AND m.follows IS NOT NULL) OR EXISTS (SELECT FROM matter p WHERE p.follows = of_matter AND p.kind = 'complaint')
$$;
COMMENT ON FUNCTION release_shared IS 'That others complained of it too, or that it is a part or has parts: one consent does not speak for all.';

-- What makes a text stale; what contests the answer takes it down for good, also where the answer is upheld.
CREATE FUNCTION release_stale(of_matter bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM (SELECT * FROM release_text r WHERE r.matter_id = of_matter ORDER BY r.version DESC LIMIT 1) t JOIN matter m ON m.id = t.matter_id
		WHERE t.answered IS DISTINCT FROM (SELECT max(a.version) FROM answer a WHERE a.matter_id = m.id AND a.sent_at IS NOT NULL)
			OR m.unit IS DISTINCT FROM t.unit OR m.category IS DISTINCT FROM t.category
			OR EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.seq > t.seq AND e.action IN ('contest', 'ask_recheck', 'deny_closing', 'doubt_closing', 'doubt_promise')))
$$;
COMMENT ON FUNCTION release_stale IS 'That another answer was sent since the newest text was written, another unit or category set, or the answer contested or doubted.';

-- How many complained about the same unit of the same kind of thing within a year: whoever is
-- asked for consent is told. No more than 20 are counted.
CREATE FUNCTION release_crowd(of_matter bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT count(*) FROM (SELECT FROM matter m JOIN matter o ON o.kind = m.kind AND o.unit = m.unit AND o.category = m.category
			AND o.opened_at BETWEEN m.opened_at - interval '1 year' AND m.opened_at + interval '1 year'
		WHERE m.id = of_matter LIMIT 20) same
$$;
COMMENT ON FUNCTION release_crowd IS 'How many complain about the same unit and kind of thing within a year of a complaint, itself among them; at most 20.';

CREATE FUNCTION release_never(of_matter bigint, flags text[], category text, unit text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT unit IS NULL OR category IS NULL OR release_shared(of_matter) OR flags && '{accusation,unit_unsettled,sealed,case_opened,closed_before}'::text[] OR coalesce(category, '') LIKE 'F%'
		OR EXISTS (SELECT FROM supplement s WHERE s.matter_id = of_matter AND s.guarded)
		OR EXISTS (SELECT FROM passed p WHERE p.matter_id = of_matter AND p.guarded)
		OR EXISTS (SELECT FROM complaint c WHERE c.matter_id = of_matter AND (c.rating_told = 'desk' OR c.nature = 'ACC'))
$$;
COMMENT ON FUNCTION release_never IS 'That a complaint is never published: an accusation, what was referred or became a case, what tells of retaliation or was confided to the supervising desk, what is not settled, an old record.';

INSERT INTO setting (key, value) VALUES ('release_least', '5');
CREATE FUNCTION release_few(of_matter bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
	SELECT count(o.id) < coalesce((SELECT s.value::int FROM setting s WHERE s.key = 'release_least' AND s.value ~ '^[0-9]{1,4}$'), 5)
	FROM matter m JOIN matter o ON o.kind = m.kind AND o.unit = m.unit AND o.opened_at BETWEEN m.opened_at - interval '1 year' AND m.opened_at + interval '1 year'
	WHERE m.id = of_matter
$$;
COMMENT ON FUNCTION release_few IS 'That so few complain about the unit that whoever did may be guessed.';

CREATE VIEW release_open WITH (security_invoker = true) AS
SELECT n.matter_id, n.action, n.at FROM (
	SELECT DISTINCT ON (e.matter_id) e.matter_id, e.action, e.at FROM event e WHERE e.action IN ('allow_release', 'end_release', 'decline_release', 'write_release', 'return_release',
		'approve_release', 'agree_release', 'refuse_release', 'publish_release', 'take_down_release')
		AND (e.actor = 'complainant') = (e.action IN ('allow_release', 'end_release', 'agree_release', 'refuse_release')) ORDER BY e.matter_id, e.seq DESC) n
WHERE n.action NOT IN ('end_release', 'decline_release');
COMMENT ON VIEW release_open IS 'Which complaints their complainants want published, as it stands, and what was done last about it.';

-- The public reads this and nothing else: the consent, the staff''s own event and what
-- must never be published are asked anew each time, so that nothing has to be taken down.
-- +goose StatementBegin
CREATE FUNCTION public_releases() RETURNS TABLE (id uuid, title text, question text, answer text, category text, unit text, shown_in date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT t.id, t.title, t.question, t.answer, t.category, t.unit, date_trunc('month', o.at AT TIME ZONE 'Asia/Shanghai')::date
	FROM release_open o JOIN matter m ON m.id = o.matter_id
		CROSS JOIN LATERAL (SELECT * FROM release_text r WHERE r.matter_id = m.id ORDER BY r.version DESC LIMIT 1) t
	WHERE o.action = 'publish_release' AND m.state IN ('replied', 'rated', 'closed', 'rechecked') AND NOT release_never(m.id, m.flags, m.category, m.unit) AND NOT release_stale(m.id)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION public_releases IS 'What is published of complaints now, and not from which; the month and no day, which may tell when somebody was answered.';

-- +goose StatementBegin
CREATE FUNCTION release_was_public(of_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM release_text t JOIN event e ON e.matter_id = t.matter_id AND e.seq > t.seq AND e.action = 'publish_release' WHERE t.id = of_id)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION release_was_public IS 'That something stood at this address once; what, nobody is told.';

ALTER TABLE release_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON release_text TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
-- Whoever complained sees what two people of the office have agreed on, and no draft.
CREATE POLICY own_read ON release_text FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlock.matter_id FROM unlock)
	AND release_stage(matter_id) IN ('approve_release', 'agree_release', 'publish_release'));
GRANT SELECT ON release_text TO zhengxin_admin, zhengxin_portal, zhengxin_worker;
GRANT INSERT (matter_id, version, seq, written_by, answered, category, unit, title, question, answer) ON release_text TO zhengxin_admin;
GRANT SELECT ON release_open TO zhengxin_admin;
REVOKE EXECUTE ON FUNCTION release_stage, release_never, release_shared, release_stale, release_crowd, release_few, public_releases, release_was_public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION release_stage, release_never, release_shared TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT EXECUTE ON FUNCTION release_few, release_stale TO zhengxin_admin, zhengxin_worker;
GRANT EXECUTE ON FUNCTION release_crowd TO zhengxin_portal;
GRANT EXECUTE ON FUNCTION public_releases, release_was_public TO zhengxin_portal;

-- A publisher reads a complaint while its complainant wants it published, as a handling
-- unit reads it.
ALTER TABLE matter_reader ADD COLUMN consented boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN matter_reader.consented IS 'Only while whoever it is from wants it published (release_open).';
INSERT INTO matter_reader (kind, role, consented) VALUES ('complaint', 'publisher', true);

-- +goose Down
SELECT 1 / 0;
