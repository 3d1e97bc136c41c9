-- +goose Up
-- When an account was last logged into, beyond the month after which sessions are swept: who
-- has left without a word is found by it, and an account that nobody uses is a door that
-- nobody watches.
ALTER TABLE staff ADD last_login_at timestamptz;
COMMENT ON COLUMN staff.last_login_at IS 'The last login with both factors; null: never, or not since this was kept.';
UPDATE staff p SET last_login_at = (SELECT max(s.second_factor_at) FROM staff_session s WHERE s.staff_id = p.id);
GRANT UPDATE (last_login_at) ON staff TO zhengxin_admin;

-- +goose Down
SELECT 1 / 0;
