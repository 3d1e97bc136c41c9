package web

import (
	"errors"
	"io"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
)

// Parts are the parts of a MultipartBody route after its token, in the order
// in which they arrive. Nothing of them touches a disk unless the handler puts
// it there; a part must be read before the next one is asked for.
type Parts struct{ r *multipart.Reader }

// Part is one field or file, to be read as it arrives.
type Part struct {
	Name     string // of the field
	FileName string // without folders; empty when the part is no file
	Type     string // what the sender says it is: a hint, never to be trusted
	body     io.Reader
}

// Upload gives the parts of this request.
func Upload(c *fiber.Ctx) *Parts { return stateOf(c).parts }

// Next is the next part, io.EOF after the last.
func (p *Parts) Next() (*Part, error) {
	part, err := p.r.NextPart()
	if err != nil {
		return nil, partError(err)
	}
	name, file := part.FormName(), part.FileName()
	if !isText(name) || !isText(file) {
		return nil, fiber.ErrBadRequest
	}
	return &Part{Name: name, FileName: file, Type: part.Header.Get(fiber.HeaderContentType), body: part}, nil
}

// Read gives the bytes of the part; an error says whose fault it is.
func (p *Part) Read(b []byte) (int, error) {
	n, err := p.body.Read(b)
	return n, partError(err)
}

// Value reads a part that is a field and not a file, of at most so many bytes.
func (p *Part) Value(most int64) (string, error) {
	text, err := io.ReadAll(io.LimitReader(p, most+1))
	switch {
	case err != nil:
		return "", err
	case int64(len(text)) > most:
		return "", tooLarge(most)
	case !isText(string(text)):
		return "", fiber.ErrBadRequest
	}
	return string(text), nil
}

// partError keeps the end and what counted said; all else is a bad request.
func partError(err error) error {
	if err == nil || err == io.EOF || errors.Is(err, errBody) || fault.Is(err, fault.TooLarge) {
		return err
	}
	return fiber.ErrBadRequest
}

// openParts reads no more than the token.
func (a *App) openParts(c *fiber.Ctx, st *state, r Route, boundary string) error {
	st.parts = &Parts{multipart.NewReader(st.body, boundary)}
	if r.NoToken != "" {
		return nil
	}
	part, err := st.parts.Next()
	if err == io.EOF {
		return a.checkToken(c, r, "")
	}
	if err != nil {
		return err
	}
	token, err := part.Value(200)
	if err != nil {
		return err
	}
	if part.Name != tokenField || part.FileName != "" {
		token = ""
	}
	st.took(token)
	return a.checkToken(c, r, token)
}
