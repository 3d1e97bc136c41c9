package pg

import (
	"fmt"
	"syscall"
)

// leastRoom is how much a disk must still hold: a checkpoint and a few files of
// WAL. A server without them stops in the middle of something.
const leastRoom = 128 << 20

// What a private server holds of its tables in memory: a quarter of the machine's, as
// PostgreSQL's own manual advises where it has the machine to itself and a few programs.
// Its default of 128 MB has a list of a million matters read anew from the disk.
const (
	leastShared = 128 << 20
	mostShared  = 4 << 30
)

// memorySettings are those that follow from how much memory the machine has.
func memorySettings() []string {
	var machine syscall.Sysinfo_t
	if err := syscall.Sysinfo(&machine); err != nil {
		return nil // as it comes
	}
	total := machine.Totalram * uint64(machine.Unit)
	return []string{
		fmt.Sprintf("shared_buffers=%dMB", min(max(total/4, leastShared), mostShared)>>20),
		fmt.Sprintf("effective_cache_size=%dMB", max(total/2, leastShared)>>20),
	}
}

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
