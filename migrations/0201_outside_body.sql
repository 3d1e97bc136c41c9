-- +goose Up
-- The bodies outside to which people are told to go, or complaints handed on: what each is for,
-- and how it is found. Rows are only added, as in the table of laws: what is changed of one is
-- its next version, and what was handed on keeps the name that it was told.
CREATE TABLE outside_body (
	code       text NOT NULL CHECK (code ~ '^B[0-9]{1,6}$'),
	version    int NOT NULL CHECK (version > 0),
	name       text NOT NULL CHECK (name <> '' AND char_length(name) <= 60),
	alias      text[] NOT NULL DEFAULT '{}',
	purpose    text NOT NULL CHECK (char_length(purpose) <= 200),
	categories text[] NOT NULL DEFAULT '{}',
	contact    text NOT NULL CHECK (char_length(contact) <= 200),
	valid_from date,
	valid_to   date,
	confirmed  boolean NOT NULL DEFAULT false,
	by_id      bigint REFERENCES staff,
	made_at    timestamptz,
	reason     text NOT NULL CHECK (char_length(reason) <= 500),
	PRIMARY KEY (code, version),
	CHECK (valid_to >= valid_from)
);
CREATE INDEX outside_body_by ON outside_body (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE outside_body IS 'Bodies outside the office, a row a version; the newest of a code holds.';
COMMENT ON COLUMN outside_body.purpose IS 'What it is for, in plain words.';
COMMENT ON COLUMN outside_body.contact IS 'Address and telephone, as the complainant reads them.';
COMMENT ON COLUMN outside_body.confirmed IS 'Somebody asked the body itself.';
-- +goose StatementBegin
CREATE FUNCTION outside_body_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(b.version) FROM outside_body b WHERE b.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('outside_body');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER outside_body_kept BEFORE INSERT ON outside_body FOR EACH ROW EXECUTE FUNCTION outside_body_kept();
REVOKE EXECUTE ON FUNCTION outside_body_kept() FROM PUBLIC;
GRANT SELECT, INSERT ON outside_body TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
