-- +goose Up
-- A sum or a day that somebody does not know exactly is registered as the figure that
-- comes nearest. What they wrote of it stands beside it, or a guess would look like a
-- fact to whoever handles the complaint.

CREATE TABLE as_written (
	matter_id       bigint PRIMARY KEY REFERENCES complaint,
	contract_date   text NOT NULL DEFAULT '',
	due_on          text NOT NULL DEFAULT '',
	contract_amount text NOT NULL DEFAULT '',
	unpaid_amount   text NOT NULL DEFAULT '',
	CONSTRAINT as_written_something CHECK (contract_date || due_on || contract_amount || unpaid_amount <> ''),
	CONSTRAINT as_written_short CHECK (greatest(char_length(contract_date), char_length(due_on), char_length(contract_amount), char_length(unpaid_amount)) <= 100)
);
COMMENT ON TABLE as_written IS 'How a complaint says what its columns of the same names hold, where that is less exact than they are: of a day that is remembered by its month, 2023年5月; of a sum that is a guess, 约128万. Empty where they say it all.';
ALTER TABLE as_written ENABLE ROW LEVEL SECURITY;
CREATE POLICY file ON as_written FOR INSERT TO zhengxin_portal WITH CHECK (matter_id = (SELECT filed_now()));
CREATE POLICY own_read ON as_written FOR SELECT TO zhengxin_portal USING (matter_id = (SELECT matter_id FROM unlock));
CREATE POLICY office ON as_written TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON as_written TO zhengxin_admin;
GRANT SELECT, INSERT ON as_written TO zhengxin_portal;
GRANT SELECT ON as_written TO zhengxin_worker;
CREATE TRIGGER as_written_added AFTER INSERT ON as_written REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT WHEN (current_user <> 'zhengxin_portal' OR current_setting('zhengxin.unlock', true) <> '') EXECUTE FUNCTION added_by_move('', '');
