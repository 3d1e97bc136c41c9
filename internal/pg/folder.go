package pg

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
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
// Where that user cannot enter it (root's closed home) the database lives under
// /var/lib and the asked-for folder keeps the way there; where the path is too
// long for a socket, that one lives under the temporary folder.
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
	cred, err := runAs(abs)
	if err != nil {
		return folder{}, err
	}
	if _, err := os.Lstat(filepath.Join(abs, movedTo)); err == nil || !enterable(parent, cred) {
		if abs, err = moved(abs, cred); err != nil {
			return folder{}, err
		}
	}
	f := folder{dir: abs, data: filepath.Join(abs, "data"), sock: filepath.Join(abs, "s"), cred: cred}
	if len(f.sock) > longestSocketFolder {
		f.sock = shortFolder(abs, cred)
	}
	for _, d := range []string{f.dir, f.sock} {
		if err := own(d, cred); err != nil {
			return folder{}, err
		}
	}
	return f, nil
}

// shortFolder is a name under the temporary folder made from the path, so that
// every process finds the same.
func shortFolder(path string, cred *syscall.Credential) string {
	sum := sha256.Sum256([]byte(path))
	name := "zhengxin-" + hex.EncodeToString(sum[:6])
	if short := filepath.Join(os.TempDir(), name); len(short) <= longestSocketFolder && enterable(os.TempDir(), cred) {
		return short
	}
	return filepath.Join("/tmp", name)
}

// movedTo is the file that says where the database of a closed folder is. The
// place is random and only found through it: who deletes the folder starts
// afresh, and does not meet the old database without its keys.
const movedTo = "moved-to"

// moved is the place under /var/lib for a folder that the server's user cannot
// enter. A database that is already in the folder is not forsaken for an empty
// one.
func moved(abs string, cred *syscall.Credential) (string, error) {
	if _, err := os.Stat(filepath.Join(abs, "data", "PG_VERSION")); err == nil {
		return "", fault.New(fault.Conflict, "数据文件夹 %[1]s 里有数据库，但数据库用户（uid %[2]d）进不去：请对它上面的各级文件夹执行 chmod o+x。"+
			"The database in %[1]s cannot be reached by the user it runs as (uid %[2]d): chmod o+x the folders above it.", abs, cred.Uid)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(abs, movedTo)
	if _, err := os.Lstat(file); errors.Is(err, os.ErrNotExist) {
		draft := filepath.Join(abs, rand.Text())
		place := "/var/lib/zhengxin-" + strings.ToLower(rand.Text()[:12])
		if err := os.WriteFile(draft, []byte(place+"\n"), 0o600); err != nil {
			return "", err
		}
		defer os.Remove(draft)
		if err := os.Link(draft, file); err != nil && !errors.Is(err, os.ErrExist) { // of two, one wins
			return "", err
		}
	}
	text, err := os.ReadFile(file)
	return strings.TrimSpace(string(text)), err
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
