// Command bench measures the office on this machine against a bare program of
// its own: same libraries, same database server, same load generator, taking
// turns in one run. It prints ratios, marks the bars that were missed and says
// nothing about other machines. Everything it makes is gone afterwards.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	run := runBench
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "bare" {
		run, args = runBare, args[1:]
	}
	if err := run(ctx, args); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are the flags.
type settings struct {
	small, large int
	lists        int
	each         time.Duration
	profile      string
	only         string
	try          string
	hold         bool
	texts        string
}

func runBench(ctx context.Context, args []string) (err error) {
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&s.small, "small", 10_000, "complaints at first")
	flags.IntVar(&s.large, "large", 100_000, "complaints at the end")
	flags.IntVar(&s.lists, "lists", 1_000_000, "complaints in the larger of the two databases for the desk's lists")
	flags.DurationVar(&s.each, "each", 6*time.Second, "time for each program in each case")
	flags.StringVar(&s.only, "only", "", "measure only paths with this in their name")
	flags.StringVar(&s.try, "try", "", "file of SQL to change the database with before it is measured")
	flags.BoolVar(&s.hold, "hold", false, "measure nothing: fill the database, say where it is and wait for Ctrl-C")
	flags.StringVar(&s.texts, "texts", cmp.Or(os.Getenv("ZHENGXIN_BENCH_TEXTS"), "../shared/data"), "folder of labelled texts, on which suggestions are measured")
	flags.StringVar(&s.profile, "profile", "", "folder for CPU profiles of ours")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	out := newReport(os.Stdout)
	if strings.Contains("suggestion", s.only) {
		if err := out.suggestions(s.texts); err != nil {
			return err
		}
		if s.only == "suggestion" {
			return nil
		}
	}
	r, err := newRig(ctx, s.profile)
	if r != nil {
		defer func() { err = errors.Join(err, r.close()) }()
	}
	if err != nil {
		return err
	}
	r.try = s.try
	if err := r.bench(ctx, s, out); err != nil {
		return fmt.Errorf("%w%s", err, r.said())
	}
	return nil
}

// bench is the order of everything.
func (r *rig) bench(ctx context.Context, s settings, out *report) error {
	ready, idle, err := r.first(ctx)
	if err != nil {
		return err
	}
	if err := r.database(ctx); err != nil {
		return err
	}
	seeds, err := newSeeder(ctx, r.url())
	if err != nil {
		return err
	}
	if s.hold && s.only != "lists" {
		return r.hold(ctx, seeds, s.large)
	}
	out.head()
	if err := seeds.grow(ctx, s.small); err != nil {
		return err
	}
	if strings.Contains("lists", s.only) {
		if err := r.lists(ctx, s, out); err != nil || s.only == "lists" {
			return err
		}
	}
	small, err := r.atSize(ctx, s, s.small, out)
	if err != nil {
		return err
	}
	if err := seeds.grow(ctx, s.large-s.small); err != nil {
		return err
	}
	if err := seeds.finish(ctx); err != nil {
		return err
	}
	if strings.Contains("search", s.only) { // before anything is filed that no worker has indexed
		if err := r.searching(ctx, out); err != nil {
			return err
		}
	}
	large, err := r.atSize(ctx, s, s.large, out)
	if err != nil {
		return err
	}
	out.growth(small, large)
	if s.only != "" {
		return nil
	}
	busy, err := r.mixed(ctx, s.each)
	if err != nil {
		return err
	}
	out.memory(ready, idle, busy)
	return nil
}

// hold keeps a filled database up for somebody with questions of their own,
// such as EXPLAIN at a million rows.
func (r *rig) hold(ctx context.Context, seeds *seeder, rows int) error {
	if err := errors.Join(seeds.grow(ctx, rows), seeds.finish(ctx)); err != nil {
		return err
	}
	fmt.Printf("%d complaints in %s\n", rows, r.url())
	<-ctx.Done()
	return nil
}

// atSize measures every path with the database as it is now.
func (r *rig) atSize(ctx context.Context, s settings, rows int, out *report) ([]measured, error) {
	size := fmt.Sprintf("%d k", rows/1000)
	if err := r.sites(ctx); err != nil {
		return nil, err
	}
	sizes, err := r.sizes(ctx, s.only)
	if err != nil {
		return nil, err
	}
	if err := r.bare(ctx, sizes); err != nil {
		return nil, err
	}
	paths, err := r.reading(ctx)
	if err != nil {
		return nil, err
	}
	if rows == s.large {
		filing, err := r.filing(ctx, int(s.each.Seconds()*filingsPerSecond))
		if err != nil {
			return nil, err
		}
		paths = append(paths, filing)
	}
	var all []measured
	for _, p := range chosen(paths, s.only) {
		m, err := r.measure(ctx, p, size, s.each)
		if err != nil {
			return nil, err
		}
		out.line(m)
		all = append(all, m)
	}
	return all, r.halt()
}

// filingsPerSecond is more than this machine can file.
const filingsPerSecond = 2000

func (r *rig) searching(ctx context.Context, out *report) error {
	if _, _, err := r.start(ctx, "admin", r.Admin); err != nil {
		return err
	}
	found, err := r.search(ctx)
	if err != nil {
		return err
	}
	out.search(found)
	return r.halt()
}
