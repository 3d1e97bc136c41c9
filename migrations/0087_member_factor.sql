-- +goose Up
-- A second factor of a member's own choosing: the login code of the slip, or an
-- authenticator. The portal has neither the office's key nor a right on accounts, so the
-- authenticator's secret is in no row: the portal derives it from its code key and the
-- row's nonce. It checks a code; the database counts the guess before that, says what time
-- it is, and takes each step once.

CREATE TABLE member_factor (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at        timestamptz NOT NULL,
	member_id bigint NOT NULL REFERENCES member_account,
	factor    text NOT NULL CHECK (factor IN ('code', 'totp')),
	by_desk   boolean NOT NULL DEFAULT false,
	nonce     bytea CHECK (length(nonce) = 32),
	proof     bytea CHECK (length(proof) = 32),
	CHECK ((factor = 'totp') = (nonce IS NOT NULL) AND (factor = 'totp') = (proof IS NOT NULL))
);
CREATE INDEX member_factor_member ON member_factor (member_id, id);
COMMENT ON TABLE member_factor IS 'Which second factor a member has chosen: the newest row; without one, the login code. Only ever added to.';
COMMENT ON COLUMN member_factor.by_desk IS 'The desk has put the login code back; its act is in member_act. Else the member did it, with both factors.';
COMMENT ON COLUMN member_factor.nonce IS 'Of it and the portal''s code key the secret is made.';
COMMENT ON COLUMN member_factor.proof IS 'SHA-256 of what the portal can say of the nonce with its key alone: whoever runs SQL in its name without the key cannot claim that a code was right.';

CREATE TABLE member_guess (
	id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at        timestamptz NOT NULL,
	member_id bigint REFERENCES member_account,
	way       text NOT NULL CHECK (way IN ('link', 'code', 'own')),
	step      bigint
);
CREATE INDEX member_guess_member ON member_guess (member_id, way, at);
COMMENT ON TABLE member_guess IS 'A guess at a second factor, written before it is looked at. There is a row for a login code that is nobody''s, too: to guess costs the same.';
COMMENT ON COLUMN member_guess.way IS 'By a mailed link, by login code and authenticator, or logged in. Each is counted by itself, so that whoever reads a mailbox does not shut out the holder of the slip.';
COMMENT ON COLUMN member_guess.step IS 'The time step of the code, when it was right; null where it was wrong.';

ALTER TABLE member_session ADD COLUMN way text NOT NULL DEFAULT 'link' CHECK (way IN ('link', 'code'));
COMMENT ON COLUMN member_session.way IS 'By a mailed link, or by login code and authenticator.';
CREATE INDEX member_session_member ON member_session (member_id, created_at);

ALTER TABLE member_act DROP CONSTRAINT member_act_act_check;
ALTER TABLE member_act ADD CONSTRAINT member_act_act_check CHECK (act IN ('admit', 'code', 'mailbox', 'factor', 'close'));

GRANT SELECT (id, at, member_id, factor, by_desk), INSERT (at, member_id, factor, by_desk) ON member_factor TO zhengxin_admin;
GRANT SELECT (at, member_id), DELETE ON member_guess TO zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION member_chosen(of_member bigint) RETURNS member_factor
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT f FROM member_factor f WHERE f.member_id = of_member ORDER BY f.id DESC LIMIT 1
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_chosen IS 'The present second factor; no row where it is the login code and always was.';

-- +goose StatementBegin
CREATE FUNCTION member_proved(of_member bigint, with_proof bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM member_chosen(of_member) f WHERE f.factor = 'totp' AND f.proof = sha256(with_proof))
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_proved IS 'They have an authenticator, and whoever says that its code was right has the portal''s key.';

