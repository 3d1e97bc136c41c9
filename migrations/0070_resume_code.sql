-- +goose Up
-- A draft may be lent to a code, and lies as long as the code holds.
COMMENT ON TABLE draft IS 'A filing not yet sent, under a key that only the visitor''s cookie holds, gone after 24 hours; or what opens one, under a key that its resume code and portal.key give, gone after 7 days with the draft.';

-- +goose Down
SELECT 1 / 0;
