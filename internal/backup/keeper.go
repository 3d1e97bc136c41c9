package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Keeper makes backups by itself: a dump a day, and on a private server a base a
// day and every piece of the write-ahead log within five minutes.
type Keeper struct {
	Source
	Dir    string
	Server *pg.Server // nil: an existing server, whose log is its operator's
	Log    *slog.Logger

	failed   time.Time // when the last try of the day's backup failed
	warned   time.Time // when it was last said that one is overdue
	keeping  bool      // whether the log is kept
	stopped  time.Time // when it was last said that it is not
	archived bool      // whether there is a base, so that the log is kept
	told     time.Time // when the desk was last told that it is
}

const (
	// settle is how long a start is left alone: what is stopped again at once
	// needs no backup.
	settle = 2 * time.Minute
	// look after what waits so often that, with the four minutes after which
	// PostgreSQL hands a piece over, less than five are ever at stake.
	pace = 15 * time.Second

	fresh     = 20 * time.Hour   // not due, whatever the hour
	late      = 26 * time.Hour   // due, whatever the hour
	overdue   = 30 * time.Hour   // said aloud, every hour
	tells     = 5 * time.Minute  // how often the desk is told up to when the log is kept
	behind    = 30 * time.Minute // said at the desk: a restart takes less
	retry     = 15 * time.Minute
	keepDumps = 14
	spare     = 512 << 20 // bytes that are left free: the office may live on the same disk
)

// Run keeps at it until the context ends. What fails is logged and tried again;
// it stops nothing else.
func (k *Keeper) Run(ctx context.Context) {
	release, err := k.hold()
	if err != nil {
		k.Log.Error("备份没有运行", "folder", k.Dir, "cause", err)
		return
	}
	defer release()
	began := k.Now()
	for {
		k.tend(ctx)
		if k.Now().Sub(began) >= settle {
			k.daily(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pace):
		}
	}
}

// tend keeps the log and tells the desk when that fails, and when it works again.
func (k *Keeper) tend(ctx context.Context) {
	err := k.carry(ctx)
	switch {
	case ctx.Err() != nil:
	case err == nil && (!k.keeping || k.archived && k.Now().Sub(k.told) >= tells):
		k.keeping, k.stopped, k.told = true, time.Time{}, k.Now()
		k.note(ctx, outcome{failed: !k.failed.IsZero(), kept: k.archived})
	case err != nil && k.Now().Sub(k.stopped) >= retry:
		k.keeping, k.stopped = false, k.Now()
		k.note(ctx, outcome{failed: true})
		k.Log.Error("日志段没有存下来，一直在重试", "cause", err)
	}
}

// Once makes the day's backup now, whether it is due or not: before a risk, or by
// a timer where no process of ours has the right to read everything.
func (k *Keeper) Once(ctx context.Context) error {
	release, err := k.hold()
	if err != nil {
		return err
	}
	defer release()
	return k.make(ctx)
}

// hold lets one keeper at a time use a folder.
func (k *Keeper) hold() (release func(), err error) {
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("建不了备份文件夹 %s，请用 ZHENGXIN_BACKUP_DIR 换一个。", k.Dir), Err: err}
	}
	d, err := os.Open(k.Dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fault.New(fault.Conflict, "正在运行的平台已经在管 %s 里的备份，请给 zhengxin backup 另写一个新文件夹。", k.Dir), d.Close())
	}
	return func() { _ = d.Close() }, nil
}

// daily makes what is due and says what is overdue.
func (k *Keeper) daily(ctx context.Context) {
	last, err := k.last()
	if err != nil {
		k.Log.Error("看不到备份文件夹", "folder", k.Dir, "cause", err)
		return
	}
	now := k.Now()
	if now.Sub(k.failed) >= retry && (due(last, now) || k.baseless(ctx)) {
		if err := k.make(ctx); err != nil {
			if ctx.Err() != nil {
				return
			}
			k.failed = now
			k.note(ctx, outcome{failed: true})
			k.Log.Error("备份没有做成，过一会儿再试", "folder", k.Dir, "cause", err)
		} else {
			last, k.failed = now, time.Time{}
			k.Log.Info("已备份", "folder", k.Dir)
		}
	}
	if now.Sub(last) > overdue && now.Sub(k.warned) >= time.Hour {
		k.warned = now
		k.Log.Error("很久没有做成备份了，请马上检查", "folder", k.Dir, "last", last)
	}
}

// baseless tells a private server whose log cannot be kept yet, as after a
// restore, however young the newest dump.
func (k *Keeper) baseless(ctx context.Context) bool {
	if k.Server == nil {
		return false
	}
	system, _, err := k.Server.Cluster(ctx)
	return err == nil && !IsArchive(k.archive(system).dir)
}

