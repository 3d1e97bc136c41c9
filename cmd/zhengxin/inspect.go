package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/heads"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
)

// The commands that look and change nothing.
type (
	verifyCommand struct {
		Heads string `placeholder:"DIR" help:"每日清单所在的文件夹，例如另外保存的那一份（默认是数据目录里的 heads）"`
	}
	configCommand struct{}
	schemaCommand struct{}
)

// Run checks the event chains of all matters, and what is bound to them, and fails
// when something is not as it was signed.
func (c verifyCommand) Run(ctx context.Context, p *program) (err error) {
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	officeKeys, portalKeys, err := p.ownKeys(ctx, pool)
	if err != nil {
		return err
	}
	if officeKeys == nil && portalKeys == nil {
		return fault.New(fault.NotFound, "%s 里没有密钥文件，记录的签名没有办法核对。请放回 office.key 和 portal.key，或用 ZHENGXIN_KEY_DIR 指明在哪里。", p.config.KeyDir)
	}
	keys := key.NewEventKeys(officeKeys, portalKeys)
	if pool, err = db.mostReading(ctx, pool); err != nil {
		return err
	}
	unchecked := 0
	sum, err := audit.Walk(ctx, pool, keys, kinds.Lawful, func(f chain.Finding) {
		if f.Kind == chain.KeyAbsent { // a line for each would bury the others
			unchecked++
			return
		}
		fmt.Fprintln(p.out, f.Sentence)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "核对了 %d 件、%d 条记录。\n", sum.Matters, sum.Events)
	if sum.Before > 0 {
		fmt.Fprintf(p.out, "其中 %d 条记录早于核对：那时还不记每一步办完时的样子，只核对了记录本身。\n", sum.Before)
	}
	if unchecked > 0 {
		fmt.Fprintf(p.out, "其中 %d 条由另一个密钥文件签写，这里没有那个文件，没有核对签名。\n", unchecked)
	}
	office, err := c.office(ctx, p, pool, keys)
	if err != nil {
		return err
	}
	compared, err := c.compare(ctx, p, pool, keys)
	if err != nil {
		return err
	}
	if broken := sum.Broken + office.Broken + compared.Broken; broken > 0 {
		return fault.New(fault.Conflict, "有 %d 处对不上，见上面各行。", broken)
	}
	fmt.Fprintln(p.out, "没有发现改动。")
	return nil
}

// office holds accounts, units, settings, calendars and notices of no matter against
// the daybook.
func (verifyCommand) office(ctx context.Context, p *program, pool *pgxpool.Pool, keys key.EventKeys) (daybook.Summary, error) {
	var sum daybook.Summary
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		sum, err = daybook.Check(ctx, tx, keys, func(f chain.Finding) {
			if f.Kind != chain.KeyAbsent {
				fmt.Fprintln(p.out, f.Sentence)
			}
		})
		return err
	})
	switch {
	case err != nil:
	case sum.Events == 0:
		fmt.Fprintln(p.out, "机构日志还没有开始：工作台第一次启动时开始。账号、单位、设置、日历没有核对。")
	default:
		fmt.Fprintf(p.out, "核对了机构日志 %d 条，%s开始。\n", sum.Events, clock.On(sum.Begun).Long())
		if sum.Renewed > 0 {
			fmt.Fprintf(p.out, "其中有 %d 处是升级数据库时按当时的样子重新记下的。\n", sum.Renewed)
		}
	}
	return sum, err
}

// compare holds the database against what the worker has kept outside it.
func (c verifyCommand) compare(ctx context.Context, p *program, pool *pgxpool.Pool, keys key.EventKeys) (heads.Compared, error) {
	dir := c.Heads
	if dir == "" {
		dir = p.config.HeadsDir()
	}
	var done heads.Compared
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		done, err = heads.Compare(ctx, tx, dir, keys, func(sentence string) { fmt.Fprintln(p.out, sentence) })
		return err
	})
	switch {
	case err != nil:
	case done.Days == 0:
		fmt.Fprintf(p.out, "%s 里没有每日清单，整件被删、末尾被截断的看不出来。有另外保存的，用 --heads 指明在哪里。\n", dir)
	default:
		fmt.Fprintf(p.out, "对照了 %d 天的每日清单，最新的是 %s。\n", done.Days, done.Newest)
		if done.Unchecked > 0 {
			fmt.Fprintf(p.out, "其中 %d 天由另一个密钥文件签写，这里没有那个文件，没有核对签名。\n", done.Unchecked)
		}
	}
	return done, err
}

// mostReading is the owner's pool where the given login may read what no process
// reads, such as who holds a query code, and else the other.
func (d *database) mostReading(ctx context.Context, other *pgxpool.Pool) (*pgxpool.Pool, error) {
	owner, err := d.owner(ctx)
	if err != nil {
		return nil, err
	}
	reads, err := pg.One[bool](ctx, owner, `SELECT has_table_privilege('access_code', 'SELECT')`, nil)
	if err != nil || !reads {
		return other, err
	}
	return owner, nil
}

// Run prints the effective settings. The private server need not run for it.
func (configCommand) Run(p *program) error {
	url := p.config.DatabaseURL
	if p.config.Private() {
		server, err := pg.Locate(p.config.DatabaseDir())
		if err != nil {
			fmt.Fprintln(os.Stderr, "还不知道数据库的地址：", err)
		} else {
			url = server.URL(pg.Owner, databaseName)
		}
	}
	if err := p.config.Print(p.out, url); err != nil {
		return err
	}
	for _, remark := range p.config.Remarks(os.Environ()) {
		fmt.Fprintln(os.Stderr, remark)
	}
	return nil
}

// Run migrates a server of its own from nothing and prints what came of it:
// the schema of this program, not of some database.
func (schemaCommand) Run(ctx context.Context, p *program) (err error) {
	dir, err := os.MkdirTemp("", "zhengxin-schema-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Chmod(dir, 0o755); err != nil { // as root the server runs as another user
		return err
	}
	p.config.DatabaseURL, p.config.DataDir = "", dir
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.migrate(ctx); err != nil {
		return err
	}
	text, err := pg.Schema(ctx, db.ownerURL())
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(p.out, text)
	return err
}
