-- +goose Up
-- What waits for the opinion of a recheck is a list of its own, walked by its dates.
CREATE INDEX matter_upheld ON matter (kind, phase, due_at, id) WHERE 'upheld' = ANY (flags);

-- A complaint that was split and whose parts were all taken back is one again, which its
-- complainant may withdraw. The definer's, since the portal sees the one that is open alone.
-- +goose StatementBegin
CREATE FUNCTION parts_back(of_matter bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
	SELECT EXISTS (SELECT FROM matter m WHERE m.id = of_matter AND m.state = 'split')
		AND NOT EXISTS (SELECT FROM matter b JOIN matter m ON m.id = b.follows AND m.kind = b.kind WHERE b.follows = of_matter AND b.state <> 'missplit')
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION parts_back(bigint) IS 'Whether every part of a complaint that was split was taken back.';
REVOKE EXECUTE ON FUNCTION parts_back(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parts_back(bigint) TO zhengxin_portal, zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
