-- +goose Up
-- A list that leaves the house as a file is read by whoever has the file: who took it,
-- and what it was asked to hold, is written down before its first byte goes, and how
-- many matters it holds when the last has gone. What ends without a word was cut off by
-- the end of the process, and says so by having no second row.
CREATE TABLE export (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at       timestamptz NOT NULL,
	staff_id bigint NOT NULL REFERENCES staff,
	role     text NOT NULL REFERENCES role,
	kind     text NOT NULL REFERENCES matter_kind,
	asked    text NOT NULL,
	said     text[] NOT NULL CHECK (said <> '{}')
);
COMMENT ON TABLE export IS 'Each list that was taken out of the house as a file: rows are added before it goes, on the daybook, and never changed.';
COMMENT ON COLUMN export.role IS 'What the person was then.';
COMMENT ON COLUMN export.asked IS 'View and filters as the address of the list has them; words that were searched for may name people.';
COMMENT ON COLUMN export.said IS 'The same as its page said it then: the view, then each filter.';

CREATE TABLE export_end (
	export_id bigint PRIMARY KEY REFERENCES export,
	at        timestamptz NOT NULL,
	matters   int NOT NULL CHECK (matters >= 0),
	how       text NOT NULL CHECK (how IN ('whole', 'limit', 'broken'))
);
COMMENT ON TABLE export_end IS 'How an export ended; none where the process ended first.';
COMMENT ON COLUMN export_end.matters IS 'How many matters the file has; of a broken one how many at most.';
GRANT SELECT, INSERT ON export, export_end TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
