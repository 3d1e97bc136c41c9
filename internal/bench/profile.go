package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"zhengxin/internal/bench/running"
)

// profiler is compiled into the measured program by an overlay, so that the
// program itself has no such door.
const profiler = `package main

import (
	"net/http"
	_ "net/http/pprof"
	"os"
)

func init() {
	if len(os.Args) > 1 && os.Getenv("BENCH_PPROF_"+os.Args[1]) != "" {
		go http.ListenAndServe(os.Getenv("BENCH_PPROF_"+os.Args[1]), nil)
	}
}
`

// profiling gives the compiler's flags for a profiled program; none without a
// folder for the profiles.
func (r *rig) profiling() ([]string, error) {
	if r.profile == "" {
		return nil, nil
	}
	_, here, _, _ := runtime.Caller(0)
	added := filepath.Join(filepath.Dir(here), "../../cmd/zhengxin/bench_profiler.go")
	source, overlay := filepath.Join(r.Dir, "profiler.go"), filepath.Join(r.Dir, "overlay.json")
	raw, err := json.Marshal(map[string]map[string]string{"Replace": {added: source}})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(source, []byte(profiler), 0o600); err != nil {
		return nil, err
	}
	for _, command := range []string{"portal", "admin"} {
		addr, err := running.FreePort()
		if err != nil {
			return nil, err
		}
		r.Extra = append(r.Extra, "BENCH_PPROF_"+command+"="+addr)
		r.profiled[command] = addr
	}
	return []string{"-overlay", overlay}, os.WriteFile(overlay, raw, 0o600)
}

// profileOf records where a process spends its time while a case runs.
func (r *rig) profileOf(ctx context.Context, command, name string, d time.Duration) error {
	if r.profile == "" || r.profiled[command] == "" {
		return nil
	}
	target := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", r.profiled[command], int(max(1, d.Seconds()-0.5)))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	file, err := os.Create(filepath.Join(r.profile, name+".pprof"))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, answer.Body)
	return err
}