// due prefers the small hours, and waits for no hour when it has waited a day.
func due(last, now time.Time) bool {
	age, hour := now.Sub(last), clock.Local(now).Hour()
	return age >= late || age >= fresh && hour >= 1 && hour < 5
}

// nameOf is a day's folder; names sort by time.
const nameOf = "2006-01-02T150405Z"

// dumps are the finished backups, oldest first.
func (k *Keeper) dumps() ([]string, error) {
	files, err := os.ReadDir(k.Dir)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, f := range files {
		if _, err := time.Parse(nameOf, f.Name()); err == nil {
			all = append(all, f.Name())
		}
	}
	slices.Sort(all)
	return all, nil
}

// last is when the newest was made; long ago where there is none.
func (k *Keeper) last() (time.Time, error) {
	all, err := k.dumps()
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	return time.Parse(nameOf, all[len(all)-1])
}

// make writes the day's backup under another name first, so that a folder with a
// day's name is whole; the base before it, since without the dump it is made
// again.
func (k *Keeper) make(ctx context.Context) error {
	if err := k.room(); err != nil {
		return err
	}
	if err := k.base(ctx); err != nil {
		return err
	}
	growing := filepath.Join(k.Dir, "growing")
	if err := os.RemoveAll(growing); err != nil {
		return err
	}
	if err := k.Make(ctx, growing); err != nil {
		return err
	}
	if err := os.Rename(growing, filepath.Join(k.Dir, k.Now().UTC().Format(nameOf))); err != nil {
		return err
	}
	if err := errors.Join(syncFolders(k.Dir), k.forget()); err != nil {
		return err
	}
	k.note(ctx, outcome{made: true})
	return nil
}

// forget removes the oldest dumps beyond those that are kept.
func (k *Keeper) forget() error {
	all, err := k.dumps()
	if err != nil {
		return err
	}
	var faults []error
	for _, name := range all[:max(0, len(all)-keepDumps)] {
		faults = append(faults, os.RemoveAll(filepath.Join(k.Dir, name)))
	}
	return errors.Join(faults...)
}

// room refuses to fill the disk.
func (k *Keeper) room() error {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(k.Dir, &disk); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if free := disk.Bavail * uint64(disk.Bsize); free < spare {
		return fault.New(fault.Conflict, "%s 所在的磁盘只剩 %d MB，没有备份：请腾出地方，或把 ZHENGXIN_BACKUP_DIR 指到另一块磁盘。", k.Dir, free>>20)
	}
	return nil
}

// archive is the folder of this very cluster: two may share a disk.
func (k *Keeper) archive(system string) archive {
	return archive{dir: filepath.Join(k.Dir, "wal-"+system), to: k.To}
}

// base copies the private server and begins to keep its log.
func (k *Keeper) base(ctx context.Context) error {
	if k.Server == nil {
		return nil
	}
	waiting, err := k.Server.Archive()
	if err != nil {
		return err
	}
	system, piece, err := k.Server.Cluster(ctx)
	if err != nil {
		return err
	}
	a := k.archive(system)
	if err := os.MkdirAll(a.dir, 0o700); err != nil {
		return err
	}
	if err := a.base(ctx, k.Server, piece); err != nil {
		return err
	}
	return errors.Join(a.carry(waiting), a.prune())
}

// carry takes the waiting pieces into the archive. Where one was lost on the way
// what follows it is worth nothing, so a new base is made at once.
func (k *Keeper) carry(ctx context.Context) error {
	if k.Server == nil {
		return nil
	}
	system, _, err := k.Server.Cluster(ctx)
	if err != nil {
		return err
	}
	a := k.archive(system)
	h, err := look(a.dir)
	if errors.Is(err, os.ErrNotExist) { // nothing was begun
		return nil
	}
	if err != nil || len(h.bases) == 0 {
		return err
	}
	if err := k.room(); err != nil {
		return err
	}
	waiting, err := k.Server.Archive()
	if err != nil {
		return err
	}
	if err := a.carry(waiting); err != nil {
		return err
	}
	if h, err = look(a.dir); err != nil {
		return err
	}
	k.archived = true
	if _, complete := h.since(h.bases[len(h.bases)-1]); complete || k.Now().Sub(k.failed) < retry {
		return nil
	}
	k.Log.Error("日志段缺了一段，重新做整库备份", "folder", a.dir)
	if err := k.base(ctx); err != nil {
		k.failed = k.Now()
		return err
	}
	return nil
}
