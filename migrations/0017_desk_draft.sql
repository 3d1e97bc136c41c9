-- +goose Up
CREATE TABLE desk_draft (
	staff_id   bigint NOT NULL REFERENCES staff,
	matter_id  bigint REFERENCES matter,
	form       text NOT NULL CHECK (form ~ '^[a-z][a-z_]{0,39}$'),
	unit       text NOT NULL,
	sealed     bytea NOT NULL CHECK (octet_length(sealed) <= 262144),
	saved_at   timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	UNIQUE NULLS NOT DISTINCT (staff_id, matter_id, form)
);
CREATE INDEX desk_draft_expires ON desk_draft (expires_at);
COMMENT ON TABLE desk_draft IS 'What one staff member typed into a form of the desk and has not sent: one row a form, given back to that person alone while they may know of the matter; gone with the move, or after 7 days.';
COMMENT ON COLUMN desk_draft.matter_id IS 'Null for a form that belongs to no matter yet, such as the registration by hand.';
COMMENT ON COLUMN desk_draft.form IS 'The action that the form carries out.';
COMMENT ON COLUMN desk_draft.unit IS 'The writer''s unit when it was saved: somebody who has moved to another unit does not get it back.';
COMMENT ON COLUMN desk_draft.sealed IS 'The fields as JSON under office.key: a registration by hand holds who complains, which is nowhere in plain text.';
GRANT SELECT, INSERT, UPDATE, DELETE ON desk_draft TO zhengxin_admin;
GRANT SELECT (expires_at), DELETE ON desk_draft TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
