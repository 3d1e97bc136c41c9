package pg

import (
	"fmt"
	"syscall"
)

// leastRoom is how much a disk must still hold: a checkpoint and a few files of
// WAL. A server without them stops in the middle of something.
const leastRoom = 128 << 20

// Room says whether the disk under a folder can take what comes in. Of a server
// elsewhere it knows nothing: that one refuses by itself, and the site then says
// that nothing was saved.
func Room(folder string) error { return room(folder, leastRoom) }

func room(folder string, least uint64) error {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return fmt.Errorf("room under the data folder: %w", err)
	}
	if free := disk.Bavail * uint64(disk.Bsize); free < least || disk.Files > 0 && disk.Ffree == 0 {
		return fmt.Errorf("the disk under the data folder has %d MB left", free>>20)
	}
	return nil
}
