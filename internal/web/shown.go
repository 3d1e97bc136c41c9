package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Shown is what a page showed, name by name, for a form that confirms or replaces it: its
// String comes back in the hidden field ShownField, so that nobody confirms what they
// have not seen and nobody takes back what somebody else has set meanwhile.
type Shown struct {
	key  string
	rows [][2]string // name and value
}

// ShownField is the hidden field's name.
const ShownField = "shown"

// NewShown is for values that only who has this key may guess at; none where the page
// shows them all.
func NewShown(key string) *Shown { return &Shown{key: key} }

// Add notes a value under a name that people know it by.
func (s *Shown) Add(name, value string) { s.rows = append(s.rows, [2]string{name, value}) }

const shownDigest = 9 // bytes of each row

func (s *Shown) digest(row [2]string) string {
	mac := hmac.New(sha256.New, []byte(s.key))
	mac.Write([]byte(row[0] + "\x00" + row[1]))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:shownDigest])
}

// String is what the form carries.
func (s *Shown) String() string {
	all := make([]string, len(s.rows))
	for i, row := range s.rows {
		all[i] = s.digest(row)
	}
	return strings.Join(all, ".")
}

// Changed are the names of what is not as the form showed it; ok when nothing is. A form
// that says nothing, or speaks of other rows, has shown nothing: no names, and not ok.
func (s *Shown) Changed(sent string) (names []string, ok bool) {
	shown := strings.Split(sent, ".")
	if len(shown) != len(s.rows) {
		return nil, false
	}
	for i, row := range s.rows {
		if shown[i] != s.digest(row) {
			names = append(names, row[0])
		}
	}
	return names, len(names) == 0
}
