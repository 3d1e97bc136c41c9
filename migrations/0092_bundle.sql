-- +goose Up
-- What a deputy brings before the office together, of complaints that they follow.

INSERT INTO matter_kind (kind, relation, members) VALUES ('bundle', 'none', '{npc_deputy,cppcc_member}');
INSERT INTO matter_state (kind, state, phase) VALUES ('bundle', 'sent', 1), ('bundle', 'replied', 3), ('bundle', 'proposed', 3), ('bundle', 'withdrawn', 3);
UPDATE matter_kind SET member_opens = 'sent' WHERE kind = 'bundle';
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('BUNDLE-REP', '回复合并反映', 'bundle', 'filed', 'replied', 15, 'WD', false,
		'没有统一规定，暂按 15 个工作日；本县另有规定的，以规定为准', 'low', '2024-01-01');

CREATE TABLE bundle (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	member_id bigint NOT NULL REFERENCES member,
	name      text NOT NULL CHECK (name <> ''),
	words     text NOT NULL CHECK (words <> '')
);
CREATE INDEX bundle_member ON bundle (member_id);
COMMENT ON TABLE bundle IS 'What a deputy brings before the office together: 合并反映.';

CREATE TABLE bundle_complaint (
	matter_id bigint NOT NULL REFERENCES bundle,
	seq       bigint NOT NULL,
	complaint bigint NOT NULL,
	asked     bigint NOT NULL,
	held      boolean NOT NULL,
	PRIMARY KEY (matter_id, seq, complaint),
	FOREIGN KEY (complaint, asked) REFERENCES follow (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX bundle_complaint_asked ON bundle_complaint (complaint, asked);
COMMENT ON TABLE bundle_complaint IS 'Which complaints were put in or taken out, by which move. The newest holds, as long as the complainant''s consent does.';

CREATE TABLE bundle_proposal (
	matter_id bigint NOT NULL REFERENCES bundle,
	seq       bigint NOT NULL,
	proposal  bigint NOT NULL REFERENCES proposal,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE bundle_proposal IS 'The proposal as which a bundle is handled on.';

CREATE VIEW bundle_holding AS
SELECT c.matter_id, c.complaint, c.asked
FROM (SELECT DISTINCT ON (matter_id, complaint) matter_id, complaint, asked, held FROM bundle_complaint ORDER BY matter_id, complaint, seq DESC) c
	JOIN bundle b ON b.matter_id = c.matter_id JOIN follow f ON f.matter_id = c.complaint AND f.seq = c.asked AND f.member_id = b.member_id
WHERE c.held AND follow_standing(c.complaint, c.asked) = 'yes';
COMMENT ON VIEW bundle_holding IS 'What is in a bundle now: a complaint whose consent is over has dropped out.';

CREATE TRIGGER bundle_added AFTER INSERT ON bundle REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER bundle_complaint_added AFTER INSERT ON bundle_complaint REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'send_bundle add_complaints drop_complaints');
CREATE TRIGGER bundle_proposal_added AFTER INSERT ON bundle_proposal REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'propose');

-- Whoever may not know of one of its complaints may not know of the bundle: its words and
-- their number would tell. A consent is for one bundle, and for its own deputy's.
-- +goose StatementBegin
CREATE FUNCTION bundle_bars(of_bundle bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	UPDATE matter b SET named = b.named || ARRAY(SELECT DISTINCT u FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.named) u WHERE c.matter_id = b.id AND u <> ALL (b.named)),
		meant = b.meant || ARRAY(SELECT DISTINCT u FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.meant) u WHERE c.matter_id = b.id AND u <> ALL (b.meant)),
		persons = b.persons || ARRAY(SELECT DISTINCT p FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.persons) p WHERE c.matter_id = b.id AND p <> ALL (b.persons))
	WHERE b.id = of_bundle
$$;
CREATE FUNCTION bundle_complaint_holds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	PERFORM FROM follow f JOIN bundle b ON b.member_id = f.member_id WHERE b.matter_id = NEW.matter_id AND f.matter_id = NEW.complaint AND f.seq = NEW.asked FOR UPDATE OF f;
	IF NOT FOUND OR NEW.held AND EXISTS (SELECT FROM bundle_complaint o WHERE o.complaint = NEW.complaint AND o.asked = NEW.asked AND o.held AND o.matter_id <> NEW.matter_id) THEN
		RAISE EXCEPTION 'this consent is for another bundle' USING ERRCODE = 'unique_violation';
	END IF;
	PERFORM bundle_bars(NEW.matter_id);
	RETURN NULL;
END
$$;
CREATE FUNCTION bundle_bars_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
	IF (NEW.named, NEW.meant, NEW.persons) IS DISTINCT FROM (OLD.named, OLD.meant, OLD.persons) THEN
		PERFORM bundle_bars(c.matter_id) FROM bundle_complaint c WHERE c.complaint = NEW.id;
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER bundle_complaint_holds AFTER INSERT ON bundle_complaint FOR EACH ROW EXECUTE FUNCTION bundle_complaint_holds();
CREATE TRIGGER bundle_bars_follow AFTER UPDATE OF named, meant, persons ON matter FOR EACH ROW
	WHEN (NEW.kind = 'complaint') EXECUTE FUNCTION bundle_bars_follow();
