-- +goose Up
-- Whoever is named in a complaint is kept away from it, whatever their role: a
-- registrar read, opened and rejected a complaint whose title named her. Which
-- words mean whom is worked out when they are written and whenever somebody
-- comes or is called otherwise. The portal's process learns nothing of it.

CREATE TABLE staff_called (
	staff_id bigint NOT NULL REFERENCES staff ON DELETE CASCADE,
	called   text NOT NULL CHECK (char_length(called) >= 2),
	login    boolean NOT NULL,
	PRIMARY KEY (staff_id, called)
);
COMMENT ON TABLE staff_called IS 'What each member of staff is called: the name as run_together() gives it, and the login. Rows are only added.';
COMMENT ON COLUMN staff_called.login IS 'Found only as a word of its own: a short login stands in many words.';
GRANT SELECT ON staff_called TO zhengxin_admin;

CREATE TABLE staff_pattern (
	one    boolean PRIMARY KEY DEFAULT true CHECK (one),
	names  text NOT NULL,
	logins text NOT NULL
);
COMMENT ON TABLE staff_pattern IS 'All of staff_called as two patterns: one pass over a text says that it names nobody, which asking for each name took forty times as long.';
INSERT INTO staff_pattern (names, logins) VALUES ('(?!)', '(?!)');

-- Compatibility forms and capitals folded.
-- +goose StatementBegin
CREATE FUNCTION folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT lower(normalize(words, NFKC))
$$;
-- +goose StatementEnd

-- People set a name off by blanks, dots and invisible marks.
-- +goose StatementBegin
CREATE FUNCTION run_together(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT translate(words, E' \t\n\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff·•・*_-', '')
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION called_in(words text) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
	plain text := public.folded(words);
	together text := public.run_together(plain);
BEGIN
	-- A pattern that PostgreSQL refuses stops no filing: each name is asked for then.
	BEGIN
		PERFORM FROM public.staff_pattern p WHERE together ~ p.names OR plain ~ p.logins;
		IF NOT FOUND THEN
			RETURN '{}';
		END IF;
	EXCEPTION WHEN invalid_regular_expression THEN
		NULL;
	END;
	RETURN ARRAY(
		SELECT DISTINCT c.staff_id FROM public.staff_called c
		WHERE CASE WHEN c.login
			THEN plain ~ ('(^|[^a-z0-9])' || replace(c.called, '.', '\.') || '([^a-z0-9]|$)')
			ELSE position(c.called IN together) > 0 END);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION called_in IS 'The staff whose name or login a text holds.';

-- +goose StatementBegin
CREATE FUNCTION bar_named(matter bigint, people bigint[], since bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	-- Two at once: whoever is second reads what the first has written.
	PERFORM FROM public.matter m WHERE m.id = bar_named.matter FOR NO KEY UPDATE;
	-- A namesake who was released is barred again by words that come later.
	INSERT INTO public.matter_bar (matter_id, staff_id, how, seq)
	SELECT bar_named.matter, p, 'named', since FROM unnest(people) AS p
	WHERE NOT EXISTS (SELECT FROM public.matter_bar b
		WHERE b.matter_id = bar_named.matter AND b.staff_id = p AND (b.released_seq IS NULL OR b.released_seq >= since));
	IF FOUND THEN
		UPDATE public.matter m SET persons = ARRAY(
			SELECT b.staff_id FROM public.matter_bar b WHERE b.matter_id = m.id AND b.how = 'named' AND b.released_seq IS NULL ORDER BY b.staff_id)
		WHERE m.id = bar_named.matter;
	END IF;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION complaint_names_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	said text;
	people bigint[];
BEGIN
	SELECT m.title INTO said FROM public.matter m WHERE m.id = NEW.matter_id;
	people := public.called_in(concat_ws(E'\n', said, NEW.unit_said, NEW.request, NEW.facts, NEW.reasons, NEW.elsewhere, NEW.contract_no));
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, 1);
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER complaint_names_staff AFTER INSERT ON complaint FOR EACH ROW EXECUTE FUNCTION complaint_names_staff();

-- +goose StatementBegin
CREATE FUNCTION supplement_names_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	people bigint[] := public.called_in(NEW.body);
BEGIN
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, NEW.seq);
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER supplement_names_staff AFTER INSERT ON supplement FOR EACH ROW EXECUTE FUNCTION supplement_names_staff();

-- Whoever wrote of somebody before they came. Most texts are passed over by their
-- characters in that order, or by having no form that folding would change.
-- +goose StatementBegin
CREATE FUNCTION bar_from_what_names(person bigint, who text, is_login boolean) RETURNS void
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
	) AS w
	WHERE (CASE WHEN who ~ '[a-z]' THEN w.said ILIKE likely ELSE w.said LIKE likely END OR w.said ~ '[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]') AND person = ANY (public.called_in(w.said));
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION bar_from_what_names IS 'Keeps a person away from every matter whose words hold this name or login of theirs.';

-- +goose StatementBegin
CREATE FUNCTION staff_called_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM FROM staff_pattern FOR UPDATE; -- the next statement sees what whoever was first wrote
	UPDATE staff_pattern p SET (names, logins) = (
		SELECT coalesce(string_agg(regexp_replace(called, '([^[:alnum:]])', '\\\1', 'g'), '|') FILTER (WHERE NOT login), '(?!)'),
			coalesce(string_agg(regexp_replace(called, '([^[:alnum:]])', '\\\1', 'g'), '|') FILTER (WHERE login), '(?!)')
		FROM staff_called);
	PERFORM bar_from_what_names(NEW.staff_id, NEW.called, NEW.login);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_called_before AFTER INSERT ON staff_called FOR EACH ROW EXECUTE FUNCTION staff_called_before();

-- What was being filed while the account was made saw no such name, and was not
-- there to be looked through: it is when the person first comes in.
-- +goose StatementBegin
CREATE FUNCTION staff_comes_in() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM bar_from_what_names(c.staff_id, c.called, c.login) FROM staff_called c WHERE c.staff_id = NEW.id;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_comes_in AFTER UPDATE OF totp_sealed ON staff FOR EACH ROW
	WHEN (OLD.totp_sealed IS NULL AND NEW.totp_sealed IS NOT NULL) EXECUTE FUNCTION staff_comes_in();

-- +goose StatementBegin
CREATE FUNCTION staff_is_called() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	INSERT INTO staff_called (staff_id, called, login)
	SELECT NEW.id, c.called, c.login FROM (VALUES (run_together(folded(NEW.name)), false), (NEW.login, true)) AS c (called, login)
	WHERE char_length(c.called) >= 2
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_is_called AFTER INSERT OR UPDATE OF name, login ON staff FOR EACH ROW EXECUTE FUNCTION staff_is_called();

INSERT INTO staff_called (staff_id, called, login)
	SELECT s.id, c.called, c.login FROM staff s, LATERAL (VALUES (run_together(folded(s.name)), false), (s.login, true)) AS c (called, login)
	WHERE char_length(c.called) >= 2
	ON CONFLICT DO NOTHING;

-- +goose Down
SELECT 1 / 0;
