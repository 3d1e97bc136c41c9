package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// A backup is a folder with one dump of the whole database, readable by its
// owner alone. The keys are not in it: whoever finds one of the two reads no
// identity.
type (
	backupCommand struct {
		Dir string `arg:"" help:"新建的文件夹"`
	}
	restoreCommand struct {
		Dir string `arg:"" help:"备份的文件夹"`
	}
)

const dumpName = "database.dump"

// Run writes a dump of one moment, while the office goes on working.
func (c backupCommand) Run(ctx context.Context, p *program) (err error) {
	if err := os.Mkdir(c.Dir, 0o700); errors.Is(err, os.ErrExist) {
		return fault.New(fault.Conflict, "%s 已经存在，不会覆盖旧的备份，请换一个名字。", c.Dir)
	} else if err != nil {
		return fault.New(fault.Invalid, "建不了文件夹 %s。", c.Dir)
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := dump(ctx, db.ownerURL(), filepath.Join(c.Dir, dumpName)); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "已备份到 %s。密钥不在里面，请把 %s 另存到别处：没有密钥，备份里的身份信息谁也打不开。\n", c.Dir, p.config.KeyDir)
	return nil
}

func dump(ctx context.Context, url, path string) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Sync(), file.Close()) }()
	return pg.Dump(ctx, url, "", file)
}

// Run puts a dump into an empty database and brings it to this program's
// schema and rights; an older program's backup is welcome.
func (c restoreCommand) Run(ctx context.Context, p *program) (err error) {
	dump := filepath.Join(c.Dir, dumpName)
	if _, err := os.Stat(dump); err != nil {
		return fault.New(fault.NotFound, "%s 里没有备份（%s）。", c.Dir, dumpName)
	}
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := pg.Restore(ctx, db.ownerURL(), func() (io.ReadCloser, error) { return os.Open(dump) }); err != nil {
		return err
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintln(p.out, "已恢复。请把原来的密钥也放回去，再用 zhengxin verify 核对。")
	return nil
}
