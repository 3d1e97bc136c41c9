-- +goose Up
-- The roster is kept at the desk: who belongs to which delegation, and why a term ended
-- before that of the congress.
ALTER TABLE member ADD COLUMN delegation text NOT NULL DEFAULT '', ADD COLUMN ended_why text NOT NULL DEFAULT '';
ALTER TABLE member ADD CONSTRAINT member_ended CHECK (ended_why = '' OR valid_to IS NOT NULL);
COMMENT ON COLUMN member.delegation IS 'A deputy''s delegation (代表团), a committee member''s sector (界别).';
COMMENT ON COLUMN member.ended_why IS 'Why the term ended on valid_to; empty where it has not, or ran out with the congress.';

-- Figures of proposals are counted by the worker.
GRANT SELECT ON proposal_feedback TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
