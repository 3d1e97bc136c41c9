-- +goose Up
-- What staff did leaves the house as a file, too, and is written down as lists of matters are.
ALTER TABLE export DROP CONSTRAINT export_kind_fkey;
COMMENT ON COLUMN export.kind IS 'The kind of the matters, or trail: what staff did.';

-- +goose Down
SELECT 1 / 0;
