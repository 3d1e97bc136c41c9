package desk

import (
	"encoding/base64"
	"io"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// tokenBytes is the length of a form token: 128 random bits.
const tokenBytes = 16

// Long lets a form carry 10,000 characters several times over: a Han character
// is nine bytes on the wire.
func Long(r Route) Route {
	r.Limit = 384 << 10
	return r
}

// Upload lets a form carry a file.
func Upload(r Route) Route {
	r.Body = web.MultipartBody
	return r
}

// NewToken draws the token that makes one sending of a form happen once.
func (d *Desk) NewToken() (string, error) {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(d.Office.Random, token); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(token), nil
}

// ReadToken is the token that a form brought back.
func ReadToken(typed web.Values) ([]byte, error) {
	token, err := base64.RawURLEncoding.DecodeString(typed.Get("form_token"))
	if err != nil || len(token) != tokenBytes {
		return nil, fault.New(fault.Invalid, "这张表不完整，没有办。请返回上一页，刷新后再办一次。")
	}
	return token, nil
}

// Attempt is one sending of a move: what was asked for and what was typed.
type Attempt struct {
	Action workflow.Action
	Typed  workflow.Answers
	Token  string // shown again when the same form is to be corrected
	Err    error  // why it did not happen
}

// TokenFor is the token of a form that is to be corrected, else a new one.
func (d *Desk) TokenFor(a *Attempt) (string, error) {
	if a != nil && a.Token != "" && fault.Is(a.Err, fault.Invalid) {
		return a.Token, nil
	}
	return d.NewToken()
}
