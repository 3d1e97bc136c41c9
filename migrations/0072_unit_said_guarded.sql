-- +goose Up
-- What a complainant calls the unit is kept from handling units, as it may tell who they
-- are; the search answered them with it. What is there already is indexed anew.
SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM matter;

-- +goose Down
SELECT 1 / 0;
