package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

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
	cmd, err := pg.Client(ctx, url, "pg_dump", "--format=custom", "--no-owner")
	if err != nil {
		return err
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = file, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// Run puts a dump into an empty database and brings it to this program's
// schema; an older program's backup is welcome.
func (c restoreCommand) Run(ctx context.Context, p *program) (err error) {
	file, err := os.Open(filepath.Join(c.Dir, dumpName))
	if err != nil {
		return fault.New(fault.NotFound, "%s 里没有备份（%s）。", c.Dir, dumpName)
	}
	defer file.Close()
	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.clear(ctx); err != nil {
		return err
	}
	into, err := pgx.ParseConfig(db.ownerURL())
	if err != nil {
		return fmt.Errorf("database url: %w", err)
	}
	cmd, err := pg.Client(ctx, db.ownerURL(), "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
		"--dbname="+into.Database)
	if err != nil {
		return err
	}
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = file, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pg_restore: %w: %s", err, strings.TrimSpace(said.String()))
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintln(p.out, "已恢复。请把原来的密钥也放回去，再用 zhengxin verify 核对。")
	return nil
}

// clear makes room for a dump: the logins that its rights name, and an empty
// schema. A database that holds anything of an office is refused.
func (d *database) clear(ctx context.Context) error {
	if err := d.migrate(ctx); err != nil {
		return err
	}
	owner, err := d.owner(ctx)
	if err != nil {
		return err
	}
	defer owner.Close()
	used, err := pg.One[bool](ctx, owner, `SELECT EXISTS (SELECT FROM matter) OR EXISTS (SELECT FROM staff) OR EXISTS (SELECT FROM unit)`, nil)
	if err != nil {
		return err
	}
	if used {
		return fault.New(fault.Conflict, "数据库里已有数据，不会覆盖。请恢复到新的数据文件夹（ZHENGXIN_DATA_DIR）或空的数据库。")
	}
	// As PostgreSQL itself makes it, since a dump says only what differs.
	for _, sql := range []string{
		`DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`, `ALTER SCHEMA public OWNER TO pg_database_owner`,
		`GRANT USAGE ON SCHEMA public TO PUBLIC`, `COMMENT ON SCHEMA public IS 'standard public schema'`,
	} {
		if _, err := pg.Exec(ctx, owner, sql, nil); err != nil {
			return err
		}
	}
	return nil
}
