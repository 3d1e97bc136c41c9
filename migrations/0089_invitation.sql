-- +goose Up
-- 邀请监督: the supervising office invites deputies, committee members and, to a check by
-- a third party, organisations. A unit that it is about is kept from it as one that is
-- complained about: an inspection that its unit knows of is none. All is only ever added.

INSERT INTO matter_kind (kind, relation, members) VALUES ('invitation', 'accused', '{npc_deputy,cppcc_member}');
INSERT INTO matter_state (kind, state, phase) VALUES
	('invitation', 'drafted', 1),
	('invitation', 'inviting', 2),
	('invitation', 'ready', 1),
	('invitation', 'held', 2),
	('invitation', 'reported', 1),
	('invitation', 'closed', 3),
	('invitation', 'cancelled', 3);

INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('INV-REPLY', '答复邀请', 'invitation', 'invited', 'answered', NULL, 'GIVEN', true, '本平台承诺', 'design', '2024-01-01'),
	('INV-DAY', '开展监督', 'invitation', 'invited', 'held', NULL, 'GIVEN', false, '本平台承诺', 'design', '2024-01-01'),
	('INV-REPORT', '报告所见', 'invitation', 'held', 'reported', NULL, 'GIVEN', true, '本平台承诺', 'design', '2024-01-01');

CREATE TABLE invitation (
	matter_id bigint PRIMARY KEY REFERENCES matter,
	sort      text NOT NULL CHECK (sort IN ('inspection', 'hearing', 'third_party')),
	asked     text NOT NULL CHECK (asked <> ''),
	area      text NOT NULL
);
COMMENT ON TABLE invitation IS 'What somebody is invited to supervise: an inspection (视察), a hearing (听证), a check by a third party (第三方评估).';
COMMENT ON COLUMN invitation.asked IS 'What it is about and what is asked of those who come; they read every word.';
COMMENT ON COLUMN invitation.area IS 'Of which place or project it is, where not of a unit.';

CREATE TABLE invitation_unit (
	matter_id bigint NOT NULL REFERENCES invitation,
	unit      text NOT NULL REFERENCES unit,
	PRIMARY KEY (matter_id, unit)
);
COMMENT ON TABLE invitation_unit IS 'The units that it is about.';

CREATE TABLE invitation_date (
	matter_id bigint NOT NULL REFERENCES invitation,
	seq       bigint NOT NULL,
	held_on   date NOT NULL,
	hour      text NOT NULL CHECK (hour <> ''),
	place     text NOT NULL CHECK (place <> ''),
	reply_by  date NOT NULL,
	report_by date NOT NULL,
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	CONSTRAINT invitation_days CHECK (reply_by <= held_on AND held_on < report_by)
);
COMMENT ON TABLE invitation_date IS 'When and where, by the event that said it; the newest holds, and what was answered before it counts no more.';

CREATE TABLE invitee (
	matter_id bigint NOT NULL REFERENCES invitation,
	no        int NOT NULL CHECK (no > 0),
	seq       bigint NOT NULL,
	name      text NOT NULL CHECK (name <> ''),
	member_id bigint REFERENCES member,
	PRIMARY KEY (matter_id, no),
	UNIQUE (matter_id, member_id),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
CREATE INDEX invitee_member ON invitee (member_id) WHERE member_id IS NOT NULL;
COMMENT ON TABLE invitee IS 'Who is invited, by the event that did it.';
COMMENT ON COLUMN invitee.member_id IS 'Who that is on the roster; null for an organisation.';

CREATE TABLE invitee_said (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	no        int NOT NULL,
	said      text NOT NULL CHECK (said IN ('accepted', 'declined', 'withdrawn', 'came', 'reported', 'adopted', 'partly', 'refused')),
	words     text NOT NULL,
	suggests  text NOT NULL,
	PRIMARY KEY (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	FOREIGN KEY (matter_id, no) REFERENCES invitee (matter_id, no),
	CONSTRAINT invitee_words CHECK (said IN ('accepted', 'declined', 'came') OR words <> '')
);
COMMENT ON TABLE invitee_said IS 'What one invitee has said, or is said of them: the answer to the invitation, that they came, what they report, and what became of the report.';
COMMENT ON COLUMN invitee_said.suggests IS 'Of a report, what it suggests; its words are what was seen.';

CREATE TRIGGER invitation_added AFTER INSERT ON invitation REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER invitation_unit_added AFTER INSERT ON invitation_unit REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER invitation_date_added AFTER INSERT ON invitation_date REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'invite redate postpone');
CREATE TRIGGER invitee_added AFTER INSERT ON invitee REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'invite add_invitee');
CREATE TRIGGER invitee_said_added AFTER INSERT ON invitee_said REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', '');

