package site

import (
	"encoding/base64"
	"fmt"
	"io"

	"zhengxin/internal/web"
)

// tokenBytes is the length of a form's token.
const tokenBytes = 16

// NewToken draws the token that makes one sending of a form happen once.
func (s *Site) NewToken() ([]byte, error) {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(s.Random, token); err != nil {
		return nil, fmt.Errorf("form token: %w", err)
	}
	return token, nil
}

// TokenField is a token as the form carries it.
func TokenField(token []byte) string { return base64.RawURLEncoding.EncodeToString(token) }

// Token is what a form carries; false when it is cut or no token of ours.
func Token(typed web.Values) ([]byte, bool) {
	token, err := base64.RawURLEncoding.DecodeString(typed.Get("form_token"))
	return token, err == nil && len(token) == tokenBytes
}
