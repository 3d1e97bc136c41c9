-- +goose Up
-- The deputies' and committee members' own door. The portal may ask for a link, use
-- one, and read what the holder of a session has proposed: by functions that say which
-- columns, and by no right on any table. Every time here is the database's own, so that
-- whoever runs SQL as the portal cannot name a day on which an old link still opened.

CREATE TABLE member_account (
	member_id   bigint PRIMARY KEY REFERENCES member,
	mailbox     bytea NOT NULL,
	mailbox_mac bytea NOT NULL,
	code_mac    bytea NOT NULL,
	changed_at  timestamptz NOT NULL,
	closed_at   timestamptz
);
CREATE INDEX member_account_mailbox ON member_account (mailbox_mac);
COMMENT ON TABLE member_account IS 'A deputy''s or committee member''s account, admitted at the desk against the roster. It ends with the term on the roster by itself.';
COMMENT ON COLUMN member_account.mailbox IS 'Sealed to the office; the worker opens it while it sends.';
COMMENT ON COLUMN member_account.mailbox_mac IS 'Keyed hash by which a typed address is found.';
COMMENT ON COLUMN member_account.code_mac IS 'Keyed hash of the login code, which is on the slip of the admission and nowhere else.';
COMMENT ON COLUMN member_account.changed_at IS 'When the desk last changed it; links and sessions of before open nothing.';

CREATE TABLE member_act (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at        timestamptz NOT NULL,
	by_id     bigint NOT NULL REFERENCES staff,
	member_id bigint NOT NULL REFERENCES member,
	act       text NOT NULL CHECK (act IN ('admit', 'code', 'mailbox', 'close')),
	reason    text NOT NULL CHECK (reason <> '')
);
CREATE INDEX member_act_member ON member_act (member_id, id);
COMMENT ON TABLE member_act IS 'What was done to such an account; only ever added to.';

CREATE TABLE member_login (
	ref        text PRIMARY KEY CHECK (ref ~ '^[0-9a-f]{32}$'),
	member_id  bigint REFERENCES member_account,
	asked_at   timestamptz NOT NULL,
	token_hash bytea UNIQUE,
	expires_at timestamptz,
	wrong      int NOT NULL DEFAULT 0,
	used_at    timestamptz
);
CREATE INDEX member_login_member ON member_login (member_id, asked_at);
COMMENT ON TABLE member_login IS 'A link that was asked for. There is a row for an address that nobody has, too: to ask costs the same.';
COMMENT ON COLUMN member_login.token_hash IS 'Of the link. The worker draws it while it sends and keeps it nowhere else.';
COMMENT ON COLUMN member_login.wrong IS 'Wrong second factors; five use the link up.';

CREATE TABLE member_session (
	token_hash bytea PRIMARY KEY,
	member_id  bigint NOT NULL REFERENCES member_account,
	created_at timestamptz NOT NULL,
	seen_at    timestamptz NOT NULL,
	ended_at   timestamptz
);
COMMENT ON TABLE member_session IS 'A browser in which a deputy is logged in: half an hour after the last look, twelve hours at most.';

