-- +goose Up
-- What every guard took for granted of a complaint is said of each kind: how a
-- matter stands to its unit, and how far each of its states is. A register of
-- proposals or of self-checks has the unit as who works on it: with the old guards
-- it could neither be given to its own unit nor be seen by it.

CREATE TABLE matter_kind (
	kind     text PRIMARY KEY,
	relation text NOT NULL CHECK (relation IN ('accused', 'owner', 'none'))
);
COMMENT ON TABLE matter_kind IS 'The kinds of matters; the move tables have the same, held by a test.';
COMMENT ON COLUMN matter_kind.relation IS 'What the unit of a matter is to it. accused: it is about that unit, which is barred from it; owner: that unit works on it; none: it has no unit, or one that says nothing.';

CREATE TABLE matter_state (
	kind  text NOT NULL REFERENCES matter_kind,
	state text NOT NULL,
	phase smallint NOT NULL CHECK (phase BETWEEN 1 AND 3),
	PRIMARY KEY (kind, state),
	UNIQUE (kind, state, phase)
);
COMMENT ON TABLE matter_state IS 'The states of each kind; the move tables have the same, held by a test.';
COMMENT ON COLUMN matter_state.phase IS '1 under way, 2 waiting for an outsider, whose date it is and not the office''s, 3 over.';
GRANT SELECT ON matter_kind, matter_state TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

INSERT INTO matter_kind (kind, relation) VALUES ('complaint', 'accused'), ('case', 'accused');
INSERT INTO matter_state (kind, state, phase) VALUES
	('complaint', 'submitted', 1),
	('complaint', 'registered', 1),
	('complaint', 'supplement_required', 1),
	('complaint', 'accepted', 1),
	('complaint', 'dispatched', 1),
	('complaint', 'objected', 1),
	('complaint', 'handling', 1),
	('complaint', 'result_submitted', 1),
	('complaint', 'under_review', 1),
	('complaint', 'replied', 2),
	('complaint', 'rated', 2),
	('complaint', 'review_requested', 1),
	('complaint', 'closed', 3),
	('complaint', 'redirected', 3),
	('complaint', 'transferred', 3),
	('complaint', 'referred_discipline', 3),
	('complaint', 'rejected', 3),
	('complaint', 'withdrawn', 3),
	('case', 'opened', 1),
	('case', 'drafted', 1),
	('case', 'signed', 1),
	('case', 'served', 1),
	('case', 'published', 1),
	('case', 'ended', 3),
	('case', 'dropped', 3),
	('case', 'revoked', 3);

-- The engine writes the phase with the state; whoever writes a state alone gets the
-- phase that belongs to it.
ALTER TABLE matter DROP CONSTRAINT matter_state;
ALTER TABLE matter ALTER COLUMN phase DROP EXPRESSION;
UPDATE matter m SET phase = s.phase FROM matter_state s WHERE (s.kind, s.state) = (m.kind, m.state) AND s.phase <> m.phase;
ALTER TABLE matter ALTER COLUMN phase SET NOT NULL;
ALTER TABLE matter ADD CONSTRAINT matter_state FOREIGN KEY (kind, state, phase) REFERENCES matter_state (kind, state, phase);
COMMENT ON COLUMN matter.phase IS 'Of its state: see matter_state. The lists walk one phase by due date.';
GRANT UPDATE (phase) ON matter TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION phase_of_state() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	SELECT s.phase INTO NEW.phase FROM public.matter_state s WHERE s.kind = NEW.kind AND s.state = NEW.state;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_phase BEFORE INSERT ON matter FOR EACH ROW WHEN (NEW.phase IS NULL) EXECUTE FUNCTION phase_of_state();
CREATE TRIGGER matter_phase_follows BEFORE UPDATE OF state ON matter FOR EACH ROW
	WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.phase = OLD.phase) EXECUTE FUNCTION phase_of_state();

-- Only of an accused unit is a name a bar.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_names_unit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN
		SELECT m.named, m.meant, m.persons INTO NEW.named, NEW.meant, NEW.persons FROM public.matter m WHERE m.id = NEW.follows FOR SHARE;
	END IF;
	IF NEW.unit IS NOT NULL AND NEW.unit <> ALL (NEW.named) AND EXISTS (SELECT FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused') THEN
		NEW.named := NEW.named || NEW.unit;
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_bars_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN -- the others are rows of what it follows from
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, NEW.unit, 'chosen', NEW.seq FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused' AND NEW.unit IS NOT NULL;
	ELSIF TG_OP = 'INSERT' THEN
		INSERT INTO public.matter_bar (matter_id, unit, staff_id, how, seq)
		SELECT NEW.id, u, NULL::bigint, 'chosen', NEW.seq FROM unnest(NEW.named) AS u
		UNION ALL SELECT NEW.id, u, NULL, 'meant', NEW.seq FROM unnest(NEW.meant) AS u
		UNION ALL SELECT NEW.id, NULL::text, p, 'named', NEW.seq FROM unnest(NEW.persons) AS p;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = NEW.id;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- And only of an accused unit must it be known before anybody gets the matter.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION assignment_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	about matter;
BEGIN
	PERFORM share_unit_tree();
	SELECT * INTO about FROM matter WHERE id = NEW.matter_id FOR UPDATE;
	IF 'accusation' = ANY (about.flags) THEN
		RAISE EXCEPTION 'an accusation is never dispatched' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	IF about.unit IS NULL AND (SELECT relation FROM matter_kind WHERE kind = about.kind) = 'accused' THEN
		RAISE EXCEPTION 'the accused unit is not settled' USING ERRCODE = 'ZX003', CONSTRAINT = 'assignment_accused_known';
	END IF;
	PERFORM refuse_barred_assignments(ARRAY[NEW.matter_id]);
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose Down
SELECT 1 / 0;
