-- +goose Up
-- No move decided against opening a case, so the list 属实待立案 grew for ever. What was
-- decided has the flag case_declined and leaves it.
DROP INDEX matter_to_case;
CREATE INDEX matter_to_case ON matter (kind, phase, due_at, id) WHERE 'substantiated' = ANY (flags) AND NOT flags && '{case_opened,case_declined}'::text[];

-- +goose Down
DROP INDEX matter_to_case;
CREATE INDEX matter_to_case ON matter (kind, phase, due_at, id) WHERE 'substantiated' = ANY (flags) AND NOT 'case_opened' = ANY (flags);
