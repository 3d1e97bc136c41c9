-- +goose Up
-- A complaint of several natures is split into parts, each of which is a complaint of its
-- own (domain-facts 1.1). A part follows the whole (matter.follows); whole and parts are kin.
-- Who complained and the query code stay with the whole: no process copies what it may not
-- read.
INSERT INTO matter_state (kind, state, phase) VALUES ('complaint', 'split', 1), ('complaint', 'parts_ended', 3), ('complaint', 'missplit', 3);

CREATE TABLE passed (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	of_id     bigint NOT NULL,
	of_seq    bigint NOT NULL,
	words     text NOT NULL,
	guarded   boolean NOT NULL,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	FOREIGN KEY (of_id, of_seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE passed IS 'What became of words that were added to a complaint after it was split, and of the part that was taken back: which part has them, or that none needs them.';
COMMENT ON COLUMN passed.words IS 'What of them a part was given; empty where a part began with them, or none needs them.';
COMMENT ON COLUMN passed.guarded IS 'They were told to the supervising desk alone: see supplement.guarded.';
CREATE UNIQUE INDEX passed_once ON passed (of_id, of_seq, matter_id);
ALTER TABLE passed ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON passed TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON passed FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u));
GRANT SELECT (matter_id, seq, words, guarded) ON passed TO zhengxin_portal;
GRANT SELECT, INSERT ON passed TO zhengxin_admin;
GRANT SELECT ON passed TO zhengxin_worker;
GRANT INSERT (nature) ON complaint TO zhengxin_admin;
CREATE TRIGGER passed_added AFTER INSERT ON passed REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'split_more take_part leave_part');

-- The bars of one of several that are kin are those of all: each of them is read beside the
-- others. So walks the line up, too, from a part to its whole.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION read_bars(of_matter bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	after bigint[];
BEGIN
	WITH RECURSIVE line (id) AS (
		SELECT of_matter
		UNION SELECT n.id FROM line CROSS JOIN LATERAL (
			SELECT m.id FROM public.matter m WHERE m.follows = line.id
			UNION ALL SELECT w.id FROM public.matter m JOIN public.matter w ON w.id = m.follows AND w.kind = m.kind WHERE m.id = line.id
			UNION ALL SELECT j.main_id FROM public.joint j WHERE j.matter_id = line.id AND j.ended_seq IS NULL) AS n (id)
	)
	SELECT array_agg(id) INTO after FROM line;
	-- A statement of its own: the next one sees the bars that whoever held a row has
	-- added, and not those of before the wait.
	PERFORM FROM public.matter m WHERE m.id = ANY (after) ORDER BY m.id FOR NO KEY UPDATE;
	WITH RECURSIVE line (id, of_whom) AS (
		SELECT a, a FROM unnest(after) AS a
		UNION SELECT n.id, l.of_whom FROM line l CROSS JOIN LATERAL (
			SELECT m.follows FROM public.matter m WHERE m.id = l.id AND m.follows IS NOT NULL
			UNION ALL SELECT p.id FROM public.matter m JOIN public.matter p ON p.follows = m.id AND p.kind = m.kind WHERE m.id = l.id
			UNION ALL SELECT j.matter_id FROM public.joint j WHERE j.main_id = l.id AND j.ended_seq IS NULL) AS n (id)
	), bars AS (
		SELECT l.of_whom AS id,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how IN ('chosen', 'settled')), '{}') AS named,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how = 'meant'), '{}') AS meant,
			coalesce(array_agg(DISTINCT b.staff_id) FILTER (WHERE b.how IN ('named', 'declared')), '{}') AS persons
		FROM line l LEFT JOIN public.matter_bar b ON b.matter_id = l.id AND b.released_seq IS NULL
		GROUP BY l.of_whom
	)
	UPDATE public.matter m SET named = b.named, meant = b.meant, persons = b.persons
	FROM bars b WHERE b.id = m.id AND (m.named, m.meant, m.persons) IS DISTINCT FROM (b.named, b.meant, b.persons);
END $$;

