package main

import (
	"fmt"
	"io"
	"time"
)

// report prints the table of docs/design.md, section 5, line by line as the
// run goes on; a bar that was missed is marked and is not an error.
type report struct{ out io.Writer }

func newReport(out io.Writer) *report { return &report{out} }

func (o *report) head() {
	fmt.Fprintf(o.out, "%-14s %-6s %17s %17s %8s %6s  %-20s %-20s %-13s %-13s\n", "path", "rows", "ours", "bare", "ratio", "bar",
		"ours p50/p99/max ms", "bare p50/p99/max ms", "ours cpu µs", "bare cpu µs")
}

func (o *report) line(m measured) {
	fmt.Fprintf(o.out, "%-14s %-6s %8.0f/s %4d kB %8.0f/s %4d kB %8.2f %6.2f  %-20s %-20s %-13s %-13s%s\n", m.name, m.size,
		m.our.rate(), m.our.size()>>10, m.its.rate(), m.its.size()>>10, m.ratio(), m.bar, times(m.our), times(m.its),
		m.oursCost.each(len(m.our.took)), m.bareCost.each(len(m.its.took)), mark(m.ratio() >= m.bar))
	for who, r := range map[string]result{"ours": m.our, "bare": m.its} {
		if r.failed > 0 {
			fmt.Fprintf(o.out, "  %s failed %d times: %s\n", who, r.failed, r.fault)
		}
		if r.dry {
			fmt.Fprintf(o.out, "  %s: the prepared requests ran out after %v\n", who, r.elapsed.Round(time.Millisecond))
		}
	}
}

func times(r result) string {
	return fmt.Sprintf("%.1f / %.0f / %.0f", ms(r.at(0.5)), ms(r.at(0.99)), ms(r.at(1)))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func mark(kept bool) string {
	if kept {
		return ""
	}
	return "  << missed"
}

// mostGrowth is how much longer a request may take with ten times the rows.
const mostGrowth = 1.3

func (o *report) growth(small, large []measured) {
	for _, s := range small {
		for _, l := range large {
			if s.name == l.name && s.bar > 0 {
				grown := s.our.rate() / l.our.rate()
				fmt.Fprintf(o.out, "%-14s %s → %s: time × %.2f (bare × %.2f), bar ≤ %.1f%s\n", "growth", s.name, l.size, grown, s.its.rate()/l.its.rate(), mostGrowth, mark(grown <= mostGrowth))
			}
		}
	}
}

func (o *report) search(s searched) {
	p50, p99 := s.at(0.5), s.at(0.99)
	fmt.Fprintf(o.out, "%-14s %d pieces of 2–8 characters: p50 %.1f ms (bar ≤ 25), p99 %.1f ms (bar ≤ 500), worst %.1f ms%s\n", "search",
		len(s.took), ms(p50), ms(p99), ms(s.at(1)), mark(p50 <= 25*time.Millisecond && p99 <= 500*time.Millisecond && s.failed == 0))
	fmt.Fprintf(o.out, "%-14s recall against LIKE %d of %d, %d found beyond it%s\n", "", s.like-s.missed, s.like, s.beyond, mark(s.missed == 0))
	if s.failed > 0 {
		fmt.Fprintf(o.out, "  failed %d times: %s\n", s.failed, s.fault)
	}
}

func (o *report) memory(ready time.Duration, idle int, b busy) {
	fmt.Fprintf(o.out, "%-14s %v with its database, on a migrated one (bar ≤ 500 ms)%s\n", "ready", ready.Round(time.Millisecond), mark(ready <= time.Second/2))
	fmt.Fprintf(o.out, "%-14s %d MB idle (bar ≤ 64)%s, %d MB at the highest under mixed load with jobs (bar ≤ 256)%s\n", "memory",
		idle, mark(idle <= 64), b.memory, mark(b.memory <= 256))
	fmt.Fprintf(o.out, "%-14s %.0f/s, worst request %.0f ms (bar ≤ 1000)%s\n", "mixed load", b.rate(), ms(b.at(1)), mark(b.at(1) <= time.Second))
	if b.failed > 0 {
		fmt.Fprintf(o.out, "  failed %d times: %s\n", b.failed, b.fault)
	}
}
