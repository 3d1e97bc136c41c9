-- +goose Up
-- How guessing is slowed without making anybody else wait: the desk knows again
-- the browsers in which somebody has logged in, and the portal tells a guesser
-- how long the wait really is.

CREATE TABLE staff_device (
	token_hash bytea NOT NULL,
	staff_id   bigint NOT NULL REFERENCES staff,
	place      bytea NOT NULL,
	seen_at    timestamptz NOT NULL,
	browser    uuid NOT NULL DEFAULT gen_random_uuid(),
	PRIMARY KEY (token_hash, staff_id)
);
CREATE INDEX staff_device_staff ON staff_device (staff_id);
CREATE INDEX staff_device_seen ON staff_device (seen_at);
COMMENT ON TABLE staff_device IS 'Browsers in which a person has logged in with both factors: guesses from one are counted apart from strangers''. It opens nothing; the token itself is only in the cookie.';
COMMENT ON COLUMN staff_device.place IS 'Keyed hash of the person and the network address of that login, so that this table tells no address and not who shares one.';
COMMENT ON COLUMN staff_device.browser IS 'What guesses from here at this person are counted under: the token changes whenever anybody logs in here, and a new one would begin a new count.';
COMMENT ON COLUMN staff_device.seen_at IS 'The last login; half a year later the row is swept.';
GRANT SELECT, INSERT, UPDATE ON staff_device TO zhengxin_admin;
GRANT SELECT (seen_at), DELETE ON staff_device TO zhengxin_worker;

-- The same as before, and in its answer the seconds until the guesser may try again.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	matched bigint;
	wrong int;
	wait int;
BEGIN
	-- Counted before it is checked, under the row's lock: many guesses at once
	-- are as many as one after the other.
	INSERT INTO unlock_attempt AS a (key, tries, since) VALUES (attempt, 1, open_unlock.at)
	ON CONFLICT (key) DO UPDATE SET
		tries = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' THEN 1 ELSE a.tries + 1 END,
		since = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' THEN open_unlock.at ELSE a.since END
	RETURNING a.tries, ceil(extract(epoch FROM a.since + interval '15 minutes' - open_unlock.at)) INTO wrong, wait;
	IF wrong > 5 THEN
		RETURN 'wait ' || wait;
	END IF;
	SELECT m.id INTO matched FROM matter m JOIN access_code c ON c.matter_id = m.id
		WHERE m.number = of_number AND c.mac = ANY (with_macs);
	IF matched IS NULL THEN
		RETURN 'wrong ' || (5 - wrong) || ' ' || wait;
	END IF;
	DELETE FROM unlock_attempt a WHERE a.key = attempt;
	INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES (as_token, matched, now() + interval '30 minutes');
	RETURN 'open';
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION open_unlock IS 'Checks number and code, counts wrong pairs of one guesser for one number, says how long to wait, and opens the matter for half an hour.';
COMMENT ON TABLE unlock_attempt IS 'Wrong number-and-code pairs by keyed hash of address and what was typed as the number, kept for one hour.';

-- +goose Down
SELECT 1 / 0;
