-- +goose Up
-- A deputy's own complaints.

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
	SELECT u.matter_id INTO matched FROM unlock u JOIN complaint c USING (matter_id) WHERE u.token_hash = of_unlock AND u.expires_at > now();
	IF matched IS NULL THEN
		RETURN 'false';
	END IF;
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE; -- many at once are as many as one after the other
	IF EXISTS (SELECT FROM member_complaint k WHERE k.shelf = ANY (shelves) AND k.matter_id = matched) THEN
		RETURN '"there"';
	END IF;
	IF (SELECT count(*) FROM member_complaint k WHERE k.shelf = ANY (shelves)) >= 50 THEN
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
	INSERT INTO unlock (token_hash, matter_id, expires_at)
	SELECT as_token, m.id, now() + interval '30 minutes' FROM member_complaint k JOIN matter m ON m.id = k.matter_id
	WHERE m.number = of_number AND k.shelf = ANY (member_shelves(who, with_keys)) LIMIT 1;
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
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session, 'Own', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state,
			'Hand', coalesce((SELECT h.name FROM assignment a JOIN unit h ON h.code = a.unit WHERE a.matter_id = m.id AND a.ended_at IS NULL AND a.part = 'lead'), ''),
			'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY o.added_at DESC, m.id DESC)
		FROM (SELECT DISTINCT ON (matter_id) matter_id, added_at FROM member_complaint WHERE shelf = ANY (shelves)) o JOIN matter m ON m.id = o.matter_id))
	FROM member b WHERE b.id = who);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION member_complaints IS 'Who is logged in, and the complaints that are their own; null when the session opens nothing.';

REVOKE EXECUTE ON FUNCTION member_shelves, member_keep, member_put_away, member_unlock, member_complaints FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_keep, member_put_away, member_unlock, member_complaints TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
