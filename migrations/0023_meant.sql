-- +goose Up
ALTER TABLE matter ADD COLUMN meant text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN matter.meant IS 'While it is not settled whom it is about: the units that the words for it may mean. Who is barred from one of them does not settle it, if anybody else can.';

-- +goose Down
SELECT 1 / 0;
