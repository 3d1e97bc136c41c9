-- +goose Up
-- A person is barred by themself and not only by the unit that they belong to
-- today: whoever is moved from the accused unit to the office takes what they
-- know and whom they owe along (信访工作条例 28). What each may not know of is
-- kept as rows, so that every page reads it with the session, in one round trip.

-- Whoever needs the tree of units to stand still shares its one row until the
-- end of the transaction, whoever changes the tree holds it alone. It was an
-- advisory lock, which is nobody's: whoever may send SQL could take it, the
-- portal's role too, and then no complaint was dispatched any more. PostgreSQL
-- lets a role lock a row only that it may update: these functions may, as their
-- owner, and no role may call them. They are called by triggers that run as the
-- owner too. Names are written out so that they need not change settings.

-- +goose StatementBegin
CREATE FUNCTION lock_unit_tree() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	PERFORM FROM public.unit_tree FOR UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the row of unit_tree is missing';
	END IF;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION lock_unit_tree IS 'Until the end of the transaction nobody else changes the tree of units or dispatches by it.';

-- +goose StatementBegin
CREATE FUNCTION share_unit_tree() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	PERFORM FROM public.unit_tree FOR KEY SHARE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the row of unit_tree is missing';
	END IF;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION share_unit_tree IS 'Until the end of the transaction nobody changes the tree of units; others may dispatch beside.';

CREATE TABLE staff_post (
	staff_id bigint NOT NULL REFERENCES staff ON DELETE CASCADE,
	unit     text NOT NULL REFERENCES unit,
	left_at  timestamptz,
	bars_to  date,
	PRIMARY KEY (staff_id, unit),
	CHECK ((left_at IS NULL) = (bars_to IS NULL))
);
COMMENT ON TABLE staff_post IS 'The units that a person belongs or belonged to: each bars them from its matters, a former one for a term. Kept by a trigger on staff; rows are only added and closed.';
COMMENT ON COLUMN staff_post.bars_to IS 'The first day on which a former unit bars no more; null while the person is there.';

CREATE TABLE staff_bar (
	staff_id bigint NOT NULL REFERENCES staff ON DELETE CASCADE,
	unit     text NOT NULL REFERENCES unit,
	until    date,
	PRIMARY KEY (staff_id, unit)
);
COMMENT ON TABLE staff_bar IS 'The units about which a person may know of no matter: unit_bars() of all their posts. Worked out anew by triggers whenever a post or the tree of units changes, and written by nothing else.';
GRANT SELECT ON staff_post, staff_bar TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION bars_still(until date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT until IS NULL OR until > (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION bars_still IS 'Whether a bar that ends on a day holds today, in Chinese time.';
GRANT EXECUTE ON FUNCTION bars_still TO zhengxin_admin;

INSERT INTO setting (key, value) VALUES ('former_unit_bars_months', '36') ON CONFLICT DO NOTHING;

-- +goose StatementBegin
CREATE FUNCTION work_out_staff_bars(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	DELETE FROM staff_bar WHERE person IS NULL OR staff_id = person;
	INSERT INTO staff_bar (staff_id, unit, until)
	SELECT p.staff_id, b.unit, CASE WHEN bool_and(p.bars_to IS NOT NULL) THEN max(p.bars_to) END
	FROM staff_post p
		JOIN (SELECT code, unit_bars(code) AS bars FROM (SELECT DISTINCT s.unit AS code FROM staff_post s WHERE person IS NULL OR s.staff_id = person) AS own) AS o ON o.code = p.unit
		CROSS JOIN LATERAL unnest(o.bars) AS b (unit)
	WHERE person IS NULL OR p.staff_id = person
	GROUP BY p.staff_id, b.unit;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION work_out_staff_bars IS 'Works the bars of one person out anew; of everybody for null.';

-- +goose StatementBegin
CREATE FUNCTION staff_posted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	months int := coalesce((SELECT value::int FROM setting WHERE key = 'former_unit_bars_months'), 36);
BEGIN
	PERFORM lock_unit_tree(); -- or what is worked out here and of a changed tree would pass each other
	UPDATE staff_post SET left_at = now(), bars_to = (now() AT TIME ZONE 'Asia/Shanghai' + make_interval(months => months))::date
		WHERE staff_id = NEW.id AND left_at IS NULL AND unit IS DISTINCT FROM NEW.unit;
	IF NEW.unit IS NOT NULL THEN
		INSERT INTO staff_post (staff_id, unit) VALUES (NEW.id, NEW.unit)
			ON CONFLICT (staff_id, unit) DO UPDATE SET left_at = NULL, bars_to = NULL;
	END IF;
	PERFORM work_out_staff_bars(NEW.id);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER staff_posted AFTER INSERT OR UPDATE OF unit ON staff FOR EACH ROW EXECUTE FUNCTION staff_posted();

-- The tree's version served a memory of bars in each process; the row stays as
-- what is locked.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION unit_tree_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM work_out_staff_bars(NULL);
	RETURN NULL;
END $$;
-- +goose StatementEnd
ALTER TABLE unit_tree DROP COLUMN version;
COMMENT ON TABLE unit_tree IS 'One row to lock: see share_unit_tree() and lock_unit_tree().';
REVOKE SELECT ON unit_tree FROM zhengxin_admin;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION tree_lock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM lock_unit_tree();
	RETURN NULL;
END $$;
-- +goose StatementEnd
-- A new unit changes nobody's bars, unless it is what another one was.
DROP TRIGGER unit_tree_lock ON unit;
DROP TRIGGER unit_tree_changed ON unit;
CREATE TRIGGER unit_tree_lock BEFORE DELETE OR UPDATE OF code, parent, successor ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION tree_lock();
CREATE TRIGGER unit_tree_changed AFTER DELETE OR UPDATE OF code, parent, successor ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION unit_tree_changed();
CREATE TRIGGER unit_tree_lock_new AFTER INSERT ON unit
	FOR EACH ROW WHEN (NEW.successor IS NOT NULL) EXECUTE FUNCTION tree_lock();
CREATE TRIGGER unit_tree_new AFTER INSERT ON unit
	FOR EACH ROW WHEN (NEW.successor IS NOT NULL) EXECUTE FUNCTION unit_tree_changed();
DROP TRIGGER unit_conflict_lock ON unit_conflict;
CREATE TRIGGER unit_conflict_lock BEFORE INSERT OR DELETE OR UPDATE ON unit_conflict
	FOR EACH STATEMENT EXECUTE FUNCTION tree_lock();

INSERT INTO staff_post (staff_id, unit) SELECT id, unit FROM staff WHERE unit IS NOT NULL;
SELECT work_out_staff_bars(NULL);

-- +goose Down
SELECT 1 / 0;
