-- +goose Up
-- A proposal of whose answer its signers said nothing until the term was over has not been
-- fed back, and stands by itself. Those of before stay where their events led.
INSERT INTO matter_state (kind, state, phase) VALUES ('proposal', 'silent', 1);

-- +goose Down
SELECT 1 / 0;
