// Package identity keeps who complained: sealed as it is written, opened only
// in the office, with a reason that is an event of the matter.
package identity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"zhengxin/internal/key"
)

// Person is what a complainant said of themselves.
type Person struct {
	Name             string `json:"name,omitempty"`
	Phone            string `json:"phone,omitempty"`
	Email            string `json:"email,omitempty"`
	Address          string `json:"address,omitempty"`
	Organisation     string `json:"organisation,omitempty"`
	USCC             string `json:"uscc,omitempty"`
	PressCard        string `json:"press_card,omitempty"`
	CongressSession  string `json:"congress_session,omitempty"`
	CredentialNumber string `json:"credential_number,omitempty"`

	// Meant are the fields above, by their names here, that break the rule for them and
	// that whoever wrote them said to be so.
	Meant []string `json:"meant,omitempty"`
}

// Sealer can write an identity; both processes have one.
type Sealer interface {
	Seal(place key.Place, plain []byte) ([]byte, error)
}

// Opener can read one; only the office has it.
type Opener interface {
	Open(place key.Place, sealed []byte) ([]byte, error)
}

// The columns of the table, bound into the ciphertext with the matter's number.
func personAt(number string) key.Place {
	return key.Place{Table: "identity", ID: number, Column: "person"}
}
func mailboxAt(number string) key.Place {
	return key.Place{Table: "identity", ID: number, Column: "mailbox"}
}

// Sealed is a row of the table; nil columns are absent.
type Sealed struct {
	Person  []byte
	Mailbox []byte
}

// Seal closes an identity to the office's key. Somebody who said nothing of
// themselves leaves no row.
func Seal(s Sealer, number string, p Person) (Sealed, error) {
	if reflect.ValueOf(p).IsZero() {
		return Sealed{}, nil
	}
	plain, err := json.Marshal(p)
	if err != nil {
		return Sealed{}, fmt.Errorf("identity: %w", err)
	}
	var out Sealed
	if out.Person, err = s.Seal(personAt(number), pad(plain, 512)); err != nil {
		return Sealed{}, fmt.Errorf("seal identity: %w", err)
	}
	if p.Email != "" {
		if out.Mailbox, err = s.Seal(mailboxAt(number), pad([]byte(p.Email), 128)); err != nil {
			return Sealed{}, fmt.Errorf("seal mailbox: %w", err)
		}
	}
	return out, nil
}

// Open reads a person; the caller has recorded why.
func Open(o Opener, number string, sealed []byte) (Person, error) {
	plain, err := o.Open(personAt(number), sealed)
	if err != nil {
		return Person{}, fmt.Errorf("open identity: %w", err)
	}
	var p Person
	if err := json.Unmarshal(plain, &p); err != nil {
		return Person{}, fmt.Errorf("open identity: %w", err)
	}
	return p, nil
}

// OpenMailbox reads the address alone, for sending a letter.
func OpenMailbox(o Opener, number string, sealed []byte) (string, error) {
	plain, err := o.Open(mailboxAt(number), sealed)
	if err != nil {
		return "", fmt.Errorf("open mailbox: %w", err)
	}
	return strings.TrimRight(string(plain), " "), nil
}

// pad hides the length of what is sealed behind blanks, which JSON and an
// address both ignore.
func pad(plain []byte, block int) []byte {
	return append(plain, bytes.Repeat([]byte(" "), (block-len(plain)%block)%block)...)
}

// String keeps a person out of logs that print a struct by accident.
func (Person) String() string { return "[sealed]" }

// GoString does the same for %#v.
func (Person) GoString() string { return "[sealed]" }
