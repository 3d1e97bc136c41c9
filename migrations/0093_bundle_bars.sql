-- +goose Up
-- Whoever may not know of one of its complaints leaves the bundle to others: its words and
-- their number would tell. As with words that may mean somebody: where each of those who
-- settle is barred by one complaint or another, it is hidden from none, or nobody would
-- see it. A consent is for one bundle, and for its own deputy's.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION bundle_bars(of_bundle bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
	UPDATE matter b SET meant = b.meant || ARRAY(SELECT DISTINCT u FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.named || m.meant) u WHERE c.matter_id = b.id AND u <> ALL (b.meant)),
		persons = b.persons || ARRAY(SELECT DISTINCT p FROM bundle_complaint c JOIN matter m ON m.id = c.complaint, unnest(m.persons) p WHERE c.matter_id = b.id AND p <> ALL (b.persons))
	WHERE b.id = of_bundle
$$;
-- +goose StatementEnd
