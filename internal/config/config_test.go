package config

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"zhengxin/internal/fault"
)

func TestAnEmptyEnvironmentIsASmallOfficeOnThisMachine(t *testing.T) {
	t.Parallel()
	c, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Private() || c.PortalURL != "http://127.0.0.1:8080" || c.AdminURL != "http://127.0.0.1:8081" || len(c.Proxies()) != 0 {
		t.Errorf("%+v", c)
	}
	if !strings.HasSuffix(c.DataDir, "/var") || c.KeyDir != c.DataDir+"/keys" || c.DatabaseDir() != c.DataDir+"/postgres" {
		t.Errorf("folders: %s %s %s", c.DataDir, c.KeyDir, c.DatabaseDir())
	}
}

func TestASiteOnEveryAddressIsReachedAtTheMachineItself(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		":9000": "http://127.0.0.1:9000", "0.0.0.0:9000": "http://127.0.0.1:9000", "[::]:9000": "http://[::1]:9000", "10.0.0.5:80": "http://10.0.0.5:80",
	} {
		if c, err := parse(map[string]string{"ZHENGXIN_PORTAL_ADDR": addr}); err != nil || c.PortalURL != want {
			t.Errorf("%s is reached at %s: %v", addr, c.PortalURL, err)
		}
	}
}

func TestEveryWrongSettingIsToldByItsName(t *testing.T) {
	t.Parallel()
	wrong := map[string]string{
		"ZHENGXIN_DATABASE_URL": "postgres://u:geheim@[", "ZHENGXIN_PORTAL_ADDR": "8080", "ZHENGXIN_ADMIN_ADDR": "127.0.0.1:0",
		"ZHENGXIN_PORTAL_URL": "https://xf.example.org/portal", "ZHENGXIN_ADMIN_URL": "xf.example.org", "ZHENGXIN_TRUSTED_PROXIES": "proxy",
		"ZHENGXIN_SMTP_URL": "mail.example.org:geheim", "ZHENGXIN_IMAP_URL": "http://u:geheim@x", "ZHENGXIN_BLOB_URL": "bucket",
		"ZHENGXIN_MAIL_FROM": "nobody", "ZHENGXIN_LOG_FORMAT": "xml", "ZHENGXIN_DEMO": "no",
	}
	_, err := parse(wrong)
	said := fault.SentenceOf(err)
	for name := range wrong {
		if !strings.Contains(said, name+"：") {
			t.Errorf("nothing is said about %s", name)
		}
	}
	if strings.Contains(said, "geheim") {
		t.Errorf("a secret is said: %s", said)
	}
	for name, value := range wrong {
		if _, err := parse(map[string]string{name: value}); !strings.Contains(fault.SentenceOf(err), name) {
			t.Errorf("%s=%s alone passes", name, value)
		}
	}
}

func TestSettingsThatGoOnlyTogetherAreChecked(t *testing.T) {
	t.Parallel()
	if _, err := parse(map[string]string{"ZHENGXIN_PORTAL_ADDR": "127.0.0.1:1", "ZHENGXIN_ADMIN_ADDR": "127.0.0.1:1"}); err == nil {
		t.Error("one address for two sites passes")
	}
	if _, err := parse(map[string]string{"ZHENGXIN_SMTP_URL": "smtp://mail.example.org"}); !strings.Contains(fault.SentenceOf(err), "ZHENGXIN_MAIL_FROM") {
		t.Errorf("letters without a sender pass: %v", err)
	}
	if _, err := parse(map[string]string{"ZHENGXIN_SMTP_URL": " smtp://mail.example.org ", "ZHENGXIN_MAIL_FROM": "政务诚信监督 <xf@example.org>",
		"ZHENGXIN_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}); err != nil {
		t.Error(err)
	}
}

func TestPrintingMasksEverySecretButTheDatabases(t *testing.T) {
	t.Parallel()
	c, err := parse(map[string]string{
		"ZHENGXIN_SMTP_URL": "smtp://u:geheim1@m", "ZHENGXIN_MAIL_FROM": "a@b.cn", "ZHENGXIN_IMAP_URL": "imaps://u:geheim2@m",
		"ZHENGXIN_BLOB_URL": "s3://k:geheim3@b/x?secret=geheim4", "ZHENGXIN_DATABASE_URL": "postgres://u:offen@h/d",
	})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := c.Print(&out, c.DatabaseURL); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "geheim") || !strings.Contains(out.String(), "database_url=postgres://u:offen@h/d\n") {
		t.Error(out.String())
	}
	if n := strings.Count(out.String(), "\n"); n != len(Variables()) {
		t.Errorf("%d lines for %d variables", n, len(Variables()))
	}
}

func TestASecretByNameIsMarkedAsOne(t *testing.T) {
	t.Parallel()
	for _, v := range Variables() {
		carries := strings.HasSuffix(v.Name, "_URL") && !strings.Contains("ZHENGXIN_DATABASE_URL ZHENGXIN_PORTAL_URL ZHENGXIN_ADMIN_URL", v.Name)
		if carries && !v.Secret {
			t.Errorf("%s may carry a password and is not masked", v.Name)
		}
		if v.Doc == "" {
			t.Errorf("%s has no doc", v.Name)
		}
	}
}

func TestRemarksNameWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	got := strings.Join(Config{BlobURL: "s3://b"}.Remarks([]string{"ZHENGXIN_PORTAL_ADRR=x", "ZHENGXIN_PORTAL_ADDR=x", "ZHENGXIN_TEST_DATABASE_URL=x", "HOME=/"}), "\n")
	if !strings.Contains(got, "ZHENGXIN_PORTAL_ADRR") || !strings.Contains(got, "ZHENGXIN_BLOB_URL") || strings.Count(got, "\n") != 1 {
		t.Error(got)
	}
}

// The README's table has a row for each variable, and none for what is not
// read; in the row stands the default.
func TestTheReadmeListsExactlyTheseVariables(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\|\\s*`(ZHENGXIN_[A-Z_]+)`\\s*\\|(.*)$").FindAllStringSubmatch(string(readme), -1) {
		rows[m[1]] = m[2]
	}
	for _, v := range Variables() {
		row, ok := rows[v.Name]
		if !ok {
			t.Errorf("README.md has no row | `%s` | `%s` | %s |", v.Name, v.Default, v.Doc)
		}
		if !strings.Contains(row, v.Default) {
			t.Errorf("README.md does not say that %s is %s", v.Name, v.Default)
		}
		delete(rows, v.Name)
	}
	for name := range rows {
		t.Errorf("README.md lists %s, which nobody reads", name)
	}
}