CREATE OR REPLACE FUNCTION bar_named(matter bigint, people bigint[], since bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
	-- Two at once: whoever is second reads what the first has written.
	PERFORM FROM public.matter m WHERE m.id = bar_named.matter FOR NO KEY UPDATE;
	-- A namesake who was released is barred again by words that come later.
	INSERT INTO public.matter_bar (matter_id, staff_id, how, seq)
	SELECT bar_named.matter, p, 'named', since FROM unnest(people) AS p
	WHERE NOT EXISTS (SELECT FROM public.matter_bar b
		WHERE b.matter_id = bar_named.matter AND b.staff_id = p AND (b.released_seq IS NULL OR b.released_seq >= since));
	-- Added to what stands there: in a filing the other bars are not rows yet.
	IF FOUND THEN
		UPDATE public.matter m SET persons = ARRAY(SELECT DISTINCT p FROM unnest(m.persons || people) AS p ORDER BY p) WHERE m.id = bar_named.matter;
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = bar_named.matter;
		PERFORM public.read_bars(w.id) FROM public.matter m JOIN public.matter w ON w.id = m.follows AND w.kind = m.kind WHERE m.id = bar_named.matter;
		PERFORM public.read_bars(j.main_id) FROM public.joint j WHERE j.matter_id = bar_named.matter AND j.ended_seq IS NULL;
	END IF;
END
$$;

-- Whom a new part names, or one whose unit is settled anew, is kept from its kin; where one
-- of those is in the hands of such a unit, that is not done.
CREATE FUNCTION matter_kin_bars() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	kin bigint[] := ARRAY(SELECT m.id FROM matter m WHERE m.kind = NEW.kind AND coalesce(m.follows, m.id) = NEW.follows);
BEGIN
	IF EXISTS (SELECT FROM matter w WHERE w.id = NEW.follows AND w.kind = NEW.kind) THEN
		PERFORM read_bars(NEW.id);
		PERFORM FROM assignment a JOIN matter m ON m.id = a.matter_id
			WHERE a.ended_at IS NULL AND a.matter_id = ANY (kin) AND unit_bars(a.unit) && (m.named || m.meant);
		IF FOUND THEN
			RAISE EXCEPTION 'a part names a unit that has another part' USING ERRCODE = 'ZX091', CONSTRAINT = 'matter_kin_bars';
		END IF;
	END IF;
	RETURN NULL;
END $$;

-- Words that were passed on may name somebody, as those of a supplement.
CREATE FUNCTION passed_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM bar_named(NEW.matter_id, called_in(NEW.words), NEW.seq);
	RETURN NULL;
END $$;

-- The code of the whole opens its parts as well.
CREATE OR REPLACE FUNCTION open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	matched bigint;
	wrong int;
	wait int;
BEGIN
	-- Counted before it is checked, under the row's lock: many guesses at once
	-- are as many as one after the other.
	INSERT INTO unlock_attempt AS a (key, tries, since) VALUES (attempt, 1, open_unlock.at)
	ON CONFLICT (key) DO UPDATE SET
		tries = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' OR a.since > open_unlock.at + interval '1 minute' THEN 1 ELSE a.tries + 1 END,
		since = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' OR a.since > open_unlock.at + interval '1 minute' THEN open_unlock.at ELSE a.since END
	RETURNING a.tries, ceil(extract(epoch FROM a.since + interval '15 minutes' - open_unlock.at)) INTO wrong, wait;
	IF wrong > 5 THEN
		RETURN 'wait ' || wait;
	END IF;
	SELECT m.id INTO matched FROM matter m JOIN access_code c ON c.matter_id = CASE WHEN m.kind = 'complaint' THEN coalesce(m.follows, m.id) ELSE m.id END
		WHERE m.number = of_number AND c.mac = ANY (with_macs);
	IF matched IS NULL THEN
		RETURN 'wrong ' || (5 - wrong) || ' ' || wait;
	END IF;
	DELETE FROM unlock_attempt a WHERE a.key = attempt;
	INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES (as_token, matched, now() + interval '30 minutes');
	RETURN 'open';
END $$;

CREATE FUNCTION own_kin() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT jsonb_agg(jsonb_build_object('Number', k.number, 'Title', k.title, 'State', k.state, 'Whole', k.follows IS NULL) ORDER BY k.id)
	FROM unlock u JOIN matter o ON o.id = u.matter_id
		JOIN matter k ON k.kind = o.kind AND coalesce(k.follows, k.id) = coalesce(o.follows, o.id) AND k.id <> o.id
	WHERE u.token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND u.expires_at > now() AND u.member_id IS NULL AND o.kind = 'complaint'
$$;
COMMENT ON FUNCTION own_kin() IS 'The others of the complaints that one was split into, for the complainant who has one of them open.';

CREATE FUNCTION turn_unlock(of_token bytea, of_number text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	WITH turned AS (
		UPDATE unlock u SET matter_id = k.id FROM matter o, matter k
		WHERE u.token_hash = of_token AND u.expires_at > now() AND u.member_id IS NULL AND o.id = u.matter_id
			AND k.number = of_number AND k.kind = 'complaint' AND o.kind = 'complaint' AND coalesce(k.follows, k.id) = coalesce(o.follows, o.id)
		RETURNING u.matter_id)
	SELECT EXISTS (SELECT FROM turned)
$$;
COMMENT ON FUNCTION turn_unlock(of_token bytea, of_number text) IS 'Has a browser see another of the complaints that one was split into: whoever opened one has shown the code of all.';
-- +goose StatementEnd
REVOKE ALL ON FUNCTION matter_kin_bars() FROM PUBLIC;
REVOKE ALL ON FUNCTION passed_names_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION own_kin() FROM PUBLIC;
REVOKE ALL ON FUNCTION turn_unlock(bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_kin() TO zhengxin_portal;
GRANT EXECUTE ON FUNCTION turn_unlock(bytea, text) TO zhengxin_portal;
CREATE TRIGGER matter_kin_bars AFTER INSERT OR UPDATE OF unit ON matter FOR EACH ROW WHEN (NEW.follows IS NOT NULL) EXECUTE FUNCTION matter_kin_bars();
CREATE TRIGGER passed_names_staff AFTER INSERT ON passed FOR EACH ROW WHEN (NEW.words <> '') EXECUTE FUNCTION passed_names_staff();

-- +goose Down
SELECT 1 / 0;
