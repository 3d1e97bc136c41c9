-- +goose Up
-- Which roles read which kinds stood in the program beside the names of two kinds:
-- a register more would have meant another switch there. Each kind says it now.

CREATE TABLE matter_reader (
	kind  text NOT NULL REFERENCES matter_kind,
	role  text NOT NULL,
	flags text[] CHECK (flags <> '{}'),
	PRIMARY KEY (kind, role)
);
COMMENT ON TABLE matter_reader IS 'Of which kinds a role reads that neither settles, leads nor audits; the declarations of the registers have the same, held by a test.';
COMMENT ON COLUMN matter_reader.flags IS 'Only matters with one of these flags; null is all of the kind that the person may know of.';
GRANT SELECT ON matter_reader TO zhengxin_admin;

INSERT INTO matter_reader (kind, role, flags) VALUES
	('complaint', 'discipline_officer', '{substantiated,case_opened}'),
	('case', 'discipline_officer', NULL),
	('case', 'publisher', NULL);

-- +goose Down
DROP TABLE matter_reader;
