-- +goose Up
-- Lists that people ask for again and again, under a name of their own.
CREATE TABLE saved_view (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	staff_id bigint NOT NULL REFERENCES staff (id),
	kind     text NOT NULL REFERENCES matter_kind (kind),
	name     text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 20),
	asks     text NOT NULL CHECK (char_length(asks) <= 1000),
	unit     text REFERENCES unit (code),
	office   boolean NOT NULL,
	saved_at timestamptz NOT NULL,
	UNIQUE (staff_id, kind, name),
	CHECK (unit IS NULL OR NOT office)
);
COMMENT ON TABLE saved_view IS 'A list with its conditions, kept by somebody for themselves, for those of their unit, or for everybody at the desk. It holds no matter: what it shows is asked under the scope of whoever opens it.';
COMMENT ON COLUMN saved_view.asks IS 'What the address of the list asks for; what is not understood any more is left out.';
COMMENT ON COLUMN saved_view.unit IS 'Whose staff see it, too; null: its owner alone, or everybody where office is set.';
CREATE INDEX saved_view_unit ON saved_view (unit, kind) WHERE unit IS NOT NULL;
GRANT SELECT, DELETE, INSERT (staff_id, kind, name, asks, unit, office, saved_at), UPDATE (asks, unit, office, saved_at) ON saved_view TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
