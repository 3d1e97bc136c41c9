-- +goose Up
ALTER TABLE category ADD COLUMN plain_sort int NOT NULL DEFAULT 0;
COMMENT ON COLUMN category.plain_sort IS 'In which order the plain sentences are offered: what comes most is the first.';

UPDATE category SET plain = '上面都不像，或者说不清' WHERE code = 'Z99';
UPDATE category SET plain_sort = p.sort FROM (VALUES
	('C03', 10), ('C11', 20), ('C06', 30), ('C04', 40), ('C01', 50), ('C02', 60), ('C05', 70), ('C08', 80), ('D01', 90), ('D02', 100), ('C10', 110),
	('E03', 120), ('F01', 130), ('A01', 140), ('A02', 150), ('Z99', 990)
) AS p (code, sort) WHERE category.code = p.code;

-- +goose Down
SELECT 1 / 0;
