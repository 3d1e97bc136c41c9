// Package demo fills an empty database with a demonstration office: the
// county's units with names still to be confirmed, accounts for each role, a small
// roster, the few settings that a demonstration needs, and a year of complaints
// and cases that went through the engine under a clock of their own. People and
// stories are invented; nothing that could be taken for a real hotline or address
// is.
package demo

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

// unitsFile has the units in the shape that `zhengxin import units` reads.
//
//go:embed units.csv
var unitsFile string

// Office is where a demonstration is loaded.
type Office struct {
	Pool   *pgxpool.Pool // the owner's, who alone may clear a half-loaded one
	Dir    string        // where the file with the logins goes
	Now    func() time.Time
	Random io.Reader

	Daybook *daybook.Book // nil without office.key
	Keys    *Keys         // with which the year's matters are signed and sealed; nil loads the office alone

	Refused func(error) // told of a step that the law did not allow on its day; may be nil

	batches []batch  // of a shorter year in tests; else the plan
	bids    []bid    // likewise
	tips    []tip    // likewise
	calls   []call   // likewise
	parcels []parcel // likewise
}

// loading is the value of the setting `demo` until the office is there: a load
// that was cut short is begun anew, since its passwords are lost.
const loading = "loading"

// yearTo is the setting with the day that the year of matters leads up to, until
// all of them are there: that load is gone on with.
const yearTo = "demo_year_to"

// Wanted reports whether the database is as empty as migrate leaves it, or a
// load was cut short.
func Wanted(ctx context.Context, q pg.Queryer) (bool, error) {
	s, err := look(ctx, q)
	return err == nil && s.refusal() == "", err
}

type standing struct {
	Matters bool
	Staff   bool
	Units   bool
	Loading bool
	YearTo  string // empty but while the year is loaded
}

func look(ctx context.Context, q pg.Queryer) (standing, error) {
	return pg.One[standing](ctx, q, `
		SELECT EXISTS (SELECT FROM matter) AS matters, EXISTS (SELECT FROM staff) AS staff, EXISTS (SELECT FROM unit) AS units,
			EXISTS (SELECT FROM setting WHERE key = @demo AND value = @loading) AS loading,
			coalesce((SELECT value FROM setting WHERE key = @year), '') AS year_to`,
		pg.Args{"demo": setting.Demo, "loading": loading, "year": yearTo})
}

func (s standing) refusal() string {
	switch {
	case s.YearTo != "":
		return ""
	case s.Matters:
		return "数据库里已经有投诉，不能再装入演示数据。The database holds complaints already: the demonstration is not loaded."
	case s.Loading:
		return ""
	case s.Staff:
		return "数据库里已经有人员，不能再装入演示数据。The database holds staff already: the demonstration is not loaded."
	case s.Units:
		return "数据库里已经有单位，不能再装入演示数据。The database holds units already: the demonstration is not loaded."
	}
	return ""
}

// lock is the advisory lock under which one load at a time works.
const lock = 7_410_425_002

// Load fills the office and gives its logins; none where it only goes on with a
// load that was cut short, whose logins are kept. It is refused (Conflict) where
// there are units, staff or complaints already.
func (o Office) Load(ctx context.Context) (logins []Login, err error) {
	conn, err := o.Pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", pg.Safe(err))
	}
	defer conn.Release()
	if _, err := pg.Exec(ctx, conn, `SELECT pg_advisory_lock(@lock)`, pg.Args{"lock": int64(lock)}); err != nil {
		return nil, err
	}
	defer func() {
		_, err := pg.Exec(context.WithoutCancel(ctx), conn, `SELECT pg_advisory_unlock(@lock)`, pg.Args{"lock": int64(lock)})
		if err != nil {
			_ = conn.Conn().Close(context.WithoutCancel(ctx)) // and the lock with it
		}
	}()
	s, err := look(ctx, conn)
	if err != nil {
		return nil, err
	}
	if why := s.refusal(); why != "" {
		return nil, fault.New(fault.Conflict, "%s", why)
	}
	today := o.Now().UTC().Truncate(time.Second)
	if s.YearTo != "" {
		if today, err = time.Parse(time.RFC3339, s.YearTo); err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
	} else if logins, err = o.open(ctx, conn, today); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	if o.Keys == nil {
		return logins, nil
	}
	if err := o.year(ctx, today); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return logins, o.Daybook.Tx(ctx, conn, daybook.Act{Action: "demo"}, func(tx pgx.Tx) error {
		_, err := pg.Exec(ctx, tx, `DELETE FROM setting WHERE key = @key`, pg.Args{"key": yearTo})
		return err
	})
}

