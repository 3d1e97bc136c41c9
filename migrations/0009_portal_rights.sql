-- +goose Up
-- What the internet-facing process may touch (docs/design.md, "What the portal
-- may touch"): it files with INSERT alone, and sees and moves only the one
-- matter whose code was shown, inside the transaction that says so.

-- These are PL/pgSQL because it keeps a plan for the life of a connection; a
-- function in SQL is parsed and planned at every call, which cost filing half
-- of its time.

-- +goose StatementBegin
CREATE FUNCTION unlocked_matter() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (SELECT matter_id FROM unlock
	WHERE token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND expires_at > now());
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION unlocked_matter IS 'The matter opened by SET LOCAL zhengxin.unlock, null when none.';

-- +goose StatementBegin
CREATE FUNCTION portal_may_add(target bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (SELECT CASE WHEN EXISTS (SELECT 1 FROM matter WHERE id = target) THEN coalesce(target = unlocked_matter(), false)
		ELSE target = currval('matter_id') END);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION portal_may_add IS 'True for the unlocked matter and for the one this very statement files: invisible to its own snapshot, and its id drawn by this session. Without the last a slow statement could add to what others file meanwhile.';

-- +goose StatementBegin
CREATE FUNCTION open_unlock(of_number text, with_macs bytea[], as_token bytea, attempt bytea, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	matched bigint;
	wrong int;
BEGIN
	-- Counted before it is checked, under the row's lock: many guesses at once
	-- are as many as one after the other.
	INSERT INTO unlock_attempt AS a (key, tries, since) VALUES (attempt, 1, open_unlock.at)
	ON CONFLICT (key) DO UPDATE SET
		tries = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' THEN 1 ELSE a.tries + 1 END,
		since = CASE WHEN a.since <= open_unlock.at - interval '15 minutes' THEN open_unlock.at ELSE a.since END
	RETURNING a.tries INTO wrong;
	IF wrong > 5 THEN
		RETURN 'wait';
	END IF;
	SELECT m.id INTO matched FROM matter m JOIN access_code c ON c.matter_id = m.id
		WHERE m.number = of_number AND c.mac = ANY (with_macs);
	IF matched IS NULL THEN
		RETURN 'wrong ' || (5 - wrong);
	END IF;
	DELETE FROM unlock_attempt a WHERE a.key = attempt;
	INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES (as_token, matched, now() + interval '30 minutes');
	RETURN 'open';
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION open_unlock IS 'Checks number and code, counts wrong pairs of one guesser for one number, and opens the matter for half an hour.';

-- +goose StatementBegin
CREATE FUNCTION close_unlock(of_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	DELETE FROM unlock WHERE token_hash = of_token
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION form_receipt(of_token bytea) RETURNS TABLE (number text, unit_name text, seq bigint, action text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN QUERY SELECT m.number, coalesce(u.name, ''), t.seq, t.action, t.at
	FROM form_token t JOIN matter m ON m.id = t.matter_id LEFT JOIN unit u ON u.code = m.unit
	WHERE t.token_hash = of_token;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION form_receipt IS 'What a form that was already carried out did, to give the first answer again.';

-- +goose StatementBegin
CREATE FUNCTION roster_match(of_kind text, of_name text, of_session text, of_credential text, of_outlet text, on_day date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	RETURN (SELECT CASE WHEN of_kind IN ('npc_deputy', 'cppcc_member', 'media') THEN EXISTS (
		SELECT 1 FROM member
		WHERE kind = of_kind AND name = of_name AND credential_number = of_credential
		  AND (of_kind = 'media' OR congress_session = of_session)
		  AND (of_kind <> 'media' OR outlet = of_outlet)
		  AND valid_from <= on_day AND coalesce(valid_to >= on_day, true)) END);
END
$$;
-- +goose StatementEnd

REVOKE EXECUTE ON FUNCTION unlocked_matter, portal_may_add, open_unlock, close_unlock, form_receipt, roster_match FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unlocked_matter, portal_may_add, open_unlock, close_unlock, form_receipt, roster_match TO zhengxin_portal;
GRANT EXECUTE ON FUNCTION form_receipt, roster_match TO zhengxin_admin;

GRANT SELECT, INSERT ON matter TO zhengxin_portal;
GRANT UPDATE (state, closed_at, due_at, seq, head) ON matter TO zhengxin_portal;
GRANT SELECT, INSERT ON complaint, event, clock, supplement TO zhengxin_portal;
GRANT UPDATE (rating, solved, rating_words) ON complaint TO zhengxin_portal;
GRANT UPDATE (stopped_seq, stopped_at) ON clock TO zhengxin_portal;
GRANT SELECT ON assignment, answer TO zhengxin_portal;
GRANT INSERT ON identity, access_code, form_token, letter TO zhengxin_portal;

ALTER TABLE matter ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplement ENABLE ROW LEVEL SECURITY;
ALTER TABLE answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE form_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE letter ENABLE ROW LEVEL SECURITY;

CREATE POLICY office ON matter TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON complaint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON event TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY system_read ON event FOR SELECT TO zhengxin_worker USING (true);
CREATE POLICY system_add ON event FOR INSERT TO zhengxin_worker WITH CHECK (actor = 'system' AND role = 'system');
CREATE POLICY office ON clock TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON assignment TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON supplement TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON answer TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON identity TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON access_code TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY office ON form_token TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY office ON letter TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);

CREATE POLICY file ON matter FOR INSERT TO zhengxin_portal WITH CHECK (
	kind = 'complaint' AND state = 'submitted' AND seq = 1 AND closed_at IS NULL AND flags <@ '{anonymous,unit_unsettled,reachable}'
	AND id = currval('matter_id'));
CREATE POLICY own_read ON matter FOR SELECT TO zhengxin_portal USING (id = (SELECT unlocked_matter()));
CREATE POLICY own_move ON matter FOR UPDATE TO zhengxin_portal USING (id = (SELECT unlocked_matter())) WITH CHECK (id = (SELECT unlocked_matter()));

CREATE POLICY file ON complaint FOR INSERT TO zhengxin_portal WITH CHECK (
	channel = 'web' AND nature IS NULL AND finding IS NULL AND decision IS NULL AND rating IS NULL AND origin = '' AND portal_may_add(matter_id));
CREATE POLICY own_read ON complaint FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()));
CREATE POLICY own_rate ON complaint FOR UPDATE TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter())) WITH CHECK (matter_id = (SELECT unlocked_matter()));

CREATE POLICY own_add ON event FOR INSERT TO zhengxin_portal WITH CHECK (actor = 'complainant' AND role = 'complainant' AND actor_name = '' AND portal_may_add(matter_id));
CREATE POLICY own_read ON event FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()));

