-- +goose Up
-- Refusals and other decisions stand on articles of the table of laws, too, as answers and
-- warnings do: what they cite hangs on their own event.
DROP TRIGGER cited_added ON cited;
CREATE TRIGGER cited_added AFTER INSERT ON cited REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq',
		'draft_answer draft_warning redirect transfer reject reopen reopen_elsewhere uphold recheck_uphold recheck_change record_recheck record_recheck_change');
COMMENT ON TABLE cited IS 'On which articles a draft or a decision stands, as they were called then; one without an article is what the table of laws has not.';

-- What a hotline does not take up (domain-facts 1.3, whose wording nobody held against the text yet).
INSERT INTO law (code, version, name, short, issued, valid_from) VALUES
	('G53', 1, '国务院办公厅关于进一步优化地方政务服务便民热线的指导意见', '便民热线意见', '国办发〔2020〕53号', NULL);
INSERT INTO law_article (code, version, law, number, subject, categories, outcomes, confirmed, sort)
	SELECT 'G53', 1, 'G53', '', '热线不受理的事项', '{}', '{}', false, 1 + max(sort) FROM law_article;

-- +goose Down
SELECT 1 / 0;
