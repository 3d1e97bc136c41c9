package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
)

const (
	templatePrefix = "zx_tpl_"
	clonePrefix    = "zx_test_"

	// templateVersion is raised when what makes a template changes otherwise
	// than by its files: here, in pg.Migrate, or in the rights that a superuser takes.
	templateVersion = 4

	buildLock = 7_410_425_002 // one builds or tidies at a time
)

// templates makes the template of some migration files, once per process.
type templates struct {
	files fs.FS
	once  sync.Once
	made  *base
	err   error
}

func (s *templates) base() (*base, error) {
	s.once.Do(func() { s.made, s.err = newBase(context.Background(), s.files) })
	return s.made, s.err
}

// base is a server with a template on it.
type base struct {
	files     fs.FS
	template  string
	url       func(role, database string) string
	server    *pg.Server // nil: somebody else's
	keeperPID int        // the backend whose session says that this process lives
	born      int64      // tells it from an earlier backend of that number

	mu     sync.Mutex
	keeper *pgx.Conn // in database postgres
}

// Folder is where the shared cluster lives.
func Folder() string {
	return filepath.Join(os.TempDir(), fmt.Sprintf("zhengxin-test-%d", os.Geteuid()))
}

// Stop ends the shared cluster, under whatever tests still run, and removes it.
func Stop() error { return pg.RemoveScratchServer(Folder()) }

func newBase(ctx context.Context, files fs.FS) (*base, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	b := &base{files: files, born: time.Now().UnixNano() % 1e9}
	if text := os.Getenv("ZHENGXIN_TEST_DATABASE_URL"); text != "" {
		u, err := url.Parse(text)
		if err != nil || u.Scheme == "" {
			return nil, fmt.Errorf("ZHENGXIN_TEST_DATABASE_URL is no URL")
		}
		b.url = func(role, database string) string { return onServer(*u, role, database) }
	} else {
		var err error
		if b.server, err = pg.StartScratchServer(ctx, Folder()); err != nil {
			return nil, err
		}
		b.url = func(role, database string) string {
			if role == "" {
				role = pg.Owner
			}
			return b.server.URL(role, database)
		}
	}
	var err error
	if b.keeper, err = pgx.Connect(ctx, b.url("", "postgres")); err != nil {
		return nil, err
	}
	b.keeperPID = int(b.keeper.PgConn().PID())
	if b.template, err = templateName(files); err != nil {
		return nil, err
	}
	return b, b.build(ctx)
}

// onServer is the owner's URL for another database, with role= where the logins'
// passwords are not ours to know.
func onServer(u url.URL, role, database string) string {
	u.Path = "/" + database
	q := u.Query()
	if role != "" {
		q.Set("role", role)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// templateName is a hash over what the template is made of.
func templateName(files fs.FS) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, templateVersion)
	names, err := fs.Glob(files, "*.sql") // sorted
	if err != nil {
		return "", err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(h, name, len(text))
		h.Write(text)
	}
	return templatePrefix + hex.EncodeToString(h.Sum(nil)[:6]), nil
}

// build makes the template unless it is there. It grows under another name, so
// that a killed build leaves nothing that looks finished.
func (b *base) build(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.keeper.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(buildLock)); err != nil {
		return pg.Safe(err)
	}
	defer b.keeper.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(buildLock))
	// as long as this session lives nobody tidies the template away
	if _, err := b.keeper.Exec(ctx, `SELECT pg_advisory_lock_shared(hashtextextended($1, 0))`, b.template); err != nil {
		return pg.Safe(err)
	}
	if err := b.tidy(ctx); err != nil {
		return err
	}
	there, err := pg.One[bool](ctx, b.keeper, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = @name)`, pg.Args{"name": b.template})
	if err != nil || there {
		return err
	}
	growing := b.template + "_new"
	if _, err := b.keeper.Exec(ctx, `DROP DATABASE IF EXISTS `+growing+` WITH (FORCE)`); err != nil {
		return pg.Safe(err)
	}
	if err := pg.EnsureDatabase(ctx, b.url("", "postgres"), growing); err != nil {
		return err
	}
	if err := pg.Migrate(ctx, b.url("", growing), b.files); err != nil {
		return err
	}
	if err := b.anyTime(ctx, growing); err != nil {
		return err
	}
	if b.server != nil {
		if err := b.server.Rights(ctx, growing); err != nil {
			return err
		}
	}
	// closed connections leave a moment later than their Close returns
	_, err = b.keeper.Exec(ctx, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user`, growing)
	if err != nil {
		return pg.Safe(err)
	}
	for _, sql := range []string{
		`ALTER DATABASE ` + growing + ` ALLOW_CONNECTIONS false`,
		`ALTER DATABASE ` + growing + ` RENAME TO ` + b.template,
	} {
		if _, err := b.keeper.Exec(ctx, sql); err != nil {
			return pg.Safe(err)
		}
	}
	return nil
}

