-- +goose Up
-- The database knows the keys of its office, and every start shows its own:
-- with another office's key file complaints would be sealed to somebody else,
-- and nobody here could ever open them.
CREATE TABLE office_key (
	purpose  text NOT NULL CHECK (purpose IN ('identity', 'office event', 'portal event', 'second factor', 'code')),
	id       text NOT NULL CHECK (id ~ '^[0-9a-f]{8}$'),
	mark     bytea NOT NULL CHECK (length(mark) = 32),
	known_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (purpose, id)
);
COMMENT ON TABLE office_key IS 'The keys that belong to this office, by their ids and a check value that says nothing about them. Filled by the first start; later only by zhengxin keys accept.';
COMMENT ON COLUMN office_key.mark IS 'A hash of the public key, or an HMAC under the secret one: an id of eight digits alone could be met by trying.';

-- Only the function reads it: a process learns whether its own file fits, and
-- nothing else.
-- +goose StatementBegin
CREATE FUNCTION recognise_keys(purposes text[], ids text[], marks bytea[]) RETURNS TABLE (problem text, purpose text, id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
	first text[];
BEGIN
	-- Two first starts at once with different files: the second waits, and is refused.
	IF EXISTS (SELECT FROM unnest(purposes) p WHERE NOT EXISTS (SELECT FROM office_key k WHERE k.purpose = p)) THEN
		LOCK TABLE office_key IN SHARE ROW EXCLUSIVE MODE;
	END IF;
	first := ARRAY(SELECT DISTINCT p FROM unnest(purposes) p WHERE NOT EXISTS (SELECT FROM office_key k WHERE k.purpose = p));
	RETURN QUERY
		SELECT 'unknown', g.purpose, g.id
		FROM unnest(purposes, ids, marks) AS g (purpose, id, mark)
		WHERE g.purpose <> ALL (first) AND NOT EXISTS (SELECT FROM office_key k WHERE k.purpose = g.purpose AND k.id = g.id AND k.mark = g.mark)
		UNION ALL
		SELECT 'missing', k.purpose, k.id
		FROM office_key k
		WHERE k.purpose = ANY (purposes)
		  AND NOT EXISTS (SELECT FROM unnest(purposes, ids) AS g (purpose, id) WHERE g.purpose = k.purpose AND g.id = k.id);
	IF FOUND OR first = '{}' THEN
		RETURN;
	END IF;
	-- An office older than this table: what is sealed and signed already says
	-- whose it is.
	RETURN QUERY
		WITH g AS (SELECT * FROM unnest(purposes, ids) AS g (purpose, id)), used AS (
			SELECT 'identity' AS purpose, encode(substring(i.person FROM 2 FOR 4), 'hex') AS id FROM identity i
			UNION SELECT 'second factor', encode(substring(s.totp_sealed FROM 2 FOR 4), 'hex') FROM staff s WHERE s.totp_sealed IS NOT NULL
			UNION SELECT CASE e.actor WHEN 'complainant' THEN 'portal event' ELSE 'office event' END, e.key_id FROM event e
		)
		SELECT 'used', u.purpose, u.id
		FROM used u
		WHERE u.purpose = ANY (first) AND NOT EXISTS (SELECT FROM g WHERE g.purpose = u.purpose AND g.id = u.id);
	IF FOUND THEN
		RETURN;
	END IF;
	INSERT INTO office_key (purpose, id, mark)
		SELECT g.purpose, g.id, g.mark FROM unnest(purposes, ids, marks) AS g (purpose, id, mark) WHERE g.purpose = ANY (first);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION recognise_keys IS 'Compares the keys of a key file with the office''s and gives what differs; of a purpose that has no key yet the first file counts, unless something is sealed or signed with another.';
GRANT EXECUTE ON FUNCTION recognise_keys TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
