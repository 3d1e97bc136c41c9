package key

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
)

// alphabet of query codes: no 0, O, 1 or I, which people misread.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// CodeLength is the number of characters of a query code, 80 bits.
const CodeLength = 16

// Codes derives query codes and what the database keeps of them. The database
// never holds a code, and a dump without the key file cannot test a guess.
type Codes struct {
	hidden
	keys ring
}

// Code is the query code that belongs to a form token: the same token gives
// the same code again, so a retry after a lost answer shows the right one.
func (c Codes) Code(token []byte) string {
	sum := mac(c.keys[0].secret, "code", token)
	return base32.NewEncoding(alphabet).EncodeToString(sum[:CodeLength*5/8])
}

// ResumeCode opens a draft from another browser. It belongs to a form token as a query
// code does, so that a page loaded anew shows the same one, and the two never agree.
func (c Codes) ResumeCode(token []byte) string {
	sum := mac(c.keys[0].secret, "resume code", token)
	return base32.NewEncoding(alphabet).EncodeToString(sum[:CodeLength*5/8])
}

// ResumeSecrets are what a resume code may have been turned into, under every code key,
// the one of now first: a dump without the key file cannot test a guess of these either.
func (c Codes) ResumeSecrets(code string) []Secret {
	all := make([]Secret, len(c.keys))
	for i, k := range c.keys {
		all[i] = Secret{value: keep([32]byte(mac(k.secret, "resume secret", []byte(code))))}
	}
	return all
}

// MAC is what the database keeps of a code filed now.
func (c Codes) MAC(code string) []byte { return mac(c.keys[0].secret, "lookup", []byte(code)) }

// MACs is what the database may hold of a code, under every code key since the
// first: looking up takes any of them. Their number says nothing of the code.
func (c Codes) MACs(code string) [][]byte {
	all := make([][]byte, len(c.keys))
	for i, k := range c.keys {
		all[i] = mac(k.secret, "lookup", []byte(code))
	}
	return all
}

// Hash is SHA-256, for tokens that are random enough to need no key: the
// database keeps the hash of a form token and of a cookie, never the token.
func Hash(token []byte) []byte {
	sum := sha256.Sum256(token)
	return sum[:]
}

// mac is HMAC-SHA256. Labels are constants of this package and none is the
// beginning of another, so label and message cannot be confused.
func mac(k secret, label string, message []byte) []byte {
	h := hmac.New(sha256.New, k()[:])
	h.Write([]byte(label))
	h.Write(message)
	return h.Sum(nil)
}
