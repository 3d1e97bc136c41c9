-- +goose Up
-- What is withheld of a quarter has no figures: they would lie readable to the portal, and
-- only a line of the program would keep them from a page.
-- +goose StatementBegin
CREATE FUNCTION figure_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM added a LEFT JOIN figure_quarter q ON q.until = a.until WHERE a.measure <> ALL (q.measures) OR a.measure = ANY (q.withheld)) THEN
		RAISE EXCEPTION 'a figure that its quarter does not tell' USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_told';
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER figure_told AFTER INSERT ON figure REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION figure_told();

-- +goose Down
DROP TRIGGER figure_told ON figure;
DROP FUNCTION figure_told;
