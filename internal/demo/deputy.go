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
	deputyNumber = "YS-RD-0001" // of the credential
	deputyTold   = "演示代表：邮箱、登录码、姓名。在公众门户“代表委员与媒体”里登录；没有配置发信服务器的，信在数据目录的 mail 里，是 .eml 文件，链接在里面。"
)

// holder is somebody of the roster who has an account.
type holder struct{ number, mailbox, name, told string }

var holders = []holder{
	{deputyNumber, "chenyanshi@example.invalid", "陈演示", deputyTold},
	{"B400000000001", "zhaoyanshi@example.invalid", "赵演示", "演示记者：邮箱、登录码、姓名。登录的办法同演示代表。"},
}

// admit gives one deputy and one journalist of the roster accounts, and tells how to come in.
func (o Office) admit(ctx context.Context, pool *pgxpool.Pool) error {
	for _, h := range holders {
		if err := o.admitOne(ctx, pool, h); err != nil {
			return fmt.Errorf("%s of the demonstration: %w", h.name, err)
		}
	}
	return nil
}

// admitOne admits somebody. A load that was cut short before it was told gives another code.
// They agree that answers are served on their page.
func (o Office) admitOne(ctx context.Context, pool *pgxpool.Pool, h holder) error {
	if told, err := os.ReadFile(o.File()); err == nil && strings.Contains(string(told), h.told) {
		return nil
	}
	type row struct{ ID, By, Seen int64 }
	r, err := pg.One[row](ctx, pool, `
		SELECT m.id, (SELECT min(s.id) FROM staff s WHERE s.role = 'registrar') AS by, coalesce((SELECT max(a.id) FROM member_act a WHERE a.member_id = m.id), 0) AS seen
		FROM member m WHERE m.credential_number = @number`, pg.Args{"number": h.number})
	if err != nil {
		return err
	}
	accounts := &member.Accounts{Pool: pool, Codes: o.Keys.Office.Codes(), Sealer: o.Keys.Office, Daybook: o.Daybook, Now: o.Now, Random: o.Random}
	kind, order := member.Admit, member.Order{By: r.By, Reason: "演示", Mailbox: h.mailbox, Again: h.mailbox, Seen: r.Seen}
	if r.Seen != 0 {
		kind = member.NewCode
	}
	code, err := accounts.Do(ctx, r.ID, kind, order)
	if err != nil {
		return err
	}
	if _, err := pg.Exec(ctx, pool, `UPDATE member_account SET served_online_at = now() WHERE member_id = @id`, pg.Args{"id": r.ID}); err != nil {
		return err
	}
	return addTold(o.File(), h.told, fmt.Sprintf("  %s  %s  %s\n", h.mailbox, form.GroupCode(code), h.name))
}

// askFollow asks in the deputy's name to follow a complaint, and puts it to its
// complainant as the worker does.
func (m *matter) askFollow(ctx context.Context) error {
	if _, err := pg.Exec(ctx, m.desk.Pool, `
		INSERT INTO follow_ask (member_id, number, words, asked_at) SELECT b.id, @number, @words, @at FROM member b WHERE b.credential_number = @deputy
			AND NOT EXISTS (SELECT FROM follow_ask q WHERE q.member_id = b.id AND q.number = @number)`,
		pg.Args{"number": m.number, "words": "联系代表活动时有人说起，想知道办到哪一步，需要时一起向监督办公室反映。", "at": m.at, "deputy": deputyNumber}); err != nil {
		return err
	}
	_, err := m.desk.PutAsks(ctx)
	return err
}

// newestAsk is what the complainant was asked last; none for a move that answers nothing.
func (m *matter) newestAsk(ctx context.Context) ([]string, error) {
	return pg.All[string](ctx, m.desk.Pool, `
		SELECT f.seq::text FROM follow f JOIN matter m ON m.id = f.matter_id WHERE m.number = @number ORDER BY f.seq DESC LIMIT 1`, pg.Args{"number": m.number})
}

// shelve puts what the deputy has complained of themselves on their list.
func (o Office) shelve(ctx context.Context, pool *pgxpool.Pool) error {
	_, err := pg.Exec(ctx, pool, `
		INSERT INTO member_complaint (shelf, matter_id, added_at)
		SELECT (member_shelves(b.id, @keys))[1], c.matter_id, m.opened_at FROM member b, complaint c JOIN matter m ON m.id = c.matter_id
		WHERE b.credential_number = @deputy AND c.complainant_kind = 'npc_deputy' AND c.channel = 'web' ON CONFLICT DO NOTHING`,
		pg.Args{"keys": member.ShelfKeys(o.Keys.Portal.Codes()), "deputy": deputyNumber})
	if err != nil {
		return fmt.Errorf("the deputy's own complaints: %w", err)
	}
	return nil
}
