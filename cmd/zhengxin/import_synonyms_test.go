package main

import (
	"strings"
	"testing"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestWordsOfPeopleComeInFromAFile(t *testing.T) {
	t.Parallel()
	office := on(t, pgtest.New(t), pg.RoleAdmin).withKeys(t, "office.key")
	out, faults, code := office.command(t, "类别,打白条子,C03\n类别,火星,X99\n", "import", "synonyms", "-")
	if code != 0 || out != "第 2 行：没有类别 X99。\n收下 1 行，没有收下 1 行。\n" {
		t.Errorf("code %d, says %s%s", code, out, faults)
	}
	if _, faults, code := office.command(t, "类别,火星,X99\n", "import", "synonyms", "-"); code != 1 || !strings.Contains(faults, "一行也没有收下") {
		t.Errorf("code %d, says %s", code, faults)
	}
	if _, faults, code := office.command(t, "", "import", "synonyms", "no such file"); code != 1 || !strings.Contains(faults, "打不开文件") {
		t.Errorf("code %d, says %s", code, faults)
	}
}
