-- +goose Up
-- A list of a unit's matters under way read all that is under way in the office, or all
-- that the unit ever had, to find the few that it has in hand. How far each matter is
-- stands with the assignment, too, and follows the matter by a trigger: whatever moves it,
-- and the complainant may not write here.
ALTER TABLE assignment ADD COLUMN phase smallint;
UPDATE assignment a SET phase = m.phase FROM matter m WHERE m.id = a.matter_id;
ALTER TABLE assignment ALTER COLUMN phase SET NOT NULL;
COMMENT ON COLUMN assignment.phase IS 'That of the matter, for the lists of a unit; triggers keep it.';
DROP INDEX assignment_unit;
CREATE INDEX assignment_unit ON assignment (unit, phase, matter_id) WHERE ended_at IS NULL;

-- +goose StatementBegin
CREATE FUNCTION assignment_phase() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	SELECT m.phase INTO NEW.phase FROM matter m WHERE m.id = NEW.matter_id;
	RETURN NEW;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION assignment_phase() IS 'An assignment begins with the phase of its matter.';
CREATE TRIGGER assignment_phase BEFORE INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION assignment_phase();

-- +goose StatementBegin
CREATE FUNCTION assignments_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE assignment SET phase = NEW.phase WHERE matter_id = NEW.id AND phase <> NEW.phase;
	RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION assignments_follow() IS 'The assignments of a matter have its phase. The definer''s, since the portal moves a matter and may not write here.';
CREATE TRIGGER assignments_follow AFTER UPDATE OF state, phase ON matter FOR EACH ROW WHEN (NEW.phase <> OLD.phase) EXECUTE FUNCTION assignments_follow();

-- What a reader of some matters alone may read of complaints: it read all to find those.
CREATE INDEX matter_found_true ON matter (kind, phase, due_at, id) WHERE flags && '{substantiated,case_opened}'::text[];
-- The sweep that ends the terms of rights read every clock that is late to find none.
CREATE INDEX clock_rights ON clock (due_at) WHERE stopped_at IS NULL AND right_only;

-- +goose Down
SELECT 1 / 0;