GRANT SELECT, INSERT ON invitation, invitation_unit, invitation_date, invitee, invitee_said TO zhengxin_admin;
GRANT SELECT ON invitation, invitation_unit, invitation_date, invitee, invitee_said TO zhengxin_worker;

-- What was said last of the date that holds is an invitee's part in the matter.
CREATE VIEW invitee_part AS
SELECT v.matter_id, v.no, v.member_id, coalesce((
	SELECT CASE WHEN s.said IN ('adopted', 'partly', 'refused') THEN 'answered' ELSE s.said END FROM invitee_said s
	WHERE s.matter_id = v.matter_id AND s.no = v.no AND s.seq > (SELECT max(d.seq) FROM invitation_date d WHERE d.matter_id = v.matter_id)
	ORDER BY s.seq DESC LIMIT 1), 'asked') AS part
FROM invitee v;
COMMENT ON VIEW invitee_part IS 'How each invitee stands to an invitation, by what was said last since its date was: asked, accepted, declined, withdrawn, came, reported, answered.';
GRANT SELECT ON invitee_part TO zhengxin_admin;

-- A branch more, of whichever there are.
-- +goose StatementBegin
DO $$ BEGIN
	EXECUTE 'CREATE OR REPLACE VIEW member_part AS ' || rtrim(pg_get_viewdef('member_part'::regclass), ';')
		|| ' UNION ALL SELECT i.matter_id, i.member_id, i.part FROM invitee_part i WHERE i.member_id IS NOT NULL';
END $$;
-- +goose StatementEnd

-- A member says what is their own to say, in their own row.
ALTER TABLE invitee ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON invitee TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_read ON invitee FOR SELECT TO zhengxin_portal USING ((matter_id, member_id) = (SELECT u.matter_id, u.member_id FROM unlock u));
GRANT SELECT (matter_id, no, member_id) ON invitee TO zhengxin_portal;
ALTER TABLE invitee_said ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON invitee_said TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
CREATE POLICY own_add ON invitee_said FOR INSERT TO zhengxin_portal WITH CHECK (said IN ('accepted', 'declined', 'withdrawn', 'reported')
	AND EXISTS (SELECT FROM invitee v WHERE v.matter_id = invitee_said.matter_id AND v.no = invitee_said.no));
CREATE POLICY own_read ON invitee_said FOR SELECT TO zhengxin_portal
	USING (EXISTS (SELECT FROM invitee v WHERE v.matter_id = invitee_said.matter_id AND v.no = invitee_said.no));
GRANT INSERT, SELECT ON invitee_said TO zhengxin_portal;

-- +goose StatementBegin
CREATE FUNCTION member_invitations(of_session bytea, of_number text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION member_invitations IS 'To what who is logged in is invited, or one of these: how many others are, and nothing of who, what they said and what was said to them. Null when the session opens nothing, false where the one is not theirs.';
REVOKE EXECUTE ON FUNCTION member_invitations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION member_invitations TO zhengxin_portal;

-- +goose Down
SELECT 1 / 0;
