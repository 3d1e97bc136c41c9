package people

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrQuiet is the white border that a reader needs, in modules.
const qrQuiet = 4

// qrPicture is a QR code as the path of an inline SVG: a picture of its own
// address would hold the secret in a second answer, and our content policy
// refuses styles and data addresses.
type qrPicture struct {
	modules int
	path    string
}

func newQRPicture(text string) (qrPicture, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrPicture{}, fmt.Errorf("admin: second factor's picture: %w", err)
	}
	n := code.Bounds().Dx()
	dark := func(x, y int) bool { return x < n && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128 }
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			start := x
			for dark(x, y) {
				x++
			}
			if w := x - start; w > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start+qrQuiet, y+qrQuiet, w, w)
			}
		}
	}
	return qrPicture{modules: n, path: path.String()}, nil
}

func (q qrPicture) side() string { return strconv.Itoa(q.modules + 2*qrQuiet) }
func (q qrPicture) box() string  { return "0 0 " + q.side() + " " + q.side() }

// fours cuts a secret into groups that a person can copy by hand.
func fours(secret string) []string {
	var parts []string
	for len(secret) > 4 {
		parts, secret = append(parts, secret[:4]), secret[4:]
	}
	return append(parts, secret)
}
