package member

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"zhengxin/internal/key"
)

// Sealer closes a mailbox to the office's key.
type Sealer interface {
	Seal(place key.Place, plain []byte) ([]byte, error)
}

// Opener opens one; only the worker asks it, while it sends.
type Opener interface {
	Open(place key.Place, sealed []byte) ([]byte, error)
}

func mailboxAt(id int64) key.Place {
	return key.Place{Table: "member_account", ID: strconv.FormatInt(id, 10), Column: "mailbox"}
}

// mailboxBlock hides how long an address is behind blanks, which no address has.
const mailboxBlock = 128

func sealMailbox(s Sealer, id int64, mailbox string) ([]byte, error) {
	plain := []byte(mailbox)
	plain = append(plain, bytes.Repeat([]byte(" "), (mailboxBlock-len(plain)%mailboxBlock)%mailboxBlock)...)
	sealed, err := s.Seal(mailboxAt(id), plain)
	if err != nil {
		return nil, fmt.Errorf("seal mailbox: %w", err)
	}
	return sealed, nil
}

// OpenMailbox reads the address of an account, for sending a letter.
func OpenMailbox(o Opener, id int64, sealed []byte) (string, error) {
	plain, err := o.Open(mailboxAt(id), sealed)
	if err != nil {
		return "", fmt.Errorf("open mailbox: %w", err)
	}
	return strings.TrimRight(string(plain), " "), nil
}

// LinkID is what the database keeps of a link.
func LinkID(link key.Secret) []byte { return link.ID("member link") }

// SessionID is what the database keeps of a session.
func SessionID(session key.Secret) []byte { return session.ID("member session") }

// What is hashed under the code key beside query codes. A colon stands in no code, so
// none of these is one of those.
func mailboxText(mailbox string) string { return "mailbox:" + strings.ToLower(mailbox) }
func codeText(code string) string       { return "login:" + code }
