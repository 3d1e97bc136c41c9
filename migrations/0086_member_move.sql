-- +goose Up
-- Members do moves and open matters by the engine, as complainants do: the portal holds
-- one matter open for them for a minute, and row-level security shows it that one.

-- Which members have part in matters of a kind, what they open one in, and which flags
-- their moves write; the declarations of the registers have the same, held by a test.
ALTER TABLE matter_kind ADD COLUMN members text[] NOT NULL DEFAULT '{}', ADD COLUMN member_opens text, ADD COLUMN member_flags text[] NOT NULL DEFAULT '{}',
	ADD CHECK (members <@ '{npc_deputy,cppcc_member,media}'),
	ADD FOREIGN KEY (kind, member_opens) REFERENCES matter_state (kind, state);
COMMENT ON COLUMN matter_kind.members IS 'The kinds of members who have part in such matters.';
COMMENT ON COLUMN matter_kind.member_opens IS 'The state in which a member opens one; null where none does.';
COMMENT ON COLUMN matter_kind.member_flags IS 'The flags that the moves of members write.';
UPDATE matter_kind SET members = '{npc_deputy,cppcc_member}', member_flags = '{public,unheard}' WHERE kind = 'proposal';

-- Who has part in which matter, and as what.
CREATE VIEW member_part AS
SELECT s.matter_id, s.member_id,
	CASE WHEN s.no = (SELECT min(o.no) FROM proposal_signer o WHERE o.matter_id = s.matter_id
		AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = o.matter_id AND l.no = o.no)) THEN 'lead' ELSE 'joint' END AS part
FROM proposal_signer s
WHERE s.member_id IS NOT NULL AND NOT EXISTS (SELECT FROM proposal_leaving l WHERE l.matter_id = s.matter_id AND l.no = s.no);
COMMENT ON VIEW member_part IS 'Who of the roster has part in which matter, and as what: a branch for each register that has members.';

ALTER TABLE event ADD COLUMN member_id bigint REFERENCES member (id),
	DROP CONSTRAINT event_actor_check,
	ADD CONSTRAINT event_actor_check CHECK (actor IN ('complainant', 'member', 'staff', 'system')),
	ADD CONSTRAINT event_member_check CHECK ((actor = 'member') = (member_id IS NOT NULL));

ALTER TABLE unlock ALTER COLUMN matter_id DROP NOT NULL, ADD COLUMN member_id bigint REFERENCES member (id),
	ADD COLUMN member_name text NOT NULL DEFAULT '', ADD COLUMN opens text REFERENCES matter_kind (kind),
	ADD CONSTRAINT unlock_of CHECK ((matter_id IS NULL) = (opens IS NOT NULL) AND (opens IS NULL OR member_id IS NOT NULL));
COMMENT ON COLUMN unlock.member_id IS 'The member of the roster for whom it was opened; null where somebody showed number and code.';
COMMENT ON COLUMN unlock.opens IS 'The kind of matter that the member is about to open.';
GRANT SELECT (member_id, member_name, opens) ON unlock TO zhengxin_portal;

-- +goose StatementBegin
CREATE FUNCTION member_open(of_session bytea, of_number text, as_token bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION member_open IS 'Opens a matter in which they have part to who is logged in, for one move. Null when the session opens nothing, false when it is not theirs.';

-- +goose StatementBegin
CREATE FUNCTION member_begin(of_session bytea, of_kind text, as_token bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION member_begin IS 'Lets who is logged in open one matter of a kind. Null when the session opens nothing, false when it is not for such as them.';

-- +goose StatementBegin
CREATE FUNCTION member_flags(sets text[], clears text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION member_flags IS 'Writes flags of the matter that a member has open: those alone that moves of members write.';

REVOKE EXECUTE ON FUNCTION member_open, member_begin, member_flags FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_open, member_begin, member_flags TO zhengxin_portal;

DROP POLICY own_add ON event;
CREATE POLICY own_add ON event FOR INSERT TO zhengxin_portal WITH CHECK (
	(matter_id = (SELECT matter_id FROM unlock) OR seq = 1 AND matter_id = currval('matter_id'))
	AND role = actor AND CASE actor
		WHEN 'complainant' THEN actor_name = '' AND (SELECT u.member_id FROM unlock u) IS NULL
		WHEN 'member' THEN (member_id, actor_name) = (SELECT u.member_id, u.member_name FROM unlock u)
		ELSE false END);
-- Nobody of the office speaks in a member's name.
DROP POLICY office ON event;
CREATE POLICY office ON event TO zhengxin_admin USING (true) WITH CHECK (actor <> 'member');

CREATE POLICY member_file ON matter FOR INSERT TO zhengxin_portal WITH CHECK (
	kind = (SELECT u.opens FROM unlock u) AND seq = 1 AND closed_at IS NULL AND id = currval('matter_id') AND persons = '{}' AND follows IS NULL
	AND (SELECT k.member_opens = state AND k.member_flags @> flags FROM matter_kind k WHERE k.kind = matter.kind));

-- What the signers themselves say of an answer.
ALTER TABLE proposal_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON proposal_feedback TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_add ON proposal_feedback FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
CREATE POLICY own_read ON proposal_feedback FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
GRANT INSERT, SELECT ON proposal_feedback TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
