-- +goose Up
CREATE TABLE staff_act (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at       timestamptz NOT NULL,
	by_id    bigint REFERENCES staff,
	staff_id bigint NOT NULL REFERENCES staff,
	act      text NOT NULL CHECK (act IN ('add', 'disable', 'enable', 'reset_second_factor', 'set_password')),
	reason   text NOT NULL CHECK (char_length(reason) <= 500),
	CHECK (by_id <> staff_id),
	CHECK (reason <> '' OR (by_id IS NULL AND act = 'add'))
);
CREATE INDEX staff_act_staff ON staff_act (staff_id, id);
COMMENT ON TABLE staff_act IS 'What was done to an account, by whom and why. It belongs to no matter, so it is in no chain of events: rows are only added, written with the change itself.';
COMMENT ON COLUMN staff_act.by_id IS 'The sysadmin who did it; null is the operator at the machine, by command.';
COMMENT ON COLUMN staff_act.reason IS 'Empty only where the operator added an account: that command asks for none.';
GRANT SELECT, INSERT ON staff_act TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
