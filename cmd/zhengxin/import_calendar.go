package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
)

type importCalendarCommand struct {
	File   string `arg:"" help:"文件；- 是标准输入"`
	Source string `help:"依据的文件，名称和文号；不写就写作国务院办公厅那一年的通知"`
	Draft  bool   `help:"国务院办公厅还没有公布，先按法定假日推算"`
}

// Run takes over a year's holidays as a whole, or nothing of it while a line is
// wrong, and has every running clock follow.
func (c importCalendarCommand) Run(ctx context.Context, p *program) (err error) {
	file := io.NopCloser(p.in)
	if c.File != "-" {
		if file, err = os.Open(c.File); err != nil {
			return fault.New(fault.NotFound, "打不开文件 %s。", c.File)
		}
		defer file.Close()
	}
	raw, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	text, err := form.FileText(raw)
	if err != nil {
		return err
	}
	keys, err := key.LoadOffice(p.config.KeyDir)
	if err != nil {
		return err
	}
	db, pool, err := p.openAs(ctx, pg.RoleAdmin, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	plan, bad, err := clock.PlanImport(ctx, pool, clock.Handed{Text: text, Source: c.Source, Draft: c.Draft})
	if err != nil {
		return err
	}
	for _, line := range bad {
		fmt.Fprintf(p.out, "第 %d 行 %s：%s。\n", line.Number, line.Text, line.Reason)
	}
	if len(bad) > 0 {
		return fault.New(fault.Invalid, "一天也没有导入：有 %d 处不对，都改好再导入。", len(bad))
	}
	if len(plan.Changes) == 0 {
		fmt.Fprintf(p.out, "%d 年没有变化，不用导入。\n", plan.Year)
		return nil
	}
	if err := p.daybook(keys).Tx(ctx, pool, daybook.Act{Action: "import_calendar"}, func(tx pgx.Tx) error {
		return plan.Import(ctx, tx, 0, p.now())
	}); err != nil {
		return err
	}
	p.tellCalendar(plan)
	engine := p.complaints(pool, clock.NewBook(pool, p.now), keys.EventKey(), keys.Codes(), keys).Engine
	done, err := engine.Recount(ctx, kinds.Laws(), math.MaxInt)
	if err != nil {
		return fmt.Errorf("日历已经导入，期限没有全部重算，后台会接着算: %w", err)
	}
	fmt.Fprintf(p.out, "正在走的期限已经重算：%d 件的最后一天变了，另有 %d 项日期不变。\n", done.Moved, done.Confirmed)
	return nil
}

func (p *program) tellCalendar(plan clock.Plan) {
	for _, one := range plan.Changes {
		status := "暂定"
		if one.Status == clock.Official {
			status = "已公布"
		}
		fmt.Fprintf(p.out, "%d 年第 %d 版，%s：放假 %d 天，调休上班 %d 天。\n", one.Year, one.Version, status, len(one.Off), len(one.Work))
	}
	if len(plan.Doubts) > 0 {
		fmt.Fprintf(os.Stderr, "看上去不全，只按暂定导入：%s。\n", strings.Join(plan.Doubts, "；"))
	}
}