CREATE POLICY own_add ON clock FOR INSERT TO zhengxin_portal WITH CHECK (portal_may_add(matter_id));
CREATE POLICY own_read ON clock FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()));
CREATE POLICY own_stop ON clock FOR UPDATE TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter())) WITH CHECK (matter_id = (SELECT unlocked_matter()));

CREATE POLICY own_read ON assignment FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()));
CREATE POLICY own_read ON answer FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()) AND sent_at IS NOT NULL);
CREATE POLICY own_read ON supplement FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT unlocked_matter()));
CREATE POLICY own_add ON supplement FOR INSERT TO zhengxin_portal WITH CHECK (coalesce(matter_id = (SELECT unlocked_matter()), false));

CREATE POLICY file ON identity FOR INSERT TO zhengxin_portal WITH CHECK (portal_may_add(matter_id) AND NOT coalesce(matter_id = unlocked_matter(), false));
CREATE POLICY file ON access_code FOR INSERT TO zhengxin_portal WITH CHECK (portal_may_add(matter_id) AND NOT coalesce(matter_id = unlocked_matter(), false));
CREATE POLICY own_add ON form_token FOR INSERT TO zhengxin_portal WITH CHECK (portal_may_add(matter_id));
CREATE POLICY own_add ON letter FOR INSERT TO zhengxin_portal WITH CHECK (state = 'waiting' AND tries = 0 AND portal_may_add(matter_id));

-- An internal note is not for the complainant's own process either.
REVOKE SELECT ON event FROM zhengxin_portal;
GRANT SELECT (matter_id, seq, at, actor, role, action, from_state, to_state, public_text) ON event TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