// anyTime lets staff events bear any time: an office under test has a clock of
// its own. A schema without that rule has nothing to loosen.
func (b *base) anyTime(ctx context.Context, name string) error {
	owner, err := pgx.Connect(ctx, b.url("", name))
	if err != nil {
		return pg.Safe(err)
	}
	defer owner.Close(context.WithoutCancel(ctx))
	ruled, err := pg.One[bool](ctx, owner, `SELECT to_regclass('public.present') IS NOT NULL`, nil)
	if err != nil || !ruled {
		return err
	}
	_, err = pg.Exec(ctx, owner, `UPDATE present SET within = '1000 years'`, nil)
	return err
}

// tidy drops the templates of other migrations that no living process uses,
// and the clones of killed ones.
func (b *base) tidy(ctx context.Context) error {
	type found struct {
		Name string
		Free bool
	}
	old, err := pg.All[found](ctx, b.keeper, `
		SELECT datname AS name, pg_try_advisory_lock(hashtextextended(datname, 0)) AS free
		FROM pg_database
		WHERE datname LIKE @template AND datname <> @mine`,
		pg.Args{"template": like(templatePrefix), "mine": b.template})
	if err != nil {
		return err
	}
	for _, f := range old {
		if !f.Free {
			continue
		}
		_, err1 := b.keeper.Exec(ctx, `DROP DATABASE IF EXISTS `+pgx.Identifier{f.Name}.Sanitize()+` WITH (FORCE)`)
		_, err2 := b.keeper.Exec(ctx, `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, f.Name)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("tidy %s: %w %w", f.Name, pg.Safe(err1), pg.Safe(err2))
		}
	}
	orphans, err := pg.All[string](ctx, b.keeper, `
		SELECT datname
		FROM pg_database
		WHERE datname LIKE @clone
		  AND split_part(datname, '_', 3) NOT IN (SELECT pid::text FROM pg_stat_activity)`,
		pg.Args{"clone": like(clonePrefix)})
	if err != nil {
		return err
	}
	for _, name := range orphans {
		if _, err := b.keeper.Exec(ctx, `DROP DATABASE IF EXISTS `+pgx.Identifier{name}.Sanitize()+` WITH (FORCE)`); err != nil {
			return pg.Safe(err)
		}
	}
	return nil
}

// clone copies the template. Who may connect is no part of it.
func (b *base) clone(ctx context.Context, name string) error {
	return b.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, `CREATE DATABASE `+name+` TEMPLATE `+b.template+` STRATEGY FILE_COPY`); err != nil {
			return pg.Safe(err)
		}
		return pg.CloseDatabase(ctx, conn, name)
	})
}

// exec runs a statement on a connection of its own.
func (b *base) exec(ctx context.Context, sql string) error {
	return b.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return pg.Safe(err)
	})
}

// with gives a connection of its own to database postgres, so that tests clone
// and drop side by side.
func (b *base) with(ctx context.Context, f func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, b.url("", "postgres"))
	if err != nil {
		return pg.Safe(err)
	}
	defer conn.Close(ctx)
	return f(ctx, conn)
}
