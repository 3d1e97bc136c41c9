package gates

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
)

// unitFile are the lines of a systemd unit, by name; a later one of a name adds.
type unitFile map[string][]string

func readUnit(t *testing.T, name string) unitFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	u := unitFile{}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && key[0] != '#' {
			u[key] = append(u[key], value)
		}
	}
	return u
}

// settled are directives that stand in all three units. The exposure that
// systemd-analyze gives rests on them; it is looked at by hand (deploy/README.md),
// since the tests need no systemd.
var settled = map[string]string{
	"NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "AmbientCapabilities": "", "ProtectSystem": "strict", "ProtectHome": "yes",
	"ProtectProc": "invisible", "ProcSubset": "pid", "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateUsers": "yes", "PrivateIPC": "yes",
	"DevicePolicy": "closed", "ProtectClock": "yes", "ProtectHostname": "yes", "ProtectKernelLogs": "yes", "ProtectKernelModules": "yes",
	"ProtectKernelTunables": "yes", "ProtectControlGroups": "yes", "RestrictNamespaces": "yes", "RestrictRealtime": "yes",
	"RestrictSUIDSGID": "yes", "LockPersonality": "yes", "MemoryDenyWriteExecute": "yes", "SystemCallArchitectures": "native",
	"UMask": "0077", "IPAddressDeny": "any",
}

func TestEachProcessIsAnOSUserOfItsOwnThatReadsItsKeyAndCallsNobody(t *testing.T) {
	t.Parallel()
	users := map[string]string{}
	for process, role := range map[string]string{"portal": pg.RolePortal, "admin": pg.RoleAdmin, "worker": pg.RoleWorker} {
		u := readUnit(t, "zhengxin-"+process+".service")
		for key, want := range settled {
			if diff := cmp.Diff([]string{want}, u[key]); diff != "" {
				t.Errorf("%s: %s: %s", process, key, diff)
			}
		}
		if diff := cmp.Diff([]string{"@system-service", "~@privileged @resources"}, u["SystemCallFilter"]); diff != "" {
			t.Errorf("%s: %s", process, diff)
		}
		user := strings.Join(u["User"], " ")
		if user == "" || user == "root" || users[user] != "" || strings.Join(u["ExecStart"], " ") != "/usr/local/bin/zhengxin "+process {
			t.Errorf("%s runs %q as %q", process, u["ExecStart"], user)
		}
		users[user] = role
		for _, want := range []string{"ZHENGXIN_DATABASE_URL=postgres://" + role + "@/zhengxin?host=/run/postgresql", "ZHENGXIN_KEY_DIR=/etc/zhengxin/" + process} {
			if !slices.Contains(u["Environment"], want) {
				t.Errorf("%s has not %s", process, want)
			}
		}
		for _, other := range []string{"portal", "admin", "worker"} {
			if hidden := strings.Contains(strings.Join(u["InaccessiblePaths"], " "), "-/etc/zhengxin/"+other); hidden == (other == process) {
				t.Errorf("%s: the keys of %s are hidden: %t", process, other, hidden)
			}
		}
		switch allowed := strings.Join(u["IPAddressAllow"], " "); process {
		case "worker": // the mail server, which an office puts in
			if allowed != "localhost" || len(u["SocketBindDeny"]) == 0 {
				t.Errorf("worker speaks with %q", allowed)
			}
		default:
			if allowed != "" || strings.Join(u["PrivateNetwork"], "") != "yes" || strings.Join(u["RestrictAddressFamilies"], "") != "AF_UNIX" {
				t.Errorf("%s has a network: %q %q %q", process, allowed, u["PrivateNetwork"], u["RestrictAddressFamilies"])
			}
			if listens := strings.Join(readUnit(t, "zhengxin-"+process+".socket")["ListenStream"], " "); !strings.HasPrefix(listens, "127.0.0.1:") {
				t.Errorf("%s is reached at %q", process, listens)
			}
		}
	}
	users["zhengxin"] = pg.Owner

	mapped := map[string]string{}
	for _, f := range tableOf(t, "pg_ident.conf") {
		if len(f) != 3 || f[0] != "zhengxin" || mapped[f[1]] != "" {
			t.Fatalf("pg_ident.conf: %q", f)
		}
		mapped[f[1]] = f[2]
	}
	if diff := cmp.Diff(users, mapped); diff != "" {
		t.Errorf("which OS user is which login: the units say (-), the map says (+):\n%s", diff)
	}
	for _, f := range tableOf(t, "pg_hba.conf") {
		if strings.Join(f, " ") != "local zhengxin zhengxin,zhengxin_portal,zhengxin_admin,zhengxin_worker peer map=zhengxin" {
			t.Errorf("pg_hba.conf: %q", f)
		}
	}
	for _, f := range tableOf(t, "tmpfiles.conf")[1:] {
		if f[2] != "0500" || f[3] != "zhengxin-"+filepath.Base(f[1]) {
			t.Errorf("tmpfiles.conf: %q", f)
		}
	}
}

func tableOf(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 0 && f[0][0] != '#' {
			rows = append(rows, f)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return rows
}
