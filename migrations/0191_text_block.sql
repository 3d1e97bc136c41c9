-- +goose Up
-- Blocks of text that answers, refusals and requests are written from, kept at the desk.
-- Rows are only added: what is changed of one is its next version, and so is its retiring.
CREATE TABLE text_block (
	code       text NOT NULL CHECK (code ~ '^B[0-9]+$'),
	version    int NOT NULL CHECK (version > 0),
	title      text NOT NULL CHECK (title <> '' AND char_length(title) <= 40),
	body       text NOT NULL CHECK (body <> '' AND char_length(body) <= 2000),
	places     text[] NOT NULL,
	categories text[] NOT NULL,
	outcomes   text[] NOT NULL,
	articles   text[] NOT NULL,
	retired    boolean NOT NULL,
	by_id      bigint NOT NULL REFERENCES staff,
	made_at    timestamptz NOT NULL,
	reason     text NOT NULL CHECK (reason <> '' AND char_length(reason) <= 500),
	PRIMARY KEY (code, version)
);
CREATE INDEX text_block_by ON text_block (by_id);
COMMENT ON TABLE text_block IS 'Blocks of text that people put into what they write, a row a version; the newest of a code holds.';
COMMENT ON COLUMN text_block.places IS 'For which texts of which moves it is meant; empty: all.';
COMMENT ON COLUMN text_block.categories IS 'For which categories; empty: all.';
COMMENT ON COLUMN text_block.outcomes IS 'For which findings, decisions and grounds; empty: all.';
COMMENT ON COLUMN text_block.articles IS 'For answers that cite one of these; empty: whatever they cite.';
COMMENT ON COLUMN text_block.retired IS 'From this version on it is offered to nobody.';
-- +goose StatementBegin
CREATE FUNCTION text_block_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.version <> 1 + coalesce((SELECT max(b.version) FROM text_block b WHERE b.code = NEW.code), 0) THEN
		PERFORM refuse_rewriting('text_block');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER text_block_kept BEFORE INSERT ON text_block FOR EACH ROW EXECUTE FUNCTION text_block_kept();
GRANT SELECT, INSERT ON text_block TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
