package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"

	shutdownTime = 30 * time.Second // for requests under way when the end comes
	lingerTime   = 2 * time.Second
	lingerBytes  = 16 << 20
)

// Serve answers on addr until ctx ends: then health turns red, requests under
// way get half a minute, and the listener closes.
func (a *App) Serve(ctx context.Context, addr string) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	return a.ServeListener(ctx, ln)
}

// ServeListener is Serve on a listener that is open already.
func (a *App) ServeListener(ctx context.Context, ln net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- a.fiber.Listener(lingering{ln}) }()
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-minute.C:
			a.forget()
		case <-ctx.Done():
			return a.shutdown(ln, ended)
		}
	}
}

func (a *App) shutdown(ln net.Listener, ended <-chan error) error {
	a.draining.Store(true)
	time.Sleep(a.cfg.Drain)
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	if err := a.fiber.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("some requests did not end in time: %w", err)
	}
	_ = ln.Close() // when the end came before the server had begun
	if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

func (a *App) forget() {
	for _, l := range a.limiters {
		l.Forget()
	}
	for _, r := range a.routes {
		if r.Soft != nil {
			r.Soft.Forget()
		}
	}
}

// health says that the process answers; red while it is going away.
func (a *App) health(c *fiber.Ctx) error {
	if a.draining.Load() {
		return unavailable(c, "正在停止\n")
	}
	if a.cfg.Beat != nil {
		return c.SendString("正常\n" + a.cfg.Beat(c.UserContext()) + "\n")
	}
	return c.SendString("正常\n")
}

func unavailable(c *fiber.Ctx, words string) error {
	c.Status(fiber.StatusServiceUnavailable)
	retryAfter(c, fiber.StatusServiceUnavailable, nil)
	return c.SendString(words)
}

// ready says that the work can be done, too.
func (a *App) ready(c *fiber.Ctx) error {
	if a.draining.Load() {
		return a.health(c)
	}
	if a.cfg.Ready != nil {
		if err := a.cfg.Ready(c.UserContext()); err != nil {
			a.cfg.Log.Warn("not ready", "error", err.Error())
			return unavailable(c, "还不能办事\n")
		}
	}
	return c.SendString("可以办事\n")
}

// lingering gives its connections a gentle end: closing while the peer still
// sends makes its network throw our answer away, so that the sender of a file
// that is too large would see a broken connection instead of the sentence.
type lingering struct{ net.Listener }

func (l lingering) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &lingerConn{Conn: conn}, nil
}

type lingerConn struct {
	net.Conn
	wanted atomic.Bool
}

// linger asks for the gentle end of this one connection.
func linger(conn net.Conn) {
	if l, ok := conn.(*lingerConn); ok {
		l.wanted.Store(true)
	}
}

// Close first ends our direction and lets the peer finish, within a bound.
func (l *lingerConn) Close() error {
	half, ok := l.Conn.(interface{ CloseWrite() error })
	if ok && l.wanted.Swap(false) && half.CloseWrite() == nil {
		_ = l.SetReadDeadline(time.Now().Add(lingerTime))
		_, _ = io.CopyN(io.Discard, l.Conn, lingerBytes)
	}
	return l.Conn.Close()
}
