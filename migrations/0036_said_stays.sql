-- +goose Up
-- What was once said or done stays, whoever writes: the desk's role could take a
-- sent answer back, date it otherwise or send another in its place, and the same
-- held for ratings, assignments, clocks and openings. So what a move writes is
-- written in the transaction of its event, bears that event's time, and is not
-- written again. The owner is left out: whoever owns a table drops its triggers.

-- +goose StatementBegin
CREATE FUNCTION by_owner(of_table oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = of_table
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION by_owner(oid) IS 'True where the table''s owner writes, or who may become it.';
GRANT EXECUTE ON FUNCTION by_owner(oid) TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION move_now(of_matter bigint) RETURNS event
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION move_now(bigint) IS 'The newest event of a matter, without its texts, if this very transaction has written it; else nothing.';
GRANT EXECUTE ON FUNCTION move_now(bigint) TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- +goose StatementBegin
CREATE FUNCTION refuse_rewriting(what text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	RAISE EXCEPTION '% stays as it was once written', what USING ERRCODE = 'ZX080';
END $$;
-- +goose StatementEnd
GRANT EXECUTE ON FUNCTION refuse_rewriting(text) TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- Named columns are filled once: what is in them is never replaced nor emptied.
-- +goose StatementBegin
CREATE FUNCTION set_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd

-- Named columns are written by a move and hold its time; the first argument names
-- the move's actions, and is empty where any will do.
-- +goose StatementBegin
CREATE FUNCTION set_by_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
-- +goose StatementEnd

-- Rows hang on an event of their own transaction: nothing is added to what was
-- done before. A filing is not asked: the portal has opened no matter then, and its
-- policies let it add to the one that it files and to no other; six triggers more
-- in every filing cost as much as the filing. The first argument is the column with the event's number, empty
-- for the first event; the second names the actions, empty for any.
-- +goose StatementBegin
CREATE FUNCTION added_by_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (
		SELECT FROM (SELECT a.matter_id, coalesce((to_jsonb(a) ->> nullif(TG_ARGV[0], ''))::bigint, 1) AS seq FROM added a) a
		CROSS JOIN LATERAL move_now(a.matter_id) m
		WHERE m.seq IS DISTINCT FROM a.seq OR TG_ARGV[1] <> '' AND m.action <> ALL (string_to_array(TG_ARGV[1], ' '))) THEN
		PERFORM refuse_rewriting(TG_TABLE_NAME);
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- The matter: its state, number of events and head are those of the event that is
-- written with them, so none moves without one; it is closed once.
-- +goose StatementBegin
CREATE FUNCTION matter_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	move event := move_now(NEW.id);
BEGIN
	IF NOT by_owner(TG_RELID) AND (move.seq IS NULL
		OR (NEW.seq, NEW.head, NEW.state) IS DISTINCT FROM (move.seq, move.hash, move.to_state)
		OR (OLD.seq, OLD.head, OLD.state) IS DISTINCT FROM (move.seq - 1, move.prev, move.from_state)
		OR NEW.closed_at IS DISTINCT FROM OLD.closed_at AND (OLD.closed_at IS NOT NULL OR NEW.closed_at IS DISTINCT FROM move.at)) THEN
		PERFORM refuse_rewriting('matter');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER matter_moves BEFORE UPDATE OF state, seq, head, closed_at, category, flags ON matter FOR EACH ROW
	WHEN (NEW.state IS DISTINCT FROM OLD.state OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.head IS DISTINCT FROM OLD.head OR NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.category IS DISTINCT FROM OLD.category OR NEW.flags IS DISTINCT FROM OLD.flags)
	EXECUTE FUNCTION matter_moves();
REVOKE UPDATE (title) ON matter FROM zhengxin_admin; -- no statement changes one

-- The answer: never inserted as sent; sent once, by the reply, in its newest version.
REVOKE INSERT ON answer FROM zhengxin_admin;
GRANT INSERT (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, demand) ON answer TO zhengxin_admin;
-- +goose StatementBegin
CREATE FUNCTION answer_newest() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND EXISTS (SELECT FROM answer WHERE matter_id = NEW.matter_id AND version > NEW.version) THEN
		PERFORM refuse_rewriting('answer');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER answer_once BEFORE UPDATE ON answer FOR EACH ROW EXECUTE FUNCTION set_once('sent_at');
CREATE TRIGGER answer_sent BEFORE UPDATE OF sent_at ON answer FOR EACH ROW
	WHEN (NEW.sent_at IS DISTINCT FROM OLD.sent_at) EXECUTE FUNCTION set_by_move('reply', 'sent_at');
CREATE TRIGGER answer_sent_newest BEFORE UPDATE OF sent_at ON answer FOR EACH ROW EXECUTE FUNCTION answer_newest();
CREATE TRIGGER answer_added AFTER INSERT ON answer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'draft_answer');

-- The complaint: what was judged is what the answer said, a rating is the
-- complainant's own move. A new round brings a new event of the same kind.
REVOKE INSERT ON complaint FROM zhengxin_admin, zhengxin_portal;
GRANT INSERT (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, roster_match, unit_said,
	request, facts, reasons, contract_no, contract_date, contract_amount, unpaid_amount, due_on, in_litigation, elsewhere,
	evidence_held, origin, happened_at, received_on) ON complaint TO zhengxin_admin, zhengxin_portal;
CREATE TRIGGER complaint_nature BEFORE UPDATE OF nature ON complaint FOR EACH ROW
	WHEN (NEW.nature IS DISTINCT FROM OLD.nature) EXECUTE FUNCTION set_by_move('accept');
CREATE TRIGGER complaint_finding BEFORE UPDATE OF finding, decision ON complaint FOR EACH ROW
	WHEN (NEW.finding IS DISTINCT FROM OLD.finding OR NEW.decision IS DISTINCT FROM OLD.decision) EXECUTE FUNCTION set_by_move('reply');
CREATE TRIGGER complaint_rated BEFORE UPDATE OF rating, solved, rating_words ON complaint FOR EACH ROW
	WHEN (NEW.rating IS DISTINCT FROM OLD.rating OR NEW.solved IS DISTINCT FROM OLD.solved OR NEW.rating_words IS DISTINCT FROM OLD.rating_words) EXECUTE FUNCTION set_by_move('rate');
CREATE TRIGGER complaint_added AFTER INSERT ON complaint REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('', '');
-- +goose StatementBegin
CREATE FUNCTION complaint_as_answered() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NOT EXISTS (
		SELECT FROM answer a WHERE a.matter_id = NEW.matter_id AND a.finding = NEW.finding AND a.decision = NEW.decision
			AND a.sent_at = (move_now(NEW.matter_id)).at) THEN
		PERFORM refuse_rewriting('complaint.finding');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER complaint_as_answered BEFORE UPDATE OF finding, decision ON complaint FOR EACH ROW
	WHEN (NEW.finding IS DISTINCT FROM OLD.finding OR NEW.decision IS DISTINCT FROM OLD.decision) EXECUTE FUNCTION complaint_as_answered();

-- The assignment: begun with nothing done, and never opened again: going back to
-- the same unit is a new one.
REVOKE INSERT ON assignment FROM zhengxin_admin;
GRANT INSERT (matter_id, unit, part, started_at) ON assignment TO zhengxin_admin;
CREATE TRIGGER assignment_once BEFORE UPDATE ON assignment FOR EACH ROW EXECUTE FUNCTION set_once('signed_at', 'signed_by', 'opinion_at', 'ended_at');
CREATE TRIGGER assignment_moved BEFORE UPDATE ON assignment FOR EACH ROW
	WHEN (NEW.signed_at IS DISTINCT FROM OLD.signed_at OR NEW.signed_by IS DISTINCT FROM OLD.signed_by OR NEW.opinion_at IS DISTINCT FROM OLD.opinion_at OR NEW.ended_at IS DISTINCT FROM OLD.ended_at)
	EXECUTE FUNCTION set_by_move('', 'signed_at', 'opinion_at', 'ended_at');

-- The clock: one that has stopped stays as it is. One that runs may be counted
-- anew, since the calendar of a coming year is known late.
REVOKE INSERT ON clock FROM zhengxin_admin, zhengxin_portal, zhengxin_worker;
GRANT INSERT (matter_id, rule, version, started_seq, started_at, due_on, due_at, provisional, derivation, right_only, calendar) ON clock
	TO zhengxin_admin, zhengxin_portal, zhengxin_worker;
-- +goose StatementBegin
CREATE FUNCTION clock_stays_stopped() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND OLD.stopped_at IS NOT NULL THEN
		PERFORM refuse_rewriting('clock');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_stays_stopped BEFORE UPDATE ON clock FOR EACH ROW EXECUTE FUNCTION clock_stays_stopped();
-- +goose StatementBegin
CREATE FUNCTION clock_stops_with() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.stopped_seq IS DISTINCT FROM (move_now(NEW.matter_id)).seq THEN
		PERFORM refuse_rewriting('clock.stopped_seq');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_stopped BEFORE UPDATE ON clock FOR EACH ROW
	WHEN (NEW.stopped_at IS DISTINCT FROM OLD.stopped_at OR NEW.stopped_seq IS DISTINCT FROM OLD.stopped_seq) EXECUTE FUNCTION set_by_move('', 'stopped_at');
CREATE TRIGGER clock_stopped_with BEFORE UPDATE ON clock FOR EACH ROW
	WHEN (NEW.stopped_at IS DISTINCT FROM OLD.stopped_at OR NEW.stopped_seq IS DISTINCT FROM OLD.stopped_seq) EXECUTE FUNCTION clock_stops_with();
CREATE TRIGGER clock_added AFTER INSERT ON clock REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('started_seq', '');

-- Who complained and the code that opens the matter come with the filing alone.
CREATE TRIGGER identity_added AFTER INSERT ON identity REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('', '');
CREATE TRIGGER access_code_added AFTER INSERT ON access_code REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('', '');

-- What a complainant adds comes with their own move.
CREATE TRIGGER supplement_added AFTER INSERT ON supplement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement withdraw contest urge');

-- An opening is the event of the person who opened, with its time.
-- +goose StatementBegin
CREATE FUNCTION opening_is_its_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	move event := move_now(NEW.matter_id);
BEGIN
	IF NOT by_owner(TG_RELID)
		AND (NEW.seq, 'open_identity', NEW.opened_by, NEW.opened_at) IS DISTINCT FROM (move.seq, move.action, move.staff_id, move.at) THEN
		PERFORM refuse_rewriting('identity_opening');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER opening_is_its_event BEFORE INSERT ON identity_opening FOR EACH ROW EXECUTE FUNCTION opening_is_its_event();

-- A letter is never pointed at somebody else, and what became of it is noted once.
REVOKE UPDATE ON letter FROM zhengxin_worker;
GRANT UPDATE (state, tries, done_at, fault_code) ON letter TO zhengxin_worker;
REVOKE INSERT ON letter FROM zhengxin_admin, zhengxin_portal;
GRANT INSERT (matter_id, seq, template, recipient, unit, message_id, created_at) ON letter TO zhengxin_admin, zhengxin_portal;
-- +goose StatementBegin
CREATE FUNCTION letter_waits() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (OLD.state <> 'waiting' OR NEW.tries < OLD.tries) THEN
		PERFORM refuse_rewriting('letter');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER letter_waits BEFORE UPDATE ON letter FOR EACH ROW EXECUTE FUNCTION letter_waits();
CREATE TRIGGER letter_added AFTER INSERT ON letter REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('seq', '');

-- A receipt of a form is that of the move which it caused.
CREATE TRIGGER form_token_added AFTER INSERT ON form_token REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('seq', '');

CREATE TRIGGER notice_once BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION set_once('taken_down_at', 'taken_down_reason');
CREATE TRIGGER case_once BEFORE UPDATE ON discipline_case FOR EACH ROW EXECUTE FUNCTION set_once('rectify_by');

-- An account is for one person for good; a session that has ended stays so.
REVOKE UPDATE ON staff, staff_session FROM zhengxin_admin;
GRANT UPDATE (role, unit, password_hash, totp_sealed, totp_step, disabled_at) ON staff TO zhengxin_admin;
GRANT UPDATE (token_hash, seen_at, expires_at, second_factor_at, otp_tries, totp_pending, revoked_at) ON staff_session TO zhengxin_admin;
CREATE TRIGGER session_once BEFORE UPDATE ON staff_session FOR EACH ROW EXECUTE FUNCTION set_once('second_factor_at', 'revoked_at');

-- What staff do is dated by the database's own clock: nobody dates it back or
-- ahead, and a desk whose clock is wrong would count its terms wrongly too.
-- Filing and what complainants do wait for no clock.
CREATE TABLE present (
	one    boolean PRIMARY KEY DEFAULT true CHECK (one),
	within interval NOT NULL CHECK (within > '0')
);
COMMENT ON TABLE present IS 'How far the time of a staff event may be from the database''s own; one row, the owner''s alone.';
INSERT INTO present (within) VALUES ('10 minutes');
GRANT SELECT ON present TO zhengxin_admin;
-- +goose StatementBegin
CREATE FUNCTION event_is_present() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND NEW.at NOT BETWEEN clock_timestamp() - (SELECT within FROM present) AND clock_timestamp() + (SELECT within FROM present) THEN
		RAISE EXCEPTION 'an event bears the present time' USING ERRCODE = 'ZX081';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER event_is_present BEFORE INSERT ON event FOR EACH ROW
	WHEN (NEW.actor = 'staff') EXECUTE FUNCTION event_is_present();

-- +goose Down
SELECT 1 / 0;
