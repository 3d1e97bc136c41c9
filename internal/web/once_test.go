package web_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"testing"
	"testing/iotest"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// TestAFormTokenComesBackAsItWasDrawn or it is none: what is cut, padded or made up is
// told apart before anybody asks whether it was used.
func TestAFormTokenComesBackAsItWasDrawn(t *testing.T) {
	t.Parallel()
	token, err := web.NewFormToken(rand.Reader)
	if err != nil || len(token) != 16 {
		t.Fatalf("%d bytes, %v", len(token), err)
	}
	cfg, _ := config(t)
	app := web.New(cfg)
	var got web.FormToken
	var ok bool
	app.Mount([]web.Route{web.Get("/form", showForm), web.Post("/form", func(c *fiber.Ctx) error {
		got, ok = web.Form(c).FormToken()
		return c.SendString("")
	})})
	visitor := webtest.New(app, cfg.URL)
	csrf := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	for typed, want := range map[string]bool{
		token.String(): true, "": false, token.String()[:20]: false, token.String() + "AA": false, token.String() + "==": false, "不是": false, " " + token.String(): false,
	} {
		visitor.Post(t, "/form", url.Values{"_csrf": {csrf}, "form_token": {typed}}).Want(t, 200)
		if ok != want || ok && !bytes.Equal(got, token) {
			t.Errorf("%q is read as %q, %v", typed, got, ok)
		}
	}
}

// Drafts of the portal hold theirs as JSON; those that were begun before must be read.
func TestAFormTokenIsKeptAsBytesAre(t *testing.T) {
	t.Parallel()
	token, err := web.NewFormToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := json.Marshal([]byte(token))
	if err != nil {
		t.Fatal(err)
	}
	var read web.FormToken
	if err := json.Unmarshal(kept, &read); err != nil || !bytes.Equal(read, token) {
		t.Errorf("%s is read as %v, %v", kept, read, err)
	}
	if again, err := json.Marshal(read); err != nil || !bytes.Equal(again, kept) {
		t.Errorf("%s is kept as %s, %v", kept, again, err)
	}
}

func TestNoTokenIsDrawnWithoutRandomness(t *testing.T) {
	t.Parallel()
	for _, random := range []io.Reader{iotest.ErrReader(errors.New("none")), bytes.NewReader(make([]byte, 15))} {
		if token, err := web.NewFormToken(random); err == nil || token != nil {
			t.Errorf("%v, %v", token, err)
		}
	}
}
