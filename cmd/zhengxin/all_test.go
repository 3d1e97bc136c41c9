package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

func TestAnOfficeStartsFromNothingAndKeepsItsDataThroughStopsAndKills(t *testing.T) {
	t.Parallel()
	office := newOffice(t).with("ZHENGXIN_DEMO", "year")
	dir := office["ZHENGXIN_DATA_DIR"]
	accounts := filepath.Join(dir, "demo-accounts.txt")

	first := office.start(t, "all")
	first.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	first.ready(t, office["ZHENGXIN_ADMIN_ADDR"])
	first.says(t, "按 Ctrl-C 停止")
	for _, text := range []string{"http://" + office["ZHENGXIN_PORTAL_ADDR"], "http://" + office["ZHENGXIN_ADMIN_ADDR"], "registrar", "身份保管员", accounts} {
		first.says(t, text)
	}
	for _, page := range []string{"/", "/complaints/new", "/track", "/units", "/notices", "/statistics", "/policies"} {
		if code, body := get(t, "http://"+office["ZHENGXIN_PORTAL_ADDR"]+page); code != 200 {
			t.Errorf("%s answers %d: %s", page, code, body)
		}
	}
	kept, err := os.ReadFile(accounts)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(kept)) {
		if fields := strings.Fields(line); len(fields) > 3 && strings.Contains(first.out.String()+first.faults.String(), fields[1]) {
			t.Errorf("the log holds the password of %s", fields[0])
		}
	}
	private(t, accounts)
	private(t, filepath.Join(dir, "keys", "office.key"))
	if code := first.interrupt(t); code != 0 {
		t.Errorf("Ctrl-C ends with %d:\n%s", code, first.faults.String())
	}
	if _, err := os.Stat(filepath.Join(dir, "postgres", "data", "postmaster.pid")); err == nil {
		t.Error("the database was not shut down in order")
	}

	if out, faults, code := office.command(t, "", "verify"); code != 0 || !regexp.MustCompile(`核对了 [23]\d\d 件`).MatchString(out) {
		t.Errorf("verify of the demonstration: code %d, says %s%s", code, out, faults)
	}

	second := office.start(t, "all")
	second.says(t, "按 Ctrl-C 停止")
	second.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	if strings.Contains(second.out.String(), "演示账号") {
		t.Error("the logins are shown a second time")
	}
	if err := second.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	second.wait(t)

	third := office.start(t, "all")
	third.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	third.ready(t, office["ZHENGXIN_ADMIN_ADDR"])
	third.says(t, "按 Ctrl-C 停止")
	if now, err := os.ReadFile(accounts); err != nil || string(now) != string(kept) {
		t.Error("the accounts were made anew")
	}

	t.Run("and a second one on the same folder is refused", func(t *testing.T) {
		ports := freePorts(t, 2)
		_, faults, code := office.with("ZHENGXIN_PORTAL_ADDR", ports[0], "ZHENGXIN_ADMIN_ADDR", ports[1]).command(t, "", "all")
		if code != 1 || !strings.Contains(faults, "已经有一个 zhengxin all 在用") || !strings.Contains(faults, dir) {
			t.Errorf("code %d, says %s", code, faults)
		}
	})
	t.Run("and the portal may run beside it with its key alone", func(t *testing.T) {
		alone := portalAlone(t, office)
		beside := alone.start(t, "portal")
		beside.ready(t, alone["ZHENGXIN_PORTAL_ADDR"])
		if code := beside.interrupt(t); code != 0 {
			t.Errorf("ends with %d:\n%s", code, beside.faults.String())
		}
		if code, _ := get(t, "http://"+office["ZHENGXIN_PORTAL_ADDR"]+"/readyz"); code != 200 {
			t.Errorf("the office it ran beside answers %d", code)
		}
	})
	t.Run("and demo is refused", func(t *testing.T) {
		_, faults, code := office.command(t, "", "demo")
		if code != 1 || !strings.Contains(faults, "已经有投诉") {
			t.Errorf("code %d, says %s", code, faults)
		}
	})
	t.Run("and without its keys it does not make others", func(t *testing.T) {
		if code := third.interrupt(t); code != 0 {
			t.Errorf("ends with %d", code)
		}
		if err := os.Remove(filepath.Join(dir, "keys", "office.key")); err != nil {
			t.Fatal(err)
		}
		if _, faults, code := office.command(t, "", "all"); code != 1 || !strings.Contains(faults, "office.key") {
			t.Errorf("code %d, says %s", code, faults)
		}
	})
}

// portalAlone is a portal beside an office: another port, and a key folder with
// portal.key and nothing else.
func portalAlone(t *testing.T, office surroundings) surroundings {
	t.Helper()
	keys := t.TempDir()
	raw, err := os.ReadFile(filepath.Join(office["ZHENGXIN_DATA_DIR"], "keys", "portal.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(keys, "portal.key"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return office.with("ZHENGXIN_KEY_DIR", keys, "ZHENGXIN_PORTAL_ADDR", freePorts(t, 1)[0])
}

func private(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("%s has mode %o", path, mode)
	}
}

func TestATakenPortIsToldBeforeAnythingIsMade(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	ln, err := net.Listen("tcp", office["ZHENGXIN_ADMIN_ADDR"])
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, faults, code := office.command(t, "", "all")
	if code != 1 || !strings.Contains(faults, "ZHENGXIN_ADMIN_ADDR") || !strings.Contains(faults, "已经有程序在用") {
		t.Errorf("code %d, says %s", code, faults)
	}
	if _, err := os.Stat(filepath.Join(office["ZHENGXIN_DATA_DIR"], "postgres")); err == nil {
		t.Error("a database was made all the same")
	}
}

func TestASecondCtrlCEndsAtOnceAndTheDatabaseStillStopsInOrder(t *testing.T) {
	t.Parallel()
	office := newOffice(t)
	p := office.start(t, "all")
	p.says(t, "按 Ctrl-C 停止")
	p.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	conn, err := net.Dial("tcp", office["ZHENGXIN_PORTAL_ADDR"]) // a request that holds the first one up
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("POST /complaints/new HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.await(t, "it says that it stops", func() bool { return strings.Contains(p.faults.String(), "正在停止") })
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait(t)
	if status := p.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() && status.ExitStatus() != 0 {
		t.Errorf("it ended with %v:\n%s", p.ProcessState, p.faults.String())
	}
	again := office.start(t, "all")
	again.ready(t, office["ZHENGXIN_PORTAL_ADDR"])
	again.says(t, "按 Ctrl-C 停止")
	if code := again.interrupt(t); code != 0 {
		t.Errorf("ends with %d:\n%s", code, again.faults.String())
	}
}
