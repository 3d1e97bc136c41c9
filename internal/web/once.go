package web

import (
	"encoding/base64"
	"fmt"
	"io"
)

// FormToken makes one sending of a form happen once: what it caused is kept beside it,
// and the form that comes again is answered with that. It guards nothing; the token
// that shows where a form comes from is CSRF.
type FormToken []byte

const (
	formTokenBytes = 16 // 128 random bits
	formTokenField = "form_token"
)

// NewFormToken draws one for a form that is shown for the first time.
func NewFormToken(random io.Reader) (FormToken, error) {
	token := make(FormToken, formTokenBytes)
	if _, err := io.ReadFull(random, token); err != nil {
		return nil, fmt.Errorf("form token: %w", err)
	}
	return token, nil
}

// String is what the form's hidden field form_token must hold.
func (t FormToken) String() string { return base64.RawURLEncoding.EncodeToString(t) }

// FormToken is what a form brought back; false when it is cut or none of ours.
func (f Values) FormToken() (FormToken, bool) {
	return ParseFormToken(f.Get(formTokenField))
}

// ParseFormToken reads what String wrote.
func ParseFormToken(text string) (FormToken, bool) {
	token, err := base64.RawURLEncoding.DecodeString(text)
	return token, err == nil && len(token) == formTokenBytes
}
