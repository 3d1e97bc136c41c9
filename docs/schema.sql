-- Written by make schema from the migrations; do not edit.

CREATE FUNCTION public.about_office(units text[], persons bigint[], flags text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
BEGIN
	RETURN flags && '{office_meant}' OR persons <> '{}' OR EXISTS (
		SELECT 1 FROM unnest(public.supervising_offices()) AS office WHERE units && public.unit_bars(office));
END
$$;

COMMENT ON FUNCTION public.about_office(units text[], persons bigint[], flags text[]) IS 'True for a matter that some supervising office, or somebody in it, may not know of, or might not.';

CREATE FUNCTION public.added_by_move() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (
		SELECT FROM (SELECT a.matter_id, coalesce((to_jsonb(a) ->> nullif(TG_ARGV[0], ''))::bigint, 1) AS seq FROM added a) a
		CROSS JOIN LATERAL move_now(a.matter_id) m
		WHERE m.seq IS DISTINCT FROM a.seq OR TG_ARGV[1] <> '' AND m.action <> ALL (string_to_array(TG_ARGV[1], ' '))) THEN
		PERFORM refuse_rewriting(TG_TABLE_NAME);
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.answer_newest() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (SELECT FROM answer WHERE matter_id = NEW.matter_id AND version > NEW.version) THEN
		PERFORM refuse_rewriting('answer');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.assignment_assigned() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND ((move_now(NEW.matter_id)).action IS DISTINCT FROM 'assign'
		OR NEW.assigned IS NOT NULL AND NOT EXISTS (
			SELECT FROM staff s JOIN matter m ON m.id = NEW.matter_id
			WHERE s.id = NEW.assigned AND s.unit = NEW.unit AND s.role IN ('handler', 'unit_head') AND s.id <> ALL (m.persons))) THEN
		PERFORM refuse_rewriting('assignment.assigned');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.assignment_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.assignment_in_force() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM share_unit_tree();
	IF NOT EXISTS (SELECT FROM unit u WHERE u.code = NEW.unit
		AND (NEW.started_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN u.valid_from AND coalesce(u.valid_to, 'infinity')) THEN
		RAISE EXCEPTION 'assignment to a unit that is not in force' USING ERRCODE = 'ZX008', CONSTRAINT = 'assignment_in_force';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.assignment_phase() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	SELECT m.phase, m.due_at INTO NEW.phase, NEW.due_at FROM matter m WHERE m.id = NEW.matter_id;
	RETURN NEW;
END $$;

COMMENT ON FUNCTION public.assignment_phase() IS 'An assignment begins with the phase and the date of its matter.';

CREATE FUNCTION public.assignments_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	UPDATE assignment SET phase = NEW.phase, due_at = NEW.due_at WHERE matter_id = NEW.id AND (phase, due_at) <> (NEW.phase, NEW.due_at);
	RETURN NULL;
END $$;

COMMENT ON FUNCTION public.assignments_follow() IS 'The assignments of a matter have its phase and its date. The definer''s, since the portal moves a matter and may not write here.';

CREATE FUNCTION public.at_work(at timestamp with time zone) RETURNS TABLE(unit text, staff_id bigint, whom bigint, heads boolean, bars text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	WITH gone AS (
		SELECT w.staff_id, w.stand_in FROM away((at AT TIME ZONE 'Asia/Shanghai')::date) w
	), acts AS (
		SELECT s.unit, s.id AS staff_id, s.id AS whom, s.role = 'unit_head' AS heads
		FROM staff s WHERE s.role IN ('handler', 'unit_head') AND s.unit IS NOT NULL AND may_come_in(s, at) AND s.id NOT IN (SELECT g.staff_id FROM gone g)
		UNION ALL
		SELECT h.unit, s.id, h.id, true FROM gone g JOIN staff h ON h.id = g.staff_id AND h.role = 'unit_head' JOIN staff s ON s.id = g.stand_in AND may_come_in(s, at)
	)
	SELECT a.unit, a.staff_id, a.whom, a.heads, ARRAY(SELECT b.unit FROM staff_bar b
		WHERE b.staff_id IN (a.staff_id, a.whom) AND coalesce(b.until > (at AT TIME ZONE 'Asia/Shanghai')::date, true))
	FROM acts a
$$;

CREATE FUNCTION public.away(on_day date) RETURNS TABLE(absence bigint, staff_id bigint, stand_in bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	WITH gone AS (
		SELECT a.id, a.staff_id, a.stand_in FROM absence a
		WHERE on_day BETWEEN a.from_on AND a.to_on AND NOT EXISTS (SELECT FROM absence_end e WHERE e.absence_id = a.id)
	)
	SELECT g.id, g.staff_id, CASE WHEN may_come_in(s) AND may_stand_in(s, p) AND s.id NOT IN (SELECT o.staff_id FROM gone o) THEN s.id END
	FROM gone g JOIN staff p ON p.id = g.staff_id LEFT JOIN staff s ON s.id = g.stand_in
	WHERE p.disabled_at IS NULL
$$;

CREATE FUNCTION public.bar_from_what_names(person bigint, who text, is_login boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	likely text := CASE WHEN is_login THEN '%' || replace(who, '_', '\_') || '%'
		ELSE '%' || array_to_string(regexp_split_to_array(regexp_replace(who, '[^[:alnum:]]', '_', 'g'), ''), '%') || '%' END;
BEGIN
	PERFORM public.bar_named(w.matter_id, ARRAY[person], w.seq)
	FROM (
		SELECT c.matter_id, 1 AS seq, concat_ws(E'\n', m.title, c.unit_said, c.request, c.facts, c.reasons, c.elsewhere, c.contract_no) AS said
		FROM public.complaint c JOIN public.matter m ON m.id = c.matter_id
		UNION ALL SELECT s.matter_id, s.seq, s.body FROM public.supplement s
		UNION ALL SELECT c.matter_id, 1, concat_ws(E'\n', m.title, c.ground)
		FROM public.discipline_case c JOIN public.matter m ON m.id = c.matter_id JOIN public.event e ON e.matter_id = m.id AND e.seq = 1
		WHERE e.staff_id <> person
		UNION ALL SELECT d.matter_id, d.seq, concat_ws(E'\n', d.facts, d.basis, d.demand, d.consequences)
		FROM public.warning_draft d WHERE d.drafted_by <> person
	) AS w
	WHERE (CASE WHEN who ~ '[a-z]' THEN w.said ILIKE likely ELSE w.said LIKE likely END OR w.said ~ '[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]') AND person = ANY (public.called_in(w.said));
END $$;

COMMENT ON FUNCTION public.bar_from_what_names(person bigint, who text, is_login boolean) IS 'Keeps a person away from every matter whose words hold this name or login of theirs.';

CREATE FUNCTION public.bar_named(matter bigint, people bigint[], since bigint) RETURNS void
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
		PERFORM public.read_bars(w.id) FROM public.matter m JOIN public.matter w ON w.id = m.follows AND w.kind = m.kind WHERE m.id = bar_named.matter;
		PERFORM public.read_bars(j.main_id) FROM public.joint j WHERE j.matter_id = bar_named.matter AND j.ended_seq IS NULL;
	END IF;
END
$$;

CREATE FUNCTION public.bars_still(until date) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
	SELECT until IS NULL OR until > (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;

COMMENT ON FUNCTION public.bars_still(until date) IS 'Whether a bar that ends on a day holds today, in Chinese time.';

CREATE FUNCTION public.bundle_able(of_unlock bytea) RETURNS TABLE(number text, matter bigint, asked bigint, held boolean, used text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT m.number, f.matter_id, f.seq, EXISTS (SELECT FROM bundle_holding h WHERE h.matter_id = u.matter_id AND h.complaint = f.matter_id),
		coalesce((SELECT o.number FROM bundle_complaint c JOIN matter o ON o.id = c.matter_id
			WHERE c.complaint = f.matter_id AND c.asked = f.seq AND c.held AND c.matter_id IS DISTINCT FROM u.matter_id ORDER BY c.matter_id LIMIT 1), '')
	FROM unlock u JOIN follow f ON f.member_id = u.member_id JOIN matter m ON m.id = f.matter_id
	WHERE u.token_hash = of_unlock AND u.expires_at > now() AND follow_standing(f.matter_id, f.seq) = 'yes'
$$;

COMMENT ON FUNCTION public.bundle_able(of_unlock bytea) IS 'What the member for whom something is open follows with consent, whether it is in the bundle that is open, and which other one its consent was used for.';

CREATE FUNCTION public.bundle_bars(of_bundle bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	UPDATE matter b SET meant = b.meant || ARRAY(SELECT DISTINCT u FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.named || m.meant) u WHERE c.matter_id = b.id AND u <> ALL (b.meant)),
		persons = b.persons || ARRAY(SELECT DISTINCT p FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.persons) p WHERE c.matter_id = b.id AND p <> ALL (b.persons))
	WHERE b.id = of_bundle
$$;

CREATE FUNCTION public.bundle_bars_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF (NEW.named, NEW.meant, NEW.persons) IS DISTINCT FROM (OLD.named, OLD.meant, OLD.persons) THEN
		PERFORM bundle_bars(c.matter_id) FROM bundle_complaint c WHERE c.complaint = NEW.id;
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION public.bundle_complaint_holds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM FROM follow f JOIN bundle b ON b.member_id = f.member_id WHERE b.matter_id = NEW.matter_id AND f.matter_id = NEW.complaint AND f.seq = NEW.asked FOR UPDATE OF f;
	IF NOT FOUND OR NEW.held AND EXISTS (SELECT FROM bundle_complaint o WHERE o.complaint = NEW.complaint AND o.asked = NEW.asked AND o.held AND o.matter_id <> NEW.matter_id) THEN
		RAISE EXCEPTION 'this consent is for another bundle' USING ERRCODE = 'unique_violation';
	END IF;
	PERFORM bundle_bars(NEW.matter_id);
	RETURN NULL;
END
$$;

CREATE FUNCTION public.bundle_told(of_bundle bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT jsonb_build_object('Number', m.number, 'Title', m.title, 'Words', b.words, 'State', m.state, 'OpenedAt', m.opened_at,
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Complaints', (SELECT jsonb_agg(c.number ORDER BY c.number) FROM bundle_holding h JOIN matter c ON c.id = h.complaint WHERE h.matter_id = m.id),
		'Left', (SELECT count(DISTINCT c.complaint) FROM bundle_complaint c WHERE c.matter_id = m.id) - (SELECT count(*) FROM bundle_holding h WHERE h.matter_id = m.id),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''))
	FROM bundle b JOIN matter m ON m.id = b.matter_id WHERE b.matter_id = of_bundle
$$;

COMMENT ON FUNCTION public.bundle_told(of_bundle bigint) IS 'A bundle as its member may know it.';

CREATE FUNCTION public.by_owner(of_table oid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
	SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = of_table
$$;

COMMENT ON FUNCTION public.by_owner(of_table oid) IS 'True where the table''s owner writes, or who may become it.';

CREATE FUNCTION public.calendar_fits(of_year integer, off date[], work date[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT NOT off && work
		AND NOT EXISTS (SELECT FROM unnest(off || work) d WHERE d IS NULL OR EXTRACT(year FROM d) <> of_year)
		AND NOT EXISTS (SELECT FROM unnest(work) d WHERE EXTRACT(isodow FROM d) < 6)
$$;

COMMENT ON FUNCTION public.calendar_fits(of_year integer, off date[], work date[]) IS 'Every day is of that year, none is both off and worked, and only weekends are worked to make up.';

CREATE FUNCTION public.called_in(words text) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    AS $_$
DECLARE
	plain text := public.folded(words);
	together text := public.run_together(plain);
BEGIN
	-- A pattern that PostgreSQL refuses stops no filing: each name is asked for then.
	BEGIN
		PERFORM FROM public.staff_pattern p WHERE together ~ p.names OR plain ~ p.logins;
		IF NOT FOUND THEN
			RETURN '{}';
		END IF;
	EXCEPTION WHEN invalid_regular_expression THEN
		NULL;
	END;
	RETURN ARRAY(
		SELECT DISTINCT c.staff_id FROM public.staff_called c
		WHERE CASE WHEN c.login
			THEN plain ~ ('(^|[^a-z0-9])' || replace(c.called, '.', '\.') || '([^a-z0-9]|$)')
			ELSE position(c.called IN together) > 0 END);
END
$_$;

COMMENT ON FUNCTION public.called_in(words text) IS 'The staff whose name or login a text holds.';

CREATE FUNCTION public.case_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
	people bigint[];
BEGIN
	SELECT array_remove(public.called_in(concat_ws(E'\n', m.title, NEW.ground)), e.staff_id) INTO people
		FROM public.matter m JOIN public.event e ON e.matter_id = m.id AND e.seq = 1 WHERE m.id = NEW.matter_id;
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, 1);
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION public.category_follows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	INSERT INTO category (code, key, title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to, sort, valid_from)
		VALUES (NEW.code, lower(NEW.code), NEW.title, NEW.plain, NEW.description, NEW.basis, NEW.basis_confirmed, NEW.evidence, NEW.way_out, NEW.valid_to,
			coalesce((SELECT max(c.sort) FROM category c WHERE c.group_code = left(NEW.code, 1)), 0), (NEW.made_at AT TIME ZONE 'Asia/Shanghai')::date)
		ON CONFLICT (code) DO UPDATE SET (title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to)
			= (NEW.title, NEW.plain, NEW.description, NEW.basis, NEW.basis_confirmed, NEW.evidence, NEW.way_out, NEW.valid_to);
	RETURN NULL;
END $$;

CREATE FUNCTION public.category_version_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(v.version) FROM category_version v WHERE v.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('category_version');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_choice_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM clock_rule r WHERE r.code = NEW.rule) OR NEW.beside <> '' AND NOT EXISTS (SELECT FROM clock_rule r WHERE r.code = NEW.beside) THEN
		RAISE EXCEPTION 'a term is chosen by a rule that there is not' USING ERRCODE = 'ZX130', CONSTRAINT = 'clock_choice_fits';
	END IF;
	IF EXISTS (SELECT FROM clock_choice c WHERE (c.kind, c.track, c.nature, c.at, c.rule) = (NEW.kind, NEW.track, NEW.nature, NEW.at, NEW.rule)
		AND c.valid_from <> NEW.valid_from AND daterange(c.valid_from, c.valid_to, '[]') && daterange(NEW.valid_from, NEW.valid_to, '[]'))
	THEN
		RAISE EXCEPTION 'a term is chosen twice for a day' USING ERRCODE = 'ZX130', CONSTRAINT = 'clock_choice_fits';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_lapses() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.stopped_seq IS NOT NULL OR NOT OLD.right_only OR OLD.provisional
		OR OLD.due_at > clock_timestamp() + (SELECT within FROM present)) THEN
		PERFORM refuse_rewriting('clock.stopped_at');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_move_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF OLD.stopped_at IS NOT NULL OR NOT EXISTS (
		SELECT FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE e.matter_id = OLD.matter_id AND e.seq = m.seq + 1 AND (e.action = 'recount' OR EXISTS (
			SELECT FROM clock_span s WHERE s.matter_id = e.matter_id AND s.seq = e.seq AND s.rule = OLD.rule AND s.started_seq = OLD.started_seq)))
	THEN
		RAISE EXCEPTION 'a due date moves only by a recount or a span' USING ERRCODE = 'ZX050', CONSTRAINT = 'clock_moves_by_event';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_rule_amended() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	was clock_rule;
BEGIN
	IF by_owner(TG_RELID) THEN
		RETURN NEW;
	END IF;
	SELECT * INTO was FROM clock_rule r WHERE r.code = NEW.code ORDER BY r.version DESC LIMIT 1;
	IF was.code IS NULL OR was.confidence <> 'design' OR was.unit IN ('GIVEN', 'FIXED') OR NEW.by_id IS NULL OR NEW.reason = ''
		OR NEW.version <> was.version + 1 OR NEW.valid_from <= was.valid_from OR NEW.valid_to IS NOT NULL
		OR (NEW.title, NEW.track, NEW.start_event, NEW.end_event, NEW.unit, NEW.fixed_on, NEW.approver, NEW.basis, NEW.confidence, NEW.right_only, NEW.within, NEW.waits)
			IS DISTINCT FROM (was.title, was.track, was.start_event, was.end_event, was.unit, was.fixed_on, was.approver, was.basis, was.confidence, was.right_only, was.within, was.waits)
	THEN
		RAISE EXCEPTION 'a new version of our own rule says how long, and from when, and nothing else' USING ERRCODE = 'ZX131', CONSTRAINT = 'clock_rule_amended';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_rule_within_law() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF EXISTS (
		SELECT FROM clock_rule r LEFT JOIN LATERAL (SELECT * FROM clock_rule l WHERE l.code = r.within ORDER BY l.version DESC LIMIT 1) l ON true
		WHERE r.within IS NOT NULL AND NEW.code IN (r.code, r.within)
			AND r.version = (SELECT max(v.version) FROM clock_rule v WHERE v.code = r.code)
			AND (l.code IS NULL OR l.unit = r.unit AND (r.limit_count > l.limit_count
				OR coalesce(r.max_total, r.limit_count + coalesce(r.max_extension, 0)) > coalesce(l.max_total, l.limit_count + coalesce(l.max_extension, 0)))))
	THEN
		RAISE EXCEPTION 'a rule allows more than its law' USING ERRCODE = 'ZX051', CONSTRAINT = 'clock_rule_within_law';
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.clock_stays_stopped() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND OLD.stopped_at IS NOT NULL THEN
		PERFORM refuse_rewriting('clock');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.clock_stops_with() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.stopped_seq IS DISTINCT FROM (move_now(NEW.matter_id)).seq THEN
		PERFORM refuse_rewriting('clock.stopped_seq');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.close_unlock(of_token bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	DELETE FROM unlock WHERE token_hash = of_token
$$;

CREATE FUNCTION public.complaint_as_answered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NOT EXISTS (
		SELECT FROM answer a WHERE a.matter_id = NEW.matter_id AND a.finding = NEW.finding AND a.decision = NEW.decision
			AND a.sent_at = (move_now(NEW.matter_id)).at) THEN
		PERFORM refuse_rewriting('complaint.finding');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.complaint_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
	said text;
	people bigint[];
BEGIN
	SELECT m.title INTO said FROM public.matter m WHERE m.id = NEW.matter_id;
	people := public.called_in(concat_ws(E'\n', said, NEW.unit_said, NEW.request, NEW.facts, NEW.reasons, NEW.elsewhere, NEW.contract_no));
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, 1);
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION public.daybook_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.seq <> OLD.seq + 1 OR NOT EXISTS (
		SELECT FROM daybook d WHERE d.seq = NEW.seq AND d.hash = NEW.head AND (OLD.seq = 0 OR d.prev = OLD.head))) THEN
		PERFORM refuse_rewriting('daybook_head');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.document_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	-- The number follows from frozen columns and is not computed yet here.
	IF TG_OP = 'UPDATE' AND OLD.served_on IS NULL
		AND to_jsonb(NEW) - '{served_seq,served_on,served_how,number}'::text[] = to_jsonb(OLD) - '{served_seq,served_on,served_how,number}'::text[] THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a signed document never changes' USING ERRCODE = 'ZX005';
END $$;

CREATE FUNCTION public.document_number_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.last <> 1 OR TG_OP = 'UPDATE' AND NEW.last <> OLD.last + 1 THEN
		RAISE EXCEPTION 'document numbers go up by one' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.document_number_used() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM document d WHERE d.prefix = NEW.prefix AND d.year = NEW.year AND d.serial = NEW.last) THEN
		RAISE EXCEPTION 'a number was taken without a document' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.document_numbered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM document_counter c WHERE c.prefix = NEW.prefix AND c.year = NEW.year AND c.last = NEW.serial) THEN
		RAISE EXCEPTION 'a document needs the newest number' USING ERRCODE = 'ZX006';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.end_stale_portal_sessions(older interval) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT pg_has_role('zhengxin_portal', 'USAGE') THEN -- the owner sees and ends sessions of its members' roles only
		RETURN NULL;
	END IF;
	RETURN (SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
		FROM pg_stat_activity
		WHERE usename = 'zhengxin_portal' AND datname = current_database() AND xact_start < now() - older);
END $$;

COMMENT ON FUNCTION public.end_stale_portal_sessions(older interval) IS 'Ends the sessions of the portal whose transaction is older than that: it would hold the row of the matter it has opened, and all that VACUUM could clear. Null where the owner of the database may not.';

CREATE FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text DEFAULT 'default'::text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
BEGIN
	IF of_kind OPERATOR(pg_catalog.<>) ALL ('{index_text,send_letter,send_login,send_test}'::pg_catalog.text[])
		OR in_queue OPERATOR(pg_catalog.<>) ALL ('{default,mail}'::pg_catalog.text[]) THEN
		RAISE EXCEPTION 'no such job' USING ERRCODE = 'ZX004';
	END IF;
	INSERT INTO public.river_job (args, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (with_args, of_kind, 25, '{}', 1, in_queue, pg_catalog.now(), 'available', '{}');
	RETURN true;
END $$;

COMMENT ON FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text) IS 'Adds a River job inside the caller''s own statement; the caller may not read the queue. Arguments carry ids only.';

CREATE FUNCTION public.event_answers_joint() RETURNS trigger
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

CREATE FUNCTION public.event_is_present() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.at NOT BETWEEN clock_timestamp() - (SELECT within FROM present) AND clock_timestamp() + (SELECT within FROM present) THEN
		RAISE EXCEPTION 'an event bears the present time' USING ERRCODE = 'ZX081';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.event_leaves_joint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	UPDATE joint SET ended_seq = NEW.seq WHERE matter_id = NEW.matter_id AND ended_seq IS NULL;
	RETURN NULL;
END $$;

CREATE FUNCTION public.event_recuses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	INSERT INTO matter_bar (matter_id, staff_id, how, seq) VALUES (NEW.matter_id, NEW.staff_id, 'declared', NEW.seq);
	PERFORM read_bars(NEW.matter_id);
	RETURN NULL;
END $$;

CREATE FUNCTION public.figure_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF EXISTS (SELECT FROM added a LEFT JOIN figure_quarter q ON q.until = a.until WHERE a.measure <> ALL (q.measures) OR a.measure = ANY (q.withheld)) THEN
		RAISE EXCEPTION 'a figure that its quarter does not tell' USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_told';
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.filed_now() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    AS $$
DECLARE
	drawn bigint := pg_catalog.currval('public.matter_id');
BEGIN
	PERFORM 1 FROM public.matter WHERE id OPERATOR(pg_catalog.=) drawn;
	IF FOUND THEN
		RETURN NULL;
	END IF;
	RETURN drawn;
END
$$;

COMMENT ON FUNCTION public.filed_now() IS 'The matter that this very statement files; null in any other.';

CREATE FUNCTION public.folded(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
	SELECT lower(normalize(CASE WHEN words ~ '[\u2e80-\u2ef3]' THEN translate(words,
		'⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳',
		'厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟') ELSE words END, NFKC))
$$;

CREATE FUNCTION public.follow_standing(of_matter bigint, of_ask bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT CASE WHEN q.dropped_at IS NOT NULL OR NOT member_serves(f.member_id, q.asked_at) THEN 'over' ELSE coalesce((
		SELECT a.answer FROM follow_answer a WHERE a.matter_id = f.matter_id AND a.asked = f.seq ORDER BY a.seq DESC LIMIT 1), 'asked') END
	FROM follow f JOIN follow_ask q ON q.id = f.ask_id WHERE f.matter_id = of_matter AND f.seq = of_ask
$$;

COMMENT ON FUNCTION public.follow_standing(of_matter bigint, of_ask bigint) IS 'How something stands that a deputy asked of a complainant: asked, yes, no, or over with what the deputy was admitted to. It is worked out each time, so that nothing has to be found and ended.';

CREATE FUNCTION public.form_receipt(of_token bytea) RETURNS TABLE(number text, unit_name text, seq bigint, action text, at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN QUERY SELECT m.number, coalesce(u.name, ''), t.seq, t.action, t.at
	FROM form_token t JOIN matter m ON m.id = t.matter_id LEFT JOIN unit u ON u.code = m.unit
	WHERE t.token_hash = of_token;
END
$$;

COMMENT ON FUNCTION public.form_receipt(of_token bytea) IS 'What a form that was already carried out did, to give the first answer again.';

CREATE FUNCTION public.inquiry_of_no_accusation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF EXISTS (SELECT FROM matter m JOIN matter o ON o.id = m.follows
		WHERE m.id = NEW.matter_id AND m.kind = 'inquiry' AND 'accusation' = ANY (o.flags)) THEN
		RAISE EXCEPTION 'an accusation is asked about of no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.job_again(of_id bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	UPDATE river_job j SET state = 'available', scheduled_at = now(), finalized_at = NULL,
		max_attempts = CASE WHEN j.attempt = j.max_attempts THEN j.max_attempts + 1 ELSE j.max_attempts END
	WHERE j.id = of_id AND j.state IN ('retryable', 'discarded') AND j.kind IN ('index_text', 'send_letter', 'sweep');
	RETURN FOUND;
END $$;

COMMENT ON FUNCTION public.job_again(of_id bigint) IS 'Tries a failed job now; false where there is none, or none of those that may be repeated.';

CREATE FUNCTION public.job_counts() RETURNS TABLE(kind text, state text, n bigint, oldest timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN QUERY SELECT j.kind, j.state::text, count(*), min(j.created_at) FROM river_job j
		WHERE j.state IN ('available', 'running', 'retryable', 'discarded') GROUP BY j.kind, j.state;
END $$;

COMMENT ON FUNCTION public.job_counts() IS 'How many jobs of each kind wait, run, are to be tried again, and were given up.';

CREATE FUNCTION public.job_failing(most integer) RETURNS TABLE(id bigint, kind text, state text, attempt integer, attempts integer, next_at timestamp with time zone, code text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN QUERY SELECT j.id, j.kind, j.state::text, j.attempt::int, j.max_attempts::int, j.scheduled_at, coalesce(j.errors[array_upper(j.errors, 1)] ->> 'error', '')
		FROM river_job j WHERE j.state IN ('retryable', 'discarded') ORDER BY j.id DESC LIMIT most;
END $$;

COMMENT ON FUNCTION public.job_failing(most integer) IS 'Jobs that failed, with the code of the last error: the worker keeps nothing else of one.';

CREATE FUNCTION public.joint_bars() RETURNS trigger
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

CREATE FUNCTION public.keep_facets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	kept jsonb := to_jsonb(NEW);
BEGIN
	UPDATE matter SET facets = ARRAY(SELECT c || '=' || (kept ->> c) FROM unnest(TG_ARGV) AS c WHERE kept ->> c IS NOT NULL) WHERE id = NEW.matter_id;
	RETURN NULL;
END $$;

CREATE FUNCTION public.law_article_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	was law_article;
BEGIN
	SELECT * INTO was FROM law_article a WHERE a.code = NEW.code ORDER BY a.version DESC LIMIT 1;
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = '' OR NEW.version <> 1 + coalesce(was.version, 0)
		OR was.code IS NOT NULL AND (NEW.law, NEW.number) IS DISTINCT FROM (was.law, was.number)
		OR NOT EXISTS (SELECT FROM law l WHERE l.code = NEW.law)) THEN
		PERFORM refuse_rewriting('law_article');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.law_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(l.version) FROM law l WHERE l.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('law');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.letter_unit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	NEW.unit := CASE NEW.recipient
		WHEN 'unit' THEN (SELECT a.unit FROM assignment a WHERE a.matter_id = NEW.matter_id AND a.part = 'lead' AND a.ended_at IS NULL)
		ELSE unit_above(NEW.matter_id) END;
	RETURN NEW;
END $$;

CREATE FUNCTION public.letter_waits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (OLD.state <> 'waiting' OR NEW.tries < OLD.tries) THEN
		PERFORM refuse_rewriting('letter');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.limit_roles() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	one record;
	pair text;
	slots int := current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int;
BEGIN
	LOCK TABLE migrate_lock; -- one at a time
	FOR one IN
		SELECT l.role, l.share, l.settings, r.rolconnlimit, coalesce(r.oid = any_database.setrole, false) AS own_everywhere,
		       ARRAY(SELECT s FROM unnest(here.setconfig) AS s WHERE s NOT LIKE 'temp\_file\_limit=%' ORDER BY s)
		           <> ARRAY(SELECT s FROM unnest(l.settings) AS s ORDER BY s) AS differs
		FROM (VALUES
			('zhengxin_portal', 40, ARRAY['statement_timeout=20s', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=20s']),
			('zhengxin_admin', 25, ARRAY['statement_timeout=2min', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=1min']),
			('zhengxin_worker', 20, ARRAY['statement_timeout=5min', 'lock_timeout=10s', 'idle_in_transaction_session_timeout=1min'])
		) AS l (role, share, settings)
		JOIN pg_roles r ON r.rolname = l.role
		LEFT JOIN pg_db_role_setting here ON here.setrole = r.oid
			AND here.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
		LEFT JOIN pg_db_role_setting any_database ON any_database.setrole = r.oid AND any_database.setdatabase = 0
	LOOP
		IF one.own_everywhere THEN
			EXECUTE format('ALTER ROLE %I RESET ALL', one.role);
		END IF;
		IF one.differs THEN
			EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', one.role, current_database());
			FOREACH pair IN ARRAY one.settings LOOP
				EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %I = %L', one.role, current_database(), split_part(pair, '=', 1), split_part(pair, '=', 2));
			END LOOP;
		END IF;
		IF one.rolconnlimit < 0 THEN -- a DBA's own number stays
			BEGIN
				EXECUTE format('ALTER ROLE %I CONNECTION LIMIT %s', one.role, slots * one.share / 100);
			EXCEPTION WHEN internal_error THEN
				NULL; -- somebody does the same from another database of the server
			END;
		END IF;
	END LOOP;
	RETURN true;
EXCEPTION WHEN insufficient_privilege THEN
	RETURN false;
END $$;

COMMENT ON FUNCTION public.limit_roles() IS 'Gives each process''s role its time-outs in this database and its share of the connections, and takes back what it has set for itself; false where the owner of the database may not.';

CREATE FUNCTION public.lock_unit_tree() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
BEGIN
	PERFORM FROM public.unit_tree FOR UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the row of unit_tree is missing';
	END IF;
END $$;

COMMENT ON FUNCTION public.lock_unit_tree() IS 'Until the end of the transaction nobody else changes the tree of units or dispatches by it.';

CREATE FUNCTION public.matter_bar_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	releaser bigint;
	settler bigint;
BEGIN
	SELECT staff_id INTO releaser FROM event WHERE matter_id = OLD.matter_id AND seq = NEW.released_seq AND action = 'release_bar';
	SELECT staff_id INTO settler FROM event WHERE matter_id = OLD.matter_id AND action = 'settle_unit' AND staff_id = releaser LIMIT 1;
	IF to_jsonb(NEW) - 'released_seq' <> to_jsonb(OLD) - 'released_seq' OR OLD.released_seq IS NOT NULL
		OR releaser IS NULL OR settler IS NOT NULL
		OR NEW.released_seq <> (SELECT max(seq) FROM event WHERE matter_id = OLD.matter_id) -- the move under way
		OR EXISTS (SELECT FROM matter_bar b WHERE b.matter_id = OLD.matter_id AND b.released_seq = NEW.released_seq
			AND (b.unit, b.staff_id) IS DISTINCT FROM (OLD.unit, OLD.staff_id)) -- one move, one bar
		OR EXISTS (SELECT FROM matter m WHERE m.id = OLD.matter_id AND m.unit = OLD.unit) THEN
		RAISE EXCEPTION 'a bar is released once, by a second person' USING ERRCODE = 'ZX007', CONSTRAINT = 'matter_bar_released';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.matter_bars_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
	one text;
	person bigint;
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN -- the others are rows of what it follows from
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, NEW.unit, 'chosen', NEW.seq FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused' AND NEW.unit IS NOT NULL;
	ELSIF TG_OP = 'INSERT' THEN
		FOREACH one IN ARRAY NEW.named LOOP
			INSERT INTO public.matter_bar (matter_id, unit, how, seq) VALUES (NEW.id, one, 'chosen', NEW.seq);
		END LOOP;
		FOREACH one IN ARRAY NEW.meant LOOP
			INSERT INTO public.matter_bar (matter_id, unit, how, seq) VALUES (NEW.id, one, 'meant', NEW.seq);
		END LOOP;
		FOREACH person IN ARRAY NEW.persons LOOP
			INSERT INTO public.matter_bar (matter_id, staff_id, how, seq) VALUES (NEW.id, person, 'named', NEW.seq);
		END LOOP;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = NEW.id;
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.matter_bars_read() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM read_bars(NEW.matter_id);
	RETURN NULL;
END $$;

CREATE FUNCTION public.matter_facets() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	own text[] := ARRAY(SELECT f FROM unnest(NEW.facets) AS f WHERE f NOT LIKE '_:%');
BEGIN
	NEW.facets := own || ARRAY(SELECT NEW.phase || ':' || f FROM unnest(own) AS f);
	RETURN NEW;
END $$;

CREATE FUNCTION public.matter_kin_bars() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	kin bigint[] := ARRAY(SELECT m.id FROM matter m WHERE m.kind = NEW.kind AND coalesce(m.follows, m.id) = NEW.follows);
BEGIN
	IF EXISTS (SELECT FROM matter w WHERE w.id = NEW.follows AND w.kind = NEW.kind) THEN
		PERFORM read_bars(NEW.id);
		PERFORM FROM assignment a JOIN matter m ON m.id = a.matter_id
			WHERE a.ended_at IS NULL AND a.matter_id = ANY (kin) AND unit_bars(a.unit) && (m.named || m.meant);
		IF FOUND THEN
			RAISE EXCEPTION 'a part names a unit that has another part' USING ERRCODE = 'ZX091', CONSTRAINT = 'matter_kin_bars';
		END IF;
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.matter_moves() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	move event := move_now(NEW.id);
BEGIN
	IF NOT by_owner(TG_RELID) AND (move.seq IS NULL
		OR (NEW.seq, NEW.head, NEW.state) IS DISTINCT FROM (move.seq, move.hash, move.to_state)
		OR (OLD.seq, OLD.head, OLD.state) IS DISTINCT FROM (move.seq - 1, move.prev, move.from_state)
		OR NEW.closed_at IS DISTINCT FROM OLD.closed_at
			AND (OLD.closed_at IS NULL AND NEW.closed_at IS DISTINCT FROM move.at OR OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NOT NULL OR move.to_state = move.from_state))) THEN
		PERFORM refuse_rewriting('matter');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.matter_names_unit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN
		SELECT m.named, m.meant, m.persons INTO NEW.named, NEW.meant, NEW.persons FROM public.matter m WHERE m.id = NEW.follows FOR SHARE;
	END IF;
	IF NEW.unit IS NOT NULL AND NEW.unit <> ALL (NEW.named) AND EXISTS (SELECT FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused') THEN
		NEW.named := NEW.named || NEW.unit;
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.matter_unit_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM share_unit_tree();
	IF 'accusation' = ANY (NEW.flags) AND EXISTS (SELECT 1 FROM assignment WHERE matter_id = NEW.id AND ended_at IS NULL) THEN
		RAISE EXCEPTION 'an accusation is with no unit' USING ERRCODE = 'ZX002', CONSTRAINT = 'assignment_not_accusation';
	END IF;
	IF NEW.kind <> 'inquiry' THEN
		PERFORM refuse_barred_assignments(ARRAY[NEW.id]);
	END IF;
	RETURN NULL;
END $$;

CREATE TABLE public.staff (
    id bigint NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    unit text,
    password_hash text NOT NULL,
    totp_sealed bytea,
    totp_step bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    password_until timestamp with time zone,
    last_login_at timestamp with time zone,
    CONSTRAINT staff_check CHECK (((unit IS NOT NULL) OR (role <> ALL (ARRAY['handler'::text, 'unit_head'::text])))),
    CONSTRAINT staff_login_check CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text)),
    CONSTRAINT staff_name_check CHECK ((name <> ''::text))
);

COMMENT ON TABLE public.staff IS 'Staff accounts: one person, one role, one unit. Never deleted: events point at them.';
COMMENT ON COLUMN public.staff.unit IS 'Null only for roles that do no work of a unit; such a person is barred from no matter by unit.';
COMMENT ON COLUMN public.staff.totp_sealed IS 'Second-factor secret under office.key; null until enrolled.';
COMMENT ON COLUMN public.staff.totp_step IS 'The last time step used, so that a code works once (RFC 6238 5.2).';
COMMENT ON COLUMN public.staff.password_until IS 'Until when a password that somebody else set opens anything; null once the person has logged in with it or chosen their own.';
COMMENT ON COLUMN public.staff.last_login_at IS 'The last login with both factors; null: never, or not since this was kept.';

CREATE FUNCTION public.may_come_in(person public.staff) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
	SELECT may_come_in(person, now())
$$;

COMMENT ON FUNCTION public.may_come_in(person public.staff) IS 'Whether a member of staff could log in: not closed, and not waiting for a first login whose password is over.';

CREATE FUNCTION public.may_come_in(person public.staff, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
	SELECT person.disabled_at IS NULL AND (person.totp_sealed IS NOT NULL OR person.password_until IS NULL OR person.password_until > at)
$$;

CREATE FUNCTION public.may_stand_in(who public.staff, whom public.staff) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
	SELECT who.id <> whom.id AND CASE
		WHEN whom.role = 'unit_head' THEN who.role IN ('handler', 'unit_head') AND who.unit = whom.unit
		WHEN whom.role = 'handler' THEN who.role = 'handler' AND who.unit = whom.unit
		ELSE who.role = whom.role END
$$;

CREATE FUNCTION public.member_admitted(of_member bigint, since timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM member_account a JOIN member m ON m.id = a.member_id
		WHERE a.member_id = of_member AND a.closed_at IS NULL AND a.changed_at < since
			AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$;

COMMENT ON FUNCTION public.member_admitted(of_member bigint, since timestamp with time zone) IS 'The account is open, its term is not over, and nothing was changed of it since.';

CREATE FUNCTION public.member_ask(with_macs bytea[], as_ref text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint;
BEGIN
	SELECT a.member_id INTO who FROM member_account a
		WHERE a.mailbox_mac = ANY (with_macs) AND member_admitted(a.member_id, now()) ORDER BY a.changed_at DESC LIMIT 1;
	-- Under the lock: many who ask at once are as many as one after the other.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
	-- A mailbox is not flooded. Three that are under way are three that open: whoever asks
	-- for them in a deputy's name keeps the deputy from none.
	IF (SELECT count(*) FROM member_login l WHERE l.member_id = who AND l.asked_at > now() - interval '20 minutes') >= 3 THEN
		who := NULL;
	END IF;
	INSERT INTO member_login (ref, member_id, asked_at) VALUES (as_ref, who, now());
	PERFORM enqueue('send_login', jsonb_build_object('login', as_ref), 'mail');
END
$$;

COMMENT ON FUNCTION public.member_ask(with_macs bytea[], as_ref text) IS 'Asks for a link to the mailbox of that keyed hash. It does and answers the same where there is none.';

CREATE FUNCTION public.member_begin(of_session bytea, of_kind text, as_token bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	called text;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT m.name INTO called FROM member m JOIN matter_kind k ON k.kind = of_kind AND m.kind = ANY (k.members) AND k.member_opens IS NOT NULL WHERE m.id = who;
	IF NOT FOUND THEN
		RETURN 'false';
	END IF;
	INSERT INTO unlock (token_hash, opens, member_id, member_name, expires_at, until) VALUES (as_token, of_kind, who, called, now() + interval '1 minute', now() + interval '1 minute');
	RETURN jsonb_build_object('MemberID', who, 'Name', called);
END
$$;

COMMENT ON FUNCTION public.member_begin(of_session bytea, of_kind text, as_token bytea) IS 'Lets who is logged in open one matter of a kind. Null when the session opens nothing, false when it is not for such as them.';

CREATE FUNCTION public.member_bundle(of_session bytea, of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT bundle_told(b.matter_id) FROM bundle b JOIN matter m ON m.id = b.matter_id WHERE b.member_id = who AND m.number = of_number), 'false');
END
$$;

CREATE FUNCTION public.member_bundles(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_agg(bundle_told(b.matter_id) ORDER BY b.matter_id DESC) FROM bundle b WHERE b.member_id = who), '[]');
END
$$;

CREATE FUNCTION public.member_choose(of_session bytea, with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, new_nonce bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_locked(of_session);
	present text;
BEGIN
	IF who IS NULL THEN
		RETURN 'gone';
	END IF;
	present := coalesce((member_chosen(who)).factor, 'code');
	IF (present = 'code') <> (new_nonce IS NOT NULL) OR present = 'totp' AND NOT member_proved(who, with_proof) THEN
		RETURN 'changed';
	END IF;
	IF NOT EXISTS (SELECT FROM member_account WHERE member_id = who AND code_mac = ANY (with_macs)) THEN
		RETURN 'wrong';
	END IF;
	IF NOT member_took(who, of_guess, 'own', of_step) THEN
		RETURN 'used';
	END IF;
	INSERT INTO member_factor (at, member_id, factor, nonce, proof)
		VALUES (now(), who, CASE WHEN new_nonce IS NULL THEN 'code' ELSE 'totp' END, new_nonce, CASE WHEN new_nonce IS NOT NULL THEN sha256(with_proof) END);
	UPDATE member_session SET ended_at = now() WHERE member_id = who AND token_hash <> of_session AND ended_at IS NULL;
	RETURN 'done';
END
$$;

COMMENT ON FUNCTION public.member_choose(of_session bytea, with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, new_nonce bytea) IS 'Changes the second factor, by login code and a right code of the authenticator: to one with that nonce, or without one back to the login code. Other sessions end.';

CREATE TABLE public.member_factor (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    member_id bigint NOT NULL,
    factor text NOT NULL,
    by_desk boolean DEFAULT false NOT NULL,
    nonce bytea,
    proof bytea,
    CONSTRAINT member_factor_check CHECK ((((factor = 'totp'::text) = (nonce IS NOT NULL)) AND ((factor = 'totp'::text) = (proof IS NOT NULL)))),
    CONSTRAINT member_factor_factor_check CHECK ((factor = ANY (ARRAY['code'::text, 'totp'::text]))),
    CONSTRAINT member_factor_nonce_check CHECK ((length(nonce) = 32)),
    CONSTRAINT member_factor_proof_check CHECK ((length(proof) = 32))
);

COMMENT ON TABLE public.member_factor IS 'Which second factor a member has chosen: the newest row; without one, the login code. Only ever added to.';
COMMENT ON COLUMN public.member_factor.by_desk IS 'The desk has put the login code back; its act is in member_act. Else the member did it, with both factors.';
COMMENT ON COLUMN public.member_factor.nonce IS 'Of it and the portal''s code key the secret is made.';
COMMENT ON COLUMN public.member_factor.proof IS 'SHA-256 of what the portal can say of the nonce with its key alone: whoever runs SQL in its name without the key cannot claim that a code was right.';

CREATE FUNCTION public.member_chosen(of_member bigint) RETURNS public.member_factor
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT f FROM member_factor f WHERE f.member_id = of_member ORDER BY f.id DESC LIMIT 1
$$;

COMMENT ON FUNCTION public.member_chosen(of_member bigint) IS 'The present second factor; no row where it is the login code and always was.';

CREATE FUNCTION public.member_complaints(of_session bytea, with_keys bytea[]) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	shelves bytea[] := member_shelves(who, with_keys);
BEGIN
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session, 'Own', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state,
			'Hand', coalesce((SELECT h.name FROM assignment a JOIN unit h ON h.code = a.unit WHERE a.matter_id = m.id AND a.ended_at IS NULL AND a.part = 'lead'), ''),
			'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY o.added_at DESC, m.id DESC)
		FROM (SELECT DISTINCT ON (matter_id) matter_id, added_at FROM member_kept(who, shelves)) o JOIN matter m ON m.id = o.matter_id))
	FROM member b WHERE b.id = who);
END
$$;

COMMENT ON FUNCTION public.member_complaints(of_session bytea, with_keys bytea[]) IS 'Who is logged in, and the complaints that are their own; null when the session opens nothing.';

CREATE FUNCTION public.member_deputy(of_member bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT m.kind IN ('npc_deputy', 'cppcc_member') FROM member m WHERE m.id = of_member
$$;

COMMENT ON FUNCTION public.member_deputy(of_member bigint) IS 'Complaints are followed by deputies and committee members: journalists have a lane of their own.';

CREATE FUNCTION public.member_enter(of_token bytea, with_macs bytea[], as_session bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	l member_login;
BEGIN
	-- Under the lock: many guesses at once are as many as one after the other.
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	IF NOT FOUND THEN
		RETURN 'gone';
	END IF;
	-- And the account's: whether the link may be used, and by which code, is asked after
	-- whoever is changing it has done so, or before they begin.
	PERFORM FROM member_account WHERE member_id = l.member_id FOR SHARE;
	IF member_link(of_token) IS DISTINCT FROM 'code' THEN
		RETURN 'gone';
	END IF;
	IF NOT EXISTS (SELECT FROM member_account WHERE member_id = l.member_id AND code_mac = ANY (with_macs)) THEN
		UPDATE member_login SET wrong = wrong + 1 WHERE ref = l.ref;
		INSERT INTO member_guess (at, member_id, way) VALUES (now(), l.member_id, 'link');
		RETURN 'wrong ' || 4 - l.wrong;
	END IF;
	UPDATE member_login SET used_at = now() WHERE ref = l.ref;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES (as_session, l.member_id, now(), now());
	RETURN 'open';
END
$$;

COMMENT ON FUNCTION public.member_enter(of_token bytea, with_macs bytea[], as_session bytea) IS 'Uses a link up with the login code, of whoever has no authenticator, and begins a session; five wrong codes use it up, too.';

CREATE FUNCTION public.member_enter_code(with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint;
BEGIN
	SELECT member_id INTO who FROM member_account WHERE code_mac = ANY (with_macs) LIMIT 1 FOR NO KEY UPDATE;
	IF who IS NULL OR NOT member_admitted(who, now()) OR NOT member_proved(who, with_proof)
		OR NOT member_took(who, of_guess, 'code', of_step) THEN
		RETURN 'wrong';
	END IF;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at, way) VALUES (as_session, who, now(), now(), 'code');
	RETURN 'open';
END
$$;

COMMENT ON FUNCTION public.member_enter_code(with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) IS 'Begins a session by login code and the step of a right code, which is used up.';

CREATE FUNCTION public.member_enter_link(of_token bytea, of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	l member_login;
BEGIN
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	PERFORM FROM member_account WHERE member_id = l.member_id FOR NO KEY UPDATE;
	IF l.used_at IS NOT NULL OR l.expires_at > now() IS NOT TRUE OR NOT member_admitted(l.member_id, l.asked_at)
		OR NOT member_proved(l.member_id, with_proof) THEN
		RETURN 'gone';
	END IF;
	IF NOT member_took(l.member_id, of_guess, 'link', of_step) THEN
		RETURN 'used';
	END IF;
	UPDATE member_login SET used_at = now() WHERE ref = l.ref;
	INSERT INTO member_session (token_hash, member_id, created_at, seen_at) VALUES (as_session, l.member_id, now(), now());
	RETURN 'open';
END
$$;

COMMENT ON FUNCTION public.member_enter_link(of_token bytea, of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) IS 'Uses a link and the step of a right code up and begins a session; the guess was counted by member_try_link.';

CREATE FUNCTION public.member_flags(sets text[], clears text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	opened bigint;
BEGIN
	SELECT u.matter_id INTO opened FROM unlock u WHERE u.token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex')
		AND u.expires_at > now() AND u.member_id IS NOT NULL
		AND (move_now(u.matter_id)).actor = 'member'; -- with the event of a move of theirs, and never without
	UPDATE matter m SET flags = ARRAY(SELECT unnest(m.flags) EXCEPT SELECT unnest(clears) UNION SELECT unnest(sets))
		WHERE m.id = opened AND (SELECT k.member_flags FROM matter_kind k WHERE k.kind = m.kind) @> (sets || clears);
	IF NOT FOUND THEN
		RAISE EXCEPTION 'these flags are no member''s to write' USING ERRCODE = '42501';
	END IF;
END
$$;

COMMENT ON FUNCTION public.member_flags(sets text[], clears text[]) IS 'Writes flags of the matter that a member has open: those alone that moves of members write.';

CREATE FUNCTION public.member_follow(of_session bytea, of_number text, with_words text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	-- Nothing here looks at a complaint: what is answered, and how long it takes, follows
	-- from what this deputy has asked before and from nothing else.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
	IF EXISTS (SELECT FROM follow_ask q WHERE q.member_id = who AND q.number = of_number AND member_serves(who, q.asked_at)) THEN
		RETURN '"before"';
	END IF;
	IF (SELECT count(*) FROM follow_ask q WHERE q.member_id = who AND q.asked_at > now() - interval '1 day') >= 10 THEN
		RETURN '"often"';
	END IF;
	INSERT INTO follow_ask (member_id, number, words, asked_at) VALUES (who, of_number, left(with_words, 500), now());
	RETURN '"asked"';
END
$$;

COMMENT ON FUNCTION public.member_follow(of_session bytea, of_number text, with_words text) IS 'Asks to follow a complaint: ten a day, and no complainant twice. It does and answers the same whether or not there is such a complaint.';

CREATE FUNCTION public.member_follows(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session,
		'Followed', (SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Category', coalesce(m.category, ''), 'Unit', coalesce(u.name, ''), 'State', m.state,
				'Answered', EXISTS (SELECT FROM answer a WHERE a.matter_id = m.id AND a.sent_at IS NOT NULL),
				'Rating', coalesce(c.rating, ''), 'Solved', coalesce(c.solved, ''),
				'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
					SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
				ORDER BY f.ask_id DESC)
			FROM follow f JOIN matter m ON m.id = f.matter_id JOIN complaint c ON c.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
			WHERE f.member_id = who AND follow_standing(f.matter_id, f.seq) = 'yes'),
		'Asked', (SELECT jsonb_agg(jsonb_build_object('Number', q.number, 'Words', q.words, 'AskedAt', q.asked_at) ORDER BY q.id DESC)
			FROM follow_ask q LEFT JOIN follow f ON f.ask_id = q.id
			WHERE q.member_id = who AND q.dropped_at IS NULL AND follow_standing(f.matter_id, f.seq) IS DISTINCT FROM 'yes'))
	FROM member b WHERE b.id = who);
END
$$;

COMMENT ON FUNCTION public.member_follows(of_session bytea) IS 'Who is logged in, what they follow with consent, and what they have asked. A no looks like no answer, and like a number that nobody has.';

CREATE FUNCTION public.member_guessed(who bigint, of_way text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	guess bigint;
	wrong int;
	f member_factor;
BEGIN
	-- Under the lock: many guesses at once are as many as one after the other.
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE;
	INSERT INTO member_guess (at, member_id, way) VALUES (now(), who, of_way) RETURNING id INTO guess;
	-- What was counted later than now was counted by a clock that was set back since.
	SELECT count(*) INTO wrong FROM member_guess g
		WHERE g.member_id = who AND g.way = of_way AND g.step IS NULL AND g.at BETWEEN now() - interval '1 hour' AND now() + interval '1 minute';
	f := member_chosen(who);
	RETURN jsonb_build_object('Guess', guess, 'Spent', wrong > 10, 'Factor', coalesce(f.factor, 'code'),
		'Nonce', encode(coalesce(f.nonce, sha256('nobody')), 'hex'), 'Now', floor(extract(epoch FROM clock_timestamp()))::bigint);
END
$$;

COMMENT ON FUNCTION public.member_guessed(who bigint, of_way text) IS 'Counts a guess at a code of an authenticator, and gives what it is checked with: ten wrong ones an hour for each account and way.';

CREATE FUNCTION public.member_home(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	began timestamptz;
	before timestamptz;
	f member_factor;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	f := member_chosen(who);
	SELECT created_at INTO began FROM member_session WHERE token_hash = of_session;
	SELECT max(created_at) INTO before FROM member_session WHERE member_id = who AND created_at < began;
	RETURN (SELECT jsonb_build_object('Kind', m.kind, 'Name', m.name, 'Session', m.congress_session, 'Outlet', m.outlet, 'Until', m.valid_to,
		'Factor', coalesce(f.factor, 'code'), 'FactorID', coalesce(f.id, 0),
		'Others', (SELECT count(*) FROM member_session s WHERE s.member_id = who AND s.token_hash <> of_session AND s.ended_at IS NULL
			AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes' AND member_admitted(who, s.created_at)),
		'Wrong', (SELECT count(*) FROM member_guess g WHERE g.member_id = who AND g.way <> 'own' AND g.step IS NULL AND g.at < began AND g.at > coalesce(before, '-infinity')),
		'Logins', (SELECT jsonb_agg(jsonb_build_object('At', l.created_at, 'Way', l.way, 'This', l.token_hash = of_session) ORDER BY l.created_at DESC)
			FROM (SELECT * FROM member_session s WHERE s.member_id = who ORDER BY s.created_at DESC LIMIT 10) l),
		'Changes', (SELECT jsonb_agg(jsonb_build_object('At', c.at, 'What', c.what, 'Own', c.own,
				-- Told from the first login after it for seven days; nothing puts it away.
				'News', c.what <> 'admit' AND c.at < began AND NOT EXISTS (
					SELECT FROM member_session s WHERE s.member_id = who AND s.created_at > c.at AND s.created_at < now() - interval '7 days')) ORDER BY c.at DESC)
			FROM (SELECT * FROM (
				SELECT a.at, a.act AS what, false AS own FROM member_act a WHERE a.member_id = who
				UNION ALL SELECT x.at, x.factor, true FROM member_factor x WHERE x.member_id = who AND NOT x.by_desk) y ORDER BY y.at DESC LIMIT 20) c))
	FROM member m WHERE m.id = who);
END
$$;

COMMENT ON FUNCTION public.member_home(of_session bytea) IS 'Who is logged in, by which factors they come in, when they last did, and what was done to their account: no name of staff and no reason of the desk. Null when the session opens nothing.';

CREATE FUNCTION public.member_invitations(of_session bytea, of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	mine jsonb;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
		'Sort', i.sort, 'Asked', i.asked, 'Area', i.area, 'Since', d.seq, 'HeldOn', d.held_on, 'Hour', d.hour, 'Place', d.place, 'ReplyBy', d.reply_by, 'ReportBy', d.report_by,
		'Units', (SELECT jsonb_agg(u.name ORDER BY u.code) FROM invitation_unit x JOIN unit u ON u.code = x.unit WHERE x.matter_id = m.id),
		'Invited', (SELECT count(*) FROM invitee o WHERE o.matter_id = m.id),
		'Invitees', jsonb_build_array(jsonb_build_object('No', v.no, 'Name', v.name, 'Member', v.member_id, 'Part', p.part, 'At', b.at, 'Said', (
			SELECT jsonb_agg(jsonb_build_object('Seq', s.seq, 'What', s.said, 'Words', s.words, 'Suggests', s.suggests, 'At', e.at) ORDER BY s.seq)
			FROM invitee_said s JOIN event e ON e.matter_id = s.matter_id AND e.seq = s.seq WHERE s.matter_id = v.matter_id AND s.no = v.no))),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE of_number <> '' AND e.matter_id = m.id AND e.public_text <> '' AND (e.from_state <> e.to_state OR NOT EXISTS (
				SELECT FROM invitee_said s WHERE s.matter_id = e.matter_id AND s.seq = e.seq AND s.no <> v.no))))
		ORDER BY d.held_on DESC, m.id DESC) INTO mine
	FROM invitee v JOIN event b ON b.matter_id = v.matter_id AND b.seq = v.seq JOIN invitee_part p ON p.matter_id = v.matter_id AND p.no = v.no
		JOIN matter m ON m.id = v.matter_id JOIN invitation i ON i.matter_id = m.id
		CROSS JOIN LATERAL (SELECT * FROM invitation_date d WHERE d.matter_id = m.id ORDER BY d.seq DESC LIMIT 1) d
	WHERE v.member_id = who AND (of_number = '' OR m.number = of_number)
		AND EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = 'send');
	IF of_number <> '' AND mine IS NULL THEN
		RETURN 'false';
	END IF;
	RETURN coalesce(mine, '[]');
END
$$;

COMMENT ON FUNCTION public.member_invitations(of_session bytea, of_number text) IS 'To what who is logged in is invited, or one of these: how many others are, and nothing of who, what they said and what was said to them. Null when the session opens nothing, false where the one is not theirs.';

CREATE FUNCTION public.member_keep(of_session bytea, with_keys bytea[], of_unlock bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	shelves bytea[] := member_shelves(who, with_keys);
	matched bigint;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT member_deputy(who) THEN
		RETURN 'false';
	END IF;
	SELECT u.matter_id INTO matched FROM unlock u JOIN complaint c USING (matter_id) WHERE u.token_hash = of_unlock AND u.expires_at > now();
	IF matched IS NULL THEN
		RETURN 'false';
	END IF;
	PERFORM FROM member_account WHERE member_id = who FOR NO KEY UPDATE; -- many at once are as many as one after the other
	DELETE FROM member_complaint k WHERE k.shelf = ANY (shelves) AND k.added_at <= (SELECT a.changed_at FROM member_account a WHERE a.member_id = who);
	IF EXISTS (SELECT FROM member_kept(who, shelves) k WHERE k.matter_id = matched) THEN
		RETURN '"there"';
	END IF;
	IF (SELECT count(*) FROM member_kept(who, shelves)) >= 50 THEN
		RETURN '"full"';
	END IF;
	INSERT INTO member_complaint (shelf, matter_id, added_at) VALUES (shelves[1], matched, now());
	RETURN '"kept"';
END
$$;

COMMENT ON FUNCTION public.member_keep(of_session bytea, with_keys bytea[], of_unlock bytea) IS 'Puts the complaint that an unlock opens among a deputy''s own: whoever has the unlock has brought number and query code.';

CREATE TABLE public.member_complaint (
    shelf bytea NOT NULL,
    matter_id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.member_complaint IS 'Complaints that a deputy has shown to be their own, by number and query code. No process reads it but by functions that ask for the session, and the desk not at all: it says who complained.';
COMMENT ON COLUMN public.member_complaint.shelf IS 'Whose: a hash of their id under a key that the portal''s key file gives, so that a dump names nobody.';

CREATE FUNCTION public.member_kept(of_member bigint, shelves bytea[]) RETURNS SETOF public.member_complaint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT k FROM member_complaint k WHERE k.shelf = ANY (shelves) AND k.added_at > (SELECT a.changed_at FROM member_account a WHERE a.member_id = of_member)
$$;

COMMENT ON FUNCTION public.member_kept(of_member bigint, shelves bytea[]) IS 'Their own complaints: those that were put in since the desk last changed the account. Whoever of the desk takes an account over finds none.';

CREATE FUNCTION public.member_lead(of_session bytea, of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at, 'UnitName', coalesce(u.name, ''),
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Concerns', coalesce(c.name, ''), 'Knows', l.known, 'WantedBy', l.wanted_by,
		'Questions', (SELECT jsonb_agg(jsonb_build_object('No', q.no, 'Round', CASE WHEN q.seq = 1 THEN 1 ELSE 2 END, 'Said', q.said) ORDER BY q.no) FROM press_question q WHERE q.matter_id = m.id),
		'Publications', (SELECT jsonb_agg(jsonb_build_object('No', x.no, 'Title', x.title, 'Outlet', x.outlet, 'On', x.appeared_on, 'Link', x.link, 'Dropped', x.dropped) ORDER BY x.no)
			FROM press_publication x WHERE x.matter_id = m.id AND x.seq = (SELECT max(y.seq) FROM press_publication y WHERE y.matter_id = m.id AND y.no = x.no)),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''),
		'Papers', (SELECT jsonb_agg(jsonb_build_object('Paper', d.paper, 'ServedOn', d.served_on) ORDER BY d.seq DESC) FROM document d WHERE d.matter_id = m.id AND d.served_on IS NOT NULL),
		'Notice', coalesce((SELECT n.id FROM notice n WHERE n.matter_id = m.id AND n.kind = 'statement' AND n.taken_down_at IS NULL ORDER BY n.id DESC LIMIT 1), 0))
	FROM matter m JOIN press_lead l ON l.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit LEFT JOIN unit c ON c.code = l.unit
	WHERE m.number = of_number AND l.member_id = who), 'false');
END
$$;

COMMENT ON FUNCTION public.member_lead(of_session bytea, of_number text) IS 'One of them, as its journalist may know it: public sentences, statements that were signed, and no draft, internal word or name of staff. Null when the session opens nothing, false where it is not theirs.';

CREATE FUNCTION public.member_leads(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Name', w.name, 'Outlet', w.outlet, 'Leads', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at, 'UnitName', coalesce(u.name, ''),
			'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k)
			) ORDER BY m.phase, m.opened_at DESC, m.id DESC)
		FROM press_lead l JOIN matter m ON m.id = l.matter_id LEFT JOIN unit u ON u.code = m.unit WHERE l.member_id = w.id))
	FROM member w WHERE w.id = who AND w.kind = 'media'), 'false');
END
$$;

COMMENT ON FUNCTION public.member_leads(of_session bytea) IS 'The leads of the journalist who is logged in; null when the session opens nothing, false for whoever is none.';

CREATE FUNCTION public.member_leave(of_session bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	UPDATE member_session SET ended_at = now() WHERE token_hash = of_session AND ended_at IS NULL
$$;

CREATE FUNCTION public.member_leave_others(of_session bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_locked(of_session);
BEGIN
	UPDATE member_session SET ended_at = now() WHERE member_id = who AND token_hash <> of_session AND ended_at IS NULL;
	RETURN who IS NOT NULL;
END
$$;

COMMENT ON FUNCTION public.member_leave_others(of_session bytea) IS 'Ends all other sessions of who is logged in; false when nobody is.';

CREATE FUNCTION public.member_link(of_token bytea) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT coalesce((member_chosen(l.member_id)).factor, 'code') FROM member_login l WHERE l.token_hash = of_token AND l.used_at IS NULL AND l.wrong < 5
		AND l.expires_at > now() AND member_admitted(l.member_id, l.asked_at)
$$;

COMMENT ON FUNCTION public.member_link(of_token bytea) IS 'Which second factor a link asks for; null where it may not be used any more. To ask uses nothing up.';

CREATE FUNCTION public.member_locked(of_session bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	-- The account before the session: two browsers that end each other's sessions, each
	-- with its own in hand, would wait for one another.
	PERFORM FROM member_account WHERE member_id = (SELECT member_id FROM member_session WHERE token_hash = of_session) FOR NO KEY UPDATE;
	RETURN member_of(of_session);
END
$$;

COMMENT ON FUNCTION public.member_locked(of_session bytea) IS 'member_of, with the account locked.';

CREATE FUNCTION public.member_matter(of_session bytea, of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_build_object('Number', m.number, 'Designation', p.designation, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
		'UnitName', coalesce(u.name, ''), 'Source', p.source, 'Body', p.content,
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Points', (SELECT jsonb_agg(jsonb_build_object('No', t.no, 'Said', t.said) ORDER BY t.no) FROM proposal_point t WHERE t.matter_id = m.id),
		'Signers', (SELECT jsonb_agg(jsonb_build_object('No', o.no, 'Name', o.name, 'Left', l.no IS NOT NULL) ORDER BY o.no)
			FROM proposal_signer o LEFT JOIN proposal_leaving l ON l.matter_id = o.matter_id AND l.no = o.no WHERE o.matter_id = m.id),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''),
		'Hands', (SELECT jsonb_agg(jsonb_build_object('Unit', h.name, 'Part', a.part, 'Signed', a.signed_at) ORDER BY a.part DESC, a.id)
			FROM assignment a JOIN unit h ON h.code = a.unit WHERE a.matter_id = m.id AND a.ended_at IS NULL),
		'Papers', (SELECT jsonb_agg(jsonb_build_object('Paper', d.paper, 'ServedOn', d.served_on) ORDER BY d.seq DESC)
			FROM document d WHERE d.matter_id = m.id AND d.served_on IS NOT NULL),
		'Promises', (SELECT jsonb_agg(jsonb_build_object('Seq', p.seq, 'No', p.no, 'DueOn', p.due_on, 'UnitName', g.name, 'MadeAt', e.at, 'SettledAt', s.at,
				'Outcome', coalesce(o.outcome, ''), 'DoneOn', o.done_on, 'Words', coalesce(o.words, ''), 'Reply', coalesce(x.reply, '')))
			FROM promise p JOIN event e ON e.matter_id = p.matter_id AND e.seq = p.seq JOIN unit g ON g.code = p.unit
				LEFT JOIN document d ON d.matter_id = p.matter_id AND d.seq = p.seq
				LEFT JOIN proposal_answer_point x ON d.seq IS NOT NULL AND x.matter_id = p.matter_id AND x.no = p.no AND x.seq = (
					SELECT max(r.seq) FROM proposal_answer r WHERE r.matter_id = p.matter_id AND r.seq < p.seq)
				LEFT JOIN promise_outcome o ON o.matter_id = p.matter_id AND o.promised = p.seq AND o.no = p.no
				LEFT JOIN event s ON s.matter_id = o.matter_id AND s.seq = o.seq
			WHERE p.matter_id = m.id AND (d.seq IS NULL OR d.served_on IS NOT NULL)),
		'Feedback', (SELECT jsonb_build_object('Attitude', f.attitude, 'Result', f.result, 'Consent', f.consent, 'Words', f.words)
			FROM proposal_feedback f WHERE f.matter_id = m.id AND f.seq > (SELECT max(d.served_seq) FROM document d WHERE d.matter_id = m.id)
			ORDER BY f.seq DESC LIMIT 1))
	FROM matter m JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
	WHERE m.number = of_number AND EXISTS (SELECT FROM proposal_signer s WHERE s.matter_id = m.id AND s.member_id = who
		AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = s.matter_id AND l.no = s.no))), 'false');
END
$$;

COMMENT ON FUNCTION public.member_matter(of_session bytea, of_number text) IS 'One of them, as its signers may know it: public sentences, answers that were served, and no draft, internal word or name of staff. Null when the session opens nothing, false where it is not theirs.';

CREATE FUNCTION public.member_matters(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	RETURN (SELECT jsonb_build_object('Kind', b.kind, 'Name', b.name, 'Session', b.congress_session,
		'Online', (SELECT a.served_online_at IS NOT NULL FROM member_account a WHERE a.member_id = who), 'Proposals', (
		SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Designation', p.designation, 'Title', m.title, 'State', m.state, 'OpenedAt', m.opened_at,
			'UnitName', coalesce(u.name, ''), 'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
				SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k))
			ORDER BY m.opened_at DESC, m.id DESC)
		FROM member_part s JOIN matter m ON m.id = s.matter_id JOIN proposal p ON p.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
		WHERE s.member_id = who))
	FROM member b WHERE b.id = who);
END
$$;

COMMENT ON FUNCTION public.member_matters(of_session bytea) IS 'Who is logged in, and what they have signed and not left; null when the session opens nothing.';

CREATE FUNCTION public.member_of(of_session bytea) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	UPDATE member_session s SET seen_at = now()
	WHERE s.token_hash = of_session AND s.ended_at IS NULL AND s.created_at > now() - interval '12 hours'
		AND s.seen_at > now() - interval '30 minutes' AND member_admitted(s.member_id, s.created_at)
	RETURNING s.member_id
$$;

COMMENT ON FUNCTION public.member_of(of_session bytea) IS 'Whose session that is, whose half hour begins anew; null when it opens nothing.';

CREATE FUNCTION public.member_open(of_session bytea, of_number text, as_token bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
	found_id bigint;
	found_part text;
	called text;
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT m.id, p.part INTO found_id, found_part FROM matter m JOIN member_part p ON p.matter_id = m.id AND p.member_id = who WHERE m.number = of_number LIMIT 1;
	IF NOT FOUND THEN
		RETURN 'false';
	END IF;
	SELECT name INTO called FROM member WHERE id = who;
	INSERT INTO unlock (token_hash, matter_id, member_id, member_name, expires_at, until) VALUES (as_token, found_id, who, called, now() + interval '1 minute', now() + interval '1 minute');
	RETURN jsonb_build_object('MemberID', who, 'Name', called, 'Part', found_part);
END
$$;

COMMENT ON FUNCTION public.member_open(of_session bytea, of_number text, as_token bytea) IS 'Opens a matter in which they have part to who is logged in, for one move. Null when the session opens nothing, false when it is not theirs.';

CREATE FUNCTION public.member_proved(of_member bigint, with_proof bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM member_chosen(of_member) f WHERE f.factor = 'totp' AND f.proof = sha256(with_proof))
$$;

COMMENT ON FUNCTION public.member_proved(of_member bigint, with_proof bytea) IS 'They have an authenticator, and whoever says that its code was right has the portal''s key.';

CREATE FUNCTION public.member_put_away(of_session bytea, with_keys bytea[], of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION public.member_put_away(of_session bytea, with_keys bytea[], of_number text) IS 'Takes one of a deputy''s own complaints off their list; false where it was not on it.';

CREATE FUNCTION public.member_serve_online(of_session bytea, agrees boolean) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	UPDATE member_account SET served_online_at = CASE WHEN agrees THEN coalesce(served_online_at, now()) END WHERE member_id = who;
	RETURN 'true';
END
$$;

COMMENT ON FUNCTION public.member_serve_online(of_session bytea, agrees boolean) IS 'Notes whether who is logged in agrees that answers are served on the portal. Null when the session opens nothing.';

CREATE FUNCTION public.member_serves(of_member bigint, since timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT member_admitted(of_member, 'infinity') AND NOT EXISTS (SELECT FROM member_act c WHERE c.member_id = of_member AND c.act = 'close' AND c.at > since)
$$;

COMMENT ON FUNCTION public.member_serves(of_member bigint, since timestamp with time zone) IS 'The account is open and its term is not over, and it was not closed since: what hung on it then ended.';

CREATE FUNCTION public.member_shelves(of_member bigint, with_keys bytea[]) RETURNS bytea[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT array_agg(sha256(k.key || convert_to(of_member::text, 'UTF8')) ORDER BY k.nth) FROM unnest(with_keys) WITH ORDINALITY AS k (key, nth)
$$;

COMMENT ON FUNCTION public.member_shelves(of_member bigint, with_keys bytea[]) IS 'Under what the complaints of a deputy are kept, by each of the keys, that of now first.';

CREATE FUNCTION public.member_took(who bigint, of_guess bigint, of_way text, of_step bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	present bigint := floor(extract(epoch FROM clock_timestamp()) / 30);
BEGIN
	-- A used step that lies far ahead was used while the clock was wrong, and bars nobody.
	IF of_step IS NULL OR of_step NOT BETWEEN present - 3 AND present + 1
		OR EXISTS (SELECT FROM member_guess g WHERE g.member_id = who AND g.step BETWEEN of_step AND present + 10) THEN
		RETURN false;
	END IF;
	UPDATE member_guess SET step = of_step WHERE id = of_guess AND member_id = who AND way = of_way AND step IS NULL;
	RETURN FOUND;
END
$$;

COMMENT ON FUNCTION public.member_took(who bigint, of_guess bigint, of_way text, of_step bigint) IS 'Uses the step of a right code up; false where it, or a later one, was used before. The account is locked by whoever asks.';

CREATE FUNCTION public.member_try_code(with_macs bytea[]) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint;
BEGIN
	SELECT a.member_id INTO who FROM member_account a
		WHERE a.code_mac = ANY (with_macs) AND member_admitted(a.member_id, now()) AND (member_chosen(a.member_id)).factor = 'totp' LIMIT 1;
	RETURN member_guessed(who, 'code');
END
$$;

COMMENT ON FUNCTION public.member_try_code(with_macs bytea[]) IS 'Counts a guess with a login code. It does and gives the same where the code is nobody''s, closed, ended, or has no authenticator beside it.';

CREATE FUNCTION public.member_try_link(of_token bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	l member_login;
BEGIN
	SELECT * INTO l FROM member_login WHERE token_hash = of_token FOR UPDATE;
	IF member_link(of_token) IS DISTINCT FROM 'totp' THEN
		RETURN NULL;
	END IF;
	UPDATE member_login SET wrong = wrong + 1 WHERE ref = l.ref;
	RETURN member_guessed(l.member_id, 'link') || jsonb_build_object('Left', 4 - l.wrong);
END
$$;

COMMENT ON FUNCTION public.member_try_link(of_token bytea) IS 'Counts a guess with a link, five for each; null where the link may not be used.';

CREATE FUNCTION public.member_try_own(of_session bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_locked(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN member_guessed(who, 'own');
END
$$;

COMMENT ON FUNCTION public.member_try_own(of_session bytea) IS 'Counts a guess of who is logged in and changes their factor.';

CREATE FUNCTION public.member_unfollow(of_session bytea, of_number text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	UPDATE follow_ask SET dropped_at = now() WHERE member_id = who AND number = of_number AND dropped_at IS NULL;
	RETURN to_jsonb(FOUND);
END
$$;

COMMENT ON FUNCTION public.member_unfollow(of_session bytea, of_number text) IS 'Gives up what was asked, with any consent to it; false where nothing was.';

CREATE FUNCTION public.member_unlock(of_session bytea, with_keys bytea[], of_number text, as_token bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	-- For half an hour and no longer, however much it is used: what ends the account ends no unlock.
	INSERT INTO unlock (token_hash, matter_id, expires_at, until)
	SELECT as_token, m.id, now() + interval '30 minutes', now() + interval '30 minutes' FROM member_kept(who, member_shelves(who, with_keys)) k JOIN matter m ON m.id = k.matter_id
	WHERE m.number = of_number LIMIT 1;
	RETURN to_jsonb(FOUND);
END
$$;

COMMENT ON FUNCTION public.member_unlock(of_session bytea, with_keys bytea[], of_number text, as_token bytea) IS 'Opens one of a deputy''s own complaints as its query code does; false where it is not on their list.';

CREATE TABLE public.event (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    staff_id bigint,
    actor_name text DEFAULT ''::text NOT NULL,
    role text DEFAULT ''::text NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    public_text text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    data text DEFAULT ''::text NOT NULL,
    salt bytea,
    commitment bytea NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    key_id text NOT NULL,
    member_id bigint,
    CONSTRAINT event_actor_check CHECK ((actor = ANY (ARRAY['complainant'::text, 'member'::text, 'staff'::text, 'system'::text]))),
    CONSTRAINT event_check CHECK (((actor = 'staff'::text) = (staff_id IS NOT NULL))),
    CONSTRAINT event_member_check CHECK (((actor = 'member'::text) = (member_id IS NOT NULL))),
    CONSTRAINT event_seq_check CHECK ((seq > 0))
);

COMMENT ON TABLE public.event IS 'What happened to a matter, append-only: nobody but the owner may change or delete a row, and the keyed chain shows if the owner did.';
COMMENT ON COLUMN public.event.public_text IS 'The sentence in the complainant''s timeline; empty when the event is internal.';
COMMENT ON COLUMN public.event.data IS 'JSON as text, kept to the byte because the commitment covers it.';
COMMENT ON COLUMN public.event.salt IS 'Erasing it and the texts erases the meaning without breaking the chain.';

CREATE FUNCTION public.move_now(of_matter bigint) RETURNS public.event
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	newest event;
	written xid;
BEGIN
	SELECT e.xmin INTO written FROM event e WHERE e.matter_id = of_matter ORDER BY e.seq DESC LIMIT 1;
	IF written = pg_current_xact_id()::xid THEN
		SELECT * INTO newest FROM event e WHERE e.matter_id = of_matter ORDER BY e.seq DESC LIMIT 1;
	END IF;
	-- The texts are nobody's business here.
	newest.public_text := NULL; newest.note := NULL; newest.data := NULL; newest.salt := NULL; newest.actor_name := NULL;
	RETURN newest;
END $$;

COMMENT ON FUNCTION public.move_now(of_matter bigint) IS 'The newest event of a matter, without its texts, if this very transaction has written it; else nothing.';

CREATE FUNCTION public.open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
	SELECT m.id INTO matched FROM matter m JOIN access_code c ON c.matter_id = CASE WHEN m.kind = 'complaint' THEN coalesce(m.follows, m.id) ELSE m.id END
		WHERE m.number = of_number AND c.mac = ANY (with_macs);
	IF matched IS NULL THEN
		RETURN 'wrong ' || (5 - wrong) || ' ' || wait;
	END IF;
	DELETE FROM unlock_attempt a WHERE a.key = attempt;
	INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES (as_token, matched, now() + interval '30 minutes');
	RETURN 'open';
END $$;

COMMENT ON FUNCTION public.open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamp with time zone) IS 'Checks number and code, counts wrong pairs of one guesser for one number, says how long to wait, and opens the matter for half an hour.';

CREATE FUNCTION public.opening_is_its_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	move event := move_now(NEW.matter_id);
BEGIN
	IF NOT by_owner(TG_RELID)
		AND (NEW.seq, 'open_identity', NEW.opened_by, NEW.opened_at) IS DISTINCT FROM (move.seq, move.action, move.staff_id, move.at) THEN
		PERFORM refuse_rewriting('identity_opening');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.outside_body_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(b.version) FROM outside_body b WHERE b.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('outside_body');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.own_follows() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT jsonb_agg(jsonb_build_object('Asked', f.seq, 'Who', f.name, 'Words', f.words, 'Answer', s.standing) ORDER BY f.seq)
	FROM unlock u JOIN follow f ON f.matter_id = u.matter_id CROSS JOIN LATERAL (SELECT follow_standing(f.matter_id, f.seq) AS standing) s
	WHERE u.token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND u.expires_at > now() AND s.standing <> 'over'
$$;

COMMENT ON FUNCTION public.own_follows() IS 'What deputies ask of the complainant whose matter is open, as it stands: as the policy shown has it, and of no other.';

CREATE FUNCTION public.own_kin() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT jsonb_agg(jsonb_build_object('Number', k.number, 'Title', k.title, 'State', k.state, 'Whole', k.follows IS NULL) ORDER BY k.id)
	FROM unlock u JOIN matter o ON o.id = u.matter_id
		JOIN matter k ON k.kind = o.kind AND coalesce(k.follows, k.id) = coalesce(o.follows, o.id) AND k.id <> o.id
	WHERE u.token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND u.expires_at > now() AND u.member_id IS NULL AND o.kind = 'complaint'
$$;

COMMENT ON FUNCTION public.own_kin() IS 'The others of the complaints that one was split into, for the complainant who has one of them open.';

CREATE FUNCTION public.parts_back(of_matter bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM matter m WHERE m.id = of_matter AND m.state = 'split')
		AND NOT EXISTS (SELECT FROM matter b JOIN matter m ON m.id = b.follows AND m.kind = b.kind WHERE b.follows = of_matter AND b.state <> 'missplit')
$$;

COMMENT ON FUNCTION public.parts_back(of_matter bigint) IS 'Whether every part of a complaint that was split was taken back.';

CREATE FUNCTION public.passed_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM bar_named(NEW.matter_id, called_in(NEW.words), NEW.seq);
	RETURN NULL;
END $$;

CREATE FUNCTION public.phase_of_state() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	SELECT s.phase INTO NEW.phase FROM public.matter_state s WHERE s.kind = NEW.kind AND s.state = NEW.state;
	RETURN NEW;
END $$;

CREATE FUNCTION public.press_lead_bars() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	UPDATE matter m SET named = m.named || NEW.unit WHERE m.id = NEW.matter_id AND NEW.unit IS NOT NULL AND NEW.unit <> ALL (m.named)
		AND NOT EXISTS (SELECT FROM press_question q WHERE q.matter_id = NEW.matter_id);
	RETURN NULL;
END
$$;

CREATE FUNCTION public.press_outlet(of_unlock bytea) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT m.outlet FROM unlock u JOIN member m ON m.id = u.member_id WHERE u.token_hash = of_unlock AND u.opens = 'press' AND u.expires_at > now()
$$;

COMMENT ON FUNCTION public.press_outlet(of_unlock bytea) IS 'For whom the journalist works who is about to open a lead.';

CREATE FUNCTION public.prolong_unlock(of_token bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	-- A minute is not worth a row written.
	UPDATE unlock u SET expires_at = least(now() + interval '30 minutes', u.until)
		WHERE u.token_hash = of_token AND u.expires_at > now() AND u.expires_at < least(now() + interval '29 minutes', u.until);
END $$;

COMMENT ON FUNCTION public.prolong_unlock(of_token bytea) IS 'Begins the half hour of an unlock anew, if it has not ended.';

CREATE FUNCTION public.public_releases() RETURNS TABLE(id uuid, title text, question text, answer text, category text, unit text, shown_in date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT t.id, t.title, t.question, t.answer, t.category, t.unit, date_trunc('month', o.at AT TIME ZONE 'Asia/Shanghai')::date
	FROM release_open o JOIN matter m ON m.id = o.matter_id
		CROSS JOIN LATERAL (SELECT * FROM release_text r WHERE r.matter_id = m.id ORDER BY r.version DESC LIMIT 1) t
	WHERE o.action = 'publish_release' AND m.state IN ('replied', 'rated', 'closed', 'rechecked') AND NOT release_never(m.id, m.flags, m.category, m.unit) AND NOT release_stale(m.id)
$$;

COMMENT ON FUNCTION public.public_releases() IS 'What is published of complaints now, and not from which; the month and no day, which may tell when somebody was answered.';

CREATE FUNCTION public.read_bars(of_matter bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	after bigint[];
BEGIN
	WITH RECURSIVE line (id) AS (
		SELECT of_matter
		UNION SELECT n.id FROM line CROSS JOIN LATERAL (
			SELECT m.id FROM public.matter m WHERE m.follows = line.id
			UNION ALL SELECT w.id FROM public.matter m JOIN public.matter w ON w.id = m.follows AND w.kind = m.kind WHERE m.id = line.id
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
			UNION ALL SELECT p.id FROM public.matter m JOIN public.matter p ON p.follows = m.id AND p.kind = m.kind WHERE m.id = l.id
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

COMMENT ON FUNCTION public.read_bars(of_matter bigint) IS 'Reads the arrays of a matter, and of all that follow from it, from the rows of matter_bar.';

CREATE FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) RETURNS TABLE(problem text, purpose text, id text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) IS 'Compares the keys of a key file with the office''s and gives what differs; of a purpose that has no key yet the first file counts, unless something is sealed or signed with another.';

CREATE FUNCTION public.refuse_barred_assignments(matters bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM FROM assignment a JOIN matter m ON m.id = a.matter_id
		WHERE a.ended_at IS NULL AND a.matter_id = ANY (matters) AND unit_bars(a.unit) && (m.named || m.meant);
	IF FOUND THEN
		RAISE EXCEPTION 'assignment to a barred unit' USING ERRCODE = 'ZX001', CONSTRAINT = 'assignment_not_accused';
	END IF;
END $$;

CREATE FUNCTION public.refuse_rewriting(what text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RAISE EXCEPTION '% stays as it was once written', what USING ERRCODE = 'ZX080';
END $$;

CREATE FUNCTION public.release_crowd(of_matter bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT count(*) FROM (SELECT FROM matter m JOIN matter o ON o.kind = m.kind AND o.unit = m.unit AND o.category = m.category
			AND o.opened_at BETWEEN m.opened_at - interval '1 year' AND m.opened_at + interval '1 year'
		WHERE m.id = of_matter LIMIT 20) same
$$;

COMMENT ON FUNCTION public.release_crowd(of_matter bigint) IS 'How many complain about the same unit and kind of thing within a year of a complaint, itself among them; at most 20.';

CREATE FUNCTION public.release_few(of_matter bigint) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $_$
	SELECT count(o.id) < coalesce((SELECT s.value::int FROM setting s WHERE s.key = 'release_least' AND s.value ~ '^[0-9]{1,4}$'), 5)
	FROM matter m JOIN matter o ON o.kind = m.kind AND o.unit = m.unit AND o.opened_at BETWEEN m.opened_at - interval '1 year' AND m.opened_at + interval '1 year'
	WHERE m.id = of_matter
$_$;

COMMENT ON FUNCTION public.release_few(of_matter bigint) IS 'That so few complain about the unit that whoever did may be guessed.';

CREATE FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT unit IS NULL OR category IS NULL OR release_shared(of_matter) OR flags && '{accusation,unit_unsettled,sealed,case_opened,closed_before}'::text[] OR coalesce(category, '') LIKE 'F%'
		OR EXISTS (SELECT FROM supplement s WHERE s.matter_id = of_matter AND s.guarded)
		OR EXISTS (SELECT FROM passed p WHERE p.matter_id = of_matter AND p.guarded)
		OR EXISTS (SELECT FROM complaint c WHERE c.matter_id = of_matter AND (c.rating_told = 'desk' OR c.nature = 'ACC'))
$$;

COMMENT ON FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) IS 'That a complaint is never published: an accusation, what was referred or became a case, what tells of retaliation or was confided to the supervising desk, what is not settled, an old record.';

CREATE FUNCTION public.release_shared(of_matter bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM joint j WHERE of_matter IN (j.matter_id, j.main_id))
		OR EXISTS (SELECT FROM matter m WHERE m.id = of_matter AND m.follows IS NOT NULL) OR EXISTS (SELECT FROM matter p WHERE p.follows = of_matter AND p.kind = 'complaint')
$$;

COMMENT ON FUNCTION public.release_shared(of_matter bigint) IS 'That others complained of it too, or that it is a part or has parts: one consent does not speak for all.';

CREATE FUNCTION public.release_stage(of_matter bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT e.action FROM event e WHERE e.matter_id = of_matter AND e.action IN ('allow_release', 'end_release', 'decline_release', 'write_release', 'return_release',
		'approve_release', 'agree_release', 'refuse_release', 'publish_release', 'take_down_release')
		AND (e.actor = 'complainant') = (e.action IN ('allow_release', 'end_release', 'agree_release', 'refuse_release')) ORDER BY e.seq DESC LIMIT 1
$$;

COMMENT ON FUNCTION public.release_stage(of_matter bigint) IS 'What was done last about publishing a complaint: its newest event of those.';

CREATE FUNCTION public.release_stale(of_matter bigint) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM (SELECT * FROM release_text r WHERE r.matter_id = of_matter ORDER BY r.version DESC LIMIT 1) t JOIN matter m ON m.id = t.matter_id
		WHERE t.answered IS DISTINCT FROM (SELECT max(a.version) FROM answer a WHERE a.matter_id = m.id AND a.sent_at IS NOT NULL)
			OR m.unit IS DISTINCT FROM t.unit OR m.category IS DISTINCT FROM t.category
			OR EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.seq > t.seq AND e.action IN ('contest', 'ask_recheck', 'deny_closing', 'doubt_closing', 'doubt_promise')))
$$;

COMMENT ON FUNCTION public.release_stale(of_matter bigint) IS 'That another answer was sent since the newest text was written, another unit or category set, or the answer contested or doubted.';

CREATE FUNCTION public.release_was_public(of_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT EXISTS (SELECT FROM release_text t JOIN event e ON e.matter_id = t.matter_id AND e.seq > t.seq AND e.action = 'publish_release' WHERE t.id = of_id)
$$;

COMMENT ON FUNCTION public.release_was_public(of_id uuid) IS 'That something stood at this address once; what, nobody is told.';

CREATE FUNCTION public.request_items_come_with_it() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (
		SELECT FROM added a JOIN request q USING (matter_id, no) CROSS JOIN LATERAL move_now(a.matter_id) m WHERE m.seq IS DISTINCT FROM q.seq) THEN
		PERFORM refuse_rewriting(TG_TABLE_NAME);
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION public.roster_match(of_kind text, of_name text, of_session text, of_credential text, of_outlet text, on_day date) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN (SELECT CASE WHEN of_kind IN ('npc_deputy', 'cppcc_member', 'media') THEN EXISTS (
		SELECT 1 FROM member
		WHERE kind = of_kind AND name = of_name AND credential_number = of_credential
		  AND (of_kind = 'media' OR congress_session = of_session)
		  AND (of_kind <> 'media' OR outlet = of_outlet)
		  AND valid_from <= on_day AND coalesce(valid_to >= on_day, true)) END);
END
$$;

CREATE FUNCTION public.run_together(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
	SELECT pg_catalog.regexp_replace(words, E'[ \t\n\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff·•・*_-]+', '', 'g')
$$;

CREATE FUNCTION public.sealed_unread(of_matter bigint, more text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT 'sealed' = ANY (m.flags) AND NOT somebody_settles(m.named || more, m.meant, m.persons, m.flags, '{discipline_officer}',
		CASE WHEN m.unit IS NULL THEN 'of_office' ELSE 'free' END)
	FROM matter m WHERE m.id = of_matter
$$;

COMMENT ON FUNCTION public.sealed_unread(of_matter bigint, more text[]) IS 'Whether nobody is left who reads a sealed matter, once it were also about these units.';

CREATE FUNCTION public.set_by_move() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	was jsonb := to_jsonb(OLD);
	is_now jsonb := to_jsonb(NEW);
	move event := move_now(NEW.matter_id);
	col text;
BEGIN
	IF by_owner(TG_RELID) THEN
		RETURN NEW;
	END IF;
	IF move.seq IS NULL OR TG_ARGV[0] <> '' AND move.action <> ALL (string_to_array(TG_ARGV[0], ' ')) THEN
		PERFORM refuse_rewriting(TG_TABLE_NAME);
	END IF;
	FOREACH col IN ARRAY TG_ARGV[1:] LOOP
		IF is_now -> col IS DISTINCT FROM was -> col AND (is_now ->> col)::timestamptz IS DISTINCT FROM move.at THEN
			PERFORM refuse_rewriting(TG_TABLE_NAME || '.' || col);
		END IF;
	END LOOP;
	RETURN NEW;
END $$;

CREATE FUNCTION public.set_once() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	was jsonb := to_jsonb(OLD);
	is_now jsonb := to_jsonb(NEW);
	col text;
BEGIN
	IF NOT by_owner(TG_RELID) THEN
		FOREACH col IN ARRAY TG_ARGV LOOP
			IF is_now -> col IS DISTINCT FROM was -> col AND was -> col NOT IN ('null', '""') THEN
				PERFORM refuse_rewriting(TG_TABLE_NAME || '.' || col);
			END IF;
		END LOOP;
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.share_unit_tree() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
BEGIN
	PERFORM FROM public.unit_tree FOR KEY SHARE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the row of unit_tree is missing';
	END IF;
END $$;

COMMENT ON FUNCTION public.share_unit_tree() IS 'Until the end of the transaction nobody changes the tree of units; others may dispatch beside.';

CREATE FUNCTION public.somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM staff s
		WHERE s.role = ANY (roles) AND may_come_in(s) AND s.id <> ALL (persons)
			AND (who <> 'of_office' OR s.unit IS NULL OR s.unit = ANY (supervising_offices()))
			AND NOT EXISTS (
				SELECT FROM staff_bar b
				WHERE b.staff_id = s.id AND bars_still(b.until)
					AND (b.unit = ANY (named) OR who <> 'unnamed'
						AND (b.unit = ANY (meant) OR 'office_meant' = ANY (flags) AND b.unit = ANY (supervising_offices())))));
END
$$;

COMMENT ON FUNCTION public.somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) IS 'Whether anybody of the roles that settle is not barred from this matter and: of_office, is of the supervising office and free of doubt; free, is free of doubt; unnamed, is not named in its words.';

CREATE FUNCTION public.staff_called_before() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM FROM staff_pattern FOR UPDATE; -- the next statement sees what whoever was first wrote
	UPDATE staff_pattern p SET (names, logins) = (
		SELECT coalesce(string_agg(regexp_replace(called, '([^[:alnum:]])', '\\\1', 'g'), '|') FILTER (WHERE NOT login), '(?!)'),
			coalesce(string_agg(regexp_replace(called, '([^[:alnum:]])', '\\\1', 'g'), '|') FILTER (WHERE login), '(?!)')
		FROM staff_called);
	PERFORM bar_from_what_names(NEW.staff_id, NEW.called, NEW.login);
	RETURN NULL;
END $$;

CREATE FUNCTION public.staff_comes_in() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM bar_from_what_names(c.staff_id, c.called, c.login) FROM staff_called c WHERE c.staff_id = NEW.id;
	RETURN NULL;
END $$;

CREATE FUNCTION public.staff_is_called() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	INSERT INTO staff_called (staff_id, called, login)
	SELECT NEW.id, c.called, c.login FROM (VALUES (run_together(folded(NEW.name)), false), (NEW.login, true)) AS c (called, login)
	WHERE char_length(c.called) >= 2
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;

CREATE FUNCTION public.staff_posted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	months int := coalesce((SELECT value::int FROM setting WHERE key = 'former_unit_bars_months'), 36);
	over date := (now() AT TIME ZONE 'Asia/Shanghai' + make_interval(months => months))::date;
BEGIN
	PERFORM lock_unit_tree(); -- or what is worked out here and of a changed tree would pass each other
	UPDATE staff_post SET left_at = now(), bars_to = over
		WHERE staff_id = NEW.id AND left_at IS NULL AND unit IS DISTINCT FROM NEW.unit;
	IF TG_OP = 'UPDATE' AND OLD.unit IS NULL AND NEW.unit IS NOT NULL THEN -- of the office until now
		INSERT INTO staff_post (staff_id, unit, left_at, bars_to) SELECT NEW.id, o, now(), over FROM unnest(supervising_offices()) AS o
			ON CONFLICT (staff_id, unit) DO UPDATE SET left_at = now(), bars_to = over;
	END IF;
	IF NEW.unit IS NOT NULL THEN
		INSERT INTO staff_post (staff_id, unit) VALUES (NEW.id, NEW.unit)
			ON CONFLICT (staff_id, unit) DO UPDATE SET left_at = NULL, bars_to = NULL;
	END IF;
	PERFORM work_out_staff_bars(NEW.id);
	RETURN NULL;
END $$;

CREATE FUNCTION public.supervising_offices() RETURNS text[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
BEGIN
	RETURN ARRAY(SELECT code FROM public.unit WHERE kind = 'office' AND parent IS NULL);
END
$$;

COMMENT ON FUNCTION public.supervising_offices() IS 'The offices that stand under nobody: complaints reach them first.';

CREATE FUNCTION public.supplement_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
	people bigint[] := public.called_in(NEW.body);
BEGIN
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, NEW.seq);
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION public.text_block_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.version <> 1 + coalesce((SELECT max(b.version) FROM text_block b WHERE b.code = NEW.code), 0) THEN
		PERFORM refuse_rewriting('text_block');
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION public.tree_lock() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM lock_unit_tree();
	RETURN NULL;
END $$;

CREATE FUNCTION public.turn_unlock(of_token bytea, of_number text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	WITH turned AS (
		UPDATE unlock u SET matter_id = k.id FROM matter o, matter k
		WHERE u.token_hash = of_token AND u.expires_at > now() AND u.member_id IS NULL AND o.id = u.matter_id
			AND k.number = of_number AND k.kind = 'complaint' AND o.kind = 'complaint' AND coalesce(k.follows, k.id) = coalesce(o.follows, o.id)
		RETURNING u.matter_id)
	SELECT EXISTS (SELECT FROM turned)
$$;

COMMENT ON FUNCTION public.turn_unlock(of_token bytea, of_number text) IS 'Has a browser see another of the complaints that one was split into: whoever opened one has shown the code of all.';

CREATE FUNCTION public.unit_above(of_matter bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
	WITH RECURSIVE up AS (
		SELECT u.parent AS code, 1 AS nth FROM assignment a JOIN unit u ON u.code = a.unit
		WHERE a.matter_id = of_matter AND a.part = 'lead' AND a.ended_at IS NULL
		UNION ALL SELECT u.parent, up.nth + 1 FROM up JOIN unit u ON u.code = up.code WHERE up.nth < 20
	)
	SELECT up.code FROM up JOIN unit u ON u.code = up.code JOIN matter m ON m.id = of_matter
	WHERE up.code <> ALL (supervising_offices()) AND coalesce(u.valid_to >= (now() AT TIME ZONE 'Asia/Shanghai')::date, true) AND NOT unit_bars(up.code) && (m.named || m.meant)
		AND NOT EXISTS (SELECT FROM staff s WHERE s.unit = up.code AND s.disabled_at IS NULL AND s.id = ANY (m.persons))
	ORDER BY up.nth LIMIT 1
$$;

CREATE FUNCTION public.unit_barred(candidate text, accused text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
	SELECT accused = ANY (unit_bars(candidate))
$$;

CREATE FUNCTION public.unit_bars(candidate text) RETURNS text[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	RETURN (WITH RECURSIVE own AS (
		SELECT code FROM unit WHERE code = candidate
		UNION
		SELECT next.code FROM own JOIN unit u ON u.code = own.code OR u.successor = own.code
			CROSS JOIN LATERAL (VALUES (u.code), (u.successor), (CASE WHEN u.code = own.code THEN u.parent END)) AS next (code)
		WHERE next.code IS NOT NULL
	), bars AS (
		SELECT code FROM own
		UNION
		SELECT next.code FROM (
			SELECT c.other AS code FROM unit_conflict c JOIN own ON own.code = c.unit
			UNION SELECT c.unit FROM unit_conflict c JOIN own ON own.code = c.other
		) AS next
		UNION
		SELECT next.code FROM bars JOIN unit u ON u.code = bars.code OR u.successor = bars.code
			CROSS JOIN LATERAL (VALUES (u.code), (u.successor)) AS next (code)
		WHERE next.code IS NOT NULL
	)
	SELECT coalesce(array_agg(code), '{}') FROM bars);
END
$$;

COMMENT ON FUNCTION public.unit_bars(candidate text) IS 'The units complaints about which candidate may neither see nor handle: its class (predecessors and successors), whatever is above one of it, and those in declared conflict with any of these, with their classes.';

CREATE FUNCTION public.unit_tree_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	PERFORM work_out_staff_bars(NULL);
	RETURN NULL;
END $$;

CREATE FUNCTION public.unit_tree_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
	held bigint[];
BEGIN
	-- Every matter that is with a unit: a tree changes rarely.
	SELECT array_agg(DISTINCT matter_id) INTO held FROM assignment WHERE ended_at IS NULL;
	PERFORM refuse_barred_assignments(coalesce(held, '{}'));
	RETURN NULL;
END $$;

CREATE FUNCTION public.warning_names_staff() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    AS $$
DECLARE
	people bigint[] := array_remove(public.called_in(concat_ws(E'\n', NEW.facts, NEW.basis, NEW.demand, NEW.consequences)), NEW.drafted_by);
BEGIN
	IF people <> '{}' THEN
		PERFORM public.bar_named(NEW.matter_id, people, NEW.seq);
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION public.who_acts(persons bigint[], units text[], at timestamp with time zone) RETURNS TABLE(unit text, staff_id bigint, whom bigint, heads boolean)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
	SELECT w.unit, w.staff_id, w.whom, w.heads FROM at_work(at) w
	WHERE w.staff_id <> ALL (persons) AND w.whom <> ALL (persons) AND NOT w.bars && units
$$;

COMMENT ON FUNCTION public.who_acts(persons bigint[], units text[], at timestamp with time zone) IS 'Who can act on a matter at a moment, in which unit, as whom, and whether as its head: not closed, not away, not barred, in their own right or for a head who is away.';

CREATE FUNCTION public.work_out_staff_bars(person bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
	DELETE FROM staff_bar WHERE person IS NULL OR staff_id = person;
	INSERT INTO staff_bar (staff_id, unit, until)
	WITH post AS (
		SELECT p.staff_id, p.unit, p.bars_to FROM staff_post p WHERE person IS NULL OR p.staff_id = person
		UNION ALL
		SELECT s.id, o, NULL FROM staff s, unnest(supervising_offices()) AS o WHERE s.unit IS NULL AND (person IS NULL OR s.id = person)
	)
	SELECT p.staff_id, b.unit, CASE WHEN bool_and(p.bars_to IS NOT NULL) THEN max(p.bars_to) END
	FROM post p
		JOIN (SELECT code, unit_bars(code) AS bars FROM (SELECT DISTINCT unit AS code FROM post) AS own) AS o ON o.code = p.unit
		CROSS JOIN LATERAL unnest(o.bars) AS b (unit)
	GROUP BY p.staff_id, b.unit;
END $$;

COMMENT ON FUNCTION public.work_out_staff_bars(person bigint) IS 'Works the bars of one person out anew; of everybody for null.';

CREATE TABLE public.absence (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    stand_in bigint,
    by_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT absence_check CHECK ((to_on >= from_on)),
    CONSTRAINT absence_check1 CHECK ((stand_in <> staff_id))
);

COMMENT ON TABLE public.absence IS 'That a member of staff is away, both days included, and who stands in for them. Rows are only added; an early end is a row of absence_end.';
COMMENT ON COLUMN public.absence.stand_in IS 'Who acts for them meanwhile, under their own name; null: nobody was named.';
COMMENT ON COLUMN public.absence.by_id IS 'Who entered it: the person themselves, the head of their unit or a sysadmin.';

CREATE TABLE public.absence_end (
    absence_id bigint NOT NULL,
    by_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.absence_end IS 'That an absence was ended before its last day. Rows are only added.';

ALTER TABLE public.absence ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.access_code (
    matter_id bigint NOT NULL,
    mac bytea NOT NULL
);

COMMENT ON TABLE public.access_code IS 'Keyed hash of the query code; the code itself is nowhere.';

CREATE TABLE public.alert (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    staff_id bigint NOT NULL,
    matter_id bigint NOT NULL,
    CONSTRAINT alert_kind_check CHECK ((kind = ANY (ARRAY['over_budget'::text, 'same_reason'::text, 'off_hours'::text])))
);

COMMENT ON TABLE public.alert IS 'What a person did that somebody else should look at. It stands in no matter''s chain, since what was refused left no event there: rows are only added.';

ALTER TABLE public.alert ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert_seen (
    alert_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    seen_by bigint NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_seen_by_another CHECK ((seen_by <> staff_id))
);

COMMENT ON TABLE public.alert_seen IS 'Who has seen an alert and when; never the person whom it is about. Rows are only added.';

CREATE TABLE public.answer (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    version integer NOT NULL,
    drafted_by bigint NOT NULL,
    unit text NOT NULL,
    finding text NOT NULL,
    decision text NOT NULL,
    facts text NOT NULL,
    opinion text NOT NULL,
    basis text NOT NULL,
    demand text DEFAULT ''::text NOT NULL,
    sent_at timestamp with time zone
);

COMMENT ON TABLE public.answer IS 'Drafts of the answer, one row a version, never changed; sent_at marks the one that went out (信访工作条例 32).';

CREATE TABLE public.as_written (
    matter_id bigint NOT NULL,
    contract_date text DEFAULT ''::text NOT NULL,
    due_on text DEFAULT ''::text NOT NULL,
    contract_amount text DEFAULT ''::text NOT NULL,
    unpaid_amount text DEFAULT ''::text NOT NULL,
    CONSTRAINT as_written_short CHECK ((GREATEST(char_length(contract_date), char_length(due_on), char_length(contract_amount), char_length(unpaid_amount)) <= 100)),
    CONSTRAINT as_written_something CHECK (((((contract_date || due_on) || contract_amount) || unpaid_amount) <> ''::text))
);

COMMENT ON TABLE public.as_written IS 'How a complaint says what its columns of the same names hold, where that is less exact than they are: of a day that is remembered by its month, 2023年5月; of a sum that is a guess, 约128万. Empty where they say it all.';

CREATE TABLE public.assignment (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    unit text NOT NULL,
    part text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    signed_by bigint,
    opinion_at timestamp with time zone,
    ended_at timestamp with time zone,
    phase smallint NOT NULL,
    assigned bigint,
    due_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT assignment_part_check CHECK ((part = ANY (ARRAY['lead'::text, 'co'::text])))
);

COMMENT ON TABLE public.assignment IS 'Which units must answer: one lead, any number of co-handlers. Triggers refuse the accused unit.';
COMMENT ON COLUMN public.assignment.phase IS 'That of the matter, for the lists of a unit; triggers keep it.';
COMMENT ON COLUMN public.assignment.assigned IS 'Who of the unit has it in hand; null: whoever of it comes first.';
COMMENT ON COLUMN public.assignment.due_at IS 'That of the matter, for the lists of a unit; triggers keep it.';

ALTER TABLE public.assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.attachment (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    name bytea NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    digest bytea NOT NULL,
    original text NOT NULL,
    cleaned text,
    scan text DEFAULT 'waiting'::text NOT NULL,
    CONSTRAINT attachment_scan_check CHECK ((scan = ANY (ARRAY['waiting'::text, 'clean'::text, 'infected'::text, 'failed'::text]))),
    CONSTRAINT attachment_size_check CHECK ((size >= 0))
);

COMMENT ON TABLE public.attachment IS 'Evidence: a sealed original and a cleaned copy in the store. No process may touch it until uploads are built.';
COMMENT ON COLUMN public.attachment.name IS 'The file''s own name, sealed: names tell who sent them.';

ALTER TABLE public.attachment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.backup_state (
    single boolean DEFAULT true NOT NULL,
    made_at timestamp with time zone,
    failing_since timestamp with time zone,
    kept_at timestamp with time zone,
    apart boolean,
    CONSTRAINT backup_state_single_check CHECK (single)
);

COMMENT ON TABLE public.backup_state IS 'One row: when the last backup by schedule was made, and since when making it or keeping the log fails. Written by the keeper of backups as the owner.';
COMMENT ON COLUMN public.backup_state.kept_at IS 'Up to when every piece of the log is in the archive; null: the log is kept by whoever runs the server.';
COMMENT ON COLUMN public.backup_state.apart IS 'Whether the folder of backups lies on another disk than the data; null: not known.';

CREATE TABLE public.binding (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    said text NOT NULL,
    mac bytea NOT NULL
);

COMMENT ON TABLE public.binding IS 'What each move changed of what is said about its matter; see internal/binding for what that is. Without foreign keys, which every filing would pay for: verify finds what lacks its event.';
COMMENT ON COLUMN public.binding.said IS 'JSON: part of what is said, to the digests of its rows before and after the move.';

CREATE TABLE public.bundle (
    matter_id bigint NOT NULL,
    member_id bigint NOT NULL,
    name text NOT NULL,
    words text NOT NULL,
    CONSTRAINT bundle_name_check CHECK ((name <> ''::text)),
    CONSTRAINT bundle_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.bundle IS 'What a deputy brings before the office together: 合并反映.';

CREATE TABLE public.bundle_complaint (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    complaint bigint NOT NULL,
    asked bigint NOT NULL,
    held boolean NOT NULL
);

COMMENT ON TABLE public.bundle_complaint IS 'Which complaints were put in or taken out, by which move. The newest holds, as long as the complainant''s consent does.';

CREATE TABLE public.follow (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    ask_id bigint NOT NULL,
    member_id bigint NOT NULL,
    name text NOT NULL,
    words text NOT NULL,
    CONSTRAINT follow_name_check CHECK ((name <> ''::text)),
    CONSTRAINT follow_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.follow IS 'What a deputy asks, as it was put to the complainant, by which event.';
COMMENT ON COLUMN public.follow.name IS 'Who asks, as the roster had it: 第十六届人大代表 陈河.';

CREATE VIEW public.bundle_holding AS
 SELECT c.matter_id,
    c.complaint,
    c.asked
   FROM ((( SELECT DISTINCT ON (bundle_complaint.matter_id, bundle_complaint.complaint) bundle_complaint.matter_id,
            bundle_complaint.complaint,
            bundle_complaint.asked,
            bundle_complaint.held
           FROM public.bundle_complaint
          ORDER BY bundle_complaint.matter_id, bundle_complaint.complaint, bundle_complaint.seq DESC) c
     JOIN public.bundle b ON ((b.matter_id = c.matter_id)))
     JOIN public.follow f ON (((f.matter_id = c.complaint) AND (f.seq = c.asked) AND (f.member_id = b.member_id))))
  WHERE (c.held AND (public.follow_standing(c.complaint, c.asked) = 'yes'::text));

COMMENT ON VIEW public.bundle_holding IS 'What is in a bundle now: a complaint whose consent is over has dropped out.';

CREATE TABLE public.bundle_proposal (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    proposal bigint NOT NULL
);

COMMENT ON TABLE public.bundle_proposal IS 'The proposal as which a bundle is handled on.';

CREATE TABLE public.calendar_version (
    id bigint NOT NULL,
    year integer NOT NULL,
    version integer NOT NULL,
    status text NOT NULL,
    source text NOT NULL,
    off date[] NOT NULL,
    work date[] NOT NULL,
    digest text DEFAULT ''::text NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    by_id bigint,
    CONSTRAINT calendar_version_days CHECK (public.calendar_fits(year, off, work)),
    CONSTRAINT calendar_version_source_check CHECK ((source <> ''::text)),
    CONSTRAINT calendar_version_status_check CHECK ((status = ANY (ARRAY['official'::text, 'provisional'::text]))),
    CONSTRAINT calendar_version_version_check CHECK ((version > 0)),
    CONSTRAINT calendar_version_year_check CHECK (((year >= 2000) AND (year <= 2200)))
);

COMMENT ON TABLE public.calendar_version IS 'Every version of every year''s working calendar, append-only; the newest of a year is in force. A year without one is counted over Monday to Friday, and what is counted over it or over a provisional year is counted anew when an official version comes.';
COMMENT ON COLUMN public.calendar_version.off IS 'Holidays; weekends that belong to one may stand there.';
COMMENT ON COLUMN public.calendar_version.work IS 'Weekends worked to make up for a holiday.';
COMMENT ON COLUMN public.calendar_version.digest IS 'SHA-256 of the text that was handed in; empty for what came with the program.';
COMMENT ON COLUMN public.calendar_version.by_id IS 'Who imported it at the desk; null is the operator at the machine, or the program itself.';

ALTER TABLE public.calendar_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendar_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.captcha (
    id text NOT NULL,
    digits bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    draft bytea DEFAULT '\x'::bytea NOT NULL
);

COMMENT ON TABLE public.captcha IS 'Digits 0 to 9 as bytes, used up by one DELETE … RETURNING.';
COMMENT ON COLUMN public.captcha.draft IS 'The draft that it was drawn for; the table is unlogged, so after a crash of the database there is none, and people are told that the picture has expired.';

CREATE TABLE public.category (
    code text NOT NULL,
    group_code text GENERATED ALWAYS AS ("left"(code, 1)) STORED NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    basis text NOT NULL,
    basis_confirmed boolean NOT NULL,
    evidence text NOT NULL,
    sort integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    plain text DEFAULT ''::text NOT NULL,
    way_out text DEFAULT ''::text NOT NULL,
    plain_sort integer DEFAULT 0 NOT NULL,
    CONSTRAINT category_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT category_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT category_code_check CHECK ((code ~ '^[A-Z][0-9]{2}$'::text)),
    CONSTRAINT category_title_check CHECK ((title <> ''::text))
);

COMMENT ON TABLE public.category IS 'What a complaint may be about, with the article that forbids it.';
COMMENT ON COLUMN public.category.basis IS 'The articles as a person reads them.';
COMMENT ON COLUMN public.category.basis_confirmed IS 'Whether every article was read in the official text; where not, a legal officer checks before it is quoted in a document.';
COMMENT ON COLUMN public.category.evidence IS 'Papers that usually prove it; empty when there are none in particular.';
COMMENT ON COLUMN public.category.valid_to IS 'Last day on which it may be chosen; NULL while it may.';
COMMENT ON COLUMN public.category.plain IS 'The same as people say it, for those that come most; these are offered first, and stand on the home page. Empty for the others.';
COMMENT ON COLUMN public.category.way_out IS 'What other way is open to whoever has this kind of matter, said beside it. It keeps nobody from filing here.';
COMMENT ON COLUMN public.category.plain_sort IS 'In which order the plain sentences are offered: what comes most is the first.';

CREATE TABLE public.category_group (
    code text NOT NULL,
    title text NOT NULL,
    CONSTRAINT category_group_code_check CHECK ((code ~ '^[A-Z]$'::text)),
    CONSTRAINT category_group_title_check CHECK ((title <> ''::text))
);

COMMENT ON TABLE public.category_group IS 'The groups under which categories are offered, in the order of their letters.';

CREATE TABLE public.category_version (
    code text NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    plain text NOT NULL,
    description text NOT NULL,
    basis text NOT NULL,
    basis_confirmed boolean NOT NULL,
    evidence text NOT NULL,
    way_out text NOT NULL,
    valid_to date,
    by_id bigint,
    made_at timestamp with time zone,
    reason text NOT NULL,
    CONSTRAINT category_version_basis_check CHECK (((basis <> ''::text) AND (char_length(basis) <= 300))),
    CONSTRAINT category_version_code_check CHECK ((code ~ '^[A-Z][0-9]{2}$'::text)),
    CONSTRAINT category_version_description_check CHECK (((description <> ''::text) AND (char_length(description) <= 300))),
    CONSTRAINT category_version_evidence_check CHECK ((char_length(evidence) <= 300)),
    CONSTRAINT category_version_plain_check CHECK ((char_length(plain) <= 60)),
    CONSTRAINT category_version_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT category_version_title_check CHECK (((title <> ''::text) AND (char_length(title) <= 30))),
    CONSTRAINT category_version_version_check CHECK ((version > 0)),
    CONSTRAINT category_version_way_out_check CHECK ((char_length(way_out) <= 300))
);

COMMENT ON TABLE public.category_version IS 'Changes of categories, a row a version; category has what stands.';

CREATE TABLE public.cited (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    article text,
    version integer,
    words text NOT NULL,
    CONSTRAINT cited_check CHECK (((article IS NULL) = (version IS NULL))),
    CONSTRAINT cited_no_check CHECK ((no > 0)),
    CONSTRAINT cited_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.cited IS 'On which articles a draft or a decision stands, as they were called then; one without an article is what the table of laws has not.';

CREATE TABLE public.clock (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    rule text NOT NULL,
    version integer NOT NULL,
    started_seq bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    due_at timestamp with time zone NOT NULL,
    provisional boolean DEFAULT false NOT NULL,
    derivation text NOT NULL,
    right_only boolean DEFAULT false NOT NULL,
    stopped_seq bigint,
    stopped_at timestamp with time zone,
    calendar bigint DEFAULT 0 NOT NULL,
    was_on date
);

COMMENT ON TABLE public.clock IS 'Statutory and promised clocks as rows: met when stopped_at <= due_at, breached otherwise.';
COMMENT ON COLUMN public.clock.stopped_seq IS 'The event that stopped it; null while it runs, and where the term of a right ended on its own day.';
COMMENT ON COLUMN public.clock.calendar IS 'Id of the newest calendar version when it was counted; a newer one over the same days has it counted anew.';
COMMENT ON COLUMN public.clock.was_on IS 'The last day as it was first told, where a recount, a pause or an extension moved it; null while it was never moved.';

CREATE TABLE public.clock_choice (
    kind text NOT NULL,
    track text DEFAULT ''::text NOT NULL,
    nature text DEFAULT ''::text NOT NULL,
    at text NOT NULL,
    rule text NOT NULL,
    beside text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT clock_choice_at_check CHECK ((at <> ''::text)),
    CONSTRAINT clock_choice_check CHECK ((valid_to >= valid_from))
);

COMMENT ON TABLE public.clock_choice IS 'Which matters have which term: those of a kind, track and nature (empty is any) get the rule when an action is done. What all matters of a kind have stands in its law instead.';
COMMENT ON COLUMN public.clock_choice.at IS 'The action of the kind''s law with which the term begins.';
COMMENT ON COLUMN public.clock_choice.beside IS 'The rule whose newest clock it runs beside, from when that one began; empty: from the action itself.';
COMMENT ON COLUMN public.clock_choice.note IS 'Why it is read so, where the article leaves it open.';
COMMENT ON COLUMN public.clock_choice.valid_to IS 'Last day in force; NULL while it is.';

ALTER TABLE public.clock ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clock_rule (
    code text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    title text NOT NULL,
    track text NOT NULL,
    start_event text NOT NULL,
    end_event text NOT NULL,
    limit_count integer,
    unit text NOT NULL,
    fixed_on text,
    max_extension integer,
    max_total integer,
    approver text,
    basis text NOT NULL,
    confidence text NOT NULL,
    right_only boolean DEFAULT false NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    max_times integer,
    within text,
    waits boolean DEFAULT false NOT NULL,
    by_id bigint,
    made_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT clock_rule_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT clock_rule_check CHECK ((max_total >= limit_count)),
    CONSTRAINT clock_rule_check1 CHECK ((valid_to >= valid_from)),
    CONSTRAINT clock_rule_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text, 'design'::text]))),
    CONSTRAINT clock_rule_counts_or_is_fixed CHECK ((((unit = 'FIXED'::text) = (fixed_on IS NOT NULL)) AND ((unit = ANY (ARRAY['FIXED'::text, 'GIVEN'::text])) = (limit_count IS NULL)))),
    CONSTRAINT clock_rule_extends CHECK (((limit_count + max_extension) <= max_total)),
    CONSTRAINT clock_rule_fixed_on_check CHECK ((fixed_on ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'::text)),
    CONSTRAINT clock_rule_limit_count_check CHECK ((limit_count > 0)),
    CONSTRAINT clock_rule_max_extension_check CHECK ((max_extension > 0)),
    CONSTRAINT clock_rule_max_times_check CHECK ((max_times > 0)),
    CONSTRAINT clock_rule_title_check CHECK ((title <> ''::text)),
    CONSTRAINT clock_rule_unit_check CHECK ((unit = ANY (ARRAY['WD'::text, 'ND'::text, 'MO'::text, 'H'::text, 'FIXED'::text, 'GIVEN'::text]))),
    CONSTRAINT clock_rule_version_check CHECK ((version > 0)),
    CONSTRAINT clock_rule_waits CHECK (((NOT waits) OR (unit = 'H'::text)))
);

COMMENT ON TABLE public.clock_rule IS 'How long each step may take, by which article; a term follows the newest version in force on the day it starts. WD, ND, MO, H count working days, natural days, months, hours; FIXED is a day of every year, GIVEN a day that the matter itself says.';
COMMENT ON COLUMN public.clock_rule.title IS 'Short name for staff and complainants.';
COMMENT ON COLUMN public.clock_rule.basis IS 'The article as a person reads it, or 本平台承诺.';
COMMENT ON COLUMN public.clock_rule.confidence IS 'How far the basis was checked against the text; design is our own promise.';
COMMENT ON COLUMN public.clock_rule.right_only IS 'The term of somebody''s right to ask, which lapses; nobody is late when it ends.';
COMMENT ON COLUMN public.clock_rule.valid_to IS 'Last day in force; NULL while it is.';
COMMENT ON COLUMN public.clock_rule.max_times IS 'How often it may be extended; null until max_extension is used up.';
COMMENT ON COLUMN public.clock_rule.within IS 'The rule of the law that it never ends after.';
COMMENT ON COLUMN public.clock_rule.waits IS 'Hours that end on a day off run on to the same hour of the next working day.';
COMMENT ON COLUMN public.clock_rule.by_id IS 'Who made this version at the desk; null of what came with the program.';
COMMENT ON COLUMN public.clock_rule.reason IS 'Why, as whoever made it wrote.';

CREATE TABLE public.clock_span (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    rule text NOT NULL,
    started_seq bigint NOT NULL,
    kind text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    count integer DEFAULT 0 NOT NULL,
    ground text,
    document text DEFAULT ''::text NOT NULL,
    CONSTRAINT clock_span_check CHECK ((to_on > from_on)),
    CONSTRAINT clock_span_kind_check CHECK ((kind = ANY (ARRAY['pause'::text, 'run'::text, 'extend'::text]))),
    CONSTRAINT clock_span_says CHECK ((((kind = 'pause'::text) = (to_on IS NOT NULL)) AND ((kind = 'pause'::text) = (ground IS NOT NULL)) AND ((kind = 'pause'::text) = (document <> ''::text)) AND ((kind = 'extend'::text) = (count > 0))))
);

COMMENT ON TABLE public.clock_span IS 'What became of a clock after it was started, by the event that decided it: a pause from that day on with its last day, its running on sooner, so many more of the rule''s units.';
COMMENT ON COLUMN public.clock_span.started_seq IS 'Of which clock of the rule: the event that started it.';
COMMENT ON COLUMN public.clock_span.document IS 'The paper that the ground of a pause stands in.';

CREATE TABLE public.complaint (
    matter_id bigint NOT NULL,
    channel text NOT NULL,
    complainant_kind text NOT NULL,
    anonymous boolean NOT NULL,
    confidential boolean NOT NULL,
    edelivery boolean NOT NULL,
    roster_match boolean,
    unit_said text DEFAULT ''::text NOT NULL,
    request text NOT NULL,
    facts text NOT NULL,
    reasons text DEFAULT ''::text NOT NULL,
    contract_no text DEFAULT ''::text NOT NULL,
    contract_date date,
    contract_amount bigint,
    unpaid_amount bigint,
    due_on date,
    in_litigation text DEFAULT 'no'::text NOT NULL,
    elsewhere text DEFAULT ''::text NOT NULL,
    evidence_held text[] DEFAULT '{}'::text[] NOT NULL,
    nature text,
    finding text,
    decision text,
    rating text,
    solved text,
    rating_words text DEFAULT ''::text NOT NULL,
    origin text DEFAULT ''::text NOT NULL,
    happened_at timestamp with time zone,
    received_on date,
    rating_told text,
    track text,
    CONSTRAINT complaint_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'hotline'::text, 'letter_box'::text, 'email'::text, 'visit'::text, 'other_body'::text, 'import'::text]))),
    CONSTRAINT complaint_complainant_kind_check CHECK ((complainant_kind = ANY (ARRAY['citizen'::text, 'enterprise'::text, 'npc_deputy'::text, 'cppcc_member'::text, 'media'::text, 'other_org'::text]))),
    CONSTRAINT complaint_contract_amount_check CHECK ((contract_amount >= 0)),
    CONSTRAINT complaint_decision_check CHECK ((decision = ANY (ARRAY['support'::text, 'partial'::text, 'explain'::text, 'not_support'::text]))),
    CONSTRAINT complaint_finding_check CHECK ((finding = ANY (ARRAY['substantiated'::text, 'mostly'::text, 'partially'::text, 'unsubstantiated'::text, 'unverifiable'::text]))),
    CONSTRAINT complaint_in_litigation_check CHECK ((in_litigation = ANY (ARRAY['no'::text, 'pending'::text, 'decided'::text]))),
    CONSTRAINT complaint_nature_check CHECK ((nature = ANY (ARRAY['SUG'::text, 'ACC'::text, 'RED'::text, 'LIT'::text, 'INQ'::text, 'HLP'::text]))),
    CONSTRAINT complaint_rating_check CHECK ((rating = ANY (ARRAY['satisfied'::text, 'basic'::text, 'dissatisfied'::text]))),
    CONSTRAINT complaint_rating_told_check CHECK ((rating_told = ANY (ARRAY['all'::text, 'desk'::text]))),
    CONSTRAINT complaint_received CHECK (((received_on IS NULL) OR (channel <> 'web'::text))),
    CONSTRAINT complaint_solved_check CHECK ((solved = ANY (ARRAY['solved'::text, 'waiting'::text, 'unsolved'::text]))),
    CONSTRAINT complaint_track_check CHECK ((track = ANY (ARRAY['petition'::text, 'sme_payment'::text, 'biz_env'::text, 'hotline'::text]))),
    CONSTRAINT complaint_unpaid_amount_check CHECK ((unpaid_amount >= 0))
);

COMMENT ON TABLE public.complaint IS 'What a complaint says, without who says it.';
COMMENT ON COLUMN public.complaint.roster_match IS 'Whether a deputy, member or journalist stands on the roster; null for others.';
COMMENT ON COLUMN public.complaint.unit_said IS 'The unit as the complainant calls it, where it was written and not chosen.';
COMMENT ON COLUMN public.complaint.contract_amount IS 'Money is in fen.';
COMMENT ON COLUMN public.complaint.evidence_held IS 'Kinds of papers the complainant says they hold; files come with attachments.';
COMMENT ON COLUMN public.complaint.origin IS 'For an import: the source''s own id, so that the same line comes in once.';
COMMENT ON COLUMN public.complaint.received_on IS 'Entered by hand: the day it reached the office, where its clocks begin. Imported: the day it reached the other system, where none begins. Null where that is the moment of filing.';
COMMENT ON COLUMN public.complaint.rating_told IS 'Who reads rating_words: everybody who works on it, or the supervising desk alone. Null before there was a choice.';
COMMENT ON COLUMN public.complaint.track IS 'By which procedure it goes: proposed when it is filed or settled, chosen when it is accepted; null of what was filed before there were tracks and is not accepted yet.';

CREATE TABLE public.county_day (
    day date NOT NULL,
    received integer NOT NULL,
    imported integer NOT NULL,
    answered integer NOT NULL,
    on_time integer NOT NULL,
    upheld integer NOT NULL,
    overdue integer NOT NULL,
    CONSTRAINT county_day_answered_check CHECK ((answered >= 0)),
    CONSTRAINT county_day_check CHECK (((imported >= 0) AND (imported <= received))),
    CONSTRAINT county_day_check1 CHECK (((on_time >= 0) AND (on_time <= answered))),
    CONSTRAINT county_day_overdue_check CHECK ((overdue >= 0)),
    CONSTRAINT county_day_received_check CHECK ((received >= 0)),
    CONSTRAINT county_day_upheld_check CHECK ((upheld >= 0))
);

COMMENT ON TABLE public.county_day IS 'What happened in the whole county on a day of Chinese time, counted when the day was over and never again: nothing that comes in during a day shows before it ends.';
COMMENT ON COLUMN public.county_day.imported IS 'Of those received: taken over from an old register.';
COMMENT ON COLUMN public.county_day.answered IS 'Complaints answered for the first time.';
COMMENT ON COLUMN public.county_day.upheld IS 'Complaints that an answer found true, or mostly true, for the first time.';
COMMENT ON COLUMN public.county_day.overdue IS 'Complaints that at the end of the day were past their promised day without an answer.';

CREATE TABLE public.daybook (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    staff_id bigint,
    action text NOT NULL,
    data text NOT NULL,
    salt bytea NOT NULL,
    commitment bytea NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    key_id text NOT NULL,
    CONSTRAINT daybook_action_check CHECK ((action <> ''::text)),
    CONSTRAINT daybook_actor_check CHECK ((actor = ANY (ARRAY['staff'::text, 'system'::text]))),
    CONSTRAINT daybook_check CHECK (((actor = 'staff'::text) = (staff_id IS NOT NULL)))
);

COMMENT ON TABLE public.daybook IS 'What was done to the office itself, as a chain of its own; see internal/daybook. Events are added and read, never changed.';
COMMENT ON COLUMN public.daybook.staff_id IS 'Who did it; empty for the operator at the machine and for the system.';
COMMENT ON COLUMN public.daybook.data IS 'JSON: what was changed, by the digests of its rows before and after.';

CREATE TABLE public.daybook_head (
    one boolean DEFAULT true NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    head bytea DEFAULT '\x'::bytea NOT NULL,
    salt bytea DEFAULT uuid_send(gen_random_uuid()) NOT NULL,
    CONSTRAINT daybook_head_one_check CHECK (one)
);

COMMENT ON TABLE public.daybook_head IS 'The newest event of the daybook; one row. 0 until a desk has started: what there is by then is taken as it stands.';

CREATE TABLE public.desk_draft (
    staff_id bigint NOT NULL,
    matter_id bigint,
    form text NOT NULL,
    unit text NOT NULL,
    sealed bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    page bytea DEFAULT '\x'::bytea NOT NULL,
    saves integer DEFAULT 0 NOT NULL,
    CONSTRAINT desk_draft_form_check CHECK ((form ~ '^[a-z][a-z_]{0,39}$'::text)),
    CONSTRAINT desk_draft_sealed_check CHECK ((octet_length(sealed) <= 262144))
);

COMMENT ON TABLE public.desk_draft IS 'What one staff member typed into a form of the desk and has not sent: one row a form and window, given back to that person alone while they may know of the matter; gone with the move, or after 7 days.';
COMMENT ON COLUMN public.desk_draft.matter_id IS 'Null for a form that belongs to no matter yet, such as the registration by hand.';
COMMENT ON COLUMN public.desk_draft.form IS 'The action that the form carries out.';
COMMENT ON COLUMN public.desk_draft.unit IS 'The writer''s unit when it was saved: somebody who has moved to another unit does not get it back.';
COMMENT ON COLUMN public.desk_draft.sealed IS 'The fields as JSON under office.key: a registration by hand holds who complains, which is nowhere in plain text.';
COMMENT ON COLUMN public.desk_draft.page IS 'Hash of the form token of the page that saved last: its next save is the same text, that of another page may not be.';
COMMENT ON COLUMN public.desk_draft.saves IS 'How often it was saved: with the page it names what a form was filled with.';

CREATE TABLE public.discipline_case (
    matter_id bigint NOT NULL,
    ground text DEFAULT ''::text NOT NULL,
    rectify_by date
);

COMMENT ON TABLE public.discipline_case IS 'A 失信案件: what followed from a substantiated complaint.';
COMMENT ON COLUMN public.discipline_case.rectify_by IS 'The day by which the unit must have put things right, set when the warning is served.';

CREATE TABLE public.document (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    prefix text NOT NULL,
    year integer NOT NULL,
    serial integer NOT NULL,
    number text GENERATED ALWAYS AS ((((((prefix || '〔'::text) || (year)::text) || '〕'::text) || (serial)::text) || '号'::text)) STORED NOT NULL,
    title text NOT NULL,
    paper text NOT NULL,
    html text NOT NULL,
    digest text NOT NULL,
    signed_by bigint NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    served_seq bigint,
    served_on date,
    served_how text DEFAULT ''::text NOT NULL,
    CONSTRAINT document_check CHECK ((((served_on IS NULL) = (served_how = ''::text)) AND ((served_on IS NULL) = (served_seq IS NULL)))),
    CONSTRAINT document_digest CHECK ((digest = encode(sha256(convert_to(html, 'UTF8'::name)), 'hex'::text))),
    CONSTRAINT document_kind_check CHECK ((kind ~ '^DOC-[A-Z]+$'::text)),
    CONSTRAINT document_serial_check CHECK ((serial > 0)),
    CONSTRAINT document_served_later CHECK ((served_on >= ((signed_at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
    CONSTRAINT document_title_check CHECK ((title <> ''::text))
);

COMMENT ON TABLE public.document IS 'Signed documents: numbered without gaps (GB/T 9704-2012 7.2.5) and frozen; only the note of service is added later, once.';
COMMENT ON COLUMN public.document.paper IS 'The same content as JSON, from which pages draw it in their own look.';
COMMENT ON COLUMN public.document.html IS 'The document itself, to the byte; digest is its SHA-256.';

CREATE TABLE public.document_counter (
    prefix text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT document_counter_last_check CHECK ((last > 0)),
    CONSTRAINT document_counter_prefix_check CHECK ((prefix ~ '^[一-龥]{1,11}$'::text)),
    CONSTRAINT document_counter_year_check CHECK (((year >= 2000) AND (year <= 9999)))
);

COMMENT ON TABLE public.document_counter IS 'The last number given out for a prefix and a year. It moves by one inside the signing transaction, so a signing that fails leaves no gap.';

ALTER TABLE public.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.draft (
    id bytea NOT NULL,
    sealed bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT draft_sealed_check CHECK ((octet_length(sealed) <= 262144))
)
WITH (toast_tuple_target='8160');
ALTER TABLE ONLY public.draft ALTER COLUMN sealed SET STORAGE EXTERNAL;

COMMENT ON TABLE public.draft IS 'A filing not yet sent, under a key that only the visitor''s cookie holds, gone after 24 hours; or what opens one, under a key that its resume code and portal.key give, gone after 7 days with the draft.';

CREATE TABLE public.drill_run (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    made_at timestamp with time zone,
    wrong integer NOT NULL,
    whole boolean NOT NULL,
    CONSTRAINT drill_run_check CHECK (((NOT whole) OR (wrong = 0))),
    CONSTRAINT drill_run_wrong_check CHECK ((wrong >= 0))
);

COMMENT ON TABLE public.drill_run IS 'Each time that restoring a backup was practised to its end, by command. Rows are only added, as the owner.';
COMMENT ON COLUMN public.drill_run.made_at IS 'When the backup was made; null: it was a base with its log.';
COMMENT ON COLUMN public.drill_run.whole IS 'Every step was as it should be.';

ALTER TABLE public.drill_run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.drill_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.export (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    staff_id bigint NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    asked text NOT NULL,
    said text[] NOT NULL,
    CONSTRAINT export_said_check CHECK ((said <> '{}'::text[]))
);

COMMENT ON TABLE public.export IS 'Each list that was taken out of the house as a file: rows are added before it goes, on the daybook, and never changed.';
COMMENT ON COLUMN public.export.role IS 'What the person was then.';
COMMENT ON COLUMN public.export.kind IS 'The kind of the matters, or trail: what staff did.';
COMMENT ON COLUMN public.export.asked IS 'View and filters as the address of the list has them; words that were searched for may name people.';
COMMENT ON COLUMN public.export.said IS 'The same as its page said it then: the view, then each filter.';

CREATE TABLE public.export_end (
    export_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    matters integer NOT NULL,
    how text NOT NULL,
    CONSTRAINT export_end_how_check CHECK ((how = ANY (ARRAY['whole'::text, 'limit'::text, 'broken'::text]))),
    CONSTRAINT export_end_matters_check CHECK ((matters >= 0))
);

COMMENT ON TABLE public.export_end IS 'How an export ended; none where the process ended first.';
COMMENT ON COLUMN public.export_end.matters IS 'How many matters the file has; of a broken one how many at most.';

ALTER TABLE public.export ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.figure (
    until date NOT NULL,
    key text NOT NULL,
    measure text NOT NULL,
    at_least integer NOT NULL,
    CONSTRAINT figure_coarse CHECK (((at_least >= 5) AND ((at_least % 5) = 0)))
);

COMMENT ON TABLE public.figure IS 'Figures for the year that a quarter ended: at least so many, and less than five more. No row is none to four, or withheld. A matter that is settled, withdrawn or found otherwise later moves nothing that is published.';
COMMENT ON COLUMN public.figure.key IS 'Of which unit or category, by its code; the measure says which of the two it is.';

CREATE TABLE public.figure_quarter (
    until date NOT NULL,
    measures text[] NOT NULL,
    withheld text[] NOT NULL,
    CONSTRAINT figure_quarter_whole CHECK (((until + 1) = (date_trunc('quarter'::text, ((until + 1))::timestamp without time zone))::date)),
    CONSTRAINT figure_quarter_withheld CHECK ((withheld <@ measures))
);

COMMENT ON TABLE public.figure_quarter IS 'The quarters, by their last day, for which figures are published: all at once, whether anything happened or not.';
COMMENT ON COLUMN public.figure_quarter.measures IS 'What was counted. What a later version counts is not there, which is something else than none.';
COMMENT ON COLUMN public.figure_quarter.withheld IS 'Of these: what is not told, since the exact number of the county less the figures would have told what they leave open.';

CREATE TABLE public.follow_answer (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    asked bigint NOT NULL,
    answer text NOT NULL,
    CONSTRAINT follow_answer_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text])))
);

COMMENT ON TABLE public.follow_answer IS 'What the complainant says to it. The newest holds: a consent is taken back by a no.';

CREATE TABLE public.follow_ask (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    number text NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    put_at timestamp with time zone,
    dropped_at timestamp with time zone,
    CONSTRAINT follow_ask_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.follow_ask IS 'That a deputy would like to follow the complaint of that number, which there may not be.';
COMMENT ON COLUMN public.follow_ask.put_at IS 'When the worker had looked, whether or not there was anybody to put it to.';
COMMENT ON COLUMN public.follow_ask.dropped_at IS 'When the deputy gave it up; any consent ended with it.';

ALTER TABLE public.follow_ask ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.follow_ask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.form_token (
    token_hash bytea NOT NULL,
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    action text NOT NULL,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.form_token IS 'A form that was carried out; sending it again gives the first answer again. Only the hash of its 128 random bits is kept.';

CREATE TABLE public.identity (
    matter_id bigint NOT NULL,
    person bytea NOT NULL,
    mailbox bytea
);

COMMENT ON TABLE public.identity IS 'Who complained, sealed to office.key. The portal can write it and never read it; opening one is an event with a reason.';
COMMENT ON COLUMN public.identity.mailbox IS 'The address alone, so that the worker opens no more than it needs.';

CREATE TABLE public.identity_opening (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    opened_by bigint NOT NULL,
    approved_by bigint,
    reason text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT identity_opening_check CHECK ((approved_by IS DISTINCT FROM opened_by)),
    CONSTRAINT identity_opening_reason_check CHECK ((reason <> ''::text))
);

COMMENT ON TABLE public.identity_opening IS 'Every opening of an identity, with its reason; approved_by waits for the second person.';

ALTER TABLE public.identity_opening ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.identity_opening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inquiry (
    matter_id bigint NOT NULL,
    sort text NOT NULL,
    words text NOT NULL,
    facts text NOT NULL,
    shared boolean NOT NULL,
    proposed integer,
    CONSTRAINT inquiry_proposed_check CHECK ((proposed > 0)),
    CONSTRAINT inquiry_sort_check CHECK ((sort = ANY (ARRAY['assist'::text, 'consult'::text]))),
    CONSTRAINT inquiry_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.inquiry IS 'What another unit is asked: to look into something (assist) or what it thinks (consult). Its items are those of a request.';
COMMENT ON COLUMN public.inquiry.words IS 'What it is about, as the desk wrote it for the asked unit, which reads nothing else of the complaint.';
COMMENT ON COLUMN public.inquiry.facts IS 'The extract of the complaint that the desk chose to give; empty where it gave none.';
COMMENT ON COLUMN public.inquiry.shared IS 'The unit that leads the complaint reads the answers, too.';
COMMENT ON COLUMN public.inquiry.proposed IS 'The number of the request of the complaint that this came of; null where the desk asks by itself.';

CREATE TABLE public.invitation (
    matter_id bigint NOT NULL,
    sort text NOT NULL,
    asked text NOT NULL,
    area text NOT NULL,
    CONSTRAINT invitation_asked_check CHECK ((asked <> ''::text)),
    CONSTRAINT invitation_sort_check CHECK ((sort = ANY (ARRAY['inspection'::text, 'hearing'::text, 'third_party'::text])))
);

COMMENT ON TABLE public.invitation IS 'What somebody is invited to supervise: an inspection (视察), a hearing (听证), a check by a third party (第三方评估).';
COMMENT ON COLUMN public.invitation.asked IS 'What it is about and what is asked of those who come; they read every word.';
COMMENT ON COLUMN public.invitation.area IS 'Of which place or project it is, where not of a unit.';

CREATE TABLE public.invitation_date (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    held_on date NOT NULL,
    hour text NOT NULL,
    place text NOT NULL,
    reply_by date NOT NULL,
    report_by date NOT NULL,
    CONSTRAINT invitation_date_hour_check CHECK ((hour <> ''::text)),
    CONSTRAINT invitation_date_place_check CHECK ((place <> ''::text)),
    CONSTRAINT invitation_days CHECK (((reply_by <= held_on) AND (held_on < report_by)))
);

COMMENT ON TABLE public.invitation_date IS 'When and where, by the event that said it; the newest holds, and what was answered before it counts no more.';

CREATE TABLE public.invitation_unit (
    matter_id bigint NOT NULL,
    unit text NOT NULL
);

COMMENT ON TABLE public.invitation_unit IS 'The units that it is about.';

CREATE TABLE public.invitee (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    seq bigint NOT NULL,
    name text NOT NULL,
    member_id bigint,
    CONSTRAINT invitee_name_check CHECK ((name <> ''::text)),
    CONSTRAINT invitee_no_check CHECK ((no > 0))
);

COMMENT ON TABLE public.invitee IS 'Who is invited, by the event that did it.';
COMMENT ON COLUMN public.invitee.member_id IS 'Who that is on the roster; null for an organisation.';

CREATE TABLE public.invitee_said (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    said text NOT NULL,
    words text NOT NULL,
    suggests text NOT NULL,
    CONSTRAINT invitee_said_said_check CHECK ((said = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text, 'came'::text, 'reported'::text, 'adopted'::text, 'partly'::text, 'refused'::text]))),
    CONSTRAINT invitee_words CHECK (((said = ANY (ARRAY['accepted'::text, 'declined'::text, 'came'::text])) OR (words <> ''::text)))
);

COMMENT ON TABLE public.invitee_said IS 'What one invitee has said, or is said of them: the answer to the invitation, that they came, what they report, and what became of the report.';
COMMENT ON COLUMN public.invitee_said.suggests IS 'Of a report, what it suggests; its words are what was seen.';

CREATE VIEW public.invitee_part AS
 SELECT v.matter_id,
    v.no,
    v.member_id,
    COALESCE(( SELECT
                CASE
                    WHEN (s.said = ANY (ARRAY['adopted'::text, 'partly'::text, 'refused'::text])) THEN 'answered'::text
                    ELSE s.said
                END AS said
           FROM public.invitee_said s
          WHERE ((s.matter_id = v.matter_id) AND (s.no = v.no) AND (s.seq > ( SELECT max(d.seq) AS max
                   FROM public.invitation_date d
                  WHERE (d.matter_id = v.matter_id))))
          ORDER BY s.seq DESC
         LIMIT 1), 'asked'::text) AS part
   FROM public.invitee v;

COMMENT ON VIEW public.invitee_part IS 'How each invitee stands to an invitation, by what was said last since its date was: asked, accepted, declined, withdrawn, came, reported, answered.';

CREATE TABLE public.joint (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    main_id bigint NOT NULL,
    representative boolean NOT NULL,
    ended_seq bigint,
    CONSTRAINT joint_check CHECK ((matter_id <> main_id))
);

COMMENT ON TABLE public.joint IS 'Complaints that are handled with another one, which is answered for them. Rows are added by the move join and ended by whatever event leads out of the state joined.';
COMMENT ON COLUMN public.joint.representative IS 'Whether this complainant was chosen to speak for the others; of one main complaint at most five.';

CREATE TABLE public.law (
    code text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    short text NOT NULL,
    issued text NOT NULL,
    valid_from date,
    valid_to date,
    confirmed boolean DEFAULT false NOT NULL,
    by_id bigint,
    made_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT law_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT law_code_check CHECK ((code ~ '^[A-Z][A-Z0-9]{0,11}$'::text)),
    CONSTRAINT law_issued_check CHECK ((char_length(issued) <= 60)),
    CONSTRAINT law_name_check CHECK (((name <> ''::text) AND (char_length(name) <= 100))),
    CONSTRAINT law_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT law_short_check CHECK (((short <> ''::text) AND (char_length(short) <= 30))),
    CONSTRAINT law_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.law IS 'Laws and official documents that decisions stand on, a row a version; the newest of a code holds.';
COMMENT ON COLUMN public.law.issued IS 'By whom, or under which number, it was issued.';
COMMENT ON COLUMN public.law.valid_from IS 'Its first day in force; null where nobody has looked it up yet.';
COMMENT ON COLUMN public.law.confirmed IS 'Somebody held name and days against the official text.';
COMMENT ON COLUMN public.law.by_id IS 'Who made this version at the desk; null of what came with the program.';

CREATE TABLE public.law_article (
    code text NOT NULL,
    version integer NOT NULL,
    law text NOT NULL,
    number text NOT NULL,
    subject text NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    outcomes text[] DEFAULT '{}'::text[] NOT NULL,
    valid_from date,
    valid_to date,
    confirmed boolean DEFAULT false NOT NULL,
    sort integer NOT NULL,
    by_id bigint,
    made_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT law_article_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT law_article_code_check CHECK ((code ~ '^[A-Z][A-Z0-9]{0,11}(-[A-Z0-9]+)*$'::text)),
    CONSTRAINT law_article_number_check CHECK ((char_length(number) <= 40)),
    CONSTRAINT law_article_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT law_article_subject_check CHECK (((subject <> ''::text) AND (char_length(subject) <= 200))),
    CONSTRAINT law_article_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.law_article IS 'Articles of a law, a row a version; the newest of a code holds, as long as its law does.';
COMMENT ON COLUMN public.law_article.law IS 'The code of its law.';
COMMENT ON COLUMN public.law_article.number IS 'As the law writes it, 第九条第一款; empty: the whole document.';
COMMENT ON COLUMN public.law_article.subject IS 'What it is about, in plain words; not its text.';
COMMENT ON COLUMN public.law_article.categories IS 'Of which categories it is a usual basis.';
COMMENT ON COLUMN public.law_article.outcomes IS 'Of which decisions it is a usual basis.';

CREATE TABLE public.letter (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    template text NOT NULL,
    recipient text NOT NULL,
    unit text,
    message_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    done_at timestamp with time zone,
    fault_code text DEFAULT ''::text NOT NULL,
    CONSTRAINT letter_recipient_check CHECK ((recipient ~ '^(complainant|unit|above|desk|member:[1-9][0-9]*)$'::text)),
    CONSTRAINT letter_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'kept'::text, 'sent'::text, 'failed'::text, 'no_address'::text])))
);

COMMENT ON TABLE public.letter IS 'Letters out: a reference to whom and which words; neither an address nor a secret stands here.';
COMMENT ON COLUMN public.letter.recipient IS 'To whom; a member by their number on the roster.';
COMMENT ON COLUMN public.letter.unit IS 'The unit that a letter to a unit goes to, or, of one to the unit above, that one.';
COMMENT ON COLUMN public.letter.created_at IS 'When it goes out: the moment of its event, or the end of that day where an office is told what somebody without a name did.';
COMMENT ON COLUMN public.letter.fault_code IS 'The mail server''s status code only: its sentence would quote addresses.';

ALTER TABLE public.letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.likeness (
    matter_id bigint NOT NULL,
    part text NOT NULL,
    marks bigint[] NOT NULL,
    CONSTRAINT likeness_part_check CHECK ((part = ANY (ARRAY['story'::text, 'answer'::text])))
);

COMMENT ON TABLE public.likeness IS 'By which marks the texts of a matter meet those that are mostly the same; of words that handling units read too.';
COMMENT ON COLUMN public.likeness.part IS 'Which of its texts: what was complained of, or the answer.';

CREATE TABLE public.list_columns (
    staff_id bigint NOT NULL,
    kind text NOT NULL,
    columns text[] NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    CONSTRAINT list_columns_columns_check CHECK (((cardinality(columns) >= 1) AND (cardinality(columns) <= 40)))
);

COMMENT ON TABLE public.list_columns IS 'The columns that a person chose for the list of a register; no row: the usual ones. It holds no matter, and what a reader is not told stands in no column of theirs.';
COMMENT ON COLUMN public.list_columns.columns IS 'By their names; what is not understood any more is left out.';

CREATE TABLE public.login_attempt (
    key bytea NOT NULL,
    tries integer NOT NULL,
    since timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.login_attempt IS 'Guesses at passwords and codes by keyed hash of who guesses at whom, for a quarter of an hour each, swept after an hour, so that guessing is slowed without locking a person out.';

CREATE TABLE public.mail_test (
    id bigint NOT NULL,
    by_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    address text NOT NULL,
    done_at timestamp with time zone,
    code text DEFAULT ''::text NOT NULL,
    CONSTRAINT mail_test_address_check CHECK ((char_length(address) <= 254)),
    CONSTRAINT mail_test_check CHECK (((done_at IS NULL) OR (address = ''::text))),
    CONSTRAINT mail_test_code_check CHECK ((code ~ '^[a-z0-9-]{0,40}$'::text))
);

COMMENT ON TABLE public.mail_test IS 'Test letters: who had one sent, when, and what the mail server said.';
COMMENT ON COLUMN public.mail_test.address IS 'Where it goes, until it went or did not.';
COMMENT ON COLUMN public.mail_test.code IS 'Where the conversation ended and with which code; empty with done_at: it was taken.';

ALTER TABLE public.mail_test ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.mail_test_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.matter (
    id bigint NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    state text NOT NULL,
    unit text,
    category text,
    title text NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    due_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    seq bigint NOT NULL,
    head bytea NOT NULL,
    phase smallint NOT NULL,
    meant text[] DEFAULT '{}'::text[] NOT NULL,
    named text[] DEFAULT '{}'::text[] NOT NULL,
    persons bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    follows bigint,
    salt bytea DEFAULT uuid_send(gen_random_uuid()) NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL
);

COMMENT ON TABLE public.matter IS 'Everything that moves by a move table, of any kind; details stand in a table per kind on the same key.';
COMMENT ON COLUMN public.matter.unit IS 'Whom it is about; null is 待定.';
COMMENT ON COLUMN public.matter.flags IS 'Facts that open or bar moves; named in the move tables.';
COMMENT ON COLUMN public.matter.due_at IS 'The nearest due time of its running clocks, infinity when none runs; kept by the engine for the lists.';
COMMENT ON COLUMN public.matter.seq IS 'Number of its newest event; head is that event''s hash, so a cut-off tail is found.';
COMMENT ON COLUMN public.matter.phase IS 'Of its state: see matter_state. The lists walk one phase by due date.';
COMMENT ON COLUMN public.matter.meant IS 'The units that the words for the accused may mean, while not released. They do not have it while anybody else can.';
COMMENT ON COLUMN public.matter.named IS 'The units that were chosen or settled and not released: they never have it. From matter_bar, as meant and persons, for what reads many.';
COMMENT ON COLUMN public.matter.persons IS 'The people whose names the words hold, or who recused themselves, while not released: as meant.';
COMMENT ON COLUMN public.matter.follows IS 'The matter that this one was opened from: who is kept from that one is kept from this.';
COMMENT ON COLUMN public.matter.salt IS 'Of the digests in binding. Empty after an erasure: what they were of can be guessed no more.';
COMMENT ON COLUMN public.matter.facets IS 'column=value of the details of its register, and the same with its phase before it; kept by triggers';

CREATE TABLE public.matter_bar (
    id bigint NOT NULL,
    matter_id bigint NOT NULL,
    unit text,
    staff_id bigint,
    how text NOT NULL,
    seq bigint NOT NULL,
    released_seq bigint,
    CONSTRAINT matter_bar_check CHECK ((((unit IS NULL) = (how = ANY (ARRAY['named'::text, 'declared'::text]))) AND ((staff_id IS NULL) = (how <> ALL (ARRAY['named'::text, 'declared'::text]))))),
    CONSTRAINT matter_bar_how_check CHECK ((how = ANY (ARRAY['chosen'::text, 'settled'::text, 'meant'::text, 'named'::text, 'declared'::text])))
);

COMMENT ON TABLE public.matter_bar IS 'Who may not have a matter: units once named on it, people whose name or login its words hold, and people who recused themselves. Rows are written by triggers and never removed; a second person may release one, once.';
COMMENT ON COLUMN public.matter_bar.how IS 'chosen: as it came in; settled: by the desk later; meant: the words for it may mean this unit; named: the words hold this person; declared: this person recused themselves.';
COMMENT ON COLUMN public.matter_bar.seq IS 'The newest event when it was named.';

ALTER TABLE public.matter_bar ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.matter_bar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.matter_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.matter_id OWNED BY public.matter.id;

CREATE TABLE public.matter_kind (
    kind text NOT NULL,
    relation text NOT NULL,
    members text[] DEFAULT '{}'::text[] NOT NULL,
    member_opens text,
    member_flags text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT matter_kind_members_check CHECK ((members <@ '{npc_deputy,cppcc_member,media}'::text[])),
    CONSTRAINT matter_kind_relation_check CHECK ((relation = ANY (ARRAY['accused'::text, 'owner'::text, 'none'::text])))
);

COMMENT ON TABLE public.matter_kind IS 'The kinds of matters; the move tables have the same, held by a test.';
COMMENT ON COLUMN public.matter_kind.relation IS 'What the unit of a matter is to it. accused: it is about that unit, which is barred from it; owner: that unit works on it; none: it has no unit, or one that says nothing.';
COMMENT ON COLUMN public.matter_kind.members IS 'The kinds of members who have part in such matters.';
COMMENT ON COLUMN public.matter_kind.member_opens IS 'The state in which a member opens one; null where none does.';
COMMENT ON COLUMN public.matter_kind.member_flags IS 'The flags that the moves of members write.';

CREATE TABLE public.matter_look (
    matter_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT matter_look_seq_check CHECK ((seq >= 0))
);

COMMENT ON TABLE public.matter_look IS 'When each person last had a matter open at the desk, and up to which of its events: for the marks of a list. Of each person no more than the last time, for two years.';
COMMENT ON COLUMN public.matter_look.seq IS 'The newest event that the page held.';

CREATE TABLE public.matter_reader (
    kind text NOT NULL,
    role text NOT NULL,
    flags text[],
    consented boolean DEFAULT false NOT NULL,
    CONSTRAINT matter_reader_flags_check CHECK ((flags <> '{}'::text[]))
);

COMMENT ON TABLE public.matter_reader IS 'Of which kinds a role reads that neither settles, leads nor audits; the declarations of the registers have the same, held by a test.';
COMMENT ON COLUMN public.matter_reader.flags IS 'Only matters with one of these flags; null is all of the kind that the person may know of.';
COMMENT ON COLUMN public.matter_reader.consented IS 'Only while whoever it is from wants it published (release_open).';

CREATE TABLE public.matter_state (
    kind text NOT NULL,
    state text NOT NULL,
    phase smallint NOT NULL,
    CONSTRAINT matter_state_phase_check CHECK (((phase >= 1) AND (phase <= 3)))
);

COMMENT ON TABLE public.matter_state IS 'The states of each kind; the move tables have the same, held by a test.';
COMMENT ON COLUMN public.matter_state.phase IS '1 under way, 2 waiting for an outsider, whose date it is and not the office''s, 3 over.';

CREATE TABLE public.member (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    congress_session text DEFAULT ''::text NOT NULL,
    credential_number text DEFAULT ''::text NOT NULL,
    outlet text DEFAULT ''::text NOT NULL,
    valid_from date DEFAULT '2000-01-01'::date NOT NULL,
    valid_to date,
    delegation text DEFAULT ''::text NOT NULL,
    ended_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT member_ended CHECK (((ended_why = ''::text) OR (valid_to IS NOT NULL))),
    CONSTRAINT member_kind_check CHECK ((kind = ANY (ARRAY['npc_deputy'::text, 'cppcc_member'::text, 'media'::text]))),
    CONSTRAINT member_name_check CHECK ((name <> ''::text))
);

COMMENT ON TABLE public.member IS 'Roster of deputies, committee members and journalists against which a filing is matched; the portal may only ask yes or no.';
COMMENT ON COLUMN public.member.delegation IS 'A deputy''s delegation (代表团), a committee member''s sector (界别).';
COMMENT ON COLUMN public.member.ended_why IS 'Why the term ended on valid_to; empty where it has not, or ran out with the congress.';

CREATE TABLE public.member_account (
    member_id bigint NOT NULL,
    mailbox bytea NOT NULL,
    mailbox_mac bytea NOT NULL,
    code_mac bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    served_online_at timestamp with time zone
);

COMMENT ON TABLE public.member_account IS 'An account of somebody on the roster, admitted at the desk. It ends with the term there by itself.';
COMMENT ON COLUMN public.member_account.mailbox IS 'Sealed to the office; the worker opens it while it sends.';
COMMENT ON COLUMN public.member_account.mailbox_mac IS 'Keyed hash by which a typed address is found.';
COMMENT ON COLUMN public.member_account.code_mac IS 'Keyed hash of the login code, which is on the slip of the admission and nowhere else.';
COMMENT ON COLUMN public.member_account.changed_at IS 'When the desk last changed it; links and sessions of before open nothing.';
COMMENT ON COLUMN public.member_account.served_online_at IS 'Since when they agree that answers are served on the portal; null while they do not.';

CREATE TABLE public.member_act (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    member_id bigint NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT member_act_act_check CHECK ((act = ANY (ARRAY['admit'::text, 'code'::text, 'mailbox'::text, 'factor'::text, 'close'::text]))),
    CONSTRAINT member_act_reason_check CHECK ((reason <> ''::text))
);

COMMENT ON TABLE public.member_act IS 'What was done to such an account; only ever added to.';

ALTER TABLE public.member_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.member_factor ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_factor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_guess (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    member_id bigint,
    way text NOT NULL,
    step bigint,
    CONSTRAINT member_guess_way_check CHECK ((way = ANY (ARRAY['link'::text, 'code'::text, 'own'::text])))
);

COMMENT ON TABLE public.member_guess IS 'A guess at a second factor, written before it is looked at. There is a row for a login code that is nobody''s, too: to guess costs the same.';
COMMENT ON COLUMN public.member_guess.way IS 'By a mailed link, by login code and authenticator, or logged in. Each is counted by itself, so that whoever reads a mailbox does not shut out the holder of the slip.';
COMMENT ON COLUMN public.member_guess.step IS 'The time step of the code, when it was right; null where it was wrong.';

ALTER TABLE public.member_guess ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_guess_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.member ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_login (
    ref text NOT NULL,
    member_id bigint,
    asked_at timestamp with time zone NOT NULL,
    token_hash bytea,
    expires_at timestamp with time zone,
    wrong integer DEFAULT 0 NOT NULL,
    used_at timestamp with time zone,
    sent_at timestamp with time zone,
    CONSTRAINT member_login_ref_check CHECK ((ref ~ '^[0-9a-f]{32}$'::text))
);

COMMENT ON TABLE public.member_login IS 'A link that was asked for. There is a row for an address that nobody has, too: to ask costs the same.';
COMMENT ON COLUMN public.member_login.token_hash IS 'Of the link. The worker draws it while it sends and keeps it nowhere else.';
COMMENT ON COLUMN public.member_login.wrong IS 'Wrong second factors; five use the link up.';
COMMENT ON COLUMN public.member_login.sent_at IS 'When its letter went out, or was about to; a job that comes again then sends nothing. Null again after a try that failed.';

CREATE TABLE public.press_lead (
    matter_id bigint NOT NULL,
    member_id bigint NOT NULL,
    name text NOT NULL,
    outlet text NOT NULL,
    unit text,
    known text NOT NULL,
    wanted_by date,
    embargo_from date,
    CONSTRAINT press_lead_known_check CHECK ((known <> ''::text)),
    CONSTRAINT press_lead_name_check CHECK ((name <> ''::text)),
    CONSTRAINT press_lead_outlet_check CHECK ((outlet <> ''::text))
);

COMMENT ON TABLE public.press_lead IS 'A lead as its journalist lodged it.';
COMMENT ON COLUMN public.press_lead.member_id IS 'The journalist, on the roster.';
COMMENT ON COLUMN public.press_lead.name IS 'What they were called on that day, as outlet is for whom they worked.';
COMMENT ON COLUMN public.press_lead.unit IS 'The unit that it concerns; null where none is named. Whoever is asked is the matter''s unit.';
COMMENT ON COLUMN public.press_lead.known IS 'What the journalist knows: for the supervising office alone, since it may lead to a source.';
COMMENT ON COLUMN public.press_lead.wanted_by IS 'By when the journalist would like to have a statement; it informs and is no term.';
COMMENT ON COLUMN public.press_lead.embargo_from IS 'Since when an embargo was agreed on; its last day is the clock''s.';

CREATE TABLE public.proposal_leaving (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL
);

COMMENT ON TABLE public.proposal_leaving IS 'Which of its signers has withdrawn, by which move.';

CREATE TABLE public.proposal_signer (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    name text NOT NULL,
    member_id bigint,
    CONSTRAINT proposal_signer_name_check CHECK ((name <> ''::text)),
    CONSTRAINT proposal_signer_no_check CHECK ((no > 0))
);

COMMENT ON TABLE public.proposal_signer IS 'Who signed it, the first of them as the lead.';
COMMENT ON COLUMN public.proposal_signer.member_id IS 'Who that is on the roster; null for a name that it has not.';

CREATE VIEW public.member_part AS
 SELECT s.matter_id,
    s.member_id,
        CASE
            WHEN (s.no = ( SELECT min(o.no) AS min
               FROM public.proposal_signer o
              WHERE ((o.matter_id = s.matter_id) AND (NOT (EXISTS ( SELECT
                       FROM public.proposal_leaving l
                      WHERE ((l.matter_id = o.matter_id) AND (l.no = o.no)))))))) THEN 'lead'::text
            ELSE 'joint'::text
        END AS part
   FROM public.proposal_signer s
  WHERE ((s.member_id IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM public.proposal_leaving l
          WHERE ((l.matter_id = s.matter_id) AND (l.no = s.no))))))
UNION ALL
 SELECT i.matter_id,
    i.member_id,
    i.part
   FROM public.invitee_part i
  WHERE (i.member_id IS NOT NULL)
UNION ALL
 SELECT l.matter_id,
    l.member_id,
    'journalist'::text AS part
   FROM public.press_lead l
UNION ALL
 SELECT b.matter_id,
    b.member_id,
    'lead'::text AS part
   FROM public.bundle b;

COMMENT ON VIEW public.member_part IS 'Who of the roster has part in which matter, and as what: a branch for each register that has members.';

CREATE VIEW public.member_reached AS
 SELECT p.matter_id,
    p.member_id,
    p.part,
    (a.served_online_at IS NOT NULL) AS online
   FROM ((public.member_part p
     JOIN public.member_account a ON ((a.member_id = p.member_id)))
     JOIN public.member m ON ((m.id = p.member_id)))
  WHERE ((a.closed_at IS NULL) AND ((((now() AT TIME ZONE 'Asia/Shanghai'::text))::date >= m.valid_from) AND (((now() AT TIME ZONE 'Asia/Shanghai'::text))::date <= COALESCE(m.valid_to, 'infinity'::date))));

CREATE TABLE public.member_session (
    token_hash bytea NOT NULL,
    member_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    way text DEFAULT 'link'::text NOT NULL,
    CONSTRAINT member_session_way_check CHECK ((way = ANY (ARRAY['link'::text, 'code'::text])))
);

COMMENT ON TABLE public.member_session IS 'A browser in which a deputy is logged in: half an hour after the last look, twelve hours at most.';
COMMENT ON COLUMN public.member_session.way IS 'By a mailed link, or by login code and authenticator.';

CREATE TABLE public.notice (
    id bigint NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    issuer text DEFAULT ''::text NOT NULL,
    number text DEFAULT ''::text NOT NULL,
    addressee text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    paper text DEFAULT ''::text NOT NULL,
    digest text DEFAULT ''::text NOT NULL,
    document_id bigint,
    matter_id bigint,
    unit text,
    published_at timestamp with time zone NOT NULL,
    until date,
    taken_down_at timestamp with time zone,
    taken_down_reason text DEFAULT ''::text NOT NULL,
    also text DEFAULT ''::text NOT NULL,
    CONSTRAINT notice_body_check CHECK ((body <> ''::text)),
    CONSTRAINT notice_check CHECK (((paper = ''::text) = (digest = ''::text))),
    CONSTRAINT notice_check1 CHECK (((taken_down_at IS NULL) = (taken_down_reason = ''::text))),
    CONSTRAINT notice_digest_check CHECK ((digest ~ '^([0-9a-f]{64})?$'::text)),
    CONSTRAINT notice_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'circular'::text, 'policy'::text, 'warning'::text, 'proposal'::text, 'statement'::text]))),
    CONSTRAINT notice_term CHECK ((until >= ((published_at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
    CONSTRAINT notice_title_check CHECK ((title <> ''::text)),
    CONSTRAINT notice_warning_ends CHECK (((kind <> 'warning'::text) OR ((unit IS NOT NULL) AND (until IS NOT NULL))))
);

COMMENT ON TABLE public.notice IS 'What is or was published. The row stays as the record when its term is over; the public then reads a tombstone only.';
COMMENT ON COLUMN public.notice.body IS 'One paragraph to a line.';
COMMENT ON COLUMN public.notice.paper IS 'The frozen document, byte for byte what digest (SHA-256) was taken of; empty when there is none.';
COMMENT ON COLUMN public.notice.document_id IS 'The numbered document it publishes.';
COMMENT ON COLUMN public.notice.unit IS 'Whom it concerns: it stands in that unit''s public record for its term.';
COMMENT ON COLUMN public.notice.until IS 'The last day it is shown, in Chinese time; null is until it is taken down.';
COMMENT ON COLUMN public.notice.taken_down_reason IS 'For the record; never public.';
COMMENT ON COLUMN public.notice.also IS 'What the office says beside the paper, one paragraph to a line.';

ALTER TABLE public.notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.notice_public WITH (security_barrier='true') AS
 SELECT n.id,
    n.kind,
    n.title,
    n.issuer,
    n.number,
    n.addressee,
    n.body,
    n.paper,
    n.digest,
    n.unit,
    n.published_at,
    n.until,
    n.also,
    ( SELECT ((d.signed_at AT TIME ZONE 'Asia/Shanghai'::text))::date AS timezone
           FROM public.document d
          WHERE (d.id = n.document_id)) AS signed_on
   FROM public.notice n
  WHERE ((n.published_at <= now()) AND (n.taken_down_at IS NULL) AND ((n.until IS NULL) OR (n.until >= ((now() AT TIME ZONE 'Asia/Shanghai'::text))::date)));

COMMENT ON VIEW public.notice_public IS 'Notices within their term; the query itself ends a publication by date.';

CREATE VIEW public.notice_tombstone WITH (security_barrier='true') AS
 SELECT notice.id,
    LEAST(((notice.taken_down_at AT TIME ZONE 'Asia/Shanghai'::text))::date, (notice.until + 1)) AS ended_on
   FROM public.notice
  WHERE ((notice.published_at <= now()) AND ((notice.taken_down_at IS NOT NULL) OR (notice.until < ((now() AT TIME ZONE 'Asia/Shanghai'::text))::date)));

COMMENT ON VIEW public.notice_tombstone IS 'What is left in public of a notice that has ended: its number and the day.';

CREATE TABLE public.office_form (
    token_hash bytea NOT NULL,
    action text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT office_form_action_check CHECK ((action <> ''::text))
);

COMMENT ON TABLE public.office_form IS 'A form that was carried out on the office itself; only the hash of its 128 random bits is kept.';

CREATE TABLE public.office_key (
    purpose text NOT NULL,
    id text NOT NULL,
    mark bytea NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT office_key_id_check CHECK ((id ~ '^[0-9a-f]{8}$'::text)),
    CONSTRAINT office_key_mark_check CHECK ((length(mark) = 32)),
    CONSTRAINT office_key_purpose_check CHECK ((purpose = ANY (ARRAY['identity'::text, 'office event'::text, 'portal event'::text, 'second factor'::text, 'code'::text])))
);

COMMENT ON TABLE public.office_key IS 'The keys that belong to this office, by their ids and a check value that says nothing about them. Filled by the first start; later only by zhengxin keys accept.';
COMMENT ON COLUMN public.office_key.mark IS 'A hash of the public key, or an HMAC under the secret one: an id of eight digits alone could be met by trying.';

CREATE TABLE public.old_record (
    matter_id bigint NOT NULL,
    number text DEFAULT ''::text NOT NULL,
    closed_on date,
    finding text,
    decision text,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT old_record_answered CHECK (((closed_on IS NOT NULL) OR ((finding IS NULL) AND (decision IS NULL) AND (answer = ''::text)))),
    CONSTRAINT old_record_decision_check CHECK ((decision = ANY (ARRAY['support'::text, 'partial'::text, 'explain'::text, 'not_support'::text]))),
    CONSTRAINT old_record_finding_check CHECK ((finding = ANY (ARRAY['substantiated'::text, 'mostly'::text, 'partially'::text, 'unsubstantiated'::text, 'unverifiable'::text])))
);

COMMENT ON TABLE public.old_record IS 'What the records of another system say of an imported complaint. Its answer is not one of ours: nobody here drafted or sent it, and no figure counts it.';
COMMENT ON COLUMN public.old_record.number IS 'What the other system called it; empty where it had none.';
COMMENT ON COLUMN public.old_record.closed_on IS 'The day on which it was closed there; null where it was imported to be worked on here.';
COMMENT ON COLUMN public.old_record.answer IS 'The answer as it was given then, one text.';

CREATE TABLE public.opening_budget (
    valid_from date NOT NULL,
    per_hour integer NOT NULL,
    per_day integer NOT NULL,
    same_reason integer NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    CONSTRAINT opening_budget_check CHECK ((per_day >= per_hour)),
    CONSTRAINT opening_budget_check1 CHECK ((closes > opens)),
    CONSTRAINT opening_budget_per_hour_check CHECK ((per_hour > 0)),
    CONSTRAINT opening_budget_same_reason_check CHECK ((same_reason > 1))
);

COMMENT ON TABLE public.opening_budget IS 'How many identities one person opens in an hour and in 24 hours, and when the office works; the newest row in force counts. The owner''s alone: who is bounded does not raise the bound.';
COMMENT ON COLUMN public.opening_budget.same_reason IS 'From which opening on, with the same words within 30 days, the auditor is told.';

CREATE TABLE public.outside_body (
    code text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    alias text[] DEFAULT '{}'::text[] NOT NULL,
    purpose text NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    contact text NOT NULL,
    valid_from date,
    valid_to date,
    confirmed boolean DEFAULT false NOT NULL,
    by_id bigint,
    made_at timestamp with time zone,
    reason text NOT NULL,
    CONSTRAINT outside_body_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT outside_body_code_check CHECK ((code ~ '^B[0-9]{1,6}$'::text)),
    CONSTRAINT outside_body_contact_check CHECK ((char_length(contact) <= 200)),
    CONSTRAINT outside_body_name_check CHECK (((name <> ''::text) AND (char_length(name) <= 60))),
    CONSTRAINT outside_body_purpose_check CHECK ((char_length(purpose) <= 200)),
    CONSTRAINT outside_body_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT outside_body_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.outside_body IS 'Bodies outside the office, a row a version; the newest of a code holds.';
COMMENT ON COLUMN public.outside_body.purpose IS 'What it is for, in plain words.';
COMMENT ON COLUMN public.outside_body.contact IS 'Address and telephone, as the complainant reads them.';
COMMENT ON COLUMN public.outside_body.confirmed IS 'Somebody asked the body itself.';

CREATE TABLE public.passed (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    of_id bigint NOT NULL,
    of_seq bigint NOT NULL,
    words text NOT NULL,
    guarded boolean NOT NULL
);

COMMENT ON TABLE public.passed IS 'What became of words that were added to a complaint after it was split, and of the part that was taken back: which part has them, or that none needs them.';
COMMENT ON COLUMN public.passed.words IS 'What of them a part was given; empty where a part began with them, or none needs them.';
COMMENT ON COLUMN public.passed.guarded IS 'They were told to the supervising desk alone: see supplement.guarded.';

CREATE TABLE public.pause_ground (
    code text NOT NULL,
    title text NOT NULL,
    rules text[] NOT NULL,
    longest integer NOT NULL,
    basis text NOT NULL,
    confidence text NOT NULL,
    sort integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT pause_ground_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT pause_ground_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT pause_ground_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text, 'design'::text]))),
    CONSTRAINT pause_ground_longest_check CHECK ((longest > 0)),
    CONSTRAINT pause_ground_rules_check CHECK ((cardinality(rules) > 0)),
    CONSTRAINT pause_ground_title_check CHECK ((title <> ''::text))
);

COMMENT ON TABLE public.pause_ground IS 'For what a term may stand still, of which rules and how long at most in natural days; nothing else pauses one.';
COMMENT ON COLUMN public.pause_ground.rules IS 'The codes of the rules that it pauses; a statutory term only where its own law says so.';

CREATE TABLE public.present (
    one boolean DEFAULT true NOT NULL,
    within interval NOT NULL,
    CONSTRAINT present_one_check CHECK (one),
    CONSTRAINT present_within_check CHECK ((within > '00:00:00'::interval))
);

COMMENT ON TABLE public.present IS 'How far the time of a staff event may be from the database''s own; one row, the owner''s alone.';

CREATE TABLE public.press_publication (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    title text NOT NULL,
    outlet text NOT NULL,
    appeared_on date NOT NULL,
    link text NOT NULL,
    dropped boolean DEFAULT false NOT NULL,
    CONSTRAINT press_publication_link_check CHECK (((link = ''::text) OR (link ~~ 'https://%'::text))),
    CONSTRAINT press_publication_no_check CHECK ((no > 0)),
    CONSTRAINT press_publication_outlet_check CHECK ((outlet <> ''::text)),
    CONSTRAINT press_publication_title_check CHECK ((title <> ''::text))
);

COMMENT ON TABLE public.press_publication IS 'Where it appeared, as the journalist notes; the newest row of a number holds.';
COMMENT ON COLUMN public.press_publication.dropped IS 'The journalist has taken the note back.';

CREATE TABLE public.press_question (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    said text NOT NULL,
    CONSTRAINT press_question_no_check CHECK ((no > 0)),
    CONSTRAINT press_question_said_check CHECK ((said <> ''::text))
);

COMMENT ON TABLE public.press_question IS 'What a unit is asked, by the event that asked it.';

CREATE TABLE public.press_statement (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    version integer NOT NULL,
    drafted_by bigint NOT NULL,
    unit text NOT NULL,
    body text NOT NULL,
    contact text NOT NULL,
    CONSTRAINT press_statement_body_check CHECK ((body <> ''::text)),
    CONSTRAINT press_statement_contact_check CHECK ((contact <> ''::text)),
    CONSTRAINT press_statement_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.press_statement IS 'Drafts of the statement, one row a version, never changed; the signed one is the document.';
COMMENT ON COLUMN public.press_statement.contact IS 'Whom to call about it: name and telephone of the unit.';

CREATE TABLE public.promise (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    unit text NOT NULL,
    due_on date NOT NULL,
    what text DEFAULT ''::text NOT NULL,
    CONSTRAINT promise_no_check CHECK ((no > 0)),
    CONSTRAINT promise_what_check CHECK ((char_length(what) <= 300))
);

COMMENT ON TABLE public.promise IS 'A date promised, by the event that promised it; the newest of a point that was not made void holds.';
COMMENT ON COLUMN public.promise.no IS 'Which point of its matter was promised.';
COMMENT ON COLUMN public.promise.unit IS 'Who promised.';
COMMENT ON COLUMN public.promise.what IS 'What was promised; empty where the point of its matter says it.';

CREATE TABLE public.promise_doubt (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    promised bigint NOT NULL,
    no integer NOT NULL
);

COMMENT ON TABLE public.promise_doubt IS 'To whom it was promised says that it was not kept, though the unit says so. Their words are a supplement.';

CREATE TABLE public.promise_line (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    what text NOT NULL,
    due_on date NOT NULL,
    CONSTRAINT promise_line_no_check CHECK ((no > 0)),
    CONSTRAINT promise_line_what_check CHECK (((what <> ''::text) AND (char_length(what) <= 300)))
);

COMMENT ON TABLE public.promise_line IS 'What a draft of an answer, or an agreement, would promise, by the event that wrote it down; it is promised once that binds.';

CREATE TABLE public.promise_outcome (
    matter_id bigint NOT NULL,
    promised bigint NOT NULL,
    no integer NOT NULL,
    seq bigint NOT NULL,
    outcome text NOT NULL,
    done_on date,
    words text DEFAULT ''::text NOT NULL,
    evidence text DEFAULT ''::text NOT NULL,
    CONSTRAINT promise_outcome_kept CHECK ((((outcome = 'kept'::text) = (done_on IS NOT NULL)) AND ((outcome <> 'kept'::text) OR ((words <> ''::text) AND (evidence <> ''::text))))),
    CONSTRAINT promise_outcome_outcome_check CHECK ((outcome = ANY (ARRAY['kept'::text, 'ended'::text, 'void'::text, 'unkept'::text, 'upheld'::text])))
);

COMMENT ON TABLE public.promise_outcome IS 'What became of a promise: kept as the unit says, ended with a reason, void with the paper that made it. Where it is doubted that it was kept, the office found that it was not (unkept: it is owed again) or that it was (upheld). Broken is none: that its day passed without one says so.';
COMMENT ON COLUMN public.promise_outcome.promised IS 'The event that made the promise; seq is the one that says this.';

CREATE VIEW public.promise_result WITH (security_invoker='true') AS
 SELECT o.matter_id,
    o.promised,
    o.no,
    o.seq,
    o.outcome,
    o.done_on,
    o.words,
    o.evidence
   FROM public.promise_outcome o
  WHERE ((o.outcome = ANY (ARRAY['kept'::text, 'ended'::text, 'void'::text])) AND (NOT (EXISTS ( SELECT
           FROM public.promise_outcome l
          WHERE ((l.matter_id = o.matter_id) AND (l.promised = o.promised) AND (l.no = o.no) AND (l.seq > o.seq) AND (l.outcome <> 'upheld'::text))))));

COMMENT ON VIEW public.promise_result IS 'What became of each promise, as it holds now; none where it is still owed.';

CREATE TABLE public.proposal (
    matter_id bigint NOT NULL,
    source text NOT NULL,
    term integer NOT NULL,
    meeting integer,
    serial integer NOT NULL,
    designation text NOT NULL,
    content text NOT NULL,
    part_of bigint,
    CONSTRAINT proposal_content_check CHECK ((content <> ''::text)),
    CONSTRAINT proposal_designation_check CHECK ((designation <> ''::text)),
    CONSTRAINT proposal_meeting CHECK (((meeting IS NULL) = (source = 'npc_interim'::text))),
    CONSTRAINT proposal_meeting_check CHECK (((meeting >= 1) AND (meeting <= 99))),
    CONSTRAINT proposal_serial_check CHECK (((serial >= 1) AND (serial <= 9999))),
    CONSTRAINT proposal_source_check CHECK ((source = ANY (ARRAY['npc'::text, 'npc_interim'::text, 'cppcc'::text]))),
    CONSTRAINT proposal_term_check CHECK (((term >= 1) AND (term <= 99)))
);

COMMENT ON TABLE public.proposal IS 'A proposal as its body handed it over.';
COMMENT ON COLUMN public.proposal.source IS 'npc a deputy''s at a session (代表建议), npc_interim between two (闭会建议), cppcc a committee''s (政协提案).';
COMMENT ON COLUMN public.proposal.term IS 'Which congress or committee, 届; meeting is which of its sessions, 次.';
COMMENT ON COLUMN public.proposal.designation IS 'What it is called officially, as the setting had it on that day.';
COMMENT ON COLUMN public.proposal.part_of IS 'The proposal of which this one is a part that a unit answers by itself (分办).';

CREATE TABLE public.proposal_answer (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    version integer NOT NULL,
    drafted_by bigint NOT NULL,
    unit text NOT NULL,
    summary text NOT NULL,
    contact text NOT NULL,
    CONSTRAINT proposal_answer_contact_check CHECK ((contact <> ''::text)),
    CONSTRAINT proposal_answer_summary_check CHECK ((summary <> ''::text)),
    CONSTRAINT proposal_answer_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.proposal_answer IS 'Drafts of the answer, one row a version, never changed; the signed one is the document.';
COMMENT ON COLUMN public.proposal_answer.contact IS 'Whom to call about it: name and telephone of the unit.';

CREATE TABLE public.proposal_answer_point (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    no integer NOT NULL,
    class text NOT NULL,
    reply text NOT NULL,
    promised_on date,
    CONSTRAINT proposal_answer_point_class_check CHECK ((class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text]))),
    CONSTRAINT proposal_answer_point_reply_check CHECK ((reply <> ''::text)),
    CONSTRAINT proposal_promise CHECK (((class = 'B'::text) = (promised_on IS NOT NULL)))
);

COMMENT ON TABLE public.proposal_answer_point IS 'What an answer says to each point: A solved or adopted, B under way or planned with the day by which, C not possible now.';

CREATE TABLE public.proposal_feedback (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    attitude text NOT NULL,
    result text NOT NULL,
    consent text NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    CONSTRAINT proposal_feedback_attitude_check CHECK ((attitude = ANY (ARRAY['satisfied'::text, 'basic'::text, 'dissatisfied'::text]))),
    CONSTRAINT proposal_feedback_consent_check CHECK ((consent = ANY (ARRAY['full'::text, 'outcome'::text, 'none'::text]))),
    CONSTRAINT proposal_feedback_result_check CHECK ((result = ANY (ARRAY['satisfied'::text, 'basic'::text, 'dissatisfied'::text])))
);

COMMENT ON TABLE public.proposal_feedback IS 'What its signers say of the answer, once a round: of how it was handled, of what came of it, and whether it may be published.';

CREATE TABLE public.proposal_point (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    said text NOT NULL,
    CONSTRAINT proposal_point_no_check CHECK (((no >= 1) AND (no <= 12))),
    CONSTRAINT proposal_point_said_check CHECK ((said <> ''::text))
);

COMMENT ON TABLE public.proposal_point IS 'What a proposal asks for, point by point; a part keeps the numbers that its points have in the whole.';

CREATE VIEW public.release_open WITH (security_invoker='true') AS
 SELECT n.matter_id,
    n.action,
    n.at
   FROM ( SELECT DISTINCT ON (e.matter_id) e.matter_id,
            e.action,
            e.at
           FROM public.event e
          WHERE ((e.action = ANY (ARRAY['allow_release'::text, 'end_release'::text, 'decline_release'::text, 'write_release'::text, 'return_release'::text, 'approve_release'::text, 'agree_release'::text, 'refuse_release'::text, 'publish_release'::text, 'take_down_release'::text])) AND ((e.actor = 'complainant'::text) = (e.action = ANY (ARRAY['allow_release'::text, 'end_release'::text, 'agree_release'::text, 'refuse_release'::text]))))
          ORDER BY e.matter_id, e.seq DESC) n
  WHERE (n.action <> ALL (ARRAY['end_release'::text, 'decline_release'::text]));

COMMENT ON VIEW public.release_open IS 'Which complaints their complainants want published, as it stands, and what was done last about it.';

CREATE TABLE public.release_text (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    matter_id bigint NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    written_by bigint NOT NULL,
    answered integer NOT NULL,
    category text NOT NULL,
    unit text NOT NULL,
    title text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    CONSTRAINT release_text_answer_check CHECK ((answer <> ''::text)),
    CONSTRAINT release_text_question_check CHECK ((question <> ''::text)),
    CONSTRAINT release_text_title_check CHECK ((title <> ''::text)),
    CONSTRAINT release_text_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.release_text IS 'What is published of a complaint or was to be: written anew by a publisher, each version by its event. The newest is what is approved and shown.';
COMMENT ON COLUMN public.release_text.id IS 'Its address in public, by which neither its complaint nor how many there are is guessed.';
COMMENT ON COLUMN public.release_text.answered IS 'The version of the answer that it tells of: where another was sent since, it is shown no more.';
COMMENT ON COLUMN public.release_text.unit IS 'With the category what the text was written for: changed since, it is shown no more.';

CREATE TABLE public.request (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    by_unit text,
    CONSTRAINT request_kind_check CHECK ((kind = ANY (ARRAY['supplement'::text, 'question'::text, 'assist'::text, 'consult'::text]))),
    CONSTRAINT request_no_check CHECK ((no > 0))
);

COMMENT ON TABLE public.request IS 'What is asked of whoever a matter is from, by the event that asked or proposed it: a supplement before it is taken up, a question while a unit works. Of another unit (assist, consult) a matter has what was proposed, and the inquiry that follows it what is asked.';
COMMENT ON COLUMN public.request.by_unit IS 'The unit that proposed it; null where the desk asks by itself.';

CREATE TABLE public.request_answer (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    item integer NOT NULL,
    seq bigint NOT NULL,
    guarded boolean DEFAULT false NOT NULL
);

COMMENT ON TABLE public.request_answer IS 'Which event answered an item; the words stand with the event.';
COMMENT ON COLUMN public.request_answer.guarded IS 'It was told to the supervising desk alone: no handling unit is to know that it was answered.';

CREATE TABLE public.request_end (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    seq bigint NOT NULL,
    how text NOT NULL,
    CONSTRAINT request_end_how_check CHECK ((how = ANY (ARRAY['refused'::text, 'withdrawn'::text, 'lapsed'::text, 'over'::text, 'taken'::text])))
);

COMMENT ON TABLE public.request_end IS 'That nobody waits for a request any more: the desk did not pass it on, it was withdrawn, its last day passed, the matter has gone on without it, or the desk asks it in a matter of its own (taken). What is wholly answered needs none.';

CREATE TABLE public.request_item (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    item integer NOT NULL,
    words text NOT NULL,
    CONSTRAINT request_item_item_check CHECK ((item > 0)),
    CONSTRAINT request_item_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.request_item IS 'One thing that a request asks for.';

CREATE TABLE public.request_put (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    seq bigint NOT NULL,
    last_on date
);

COMMENT ON TABLE public.request_put IS 'That a request reached whom it is to, by which event: what a unit proposes does only once the desk passes it on.';
COMMENT ON COLUMN public.request_put.last_on IS 'Its last day, as it was told; null where no rule was in force.';

CREATE TABLE public.request_waiver (
    matter_id bigint NOT NULL,
    no integer NOT NULL,
    item integer NOT NULL,
    seq bigint NOT NULL
);

COMMENT ON TABLE public.request_waiver IS 'By which event an item was needed no more.';

CREATE TABLE public.role (
    code text NOT NULL,
    title text NOT NULL,
    sort integer NOT NULL
);

COMMENT ON TABLE public.role IS 'The ten parts that staff play; what each may do stands in the move tables.';

CREATE TABLE public.saved_view (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    asks text NOT NULL,
    unit text,
    office boolean NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT saved_view_asks_check CHECK ((char_length(asks) <= 1000)),
    CONSTRAINT saved_view_check CHECK (((unit IS NULL) OR (NOT office))),
    CONSTRAINT saved_view_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))
);

COMMENT ON TABLE public.saved_view IS 'A list with its conditions, kept by somebody for themselves, for those of their unit, or for everybody at the desk. It holds no matter: what it shows is asked under the scope of whoever opens it.';
COMMENT ON COLUMN public.saved_view.asks IS 'What the address of the list asks for; what is not understood any more is left out.';
COMMENT ON COLUMN public.saved_view.unit IS 'Whose staff see it, too; null: its owner alone, or everybody where office is set.';

ALTER TABLE public.saved_view ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.saved_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.search_text (
    matter_id bigint NOT NULL,
    body tsvector NOT NULL,
    shared tsvector
);

COMMENT ON TABLE public.search_text IS 'Bigrams of title and text, written by a job after the commit.';
COMMENT ON COLUMN public.search_text.shared IS 'What answers a handling unit, where that is less than body; null where it is the same.';

CREATE TABLE public.setting (
    key text NOT NULL,
    value text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.setting IS 'What this office calls itself and how it is reached; an absent key is shown as 待配置.';

CREATE TABLE public.settlement (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    unit text NOT NULL,
    agreed_on date NOT NULL,
    document text NOT NULL,
    words text NOT NULL,
    CONSTRAINT settlement_document_check CHECK ((document <> ''::text)),
    CONSTRAINT settlement_words_check CHECK ((words <> ''::text))
);

COMMENT ON TABLE public.settlement IS 'An agreement that is reported (信访工作条例 33); what is to be done by when stands in promise_line. It binds nobody until the complainant agrees.';
COMMENT ON COLUMN public.settlement.unit IS 'Who has to see to it: the unit that led the complaint.';

CREATE TABLE public.settlement_step (
    matter_id bigint NOT NULL,
    settled bigint NOT NULL,
    how text NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT settlement_step_how_check CHECK ((how = ANY (ARRAY['put'::text, 'refused'::text, 'agreed'::text, 'declined'::text, 'lapsed'::text, 'over'::text, 'undone'::text])))
);

COMMENT ON TABLE public.settlement_step IS 'What became of an agreement: the desk put it to the complainant or not, who agreed, did not, or said nothing in the term; over when the matter went on without it, undone when what was agreed did not hold.';

CREATE TABLE public.staff_act (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    staff_id bigint NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    change text DEFAULT ''::text NOT NULL,
    CONSTRAINT staff_act_act_check CHECK ((act = ANY (ARRAY['add'::text, 'disable'::text, 'enable'::text, 'reset_second_factor'::text, 'set_password'::text, 'reassign'::text, 'enrol'::text, 'away'::text, 'back'::text]))),
    CONSTRAINT staff_act_by CHECK (
CASE
    WHEN (act = 'enrol'::text) THEN (NOT (by_id IS DISTINCT FROM staff_id))
    WHEN (act = ANY (ARRAY['away'::text, 'back'::text])) THEN (by_id IS NOT NULL)
    ELSE (by_id IS DISTINCT FROM staff_id)
END),
    CONSTRAINT staff_act_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT staff_act_why CHECK (((reason <> ''::text) OR (act = ANY (ARRAY['enrol'::text, 'away'::text, 'back'::text])) OR ((by_id IS NULL) AND (act = 'add'::text))))
);

COMMENT ON TABLE public.staff_act IS 'What was done to an account, by whom and why. It belongs to no matter, so it is in no chain of events: rows are only added, written with the change itself.';
COMMENT ON COLUMN public.staff_act.by_id IS 'Who did it: a sysadmin, of an absence also the person or the head of their unit; null is the operator at the machine, by command. A second factor is bound by whoever has the person''s password.';
COMMENT ON COLUMN public.staff_act.reason IS 'Empty where the operator added an account, whose command asks for none, where a second factor was bound, and of an absence.';
COMMENT ON COLUMN public.staff_act.change IS 'What was and what is now, where the act itself does not say it.';

ALTER TABLE public.staff_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staff_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_bar (
    staff_id bigint NOT NULL,
    unit text NOT NULL,
    until date
);

COMMENT ON TABLE public.staff_bar IS 'The units about which a person may know of no matter: unit_bars() of all their posts. Worked out anew by triggers whenever a post or the tree of units changes, and written by nothing else.';

CREATE TABLE public.staff_called (
    staff_id bigint NOT NULL,
    called text NOT NULL,
    login boolean NOT NULL,
    CONSTRAINT staff_called_called_check CHECK ((char_length(called) >= 2))
);

COMMENT ON TABLE public.staff_called IS 'What each member of staff is called: the name as run_together() gives it, and the login. Rows are only added.';
COMMENT ON COLUMN public.staff_called.login IS 'Found only as a word of its own: a short login stands in many words.';

CREATE TABLE public.staff_device (
    token_hash bytea NOT NULL,
    staff_id bigint NOT NULL,
    place bytea NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    browser uuid DEFAULT gen_random_uuid() NOT NULL
);

COMMENT ON TABLE public.staff_device IS 'Browsers in which a person has logged in with both factors: guesses from one are counted apart from strangers''. It opens nothing; the token itself is only in the cookie.';
COMMENT ON COLUMN public.staff_device.place IS 'Keyed hash of the person and the network address of that login, so that this table tells no address and not who shares one.';
COMMENT ON COLUMN public.staff_device.seen_at IS 'The last login; half a year later the row is swept.';
COMMENT ON COLUMN public.staff_device.browser IS 'What guesses from here at this person are counted under: the token changes whenever anybody logs in here, and a new one would begin a new count.';

ALTER TABLE public.staff ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_pattern (
    one boolean DEFAULT true NOT NULL,
    names text NOT NULL,
    logins text NOT NULL,
    CONSTRAINT staff_pattern_one_check CHECK (one)
);

COMMENT ON TABLE public.staff_pattern IS 'All of staff_called as two patterns: one pass over a text says that it names nobody, which asking for each name took forty times as long.';

CREATE TABLE public.staff_post (
    staff_id bigint NOT NULL,
    unit text NOT NULL,
    left_at timestamp with time zone,
    bars_to date,
    CONSTRAINT staff_post_check CHECK (((left_at IS NULL) = (bars_to IS NULL)))
);

COMMENT ON TABLE public.staff_post IS 'The units that a person belongs or belonged to: each bars them from its matters, a former one for a term. Kept by a trigger on staff; rows are only added and closed.';
COMMENT ON COLUMN public.staff_post.bars_to IS 'The first day on which a former unit bars no more; null while the person is there.';

CREATE TABLE public.staff_session (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    staff_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    second_factor_at timestamp with time zone,
    otp_tries integer DEFAULT 0 NOT NULL,
    totp_pending bytea,
    device text DEFAULT ''::text NOT NULL,
    revoked_at timestamp with time zone
);

COMMENT ON TABLE public.staff_session IS 'Signed-in browsers; the token itself is only in the cookie.';
COMMENT ON COLUMN public.staff_session.second_factor_at IS 'Null is a half session: the password was right, the second factor is still to come.';
COMMENT ON COLUMN public.staff_session.totp_pending IS 'The sealed secret that this half session is about to enrol.';

ALTER TABLE public.staff_session ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staff_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.supplement (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    body text NOT NULL,
    guarded boolean DEFAULT false NOT NULL
);

COMMENT ON TABLE public.supplement IS 'What the complainant added later, in their words; the event says only that they did.';
COMMENT ON COLUMN public.supplement.guarded IS 'For the supervising desk alone: a handling unit neither reads these words nor finds anything by them.';

CREATE TABLE public.synonym (
    purpose text NOT NULL,
    said text NOT NULL,
    means text NOT NULL,
    CONSTRAINT synonym_check CHECK ((said <> means)),
    CONSTRAINT synonym_means_check CHECK (((means <> ''::text) AND (length(means) <= 40))),
    CONSTRAINT synonym_purpose_check CHECK ((purpose = ANY (ARRAY['unit'::text, 'category'::text]))),
    CONSTRAINT synonym_said_check CHECK (((said <> ''::text) AND (length(said) <= 40)))
);

COMMENT ON TABLE public.synonym IS 'What people say for what the tables of units and categories call otherwise. They find it; nobody is taken at their word by it.';
COMMENT ON COLUMN public.synonym.said IS 'The words of people: of a unit what stood or is said in the place of a part of its name.';
COMMENT ON COLUMN public.synonym.means IS 'Of a unit, a part of names of today; of a category, its code.';

CREATE TABLE public.term_decision (
    matter_id bigint NOT NULL,
    asked bigint NOT NULL,
    seq bigint NOT NULL,
    granted boolean NOT NULL
);

COMMENT ON TABLE public.term_decision IS 'What was decided of a request, once; how much was granted stands in clock_span.';

CREATE TABLE public.term_request (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    rule text NOT NULL,
    started_seq bigint NOT NULL,
    unit text NOT NULL,
    kind text NOT NULL,
    count integer DEFAULT 0 NOT NULL,
    until_on date,
    ground text,
    document text DEFAULT ''::text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT term_request_kind_check CHECK ((kind = ANY (ARRAY['extend'::text, 'pause'::text]))),
    CONSTRAINT term_request_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT term_request_says CHECK ((((kind = 'pause'::text) = (until_on IS NOT NULL)) AND ((kind = 'pause'::text) = (ground IS NOT NULL)) AND ((kind = 'pause'::text) = (document <> ''::text)) AND ((kind = 'extend'::text) = (count > 0))))
);

COMMENT ON TABLE public.term_request IS 'That a unit asks for more time, or for a term to stand still. It is open until it is decided, its unit no longer leads or its clock has stopped.';

CREATE TABLE public.text_block (
    code text NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    places text[] NOT NULL,
    categories text[] NOT NULL,
    outcomes text[] NOT NULL,
    articles text[] NOT NULL,
    retired boolean NOT NULL,
    by_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT text_block_body_check CHECK (((body <> ''::text) AND (char_length(body) <= 2000))),
    CONSTRAINT text_block_code_check CHECK ((code ~ '^B[0-9]+$'::text)),
    CONSTRAINT text_block_reason_check CHECK (((reason <> ''::text) AND (char_length(reason) <= 500))),
    CONSTRAINT text_block_title_check CHECK (((title <> ''::text) AND (char_length(title) <= 40))),
    CONSTRAINT text_block_version_check CHECK ((version > 0))
);

COMMENT ON TABLE public.text_block IS 'Blocks of text that people put into what they write, a row a version; the newest of a code holds.';
COMMENT ON COLUMN public.text_block.places IS 'For which texts of which moves it is meant; empty: all.';
COMMENT ON COLUMN public.text_block.categories IS 'For which categories; empty: all.';
COMMENT ON COLUMN public.text_block.outcomes IS 'For which findings, decisions and grounds; empty: all.';
COMMENT ON COLUMN public.text_block.articles IS 'For answers that cite one of these; empty: whatever they cite.';
COMMENT ON COLUMN public.text_block.retired IS 'From this version on it is offered to nobody.';

CREATE TABLE public.transfer (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    body text NOT NULL,
    document text NOT NULL,
    CONSTRAINT transfer_body_check CHECK ((body <> ''::text)),
    CONSTRAINT transfer_document_check CHECK ((document <> ''::text))
);

COMMENT ON TABLE public.transfer IS 'That a complaint was handed on to a body outside, by the event that did it. The bodies that were written before are the directory of them.';

CREATE TABLE public.transfer_receipt (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    transferred bigint NOT NULL,
    received_on date NOT NULL,
    received_by text NOT NULL,
    number text NOT NULL
);

COMMENT ON TABLE public.transfer_receipt IS 'That a body has what was handed on to it: since when, who took it there, and its own number.';

CREATE TABLE public.unit (
    code text NOT NULL,
    name text NOT NULL,
    alias text[] DEFAULT '{}'::text[] NOT NULL,
    kind text NOT NULL,
    parent text,
    region text DEFAULT '410425'::text NOT NULL,
    uscc text,
    complainable boolean DEFAULT true NOT NULL,
    handles boolean DEFAULT true NOT NULL,
    valid_from date DEFAULT '2000-01-01'::date NOT NULL,
    valid_to date,
    successor text,
    confirmed boolean DEFAULT false NOT NULL,
    document_prefix text DEFAULT ''::text NOT NULL,
    mailbox text DEFAULT ''::text NOT NULL,
    CONSTRAINT unit_check CHECK (((parent IS DISTINCT FROM code) AND (successor IS DISTINCT FROM code))),
    CONSTRAINT unit_code_check CHECK ((code ~ '^[0-9A-Z][0-9A-Z-]{1,31}$'::text)),
    CONSTRAINT unit_document_prefix_check CHECK ((document_prefix ~ '^([一-龥]{1,11})?$'::text)),
    CONSTRAINT unit_ends_after_it_begins CHECK ((valid_to >= valid_from)),
    CONSTRAINT unit_kind_check CHECK ((kind = ANY (ARRAY['county_government'::text, 'department'::text, 'party_organ'::text, 'npc'::text, 'cppcc'::text, 'court'::text, 'procuratorate'::text, 'public_institution'::text, 'vertical'::text, 'subdistrict'::text, 'town'::text, 'township'::text, 'ethnic_township'::text, 'office'::text, 'external'::text]))),
    CONSTRAINT unit_mailbox_check CHECK (((mailbox = ''::text) OR (mailbox ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)))
);

COMMENT ON TABLE public.unit IS 'Directory of units as a tree with validity; a reform adds rows and sets successor, it never renames what complaints point at.';
COMMENT ON COLUMN public.unit.complainable IS 'A complaint may name it.';
COMMENT ON COLUMN public.unit.handles IS 'Work may be dispatched to it.';
COMMENT ON COLUMN public.unit.confirmed IS 'The county has confirmed name and code; false is shown as 名称待确认.';
COMMENT ON COLUMN public.unit.document_prefix IS '发文字号的机关代字 of the unit''s own letters; without one they bear the office''s.';
COMMENT ON COLUMN public.unit.mailbox IS 'Where letters to the unit go; empty: they lie in the outbox.';

CREATE TABLE public.unit_act (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    unit text NOT NULL,
    act text NOT NULL,
    since date NOT NULL,
    change text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT unit_act_act_check CHECK ((act = ANY (ARRAY['add'::text, 'correct'::text, 'move'::text, 'rename'::text, 'merge'::text, 'split'::text, 'end'::text, 'conflict'::text, 'release'::text, 'import'::text]))),
    CONSTRAINT unit_act_change_check CHECK ((change <> ''::text)),
    CONSTRAINT unit_act_reason_check CHECK (((reason <> ''::text) AND (char_length(reason) <= 500)))
);

COMMENT ON TABLE public.unit_act IS 'What was changed of a unit, from which day on, by whom and why: a row for each unit that a change touches. Rows are only added, with the change itself.';
COMMENT ON COLUMN public.unit_act.by_id IS 'The sysadmin who did it; null is the operator at the machine, by command.';
COMMENT ON COLUMN public.unit_act.change IS 'What was and what is now, in words.';

ALTER TABLE public.unit_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unit_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.unit_conflict (
    unit text NOT NULL,
    other text NOT NULL,
    reason text NOT NULL,
    declared_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT unit_conflict_check CHECK ((unit <> other)),
    CONSTRAINT unit_conflict_reason_check CHECK ((reason <> ''::text))
);

COMMENT ON TABLE public.unit_conflict IS 'Declared conflicts of interest: neither unit may handle a complaint about the other (信访工作条例 28).';

CREATE TABLE public.unit_tree (
    one boolean DEFAULT true NOT NULL,
    CONSTRAINT unit_tree_one_check CHECK (one)
);

COMMENT ON TABLE public.unit_tree IS 'One row to lock: see share_unit_tree() and lock_unit_tree().';

CREATE TABLE public.unlock (
    token_hash bytea NOT NULL,
    matter_id bigint,
    expires_at timestamp with time zone NOT NULL,
    until timestamp with time zone DEFAULT (now() + '12:00:00'::interval) NOT NULL,
    member_id bigint,
    member_name text DEFAULT ''::text NOT NULL,
    opens text,
    CONSTRAINT unlock_of CHECK ((((matter_id IS NULL) = (opens IS NOT NULL)) AND ((opens IS NULL) OR (member_id IS NOT NULL))))
);

COMMENT ON TABLE public.unlock IS 'A browser that showed number and code may see and move that one matter, until it has not for half an hour.';
COMMENT ON COLUMN public.unlock.until IS 'When it ends at the latest, however much it is used.';
COMMENT ON COLUMN public.unlock.member_id IS 'The member of the roster for whom it was opened; null where somebody showed number and code.';
COMMENT ON COLUMN public.unlock.opens IS 'The kind of matter that the member is about to open.';

CREATE TABLE public.unlock_attempt (
    key bytea NOT NULL,
    tries integer NOT NULL,
    since timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.unlock_attempt IS 'Wrong number-and-code pairs by keyed hash of address and what was typed as the number, kept for one hour.';

CREATE TABLE public.verify_end (
    run_id bigint NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    matters integer NOT NULL,
    events bigint NOT NULL,
    days integer NOT NULL,
    unchecked integer NOT NULL,
    broken integer NOT NULL,
    CONSTRAINT verify_end_check CHECK ((((outcome = 'broken'::text) = (broken > 0)) OR (outcome = 'failed'::text))),
    CONSTRAINT verify_end_outcome_check CHECK ((outcome = ANY (ARRAY['whole'::text, 'broken'::text, 'failed'::text])))
);

COMMENT ON TABLE public.verify_end IS 'How such a run ended: numbers alone, since the sentences name matters. One that was broken off has no row. Rows are only added.';

CREATE TABLE public.verify_run (
    id bigint NOT NULL,
    by_id bigint,
    began_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.verify_run IS 'Each time that everything was held against what was signed. Rows are only added.';
COMMENT ON COLUMN public.verify_run.by_id IS 'Who asked for it at the desk; null is the operator at the machine, by command.';

ALTER TABLE public.verify_run ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.verify_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.warning_draft (
    matter_id bigint NOT NULL,
    seq bigint NOT NULL,
    version integer NOT NULL,
    drafted_by bigint NOT NULL,
    facts text NOT NULL,
    basis text NOT NULL,
    demand text NOT NULL,
    deadline date NOT NULL,
    consequences text NOT NULL,
    tier text NOT NULL,
    months integer NOT NULL,
    CONSTRAINT warning_draft_basis_check CHECK ((basis <> ''::text)),
    CONSTRAINT warning_draft_consequences_check CHECK ((consequences <> ''::text)),
    CONSTRAINT warning_draft_demand_check CHECK ((demand <> ''::text)),
    CONSTRAINT warning_draft_facts_check CHECK ((facts <> ''::text)),
    CONSTRAINT warning_draft_tier_check CHECK ((tier = ANY (ARRAY['minor'::text, 'general'::text, 'severe'::text]))),
    CONSTRAINT warning_term CHECK ((((tier = 'minor'::text) AND ((months >= 0) AND (months <= 3))) OR ((tier = 'general'::text) AND ((months >= 3) AND (months <= 12))) OR ((tier = 'severe'::text) AND ((months >= 12) AND (months <= 36)))))
);

COMMENT ON TABLE public.warning_draft IS 'Drafts of the written warning, one row a version, never changed.';
COMMENT ON COLUMN public.warning_draft.months IS 'Months of publicity within the tier''s bounds (国办发〔2025〕22号); 0 is not public.';

CREATE TABLE public.warning_rung (
    code text NOT NULL,
    days integer NOT NULL,
    valid_from date NOT NULL,
    CONSTRAINT warning_rung_code_check CHECK ((code = ANY (ARRAY['yellow'::text, 'orange'::text, 'red'::text, 'supervise'::text]))),
    CONSTRAINT warning_rung_sides CHECK (
CASE code
    WHEN 'red'::text THEN (days = 0)
    WHEN 'supervise'::text THEN (days < 0)
    ELSE (days > 0)
END)
);

COMMENT ON TABLE public.warning_rung IS 'From how many working days before the last day of a term on, or after it (negative), each rung of the ladder is reached; the newest row in force counts. None is red before it is over.';

CREATE TABLE public.watch_count (
    day date NOT NULL,
    what text NOT NULL,
    n integer NOT NULL,
    CONSTRAINT watch_count_n_check CHECK ((n >= 0)),
    CONSTRAINT watch_count_what_check CHECK ((what = ANY (ARRAY['no_next_step'::text, 'letters_unsent'::text, 'clocks_ownerless'::text, 'with_ended_unit'::text, 'no_stand_in'::text, 'receipts_missing'::text])))
);

COMMENT ON TABLE public.watch_count IS 'What was found each night that must never be: matters that wait for nobody or lie with a unit that has ended, letters that are due and lie, clocks that run where nobody can stop them. Rows are only added.';

CREATE TABLE public.worker_beat (
    job text NOT NULL,
    done_at timestamp with time zone,
    failing_since timestamp with time zone
);

COMMENT ON TABLE public.worker_beat IS 'Of each job that comes round by itself: when it was last done whole, and since when it fails.';

ALTER TABLE ONLY public.matter ALTER COLUMN id SET DEFAULT nextval('public.matter_id'::regclass);

ALTER TABLE ONLY public.absence_end
    ADD CONSTRAINT absence_end_pkey PRIMARY KEY (absence_id);

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_code
    ADD CONSTRAINT access_code_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_id_staff_id_key UNIQUE (id, staff_id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_seen
    ADD CONSTRAINT alert_seen_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_matter_id_version_key UNIQUE (matter_id, version);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.as_written
    ADD CONSTRAINT as_written_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.backup_state
    ADD CONSTRAINT backup_state_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.binding
    ADD CONSTRAINT binding_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.bundle_complaint
    ADD CONSTRAINT bundle_complaint_pkey PRIMARY KEY (matter_id, seq, complaint);

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.bundle_proposal
    ADD CONSTRAINT bundle_proposal_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.calendar_version
    ADD CONSTRAINT calendar_version_id_key UNIQUE (id);

ALTER TABLE ONLY public.calendar_version
    ADD CONSTRAINT calendar_version_pkey PRIMARY KEY (year, version);

ALTER TABLE ONLY public.captcha
    ADD CONSTRAINT captcha_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.category_group
    ADD CONSTRAINT category_group_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.category
    ADD CONSTRAINT category_key_key UNIQUE (key);

ALTER TABLE ONLY public.category
    ADD CONSTRAINT category_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.category_version
    ADD CONSTRAINT category_version_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.cited
    ADD CONSTRAINT cited_pkey PRIMARY KEY (matter_id, seq, no);

ALTER TABLE ONLY public.clock_choice
    ADD CONSTRAINT clock_choice_pkey PRIMARY KEY (kind, track, nature, at, rule, valid_from);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_matter_id_rule_started_seq_key UNIQUE (matter_id, rule, started_seq);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clock_rule
    ADD CONSTRAINT clock_rule_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.clock_span
    ADD CONSTRAINT clock_span_pkey PRIMARY KEY (matter_id, seq, rule);

ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT complaint_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.county_day
    ADD CONSTRAINT county_day_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.daybook_head
    ADD CONSTRAINT daybook_head_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.daybook
    ADD CONSTRAINT daybook_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.desk_draft
    ADD CONSTRAINT desk_draft_key UNIQUE NULLS NOT DISTINCT (staff_id, matter_id, form, page);

ALTER TABLE ONLY public.discipline_case
    ADD CONSTRAINT discipline_case_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.document_counter
    ADD CONSTRAINT document_counter_pkey PRIMARY KEY (prefix, year);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_matter_id_seq_key UNIQUE (matter_id, seq);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_prefix_year_serial_key UNIQUE (prefix, year, serial);

ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.drill_run
    ADD CONSTRAINT drill_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.export_end
    ADD CONSTRAINT export_end_pkey PRIMARY KEY (export_id);

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (until, key, measure);

ALTER TABLE ONLY public.figure_quarter
    ADD CONSTRAINT figure_quarter_pkey PRIMARY KEY (until);

ALTER TABLE ONLY public.follow_answer
    ADD CONSTRAINT follow_answer_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_ask_id_key UNIQUE (ask_id);

ALTER TABLE ONLY public.follow_ask
    ADD CONSTRAINT follow_ask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.form_token
    ADD CONSTRAINT form_token_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.invitation_date
    ADD CONSTRAINT invitation_date_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.invitation_unit
    ADD CONSTRAINT invitation_unit_pkey PRIMARY KEY (matter_id, unit);

ALTER TABLE ONLY public.invitee
    ADD CONSTRAINT invitee_matter_id_member_id_key UNIQUE (matter_id, member_id);

ALTER TABLE ONLY public.invitee
    ADD CONSTRAINT invitee_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.invitee_said
    ADD CONSTRAINT invitee_said_pkey PRIMARY KEY (matter_id, seq, no);

ALTER TABLE ONLY public.joint
    ADD CONSTRAINT joint_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.law_article
    ADD CONSTRAINT law_article_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.law
    ADD CONSTRAINT law_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.likeness
    ADD CONSTRAINT likeness_pkey PRIMARY KEY (matter_id, part);

ALTER TABLE ONLY public.list_columns
    ADD CONSTRAINT list_columns_pkey PRIMARY KEY (staff_id, kind);

ALTER TABLE ONLY public.login_attempt
    ADD CONSTRAINT login_attempt_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.mail_test
    ADD CONSTRAINT mail_test_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_bar
    ADD CONSTRAINT matter_bar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_kind
    ADD CONSTRAINT matter_kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.matter_look
    ADD CONSTRAINT matter_look_pkey PRIMARY KEY (matter_id, staff_id);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_number_key UNIQUE (number);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matter_reader
    ADD CONSTRAINT matter_reader_pkey PRIMARY KEY (kind, role);

ALTER TABLE ONLY public.matter_state
    ADD CONSTRAINT matter_state_kind_state_phase_key UNIQUE (kind, state, phase);

ALTER TABLE ONLY public.matter_state
    ADD CONSTRAINT matter_state_pkey PRIMARY KEY (kind, state);

ALTER TABLE ONLY public.member_account
    ADD CONSTRAINT member_account_pkey PRIMARY KEY (member_id);

ALTER TABLE ONLY public.member_act
    ADD CONSTRAINT member_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_complaint
    ADD CONSTRAINT member_complaint_pkey PRIMARY KEY (shelf, matter_id);

ALTER TABLE ONLY public.member_factor
    ADD CONSTRAINT member_factor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_guess
    ADD CONSTRAINT member_guess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_kind_congress_session_credential_number_key UNIQUE (kind, congress_session, credential_number);

ALTER TABLE ONLY public.member_login
    ADD CONSTRAINT member_login_pkey PRIMARY KEY (ref);

ALTER TABLE ONLY public.member_login
    ADD CONSTRAINT member_login_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_session
    ADD CONSTRAINT member_session_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.office_form
    ADD CONSTRAINT office_form_pkey PRIMARY KEY (token_hash, action);

ALTER TABLE ONLY public.office_key
    ADD CONSTRAINT office_key_pkey PRIMARY KEY (purpose, id);

ALTER TABLE ONLY public.old_record
    ADD CONSTRAINT old_record_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.opening_budget
    ADD CONSTRAINT opening_budget_pkey PRIMARY KEY (valid_from);

ALTER TABLE ONLY public.outside_body
    ADD CONSTRAINT outside_body_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.passed
    ADD CONSTRAINT passed_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.pause_ground
    ADD CONSTRAINT pause_ground_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.present
    ADD CONSTRAINT present_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.press_lead
    ADD CONSTRAINT press_lead_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.press_publication
    ADD CONSTRAINT press_publication_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.press_question
    ADD CONSTRAINT press_question_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_matter_id_version_key UNIQUE (matter_id, version);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.promise_doubt
    ADD CONSTRAINT promise_doubt_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.promise_line
    ADD CONSTRAINT promise_line_pkey PRIMARY KEY (matter_id, seq, no);

ALTER TABLE ONLY public.promise_outcome
    ADD CONSTRAINT promise_outcome_pkey PRIMARY KEY (matter_id, promised, no, seq);

ALTER TABLE ONLY public.promise
    ADD CONSTRAINT promise_pkey PRIMARY KEY (matter_id, seq, no);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_matter_id_version_key UNIQUE (matter_id, version);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.proposal_answer_point
    ADD CONSTRAINT proposal_answer_point_pkey PRIMARY KEY (matter_id, seq, no);

ALTER TABLE ONLY public.proposal_feedback
    ADD CONSTRAINT proposal_feedback_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.proposal_leaving
    ADD CONSTRAINT proposal_leaving_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.proposal_point
    ADD CONSTRAINT proposal_point_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.proposal_signer
    ADD CONSTRAINT proposal_signer_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.release_text
    ADD CONSTRAINT release_text_id_key UNIQUE (id);

ALTER TABLE ONLY public.release_text
    ADD CONSTRAINT release_text_pkey PRIMARY KEY (matter_id, version);

ALTER TABLE ONLY public.request_answer
    ADD CONSTRAINT request_answer_pkey PRIMARY KEY (matter_id, no, item);

ALTER TABLE ONLY public.request_end
    ADD CONSTRAINT request_end_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.request_item
    ADD CONSTRAINT request_item_pkey PRIMARY KEY (matter_id, no, item);

ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.request_put
    ADD CONSTRAINT request_put_pkey PRIMARY KEY (matter_id, no);

ALTER TABLE ONLY public.request_waiver
    ADD CONSTRAINT request_waiver_pkey PRIMARY KEY (matter_id, no, item);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_sort_key UNIQUE (sort);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_title_key UNIQUE (title);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_staff_id_kind_name_key UNIQUE (staff_id, kind, name);

ALTER TABLE ONLY public.search_text
    ADD CONSTRAINT search_text_pkey PRIMARY KEY (matter_id);

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.settlement_step
    ADD CONSTRAINT settlement_step_pkey PRIMARY KEY (matter_id, settled, how);

ALTER TABLE ONLY public.staff_act
    ADD CONSTRAINT staff_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_bar
    ADD CONSTRAINT staff_bar_pkey PRIMARY KEY (staff_id, unit);

ALTER TABLE ONLY public.staff_called
    ADD CONSTRAINT staff_called_pkey PRIMARY KEY (staff_id, called);

ALTER TABLE ONLY public.staff_device
    ADD CONSTRAINT staff_device_pkey PRIMARY KEY (token_hash, staff_id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_login_key UNIQUE (login);

ALTER TABLE ONLY public.staff_pattern
    ADD CONSTRAINT staff_pattern_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_post
    ADD CONSTRAINT staff_post_pkey PRIMARY KEY (staff_id, unit);

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.supplement
    ADD CONSTRAINT supplement_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.synonym
    ADD CONSTRAINT synonym_pkey PRIMARY KEY (purpose, said, means);

ALTER TABLE ONLY public.term_decision
    ADD CONSTRAINT term_decision_pkey PRIMARY KEY (matter_id, asked);

ALTER TABLE ONLY public.term_request
    ADD CONSTRAINT term_request_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.text_block
    ADD CONSTRAINT text_block_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.transfer_receipt
    ADD CONSTRAINT transfer_receipt_pkey PRIMARY KEY (matter_id, transferred);

ALTER TABLE ONLY public.unit_act
    ADD CONSTRAINT unit_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.unit_conflict
    ADD CONSTRAINT unit_conflict_pkey PRIMARY KEY (unit, other);

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.unit_tree
    ADD CONSTRAINT unit_tree_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.unlock_attempt
    ADD CONSTRAINT unlock_attempt_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.unlock
    ADD CONSTRAINT unlock_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.verify_end
    ADD CONSTRAINT verify_end_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.verify_run
    ADD CONSTRAINT verify_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_matter_id_version_key UNIQUE (matter_id, version);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_pkey PRIMARY KEY (matter_id, seq);

ALTER TABLE ONLY public.warning_rung
    ADD CONSTRAINT warning_rung_pkey PRIMARY KEY (code, valid_from);

ALTER TABLE ONLY public.watch_count
    ADD CONSTRAINT watch_count_pkey PRIMARY KEY (day, what);

ALTER TABLE ONLY public.worker_beat
    ADD CONSTRAINT worker_beat_pkey PRIMARY KEY (job);

CREATE INDEX absence_staff ON public.absence USING btree (staff_id, to_on);
CREATE INDEX absence_to_on ON public.absence USING btree (to_on);
CREATE INDEX answer_of_unit ON public.answer USING btree (unit, sent_at DESC) WHERE (sent_at IS NOT NULL);
CREATE INDEX assignment_matter ON public.assignment USING btree (matter_id);
CREATE UNIQUE INDEX assignment_once ON public.assignment USING btree (matter_id, unit) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX assignment_one_lead ON public.assignment USING btree (matter_id) WHERE ((part = 'lead'::text) AND (ended_at IS NULL));
CREATE INDEX assignment_unit ON public.assignment USING btree (unit, phase, due_at, matter_id) WHERE (ended_at IS NULL);
CREATE INDEX attachment_matter ON public.attachment USING btree (matter_id);
CREATE INDEX bundle_complaint_asked ON public.bundle_complaint USING btree (complaint, asked);
CREATE INDEX bundle_member ON public.bundle USING btree (member_id);
CREATE INDEX captcha_expires ON public.captcha USING btree (expires_at);
CREATE INDEX category_version_by ON public.category_version USING btree (by_id) WHERE (by_id IS NOT NULL);
CREATE INDEX cited_article ON public.cited USING btree (article, version) WHERE (article IS NOT NULL);
CREATE UNIQUE INDEX cited_once ON public.cited USING btree (matter_id, seq, article);
CREATE INDEX clock_counted ON public.clock USING btree (calendar) WHERE (stopped_at IS NULL);
CREATE INDEX clock_late ON public.clock USING btree (rule, matter_id) WHERE ((stopped_at IS NULL) OR (due_at < stopped_at));
CREATE INDEX clock_promise ON public.clock USING btree (matter_id) WHERE ((rule = 'PROMISE'::text) AND (stopped_at IS NULL));
CREATE INDEX clock_provisional ON public.clock USING btree (matter_id) WHERE ((stopped_at IS NULL) AND provisional);
CREATE INDEX clock_rights ON public.clock USING btree (due_at) WHERE ((stopped_at IS NULL) AND right_only);
CREATE INDEX clock_running ON public.clock USING btree (due_at, matter_id) WHERE (stopped_at IS NULL);
CREATE INDEX clock_span_kind ON public.clock_span USING btree (kind, matter_id);
CREATE INDEX clock_verify ON public.clock USING btree (matter_id) WHERE ((rule = 'PF-VERIFY'::text) AND (stopped_at IS NULL));
CREATE INDEX complaint_contract ON public.complaint USING btree (contract_amount, matter_id) WHERE (contract_amount IS NOT NULL);
CREATE UNIQUE INDEX complaint_origin ON public.complaint USING btree (origin) WHERE (origin <> ''::text);
CREATE INDEX complaint_unpaid ON public.complaint USING btree (unpaid_amount, matter_id) WHERE (unpaid_amount IS NOT NULL);
CREATE INDEX desk_draft_expires ON public.desk_draft USING btree (expires_at);
CREATE INDEX draft_expires ON public.draft USING btree (expires_at);
CREATE INDEX event_office_overdue ON public.event USING btree (matter_id, seq) WHERE (action = 'office_overdue'::text);
CREATE INDEX event_office_overlong ON public.event USING btree (matter_id, seq) WHERE (action = 'office_overlong'::text);
CREATE INDEX event_release ON public.event USING btree (matter_id, seq DESC) WHERE (action = ANY (ARRAY['allow_release'::text, 'end_release'::text, 'decline_release'::text, 'write_release'::text, 'return_release'::text, 'approve_release'::text, 'agree_release'::text, 'refuse_release'::text, 'publish_release'::text, 'take_down_release'::text]));
CREATE INDEX event_staff ON public.event USING btree (staff_id, matter_id) WHERE (staff_id IS NOT NULL);
CREATE INDEX event_staff_at ON public.event USING btree (at, matter_id, seq) WHERE (staff_id IS NOT NULL);
CREATE INDEX event_talked ON public.event USING btree (action, matter_id) WHERE (action = ANY (ARRAY['talk'::text, 'circulate'::text]));
CREATE INDEX follow_answer_asked ON public.follow_answer USING btree (matter_id, asked);
CREATE INDEX follow_ask_member ON public.follow_ask USING btree (member_id, asked_at);
CREATE INDEX follow_ask_to_put ON public.follow_ask USING btree (id) WHERE (put_at IS NULL);
CREATE INDEX follow_member ON public.follow USING btree (member_id);
CREATE INDEX identity_opening_by ON public.identity_opening USING btree (opened_by, opened_at);
CREATE INDEX identity_opening_matter ON public.identity_opening USING btree (matter_id);
CREATE INDEX invitee_member ON public.invitee USING btree (member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX joint_main ON public.joint USING btree (main_id);
CREATE UNIQUE INDEX joint_once ON public.joint USING btree (matter_id) WHERE (ended_seq IS NULL);
CREATE INDEX law_article_by ON public.law_article USING btree (by_id) WHERE (by_id IS NOT NULL);
CREATE UNIQUE INDEX law_article_once ON public.law_article USING btree (law, number) WHERE (version = 1);
CREATE INDEX law_by ON public.law USING btree (by_id) WHERE (by_id IS NOT NULL);
CREATE INDEX letter_created ON public.letter USING btree (created_at DESC, id DESC);
CREATE INDEX letter_failed ON public.letter USING btree (id) WHERE (state = 'failed'::text);
CREATE INDEX letter_matter ON public.letter USING btree (matter_id);
CREATE INDEX likeness_marks ON public.likeness USING gin (marks) WITH (fastupdate=off);
CREATE INDEX login_attempt_since ON public.login_attempt USING btree (since);
CREATE INDEX mail_test_by ON public.mail_test USING btree (by_id);
CREATE INDEX matter_answered ON public.matter USING btree (kind, phase, due_at, id) WHERE ('answered'::text = ANY (flags));
CREATE INDEX matter_bar_matter ON public.matter_bar USING btree (matter_id);
CREATE INDEX matter_category_due ON public.matter USING btree (kind, category, phase, due_at, id);
CREATE INDEX matter_declined ON public.matter USING btree (kind, phase, due_at, id) WHERE ((flags && '{substantiated,case_opened,sealed}'::text[]) AND ('case_declined'::text = ANY (flags)));
CREATE INDEX matter_due ON public.matter USING btree (kind, phase, due_at, id);
CREATE INDEX matter_facets ON public.matter USING gin (facets, flags) WITH (fastupdate=off);
CREATE INDEX matter_falsely_closed ON public.matter USING btree (kind, phase, due_at, id) WHERE ('falsely_closed'::text = ANY (flags));
CREATE INDEX matter_follows ON public.matter USING btree (follows) WHERE (follows IS NOT NULL);
CREATE INDEX matter_found_true ON public.matter USING btree (kind, phase, due_at, id) WHERE (flags && '{substantiated,case_opened,sealed,falsely_closed}'::text[]);
CREATE INDEX matter_look_at ON public.matter_look USING btree (at);
CREATE INDEX matter_look_staff ON public.matter_look USING btree (staff_id, at);
CREATE UNIQUE INDEX matter_one_case ON public.matter USING btree (follows) WHERE (kind = 'case'::text);

COMMENT ON INDEX public.matter_one_case IS 'One complaint, one case.';

CREATE INDEX matter_opened ON public.matter USING btree (kind, opened_at DESC, id DESC);
CREATE INDEX matter_pressed ON public.matter USING btree (kind, phase, due_at, id) WHERE ((phase = 1) AND (flags && '{chased,supervised}'::text[]));
CREATE INDEX matter_rung ON public.matter USING btree (kind, phase, due_at, id) WHERE ((phase = 1) AND (flags && '{to_chase,to_supervise,to_talk,to_circulate,unmanned}'::text[]));
CREATE INDEX matter_sealed ON public.matter USING btree (kind, phase, due_at, id) WHERE ('sealed'::text = ANY (flags));
CREATE INDEX matter_state_due ON public.matter USING btree (kind, state, due_at, id);
CREATE INDEX matter_to_case ON public.matter USING btree (kind, phase, due_at, id) WHERE (('substantiated'::text = ANY (flags)) AND (NOT (flags && '{case_opened,case_declined}'::text[])));
CREATE INDEX matter_unit_due ON public.matter USING btree (kind, unit, phase, due_at, id);
CREATE INDEX matter_upheld ON public.matter USING btree (kind, phase, due_at, id) WHERE ('upheld'::text = ANY (flags));
CREATE INDEX member_account_mailbox ON public.member_account USING btree (mailbox_mac);
CREATE INDEX member_act_member ON public.member_act USING btree (member_id, id);
CREATE INDEX member_factor_member ON public.member_factor USING btree (member_id, id);
CREATE INDEX member_guess_member ON public.member_guess USING btree (member_id, way, at);
CREATE INDEX member_login_member ON public.member_login USING btree (member_id, asked_at);
CREATE INDEX member_session_member ON public.member_session USING btree (member_id, created_at);
CREATE INDEX notice_matter ON public.notice USING btree (matter_id) WHERE (matter_id IS NOT NULL);
CREATE INDEX notice_published ON public.notice USING btree (published_at DESC, id DESC);
CREATE INDEX notice_unit ON public.notice USING btree (unit) WHERE (unit IS NOT NULL);
CREATE UNIQUE INDEX old_record_number ON public.old_record USING btree (number) WHERE (number <> ''::text);
CREATE INDEX outside_body_by ON public.outside_body USING btree (by_id) WHERE (by_id IS NOT NULL);
CREATE UNIQUE INDEX passed_once ON public.passed USING btree (of_id, of_seq, matter_id);
CREATE INDEX press_lead_member ON public.press_lead USING btree (member_id);
CREATE INDEX proposal_parts ON public.proposal USING btree (part_of) WHERE (part_of IS NOT NULL);
CREATE UNIQUE INDEX proposal_serial ON public.proposal USING btree (source, term, meeting, serial) NULLS NOT DISTINCT WHERE (part_of IS NULL);
CREATE INDEX proposal_signer_member ON public.proposal_signer USING btree (member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX saved_view_unit ON public.saved_view USING btree (unit, kind) WHERE (unit IS NOT NULL);
CREATE INDEX search_text_body ON public.search_text USING gin (body) WITH (fastupdate=off);
CREATE INDEX search_text_shared ON public.search_text USING gin (shared) WITH (fastupdate=off) WHERE (shared IS NOT NULL);
CREATE UNIQUE INDEX settlement_step_ends_once ON public.settlement_step USING btree (matter_id, settled) WHERE (how <> ALL (ARRAY['put'::text, 'undone'::text]));
CREATE INDEX staff_act_staff ON public.staff_act USING btree (staff_id, id);
CREATE INDEX staff_device_seen ON public.staff_device USING btree (seen_at);
CREATE INDEX staff_device_staff ON public.staff_device USING btree (staff_id);
CREATE INDEX staff_session_seen ON public.staff_session USING btree (seen_at);
CREATE INDEX staff_session_staff ON public.staff_session USING btree (staff_id, created_at DESC);
CREATE INDEX text_block_by ON public.text_block USING btree (by_id);
CREATE INDEX transfer_body ON public.transfer USING btree (body);
CREATE INDEX unit_act_by ON public.unit_act USING btree (by_id) WHERE (by_id IS NOT NULL);
CREATE INDEX unit_act_unit ON public.unit_act USING btree (unit, id);
CREATE INDEX unit_parent ON public.unit USING btree (parent);
CREATE INDEX unit_successor ON public.unit USING btree (successor) WHERE (successor IS NOT NULL);
CREATE INDEX unlock_expires ON public.unlock USING btree (expires_at);
CREATE INDEX verify_run_by ON public.verify_run USING btree (by_id) WHERE (by_id IS NOT NULL);

CREATE TRIGGER access_code_added AFTER INSERT ON public.access_code REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER answer_added AFTER INSERT ON public.answer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'draft_answer');
CREATE TRIGGER answer_once BEFORE UPDATE ON public.answer FOR EACH ROW EXECUTE FUNCTION public.set_once('sent_at');
CREATE TRIGGER answer_sent BEFORE UPDATE OF sent_at ON public.answer FOR EACH ROW WHEN ((new.sent_at IS DISTINCT FROM old.sent_at)) EXECUTE FUNCTION public.set_by_move('reply', 'sent_at');
CREATE TRIGGER answer_sent_newest BEFORE UPDATE OF sent_at ON public.answer FOR EACH ROW EXECUTE FUNCTION public.answer_newest();
CREATE TRIGGER as_written_added AFTER INSERT ON public.as_written REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER assignment_assigned BEFORE UPDATE OF assigned ON public.assignment FOR EACH ROW WHEN ((new.assigned IS DISTINCT FROM old.assigned)) EXECUTE FUNCTION public.assignment_assigned();
CREATE TRIGGER assignment_guard AFTER INSERT OR UPDATE OF unit, matter_id, ended_at ON public.assignment FOR EACH ROW WHEN ((new.ended_at IS NULL)) EXECUTE FUNCTION public.assignment_guard();
CREATE TRIGGER assignment_in_force BEFORE INSERT ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.assignment_in_force();
CREATE TRIGGER assignment_moved BEFORE UPDATE ON public.assignment FOR EACH ROW WHEN (((new.signed_at IS DISTINCT FROM old.signed_at) OR (new.signed_by IS DISTINCT FROM old.signed_by) OR (new.opinion_at IS DISTINCT FROM old.opinion_at) OR (new.ended_at IS DISTINCT FROM old.ended_at))) EXECUTE FUNCTION public.set_by_move('', 'signed_at', 'opinion_at', 'ended_at');
CREATE TRIGGER assignment_once BEFORE UPDATE ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.set_once('signed_at', 'signed_by', 'opinion_at', 'ended_at');
CREATE TRIGGER assignment_phase BEFORE INSERT ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.assignment_phase();
CREATE TRIGGER assignments_follow AFTER UPDATE OF state, phase, due_at ON public.matter FOR EACH ROW WHEN (((new.phase <> old.phase) OR (new.due_at <> old.due_at))) EXECUTE FUNCTION public.assignments_follow();
CREATE TRIGGER binding_added AFTER INSERT ON public.binding REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER bundle_added AFTER INSERT ON public.bundle REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER bundle_bars_follow AFTER UPDATE OF named, meant, persons ON public.matter FOR EACH ROW WHEN ((new.kind = 'complaint'::text)) EXECUTE FUNCTION public.bundle_bars_follow();
CREATE TRIGGER bundle_complaint_added AFTER INSERT ON public.bundle_complaint REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'send_bundle add_complaints drop_complaints');
CREATE TRIGGER bundle_complaint_holds AFTER INSERT ON public.bundle_complaint FOR EACH ROW EXECUTE FUNCTION public.bundle_complaint_holds();
CREATE TRIGGER bundle_proposal_added AFTER INSERT ON public.bundle_proposal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'propose');
CREATE TRIGGER case_names_staff AFTER INSERT ON public.discipline_case FOR EACH ROW EXECUTE FUNCTION public.case_names_staff();
CREATE TRIGGER case_once BEFORE UPDATE ON public.discipline_case FOR EACH ROW EXECUTE FUNCTION public.set_once('rectify_by');
CREATE TRIGGER category_follows AFTER INSERT ON public.category_version FOR EACH ROW EXECUTE FUNCTION public.category_follows();
CREATE TRIGGER category_version_kept BEFORE INSERT ON public.category_version FOR EACH ROW EXECUTE FUNCTION public.category_version_kept();
CREATE TRIGGER cited_added AFTER INSERT ON public.cited REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'draft_answer draft_warning redirect transfer reject reopen reopen_elsewhere uphold recheck_uphold recheck_change record_recheck record_recheck_change');
CREATE TRIGGER clock_added AFTER INSERT ON public.clock REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('started_seq', '');
CREATE TRIGGER clock_choice_fits BEFORE INSERT OR UPDATE ON public.clock_choice FOR EACH ROW EXECUTE FUNCTION public.clock_choice_fits();
CREATE TRIGGER clock_lapses BEFORE UPDATE ON public.clock FOR EACH ROW WHEN (((old.stopped_at IS NULL) AND (new.stopped_at = old.due_at) AND (new.stopped_seq IS NULL))) EXECUTE FUNCTION public.clock_lapses();
CREATE TRIGGER clock_move_guard BEFORE UPDATE OF due_on, due_at, was_on ON public.clock FOR EACH ROW WHEN (((old.due_on IS DISTINCT FROM new.due_on) OR (old.due_at IS DISTINCT FROM new.due_at) OR (old.was_on IS DISTINCT FROM new.was_on))) EXECUTE FUNCTION public.clock_move_guard();
CREATE TRIGGER clock_rule_amended BEFORE INSERT ON public.clock_rule FOR EACH ROW EXECUTE FUNCTION public.clock_rule_amended();
CREATE CONSTRAINT TRIGGER clock_rule_within_law AFTER INSERT OR UPDATE ON public.clock_rule DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.clock_rule_within_law();
CREATE TRIGGER clock_span_added AFTER INSERT ON public.clock_span REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'grant_extension grant_pause resume_clock correct_nature extend_inquiry hold_hearing');
CREATE TRIGGER clock_stays_stopped BEFORE UPDATE ON public.clock FOR EACH ROW EXECUTE FUNCTION public.clock_stays_stopped();
CREATE TRIGGER clock_stopped BEFORE UPDATE ON public.clock FOR EACH ROW WHEN ((((new.stopped_at IS DISTINCT FROM old.stopped_at) OR (new.stopped_seq IS DISTINCT FROM old.stopped_seq)) AND (NOT ((old.stopped_at IS NULL) AND (new.stopped_at = old.due_at) AND (new.stopped_seq IS NULL))))) EXECUTE FUNCTION public.set_by_move('', 'stopped_at');
CREATE TRIGGER clock_stopped_with BEFORE UPDATE ON public.clock FOR EACH ROW WHEN ((((new.stopped_at IS DISTINCT FROM old.stopped_at) OR (new.stopped_seq IS DISTINCT FROM old.stopped_seq)) AND (NOT ((old.stopped_at IS NULL) AND (new.stopped_at = old.due_at) AND (new.stopped_seq IS NULL))))) EXECUTE FUNCTION public.clock_stops_with();
CREATE TRIGGER complaint_added AFTER INSERT ON public.complaint REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER complaint_as_answered BEFORE UPDATE OF finding, decision ON public.complaint FOR EACH ROW WHEN (((new.finding IS DISTINCT FROM old.finding) OR (new.decision IS DISTINCT FROM old.decision))) EXECUTE FUNCTION public.complaint_as_answered();
CREATE TRIGGER complaint_facets AFTER INSERT OR UPDATE OF channel, complainant_kind, track, rating, finding ON public.complaint FOR EACH ROW EXECUTE FUNCTION public.keep_facets('channel', 'complainant_kind', 'track', 'rating', 'finding');
CREATE TRIGGER complaint_finding BEFORE UPDATE OF finding, decision ON public.complaint FOR EACH ROW WHEN (((new.finding IS DISTINCT FROM old.finding) OR (new.decision IS DISTINCT FROM old.decision))) EXECUTE FUNCTION public.set_by_move('reply');
CREATE TRIGGER complaint_names_staff AFTER INSERT ON public.complaint FOR EACH ROW EXECUTE FUNCTION public.complaint_names_staff();
CREATE TRIGGER complaint_nature BEFORE UPDATE OF nature ON public.complaint FOR EACH ROW WHEN ((new.nature IS DISTINCT FROM old.nature)) EXECUTE FUNCTION public.set_by_move('accept correct_nature');
CREATE TRIGGER complaint_rated BEFORE UPDATE OF rating, solved, rating_words, rating_told ON public.complaint FOR EACH ROW WHEN (((new.rating IS DISTINCT FROM old.rating) OR (new.solved IS DISTINCT FROM old.solved) OR (new.rating_words IS DISTINCT FROM old.rating_words) OR (new.rating_told IS DISTINCT FROM old.rating_told))) EXECUTE FUNCTION public.set_by_move('rate');
CREATE TRIGGER complaint_track BEFORE UPDATE OF track ON public.complaint FOR EACH ROW WHEN ((new.track IS DISTINCT FROM old.track)) EXECUTE FUNCTION public.set_by_move('accept correct_nature settle_unit');
CREATE TRIGGER daybook_moves BEFORE UPDATE ON public.daybook_head FOR EACH ROW EXECUTE FUNCTION public.daybook_moves();
CREATE TRIGGER document_frozen BEFORE DELETE OR UPDATE ON public.document FOR EACH ROW EXECUTE FUNCTION public.document_frozen();
CREATE TRIGGER document_kept BEFORE TRUNCATE ON public.document FOR EACH STATEMENT EXECUTE FUNCTION public.document_frozen();
CREATE TRIGGER document_number_guard BEFORE INSERT OR UPDATE ON public.document_counter FOR EACH ROW EXECUTE FUNCTION public.document_number_guard();
CREATE CONSTRAINT TRIGGER document_number_used AFTER INSERT OR UPDATE ON public.document_counter DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.document_number_used();
CREATE TRIGGER document_numbered BEFORE INSERT ON public.document FOR EACH ROW EXECUTE FUNCTION public.document_numbered();
CREATE TRIGGER event_answers_joint AFTER INSERT ON public.event FOR EACH ROW WHEN (((new.action = 'answer_joined'::text) AND (new.actor = 'system'::text))) EXECUTE FUNCTION public.event_answers_joint();
CREATE TRIGGER event_is_present BEFORE INSERT ON public.event FOR EACH ROW WHEN ((new.actor = 'staff'::text)) EXECUTE FUNCTION public.event_is_present();
CREATE TRIGGER event_leaves_joint AFTER INSERT ON public.event FOR EACH ROW WHEN (((new.from_state = 'joined'::text) AND (new.to_state <> 'joined'::text))) EXECUTE FUNCTION public.event_leaves_joint();
CREATE TRIGGER event_recuses AFTER INSERT ON public.event FOR EACH ROW WHEN (((new.action = 'recuse'::text) AND (new.staff_id IS NOT NULL))) EXECUTE FUNCTION public.event_recuses();
CREATE TRIGGER figure_told AFTER INSERT ON public.figure REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.figure_told();
CREATE TRIGGER follow_added AFTER INSERT ON public.follow REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'ask_follow');
CREATE TRIGGER follow_answer_added AFTER INSERT ON public.follow_answer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'allow_follow refuse_follow end_follow');
CREATE TRIGGER form_token_added AFTER INSERT ON public.form_token REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER identity_added AFTER INSERT ON public.identity REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER inquiry_added AFTER INSERT ON public.inquiry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER inquiry_of_no_accusation AFTER INSERT ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.inquiry_of_no_accusation();
CREATE TRIGGER invitation_added AFTER INSERT ON public.invitation REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER invitation_date_added AFTER INSERT ON public.invitation_date REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'invite redate postpone');
CREATE TRIGGER invitation_unit_added AFTER INSERT ON public.invitation_unit REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER invitee_added AFTER INSERT ON public.invitee REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'invite add_invitee');
CREATE TRIGGER invitee_said_added AFTER INSERT ON public.invitee_said REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER joint_added AFTER INSERT ON public.joint REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'join');
CREATE TRIGGER joint_bars AFTER INSERT OR UPDATE OF ended_seq ON public.joint FOR EACH ROW EXECUTE FUNCTION public.joint_bars();
CREATE TRIGGER law_article_kept BEFORE INSERT ON public.law_article FOR EACH ROW EXECUTE FUNCTION public.law_article_kept();
CREATE TRIGGER law_kept BEFORE INSERT ON public.law FOR EACH ROW EXECUTE FUNCTION public.law_kept();
CREATE TRIGGER letter_added AFTER INSERT ON public.letter REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (((CURRENT_USER <> 'zhengxin_portal'::name) OR (current_setting('zhengxin.unlock'::text, true) <> ''::text))) EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER letter_unit BEFORE INSERT ON public.letter FOR EACH ROW WHEN (((new.recipient = ANY (ARRAY['unit'::text, 'above'::text])) AND (new.unit IS NULL))) EXECUTE FUNCTION public.letter_unit();
CREATE TRIGGER letter_waits BEFORE UPDATE ON public.letter FOR EACH ROW EXECUTE FUNCTION public.letter_waits();
CREATE TRIGGER matter_bar_guard BEFORE UPDATE ON public.matter_bar FOR EACH ROW EXECUTE FUNCTION public.matter_bar_guard();
CREATE TRIGGER matter_bars_grow AFTER UPDATE OF unit ON public.matter FOR EACH ROW WHEN ((new.named <> old.named)) EXECUTE FUNCTION public.matter_bars_kept();
CREATE TRIGGER matter_bars_kept AFTER INSERT ON public.matter FOR EACH ROW WHEN (((new.named <> '{}'::text[]) OR (new.meant <> '{}'::text[]) OR (new.persons <> '{}'::bigint[]))) EXECUTE FUNCTION public.matter_bars_kept();
CREATE TRIGGER matter_bars_read AFTER UPDATE ON public.matter_bar FOR EACH ROW EXECUTE FUNCTION public.matter_bars_read();
CREATE TRIGGER matter_kin_bars AFTER INSERT OR UPDATE OF unit ON public.matter FOR EACH ROW WHEN ((new.follows IS NOT NULL)) EXECUTE FUNCTION public.matter_kin_bars();
CREATE TRIGGER matter_moves BEFORE UPDATE OF state, seq, head, closed_at, category, flags ON public.matter FOR EACH ROW WHEN (((new.state IS DISTINCT FROM old.state) OR (new.seq IS DISTINCT FROM old.seq) OR (new.head IS DISTINCT FROM old.head) OR (new.closed_at IS DISTINCT FROM old.closed_at) OR (new.category IS DISTINCT FROM old.category) OR (new.flags IS DISTINCT FROM old.flags))) EXECUTE FUNCTION public.matter_moves();
CREATE TRIGGER matter_names_unit BEFORE INSERT OR UPDATE OF unit ON public.matter FOR EACH ROW EXECUTE FUNCTION public.matter_names_unit();
CREATE TRIGGER matter_phase BEFORE INSERT ON public.matter FOR EACH ROW WHEN ((new.phase IS NULL)) EXECUTE FUNCTION public.phase_of_state();
CREATE TRIGGER matter_phase_follows BEFORE UPDATE OF state ON public.matter FOR EACH ROW WHEN (((new.state IS DISTINCT FROM old.state) AND (new.phase = old.phase))) EXECUTE FUNCTION public.phase_of_state();
CREATE TRIGGER matter_says_facets BEFORE UPDATE OF facets, state, phase ON public.matter FOR EACH ROW WHEN (((old.phase <> new.phase) OR (old.facets <> new.facets))) EXECUTE FUNCTION public.matter_facets();
CREATE TRIGGER matter_unit_guard AFTER UPDATE OF unit, flags ON public.matter FOR EACH ROW WHEN (((old.unit IS DISTINCT FROM new.unit) OR (('accusation'::text = ANY (new.flags)) > ('accusation'::text = ANY (old.flags))))) EXECUTE FUNCTION public.matter_unit_guard();
CREATE TRIGGER notice_once BEFORE UPDATE ON public.notice FOR EACH ROW EXECUTE FUNCTION public.set_once('taken_down_at', 'taken_down_reason');
CREATE TRIGGER old_record_added AFTER INSERT ON public.old_record REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', 'file import_closed');
CREATE TRIGGER opening_is_its_event BEFORE INSERT ON public.identity_opening FOR EACH ROW EXECUTE FUNCTION public.opening_is_its_event();
CREATE TRIGGER outside_body_kept BEFORE INSERT ON public.outside_body FOR EACH ROW EXECUTE FUNCTION public.outside_body_kept();
CREATE TRIGGER passed_added AFTER INSERT ON public.passed REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'split_more take_part leave_part pass_sealed');
CREATE TRIGGER passed_names_staff AFTER INSERT ON public.passed FOR EACH ROW WHEN ((new.words <> ''::text)) EXECUTE FUNCTION public.passed_names_staff();
CREATE TRIGGER press_lead_added AFTER INSERT ON public.press_lead REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER press_lead_bars AFTER INSERT ON public.press_lead FOR EACH ROW EXECUTE FUNCTION public.press_lead_bars();
CREATE TRIGGER press_publication_added AFTER INSERT ON public.press_publication REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER press_question_added AFTER INSERT ON public.press_question REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER press_statement_added AFTER INSERT ON public.press_statement REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER promise_added AFTER INSERT ON public.promise REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER promise_doubt_added AFTER INSERT ON public.promise_doubt REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'doubt_promise');
CREATE TRIGGER promise_line_added AFTER INSERT ON public.promise_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'draft_answer settle_agreement');
CREATE TRIGGER promise_outcome_added AFTER INSERT ON public.promise_outcome REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER proposal_added AFTER INSERT ON public.proposal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER proposal_answer_added AFTER INSERT ON public.proposal_answer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER proposal_answer_point_added AFTER INSERT ON public.proposal_answer_point REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER proposal_feedback_added AFTER INSERT ON public.proposal_feedback REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER proposal_leaving_added AFTER INSERT ON public.proposal_leaving REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER proposal_point_added AFTER INSERT ON public.proposal_point REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER proposal_signer_added AFTER INSERT ON public.proposal_signer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('', '');
CREATE TRIGGER release_text_added AFTER INSERT ON public.release_text REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'write_release');
CREATE TRIGGER request_added AFTER INSERT ON public.request REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'ask_supplement propose_question propose_inquiry open_inquiry');
CREATE TRIGGER request_answer_added AFTER INSERT ON public.request_answer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'supplement confide answer_items');
CREATE TRIGGER request_end_added AFTER INSERT ON public.request_end REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', '');
CREATE TRIGGER request_item_added AFTER INSERT ON public.request_item REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.request_items_come_with_it();
CREATE TRIGGER request_put_added AFTER INSERT ON public.request_put REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'ask_supplement pass_question send_inquiry');
CREATE TRIGGER request_waiver_added AFTER INSERT ON public.request_waiver REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'waive_items');
CREATE TRIGGER session_once BEFORE UPDATE ON public.staff_session FOR EACH ROW EXECUTE FUNCTION public.set_once('second_factor_at', 'revoked_at');
CREATE TRIGGER settlement_added AFTER INSERT ON public.settlement REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'settle_agreement');
CREATE TRIGGER settlement_step_added AFTER INSERT ON public.settlement_step REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'put_settlement refuse_settlement agree_settlement decline_settlement lapse_settlement unsettle leave_settlement reply recall agree_return transfer refer_discipline withdraw');
CREATE TRIGGER staff_called_before AFTER INSERT ON public.staff_called FOR EACH ROW EXECUTE FUNCTION public.staff_called_before();
CREATE TRIGGER staff_comes_in AFTER UPDATE OF totp_sealed ON public.staff FOR EACH ROW WHEN (((old.totp_sealed IS NULL) AND (new.totp_sealed IS NOT NULL))) EXECUTE FUNCTION public.staff_comes_in();
CREATE TRIGGER staff_is_called AFTER INSERT OR UPDATE OF name, login ON public.staff FOR EACH ROW EXECUTE FUNCTION public.staff_is_called();
CREATE TRIGGER staff_posted AFTER INSERT OR UPDATE OF unit ON public.staff FOR EACH ROW EXECUTE FUNCTION public.staff_posted();
CREATE TRIGGER supplement_added AFTER INSERT ON public.supplement REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'supplement confide withdraw contest urge ask_recheck doubt_promise decline_settlement leave_settlement deny_closing');
CREATE TRIGGER supplement_names_staff AFTER INSERT ON public.supplement FOR EACH ROW EXECUTE FUNCTION public.supplement_names_staff();
CREATE TRIGGER term_decision_added AFTER INSERT ON public.term_decision REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'grant_extension refuse_extension grant_pause refuse_pause');
CREATE TRIGGER term_request_added AFTER INSERT ON public.term_request REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'ask_extension ask_pause');
CREATE TRIGGER text_block_kept BEFORE INSERT ON public.text_block FOR EACH ROW EXECUTE FUNCTION public.text_block_kept();
CREATE TRIGGER transfer_added AFTER INSERT ON public.transfer REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'transfer');
CREATE TRIGGER transfer_receipt_added AFTER INSERT ON public.transfer_receipt REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.added_by_move('seq', 'note_receipt');
CREATE TRIGGER unit_conflict_guard AFTER INSERT ON public.unit_conflict FOR EACH ROW EXECUTE FUNCTION public.unit_tree_guard();
CREATE TRIGGER unit_conflict_lock BEFORE INSERT OR DELETE OR UPDATE ON public.unit_conflict FOR EACH STATEMENT EXECUTE FUNCTION public.tree_lock();
CREATE TRIGGER unit_tree_changed AFTER DELETE OR UPDATE OF code, parent, successor, kind ON public.unit FOR EACH STATEMENT EXECUTE FUNCTION public.unit_tree_changed();
CREATE TRIGGER unit_tree_changed AFTER INSERT OR DELETE OR UPDATE ON public.unit_conflict FOR EACH STATEMENT EXECUTE FUNCTION public.unit_tree_changed();
CREATE TRIGGER unit_tree_guard AFTER UPDATE OF parent, successor ON public.unit FOR EACH ROW WHEN (((old.parent IS DISTINCT FROM new.parent) OR (old.successor IS DISTINCT FROM new.successor))) EXECUTE FUNCTION public.unit_tree_guard();
CREATE TRIGGER unit_tree_lock BEFORE DELETE OR UPDATE OF code, parent, successor, kind ON public.unit FOR EACH STATEMENT EXECUTE FUNCTION public.tree_lock();
CREATE TRIGGER unit_tree_lock_new AFTER INSERT ON public.unit FOR EACH ROW WHEN (((new.successor IS NOT NULL) OR ((new.kind = 'office'::text) AND (new.parent IS NULL)))) EXECUTE FUNCTION public.tree_lock();
CREATE TRIGGER unit_tree_new AFTER INSERT ON public.unit FOR EACH ROW WHEN (((new.successor IS NOT NULL) OR ((new.kind = 'office'::text) AND (new.parent IS NULL)))) EXECUTE FUNCTION public.unit_tree_changed();
CREATE TRIGGER warning_names_staff AFTER INSERT ON public.warning_draft FOR EACH ROW EXECUTE FUNCTION public.warning_names_staff();

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.absence_end
    ADD CONSTRAINT absence_end_absence_id_fkey FOREIGN KEY (absence_id) REFERENCES public.absence(id);

ALTER TABLE ONLY public.absence_end
    ADD CONSTRAINT absence_end_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_stand_in_fkey FOREIGN KEY (stand_in) REFERENCES public.staff(id);

ALTER TABLE ONLY public.access_code
    ADD CONSTRAINT access_code_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.alert_seen
    ADD CONSTRAINT alert_seen_alert_id_staff_id_fkey FOREIGN KEY (alert_id, staff_id) REFERENCES public.alert(id, staff_id);

ALTER TABLE ONLY public.alert_seen
    ADD CONSTRAINT alert_seen_seen_by_fkey FOREIGN KEY (seen_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.as_written
    ADD CONSTRAINT as_written_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.complaint(matter_id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_assigned_fkey FOREIGN KEY (assigned) REFERENCES public.staff(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.bundle_complaint
    ADD CONSTRAINT bundle_complaint_complaint_asked_fkey FOREIGN KEY (complaint, asked) REFERENCES public.follow(matter_id, seq);

ALTER TABLE ONLY public.bundle_complaint
    ADD CONSTRAINT bundle_complaint_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.bundle(matter_id);

ALTER TABLE ONLY public.bundle_complaint
    ADD CONSTRAINT bundle_complaint_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.bundle
    ADD CONSTRAINT bundle_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.bundle_proposal
    ADD CONSTRAINT bundle_proposal_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.bundle(matter_id);

ALTER TABLE ONLY public.bundle_proposal
    ADD CONSTRAINT bundle_proposal_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.bundle_proposal
    ADD CONSTRAINT bundle_proposal_proposal_fkey FOREIGN KEY (proposal) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.calendar_version
    ADD CONSTRAINT calendar_version_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.category
    ADD CONSTRAINT category_group_code_fkey FOREIGN KEY (group_code) REFERENCES public.category_group(code);

ALTER TABLE ONLY public.category_version
    ADD CONSTRAINT category_version_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.cited
    ADD CONSTRAINT cited_article_version_fkey FOREIGN KEY (article, version) REFERENCES public.law_article(code, version);

ALTER TABLE ONLY public.cited
    ADD CONSTRAINT cited_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.cited
    ADD CONSTRAINT cited_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.clock_choice
    ADD CONSTRAINT clock_choice_kind_fkey FOREIGN KEY (kind) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_matter_id_started_seq_fkey FOREIGN KEY (matter_id, started_seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.clock_rule
    ADD CONSTRAINT clock_rule_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_rule_version_fkey FOREIGN KEY (rule, version) REFERENCES public.clock_rule(code, version);

ALTER TABLE ONLY public.clock_span
    ADD CONSTRAINT clock_span_ground_fkey FOREIGN KEY (ground) REFERENCES public.pause_ground(code);

ALTER TABLE ONLY public.clock_span
    ADD CONSTRAINT clock_span_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.clock_span
    ADD CONSTRAINT clock_span_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT complaint_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.daybook
    ADD CONSTRAINT daybook_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.desk_draft
    ADD CONSTRAINT desk_draft_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.desk_draft
    ADD CONSTRAINT desk_draft_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.discipline_case
    ADD CONSTRAINT discipline_case_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_matter_id_served_seq_fkey FOREIGN KEY (matter_id, served_seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_prefix_year_fkey FOREIGN KEY (prefix, year) REFERENCES public.document_counter(prefix, year);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.export_end
    ADD CONSTRAINT export_end_export_id_fkey FOREIGN KEY (export_id) REFERENCES public.export(id);

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_role_fkey FOREIGN KEY (role) REFERENCES public.role(code);

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_until_fkey FOREIGN KEY (until) REFERENCES public.figure_quarter(until);

ALTER TABLE ONLY public.follow_answer
    ADD CONSTRAINT follow_answer_matter_id_asked_fkey FOREIGN KEY (matter_id, asked) REFERENCES public.follow(matter_id, seq);

ALTER TABLE ONLY public.follow_answer
    ADD CONSTRAINT follow_answer_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES public.follow_ask(id);

ALTER TABLE ONLY public.follow_ask
    ADD CONSTRAINT follow_ask_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.complaint(matter_id);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.follow
    ADD CONSTRAINT follow_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.form_token
    ADD CONSTRAINT form_token_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.identity_opening
    ADD CONSTRAINT identity_opening_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.inquiry
    ADD CONSTRAINT inquiry_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.invitation_date
    ADD CONSTRAINT invitation_date_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.invitation(matter_id);

ALTER TABLE ONLY public.invitation_date
    ADD CONSTRAINT invitation_date_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.invitation_unit
    ADD CONSTRAINT invitation_unit_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.invitation(matter_id);

ALTER TABLE ONLY public.invitation_unit
    ADD CONSTRAINT invitation_unit_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.invitee
    ADD CONSTRAINT invitee_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.invitation(matter_id);

ALTER TABLE ONLY public.invitee
    ADD CONSTRAINT invitee_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.invitee
    ADD CONSTRAINT invitee_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.invitee_said
    ADD CONSTRAINT invitee_said_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.invitee(matter_id, no);

ALTER TABLE ONLY public.invitee_said
    ADD CONSTRAINT invitee_said_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.joint
    ADD CONSTRAINT joint_main_id_fkey FOREIGN KEY (main_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.joint
    ADD CONSTRAINT joint_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.joint
    ADD CONSTRAINT joint_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.law_article
    ADD CONSTRAINT law_article_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.law
    ADD CONSTRAINT law_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.likeness
    ADD CONSTRAINT likeness_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.list_columns
    ADD CONSTRAINT list_columns_kind_fkey FOREIGN KEY (kind) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.list_columns
    ADD CONSTRAINT list_columns_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.mail_test
    ADD CONSTRAINT mail_test_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.matter_bar
    ADD CONSTRAINT matter_bar_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.matter_bar
    ADD CONSTRAINT matter_bar_matter_id_released_seq_fkey FOREIGN KEY (matter_id, released_seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.matter_bar
    ADD CONSTRAINT matter_bar_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.matter_bar
    ADD CONSTRAINT matter_bar_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_category_fkey FOREIGN KEY (category) REFERENCES public.category(code);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_follows_fkey FOREIGN KEY (follows) REFERENCES public.matter(id);

ALTER TABLE ONLY public.matter_kind
    ADD CONSTRAINT matter_kind_kind_member_opens_fkey FOREIGN KEY (kind, member_opens) REFERENCES public.matter_state(kind, state);

ALTER TABLE ONLY public.matter_look
    ADD CONSTRAINT matter_look_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.matter_look
    ADD CONSTRAINT matter_look_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.matter_reader
    ADD CONSTRAINT matter_reader_kind_fkey FOREIGN KEY (kind) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_state FOREIGN KEY (kind, state, phase) REFERENCES public.matter_state(kind, state, phase);

ALTER TABLE ONLY public.matter_state
    ADD CONSTRAINT matter_state_kind_fkey FOREIGN KEY (kind) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.member_account
    ADD CONSTRAINT member_account_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.member_act
    ADD CONSTRAINT member_act_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.member_act
    ADD CONSTRAINT member_act_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.member_complaint
    ADD CONSTRAINT member_complaint_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.member_factor
    ADD CONSTRAINT member_factor_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member_account(member_id);

ALTER TABLE ONLY public.member_guess
    ADD CONSTRAINT member_guess_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member_account(member_id);

ALTER TABLE ONLY public.member_login
    ADD CONSTRAINT member_login_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member_account(member_id);

ALTER TABLE ONLY public.member_session
    ADD CONSTRAINT member_session_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member_account(member_id);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.old_record
    ADD CONSTRAINT old_record_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.complaint(matter_id);

ALTER TABLE ONLY public.outside_body
    ADD CONSTRAINT outside_body_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.passed
    ADD CONSTRAINT passed_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.passed
    ADD CONSTRAINT passed_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.passed
    ADD CONSTRAINT passed_of_id_of_seq_fkey FOREIGN KEY (of_id, of_seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.press_lead
    ADD CONSTRAINT press_lead_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.press_lead
    ADD CONSTRAINT press_lead_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.press_lead
    ADD CONSTRAINT press_lead_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.press_publication
    ADD CONSTRAINT press_publication_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.press_lead(matter_id);

ALTER TABLE ONLY public.press_publication
    ADD CONSTRAINT press_publication_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.press_question
    ADD CONSTRAINT press_question_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.press_lead(matter_id);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.press_lead(matter_id);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.press_statement
    ADD CONSTRAINT press_statement_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.promise_doubt
    ADD CONSTRAINT promise_doubt_matter_id_promised_no_fkey FOREIGN KEY (matter_id, promised, no) REFERENCES public.promise(matter_id, seq, no);

ALTER TABLE ONLY public.promise_doubt
    ADD CONSTRAINT promise_doubt_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.promise_line
    ADD CONSTRAINT promise_line_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.promise_line
    ADD CONSTRAINT promise_line_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.promise
    ADD CONSTRAINT promise_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.promise
    ADD CONSTRAINT promise_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.promise_outcome
    ADD CONSTRAINT promise_outcome_matter_id_promised_no_fkey FOREIGN KEY (matter_id, promised, no) REFERENCES public.promise(matter_id, seq, no);

ALTER TABLE ONLY public.promise_outcome
    ADD CONSTRAINT promise_outcome_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.promise
    ADD CONSTRAINT promise_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.proposal_answer_point
    ADD CONSTRAINT proposal_answer_point_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.proposal_point(matter_id, no);

ALTER TABLE ONLY public.proposal_answer_point
    ADD CONSTRAINT proposal_answer_point_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.proposal_answer(matter_id, seq);

ALTER TABLE ONLY public.proposal_answer
    ADD CONSTRAINT proposal_answer_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.proposal_feedback
    ADD CONSTRAINT proposal_feedback_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.proposal_feedback
    ADD CONSTRAINT proposal_feedback_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.proposal_leaving
    ADD CONSTRAINT proposal_leaving_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.proposal_signer(matter_id, no);

ALTER TABLE ONLY public.proposal_leaving
    ADD CONSTRAINT proposal_leaving_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.proposal
    ADD CONSTRAINT proposal_part_of_fkey FOREIGN KEY (part_of) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.proposal_point
    ADD CONSTRAINT proposal_point_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.proposal_signer
    ADD CONSTRAINT proposal_signer_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.proposal(matter_id);

ALTER TABLE ONLY public.proposal_signer
    ADD CONSTRAINT proposal_signer_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.release_text
    ADD CONSTRAINT release_text_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.release_text
    ADD CONSTRAINT release_text_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.release_text
    ADD CONSTRAINT release_text_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.request_answer
    ADD CONSTRAINT request_answer_matter_id_no_item_fkey FOREIGN KEY (matter_id, no, item) REFERENCES public.request_item(matter_id, no, item);

ALTER TABLE ONLY public.request_answer
    ADD CONSTRAINT request_answer_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_by_unit_fkey FOREIGN KEY (by_unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.request_end
    ADD CONSTRAINT request_end_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.request(matter_id, no);

ALTER TABLE ONLY public.request_end
    ADD CONSTRAINT request_end_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.request_item
    ADD CONSTRAINT request_item_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.request(matter_id, no);

ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.request_put
    ADD CONSTRAINT request_put_matter_id_no_fkey FOREIGN KEY (matter_id, no) REFERENCES public.request(matter_id, no);

ALTER TABLE ONLY public.request_put
    ADD CONSTRAINT request_put_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.request_waiver
    ADD CONSTRAINT request_waiver_matter_id_no_item_fkey FOREIGN KEY (matter_id, no, item) REFERENCES public.request_item(matter_id, no, item);

ALTER TABLE ONLY public.request_waiver
    ADD CONSTRAINT request_waiver_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_kind_fkey FOREIGN KEY (kind) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.search_text
    ADD CONSTRAINT search_text_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.settlement_step
    ADD CONSTRAINT settlement_step_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.settlement_step
    ADD CONSTRAINT settlement_step_matter_id_settled_fkey FOREIGN KEY (matter_id, settled) REFERENCES public.settlement(matter_id, seq);

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.staff_act
    ADD CONSTRAINT staff_act_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.staff_act
    ADD CONSTRAINT staff_act_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.staff_bar
    ADD CONSTRAINT staff_bar_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staff_bar
    ADD CONSTRAINT staff_bar_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.staff_called
    ADD CONSTRAINT staff_called_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staff_device
    ADD CONSTRAINT staff_device_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.staff_post
    ADD CONSTRAINT staff_post_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staff_post
    ADD CONSTRAINT staff_post_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_role_fkey FOREIGN KEY (role) REFERENCES public.role(code);

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.supplement
    ADD CONSTRAINT supplement_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.term_decision
    ADD CONSTRAINT term_decision_matter_id_asked_fkey FOREIGN KEY (matter_id, asked) REFERENCES public.term_request(matter_id, seq);

ALTER TABLE ONLY public.term_decision
    ADD CONSTRAINT term_decision_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.term_request
    ADD CONSTRAINT term_request_ground_fkey FOREIGN KEY (ground) REFERENCES public.pause_ground(code);

ALTER TABLE ONLY public.term_request
    ADD CONSTRAINT term_request_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.term_request
    ADD CONSTRAINT term_request_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.term_request
    ADD CONSTRAINT term_request_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.text_block
    ADD CONSTRAINT text_block_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.transfer_receipt
    ADD CONSTRAINT transfer_receipt_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE ONLY public.transfer_receipt
    ADD CONSTRAINT transfer_receipt_matter_id_transferred_fkey FOREIGN KEY (matter_id, transferred) REFERENCES public.transfer(matter_id, seq);

ALTER TABLE ONLY public.unit_act
    ADD CONSTRAINT unit_act_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.unit_act
    ADD CONSTRAINT unit_act_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.unit_conflict
    ADD CONSTRAINT unit_conflict_other_fkey FOREIGN KEY (other) REFERENCES public.unit(code);

ALTER TABLE ONLY public.unit_conflict
    ADD CONSTRAINT unit_conflict_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_parent_fkey FOREIGN KEY (parent) REFERENCES public.unit(code);

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_successor_fkey FOREIGN KEY (successor) REFERENCES public.unit(code);

ALTER TABLE ONLY public.unlock
    ADD CONSTRAINT unlock_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.matter(id);

ALTER TABLE ONLY public.unlock
    ADD CONSTRAINT unlock_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);

ALTER TABLE ONLY public.unlock
    ADD CONSTRAINT unlock_opens_fkey FOREIGN KEY (opens) REFERENCES public.matter_kind(kind);

ALTER TABLE ONLY public.verify_end
    ADD CONSTRAINT verify_end_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.verify_run(id);

ALTER TABLE ONLY public.verify_run
    ADD CONSTRAINT verify_run_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.staff(id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.staff(id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_matter_id_fkey FOREIGN KEY (matter_id) REFERENCES public.discipline_case(matter_id);

ALTER TABLE ONLY public.warning_draft
    ADD CONSTRAINT warning_draft_matter_id_seq_fkey FOREIGN KEY (matter_id, seq) REFERENCES public.event(matter_id, seq);

ALTER TABLE public.access_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.as_written ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.binding ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bundle ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.bundle_complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.cited ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.clock_span ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY file ON public.access_code FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT public.filed_now() AS filed_now)));
CREATE POLICY file ON public.as_written FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT public.filed_now() AS filed_now)));
CREATE POLICY file ON public.complaint FOR INSERT TO zhengxin_portal WITH CHECK (((channel = 'web'::text) AND (nature IS NULL) AND (finding IS NULL) AND (decision IS NULL) AND (rating IS NULL) AND (origin = ''::text) AND (matter_id = currval('public.matter_id'::regclass))));
CREATE POLICY file ON public.identity FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT public.filed_now() AS filed_now)));
CREATE POLICY file ON public.matter FOR INSERT TO zhengxin_portal WITH CHECK (((kind = 'complaint'::text) AND (state = 'submitted'::text) AND (seq = 1) AND (closed_at IS NULL) AND (flags <@ '{anonymous,unit_unsettled,office_meant,reachable}'::text[]) AND (id = currval('public.matter_id'::regclass)) AND (named <@ ARRAY[unit]) AND (persons = '{}'::bigint[]) AND (follows IS NULL)));

ALTER TABLE public.follow ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.follow_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.form_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.invitee ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.invitee_said ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.joint ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.matter ENABLE ROW LEVEL SECURITY;

CREATE POLICY member_file ON public.bundle FOR INSERT TO zhengxin_portal WITH CHECK (((matter_id = ( SELECT public.filed_now() AS filed_now)) AND ((member_id, name) = ( SELECT u.member_id,
    u.member_name
   FROM public.unlock u
  WHERE (u.opens = 'bundle'::text)))));

CREATE POLICY member_file ON public.bundle_complaint FOR INSERT TO zhengxin_portal WITH CHECK (((seq = 1) AND (matter_id = ( SELECT public.filed_now() AS filed_now)) AND (EXISTS ( SELECT
   FROM public.unlock u
  WHERE (u.opens = 'bundle'::text)))));

CREATE POLICY member_file ON public.matter FOR INSERT TO zhengxin_portal WITH CHECK (((kind = ( SELECT u.opens
   FROM public.unlock u)) AND (seq = 1) AND (closed_at IS NULL) AND (id = currval('public.matter_id'::regclass)) AND (persons = '{}'::bigint[]) AND (follows IS NULL) AND ( SELECT ((k.member_opens = matter.state) AND (k.member_flags @> matter.flags))
   FROM public.matter_kind k
  WHERE (k.kind = matter.kind))));

CREATE POLICY member_file ON public.press_lead FOR INSERT TO zhengxin_portal WITH CHECK (((matter_id = ( SELECT public.filed_now() AS filed_now)) AND ((member_id, name) = ( SELECT u.member_id,
    u.member_name
   FROM public.unlock u
  WHERE (u.opens = 'press'::text)))));

CREATE POLICY member_file ON public.press_question FOR INSERT TO zhengxin_portal WITH CHECK (((seq = 1) AND (matter_id = ( SELECT public.filed_now() AS filed_now)) AND (EXISTS ( SELECT
   FROM public.unlock u
  WHERE (u.opens = 'press'::text)))));

ALTER TABLE public.notice ENABLE ROW LEVEL SECURITY;

CREATE POLICY office ON public.access_code TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY office ON public.answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.as_written TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.assignment TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.binding TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY office ON public.bundle TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.bundle_complaint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.cited TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.clock TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.clock_span TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.complaint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.event TO zhengxin_admin USING (true) WITH CHECK ((actor <> 'member'::text));
CREATE POLICY office ON public.follow TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.follow_answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.form_token TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY office ON public.identity TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.invitee TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.invitee_said TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.joint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.letter TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.matter TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.notice TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.passed TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.press_lead TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.press_publication TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.press_question TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.promise TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.promise_doubt TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.promise_line TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.promise_outcome TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.proposal_feedback TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.release_text TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request_answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request_end TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request_item TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request_put TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.request_waiver TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.settlement TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.settlement_step TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON public.supplement TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);

CREATE POLICY own_add ON public.binding FOR INSERT TO zhengxin_portal WITH CHECK (((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) OR ((seq = 1) AND (matter_id = currval('public.matter_id'::regclass)))));

CREATE POLICY own_add ON public.bundle_complaint FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_add ON public.clock FOR INSERT TO zhengxin_portal WITH CHECK (((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) OR (matter_id = ( SELECT public.filed_now() AS filed_now))));

CREATE POLICY own_add ON public.event FOR INSERT TO zhengxin_portal WITH CHECK ((((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) OR ((seq = 1) AND (matter_id = currval('public.matter_id'::regclass)))) AND (role = actor) AND
CASE actor
    WHEN 'complainant'::text THEN ((actor_name = ''::text) AND (( SELECT u.member_id
       FROM public.unlock u) IS NULL))
    WHEN 'member'::text THEN ((member_id, actor_name) = ( SELECT u.member_id,
        u.member_name
       FROM public.unlock u))
    ELSE false
END));

CREATE POLICY own_add ON public.follow_answer FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_add ON public.form_token FOR INSERT TO zhengxin_portal WITH CHECK (((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) OR (matter_id = ( SELECT public.filed_now() AS filed_now))));

CREATE POLICY own_add ON public.invitee_said FOR INSERT TO zhengxin_portal WITH CHECK (((said = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text, 'reported'::text])) AND (EXISTS ( SELECT
   FROM public.invitee v
  WHERE ((v.matter_id = invitee_said.matter_id) AND (v.no = invitee_said.no))))));

CREATE POLICY own_add ON public.letter FOR INSERT TO zhengxin_portal WITH CHECK (((state = 'waiting'::text) AND (tries = 0) AND (recipient = ANY (ARRAY['complainant'::text, 'unit'::text, 'desk'::text])) AND ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u)) OR (matter_id = ( SELECT public.filed_now() AS filed_now)))));

CREATE POLICY own_add ON public.press_publication FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_add ON public.press_question FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_add ON public.promise FOR INSERT TO zhengxin_portal WITH CHECK ((EXISTS ( SELECT
   FROM ((public.settlement_step a
     JOIN public.settlement g ON (((g.matter_id = a.matter_id) AND (g.seq = a.settled))))
     JOIN public.promise_line l ON (((l.matter_id = g.matter_id) AND (l.seq = g.seq))))
  WHERE ((a.matter_id = promise.matter_id) AND (a.seq = promise.seq) AND (a.how = 'agreed'::text) AND (g.unit = promise.unit) AND (l.what = promise.what) AND (l.due_on = promise.due_on)))));

CREATE POLICY own_add ON public.promise_doubt FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_add ON public.promise_outcome FOR INSERT TO zhengxin_portal WITH CHECK (((outcome = 'ended'::text) AND (EXISTS ( SELECT
   FROM public.event e
  WHERE ((e.matter_id = promise_outcome.matter_id) AND (e.seq = promise_outcome.seq) AND (e.action = ANY (ARRAY['withdraw'::text, 'leave_settlement'::text])))))));

CREATE POLICY own_add ON public.proposal_feedback FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_add ON public.request_answer FOR INSERT TO zhengxin_portal WITH CHECK ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request_answer.matter_id) AND (p.no = request_answer.no)))));

CREATE POLICY own_add ON public.settlement_step FOR INSERT TO zhengxin_portal WITH CHECK (((how = ANY (ARRAY['agreed'::text, 'declined'::text, 'over'::text, 'undone'::text])) AND (matter_id = ( SELECT unlock.matter_id
   FROM public.unlock))));

CREATE POLICY own_add ON public.supplement FOR INSERT TO zhengxin_portal WITH CHECK ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_move ON public.matter FOR UPDATE TO zhengxin_portal USING ((id = ( SELECT unlock.matter_id
   FROM public.unlock))) WITH CHECK ((id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_rate ON public.complaint FOR UPDATE TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock))) WITH CHECK ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.answer FOR SELECT TO zhengxin_portal USING (((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) AND (sent_at IS NOT NULL)));

CREATE POLICY own_read ON public.as_written FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.assignment FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.bundle_complaint FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_read ON public.clock FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.clock_span FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.complaint FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.event FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.follow FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.follow_answer FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.invitee FOR SELECT TO zhengxin_portal USING (((matter_id, member_id) = ( SELECT u.matter_id,
    u.member_id
   FROM public.unlock u)));

CREATE POLICY own_read ON public.invitee_said FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.invitee v
  WHERE ((v.matter_id = invitee_said.matter_id) AND (v.no = invitee_said.no)))));

CREATE POLICY own_read ON public.joint FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u)));

CREATE POLICY own_read ON public.matter FOR SELECT TO zhengxin_portal USING ((id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.passed FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u)));

CREATE POLICY own_read ON public.press_publication FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_read ON public.press_question FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_read ON public.promise FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.promise_doubt FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.promise_line FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.settlement_step p
  WHERE ((p.matter_id = promise_line.matter_id) AND (p.settled = promise_line.seq) AND (p.how = 'put'::text)))));

CREATE POLICY own_read ON public.promise_outcome FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.proposal_feedback FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT u.matter_id
   FROM public.unlock u
  WHERE (u.member_id IS NOT NULL))));

CREATE POLICY own_read ON public.release_text FOR SELECT TO zhengxin_portal USING (((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)) AND (public.release_stage(matter_id) = ANY (ARRAY['approve_release'::text, 'agree_release'::text, 'publish_release'::text]))));

CREATE POLICY own_read ON public.request FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request.matter_id) AND (p.no = request.no)))));

CREATE POLICY own_read ON public.request_answer FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request_answer.matter_id) AND (p.no = request_answer.no)))));

CREATE POLICY own_read ON public.request_end FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request_end.matter_id) AND (p.no = request_end.no)))));

CREATE POLICY own_read ON public.request_item FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request_item.matter_id) AND (p.no = request_item.no)))));

CREATE POLICY own_read ON public.request_put FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.request_waiver FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.request_put p
  WHERE ((p.matter_id = request_waiver.matter_id) AND (p.no = request_waiver.no)))));

CREATE POLICY own_read ON public.settlement FOR SELECT TO zhengxin_portal USING ((EXISTS ( SELECT
   FROM public.settlement_step p
  WHERE ((p.matter_id = settlement.matter_id) AND (p.settled = settlement.seq) AND (p.how = 'put'::text)))));

CREATE POLICY own_read ON public.settlement_step FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_read ON public.supplement FOR SELECT TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

CREATE POLICY own_stop ON public.clock FOR UPDATE TO zhengxin_portal USING ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock))) WITH CHECK ((matter_id = ( SELECT unlock.matter_id
   FROM public.unlock)));

ALTER TABLE public.passed ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.press_lead ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.press_publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.press_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.promise ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.promise_doubt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.promise_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.promise_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.proposal_feedback ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.release_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_end ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_put ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_waiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.settlement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.settlement_step ENABLE ROW LEVEL SECURITY;

CREATE POLICY shown ON public.unlock FOR SELECT TO zhengxin_portal USING (((token_hash = decode(NULLIF(current_setting('zhengxin.unlock'::text, true), ''::text), 'hex'::text)) AND (expires_at > now())));

COMMENT ON POLICY shown ON public.unlock IS 'The matter opened by SET LOCAL zhengxin.unlock, and no other: all that the portal may read or move hangs on it.';

ALTER TABLE public.supplement ENABLE ROW LEVEL SECURITY;

CREATE POLICY swept ON public.unlock TO zhengxin_worker USING (true);
CREATE POLICY system_add ON public.binding FOR INSERT TO zhengxin_worker WITH CHECK (true);
CREATE POLICY system_add ON public.event FOR INSERT TO zhengxin_worker WITH CHECK (((actor = 'system'::text) AND (role = 'system'::text)));
CREATE POLICY system_read ON public.event FOR SELECT TO zhengxin_worker USING (true);

ALTER TABLE public.unlock ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA public TO zhengxin_portal;
GRANT USAGE ON SCHEMA public TO zhengxin_admin;
GRANT USAGE ON SCHEMA public TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.about_office(units text[], persons bigint[], flags text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.about_office(units text[], persons bigint[], flags text[]) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.added_by_move() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.answer_newest() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.assignment_assigned() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.assignment_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.assignment_in_force() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.assignment_phase() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.assignments_follow() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.at_work(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.at_work(at timestamp with time zone) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.at_work(at timestamp with time zone) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.away(on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.away(on_day date) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.away(on_day date) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.bar_from_what_names(person bigint, who text, is_login boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.bar_named(matter bigint, people bigint[], since bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.bars_still(until date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.bars_still(until date) TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.bundle_able(of_unlock bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.bundle_able(of_unlock bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.bundle_bars(of_bundle bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.bundle_bars_follow() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.bundle_complaint_holds() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.bundle_told(of_bundle bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.by_owner(of_table oid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.by_owner(of_table oid) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.by_owner(of_table oid) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.by_owner(of_table oid) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.calendar_fits(of_year integer, off date[], work date[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.calendar_fits(of_year integer, off date[], work date[]) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.called_in(words text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.case_names_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.category_follows() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.category_version_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_choice_fits() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_lapses() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_move_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_rule_amended() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_rule_within_law() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_stays_stopped() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.clock_stops_with() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.close_unlock(of_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.close_unlock(of_token bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.complaint_as_answered() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.complaint_names_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.daybook_moves() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.document_frozen() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.document_number_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.document_number_used() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.document_numbered() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_stale_portal_sessions(older interval) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_stale_portal_sessions(older interval) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.enqueue(of_kind text, with_args jsonb, in_queue text) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.event_answers_joint() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.event_is_present() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.event_leaves_joint() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.event_recuses() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.figure_told() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.filed_now() FROM PUBLIC;
GRANT ALL ON FUNCTION public.filed_now() TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.folded(words text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.follow_standing(of_matter bigint, of_ask bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.follow_standing(of_matter bigint, of_ask bigint) TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.form_receipt(of_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.form_receipt(of_token bytea) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.form_receipt(of_token bytea) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.inquiry_of_no_accusation() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.job_again(of_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.job_again(of_id bigint) TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.job_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.job_counts() TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.job_failing(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.job_failing(most integer) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.joint_bars() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.keep_facets() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.law_article_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.law_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.letter_unit() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.letter_waits() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.limit_roles() FROM PUBLIC;
GRANT ALL ON FUNCTION public.limit_roles() TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.lock_unit_tree() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_bar_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_bars_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_bars_read() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_facets() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_kin_bars() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_moves() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_names_unit() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.matter_unit_guard() FROM PUBLIC;
GRANT SELECT,INSERT ON TABLE public.staff TO zhengxin_admin;
GRANT SELECT(id) ON TABLE public.staff TO zhengxin_worker;
GRANT SELECT(name) ON TABLE public.staff TO zhengxin_worker;

GRANT SELECT(role) ON TABLE public.staff TO zhengxin_worker;
GRANT UPDATE(role) ON TABLE public.staff TO zhengxin_admin;

GRANT SELECT(unit) ON TABLE public.staff TO zhengxin_worker;
GRANT UPDATE(unit) ON TABLE public.staff TO zhengxin_admin;
GRANT UPDATE(password_hash) ON TABLE public.staff TO zhengxin_admin;
GRANT UPDATE(totp_sealed) ON TABLE public.staff TO zhengxin_admin;
GRANT UPDATE(totp_step) ON TABLE public.staff TO zhengxin_admin;

GRANT SELECT(disabled_at) ON TABLE public.staff TO zhengxin_worker;
GRANT UPDATE(disabled_at) ON TABLE public.staff TO zhengxin_admin;
GRANT UPDATE(password_until) ON TABLE public.staff TO zhengxin_admin;
GRANT UPDATE(last_login_at) ON TABLE public.staff TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.may_come_in(person public.staff) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_come_in(person public.staff) TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.may_come_in(person public.staff, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_come_in(person public.staff, at timestamp with time zone) TO zhengxin_admin;

REVOKE ALL ON FUNCTION public.may_stand_in(who public.staff, whom public.staff) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_stand_in(who public.staff, whom public.staff) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.member_admitted(of_member bigint, since timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_ask(with_macs bytea[], as_ref text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_ask(with_macs bytea[], as_ref text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_begin(of_session bytea, of_kind text, as_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_begin(of_session bytea, of_kind text, as_token bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_bundle(of_session bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_bundle(of_session bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_bundles(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_bundles(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_choose(of_session bytea, with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, new_nonce bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_choose(of_session bytea, with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, new_nonce bytea) TO zhengxin_portal;
GRANT SELECT(id) ON TABLE public.member_factor TO zhengxin_admin;
GRANT SELECT(at),INSERT(at) ON TABLE public.member_factor TO zhengxin_admin;
GRANT SELECT(member_id),INSERT(member_id) ON TABLE public.member_factor TO zhengxin_admin;
GRANT SELECT(factor),INSERT(factor) ON TABLE public.member_factor TO zhengxin_admin;
GRANT SELECT(by_desk),INSERT(by_desk) ON TABLE public.member_factor TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.member_chosen(of_member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_complaints(of_session bytea, with_keys bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_complaints(of_session bytea, with_keys bytea[]) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_deputy(of_member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_enter(of_token bytea, with_macs bytea[], as_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_enter(of_token bytea, with_macs bytea[], as_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_enter_code(with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_enter_code(with_macs bytea[], of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_enter_link(of_token bytea, of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_enter_link(of_token bytea, of_guess bigint, of_step bigint, with_proof bytea, as_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_flags(sets text[], clears text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_flags(sets text[], clears text[]) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_follow(of_session bytea, of_number text, with_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_follow(of_session bytea, of_number text, with_words text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_follows(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_follows(of_session bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_guessed(who bigint, of_way text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_home(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_home(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_invitations(of_session bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_invitations(of_session bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_keep(of_session bytea, with_keys bytea[], of_unlock bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_keep(of_session bytea, with_keys bytea[], of_unlock bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_kept(of_member bigint, shelves bytea[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_lead(of_session bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_lead(of_session bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_leads(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_leads(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_leave(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_leave(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_leave_others(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_leave_others(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_link(of_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_link(of_token bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_locked(of_session bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_matter(of_session bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_matter(of_session bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_matters(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_matters(of_session bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_of(of_session bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_open(of_session bytea, of_number text, as_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_open(of_session bytea, of_number text, as_token bytea) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.member_proved(of_member bigint, with_proof bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_put_away(of_session bytea, with_keys bytea[], of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_put_away(of_session bytea, with_keys bytea[], of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_serve_online(of_session bytea, agrees boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_serve_online(of_session bytea, agrees boolean) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_serves(of_member bigint, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_serves(of_member bigint, since timestamp with time zone) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.member_shelves(of_member bigint, with_keys bytea[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.member_took(who bigint, of_guess bigint, of_way text, of_step bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.member_try_code(with_macs bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_try_code(with_macs bytea[]) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_try_link(of_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_try_link(of_token bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_try_own(of_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_try_own(of_session bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_unfollow(of_session bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_unfollow(of_session bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.member_unlock(of_session bytea, with_keys bytea[], of_number text, as_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.member_unlock(of_session bytea, with_keys bytea[], of_number text, as_token bytea) TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.event TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.event TO zhengxin_worker;
GRANT INSERT ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(matter_id) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(seq) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(at) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(actor) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(role) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(action) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(from_state) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(to_state) ON TABLE public.event TO zhengxin_portal;
GRANT SELECT(public_text) ON TABLE public.event TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.move_now(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.move_now(of_matter bigint) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.move_now(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.move_now(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamp with time zone) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.opening_is_its_event() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.outside_body_kept() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.own_follows() FROM PUBLIC;
GRANT ALL ON FUNCTION public.own_follows() TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.own_kin() FROM PUBLIC;
GRANT ALL ON FUNCTION public.own_kin() TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.parts_back(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.parts_back(of_matter bigint) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.parts_back(of_matter bigint) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.passed_names_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.phase_of_state() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.press_lead_bars() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.press_outlet(of_unlock bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.press_outlet(of_unlock bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.prolong_unlock(of_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.prolong_unlock(of_token bytea) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.public_releases() FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_releases() TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.read_bars(of_matter bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.recognise_keys(purposes text[], ids text[], marks bytea[]) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.refuse_barred_assignments(matters bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_rewriting(what text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refuse_rewriting(what text) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.refuse_rewriting(what text) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.refuse_rewriting(what text) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_crowd(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_crowd(of_matter bigint) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.release_few(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_few(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.release_few(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.release_never(of_matter bigint, flags text[], category text, unit text) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_shared(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_shared(of_matter bigint) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.release_shared(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.release_shared(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_stage(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_stage(of_matter bigint) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.release_stage(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.release_stage(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_stale(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_stale(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.release_stale(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.release_was_public(of_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.release_was_public(of_id uuid) TO zhengxin_portal;
REVOKE ALL ON FUNCTION public.request_items_come_with_it() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.roster_match(of_kind text, of_name text, of_session text, of_credential text, of_outlet text, on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.roster_match(of_kind text, of_name text, of_session text, of_credential text, of_outlet text, on_day date) TO zhengxin_portal;
GRANT ALL ON FUNCTION public.roster_match(of_kind text, of_name text, of_session text, of_credential text, of_outlet text, on_day date) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.run_together(words text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sealed_unread(of_matter bigint, more text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sealed_unread(of_matter bigint, more text[]) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.sealed_unread(of_matter bigint, more text[]) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.set_by_move() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.set_once() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.share_unit_tree() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.somebody_settles(named text[], meant text[], persons bigint[], flags text[], roles text[], who text) TO zhengxin_admin;
REVOKE ALL ON FUNCTION public.staff_called_before() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.staff_comes_in() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.staff_is_called() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.staff_posted() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.supervising_offices() FROM PUBLIC;
GRANT ALL ON FUNCTION public.supervising_offices() TO zhengxin_admin;
GRANT ALL ON FUNCTION public.supervising_offices() TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.supplement_names_staff() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.text_block_kept() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.tree_lock() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.turn_unlock(of_token bytea, of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.turn_unlock(of_token bytea, of_number text) TO zhengxin_portal;

REVOKE ALL ON FUNCTION public.unit_above(of_matter bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unit_above(of_matter bigint) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.unit_above(of_matter bigint) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.unit_barred(candidate text, accused text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unit_barred(candidate text, accused text) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.unit_barred(candidate text, accused text) TO zhengxin_worker;

REVOKE ALL ON FUNCTION public.unit_bars(candidate text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unit_bars(candidate text) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.unit_bars(candidate text) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.unit_tree_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.unit_tree_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.warning_names_staff() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.who_acts(persons bigint[], units text[], at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.who_acts(persons bigint[], units text[], at timestamp with time zone) TO zhengxin_admin;
GRANT ALL ON FUNCTION public.who_acts(persons bigint[], units text[], at timestamp with time zone) TO zhengxin_worker;
REVOKE ALL ON FUNCTION public.work_out_staff_bars(person bigint) FROM PUBLIC;
GRANT SELECT,INSERT ON TABLE public.absence TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.absence_end TO zhengxin_admin;

GRANT INSERT ON TABLE public.access_code TO zhengxin_admin;
GRANT INSERT ON TABLE public.access_code TO zhengxin_portal;
GRANT SELECT ON TABLE public.alert TO zhengxin_admin;
GRANT INSERT(at) ON TABLE public.alert TO zhengxin_admin;
GRANT INSERT(kind) ON TABLE public.alert TO zhengxin_admin;
GRANT INSERT(staff_id) ON TABLE public.alert TO zhengxin_admin;
GRANT INSERT(matter_id) ON TABLE public.alert TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.alert_seen TO zhengxin_admin;

GRANT SELECT ON TABLE public.answer TO zhengxin_admin;
GRANT SELECT ON TABLE public.answer TO zhengxin_worker;
GRANT SELECT ON TABLE public.answer TO zhengxin_portal;
GRANT INSERT(matter_id) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(seq) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(version) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(drafted_by) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(unit) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(finding) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(decision) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(facts) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(opinion) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(basis) ON TABLE public.answer TO zhengxin_admin;
GRANT INSERT(demand) ON TABLE public.answer TO zhengxin_admin;
GRANT UPDATE(sent_at) ON TABLE public.answer TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.as_written TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.as_written TO zhengxin_portal;
GRANT SELECT ON TABLE public.as_written TO zhengxin_worker;

GRANT SELECT ON TABLE public.assignment TO zhengxin_admin;
GRANT SELECT ON TABLE public.assignment TO zhengxin_worker;
GRANT SELECT ON TABLE public.assignment TO zhengxin_portal;
GRANT INSERT(matter_id) ON TABLE public.assignment TO zhengxin_admin;
GRANT INSERT(unit) ON TABLE public.assignment TO zhengxin_admin;
GRANT INSERT(part) ON TABLE public.assignment TO zhengxin_admin;
GRANT INSERT(started_at) ON TABLE public.assignment TO zhengxin_admin;
GRANT UPDATE(signed_at) ON TABLE public.assignment TO zhengxin_admin;
GRANT UPDATE(signed_by) ON TABLE public.assignment TO zhengxin_admin;
GRANT UPDATE(opinion_at) ON TABLE public.assignment TO zhengxin_admin;
GRANT UPDATE(ended_at) ON TABLE public.assignment TO zhengxin_admin;
GRANT UPDATE(assigned) ON TABLE public.assignment TO zhengxin_admin;
GRANT SELECT ON TABLE public.backup_state TO zhengxin_admin;

GRANT INSERT ON TABLE public.binding TO zhengxin_portal;
GRANT INSERT ON TABLE public.binding TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.binding TO zhengxin_admin;

GRANT SELECT ON TABLE public.bundle TO zhengxin_admin;
GRANT SELECT ON TABLE public.bundle TO zhengxin_worker;
GRANT INSERT ON TABLE public.bundle TO zhengxin_portal;

GRANT SELECT ON TABLE public.bundle_complaint TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.bundle_complaint TO zhengxin_portal;

GRANT SELECT ON TABLE public.follow TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.follow TO zhengxin_worker;
GRANT SELECT(matter_id) ON TABLE public.follow TO zhengxin_portal;
GRANT SELECT(seq) ON TABLE public.follow TO zhengxin_portal;
GRANT SELECT(name) ON TABLE public.follow TO zhengxin_portal;
GRANT SELECT ON TABLE public.bundle_holding TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.bundle_proposal TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.calendar_version TO zhengxin_admin;

GRANT SELECT(id) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(id) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT(year) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(year) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT(version) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(version) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT(status) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(status) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT(off) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(off) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT(work) ON TABLE public.calendar_version TO zhengxin_portal;
GRANT SELECT(work) ON TABLE public.calendar_version TO zhengxin_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.captcha TO zhengxin_portal;
GRANT DELETE ON TABLE public.captcha TO zhengxin_worker;
GRANT SELECT(expires_at) ON TABLE public.captcha TO zhengxin_worker;

GRANT SELECT ON TABLE public.category TO zhengxin_portal;
GRANT SELECT ON TABLE public.category TO zhengxin_admin;
GRANT SELECT ON TABLE public.category TO zhengxin_worker;

GRANT SELECT ON TABLE public.category_group TO zhengxin_portal;
GRANT SELECT ON TABLE public.category_group TO zhengxin_admin;
GRANT SELECT ON TABLE public.category_group TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.category_version TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.cited TO zhengxin_admin;
GRANT SELECT ON TABLE public.cited TO zhengxin_worker;

GRANT SELECT ON TABLE public.clock TO zhengxin_admin;
GRANT SELECT ON TABLE public.clock TO zhengxin_worker;
GRANT SELECT ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(matter_id) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(matter_id) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(matter_id) ON TABLE public.clock TO zhengxin_worker;

GRANT INSERT(rule) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(rule) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(rule) ON TABLE public.clock TO zhengxin_worker;

GRANT INSERT(version) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(version) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(version) ON TABLE public.clock TO zhengxin_worker;

GRANT INSERT(started_seq) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(started_seq) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(started_seq) ON TABLE public.clock TO zhengxin_worker;

GRANT INSERT(started_at) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(started_at) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(started_at) ON TABLE public.clock TO zhengxin_worker;

GRANT INSERT(due_on),UPDATE(due_on) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(due_on),UPDATE(due_on) ON TABLE public.clock TO zhengxin_worker;
GRANT INSERT(due_on) ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(due_at),UPDATE(due_at) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(due_at),UPDATE(due_at) ON TABLE public.clock TO zhengxin_worker;
GRANT INSERT(due_at) ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(provisional),UPDATE(provisional) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(provisional),UPDATE(provisional) ON TABLE public.clock TO zhengxin_worker;
GRANT INSERT(provisional) ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(derivation),UPDATE(derivation) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(derivation),UPDATE(derivation) ON TABLE public.clock TO zhengxin_worker;
GRANT INSERT(derivation) ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(right_only) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(right_only) ON TABLE public.clock TO zhengxin_portal;
GRANT INSERT(right_only) ON TABLE public.clock TO zhengxin_worker;

GRANT UPDATE(stopped_seq) ON TABLE public.clock TO zhengxin_admin;
GRANT UPDATE(stopped_seq) ON TABLE public.clock TO zhengxin_worker;
GRANT UPDATE(stopped_seq) ON TABLE public.clock TO zhengxin_portal;

GRANT UPDATE(stopped_at) ON TABLE public.clock TO zhengxin_admin;
GRANT UPDATE(stopped_at) ON TABLE public.clock TO zhengxin_worker;
GRANT UPDATE(stopped_at) ON TABLE public.clock TO zhengxin_portal;

GRANT INSERT(calendar),UPDATE(calendar) ON TABLE public.clock TO zhengxin_admin;
GRANT INSERT(calendar),UPDATE(calendar) ON TABLE public.clock TO zhengxin_worker;
GRANT INSERT(calendar) ON TABLE public.clock TO zhengxin_portal;

GRANT UPDATE(was_on) ON TABLE public.clock TO zhengxin_admin;
GRANT UPDATE(was_on) ON TABLE public.clock TO zhengxin_worker;

GRANT SELECT ON TABLE public.clock_choice TO zhengxin_portal;
GRANT SELECT ON TABLE public.clock_choice TO zhengxin_admin;
GRANT SELECT ON TABLE public.clock_choice TO zhengxin_worker;

GRANT SELECT ON TABLE public.clock_rule TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.clock_rule TO zhengxin_admin;
GRANT SELECT ON TABLE public.clock_rule TO zhengxin_worker;

GRANT SELECT ON TABLE public.clock_span TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.clock_span TO zhengxin_admin;
GRANT SELECT ON TABLE public.clock_span TO zhengxin_worker;

GRANT SELECT ON TABLE public.complaint TO zhengxin_admin;
GRANT SELECT ON TABLE public.complaint TO zhengxin_worker;
GRANT SELECT ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(matter_id) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(matter_id) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(channel) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(channel) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(complainant_kind) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(complainant_kind) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(anonymous) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(anonymous) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(confidential) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(confidential) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(edelivery) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(edelivery) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(roster_match) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(roster_match) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(unit_said) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(unit_said) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(request) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(request) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(facts) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(facts) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(reasons) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(reasons) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(contract_no) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(contract_no) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(contract_date) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(contract_date) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(contract_amount) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(contract_amount) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(unpaid_amount) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(unpaid_amount) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(due_on) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(due_on) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(in_litigation) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(in_litigation) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(elsewhere) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(elsewhere) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(evidence_held) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(evidence_held) ON TABLE public.complaint TO zhengxin_portal;
GRANT INSERT(nature),UPDATE(nature) ON TABLE public.complaint TO zhengxin_admin;
GRANT UPDATE(finding) ON TABLE public.complaint TO zhengxin_admin;
GRANT UPDATE(decision) ON TABLE public.complaint TO zhengxin_admin;
GRANT UPDATE(rating) ON TABLE public.complaint TO zhengxin_portal;
GRANT UPDATE(solved) ON TABLE public.complaint TO zhengxin_portal;
GRANT UPDATE(rating_words) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(origin) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(origin) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(happened_at) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(happened_at) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(received_on) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(received_on) ON TABLE public.complaint TO zhengxin_portal;
GRANT UPDATE(rating_told) ON TABLE public.complaint TO zhengxin_portal;

GRANT INSERT(track),UPDATE(track) ON TABLE public.complaint TO zhengxin_admin;
GRANT INSERT(track) ON TABLE public.complaint TO zhengxin_portal;

GRANT SELECT ON TABLE public.county_day TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.county_day TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.daybook TO zhengxin_admin;
GRANT SELECT ON TABLE public.daybook_head TO zhengxin_admin;

GRANT UPDATE(seq) ON TABLE public.daybook_head TO zhengxin_admin;
GRANT SELECT(seq) ON TABLE public.daybook_head TO zhengxin_worker;

GRANT UPDATE(head) ON TABLE public.daybook_head TO zhengxin_admin;
GRANT SELECT(head) ON TABLE public.daybook_head TO zhengxin_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_draft TO zhengxin_admin;
GRANT DELETE ON TABLE public.desk_draft TO zhengxin_worker;
GRANT SELECT(expires_at) ON TABLE public.desk_draft TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.discipline_case TO zhengxin_admin;
GRANT SELECT ON TABLE public.discipline_case TO zhengxin_worker;
GRANT UPDATE(rectify_by) ON TABLE public.discipline_case TO zhengxin_admin;

GRANT SELECT ON TABLE public.document TO zhengxin_admin;
GRANT SELECT ON TABLE public.document TO zhengxin_worker;
GRANT INSERT(matter_id) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(seq) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(kind) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(prefix) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(year) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(serial) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(title) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(paper) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(html) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(digest) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(signed_by) ON TABLE public.document TO zhengxin_admin;
GRANT INSERT(signed_at) ON TABLE public.document TO zhengxin_admin;
GRANT UPDATE(served_seq) ON TABLE public.document TO zhengxin_admin;
GRANT UPDATE(served_on) ON TABLE public.document TO zhengxin_admin;
GRANT UPDATE(served_how) ON TABLE public.document TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.document_counter TO zhengxin_admin;
GRANT SELECT ON TABLE public.document_counter TO zhengxin_worker;
GRANT UPDATE(last) ON TABLE public.document_counter TO zhengxin_admin;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.draft TO zhengxin_portal;
GRANT DELETE ON TABLE public.draft TO zhengxin_worker;
GRANT SELECT(expires_at) ON TABLE public.draft TO zhengxin_worker;
GRANT SELECT ON TABLE public.drill_run TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.export TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.export_end TO zhengxin_admin;

GRANT SELECT ON TABLE public.figure TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.figure TO zhengxin_worker;

GRANT SELECT ON TABLE public.figure_quarter TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.figure_quarter TO zhengxin_worker;

GRANT SELECT ON TABLE public.follow_answer TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.follow_answer TO zhengxin_portal;
GRANT SELECT ON TABLE public.follow_ask TO zhengxin_worker;
GRANT UPDATE(put_at) ON TABLE public.follow_ask TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.form_token TO zhengxin_admin;
GRANT INSERT ON TABLE public.form_token TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.identity TO zhengxin_admin;
GRANT INSERT ON TABLE public.identity TO zhengxin_portal;
GRANT SELECT(matter_id) ON TABLE public.identity TO zhengxin_worker;
GRANT SELECT(mailbox) ON TABLE public.identity TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.identity_opening TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.inquiry TO zhengxin_admin;
GRANT SELECT ON TABLE public.inquiry TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.invitation TO zhengxin_admin;
GRANT SELECT ON TABLE public.invitation TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.invitation_date TO zhengxin_admin;
GRANT SELECT ON TABLE public.invitation_date TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.invitation_unit TO zhengxin_admin;
GRANT SELECT ON TABLE public.invitation_unit TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.invitee TO zhengxin_admin;
GRANT SELECT ON TABLE public.invitee TO zhengxin_worker;
GRANT SELECT(matter_id) ON TABLE public.invitee TO zhengxin_portal;
GRANT SELECT(no) ON TABLE public.invitee TO zhengxin_portal;
GRANT SELECT(member_id) ON TABLE public.invitee TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.invitee_said TO zhengxin_admin;
GRANT SELECT ON TABLE public.invitee_said TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.invitee_said TO zhengxin_portal;
GRANT SELECT ON TABLE public.invitee_part TO zhengxin_admin;

GRANT SELECT ON TABLE public.joint TO zhengxin_portal;
GRANT SELECT ON TABLE public.joint TO zhengxin_admin;
GRANT SELECT ON TABLE public.joint TO zhengxin_worker;
GRANT INSERT(matter_id) ON TABLE public.joint TO zhengxin_admin;
GRANT INSERT(seq) ON TABLE public.joint TO zhengxin_admin;
GRANT INSERT(main_id) ON TABLE public.joint TO zhengxin_admin;
GRANT INSERT(representative) ON TABLE public.joint TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.law TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.law_article TO zhengxin_admin;

GRANT SELECT ON TABLE public.letter TO zhengxin_admin;
GRANT SELECT ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(matter_id) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(matter_id) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(matter_id) ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(seq) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(seq) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(seq) ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(template) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(template) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(template) ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(recipient) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(recipient) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(recipient) ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(unit) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(unit) ON TABLE public.letter TO zhengxin_portal;

GRANT INSERT(message_id) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(message_id) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(message_id) ON TABLE public.letter TO zhengxin_worker;

GRANT INSERT(created_at) ON TABLE public.letter TO zhengxin_admin;
GRANT INSERT(created_at) ON TABLE public.letter TO zhengxin_portal;
GRANT INSERT(created_at) ON TABLE public.letter TO zhengxin_worker;
GRANT UPDATE(state) ON TABLE public.letter TO zhengxin_worker;
GRANT UPDATE(tries) ON TABLE public.letter TO zhengxin_worker;
GRANT UPDATE(done_at) ON TABLE public.letter TO zhengxin_worker;
GRANT UPDATE(fault_code) ON TABLE public.letter TO zhengxin_worker;

GRANT SELECT ON TABLE public.likeness TO zhengxin_admin;
GRANT SELECT,INSERT,UPDATE ON TABLE public.likeness TO zhengxin_worker;
GRANT SELECT,INSERT,DELETE ON TABLE public.list_columns TO zhengxin_admin;
GRANT UPDATE(columns) ON TABLE public.list_columns TO zhengxin_admin;
GRANT UPDATE(chosen_at) ON TABLE public.list_columns TO zhengxin_admin;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.login_attempt TO zhengxin_admin;
GRANT SELECT,DELETE ON TABLE public.login_attempt TO zhengxin_worker;
GRANT SELECT ON TABLE public.mail_test TO zhengxin_worker;
GRANT SELECT(id) ON TABLE public.mail_test TO zhengxin_admin;
GRANT SELECT(by_id),INSERT(by_id) ON TABLE public.mail_test TO zhengxin_admin;
GRANT SELECT(asked_at),INSERT(asked_at) ON TABLE public.mail_test TO zhengxin_admin;

GRANT INSERT(address) ON TABLE public.mail_test TO zhengxin_admin;
GRANT UPDATE(address) ON TABLE public.mail_test TO zhengxin_worker;

GRANT SELECT(done_at) ON TABLE public.mail_test TO zhengxin_admin;
GRANT UPDATE(done_at) ON TABLE public.mail_test TO zhengxin_worker;

GRANT SELECT(code) ON TABLE public.mail_test TO zhengxin_admin;
GRANT UPDATE(code) ON TABLE public.mail_test TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.matter TO zhengxin_admin;
GRANT SELECT ON TABLE public.matter TO zhengxin_worker;
GRANT INSERT ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT(id) ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT(kind) ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT(number) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(state) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(state) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(state),UPDATE(state) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(unit) ON TABLE public.matter TO zhengxin_admin;
GRANT SELECT(unit) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(category) ON TABLE public.matter TO zhengxin_admin;
GRANT SELECT(category) ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT(title) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(flags) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(flags) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(flags) ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT(opened_at) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(closed_at) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(closed_at) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(closed_at),UPDATE(closed_at) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(due_at) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(due_at) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(due_at),UPDATE(due_at) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(seq) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(seq) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(seq),UPDATE(seq) ON TABLE public.matter TO zhengxin_portal;

GRANT UPDATE(head) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(head) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(head),UPDATE(head) ON TABLE public.matter TO zhengxin_portal;

GRANT SELECT(phase),UPDATE(phase) ON TABLE public.matter TO zhengxin_portal;
GRANT UPDATE(phase) ON TABLE public.matter TO zhengxin_admin;
GRANT UPDATE(phase) ON TABLE public.matter TO zhengxin_worker;
GRANT SELECT(salt) ON TABLE public.matter TO zhengxin_portal;
GRANT SELECT ON TABLE public.matter_bar TO zhengxin_admin;
GRANT UPDATE(released_seq) ON TABLE public.matter_bar TO zhengxin_admin;

GRANT USAGE ON SEQUENCE public.matter_id TO zhengxin_portal;
GRANT USAGE ON SEQUENCE public.matter_id TO zhengxin_admin;

GRANT SELECT ON TABLE public.matter_kind TO zhengxin_portal;
GRANT SELECT ON TABLE public.matter_kind TO zhengxin_admin;
GRANT SELECT ON TABLE public.matter_kind TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.matter_look TO zhengxin_admin;
GRANT DELETE ON TABLE public.matter_look TO zhengxin_worker;
GRANT UPDATE(seq) ON TABLE public.matter_look TO zhengxin_admin;

GRANT UPDATE(at) ON TABLE public.matter_look TO zhengxin_admin;
GRANT SELECT(at) ON TABLE public.matter_look TO zhengxin_worker;
GRANT SELECT ON TABLE public.matter_reader TO zhengxin_admin;

GRANT SELECT ON TABLE public.matter_state TO zhengxin_portal;
GRANT SELECT ON TABLE public.matter_state TO zhengxin_admin;
GRANT SELECT ON TABLE public.matter_state TO zhengxin_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.member TO zhengxin_admin;
GRANT SELECT(id) ON TABLE public.member TO zhengxin_worker;
GRANT SELECT(kind) ON TABLE public.member TO zhengxin_worker;
GRANT SELECT(name) ON TABLE public.member TO zhengxin_worker;
GRANT SELECT(congress_session) ON TABLE public.member TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.member_account TO zhengxin_admin;
GRANT SELECT(member_id) ON TABLE public.member_account TO zhengxin_worker;

GRANT UPDATE(mailbox) ON TABLE public.member_account TO zhengxin_admin;
GRANT SELECT(mailbox) ON TABLE public.member_account TO zhengxin_worker;
GRANT UPDATE(mailbox_mac) ON TABLE public.member_account TO zhengxin_admin;
GRANT UPDATE(code_mac) ON TABLE public.member_account TO zhengxin_admin;

GRANT UPDATE(changed_at) ON TABLE public.member_account TO zhengxin_admin;
GRANT SELECT(changed_at) ON TABLE public.member_account TO zhengxin_worker;

GRANT UPDATE(closed_at) ON TABLE public.member_account TO zhengxin_admin;
GRANT SELECT(closed_at) ON TABLE public.member_account TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.member_act TO zhengxin_admin;
GRANT DELETE ON TABLE public.member_guess TO zhengxin_worker;
GRANT SELECT(at) ON TABLE public.member_guess TO zhengxin_worker;
GRANT SELECT(member_id) ON TABLE public.member_guess TO zhengxin_worker;
GRANT SELECT,DELETE ON TABLE public.member_login TO zhengxin_worker;
GRANT UPDATE(token_hash) ON TABLE public.member_login TO zhengxin_worker;
GRANT UPDATE(expires_at) ON TABLE public.member_login TO zhengxin_worker;
GRANT UPDATE(sent_at) ON TABLE public.member_login TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.press_lead TO zhengxin_admin;
GRANT SELECT ON TABLE public.press_lead TO zhengxin_worker;
GRANT INSERT ON TABLE public.press_lead TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.proposal_leaving TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.proposal_signer TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal_signer TO zhengxin_worker;

GRANT SELECT ON TABLE public.member_reached TO zhengxin_admin;
GRANT SELECT ON TABLE public.member_reached TO zhengxin_worker;
GRANT DELETE ON TABLE public.member_session TO zhengxin_worker;
GRANT SELECT(created_at) ON TABLE public.member_session TO zhengxin_worker;

GRANT SELECT ON TABLE public.notice TO zhengxin_admin;
GRANT SELECT ON TABLE public.notice TO zhengxin_worker;
GRANT INSERT(kind) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(title) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(issuer) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(number) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(addressee) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(body) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(paper) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(digest) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(document_id) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(matter_id) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(unit) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(published_at) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(until) ON TABLE public.notice TO zhengxin_admin;
GRANT UPDATE(taken_down_at) ON TABLE public.notice TO zhengxin_admin;
GRANT UPDATE(taken_down_reason) ON TABLE public.notice TO zhengxin_admin;
GRANT INSERT(also) ON TABLE public.notice TO zhengxin_admin;
GRANT SELECT ON TABLE public.notice_public TO zhengxin_portal;
GRANT SELECT ON TABLE public.notice_tombstone TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.office_form TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.old_record TO zhengxin_admin;
GRANT SELECT ON TABLE public.old_record TO zhengxin_worker;
GRANT SELECT ON TABLE public.opening_budget TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.outside_body TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.passed TO zhengxin_admin;
GRANT SELECT ON TABLE public.passed TO zhengxin_worker;
GRANT SELECT(matter_id) ON TABLE public.passed TO zhengxin_portal;
GRANT SELECT(seq) ON TABLE public.passed TO zhengxin_portal;
GRANT SELECT(words) ON TABLE public.passed TO zhengxin_portal;
GRANT SELECT(guarded) ON TABLE public.passed TO zhengxin_portal;

GRANT SELECT ON TABLE public.pause_ground TO zhengxin_portal;
GRANT SELECT ON TABLE public.pause_ground TO zhengxin_admin;
GRANT SELECT ON TABLE public.pause_ground TO zhengxin_worker;

GRANT SELECT ON TABLE public.present TO zhengxin_admin;
GRANT SELECT ON TABLE public.present TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.press_publication TO zhengxin_admin;
GRANT SELECT ON TABLE public.press_publication TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.press_publication TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.press_question TO zhengxin_admin;
GRANT SELECT ON TABLE public.press_question TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.press_question TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.press_statement TO zhengxin_admin;
GRANT SELECT ON TABLE public.press_statement TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.promise TO zhengxin_admin;
GRANT SELECT ON TABLE public.promise TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.promise TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.promise_doubt TO zhengxin_portal;
GRANT SELECT ON TABLE public.promise_doubt TO zhengxin_admin;
GRANT SELECT ON TABLE public.promise_doubt TO zhengxin_worker;

GRANT SELECT ON TABLE public.promise_line TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.promise_line TO zhengxin_admin;
GRANT SELECT ON TABLE public.promise_line TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.promise_outcome TO zhengxin_admin;
GRANT SELECT ON TABLE public.promise_outcome TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.promise_outcome TO zhengxin_portal;

GRANT SELECT ON TABLE public.promise_result TO zhengxin_portal;
GRANT SELECT ON TABLE public.promise_result TO zhengxin_admin;
GRANT SELECT ON TABLE public.promise_result TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.proposal TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.proposal_answer TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal_answer TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.proposal_answer_point TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal_answer_point TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.proposal_feedback TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal_feedback TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.proposal_feedback TO zhengxin_portal;

GRANT SELECT,INSERT ON TABLE public.proposal_point TO zhengxin_admin;
GRANT SELECT ON TABLE public.proposal_point TO zhengxin_worker;
GRANT SELECT ON TABLE public.release_open TO zhengxin_admin;

GRANT SELECT ON TABLE public.release_text TO zhengxin_admin;
GRANT SELECT ON TABLE public.release_text TO zhengxin_portal;
GRANT SELECT ON TABLE public.release_text TO zhengxin_worker;
GRANT INSERT(matter_id) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(version) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(seq) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(written_by) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(answered) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(category) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(unit) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(title) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(question) ON TABLE public.release_text TO zhengxin_admin;
GRANT INSERT(answer) ON TABLE public.release_text TO zhengxin_admin;

GRANT SELECT ON TABLE public.request TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request TO zhengxin_admin;
GRANT SELECT ON TABLE public.request TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.request_answer TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request_answer TO zhengxin_admin;
GRANT SELECT ON TABLE public.request_answer TO zhengxin_worker;

GRANT SELECT ON TABLE public.request_end TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request_end TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.request_end TO zhengxin_worker;

GRANT SELECT ON TABLE public.request_item TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request_item TO zhengxin_admin;
GRANT SELECT ON TABLE public.request_item TO zhengxin_worker;

GRANT SELECT ON TABLE public.request_put TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request_put TO zhengxin_admin;
GRANT SELECT ON TABLE public.request_put TO zhengxin_worker;

GRANT SELECT ON TABLE public.request_waiver TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.request_waiver TO zhengxin_admin;
GRANT SELECT ON TABLE public.request_waiver TO zhengxin_worker;

GRANT SELECT ON TABLE public.role TO zhengxin_portal;
GRANT SELECT ON TABLE public.role TO zhengxin_admin;
GRANT SELECT ON TABLE public.role TO zhengxin_worker;
GRANT SELECT,DELETE ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(staff_id) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(kind) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(name) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(asks),UPDATE(asks) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(unit),UPDATE(unit) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(office),UPDATE(office) ON TABLE public.saved_view TO zhengxin_admin;
GRANT INSERT(saved_at),UPDATE(saved_at) ON TABLE public.saved_view TO zhengxin_admin;

GRANT SELECT ON TABLE public.search_text TO zhengxin_admin;
GRANT SELECT,INSERT,UPDATE ON TABLE public.search_text TO zhengxin_worker;

GRANT SELECT ON TABLE public.setting TO zhengxin_portal;
GRANT SELECT,INSERT,UPDATE ON TABLE public.setting TO zhengxin_admin;
GRANT SELECT ON TABLE public.setting TO zhengxin_worker;

GRANT SELECT ON TABLE public.settlement TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.settlement TO zhengxin_admin;
GRANT SELECT ON TABLE public.settlement TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.settlement_step TO zhengxin_portal;
GRANT SELECT,INSERT ON TABLE public.settlement_step TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.settlement_step TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.staff_act TO zhengxin_admin;
GRANT SELECT ON TABLE public.staff_bar TO zhengxin_admin;
GRANT SELECT ON TABLE public.staff_called TO zhengxin_admin;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff_device TO zhengxin_admin;
GRANT DELETE ON TABLE public.staff_device TO zhengxin_worker;
GRANT SELECT(seen_at) ON TABLE public.staff_device TO zhengxin_worker;
GRANT SELECT ON TABLE public.staff_post TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.staff_session TO zhengxin_admin;
GRANT SELECT,DELETE ON TABLE public.staff_session TO zhengxin_worker;
GRANT UPDATE(token_hash) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(seen_at) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(expires_at) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(second_factor_at) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(otp_tries) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(totp_pending) ON TABLE public.staff_session TO zhengxin_admin;
GRANT UPDATE(revoked_at) ON TABLE public.staff_session TO zhengxin_admin;

GRANT SELECT ON TABLE public.supplement TO zhengxin_admin;
GRANT SELECT ON TABLE public.supplement TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.supplement TO zhengxin_portal;

GRANT SELECT ON TABLE public.synonym TO zhengxin_portal;
GRANT SELECT,INSERT,DELETE ON TABLE public.synonym TO zhengxin_admin;
GRANT SELECT ON TABLE public.synonym TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.term_decision TO zhengxin_admin;
GRANT SELECT ON TABLE public.term_decision TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.term_request TO zhengxin_admin;
GRANT SELECT ON TABLE public.term_request TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.text_block TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.transfer TO zhengxin_admin;
GRANT SELECT ON TABLE public.transfer TO zhengxin_worker;

GRANT SELECT,INSERT ON TABLE public.transfer_receipt TO zhengxin_admin;
GRANT SELECT ON TABLE public.transfer_receipt TO zhengxin_worker;

GRANT SELECT ON TABLE public.unit TO zhengxin_portal;
GRANT SELECT,INSERT,UPDATE ON TABLE public.unit TO zhengxin_admin;
GRANT SELECT ON TABLE public.unit TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.unit_act TO zhengxin_admin;

GRANT SELECT,INSERT,DELETE ON TABLE public.unit_conflict TO zhengxin_admin;
GRANT SELECT ON TABLE public.unit_conflict TO zhengxin_worker;
GRANT DELETE ON TABLE public.unlock TO zhengxin_worker;
GRANT SELECT(matter_id) ON TABLE public.unlock TO zhengxin_portal;
GRANT SELECT(expires_at) ON TABLE public.unlock TO zhengxin_worker;
GRANT SELECT(member_id) ON TABLE public.unlock TO zhengxin_portal;
GRANT SELECT(member_name) ON TABLE public.unlock TO zhengxin_portal;
GRANT SELECT(opens) ON TABLE public.unlock TO zhengxin_portal;
GRANT DELETE ON TABLE public.unlock_attempt TO zhengxin_worker;
GRANT SELECT(since) ON TABLE public.unlock_attempt TO zhengxin_worker;
GRANT SELECT,INSERT ON TABLE public.verify_end TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.verify_run TO zhengxin_admin;

GRANT SELECT,INSERT ON TABLE public.warning_draft TO zhengxin_admin;
GRANT SELECT ON TABLE public.warning_draft TO zhengxin_worker;

GRANT SELECT ON TABLE public.warning_rung TO zhengxin_portal;
GRANT SELECT ON TABLE public.warning_rung TO zhengxin_admin;
GRANT SELECT ON TABLE public.warning_rung TO zhengxin_worker;

GRANT SELECT ON TABLE public.watch_count TO zhengxin_portal;
GRANT SELECT ON TABLE public.watch_count TO zhengxin_admin;
GRANT SELECT,INSERT ON TABLE public.watch_count TO zhengxin_worker;

GRANT SELECT ON TABLE public.worker_beat TO zhengxin_portal;
GRANT SELECT ON TABLE public.worker_beat TO zhengxin_admin;
GRANT SELECT,INSERT,UPDATE ON TABLE public.worker_beat TO zhengxin_worker;

ALTER DEFAULT PRIVILEGES FOR ROLE zhengxin REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
