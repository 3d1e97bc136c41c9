-- +goose Up
-- Which units a person is barred from is asked at every page of the desk, and
-- working it out cost six times as much as finding their session. The tree of
-- units changes a few times a year: its version says whether what a process
-- worked out still holds, in the same statement that reads the session.
CREATE TABLE unit_tree (
	one     boolean PRIMARY KEY DEFAULT true CHECK (one),
	version bigint NOT NULL
);
COMMENT ON TABLE unit_tree IS 'How often units, their places in the tree, successors and conflicts have changed; what was worked out from them under another version is void.';
INSERT INTO unit_tree (version) VALUES (1);
GRANT SELECT ON unit_tree TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION unit_tree_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	UPDATE unit_tree SET version = version + 1;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER unit_tree_changed AFTER INSERT OR DELETE OR UPDATE OF code, parent, successor ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION unit_tree_changed();
CREATE TRIGGER unit_tree_changed AFTER INSERT OR DELETE OR UPDATE ON unit_conflict
	FOR EACH STATEMENT EXECUTE FUNCTION unit_tree_changed();

-- +goose Down
SELECT 1 / 0;
