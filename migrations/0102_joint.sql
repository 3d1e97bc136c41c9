-- +goose Up
-- Several who complain of one thing: each keeps their own number, clocks and rights, and
-- one complaint is answered for all. Of those who come together in person at most five
-- speak for the others (信访工作条例 20).
INSERT INTO matter_state (kind, state, phase) VALUES ('complaint', 'joined', 1);

CREATE TABLE joint (
	matter_id      bigint NOT NULL REFERENCES matter,
	seq            bigint NOT NULL,
	main_id        bigint NOT NULL REFERENCES matter,
	representative boolean NOT NULL,
	ended_seq      bigint,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CHECK (matter_id <> main_id)
);
COMMENT ON TABLE joint IS 'Complaints that are handled with another one, which is answered for them. Rows are added by the move join and ended by whatever event leads out of the state joined.';
COMMENT ON COLUMN joint.representative IS 'Whether this complainant was chosen to speak for the others; of one main complaint at most five.';
CREATE UNIQUE INDEX joint_once ON joint (matter_id) WHERE ended_seq IS NULL;
CREATE INDEX joint_main ON joint (main_id);
ALTER TABLE joint ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON joint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON joint FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u));
GRANT SELECT ON joint TO zhengxin_portal;
GRANT SELECT, INSERT (matter_id, seq, main_id, representative) ON joint TO zhengxin_admin;
GRANT SELECT ON joint TO zhengxin_worker;
CREATE TRIGGER joint_added AFTER INSERT ON joint REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'join');

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION read_bars(of_matter bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	after bigint[];
BEGIN
	WITH RECURSIVE line (id) AS (
		SELECT of_matter
		UNION SELECT n.id FROM line CROSS JOIN LATERAL (
			SELECT m.id FROM public.matter m WHERE m.follows = line.id
			UNION ALL SELECT j.main_id FROM public.joint j WHERE j.matter_id = line.id AND j.ended_seq IS NULL) AS n (id)
	)
	SELECT array_agg(id) INTO after FROM line;
	-- A statement of its own: the next one sees the bars that whoever held a row has
	-- added, and not those of before the wait.
	PERFORM FROM public.matter m WHERE m.id = ANY (after) ORDER BY m.id FOR NO KEY UPDATE;
	WITH RECURSIVE line (id, of_whom) AS (
		SELECT a, a FROM unnest(after) AS a
		UNION SELECT n.id, l.of_whom FROM line l CROSS JOIN LATERAL (
			SELECT m.follows FROM public.matter m WHERE m.id = l.id AND m.follows IS NOT NULL
			UNION ALL SELECT j.matter_id FROM public.joint j WHERE j.main_id = l.id AND j.ended_seq IS NULL) AS n (id)
	), bars AS (
		SELECT l.of_whom AS id,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how IN ('chosen', 'settled')), '{}') AS named,
			coalesce(array_agg(DISTINCT b.unit) FILTER (WHERE b.how = 'meant'), '{}') AS meant,
			coalesce(array_agg(DISTINCT b.staff_id) FILTER (WHERE b.how IN ('named', 'declared')), '{}') AS persons
		FROM line l LEFT JOIN public.matter_bar b ON b.matter_id = l.id AND b.released_seq IS NULL
		GROUP BY l.of_whom
	)
	UPDATE public.matter m SET named = b.named, meant = b.meant, persons = b.persons
	FROM bars b WHERE b.id = m.id AND (m.named, m.meant, m.persons) IS DISTINCT FROM (b.named, b.meant, b.persons);
END $$;

