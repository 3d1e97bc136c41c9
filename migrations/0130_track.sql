-- +goose Up
-- By which of the laws' procedures a complaint goes (its track) decides, with its nature,
-- which terms it has: rows of one table, and nothing in the program.

ALTER TABLE complaint ADD COLUMN track text CHECK (track IN ('petition', 'sme_payment', 'biz_env', 'hotline'));
COMMENT ON COLUMN complaint.track IS 'By which procedure it goes: proposed when it is filed or settled, chosen when it is accepted; null of what was filed before there were tracks and is not accepted yet.';
CREATE INDEX complaint_track ON complaint (track, matter_id) WHERE track IS NOT NULL;
GRANT INSERT (track) ON complaint TO zhengxin_admin, zhengxin_portal;
GRANT UPDATE (track) ON complaint TO zhengxin_admin;
CREATE TRIGGER complaint_track BEFORE UPDATE OF track ON complaint FOR EACH ROW
	WHEN (NEW.track IS DISTINCT FROM OLD.track) EXECUTE FUNCTION set_by_move('accept correct_nature settle_unit');

CREATE TABLE clock_choice (
	kind       text NOT NULL REFERENCES matter_kind,
	track      text NOT NULL DEFAULT '',
	nature     text NOT NULL DEFAULT '',
	at         text NOT NULL CHECK (at <> ''),
	rule       text NOT NULL,
	beside     text NOT NULL DEFAULT '',
	note       text NOT NULL DEFAULT '',
	valid_from date NOT NULL,
	valid_to   date CHECK (valid_to >= valid_from),
	PRIMARY KEY (kind, track, nature, at, rule, valid_from)
);
COMMENT ON TABLE clock_choice IS 'Which matters have which term: those of a kind, track and nature (empty is any) get the rule when an action is done. What all matters of a kind have stands in its law instead.';
COMMENT ON COLUMN clock_choice.at IS 'The action of the kind''s law with which the term begins.';
COMMENT ON COLUMN clock_choice.beside IS 'The rule whose newest clock it runs beside, from when that one began; empty: from the action itself.';
COMMENT ON COLUMN clock_choice.note IS 'Why it is read so, where the article leaves it open.';
COMMENT ON COLUMN clock_choice.valid_to IS 'Last day in force; NULL while it is.';
GRANT SELECT ON clock_choice TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

-- A row that names a rule which there is not would start nothing, and nobody would see it.
-- +goose StatementBegin
CREATE FUNCTION clock_choice_fits() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM clock_rule r WHERE r.code = NEW.rule) OR NEW.beside <> '' AND NOT EXISTS (SELECT FROM clock_rule r WHERE r.code = NEW.beside) THEN
		RAISE EXCEPTION 'a term is chosen by a rule that there is not' USING ERRCODE = 'ZX130', CONSTRAINT = 'clock_choice_fits';
	END IF;
	IF EXISTS (SELECT FROM clock_choice c WHERE (c.kind, c.track, c.nature, c.at, c.rule) = (NEW.kind, NEW.track, NEW.nature, NEW.at, NEW.rule)
		AND c.valid_from <> NEW.valid_from AND daterange(c.valid_from, c.valid_to, '[]') && daterange(NEW.valid_from, NEW.valid_to, '[]'))
	THEN
		RAISE EXCEPTION 'a term is chosen twice for a day' USING ERRCODE = 'ZX130', CONSTRAINT = 'clock_choice_fits';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER clock_choice_fits BEFORE INSERT OR UPDATE ON clock_choice FOR EACH ROW EXECUTE FUNCTION clock_choice_fits();

