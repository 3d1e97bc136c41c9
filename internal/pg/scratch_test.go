package pg

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAScratchServerOutlivesItsStarterAndIsReplaceable(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(openTemp(t), "pg")
	t.Cleanup(func() {
		if err := RemoveScratchServer(dir); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the folder is left: %v", err)
		}
	})
	c := startChild(t, "scratch "+dir)
	pool := openPool(t, c.url(t))
	first := postmasterPID(t, dir)
	c.kill(t)
	s, err := StartScratchServer(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if now := postmasterPID(t, dir); now != first {
		t.Errorf("process %d became %d", first, now)
	}
	if fsync, err := One[string](t.Context(), pool, `SELECT current_setting('fsync')`, nil); err != nil || fsync != "off" {
		t.Errorf("fsync is %s: %v", fsync, err)
	}

	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(s.data, "global", "pg_control")); err != nil {
		t.Fatal(err)
	}
	if _, err := StartScratchServer(t.Context(), dir); err != nil {
		t.Errorf("after a broken one: %v", err)
	}
	eventually(t, "the new one", func() error { return Ping(t.Context(), pool) })
}
