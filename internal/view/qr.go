package view

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// QR is a code that a telephone reads off the page, as an inline SVG: a picture with
// an address of its own would hold what it says in a second answer, and our content
// policy refuses styles and data addresses.
type QR struct {
	Text  string // what is read
	Label string // what it is for, for whoever cannot see it
	Side  int    // in pixels
}

// qrQuiet is the white border that a reader needs, in modules.
const qrQuiet = 4

// Render draws it with the template qrPicture; a text that fits into no code is a fault.
// Every mask is read by every reader: the library draws with the first, and one that weighs
// all eight took half of what the last step of a filing costs.
func (q QR) Render(ctx context.Context, w io.Writer) error {
	code, err := qr.Encode(q.Text, qr.M)
	if err != nil {
		return fmt.Errorf("view: QR code: %w", err)
	}
	n := code.Size
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			start := x
			for x < n && code.Black(x, y) {
				x++
			}
			if w := x - start; w > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start+qrQuiet, y+qrQuiet, w, w)
			}
		}
	}
	return qrPicture(q, strconv.Itoa(n+2*qrQuiet), path.String()).Render(ctx, w)
}

// Authenticator shows a secret that a telephone takes over: a picture, and the text to be
// typed.
type Authenticator struct {
	Address string // otpauth://
	Secret  string
	Here    bool // the page may be read on the telephone itself
}

// Render draws it.
func (a Authenticator) Render(ctx context.Context, w io.Writer) error {
	return authenticator(a).Render(ctx, w)
}

// fours cuts a secret into groups that a person can copy by hand, without spaces that
// would be copied with it.
func fours(secret string) []string {
	var parts []string
	for len(secret) > 4 {
		parts, secret = append(parts, secret[:4]), secret[4:]
	}
	return append(parts, secret)
}
