package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The bare program is what the office is measured against: the same libraries
// doing nothing but the work itself: the same rows read and written by one
// statement, identities sealed, one page of as many bytes as ours. No session,
// no right, no check, no chain, no header, no log.

type bareLink struct{ href, label string }

var bareLinks = []bareLink{
	{"/", "首页"}, {"/complaints/new", "我要投诉"}, {"/track", "查询进度"}, {"/notices", "公示公告"}, {"/units", "单位"}, {"/statistics", "统计"}, {"/help", "帮助"},
}

type barePage struct {
	title  string
	filler []bareItem
}

// bareItem fills a page up to the bytes of ours, as an element with a link and
// two texts: a page is made of elements, and one long constant would be a file.
type bareItem struct{ href, label, words string }

// bareServer has a page of each kind, padded to the bytes of ours.
type bareServer struct {
	pool                                  *pgxpool.Pool
	public, filed, status, desk, filtered barePage
}

// runBare is the subcommand.
func runBare(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bare", flag.ContinueOnError)
	addr, url := flags.String("addr", "", "where to listen"), flags.String("database", "", "URL")
	var sizes pageSizes
	flags.IntVar(&sizes.public, "public", 0, "bytes")
	flags.IntVar(&sizes.filed, "filed", 0, "bytes")
	flags.IntVar(&sizes.status, "status", 0, "bytes")
	flags.IntVar(&sizes.desk, "desk", 0, "bytes")
	flags.IntVar(&sizes.filtered, "filtered", 0, "bytes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	config, err := pgxpool.ParseConfig(*url)
	if err != nil {
		return err
	}
	config.MaxConns = connections
	s := &bareServer{}
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	s.pad(sizes)
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		fmt.Fprintln(os.Stderr, "bare:", err) // shown when the run fails
		return c.SendStatus(fiber.StatusInternalServerError)
	}})
	app.Get("/readyz", func(c *fiber.Ctx) error { return s.pool.Ping(c.UserContext()) })
	app.Get("/", func(c *fiber.Ctx) error { return send(c, barePublic(s.public)) })
	static, err := rendered(barePublic(s.public))
	if err != nil {
		return err
	}
	app.Get("/static", func(c *fiber.Ctx) error { return c.Type("html").Send(static) })
	app.Get("/complaints", s.list)
	app.Get("/complaints/:number", s.read)
	app.Post("/complaints", s.file)
	context.AfterFunc(ctx, func() { _ = app.Shutdown() })
	return app.Listen(*addr)
}

// pageSizes are the bytes of our pages.
type pageSizes struct{ public, filed, status, desk, filtered int }

func (s pageSizes) flags() []string {
	return []string{"-public", fmt.Sprint(s.public), "-filed", fmt.Sprint(s.filed), "-status", fmt.Sprint(s.status), "-desk", fmt.Sprint(s.desk), "-filtered", fmt.Sprint(s.filtered)}
}

// Bytes of a bare page without its filler, roughly; the report shows both.
const (
	bareFrame     = 1000
	bareTimeline  = 900
	bareTableRows = 50 * 290
	bareItemBytes = 136
)

func (s *bareServer) pad(to pageSizes) {
	page := func(title string, size, own int) barePage {
		item := bareItem{"/help/a-page-of-its-own", "怎样投诉", "收到以后一个工作日内登记。"}
		return barePage{title, slices.Repeat([]bareItem{item}, max(0, size-own)/bareItemBytes)}
	}
	s.public = page("政务诚信投诉监督平台", to.public, bareFrame)
	s.filed = page("投诉已收到", to.filed, bareFrame)
	s.status = page("查询进度", to.status, bareFrame+bareTimeline)
	s.desk = page("投诉", to.desk, bareFrame+bareTableRows)
	s.filtered = page("投诉", to.filtered, bareFrame+bareTableRows)
}

func send(c *fiber.Ctx, page templ.Component) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return page.Render(c.UserContext(), c.Response().BodyWriter())
}

// rendered is a page as a file would hold it: the most that any program serves.
func rendered(page templ.Component) ([]byte, error) {
	var b bytes.Buffer
	err := page.Render(context.Background(), &b)
	return b.Bytes(), err
}
