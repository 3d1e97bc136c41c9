package letter

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// What people receive stands in one file, to be read by those who answer for it.
func TestTheLettersReadAsAgreed(t *testing.T) {
	t.Parallel()
	sites := Sites{Portal: "https://xf.example/", Admin: "https://desk.example"}
	var b strings.Builder
	show := func(recipient string, table map[string]wording) {
		for _, template := range append(slices.Sorted(maps.Keys(table)), "unknown") {
			subject, body := sites.text(template, recipient)
			fmt.Fprintf(&b, "== %s (%s)\n主题：%s\n\n%s\n", template, recipient, subject, strings.ReplaceAll(body, "\r\n", "\n"))
		}
	}
	show(ToComplainant, toComplainants)
	show(ToMembers, toMembers)
	show(ToDesk, toOffice)
	show(ToAbove, toAbove)
	const golden = "testdata/letters.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("go test ./internal/letter -update writes it anew: %s", diff)
	}
}

func TestEveryStateAndFaultOfALetterHasItsWords(t *testing.T) {
	t.Parallel()
	for _, state := range []string{Waiting, Kept, Sent, Failed, NoAddress} {
		if (Entry{State: state}).Word() == "" {
			t.Errorf("%s has no word", state)
		}
	}
	if got := (Entry{State: Waiting, Tries: 2}).Word(); got != "没有发成，还会再发" {
		t.Error(got)
	}
	for code, want := range map[string]string{
		"": "", "network": "连不上发信服务器", "550": "发信服务器答复 550", "server-535": "发信服务器答复 535", "address": "邮箱写得不对",
		"key": "打不开封存的邮箱，请检查密钥文件", "settings": "信件或发信设置不对，请告诉系统管理员",
	} {
		if got := (Entry{FaultCode: code}).Reason(); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
	for recipient, want := range map[string]string{ToComplainant: "投诉人", ToDesk: "监督办公室", ToUnit: "承办单位"} {
		if got := (Entry{Recipient: recipient}).To(); got != want {
			t.Errorf("%s: %s", recipient, got)
		}
	}
	if got := (Entry{Recipient: ToUnit, UnitName: "县财政局"}).To(); got != "县财政局" {
		t.Error(got)
	}
}
