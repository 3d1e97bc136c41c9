-- +goose Up
-- Letters to members, and answers that are served on the portal.

ALTER TABLE letter DROP CONSTRAINT letter_recipient_check, ADD CONSTRAINT letter_recipient_check CHECK (recipient ~ '^(complainant|unit|desk|member:[1-9][0-9]*)$');
COMMENT ON COLUMN letter.recipient IS 'To whom; a member by their number on the roster.';

-- Whom of the members a letter reaches the portal does not know, and writes none to them.
DROP POLICY own_add ON letter;
CREATE POLICY own_add ON letter FOR INSERT TO zhengxin_portal WITH CHECK (state = 'waiting' AND tries = 0 AND recipient IN ('complainant', 'unit', 'desk')
	AND (matter_id = (SELECT u.matter_id FROM unlock u) OR matter_id = (SELECT filed_now())));

ALTER TABLE member_account ADD COLUMN served_online_at timestamptz;
COMMENT ON COLUMN member_account.served_online_at IS 'Since when they agree that answers are served on the portal; null while they do not.';

-- Whom a letter about a matter reaches: who has part in it, an account and a term.
CREATE VIEW member_reached AS
SELECT p.matter_id, p.member_id, p.part, a.served_online_at IS NOT NULL AS online
FROM member_part p JOIN member_account a ON a.member_id = p.member_id JOIN member m ON m.id = p.member_id
WHERE a.closed_at IS NULL AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity');
GRANT SELECT ON member_reached TO zhengxin_admin, zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION member_serve_online(of_session bytea, agrees boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	UPDATE member_account SET served_online_at = CASE WHEN agrees THEN coalesce(served_online_at, now()) END WHERE member_id = who;
	RETURN 'true';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_serve_online IS 'Notes whether who is logged in agrees that answers are served on the portal. Null when the session opens nothing.';
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_matters(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session,
		'Online', (SELECT a.served_online_at IS NOT NULL FROM member_account a WHERE a.member_id = who), 'Proposals', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Designation', p.designation, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
			'UnitName', coalesce(u.name, ''), 'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY m.opened_at DESC, m.id DESC)
		FROM member_part s JOIN matter m ON m.id = s.matter_id JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
		WHERE s.member_id = who))
	FROM member b WHERE b.id = who);
END
$$;
-- +goose StatementEnd

REVOKE EXECUTE ON FUNCTION member_serve_online FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_serve_online TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
