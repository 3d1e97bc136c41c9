-- +goose Up
-- A deputy's own complaints, and those of others that they follow with each complainant's
-- consent.

CREATE TABLE member_complaint (
	shelf     bytea NOT NULL,
	matter_id bigint NOT NULL REFERENCES matter,
	added_at  timestamptz NOT NULL,
	PRIMARY KEY (shelf, matter_id)
);
COMMENT ON TABLE member_complaint IS 'Complaints that a deputy has shown to be their own, by number and query code. No process reads it but by functions that ask for the session, and the desk not at all: it says who complained.';
COMMENT ON COLUMN member_complaint.shelf IS 'Whose: a hash of their id under a key that the portal''s key file gives, so that a dump names nobody.';

-- +goose StatementBegin
CREATE FUNCTION member_shelves(of_member bigint, with_keys bytea[]) RETURNS bytea[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
	SELECT array_agg(sha256(k.key || convert_to(of_member::text, 'UTF8')) ORDER BY k.nth) FROM unnest(with_keys) WITH ORDINALITY AS k (key, nth)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_shelves IS 'Under what the complaints of a deputy are kept, by each of the keys, that of now first.';

-- +goose StatementBegin
CREATE FUNCTION member_deputy(of_member bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT m.kind IN ('npc_deputy', 'cppcc_member') FROM member m WHERE m.id = of_member
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_deputy IS 'Complaints are followed by deputies and committee members: journalists have a lane of their own.';

-- +goose StatementBegin
CREATE FUNCTION member_kept(of_member bigint, shelves bytea[]) RETURNS SETOF member_complaint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT k FROM member_complaint k WHERE k.shelf = ANY (shelves) AND k.added_at > (SELECT a.changed_at FROM member_account a WHERE a.member_id = of_member)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_kept IS 'Their own complaints: those that were put in since the desk last changed the account. Whoever of the desk takes an account over finds none.';

-- +goose StatementBegin
CREATE FUNCTION member_keep(of_session bytea, with_keys bytea[], of_unlock bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
	shelves bytea[] := member_shelves(who, with_keys);
	matched bigint;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	SELECT u.matter_id INTO matched FROM unlock u JOIN complaint c USING (matter_id) WHERE u.token_hash = of_unlock AND u.expires_at > now();
	IF matched IS NULL THEN
		RETURN 'false';
	END IF;
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE; -- many at once are as many as one after the other
	DELETE FROM member_complaint k WHERE k.shelf = ANY (shelves) AND k.added_at <= (SELECT a.changed_at FROM member_account a WHERE a.member_id = who);
	IF EXISTS (SELECT FROM member_kept(who, shelves) k WHERE k.matter_id = matched) THEN
		RETURN '"there"';
	END IF;
	IF (SELECT count(*) FROM member_kept(who, shelves)) >= 50 THEN
		RETURN '"full"';
	END IF;
	INSERT INTO member_complaint (shelf, matter_id, added_at) VALUES (shelves[1], matched, now());
	RETURN '"kept"';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_keep IS 'Puts the complaint that an unlock opens among a deputy''s own: whoever has the unlock has brought number and query code.';

-- +goose StatementBegin
CREATE FUNCTION member_put_away(of_session bytea, with_keys bytea[], of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	DELETE FROM member_complaint k USING matter m WHERE m.id = k.matter_id AND m.number = of_number AND k.shelf = ANY (member_shelves(who, with_keys));
	RETURN to_jsonb(FOUND);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_put_away IS 'Takes one of a deputy''s own complaints off their list; false where it was not on it.';

-- +goose StatementBegin
CREATE FUNCTION member_unlock(of_session bytea, with_keys bytea[], of_number text, as_token bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	-- For half an hour and no longer, however much it is used: what ends the account ends no unlock.
	INSERT INTO unlock (token_hash, matter_id, expires_at, until)
	SELECT as_token, m.id, now() + interval '30 minutes', now() + interval '30 minutes' FROM member_kept(who, member_shelves(who, with_keys)) k JOIN matter m ON m.id = k.matter_id
	WHERE m.number = of_number LIMIT 1;
	RETURN to_jsonb(FOUND);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_unlock IS 'Opens one of a deputy''s own complaints as its query code does; false where it is not on their list.';

-- +goose StatementBegin
CREATE FUNCTION member_complaints(of_session bytea, with_keys bytea[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
	shelves bytea[] := member_shelves(who, with_keys);
BEGIN
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session, 'Own', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state,
			'Hand', coalesce((SELECT h.name FROM assignment a JOIN unit h ON h.code = a.unit WHERE a.matter_id = m.id AND a.ended_at IS NULL AND a.part = 'lead'), ''),
			'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY o.added_at DESC, m.id DESC)
		FROM (SELECT DISTINCT ON (matter_id) matter_id, added_at FROM member_kept(who, shelves)) o JOIN matter m ON m.id = o.matter_id))
	FROM member b WHERE b.id = who);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_complaints IS 'Who is logged in, and the complaints that are their own; null when the session opens nothing.';

-- Complaints of others. What a deputy asks for is a row, whatever number it names; the
-- worker looks afterwards whether there is such a complaint and puts it to its complainant.

CREATE TABLE follow_ask (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	member_id  bigint NOT NULL REFERENCES member,
	number     text NOT NULL,
	words      text NOT NULL CHECK (words <> ''),
	asked_at   timestamptz NOT NULL,
	put_at     timestamptz,
	dropped_at timestamptz
);
CREATE INDEX follow_ask_member ON follow_ask (member_id, asked_at);
CREATE INDEX follow_ask_to_put ON follow_ask (id) WHERE put_at IS NULL;
COMMENT ON TABLE follow_ask IS 'That a deputy would like to follow the complaint of that number, which there may not be.';
COMMENT ON COLUMN follow_ask.put_at IS 'When the worker had looked, whether or not there was anybody to put it to.';
COMMENT ON COLUMN follow_ask.dropped_at IS 'When the deputy gave it up; any consent ended with it.';

CREATE TABLE follow (
	matter_id bigint NOT NULL REFERENCES complaint,
	seq       bigint NOT NULL,
	ask_id    bigint NOT NULL UNIQUE REFERENCES follow_ask,
	member_id bigint NOT NULL REFERENCES member,
	name      text NOT NULL CHECK (name <> ''),
	words     text NOT NULL CHECK (words <> ''),
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX follow_member ON follow (member_id);
COMMENT ON TABLE follow IS 'What a deputy asks, as it was put to the complainant, by which event.';
COMMENT ON COLUMN follow.name IS 'Who asks, as the roster had it: 第十六届人大代表 陈河.';

CREATE TABLE follow_answer (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	asked     bigint NOT NULL,
	answer    text NOT NULL CHECK (answer IN ('yes', 'no')),
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, asked) REFERENCES follow (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX follow_answer_asked ON follow_answer (matter_id, asked);
COMMENT ON TABLE follow_answer IS 'What the complainant says to it. The newest holds: a consent is taken back by a no.';

CREATE TRIGGER follow_added AFTER INSERT ON follow REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'ask_follow');
CREATE TRIGGER follow_answer_added AFTER INSERT ON follow_answer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'allow_follow refuse_follow end_follow');

ALTER TABLE follow ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON follow TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON follow_answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON follow FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT matter_id FROM unlock));
CREATE POLICY own_read ON follow_answer FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT matter_id FROM unlock));
CREATE POLICY own_add ON follow_answer FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
GRANT SELECT ON follow, follow_answer TO zhengxin_admin;
GRANT SELECT (matter_id, seq, name) ON follow TO zhengxin_portal;
GRANT SELECT, INSERT ON follow_answer TO zhengxin_portal;
GRANT SELECT, INSERT ON follow TO zhengxin_worker;
GRANT SELECT ON follow_ask TO zhengxin_worker;
GRANT UPDATE (put_at) ON follow_ask TO zhengxin_worker;
GRANT SELECT (id, kind, name, congress_session) ON member TO zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION member_serves(of_member bigint, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT member_admitted(of_member, 'infinity') AND NOT EXISTS (SELECT FROM member_act c WHERE c.member_id = of_member AND c.act = 'close' AND c.at > since)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_serves IS 'The account is open and its term is not over, and it was not closed since: what hung on it then ended.';

-- +goose StatementBegin
CREATE FUNCTION follow_standing(of_matter bigint, of_ask bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT CASE WHEN q.dropped_at IS NOT NULL OR NOT member_serves(f.member_id, q.asked_at) THEN 'over' ELSE coalesce((
		SELECT a.answer FROM follow_answer a WHERE a.matter_id = f.matter_id AND a.asked = f.seq ORDER BY a.seq DESC LIMIT 1), 'asked') END
	FROM follow f JOIN follow_ask q ON q.id = f.ask_id WHERE f.matter_id = of_matter AND f.seq = of_ask
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION follow_standing IS 'How something stands that a deputy asked of a complainant: asked, yes, no, or over with what the deputy was admitted to. It is worked out each time, so that nothing has to be found and ended.';

-- +goose StatementBegin
CREATE FUNCTION own_follows() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT jsonb_agg(jsonb_build_object('Asked', f.seq, 'Who', f.name, 'Words', f.words, 'Answer', s.standing) ORDER BY f.seq)
	FROM unlock u JOIN follow f ON f.matter_id = u.matter_id CROSS JOIN LATERAL (SELECT follow_standing(f.matter_id, f.seq) AS standing) s
	WHERE u.token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND u.expires_at > now() AND s.standing <> 'over'
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION own_follows IS 'What deputies ask of the complainant whose matter is open, as it stands: as the policy shown has it, and of no other.';

-- +goose StatementBegin
CREATE FUNCTION member_follow(of_session bytea, of_number text, with_words text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	-- Nothing here looks at a complaint: what is answered, and how long it takes, follows
	-- from what this deputy has asked before and from nothing else.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
	IF EXISTS (SELECT FROM follow_ask q WHERE q.member_id = who AND q.number = of_number AND member_serves(who, q.asked_at)) THEN
		RETURN '"before"';
	END IF;
	IF (SELECT count(*) FROM follow_ask q WHERE q.member_id = who AND q.asked_at > now() - interval '1 day') >= 10 THEN
		RETURN '"often"';
	END IF;
	INSERT INTO follow_ask (member_id, number, words, asked_at) VALUES (who, of_number, left(with_words, 500), now());
	RETURN '"asked"';
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_follow IS 'Asks to follow a complaint: ten a day, and no complainant twice. It does and answers the same whether or not there is such a complaint.';

-- +goose StatementBegin
CREATE FUNCTION member_unfollow(of_session bytea, of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	UPDATE follow_ask SET dropped_at = now() WHERE member_id = who AND number = of_number AND dropped_at IS NULL;
	RETURN to_jsonb(FOUND);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_unfollow IS 'Gives up what was asked, with any consent to it; false where nothing was.';

-- +goose StatementBegin
CREATE FUNCTION member_follows(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session,
		'Followed', (SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Category', coalesce(m.category, ''), 'Unit', coalesce(u.name, ''), 'State', m.state,
				'Answered', EXISTS (SELECT FROM answer a WHERE a.matter_id = m.id AND a.sent_at IS NOT NULL),
				'Rating', coalesce(c.rating, ''), 'Solved', coalesce(c.solved, ''),
				'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
					SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
				ORDER BY f.ask_id DESC)
			FROM follow f JOIN matter m ON m.id = f.matter_id JOIN complaint c ON c.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
			WHERE f.member_id = who AND follow_standing(f.matter_id, f.seq) = 'yes'),
		'Asked', (SELECT jsonb_agg(jsonb_build_object('Number', q.number, 'Words', q.words, 'AskedAt', q.asked_at) ORDER BY q.id DESC)
			FROM follow_ask q LEFT JOIN follow f ON f.ask_id = q.id
			WHERE q.member_id = who AND q.dropped_at IS NULL AND follow_standing(f.matter_id, f.seq) IS DISTINCT FROM 'yes'))
	FROM member b WHERE b.id = who);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_follows IS 'Who is logged in, what they follow with consent, and what they have asked. A no looks like no answer, and like a number that nobody has.';

REVOKE EXECUTE ON FUNCTION member_shelves, member_deputy, member_kept, member_keep, member_put_away, member_unlock, member_complaints,
	member_serves, follow_standing, own_follows, member_follow, member_unfollow, member_follows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_keep, member_put_away, member_unlock, member_complaints,
	own_follows, member_follow, member_unfollow, member_follows TO zhengxin_portal;
GRANT EXECUTE ON FUNCTION member_serves TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
