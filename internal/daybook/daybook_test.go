package daybook_test

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/daybook"
	"zhengxin/internal/export"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

// office has begun its daybook.
type office struct {
	*complainttest.Office
	book *daybook.Book
	keys key.EventKeys
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Office: complainttest.New(t)}
	o.book = &daybook.Book{Key: o.Keys.Office.EventKey(), Now: o.Now, Random: rand.Reader}
	o.keys = key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	if err := notice.Seed(t.Context(), o.DB.Owner, o.Now()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second desk that starts finds it begun
		if err := o.book.Begin(t.Context(), o.DB.Admin); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// check gives the sentences after a change of the database, which is undone.
func (o *office) check(t *testing.T, sql string) ([]string, daybook.Summary) {
	t.Helper()
	tx, err := o.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	if _, err := tx.Exec(t.Context(), sql); err != nil {
		t.Fatal(sql, err)
	}
	var said []string
	sum, err := daybook.Check(t.Context(), tx, o.keys, func(f chain.Finding) { said = append(said, f.Sentence) })
	if err != nil || sum.Broken != len(said) {
		t.Fatal(sum, said, err)
	}
	return said, sum
}

// everything is done to the office once, by the program.
func (o *office) everything(t *testing.T) {
	t.Helper()
	hashing, err := staff.NewHashing()
	if err != nil {
		t.Fatal(err)
	}
	accounts := &staff.Register{Pool: o.DB.Admin, Key: o.Keys.Office, Now: o.Now, Random: rand.Reader, Hashing: hashing, Daybook: o.book}
	sysadmin := o.People[staff.Sysadmin].ID
	handler := o.People[staff.Handler].ID
	order := func() staff.Order {
		acts, err := accounts.ActsOn(t.Context(), handler, 1)
		if err != nil {
			t.Fatal(err)
		}
		seen := int64(0)
		if len(acts) > 0 {
			seen = acts[0].ID
		}
		return staff.Order{By: sysadmin, Reason: "轮岗", Seen: seen, Sure: true}
	}
	settings := &setting.Book{Pool: o.DB.Admin, Now: o.Now, Record: func(ctx context.Context, tx pgx.Tx, by int64, do func() error) error {
		return o.book.Record(ctx, tx, daybook.Act{Action: "set", By: by}, do)
	}}
	for name, do := range map[string]func() error{
		"an account is moved": func() error {
			return accounts.Reassign(t.Context(), handler, staff.Job{Role: staff.Handler, Unit: complainttest.Justice}, order())
		},
		"an account is closed": func() error {
			return accounts.Disable(t.Context(), o.OtherHead.ID, staff.Order{By: sysadmin, Reason: "离职", Sure: true})
		},
		"settings": func() error {
			return settings.Set(t.Context(), sysadmin, map[string]string{setting.Hotline: "0375-1234567"})
		},
		"units": func() error {
			return o.book.Tx(t.Context(), o.DB.Admin, daybook.Act{Action: "import_units"}, func(tx pgx.Tx) error {
				_, err := unit.Intake{Now: o.Now(), Confirmed: true}.Take(t.Context(), tx, []unit.Row{{Line: 1, Code: "EDU", Name: "县教育局", Kind: "department"}})
				return err
			})
		},
		"a rule of ours": func() error {
			return o.book.Tx(t.Context(), o.DB.Admin, daybook.Act{Action: "amend_rule", By: sysadmin}, func(tx pgx.Tx) error {
				table, err := clock.Read(t.Context(), tx)
				if err != nil {
					return err
				}
				a := clock.Amendment{Code: clock.PlatformAccept, Limit: 4, From: clock.NewDate(2031, time.January, 1), Reason: "多了一名登记员", By: sysadmin}
				rule, wrong := table.Amended(a, clock.On(o.Now()))
				if len(wrong) > 0 {
					return fault.Fields(wrong)
				}
				return clock.Amend(t.Context(), tx, rule, a, o.Now())
			})
		},
		"a calendar": func() error {
			plan, _, err := clock.PlanImport(t.Context(), o.DB.Admin, clock.Handed{Text: "2031-01-01,放假,元旦\n", Source: "x", Draft: true})
			if err != nil {
				return err
			}
			return o.book.Tx(t.Context(), o.DB.Admin, daybook.Act{Action: "import_calendar", By: sysadmin}, func(tx pgx.Tx) error {
				return plan.Import(t.Context(), tx, sysadmin, o.Now())
			})
		},
		"an export": func() error {
			exports, by := export.Book{Pool: o.DB.Admin, Daybook: o.book, Now: o.Now}, o.People[staff.Supervisor]
			id, err := exports.Begin(t.Context(), export.Taking{By: by, Kind: "complaint", Asked: "text=x", Said: []string{"在办", "含“x”"}})
			if err != nil {
				return err
			}
			return exports.End(t.Context(), by, id, 3, export.Whole)
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v %s", name, err, fault.SentenceOf(err))
		}
	}
}

func TestWhatIsDoneToTheOfficeBesideTheProgramIsFound(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.everything(t)
	if said, sum := o.check(t, `SELECT`); len(said) != 0 || sum.Events != 9 || !sum.Begun.Equal(o.Now()) {
		t.Fatalf("an honest office: %q %+v", said, sum)
	}
	for name, c := range map[string]struct{ sql, want string }{
		"an account made":        {`INSERT INTO staff (login, name, role, unit, password_hash, created_at) VALUES ('ghost', '某某', 'leader', 'DESK', 'x', now())`, "账号 ghost 没有记在机构日志里"},
		"a role given":           {`UPDATE staff SET role = 'leader' WHERE login = 'handler'`, "账号 handler 和机构日志第"},
		"a password exchanged":   {`UPDATE staff SET password_hash = 'y' WHERE login = 'leader'`, "账号 leader 和机构日志第 1 条"},
		"a telephone exchanged":  {`UPDATE staff SET totp_sealed = 'x' WHERE login = 'leader'`, "账号 leader 和机构日志第 1 条"},
		"an account opened":      {`UPDATE staff SET disabled_at = NULL WHERE login = 'justice-head'`, "账号 justice-head 和机构日志第"},
		"an account renamed":     {`UPDATE staff SET name = '李四' WHERE login = 'auditor'`, "账号 auditor 和机构日志第 1 条"},
		"a trace deleted":        {`DELETE FROM staff_act WHERE act = 'reassign'`, "账号的变动记录"},
		"a trace's author":       {`UPDATE staff_act SET by_id = NULL WHERE act = 'reassign'`, "账号的变动记录"},
		"a trace's reason":       {`UPDATE staff_act SET reason = '例行'`, "账号的变动记录"},
		"a trace forged":         {`INSERT INTO staff_act (at, staff_id, act, reason) SELECT now(), id, 'disable', 'x' FROM staff LIMIT 1`, "没有记在机构日志里"},
		"a former unit":          {`DELETE FROM staff_post WHERE left_at IS NOT NULL`, "任职的记录和机构日志第"},
		"a unit put elsewhere":   {`UPDATE unit SET parent = 'FIN' WHERE code = 'JUS'`, "单位 JUS 和机构日志第 1 条"},
		"a unit that ends":       {`UPDATE unit SET valid_to = '2026-01-01' WHERE code = 'EDU'`, "单位 EDU 和机构日志第"},
		"a unit deleted":         {`DELETE FROM unit WHERE code = 'EDU'`, "单位 EDU 和机构日志第"},
		"a unit made":            {`INSERT INTO unit (code, name, kind) VALUES ('X1', 'x', 'department')`, "单位 X1 没有记在机构日志里"},
		"a unit's other name":    {`UPDATE unit SET alias = '{财政}' WHERE code = 'FIN'`, "单位 FIN 和机构日志第 1 条"},
		"a conflict declared":    {`INSERT INTO unit_conflict (unit, other, reason) VALUES ('FIN', 'JUS', 'x')`, "利害关系没有记在机构日志里"},
		"a setting":              {`UPDATE setting SET value = '0375-7654321' WHERE key = 'hotline'`, "设置 hotline 和机构日志第"},
		"a rule of ours":         {`UPDATE clock_rule SET limit_count = 9 WHERE code = 'PF-ACC' AND version = 2`, "期限规则"},
		"a day off":              {`UPDATE calendar_version SET off = off || '2031-05-06'::date WHERE year = 2031`, "放假安排"},
		"a calendar deleted":     {`DELETE FROM calendar_version WHERE year = 2031`, "放假安排"},
		"a notice changed":       {`UPDATE notice SET body = 'x'`, "公示"},
		"a notice taken down":    {`UPDATE notice SET taken_down_at = now(), taken_down_reason = 'x'`, "公示"},
		"a notice deleted":       {`DELETE FROM notice`, "公示"},
		"a notice forged":        {`INSERT INTO notice (kind, title, body, published_at) VALUES ('notice', 'x', 'x', now())`, "没有记在机构日志里"},
		"a deputy made":          {`INSERT INTO member (kind, name) VALUES ('npc_deputy', 'x')`, "代表委员和记者的名册"},
		"an export's trace gone": {`DELETE FROM export_end; DELETE FROM export`, "导出的记录 1 和机构日志第"},
		"another took it":        {`UPDATE export SET staff_id = (SELECT id FROM staff WHERE login = 'leader')`, "导出的记录 1 和机构日志第"},
		"looked for other words": {`UPDATE export SET asked = 'text=y'`, "导出的记录 1 和机构日志第"},
		"a word of it":           {`UPDATE export SET said[2] = '含“y”'`, "导出的记录 1 和机构日志第"},
		"fewer matters left":     {`UPDATE export_end SET matters = 2`, "导出结束的记录 1 和机构日志第"},
		"an end forged":          {`INSERT INTO export (at, staff_id, role, kind, asked, said) SELECT at, staff_id, role, kind, asked, said FROM export`, "导出的记录 2 没有记在机构日志里"},
		"an event rewritten":     {`UPDATE daybook SET data = replace(data, 'EDU', 'EDX')`, "的文字与写下时不一致"},
		"whose doing":            {`UPDATE daybook SET staff_id = NULL, actor = 'system' WHERE action = 'set'`, "与写下时不一致"},
		"an event taken out":     {`DELETE FROM daybook WHERE seq = 3`, "之前少了 1 条"},
		"the last events cut":    {`DELETE FROM daybook WHERE seq > 3`, "末尾少了 6 条"},
		"cut, with the head":     {`DELETE FROM daybook WHERE seq > 3; UPDATE daybook_head SET seq = 3, head = (SELECT hash FROM daybook WHERE seq = 3)`, "没有记在机构日志里"},
		"begun anew without key": {`DELETE FROM daybook WHERE seq > 1; UPDATE daybook_head SET seq = 1, head = (SELECT hash FROM daybook)`, "没有记在机构日志里"},
	} {
		said, _ := o.check(t, c.sql)
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, c.want) }) {
			t.Errorf("%s: nothing says %q: %q", name, c.want, said)
		}
	}
}

