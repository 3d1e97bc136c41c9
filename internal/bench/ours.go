package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// rig is everything that runs during a bench.
type rig struct {
	*running.Office
	server   *pg.Server
	owner    *pgxpool.Pool // the superuser, who does not wait for the disk
	running  []*running.Process
	pids     map[string]int // of each command that runs
	bareAt   string
	try      string            // file of SQL that changes the database before it is measured
	profile  string            // folder for profiles, empty for none
	profiled map[string]string // address of each profiled process
}

// superuser is the private server's own login.
const superuser = "postgres"

func newRig(ctx context.Context, profile string) (*rig, error) {
	office, err := running.New("")
	if err != nil {
		return nil, err
	}
	r := &rig{Office: office, profile: profile, profiled: map[string]string{}, pids: map[string]int{}}
	r.Binary = filepath.Join(r.Dir, "zhengxin")
	flags, err := r.profiling()
	if err != nil {
		return r, err
	}
	if err := running.Build(ctx, r.Binary, flags...); err != nil {
		return r, err
	}
	r.bareAt, err = running.FreePort()
	return r, err
}

// close stops what runs, the last started first, and leaves nothing behind.
func (r *rig) close() error {
	err := r.halt()
	if r.owner != nil {
		r.owner.Close()
	}
	if r.server != nil {
		err = errors.Join(err, r.server.Stop())
	}
	return errors.Join(err, r.Remove())
}

// halt stops the programs, not the database.
func (r *rig) halt() error {
	var err error
	for _, p := range slices.Backward(r.running) {
		err = errors.Join(err, p.Stop())
	}
	r.running = nil
	return err
}

// said is the end of what the programs wrote, for a run that went wrong.
func (r *rig) said() string {
	var b strings.Builder
	for _, p := range r.running {
		b.WriteString("\n" + p.Said())
	}
	return b.String()
}

// start runs a subcommand of ours and waits until its sites are ready.
func (r *rig) start(ctx context.Context, command string, addrs ...string) (*running.Process, time.Duration, error) {
	began := time.Now()
	p, err := r.Start(command)
	if err != nil {
		return nil, 0, err
	}
	r.running, r.pids[command] = append(r.running, p), p.PID()
	err = p.Ready(ctx, addrs...)
	return p, time.Since(began), err
}

// first starts the office from nothing and then on its migrated database, and
// tells how long the second start took and what it needs when nobody comes.
func (r *rig) first(ctx context.Context) (ready time.Duration, idle int, err error) {
	if _, _, err := r.start(ctx, "all", r.Portal, r.Admin); err != nil {
		return 0, 0, err
	}
	if err := r.halt(); err != nil {
		return 0, 0, err
	}
	p, ready, err := r.start(ctx, "all", r.Portal, r.Admin)
	if err != nil {
		return 0, 0, err
	}
	time.Sleep(2 * time.Second)
	idle, err = memory(p, "VmRSS")
	return ready, idle, errors.Join(err, r.halt())
}

// database holds the office's own server up, whatever else starts and ends.
func (r *rig) database(ctx context.Context) error {
	var err error
	if r.server, err = pg.StartServer(ctx, r.DatabaseDir()); err != nil {
		return err
	}
	r.owner, err = pg.Open(ctx, r.url()+"&synchronous_commit=off", pg.Options{AppName: "bench", MaxConns: 4})
	if err != nil || r.try == "" {
		return err
	}
	sql, err := os.ReadFile(r.try)
	if err != nil {
		return err
	}
	_, err = r.owner.Exec(ctx, string(sql), pgx.QueryExecModeSimpleProtocol)
	return err
}

func (r *rig) url() string { return r.server.URL(superuser, "zhengxin") }

// sites starts portal and desk as processes of their own.
func (r *rig) sites(ctx context.Context) error {
	if _, _, err := r.start(ctx, "portal", r.Portal); err != nil {
		return err
	}
	_, _, err := r.start(ctx, "admin", r.Admin)
	return err
}

