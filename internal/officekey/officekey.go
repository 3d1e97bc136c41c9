// Package officekey holds the key files against the database: every start asks
// whether its own file belongs to this office, and refuses to go on with
// another's, to which complaints would be sealed that nobody here could open.
package officekey

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// keyFile is one of the two with its marks.
type keyFile struct {
	name  string
	marks []key.Mark
}

func files(office *key.Office, portal *key.Portal) []keyFile {
	var all []keyFile
	if office != nil {
		all = append(all, keyFile{"office.key", office.Marks()})
	}
	if portal != nil {
		all = append(all, keyFile{"portal.key", portal.Marks()})
	}
	return all
}

// difference is what the database has against a key file.
type difference struct {
	Problem string
	Purpose string
	ID      string
}

// Recognise refuses key files that are not this office's; either may be nil.
// The first ones that a database sees are its office's from then on, unless
// something is sealed or signed with others already.
func Recognise(ctx context.Context, db pg.Beginner, office *key.Office, portal *key.Portal) error {
	return pg.Tx(ctx, db, func(tx pgx.Tx) error {
		for _, f := range files(office, portal) {
			found, err := f.compare(ctx, tx)
			if err != nil {
				return err
			}
			if len(found) > 0 {
				return f.refusal(found)
			}
		}
		return nil
	})
}

// Accept makes further keys of the two files the office's: after a new one was
// put in front of the old. A file that lacks one the office has is refused, so
// another office's never gets in this way. The right is the owner's.
func Accept(ctx context.Context, db pg.Beginner, office *key.Office, portal *key.Portal) (added []key.Mark, err error) {
	err = pg.Tx(ctx, db, func(tx pgx.Tx) error {
		for _, f := range files(office, portal) {
			found, err := f.compare(ctx, tx)
			if err != nil {
				return err
			}
			for _, d := range found {
				if d.Problem != "unknown" {
					return f.refusal([]difference{d})
				}
			}
			for _, m := range f.marks {
				n, err := pg.Exec(ctx, tx, `INSERT INTO office_key (purpose, id, mark) VALUES (@purpose, @id, @mark) ON CONFLICT (purpose, id) DO NOTHING`,
					pg.Args{"purpose": string(m.Purpose), "id": m.ID, "mark": m.Value})
				if err != nil {
					return err
				}
				if n > 0 {
					added = append(added, m)
				}
			}
		}
		return nil
	})
	return added, err
}

func (f keyFile) compare(ctx context.Context, q pg.Queryer) ([]difference, error) {
	purposes, ids, marks := make([]string, len(f.marks)), make([]string, len(f.marks)), make([][]byte, len(f.marks))
	for i, m := range f.marks {
		purposes[i], ids[i], marks[i] = string(m.Purpose), m.ID, m.Value
	}
	return pg.All[difference](ctx, q, `SELECT problem, purpose, id FROM recognise_keys(@purposes::text[], @ids::text[], @marks::bytea[])`,
		pg.Args{"purposes": purposes, "ids": ids, "marks": marks})
}

var said = map[string]string{
	"unknown": "它的%s本平台不认识",
	"missing": "它缺少本平台的%s",
	"used":    "数据库里已有用另一把%s封存或签写的内容",
}

var called = map[string]string{
	string(key.ForIdentity): "身份密钥", string(key.ForOfficeEvent): "工作台签写密钥", string(key.ForPortalEvent): "公众门户签写密钥",
	string(key.ForSecondFactor): "第二步验证密钥", string(key.ForCode): "查询码密钥",
}

func (f keyFile) refusal(found []difference) error {
	parts := make([]string, len(found))
	for i, d := range found {
		parts[i] = strings.ReplaceAll(said[d.Problem], "%s", called[d.Purpose]+" "+d.ID)
	}
	return fault.New(fault.Conflict, "密钥文件 %[1]s 不是本平台的：%[2]s。没有启动，也没有改动什么：用它收下的投诉，本单位以后打不开。请放回本平台自己的 %[1]s；"+
		"如果是有意换发的新密钥，新旧两把要都在文件里，先用 zhengxin keys accept 登记。"+
		"%[1]s does not belong to this office; nothing was started or changed. Put the office's own file back, or run zhengxin keys accept after a rotation.",
		f.name, strings.Join(parts, "，"))
}
