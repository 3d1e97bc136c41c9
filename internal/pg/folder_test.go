package pg

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"zhengxin/internal/fault"
)

func TestTheNewestProgramsMakeAFolderAndTheSameVersionKeepsIt(t *testing.T) {
	t.Parallel()
	all := []programs{{"/b17", 17}, {"/b15", 15}}
	data := t.TempDir()
	if got, err := choose(all, data); err != nil || got.major != 17 {
		t.Errorf("for a new folder %v, %v", got, err)
	}
	if err := os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := choose(all, data); err != nil || got.major != 15 {
		t.Errorf("for a folder of 15: %v, %v", got, err)
	}
	_, err := choose(all[:1], data)
	if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), "apt-get install postgresql-15") {
		t.Errorf("without its programs: %v", err)
	}
	_, err = choose(nil, data)
	if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.SentenceOf(err), "apt-get install postgresql") {
		t.Errorf("without any programs: %v", err)
	}
}

func TestTheVersionOfTheProgramsIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": 15,
		"postgres (PostgreSQL) 20.1\n":                           20,
		"postgres (PostgreSQL) 19beta1\n":                        19,
		"postgres (PostgreSQL) 18":                               18,
		"something else 15.1":                                    0,
	} {
		if got := majorOf(text); got != want {
			t.Errorf("%q is %d, not %d", text, got, want)
		}
	}
}

func TestALongPathGetsAShortSocket(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(openTemp(t), strings.Repeat("很长的路径", 8), "pg")
	f, err := prepareFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(f.sock) })
	if len(f.sock) > longestSocketFolder || f.dir != dir {
		t.Errorf("data in %s, socket in %s", f.dir, f.sock)
	}
	again, err := prepareFolder(dir)
	if err != nil || again.sock != f.sock {
		t.Errorf("the next start looks in %s, not %s: %v", again.sock, f.sock, err)
	}
	url := (&Server{folder: f}).URL("a b", "数据/库")
	if !strings.HasPrefix(url, "postgres://a%20b@/%E6%95%B0%E6%8D%AE%2F%E5%BA%93?") {
		t.Error(url)
	}
}

// openTemp is a folder that another user can pass through, which t.TempDir,
// two levels deep and closed, is not.
func openTemp(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "zhengxin-pg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAClosedParentIsSteppedAroundByRootOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "closed", "pg")
	if err := os.Mkdir(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	prepare := func() folder {
		t.Helper()
		f, err := prepareFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(f.dir) })
		return f
	}
	f := prepare()
	if os.Geteuid() != 0 {
		if f.dir != dir {
			t.Errorf("an ordinary user's database went to %s", f.dir)
		}
		return
	}
	if !enterable(f.dir, f.cred) {
		t.Errorf("%s cannot be entered", f.dir)
	}
	if again := prepare(); again.dir != f.dir {
		t.Errorf("the next start looks in %s, not %s", again.dir, f.dir)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if fresh := prepare(); fresh.dir == f.dir {
		t.Error("the database of a deleted folder is found again")
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := prepareFolder(dir); !fault.Is(err, fault.Conflict) {
		t.Errorf("a database that became closed: %v", err)
	}
}

func TestAFolderOfSomebodyElseIsRefused(t *testing.T) {
	t.Parallel()
	dir := "/usr" // root's; where we are root, somebody's
	if os.Geteuid() == 0 {
		dir = openTemp(t)
		if err := os.Chown(dir, 54321, 54321); err != nil {
			t.Fatal(err)
		}
	}
	if err := own(dir, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stranger's folder: %v", err)
	}
	if _, err := prepareFolder(dir); err == nil {
		t.Error("a server would start in it")
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	if err := own(link, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a link: %v", err)
	}
}

func TestAnInterruptedInitdbLeavesNoCluster(t *testing.T) {
	t.Parallel()
	f, err := prepareFolder(filepath.Join(openTemp(t), "pg"))
	if err != nil {
		t.Fatal(err)
	}
	half := f.data + ".new1"
	if err := os.Mkdir(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := newServer(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.initialise(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half one is still there: %v", err)
	}
	info, err := os.Stat(s.data)
	if err != nil {
		t.Fatal(err)
	}
	if cred := s.cred; cred != nil && info.Sys().(*syscall.Stat_t).Uid != cred.Uid {
		t.Error("the cluster is not the server's own")
	}
}
