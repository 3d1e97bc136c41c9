-- +goose Up
-- Whom a complaint keeps away learns nothing either of what follows from it, for
-- as long as it does. A case copied the bars of its complaint when it was opened
-- and heard of no later one. Now a matter says which one it follows from, and the
-- arrays of both are read from the rows of the whole line.

ALTER TABLE matter ADD COLUMN follows bigint REFERENCES matter;
COMMENT ON COLUMN matter.follows IS 'The matter that this one was opened from: who is kept from that one is kept from this.';
CREATE INDEX matter_follows ON matter (follows) WHERE follows IS NOT NULL;
ALTER POLICY file ON matter WITH CHECK (
	kind = 'complaint' AND state = 'submitted' AND seq = 1 AND closed_at IS NULL
	AND flags <@ '{anonymous,unit_unsettled,office_meant,reachable}' AND id = currval('matter_id')
	AND named <@ ARRAY[unit] AND persons = '{}' AND follows IS NULL);

-- +goose StatementBegin
CREATE FUNCTION read_bars(of_matter bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	after bigint[];
BEGIN
	WITH RECURSIVE line (id) AS (
		SELECT of_matter
		UNION SELECT m.id FROM line JOIN public.matter m ON m.follows = line.id
	)
	SELECT array_agg(id) INTO after FROM line;
	-- A statement of its own: the next one sees the bars that whoever held a row has
	-- added, and not those of before the wait.
	PERFORM FROM public.matter m WHERE m.id = ANY (after) ORDER BY m.id FOR NO KEY UPDATE;
	WITH RECURSIVE line (id, of_whom) AS (
		SELECT a, a FROM unnest(after) AS a
		UNION SELECT m.follows, l.of_whom FROM line l JOIN public.matter m ON m.id = l.id WHERE m.follows IS NOT NULL
	), bars AS (
		SELECT l.of_whom AS id,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how IN ('chosen', 'settled')), '{}') AS named,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how = 'meant'), '{}') AS meant,
			coalesce(array_agg(DISTINCT b.staff_id) FILTER (WHERE b.how = 'named'), '{}') AS persons
		FROM line l LEFT JOIN public.matter_bar b ON b.matter_id = l.id AND b.released_seq IS NULL
		GROUP BY l.of_whom
	)
	UPDATE public.matter m SET named = b.named, meant = b.meant, persons = b.persons
	FROM bars b WHERE b.id = m.id AND (m.named, m.meant, m.persons) IS DISTINCT FROM (b.named, b.meant, b.persons);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION read_bars IS 'Reads the arrays of a matter, and of all that follow from it, from the rows of matter_bar.';

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_bars_read() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM read_bars(NEW.matter_id);
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- What follows begins with the bars that there are. These run in every filing and
-- in every release: they name the tables in full, so that they need not change
-- settings.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_names_unit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN
		SELECT m.named, m.meant, m.persons INTO NEW.named, NEW.meant, NEW.persons FROM public.matter m WHERE m.id = NEW.follows FOR SHARE;
	END IF;
	IF NEW.unit IS NOT NULL AND NEW.unit <> ALL (NEW.named) THEN
		NEW.named := NEW.named || NEW.unit;
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_bars_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN -- the others are rows of what it follows from
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, NEW.unit, 'chosen', NEW.seq WHERE NEW.unit IS NOT NULL;
	ELSIF TG_OP = 'INSERT' THEN
		INSERT INTO public.matter_bar (matter_id, unit, staff_id, how, seq)
		SELECT NEW.id, u, NULL::bigint, 'chosen', NEW.seq FROM unnest(NEW.named) AS u
		UNION ALL SELECT NEW.id, u, NULL, 'meant', NEW.seq FROM unnest(NEW.meant) AS u
		UNION ALL SELECT NEW.id, NULL::text, p, 'named', NEW.seq FROM unnest(NEW.persons) AS p;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = NEW.id;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION bar_named(matter bigint, people bigint[], since bigint) RETURNS void
LANGUAGE plpgsql AS $$
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
	END IF;
END
$$;
-- +goose StatementEnd

