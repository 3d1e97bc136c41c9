package letter

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
)

// SendLogin sends a deputy the link that was asked for under ref. The link is drawn here
// and stands in the letter alone: no job and no row has more than its hash. A try that is
// made again, after one that failed, draws another. What was sent is not sent again, though
// its job came twice: no repeated job floods a mailbox or prolongs a link.
//
// For a mailbox that is nobody's there is nothing to send, nor for what was asked for so
// long ago that whoever asked has asked again.
func (p *Post) SendLogin(ctx context.Context, ref string) error {
	link, err := key.NewSecret(rand.Reader)
	if err != nil {
		return err
	}
	r, err := pg.One[asked](ctx, p.Pool, `
		UPDATE member_login l SET token_hash = @token, sent_at = now(), expires_at = now() + interval '20 minutes' FROM member_account a
		WHERE a.member_id = l.member_id AND l.ref = @ref AND l.sent_at IS NULL AND l.used_at IS NULL AND l.asked_at > now() - interval '20 minutes'
			AND a.closed_at IS NULL AND a.changed_at < l.asked_at
		RETURNING a.member_id AS id, a.mailbox, l.asked_at`, pg.Args{"token": member.LinkID(link), "ref": ref})
	if pg.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("login letter: %w", err)
	}
	if err := p.sendLogin(ctx, r, link.Cookie()); err != nil {
		// What did not go out may be tried again, also when time for this try is over.
		_, freed := pg.Exec(context.WithoutCancel(ctx), p.Pool, `UPDATE member_login SET sent_at = NULL WHERE ref = @ref AND token_hash = @token`,
			pg.Args{"ref": ref, "token": member.LinkID(link)})
		return errors.Join(err, freed)
	}
	return nil
}

// asked is a link that was asked for.
type asked struct {
	ID      int64
	Mailbox []byte
	AskedAt time.Time
}

func (p *Post) sendLogin(ctx context.Context, r asked, link string) (err error) {
	l := opened{MessageID: NewMessageID(), CreatedAt: r.AskedAt}
	l.subject, l.body = p.Sites.login(link)
	if p.Server.host == "" {
		return p.keep(l)
	}
	if l.address, err = member.OpenMailbox(p.Opener, r.ID, r.Mailbox); err != nil {
		return Fault{"key"}
	}
	m, err := p.message(l)
	if err != nil {
		return err
	}
	return p.Server.send(ctx, m)
}

// login is subject and body of the letter with a link.
func (s Sites) login(link string) (subject, body string) {
	return "登录链接", strings.Join([]string{
		"您好！", "", "有人用这个邮箱要登录政务诚信投诉监督平台的代表委员和记者专用页面。是您本人的，请在 20 分钟以内打开下面的地址，再输入登录码；设了验证器的，输入验证器上的数字：", "",
		strings.TrimRight(s.Portal, "/") + "/member/login/" + link, "",
		"地址只能用一次。登录码在开通账号时交给您的那张纸上，我们不会在信里写，也不会打电话来问登录码和验证器上的数字。", "",
		"不是您本人要登录的，不用理会：只有这个地址，谁也登录不了。请不要把这封信转给别人。", "",
		"这封信是平台自动发出的，请不要回复。", "", "政务诚信投诉监督平台",
	}, "\r\n") + "\r\n"
}
