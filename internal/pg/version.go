package pg

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"

	"zhengxin/internal/fault"
)

// SchemaVersion is the number of the last of our files that the database has;
// 0 where migrate has never run.
func SchemaVersion(ctx context.Context, q Queryer) (int64, error) {
	v, err := One[int64](ctx, q, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`, nil)
	if Code(err) == "42P01" { // no such table
		return 0, nil
	}
	return v, err
}

// RequireCurrent refuses a database whose schema is older or newer than this
// binary; a process that is started alone calls it and never migrates.
func RequireCurrent(ctx context.Context, q Queryer, files fs.FS) error {
	want, err := newest(files)
	if err != nil {
		return err
	}
	have, err := SchemaVersion(ctx, q)
	if err != nil {
		return err
	}
	switch {
	case have == 0:
		return fault.New(fault.Conflict, "数据库里还没有建表：请先用数据库所有者的地址运行 zhengxin migrate。"+
			"The database has no tables yet: run zhengxin migrate with the owner's URL first.")
	case have < want:
		return fault.New(fault.Conflict, "数据库结构是第 %[1]d 版，本程序需要第 %[2]d 版：请先运行 zhengxin migrate。"+
			"The schema is at version %[1]d and this program needs %[2]d: run zhengxin migrate first.", have, want)
	case have > want:
		return fault.New(fault.Conflict, "数据库结构是第 %[1]d 版，比本程序的第 %[2]d 版新：请换用新版程序。"+
			"The schema is at version %[1]d, newer than this program's %[2]d: use the newer program.", have, want)
	}
	return requireJobs(ctx, q)
}

// requireJobs is the same question for the job queue's own tables.
func requireJobs(ctx context.Context, q Queryer) error {
	m, err := jobMigrator(nil)
	if err != nil {
		return err
	}
	all := m.AllVersions()
	want := all[len(all)-1].Version
	have, err := One[int](ctx, q, `SELECT coalesce(max(version), 0)::int FROM river_migration WHERE line = 'main'`, nil)
	if err != nil {
		return err
	}
	if have != want {
		return fault.New(fault.Conflict, "任务队列的表是第 %[1]d 版，本程序需要第 %[2]d 版：请先用同一版程序运行 zhengxin migrate。"+
			"The job queue's tables are at version %[1]d and this program needs %[2]d: run its zhengxin migrate first.", have, want)
	}
	return nil
}

// newest is the highest number among the files.
func newest(files fs.FS) (int64, error) {
	all, err := numbers(files)
	if err != nil {
		return 0, err
	}
	return all[len(all)-1], nil
}

// numbers are those of the files, in order.
func numbers(files fs.FS) ([]int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	all := make([]int64, len(names))
	for i, name := range names {
		if all[i], err = goose.NumericComponent(name); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no migrations in this binary")
	}
	slices.Sort(all)
	return all, nil
}
