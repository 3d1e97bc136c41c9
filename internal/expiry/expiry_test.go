package expiry_test

import (
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/expiry"
	"zhengxin/internal/pg"
)

func TestWhatRanOutGoesAndTheRestStays(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	now := complainttest.Monday
	for _, age := range []struct {
		name string
		ends time.Time
		done time.Time
	}{
		{"gone", now.Add(-time.Second), now.Add(-61 * time.Minute)},
		{"here", now.Add(time.Second), now.Add(-59 * time.Minute)},
	} {
		for _, sql := range []string{
			`INSERT INTO captcha (id, digits, expires_at) VALUES (@name, '\x01', @ends::timestamptz) RETURNING @done::timestamptz`,
			`INSERT INTO draft (id, sealed, saved_at, expires_at) VALUES (@name::text::bytea, '\x01', @done::timestamptz, @ends::timestamptz)`,
			`INSERT INTO desk_draft (staff_id, form, unit, sealed, saved_at, expires_at) SELECT min(id), @name, '', '\x01', @done::timestamptz, @ends::timestamptz FROM staff`,
			`INSERT INTO unlock (token_hash, matter_id, expires_at) SELECT @name::text::bytea, id, @ends::timestamptz FROM matter WHERE @done::timestamptz IS NOT NULL`,
			`INSERT INTO matter_look (matter_id, staff_id, seq, at)
				SELECT m.id, CASE @name WHEN 'here' THEN (SELECT min(id) FROM staff) ELSE (SELECT max(id) FROM staff) END, 1, @ends::timestamptz - interval '17520 hours'
				FROM matter m WHERE @done::timestamptz IS NOT NULL`,
			`INSERT INTO member_login (ref, asked_at) SELECT CASE @name::text WHEN 'here' THEN repeat('a', 32) ELSE repeat('b', 32) END, @ends::timestamptz - interval '1 day' WHERE @done::timestamptz IS NOT NULL`,
			`WITH m AS (INSERT INTO member (kind, name, credential_number) VALUES ('npc_deputy', @name::text, @name) RETURNING id),
				a AS (INSERT INTO member_account (member_id, mailbox, mailbox_mac, code_mac, changed_at) SELECT id, '', '', '', @done::timestamptz FROM m RETURNING member_id)
				INSERT INTO member_session (token_hash, member_id, created_at, seen_at) SELECT @name::text::bytea, member_id, @ends::timestamptz - interval '90 days', now() FROM a`,
			`WITH known AS (INSERT INTO member_guess (at, member_id, way) SELECT @ends::timestamptz - interval '90 days', a.member_id, 'code' FROM member_account a JOIN member m ON m.id = a.member_id WHERE m.name = @name)
				INSERT INTO member_guess (at, way) SELECT @ends::timestamptz - interval '1 day', 'code' WHERE @done::timestamptz IS NOT NULL`,
			`INSERT INTO unlock_attempt (key, tries, since) SELECT @name::text::bytea, 1, @done::timestamptz WHERE @ends::timestamptz IS NOT NULL`,
		} {
			if _, err := pg.Exec(t.Context(), o.DB.Owner, sql, pg.Args{"name": age.name, "ends": age.ends, "done": age.done}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		if err := expiry.Sweep(t.Context(), o.DB.Worker, now); err != nil {
			t.Fatal(err)
		}
	}
	left, err := pg.One[string](t.Context(), o.DB.Owner, `
		SELECT concat_ws(' ', (SELECT string_agg(id, ',') FROM captcha), (SELECT string_agg(encode(id, 'escape'), ',') FROM draft),
			(SELECT string_agg(form, ',') FROM desk_draft), (SELECT string_agg(encode(token_hash, 'escape'), ',') FROM unlock), (SELECT string_agg(encode(key, 'escape'), ',') FROM unlock_attempt),
			(SELECT string_agg(CASE ref WHEN repeat('a', 32) THEN 'here' ELSE 'gone' END, ',') FROM member_login), (SELECT string_agg(encode(token_hash, 'escape'), ',') FROM member_session),
			(SELECT string_agg(coalesce(m.name, 'nobody'), ',' ORDER BY g.at) FROM member_guess g LEFT JOIN member m ON m.id = g.member_id),
			(SELECT string_agg((staff_id = (SELECT min(id) FROM staff))::text, ',') FROM matter_look))`, nil)
	if err != nil || left != "here here here here here here here here,nobody true" {
		t.Errorf("left: %s %v", left, err)
	}
}

func TestOneTableThatFailsKeepsNoOtherFromBeingSwept(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	_, err := pg.Exec(t.Context(), o.DB.Owner, `INSERT INTO unlock_attempt (key, tries, since) VALUES ('k', 1, @at)`, pg.Args{"at": complainttest.Monday.Add(-2 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `ALTER TABLE captcha RENAME TO was_captcha`, nil); err != nil {
		t.Fatal(err)
	}
	if err := expiry.Sweep(t.Context(), o.DB.Worker, complainttest.Monday); pg.Code(err) != "42P01" {
		t.Errorf("the failure is not told: %v", err)
	}
	if n, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*) FROM unlock_attempt`, nil); err != nil || n != 0 {
		t.Errorf("%d guesses are left: %v", n, err)
	}
}
