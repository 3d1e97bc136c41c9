-- +goose Up
CREATE TABLE staff (
	id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	login         text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
	name          text NOT NULL CHECK (name <> ''),
	role          text NOT NULL REFERENCES role,
	unit          text REFERENCES unit CHECK (unit IS NOT NULL OR role NOT IN ('handler', 'unit_head')),
	password_hash text NOT NULL,
	totp_sealed   bytea,
	totp_step     bigint NOT NULL DEFAULT 0,
	created_at    timestamptz NOT NULL,
	disabled_at   timestamptz
);
COMMENT ON TABLE staff IS 'Staff accounts: one person, one role, one unit. Never deleted: events point at them.';
COMMENT ON COLUMN staff.unit IS 'Null only for roles that do no work of a unit; such a person is barred from no matter by unit.';
COMMENT ON COLUMN staff.totp_sealed IS 'Second-factor secret under office.key; null until enrolled.';
COMMENT ON COLUMN staff.totp_step IS 'The last time step used, so that a code works once (RFC 6238 5.2).';
GRANT SELECT, INSERT, UPDATE ON staff TO zhengxin_admin;
GRANT SELECT (id, name, role, unit, disabled_at) ON staff TO zhengxin_worker;

CREATE TABLE staff_session (
	id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	token_hash       bytea NOT NULL UNIQUE,
	staff_id         bigint NOT NULL REFERENCES staff,
	created_at       timestamptz NOT NULL,
	seen_at          timestamptz NOT NULL,
	expires_at       timestamptz NOT NULL,
	second_factor_at timestamptz,
	otp_tries        int NOT NULL DEFAULT 0,
	totp_pending     bytea,
	device           text NOT NULL DEFAULT '',
	revoked_at       timestamptz
);
CREATE INDEX staff_session_staff ON staff_session (staff_id, created_at DESC);
CREATE INDEX staff_session_seen ON staff_session (seen_at);
COMMENT ON TABLE staff_session IS 'Signed-in browsers; the token itself is only in the cookie.';
COMMENT ON COLUMN staff_session.second_factor_at IS 'Null is a half session: the password was right, the second factor is still to come.';
COMMENT ON COLUMN staff_session.totp_pending IS 'The sealed secret that this half session is about to enrol.';
GRANT SELECT, INSERT, UPDATE ON staff_session TO zhengxin_admin;
GRANT DELETE, SELECT ON staff_session TO zhengxin_worker;

CREATE TABLE login_attempt (
	key   bytea PRIMARY KEY,
	tries int NOT NULL,
	since timestamptz NOT NULL
);
CREATE INDEX login_attempt_since ON login_attempt (since);
COMMENT ON TABLE login_attempt IS 'Guesses at passwords and codes by keyed hash of who guesses at whom, for a quarter of an hour each, swept after an hour, so that guessing is slowed without locking a person out.';
GRANT SELECT, INSERT, UPDATE, DELETE ON login_attempt TO zhengxin_admin;
GRANT SELECT, DELETE ON login_attempt TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
