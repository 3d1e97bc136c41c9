package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/verify"
)

// The commands that look and change nothing; that everything was verified is noted.
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
	desk := pool
	if pool, err = db.mostReading(ctx, pool); err != nil {
		return err
	}
	began, dir := p.now(), cmp.Or(c.Heads, p.config.HeadsDir())
	sum, err := verify.All(ctx, pool, keys, kinds.Lawful, dir, func(sentence string) { fmt.Fprintln(p.out, sentence) })
	if unnoted := verify.Note(context.WithoutCancel(ctx), desk, began, sum, err, p.now()); unnoted != nil {
		fmt.Fprintln(p.out, "这一次核对没有记下，工作台的“平台运行”不显示。")
	}
	if err != nil {
		return err
	}
	p.sayVerified(sum, dir)
	if broken := sum.Broken(); broken > 0 {
		return fault.New(fault.Conflict, "有 %d 处对不上，见上面各行。", broken)
	}
	fmt.Fprintln(p.out, "没有发现改动。")
	return nil
}

// sayVerified says what was held against what.
func (p *program) sayVerified(sum verify.Sum, dir string) {
	fmt.Fprintf(p.out, "核对了 %d 件、%d 条记录。\n", sum.Chains.Matters, sum.Chains.Events)
	if sum.Chains.Before > 0 {
		fmt.Fprintf(p.out, "其中 %d 条记录早于核对：那时还不记每一步办完时的样子，只核对了记录本身。\n", sum.Chains.Before)
	}
	if sum.Unchecked > 0 {
		fmt.Fprintf(p.out, "其中 %d 条由另一个密钥文件签写，这里没有那个文件，没有核对签名。\n", sum.Unchecked)
	}
	if sum.Office.Events == 0 {
		fmt.Fprintln(p.out, "机构日志还没有开始：工作台第一次启动时开始。账号、单位、设置、日历没有核对。")
	} else {
		fmt.Fprintf(p.out, "核对了机构日志 %d 条，%s开始。\n", sum.Office.Events, clock.On(sum.Office.Begun).Long())
		if sum.Office.Renewed > 0 {
			fmt.Fprintf(p.out, "其中有 %d 处是升级数据库时按当时的样子重新记下的。\n", sum.Office.Renewed)
		}
	}
	if sum.Heads.Days == 0 {
		fmt.Fprintf(p.out, "%s 里没有每日清单，整件被删、末尾被截断的看不出来。有另外保存的，用 --heads 指明在哪里。\n", dir)
		return
	}
	fmt.Fprintf(p.out, "对照了 %d 天的每日清单，最新的是 %s。\n", sum.Heads.Days, sum.Heads.Newest)
	if sum.Heads.Unchecked > 0 {
		fmt.Fprintf(p.out, "其中 %d 天由另一个密钥文件签写，这里没有那个文件，没有核对签名。\n", sum.Heads.Unchecked)
	}
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
