package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/backup"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/officekey"
	"zhengxin/internal/pg"
	"zhengxin/migrations"
)

// keysCommand makes the key files of an office whose processes are started alone:
// each of them reads its own and makes none.
type keysCommand struct{}

// Run makes them unless they are there; the URL is the owner's.
func (keysCommand) Run(ctx context.Context, p *program) (err error) {
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
	if _, _, err := p.makeKeys(ctx, owner); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "密钥在 %s。portal.key 只给公众门户，office.key 只给工作台和后台任务，另存一份到保险的地方。\n", p.config.KeyDir)
	return nil
}

// makeKeys reads both key files and makes them for a new office, and the backup
// key. It makes none
// where the database holds complaints or accounts: new keys would open neither
// their identities nor their second factors.
func (p *program) makeKeys(ctx context.Context, owner *pgxpool.Pool) (*key.Office, *key.Portal, error) {
	there, err := key.Exist(p.config.KeyDir)
	if err != nil {
		return nil, nil, err
	}
	if !there {
		used, err := pg.One[bool](ctx, owner, `SELECT EXISTS (SELECT FROM matter) OR EXISTS (SELECT FROM staff WHERE totp_sealed IS NOT NULL)`, nil)
		if err != nil {
			return nil, nil, err
		}
		if used {
			return nil, nil, fault.New(fault.NotFound, "数据库里已有投诉或账号，%[1]s 里却没有密钥：新密钥打不开原来的身份信息，没有生成。请从备份放回，或用 ZHENGXIN_KEY_DIR 指明在哪里。"+
				"The database is in use but there are no keys in %[1]s: put them back from the backup, or set ZHENGXIN_KEY_DIR.", p.config.KeyDir)
		}
		if err := key.Create(p.config.KeyDir, p.random); err != nil && !fault.Is(err, fault.Conflict) {
			return nil, nil, err
		}
	}
	office, portal, err := key.LoadBoth(p.config.KeyDir)
	if err != nil {
		return nil, nil, err
	}
	if _, err := backup.Recipients(p.config.KeyDir); err != nil {
		return nil, nil, err
	}
	return office, portal, officekey.Recognise(ctx, owner, office, portal)
}

// ownKeys are the key files that are here, held against the database; each is nil
// where it is absent.
func (p *program) ownKeys(ctx context.Context, pool *pgxpool.Pool) (*key.Office, *key.Portal, error) {
	office, err := p.officeIfHere()
	if err != nil {
		return nil, nil, err
	}
	portal, err := key.LoadPortal(p.config.KeyDir)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, nil, err
	}
	return office, portal, officekey.Recognise(ctx, pool, office, portal)
}

// officeIfHere is office.key, nil where it is not.
func (p *program) officeIfHere() (*key.Office, error) {
	office, err := key.LoadOffice(p.config.KeyDir)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return office, err
}

// The commands for the key files.
type (
	keysCommands struct {
		Make   keysCommand       `cmd:"" default:"1" help:"为新的机构生成两个密钥文件（all 会自己生成）"`
		Accept keysAcceptCommand `cmd:"" help:"换发密钥以后登记新的：两个文件里新旧密钥要都在"`
	}
	keysAcceptCommand struct{}
)

// Run makes the new keys of both files this office's own; the URL is the
// owner's.
func (keysAcceptCommand) Run(ctx context.Context, p *program) (err error) {
	office, portal, err := key.LoadBoth(p.config.KeyDir)
	if err != nil {
		return err
	}
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
	added, err := officekey.Accept(ctx, owner, office, portal)
	if err != nil {
		return err
	}
	for _, m := range added {
		fmt.Fprintf(p.out, "已登记 %s %s。\n", m.Purpose, m.ID)
	}
	fmt.Fprintf(p.out, "新登记 %d 把密钥。\n", len(added))
	return nil
}
