-- +goose Up
-- What the portal opened is read from unlock itself, which shows the portal the
-- one row whose token the transaction names. A function asked for it before,
-- once for every table of every statement: two thirds of what the status page
-- cost the database. Nothing else is shown: the policy is the function's query.

GRANT SELECT (matter_id) ON unlock TO zhengxin_portal;
ALTER TABLE unlock ENABLE ROW LEVEL SECURITY;
CREATE POLICY swept ON unlock TO zhengxin_worker USING (true);
CREATE POLICY shown ON unlock FOR SELECT TO zhengxin_portal
	USING (token_hash = decode(nullif(current_setting('zhengxin.unlock', true), ''), 'hex') AND expires_at > now());
COMMENT ON POLICY shown ON unlock IS 'The matter opened by SET LOCAL zhengxin.unlock, and no other: all that the portal may read or move hangs on it.';

-- The matter that this very statement files: invisible to its own snapshot, and
-- its id drawn by this session. Without the last a slow statement could add to
-- what others file meanwhile. Every name is written out, so that no setting of
-- the caller's says what is meant, and the function need not change settings,
-- which took half of its time.
-- +goose StatementBegin
CREATE FUNCTION filed_here(target bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
	IF target OPERATOR(pg_catalog.<>) pg_catalog.currval('public.matter_id') THEN
		RETURN false;
	END IF;
	RETURN NOT EXISTS (SELECT 1 FROM public.matter WHERE id OPERATOR(pg_catalog.=) target);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION filed_here IS 'True for the matter that this very statement files.';
REVOKE EXECUTE ON FUNCTION filed_here FROM PUBLIC;
GRANT EXECUTE ON FUNCTION filed_here TO zhengxin_portal;

ALTER POLICY own_read ON matter USING (id = (SELECT matter_id FROM unlock));
ALTER POLICY own_move ON matter USING (id = (SELECT matter_id FROM unlock)) WITH CHECK (id = (SELECT matter_id FROM unlock));
ALTER POLICY file ON complaint WITH CHECK (
	channel = 'web' AND nature IS NULL AND finding IS NULL AND decision IS NULL AND rating IS NULL AND origin = '' AND filed_here(matter_id));
ALTER POLICY own_read ON complaint USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_rate ON complaint USING (matter_id = (SELECT matter_id FROM unlock)) WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON event WITH CHECK (
	actor = 'complainant' AND role = 'complainant' AND actor_name = '' AND (matter_id = (SELECT matter_id FROM unlock) OR filed_here(matter_id)));
ALTER POLICY own_read ON event USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON clock WITH CHECK (matter_id = (SELECT matter_id FROM unlock) OR filed_here(matter_id));
ALTER POLICY own_read ON clock USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_stop ON clock USING (matter_id = (SELECT matter_id FROM unlock)) WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_read ON assignment USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_read ON answer USING (matter_id = (SELECT matter_id FROM unlock) AND sent_at IS NOT NULL);
ALTER POLICY own_read ON supplement USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON supplement WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY file ON identity WITH CHECK (filed_here(matter_id));
ALTER POLICY file ON access_code WITH CHECK (filed_here(matter_id));
ALTER POLICY own_add ON form_token WITH CHECK (matter_id = (SELECT matter_id FROM unlock) OR filed_here(matter_id));
ALTER POLICY own_add ON letter WITH CHECK (state = 'waiting' AND tries = 0 AND (matter_id = (SELECT matter_id FROM unlock) OR filed_here(matter_id)));

DROP FUNCTION portal_may_add, unlocked_matter;

-- Each of these is implied by the other key of its row, to an event of the same
-- matter, and was one more look-up for every row written.
ALTER TABLE clock DROP CONSTRAINT clock_matter_id_fkey;
ALTER TABLE letter DROP CONSTRAINT letter_matter_id_fkey;

-- +goose Down
SELECT 1 / 0;
