package reliability

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sync/errgroup"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/pg"
)

const (
	kills     = 5
	betweenUs = 120 // receipts from one kill to the next
	clients   = 8
)

func TestKilledUnderLoadNothingAcceptedIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t)
	forms := o.prepare(t, ctx, (kills+3)*betweenUs)
	s := o.storm(ctx, forms)
	for i := range kills {
		s.await(t, int64(i+1)*betweenUs)
		if err := o.process.Kill(); err != nil {
			t.Fatal(err)
		}
		o.start(t, ctx)
	}
	s.await(t, (kills+1)*betweenUs)
	if err := syscall.Kill(o.postmaster(t), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := s.wait(); err != nil {
		t.Fatalf("%v\n%s", err, o.process.Said())
	}
	t.Logf("%d filings took %d sendings", len(forms), s.sent.Load())
	if s.sent.Load() == int64(len(forms)) {
		t.Error("no kill was felt by anybody: nothing was tested")
	}
	o.accepted(t, ctx, forms, s.receipts)
}

// postmaster is the process number of the private server.
func (o *office) postmaster(t *testing.T) int {
	t.Helper()
	server, err := pg.Locate(o.DatabaseDir())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(server.Dir(), "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// storm is many people filing at once.
type storm struct {
	receipts []running.Receipt
	sent     atomic.Int64
	passed   chan struct{} // one for each receipt
	seen     int64
	ended    chan struct{}
	err      error
}

func (o *office) storm(ctx context.Context, forms []running.Prepared) *storm {
	s := &storm{receipts: make([]running.Receipt, len(forms)), passed: make(chan struct{}, len(forms)), ended: make(chan struct{})}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(clients)
	go func() {
		defer close(s.ended)
		for i, form := range forms {
			group.Go(func() error {
				receipt, tries, err := o.insist(ctx, form)
				s.receipts[i] = receipt
				s.sent.Add(int64(tries))
				s.passed <- struct{}{}
				return err
			})
		}
		s.err = group.Wait()
	}()
	return s
}

// await returns when n receipts were seen.
func (s *storm) await(t *testing.T, n int64) {
	t.Helper()
	for ; s.seen < n; s.seen++ {
		select {
		case <-s.passed:
		case <-s.ended:
			t.Fatalf("the filings ended after %d: %v", s.seen, s.err)
		}
	}
}

func (s *storm) wait() error {
	<-s.ended
	return s.err
}
