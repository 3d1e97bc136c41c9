package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"filippo.io/age"

	"zhengxin/internal/backup"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
)

// A backup is a folder of files that only backup.key opens. The other keys are
// not in it: whoever finds it with its key reads texts and no identity.
type (
	backupCommand struct {
		Dir string `arg:"" optional:"" help:"新建的文件夹；不写就做当天的备份，放进 ZHENGXIN_BACKUP_DIR"`
	}
	restoreCommand struct {
		copyOf
	}
	// copyOf names a backup and what opens it.
	copyOf struct {
		Dir string `arg:"" help:"备份的文件夹"`
		Key string `help:"备份私钥 backup.key 在哪里；不写就在密钥目录里找"`
	}
)

// Run writes a backup of one moment, while the office goes on working.
func (c backupCommand) Run(ctx context.Context, p *program) (err error) {
	office, err := p.officeIfHere()
	if err != nil {
		return err
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	keeper, err := p.keeper(db, office)
	if err != nil {
		return err
	}
	if c.Dir == "" {
		c.Dir, err = p.config.BackupDir, keeper.Once(ctx)
	} else {
		err = keeper.Make(ctx, c.Dir)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "已加密备份到 %s，只有备份私钥 %s 能打开。密钥不在里面：没有 office.key，备份里的身份信息谁也打不开，请把 %s 里的密钥另存到别处。\n",
		c.Dir, backup.PrivateFile, p.config.KeyDir)
	if office == nil {
		fmt.Fprintln(p.out, "这里没有 office.key，备份没有签名。")
	}
	p.sayKeyLeftBehind()
	return nil
}

// sayKeyLeftBehind tells the operator what has to be carried away, as long as it
// lies there.
func (p *program) sayKeyLeftBehind() {
	if path, left := backup.KeyLeftBehind(p.config.KeyDir); left {
		fmt.Fprintf(p.out, "备份私钥还在这台机器上：%s\n  请抄到两个别的地方（例如锁着的 U 盘），确认能读，再从这里删掉。它和备份放在一起，备份等于没有加密；丢了它，备份再也打不开。\n", path)
	}
}

// identities reads what opens the backup.
func (c copyOf) identities(p *program) ([]age.Identity, error) {
	path := c.Key
	if path == "" {
		path = filepath.Join(p.config.KeyDir, backup.PrivateFile)
	}
	return backup.Identities(path)
}

// open reads the backup's manifest and refuses one that another office signed.
func (c copyOf) open(p *program, office *key.Office) (*backup.Copy, error) {
	with, err := c.identities(p)
	if err != nil {
		return nil, err
	}
	found, err := backup.Open(c.Dir, with)
	if err != nil {
		return nil, err
	}
	if found.Signature(office) == backup.Foreign {
		return nil, fault.New(fault.Conflict, "备份 %s 的签名与这里的 office.key 不符：它被改过，或者是另一个单位的。没有恢复任何东西。", c.Dir)
	}
	return found, nil
}

// saidOf is what is to be known about a signature.
var saidOf = map[backup.Signature]string{
	backup.Ours:      "签名是本单位 office.key 的。",
	backup.Unsigned:  "注意：这份备份没有签名，不能证明是本单位做的。",
	backup.Unchecked: "注意：这里没有 office.key，没有核对备份的签名。",
}

// Run puts a backup into an empty database and brings it to this program's
// schema and rights; an older program's backup is welcome.
func (c restoreCommand) Run(ctx context.Context, p *program) (err error) {
	office, err := p.officeIfHere()
	if err != nil {
		return err
	}
	if backup.IsArchive(c.Dir) {
		return c.replay(ctx, p)
	}
	found, err := c.open(p, office)
	if err != nil {
		return err
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := found.Restore(ctx, db.ownerURL()); err != nil {
		return err
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "已恢复 %s 的备份：%d 张表，%d 行，行数与备份时相同。%s\n",
		clock.Local(found.MadeAt).Format("2006-01-02 15:04:05"), len(found.Rows), found.All(), saidOf[found.Signature(office)])
	return p.sayRestored(ctx, db)
}

// replay makes the private server anew from the newest base and the log: the
// office of a few minutes before it was lost.
func (c restoreCommand) replay(ctx context.Context, p *program) (err error) {
	if !p.config.Private() {
		return fault.New(fault.Invalid, "%s 是自带数据库的整库备份，只能恢复成自带的数据库：请不要设 ZHENGXIN_DATABASE_URL，或改用每日备份。", c.Dir)
	}
	with, err := c.identities(p)
	if err != nil {
		return err
	}
	pieces, err := backup.RestoreArchive(ctx, c.Dir, p.config.DatabaseDir(), with)
	if err != nil {
		return err
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "已从整库备份和 %d 段日志恢复。整库备份没有签名，请一定用 zhengxin verify 核对。\n", pieces)
	return p.sayRestored(ctx, db)
}

// sayRestored ends a restore: another office's keys beside it are told at once.
func (p *program) sayRestored(ctx context.Context, db *database) error {
	owner, err := db.owner(ctx)
	if err != nil {
		return err
	}
	if _, _, err := p.ownKeys(ctx, owner); err != nil {
		return err
	}
	fmt.Fprintln(p.out, "请把原来的 office.key 和 portal.key 也放回去，再用 zhengxin verify 核对。")
	return nil
}

func (p *program) keeper(db *database, office *key.Office) (*backup.Keeper, error) {
	to, err := backup.Recipients(p.config.KeyDir)
	if err != nil {
		return nil, err
	}
	return &backup.Keeper{
		Source: backup.Source{URL: db.ownerURL(), To: to, Office: office, Now: p.now},
		Dir:    p.config.BackupDir, Server: db.server, Log: p.log,
	}, nil
}

// keepBackups makes backups by itself until it is stopped, with the owner's
// rights, since no process may read everything.
func (p *program) keepBackups(ctx context.Context, db *database, office *key.Office) (stop func(), err error) {
	keeper, err := p.keeper(db, office)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); keeper.Run(ctx) }()
	return func() { cancel(); <-ended }, nil
}
