-- +goose Up
-- Texts out of a PDF are written with radicals that look like the signs they are part of
-- (⺠ for 民): normalisation leaves the CJK Radicals Supplement alone, so a name or a word
-- written with them was not found. The same table as form.Alike; a test compares the two.
-- Looked up only where a text has one: translate costs more than the rest of it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT lower(normalize(CASE WHEN words ~ '[\u2e80-\u2ef3]' THEN translate(words,
		'⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳',
		'厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟') ELSE words END, NFKC))
$$;
-- +goose StatementEnd

-- Compatibility ideographs beyond the basic plane stand for others, too.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.bar_from_what_names(person bigint, who text, is_login boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
	likely text := CASE WHEN is_login THEN '%' || replace(who, '_', '\_') || '%'
		ELSE '%' || array_to_string(regexp_split_to_array(regexp_replace(who, '[^[:alnum:]]', '_', 'g'), ''), '%') || '%' END;
BEGIN
	PERFORM public.bar_named(w.matter_id, ARRAY[person], w.seq)
	FROM (
		SELECT c.matter_id, 1 AS seq, concat_ws(E'\n', m.title, c.unit_said, c.request, c.facts, c.reasons, c.elsewhere, c.contract_no) AS said
		FROM public.complaint c JOIN public.matter m ON m.id = c.matter_id
		UNION ALL SELECT s.matter_id, s.seq, s.body FROM public.supplement s
		UNION ALL SELECT c.matter_id, 1, concat_ws(E'\n', m.title, c.ground)
		FROM public.discipline_case c JOIN public.matter m ON m.id = c.matter_id JOIN public.event e ON e.matter_id = m.id AND e.seq = 1
		WHERE e.staff_id <> person
		UNION ALL SELECT d.matter_id, d.seq, concat_ws(E'\n', d.facts, d.basis, d.demand, d.consequences)
		FROM public.warning_draft d WHERE d.drafted_by <> person
	) AS w
	WHERE (CASE WHEN who ~ '[a-z]' THEN w.said ILIKE likely ELSE w.said LIKE likely END OR w.said ~ '[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]') AND person = ANY (public.called_in(w.said));
END $$;
-- +goose StatementEnd

-- What was stored by the old rule is worked out anew.
INSERT INTO staff_called (staff_id, called, login)
	SELECT s.id, run_together(folded(s.name)), false FROM staff s WHERE char_length(run_together(folded(s.name))) >= 2
	ON CONFLICT DO NOTHING;
SELECT bar_from_what_names(staff_id, called, login) FROM staff_called;
SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM (
	SELECT m.id, m.title AS said FROM matter m
	UNION ALL SELECT matter_id, concat_ws(' ', request, facts, reasons) FROM complaint
	UNION ALL SELECT matter_id, body FROM supplement
	UNION ALL SELECT matter_id, concat_ws(' ', facts, opinion, basis, demand) FROM answer
	UNION ALL SELECT matter_id, concat_ws(' ', number, answer) FROM old_record
	UNION ALL SELECT matter_id, ground FROM discipline_case
	UNION ALL SELECT matter_id, concat_ws(' ', facts, basis, demand, consequences) FROM warning_draft
) AS w WHERE said ~ '[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]' GROUP BY id;
