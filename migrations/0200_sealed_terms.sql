-- +goose Up
-- What was referred to 纪检监察 and sealed: who opens it says why, what is told to whoever
-- reported it by name has its terms, and what is added to the whole reaches its one reader.
DROP TRIGGER passed_added ON passed;
CREATE TRIGGER passed_added AFTER INSERT ON passed REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'split_more take_part leave_part pass_sealed');

-- Its list is walked by its dates.
DROP INDEX matter_sealed;
CREATE INDEX matter_sealed ON matter (kind, phase, due_at, id) WHERE 'sealed' = ANY (flags);

-- Whether a sealed matter lost the last who reads it, once it were also about these units. The
-- definer's: the night counts by it, and may not read who is barred from what.
-- +goose StatementBegin
CREATE FUNCTION sealed_unread(of_matter bigint, more text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT 'sealed' = ANY (m.flags) AND NOT somebody_settles(m.named || more, m.meant, m.persons, m.flags, '{discipline_officer}',
		CASE WHEN m.unit IS NULL THEN 'of_office' ELSE 'free' END)
	FROM matter m WHERE m.id = of_matter
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION sealed_unread(bigint, text[]) IS 'Whether nobody is left who reads a sealed matter, once it were also about these units.';
REVOKE EXECUTE ON FUNCTION sealed_unread(bigint, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealed_unread(bigint, text[]) TO zhengxin_admin, zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
