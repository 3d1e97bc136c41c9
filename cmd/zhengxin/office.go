package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/daybook"
	"zhengxin/internal/demo"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/unit"
	"zhengxin/internal/verify"
	"zhengxin/migrations"
)

// The commands that set an office up.
type (
	migrateCommand struct{}
	demoCommand    struct{}
	importCommands struct {
		Units      importUnitsCommand      `cmd:"" help:"单位（CSV 或每行一个 JSON）"`
		Synonyms   importSynonymsCommand   `cmd:"" help:"别的叫法（CSV：单位或类别、说法、指的是）"`
		Calendar   importCalendarCommand   `cmd:"" help:"一年的放假安排（CSV：日期、放假或上班）"`
		Complaints importComplaintsCommand `cmd:"" help:"旧投诉（每行一个 JSON，可以是 .gz）"`
	}
	importUnitsCommand struct {
		File        string `arg:"" help:"文件；- 是标准输入"`
		Unconfirmed bool   `help:"名称还没有确认"`
		Check       bool   `help:"只检查，一行也不收"`
	}
)

// Run brings the database to this program's schema; the URL is the owner's.
func (migrateCommand) Run(ctx context.Context, p *program) (err error) {
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.migrate(ctx); err != nil {
		return err
	}
	owner, err := db.owner(ctx)
	if err != nil {
		return err
	}
	version, err := pg.SchemaVersion(ctx, owner)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "数据库结构是第 %d 版。\n", version)
	return db.warn(ctx, owner)
}

// Run loads the demonstration office into an empty database.
func (demoCommand) Run(ctx context.Context, p *program) (err error) {
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	owner, err := db.owner(ctx)
	if err != nil {
		return err
	}
	if err := pg.RequireCurrent(ctx, owner, migrations.Files); err != nil {
		return err
	}
	office, portal, err := p.makeKeys(ctx, owner)
	if err != nil {
		return err
	}
	logins, err := p.loadDemonstration(ctx, owner, office, portal)
	if err != nil {
		return err
	}
	p.showLogins(logins)
	return nil
}

// demonstration is what the settings say of one: with a year of matters, which the
// keys sign, or without.
func (p *program) demonstration(owner *pgxpool.Pool, office *key.Office, portal *key.Portal) demo.Office {
	o := demo.Office{Pool: owner, Dir: p.config.DataDir, Now: p.now, Random: p.random, Daybook: p.daybook(office),
		Refused: func(err error) { p.log.Warn("the demonstration goes without a step", "error", err) }}
	if p.config.Demo == "year" {
		o.Keys = &demo.Keys{Office: office, Portal: portal}
	}
	return o
}

// loadDemonstration loads it, and holds what was signed to what stands, so that the page of
// the platform has a result. Where that fails the office is there all the same.
func (p *program) loadDemonstration(ctx context.Context, owner *pgxpool.Pool, office *key.Office, portal *key.Portal) ([]demo.Login, error) {
	logins, err := p.demonstration(owner, office, portal).Load(ctx)
	if err != nil || p.config.Demo != "year" {
		return logins, err
	}
	began := p.now()
	sum, failed := verify.All(ctx, owner, key.NewEventKeys(office, portal), kinds.Lawful, p.config.HeadsDir(), func(string) {})
	if err := verify.Note(ctx, owner, began, sum, failed, p.now()); err != nil {
		p.log.Warn("the demonstration was not verified", "error", err)
	}
	return logins, nil
}

// showLogins prints new logins, once; none at every later start. Passwords are for
// somebody who sits there: what is not a terminal is a log, or becomes one.
func (p *program) showLogins(logins []demo.Login) {
	if len(logins) == 0 {
		return
	}
	if !terminal(p.out) {
		for i := range logins {
			logins[i].Password = "（在文件里）"
		}
		fmt.Fprintf(p.out, "演示账号（密码在 %s 里，只有您能读）：\n%s", p.demonstration(nil, nil, nil).File(), demo.Table(logins))
		return
	}
	fmt.Fprintf(p.out, "演示账号（密码只显示这一次，另存在 %s）：\n%s", p.demonstration(nil, nil, nil).File(), demo.Table(logins))
}

// Run takes units over from a file and says which lines it refused.
func (c importUnitsCommand) Run(ctx context.Context, p *program) (err error) {
	file := io.NopCloser(p.in)
	if c.File != "-" {
		if file, err = os.Open(c.File); err != nil {
			return fault.New(fault.NotFound, "打不开文件 %s。", c.File)
		}
		defer file.Close()
	}
	rows, refused, err := unit.ParseTable(file)
	if err != nil {
		return err
	}
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	var out unit.Outcome
	take := func(tx pgx.Tx) (err error) {
		out, err = unit.Intake{Now: p.now(), Confirmed: !c.Unconfirmed, Reason: "在服务器上从文件导入"}.Take(ctx, tx, rows)
		return err
	}
	if c.Check {
		err = pg.Try(ctx, pool, take)
	} else {
		var office *key.Office
		if office, err = p.officeIfHere(); err == nil {
			err = p.daybook(office).Tx(ctx, pool, daybook.Act{Action: "import_units"}, take)
		}
	}
	if err != nil {
		return err
	}
	refused = append(refused, out.Refused...)
	for _, r := range refused {
		fmt.Fprintf(p.out, "第 %d 行 %s：%s。\n", r.Line, r.Code, r.Reason)
	}
	for _, r := range out.Doubts {
		fmt.Fprintf(p.out, "第 %d 行 %s：%s。照收；请照证照再看一遍。\n", r.Line, r.Code, r.Reason)
	}
	if c.Check {
		fmt.Fprint(p.out, "只是检查，没有收下。")
	}
	fmt.Fprintf(p.out, "新增 %d 个，更改 %d 个，没有变化 %d 个，没有收下 %d 行。\n", out.Added, out.Changed, out.Same, len(refused))
	if len(refused) > 0 && out.Added+out.Changed+out.Same == 0 {
		return fault.New(fault.Invalid, "一行也没有收下。")
	}
	return nil
}

// terminal says whether a person reads what is written there.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
