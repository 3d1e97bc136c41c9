-- +goose Up
-- A captcha is answered by the draft that it was drawn for: otherwise one person
-- answers them by the hundred and a program files with them.
ALTER TABLE captcha ADD COLUMN draft bytea NOT NULL DEFAULT '';
COMMENT ON COLUMN captcha.draft IS 'The draft that it was drawn for; the table is unlogged, so after a crash of the database there is none, and people are told that the picture has expired.';

-- +goose Down
SELECT 1 / 0;
