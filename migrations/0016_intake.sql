-- +goose Up
-- What comes by letter or telephone is often entered days later, and the law's
-- terms run from the day it came.
ALTER TABLE complaint ADD COLUMN received_on date CHECK (received_on IS NULL OR channel NOT IN ('web', 'import'));
COMMENT ON COLUMN complaint.received_on IS 'Entered by hand: the day it reached the office, where its clocks begin. Null where that is the moment of filing.';
COMMENT ON COLUMN complaint.unit_said IS 'The unit as the complainant calls it, where it was written and not chosen.';

-- One more fact that a filing may come with: its unit is not settled, and the
-- words for it may mean the supervising office.
ALTER POLICY file ON matter WITH CHECK (
	kind = 'complaint' AND state = 'submitted' AND seq = 1 AND closed_at IS NULL
	AND flags <@ '{anonymous,unit_unsettled,office_meant,reachable}' AND id = currval('matter_id'));

-- +goose Down
SELECT 1 / 0;