// bare copies the rows and starts the bare program beside ours.
func (r *rig) bare(ctx context.Context, sizes pageSizes) error {
	for _, sql := range []string{bareSchema, `VACUUM ANALYZE bare.matter, bare.event, bare.complaint, bare.clock, bare.assignment`, `CHECKPOINT`} {
		if _, err := r.owner.Exec(ctx, sql); err != nil {
			return fmt.Errorf("bare: %w", err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	p, err := r.StartOther(self, append([]string{"bare", "-addr", r.bareAt, "-database", r.url()}, sizes.flags()...)...)
	if err != nil {
		return err
	}
	r.running, r.pids["bare"] = append(r.running, p), p.PID()
	return p.Ready(ctx, r.bareAt)
}

// memory reads a line of the process's status, in MB.
func memory(p *running.Process, name string) (int, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kb, err := strconv.Atoi(strings.Fields(value)[0])
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s", name)
}

// opened are complaints that a browser has unlocked, as requests.
func (r *rig) opened(ctx context.Context, n int) ([]ask, []string, error) {
	type row struct {
		ID     int64
		Number string
	}
	// min(id) of random places: every part of the table, however large it is
	rows, err := pg.All[row](ctx, r.owner, `
		SELECT DISTINCT ON (m.id) m.id, m.number FROM generate_series(1, @n) g
		JOIN LATERAL (SELECT id, number FROM matter
			WHERE id >= (SELECT min(id) + (random() * (max(id) - min(id)) + g * 0)::bigint FROM matter) ORDER BY id LIMIT 1) m ON true`, pg.Args{"n": n})
	if err != nil {
		return nil, nil, err
	}
	var asks []ask
	var numbers []string
	for _, m := range rows {
		secret, err := key.NewSecret(rand.Reader)
		if err != nil {
			return nil, nil, err
		}
		_, err = pg.Exec(ctx, r.owner, `INSERT INTO unlock (token_hash, matter_id, expires_at) VALUES (@token, @id, now() + interval '30 minutes')`,
			pg.Args{"token": complaint.UnlockID(secret), "id": m.ID})
		if err != nil {
			return nil, nil, err
		}
		asks = append(asks, ask{get(r.Portal, "/complaints/"+m.Number, "zx_unlock="+secret.Cookie()), 200})
		numbers = append(numbers, m.Number)
	}
	return asks, numbers, nil
}

// signedIn is the cookie of a supervisor at the desk.
func (r *rig) signedIn(ctx context.Context) (string, error) {
	return signIn(ctx, r.owner, "supervisor")
}

// signIn is the cookie of somebody at the desk.
func signIn(ctx context.Context, owner *pgxpool.Pool, login string) (string, error) {
	secret, err := key.NewSecret(rand.Reader)
	if err != nil {
		return "", err
	}
	_, err = pg.Exec(ctx, owner, `
		INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at, second_factor_at, device)
		SELECT @token, id, now(), now(), now() + interval '8 hours', now(), 'bench' FROM staff WHERE login = @login`,
		pg.Args{"token": secret.ID("staff session"), "login": login})
	return "zx_staff=" + secret.Cookie(), err
}

// filings are last pages of filings, each good once.
func (r *rig) filings(ctx context.Context, n int) ([]ask, error) {
	w := newTeller(7)
	forms, err := r.Prepare(ctx, r.owner, n, func(int) (string, string) {
		s := w.story()
		for len(form.FindPersonal(s.title))+len(form.FindPersonal(s.facts)) > 0 { // that would be asked about before it is filed
			s = w.story()
		}
		return s.title, s.facts
	})
	if err != nil {
		return nil, err
	}
	asks := make([]ask, len(forms))
	for i, f := range forms {
		asks[i] = ask{request("POST", r.Portal, "/complaints/new/check", running.DraftCookie+"="+f.Cookie, f.Fields.Encode()), 200}
	}
	return asks, nil
}

// bareFilings are the same for the bare program, which is given the words
// themselves and who says them. A captcha and a draft of the usual length wait
// to be deleted with each.
func (r *rig) bareFilings(ctx context.Context, n int) ([]ask, error) {
	length, err := pg.One[int](ctx, r.owner, `SELECT avg(octet_length(sealed))::int FROM draft`, nil)
	if err != nil {
		return nil, err
	}
	draft := make([]byte, length)
	_, _ = rand.Read(draft) // crypto/rand does not fail
	w := newTeller(7)
	asks, captchas, drafts := make([]ask, n), make([][]any, n), make([][]any, n)
	later := time.Now().Add(time.Hour)
	for i := range asks {
		s, number := w.story(), rand.Text()
		form := url.Values{"number": {number}, "title": {s.title}, "facts": {s.facts + s.request}, "person": {barePerson}, "mailbox": {"wang@example.com"}}
		asks[i] = ask{request("POST", r.bareAt, "/complaints", "", form.Encode()), 200}
		captchas[i], drafts[i] = []any{number, []byte{1, 2, 3, 4, 5, 6}, later}, []any{[]byte(number), draft, later, later}
	}
	if _, err := r.owner.CopyFrom(ctx, pgx.Identifier{"bare", "captcha"}, []string{"id", "digits", "expires_at"}, pgx.CopyFromRows(captchas)); err != nil {
		return nil, err
	}
	_, err = r.owner.CopyFrom(ctx, pgx.Identifier{"bare", "draft"}, []string{"id", "sealed", "saved_at", "expires_at"}, pgx.CopyFromRows(drafts))
	return asks, err
}

// barePerson is as long as an identity is padded to.
var barePerson = strings.Repeat("x", 512)