GRANT SELECT, INSERT ON member_account, member_act TO zhengxin_admin;
GRANT UPDATE (mailbox, mailbox_mac, code_mac, changed_at, closed_at) ON member_account TO zhengxin_admin;
GRANT SELECT (member_id, mailbox, changed_at, closed_at) ON member_account TO zhengxin_worker;
GRANT SELECT, DELETE ON member_login TO zhengxin_worker;
GRANT UPDATE (token_hash, expires_at) ON member_login TO zhengxin_worker;
GRANT SELECT (created_at), DELETE ON member_session TO zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION member_admitted(of_member bigint, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM member_account a JOIN member m ON m.id = a.member_id
		WHERE a.member_id = of_member AND a.closed_at IS NULL AND a.changed_at < since
			AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_admitted IS 'The account is open, its term is not over, and nothing was changed of it since.';

-- +goose StatementBegin
CREATE FUNCTION member_ask(with_macs bytea[], as_ref text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint;
BEGIN
	SELECT a.member_id INTO who FROM member_account a
		WHERE a.mailbox_mac = ANY (with_macs) AND member_admitted(a.member_id, now()) ORDER BY a.changed_at DESC LIMIT 1;
	-- A mailbox is not flooded. Three that are under way are three that open: whoever asks
	-- for them in a deputy's name keeps the deputy from none.
	IF (SELECT count(*) FROM member_login l WHERE l.member_id = who AND l.asked_at > now() - interval '20 minutes') >= 3 THEN
		who := NULL;
	END IF;
	INSERT INTO member_login (ref, member_id, asked_at) VALUES (as_ref, who, now());
	PERFORM enqueue('send_login', jsonb_build_object('login', as_ref), 'mail');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_ask IS 'Asks for a link to the mailbox of that keyed hash. It does and answers the same where there is none.';

-- +goose StatementBegin
CREATE FUNCTION member_link(of_token bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM member_login l WHERE l.token_hash = of_token AND l.used_at IS NULL AND l.wrong < 5
		AND l.expires_at > now() AND member_admitted(l.member_id, l.asked_at))
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_link IS 'Whether a link may still be used; to ask uses nothing up.';

-- +goose StatementBegin
CREATE FUNCTION member_enter(of_token bytea, with_macs bytea[], as_session bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	l member_login;
BEGIN
	-- Under the lock: many guesses at once are as many as one after the other.
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	IF NOT FOUND OR NOT member_link(of_token) THEN
		RETURN 'gone';
	END IF;
	IF NOT EXISTS (SELECT FROM member_account WHERE member_id = l.member_id AND code_mac = ANY (with_macs)) THEN
		UPDATE member_login SET wrong = wrong + 1 WHERE ref = l.ref;
		RETURN 'wrong ' || 4 - l.wrong;
	END IF;
	UPDATE member_login SET used_at = now() WHERE ref = l.ref;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES (as_session, l.member_id, now(), now());
	RETURN 'open';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_enter IS 'Uses a link up with the login code and begins a session; five wrong codes use it up, too.';

-- +goose StatementBegin
CREATE FUNCTION member_of(of_session bytea) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	UPDATE member_session s SET seen_at = now()
	WHERE s.token_hash = of_session AND s.ended_at IS NULL AND s.created_at > now() - interval '12 hours'
		AND s.seen_at > now() - interval '30 minutes' AND member_admitted(s.member_id, s.created_at)
	RETURNING s.member_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_of IS 'Whose session that is, whose half hour begins anew; null when it opens nothing.';

-- +goose StatementBegin
CREATE FUNCTION member_leave(of_session bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	UPDATE member_session SET ended_at = now() WHERE token_hash = of_session AND ended_at IS NULL
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION member_matters(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session, 'Proposals', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Designation', p.designation, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
			'UnitName', coalesce(u.name, ''), 'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY m.opened_at DESC, m.id DESC)
		FROM proposal_signer s JOIN matter m ON m.id = s.matter_id JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
		WHERE s.member_id = who AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = s.matter_id AND l.no = s.no)))
	FROM member b WHERE b.id = who);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_matters IS 'Who is logged in, and what they have signed and not left; null when the session opens nothing.';

-- +goose StatementBegin
CREATE FUNCTION member_matter(of_session bytea, of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Number', m.number, 'Designation', p.designation, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
		'UnitName', coalesce(u.name, ''), 'Source', p.source, 'Body', p.content,
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Points', (SELECT jsonb_agg(jsonb_build_object('No', t.no, 'Said', t.said) ORDER BY t.no) FROM proposal_point t WHERE t.matter_id = m.id),
		'Signers', (SELECT jsonb_agg(jsonb_build_object('No', o.no, 'Name', o.name, 'Left', l.no IS NOT NULL) ORDER BY o.no)
			FROM proposal_signer o LEFT JOIN proposal_leaving l ON l.matter_id = o.matter_id AND l.no = o.no WHERE o.matter_id = m.id),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''),
		'Hands', (SELECT jsonb_agg(jsonb_build_object('Unit', h.name, 'Part', a.part, 'Signed', a.signed_at) ORDER BY a.part DESC, a.id)
			FROM assignment a JOIN unit h ON h.code = a.unit WHERE a.matter_id = m.id AND a.ended_at IS NULL),
		'Papers', (SELECT jsonb_agg(jsonb_build_object('Paper', d.paper, 'ServedOn', d.served_on) ORDER BY d.seq DESC)
			FROM document d WHERE d.matter_id = m.id AND d.served_on IS NOT NULL),
		'Promises', (SELECT jsonb_agg(jsonb_build_object('No', x.no, 'Reply', x.reply, 'PromisedOn', x.promised_on) ORDER BY x.no)
			FROM proposal_answer_point x WHERE x.matter_id = m.id AND x.promised_on IS NOT NULL AND x.seq = (
				SELECT max(r.seq) FROM proposal_answer r WHERE r.matter_id = m.id AND r.seq < (
					SELECT max(d.seq) FROM document d WHERE d.matter_id = m.id AND d.served_on IS NOT NULL))),
		'Feedback', (SELECT jsonb_build_object('Attitude', f.attitude, 'Result', f.result, 'Consent', f.consent, 'Words', f.words)
			FROM proposal_feedback f WHERE f.matter_id = m.id ORDER BY f.seq DESC LIMIT 1))
	FROM matter m JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
	WHERE m.number = of_number AND EXISTS (SELECT FROM proposal_signer s WHERE s.matter_id = m.id AND s.member_id = who
		AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = s.matter_id AND l.no = s.no))), 'false');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_matter IS 'One of them, as its signers may know it: public sentences, answers that were served, and no draft, internal word or name of staff. Null when the session opens nothing, false where it is not theirs.';

REVOKE EXECUTE ON FUNCTION member_admitted, member_ask, member_link, member_enter, member_of, member_leave, member_matters, member_matter FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_ask, member_link, member_enter, member_leave, member_matters, member_matter TO zhengxin_portal;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION enqueue(of_kind text, with_args jsonb, in_queue text DEFAULT 'default') RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF of_kind OPERATOR(pg_catalog.<>) ALL ('{index_text,send_letter,send_login}'::pg_catalog.text[])
		OR in_queue OPERATOR(pg_catalog.<>) ALL ('{default,mail}'::pg_catalog.text[]) THEN
		RAISE EXCEPTION 'no such job' USING ERRCODE = 'ZX004';
	END IF;
	INSERT INTO public.river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (with_args, of_kind, 25, '{}', 1, in_queue, pg_catalog.now(), 'available', '{}');
	RETURN true;
END $$;
-- +goose StatementEnd

-- +goose Down
SELECT 1 / 0;
