-- +goose Up
CREATE SEQUENCE matter_id;
GRANT USAGE ON SEQUENCE matter_id TO zhengxin_portal, zhengxin_admin;

CREATE TABLE matter (
	id        bigint PRIMARY KEY DEFAULT nextval('matter_id'),
	kind      text NOT NULL,
	number    text NOT NULL UNIQUE,
	state     text NOT NULL,
	unit      text REFERENCES unit,
	category  text REFERENCES category,
	title     text NOT NULL,
	flags     text[] NOT NULL DEFAULT '{}',
	opened_at timestamptz NOT NULL,
	closed_at timestamptz,
	due_at    timestamptz NOT NULL DEFAULT 'infinity',
	seq       bigint NOT NULL,
	head      bytea NOT NULL,
	phase     smallint NOT NULL GENERATED ALWAYS AS (
	          CASE WHEN closed_at IS NOT NULL THEN 3 WHEN state IN ('replied', 'rated') THEN 2 ELSE 1 END) STORED,
	CONSTRAINT matter_state CHECK (
		(kind = 'complaint' AND state IN ('submitted', 'registered', 'supplement_required', 'accepted', 'dispatched',
			'objected', 'handling', 'result_submitted', 'under_review', 'replied', 'rated', 'review_requested', 'closed',
			'redirected', 'transferred', 'referred_discipline', 'rejected', 'withdrawn'))
		OR (kind = 'case' AND state IN ('opened', 'drafted', 'signed', 'served', 'published', 'ended', 'dropped')))
);
ALTER SEQUENCE matter_id OWNED BY matter.id;
COMMENT ON TABLE matter IS 'Everything that moves by a move table, of any kind; details stand in a table per kind on the same key.';
COMMENT ON COLUMN matter.unit IS 'Whom it is about; null is 待定.';
COMMENT ON COLUMN matter.flags IS 'Facts that open or bar moves; named in the move tables.';
COMMENT ON COLUMN matter.due_at IS 'The nearest due time of its running clocks, infinity when none runs; kept by the engine for the lists.';
COMMENT ON COLUMN matter.seq IS 'Number of its newest event; head is that event''s hash, so a cut-off tail is found.';
COMMENT ON COLUMN matter.phase IS '1 under way, 2 answered (its date is the complainant''s, not the office''s), 3 closed; the lists walk one phase by due date.';
CREATE INDEX matter_due ON matter (kind, phase, due_at, id);
CREATE INDEX matter_state_due ON matter (kind, state, due_at, id);
CREATE INDEX matter_unit_due ON matter (kind, unit, phase, due_at, id);
CREATE INDEX matter_category_due ON matter (kind, category, phase, due_at, id);
CREATE INDEX matter_to_case ON matter (kind, phase, due_at, id) WHERE 'substantiated' = ANY (flags) AND NOT 'case_opened' = ANY (flags);
CREATE INDEX matter_opened ON matter (kind, opened_at DESC, id DESC);

CREATE TABLE event (
	matter_id   bigint NOT NULL REFERENCES matter,
	seq         bigint NOT NULL CHECK (seq > 0),
	at          timestamptz NOT NULL,
	actor       text NOT NULL CHECK (actor IN ('complainant', 'staff', 'system')),
	staff_id    bigint REFERENCES staff,
	actor_name  text NOT NULL DEFAULT '',
	role        text NOT NULL DEFAULT '',
	action      text NOT NULL,
	from_state  text NOT NULL,
	to_state    text NOT NULL,
	public_text text NOT NULL DEFAULT '',
	note        text NOT NULL DEFAULT '',
	data        text NOT NULL DEFAULT '',
	salt        bytea,
	commitment  bytea NOT NULL,
	prev        bytea NOT NULL,
	hash        bytea NOT NULL,
	key_id      text NOT NULL,
	PRIMARY KEY (matter_id, seq),
	CHECK ((actor = 'staff') = (staff_id IS NOT NULL))
);
-- Only what staff did, so that filing pays nothing for them.
CREATE INDEX event_staff ON event (staff_id, matter_id) WHERE staff_id IS NOT NULL;
CREATE INDEX event_staff_at ON event (at, matter_id, seq) WHERE staff_id IS NOT NULL;
COMMENT ON TABLE event IS 'What happened to a matter, append-only: nobody but the owner may change or delete a row, and the keyed chain shows if the owner did.';
COMMENT ON COLUMN event.public_text IS 'The sentence in the complainant''s timeline; empty when the event is internal.';
COMMENT ON COLUMN event.data IS 'JSON as text, kept to the byte because the commitment covers it.';
COMMENT ON COLUMN event.salt IS 'Erasing it and the texts erases the meaning without breaking the chain.';

