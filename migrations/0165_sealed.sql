-- +goose Up
-- What was referred to 纪检监察 is sealed: of its readers the discipline officer alone is left
-- (see staff.Scope). The flag is set by the move that refers it, so that what was referred
-- before stays as its events say until somebody seals it.
UPDATE matter_reader SET flags = '{substantiated,case_opened,sealed}' WHERE kind = 'complaint' AND role = 'discipline_officer';
DROP INDEX matter_found_true;
CREATE INDEX matter_found_true ON matter (kind, phase, due_at, id) WHERE flags && '{substantiated,case_opened,sealed}'::text[];
CREATE INDEX matter_sealed ON matter (id) WHERE 'sealed' = ANY (flags);

-- +goose Down
SELECT 1 / 0;
