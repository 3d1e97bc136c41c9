package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/officekey"
	"zhengxin/internal/pg"
)

type importComplaintsCommand struct {
	File string `arg:"" help:"文件；- 是标准输入"`
}

// Run takes old complaints over with the desk's rights and key. It succeeds
// when the file was read to its end and anything of it is in: single lines that
// are refused are for whoever wrote the file.
func (c importComplaintsCommand) Run(ctx context.Context, p *program) (err error) {
	file := io.NopCloser(p.in)
	if c.File != "-" {
		if file, err = os.Open(c.File); err != nil {
			return fault.New(fault.NotFound, "打不开文件 %s。", c.File)
		}
		defer file.Close()
	}
	keys, err := key.LoadOffice(p.config.KeyDir)
	if err != nil {
		return err
	}
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, adminConns)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := officekey.Recognise(ctx, pool, keys, nil); err != nil {
		return err
	}
	register := p.complaints(pool, clock.NewBook(pool, p.now), keys.EventKey(), keys.Codes(), keys)
	sum, err := register.Import(ctx, file, func(r complaint.Refusal) {
		fmt.Fprintf(os.Stderr, "%s：%s。\n", strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", r.Line, r.ID)), strings.Join(r.Reasons, "；"))
	})
	fmt.Fprintf(p.out, "收下 %d 件，以前已经导入 %d 件，没有收下 %d 行。\n", sum.Taken, sum.Before, sum.Refused)
	if err == nil && sum.Taken+sum.Before == 0 {
		return fault.New(fault.Invalid, "一件也没有收下。")
	}
	return err
}
