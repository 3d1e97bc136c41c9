package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// clockTick is what /proc counts processor time in.
const clockTick = 10 * time.Millisecond

// spent is processor time. It hardly minds who else uses the machine, which a
// rate does.
type spent struct{ program, database time.Duration }

func (s spent) minus(o spent) spent { return spent{s.program - o.program, s.database - o.database} }
func (s spent) plus(o spent) spent  { return spent{s.program + o.program, s.database + o.database} }

// each is the time of one request in microseconds.
func (s spent) each(requests int) string {
	n := time.Duration(max(requests, 1))
	return fmt.Sprintf("%d + %d", (s.program / n).Microseconds(), (s.database / n).Microseconds())
}

// spentBy reads the processor time of a program and of the whole database.
func (r *rig) spentBy(program int) spent {
	var s spent
	s.program, _, _ = cpuOf(program)
	raw, _ := os.ReadFile(filepath.Join(r.server.Dir(), "data", "postmaster.pid"))
	line, _, _ := strings.Cut(string(raw), "\n")
	postmaster, _ := strconv.Atoi(line)
	own, ended, _ := cpuOf(postmaster)
	s.database = own + ended
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		pid, _ := strconv.Atoi(filepath.Base(dir))
		if own, _, parent := cpuOf(pid); parent == postmaster {
			s.database += own
		}
	}
	return s
}

// cpuOf reads a process's time, that of its ended children, and its parent;
// all are 0 for one that is gone.
func cpuOf(pid int) (own, ended time.Duration, parent int) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ") // the name before may hold anything
	f := strings.Fields(rest)
	number := func(i int) int { n, _ := strconv.Atoi(f[i]); return n }
	return time.Duration(number(11)+number(12)) * clockTick, time.Duration(number(13)+number(14)) * clockTick, number(1)
}
