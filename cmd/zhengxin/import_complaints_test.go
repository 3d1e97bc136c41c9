package main

import (
	"strings"
	"testing"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestOldComplaintsComeInAndEachRefusedLineIsNamed(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	office := on(t, db, pg.RoleAdmin).withKeys(t, "office.key")
	file := `{"id": "a1", "title": "路灯坏了", "body": "三个月没有人来修。"}
{"id": "a2", "title": "路灯坏了"}
不是 JSON
`
	out, faults, code := office.command(t, file, "import", "complaints", "-")
	if code != 0 || out != "收下 1 件，以前已经导入 0 件，没有收下 2 行。\n" {
		t.Errorf("code %d, says %s%s", code, out, faults)
	}
	for _, want := range []string{"第 2 行 a2：body：请写", "第 3 行：不是一行 JSON"} {
		if !strings.Contains(faults, want) {
			t.Errorf("%q is not in:\n%s", want, faults)
		}
	}
	if out, _, code := office.command(t, file, "import", "complaints", "-"); code != 0 || !strings.Contains(out, "以前已经导入 1 件") {
		t.Errorf("again: code %d, says %s", code, out)
	}
	closed := `{"id": "c1", "title": "路灯坏了", "body": "三个月没有人来修。", "old_closed_on": "2019-04-30", "old_answer": "已经换灯。"}` + "\n"
	out, faults, code = office.command(t, closed+file, "import", "complaints", "--check", "-")
	if code != 1 || out != "只是检查，没有收下。可以收 1 件，其中旧系统已经办结 1 件；以前已经导入 1 件，不能收 2 行。\n" || !strings.Contains(faults, "有 2 行要改") {
		t.Errorf("checked: code %d, says %s%s", code, out, faults)
	}
	if out, _, code := office.command(t, closed, "import", "complaints", "--check", "-"); code != 0 || !strings.Contains(out, "可以收 1 件") {
		t.Errorf("checked, all right: code %d, says %s", code, out)
	}
	if out, _, code := office.command(t, closed, "import", "complaints", "-"); code != 0 || out != "收下 1 件，以前已经导入 0 件，没有收下 0 行。\n收下的里面，旧系统已经办结 1 件。\n" {
		t.Errorf("closed elsewhere: code %d, says %s", code, out)
	}
	struck := `{"id": "s1", "title": "路灯坏了", "body": "三个月\u0007没有人来修。"}` + "\n"
	if out, _, code := office.command(t, struck, "import", "complaints", "-"); code != 0 || out != "收下 1 件，以前已经导入 0 件，没有收下 0 行。\n其中 1 件的文字里有看不见的控制符，已经去掉。\n" {
		t.Errorf("a control character: code %d, says %s", code, out)
	}
	if _, faults, code := office.command(t, "{}", "import", "complaints", "-"); code != 1 || !strings.Contains(faults, "一件也没有收下") {
		t.Errorf("nothing in it: code %d, says %s", code, faults)
	}
	if _, faults, code := office.command(t, "", "import", "complaints", "no such file"); code != 1 || !strings.Contains(faults, "打不开文件") {
		t.Errorf("no file: code %d, says %s", code, faults)
	}
}
