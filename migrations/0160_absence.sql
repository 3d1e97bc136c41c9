-- +goose Up
-- Who is away from which day to which, and who stands in (代办人, AB 角). Standing in adds
-- rights and swaps nobody: it lasts while the days do, the absence has not been ended, and
-- whoever stands in is there and still of the unit and role.
CREATE TABLE absence (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	staff_id bigint NOT NULL REFERENCES staff,
	from_on  date NOT NULL,
	to_on    date NOT NULL,
	stand_in bigint REFERENCES staff,
	by_id    bigint NOT NULL REFERENCES staff,
	at       timestamptz NOT NULL,
	CHECK (to_on >= from_on),
	CHECK (stand_in <> staff_id)
);
CREATE INDEX absence_staff ON absence (staff_id, to_on);
CREATE INDEX absence_to_on ON absence (to_on);
COMMENT ON TABLE absence IS 'That a member of staff is away, both days included, and who stands in for them. Rows are only added; an early end is a row of absence_end.';
COMMENT ON COLUMN absence.stand_in IS 'Who acts for them meanwhile, under their own name; null: nobody was named.';
COMMENT ON COLUMN absence.by_id IS 'Who entered it: the person themselves, the head of their unit or a sysadmin.';

CREATE TABLE absence_end (
	absence_id bigint PRIMARY KEY REFERENCES absence,
	by_id      bigint NOT NULL REFERENCES staff,
	at         timestamptz NOT NULL
);
COMMENT ON TABLE absence_end IS 'That an absence was ended before its last day. Rows are only added.';
GRANT SELECT, INSERT ON absence, absence_end TO zhengxin_admin;

-- +goose StatementBegin
-- Who may stand in for whom: a unit's staff for one of the same role, a handler for the
-- head, too, and at the desk one of the same role.
CREATE FUNCTION may_stand_in(who staff, whom staff) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT who.id <> whom.id AND CASE
		WHEN whom.role = 'unit_head' THEN who.role IN ('handler', 'unit_head') AND who.unit = whom.unit
		WHEN whom.role = 'handler' THEN who.role = 'handler' AND who.unit = whom.unit
		ELSE who.role = whom.role END
$$;

-- Who is away on a day and who stands in for them; null where nobody does: nobody was named,
-- or whoever was is gone, of another unit or role by now, or away too.
CREATE FUNCTION away(on_day date) RETURNS TABLE (absence bigint, staff_id bigint, stand_in bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH gone AS (
		SELECT a.id, a.staff_id, a.stand_in FROM absence a
		WHERE on_day BETWEEN a.from_on AND a.to_on AND NOT EXISTS (SELECT FROM absence_end e WHERE e.absence_id = a.id)
	)
	SELECT g.id, g.staff_id, CASE WHEN may_come_in(s) AND may_stand_in(s, p) AND s.id NOT IN (SELECT o.staff_id FROM gone o) THEN s.id END
	FROM gone g JOIN staff p ON p.id = g.staff_id LEFT JOIN staff s ON s.id = g.stand_in
	WHERE p.disabled_at IS NULL
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION may_stand_in(staff, staff), away(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_stand_in(staff, staff) TO zhengxin_admin;
GRANT EXECUTE ON FUNCTION away(date) TO zhengxin_admin, zhengxin_worker;

-- An absence is an act on an account, which its own person may do and need not give reasons for.
ALTER TABLE staff_act
	DROP CONSTRAINT staff_act_act_check, DROP CONSTRAINT staff_act_by, DROP CONSTRAINT staff_act_why,
	ADD CONSTRAINT staff_act_act_check CHECK (act IN ('add', 'disable', 'enable', 'reset_second_factor', 'set_password', 'reassign', 'enrol', 'away', 'back')),
	ADD CONSTRAINT staff_act_by CHECK (CASE WHEN act = 'enrol' THEN by_id IS NOT DISTINCT FROM staff_id WHEN act IN ('away', 'back') THEN by_id IS NOT NULL ELSE by_id IS DISTINCT FROM staff_id END),
	ADD CONSTRAINT staff_act_why CHECK (reason <> '' OR act IN ('enrol', 'away', 'back') OR by_id IS NULL AND act = 'add');
COMMENT ON COLUMN staff_act.by_id IS 'Who did it: a sysadmin, of an absence also the person or the head of their unit; null is the operator at the machine, by command. A second factor is bound by whoever has the person''s password.';
COMMENT ON COLUMN staff_act.reason IS 'Empty where the operator added an account, whose command asks for none, where a second factor was bound, and of an absence.';

-- What is counted each night has one more line: who is away where nobody else is there.
ALTER TABLE watch_count
	DROP CONSTRAINT watch_count_what_check,
	ADD CONSTRAINT watch_count_what_check CHECK (what IN ('no_next_step', 'letters_unsent', 'clocks_ownerless', 'with_ended_unit', 'no_stand_in'));

-- +goose Down
SELECT 1 / 0;