// open loads the office without its matters. With them it has stood for a year.
func (o Office) open(ctx context.Context, conn *pgxpool.Conn, today time.Time) ([]Login, error) {
	opened := today
	if o.Keys != nil {
		opened = today.AddDate(0, 0, -opensAgo)
	}
	if err := o.Daybook.Tx(ctx, conn, daybook.Act{Action: "demo"}, func(tx pgx.Tx) error { return o.furnish(ctx, tx, opened) }); err != nil {
		return nil, err
	}
	logins, err := o.hire(ctx, opened)
	if err != nil {
		return nil, err
	}
	if err := keep(o.File(), logins); err != nil {
		return nil, err
	}
	return logins, o.Daybook.Tx(ctx, conn, daybook.Act{Action: "demo"}, func(tx pgx.Tx) error {
		if err := writeBlocks(ctx, tx, opened); err != nil {
			return err
		}
		if o.Keys != nil {
			if err := set(ctx, tx, yearTo, today.Format(time.RFC3339)); err != nil {
				return err
			}
		}
		return set(ctx, tx, setting.Demo, "true")
	})
}

// furnish is everything but the accounts, whole or not at all.
func (o Office) furnish(ctx context.Context, tx pgx.Tx, opened time.Time) error {
	for _, left := range []string{`DELETE FROM outside_body`, `DELETE FROM category_version`, `DELETE FROM staff_act`, `DELETE FROM saved_view`, `DELETE FROM staff`, `DELETE FROM notice`} { // of a load that was cut short
		if _, err := pg.Exec(ctx, tx, left, nil); err != nil {
			return err
		}
	}
	// Documents need a prefix and an issuer, which is the desk's own unit. Who
	// hosts the platform nobody has said: like the rest it shows as 待配置.
	for key, value := range map[string]string{
		setting.Demo: loading, setting.DocumentPrefix: "演示", setting.Issuer: "县政务诚信监督办公室",
	} {
		if err := set(ctx, tx, key, value); err != nil {
			return err
		}
	}
	if err := o.settle(ctx, tx); err != nil {
		return err
	}
	if err := notice.Seed(ctx, tx, opened); err != nil {
		return err
	}
	if err := neighbours(ctx, tx); err != nil {
		return err
	}
	if err := reworded(ctx, tx, opened); err != nil {
		return err
	}
	return enrol(ctx, tx)
}

// settle puts up the units. Not one name is confirmed by the county.
func (o Office) settle(ctx context.Context, tx pgx.Tx) error {
	rows, refused, err := unit.ParseTable(strings.NewReader(unitsFile))
	if err != nil {
		return err
	}
	out, err := unit.Intake{Now: o.Now(), Confirmed: false}.Take(ctx, tx, rows)
	if err != nil {
		return err
	}
	if refused = append(refused, out.Refused...); len(refused) > 0 {
		return errors.New("units.csv: " + refused[0].Code + " " + refused[0].Reason)
	}
	return nil
}

func set(ctx context.Context, q pg.Queryer, key, value string) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO setting (key, value) VALUES (@key, @value)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`, pg.Args{"key": key, "value": value})
	return err
}

// enrol puts deputies, members and a journalist on the roster, so that a filing can
// be matched against it. The credentials say themselves that they are invented.
func enrol(ctx context.Context, tx pgx.Tx) error {
	_, err := pg.Exec(ctx, tx, `
		INSERT INTO member (kind, name, congress_session, credential_number, delegation, outlet, valid_to, ended_why) VALUES
			('npc_deputy', '陈演示', '第十六届', 'YS-RD-0001', '冢头代表团', '', NULL, ''),
			('npc_deputy', '李演示', '第十六届', 'YS-RD-0002', '安良代表团', '', NULL, ''),
			('npc_deputy', '周演示', '第十六届', 'YS-RD-0003', '堂街代表团', '', NULL, ''),
			('npc_deputy', '吴演示', '第十五届', 'YS-RD-0004', '冢头代表团', '', '2022-03-01', ''),
			('cppcc_member', '林演示', '第十届', 'YS-ZX-0001', '经济界', '', NULL, ''),
			('cppcc_member', '方演示', '第十届', 'YS-ZX-0002', '教育界', '', NULL, ''),
			('media', '赵演示', '', 'B400000000001', '', '演示日报社', NULL, ''),
			('media', '钱演示', '', 'G400000000002', '', '演示广播电视台', NULL, '')
		ON CONFLICT (kind, congress_session, credential_number) DO NOTHING`, nil)
	return err
}

// Login is a demonstration account with its password, which is kept nowhere
// else.
type Login struct {
	staff.Account
	UnitName string
	Password string
}
