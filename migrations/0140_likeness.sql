-- +goose Up
-- What is like another: the same text sent twice, one contract in two complaints, an
-- answer copied from another. Marks of a text are numbers; two texts that are mostly the
-- same have one in common, and hardly any others do, so that one index answers both for
-- texts and for contracts and sums. Written with the search text, by the same job.
CREATE TABLE likeness (
	matter_id bigint NOT NULL REFERENCES matter,
	part      text NOT NULL CHECK (part IN ('story', 'answer')),
	marks     bigint[] NOT NULL,
	PRIMARY KEY (matter_id, part)
);
CREATE INDEX likeness_marks ON likeness USING gin (marks) WITH (fastupdate = off);
COMMENT ON TABLE likeness IS 'By which marks the texts of a matter meet those that are mostly the same; of words that handling units read too.';
COMMENT ON COLUMN likeness.part IS 'Which of its texts: what was complained of, or the answer.';
GRANT SELECT ON likeness TO zhengxin_admin;
GRANT SELECT, INSERT, UPDATE ON likeness TO zhengxin_worker;

SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM matter WHERE kind = 'complaint';

-- +goose Down
SELECT 1 / 0;
