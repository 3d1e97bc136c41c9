package demo

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
)

const (
	deputyMailbox = "chenyanshi@example.invalid"
	deputyTold    = "演示代表：邮箱、登录码、姓名。在公众门户“代表委员与媒体”里登录；没有配置发信服务器的，信在数据目录的 mail 里，是 .eml 文件，链接在里面。"
)

// admit gives one deputy of the roster an account, and tells how to come in. A load that
// was cut short before it was told gives another code. They agree that answers are served
// on their page.
func (o Office) admit(ctx context.Context, pool *pgxpool.Pool) error {
	if told, err := os.ReadFile(o.File()); err == nil && strings.Contains(string(told), deputyTold) {
		return nil
	}
	type row struct{ ID, By, Seen int64 }
	r, err := pg.One[row](ctx, pool, `
		SELECT m.id, (SELECT min(s.id) FROM staff s WHERE s.role = 'registrar') AS by, coalesce((SELECT max(a.id) FROM member_act a WHERE a.member_id = m.id), 0) AS seen
		FROM member m WHERE m.credential_number = 'YS-RD-0001'`, nil)
	if err != nil {
		return fmt.Errorf("the deputy of the demonstration: %w", err)
	}
	accounts := &member.Accounts{Pool: pool, Codes: o.Keys.Office.Codes(), Sealer: o.Keys.Office, Daybook: o.Daybook, Now: o.Now, Random: o.Random}
	kind, order := member.Admit, member.Order{By: r.By, Reason: "演示", Mailbox: deputyMailbox, Again: deputyMailbox, Seen: r.Seen}
	if r.Seen != 0 {
		kind = member.NewCode
	}
	code, err := accounts.Do(ctx, r.ID, kind, order)
	if err != nil {
		return fmt.Errorf("the deputy of the demonstration: %w", err)
	}
	if _, err := pg.Exec(ctx, pool, `UPDATE member_account SET served_online_at = now() WHERE member_id = @id`, pg.Args{"id": r.ID}); err != nil {
		return fmt.Errorf("the deputy of the demonstration: %w", err)
	}
	return addTold(o.File(), deputyTold, fmt.Sprintf("  %s  %s  陈演示\n", deputyMailbox, form.GroupCode(code)))
}
