-- +goose Up
CREATE TABLE member (
	id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind              text NOT NULL CHECK (kind IN ('npc_deputy', 'cppcc_member', 'media')),
	name              text NOT NULL CHECK (name <> ''),
	congress_session  text NOT NULL DEFAULT '',
	credential_number text NOT NULL DEFAULT '',
	outlet            text NOT NULL DEFAULT '',
	valid_from        date NOT NULL DEFAULT '2000-01-01',
	valid_to          date,
	UNIQUE (kind, congress_session, credential_number)
);
COMMENT ON TABLE member IS 'Roster of deputies, committee members and journalists against which a filing is matched; the portal may only ask yes or no.';
GRANT SELECT, INSERT, UPDATE ON member TO zhengxin_admin;

CREATE TABLE complaint (
	matter_id        bigint PRIMARY KEY REFERENCES matter,
	channel          text NOT NULL CHECK (channel IN ('web', 'hotline', 'letter_box', 'email', 'visit', 'other_body', 'import')),
	complainant_kind text NOT NULL CHECK (complainant_kind IN ('citizen', 'enterprise', 'npc_deputy', 'cppcc_member', 'media', 'other_org')),
	anonymous        boolean NOT NULL,
	confidential     boolean NOT NULL,
	edelivery        boolean NOT NULL,
	roster_match     boolean,
	unit_said        text NOT NULL DEFAULT '',
	request          text NOT NULL,
	facts            text NOT NULL,
	reasons          text NOT NULL DEFAULT '',
	contract_no      text NOT NULL DEFAULT '',
	contract_date    date,
	contract_amount  bigint CHECK (contract_amount >= 0),
	unpaid_amount    bigint CHECK (unpaid_amount >= 0),
	due_on           date,
	in_litigation    text NOT NULL DEFAULT 'no' CHECK (in_litigation IN ('no', 'pending', 'decided')),
	elsewhere        text NOT NULL DEFAULT '',
	evidence_held    text[] NOT NULL DEFAULT '{}',
	nature           text CHECK (nature IN ('SUG', 'ACC', 'RED', 'LIT', 'INQ', 'HLP')),
	finding          text CHECK (finding IN ('substantiated', 'mostly', 'partially', 'unsubstantiated', 'unverifiable')),
	decision         text CHECK (decision IN ('support', 'partial', 'explain', 'not_support')),
	rating           text CHECK (rating IN ('satisfied', 'basic', 'dissatisfied')),
	solved           text CHECK (solved IN ('solved', 'waiting', 'unsolved')),
	rating_words     text NOT NULL DEFAULT '',
	origin           text NOT NULL DEFAULT '',
	happened_at      timestamptz
);
COMMENT ON TABLE complaint IS 'What a complaint says, without who says it.';
COMMENT ON COLUMN complaint.unit_said IS 'The unit as the complainant calls it, when it was not found in the directory.';
COMMENT ON COLUMN complaint.roster_match IS 'Whether a deputy, member or journalist stands on the roster; null for others.';
COMMENT ON COLUMN complaint.evidence_held IS 'Kinds of papers the complainant says they hold; files come with attachments.';
COMMENT ON COLUMN complaint.contract_amount IS 'Money is in fen.';
COMMENT ON COLUMN complaint.origin IS 'For an import: the source''s own id, so that the same line comes in once.';
CREATE UNIQUE INDEX complaint_origin ON complaint (origin) WHERE origin <> '';
GRANT SELECT, INSERT ON complaint TO zhengxin_admin;
GRANT UPDATE (nature, finding, decision) ON complaint TO zhengxin_admin;
GRANT SELECT ON complaint TO zhengxin_worker;

CREATE TABLE identity (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	person    bytea NOT NULL,
	mailbox   bytea
);
COMMENT ON TABLE identity IS 'Who complained, sealed to office.key. The portal can write it and never read it; opening one is an event with a reason.';
COMMENT ON COLUMN identity.mailbox IS 'The address alone, so that the worker opens no more than it needs.';
GRANT SELECT, INSERT ON identity TO zhengxin_admin;
GRANT SELECT (matter_id, mailbox) ON identity TO zhengxin_worker;

CREATE TABLE identity_opening (
	id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id    bigint NOT NULL REFERENCES matter,
	seq          bigint NOT NULL,
	opened_by    bigint NOT NULL REFERENCES staff,
	approved_by  bigint REFERENCES staff,
	reason       text NOT NULL CHECK (reason <> ''),
	opened_at    timestamptz NOT NULL,
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CHECK (approved_by IS DISTINCT FROM opened_by)
);
COMMENT ON TABLE identity_opening IS 'Every opening of an identity, with its reason; approved_by waits for the second person.';
CREATE INDEX identity_opening_matter ON identity_opening (matter_id);
GRANT SELECT, INSERT ON identity_opening TO zhengxin_admin;

CREATE TABLE access_code (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	mac       bytea NOT NULL
);
COMMENT ON TABLE access_code IS 'Keyed hash of the query code; the code itself is nowhere.';
GRANT INSERT ON access_code TO zhengxin_admin;

