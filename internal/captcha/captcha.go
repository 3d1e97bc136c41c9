// Package captcha asks for six digits, seen or heard, over a table of our own:
// any process may show, speak or use up any captcha, and each is used once.
package captcha

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
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

// size of the picture in pixels: twice what the page shows, for sharp screens.
const width, height = 240, 80

const digits = 6

// Desk makes and checks captchas.
type Desk struct {
	Pool   *pgxpool.Pool
	Now    func() time.Time
	Random io.Reader
}

// New draws a captcha and gives its id.
func (d *Desk) New(ctx context.Context) (string, error) {
	var raw [16]byte
	if _, err := io.ReadFull(d.Random, raw[:]); err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	id := hex.EncodeToString(raw[:])
	_, err := pg.Exec(ctx, d.Pool, `INSERT INTO captcha (id, digits, expires_at) VALUES (@id, @digits, @expires)`,
		pg.Args{"id": id, "digits": captcha.RandomDigits(digits), "expires": d.Now().Add(Life)})
	if err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	return id, nil
}

// Use checks an answer and uses the captcha up, right or wrong: one statement,
// so that two requests cannot both succeed with it.
func (d *Desk) Use(ctx context.Context, id, typed string) (bool, error) {
	want, err := pg.One[[]byte](ctx, d.Pool, `DELETE FROM captcha WHERE id = @id AND expires_at > @now RETURNING digits`,
		pg.Args{"id": id, "now": d.Now()})
	if pg.IsNoRows(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("captcha: %w", err)
	}
	got := []byte(form.DigitsOnly(typed))
	for i := range got {
		got[i] -= '0'
	}
	return subtle.ConstantTimeCompare(want, got) == 1, nil
}

// Picture is the captcha as PNG.
func (d *Desk) Picture(ctx context.Context, id string) ([]byte, error) {
	want, err := d.read(ctx, id)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := captcha.NewImage(id, want, width, height).WriteTo(&out); err != nil {
		return nil, fmt.Errorf("captcha picture: %w", err)
	}
	return out.Bytes(), nil
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
		return nil, fault.New(fault.NotFound, "这组数字已经用过或者过期了。请回到上一页，按“换一张”。")
	}
	if err != nil {
		return nil, fmt.Errorf("captcha: %w", err)
	}
	return want, nil
}
