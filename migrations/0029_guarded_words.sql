-- +goose Up
-- What a reader may not read answers none of their questions: a handling unit
-- found by search the words of a withdrawal, which may tell who pressed for it
-- and which its page hides. Words that are for the supervising desk alone are
-- marked as such where they stand, and left out of what answers a unit's search.
ALTER TABLE supplement ADD COLUMN guarded boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN supplement.guarded IS 'For the supervising desk alone: a handling unit neither reads these words nor finds anything by them.';
UPDATE supplement s SET guarded = true FROM event e WHERE e.matter_id = s.matter_id AND e.seq = s.seq AND e.action = 'withdraw';

ALTER TABLE search_text ADD COLUMN shared tsvector;
CREATE INDEX search_text_shared ON search_text USING gin (shared) WITH (fastupdate = off) WHERE shared IS NOT NULL;
COMMENT ON COLUMN search_text.shared IS 'What answers a handling unit, where that is less than body; null where it is the same.';
-- Those that hold such words are indexed anew.
DELETE FROM search_text WHERE matter_id IN (SELECT matter_id FROM supplement WHERE guarded);
SELECT enqueue('index_text', jsonb_build_object('matter', matter_id)) FROM (SELECT DISTINCT matter_id FROM supplement WHERE guarded) AS those;

-- +goose Down
SELECT 1 / 0;
