-- +goose Up
-- A published paper bears the day on which it was signed, and no word that was not in it:
-- what the office adds stands beside it. Its fingerprint is of the paper alone.
ALTER TABLE notice ADD COLUMN signed_on date, ADD COLUMN also text NOT NULL DEFAULT '';
COMMENT ON COLUMN notice.signed_on IS 'The day that its document bears; null where it publishes none.';
COMMENT ON COLUMN notice.also IS 'What the office says beside the paper, one paragraph to a line.';
CREATE OR REPLACE VIEW notice_public WITH (security_barrier = true) AS
SELECT id, kind, title, issuer, number, addressee, body, paper, digest, unit, published_at, until, signed_on, also
FROM notice
WHERE published_at <= now() AND taken_down_at IS NULL AND (until IS NULL OR until >= (now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT INSERT (signed_on, also) ON notice TO zhengxin_admin;

-- What was published before names its document.
UPDATE notice n SET signed_on = (d.signed_at AT TIME ZONE 'Asia/Shanghai')::date FROM document d WHERE d.id = n.document_id;

-- +goose Down
SELECT 1 / 0;
