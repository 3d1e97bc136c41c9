-- +goose Up
-- Who of a unit has a matter in hand. It says whose list it stands in, and bars nobody of
-- the unit from it: somebody may be ill.
ALTER TABLE assignment ADD COLUMN assigned bigint REFERENCES staff (id);
COMMENT ON COLUMN assignment.assigned IS 'Who of the unit has it in hand; null: whoever of it comes first.';
GRANT UPDATE (assigned) ON assignment TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION assignment_assigned() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND ((move_now(NEW.matter_id)).action IS DISTINCT FROM 'assign'
		OR NEW.assigned IS NOT NULL AND NOT EXISTS (
			SELECT FROM staff s JOIN matter m ON m.id = NEW.matter_id
			WHERE s.id = NEW.assigned AND s.unit = NEW.unit AND s.role IN ('handler', 'unit_head') AND s.id <> ALL (m.persons))) THEN
		PERFORM refuse_rewriting('assignment.assigned');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION assignment_assigned() FROM PUBLIC;
CREATE TRIGGER assignment_assigned BEFORE UPDATE OF assigned ON assignment FOR EACH ROW WHEN (NEW.assigned IS DISTINCT FROM OLD.assigned) EXECUTE FUNCTION assignment_assigned();

-- +goose Down
SELECT 1 / 0;
