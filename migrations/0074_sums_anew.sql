-- +goose Up
-- The search reads amounts of money as the forms do: 50w and 1 286 500 are found, and a guess
-- (两三万) is no sum of 230,000. Half-width signs fold as the others. What is there already is
-- indexed anew.
SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM matter;

-- +goose Down
SELECT 1 / 0;
