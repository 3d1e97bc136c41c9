-- +goose Up
-- Whoever opens a matter has seen what was done to it so far, and is at it for a while:
-- a list marks what came since, and does not lead a second colleague to the same matter.
CREATE TABLE matter_look (
	matter_id bigint NOT NULL REFERENCES matter,
	staff_id  bigint NOT NULL REFERENCES staff,
	seq       bigint NOT NULL CHECK (seq >= 0),
	at        timestamptz NOT NULL,
	PRIMARY KEY (matter_id, staff_id)
);
COMMENT ON TABLE matter_look IS 'When each person last had a matter open at the desk, and up to which of its events: for the marks of a list. Of each person no more than the last time, for two years.';
COMMENT ON COLUMN matter_look.seq IS 'The newest event that the page held.';
CREATE INDEX matter_look_staff ON matter_look (staff_id, at);
CREATE INDEX matter_look_at ON matter_look (at);
GRANT SELECT, INSERT, UPDATE (seq, at) ON matter_look TO zhengxin_admin;
GRANT SELECT (at), DELETE ON matter_look TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
