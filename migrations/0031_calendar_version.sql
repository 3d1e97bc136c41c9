-- +goose Up
-- A year's calendar is handed in as a whole and never changed: a correction is
-- a new version, and what was counted over the old one can still be explained.
-- The newest version of a year is the one in force. The two tables from before
-- held one state of each year, and nobody could import any.

-- +goose StatementBegin
CREATE FUNCTION calendar_fits(of_year int, off date[], work date[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
	SELECT NOT off && work
		AND NOT EXISTS (SELECT FROM unnest(off || work) d WHERE d IS NULL OR EXTRACT(year FROM d) <> of_year)
		AND NOT EXISTS (SELECT FROM unnest(work) d WHERE EXTRACT(isodow FROM d) < 6)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION calendar_fits IS 'Every day is of that year, none is both off and worked, and only weekends are worked to make up.';
GRANT EXECUTE ON FUNCTION calendar_fits TO zhengxin_admin;

CREATE TABLE calendar_version (
	id          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	year        int NOT NULL CHECK (year BETWEEN 2000 AND 2200),
	version     int NOT NULL CHECK (version > 0),
	status      text NOT NULL CHECK (status IN ('official', 'provisional')),
	source      text NOT NULL CHECK (source <> ''),
	off         date[] NOT NULL,
	work        date[] NOT NULL,
	digest      text NOT NULL DEFAULT '',
	imported_at timestamptz NOT NULL,
	by_id       bigint REFERENCES staff,
	PRIMARY KEY (year, version),
	CONSTRAINT calendar_version_days CHECK (calendar_fits(year, off, work))
);
COMMENT ON TABLE calendar_version IS
	'Every version of every year''s working calendar, append-only; the newest of a year is in force. A year without one is counted over Monday to Friday, and what is counted over it or over a provisional year is counted anew when an official version comes.';
COMMENT ON COLUMN calendar_version.off IS 'Holidays; weekends that belong to one may stand there.';
COMMENT ON COLUMN calendar_version.work IS 'Weekends worked to make up for a holiday.';
COMMENT ON COLUMN calendar_version.digest IS 'SHA-256 of the text that was handed in; empty for what came with the program.';
COMMENT ON COLUMN calendar_version.by_id IS 'Who imported it at the desk; null is the operator at the machine, or the program itself.';

INSERT INTO calendar_version (year, version, status, source, off, work, imported_at)
SELECT y.year, 1, y.status, y.source,
	ARRAY(SELECT d.day FROM calendar_day d WHERE d.year = y.year AND d.kind = 'off' ORDER BY d.day),
	ARRAY(SELECT d.day FROM calendar_day d WHERE d.year = y.year AND d.kind = 'work' ORDER BY d.day), y.imported_at
FROM calendar_year y ORDER BY y.year;
DROP TABLE calendar_day;
DROP TABLE calendar_year;

GRANT SELECT (id, year, version, status, off, work) ON calendar_version TO zhengxin_portal, zhengxin_worker;
GRANT SELECT, INSERT ON calendar_version TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
