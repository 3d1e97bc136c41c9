-- +goose Up
-- The office may promise other terms than it did, within the law: a new version of a rule
-- of its own, from a day on. What was promised before stays as it was.
ALTER TABLE clock_rule ADD COLUMN by_id bigint REFERENCES staff, ADD COLUMN made_at timestamptz, ADD COLUMN reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN clock_rule.by_id IS 'Who made this version at the desk; null of what came with the program.';
COMMENT ON COLUMN clock_rule.reason IS 'Why, as whoever made it wrote.';
GRANT INSERT ON clock_rule TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION clock_rule_amended() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	was clock_rule;
BEGIN
	IF by_owner(TG_RELID) THEN
		RETURN NEW;
	END IF;
	SELECT * INTO was FROM clock_rule r WHERE r.code = NEW.code ORDER BY r.version DESC LIMIT 1;
	IF was.code IS NULL OR was.confidence <> 'design' OR was.unit IN ('GIVEN', 'FIXED') OR NEW.by_id IS NULL OR NEW.reason = ''
		OR NEW.version <> was.version + 1 OR NEW.valid_from <= was.valid_from OR NEW.valid_to IS NOT NULL
		OR (NEW.title, NEW.track, NEW.start_event, NEW.end_event, NEW.unit, NEW.fixed_on, NEW.approver, NEW.basis, NEW.confidence, NEW.right_only, NEW.within, NEW.waits)
			IS DISTINCT FROM (was.title, was.track, was.start_event, was.end_event, was.unit, was.fixed_on, was.approver, was.basis, was.confidence, was.right_only, was.within, was.waits)
	THEN
		RAISE EXCEPTION 'a new version of our own rule says how long, and from when, and nothing else' USING ERRCODE = 'ZX131', CONSTRAINT = 'clock_rule_amended';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_rule_amended BEFORE INSERT ON clock_rule FOR EACH ROW EXECUTE FUNCTION clock_rule_amended();

-- +goose Down
SELECT 1 / 0;
