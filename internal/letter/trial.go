package letter

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/wneessen/go-mail"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Trial is a test letter that a sysadmin asked for: what the mail server said of it.
type Trial struct {
	ID      int64
	AskedAt time.Time
	By      string
	DoneAt  *time.Time // nil: the worker has not got to it
	Code    string     // empty once done: the server took it
}

// trialsADay is how many test letters one day has: enough to set a server up, and too few to
// fill somebody's mailbox with.
const trialsADay = 10

// trialLife is how long a test letter waits for the worker: whoever asked has asked again.
const trialLife = time.Hour

// AskTrial asks for a test letter to an address, at the desk. The address stands in the row
// until the letter went, and nowhere else. midnight is when the day began.
func AskTrial(ctx context.Context, db pg.Beginner, by int64, typed string, now, midnight time.Time) error {
	address, said := form.Email(typed)
	switch {
	case strings.TrimSpace(typed) == "":
		said = "请写一个邮箱，例如您自己的"
	case said == "" && form.Length(address) > 254:
		said = "邮箱太长"
	}
	if said != "" {
		return fault.Fields([]fault.Field{{Name: "mailbox", Sentence: said}})
	}
	return pg.Tx(ctx, db, func(tx pgx.Tx) error {
		id, err := pg.One[int64](ctx, tx, `
			INSERT INTO mail_test (by_id, asked_at, address) SELECT @by, @now, @address WHERE (SELECT count(*) FROM mail_test WHERE asked_at >= @midnight) < @most
			RETURNING id`, pg.Args{"by": by, "now": now, "address": address, "midnight": midnight, "most": trialsADay})
		if pg.IsNoRows(err) {
			return fault.Fields([]fault.Field{{Name: "mailbox", Sentence: fmt.Sprintf("今天已经试了 %d 封，明天再试", trialsADay)}})
		}
		if err != nil {
			return fmt.Errorf("test letter: %w", err)
		}
		if _, err := pg.One[bool](ctx, tx, `SELECT enqueue('send_test', jsonb_build_object('test', @id::bigint), 'mail')`, pg.Args{"id": id}); err != nil {
			return fmt.Errorf("test letter: %w", err)
		}
		return nil
	})
}

// Trials are the newest test letters.
func Trials(ctx context.Context, q pg.Queryer, limit int) ([]Trial, error) {
	return pg.All[Trial](ctx, q, `
		SELECT t.id, t.asked_at, s.name AS by, t.done_at, t.code FROM mail_test t JOIN staff s ON s.id = t.by_id ORDER BY t.id DESC LIMIT @limit`, pg.Args{"limit": limit})
}

// SendTrial sends a test letter, once: it is to say how the server answers now.
func (p *Post) SendTrial(ctx context.Context, id int64) error {
	type row struct {
		Address string
		AskedAt time.Time
	}
	t, err := pg.One[row](ctx, p.Pool, `SELECT address, asked_at FROM mail_test WHERE id = @id AND done_at IS NULL`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("test letter: %w", err)
	}
	code := p.try(ctx, t.Address, t.AskedAt)
	if _, err := pg.Exec(context.WithoutCancel(ctx), p.Pool, `UPDATE mail_test SET address = '', done_at = @now, code = @code WHERE id = @id AND done_at IS NULL`,
		pg.Args{"id": id, "now": p.Now(), "code": code}); err != nil {
		return fmt.Errorf("test letter: %w", err)
	}
	return nil
}

func (p *Post) try(ctx context.Context, address string, asked time.Time) string {
	switch {
	case p.Server.host == "":
		return "none"
	case p.Now().Sub(asked) > trialLife:
		return "late"
	}
	l := opened{MessageID: NewMessageID(), CreatedAt: asked, address: address, subject: "试信", body: strings.Join([]string{
		"您好！", "", "这是政务诚信投诉监督平台的系统管理员试发的信，用来看发信服务器通不通。收到就说明发得出去。", "",
		"这封信和任何投诉都没有关系。不是您要的，不用理会。", "", "政务诚信投诉监督平台",
	}, "\r\n") + "\r\n"}
	m, err := p.message(l)
	if err != nil {
		return "settings"
	}
	return stepOf(p.Server.hand(ctx, m))
}

