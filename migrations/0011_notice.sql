-- +goose Up
-- What everybody may read: notices for their term, and figures that tell
-- nothing about one complaint. The portal reads both through what stands here
-- and has no other way to them.
CREATE TABLE notice (
	id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind              text NOT NULL CHECK (kind IN ('notice', 'circular', 'policy', 'warning')),
	title             text NOT NULL CHECK (title <> ''),
	issuer            text NOT NULL DEFAULT '',
	number            text NOT NULL DEFAULT '',
	addressee         text NOT NULL DEFAULT '',
	body              text NOT NULL CHECK (body <> ''),
	paper             text NOT NULL DEFAULT '',
	digest            text NOT NULL DEFAULT '' CHECK (digest ~ '^([0-9a-f]{64})?$'),
	document_id       bigint,
	matter_id         bigint REFERENCES matter,
	unit              text REFERENCES unit,
	published_at      timestamptz NOT NULL,
	until             date,
	taken_down_at     timestamptz,
	taken_down_reason text NOT NULL DEFAULT '',
	CHECK ((paper = '') = (digest = '')),
	CHECK ((taken_down_at IS NULL) = (taken_down_reason = '')),
	CONSTRAINT notice_warning_ends CHECK (kind <> 'warning' OR (unit IS NOT NULL AND until IS NOT NULL)),
	CONSTRAINT notice_term CHECK (until >= (published_at AT TIME ZONE 'Asia/Shanghai')::date)
);
CREATE INDEX notice_published ON notice (published_at DESC, id DESC);
CREATE INDEX notice_unit ON notice (unit) WHERE unit IS NOT NULL;
CREATE INDEX notice_matter ON notice (matter_id) WHERE matter_id IS NOT NULL;
COMMENT ON TABLE notice IS 'What is or was published. The row stays as the record when its term is over; the public then reads a tombstone only.';
COMMENT ON COLUMN notice.body IS 'One paragraph to a line.';
COMMENT ON COLUMN notice.paper IS 'The frozen document, byte for byte what digest (SHA-256) was taken of; empty when there is none.';
COMMENT ON COLUMN notice.document_id IS 'The numbered document it publishes.';
COMMENT ON COLUMN notice.unit IS 'Whom it concerns: it stands in that unit''s public record for its term.';
COMMENT ON COLUMN notice.until IS 'The last day it is shown, in Chinese time; null is until it is taken down.';
COMMENT ON COLUMN notice.taken_down_reason IS 'For the record; never public.';

GRANT SELECT ON notice TO zhengxin_admin, zhengxin_worker;
GRANT INSERT (kind, title, issuer, number, addressee, body, paper, digest, document_id, matter_id, unit, published_at, until)
	ON notice TO zhengxin_admin;
GRANT UPDATE (taken_down_at, taken_down_reason) ON notice TO zhengxin_admin;
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON notice TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);

-- The portal has no right on the table. The dates stand in the views, so no
-- statement of the portal, not even a wrong one, reaches what has ended.
CREATE VIEW notice_public WITH (security_barrier) AS
	SELECT id, kind, title, issuer, number, addressee, body, paper, digest, unit, published_at, until
	FROM notice
	WHERE published_at <= now() AND taken_down_at IS NULL
	  AND (until IS NULL OR until >= (now() AT TIME ZONE 'Asia/Shanghai')::date);
COMMENT ON VIEW notice_public IS 'Notices within their term; the query itself ends a publication by date.';

CREATE VIEW notice_tombstone WITH (security_barrier) AS
	SELECT id, least((taken_down_at AT TIME ZONE 'Asia/Shanghai')::date, until + 1) AS ended_on
	FROM notice
	WHERE published_at <= now()
	  AND (taken_down_at IS NOT NULL OR until < (now() AT TIME ZONE 'Asia/Shanghai')::date);
COMMENT ON VIEW notice_tombstone IS 'What is left in public of a notice that has ended: its number and the day.';
GRANT SELECT ON notice_public, notice_tombstone TO zhengxin_portal;

