-- +goose Up
-- Which columns a person wants a list to show, of each register.
CREATE TABLE list_columns (
	staff_id  bigint NOT NULL REFERENCES staff (id),
	kind      text NOT NULL REFERENCES matter_kind (kind),
	columns   text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 40),
	chosen_at timestamptz NOT NULL,
	PRIMARY KEY (staff_id, kind)
);
COMMENT ON TABLE list_columns IS 'The columns that a person chose for the list of a register; no row: the usual ones. It holds no matter, and what a reader is not told stands in no column of theirs.';
COMMENT ON COLUMN list_columns.columns IS 'By their names; what is not understood any more is left out.';
GRANT SELECT, DELETE, INSERT, UPDATE (columns, chosen_at) ON list_columns TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
