-- +goose Up
-- Whoever is named in a complaint is kept away from it, whatever their role: a
-- registrar read, opened and rejected a complaint whose title named her. Which
-- words mean whom is worked out when they are written and whenever somebody
-- comes or is called otherwise. The portal's process learns nothing of it.

CREATE TABLE staff_called (
	staff_id bigint NOT NULL REFERENCES staff ON DELETE CASCADE,
	called   text NOT NULL CHECK (char_length(called) >= 2),
	PRIMARY KEY (staff_id, called)
);
COMMENT ON TABLE staff_called IS 'What each member of staff is called: the name as called_words() gives a text, also in traditional characters, and the login between two blanks. Rows are only added.';
GRANT SELECT, INSERT ON staff_called TO zhengxin_admin;

-- People set a name off by blanks, dots and invisible marks, and write a login
-- among other words.
-- +goose StatementBegin
CREATE FUNCTION called_words(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	plain text := lower(normalize(words, NFKC));
BEGIN
	RETURN regexp_replace(plain, '[\s\u00ad\u200b-\u200f\u2060\ufeff·•・*_-]', '', 'g')
		|| E'\n ' || regexp_replace(plain, '[^a-z0-9]+', ' ', 'g') || ' ';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION called_words IS 'A text as names are looked for in it: its words without what sets them off, and after them its Latin words, each between blanks.';

-- +goose StatementBegin
CREATE FUNCTION called_in(words text) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
	plain text := public.called_words(words);
BEGIN
	RETURN ARRAY(SELECT DISTINCT c.staff_id FROM public.staff_called c WHERE position(c.called IN plain) > 0);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION called_in IS 'The staff whose name or login a text holds.';

-- +goose StatementBegin
CREATE FUNCTION bar_named(matter bigint, people bigint[], since bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.matter_bar (matter_id, staff_id, how, seq)
	SELECT bar_named.matter, p, 'named', since FROM unnest(people) AS p
	WHERE NOT EXISTS (SELECT FROM public.matter_bar b WHERE b.matter_id = bar_named.matter AND b.staff_id = p);
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

-- What somebody is called from now on, and who wrote of them before they came.
-- The first pass only asks for the characters in their order, which is a tenth
-- of the work of looking at every word.
-- +goose StatementBegin
CREATE FUNCTION staff_called_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	likely text := '%' || array_to_string(regexp_split_to_array(btrim(replace(NEW.called, '%', '_')), ''), '%') || '%';
BEGIN
	PERFORM bar_named(w.matter_id, ARRAY[NEW.staff_id], w.seq)
	FROM (
		SELECT c.matter_id, 1 AS seq, concat_ws(E'\n', m.title, c.unit_said, c.request, c.facts, c.reasons, c.elsewhere, c.contract_no) AS said
		FROM complaint c JOIN matter m ON m.id = c.matter_id
		UNION ALL SELECT s.matter_id, s.seq, s.body FROM supplement s
	) AS w
	WHERE w.said ILIKE likely AND position(NEW.called IN called_words(w.said)) > 0;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER staff_called_before AFTER INSERT ON staff_called FOR EACH ROW EXECUTE FUNCTION staff_called_before();

-- +goose StatementBegin
CREATE FUNCTION staff_is_called() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	INSERT INTO staff_called (staff_id, called)
	SELECT NEW.id, called FROM (VALUES
		(split_part(called_words(NEW.name), E'\n', 1)),
		(' ' || btrim(regexp_replace(NEW.login, '[^a-z0-9]+', ' ', 'g')) || ' ')) AS c (called)
	WHERE char_length(btrim(called)) >= 2
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_is_called AFTER INSERT OR UPDATE OF name, login ON staff FOR EACH ROW EXECUTE FUNCTION staff_is_called();

INSERT INTO staff_called (staff_id, called)
	SELECT DISTINCT s.id, c.called FROM staff s, LATERAL (VALUES
		(split_part(called_words(s.name), E'\n', 1)),
		(' ' || btrim(regexp_replace(s.login, '[^a-z0-9]+', ' ', 'g')) || ' ')) AS c (called)
	WHERE char_length(btrim(c.called)) >= 2;

-- +goose Down
SELECT 1 / 0;
