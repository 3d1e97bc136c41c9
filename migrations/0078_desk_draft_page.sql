-- +goose Up
-- Two windows with the same form overwrote each other's draft without a word. Each page
-- that saves has a row of its own, unless it took over the one that it was filled with.
ALTER TABLE desk_draft ADD COLUMN page bytea NOT NULL DEFAULT '', ADD COLUMN saves integer NOT NULL DEFAULT 0;
ALTER TABLE desk_draft DROP CONSTRAINT desk_draft_staff_id_matter_id_form_key,
	ADD CONSTRAINT desk_draft_key UNIQUE NULLS NOT DISTINCT (staff_id, matter_id, form, page);
COMMENT ON TABLE desk_draft IS 'What one staff member typed into a form of the desk and has not sent: one row a form and window, given back to that person alone while they may know of the matter; gone with the move, or after 7 days.';
COMMENT ON COLUMN desk_draft.page IS 'Hash of the form token of the page that saved last: its next save is the same text, that of another page may not be.';
COMMENT ON COLUMN desk_draft.saves IS 'How often it was saved: with the page it names what a form was filled with.';

-- +goose Down
SELECT 1 / 0;
