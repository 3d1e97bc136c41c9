-- +goose Up
-- What becomes of backups, of practising a restore and of holding everything against what
-- was signed is noted where it is done, and read at the desk: the sites may run on other
-- machines than the backup.
ALTER TABLE backup_state ADD kept_at timestamptz, ADD apart boolean;
COMMENT ON COLUMN backup_state.kept_at IS 'Up to when every piece of the log is in the archive; null: the log is kept by whoever runs the server.';
COMMENT ON COLUMN backup_state.apart IS 'Whether the folder of backups lies on another disk than the data; null: not known.';

CREATE TABLE drill_run (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at       timestamptz NOT NULL,
	made_at  timestamptz,
	wrong    int NOT NULL CHECK (wrong >= 0),
	whole    boolean NOT NULL,
	CHECK (NOT whole OR wrong = 0)
);
COMMENT ON TABLE drill_run IS 'Each time that restoring a backup was practised to its end, by command. Rows are only added, as the owner.';
COMMENT ON COLUMN drill_run.made_at IS 'When the backup was made; null: it was a base with its log.';
COMMENT ON COLUMN drill_run.whole IS 'Every step was as it should be.';
GRANT SELECT ON drill_run TO zhengxin_admin;

CREATE TABLE verify_run (
	id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	by_id    bigint REFERENCES staff,
	began_at timestamptz NOT NULL
);
CREATE INDEX verify_run_by ON verify_run (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE verify_run IS 'Each time that everything was held against what was signed. Rows are only added.';
COMMENT ON COLUMN verify_run.by_id IS 'Who asked for it at the desk; null is the operator at the machine, by command.';
GRANT SELECT, INSERT ON verify_run TO zhengxin_admin;

CREATE TABLE verify_end (
	run_id    bigint PRIMARY KEY REFERENCES verify_run,
	ended_at  timestamptz NOT NULL,
	outcome   text NOT NULL CHECK (outcome IN ('whole', 'broken', 'failed')),
	matters   int NOT NULL,
	events    bigint NOT NULL,
	days      int NOT NULL,
	unchecked int NOT NULL,
	broken    int NOT NULL,
	CHECK ((outcome = 'broken') = (broken > 0) OR outcome = 'failed')
);
COMMENT ON TABLE verify_end IS 'How such a run ended: numbers alone, since the sentences name matters. One that was broken off has no row. Rows are only added.';
GRANT SELECT, INSERT ON verify_end TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
