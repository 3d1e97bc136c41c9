-- +goose Up
-- The list of complaints is narrowed by how they came, by who complains in which capacity and
-- by sums: what few have leads to those few.
CREATE INDEX complaint_channel ON complaint (channel, matter_id);
CREATE INDEX complaint_complainant ON complaint (complainant_kind, matter_id);
CREATE INDEX complaint_unpaid ON complaint (unpaid_amount, matter_id) WHERE unpaid_amount IS NOT NULL;
CREATE INDEX complaint_contract ON complaint (contract_amount, matter_id) WHERE contract_amount IS NOT NULL;

-- +goose Down
SELECT 1 / 0;
