package pgtest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// SentFolder names the folder where every test program writes down which
// statements it sent. Without it nothing is written.
const SentFolder = "ZHENGXIN_TEST_SENT"

// Sent is a statement that a test sent through one of its pools, as its text
// stands in the source: arguments by name.
type Sent struct {
	Role string // pg.RolePortal …; empty for the owner
	SQL  string
	By   string // the function that sent it first, with its file and line
	Test bool   // that function is a test's own
}

// listener hears what the pool of a role sends.
type listener string

func (l listener) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	sent.hear(os.Getenv(SentFolder), string(l), d.SQL)
	return ctx
}

func (l listener) TraceBatchStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	for _, q := range d.Batch.QueuedQueries {
		sent.hear(os.Getenv(SentFolder), string(l), q.SQL)
	}
	return ctx
}

func (listener) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData)     {}
func (listener) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (listener) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

// sent is what this process has sent.
var sent = &book{heard: map[Sent]bool{}}

type book struct {
	mu    sync.Mutex
	heard map[Sent]bool // without By
	file  *os.File
}

// hear writes a statement down when a role sends it for the first time, and once
// more when the program sends what only a test had.
func (b *book) hear(folder, role, sql string) {
	if folder == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.heard[Sent{Role: role, SQL: sql}] {
		return
	}
	s := Sent{Role: role, SQL: sql}
	s.By, s.Test = sender()
	if b.heard[Sent{Role: role, SQL: sql, Test: s.Test}] {
		return
	}
	b.heard[Sent{Role: role, SQL: sql, Test: s.Test}] = true
	if err := b.write(folder, s); err != nil {
		panic(err) // a run that loses statements would be taken for one that never sent them
	}
}

func (b *book) write(folder string, s Sent) (err error) {
	if b.file == nil {
		if b.file, err = os.CreateTemp(folder, "*.json"); err != nil {
			return err
		}
	}
	line, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = b.file.Write(append(line, '\n'))
	return err
}

// sender is the function of ours that sends now, not that by which it sends.
func sender() (by string, test bool) {
	stack := make([]uintptr, 64)
	frames := runtime.CallersFrames(stack[:runtime.Callers(3, stack)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "zhengxin/") && !strings.HasSuffix(f.File, "/internal/pg/pg.go") && !strings.HasSuffix(f.File, "/internal/pgtest/sent.go") {
			name := filepath.Base(f.Function)
			return fmt.Sprintf("%s (%s:%d)", name, filepath.Base(f.File), f.Line),
				strings.HasSuffix(f.File, "_test.go") || strings.HasPrefix(name, "complainttest.")
		}
		if !more {
			return "", false
		}
	}
}

// ReadSent is everything that the test programs of a run have written down.
func ReadSent(folder string) (all []Sent, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var s Sent
			if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			all = append(all, s)
		}
		if err := lines.Err(); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no test has written down what it sent")
	}
	return all, nil
}
