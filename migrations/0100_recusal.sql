-- +goose Up
-- Who works on a matter and has a stake in it says so, and has it no more (信访工作条例 28).
-- It is a bar like that of a person whom its words name: lists, searches and counts follow,
-- and a second person may release it.
ALTER TABLE matter_bar DROP CONSTRAINT matter_bar_check, DROP CONSTRAINT matter_bar_how_check;
ALTER TABLE matter_bar
	ADD CONSTRAINT matter_bar_how_check CHECK (how IN ('chosen', 'settled', 'meant', 'named', 'declared')),
	ADD CONSTRAINT matter_bar_check CHECK ((unit IS NULL) = (how IN ('named', 'declared')) AND (staff_id IS NULL) = (how NOT IN ('named', 'declared')));
COMMENT ON TABLE matter_bar IS 'Who may not have a matter: units once named on it, people whose name or login its words hold, and people who recused themselves. Rows are written by triggers and never removed; a second person may release one, once.';
COMMENT ON COLUMN matter_bar.how IS 'chosen: as it came in; settled: by the desk later; meant: the words for it may mean this unit; named: the words hold this person; declared: this person recused themselves.';
COMMENT ON COLUMN matter.persons IS 'The people whose names the words hold, or who recused themselves, while not released: as meant.';

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION read_bars(of_matter bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	after bigint[];
BEGIN
	WITH RECURSIVE line (id) AS (
		SELECT of_matter
		UNION SELECT m.id FROM line JOIN public.matter m ON m.follows = line.id
	)
	SELECT array_agg(id) INTO after FROM line;
	-- A statement of its own: the next one sees the bars that whoever held a row has
	-- added, and not those of before the wait.
	PERFORM FROM public.matter m WHERE m.id = ANY (after) ORDER BY m.id FOR NO KEY UPDATE;
	WITH RECURSIVE line (id, of_whom) AS (
		SELECT a, a FROM unnest(after) AS a
		UNION SELECT m.follows, l.of_whom FROM line l JOIN public.matter m ON m.id = l.id WHERE m.follows IS NOT NULL
	), bars AS (
		SELECT l.of_whom AS id,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how IN ('chosen', 'settled')), '{}') AS named,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how = 'meant'), '{}') AS meant,
			coalesce(array_agg(DISTINCT b.staff_id) FILTER (WHERE b.how IN ('named', 'declared')), '{}') AS persons
		FROM line l LEFT JOIN public.matter_bar b ON b.matter_id = l.id AND b.released_seq IS NULL
		GROUP BY l.of_whom
	)
	UPDATE public.matter m SET named = b.named, meant = b.meant, persons = b.persons
	FROM bars b WHERE b.id = m.id AND (m.named, m.meant, m.persons) IS DISTINCT FROM (b.named, b.meant, b.persons);
END $$;

-- The event is the declaration: with it the bar stands, and without it there is none.
CREATE FUNCTION event_recuses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	INSERT INTO matter_bar (matter_id, staff_id, how, seq) VALUES (NEW.matter_id, NEW.staff_id, 'declared', NEW.seq);
	PERFORM read_bars(NEW.matter_id);
	RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION event_recuses() FROM PUBLIC;
CREATE TRIGGER event_recuses AFTER INSERT ON event FOR EACH ROW WHEN (NEW.action = 'recuse' AND NEW.staff_id IS NOT NULL) EXECUTE FUNCTION event_recuses();

-- +goose Down
SELECT 1 / 0;
