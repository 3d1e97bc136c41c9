// Package captcha asks for six digits, seen or heard, over a table of our own:
// any process may show, speak or use up any captcha, and each is used once.
package captcha

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"time"

	"github.com/dchest/captcha"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Life is how long a captcha may be answered.
const Life = 10 * time.Minute

// size of the picture in pixels: twice what the page shows, for sharp screens and
// for the elder mode, which shows it larger.
const width, height = 480, 160

const digits = 6

// alphabet leaves out what is mistaken for another digit, struck through or spoken:
// 0 (8, 9), 1 (7, and 一 for 七), 6 (5, and 六 for 九) and 8 (3). 46,656 answers are
// left, of which a guesser has one for each picture.
var alphabet = [...]byte{2, 3, 4, 5, 7, 9}

// lookAlikes are what people read instead of a digit that may be there. They stand
// in no picture, so a guesser gains nothing.
var lookAlikes = map[byte]byte{'1': '7', '8': '3', '6': '5'}

// The picture has the ink of the site's text on white, whatever a browser puts under
// it: forced colours and dark pages do not change a picture. Best of so many drawings
// is the one of most ink, in which the stroke through it hides least of the digits.
var (
	paper = color.RGBA{255, 255, 255, 255}
	ink   = color.RGBA{27, 31, 35, 255}
)

const drawings = 4

// Desk makes and checks captchas.
type Desk struct {
	Pool   *pgxpool.Pool
	Now    func() time.Time
	Random io.Reader
}

// New draws a captcha for a draft and gives its id.
func (d *Desk) New(ctx context.Context, draft []byte) (string, error) {
	var raw [16]byte
	if _, err := io.ReadFull(d.Random, raw[:]); err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	id := hex.EncodeToString(raw[:])
	want, err := d.draw()
	if err != nil {
		return "", err
	}
	_, err = pg.Exec(ctx, d.Pool, `INSERT INTO captcha (id, digits, draft, expires_at) VALUES (@id, @digits, @draft, @expires)`,
		pg.Args{"id": id, "draft": draft, "digits": want, "expires": d.Now().Add(Life)})
	if err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	return id, nil
}

// draw draws the digits, each as likely as the others.
func (d *Desk) draw() ([]byte, error) {
	var out, one []byte
	const even = 256 / len(alphabet) * len(alphabet) // bytes beyond it would favour the first digits
	for one = make([]byte, 1); len(out) < digits; {
		if _, err := io.ReadFull(d.Random, one); err != nil {
			return nil, fmt.Errorf("captcha: %w", err)
		}
		if int(one[0]) < even {
			out = append(out, alphabet[int(one[0])%len(alphabet)])
		}
	}
	return out, nil
}

// Answer is what was typed for a captcha of a draft.
type Answer struct {
	ID, Typed string
	Draft     []byte
}

// ErrGone says that there is no such captcha: it has expired or was used up, was
// drawn for another draft, or the database crashed, which empties the table. What
// was typed for it may have been right.
var ErrGone = errors.New("the captcha is gone")

// UseSQL are common table expressions that use a captcha up, right or wrong, as
// part of the statement that it guards: used has a row when there was one, solved
// when the answer was right. One DELETE, so that two statements cannot both succeed with it; one
// that fails leaves the captcha as it was.
const UseSQL = `
	used AS (DELETE FROM captcha WHERE id = @captcha AND draft = @captcha_draft AND expires_at > @captcha_now RETURNING digits),
	solved AS (SELECT FROM used WHERE digits = @captcha_typed)`

// Args puts the arguments of UseSQL to the others.
func (a Answer) Args(args pg.Args, now time.Time) {
	typed := []byte(form.DigitsOnly(a.Typed))
	for i, b := range typed {
		if meant, is := lookAlikes[b]; is {
			b = meant
		}
		typed[i] = b - '0'
	}
	args["captcha_draft"] = a.Draft
	args["captcha"], args["captcha_typed"], args["captcha_now"] = a.ID, typed, now
}

// Use uses a captcha up by itself and says whether the answer was right; ErrGone
// when there was none.
func (d *Desk) Use(ctx context.Context, a Answer) (bool, error) {
	args := pg.Args{}
	a.Args(args, d.Now())
	type outcome struct{ There, Right bool }
	was, err := pg.One[outcome](ctx, d.Pool, `WITH`+UseSQL+` SELECT EXISTS (SELECT FROM used) AS there, EXISTS (SELECT FROM solved) AS "right"`, args)
	if err != nil {
		return false, fmt.Errorf("captcha: %w", err)
	}
	if !was.There {
		return false, ErrGone
	}
	return was.Right, nil
}

// Picture is the captcha as PNG.
func (d *Desk) Picture(ctx context.Context, id string) ([]byte, error) {
	want, err := d.read(ctx, id)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, clearest(id, want)); err != nil {
		return nil, fmt.Errorf("captcha picture: %w", err)
	}
	return out.Bytes(), nil
}

// clearest is the best of several drawings of the same digits, in our colours.
func clearest(id string, want []byte) *image.Paletted {
	var best *image.Paletted
	most := -1
	for i := range drawings {
		drawn := captcha.NewImage(fmt.Sprint(id, "/", i), want, width, height).Paletted
		if n := len(drawn.Pix) - bytes.Count(drawn.Pix, []byte{0}); n > most {
			best, most = drawn, n
		}
	}
	for i := range best.Palette {
		best.Palette[i] = ink
	}
	best.Palette[0] = paper
	return best
}

// Sound is the captcha spoken in Chinese, as WAV.
func (d *Desk) Sound(ctx context.Context, id string) ([]byte, error) {
	want, err := d.read(ctx, id)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := captcha.NewAudio(id, want, "zh").WriteTo(&out); err != nil {
		return nil, fmt.Errorf("captcha sound: %w", err)
	}
	return out.Bytes(), nil
}

func (d *Desk) read(ctx context.Context, id string) ([]byte, error) {
	want, err := pg.One[[]byte](ctx, d.Pool, `SELECT digits FROM captcha WHERE id = @id AND expires_at > @now`,
		pg.Args{"id": id, "now": d.Now()})
	if pg.IsNoRows(err) {
		return nil, fault.New(fault.NotFound, "这组数字已经用过或者过期了。请在填数字的那一页按“换一张”。")
	}
	if err != nil {
		return nil, fmt.Errorf("captcha: %w", err)
	}
	return want, nil
}
