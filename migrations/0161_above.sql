-- +goose Up
-- What a unit does not do, or has nobody to do, is told to the unit above it: the nearest
-- one that is in force and not barred from the matter (信访工作条例 30). The supervising
-- office, at the top, is told anyway.
-- +goose StatementBegin
CREATE FUNCTION unit_above(of_matter bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH RECURSIVE up AS (
		SELECT u.parent AS code, 1 AS nth FROM assignment a JOIN unit u ON u.code = a.unit
		WHERE a.matter_id = of_matter AND a.part = 'lead' AND a.ended_at IS NULL
		UNION ALL SELECT u.parent, up.nth + 1 FROM up JOIN unit u ON u.code = up.code WHERE up.nth < 20
	)
	SELECT up.code FROM up JOIN unit u ON u.code = up.code JOIN matter m ON m.id = of_matter
	WHERE up.code <> ALL (supervising_offices()) AND coalesce(u.valid_to >= current_date, true) AND NOT unit_bars(up.code) && (m.named || m.meant)
		AND NOT EXISTS (SELECT FROM staff s WHERE s.unit = up.code AND s.disabled_at IS NULL AND s.id = ANY (m.persons))
	ORDER BY up.nth LIMIT 1
$$;

-- Whose letter it is, as it is written: that of the unit that leads, or of the one above.
CREATE FUNCTION letter_unit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	NEW.unit := CASE NEW.recipient
		WHEN 'unit' THEN (SELECT a.unit FROM assignment a WHERE a.matter_id = NEW.matter_id AND a.part = 'lead' AND a.ended_at IS NULL)
		ELSE unit_above(NEW.matter_id) END;
	RETURN NEW;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION unit_above(bigint), letter_unit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unit_above(bigint) TO zhengxin_admin, zhengxin_worker;
CREATE TRIGGER letter_unit BEFORE INSERT ON letter FOR EACH ROW WHEN (NEW.recipient IN ('unit', 'above') AND NEW.unit IS NULL) EXECUTE FUNCTION letter_unit();
ALTER TABLE letter DROP CONSTRAINT letter_recipient_check, ADD CONSTRAINT letter_recipient_check CHECK (recipient ~ '^(complainant|unit|above|desk|member:[1-9][0-9]*)$');
COMMENT ON COLUMN letter.unit IS 'The unit that a letter to a unit goes to, or, of one to the unit above, that one.';

-- That nobody of the unit can act is one more thing that the desk has to do something about.
DROP INDEX matter_rung;
CREATE INDEX matter_rung ON matter (kind, phase, due_at, id) WHERE phase = 1 AND flags && '{to_chase,to_supervise,to_talk,to_circulate,unmanned}'::text[];

-- +goose Down
SELECT 1 / 0;
