package pg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"zhengxin/internal/fault"
)

// The logins of the three processes. They belong to the whole server.
const (
	RolePortal = "zhengxin_portal"
	RoleAdmin  = "zhengxin_admin"
	RoleWorker = "zhengxin_worker"
)

var roles = []string{RolePortal, RoleAdmin, RoleWorker}

// oldestServer is the first version where the owner of a database owns its
// schema public, which the grants rely on.
const oldestServer = 150000

// Migrate brings a database to the schema of this binary: the login roles
// (kept where a DBA has made them), the job queue's own tables, our numbered
// files, each in its transaction, and the rights that belong to no file. The URL
// is the owner's, and direct: a transaction pooler would take the lock away. Any
// number may run at once; all return when it is done.
func Migrate(ctx context.Context, ownerURL string, files fs.FS) error {
	return withRoles(ctx, ownerURL, func(conn *pgx.Conn, pool *pgxpool.Pool) error {
		if err := lockMigrate(ctx, conn); err != nil {
			return fmt.Errorf("wait for another migrate: %w", err)
		}
		if done, err := migrated(ctx, pool, files); err != nil {
			return fmt.Errorf("migrate: %w", err)
		} else if !done {
			if err := migrateJobs(ctx, pool); err != nil {
				return fmt.Errorf("migrate the job queue: %w", Safe(err))
			}
			if err := migrateFiles(ctx, pool, files); err != nil {
				return fmt.Errorf("migrate: %w", Safe(err))
			}
		}
		return settleRights(ctx, pool, conn.Config().Database)
	})
}

// migrated says that a database has had every one of our files and every step of
// the job queue's tables, and none that we do not know: then neither of the two
// migrators, which ask a dozen questions each, has anything to do. That is so at
// nearly every start.
func migrated(ctx context.Context, q Queryer, files fs.FS) (bool, error) {
	numbers, err := numbers(files)
	if err != nil {
		return false, err
	}
	jobs, err := jobMigrator(nil)
	if err != nil {
		return false, err
	}
	var steps []int64
	for _, v := range jobs.AllVersions() {
		steps = append(steps, int64(v.Version))
	}
	type found struct{ Files, Jobs []int64 }
	have, err := One[found](ctx, q, `
		SELECT ARRAY(SELECT version_id FROM goose_db_version WHERE is_applied AND version_id > 0 ORDER BY 1) AS files,
		       ARRAY(SELECT version FROM river_migration WHERE line = 'main' ORDER BY 1) AS jobs`, nil)
	if c := Code(err); c == "42P01" || c == "42703" { // no such table or, in an old queue, column
		return false, nil
	}
	return err == nil && slices.Equal(have.Files, numbers) && slices.Equal(have.Jobs, steps), err
}

// withRoles works on a database whose server has our roles. What conn locks is
// held until the work is done.
func withRoles(ctx context.Context, ownerURL string, work func(*pgx.Conn, *pgxpool.Pool) error) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("migrate: %w", Safe(err))
	}
	defer conn.Close(context.WithoutCancel(ctx)) // and the lock with it
	if err := suitable(ctx, conn); err != nil {
		return err
	}
	for _, role := range roles {
		if err := ensureRole(ctx, conn, role); err != nil {
			return err
		}
	}
	pool, err := Open(ctx, ownerURL, Options{AppName: "zhengxin migrate", MaxConns: 4})
	if err != nil {
		return err
	}
	defer pool.Close()
	return work(conn, pool)
}

// lockMigrate waits until no other migrate works on this database and keeps the
// others waiting until the connection is closed. It is a lock on a table on which
// nobody but the owner has a right: an advisory lock could be taken by every role
// that may connect.
func lockMigrate(ctx context.Context, conn *pgx.Conn) error {
	const comment = `COMMENT ON TABLE migrate_lock IS 'Always empty: whoever migrates holds a lock on it, which no other role than the owner may take.'`
	there, err := One[bool](ctx, conn, `SELECT to_regclass('public.migrate_lock') IS NOT NULL`, nil)
	if err != nil {
		return err
	}
	if !there {
		_, err := conn.Exec(ctx, `CREATE TABLE public.migrate_lock (); `+comment)
		if c := Code(err); err != nil && c != "42P07" && c != "23505" { // another was first
			return Safe(err)
		}
	}
	_, err = conn.Exec(ctx, `BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE public.migrate_lock`)
	return Safe(err)
}

