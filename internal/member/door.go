package member

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Door is where members come in, on the portal. All that it may do are functions of the
// database: no table of accounts is the portal's to read.
type Door struct {
	Pool   pg.Queryer // the portal's role
	Codes  key.Codes
	Random io.Reader
}

// SessionCookieLife is how long a browser keeps what opened a session: longer than that
// opens anything, so that a form sent too late is known to be our own.
const SessionCookieLife = 24 * time.Hour

// Ask has a link sent to a mailbox, if it is that of an open account. It does the same
// and takes as long where there is none.
func (d *Door) Ask(ctx context.Context, mailbox string) error {
	var ref [16]byte
	if _, err := io.ReadFull(d.Random, ref[:]); err != nil {
		return fmt.Errorf("member: %w", err)
	}
	if _, err := pg.Exec(ctx, d.Pool, `SELECT member_ask(@macs, @ref)`,
		pg.Args{"macs": d.Codes.MACs(mailboxText(mailbox)), "ref": hex.EncodeToString(ref[:])}); err != nil {
		return fmt.Errorf("ask for a link: %w", err)
	}
	return nil
}

// Live says whether a link may still be used, and by which second factor. It uses nothing
// up: mail servers open every link that they see.
func (d *Door) Live(ctx context.Context, link key.Secret) (Factor, bool, error) {
	factor, err := pg.One[*Factor](ctx, d.Pool, `SELECT member_link(@token)`, pg.Args{"token": LinkID(link)})
	if err != nil {
		return "", false, fmt.Errorf("look at a link: %w", err)
	}
	if factor == nil {
		return "", false, nil
	}
	return *factor, true, nil
}

// ErrGone says that a link opens nothing: forged, used, run out, of an account that was
// closed or of a term that is over. Which of them is nobody's business.
var ErrGone = fault.New(fault.Expired, "这个登录链接不能用了。链接 20 分钟内有效，只能用一次。请再要一封信。")

// Enter uses a link up with the login code and begins a session. A code that does not
// fit is NotFound.
func (d *Door) Enter(ctx context.Context, link key.Secret, code string) (key.Secret, error) {
	session, err := key.NewSecret(d.Random)
	if err != nil {
		return key.Secret{}, err
	}
	said, err := pg.One[string](ctx, d.Pool, `SELECT member_enter(@token, @macs, @session)`,
		pg.Args{"token": LinkID(link), "macs": d.Codes.MACs(codeText(code)), "session": SessionID(session)})
	if err != nil {
		return key.Secret{}, fmt.Errorf("enter by a link: %w", err)
	}
	left, wrong := strings.CutPrefix(said, "wrong ")
	switch {
	case said == "open":
		return session, nil
	case wrong && left != "0":
		return key.Secret{}, fault.New(fault.NotFound, "登录码对不上。再错 %s 次，这个链接就作废。", left)
	}
	return key.Secret{}, ErrGone
}

// Guest is who is logged in, with a matter open to them for one move, or leave to open
// one.
type Guest struct {
	MemberID int64
	Name     string
	Part     string // as what they have part in the matter
	Unlock   []byte `json:"-"` // by what it is open
}

// Open opens a matter in which whoever is logged in has part, for a minute: NotFound where
// they have none, ErrNoSession where the session opens nothing.
func (d *Door) Open(ctx context.Context, session key.Secret, number string) (Guest, error) {
	return d.guest(ctx, `SELECT member_open(@session, @what, @token)`, session, number)
}

// Begin lets whoever is logged in open one matter of a kind: NotFound where it is not for
// such as them.
func (d *Door) Begin(ctx context.Context, session key.Secret, kind string) (Guest, error) {
	return d.guest(ctx, `SELECT member_begin(@session, @what, @token)`, session, kind)
}

func (d *Door) guest(ctx context.Context, sql string, session key.Secret, what string) (g Guest, err error) {
	secret, err := key.NewSecret(d.Random)
	if err != nil {
		return g, err
	}
	g.Unlock = secret.ID("member unlock")
	return g, d.read(ctx, sql, pg.Args{"session": SessionID(session), "what": what, "token": g.Unlock}, &g)
}

// Leave ends a session before its time.
func (d *Door) Leave(ctx context.Context, session key.Secret) error {
	if _, err := pg.Exec(ctx, d.Pool, `SELECT member_leave(@session)`, pg.Args{"session": SessionID(session)}); err != nil {
		return fmt.Errorf("leave: %w", err)
	}
	return nil
}

// ErrNoSession says that a cookie opens nothing.
var ErrNoSession = fault.New(fault.Expired, "请先登录。登录 30 分钟没有用就退出。")

// Matters reads into found who is logged in and what they have signed. ErrNoSession
// where the session opens nothing.
func (d *Door) Matters(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `SELECT member_matters(@session)`, pg.Args{"session": SessionID(session)}, found)
}

// Matter reads into found one of these; NotFound where there is none, or it is not theirs.
func (d *Door) Matter(ctx context.Context, session key.Secret, number string, found any) error {
	return d.read(ctx, `SELECT member_matter(@session, @number)`, pg.Args{"session": SessionID(session), "number": number}, found)
}

// ServeOnline notes whether whoever is logged in agrees that answers are served on the
// portal.
func (d *Door) ServeOnline(ctx context.Context, session key.Secret, agrees bool) error {
	var noted bool
	return d.read(ctx, `SELECT member_serve_online(@session, @agrees)`, pg.Args{"session": SessionID(session), "agrees": agrees}, &noted)
}

// Leads reads into found who is logged in and what they have lodged; NotFound for whoever
// is no journalist.
func (d *Door) Leads(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `SELECT member_leads(@session)`, pg.Args{"session": SessionID(session)}, found)
}

// Lead reads into found one of these; NotFound where there is none, or it is not theirs.
func (d *Door) Lead(ctx context.Context, session key.Secret, number string, found any) error {
	return d.read(ctx, `SELECT member_lead(@session, @number)`, pg.Args{"session": SessionID(session), "number": number}, found)
}

// Read reads into found what a function of the database gives of @session, with more
// arguments; errors as of Matters and Matter.
func (d *Door) Read(ctx context.Context, session key.Secret, sql string, more pg.Args, found any) error {
	args := pg.Args{"session": SessionID(session)}
	maps.Copy(args, more)
	return d.read(ctx, sql, args, found)
}

func (d *Door) read(ctx context.Context, sql string, args pg.Args, found any) error {
	said, err := pg.One[*string](ctx, d.Pool, sql, args)
	if err != nil {
		return fmt.Errorf("read as a member: %w", err)
	}
	switch {
	case said == nil:
		return ErrNoSession
	case *said == "false":
		return fault.New(fault.NotFound, "")
	}
	if err := json.Unmarshal([]byte(*said), found); err != nil {
		return fmt.Errorf("read as a member: %w", err)
	}
	return nil
}
