-- +goose Up
-- River brings these for finding jobs by their arguments, which nobody here does.
-- As GIN they collect what was added and sort it in now and then, inside the
-- transaction of whoever comes next: whole milliseconds of somebody's filing.
DROP INDEX river_job_args_index, river_job_metadata_index;

-- +goose Down
SELECT 1 / 0;
