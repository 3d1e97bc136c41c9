-- +goose Up
-- The term of a right runs to its day whatever the office does: closing a
-- complaint stopped the 30 days in which it could be contested (信访工作条例 35).
-- What is contested after it was closed is open again.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	move event := move_now(NEW.id);
BEGIN
	IF NOT by_owner(TG_RELID) AND (move.seq IS NULL
		OR (NEW.seq, NEW.head, NEW.state) IS DISTINCT FROM (move.seq, move.hash, move.to_state)
		OR (OLD.seq, OLD.head, OLD.state) IS DISTINCT FROM (move.seq - 1, move.prev, move.from_state)
		OR NEW.closed_at IS DISTINCT FROM OLD.closed_at
			AND (OLD.closed_at IS NULL AND NEW.closed_at IS DISTINCT FROM move.at OR OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NOT NULL OR move.to_state = move.from_state))) THEN
		PERFORM refuse_rewriting('matter');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd

-- Of what was closed before this day: whoever has not contested yet still may.
UPDATE clock c SET stopped_seq = NULL, stopped_at = NULL
FROM event e
WHERE c.rule = 'XF-RVAPP' AND e.matter_id = c.matter_id AND e.seq = c.stopped_seq AND e.action = 'close';

-- A nature chosen by mistake is corrected before anything is decided on it.
DROP TRIGGER complaint_nature ON complaint;
CREATE TRIGGER complaint_nature BEFORE UPDATE OF nature ON complaint FOR EACH ROW
	WHEN (NEW.nature IS DISTINCT FROM OLD.nature) EXECUTE FUNCTION set_by_move('accept correct_nature');

-- What is asked for has a day, and the office does not wait for ever.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, basis, confidence, right_only, valid_from) VALUES
	('PF-SUP', '补正', 'platform', 'supplement_asked', 'supplemented', 15, 'ND', '本平台承诺', 'design', true, '2024-01-01');
-- Whoever was asked before is given the same days from now.
INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only, provisional)
SELECT m.id, 'PF-SUP', 1, m.seq, now(), d.today + 15, (d.today + 16)::timestamp AT TIME ZONE 'Asia/Shanghai',
	'平台更新时还在等补正，从那一天起再给 15 天。', true, true
FROM matter m, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today) d
WHERE m.kind = 'complaint' AND m.state = 'supplement_required';

-- Moves that the calendar makes due tell the complainant, too.
GRANT INSERT (matter_id, seq, template, recipient, message_id, created_at) ON letter TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
