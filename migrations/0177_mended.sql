-- +goose Up
-- A unit ends on its last day here, not on that of UTC.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION unit_above(of_matter bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH RECURSIVE up AS (
		SELECT u.parent AS code, 1 AS nth FROM assignment a JOIN unit u ON u.code = a.unit
		WHERE a.matter_id = of_matter AND a.part = 'lead' AND a.ended_at IS NULL
		UNION ALL SELECT u.parent, up.nth + 1 FROM up JOIN unit u ON u.code = up.code WHERE up.nth < 20
	)
	SELECT up.code FROM up JOIN unit u ON u.code = up.code JOIN matter m ON m.id = of_matter
	WHERE up.code <> ALL (supervising_offices()) AND coalesce(u.valid_to >= (now() AT TIME ZONE 'Asia/Shanghai')::date, true) AND NOT unit_bars(up.code) && (m.named || m.meant)
		AND NOT EXISTS (SELECT FROM staff s WHERE s.unit = up.code AND s.disabled_at IS NULL AND s.id = ANY (m.persons))
	ORDER BY up.nth LIMIT 1
$$;
-- +goose StatementEnd

-- What another body sends back is decided on anew, by the terms of its track too.
INSERT INTO clock_choice (kind, track, nature, at, rule, beside, note, valid_from) VALUES
	('complaint', 'sme_payment', '', 'handed_back', 'SME-EXAM', 'XF-NOTICE', '被退回的，重新决定，重新起算', '2024-01-01'),
	('complaint', 'biz_env', '', 'handed_back', 'BE-XFER', 'XF-NOTICE', '被退回的，重新决定，重新起算', '2024-01-01');

-- +goose Down
SELECT 1 / 0;
