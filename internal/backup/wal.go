package backup

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"filippo.io/age"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// An archive is a folder for one private server: bases, and the pieces of its
// write-ahead log since. The newest base and all pieces after it give the
// database of five minutes ago. Names are PostgreSQL's and say nothing.
type archive struct {
	dir string
	to  []age.Recipient
}

var (
	basePattern  = regexp.MustCompile(`^base-([0-9A-F]{24})\.tar\.gz\.age$`)
	piecePattern = regexp.MustCompile(`^([0-9A-F]{24})\.gz\.age$`)
	// Beside the pieces PostgreSQL hands over the histories of timelines, the piece
	// in which an old one ended, and a line about each base.
	waitingPattern = regexp.MustCompile(`^([0-9A-F]{24}(\.partial)?|[0-9A-F]{8}\.history|[0-9A-F]{24}\.[0-9A-F]{8}\.backup)$`)
)

// at is where a piece stands in the log, without its timeline.
func at(piece string) uint64 {
	log, _ := strconv.ParseUint(piece[8:16], 16, 64)
	segment, _ := strconv.ParseUint(piece[16:24], 16, 64)
	return log<<8 | segment // 256 pieces of 16 MB
}

// carry seals what waits and then removes it from there. A piece is either
// waiting or in the archive, never in neither.
func (a archive) carry(waiting string) error {
	files, err := os.ReadDir(waiting)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !waitingPattern.MatchString(f.Name()) {
			continue
		}
		if err := a.take(filepath.Join(waiting, f.Name()), f.Name()+".gz.age"); err != nil {
			return err
		}
		if err := os.Remove(filepath.Join(waiting, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (a archive) take(from, name string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	return a.write(name, func(w io.Writer) error {
		_, err := io.Copy(w, file)
		return err
	})
}

// write puts a whole file under its name: what was cut off by a crash is written
// again.
func (a archive) write(name string, content func(io.Writer) error) error {
	growing := filepath.Join(a.dir, "growing-"+name)
	if err := os.RemoveAll(growing); err != nil {
		return err
	}
	_, err := seal(a.to, growing, func(w io.Writer) error {
		packed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		if err := content(packed); err != nil {
			return err
		}
		return packed.Close()
	})
	if err != nil {
		return err
	}
	if err := os.Rename(growing, filepath.Join(a.dir, name)); err != nil {
		return err
	}
	return syncFolders(a.dir)
}

// base copies the whole cluster, and removes what a killed one had begun.
func (a archive) base(ctx context.Context, server *pg.Server, piece string) error {
	begun, err := filepath.Glob(filepath.Join(a.dir, "growing-*"))
	if err != nil {
		return err
	}
	for _, name := range begun {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return a.write("base-"+piece+".tar.gz.age", func(w io.Writer) error { return server.CopyBase(ctx, w) })
}

// holding is what an archive has.
type holding struct {
	bases  []string // the pieces they begin with, oldest first
	pieces []string // in the order of the log
}

func look(dir string) (holding, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return holding{}, err
	}
	var h holding
	for _, f := range files {
		if m := basePattern.FindStringSubmatch(f.Name()); m != nil {
			h.bases = append(h.bases, m[1])
		}
		if m := piecePattern.FindStringSubmatch(f.Name()); m != nil {
			h.pieces = append(h.pieces, m[1])
		}
	}
	// By name, hence by timeline: what a restored server wrote counts after all
	// that was written before it, also where that had got further.
	slices.Sort(h.bases)
	slices.SortFunc(h.pieces, func(a, b string) int { return cmp.Or(cmp.Compare(at(a), at(b)), strings.Compare(a, b)) })
	return h, nil
}

// since are the pieces from a base on; complete is false where one is missing in
// between, as PostgreSQL itself would not notice: it would stop there and think
// that this was all.
func (h holding) since(base string) (pieces []string, complete bool) {
	next := at(base)
	complete = true
	for _, p := range h.pieces {
		place := at(p)
		if place < at(base) || p[:8] < base[:8] {
			continue
		}
		if place > next {
			complete = false
		}
		next = place + 1
		pieces = append(pieces, p)
	}
	return pieces, complete
}

// prune keeps the two newest bases and what came since the older one.
func (a archive) prune() error {
	h, err := look(a.dir)
	if err != nil || len(h.bases) <= 2 {
		return err
	}
	kept := h.bases[len(h.bases)-2]
	var faults []error
	for _, b := range h.bases[:len(h.bases)-2] {
		faults = append(faults, os.Remove(filepath.Join(a.dir, "base-"+b+".tar.gz.age")))
	}
	for _, p := range h.pieces {
		if p < kept {
			faults = append(faults, os.Remove(filepath.Join(a.dir, p+".gz.age")))
		}
	}
	return errors.Join(faults...)
}

// IsArchive tells an archive from a single backup.
func IsArchive(dir string) bool {
	h, err := look(dir)
	return err == nil && len(h.bases) > 0
}

// RestoreArchive makes the folder of a private server from the newest base and
// all pieces since. A missing piece is refused: what came after it would be
// lost without a word.
func RestoreArchive(ctx context.Context, dir, into string, with []age.Identity) (pieces int, err error) {
	h, err := look(dir)
	if err != nil {
		return 0, err
	}
	if len(h.bases) == 0 {
		return 0, fault.New(fault.Conflict, "%s 里没有整库备份，没有恢复。请改用 zhengxin restore 恢复最近的每日备份。", dir)
	}
	newest := h.bases[len(h.bases)-1]
	since, complete := h.since(newest)
	if !complete {
		return 0, fault.New(fault.Conflict, "%s 里的日志段缺了一段，恢复出来会少掉后面的投诉，没有恢复。请改用 zhengxin restore 恢复同一处最近的每日备份，或者找回缺的文件。", dir)
	}
	base, err := open(with, filepath.Join(dir, "base-"+newest+".tar.gz.age"))
	if err != nil {
		return 0, err
	}
	defer base.Close()
	unpacked, err := gzip.NewReader(base)
	if err != nil {
		return 0, damaged(dir, err)
	}
	return len(since), pg.RestoreCluster(ctx, into, unpacked, func(folder string) error {
		files, err := filepath.Glob(filepath.Join(dir, "*.history.gz.age"))
		if err != nil {
			return err
		}
		for _, p := range since {
			files = append(files, filepath.Join(dir, p+".gz.age"))
		}
		for _, from := range files {
			if err := unseal(with, from, filepath.Join(folder, strings.TrimSuffix(filepath.Base(from), ".age"))); err != nil {
				return err
			}
		}
		return nil
	})
}

// unseal writes a piece of the log for the server's user to read, in a folder
// that is closed to others.
func unseal(with []age.Identity, from, to string) (err error) {
	in, err := open(with, from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
