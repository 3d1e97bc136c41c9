package main

import (
	"context"
	"errors"
	"fmt"

	"zhengxin/internal/key"
	"zhengxin/internal/officekey"
	"zhengxin/internal/pg"
)

// The three processes alone: each reads only its own key file, refuses an old
// schema and never migrates.
type (
	portalCommand struct{}
	adminCommand  struct{}
	workerCommand struct{}
)

// Run serves the public site with portal.key alone.
func (portalCommand) Run(ctx context.Context, p *program) (err error) {
	keys, err := key.LoadPortal(p.config.KeyDir)
	if err != nil {
		return err
	}
	ln, err := openDoor(ctx, p.config.PortalAddr, "ZHENGXIN_PORTAL_ADDR")
	if err != nil {
		return err
	}
	defer ln.Close()
	db, pool, err := p.openAs(ctx, pg.RolePortal, portalConns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := errors.Join(db.warn(ctx, pool), officekey.Recognise(ctx, pool, nil, keys)); err != nil {
		return err
	}
	if p.config.Private() {
		p.log.Warn("门户与自带的数据库属于同一个操作系统用户：门户的程序被攻破时，它可以读那个用户的一切文件，也可以做数据库的所有者。正式使用请让各进程用各自的用户，见 deploy/README.md")
	}
	fmt.Fprintf(p.out, "公众门户已经启动：%s\n", p.config.PortalURL)
	return serve(ctx, door{ln, p.portalApp(pool, keys)})
}

// Run serves the desk with office.key alone.
func (adminCommand) Run(ctx context.Context, p *program) (err error) {
	keys, err := key.LoadOffice(p.config.KeyDir)
	if err != nil {
		return err
	}
	ln, err := openDoor(ctx, p.config.AdminAddr, "ZHENGXIN_ADMIN_ADDR")
	if err != nil {
		return err
	}
	defer ln.Close()
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, adminConns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := errors.Join(db.warn(ctx, pool), officekey.Recognise(ctx, pool, keys, nil)); err != nil {
		return err
	}
	if err := p.daybook(keys).Begin(ctx, pool); err != nil {
		return err
	}
	desk, err := p.adminApp(pool, keys)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "工作台已经启动：%s\n", p.config.AdminURL)
	return serve(ctx, door{ln, desk})
}

// Run works the queues with office.key alone.
func (workerCommand) Run(ctx context.Context, p *program) (err error) {
	keys, err := key.LoadOffice(p.config.KeyDir)
	if err != nil {
		return err
	}
	db, pool, err := p.openAs(ctx, pg.RoleWorker, workerConns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := errors.Join(db.warn(ctx, pool), officekey.Recognise(ctx, pool, keys, nil)); err != nil {
		return err
	}
	jobs, err := p.startJobs(ctx, pool, keys)
	if err != nil {
		return err
	}
	if db.server != nil { // on an existing one the worker's login may not read everything
		stop, err := p.keepBackups(ctx, db, keys)
		if err != nil {
			return errors.Join(err, jobs.Stop())
		}
		defer stop()
		p.sayKeyLeftBehind()
	}
	fmt.Fprintln(p.out, "后台任务已经启动。")
	<-ctx.Done()
	return jobs.Stop()
}
