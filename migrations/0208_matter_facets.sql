-- +goose Up
-- What few of very many are is found by its facets: the words that the table of a register
-- keeps of a matter, as column=value, each also with the phase before it (1:channel=email),
-- since few of what is under way may be among many of what is over.
ALTER TABLE matter ADD COLUMN facets text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN matter.facets IS 'column=value of the details of its register, and the same with its phase before it; kept by triggers';

-- +goose StatementBegin
CREATE FUNCTION matter_facets() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	own text[] := ARRAY(SELECT f FROM unnest(NEW.facets) AS f WHERE f NOT LIKE '_:%');
BEGIN
	NEW.facets := own || ARRAY(SELECT NEW.phase || ':' || f FROM unnest(own) AS f);
	RETURN NEW;
END $$;
-- +goose StatementEnd
-- Its name comes after matter_moves and matter_phase_follows, which settle the phase.
CREATE TRIGGER matter_says_facets BEFORE UPDATE OF facets, state, phase ON matter
	FOR EACH ROW WHEN (OLD.phase <> NEW.phase OR OLD.facets <> NEW.facets) EXECUTE FUNCTION matter_facets();

-- The definer's, since the portal files a complaint and may not change its matter.
-- +goose StatementBegin
CREATE FUNCTION keep_facets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	kept jsonb := to_jsonb(NEW);
BEGIN
	UPDATE matter SET facets = ARRAY(SELECT c || '=' || (kept ->> c) FROM unnest(TG_ARGV) AS c WHERE kept ->> c IS NOT NULL) WHERE id = NEW.matter_id;
	RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION matter_facets(), keep_facets() FROM PUBLIC;
CREATE TRIGGER complaint_facets AFTER INSERT OR UPDATE OF channel, complainant_kind, track, rating, finding ON complaint
	FOR EACH ROW EXECUTE FUNCTION keep_facets('channel', 'complainant_kind', 'track', 'rating', 'finding');
DROP INDEX complaint_channel, complaint_complainant, complaint_track;

-- That a matter was answered once is a flag, so that what a report counts of answers is not
-- looked for in what waits for one.
UPDATE matter m SET flags = flags || '{answered}'::text[]
	WHERE EXISTS (SELECT FROM event e WHERE e.matter_id = m.id
		AND (m.kind, e.action) IN (('complaint', 'reply'), ('complaint', 'answer_joined'), ('proposal', 'serve'), ('proposal', 'serve_online')));
UPDATE complaint SET channel = channel;
CREATE INDEX matter_facets ON matter USING gin (facets, flags) WITH (fastupdate = off);
CREATE INDEX matter_answered ON matter (kind, phase, due_at, id) WHERE 'answered' = ANY (flags);
CREATE INDEX event_talked ON event (action, matter_id) WHERE action IN ('talk', 'circulate');
CREATE INDEX event_office_overdue ON event (matter_id, seq) WHERE action = 'office_overdue';
CREATE INDEX clock_late ON clock (rule, matter_id) WHERE stopped_at IS NULL OR due_at < stopped_at;
CREATE INDEX clock_span_kind ON clock_span (kind, matter_id);

-- +goose Down
SELECT 1 / 0;
