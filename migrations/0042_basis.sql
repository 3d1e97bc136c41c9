-- +goose Up
-- A warning does not outlive its basis: when its complaint is contested and found
-- otherwise, the office decides, and what was published is corrected.
ALTER TABLE matter DROP CONSTRAINT matter_state;
ALTER TABLE matter ADD CONSTRAINT matter_state CHECK (
	(kind = 'complaint' AND state IN ('submitted', 'registered', 'supplement_required', 'accepted', 'dispatched',
		'objected', 'handling', 'result_submitted', 'under_review', 'replied', 'rated', 'review_requested', 'closed',
		'redirected', 'transferred', 'referred_discipline', 'rejected', 'withdrawn'))
	OR (kind = 'case' AND state IN ('opened', 'drafted', 'signed', 'served', 'published', 'ended', 'dropped', 'revoked')));

-- +goose Down
SELECT 1 / 0;