CREATE TABLE clock (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id   bigint NOT NULL REFERENCES matter,
	rule        text NOT NULL,
	version     int NOT NULL,
	started_seq bigint NOT NULL,
	started_at  timestamptz NOT NULL,
	due_on      date NOT NULL,
	due_at      timestamptz NOT NULL,
	provisional boolean NOT NULL DEFAULT false,
	derivation  text NOT NULL,
	right_only  boolean NOT NULL DEFAULT false,
	paused      interval NOT NULL DEFAULT '0',
	stopped_seq bigint,
	stopped_at  timestamptz,
	UNIQUE (matter_id, rule, started_seq),
	FOREIGN KEY (rule, version) REFERENCES clock_rule (code, version),
	FOREIGN KEY (matter_id, started_seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX clock_running ON clock (due_at, matter_id) WHERE stopped_at IS NULL;
CREATE INDEX clock_provisional ON clock (matter_id) WHERE stopped_at IS NULL AND provisional;
COMMENT ON TABLE clock IS 'Statutory and promised clocks as rows: met when stopped_at <= due_at, breached otherwise.';

CREATE TABLE assignment (
	id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	matter_id   bigint NOT NULL REFERENCES matter,
	unit        text NOT NULL REFERENCES unit,
	part        text NOT NULL CHECK (part IN ('lead', 'co')),
	started_at  timestamptz NOT NULL,
	signed_at   timestamptz,
	signed_by   bigint REFERENCES staff,
	opinion_at  timestamptz,
	ended_at    timestamptz
);
CREATE UNIQUE INDEX assignment_one_lead ON assignment (matter_id) WHERE part = 'lead' AND ended_at IS NULL;
CREATE UNIQUE INDEX assignment_once ON assignment (matter_id, unit) WHERE ended_at IS NULL;
CREATE INDEX assignment_unit ON assignment (unit, matter_id) WHERE ended_at IS NULL;
COMMENT ON TABLE assignment IS 'Which units must answer: one lead, any number of co-handlers. Triggers refuse the accused unit.';

CREATE TABLE form_token (
	token_hash bytea PRIMARY KEY,
	matter_id  bigint NOT NULL REFERENCES matter,
	seq        bigint NOT NULL,
	action     text NOT NULL,
	at         timestamptz NOT NULL
);
COMMENT ON TABLE form_token IS 'A form that was carried out; sending it again gives the first answer again. Only the hash of its 128 random bits is kept.';

-- Who may do what. The portal's part is in 0009 with its row-level security.
GRANT SELECT, INSERT ON matter TO zhengxin_admin;
GRANT UPDATE (state, unit, category, title, flags, closed_at, due_at, seq, head) ON matter TO zhengxin_admin;
GRANT UPDATE (state, flags, closed_at, due_at, seq, head) ON matter TO zhengxin_worker;
GRANT SELECT ON matter, event, clock, assignment TO zhengxin_admin, zhengxin_worker;
GRANT INSERT ON event, clock, assignment, form_token TO zhengxin_admin;
GRANT INSERT ON event, clock TO zhengxin_worker;
GRANT SELECT ON form_token TO zhengxin_admin;
GRANT UPDATE (stopped_seq, stopped_at, due_on, due_at, provisional, derivation, paused) ON clock TO zhengxin_admin, zhengxin_worker;
GRANT UPDATE (signed_at, signed_by, opinion_at, ended_at) ON assignment TO zhengxin_admin;

-- +goose StatementBegin
CREATE FUNCTION refuse_barred_assignments(matters bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT u.name INTO bad
	FROM assignment a JOIN matter m ON m.id = a.matter_id JOIN unit u ON u.code = a.unit
	WHERE a.ended_at IS NULL AND a.matter_id = ANY (matters) AND m.unit IS NOT NULL AND unit_barred(a.unit, m.unit)
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'assignment to a barred unit' USING ERRCODE = 'ZX001', CONSTRAINT = 'assignment_not_accused';
	END IF;
END $$;
-- +goose StatementEnd

-- Who dispatches holds this lock together with the others who do, who changes
-- the tree of units holds it alone, until the end of their transactions: two
-- changes at once must not leave a complaint with the accused. Locks on the
-- units' rows did not do: the successor of a successor was not among them.
-- +goose StatementBegin
CREATE FUNCTION tree_lock() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(7410425003);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER unit_tree_lock BEFORE UPDATE OF parent, successor ON unit
	FOR EACH STATEMENT EXECUTE FUNCTION tree_lock();
CREATE TRIGGER unit_conflict_lock BEFORE INSERT ON unit_conflict
	FOR EACH STATEMENT EXECUTE FUNCTION tree_lock();

-- +goose StatementBegin
CREATE FUNCTION assignment_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	about matter;
BEGIN
	PERFORM pg_advisory_xact_lock_shared(7410425003);
	SELECT * INTO about FROM matter WHERE id = NEW.matter_id FOR UPDATE;
	IF 'accusation' = ANY (about.flags) THEN
		RAISE EXCEPTION 'an accusation is never dispatched' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	IF about.unit IS NULL THEN
		RAISE EXCEPTION 'the accused unit is not settled' USING ERRCODE = 'ZX003', CONSTRAINT = 'assignment_accused_known';
	END IF;
	PERFORM refuse_barred_assignments(ARRAY[NEW.matter_id]);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER assignment_guard AFTER INSERT OR UPDATE OF unit, matter_id, ended_at ON assignment
	FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION assignment_guard();

-- +goose StatementBegin
CREATE FUNCTION matter_unit_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM pg_advisory_xact_lock_shared(7410425003);
	IF 'accusation' = ANY (NEW.flags) AND EXISTS (SELECT 1 FROM assignment WHERE matter_id = NEW.id AND ended_at IS NULL) THEN
		RAISE EXCEPTION 'an accusation is with no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	PERFORM refuse_barred_assignments(ARRAY[NEW.id]);
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_unit_guard AFTER UPDATE OF unit, flags ON matter
	FOR EACH ROW WHEN (OLD.unit IS DISTINCT FROM NEW.unit OR ('accusation' = ANY (NEW.flags)) > ('accusation' = ANY (OLD.flags)))
	EXECUTE FUNCTION matter_unit_guard();

-- +goose StatementBegin
CREATE FUNCTION unit_tree_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	held bigint[];
BEGIN
	-- Every matter that is with a unit: a tree changes rarely.
	SELECT array_agg(DISTINCT matter_id) INTO held FROM assignment WHERE ended_at IS NULL;
	PERFORM refuse_barred_assignments(coalesce(held, '{}'));
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER unit_tree_guard AFTER UPDATE OF parent, successor ON unit
	FOR EACH ROW WHEN (OLD.parent IS DISTINCT FROM NEW.parent OR OLD.successor IS DISTINCT FROM NEW.successor)
	EXECUTE FUNCTION unit_tree_guard();
CREATE TRIGGER unit_conflict_guard AFTER INSERT ON unit_conflict
	FOR EACH ROW EXECUTE FUNCTION unit_tree_guard();

-- +goose Down
SELECT 1 / 0;
