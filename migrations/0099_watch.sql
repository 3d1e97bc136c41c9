-- +goose Up
-- What the background work did last, and what it found each night that must never be.
CREATE TABLE worker_beat (
	job           text PRIMARY KEY,
	done_at       timestamptz,
	failing_since timestamptz
);
COMMENT ON TABLE worker_beat IS 'Of each job that comes round by itself: when it was last done whole, and since when it fails.';
GRANT SELECT ON worker_beat TO zhengxin_portal, zhengxin_admin;
GRANT SELECT, INSERT, UPDATE ON worker_beat TO zhengxin_worker;

CREATE TABLE watch_count (
	day  date NOT NULL,
	what text NOT NULL CHECK (what IN ('no_next_step', 'letters_unsent', 'clocks_ownerless')),
	n    int NOT NULL CHECK (n >= 0),
	PRIMARY KEY (day, what)
);
COMMENT ON TABLE watch_count IS 'What was found each night that must never be: matters that wait for nobody, letters that are due and lie, clocks that run where nobody can stop them. Rows are only added.';
GRANT SELECT ON watch_count TO zhengxin_portal, zhengxin_admin;
GRANT SELECT, INSERT ON watch_count TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