// stepOf is where a conversation with a mail server ended, with the code that it gave; never
// its words, which quote addresses.
func stepOf(err error) string {
	var sending *mail.SendError
	var reply *textproto.Error
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &sending):
		step := map[mail.SendErrReason]string{mail.ErrSMTPMailFrom: "sender", mail.ErrSMTPRcptTo: "recipient", mail.ErrSMTPData: "content", mail.ErrSMTPDataClose: "content"}[sending.Reason]
		switch code := sending.ErrorCode(); {
		case step == "":
			return "settings"
		case code != 0:
			return step + "-" + strconv.Itoa(code)
		default:
			return "cut-" + step
		}
	case errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &unknown), strings.Contains(err.Error(), "STARTTLS"), strings.Contains(err.Error(), "tls: "):
		return "tls"
	case errors.Is(err, errSettings):
		return "settings"
	case errors.As(err, &reply) && (reply.Code == 530 || reply.Code >= 534 && reply.Code <= 538):
		return "login-" + strconv.Itoa(reply.Code)
	case strings.Contains(err.Error(), "SMTP A"): // SMTP AUTH failed, SMTP Auth autodiscover: go-mail has no type for them
		return "login"
	case errors.As(err, &reply):
		return "greeting-" + strconv.Itoa(reply.Code)
	}
	return "network"
}

// Words say what the server said, and what to look after.
func (t Trial) Words() string {
	if t.DoneAt == nil {
		return "还没有发：等后台发送，一般几秒钟；一直没有，看上面“后台工作”是不是停了"
	}
	step, code, coded := strings.Cut(t.Code, "-")
	words := map[string]string{
		"":          "发信服务器收下了。请到那个邮箱看收到没有；没有收到，看看垃圾邮件",
		"none":      "还没有设发信服务器，信都存在发件箱。请管服务器的人设 ZHENGXIN_SMTP_URL 和 ZHENGXIN_MAIL_FROM",
		"late":      "等了一个多小时才轮到，没有发。请再试一次",
		"network":   "连不上发信服务器。请核对地址和端口，看看网络和防火墙让不让出去",
		"tls":       "加密连接（TLS）没有建起来：证书不对，或者服务器不支持。请核对端口（465 用 smtps://，587 用 smtp://）和证书",
		"login":     "发信服务器不让登录。请核对用户名和密码；有的邮箱要用“授权码”，不是登录密码",
		"greeting":  "发信服务器一开始就拒绝了我们，没有到登录。可能不认我们的地址或者报的名字",
		"sender":    "发信服务器不让用这个发件人。请核对 ZHENGXIN_MAIL_FROM，一般要和登录的用户名一样",
		"recipient": "发信服务器不收这个收件人。请核对邮箱写得对不对；也可能它不替我们往外发",
		"content":   "发信服务器收了收件人，没有收信的内容，可能当成了垃圾邮件",
		"cut":       "说到一半断了。请再试一次；总是这样，看看网络",
		"settings":  "发信的设置不对，信没有写成。请核对 ZHENGXIN_MAIL_FROM",
	}[step]
	if coded && step != "cut" {
		words += "。服务器的答复码是 " + code
	}
	return words
}

// Queue is how letters go, in all.
type Queue struct {
	Waiting, Failed int
	Oldest          *time.Time // of those that are due and wait
	SentAt          *time.Time // the last that went out
}

// ReadQueue reads it. It names no letter and no matter.
func ReadQueue(ctx context.Context, q pg.Queryer, now time.Time) (Queue, error) {
	return pg.One[Queue](ctx, q, `
		SELECT count(*) FILTER (WHERE state = 'waiting' AND created_at <= @now)::int AS waiting, count(*) FILTER (WHERE state = 'failed')::int AS failed,
			min(created_at) FILTER (WHERE state = 'waiting' AND created_at <= @now) AS oldest, max(done_at) FILTER (WHERE state = 'sent') AS sent_at
		FROM letter WHERE created_at > @since OR state = 'waiting'`, pg.Args{"now": now, "since": now.AddDate(0, -1, 0)})
}
