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
-- which took half of its time. Policies ask it in a subquery: once a table.
-- +goose StatementBegin
CREATE FUNCTION filed_now() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION filed_now IS 'The matter that this very statement files; null in any other.';
REVOKE EXECUTE ON FUNCTION filed_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION filed_now TO zhengxin_portal;

-- The first event and the complaint have keys that let each be added once, and
-- whoever files adds them with the matter itself: there the id drawn by this
-- session says enough, because everything else that it ever drew has them.
ALTER POLICY own_read ON matter USING (id = (SELECT matter_id FROM unlock));
ALTER POLICY own_move ON matter USING (id = (SELECT matter_id FROM unlock)) WITH CHECK (id = (SELECT matter_id FROM unlock));
ALTER POLICY file ON complaint WITH CHECK (
	channel = 'web' AND nature IS NULL AND finding IS NULL AND decision IS NULL AND rating IS NULL AND origin = '' AND matter_id = currval('matter_id'));
ALTER POLICY own_read ON complaint USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_rate ON complaint USING (matter_id = (SELECT matter_id FROM unlock)) WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON event WITH CHECK (
	actor = 'complainant' AND role = 'complainant' AND actor_name = ''
	AND (matter_id = (SELECT matter_id FROM unlock) OR seq = 1 AND matter_id = currval('matter_id')));
ALTER POLICY own_read ON event USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON clock WITH CHECK (matter_id = (SELECT matter_id FROM unlock) OR matter_id = (SELECT filed_now()));
ALTER POLICY own_read ON clock USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_stop ON clock USING (matter_id = (SELECT matter_id FROM unlock)) WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_read ON assignment USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_read ON answer USING (matter_id = (SELECT matter_id FROM unlock) AND sent_at IS NOT NULL);
ALTER POLICY own_read ON supplement USING (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY own_add ON supplement WITH CHECK (matter_id = (SELECT matter_id FROM unlock));
ALTER POLICY file ON identity WITH CHECK (matter_id = (SELECT filed_now()));
ALTER POLICY file ON access_code WITH CHECK (matter_id = (SELECT filed_now()));
ALTER POLICY own_add ON form_token WITH CHECK (matter_id = (SELECT matter_id FROM unlock) OR matter_id = (SELECT filed_now()));
ALTER POLICY own_add ON letter WITH CHECK (state = 'waiting' AND tries = 0 AND (matter_id = (SELECT matter_id FROM unlock) OR matter_id = (SELECT filed_now())));

DROP FUNCTION portal_may_add, unlocked_matter;

-- Each of these is implied by the other key of its row, to an event of the same
-- matter, and was one more look-up for every row written.
ALTER TABLE clock DROP CONSTRAINT clock_matter_id_fkey;
ALTER TABLE letter DROP CONSTRAINT letter_matter_id_fkey;

-- +goose Down
SELECT 1 / 0;