-- What staff write in a case may name one of them, too. Whoever wrote it is not
-- kept from their own words.
-- +goose StatementBegin
CREATE FUNCTION case_names_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	people bigint[];
BEGIN
	SELECT array_remove(public.called_in(concat_ws(E'\n', m.title, NEW.ground)), e.staff_id) INTO people
		FROM public.matter m JOIN public.event e ON e.matter_id = m.id AND e.seq = 1 WHERE m.id = NEW.matter_id;
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, 1);
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER case_names_staff AFTER INSERT ON discipline_case FOR EACH ROW EXECUTE FUNCTION case_names_staff();

-- +goose StatementBegin
CREATE FUNCTION warning_names_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	people bigint[] := array_remove(public.called_in(concat_ws(E'\n', NEW.facts, NEW.basis, NEW.demand, NEW.consequences)), NEW.drafted_by);
BEGIN
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, NEW.seq);
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER warning_names_staff AFTER INSERT ON warning_draft FOR EACH ROW EXECUTE FUNCTION warning_names_staff();

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION bar_from_what_names(person bigint, who text, is_login boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	likely text := CASE WHEN is_login THEN '%' || replace(who, '_', '\_') || '%'
		ELSE '%' || array_to_string(regexp_split_to_array(regexp_replace(who, '[^[:alnum:]]', '_', 'g'), ''), '%') || '%' END;
BEGIN
	PERFORM public.bar_named(w.matter_id, ARRAY[person], w.seq)
	FROM (
		SELECT c.matter_id, 1 AS seq, concat_ws(E'\n', m.title, c.unit_said, c.request, c.facts, c.reasons, c.elsewhere, c.contract_no) AS said
		FROM public.complaint c JOIN public.matter m ON m.id = c.matter_id
		UNION ALL SELECT s.matter_id, s.seq, s.body FROM public.supplement s
		UNION ALL SELECT c.matter_id, 1, concat_ws(E'\n', m.title, c.ground)
		FROM public.discipline_case c JOIN public.matter m ON m.id = c.matter_id JOIN public.event e ON e.matter_id = m.id AND e.seq = 1
		WHERE e.staff_id <> person
		UNION ALL SELECT d.matter_id, d.seq, concat_ws(E'\n', d.facts, d.basis, d.demand, d.consequences)
		FROM public.warning_draft d WHERE d.drafted_by <> person
	) AS w
	WHERE (CASE WHEN who ~ '[a-z]' THEN w.said ILIKE likely ELSE w.said LIKE likely END OR w.said ~ '[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]') AND person = ANY (public.called_in(w.said));
END $$;
-- +goose StatementEnd

-- Who could still come in. An account whose first password went unused for its
-- term, and which never had a second factor, is nobody: it settles nothing, and
-- nothing is left to it.
-- +goose StatementBegin
CREATE FUNCTION may_come_in(person staff) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT person.disabled_at IS NULL AND (person.totp_sealed IS NOT NULL OR person.password_until IS NULL OR person.password_until > now())
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION may_come_in IS 'Whether a member of staff could log in: not closed, and not waiting for a first login whose password is over.';
GRANT EXECUTE ON FUNCTION may_come_in TO zhengxin_admin;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM staff s
		WHERE s.role = ANY (roles) AND may_come_in(s) AND s.id <> ALL (persons)
			AND (who <> 'of_office' OR s.unit IS NULL OR s.unit = ANY (supervising_offices()))
			AND NOT EXISTS (
				SELECT FROM staff_bar b
				WHERE b.staff_id = s.id AND bars_still(b.until)
					AND (b.unit = ANY (named) OR who <> 'unnamed'
						AND (b.unit = ANY (meant) OR 'office_meant' = ANY (flags) AND b.unit = ANY (supervising_offices())))));
END
$$;
-- +goose StatementEnd

