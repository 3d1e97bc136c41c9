// Package view is the design system of both sites: the components that both show,
// and the only functions that write dates, money and counts. A component is a
// struct with typed fields that renders itself, so a page says
// @view.Timeline{Items: …} and the compiler checks every word of it.
// One that takes children is wrapped: @view.Around(view.Columns{…}) { … }.
package view

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/static"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// bufferKeep is the largest buffer worth keeping for the next page.
const bufferKeep = 1 << 20

// Show renders a component and sends it with the status already set. An error
// halfway sends nothing: the page is written to a buffer first.
func Show(c *fiber.Ctx, component templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer func() {
		if b.Cap() <= bufferKeep {
			buffers.Put(b)
		}
	}()
	page := labels{of: map[string]string{}, at: map[string]int{}}
	if err := component.Render(context.WithValue(c.UserContext(), labelsKey{}, &page), b); err != nil {
		return err
	}
	if err := page.put(c.UserContext(), b); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	// SetBody copies, unlike Send: the buffer goes back to the pool before the
	// answer is written.
	c.Response().SetBody(b.Bytes())
	return nil
}

// Favicon leads to the icon from the plain name that old browsers and readers of feeds
// ask for, whatever a page says.
func Favicon(c *fiber.Ctx) error {
	return c.Redirect(static.URL("favicon.ico"), fiber.StatusFound)
}

// Asset serves static files; mount it at GET /static/:name.
func Asset(c *fiber.Ctx) error {
	file, ok := static.Open(c.Params("name"))
	if !ok {
		return fault.New(fault.NotFound, "没有这个文件。")
	}
	c.Set(fiber.HeaderContentType, file.Type)
	c.Set(fiber.HeaderCacheControl, static.CacheControl)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if file.Gzip != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(file.Gzip)
	}
	return c.Send(file.Body)
}
