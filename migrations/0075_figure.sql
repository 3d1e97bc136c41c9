-- +goose Up
-- Figures of units become figures of anything: a register declares what is counted of each
-- unit or of each category (register.Kind.Figures), and all of it is counted, coarsened and
-- kept by one rule, in one table.
ALTER TABLE unit_quarter RENAME TO figure_quarter;
ALTER TABLE figure_quarter RENAME CONSTRAINT unit_quarter_pkey TO figure_quarter_pkey;
ALTER TABLE figure_quarter RENAME CONSTRAINT unit_quarter_whole TO figure_quarter_whole;
-- What was published before counted these six.
ALTER TABLE figure_quarter
	ADD COLUMN measures text[] NOT NULL DEFAULT '{accused,accused_answered,accused_upheld,handled,handled_late,handling_overdue}',
	ADD COLUMN withheld text[] NOT NULL DEFAULT '{}',
	ADD CONSTRAINT figure_quarter_withheld CHECK (withheld <@ measures);
ALTER TABLE figure_quarter ALTER COLUMN measures DROP DEFAULT, ALTER COLUMN withheld DROP DEFAULT;
COMMENT ON TABLE figure_quarter IS 'The quarters, by their last day, for which figures are published: all at once, whether anything happened or not.';
COMMENT ON COLUMN figure_quarter.measures IS 'What was counted. What a later version counts is not there, which is something else than none.';
COMMENT ON COLUMN figure_quarter.withheld IS 'Of these: what is not told, since the exact number of the county less the figures would have told what they leave open.';

ALTER TABLE unit_figure RENAME TO figure;
ALTER TABLE figure RENAME COLUMN unit TO key;
ALTER TABLE figure RENAME CONSTRAINT unit_figure_pkey TO figure_pkey;
ALTER TABLE figure RENAME CONSTRAINT unit_figure_coarse TO figure_coarse;
ALTER TABLE figure RENAME CONSTRAINT unit_figure_until_fkey TO figure_until_fkey;
ALTER TABLE figure DROP CONSTRAINT unit_figure_unit_fkey, DROP CONSTRAINT unit_figure_measure_check;
COMMENT ON TABLE figure IS 'Figures for the year that a quarter ended: at least so many, and less than five more. No row is none to four, or withheld. A matter that is settled, withdrawn or found otherwise later moves nothing that is published.';
COMMENT ON COLUMN figure.key IS 'Of which unit or category, by its code; the measure says which of the two it is.';

-- +goose Down
SELECT 1 / 0;
