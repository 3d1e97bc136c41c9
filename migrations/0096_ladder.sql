-- +goose Up
-- What is done about a term that is about to end or has ended, rung by rung. How many
-- working days before or after its last day each rung is reached is dated rows: no law
-- prescribes them.
CREATE TABLE warning_rung (
	code       text NOT NULL CHECK (code IN ('yellow', 'orange', 'red', 'supervise')),
	days       int NOT NULL,
	valid_from date NOT NULL,
	PRIMARY KEY (code, valid_from)
);
COMMENT ON TABLE warning_rung IS 'From how many working days before the last day of a term on, or after it (negative), each rung of the ladder is reached; the newest row in force counts. None is red before it is over.';
INSERT INTO warning_rung (code, days, valid_from) VALUES
	('yellow', 3, '2024-01-01'), ('orange', 1, '2024-01-01'), ('red', 0, '2024-01-01'), ('supervise', -5, '2024-01-01');
ALTER TABLE warning_rung ADD CONSTRAINT warning_rung_sides CHECK (CASE code WHEN 'red' THEN days = 0 WHEN 'supervise' THEN days < 0 ELSE days > 0 END);
GRANT SELECT ON warning_rung TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- Until when a unit that is supervised has to answer.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, basis, confidence, valid_from) VALUES
	('SUPERVISED', '督办限期', 'platform', 'supervised', 'answered', NULL, 'GIVEN', '《信访工作条例》第四十条：推诿、敷衍、拖延的，及时督办', 'high', '2024-01-01');

-- What waits on a rung is few of all that is under way.
CREATE INDEX matter_rung ON matter (kind, phase, due_at, id) WHERE phase = 1 AND flags && '{to_chase,to_supervise,to_talk,to_circulate}'::text[];
CREATE INDEX matter_pressed ON matter (kind, phase, due_at, id) WHERE phase = 1 AND flags && '{chased,supervised}'::text[];

-- +goose Down
SELECT 1 / 0;
