package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/synonym"
)

type importSynonymsCommand struct {
	File string `arg:"" help:"文件；- 是标准输入"`
}

// Run takes over what people say for a unit or a category.
func (c importSynonymsCommand) Run(ctx context.Context, p *program) (err error) {
	file := io.NopCloser(p.in)
	if c.File != "-" {
		if file, err = os.Open(c.File); err != nil {
			return fault.New(fault.NotFound, "打不开文件 %s。", c.File)
		}
		defer file.Close()
	}
	rows, refused, err := synonym.Parse(file)
	if err != nil {
		return err
	}
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	office, err := p.officeIfHere()
	if err != nil {
		return err
	}
	var taken int
	var more []synonym.Refusal
	err = p.daybook(office).Tx(ctx, pool, daybook.Act{Action: "import_synonyms"}, func(tx pgx.Tx) (err error) {
		taken, more, err = synonym.Take(ctx, tx, rows)
		return err
	})
	if err != nil {
		return err
	}
	refused = append(refused, more...)
	for _, r := range refused {
		fmt.Fprintf(p.out, "第 %d 行：%s。\n", r.Line, r.Reason)
	}
	fmt.Fprintf(p.out, "收下 %d 行，没有收下 %d 行。\n", taken, len(refused))
	if taken == 0 {
		return fault.New(fault.Invalid, "一行也没有收下。")
	}
	return nil
}
