-- +goose Up
-- The directory is kept on the page. A unit that is called otherwise from a day on, merged,
-- split or ended is a row that ends and another that begins: what points at the old one
-- keeps its name. Every change says from which day it holds and on what it stands.
ALTER TABLE unit ADD mailbox text NOT NULL DEFAULT '' CHECK (mailbox = '' OR mailbox ~ '^[^@[:space:]]+@[^@[:space:]]+$');
COMMENT ON COLUMN unit.mailbox IS 'Where letters to the unit go; empty: they lie in the outbox.';
ALTER TABLE unit ADD CONSTRAINT unit_ends_after_it_begins CHECK (valid_to >= valid_from);

CREATE TABLE unit_act (
	id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at     timestamptz NOT NULL,
	by_id  bigint REFERENCES staff,
	unit   text NOT NULL REFERENCES unit,
	act    text NOT NULL CHECK (act IN ('add', 'correct', 'move', 'rename', 'merge', 'split', 'end', 'conflict', 'release', 'import')),
	since  date NOT NULL,
	change text NOT NULL CHECK (change <> ''),
	reason text NOT NULL CHECK (reason <> '' AND char_length(reason) <= 500)
);
CREATE INDEX unit_act_unit ON unit_act (unit, id);
CREATE INDEX unit_act_by ON unit_act (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE unit_act IS 'What was changed of a unit, from which day on, by whom and why: a row for each unit that a change touches. Rows are only added, with the change itself.';
COMMENT ON COLUMN unit_act.by_id IS 'The sysadmin who did it; null is the operator at the machine, by command.';
COMMENT ON COLUMN unit_act.change IS 'What was and what is now, in words.';
GRANT SELECT, INSERT ON unit_act TO zhengxin_admin;

-- A conflict that is over is taken off; who declared it, who took it off and why stays in
-- unit_act and on the daybook.
GRANT DELETE ON unit_conflict TO zhengxin_admin;

-- A unit that has ended, or has not begun, is given nothing: whoever took over its duties
-- answers (信访工作条例 24). The choices say so already; this is for whatever passes them.
-- +goose StatementBegin
CREATE FUNCTION assignment_in_force() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM share_unit_tree();
	IF NOT EXISTS (SELECT FROM unit u WHERE u.code = NEW.unit
		AND (NEW.started_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN u.valid_from AND coalesce(u.valid_to, 'infinity')) THEN
		RAISE EXCEPTION 'assignment to a unit that is not in force' USING ERRCODE = 'ZX008', CONSTRAINT = 'assignment_in_force';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER assignment_in_force BEFORE INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION assignment_in_force();

-- What lies with a unit that has ended is counted each night.
ALTER TABLE watch_count DROP CONSTRAINT watch_count_what_check;
ALTER TABLE watch_count ADD CONSTRAINT watch_count_what_check CHECK (what IN ('no_next_step', 'letters_unsent', 'clocks_ownerless', 'with_ended_unit'));
COMMENT ON TABLE watch_count IS 'What was found each night that must never be: matters that wait for nobody or lie with a unit that has ended, letters that are due and lie, clocks that run where nobody can stop them. Rows are only added.';

-- +goose Down
SELECT 1 / 0;
