-- +goose Up
-- A published paper bears the day on which it was signed, and no word that was not in it:
-- what the office adds stands beside it. Its fingerprint is of the paper alone.
ALTER TABLE notice ADD COLUMN also text NOT NULL DEFAULT '';
COMMENT ON COLUMN notice.also IS 'What the office says beside the paper, one paragraph to a line.';
CREATE OR REPLACE VIEW notice_public WITH (security_barrier = true) AS
SELECT n.id, n.kind, n.title, n.issuer, n.number, n.addressee, n.body, n.paper, n.digest, n.unit, n.published_at, n.until, n.also,
	(SELECT (d.signed_at AT TIME ZONE 'Asia/Shanghai')::date FROM document d WHERE d.id = n.document_id) AS signed_on
FROM notice n
WHERE n.published_at <= now() AND n.taken_down_at IS NULL AND (n.until IS NULL OR n.until >= (now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT INSERT (also) ON notice TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