DROP FUNCTION member_link;
-- +goose StatementBegin
CREATE FUNCTION member_link(of_token bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT coalesce((member_chosen(l.member_id)).factor, 'code') FROM member_login l WHERE l.token_hash = of_token AND l.used_at IS NULL AND l.wrong < 5
		AND l.expires_at > now() AND member_admitted(l.member_id, l.asked_at)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_link IS 'Which second factor a link asks for; null where it may not be used any more. To ask uses nothing up.';

-- +goose StatementBegin
CREATE FUNCTION member_guessed(who bigint, of_way text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	guess bigint;
	wrong int;
	f member_factor;
BEGIN
	-- Under the lock: many guesses at once are as many as one after the other.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
	INSERT INTO member_guess (at, member_id, way) VALUES (now(), who, of_way) RETURNING id INTO guess;
	-- What was counted later than now was counted by a clock that was set back since.
	SELECT count(*) INTO wrong FROM member_guess g
		WHERE g.member_id = who AND g.way = of_way AND g.step IS NULL AND g.at BETWEEN now() - interval '1 hour' AND now() + interval '1 minute';
	f := member_chosen(who);
	RETURN jsonb_build_object('Guess', guess, 'Spent', wrong > 10, 'Factor', coalesce(f.factor, 'code'),
		'Nonce', encode(coalesce(f.nonce, sha256('nobody')), 'hex'), 'Now', floor(extract(epoch FROM clock_timestamp()))::bigint);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_guessed IS 'Counts a guess at a code of an authenticator, and gives what it is checked with: ten wrong ones an hour for each account and way.';

-- +goose StatementBegin
CREATE FUNCTION member_try_link(of_token bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	l member_login;
BEGIN
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	IF member_link(of_token) IS DISTINCT FROM 'totp' THEN
		RETURN NULL;
	END IF;
	UPDATE member_login SET wrong = wrong + 1 WHERE ref = l.ref;
	RETURN member_guessed(l.member_id, 'link') || jsonb_build_object('Left', 4 - l.wrong);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_try_link IS 'Counts a guess with a link, five for each; null where the link may not be used.';

-- +goose StatementBegin
CREATE FUNCTION member_try_code(with_macs bytea[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint;
BEGIN
	SELECT a.member_id INTO who FROM member_account a
		WHERE a.code_mac = ANY (with_macs) AND member_admitted(a.member_id, now()) AND (member_chosen(a.member_id)).factor = 'totp' LIMIT 1;
	RETURN member_guessed(who, 'code');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_try_code IS 'Counts a guess with a login code. It does and gives the same where the code is nobody''s, closed, ended, or has no authenticator beside it.';

-- +goose StatementBegin
CREATE FUNCTION member_locked(of_session bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	-- The account before the session: two browsers that end each other's sessions, each
	-- with its own in hand, would wait for one another.
	PERFORM FROM member_account WHERE member_id = (SELECT member_id FROM member_session WHERE token_hash = of_session) FOR NO KEY UPDATE;
	RETURN member_of(of_session);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_locked IS 'member_of, with the account locked.';

-- +goose StatementBegin
CREATE FUNCTION member_try_own(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_locked(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN member_guessed(who, 'own');
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_try_own IS 'Counts a guess of who is logged in and changes their factor.';

-- +goose StatementBegin
CREATE FUNCTION member_took(who bigint, of_guess bigint, of_way text, of_step bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	present bigint := floor(extract(epoch FROM clock_timestamp()) / 30);
BEGIN
	-- A used step that lies far ahead was used while the clock was wrong, and bars nobody.
	IF of_step IS NULL OR of_step NOT BETWEEN present - 3 AND present + 1
		OR EXISTS (SELECT FROM member_guess g WHERE g.member_id = who AND g.step BETWEEN of_step AND present + 10) THEN
		RETURN false;
	END IF;
	UPDATE member_guess SET step = of_step WHERE id = of_guess AND member_id = who AND way = of_way AND step IS NULL;
	RETURN FOUND;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_took IS 'Uses the step of a right code up; false where it, or a later one, was used before. The account is locked by whoever asks.';

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
	IF member_link(of_token) IS DISTINCT FROM 'code' THEN
		RETURN 'gone';
	END IF;
	IF NOT EXISTS (SELECT FROM member_account WHERE member_id = l.member_id AND code_mac = ANY (with_macs)) THEN
		UPDATE member_login SET wrong = wrong + 1 WHERE ref = l.ref;
		INSERT INTO member_guess (at, member_id, way) VALUES (now(), l.member_id, 'link');
		RETURN 'wrong ' || 4 - l.wrong;
	END IF;
	UPDATE member_login SET used_at = now() WHERE ref = l.ref;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES (as_session, l.member_id, now(), now());
	RETURN 'open';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_enter IS 'Uses a link up with the login code, of whoever has no authenticator, and begins a session; five wrong codes use it up, too.';

-- +goose StatementBegin
CREATE FUNCTION member_enter_link(of_token bytea, of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	l member_login;
BEGIN
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	PERFORM FROM member_account WHERE member_id = l.member_id FOR NO KEY UPDATE;
	IF l.used_at IS NOT NULL OR l.expires_at > now() IS NOT TRUE OR NOT member_admitted(l.member_id, l.asked_at)
		OR NOT member_proved(l.member_id, with_proof) THEN
		RETURN 'gone';
	END IF;
	IF NOT member_took(l.member_id, of_guess, 'link', of_step) THEN
		RETURN 'used';
	END IF;
	UPDATE member_login SET used_at = now() WHERE ref = l.ref;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES (as_session, l.member_id, now(), now());
	RETURN 'open';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_enter_link IS 'Uses a link and the step of a right code up and begins a session; the guess was counted by member_try_link.';

-- +goose StatementBegin
CREATE FUNCTION member_enter_code(with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint;
BEGIN
	SELECT member_id INTO who FROM member_account WHERE code_mac = ANY (with_macs) LIMIT 1 FOR NO KEY UPDATE;
	IF who IS NULL OR NOT member_admitted(who, now()) OR NOT member_proved(who, with_proof)
		OR NOT member_took(who, of_guess, 'code', of_step) THEN
		RETURN 'wrong';
	END IF;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at, way) VALUES (as_session, who, now(), now(), 'code');
	RETURN 'open';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_enter_code IS 'Begins a session by login code and the step of a right code, which is used up.';

-- +goose StatementBegin
CREATE FUNCTION member_choose(of_session bytea, with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, new_nonce bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_locked(of_session);
	present text;
BEGIN
	IF who IS NULL THEN
		RETURN 'gone';
	END IF;
	present := coalesce((member_chosen(who)).factor, 'code');
	IF (present = 'code') <> (new_nonce IS NOT NULL) OR present = 'totp' AND NOT member_proved(who, with_proof) THEN
		RETURN 'changed';
	END IF;
	IF NOT EXISTS (SELECT FROM member_account WHERE member_id = who AND code_mac = ANY (with_macs)) THEN
		RETURN 'wrong';
	END IF;
	IF NOT member_took(who, of_guess, 'own', of_step) THEN
		RETURN 'used';
	END IF;
	INSERT INTO member_factor (at, member_id, factor, nonce, proof)
		VALUES (now(), who, CASE WHEN new_nonce IS NULL THEN 'code' ELSE 'totp' END, new_nonce, CASE WHEN new_nonce IS NOT NULL THEN sha256(with_proof) END);
	UPDATE member_session SET ended_at = now() WHERE member_id = who AND token_hash <> of_session AND ended_at IS NULL;
	RETURN 'done';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_choose IS 'Changes the second factor, by login code and a right code of the authenticator: to one with that nonce, or without one back to the login code. Other sessions end.';

-- +goose StatementBegin
CREATE FUNCTION member_leave_others(of_session bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_locked(of_session);
BEGIN
	UPDATE member_session SET ended_at = now() WHERE member_id = who AND token_hash <> of_session AND ended_at IS NULL;
	RETURN who IS NOT NULL;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_leave_others IS 'Ends all other sessions of who is logged in; false when nobody is.';

-- +goose StatementBegin
CREATE FUNCTION member_home(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
	began timestamptz;
	before timestamptz;
	f member_factor;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	f := member_chosen(who);
	SELECT created_at INTO began FROM member_session WHERE token_hash = of_session;
	SELECT max(created_at) INTO before FROM member_session WHERE member_id = who AND created_at < began;
	RETURN (SELECT jsonb_build_object('Kind', m.kind, 'Name', m.name, 'Session', m.congress_session, 'Outlet', m.outlet, 'Until', m.valid_to,
		'Factor', coalesce(f.factor, 'code'), 'FactorID', coalesce(f.id, 0),
		'Others', (SELECT count(*) FROM member_session s WHERE s.member_id = who AND s.token_hash <> of_session AND s.ended_at IS NULL
			AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes' AND member_admitted(who, s.created_at)),
		'Wrong', (SELECT count(*) FROM member_guess g WHERE g.member_id = who AND g.way <> 'own' AND g.step IS NULL AND g.at < began AND g.at > coalesce(before, '-infinity')),
		'Logins', (SELECT jsonb_agg(jsonb_build_object('At', l.created_at, 'Way', l.way, 'This', l.token_hash = of_session) ORDER BY l.created_at DESC)
			FROM (SELECT * FROM member_session s WHERE s.member_id = who ORDER BY s.created_at DESC LIMIT 10) l),
		'Changes', (SELECT jsonb_agg(jsonb_build_object('At', c.at, 'What', c.what, 'Own', c.own,
				-- Told from the first login after it for seven days; nothing puts it away.
				'News', c.what <> 'admit' AND c.at < began AND NOT EXISTS (
					SELECT FROM member_session s WHERE s.member_id = who AND s.created_at > c.at AND s.created_at < now() - interval '7 days')) ORDER BY c.at DESC)
			FROM (SELECT * FROM (
				SELECT a.at, a.act AS what, false AS own FROM member_act a WHERE a.member_id = who
				UNION ALL SELECT x.at, x.factor, true FROM member_factor x WHERE x.member_id = who AND NOT x.by_desk) y ORDER BY y.at DESC LIMIT 20) c))
	FROM member m WHERE m.id = who);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_home IS 'Who is logged in, by which factors they come in, when they last did, and what was done to their account: no name of staff and no reason of the desk. Null when the session opens nothing.';

REVOKE EXECUTE ON FUNCTION member_chosen, member_proved, member_locked, member_link, member_guessed, member_try_link, member_try_code, member_try_own, member_took,
	member_enter_link, member_enter_code, member_choose, member_leave_others, member_home FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_link, member_try_link, member_try_code, member_try_own, member_enter_link, member_enter_code,
	member_choose, member_leave_others, member_home TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
