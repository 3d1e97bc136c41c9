package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

const (
	maxFields   = 200      // of one form
	spareFields = 16       // a door's own, beside those it carries
	spare       = 64 << 10 // of a refused body that we still read so as to keep the connection
)

// errBody marks a body that did not arrive whole: the peer's fault, not ours.
var errBody = errors.New("the body did not arrive")

// counted is a request's body that ends at its limit. Fiber's own limit is off
// while bodies are streamed, and a chunked body declares no length at all, so
// the bytes are counted as they come.
type counted struct {
	c     *fiber.Ctx
	r     io.Reader
	left  int64 // within the limit
	limit int64
	owed  int64     // still to come of what was declared; negative when chunked
	until time.Time // zero: the connection's own deadline holds
	ended bool
	err   error
}

// Read gives what is within the limit, then an error of kind TooLarge.
func (b *counted) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	b.patience()
	n, err := b.r.Read(p)
	b.left -= int64(n)
	b.owed -= int64(n)
	switch {
	case b.left < 0:
		b.err = tooLarge(b.limit)
		return 0, b.err
	case err == io.EOF && b.owed > 0:
		// fasthttp calls it an end when the line goes dead half way.
		b.err = fmt.Errorf("%w: %w", errBody, io.ErrUnexpectedEOF)
	case err == io.EOF:
		b.ended, b.err = true, io.EOF
	case err != nil:
		b.err = fmt.Errorf("%w: %w", errBody, err)
	}
	return n, b.err
}

// patience lets a slow route take its time as long as bytes keep coming.
func (b *counted) patience() {
	if b.until.IsZero() {
		return
	}
	next := time.Now().Add(readTimeout)
	if next.After(b.until) {
		next = b.until
	}
	_ = b.c.Context().SetReadDeadline(next)
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "这次交来的内容超过了 %s 的上限，没有收下，也没有保存。", size(limit))
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}

// Body is the body of a RawBody route, within the route's limit.
func Body(c *fiber.Ctx) io.Reader {
	if b := stateOf(c).body; b != nil {
		return b
	}
	return strings.NewReader("")
}

// read opens the body of a POST, takes a form in and asks for its token.
func (a *App) read(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		st := stateOf(c)
		if int64(c.Request().Header.ContentLength()) > r.Limit {
			return tooLarge(r.Limit)
		}
		st.body = &counted{c: c, r: strings.NewReader(""), left: r.Limit, limit: r.Limit,
			owed: int64(c.Request().Header.ContentLength())}
		if s := c.Context().RequestBodyStream(); s != nil {
			st.body.r = s
		}
		st.door = r.Door
		if r.Slow > 0 {
			st.body.until = time.Now().Add(r.Slow)
		}
		if done, err := a.answerUndone(c, r, a.open(c, st, r)); done || err != nil {
			return err
		}
		return c.Next()
	}
}

func (a *App) open(c *fiber.Ctx, st *state, r Route) error {
	kind, params, err := mime.ParseMediaType(string(c.Request().Header.ContentType()))
	switch {
	case r.Body == RawBody:
		return nil
	case err == nil && kind == "application/x-www-form-urlencoded" && (r.Body == FormBody || r.Body == MultipartBody && a.ours(c)):
		// Through a door every form comes in this way.
		if err := a.openForm(c, st, r); r.Body == FormBody || st.carried != nil || err != nil && !errors.Is(err, errForeign) {
			return err
		}
	case err == nil && r.Body == MultipartBody && kind == "multipart/form-data" && params["boundary"] != "":
		return a.openParts(c, st, r, params["boundary"])
	case r.Body == FormBody && c.Request().Header.ContentLength() == 0:
		return a.checkToken(c, r, "") // a form without fields: only the token can be missing
	}
	return fiber.ErrUnsupportedMediaType
}

func (a *App) openForm(c *fiber.Ctx, st *state, r Route) error {
	raw, err := io.ReadAll(st.body)
	if err != nil {
		return err
	}
	text := string(raw)
	if n := strings.Count(text, "&"); n >= maxFields && !(r.Door && n < maxFields+spareFields) {
		return fault.New(fault.TooLarge, "这张表的格子太多（最多 %d 个），没有收下，也没有保存。", maxFields)
	}
	values, err := st.parseForm(text)
	if err != nil {
		return err
	}
	st.took(values.Get(tokenField))
	values.drop(tokenField) // it must not wander into drafts with the rest
	st.form, st.carried = unpack(values)
	if st.carried != nil && st.carried.Sealed != "" {
		st.carried.Fields = nil // beside what is closed up nothing else is believed
	}
	return a.checkToken(c, r, st.token)
}

// parseForm reads the fields in their order, and drops what pasting brings.
func (st *state) parseForm(text string) (Values, error) {
	all := Values{v: url.Values{}}
	for pair := range strings.SplitSeq(text, "&") {
		if strings.Contains(pair, ";") {
			return all, fiber.ErrBadRequest // as url.ParseQuery has it
		}
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return all, fiber.ErrBadRequest
		}
		value, err = url.QueryUnescape(value)
		if err != nil || !isText(name) {
			return all, fiber.ErrBadRequest
		}
		if !strings.Contains(name, "password") { // a secret is nobody's to change
			var dropped []rune
			value, dropped = form.Pasted(value)
			st.dropped = append(st.dropped, dropped...)
		}
		if !isText(value) {
			return all, fiber.ErrBadRequest
		}
		all.add(name, value)
	}
	return all, nil
}

// finish makes sure that no byte of a body is ever taken for the next request:
// either all of it was read, or the connection ends with this answer.
func finish(c *fiber.Ctx, st *state) {
	stream := c.Context().RequestBodyStream()
	if stream == nil || (st.body != nil && st.body.ended) {
		return
	}
	length := c.Request().Header.ContentLength()
	broken := st.body != nil && st.body.err != nil
	if !broken && length >= 0 && length <= spare {
		// Most of a small body is here already. A peer that holds the rest back
		// runs into the connection's deadline, and only it waits.
		if n, err := io.Copy(io.Discard, io.LimitReader(stream, spare+1)); err == nil && n <= spare {
			return
		}
	}
	c.Context().SetConnectionClose()
	linger(c.Context().Conn())
}

// isTimeout reports that the peer was too slow with its body.
func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}
