-- +goose Up
-- A backup that fails is silent unless somebody reads the log. The desk says it
-- to who can do something about it.
CREATE TABLE backup_state (
	single        boolean PRIMARY KEY DEFAULT true CHECK (single),
	made_at       timestamptz,
	failing_since timestamptz
);
COMMENT ON TABLE backup_state IS 'One row: when the last backup by schedule was made, and since when making it or keeping the log fails. Written by the keeper of backups as the owner.';
INSERT INTO backup_state DEFAULT VALUES;
GRANT SELECT ON backup_state TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
