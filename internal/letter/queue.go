// Package letter is the mail that goes out: written down with the move that
// causes it, sent later by the worker, never carrying a code, a complaint's
// text or a name.
package letter

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
)

// Recipients of a letter, as the table has them.
const (
	ToComplainant = "complainant"
	ToUnit        = "unit"
	ToDesk        = "desk"
	ToAbove       = "above" // the nearest unit above the one that leads which may know of the matter
	// ToMembers is to each member who has part in the matter and an account; the table
	// has each by their number.
	ToMembers = "member"
)

// ToMember is one of them as a recipient.
func ToMember(id int64) string { return ToMembers + ":" + strconv.FormatInt(id, 10) }

func isMember(recipient string) bool { return strings.HasPrefix(recipient, ToMembers) }

// Order is a letter to be written down with a move.
type Order struct {
	Matter    int64
	Seq       int64 // the event that causes it
	Template  string
	Recipient string
	At        time.Time // when it goes out
}

// QueueOrder adds a letter and its job to a move's own batch, so that both stand or
// fall with it. The job names the letter by its message id: the portal may add
// letters but read none, so it never learns a row id. The message id is given back.
func QueueOrder(b *pgx.Batch, o Order) string {
	message := NewMessageID()
	b.Queue(`
		INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at)
		VALUES (@matter, @seq, @template, @recipient, @message, @at)`,
		pg.Args{"matter": o.Matter, "seq": o.Seq, "template": o.Template, "recipient": o.Recipient,
			"message": message, "at": o.At})
	b.Queue(`SELECT enqueue('send_letter', jsonb_build_object('letter', @message::text), 'mail')`, pg.Args{"message": message})
	return message
}

// NewMessageID is the random part of a letter's Message-ID, the same on every try.
func NewMessageID() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // crypto/rand does not fail
	return hex.EncodeToString(raw[:])
}