CREATE TABLE unlock (
	token_hash bytea PRIMARY KEY,
	matter_id  bigint NOT NULL REFERENCES matter,
	expires_at timestamptz NOT NULL
);
CREATE INDEX unlock_expires ON unlock (expires_at);
COMMENT ON TABLE unlock IS 'A browser that showed number and code may see and move that one matter for half an hour.';
GRANT SELECT (expires_at), DELETE ON unlock TO zhengxin_worker;

CREATE TABLE unlock_attempt (
	key   bytea PRIMARY KEY,
	tries int NOT NULL,
	since timestamptz NOT NULL
);
COMMENT ON TABLE unlock_attempt IS 'Wrong number-and-code pairs by keyed hash of address and number, kept for one hour.';
GRANT SELECT (since), DELETE ON unlock_attempt TO zhengxin_worker;

CREATE UNLOGGED TABLE captcha (
	id         text PRIMARY KEY,
	digits     bytea NOT NULL,
	expires_at timestamptz NOT NULL
);
CREATE INDEX captcha_expires ON captcha (expires_at);
COMMENT ON TABLE captcha IS 'Digits 0 to 9 as bytes, used up by one DELETE … RETURNING.';
GRANT SELECT, INSERT, DELETE ON captcha TO zhengxin_portal;
GRANT SELECT (expires_at), DELETE ON captcha TO zhengxin_worker;

CREATE TABLE draft (
	id         bytea PRIMARY KEY,
	sealed     bytea NOT NULL CHECK (octet_length(sealed) <= 262144),
	saved_at   timestamptz NOT NULL,
	expires_at timestamptz NOT NULL
);
CREATE INDEX draft_expires ON draft (expires_at);
COMMENT ON TABLE draft IS 'A filing not yet sent, under a key that only the visitor''s cookie holds; gone after 24 hours.';
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO zhengxin_portal;
GRANT SELECT (expires_at), DELETE ON draft TO zhengxin_worker;

CREATE TABLE supplement (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	body      text NOT NULL,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE supplement IS 'What the complainant added later, in their words; the event says only that they did.';
GRANT SELECT ON supplement TO zhengxin_admin, zhengxin_worker;

CREATE TABLE answer (
	matter_id  bigint NOT NULL,
	seq        bigint NOT NULL,
	version    int NOT NULL,
	drafted_by bigint NOT NULL REFERENCES staff,
	unit       text NOT NULL REFERENCES unit,
	finding    text NOT NULL,
	decision   text NOT NULL,
	facts      text NOT NULL,
	opinion    text NOT NULL,
	basis      text NOT NULL,
	demand     text NOT NULL DEFAULT '',
	sent_at    timestamptz,
	PRIMARY KEY (matter_id, seq),
	UNIQUE (matter_id, version),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE answer IS 'Drafts of the answer, one row a version, never changed; sent_at marks the one that went out (信访工作条例 32).';
GRANT SELECT, INSERT ON answer TO zhengxin_admin;
GRANT UPDATE (sent_at) ON answer TO zhengxin_admin;
GRANT SELECT ON answer TO zhengxin_worker;

CREATE TABLE attachment (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id   bigint NOT NULL,
	seq         bigint NOT NULL,
	name        bytea NOT NULL,
	media_type  text NOT NULL,
	size        bigint NOT NULL CHECK (size >= 0),
	digest      bytea NOT NULL,
	original    text NOT NULL,
	cleaned     text,
	scan        text NOT NULL DEFAULT 'waiting' CHECK (scan IN ('waiting', 'clean', 'infected', 'failed')),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX attachment_matter ON attachment (matter_id);
COMMENT ON TABLE attachment IS 'Evidence: a sealed original and a cleaned copy in the store. No process may touch it until uploads are built.';
COMMENT ON COLUMN attachment.name IS 'The file''s own name, sealed: names tell who sent them.';

CREATE TABLE search_text (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	body      tsvector NOT NULL
);
CREATE INDEX search_text_body ON search_text USING gin (body) WITH (fastupdate = off);
COMMENT ON TABLE search_text IS 'Bigrams of title and text, written by a job after the commit.';
GRANT SELECT ON search_text TO zhengxin_admin;
GRANT SELECT, INSERT, UPDATE ON search_text TO zhengxin_worker;

CREATE TABLE letter (
	id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id  bigint NOT NULL REFERENCES matter,
	seq        bigint NOT NULL,
	template   text NOT NULL,
	recipient  text NOT NULL CHECK (recipient IN ('complainant', 'unit', 'desk')),
	unit       text REFERENCES unit,
	message_id text NOT NULL UNIQUE,
	created_at timestamptz NOT NULL,
	state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'sent', 'failed', 'no_address')),
	tries      int NOT NULL DEFAULT 0,
	done_at    timestamptz,
	fault_code text NOT NULL DEFAULT '',
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX letter_matter ON letter (matter_id);
CREATE INDEX letter_created ON letter (created_at DESC, id DESC);
CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed';
COMMENT ON TABLE letter IS 'Letters out: a reference to whom and which words; neither an address nor a secret stands here.';
COMMENT ON COLUMN letter.fault_code IS 'The mail server''s status code only: its sentence would quote addresses.';
GRANT SELECT, INSERT ON letter TO zhengxin_admin;
GRANT SELECT, UPDATE ON letter TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
