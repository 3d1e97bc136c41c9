package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/audit"
	"zhengxin/internal/backup"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/identity"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
)

// drillCommand restores a backup for practice: what was never restored is a
// hope, not a backup. It uses a server of its own under the data folder, which
// is as closed as the office's, and removes it afterwards.
type drillCommand struct {
	copyOf
	Number string `help:"顺便核对一件投诉的查询码：它的编号；查询码从标准输入读"`
}

// drill is one exercise on the way.
type drill struct {
	*program
	command drillCommand
	found   *backup.Copy // nil: an archive of the log
	office  *key.Office
	portal  *key.Portal
	db      *database
	owner   *pgxpool.Pool
	wrong   int
}

// step is one line of the report. do says what was checked.
type step struct {
	name string
	do   func(context.Context) (string, error)
}

// Run does every step, says how long each took and what it saw, and fails when
// anything is not as it was.
func (c drillCommand) Run(ctx context.Context, p *program) (err error) {
	dir, remove, err := p.drillFolder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	own := *p
	own.config.DatabaseURL, own.config.DataDir = "", dir
	d := &drill{program: &own, command: c}
	defer func() {
		if d.db != nil {
			err = errors.Join(err, d.db.close())
		}
	}()
	began, whole := p.now(), false
	defer func() {
		if !p.noteDrill(context.WithoutCancel(ctx), d, whole) {
			fmt.Fprintln(p.out, "这一次演练没有记到工作台上：这里没有开着的机构数据库，或者它和本程序不是一个版本。")
		}
	}()
	for _, s := range d.steps() {
		at := time.Now()
		saw, err := s.do(ctx)
		if err != nil {
			fmt.Fprintf(p.out, "%7.1f 秒  %s：不对\n", time.Since(at).Seconds(), s.name)
			return err
		}
		fmt.Fprintf(p.out, "%7.1f 秒  %s：%s\n", time.Since(at).Seconds(), s.name, saw)
	}
	fmt.Fprintf(p.out, "%7.1f 秒  合计。\n", p.now().Sub(began).Seconds())
	if d.wrong > 0 {
		return fault.New(fault.Conflict, "演练发现 %d 处不对，见上面各行。", d.wrong)
	}
	whole = true
	fmt.Fprintln(p.out, "演练完成，查过的都对；恢复出来的已经删除。")
	return nil
}

// noteDrill notes in the office's own database, where it is here, that a drill was done.
func (p *program) noteDrill(ctx context.Context, d *drill, whole bool) bool {
	if p.config.Private() {
		if _, err := os.Stat(filepath.Join(p.config.DatabaseDir(), "PG_VERSION")); err != nil { // or one would be made
			return false
		}
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return false
	}
	owner, err := db.owner(ctx)
	if err == nil {
		err = backup.NoteDrill(ctx, owner, d.made(), d.wrong, whole, p.now())
	}
	return errors.Join(err, db.close()) == nil
}

// made is when the backup was made; the zero time for an archive of the log.
func (d *drill) made() time.Time {
	if d.found == nil {
		return time.Time{}
	}
	return d.found.MadeAt
}

// drillFolder is a new folder under the data folder. Those of drills that were
// killed go with it: what lies there is in clear.
func (p *program) drillFolder() (dir string, remove func() error, err error) {
	if err := os.MkdirAll(p.config.DataDir, 0o755); err != nil {
		return "", nil, err
	}
	left, err := filepath.Glob(filepath.Join(p.config.DataDir, "drill-*"))
	if err != nil {
		return "", nil, err
	}
	for _, old := range left {
		release, err := holdFolder(old)
		if err != nil { // one that runs
			continue
		}
		if err := errors.Join(os.RemoveAll(old), release()); err != nil {
			return "", nil, err
		}
	}
	if dir, err = os.MkdirTemp(p.config.DataDir, "drill-"); err != nil {
		return "", nil, err
	}
	release, err := holdFolder(dir)
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	remove = func() error { return errors.Join(os.RemoveAll(dir), release()) }
	return dir, remove, os.Chmod(dir, 0o755) // as root the server runs as another user; its own folder is closed
}

func (d *drill) steps() []step {
	all := []step{{"打开备份，核对摘要和签名", d.openCopy}, {"恢复到新的数据库，核对每张表的行数", d.restore}}
	if backup.IsArchive(d.command.Dir) {
		all = []step{{"从整库备份和日志恢复", d.replay}}
	}
	all = append(all, []step{
		{"升到本程序的版本", d.bringUp},
		{"每项权限与新建的数据库比较", d.compareRights},
		{"密钥与数据库核对", d.holdKeys},
		{"核对记录链", d.walk},
		{"打开一份身份信息（不显示）", d.openOne},
	}...)
	if d.command.Number != "" {
		all = append(all, step{"核对查询码", d.tryCode})
	}
	return all
}

func (d *drill) openCopy(context.Context) (string, error) {
	var err error
	if d.office, err = d.officeIfHere(); err != nil {
		return "", err
	}
	if d.found, err = d.command.open(d.program, d.office); err != nil {
		return "", err
	}
	return fmt.Sprintf("备份于 %s，%d 个文件完整。%s", clock.Local(d.found.MadeAt).Format("2006-01-02 15:04:05"),
		len(d.found.Files)+1, saidOf[d.found.Signature(d.office)]), nil
}

