package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
)

// Dump writes a database as pg_dump's custom format, unless more says another:
// of the moment of a snapshot that a transaction holds, or of now.
func Dump(ctx context.Context, ownerURL, snapshot string, w io.Writer, more ...string) error {
	args := append([]string{"--format=custom", "--no-owner"}, more...)
	if snapshot != "" {
		args = append(args, "--snapshot="+snapshot)
	}
	cmd, err := Client(ctx, ownerURL, "pg_dump", args...)
	if err != nil {
		return err
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// Restore puts a dump into a database that holds nothing of an office. open
// gives the dump from its beginning and is asked twice: for its contents and
// for the data. Migrate has to follow; it gives the rights back that a dump does
// not carry.
func Restore(ctx context.Context, ownerURL string, open func() (io.ReadCloser, error)) error {
	list, err := contents(ctx, ownerURL, open)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "zhengxin-contents-") // names of tables, nothing more
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(list); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return err
	}
	return withRoles(ctx, ownerURL, func(_ *pgx.Conn, pool *pgxpool.Pool) error {
		if err := makeRoom(ctx, pool); err != nil {
			return err
		}
		into, err := pgx.ParseConfig(ownerURL)
		if err != nil {
			return fmt.Errorf("database url: %w", err)
		}
		_, err = restoring(ctx, ownerURL, open, "--no-owner", "--exit-on-error", "--single-transaction",
			"--use-list="+file.Name(), "--dbname="+into.Database)
		return err
	})
}

// ofTheServer are the entries of a dump that belong to the server it was taken
// from: default privileges, which name its owner, and rights on what PostgreSQL
// itself brings, which only its first user may change.
var ofTheServer = regexp.MustCompile(`(?m)^\d+; \d+ \d+ (DEFAULT ACL|ACL pg_catalog) .*\n`)

func contents(ctx context.Context, ownerURL string, open func() (io.ReadCloser, error)) (string, error) {
	list, err := restoring(ctx, ownerURL, open, "--list")
	return ofTheServer.ReplaceAllString(list, ""), err
}

// restoring runs pg_restore over the dump. A fault of reading it is told before
// what pg_restore makes of a dump that ends in the middle.
func restoring(ctx context.Context, ownerURL string, open func() (io.ReadCloser, error), args ...string) (string, error) {
	dump, err := open()
	if err != nil {
		return "", err
	}
	defer dump.Close()
	cmd, err := Client(ctx, ownerURL, "pg_restore", args...)
	if err != nil {
		return "", err
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Start(); err != nil {
		return "", err
	}
	if _, err := io.Copy(in, dump); err != nil && !errors.Is(err, syscall.EPIPE) { // it had read enough
		_ = cmd.Process.Kill() // or it would take a dump that is cut for a whole one
		_ = cmd.Wait()
		return "", err
	}
	_ = in.Close() // it is closed already where it had read enough
	if err := cmd.Wait(); err != nil {
		return "", fmt.Errorf("pg_restore: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return out.String(), nil
}

// makeRoom makes room for a dump: an empty schema with the rights that PostgreSQL
// itself gives, since a dump says only what differs from these. Rights of the
// migrated database left in place were what once took the job queue's from it.
func makeRoom(ctx context.Context, pool *pgxpool.Pool) error {
	if err := refuseUsed(ctx, pool); err != nil {
		return err
	}
	for _, sql := range []string{
		`DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`, `ALTER SCHEMA public OWNER TO pg_database_owner`,
		`GRANT USAGE ON SCHEMA public TO PUBLIC`, `COMMENT ON SCHEMA public IS 'standard public schema'`,
		`ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC`,
	} {
		if _, err := pool.Exec(ctx, sql); err != nil {
			return Safe(err)
		}
	}
	return nil
}

// refuseUsed refuses a database that holds anything of an office, or tables that
// are not ours at all.
func refuseUsed(ctx context.Context, pool *pgxpool.Pool) error {
	type found struct {
		Ours bool
		Any  bool
	}
	f, err := One[found](ctx, pool, `
		SELECT to_regclass('public.matter') IS NOT NULL AS ours,
		       EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace) AS any`, nil)
	if err != nil {
		return err
	}
	used := f.Any
	if f.Ours {
		used, err = One[bool](ctx, pool, `SELECT EXISTS (SELECT FROM matter) OR EXISTS (SELECT FROM staff) OR EXISTS (SELECT FROM unit)`, nil)
		if err != nil {
			return err
		}
	}
	if used {
		return fault.New(fault.Conflict, "数据库里已有数据，不会覆盖。请恢复到新的数据文件夹（ZHENGXIN_DATA_DIR）或空的数据库。")
	}
	return nil
}
