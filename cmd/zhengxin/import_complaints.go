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
	File  string `arg:"" help:"文件；- 是标准输入"`
	Check bool   `help:"只检查，一件也不收；有一行不对就算失败"`
}

// Help is the format of the file.
func (importComplaintsCommand) Help() string {
	return `每行一个 JSON 对象，UTF-8，值都是文字；别的字段不读。

  id               必写，来源系统里的编号；同一个 id 只收一次，所以中断了再导入一遍就行
  title, body      必写，标题和正文
  posted_at        写投诉的时间，例如 2019-08-30 14:05:00
  old_number       旧编号，不能重复
  old_received_on  旧系统收到的日子
  old_unit         被投诉单位，写名称或者代码；名单里没有的，由登记员确定
  old_category     类别，写名称或者代码

旧系统里已经办结的，再写：

  old_closed_on    办结的日子；写了它，这一件就作为已办结收下，不起算期限，不通知任何人，不计入统计
  old_finding      属实、基本属实、部分属实、不属实、无法核实
  old_decision     支持、部分支持、合理但没有依据，作解释、不予支持
  old_answer       当时的答复原文，作为“旧档答复”保存

没有写 old_closed_on 的，是今天收到、还要办的新件，期限从导入时起算。
不对的行逐行说明原因，其余的照收；加 --check 先检查，一件也不收。`
}

// Run takes old complaints over with the desk's rights and key. It succeeds
// when the file was read to its end and anything of it is in: single lines that
// are refused are for whoever wrote the file. A check fails with the first of them.
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
	run := register.Import
	if c.Check {
		run = register.CheckImport
	}
	sum, err := run(ctx, file, func(r complaint.Refusal) {
		fmt.Fprintf(os.Stderr, "%s：%s。\n", strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", r.Line, r.ID)), strings.Join(r.Reasons, "；"))
	})
	if c.Check {
		fmt.Fprintf(p.out, "只是检查，没有收下。可以收 %d 件，其中旧系统已经办结 %d 件；以前已经导入 %d 件，不能收 %d 行。\n", sum.Taken, sum.Closed, sum.Before, sum.Refused)
		p.sayCut(sum)
		if err == nil && sum.Refused > 0 {
			return fault.New(fault.Invalid, "文件里有 %d 行要改。", sum.Refused)
		}
		return err
	}
	fmt.Fprintf(p.out, "收下 %d 件，以前已经导入 %d 件，没有收下 %d 行。\n", sum.Taken, sum.Before, sum.Refused)
	if sum.Closed > 0 {
		fmt.Fprintf(p.out, "收下的里面，旧系统已经办结 %d 件。\n", sum.Closed)
	}
	p.sayCut(sum)
	if err == nil && sum.Taken+sum.Before == 0 {
		return fault.New(fault.Invalid, "一件也没有收下。")
	}
	return err
}

// sayCut says that texts do not come in to the letter.
func (p *program) sayCut(sum complaint.Imported) {
	if sum.Cut > 0 {
		fmt.Fprintf(p.out, "其中 %d 件的文字里有看不见的控制符，已经去掉。\n", sum.Cut)
	}
}