REVOKE EXECUTE ON FUNCTION bundle_bars FROM PUBLIC;

ALTER TABLE bundle ENABLE ROW LEVEL SECURITY;
ALTER TABLE bundle_complaint ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON bundle TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY office ON bundle_complaint TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY member_file ON bundle FOR INSERT TO zhengxin_portal WITH CHECK (
	matter_id = (SELECT filed_now()) AND (member_id, name) = (SELECT u.member_id, u.member_name FROM unlock u WHERE u.opens = 'bundle'));
CREATE POLICY member_file ON bundle_complaint FOR INSERT TO zhengxin_portal WITH CHECK (
	seq = 1 AND matter_id = (SELECT filed_now()) AND EXISTS (SELECT FROM unlock u WHERE u.opens = 'bundle'));
CREATE POLICY own_add ON bundle_complaint FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
CREATE POLICY own_read ON bundle_complaint FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT u.matter_id FROM unlock u WHERE u.member_id IS NOT NULL));
GRANT SELECT ON bundle, bundle_complaint, bundle_proposal, bundle_holding TO zhengxin_admin;
GRANT INSERT ON bundle_proposal TO zhengxin_admin;
GRANT SELECT ON bundle TO zhengxin_worker;
GRANT INSERT ON bundle, bundle_complaint TO zhengxin_portal;
GRANT SELECT ON bundle_complaint TO zhengxin_portal;

-- Whose bundle it is has part in it: a branch more.
-- +goose StatementBegin
DO $$ BEGIN
	EXECUTE 'CREATE OR REPLACE VIEW member_part AS ' || rtrim(pg_get_viewdef('member_part'::regclass), ';')
		|| ' UNION ALL SELECT b.matter_id, b.member_id, ''lead'' FROM bundle b';
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION bundle_able(of_unlock bytea) RETURNS TABLE (number text, matter bigint, asked bigint, held boolean, used text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT m.number, f.matter_id, f.seq, EXISTS (SELECT FROM bundle_holding h WHERE h.matter_id = u.matter_id AND h.complaint = f.matter_id),
		coalesce((SELECT o.number FROM bundle_complaint c JOIN matter o ON o.id = c.matter_id
			WHERE c.complaint = f.matter_id AND c.asked = f.seq AND c.held AND c.matter_id IS DISTINCT FROM u.matter_id ORDER BY c.matter_id LIMIT 1), '')
	FROM unlock u JOIN follow f ON f.member_id = u.member_id JOIN matter m ON m.id = f.matter_id
	WHERE u.token_hash = of_unlock AND u.expires_at > now() AND follow_standing(f.matter_id, f.seq) = 'yes'
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION bundle_able IS 'What the member for whom something is open follows with consent, whether it is in the bundle that is open, and which other one its consent was used for.';

-- +goose StatementBegin
CREATE FUNCTION bundle_told(of_bundle bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT jsonb_build_object('Number', m.number, 'Title', m.title, 'Words', b.words, 'State', m.state, 'OpenedAt', m.opened_at,
		'Clocks', (SELECT jsonb_agg(to_jsonb(k)) FROM (
			SELECT rule, version, started_at, due_on, due_at, provisional, derivation, right_only, was_on FROM clock WHERE matter_id = m.id AND stopped_at IS NULL ORDER BY due_at) k),
		'Complaints', (SELECT jsonb_agg(c.number ORDER BY c.number) FROM bundle_holding h JOIN matter c ON c.id = h.complaint WHERE h.matter_id = m.id),
		'Left', (SELECT count(DISTINCT c.complaint) FROM bundle_complaint c WHERE c.matter_id = m.id) - (SELECT count(*) FROM bundle_holding h WHERE h.matter_id = m.id),
		'Events', (SELECT jsonb_agg(jsonb_build_object('At', e.at, 'Role', e.role, 'Action', e.action, 'Text', e.public_text) ORDER BY e.seq DESC)
			FROM event e WHERE e.matter_id = m.id AND e.public_text <> ''))
	FROM bundle b JOIN matter m ON m.id = b.matter_id WHERE b.matter_id = of_bundle
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION bundle_told IS 'A bundle as its member may know it.';

-- +goose StatementBegin
CREATE FUNCTION member_bundles(of_session bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT jsonb_agg(bundle_told(b.matter_id) ORDER BY b.matter_id DESC) FROM bundle b WHERE b.member_id = who), '[]');
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION member_bundle(of_session bytea, of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	who bigint := member_of(of_session);
BEGIN
	IF who IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN coalesce((SELECT bundle_told(b.matter_id) FROM bundle b JOIN matter m ON m.id = b.matter_id WHERE b.member_id = who AND m.number = of_number), 'false');
END
$$;
-- +goose StatementEnd

REVOKE EXECUTE ON FUNCTION bundle_able, bundle_told, member_bundles, member_bundle FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bundle_able, member_bundles, member_bundle TO zhengxin_portal;
GRANT EXECUTE ON FUNCTION follow_standing TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
