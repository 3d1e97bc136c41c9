-- +goose Up
CREATE TABLE staff (
	id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	login         text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
	name          text NOT NULL CHECK (name <> ''),
	role          text NOT NULL REFERENCES role,
	unit          text NOT NULL REFERENCES unit,
	password_hash text NOT NULL,
	totp_sealed   bytea,
	totp_step     bigint NOT NULL DEFAULT 0,
	created_at    timestamptz NOT NULL,
	disabled_at   timestamptz
);
COMMENT ON TABLE staff IS 'Staff accounts: one person, one role, one unit. Never deleted: events point at them.';
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
	device           text NOT NULL DEFAULT '',
	revoked_at       timestamptz
);
CREATE INDEX staff_session_staff ON staff_session (staff_id, created_at DESC);
COMMENT ON TABLE staff_session IS 'Signed-in browsers; the token itself is only in the cookie.';
GRANT SELECT, INSERT, UPDATE ON staff_session TO zhengxin_admin;
GRANT DELETE, SELECT ON staff_session TO zhengxin_worker;

CREATE TABLE login_attempt (
	key      bytea NOT NULL,
	at       timestamptz NOT NULL,
	PRIMARY KEY (key, at)
);
COMMENT ON TABLE login_attempt IS 'Failed logins by keyed hash of login and address, kept for one hour, so that guessing is slowed without locking a person out.';
GRANT SELECT, INSERT, DELETE ON login_attempt TO zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
