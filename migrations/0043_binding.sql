-- +goose Up
-- An event says who did what and when, and nothing held what was said to it: the
-- owner of the database could turn a finding round, rewrite an answer or hand a
-- complaint to somebody else, and verify found nothing. Now each move leaves a
-- binding beside its event: what it changed of the rows that say something about the
-- matter, from which digest to which, signed with the event's own key.
--
-- A table of its own and not a column of event: the rows hang on the event, so they
-- are written after it, and an event is never written twice.
CREATE TABLE binding (
	matter_id bigint NOT NULL,
	seq       bigint NOT NULL,
	said      text NOT NULL,
	mac       bytea NOT NULL,
	PRIMARY KEY (matter_id, seq)
);
COMMENT ON TABLE binding IS 'What each move changed of what is said about its matter; see internal/binding for what that is. Without foreign keys, which every filing would pay for: verify finds what lacks its event.';
COMMENT ON COLUMN binding.said IS 'JSON: part of what is said, to the digests of its rows before and after the move.';
GRANT INSERT ON binding TO zhengxin_portal, zhengxin_worker;
GRANT SELECT, INSERT ON binding TO zhengxin_admin;

-- One salt for each matter, so that a digest can be held against the next.
ALTER TABLE matter ADD COLUMN salt bytea NOT NULL DEFAULT uuid_send(gen_random_uuid());
COMMENT ON COLUMN matter.salt IS 'Of the digests in binding. Empty after an erasure: what they were of can be guessed no more.';
GRANT SELECT (salt) ON matter TO zhengxin_portal;

ALTER TABLE binding ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON binding TO zhengxin_admin USING (true) WITH CHECK (true);
CREATE POLICY system_add ON binding FOR INSERT TO zhengxin_worker WITH CHECK (true);
-- The sequence's id was drawn by this session; see the policy of event.
CREATE POLICY own_add ON binding FOR INSERT TO zhengxin_portal WITH CHECK (
	matter_id = (SELECT matter_id FROM unlock) OR seq = 1 AND matter_id = currval('matter_id'));
CREATE TRIGGER binding_added AFTER INSERT ON binding REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('seq', '');

-- +goose Down
SELECT 1 / 0;
