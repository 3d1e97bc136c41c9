package pg

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// scratchSettings give up durability for speed: a clone of a template then
// costs 10 ms instead of 90.
var scratchSettings = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"autovacuum=off", "checkpoint_timeout=1h", "max_wal_size=4GB", "max_connections=300",
}

// StartScratchServer is StartServer for tests: it forgets everything in a power
// cut, is made anew when it does not start, and keeps running after us, so that
// the test programs of one machine share one. Stop leaves it running;
// RemoveScratchServer ends it.
func StartScratchServer(ctx context.Context, dir string) (*Server, error) {
	s, err := newServer(dir)
	if err == nil {
		s.settings = scratchSettings
		if _, err = s.start(ctx, true); err == nil {
			return s, nil
		}
	}
	if ctx.Err() != nil {
		return nil, err
	}
	if removing := RemoveScratchServer(dir); removing != nil {
		return nil, errors.Join(err, removing)
	}
	if s, err = newServer(dir); err != nil {
		return nil, err
	}
	s.settings = scratchSettings
	_, err = s.start(ctx, true)
	return s, err
}

// RemoveScratchServer ends the server of a folder, whoever started it, and
// removes the folder.
func RemoveScratchServer(dir string) error {
	f, err := prepareFolder(dir)
	if err != nil {
		return err
	}
	s := &Server{folder: f}
	if pid, ours := s.recordedPID(); ours {
		if err := syscall.Kill(pid, syscall.SIGINT); err != nil {
			return err
		}
		for range 200 {
			if _, ours = s.recordedPID(); !ours {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if ours {
			return errors.New("the scratch PostgreSQL does not shut down")
		}
	}
	return errors.Join(os.RemoveAll(f.dir), os.RemoveAll(f.sock))
}
