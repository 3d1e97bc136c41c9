-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION supervising_offices() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	RETURN ARRAY(SELECT code FROM public.unit WHERE kind = 'office' AND parent IS NULL);
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION supervising_offices IS 'The offices that stand under nobody: complaints reach them first.';

-- Letters to the desk go to the mailbox of a supervising office, which may be
-- what the complaint is about.
-- +goose StatementBegin
CREATE FUNCTION about_office(accused text, flags text[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	RETURN flags && '{office_meant}' OR EXISTS (
		SELECT 1 FROM unnest(public.supervising_offices()) AS office WHERE accused = ANY (public.unit_bars(office)));
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION about_office IS 'True for a matter that some supervising office may not know of, or might not.';
REVOKE EXECUTE ON FUNCTION supervising_offices, about_office FROM PUBLIC;
GRANT EXECUTE ON FUNCTION supervising_offices TO zhengxin_admin, zhengxin_worker;
GRANT EXECUTE ON FUNCTION about_office TO zhengxin_worker;

-- +goose Down
SELECT 1 / 0;
