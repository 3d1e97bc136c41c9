package desk

import (
	"encoding/base64"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/key"
)

// DoOther is what the button says that begins the login anew, with the form that is
// carried: for another account than the one that is signed in.
const DoOther = "other"

// whose is the word for whoever is signed in: keyed, so that none can be made up for
// another person.
func (d *Desk) whose(c *fiber.Ctx) string {
	v, err := d.Visit(c)
	if err != nil || v.State != Whole {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(d.Staff.Key.Codes().MAC("whose:" + strconv.FormatInt(v.Person.ID, 10))[:12])
}

// safe closes up carried forms under the office's key.
type safe struct{ key *key.Office }

func (s safe) Seal(whose string, plain []byte) ([]byte, error) {
	return s.key.SealSecret(place(whose), plain)
}

func (s safe) Open(whose string, sealed []byte) ([]byte, error) {
	return s.key.OpenSecret(place(whose), sealed)
}

func place(whose string) key.Place { return key.Place{Table: "form", ID: whose, Column: "carried"} }
