package web

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
)

// unknown is for whom a form is closed up that does not say whose it is, such as one of a
// page from before forms said so: whoever sends it has it before them. It opens for
// anybody, so only while that may be the same person still.
const (
	unknown     = "-"
	unknownLife = 24 * time.Hour
)

// closed is what is closed up.
type closed struct {
	Carried
	At time.Time
}

// whose is who is signed in, in the word of the site; empty when nobody is.
func (a *App) whose(c *fiber.Ctx) string {
	if a.cfg.Whose == nil {
		return ""
	}
	return a.cfg.Whose(c)
}

// closedUp is a form as it goes through a door: for whose it is, and for nobody who sits
// down at the same computer and shows who they are instead.
func (a *App) closedUp(sent Carried, whose string) Carried {
	if a.cfg.Safe == nil {
		return sent
	}
	if whose == "" {
		whose = unknown
	}
	var plain bytes.Buffer
	press, _ := flate.NewWriter(&plain, flate.DefaultCompression) // fails for levels there are not
	err := json.NewEncoder(press).Encode(closed{sent, a.cfg.Now()})
	if err == nil {
		err = press.Close()
	}
	var sealed []byte
	if err == nil {
		sealed, err = a.cfg.Safe.Seal(whose, plain.Bytes())
	}
	if err != nil { // it goes through no door open
		a.cfg.Log.Error("carried form not closed up", slog.String("error", err.Error()))
		sent.Fields, sent.Lost = nil, true
		return sent
	}
	sent.Sealed = base64.RawURLEncoding.EncodeToString(sealed)
	return sent
}

// theirs tells that a form that is not acted on may be shown to who is signed in, and
// opens it where it came closed up.
func (a *App) theirs(c *fiber.Ctx, st *state) bool {
	me := a.whose(c)
	if st.carried == nil || a.cfg.Safe == nil {
		return st.whose == "" || me == "" || st.whose == me
	}
	if st.carried.Sealed == "" { // of a page from before forms were closed up, which says it all
		return true
	}
	for _, whose := range []string{me, unknown} {
		if sent, err := a.opened(st.carried.Sealed, whose); err == nil {
			st.carried = &sent
			return true
		}
	}
	return false
}

func (a *App) opened(carried, whose string) (sent Carried, err error) {
	sealed, err := base64.RawURLEncoding.DecodeString(carried)
	if err != nil {
		return sent, err
	}
	plain, err := a.cfg.Safe.Open(whose, sealed)
	if err != nil {
		return sent, err
	}
	var was closed
	if err := json.NewDecoder(io.LimitReader(flate.NewReader(bytes.NewReader(plain)), longLimit*2)).Decode(&was); err != nil {
		return sent, err
	}
	if whose == unknown && a.cfg.Now().Sub(was.At) >= unknownLife {
		return sent, errOthers
	}
	return was.Carried, nil
}
