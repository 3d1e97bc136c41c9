package pg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"zhengxin/internal/fault"
)

// folder is where one private server keeps its things, and who it runs as.
type folder struct {
	dir  string              // everything below, 0700
	data string              // the cluster
	sock string              // its socket, beside it where the path is short enough
	cred *syscall.Credential // nil: as we are
}

// longestSocketFolder leaves room in sun_path (107 bytes) for the longest name
// that PostgreSQL puts into it, ".s.PGSQL.5432.lock".
const longestSocketFolder = 80

// prepareFolder makes the folder and gives it to the user the server runs as.
// A path that this user cannot enter (root's closed home) moves to /var/lib
// under a name made from the path, a socket path that is too long to /tmp.
func prepareFolder(dir string) (folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return folder{}, err
	}
	parent := filepath.Dir(abs)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return folder{}, err
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return folder{}, err
	}
	abs = filepath.Join(parent, filepath.Base(abs))
	sum := sha256.Sum256([]byte(abs))
	name := "zhengxin-" + hex.EncodeToString(sum[:6])

	cred, err := runAs(abs)
	if err != nil {
		return folder{}, err
	}
	if !enterable(parent, cred) {
		abs = filepath.Join("/var/lib", name) // only root gets here
		if cred, err = runAs(abs); err != nil {
			return folder{}, err
		}
	}
	f := folder{dir: abs, data: filepath.Join(abs, "data"), sock: filepath.Join(abs, "s"), cred: cred}
	if len(f.sock) > longestSocketFolder {
		temp := os.TempDir()
		if len(temp)+1+len(name) > longestSocketFolder || !enterable(temp, cred) {
			temp = "/tmp"
		}
		f.sock = filepath.Join(temp, name)
	}
	for _, d := range []string{f.dir, f.sock} {
		if err := own(d, cred); err != nil {
			return folder{}, err
		}
	}
	return f, nil
}

// runAs is the user to hand the server to, since PostgreSQL refuses root:
// postgres or nobody, rather the one who owns the folder already.
func runAs(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	var owner uint32
	if info, err := os.Lstat(dir); err == nil {
		owner = info.Sys().(*syscall.Stat_t).Uid
	}
	var chosen *syscall.Credential
	for _, name := range []string{"nobody", "postgres"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		chosen = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), Groups: []uint32{}}
		if chosen.Uid == owner {
			break
		}
	}
	if chosen == nil {
		return nil, errors.New("running as root, and there is no user postgres or nobody to hand the database to")
	}
	return chosen, nil
}

// enterable reports whether that user may pass through dir and all above it.
func enterable(dir string, cred *syscall.Credential) bool {
	if cred == nil {
		return true
	}
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		s, mode := info.Sys().(*syscall.Stat_t), info.Mode().Perm()
		switch {
		case s.Uid == cred.Uid && mode&0o100 != 0:
		case s.Gid == cred.Gid && mode&0o010 != 0:
		case mode&0o001 != 0:
		default:
			return false
		}
		if dir == "/" {
			return true
		}
		dir = filepath.Dir(dir)
	}
}

// own makes a folder that is the server's alone. One that another user made
// first, as anybody can under /tmp, is refused.
func own(dir string, cred *syscall.Credential) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	uid := uint32(os.Geteuid())
	owner := info.Sys().(*syscall.Stat_t).Uid
	if !info.IsDir() || owner != uid && (cred == nil || owner != cred.Uid) {
		return fault.New(fault.Conflict, "文件夹 %[1]s 属于另一个用户，请换一个数据文件夹，或用原来的用户启动。"+
			"The folder %[1]s belongs to another user: start as that user or choose another data folder.", dir)
	}
	if cred != nil {
		if err := os.Lchown(dir, int(cred.Uid), int(cred.Gid)); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700)
}

// lock lets one process at a time prepare and start; the returned function
// gives the lock back, and so does the kernel when we are killed.
func (f folder) lock(ctx context.Context) (func(), error) {
	file, err := os.OpenFile(filepath.Join(f.dir, "start.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			file.Close()
			return nil, fmt.Errorf("lock %s: %w", file.Name(), err)
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, fmt.Errorf("waiting for another start of the same database: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
