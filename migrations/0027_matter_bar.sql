-- +goose Up
-- Who was once named as the accused stays barred (信访工作条例 30). The unit that
-- the complainant chose was kept nowhere once a registrar had settled another:
-- two presses, or one honest mistake, handed the complaint to whom it is about.
-- Now every unit that is named on a matter is a row that stays, and taking a bar
-- away is the move of a second person, with a reason that the complainant reads.

CREATE TABLE matter_bar (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id    bigint NOT NULL REFERENCES matter,
	unit         text REFERENCES unit,
	staff_id     bigint REFERENCES staff,
	how          text NOT NULL CHECK (how IN ('chosen', 'settled', 'meant', 'named')),
	seq          bigint NOT NULL,
	released_seq bigint,
	CHECK ((unit IS NULL) = (how = 'named') AND (staff_id IS NULL) = (how <> 'named')),
	FOREIGN KEY (matter_id, released_seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX matter_bar_matter ON matter_bar (matter_id);
COMMENT ON TABLE matter_bar IS 'Who may not have a matter: units once named on it, and people whose name or login its words hold. Rows are written by triggers and never removed; a second person may release one, once.';
COMMENT ON COLUMN matter_bar.how IS 'chosen: as it came in; settled: by the desk later; meant: the words for it may mean this unit; named: the words hold this person.';
COMMENT ON COLUMN matter_bar.seq IS 'The newest event when it was named.';
GRANT SELECT, UPDATE (released_seq) ON matter_bar TO zhengxin_admin;

ALTER TABLE matter ADD COLUMN named text[] NOT NULL DEFAULT '{}', ADD COLUMN persons bigint[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN matter.named IS 'The units that were chosen or settled and not released: they never have it. From matter_bar, as meant and persons, for what reads many.';
COMMENT ON COLUMN matter.meant IS 'The units that the words for the accused may mean, while not released. They do not have it while anybody else can.';
COMMENT ON COLUMN matter.persons IS 'The people whose names the words hold, while not released: as meant.';

-- What a matter comes with. These two run in every filing: they name the table in
-- full, so that they need not change settings.
-- +goose StatementBegin
CREATE FUNCTION matter_names_unit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.unit IS NOT NULL AND NEW.unit <> ALL (NEW.named) THEN
		NEW.named := NEW.named || NEW.unit;
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_names_unit BEFORE INSERT OR UPDATE OF unit ON matter
	FOR EACH ROW EXECUTE FUNCTION matter_names_unit();

-- +goose StatementBegin
CREATE FUNCTION matter_bars_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO public.matter_bar (matter_id, unit, staff_id, how, seq)
		SELECT NEW.id, u, NULL::bigint, 'chosen', NEW.seq FROM unnest(NEW.named) AS u
		UNION ALL SELECT NEW.id, u, NULL, 'meant', NEW.seq FROM unnest(NEW.meant) AS u
		UNION ALL SELECT NEW.id, NULL::text, p, 'named', NEW.seq FROM unnest(NEW.persons) AS p;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_bars_kept AFTER INSERT ON matter
	FOR EACH ROW WHEN (NEW.named <> '{}' OR NEW.meant <> '{}' OR NEW.persons <> '{}') EXECUTE FUNCTION matter_bars_kept();
CREATE TRIGGER matter_bars_grow AFTER UPDATE OF unit ON matter
	FOR EACH ROW WHEN (NEW.named <> OLD.named) EXECUTE FUNCTION matter_bars_kept();

-- Releasing one: by an event of its own, of somebody who never settled the unit,
-- once, and never the unit that it is about now.
-- +goose StatementBegin
CREATE FUNCTION matter_bar_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	releaser bigint;
	settler bigint;
BEGIN
	SELECT staff_id INTO releaser FROM event WHERE matter_id = OLD.matter_id AND seq = NEW.released_seq AND action = 'release_bar';
	SELECT staff_id INTO settler FROM event WHERE matter_id = OLD.matter_id AND action = 'settle_unit' AND staff_id = releaser LIMIT 1;
	IF to_jsonb(NEW) - 'released_seq' <> to_jsonb(OLD) - 'released_seq' OR OLD.released_seq IS NOT NULL
		OR releaser IS NULL OR settler IS NOT NULL
		OR NEW.released_seq <> (SELECT max(seq) FROM event WHERE matter_id = OLD.matter_id) -- the move under way
		OR EXISTS (SELECT FROM matter_bar b WHERE b.matter_id = OLD.matter_id AND b.released_seq = NEW.released_seq
			AND (b.unit, b.staff_id) IS DISTINCT FROM (OLD.unit, OLD.staff_id)) -- one move, one bar
		OR EXISTS (SELECT FROM matter m WHERE m.id = OLD.matter_id AND m.unit = OLD.unit) THEN
		RAISE EXCEPTION 'a bar is released once, by a second person' USING ERRCODE = 'ZX007', CONSTRAINT = 'matter_bar_released';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_bar_guard BEFORE UPDATE ON matter_bar FOR EACH ROW EXECUTE FUNCTION matter_bar_guard();

-- +goose StatementBegin
CREATE FUNCTION matter_bars_read() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE matter m SET (named, meant, persons) = (
		SELECT coalesce(array_agg(DISTINCT unit) FILTER (WHERE how IN ('chosen', 'settled')), '{}'),
			coalesce(array_agg(DISTINCT unit) FILTER (WHERE how = 'meant'), '{}'),
			coalesce(array_agg(DISTINCT staff_id) FILTER (WHERE how = 'named'), '{}')
		FROM matter_bar b WHERE b.matter_id = m.id AND b.released_seq IS NULL)
	WHERE m.id = NEW.matter_id;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_bars_read AFTER UPDATE ON matter_bar FOR EACH ROW EXECUTE FUNCTION matter_bars_read();

INSERT INTO matter_bar (matter_id, unit, how, seq)
	SELECT id, unit, 'chosen', seq FROM matter WHERE unit IS NOT NULL
	UNION ALL SELECT m.id, u, 'meant', m.seq FROM matter m, unnest(m.meant) AS u;
UPDATE matter SET named = ARRAY[unit] WHERE unit IS NOT NULL;

-- All that is named bars from having it in hand, not only whom it is about now.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_barred_assignments(matters bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM FROM assignment a JOIN matter m ON m.id = a.matter_id
		WHERE a.ended_at IS NULL AND a.matter_id = ANY (matters) AND unit_bars(a.unit) && (m.named || m.meant);
	IF FOUND THEN
		RAISE EXCEPTION 'assignment to a barred unit' USING ERRCODE = 'ZX001', CONSTRAINT = 'assignment_not_accused';
	END IF;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION assignment_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	about matter;
BEGIN
	PERFORM share_unit_tree();
	SELECT * INTO about FROM matter WHERE id = NEW.matter_id FOR UPDATE;
	IF 'accusation' = ANY (about.flags) THEN
		RAISE EXCEPTION 'an accusation is never dispatched' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	IF about.unit IS NULL THEN
		RAISE EXCEPTION 'the accused unit is not settled' USING ERRCODE = 'ZX003', CONSTRAINT = 'assignment_accused_known';
	END IF;
	PERFORM refuse_barred_assignments(ARRAY[NEW.matter_id]);
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_unit_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM share_unit_tree();
	IF 'accusation' = ANY (NEW.flags) AND EXISTS (SELECT 1 FROM assignment WHERE matter_id = NEW.id AND ended_at IS NULL) THEN
		RAISE EXCEPTION 'an accusation is with no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	PERFORM refuse_barred_assignments(ARRAY[NEW.id]);
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- Who could settle a matter and is not barred from it: while there is somebody,
-- whoever its words may mean leaves it to them; while there is nobody, it is
-- hidden from no one but the accused.
-- +goose StatementBegin
CREATE FUNCTION somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM staff s
		WHERE s.role = ANY (roles) AND s.disabled_at IS NULL AND s.id <> ALL (persons)
			AND (who <> 'of_office' OR s.unit IS NULL OR s.unit = ANY (supervising_offices()))
			AND NOT EXISTS (
				SELECT FROM staff_bar b
				WHERE b.staff_id = s.id AND bars_still(b.until)
					AND (b.unit = ANY (named) OR who <> 'unnamed'
						AND (b.unit = ANY (meant) OR 'office_meant' = ANY (flags) AND b.unit = ANY (supervising_offices())))));
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION somebody_settles IS 'Whether anybody of the roles that settle is not barred from this matter and: of_office, is of the supervising office and free of doubt; free, is free of doubt; unnamed, is not named in its words.';
GRANT EXECUTE ON FUNCTION somebody_settles TO zhengxin_admin;

-- Letters to the desk go to the mailbox of a supervising office.
DROP FUNCTION about_office;
-- +goose StatementBegin
CREATE FUNCTION about_office(units text[], persons bigint[], flags text[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	RETURN flags && '{office_meant}' OR persons <> '{}' OR EXISTS (
		SELECT 1 FROM unnest(public.supervising_offices()) AS office WHERE units && public.unit_bars(office));
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION about_office IS 'True for a matter that some supervising office, or somebody in it, may not know of, or might not.';
REVOKE EXECUTE ON FUNCTION about_office FROM PUBLIC;
GRANT EXECUTE ON FUNCTION about_office TO zhengxin_worker;

-- A filing names whom it is about and bars nobody else for good: a stolen portal
-- could otherwise hide one from everybody.
ALTER POLICY file ON matter WITH CHECK (
	kind = 'complaint' AND state = 'submitted' AND seq = 1 AND closed_at IS NULL
	AND flags <@ '{anonymous,unit_unsettled,office_meant,reachable}' AND id = currval('matter_id')
	AND named <@ ARRAY[unit] AND persons = '{}');

-- Whom else the words may mean is not for the portal's process to read back.
REVOKE SELECT ON matter FROM zhengxin_portal;
GRANT SELECT (id, kind, number, state, unit, category, title, flags, opened_at, closed_at, due_at, seq, head, phase) ON matter TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
