-- +goose Up
-- A search finds cases by their ground and their paper, complaints by their answer too,
-- and by an old answer nobody who handles: each register says where its words stand,
-- and its moves index them. What is there already is indexed anew.
SELECT enqueue('index_text', jsonb_build_object('matter', id)) FROM matter WHERE kind = 'case'
	OR id IN (SELECT matter_id FROM answer) OR id IN (SELECT matter_id FROM old_record);

-- +goose Down
SELECT 1 / 0;
