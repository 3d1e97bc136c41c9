-- +goose Up
-- 转送要有回执: to which body a complaint was handed on and by which document, and that this
-- body has it. What it hands back is decided on anew (信访工作条例 22, 23).

CREATE TABLE transfer (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	body      text NOT NULL CHECK (body <> ''),
	document  text NOT NULL CHECK (document <> ''),
	PRIMARY KEY (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE transfer IS 'That a complaint was handed on to a body outside, by the event that did it. The bodies that were written before are the directory of them.';
CREATE INDEX transfer_body ON transfer (body);

CREATE TABLE transfer_receipt (
	matter_id   bigint NOT NULL,
	seq         bigint NOT NULL,
	transferred bigint NOT NULL,
	received_on date NOT NULL,
	received_by text NOT NULL,
	number      text NOT NULL,
	PRIMARY KEY (matter_id, transferred),
	FOREIGN KEY (matter_id, transferred) REFERENCES transfer (matter_id, seq),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq)
);
COMMENT ON TABLE transfer_receipt IS 'That a body has what was handed on to it: since when, who took it there, and its own number.';

CREATE TRIGGER transfer_added AFTER INSERT ON transfer REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'transfer');
CREATE TRIGGER transfer_receipt_added AFTER INSERT ON transfer_receipt REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'note_receipt');
GRANT SELECT, INSERT ON transfer, transfer_receipt TO zhengxin_admin;
GRANT SELECT ON transfer, transfer_receipt TO zhengxin_worker;

-- Until when a receipt is waited for. The law says nothing of it; nobody here is late.
INSERT INTO clock_rule (code, title, track, start_event, end_event, limit_count, unit, right_only, basis, confidence, valid_from) VALUES
	('XFER-ACK', '转送的回执', 'platform', 'transferred', 'acknowledged', 15, 'ND', true, '本平台承诺', 'design', '2024-01-01');

ALTER TABLE watch_count DROP CONSTRAINT watch_count_what_check;
ALTER TABLE watch_count ADD CONSTRAINT watch_count_what_check CHECK (what IN ('no_next_step', 'letters_unsent', 'clocks_ownerless', 'with_ended_unit', 'no_stand_in', 'receipts_missing'));

-- +goose Down
SELECT 1 / 0;
