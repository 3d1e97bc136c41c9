-- +goose Up
-- A search finds numbers, amounts of money in any way of writing one, contract numbers and
-- what else a complaint has in small fields: what is there already is indexed anew.
SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM matter;

-- +goose Down
SELECT 1 / 0;
