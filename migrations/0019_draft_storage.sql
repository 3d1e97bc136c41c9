-- +goose Up
-- A draft is ciphertext: trying to compress it at every save found nothing ever.
-- Most are shorter than a page; kept in the row they are read and deleted in one
-- piece, where each had been cut up into rows of a second table.
ALTER TABLE draft ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE draft SET (toast_tuple_target = 8160);

-- +goose Down
SELECT 1 / 0;