-- +goose StatementBegin
CREATE FUNCTION public_statistics(since timestamptz, at timestamptz) RETURNS TABLE (measure text, month date, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH received AS (
		SELECT date_trunc('month', m.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS month, c.channel = 'import' AS imported
		FROM matter m JOIN complaint c ON c.matter_id = m.id
		WHERE m.kind = 'complaint' AND m.opened_at >= since AND m.opened_at < public_statistics.at
	), answered AS (
		SELECT matter_id, min(sent_at) AS first, (array_agg(finding ORDER BY sent_at DESC))[1] AS finding
		FROM answer WHERE sent_at < public_statistics.at
		GROUP BY matter_id HAVING min(sent_at) >= since
	), judged AS (
		SELECT date_trunc('month', a.first AT TIME ZONE 'Asia/Shanghai')::date AS month, a.finding IN ('substantiated', 'mostly') AS upheld,
			coalesce((SELECT a.first <= k.due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO'
				ORDER BY k.started_seq LIMIT 1), false) AS on_time
		FROM answered a
	)
	SELECT 'received', r.month, count(*) FROM received r GROUP BY r.month
	UNION ALL SELECT 'imported', r.month, count(*) FROM received r WHERE r.imported GROUP BY r.month
	UNION ALL SELECT 'answered', j.month, count(*) FROM judged j GROUP BY j.month
	UNION ALL SELECT 'on_time', j.month, count(*) FROM judged j WHERE j.on_time GROUP BY j.month
	UNION ALL SELECT 'upheld', j.month, count(*) FROM judged j WHERE j.upheld GROUP BY j.month
	UNION ALL SELECT 'overdue', NULL, count(*) FROM clock k JOIN matter m ON m.id = k.matter_id
		WHERE k.rule = 'PF-DO' AND k.stopped_at IS NULL AND k.due_at < public_statistics.at AND m.closed_at IS NULL
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION public_statistics IS 'Figures of the whole county from since to at: by month of Chinese time, and what is overdue at that moment.';

-- +goose StatementBegin
CREATE FUNCTION public_unit_statistics(before date) RETURNS TABLE (unit text, measure text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	WITH term AS (
		SELECT (before - interval '1 year') AT TIME ZONE 'Asia/Shanghai' AS since, before::timestamp AT TIME ZONE 'Asia/Shanghai' AS at
	), answered AS (
		SELECT a.matter_id, min(a.sent_at) AS first, (array_agg(a.finding ORDER BY a.sent_at DESC))[1] AS finding,
			(array_agg(a.unit ORDER BY a.sent_at))[1] AS by_unit
		FROM answer a, term WHERE a.sent_at < term.at
		GROUP BY a.matter_id HAVING min(a.sent_at) >= min(term.since)
	), counted AS (
		SELECT m.unit, 'accused' AS measure FROM matter m, term
			WHERE m.kind = 'complaint' AND m.opened_at >= term.since AND m.opened_at < term.at AND NOT 'accusation' = ANY (m.flags)
		UNION ALL SELECT m.unit, 'accused_answered' FROM answered a JOIN matter m ON m.id = a.matter_id
		UNION ALL SELECT m.unit, 'accused_upheld' FROM answered a JOIN matter m ON m.id = a.matter_id
			WHERE a.finding IN ('substantiated', 'mostly')
		UNION ALL SELECT a.by_unit, 'handled' FROM answered a
		UNION ALL SELECT a.by_unit, 'handled_late' FROM answered a
			WHERE NOT coalesce((SELECT a.first <= k.due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO'
				ORDER BY k.started_seq LIMIT 1), false)
		UNION ALL SELECT s.unit, 'handling_overdue' FROM term, clock k JOIN matter m ON m.id = k.matter_id
			JOIN assignment s ON s.matter_id = m.id AND s.part = 'lead' AND s.ended_at IS NULL
			WHERE k.rule = 'PF-DO' AND k.stopped_at IS NULL AND k.due_at < term.at AND m.closed_at IS NULL
	)
	SELECT c.unit, c.measure, CASE WHEN count(*) >= 5 THEN count(*) END
	FROM counted c WHERE c.unit IS NOT NULL GROUP BY c.unit, c.measure
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION public_unit_statistics IS 'Figures of each unit for the year that ends with the day before: a count under five is null and leaves the database as nothing else; no count of today, so that nobody sees one complaint come in.';

REVOKE EXECUTE ON FUNCTION public_statistics, public_unit_statistics FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_statistics, public_unit_statistics TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
