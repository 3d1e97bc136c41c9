-- +goose Up
-- A unit, its predecessors and its successors, transitively, are one class: what
-- merges or is renamed takes its past along. The bars of a unit are its class,
-- whatever stands above any of it, and whoever is in declared conflict with one
-- of these. The earlier rule followed predecessors only, so that a unit which
-- had a complaint about another and was then merged into it answered for itself
-- (信访工作条例 30).
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION unit_bars(candidate text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (WITH RECURSIVE own AS (
		SELECT code FROM unit WHERE code = candidate
		UNION
		SELECT next.code FROM own JOIN unit u ON u.code = own.code OR u.successor = own.code
			CROSS JOIN LATERAL (VALUES (u.code), (u.successor), (CASE WHEN u.code = own.code THEN u.parent END)) AS next (code)
		WHERE next.code IS NOT NULL
	), bars AS (
		SELECT code FROM own
		UNION
		SELECT next.code FROM (
			SELECT c.other AS code FROM unit_conflict c JOIN own ON own.code = c.unit
			UNION SELECT c.unit FROM unit_conflict c JOIN own ON own.code = c.other
		) AS next
		UNION
		SELECT next.code FROM bars JOIN unit u ON u.code = bars.code OR u.successor = bars.code
			CROSS JOIN LATERAL (VALUES (u.code), (u.successor)) AS next (code)
		WHERE next.code IS NOT NULL
	)
	SELECT coalesce(array_agg(code), '{}') FROM bars);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION unit_bars IS 'The units complaints about which candidate may neither see nor handle: its class (predecessors and successors), whatever is above one of it, and those in declared conflict with any of these, with their classes.';
DROP FUNCTION unit_line;

-- +goose Down
SELECT 1 / 0;
