package desk

import (
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Long lets a form carry long texts: see web.Long.
func Long(r Route) Route {
	r.Route = web.Long(r.Route)
	return r
}

// Upload lets a form carry a file.
func Upload(r Route) Route {
	r.Body = web.MultipartBody
	return r
}

// NewToken draws the token that makes one sending of a form happen once.
func (d *Desk) NewToken() (string, error) {
	token, err := web.NewFormToken(d.Office.Random)
	return token.String(), err
}

// ReadToken is the token that a form brought back.
func ReadToken(typed web.Values) (web.FormToken, error) {
	token, ok := typed.FormToken()
	if !ok {
		return nil, fault.New(fault.Invalid, "这张表不完整，没有办。请重新打开这一页，再办一次。")
	}
	return token, nil
}

// DoneBefore answers a form that was carried out before and is sent again.
func DoneBefore(at time.Time) view.Banner {
	return view.Banner{Kind: view.Done, Title: "这一步 " + view.Clock(at) + " 已经办过了", Text: "没有重复办理。下面是当时的结果。"}
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
