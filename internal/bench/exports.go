package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/web"
)

// exported is a list that left as a workbook.
type exported struct {
	rows, bytes int
	took        time.Duration
	before      int // MB that the process held at its highest when nothing had left yet
	highest     int // and after
}

// exports takes all complaints of either database out as a workbook, each from a desk that has
// done nothing else: what a desk ever held is what its kernel says.
func (r *rig) exports(ctx context.Context, s settings, out *report) error {
	var both [2]exported
	for i, name := range []string{fewDatabase, manyDatabase} {
		desk, p, err := r.listDesk(ctx, name)
		if err != nil {
			return err
		}
		both[i].rows = min(s.small, exportMost)
		if i == 1 {
			both[i].rows = min(s.lists, exportMost)
		}
		err = desk.export(ctx, p, &both[i])
		desk.close()
		if err == nil {
			err = r.halt()
		}
		if err != nil {
			return fmt.Errorf("export of %d: %w", both[i].rows, err)
		}
	}
	out.exports(both)
	return nil
}

// exportMost is how many one file may have.
const exportMost = 100_000

func (a *asker) export(ctx context.Context, p *running.Process, e *exported) (err error) {
	if _, err := a.ask(listed{login: "supervisor", query: url.Values{}}); err != nil {
		return err
	}
	if e.before, err = memory(p, "VmHWM"); err != nil {
		return err
	}
	secret := strings.TrimPrefix(a.cookies["supervisor"], "zx_staff=")
	form := url.Values{"_csrf": {web.Token(secret)}}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+a.at+"/complaints.xlsx?view=all", strings.NewReader(form))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Cookie", a.cookies["supervisor"])
	began := time.Now()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	e.took, e.bytes = time.Since(began), int(n)
	e.highest, err = memory(p, "VmHWM")
	return err
}

// mostExport is how much more memory ten times the rows may need.
const mostExport = 1.3

func (o *report) exports(both [2]exported) {
	for _, e := range both {
		fmt.Fprintf(o.out, "%-14s %d rows as XLSX, %d kB: %v, %.0f µs a row; %d MB at the highest, %d before\n", "export", e.rows, e.bytes>>10,
			e.took.Round(time.Millisecond), float64(e.took.Microseconds())/float64(e.rows), e.highest, e.before)
	}
	grown := float64(both[1].highest) / float64(both[0].highest)
	fmt.Fprintf(o.out, "%-14s memory × %.2f, bar ≤ %.1f%s\n", "export", grown, mostExport, mark(grown <= mostExport))
}
