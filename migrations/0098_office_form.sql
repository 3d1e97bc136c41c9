-- +goose Up
-- A form by which something was done to the office itself: sending it again gives the first
-- answer again, as form_token does for matters.
CREATE TABLE office_form (
	token_hash bytea NOT NULL,
	action     text NOT NULL CHECK (action <> ''),
	at         timestamptz NOT NULL,
	PRIMARY KEY (token_hash, action)
);
COMMENT ON TABLE office_form IS 'A form that was carried out on the office itself; only the hash of its 128 random bits is kept.';
GRANT SELECT, INSERT ON office_form TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
