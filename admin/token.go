package admin

import (
	"encoding/base64"
	"io"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// tokenBytes is the length of a form token: 128 random bits.
const tokenBytes = 16

// long lets a form carry 10,000 characters several times over: a Han character
// is nine bytes on the wire.
func long(r route) route {
	r.Limit = 384 << 10
	return r
}

// upload lets a form carry a file.
func upload(r route) route {
	r.Body = web.MultipartBody
	return r
}

// newToken draws the token that makes one sending of a form happen once.
func (d *Desk) newToken() (string, error) {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(d.Office.Random, token); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(token), nil
}

func readToken(typed web.Values) ([]byte, error) {
	token, err := base64.RawURLEncoding.DecodeString(typed.Get("form_token"))
	if err != nil || len(token) != tokenBytes {
		return nil, fault.New(fault.Invalid, "这张表不完整，没有办。请返回上一页，刷新后再办一次。")
	}
	return token, nil
}

// attempt is one sending of a move: what was asked for and what was typed.
type attempt struct {
	action workflow.Action
	typed  workflow.Answers
	token  string // shown again when the same form is to be corrected
	err    error  // why it did not happen
}
