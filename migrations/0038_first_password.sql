-- +goose Up
-- A password that somebody else drew or chose for a person opens nothing when it
-- was not used within 72 hours: it lies about on paper or in a message. And whoever
-- binds a second factor leaves an act, which the auditor and the person read.
ALTER TABLE staff ADD COLUMN password_until timestamptz;
COMMENT ON COLUMN staff.password_until IS 'Until when a password that somebody else set opens anything; null once the person has logged in with it or chosen their own.';
GRANT UPDATE (password_until) ON staff TO zhengxin_admin;
-- The terms of those who never logged in begin now; a demonstration has none.
UPDATE staff SET password_until = now() + interval '72 hours'
WHERE totp_sealed IS NULL AND NOT EXISTS (SELECT FROM setting WHERE key = 'demo' AND value = 'true');

ALTER TABLE staff_act
	DROP CONSTRAINT staff_act_act_check, DROP CONSTRAINT staff_act_check, DROP CONSTRAINT staff_act_check1,
	ADD CONSTRAINT staff_act_act_check CHECK (act IN ('add', 'disable', 'enable', 'reset_second_factor', 'set_password', 'reassign', 'enrol')),
	ADD CONSTRAINT staff_act_by CHECK (CASE WHEN act = 'enrol' THEN by_id IS NOT DISTINCT FROM staff_id ELSE by_id IS DISTINCT FROM staff_id END),
	ADD CONSTRAINT staff_act_why CHECK (reason <> '' OR act = 'enrol' OR by_id IS NULL AND act = 'add');
COMMENT ON COLUMN staff_act.by_id IS 'The sysadmin who did it; null is the operator at the machine, by command. A second factor is bound by whoever has the person''s password.';
COMMENT ON COLUMN staff_act.reason IS 'Empty where the operator added an account, whose command asks for none, and where a second factor was bound.';

-- A clock that was set ahead and back leaves counts that begin in the future: they
-- are void, or nobody opened anything until the clock had come there again.
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
		tries = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' OR a.since > open_unlock.at + interval '1 minute' THEN 1 ELSE a.tries + 1 END,
		since = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' OR a.since > open_unlock.at + interval '1 minute' THEN open_unlock.at ELSE a.since END
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

-- +goose Down
SELECT 1 / 0;
