package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// systemd hands the socket over, so that the process needs no network.
func TestAProcessServesAtTheSocketThatSystemdHandsOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ process, role, key, addr string }{
		{"portal", pg.RolePortal, "portal.key", "ZHENGXIN_PORTAL_ADDR"},
		{"admin", pg.RoleAdmin, "office.key", "ZHENGXIN_ADMIN_ADDR"},
	} {
		office := on(t, pgtest.New(t), c.role).withKeys(t, c.key)
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		file, err := ln.(*net.TCPListener).File()
		if err != nil {
			t.Fatal(err)
		}
		taken, err := net.Listen("tcp", office[c.addr]) // it must not want its own address
		if err != nil {
			t.Fatal(err)
		}
		p := &process{Cmd: exec.Command("/bin/sh", "-c", `LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$1"`, binary, c.process), ended: make(chan struct{})}
		p.Env, p.Stdout, p.Stderr, p.ExtraFiles = office.environ(), &p.out, &p.faults, []*os.File{file}
		p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		go func() { p.Wait(); close(p.ended) }()
		p.ready(t, ln.Addr().String())
		if code := p.interrupt(t); code != 0 {
			t.Errorf("%s ends with %d:\n%s", c.process, code, p.faults.String())
		}
		taken.Close()
		file.Close()
		ln.Close()
	}
}

func TestKeysAreMadeOnceForAnOfficeWhoseProcessesAreStartedAlone(t *testing.T) {
	t.Parallel()
	office := on(t, pgtest.New(t), "").with("ZHENGXIN_KEY_DIR", filepath.Join(t.TempDir(), "keys"))
	var first []byte
	for range 2 {
		if _, faults, code := office.command(t, "", "keys"); code != 0 {
			t.Fatalf("code %d, says %s", code, faults)
		}
		made, err := os.ReadFile(filepath.Join(office["ZHENGXIN_KEY_DIR"], "office.key"))
		if err != nil || first != nil && string(made) != string(first) {
			t.Errorf("the keys are others the second time, %v", err)
		}
		first = made
		private(t, filepath.Join(office["ZHENGXIN_KEY_DIR"], "portal.key"))
	}
}

// A private server that migrate has made gives each role its limits and nothing of
// PostgreSQL that everybody has.
func TestTheOfficesOwnServerGivesEachRoleItsLimits(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	if _, faults, code := office.command(t, "", "migrate"); code != 0 {
		t.Fatalf("migrate: %s", faults)
	}
	server, err := pg.StartServer(t.Context(), filepath.Join(office["ZHENGXIN_DATA_DIR"], "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	for role, want := range map[string]string{
		pg.RolePortal: "20s 5s 20s 64MB 38 f", pg.RoleAdmin: "2min 5s 1min 1GB 24 f", pg.RoleWorker: "5min 10s 1min 1GB 19 f",
	} {
		conn, err := pgx.Connect(t.Context(), server.URL(role, databaseName))
		if err != nil {
			t.Fatal(err)
		}
		got, err := pg.One[string](t.Context(), conn, `
			SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
				current_setting('temp_file_limit'), rolconnlimit, has_function_privilege('pg_advisory_lock(bigint)', 'EXECUTE'))
			FROM pg_roles WHERE rolname = current_user`, nil)
		if err != nil || got != want {
			t.Errorf("%s: %q, not %q, %v", role, got, want, err)
		}
		// What it sets for itself on the whole server is gone after the next migrate.
		if _, err := conn.Exec(t.Context(), `ALTER ROLE `+role+` SET default_transaction_read_only = on`); err != nil {
			t.Error(err)
		}
		conn.Close(context.Background())
	}
	if _, faults, code := office.command(t, "", "migrate"); code != 0 {
		t.Fatalf("migrate: %s", faults)
	}
	conn, err := pgx.Connect(t.Context(), server.URL(pg.RolePortal, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if now, err := pg.One[string](t.Context(), conn, `SELECT current_setting('default_transaction_read_only')`, nil); err != nil || now != "off" {
		t.Errorf("read only is %s: %v", now, err)
	}
}

func TestWhoStartsThePortalAloneBesideAPrivateServerIsToldWhatItHolds(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	if _, faults, code := office.command(t, "", "migrate"); code != 0 {
		t.Fatalf("migrate: %s", faults)
	}
	p := office.withKeys(t, "portal.key").start(t, "portal")
	p.says(t, "公众门户已经启动")
	p.await(t, "it is said what it holds", func() bool { return strings.Contains(p.faults.String(), "deploy/README.md") })
	if code := p.interrupt(t); code != 0 {
		t.Errorf("ends with %d:\n%s", code, p.faults.String())
	}
}