func TestWhatWasChangedBetweenTwoEventsStaysFound(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE unit SET parent = 'FIN' WHERE code = 'JUS'`); err != nil {
		t.Fatal(err)
	}
	o.everything(t)
	if err := o.book.Tx(t.Context(), o.DB.Admin, daybook.Act{Action: "import_units"}, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE unit SET alias = '{司法}' WHERE code = 'JUS'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if said, _ := o.check(t, `SELECT`); len(said) != 1 || !strings.HasPrefix(said[0], "单位 JUS 在机构日志第 10 条办理以前已经被改过") {
		t.Errorf("%q", said)
	}
}

func TestAnUpgradeIsTakenAsItStandsOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `
		UPDATE unit SET alias = '{财政}' WHERE code = 'FIN';
		INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := o.book.Begin(t.Context(), o.DB.Admin); err != nil {
			t.Fatal(err)
		}
	}
	if said, sum := o.check(t, `SELECT`); len(said) != 0 || sum.Events != 2 || sum.Renewed != 1 {
		t.Errorf("%q %+v", said, sum)
	}
}

func TestWithoutTheKeyNothingIsDoneToAnOfficeWhoseBookHasBegun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var none *daybook.Book
	change := func(tx pgx.Tx) error {
		_, err := pg.Exec(t.Context(), tx, `UPDATE staff SET disabled_at = now()`, nil)
		return err
	}
	if err := none.Tx(t.Context(), o.DB.Admin, daybook.Act{Action: "x"}, change); !fault.Is(err, fault.NotFound) || !strings.Contains(fault.SentenceOf(err), "office.key") {
		t.Errorf("without the key: %v", err)
	}
	if said, _ := o.check(t, `SELECT`); len(said) != 0 {
		t.Errorf("it was done: %q", said)
	}
	fresh := complainttest.New(t)
	if err := none.Tx(t.Context(), fresh.DB.Admin, daybook.Act{Action: "x"}, change); err != nil {
		t.Errorf("before a desk has started: %v", err)
	}
}
