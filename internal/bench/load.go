package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"zhengxin/internal/bench/running"
)

// connections is how many the load generator holds open, fixed: it measures
// what a server does for visitors that wait for their answers.
const connections = 16

// ask is one request as bytes, and the status that is right for it.
type ask struct {
	bytes  []byte
	status int
}

// next gives a connection its next request; false ends it.
type next func(conn int) (ask, bool)

// result is what came of a load.
type result struct {
	took    []time.Duration // of every request, ascending after sum
	elapsed time.Duration
	failed  int
	fault   string // of one failure
	bytes   int64
	dry     bool // the prepared requests ran out before the time
}

// load sends requests over keep-alive connections until the time is up.
func load(ctx context.Context, addr string, d time.Duration, n next) result {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	parts := make([]result, connections)
	var all sync.WaitGroup
	began := time.Now()
	for i := range parts {
		all.Go(func() { parts[i] = drive(ctx, addr, i, n) })
	}
	all.Wait()
	whole := result{elapsed: time.Since(began)}
	for _, p := range parts {
		whole.add(p)
	}
	slices.Sort(whole.took)
	return whole
}

// add takes another part in; the elapsed times are the caller's affair.
func (r *result) add(p result) {
	r.took = append(r.took, p.took...)
	r.failed += p.failed
	r.bytes += p.bytes
	r.dry = r.dry || p.dry
	if p.fault != "" {
		r.fault = p.fault
	}
}

// rate is how many good answers came in a second.
func (r result) rate() float64 { return float64(len(r.took)) / r.elapsed.Seconds() }

// at is the time that a share of the requests kept within.
func (r result) at(share float64) time.Duration {
	if len(r.took) == 0 {
		return 0
	}
	return r.took[min(int(share*float64(len(r.took))), len(r.took)-1)]
}

// size is the mean length of an answer.
func (r result) size() int64 { return r.bytes / int64(max(len(r.took), 1)) }

// drive is one connection.
func drive(ctx context.Context, addr string, i int, n next) (r result) {
	var c *conn
	defer func() { c.close() }()
	for ctx.Err() == nil {
		if c == nil {
			var err error
			if c, err = dial(addr); err != nil {
				r.failed, r.fault = r.failed+1, err.Error()
				return r
			}
		}
		q, ok := n(i)
		if !ok {
			r.dry = true
			return r
		}
		began := time.Now()
		status, size, err := c.do(q.bytes)
		took := time.Since(began)
		if err != nil || status != q.status {
			r.failed++
			r.fault = fmt.Sprintf("status %d instead of %d, %v", status, q.status, err)
		} else {
			r.took, r.bytes = append(r.took, took), r.bytes+int64(size)
		}
		if err != nil {
			c.close()
			c = nil
		}
	}
	return r
}

// conn is a connection that reads no more of an answer than it must, so that
// the generator takes little of the two cores from what it measures.
type conn struct {
	net.Conn
	in *bufio.Reader
}

func dial(addr string) (*conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &conn{c, bufio.NewReaderSize(c, 64<<10)}, nil
}

func (c *conn) close() {
	if c != nil {
		_ = c.Conn.Close()
	}
}

// answerTime bounds the wait for one answer.
const answerTime = 20 * time.Second

var (
	lengthHead = []byte("Content-Length: ") // as fasthttp writes it
	errLength  = errors.New("the answer does not tell its length")
)

// do sends a request and reads the answer away.
func (c *conn) do(request []byte) (status, size int, err error) {
	if err := c.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return 0, 0, err
	}
	if _, err := c.Write(request); err != nil {
		return 0, 0, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return 0, 0, fmt.Errorf("answer begins %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	size = -1
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return status, 0, err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, lengthHead); ok {
			if size, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return status, 0, err
			}
		}
	}
	if size < 0 {
		return status, 0, errLength
	}
	_, err = io.CopyN(io.Discard, c.in, int64(size))
	return status, size, err
}

// get is a request without a body.
func get(addr, path, cookie string) []byte { return request("GET", addr, path, cookie, "") }

// request is a whole request as a browser would send it, its own name left out.
// Each says another address behind the office's proxy, as visitors have.
func request(method, addr, path, cookie, form string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\nAccept-Language: zh-CN,zh;q=0.9\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0) Chrome/130\r\n", method, path, addr)
	fmt.Fprintf(&b, "X-Forwarded-For: %s\r\n", running.Address())
	if cookie != "" {
		fmt.Fprintf(&b, "Cookie: %s\r\n", cookie)
	}
	if method == "POST" {
		fmt.Fprintf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(form))
	}
	fmt.Fprintf(&b, "\r\n%s", form)
	return b.Bytes()
}
