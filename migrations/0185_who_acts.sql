-- +goose Up
-- Who of a unit can act on a matter is said once: what lies with a unit that has nobody is
-- told above, counted each night and asked about before it is given.
-- +goose StatementBegin
CREATE FUNCTION may_come_in(person staff, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT person.disabled_at IS NULL AND (person.totp_sealed IS NOT NULL OR person.password_until IS NULL OR person.password_until > at)
$$;
CREATE OR REPLACE FUNCTION may_come_in(person staff) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT may_come_in(person, now())
$$;

-- Of all units: each in their own right, and for a head who is away. It depends on nothing
-- but the moment, so that a statement about many matters asks it once.
CREATE FUNCTION at_work(at timestamptz) RETURNS TABLE (unit text, staff_id bigint, whom bigint, heads boolean, bars text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH gone AS (
		SELECT w.staff_id, w.stand_in FROM away((at AT TIME ZONE 'Asia/Shanghai')::date) w
	), acts AS (
		SELECT s.unit, s.id AS staff_id, s.id AS whom, s.role = 'unit_head' AS heads
		FROM staff s WHERE s.role IN ('handler', 'unit_head') AND s.unit IS NOT NULL AND may_come_in(s, at) AND s.id NOT IN (SELECT g.staff_id FROM gone g)
		UNION ALL
		SELECT h.unit, s.id, h.id, true FROM gone g JOIN staff h ON h.id = g.staff_id AND h.role = 'unit_head' JOIN staff s ON s.id = g.stand_in AND may_come_in(s, at)
	)
	SELECT a.unit, a.staff_id, a.whom, a.heads, ARRAY(SELECT b.unit FROM staff_bar b
		WHERE b.staff_id IN (a.staff_id, a.whom) AND coalesce(b.until > (at AT TIME ZONE 'Asia/Shanghai')::date, true))
	FROM acts a
$$;

-- Of a matter that some people and some units are barred from: what somebody is barred from
-- is not opened to whoever stands in for them. It is a part of the statement that asks.
CREATE FUNCTION who_acts(persons bigint[], units text[], at timestamptz) RETURNS TABLE (unit text, staff_id bigint, whom bigint, heads boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT w.unit, w.staff_id, w.whom, w.heads FROM at_work(at) w
	WHERE w.staff_id <> ALL (persons) AND w.whom <> ALL (persons) AND NOT w.bars && units
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION who_acts IS 'Who can act on a matter at a moment, in which unit, as whom, and whether as its head: not closed, not away, not barred, in their own right or for a head who is away.';
REVOKE ALL ON FUNCTION may_come_in(staff, timestamptz), at_work(timestamptz), who_acts(bigint[], text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_come_in(staff, timestamptz) TO zhengxin_admin;
GRANT EXECUTE ON FUNCTION at_work(timestamptz), who_acts(bigint[], text[], timestamptz) TO zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
