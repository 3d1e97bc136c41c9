package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
)

// liveSettings hand every piece of the write-ahead log over, once it is full and
// at the latest after four minutes, to the folder beside the data: whoever backs
// up takes it away from there. The command never fails. A folder that nobody
// empties, or a full disk, costs the archive a piece, which is noticed by its
// number; it never makes PostgreSQL keep its log until there is no room to take
// a complaint. Without the folder nothing is kept.
var liveSettings = []string{
	"archive_mode=on", "archive_timeout=240s",
	`archive_command=if test -d ../wal && test "$(ls ../wal | wc -l)" -lt 64; then cp %p ../wal/.%f && sync ../wal/.%f && mv ../wal/.%f ../wal/%f || rm -f ../wal/.%f; fi; true`,
}

// Archive makes the folder where the pieces of the log wait, 64 of them or a
// gigabyte at most, and gives it.
func (s *Server) Archive() (string, error) {
	waiting := filepath.Join(s.dir, "wal")
	return waiting, own(waiting, s.cred)
}

// Cluster tells which database cluster this is, also after a restore, and which
// piece of the log is being written.
func (s *Server) Cluster(ctx context.Context) (system, piece string, err error) {
	conn, err := pgx.Connect(ctx, s.URL(superuser, "postgres"))
	if err != nil {
		return "", "", Safe(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	type row struct {
		System string
		Piece  string
	}
	r, err := One[row](ctx, conn, `SELECT system_identifier::text AS system, pg_walfile_name(pg_current_wal_lsn()) AS piece FROM pg_control_system()`, nil)
	return r.System, r.Piece, err
}

// CopyBase writes the whole cluster as a tar while it works. It comes to life
// with the pieces of the log from the one on that was being written before.
func (s *Server) CopyBase(ctx context.Context, w io.Writer) error {
	cmd := s.command(ctx, "pg_basebackup", "--pgdata=-", "--format=tar", "--wal-method=none", "--checkpoint=fast",
		"--host="+s.sock, "--port=5432", "--username="+superuser, "--no-password")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pg_basebackup: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// RestoreCluster makes a private server's folder from a base and the pieces of
// the log that give writes, each gzipped under its name, and plays these. The
// server is stopped again at the end.
func RestoreCluster(ctx context.Context, dir string, base io.Reader, give func(folder string) error) (err error) {
	f, err := prepareFolder(dir)
	if err != nil {
		return err
	}
	s := &Server{folder: f}
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := os.Lstat(s.data); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(err, fault.New(fault.Conflict, "数据文件夹 %s 里已有数据库，不会覆盖。请用 ZHENGXIN_DATA_DIR 换一个空的。", dir))
	}
	pieces := filepath.Join(s.dir, "restored")
	if err := errors.Join(os.RemoveAll(pieces), own(pieces, s.cred)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(pieces)) }()
	if err := give(pieces); err != nil {
		return err
	}
	defer func() { // half a cluster would be taken for an office's
		if err != nil {
			err = errors.Join(err, os.RemoveAll(s.data))
		}
	}()
	if err := s.unpack(ctx, base); err != nil {
		return err
	}
	return s.replay(ctx)
}

// unpack runs tar as the server's user, whose the files have to be.
func (s *Server) unpack(ctx context.Context, base io.Reader) error {
	if err := own(s.data, s.cred); err != nil {
		return err
	}
	s.programs = programs{dir: "/bin"}
	cmd := s.command(ctx, "tar", "--extract", "--directory="+s.data)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return err
	}
	_, reading := io.Copy(in, base)
	_ = in.Close() // tar says what it misses
	if err := cmd.Wait(); err != nil && reading == nil {
		return fmt.Errorf("tar: %w: %s", err, strings.TrimSpace(said.String()))
	}
	if reading != nil {
		return reading
	}
	if s.programs, err = choose(installed(), s.data); err != nil {
		return err
	}
	signal := filepath.Join(s.data, "recovery.signal") // the server removes it at the end
	if err := os.WriteFile(signal, nil, 0o600); err != nil || s.cred == nil {
		return err
	}
	return os.Lchown(signal, int(s.cred.Uid), int(s.cred.Gid))
}

// replay starts the server until it has played all there is. It takes nobody in
// before. The archive goes on with where the new timeline begins, or the next
// restore would not find the way from the old one.
func (s *Server) replay(ctx context.Context) error {
	if _, err := s.Archive(); err != nil {
		return err
	}
	s.settings = append(slices.Clone(liveSettings),
		"hot_standby=off", `restore_command=test -f ../restored/%f.gz && gzip -dc ../restored/%f.gz > %p`)
	p, err := s.spawn(false)
	if err != nil {
		return err
	}
	return errors.Join(s.await(ctx, p), p.stop())
}