-- Whoever is of no unit is of the supervising office: they had no bars at all, and
-- read a complaint about the very office that they work for.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION work_out_staff_bars(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	DELETE FROM staff_bar WHERE person IS NULL OR staff_id = person;
	INSERT INTO staff_bar (staff_id, unit, until)
	WITH post AS (
		SELECT p.staff_id, p.unit, p.bars_to FROM staff_post p WHERE person IS NULL OR p.staff_id = person
		UNION ALL
		SELECT s.id, o, NULL FROM staff s, unnest(supervising_offices()) AS o WHERE s.unit IS NULL AND (person IS NULL OR s.id = person)
	)
	SELECT p.staff_id, b.unit, CASE WHEN bool_and(p.bars_to IS NOT NULL) THEN max(p.bars_to) END
	FROM post p
		JOIN (SELECT code, unit_bars(code) AS bars FROM (SELECT DISTINCT unit AS code FROM post) AS own) AS o ON o.code = p.unit
		CROSS JOIN LATERAL unnest(o.bars) AS b (unit)
	GROUP BY p.staff_id, b.unit;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION staff_posted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	months int := coalesce((SELECT value::int FROM setting WHERE key = 'former_unit_bars_months'), 36);
	over date := (now() AT TIME ZONE 'Asia/Shanghai' + make_interval(months => months))::date;
BEGIN
	PERFORM lock_unit_tree(); -- or what is worked out here and of a changed tree would pass each other
	UPDATE staff_post SET left_at = now(), bars_to = over
		WHERE staff_id = NEW.id AND left_at IS NULL AND unit IS DISTINCT FROM NEW.unit;
	IF TG_OP = 'UPDATE' AND OLD.unit IS NULL AND NEW.unit IS NOT NULL THEN -- of the office until now
		INSERT INTO staff_post (staff_id, unit, left_at, bars_to) SELECT NEW.id, o, now(), over FROM unnest(supervising_offices()) AS o
			ON CONFLICT (staff_id, unit) DO UPDATE SET left_at = now(), bars_to = over;
	END IF;
	IF NEW.unit IS NOT NULL THEN
		INSERT INTO staff_post (staff_id, unit) VALUES (NEW.id, NEW.unit)
			ON CONFLICT (staff_id, unit) DO UPDATE SET left_at = NULL, bars_to = NULL;
	END IF;
	PERFORM work_out_staff_bars(NEW.id);
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- A new office changes the bars of those who are of no unit.
DROP TRIGGER unit_tree_lock_new ON unit;
DROP TRIGGER unit_tree_new ON unit;
CREATE TRIGGER unit_tree_lock_new AFTER INSERT ON unit
	FOR EACH ROW WHEN (NEW.successor IS NOT NULL OR (NEW.kind = 'office' AND NEW.parent IS NULL)) EXECUTE FUNCTION tree_lock();
CREATE TRIGGER unit_tree_new AFTER INSERT ON unit
	FOR EACH ROW WHEN (NEW.successor IS NOT NULL OR (NEW.kind = 'office' AND NEW.parent IS NULL)) EXECUTE FUNCTION unit_tree_changed();
DROP TRIGGER unit_tree_lock ON unit;
DROP TRIGGER unit_tree_changed ON unit;
CREATE TRIGGER unit_tree_lock BEFORE DELETE OR UPDATE OF code, parent, successor, kind ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION tree_lock();
CREATE TRIGGER unit_tree_changed AFTER DELETE OR UPDATE OF code, parent, successor, kind ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION unit_tree_changed();

UPDATE matter m SET follows = c.complaint FROM discipline_case c WHERE c.matter_id = m.id;
ALTER TABLE discipline_case DROP COLUMN complaint;
CREATE UNIQUE INDEX matter_one_case ON matter (follows) WHERE kind = 'case';
COMMENT ON TABLE discipline_case IS 'A 失信案件: what followed from a substantiated complaint.';
COMMENT ON INDEX matter_one_case IS 'One complaint, one case.';
-- A case's copies of what its complaint has.
DELETE FROM matter_bar b USING matter m
	WHERE m.id = b.matter_id AND m.follows IS NOT NULL AND b.unit IS DISTINCT FROM m.unit
		AND EXISTS (SELECT FROM matter_bar o WHERE o.matter_id = m.follows AND (o.unit, o.staff_id) IS NOT DISTINCT FROM (b.unit, b.staff_id));
SELECT read_bars(follows) FROM matter WHERE follows IS NOT NULL;
SELECT bar_from_what_names(staff_id, called, login) FROM staff_called;
SELECT work_out_staff_bars(NULL);

-- +goose Down
SELECT 1 / 0;
