-- +goose Up
-- From here on a function is for whom it is granted to. PUBLIC could otherwise
-- hang a definer's trigger function on a temporary table of its own and learn
-- of every matter from its refusals.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

CREATE TABLE setting (
	key        text PRIMARY KEY,
	value      text NOT NULL,
	updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE setting IS 'What this office calls itself and how it is reached; an absent key is shown as 待配置.';
GRANT SELECT ON setting TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT INSERT, UPDATE ON setting TO zhengxin_admin;

CREATE TABLE unit (
	code         text PRIMARY KEY CHECK (code ~ '^[0-9A-Z][0-9A-Z-]{1,31}$'),
	name         text NOT NULL,
	alias        text[] NOT NULL DEFAULT '{}',
	kind         text NOT NULL CHECK (kind IN ('county_government', 'department', 'party_organ', 'npc', 'cppcc', 'court',
	             'procuratorate', 'public_institution', 'vertical', 'subdistrict', 'town', 'township', 'ethnic_township',
	             'office', 'external')),
	parent       text REFERENCES unit,
	region       text NOT NULL DEFAULT '410425',
	uscc         text,
	complainable boolean NOT NULL DEFAULT true,
	handles      boolean NOT NULL DEFAULT true,
	valid_from   date NOT NULL DEFAULT '2000-01-01',
	valid_to     date,
	successor    text REFERENCES unit,
	confirmed    boolean NOT NULL DEFAULT false,
	CHECK (parent IS DISTINCT FROM code AND successor IS DISTINCT FROM code)
);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_successor ON unit (successor) WHERE successor IS NOT NULL;
COMMENT ON TABLE unit IS 'Directory of units as a tree with validity; a reform adds rows and sets successor, it never renames what complaints point at.';
COMMENT ON COLUMN unit.complainable IS 'A complaint may name it.';
COMMENT ON COLUMN unit.handles IS 'Work may be dispatched to it.';
COMMENT ON COLUMN unit.confirmed IS 'The county has confirmed name and code; false is shown as 名称待确认.';
GRANT SELECT ON unit TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT INSERT, UPDATE ON unit TO zhengxin_admin;

CREATE TABLE unit_conflict (
	unit        text NOT NULL REFERENCES unit,
	other       text NOT NULL REFERENCES unit,
	reason      text NOT NULL CHECK (reason <> ''),
	declared_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (unit, other),
	CHECK (unit <> other)
);
COMMENT ON TABLE unit_conflict IS 'Declared conflicts of interest: neither unit may handle a complaint about the other (信访工作条例 28).';
GRANT SELECT ON unit_conflict TO zhengxin_admin, zhengxin_worker;
GRANT INSERT ON unit_conflict TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION unit_line(start text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (WITH RECURSIVE line AS (
		SELECT code, parent FROM unit WHERE code = start
		UNION
		SELECT u.code, u.parent FROM unit u JOIN line l ON u.code = l.parent
	)
	SELECT coalesce(array_agg(code), '{}') FROM line);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION unit_line IS 'A unit and every unit above it.';

-- +goose StatementBegin
CREATE FUNCTION unit_bars(candidate text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (WITH RECURSIVE own AS (
		SELECT unnest(unit_line(candidate)) AS code
	), near AS (
		SELECT code FROM own
		UNION SELECT c.other FROM unit_conflict c JOIN own ON own.code = c.unit
		UNION SELECT c.unit FROM unit_conflict c JOIN own ON own.code = c.other
	), bars AS (
		SELECT code FROM near
		UNION
		SELECT u.code FROM unit u JOIN bars b ON u.successor = b.code
	)
	SELECT coalesce(array_agg(code), '{}') FROM bars);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION unit_bars IS 'The units complaints about which candidate may neither see nor handle: itself, those above it, those in declared conflict with any of these, and the predecessors of all.';

-- +goose StatementBegin
CREATE FUNCTION unit_barred(candidate text, accused text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
	SELECT accused = ANY (unit_bars(candidate))
$$;
-- +goose StatementEnd
GRANT EXECUTE ON FUNCTION unit_line, unit_bars, unit_barred TO zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
