package member

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Accounts are the desk's side: who is admitted.
type Accounts struct {
	Pool    *pgxpool.Pool // the desk's role
	Codes   key.Codes
	Sealer  Sealer
	Daybook *daybook.Book
	Now     func() time.Time
	Random  io.Reader
}

// Entry is somebody of the roster, and how their account stands.
type Entry struct {
	ID         int64
	Kind       Kind
	Name       string
	Session    string
	Credential string
	Outlet     string // of a journalist
	From       clock.Date
	To         clock.Date // zero while no end is known
	Admitted   bool       // has had an account
	ClosedAt   *time.Time // at the desk
	Factor     Factor     // empty without an account
}

// Over says that the term has ended, or has not begun, on a day: the door is shut by
// that alone.
func (e Entry) Over(today clock.Date) bool {
	return today.Before(e.From) || !e.To.IsZero() && e.To.Before(today)
}

// Open says that somebody can come in.
func (e Entry) Open(today clock.Date) bool {
	return e.Admitted && e.ClosedAt == nil && !e.Over(today)
}

const entrySQL = `
	SELECT m.id, m.kind, m.name, m.congress_session AS session, m.credential_number AS credential, m.outlet, m.valid_from AS from, m.valid_to AS to,
		a.member_id IS NOT NULL AS admitted, a.closed_at,
		CASE WHEN a.member_id IS NULL THEN '' ELSE coalesce((SELECT f.factor FROM member_factor f WHERE f.member_id = a.member_id ORDER BY f.id DESC LIMIT 1), 'code') END AS factor
	FROM member m LEFT JOIN member_account a ON a.member_id = m.id WHERE true`

// List is the whole roster, the newest terms first.
func (r *Accounts) List(ctx context.Context) ([]Entry, error) {
	found, err := pg.All[Entry](ctx, r.Pool, entrySQL+` ORDER BY coalesce(m.valid_to, 'infinity') DESC, m.valid_from DESC, m.kind DESC, m.congress_session DESC, m.credential_number, m.id`, nil)
	if err != nil {
		return nil, fmt.Errorf("accounts of members: %w", err)
	}
	return found, nil
}

// Read is one of them; NotFound when the roster has none such.
func (r *Accounts) Read(ctx context.Context, id int64) (Entry, error) {
	return readEntry(ctx, r.Pool, id)
}

