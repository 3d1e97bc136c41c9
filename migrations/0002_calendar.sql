-- +goose Up
CREATE TABLE calendar_year (
	year        int PRIMARY KEY CHECK (year BETWEEN 2000 AND 2200),
	status      text NOT NULL CHECK (status IN ('official', 'provisional')),
	source      text NOT NULL,
	imported_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE calendar_year IS
	'Years over which terms may be counted; a provisional year holds only the statutory days and its due dates are recounted when the notice comes. A year that is absent cannot be counted over.';

CREATE TABLE calendar_day (
	day  date PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('off', 'work')),
	year int NOT NULL GENERATED ALWAYS AS (EXTRACT(year FROM day)::int) STORED
		REFERENCES calendar_year
);
COMMENT ON TABLE calendar_day IS
	'Exceptions to the plain week: off is a holiday, work is a weekend worked to make up for one.';

GRANT SELECT ON calendar_year, calendar_day TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

INSERT INTO calendar_year (year, status, source) VALUES
	(2024, 'official', '国务院办公厅关于2024年部分节假日安排的通知'),
	(2025, 'official', '国务院办公厅关于2025年部分节假日安排的通知'),
	(2026, 'official', '国务院办公厅关于2026年部分节假日安排的通知'),
	(2027, 'provisional', '《全国年节及纪念日放假办法》的法定假日，国务院办公厅通知尚未公布');

-- 2024
INSERT INTO calendar_day (day, kind) VALUES
	('2024-01-01', 'off'), ('2024-02-10', 'off'), ('2024-02-11', 'off'), ('2024-02-12', 'off'),
	('2024-02-13', 'off'), ('2024-02-14', 'off'), ('2024-02-15', 'off'), ('2024-02-16', 'off'),
	('2024-02-17', 'off'), ('2024-04-04', 'off'), ('2024-04-05', 'off'), ('2024-04-06', 'off'),
	('2024-05-01', 'off'), ('2024-05-02', 'off'), ('2024-05-03', 'off'), ('2024-05-04', 'off'),
	('2024-05-05', 'off'), ('2024-06-10', 'off'), ('2024-09-15', 'off'), ('2024-09-16', 'off'),
	('2024-09-17', 'off'), ('2024-10-01', 'off'), ('2024-10-02', 'off'), ('2024-10-03', 'off'),
	('2024-10-04', 'off'), ('2024-10-05', 'off'), ('2024-10-06', 'off'), ('2024-10-07', 'off'),
	('2024-02-04', 'work'), ('2024-02-18', 'work'), ('2024-04-07', 'work'), ('2024-04-28', 'work'),
	('2024-05-11', 'work'), ('2024-09-14', 'work'), ('2024-09-29', 'work'), ('2024-10-12', 'work');

-- 2025
INSERT INTO calendar_day (day, kind) VALUES
	('2025-01-01', 'off'), ('2025-01-28', 'off'), ('2025-01-29', 'off'), ('2025-01-30', 'off'),
	('2025-01-31', 'off'), ('2025-02-01', 'off'), ('2025-02-02', 'off'), ('2025-02-03', 'off'),
	('2025-02-04', 'off'), ('2025-04-04', 'off'), ('2025-04-05', 'off'), ('2025-04-06', 'off'),
	('2025-05-01', 'off'), ('2025-05-02', 'off'), ('2025-05-03', 'off'), ('2025-05-04', 'off'),
	('2025-05-05', 'off'), ('2025-05-31', 'off'), ('2025-06-01', 'off'), ('2025-06-02', 'off'),
	('2025-10-01', 'off'), ('2025-10-02', 'off'), ('2025-10-03', 'off'), ('2025-10-04', 'off'),
	('2025-10-05', 'off'), ('2025-10-06', 'off'), ('2025-10-07', 'off'), ('2025-10-08', 'off'),
	('2025-01-26', 'work'), ('2025-02-08', 'work'), ('2025-04-27', 'work'), ('2025-09-28', 'work'),
	('2025-10-11', 'work');

-- 2026
INSERT INTO calendar_day (day, kind) VALUES
	('2026-01-01', 'off'), ('2026-01-02', 'off'), ('2026-01-03', 'off'), ('2026-02-15', 'off'),
	('2026-02-16', 'off'), ('2026-02-17', 'off'), ('2026-02-18', 'off'), ('2026-02-19', 'off'),
	('2026-02-20', 'off'), ('2026-02-21', 'off'), ('2026-02-22', 'off'), ('2026-02-23', 'off'),
	('2026-04-04', 'off'), ('2026-04-05', 'off'), ('2026-04-06', 'off'), ('2026-05-01', 'off'),
	('2026-05-02', 'off'), ('2026-05-03', 'off'), ('2026-05-04', 'off'), ('2026-05-05', 'off'),
	('2026-06-19', 'off'), ('2026-06-20', 'off'), ('2026-06-21', 'off'), ('2026-09-25', 'off'),
	('2026-09-26', 'off'), ('2026-09-27', 'off'), ('2026-10-01', 'off'), ('2026-10-02', 'off'),
	('2026-10-03', 'off'), ('2026-10-04', 'off'), ('2026-10-05', 'off'), ('2026-10-06', 'off'),
	('2026-10-07', 'off'), ('2026-01-04', 'work'), ('2026-02-14', 'work'), ('2026-02-28', 'work'),
	('2026-05-09', 'work'), ('2026-09-20', 'work'), ('2026-10-10', 'work');

-- 2027
INSERT INTO calendar_day (day, kind) VALUES
	('2027-01-01', 'off'), ('2027-02-05', 'off'), ('2027-02-06', 'off'), ('2027-02-07', 'off'),
	('2027-02-08', 'off'), ('2027-04-05', 'off'), ('2027-05-01', 'off'), ('2027-05-02', 'off'),
	('2027-06-09', 'off'), ('2027-09-15', 'off'), ('2027-10-01', 'off'), ('2027-10-02', 'off'),
	('2027-10-03', 'off');