CREATE OR REPLACE FUNCTION bar_named(matter bigint, people bigint[], since bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
	-- Two at once: whoever is second reads what the first has written.
	PERFORM FROM public.matter m WHERE m.id = bar_named.matter FOR NO KEY UPDATE;
	-- A namesake who was released is barred again by words that come later.
	INSERT INTO public.matter_bar (matter_id, staff_id, how, seq)
	SELECT bar_named.matter, p, 'named', since FROM unnest(people) AS p
	WHERE NOT EXISTS (SELECT FROM public.matter_bar b
		WHERE b.matter_id = bar_named.matter AND b.staff_id = p AND (b.released_seq IS NULL OR b.released_seq >= since));
	-- Added to what stands there: in a filing the other bars are not rows yet.
	IF FOUND THEN
		UPDATE public.matter m SET persons = ARRAY(SELECT DISTINCT p FROM unnest(m.persons || people) AS p ORDER BY p) WHERE m.id = bar_named.matter;
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = bar_named.matter;
		PERFORM public.read_bars(j.main_id) FROM public.joint j WHERE j.matter_id = bar_named.matter AND j.ended_seq IS NULL;
	END IF;
END
$$;

-- Whom one of them keeps away is kept from the one that is answered for it; where that is
-- in the hands of such a unit, they are not joined.
CREATE FUNCTION joint_bars() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		PERFORM FROM matter m WHERE m.id = NEW.main_id FOR NO KEY UPDATE;
		IF EXISTS (SELECT FROM joint j WHERE j.ended_seq IS NULL AND (j.matter_id = NEW.main_id OR j.main_id = NEW.matter_id))
			OR NEW.representative AND (SELECT count(*) FROM joint j WHERE j.main_id = NEW.main_id AND j.ended_seq IS NULL AND j.representative) > 5 THEN
			RAISE EXCEPTION 'joined in a row, or more than five speak for the others' USING ERRCODE = 'ZX090', CONSTRAINT = 'joint_flat';
		END IF;
	END IF;
	PERFORM read_bars(NEW.main_id);
	IF TG_OP = 'INSERT' THEN
		PERFORM refuse_barred_assignments(ARRAY[NEW.main_id]);
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION event_leaves_joint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	UPDATE joint SET ended_seq = NEW.seq WHERE matter_id = NEW.matter_id AND ended_seq IS NULL;
	RETURN NULL;
END $$;

-- The answer of the one that was answered for all is each one's own, as it was sent.
CREATE FUNCTION event_answers_joint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, demand, sent_at)
	SELECT NEW.matter_id, NEW.seq, coalesce((SELECT max(o.version) FROM answer o WHERE o.matter_id = NEW.matter_id), 0) + 1,
		a.drafted_by, a.unit, a.finding, a.decision, a.facts, a.opinion, a.basis, a.demand, NEW.at
	FROM joint j JOIN answer a ON a.matter_id = j.main_id AND a.sent_at IS NOT NULL
	WHERE j.matter_id = NEW.matter_id AND j.ended_seq IS NULL
	ORDER BY a.version DESC LIMIT 1;
	UPDATE complaint c SET finding = a.finding, decision = a.decision FROM answer a WHERE a.matter_id = NEW.matter_id AND a.seq = NEW.seq AND c.matter_id = NEW.matter_id;
	RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION joint_bars() FROM PUBLIC;
REVOKE ALL ON FUNCTION event_leaves_joint() FROM PUBLIC;
REVOKE ALL ON FUNCTION event_answers_joint() FROM PUBLIC;
CREATE TRIGGER joint_bars AFTER INSERT OR UPDATE OF ended_seq ON joint FOR EACH ROW EXECUTE FUNCTION joint_bars();
-- In the order of their names: what is answered is answered before it is left.
CREATE TRIGGER event_answers_joint AFTER INSERT ON event FOR EACH ROW WHEN (NEW.action = 'answer_joined' AND NEW.actor = 'system') EXECUTE FUNCTION event_answers_joint();
CREATE TRIGGER event_leaves_joint AFTER INSERT ON event FOR EACH ROW WHEN (NEW.from_state = 'joined' AND NEW.to_state <> 'joined') EXECUTE FUNCTION event_leaves_joint();

-- +goose Down
SELECT 1 / 0;