INSERT INTO clock_choice (kind, track, nature, at, rule, beside, note, valid_from) VALUES
	-- 信访工作条例 34: a redress alone, and the rules of the hotline stand instead of it there.
	('complaint', 'petition', 'RED', 'accept', 'XF-DO', '', '', '2024-01-01'),
	('complaint', 'sme_payment', 'RED', 'accept', 'XF-DO', '', '上限：和款项条例的期限一起走，早的先到', '2024-01-01'),
	('complaint', 'biz_env', 'RED', 'accept', 'XF-DO', '', '上限：和营商环境条例的期限一起走，早的先到', '2024-01-01'),
	-- 保障中小企业款项支付条例 25, and the measures on complaints of 2021.
	('complaint', 'sme_payment', '', 'file', 'SME-EXAM', 'XF-NOTICE', '', '2024-01-01'),
	('complaint', 'sme_payment', '', 'supplement', 'SME-EXAM', 'XF-NOTICE', '补正另计：补来以后重新起算', '2024-01-01'),
	('complaint', 'sme_payment', '', 'confide', 'SME-EXAM', 'XF-NOTICE', '补正另计：补来以后重新起算', '2024-01-01'),
	('complaint', 'sme_payment', '', 'waive_items', 'SME-EXAM', 'XF-NOTICE', '补正另计：不再需要补，重新起算', '2024-01-01'),
	('complaint', 'sme_payment', '', 'withdraw_request', 'SME-EXAM', 'XF-NOTICE', '补正另计：不再需要补，重新起算', '2024-01-01'),
	('complaint', 'sme_payment', '', 'accept', 'SME-XFER', '', '', '2025-06-01'),
	('complaint', 'sme_payment', '', 'accept', 'SME-DO', 'XF-NOTICE', '县里是处理部门：从收齐材料那天起算', '2025-06-01'),
	-- 河南省优化营商环境条例 78.
	('complaint', 'biz_env', '', 'file', 'BE-XFER', 'XF-NOTICE', '', '2024-01-01'),
	('complaint', 'biz_env', '', 'supplement', 'BE-XFER', 'XF-NOTICE', '补来以后重新起算', '2024-01-01'),
	('complaint', 'biz_env', '', 'confide', 'BE-XFER', 'XF-NOTICE', '补来以后重新起算', '2024-01-01'),
	('complaint', 'biz_env', '', 'waive_items', 'BE-XFER', 'XF-NOTICE', '不再需要补，重新起算', '2024-01-01'),
	('complaint', 'biz_env', '', 'withdraw_request', 'BE-XFER', 'XF-NOTICE', '不再需要补，重新起算', '2024-01-01'),
	('complaint', 'biz_env', '', 'accept', 'BE-DO', 'XF-NOTICE', '条例写的是收到，从收到那天起算', '2024-01-01'),
	-- 河南省12345运行管理办法.
	('complaint', 'hotline', '', 'accept', 'HL-DISP', '', '', '2024-01-01'),
	('complaint', 'hotline', '', 'dispatch', 'HL-SIGN', '', '', '2024-01-01'),
	('complaint', 'hotline', 'INQ', 'sign', 'HL-INQ', '', '', '2024-01-01'),
	('complaint', 'hotline', 'HLP', 'sign', 'HL-HLP', '', '', '2024-01-01'),
	('complaint', 'hotline', 'SUG', 'sign', 'HL-HLP', '', '', '2024-01-01'),
	('complaint', 'hotline', 'RED', 'sign', 'HL-CMP', '', '', '2024-01-01');

-- 12345: what is to be signed for within 24 hours waits over days off. No clock of the rule
-- has run yet, so its row says it and no new version does.
ALTER TABLE clock_rule ADD COLUMN waits boolean NOT NULL DEFAULT false, ADD CONSTRAINT clock_rule_waits CHECK (NOT waits OR unit = 'H');
COMMENT ON COLUMN clock_rule.waits IS 'Hours that end on a day off run on to the same hour of the next working day.';
UPDATE clock_rule SET waits = true WHERE code = 'HL-SIGN';

-- A term that begins anew because the nature was corrected keeps what it was extended by.
DROP TRIGGER clock_span_added ON clock_span;
CREATE TRIGGER clock_span_added AFTER INSERT ON clock_span REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'grant_extension grant_pause resume_clock correct_nature');

-- +goose Down
SELECT 1 / 0;
