-- +goose Up
CREATE TABLE document_counter (
	prefix text NOT NULL CHECK (prefix ~ '^[一-龥]{1,11}$'),
	year   int NOT NULL CHECK (year BETWEEN 2000 AND 9999),
	last   int NOT NULL CHECK (last > 0),
	PRIMARY KEY (prefix, year)
);
COMMENT ON TABLE document_counter IS 'The last number given out for a prefix and a year. It moves by one inside the signing transaction, so a signing that fails leaves no gap.';

CREATE TABLE document (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	kind      text NOT NULL CHECK (kind ~ '^DOC-[A-Z]+$'),
	prefix    text NOT NULL,
	year      int NOT NULL,
	serial    int NOT NULL CHECK (serial > 0),
	number    text NOT NULL GENERATED ALWAYS AS (prefix || '〔' || year::text || '〕' || serial::text || '号') STORED,
	title     text NOT NULL CHECK (title <> ''),
	paper     text NOT NULL,
	html      text NOT NULL,
	digest    text NOT NULL,
	signed_by bigint NOT NULL REFERENCES staff,
	signed_at timestamptz NOT NULL,
	served_seq bigint,
	served_on  date,
	served_how text NOT NULL DEFAULT '',
	UNIQUE (prefix, year, serial),
	UNIQUE (matter_id, seq),
	FOREIGN KEY (prefix, year) REFERENCES document_counter,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	FOREIGN KEY (matter_id, served_seq) REFERENCES event (matter_id, seq),
	CONSTRAINT document_digest CHECK (digest = encode(sha256(convert_to(html, 'UTF8')), 'hex')),
	CHECK ((served_on IS NULL) = (served_how = '') AND (served_on IS NULL) = (served_seq IS NULL)),
	CONSTRAINT document_served_later CHECK (served_on >= (signed_at AT TIME ZONE 'Asia/Shanghai')::date)
);
COMMENT ON TABLE document IS 'Signed documents: numbered without gaps (GB/T 9704-2012 7.2.5) and frozen; only the note of service is added later, once.';
COMMENT ON COLUMN document.paper IS 'The same content as JSON, from which pages draw it in their own look.';
COMMENT ON COLUMN document.html IS 'The document itself, to the byte; digest is its SHA-256.';

GRANT SELECT ON document, document_counter TO zhengxin_admin, zhengxin_worker;
GRANT INSERT, UPDATE (last) ON document_counter TO zhengxin_admin;
GRANT INSERT (matter_id, seq, kind, prefix, year, serial, title, paper, html, digest, signed_by, signed_at) ON document TO zhengxin_admin;
GRANT UPDATE (served_seq, served_on, served_how) ON document TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION document_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	-- The number follows from frozen columns and is not computed yet here.
	IF TG_OP = 'UPDATE' AND OLD.served_on IS NULL
		AND to_jsonb(NEW) - '{served_seq,served_on,served_how,number}'::text[] = to_jsonb(OLD) - '{served_seq,served_on,served_how,number}'::text[] THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a signed document never changes' USING ERRCODE = 'ZX005';
END $$;
-- +goose StatementEnd
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION document_frozen();
CREATE TRIGGER document_kept BEFORE TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION document_frozen();

-- A number exists only with its document and a document only with the newest
-- number, whoever writes.
-- +goose StatementBegin
CREATE FUNCTION document_number_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.last <> 1 OR TG_OP = 'UPDATE' AND NEW.last <> OLD.last + 1 THEN
		RAISE EXCEPTION 'document numbers go up by one' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER document_number_guard BEFORE INSERT OR UPDATE ON document_counter
	FOR EACH ROW EXECUTE FUNCTION document_number_guard();

-- +goose StatementBegin
CREATE FUNCTION document_number_used() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM document d WHERE d.prefix = NEW.prefix AND d.year = NEW.year AND d.serial = NEW.last) THEN
		RAISE EXCEPTION 'a number was taken without a document' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER document_number_used AFTER INSERT OR UPDATE ON document_counter
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION document_number_used();

-- +goose StatementBegin
CREATE FUNCTION document_numbered() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM document_counter c WHERE c.prefix = NEW.prefix AND c.year = NEW.year AND c.last = NEW.serial) THEN
		RAISE EXCEPTION 'a document needs the newest number' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER document_numbered BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION document_numbered();

CREATE TABLE discipline_case (
	matter_id  bigint PRIMARY KEY REFERENCES matter,
	complaint  bigint NOT NULL UNIQUE REFERENCES matter,
	ground     text NOT NULL DEFAULT '',
	rectify_by date
);
COMMENT ON TABLE discipline_case IS 'A 失信案件: what followed from a substantiated complaint. One complaint, one case.';
COMMENT ON COLUMN discipline_case.rectify_by IS 'The day by which the unit must have put things right, set when the warning is served.';
GRANT SELECT, INSERT ON discipline_case TO zhengxin_admin;
GRANT UPDATE (rectify_by) ON discipline_case TO zhengxin_admin;
GRANT SELECT ON discipline_case TO zhengxin_worker;

CREATE TABLE warning_draft (
	matter_id    bigint NOT NULL REFERENCES discipline_case,
	seq          bigint NOT NULL,
	version      int NOT NULL,
	drafted_by   bigint NOT NULL REFERENCES staff,
	facts        text NOT NULL CHECK (facts <> ''),
	basis        text NOT NULL CHECK (basis <> ''),
	demand       text NOT NULL CHECK (demand <> ''),
	deadline     date NOT NULL,
	consequences text NOT NULL CHECK (consequences <> ''),
	tier         text NOT NULL CHECK (tier IN ('minor', 'general', 'severe')),
	months       int NOT NULL,
	PRIMARY KEY (matter_id, seq),
	UNIQUE (matter_id, version),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CONSTRAINT warning_term CHECK (
		tier = 'minor' AND months BETWEEN 0 AND 3
		OR tier = 'general' AND months BETWEEN 3 AND 12
		OR tier = 'severe' AND months BETWEEN 12 AND 36)
);
COMMENT ON TABLE warning_draft IS 'Drafts of the written warning, one row a version, never changed.';
COMMENT ON COLUMN warning_draft.months IS 'Months of publicity within the tier''s bounds (国办发〔2025〕22号); 0 is not public.';
GRANT SELECT, INSERT ON warning_draft TO zhengxin_admin;
GRANT SELECT ON warning_draft TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
