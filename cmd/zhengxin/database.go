package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/migrations"
)

// databaseName is that of the private server's only database.
const databaseName = "zhengxin"

// Connections of each process. A move holds one for a few milliseconds, so a
// handful serves hundreds of visitors; the private server has a hundred.
const (
	portalConns = 16
	adminConns  = 8
	workerConns = 8
	ownerConns  = 4
)

// database is the office's: on a private server that lives and ends with us,
// or on an existing one.
type database struct {
	program *program
	server  *pg.Server // nil: an existing one
	pools   []*pgxpool.Pool
}

// openDatabase starts the private server, or uses the one that runs already,
// unless an existing server is given.
func (p *program) openDatabase(ctx context.Context) (*database, error) {
	if said := kinds.Lint(); len(said) > 0 {
		return nil, fmt.Errorf("move table: %s", strings.Join(said, "; "))
	}
	d := &database{program: p}
	if !p.config.Private() {
		return d, nil
	}
	// Others than we must be able to pass through it: as root the server runs
	// as another user. What is secret in it is closed by itself.
	if err := os.MkdirAll(p.config.DataDir, 0o755); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	var err error
	if d.server, err = pg.StartServer(ctx, p.config.DatabaseDir()); err != nil {
		return nil, err
	}
	if err := pg.EnsureDatabase(ctx, d.server.URL(pg.Owner, "postgres"), databaseName); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// openAs opens the database for a process that is started alone, with its own
// rights. It refuses another schema than this program's and never migrates.
func (p *program) openAs(ctx context.Context, role string, conns int32) (*database, *pgxpool.Pool, error) {
	d, err := p.openDatabase(ctx)
	if err != nil {
		return nil, nil, err
	}
	pool, err := d.current(ctx, role, conns)
	if err != nil {
		return nil, nil, errors.Join(err, d.close())
	}
	return d, pool, nil
}

func (d *database) current(ctx context.Context, role string, conns int32) (*pgxpool.Pool, error) {
	if d.server != nil {
		// Before the first migrate the role is not there to log in with.
		owner, err := d.owner(ctx)
		if err != nil {
			return nil, err
		}
		defer owner.Close()
		if err := pg.RequireCurrent(ctx, owner, migrations.Files); err != nil {
			return nil, err
		}
		return d.as(ctx, role, conns)
	}
	pool, err := d.as(ctx, role, conns)
	if err != nil {
		return nil, err
	}
	return pool, pg.RequireCurrent(ctx, pool, migrations.Files)
}

// ownerURL is the owner's: on an existing server migrate, demo and all are given
// it.
func (d *database) ownerURL() string {
	if d.server == nil {
		return d.program.config.DatabaseURL
	}
	return d.server.URL(pg.Owner, databaseName)
}

// migrate brings the schema up to date, and gives the roles what they may do and
// use: a copy of a database and a restored one have not all of it.
func (d *database) migrate(ctx context.Context) error {
	return d.furnish(ctx, d.ownerURL(), databaseName)
}

// furnish does it for the database of a name, at its owner's URL.
func (d *database) furnish(ctx context.Context, ownerURL, name string) error {
	if err := pg.Migrate(ctx, ownerURL, migrations.Files); err != nil {
		return err
	}
	owner, err := d.open(ctx, ownerURL, pg.Options{AppName: "zhengxin migrate", MaxConns: 1})
	if err != nil {
		return err
	}
	defer owner.Close()
	if _, err := pg.One[bool](ctx, owner, `SELECT limit_roles()`, nil); err != nil { // false: warn says it
		return err
	}
	if d.server == nil {
		return nil
	}
	return d.server.Rights(ctx, name)
}

// owner is a pool that may do everything, for migrate and demo alone.
func (d *database) owner(ctx context.Context) (*pgxpool.Pool, error) {
	return d.open(ctx, d.ownerURL(), pg.Options{AppName: "zhengxin owner", MaxConns: ownerConns})
}

// as is a pool with the rights of one of the three processes. On the private
// server that is a login; on an existing one, unless the URL has that very
// login, the role is taken on, which stops mistakes and no injection.
func (d *database) as(ctx context.Context, role string, conns int32) (*pgxpool.Pool, error) {
	options := pg.Options{AppName: role, MaxConns: conns, Generic: role == pg.RolePortal}
	if d.server != nil {
		return d.open(ctx, d.server.URL(role, databaseName), options)
	}
	given, err := pgx.ParseConfig(d.program.config.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("database url: %w", err)
	}
	if given.User != role {
		options.Role = role
		d.program.log.Warn("数据库登录不是进程自己的角色，改用 SET ROLE：能防失误，不能防注入", "role", role)
	}
	pool, err := d.open(ctx, d.program.config.DatabaseURL, options)
	switch pg.Code(err) {
	case "42501": // insufficient_privilege
		return nil, fault.New(fault.Forbidden, "数据库用户 %[1]s 不能使用角色 %[2]s：请换用 %[2]s 自己的登录，或让数据库管理员执行 GRANT %[2]s TO %[1]s。"+
			"The login %[1]s may not take on the role %[2]s: use that role's own login, or have the DBA grant it.", given.User, role)
	case "22023": // no such role, before the first migrate
		return nil, fault.New(fault.Conflict, "数据库里还没有角色 %[1]s：请先用数据库所有者的地址运行 zhengxin migrate。"+
			"There is no role %[1]s yet: run zhengxin migrate with the owner's URL first.", role)
	}
	return pool, err
}

func (d *database) open(ctx context.Context, url string, o pg.Options) (*pgxpool.Pool, error) {
	pool, err := pg.Open(ctx, url, o)
	if err != nil {
		return nil, err
	}
	d.pools = append(d.pools, pool)
	return pool, nil
}

// warn says in what an existing server differs from what we would set, above
// all where its log would quote what people wrote.
func (d *database) warn(ctx context.Context, pool *pgxpool.Pool) error {
	if d.server != nil {
		return nil
	}
	sentences, err := pg.Warnings(ctx, pool)
	for _, s := range sentences {
		d.program.log.Warn(s)
	}
	return err
}

// close gives the connections back and then ends the private server, which by
// now nobody of us uses.
func (d *database) close() error {
	for _, pool := range d.pools {
		pool.Close()
	}
	if d.server == nil {
		return nil
	}
	return d.server.Stop()
}
