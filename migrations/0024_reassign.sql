-- +goose Up
ALTER TABLE staff_act DROP CONSTRAINT staff_act_act_check,
	ADD CONSTRAINT staff_act_act_check CHECK (act IN ('add', 'disable', 'enable', 'reset_second_factor', 'set_password', 'reassign')),
	ADD COLUMN change text NOT NULL DEFAULT '';
COMMENT ON COLUMN staff_act.change IS 'What was and what is now, where the act itself does not say it.';

-- +goose Down
SELECT 1 / 0;
