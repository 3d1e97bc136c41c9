package letter

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Entry is a letter in the desk's outbox: to what kind of recipient and what
// became of it, never to which address.
type Entry struct {
	ID        int64
	Kind      string // of the matter
	Number    string
	Template  string
	Recipient string
	UnitName  string
	CreatedAt time.Time
	State     string
	Tries     int
	DoneAt    *time.Time
	FaultCode string
	Lost      bool // it did not go out and was not sent again
	Coarse    bool // the times are days alone: somebody without a name caused it
}

// Title is how the desk calls it.
func (e Entry) Title() string { return Title(e.Template, e.Recipient) }

// To is whom it goes to.
func (e Entry) To() string {
	switch {
	case e.Recipient == ToComplainant:
		return "投诉人"
	case isMember(e.Recipient):
		return "代表、委员、记者"
	case e.UnitName != "":
		return e.UnitName
	case e.Recipient == ToDesk:
		return "监督办公室"
	default:
		return "承办单位"
	}
}

// Word is its state in Chinese.
func (e Entry) Word() string {
	switch {
	case e.State == Waiting && e.Tries > 0:
		return "没有发成，还会再发"
	case e.State == Failed && !e.Lost:
		return "没有发成，又发过一次"
	}
	return stateWords[e.State]
}

var stateWords = map[string]string{
	Waiting: "等发送", Kept: "存在发件箱", Sent: "已发出", Failed: "没有发成", NoAddress: "没有留邮箱",
}

// Reason says in Chinese why it did not go out; empty when there is nothing to say.
func (e Entry) Reason() string {
	switch {
	case e.FaultCode == "":
		return ""
	case e.FaultCode == "network":
		return "连不上发信服务器"
	case e.FaultCode == "address":
		return "邮箱写得不对"
	case e.FaultCode == noRecipient:
		return "对方的服务器说没有这个邮箱"
	case e.FaultCode == "key":
		return "打不开封存的邮箱，请检查密钥文件"
	case e.FaultCode == "settings" || e.FaultCode == "message":
		return "信件或发信设置不对，请告诉系统管理员"
	default:
		return "发信服务器答复 " + strings.TrimPrefix(e.FaultCode, "server-")
	}
}

// Instead is what else can be done about a letter that is lost.
func (e Entry) Instead() string {
	if isMember(e.Recipient) {
		return "收信的人没有收到，请打电话告诉他。名册上看得到是谁，账号的邮箱可以换。"
	}
	if e.Recipient != ToComplainant {
		return "收信的人没有收到，请打电话告诉他。"
	}
	return "投诉人没有收到。急的，换个办法告诉他：实名的，打开身份看有没有留电话，打电话。他凭编号和查询码在网上也看得到。"
}

// Filter chooses letters of the outbox; the zero value is all, newest first.
type Filter struct {
	State  string
	Lost   bool   // those alone that did not go out and were not sent again
	Number string // of one matter
	Before int64  // the id of the last entry of the page before
	Limit  int
}

// IsLost says of a letter l that it did not go out and that none like it was written
// down for its matter since.
const IsLost = `(l.state = 'failed' AND NOT EXISTS (SELECT FROM letter n
	WHERE n.matter_id = l.matter_id AND n.template = l.template AND n.recipient = l.recipient AND n.id > l.id))`

// Lost are the letters of a matter that did not go out and were not sent again, for a
// move that sends them: under its lock they are sent again once.
func Lost(ctx context.Context, q pg.Queryer, matter int64) ([]Order, error) {
	found, err := pg.All[Order](ctx, q, `
		SELECT l.matter_id AS matter, 0::bigint AS seq, l.template, l.recipient, l.created_at AS at
		FROM letter l WHERE l.matter_id = @matter AND `+IsLost+` ORDER BY l.id`, pg.Args{"matter": matter})
	if err != nil {
		return nil, fmt.Errorf("letters that are lost: %w", err)
	}
	return found, nil
}

// Outbox lists letters of the matters that a person may know of, by the time at which
// they go out: by their number, one that shows its day alone would stand between two
// that show their minutes.
func Outbox(ctx context.Context, q pg.Queryer, scope staff.Scope, f Filter) ([]Entry, error) {
	where, args := `(`+scope.SQL+`)`, pg.Args{"limit": f.Limit}
	if f.State != "" {
		where += ` AND l.state = @state`
		args["state"] = f.State
	}
	if f.Lost {
		where += ` AND ` + IsLost
	}
	if f.Number != "" {
		where += ` AND m.number = @number`
		args["number"] = f.Number
	}
	if f.Before > 0 {
		where += ` AND (l.created_at, l.id) < (SELECT b.created_at, b.id FROM letter b JOIN matter m ON m.id = b.matter_id WHERE b.id = @before AND (` + scope.SQL + `))`
		args["before"] = f.Before
	}
	entries, err := pg.All[Entry](ctx, q, `
		SELECT l.id, m.kind, m.number, l.template, l.recipient, coalesce(u.name, '') AS unit_name,
			CASE WHEN k.coarse THEN date_trunc('day', l.created_at, 'Asia/Shanghai') ELSE l.created_at END AS created_at, l.state, l.tries,
			CASE WHEN k.coarse THEN date_trunc('day', l.done_at, 'Asia/Shanghai') ELSE l.done_at END AS done_at, l.fault_code, `+IsLost+` AS lost, k.coarse
		FROM letter l JOIN matter m ON m.id = l.matter_id LEFT JOIN unit u ON u.code = l.unit
			JOIN event e ON e.matter_id = l.matter_id AND e.seq = l.seq
			CROSS JOIN LATERAL (SELECT 'anonymous' = ANY (m.flags) AND e.actor = 'complainant' AS coarse) k
		WHERE `+where+` ORDER BY l.created_at DESC, l.id DESC LIMIT @limit`, scope.With(args))
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return entries, nil
}