func readEntry(ctx context.Context, q pg.Queryer, id int64) (Entry, error) {
	e, err := pg.One[Entry](ctx, q, entrySQL+` AND m.id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return e, fault.New(fault.NotFound, "")
	}
	if err != nil {
		return e, fmt.Errorf("account of a member: %w", err)
	}
	return e, nil
}

// Act is what was done to an account.
type Act struct {
	ID     int64
	At     time.Time
	By     string
	Kind   ActKind
	Reason string
}

// ActKind is what can be done to an account; the table `member_act` has the same words.
type ActKind string

// The acts.
const (
	Admit   ActKind = "admit"
	NewCode ActKind = "code"
	Mailbox ActKind = "mailbox"
	Reset   ActKind = "factor"
	Close   ActKind = "close"
)

// Label is the act as a button and a record name it.
func (k ActKind) Label() string {
	return map[ActKind]string{Admit: "开通账号", NewCode: "换登录码", Mailbox: "换邮箱", Reset: "改回登录码", Close: "关闭账号"}[k]
}

// Acts are what was done to an account, the newest first.
func (r *Accounts) Acts(ctx context.Context, id int64) ([]Act, error) {
	acts, err := pg.All[Act](ctx, r.Pool, `
		SELECT a.id, a.at, s.name AS by, a.act AS kind, a.reason FROM member_act a JOIN staff s ON s.id = a.by_id WHERE a.member_id = @id ORDER BY a.id DESC`, pg.Args{"id": id})
	if err != nil {
		return nil, fmt.Errorf("acts on a member: %w", err)
	}
	return acts, nil
}

// Order is who wants something done to an account, and why.
type Order struct {
	By      int64
	Reason  string
	Mailbox string // as typed; and once more, as nobody sees it again
	Again   string
	Seen    int64 // the newest act on the account that the page showed
	Sure    bool  // the press card was checked, although its number is of no known shape
}

const reasonLimit = 500

// checked is the order with its texts as they are kept, or what is wrong with it.
func (o Order) checked(kind ActKind) (Order, error) {
	var faults []fault.Field
	add := func(name, sentence string) {
		if sentence != "" {
			faults = append(faults, fault.Field{Name: name, Sentence: sentence})
		}
	}
	if kind == Admit || kind == Mailbox {
		mailbox, sentence := form.Email(o.Mailbox)
		add("mailbox", sentence)
		again, twice := form.Email(o.Again)
		switch {
		case sentence == "" && twice == "" && !strings.EqualFold(again, mailbox):
			add("mailbox_again", "两次写的邮箱不一样，请看清楚再写一遍")
		case form.Line(o.Again) == "":
			add("mailbox_again", "请把邮箱再写一遍：写错了，登录的信就到了别人手里")
		default:
			add("mailbox_again", twice)
		}
		o.Mailbox = mailbox
	}
	if kind != Admit && kind != Mailbox {
		o.Mailbox = ""
	}
	o.Reason = form.Text(o.Reason)
	switch {
	case o.Reason == "":
		add("reason", "请写理由")
	case form.TextFault(o.Reason) != "":
		add("reason", form.TextFault(o.Reason))
	default:
		add("reason", form.TooLong(o.Reason, reasonLimit))
	}
	return o, fault.Fields(faults)
}

var (
	errStale  = fault.New(fault.Conflict, "这一次没有办。您打开这一页以后，这个账号已经有人动过，见下面的记录。请看清楚再决定。")
	errClosed = fault.New(fault.Conflict, "没有办。这个账号没有开通，或者已经关闭。")
)

// Do does one act. An admission and a new code give the login code, this once.
func (r *Accounts) Do(ctx context.Context, id int64, kind ActKind, o Order) (code string, err error) {
	if o, err = o.checked(kind); err != nil {
		return "", err
	}
	if code, err = r.newCode(kind); err != nil {
		return "", err
	}
	err = r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "member_" + string(kind), By: o.By}, func(tx pgx.Tx) error {
		if err := r.allow(ctx, tx, id, kind, o); err != nil {
			return err
		}
		if err := r.change(ctx, tx, id, kind, o.Mailbox, code); err != nil {
			return err
		}
		_, err := pg.Exec(ctx, tx, `INSERT INTO member_act (at, by_id, member_id, act, reason) VALUES (@at, @by, @id, @kind, @reason)`,
			pg.Args{"at": r.Now(), "by": o.By, "id": id, "kind": string(kind), "reason": o.Reason})
		return err
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

func (r *Accounts) newCode(kind ActKind) (string, error) {
	if kind != Admit && kind != NewCode {
		return "", nil
	}
	var token [32]byte
	if _, err := io.ReadFull(r.Random, token[:]); err != nil {
		return "", fmt.Errorf("login code: %w", err)
	}
	return r.Codes.Code(token[:]), nil
}

// pressCard is the shape of the numbers of press cards. The office that issues them has
// changed it before: what does not fit is asked about.
var pressCard = regexp.MustCompile(`^[A-Z][0-9]{12,16}$`)

// allow says why an act cannot be done now. Acts go one at a time by the lock of the
// daybook, so that two that admit one mailbox see each other.
func (r *Accounts) allow(ctx context.Context, tx pgx.Tx, id int64, kind ActKind, o Order) error {
	e, err := readEntry(ctx, tx, id)
	if err != nil {
		return err
	}
	newest, err := pg.One[int64](ctx, tx, `SELECT coalesce(max(id), 0) FROM member_act WHERE member_id = @id`, pg.Args{"id": id})
	open := e.Admitted && e.ClosedAt == nil
	switch {
	case err != nil:
		return err
	case newest != o.Seen:
		return errStale
	case kind == Admit && open:
		return fault.New(fault.Conflict, "没有办。这个账号已经开通。")
	case kind != Admit && !open:
		return errClosed
	case kind == Reset && e.Factor != ByOTP:
		return fault.New(fault.Conflict, "没有办。这个账号用的就是登录码。")
	case kind != Close && e.Over(clock.On(r.Now())):
		return fault.New(fault.Forbidden, "没有办。%s不在任期里，账号开不了。名册写错了的，请先改名册。", e.Name)
	case kind == Admit && e.Kind == Journalist && !pressCard.MatchString(e.Credential) && !o.Sure:
		return fault.Fields([]fault.Field{{Name: "sure", Sentence: "记者证号“" + e.Credential + "”不像记者证号：一般是一个大写字母，后面 12 到 16 位数字。写错了的，请先改名册；证上就是这样的，在中国记者网核对过再勾选", Asked: true}})
	case kind == Admit || kind == Mailbox:
		return r.free(ctx, tx, id, o.Mailbox)
	}
	return nil
}

// free refuses a mailbox that another open account has: a link that is mailed there would
// be of one of the two. An ended term gives it back, since whoever is elected again has
// another row of the roster and the same mailbox.
func (r *Accounts) free(ctx context.Context, tx pgx.Tx, id int64, mailbox string) error {
	name, err := pg.One[string](ctx, tx, `
		SELECT m.name FROM member_account a JOIN member m ON m.id = a.member_id
		WHERE a.mailbox_mac = ANY (@macs) AND a.member_id <> @id AND a.closed_at IS NULL AND coalesce(m.valid_to >= @today, true) LIMIT 1`,
		pg.Args{"macs": r.Codes.MACs(mailboxText(mailbox)), "id": id, "today": clock.On(r.Now())})
	if pg.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.Fields([]fault.Field{{Name: "mailbox", Sentence: "这个邮箱是" + name + "的账号在用，请写本人自己的邮箱"}})
}

func (r *Accounts) change(ctx context.Context, tx pgx.Tx, id int64, kind ActKind, mailbox, code string) error {
	args := pg.Args{"id": id}
	if code != "" {
		args["code"] = r.Codes.MAC(codeText(code))
	}
	if mailbox != "" {
		sealed, err := sealMailbox(r.Sealer, id, mailbox)
		if err != nil {
			return err
		}
		args["mailbox"], args["mac"] = sealed, r.Codes.MAC(mailboxText(mailbox))
	}
	if _, err := pg.All[int64](ctx, tx, `SELECT member_id FROM member_account WHERE member_id = @id FOR UPDATE`, pg.Args{"id": id}); err != nil {
		return err
	}
	if _, err := pg.Exec(ctx, tx, changeSQL[kind], args); err != nil {
		return err
	}
	if kind != Admit && kind != Reset {
		return nil
	}
	// Who is admitted begins with what the slip says, whatever was chosen before.
	_, err := pg.Exec(ctx, tx, `
		INSERT INTO member_factor (at, member_id, factor, by_desk)
		SELECT clock_timestamp(), f.member_id, 'code', true FROM member_factor f WHERE f.member_id = @id AND f.factor = 'totp'
			AND f.id = (SELECT max(n.id) FROM member_factor n WHERE n.member_id = @id)`, pg.Args{"id": id})
	return err
}

// changeSQL is what each act does, at a time that is later than of any login that got in
// before it: those are begun before the lock is had.
var changeSQL = map[ActKind]string{
	Admit: `INSERT INTO member_account (member_id, mailbox, mailbox_mac, code_mac, changed_at) VALUES (@id, @mailbox, @mac, @code, clock_timestamp())
		ON CONFLICT (member_id) DO UPDATE SET mailbox = excluded.mailbox, mailbox_mac = excluded.mailbox_mac, code_mac = excluded.code_mac,
			changed_at = excluded.changed_at, closed_at = NULL`,
	NewCode: `UPDATE member_account SET code_mac = @code, changed_at = clock_timestamp() WHERE member_id = @id`,
	Mailbox: `UPDATE member_account SET mailbox = @mailbox, mailbox_mac = @mac, changed_at = clock_timestamp() WHERE member_id = @id`,
	Reset:   `UPDATE member_account SET changed_at = clock_timestamp() WHERE member_id = @id`,
	Close:   `UPDATE member_account SET closed_at = clock_timestamp(), changed_at = clock_timestamp() WHERE member_id = @id`,
}
