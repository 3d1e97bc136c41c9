-- +goose Up
-- The list of a unit is walked in its order: its assignments have the nearest date of their
-- matter, as they have its phase. Sorted, all that a unit has in hand was read for each page.
ALTER TABLE assignment ADD COLUMN due_at timestamptz NOT NULL DEFAULT 'infinity';
COMMENT ON COLUMN assignment.due_at IS 'That of the matter, for the lists of a unit; triggers keep it.';
UPDATE assignment a SET due_at = m.due_at FROM matter m WHERE m.id = a.matter_id AND a.due_at <> m.due_at;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION assignment_phase() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	SELECT m.phase, m.due_at INTO NEW.phase, NEW.due_at FROM matter m WHERE m.id = NEW.matter_id;
	RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION assignments_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE assignment SET phase = NEW.phase, due_at = NEW.due_at WHERE matter_id = NEW.id AND (phase, due_at) <> (NEW.phase, NEW.due_at);
	RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION assignment_phase() IS 'An assignment begins with the phase and the date of its matter.';
COMMENT ON FUNCTION assignments_follow() IS 'The assignments of a matter have its phase and its date. The definer''s, since the portal moves a matter and may not write here.';
DROP TRIGGER assignments_follow ON matter;
CREATE TRIGGER assignments_follow AFTER UPDATE OF state, phase, due_at ON matter
	FOR EACH ROW WHEN ((NEW.phase, NEW.due_at) <> (OLD.phase, OLD.due_at)) EXECUTE FUNCTION assignments_follow();
DROP INDEX assignment_unit;
CREATE INDEX assignment_unit ON assignment (unit, phase, due_at, matter_id) WHERE ended_at IS NULL;

-- +goose Down
SELECT 1 / 0;
