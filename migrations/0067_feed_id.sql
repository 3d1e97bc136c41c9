-- +goose Up
-- What names the feed of notices and its entries for good, wherever the site stands and
-- whatever the office is called: drawn once for each office. A reader that knows an entry
-- by another name shows it as new.
INSERT INTO setting (key, value) VALUES ('feed_id', gen_random_uuid()::text);
