-- +goose Up
-- Deputies are shown their promises as they stand, and the door holds against what is done
-- at the same moment.

ALTER TABLE member_login ADD COLUMN sent_at timestamptz;
COMMENT ON COLUMN member_login.sent_at IS 'When its letter went out, or was about to; a job that comes again then sends nothing. Null again after a try that failed.';
UPDATE member_login SET sent_at = asked_at WHERE token_hash IS NOT NULL;
GRANT UPDATE (sent_at) ON member_login TO zhengxin_worker;

-- Whoever is written down as a journalist by a correction has no door.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_admitted(of_member bigint, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM member_account a JOIN member m ON m.id = a.member_id
		WHERE a.member_id = of_member AND m.kind IN ('npc_deputy', 'cppcc_member') AND a.closed_at IS NULL AND a.changed_at < since
			AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_ask(with_macs bytea[], as_ref text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint;
BEGIN
	SELECT a.member_id INTO who FROM member_account a
		WHERE a.mailbox_mac = ANY (with_macs) AND member_admitted(a.member_id, now()) ORDER BY a.changed_at DESC LIMIT 1;
	-- Under the lock: many who ask at once are as many as one after the other.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
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

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_enter(of_token bytea, with_macs bytea[], as_session bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	l member_login;
BEGIN
	-- Under the lock: many guesses at once are as many as one after the other.
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	IF NOT FOUND THEN
		RETURN 'gone';
	END IF;
	-- And the account's: whether the link may be used, and by which code, is asked after
	-- whoever is changing it has done so, or before they begin.
	PERFORM FROM member_account WHERE member_id = l.member_id FOR SHARE;
	IF NOT member_link(of_token) THEN
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

-- A promise is shown once its answer was served, with what became of it; one that was
-- promised anew by a move of its own is public with that move. What the signer said is
-- shown of the answer that was served last.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION member_matter(of_session bytea, of_number text) RETURNS jsonb
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
		'Promises', (SELECT jsonb_agg(jsonb_build_object('Seq', p.seq, 'No', p.no, 'DueOn', p.due_on, 'UnitName', g.name, 'MadeAt', e.at, 'SettledAt', s.at,
				'Outcome', coalesce(o.outcome, ''), 'DoneOn', o.done_on, 'Words', coalesce(o.words, ''), 'Reply', coalesce(x.reply, '')))
			FROM promise p JOIN event e ON e.matter_id = p.matter_id AND e.seq = p.seq JOIN unit g ON g.code = p.unit
				LEFT JOIN document d ON d.matter_id = p.matter_id AND d.seq = p.seq
				LEFT JOIN proposal_answer_point x ON d.seq IS NOT NULL AND x.matter_id = p.matter_id AND x.no = p.no AND x.seq = (
					SELECT max(r.seq) FROM proposal_answer r WHERE r.matter_id = p.matter_id AND r.seq < p.seq)
				LEFT JOIN promise_outcome o ON o.matter_id = p.matter_id AND o.promised = p.seq AND o.no = p.no
				LEFT JOIN event s ON s.matter_id = o.matter_id AND s.seq = o.seq
			WHERE p.matter_id = m.id AND (d.seq IS NULL OR d.served_on IS NOT NULL)),
		'Feedback', (SELECT jsonb_build_object('Attitude', f.attitude, 'Result', f.result, 'Consent', f.consent, 'Words', f.words)
			FROM proposal_feedback f WHERE f.matter_id = m.id AND f.seq > (SELECT max(d.served_seq) FROM document d WHERE d.matter_id = m.id)
			ORDER BY f.seq DESC LIMIT 1))
	FROM matter m JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
	WHERE m.number = of_number AND EXISTS (SELECT FROM proposal_signer s WHERE s.matter_id = m.id AND s.member_id = who
		AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = s.matter_id AND l.no = s.no))), 'false');
END
$$;
-- +goose StatementEnd

-- +goose Down
SELECT 1 / 0;
