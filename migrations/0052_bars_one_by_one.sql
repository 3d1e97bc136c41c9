-- +goose Up
-- A filing has one bar, seldom more: each is added by itself, which costs a third of one
-- statement over three lists, nearly all of them empty.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_bars_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	one text;
	person bigint;
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN -- the others are rows of what it follows from
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, NEW.unit, 'chosen', NEW.seq FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused' AND NEW.unit IS NOT NULL;
	ELSIF TG_OP = 'INSERT' THEN
		FOREACH one IN ARRAY NEW.named LOOP
			INSERT INTO public.matter_bar (matter_id, unit, how, seq) VALUES (NEW.id, one, 'chosen', NEW.seq);
		END LOOP;
		FOREACH one IN ARRAY NEW.meant LOOP
			INSERT INTO public.matter_bar (matter_id, unit, how, seq) VALUES (NEW.id, one, 'meant', NEW.seq);
		END LOOP;
		FOREACH person IN ARRAY NEW.persons LOOP
			INSERT INTO public.matter_bar (matter_id, staff_id, how, seq) VALUES (NEW.id, person, 'named', NEW.seq);
		END LOOP;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = NEW.id;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION matter_bars_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.follows IS NOT NULL THEN -- the others are rows of what it follows from
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, NEW.unit, 'chosen', NEW.seq FROM public.matter_kind k WHERE k.kind = NEW.kind AND k.relation = 'accused' AND NEW.unit IS NOT NULL;
	ELSIF TG_OP = 'INSERT' THEN
		INSERT INTO public.matter_bar (matter_id, unit, staff_id, how, seq)
		SELECT NEW.id, u, NULL::bigint, 'chosen', NEW.seq FROM unnest(NEW.named) AS u
		UNION ALL SELECT NEW.id, u, NULL, 'meant', NEW.seq FROM unnest(NEW.meant) AS u
		UNION ALL SELECT NEW.id, NULL::text, p, 'named', NEW.seq FROM unnest(NEW.persons) AS p;
	ELSE
		INSERT INTO public.matter_bar (matter_id, unit, how, seq)
		SELECT NEW.id, u, 'settled', NEW.seq FROM unnest(NEW.named) AS u WHERE u <> ALL (OLD.named);
		PERFORM public.read_bars(m.id) FROM public.matter m WHERE m.follows = NEW.id;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