// suitable refuses a server that is too old, before anything is changed.
func suitable(ctx context.Context, conn *pgx.Conn) error {
	version, err := One[int](ctx, conn, `SELECT current_setting('server_version_num')::int`, nil)
	if err != nil {
		return err
	}
	if version < oldestServer {
		return fault.New(fault.Conflict, "数据库服务器是 PostgreSQL %[1]d，本程序需要 %[2]d 或更新的版本。"+
			"The server is PostgreSQL %[1]d; version %[2]d or newer is needed.", version/10000, oldestServer/10000)
	}
	return nil
}

// ensureRole makes a login role without any right of its own, and lets the
// owner take it on. A role that could step past row-level security is refused.
// Roles belong to the whole server: migrates of other databases may be making the
// same one, and whoever comes second looks again.
func ensureRole(ctx context.Context, conn *pgx.Conn, role string) error {
	for try := 0; ; try++ {
		err := ensureRoleOnce(ctx, conn, role)
		switch Code(err) {
		case "42710", "23505", "XX000": // made, granted or changed by another meanwhile
			if try < 20 {
				continue
			}
		}
		return err
	}
}

func ensureRoleOnce(ctx context.Context, conn *pgx.Conn, role string) error {
	type found struct {
		Exists   bool
		Powerful bool
		Ours     bool
	}
	f, err := One[found](ctx, conn, `
		SELECT count(r.oid) > 0 AS exists,
		       coalesce(bool_or(r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication), false) AS powerful,
		       coalesce(bool_or(pg_has_role(r.oid, CASE WHEN current_setting('server_version_num')::int >= 160000
		                                                THEN 'SET' ELSE 'MEMBER' END)), false) AS ours
		FROM pg_roles r
		WHERE r.rolname = @role`, Args{"role": role})
	if err != nil {
		return err
	}
	if f.Powerful {
		return fault.New(fault.Conflict, "数据库角色 %[1]s 权限过大（超级用户、BYPASSRLS、CREATEROLE 或 REPLICATION），请收回后再运行 zhengxin migrate。"+
			"The role %[1]s must not be SUPERUSER, BYPASSRLS, CREATEROLE or REPLICATION.", role)
	}
	if !f.Exists {
		if _, err := conn.Exec(ctx, `CREATE ROLE `+role+` LOGIN NOINHERIT`); err != nil {
			return roleFault(role, err)
		}
	}
	if !f.Ours {
		if _, err := conn.Exec(ctx, `GRANT `+role+` TO CURRENT_USER`); err != nil {
			return roleFault(role, err)
		}
	}
	return nil
}

func roleFault(role string, err error) error {
	f := fault.New(fault.Forbidden, "当前数据库用户不能建立或使用角色 %[1]s，请让数据库管理员执行："+
		"CREATE ROLE %[1]s LOGIN NOINHERIT; GRANT %[1]s TO 本用户; 然后再运行 zhengxin migrate。"+
		"The owner may not create or take on the role %[1]s: ask the DBA for these two statements.", role)
	f.Err = Safe(err)
	return f
}

func jobMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
}

func migrateJobs(ctx context.Context, pool *pgxpool.Pool) error {
	m, err := jobMigrator(pool)
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

func migrateFiles(ctx context.Context, pool *pgxpool.Pool, files fs.FS) error {
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		return fmt.Errorf("%s: %w", partial.Failed.Source.Path, partial.Err)
	}
	return err
}

// EnsureDatabase makes the application's database on the private server when
// it is not there; who asks becomes its owner.
func EnsureDatabase(ctx context.Context, adminURL, name string) error {
	conn, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return Safe(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	there, err := One[bool](ctx, conn, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = @name)`, Args{"name": name})
	if err != nil || there {
		return err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE `+pgx.Identifier{name}.Sanitize()+
		` TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`)
	if c := Code(err); c == "42P04" || c == "23505" { // another process was first
		return nil
	}
	return Safe(err)
}
