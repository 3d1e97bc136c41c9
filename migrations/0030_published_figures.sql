-- +goose Up
-- What the public may see in figures is counted once, when its time is over, and
-- kept: the portal reads what was published and can ask for nothing else. It
-- could ask for the figures of any day before, so whoever spoke in its name, or
-- merely looked at a unit's page every morning, learned on which day somebody
-- complained about the unit (信访工作条例 30).
CREATE TABLE county_day (
	day      date PRIMARY KEY,
	received int NOT NULL CHECK (received >= 0),
	imported int NOT NULL CHECK (imported BETWEEN 0 AND received),
	answered int NOT NULL CHECK (answered >= 0),
	on_time  int NOT NULL CHECK (on_time BETWEEN 0 AND answered),
	upheld   int NOT NULL CHECK (upheld >= 0),
	overdue  int NOT NULL CHECK (overdue >= 0)
);
COMMENT ON TABLE county_day IS 'What happened in the whole county on a day of Chinese time, counted when the day was over and never again: nothing that comes in during a day shows before it ends.';
COMMENT ON COLUMN county_day.imported IS 'Of those received: taken over from an old register.';
COMMENT ON COLUMN county_day.answered IS 'Complaints answered for the first time.';
COMMENT ON COLUMN county_day.upheld IS 'Complaints that an answer found true, or mostly true, for the first time.';
COMMENT ON COLUMN county_day.overdue IS 'Complaints that at the end of the day were past their promised day without an answer.';

CREATE TABLE unit_quarter (
	until date PRIMARY KEY,
	CONSTRAINT unit_quarter_whole CHECK (until + 1 = date_trunc('quarter', (until + 1)::timestamp)::date)
);
COMMENT ON TABLE unit_quarter IS 'The quarters, by their last day, for which the figures of the units are published: all units at once, whether anything happened or not.';

-- The rule is the table's own: a figure that is not a multiple of five, or that
-- would tell none from four, cannot be written down.
CREATE TABLE unit_figure (
	until    date NOT NULL REFERENCES unit_quarter,
	unit     text NOT NULL REFERENCES unit,
	measure  text NOT NULL CHECK (measure IN ('accused', 'accused_answered', 'accused_upheld', 'handled', 'handled_late', 'handling_overdue')),
	at_least int NOT NULL,
	PRIMARY KEY (until, unit, measure),
	CONSTRAINT unit_figure_coarse CHECK (at_least >= 5 AND at_least % 5 = 0)
);
COMMENT ON TABLE unit_figure IS 'Figures of a unit for the year that a quarter ended: at least so many, and less than five more. No row is none to four. A complaint that is settled, withdrawn or found otherwise later moves nothing that is published.';

GRANT SELECT ON county_day, unit_quarter, unit_figure TO zhengxin_portal, zhengxin_worker;
GRANT INSERT ON county_day, unit_quarter, unit_figure TO zhengxin_worker;

DROP FUNCTION public_statistics, public_unit_statistics;

-- +goose Down
SELECT 1 / 0;