// replay has no manifest to hold it against; what follows looks at what came.
func (d *drill) replay(ctx context.Context) (string, error) {
	with, err := d.command.identities(d.program)
	if err != nil {
		return "", err
	}
	pieces, err := backup.RestoreArchive(ctx, d.command.Dir, d.config.DatabaseDir(), with)
	if err != nil {
		return "", err
	}
	if d.db, err = d.openDatabase(ctx); err != nil {
		return "", err
	}
	owner, err := d.db.owner(ctx)
	if err != nil {
		return "", err
	}
	last, err := pg.One[*time.Time](ctx, owner, `SELECT max(at) FROM event`, nil)
	if err != nil {
		return "", err
	}
	said := fmt.Sprintf("%d 段日志；整库备份没有签名，由下面的核对来证明", pieces)
	if last != nil {
		said += "；最后一条记录写于 " + clock.Local(*last).Format("2006-01-02 15:04:05")
	}
	return said, nil
}

func (d *drill) restore(ctx context.Context) (string, error) {
	var err error
	if d.db, err = d.openDatabase(ctx); err != nil {
		return "", err
	}
	if err := d.found.Restore(ctx, d.db.ownerURL()); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d 张表，%d 行，都相同", len(d.found.Rows), d.found.All()), nil
}

func (d *drill) bringUp(ctx context.Context) (string, error) {
	err := d.db.migrate(ctx)
	if err != nil {
		return "", err
	}
	if d.owner, err = d.db.owner(ctx); err != nil {
		return "", err
	}
	now, err := pg.SchemaVersion(ctx, d.owner)
	return fmt.Sprintf("现在是第 %d 版", now), err
}

func (d *drill) compareRights(ctx context.Context) (string, error) {
	const fresh = "fresh"
	if err := pg.EnsureDatabase(ctx, d.db.server.URL(pg.Owner, "postgres"), fresh); err != nil {
		return "", err
	}
	url := d.db.server.URL(pg.Owner, fresh)
	if err := d.db.furnish(ctx, url, fresh); err != nil {
		return "", err
	}
	made, err := d.db.open(ctx, url, pg.Options{AppName: "zhengxin drill", MaxConns: 1})
	if err != nil {
		return "", err
	}
	want, err := pg.Rights(ctx, made)
	if err != nil {
		return "", err
	}
	got, err := pg.Rights(ctx, d.owner)
	if err != nil {
		return "", err
	}
	d.differ(want, got, "少了 ")
	d.differ(got, want, "多了 ")
	return fmt.Sprintf("比较了 %d 项", len(want)), nil
}

func (d *drill) differ(all, in []string, how string) {
	for _, line := range all {
		if _, there := slices.BinarySearch(in, line); !there {
			d.wrong++
			fmt.Fprintf(d.out, "           %s%s\n", how, line)
		}
	}
}

func (d *drill) holdKeys(ctx context.Context) (string, error) {
	var err error
	if d.office, d.portal, err = d.ownKeys(ctx, d.owner); err != nil {
		return "", err
	}
	switch {
	case d.office == nil && d.portal == nil:
		return "这里没有密钥文件，没有核对", nil
	case d.office == nil:
		return "portal.key 是本平台的；这里没有 office.key", nil
	case d.portal == nil:
		return "office.key 是本平台的；这里没有 portal.key", nil
	}
	return "两个密钥文件都是本平台的", nil
}

func (d *drill) walk(ctx context.Context) (string, error) {
	unchecked := 0
	sum, err := audit.Walk(ctx, d.owner, key.NewEventKeys(d.office, d.portal), kinds.Lawful, func(f chain.Finding) {
		if f.Kind == chain.KeyAbsent {
			unchecked++
			return
		}
		fmt.Fprintln(d.out, "           "+f.Sentence)
	})
	d.wrong += sum.Broken
	return fmt.Sprintf("%d 件、%d 条，%d 处对不上，%d 条没有密钥可核对", sum.Matters, sum.Events, sum.Broken, unchecked), err
}

// openOne shows nobody anything: that it opens is all that is asked.
func (d *drill) openOne(ctx context.Context) (string, error) {
	if d.office == nil {
		return "这里没有 office.key，没有打开", nil
	}
	type row struct {
		Number string
		Person []byte
	}
	rows, err := pg.All[row](ctx, d.owner, `
		SELECT m.number, i.person FROM identity i JOIN matter m ON m.id = i.matter_id ORDER BY m.id DESC LIMIT 1`, nil)
	if err != nil || len(rows) == 0 {
		return "备份里没有身份信息", err
	}
	if _, err := identity.Open(d.office, rows[0].Number, rows[0].Person); err != nil {
		d.wrong++
		return "打不开", nil
	}
	return "打得开", nil
}

func (d *drill) tryCode(ctx context.Context) (string, error) {
	typed, err := d.readLine("请输入查询码：")
	if err != nil {
		return "", err
	}
	code, ok := form.ParseCode(typed)
	if d.office == nil || !ok {
		return "没有 office.key 或者不是查询码，没有核对", nil
	}
	fits, err := pg.One[bool](ctx, d.owner, `
		SELECT EXISTS (SELECT FROM access_code c JOIN matter m ON m.id = c.matter_id WHERE m.number = @number AND c.mac = ANY (@macs))`,
		pg.Args{"number": d.command.Number, "macs": d.office.Codes().MACs(code)})
	if err != nil || fits {
		return "对", err
	}
	d.wrong++
	return "不对", nil
}
