-- +goose Up
-- What categories there are is the office's to say, on a page. What is changed of one is a row
-- here, its next version; category itself is what stands now, and is written by nothing else.
CREATE TABLE category_version (
	code            text NOT NULL CHECK (code ~ '^[A-Z][0-9]{2}$'),
	version         int NOT NULL CHECK (version > 0),
	title           text NOT NULL CHECK (title <> '' AND char_length(title) <= 30),
	plain           text NOT NULL CHECK (char_length(plain) <= 60),
	description     text NOT NULL CHECK (description <> '' AND char_length(description) <= 300),
	basis           text NOT NULL CHECK (basis <> '' AND char_length(basis) <= 300),
	basis_confirmed boolean NOT NULL,
	evidence        text NOT NULL CHECK (char_length(evidence) <= 300),
	way_out         text NOT NULL CHECK (char_length(way_out) <= 300),
	valid_to        date,
	by_id           bigint REFERENCES staff,
	made_at         timestamptz,
	reason          text NOT NULL CHECK (char_length(reason) <= 500),
	PRIMARY KEY (code, version)
);
CREATE INDEX category_version_by ON category_version (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE category_version IS 'Changes of categories, a row a version; category has what stands.';

-- +goose StatementBegin
CREATE FUNCTION category_version_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(v.version) FROM category_version v WHERE v.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('category_version');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER category_version_kept BEFORE INSERT ON category_version FOR EACH ROW EXECUTE FUNCTION category_version_kept();

-- A new one stands after the others of its group.
-- +goose StatementBegin
CREATE FUNCTION category_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	INSERT INTO category (code, key, title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to, sort, valid_from)
		VALUES (NEW.code, lower(NEW.code), NEW.title, NEW.plain, NEW.description, NEW.basis, NEW.basis_confirmed, NEW.evidence, NEW.way_out, NEW.valid_to,
			coalesce((SELECT max(c.sort) FROM category c WHERE c.group_code = left(NEW.code, 1)), 0), (NEW.made_at AT TIME ZONE 'Asia/Shanghai')::date)
		ON CONFLICT (code) DO UPDATE SET (title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to)
			= (NEW.title, NEW.plain, NEW.description, NEW.basis, NEW.basis_confirmed, NEW.evidence, NEW.way_out, NEW.valid_to);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER category_follows AFTER INSERT ON category_version FOR EACH ROW EXECUTE FUNCTION category_follows();
REVOKE EXECUTE ON FUNCTION category_version_kept(), category_follows() FROM PUBLIC;
GRANT SELECT, INSERT ON category_version TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
