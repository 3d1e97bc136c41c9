package captcha_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhengxin/internal/captcha"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// draft is whose captchas they are.
var draft = []byte("mine")

func desk(t *testing.T) (*captcha.Desk, *pgtest.DB, *time.Time) {
	db := pgtest.New(t)
	now := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	return &captcha.Desk{Pool: db.Portal, Now: func() time.Time { return now }, Random: rand.Reader}, db, &now
}

func answer(t *testing.T, db *pgtest.DB, id string) string {
	raw, err := pg.One[[]byte](t.Context(), db.Owner, `SELECT digits FROM captcha WHERE id = @id`, pg.Args{"id": id})
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw)
}

func TestARightAnswerWorksForOneOfManyAtOnce(t *testing.T) {
	t.Parallel()
	d, db, _ := desk(t)
	id, err := d.New(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	typed := answer(t, db, id)
	var wins atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if ok, err := d.Use(t.Context(), captcha.Answer{ID: id, Typed: typed, Draft: draft}); err == nil && ok {
				wins.Add(1)
			}
		})
	}
	all.Wait()
	if wins.Load() != 1 {
		t.Errorf("%d of 8 succeeded", wins.Load())
	}
}

func TestAWrongAnswerUsesTheCaptchaUp(t *testing.T) {
	t.Parallel()
	d, db, _ := desk(t)
	id, _ := d.New(t.Context(), draft)
	typed := answer(t, db, id)
	for _, wrong := range []string{"", "x", "12345678901234567890", "０"} {
		id, _ := d.New(t.Context(), draft)
		if ok, err := d.Use(t.Context(), captcha.Answer{ID: id, Typed: wrong, Draft: draft}); ok || err != nil {
			t.Errorf("%q: %v %v", wrong, ok, err)
		}
	}
	if ok, _ := d.Use(t.Context(), captcha.Answer{ID: id, Typed: "000000x", Draft: draft}); ok {
		t.Error("wrong was right")
	}
	if ok, _ := d.Use(t.Context(), captcha.Answer{ID: id, Typed: typed, Draft: draft}); ok {
		t.Error("a captcha was used twice")
	}
}

func TestFullWidthDigitsCountAndAnOldCaptchaDoesNot(t *testing.T) {
	t.Parallel()
	d, db, now := desk(t)
	id, _ := d.New(t.Context(), draft)
	var wide []rune
	for _, r := range answer(t, db, id) {
		wide = append(wide, r-'0'+'０')
	}
	if ok, err := d.Use(t.Context(), captcha.Answer{ID: id, Typed: " " + string(wide), Draft: draft}); !ok || err != nil {
		t.Errorf("full width: %v %v", ok, err)
	}
	id, _ = d.New(t.Context(), draft)
	typed := answer(t, db, id)
	*now = now.Add(captcha.Life)
	if ok, _ := d.Use(t.Context(), captcha.Answer{ID: id, Typed: typed, Draft: draft}); ok {
		t.Error("an expired captcha was accepted")
	}
	if _, err := d.Picture(t.Context(), id); !fault.Is(err, fault.NotFound) {
		t.Errorf("picture of an expired captcha: %v", err)
	}
}

func TestItIsSeenAndHeard(t *testing.T) {
	t.Parallel()
	d, _, _ := desk(t)
	id, _ := d.New(t.Context(), draft)
	picture, err := d.Picture(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	// Dark ink on opaque white, whatever stands under the picture: 16 to 1.
	colours := map[color.RGBA]int{}
	for y := range drawn.Bounds().Dy() {
		for x := range drawn.Bounds().Dx() {
			colours[color.RGBAModel.Convert(drawn.At(x, y)).(color.RGBA)]++
		}
	}
	if len(colours) != 2 || colours[color.RGBA{255, 255, 255, 255}] < colours[color.RGBA{27, 31, 35, 255}] || colours[color.RGBA{27, 31, 35, 255}] < 4000 {
		t.Errorf("the colours are %v", colours)
	}
	if again, err := d.Picture(t.Context(), id); err != nil || !bytes.Equal(again, picture) {
		t.Errorf("asked for again it is another picture: %v", err)
	}
	sound, err := d.Sound(t.Context(), id)
	if err != nil || !bytes.HasPrefix(sound, []byte("RIFF")) {
		t.Errorf("sound of %d bytes, %v", len(sound), err)
	}
}

func TestACaptchaIsAnsweredByItsOwnDraft(t *testing.T) {
	t.Parallel()
	d, db, _ := desk(t)
	id, err := d.New(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	right := captcha.Answer{ID: id, Typed: answer(t, db, id), Draft: []byte("another's")}
	if ok, err := d.Use(t.Context(), right); ok || !errors.Is(err, captcha.ErrGone) {
		t.Errorf("another draft: %t, %v", ok, err)
	}
	right.Draft = draft
	if ok, err := d.Use(t.Context(), right); !ok || err != nil {
		t.Errorf("its own, which the other did not use up: %t, %v", ok, err)
	}
}

func TestNoDigitIsDrawnThatIsMistakenForAnother(t *testing.T) {
	t.Parallel()
	d, db, _ := desk(t)
	seen := map[rune]int{}
	for range 60 {
		id, err := d.New(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		digits := answer(t, db, id)
		if len(digits) != 6 || strings.Trim(digits, "234579") != "" {
			t.Fatalf("drawn: %q", digits)
		}
		for _, digit := range digits {
			seen[digit]++
		}
	}
	for _, digit := range "234579" {
		if n := seen[digit]; n < 20 || n > 120 { // 60 of 360 each; these bounds are six deviations off
			t.Errorf("%c is drawn %d times of 360", digit, n)
		}
	}
}

func TestADigitReadAsItsLookAlikeIsRight(t *testing.T) {
	t.Parallel()
	d, db, _ := desk(t)
	for _, tt := range []struct {
		misread *strings.Replacer
		right   bool
	}{
		{strings.NewReplacer("7", "1"), true}, {strings.NewReplacer("3", "8"), true}, {strings.NewReplacer("5", "6"), true}, {strings.NewReplacer("7", "1", "3", "8", "5", "6"), true},
		{strings.NewReplacer("7", "2", "3", "2", "5", "2", "4", "2", "9", "2", "2", "4"), false}, {strings.NewReplacer("2", "0", "3", "0", "4", "0", "5", "0", "7", "0", "9", "0"), false},
	} {
		id, err := d.New(t.Context(), draft)
		if err != nil {
			t.Fatal(err)
		}
		typed := tt.misread.Replace(answer(t, db, id))
		if got, err := d.Use(t.Context(), captcha.Answer{ID: id, Typed: typed, Draft: draft}); err != nil || got != tt.right {
			t.Errorf("typed %s: %t, %v", typed, got, err)
		}
	}
}
