package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"zhengxin/internal/demo"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/web"
)

// allCommand is a whole small office in one process, and what `make run` runs.
// That process holds every key and every right at once: it is for trying out, and
// for a small office whose desk and portal are one machine in one room. deploy/ is
// the form with an OS user for each process.
type allCommand struct{}

// Run starts from nothing where there is nothing, serves until the context
// ends, and stops in the reverse order.
func (allCommand) Run(ctx context.Context, p *program) (err error) {
	release, err := holdFolder(p.config.DataDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	doors, err := p.openDoors(ctx)
	if err != nil {
		return err
	}
	defer doors.close() // closed already where a site has served at it

	db, err := p.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	office, portal, logins, err := p.prepare(ctx, db)
	if err != nil {
		return err
	}

	portalPool, err := db.as(ctx, pg.RolePortal, portalConns)
	if err != nil {
		return err
	}
	adminPool, err := db.as(ctx, pg.RoleAdmin, adminConns)
	if err != nil {
		return err
	}
	workerPool, err := db.as(ctx, pg.RoleWorker, workerConns)
	if err != nil {
		return err
	}
	desk, err := p.adminApp(adminPool, office)
	if err != nil {
		return err
	}
	if err := p.daybook(office).Begin(ctx, adminPool); err != nil {
		return err
	}
	jobs, err := p.startJobs(ctx, workerPool, office)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, jobs.Stop()) }()
	stop, err := p.keepBackups(ctx, db, office)
	if err != nil {
		return err
	}
	defer stop()

	p.greet(logins)
	return serve(ctx, door{doors.portal, p.portalApp(portalPool, portal)}, door{doors.admin, desk})
}

// prepare brings schema, keys and, in an empty office, the demonstration; only
// then it has logins to show.
func (p *program) prepare(ctx context.Context, db *database) (*key.Office, *key.Portal, []demo.Login, error) {
	if err := db.migrate(ctx); err != nil {
		return nil, nil, nil, err
	}
	owner, err := db.owner(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	defer owner.Close()
	if err := db.warn(ctx, owner); err != nil {
		return nil, nil, nil, err
	}
	office, portal, err := p.makeKeys(ctx, owner)
	if err != nil {
		return nil, nil, nil, err
	}
	wanted, err := demo.Wanted(ctx, owner)
	if err != nil || !wanted {
		return office, portal, nil, err
	}
	fmt.Fprintln(p.out, "正在装入演示数据，要几秒钟。")
	logins, err := p.loadDemonstration(ctx, owner, office, portal)
	debug.FreeOSMemory() // each password hashed took 19 MB, and none follow
	return office, portal, logins, err
}

// greet says where to go; the logins only when they are new.
func (p *program) greet(logins []demo.Login) {
	fmt.Fprintf(p.out, "\n政务诚信投诉监督平台已经启动。\n  公众门户 %s\n  工作台   %s\n", p.config.PortalURL, p.config.AdminURL)
	p.showLogins(logins)
	fmt.Fprintln(p.out, "三个进程合在一起，适合试用和很小的机构：对外的门户与全部密钥在同一个进程里。正式使用请分开运行，见 deploy/README.md。")
	p.sayKeyLeftBehind()
	fmt.Fprintln(p.out, "按 Ctrl-C 停止。")
}

// doors are the two listeners, open before anything else is started.
type doors struct{ portal, admin net.Listener }

func (p *program) openDoors(ctx context.Context) (doors, error) {
	portal, err := listen(ctx, p.config.PortalAddr, "ZHENGXIN_PORTAL_ADDR")
	if err != nil {
		return doors{}, err
	}
	admin, err := listen(ctx, p.config.AdminAddr, "ZHENGXIN_ADMIN_ADDR")
	if err != nil {
		return doors{}, errors.Join(err, portal.Close())
	}
	return doors{portal, admin}, nil
}

func (d doors) close() {
	_ = d.portal.Close() // a second close is an error that says nothing
	_ = d.admin.Close()
}

// door is a site and where it is served.
type door struct {
	net.Listener
	site *web.App
}

// serve serves all sites until the context ends or one of them fails, which
// ends the others.
func serve(ctx context.Context, all ...door) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, d := range all {
		group.Go(func() error { return d.site.ServeListener(ctx, d.Listener) })
	}
	return group.Wait()
}
